"""Citations in running text: from one free-form citation to the fields of a record.

Whatever the style (GB/T 7714, APA, IEEE, Vancouver, ACM, Chicago, MLA, a
title with its authors on the next line, ``ICML 18: Title``), a citation is
people, a title and an imprint in some order. What is certain is taken out
first (identifiers, addresses, remarks in brackets); then the strongest sign
of a style that is left decides where the title begins and ends.

What a document as a whole says about its own habits (which acronyms are
venues, which titles and speakers occur elsewhere in it) may be given as
:class:`Context`.
"""

from __future__ import annotations

import re

from odebib.sources.citations.author_line import leading_people, read_people
from odebib.sources.citations.awards import split_awards
from odebib.sources.citations.certain import take_identifiers, take_remarks
from odebib.sources.citations.style import NOTHING_KNOWN, Context, Fields, in_order
from odebib.sources.citations.styles import STYLES
from odebib.sources.citations.styles.gbt import MARKER_TYPES, RE_MARKER
from odebib.sources.citations.talks import read_page_title, read_talk
from odebib.sources.citations.titles import clean_title, imprint_or_note
from odebib.sources.records import CODE_HOSTS
from odebib.sources.runs import with_short_words

MAX_CITATION = 5000
"""Longer text is no citation; only its start is looked at."""


def read_citation(text: str, context: Context = NOTHING_KNOWN) -> Fields:
    """The fields of a record that a free-form citation gives; {} if nothing is understood.

    Authors are strings as :func:`odebib.text.names.parse` reads them; ``others``
    stands for "et al.". Venue and publisher are as the text spells them.

    >>> read_citation("Lu Y. et al., Beyond Finite Layers, ICML 2018.")
    {'title': 'Beyond Finite Layers', 'authors': ['Lu, Y', 'others'], 'venue': 'ICML', 'year': 2018}
    """
    text = with_short_words(text[:MAX_CITATION])
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and (fields := _by_lines(lines, context)):
        return fields
    text = _tidy(re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", "\n".join(lines)))
    for read in (read_page_title, read_talk):
        if fields := read(text, context):
            return fields
    fields = {}
    text = take_identifiers(text, fields)
    remarks: Fields = {}
    text = take_remarks(text, remarks)
    for style in STYLES:
        if found := style.read(text, context):
            break
    else:
        found = {}
    return in_order(_combined(found, fields, remarks))


def _by_lines(lines: list[str], context: Context) -> Fields:
    """A citation in lines, with the people on one of their own; {} if none is."""
    at, people = next(
        ((i, found) for i, line in enumerate(lines[:3]) if (found := _people_line(line))), (0, [])
    )
    if not people:
        return {}
    further = leading_people(" ".join(lines[at:]))
    if further and len(further[0]) > len(people):
        return {}  # the line is only where the citation happens to be broken
    rest = [line for i, line in enumerate(lines) if i != at]
    fields: Fields = {}
    title = _tidy(RE_MARKER.sub(" ", " ".join(rest[: max(at, 1)])))
    title = take_remarks(take_identifiers(title, fields), fields)
    after = _after_title(" ".join(rest[max(at, 1) :]))
    return in_order(_combined({"title": title, "authors": people}, fields, after))


def _people_line(line: str) -> list[str]:
    """The people of a line that consists of several of them, or of one with initials."""
    people = read_people(line.strip(" .,;")) or []
    if line.rstrip().endswith((",", " and", "&")):
        return []
    return people if len(people) > 1 or "." in line else []


def _after_title(text: str) -> Fields:
    """Imprint, identifiers and remarks that stand on lines of their own."""
    fields: Fields = {}
    remarks: Fields = {}
    if not text:
        return {}
    text = take_remarks(take_identifiers(text, fields), remarks)
    found = {**imprint_or_note(text), **fields}
    return {**found, **remarks} if "venue" in remarks else {**remarks, **found}


def _tidy(text: str) -> str:
    text = re.sub(r"[\u200b\ufeff\u00ad\ue000]", "", text)
    text = " ".join(text.split())
    text = re.sub(r"^(?:[-–—•·*+‣▪○●■◦]\s+|\[\d{1,4}\]\s*|\(\d{1,3}\)\s+|\d{1,3}[.)]\s+)", "", text)
    return text.strip(" \t=")


def _combined(found: Fields, fields: Fields, remarks: Fields) -> Fields:
    """One dict of what the citation's body, its identifiers and its remarks say."""
    result = {**fields, **found}
    awards = [*result.get("awards", []), *remarks.pop("awards", [])]
    notes = [note for note in (found.get("note"), remarks.pop("note", None)) if note]
    if "venue" in remarks and "venue" not in found:
        if result.get("type") in MARKER_TYPES.values():
            del result["type"]  # said of the preprint
        result |= remarks
    else:
        result = {**remarks, **result}
    result["note"] = "; ".join(notes)
    if title := clean_title(result.get("title", "")):
        result["title"], behind = split_awards(title)
        awards = [*behind, *awards]
    result["awards"] = list(dict.fromkeys(awards))
    if not re.search(r"\w", result.get("title", "")):
        result.pop("title", None)
    return {name: value for name, value in _with_sensible_type(result).items() if value}


SAY_PAPER = frozenset({"authors", "venue", "year", "arxiv", "doi", "type"})
"""Fields of which software that is only named with its address has none."""


def _with_sensible_type(fields: Fields) -> Fields:
    """Software where only the address of its code is told; no article where no journal is."""
    if is_code(fields.get("url", "")) and SAY_PAPER.isdisjoint(fields):
        return {**fields, "type": "software"}
    if fields.get("type") in {"journal-article", "conference-paper"} and "venue" not in fields:
        return {name: value for name, value in fields.items() if name != "type"}
    return fields


def is_code(url: str) -> bool:
    """Whether an address leads to a repository of source code."""
    host = url.split("/")[2].removeprefix("www.") if url.count("/") > 2 else ""
    return host in CODE_HOSTS

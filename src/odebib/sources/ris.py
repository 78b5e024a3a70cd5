"""RIS, the tagged format of reference managers and publishers' export buttons.

https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rispy

from odebib.sources.citations.awards import split_awards
from odebib.sources.citations.words import RE_PREPRINT
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader
from odebib.sources.records import add_doi, add_url, validated, without_markup
from odebib.text import identifiers

ENTRY_TYPES = {
    "JOUR": "journal-article",
    "EJOUR": "journal-article",
    "MGZN": "journal-article",
    "JFULL": "journal-article",
    "CONF": "conference-paper",
    "CPAPER": "conference-paper",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "ENCYC": "chapter",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "THES": "thesis",
    "RPRT": "report",
    "COMP": "software",
    "DATA": "dataset",
    "ELEC": "website",
    "BLOG": "website",
    "SLIDE": "talk",
    "VIDEO": "talk",
    "MPCT": "talk",
    "MULTI": "talk",
}
"""Types of references; those not here (``GEN``, ``UNPB``, …) say nothing."""

RE_LINE = re.compile(r"^([A-Z][A-Z0-9])\s{0,3}-(?:\s|$)")
RE_FIRST_TAG = re.compile(r"^[\ufeff\s]*TY  ?- ", re.MULTILINE)
RE_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)(?:[/-](\d\d?))?")


def read(text: str, name: str) -> Found:
    """The records of a RIS file, in one section of the file's name.

    A reference without title and identifier, and text outside of references,
    stand under ``not_understood``.
    """
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    for line, lines in _references(text):
        raw = "\n".join(lines).strip()
        fields = record_fields(_parsed(lines)) if lines[0].startswith("TY") else {}
        if not fields.keys() & {"title", "doi", "arxiv", "isbn", "url"}:
            reason = "it has neither title nor identifier" if fields else "it is no RIS reference"
            found.not_understood.append(NotUnderstood(line, raw, reason))
            continue
        section.records.append(FoundRecord(line, validated({"text": raw, **fields})))
    return found


def _references(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each reference with the number of the first; a missing ``ER`` ends at the next ``TY``."""
    lines: list[str] = []
    first = 1
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        match = RE_LINE.match(raw.lstrip())
        line = f"{match[1]}  - {raw.lstrip()[match.end() :].strip()}" if match else raw.strip()
        tag = match[1] if match else ""
        if tag == "TY" and lines:
            yield first, lines
            lines = []
        if tag == "ER":
            if lines:
                yield first, lines
            lines = []
        elif line:
            first = first if lines else number
            lines.append(line)
    if lines:
        yield first, lines


def _parsed(lines: list[str]) -> dict[str, Any]:
    """One reference as rispy reads it; a line without tag goes on with the one before."""
    records = rispy.loads("\n".join([*lines, "ER  - "]))
    return dict(records[0]) if records else {}


def record_fields(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record that one reference gives, before the model looks at them."""
    fields: dict[str, Any] = {"source_id": _text(values, "id", "label")}
    title, awards = split_awards(_text(values, "title", "primary_title", "short_title"))
    fields |= {"title": re.sub(r"(?<![.\s])\.$", "", title), "awards": awards}
    fields["type"] = ENTRY_TYPES.get(str(values.get("type_of_reference", "")).upper())
    fields["authors"] = _people(values, "authors", "first_authors")
    fields["editors"] = _people(values, "secondary_authors") if fields["type"] in {"book", "chapter"} else []
    if match := RE_YEAR.search(_text(values, "year", "publication_year", "date")):
        fields["year"] = match[1]
        later = RE_YEAR.search(_text(values, "date"))
        fields["month"] = (match[2] or (later[2] if later else "") or "").lstrip("0")
    _add_venue(values, fields)
    fields["pages"] = "-".join(filter(None, (_text(values, "start_page"), _text(values, "end_page"))))
    for name in ("volume", "number", "publisher"):
        fields[name] = _text(values, name)
    fields["abstract"] = _text(values, "abstract", "notes_abstract")
    fields["note"] = "; ".join(without_markup(note) for note in values.get("notes", []))
    fields["topics"] = [word for word in map(without_markup, values.get("keywords", [])) if word]
    _add_identifiers(values, fields)
    if fields["type"] == "journal-article" and not fields.get("venue"):
        fields["type"] = None
    return {name: value for name, value in fields.items() if value}


def _text(values: dict[str, Any], *names: str) -> str:
    """The first of these values that says something."""
    for name in names:
        if isinstance(value := values.get(name), str) and value.strip():
            return without_markup(value)
    return ""


def _people(values: dict[str, Any], *names: str) -> list[str]:
    people: list[str] = next((values[name] for name in names if values.get(name)), [])
    return [_person(without_markup(person).strip(" ,")) for person in people if person.strip(" ,")]


def _person(text: str) -> str:
    """``Family, Given, Jr.`` with the suffix where :func:`odebib.text.names.parse` wants it."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3:
        return f"{parts[1]} {parts[0]}, {parts[2]}"
    return "others" if text.lower().rstrip(".") in {"et al", "others"} else text


def _add_venue(values: dict[str, Any], fields: dict[str, Any]) -> None:
    """The journal or proceedings; publishers disagree on the tag."""
    venue = _text(
        values, "secondary_title", "journal_name", "alternate_title3", "alternate_title2", "alternate_title1"
    )
    if fields["type"] == "conference-paper":
        venue = _text(values, "secondary_title", "tertiary_title") or venue or _text(values, "custom3")
    if RE_PREPRINT.search(venue):
        fields["arxiv"] = identifiers.find_arxiv(venue)
        venue = ""
    fields["venue"] = "" if fields["type"] in {"book", "thesis"} else venue
    if fields["type"] == "conference-paper" and re.search(r"\bworkshop\b", venue, re.IGNORECASE):
        fields["type"] = "workshop-paper"


def _add_identifiers(values: dict[str, Any], fields: dict[str, Any]) -> None:
    add_doi(_text(values, "doi"), fields)
    for name in ("number", "volume", "note", "custom7", "accession_number"):
        value = _text(values, name)
        if not fields.get("arxiv") and re.match(r"arxiv", value, re.IGNORECASE):
            fields["arxiv"] = identifiers.find_arxiv(value)
    if fields["type"] in {"book", None}:
        fields["isbn"] = identifiers.isbn(_text(values, "issn"))
    for name, kind in (("urls", None), ("file_attachments1", "pdf")):
        value = values.get(name, [])
        for url in value if isinstance(value, list) else [value]:
            add_url(url.strip(), fields, kind)


READER = Reader(
    name="ris",
    label="RIS",
    holds="exports of publishers, databases, EndNote, Mendeley, Zotero",
    endings=(".ris",),
    signs=lambda text: bool(RE_FIRST_TAG.search(text, 0, 5000)),
    read=read,
    unit="reference",
)

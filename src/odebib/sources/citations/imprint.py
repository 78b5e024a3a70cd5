"""Imprints: the part of a citation that says where and when a work appeared.

Venue, event, volume, number, pages, year and publisher, in the words of the
source; also the short forms that lists love: ``NeurIPS18``, ``ICML'20``,
``(ICLR workshop 2018/ICML2018)``. No venue is known here by name: an imprint
is told by its shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from odebib.sources.citations.author_line import read_people
from odebib.sources.citations.awards import awards_in, without_presentation
from odebib.sources.citations.short_forms import (
    bare_words,
    is_year,
    short_form,
    strip_lead,
    venue_and_event,
    year_of,
)
from odebib.sources.citations.words import (
    ACRONYM,
    CUT,
    MAX_LENGTH,
    NO_VENUES,
    RE_ATTACHED_YEAR,
    RE_BARE_PAGES,
    RE_DATE,
    RE_NOT_OUT_YET,
    RE_NUMBER_NAMED,
    RE_ORDINAL_VOLUME,
    RE_PAGES_NAMED,
    RE_PLACE_PUBLISHER,
    RE_PREPRINT,
    RE_PREPRINT_ONLY,
    RE_PUBLISHER,
    RE_PUBLISHER_ALONE,
    RE_THESIS,
    RE_VANCOUVER,
    RE_VENUE_WORD,
    RE_VOLUME_NAMED,
    RE_VOLUME_NUMBER_PAGES,
    RE_VOLUME_PAGES,
    RE_VOLUME_YEAR_PAGES,
    RE_YEAR,
    RE_YEAR_PAGES,
    RE_YEAR_VOLUME_PAGES,
    YEAR,
    is_publisher,
)
from odebib.text import identifiers


def read_venue_year(text: str) -> dict[str, Any]:
    """Venue, event, year and the like of a fragment such as a link's text; {} if it is none.

    A preprint server is no venue; its year stays.

    >>> read_venue_year("NeurIPS18")
    {'venue': 'NeurIPS', 'year': 2018}
    >>> read_venue_year("arXv21")
    {'year': 2021}
    >>> read_venue_year("code")
    {}
    """
    text = bare_words(text)
    if not text or len(text) > 300 or text.upper() in NO_VENUES:
        return {}
    if arxiv_id := identifiers.arxiv(text):
        return {"arxiv": arxiv_id}
    if RE_NOT_OUT_YET.fullmatch(text):
        return {"note": text}
    if "/" in text and (several := _several(text)):
        return several
    head, awards = without_presentation(text)
    if head != text and (found := read_venue_year(head)):
        return found | ({"awards": awards} if awards else {})
    return short_form(text) or (_with_details(text) if is_imprint(text) else {})


def _several(text: str) -> dict[str, Any]:
    """``ICLR workshop 2018/ICML2018``: the conference, with the whole text as a note."""
    found = [short_form(bare_words(part)) for part in text.split("/")]
    if not all(found) or len(found) < 2:
        return {}
    best = next((one for one in found if "venue" in one and "event" not in one), found[0])
    return {**best, "note": text}


def is_imprint(text: str) -> bool:
    """Whether a stretch of text looks like where and when something appeared."""
    bare = text.strip(f" .,;:()[]{CUT}")
    if not bare or len(bare) > MAX_LENGTH:
        return False
    if any(sign(bare) for sign in SURE_SIGNS):
        return True
    if len(bare.split()) > MOST_WORDS:
        return False
    return any(sign(bare) for sign in SIGNS) or (
        not RE_PREPRINT.search(bare) and len(bare.split()) <= 10 and _is_dated_name(bare)
    )


MOST_WORDS = 40
"""Longer text is an imprint only where volume and pages stand as they do nowhere else."""
RE_IN_NAME = re.compile(r"In:? [A-Z\d]")
RE_ACRONYMS = re.compile(rf"(?:{ACRONYM}\s?){{1,2}}")


def _is_preprint(text: str) -> bool:
    return bool(RE_PREPRINT_ONLY.match(text)) and len(text.split()) < 8


def _names_venue(text: str) -> bool:
    """Whether words of venues stand in it, with a year or mostly in capitals."""
    if not RE_VENUE_WORD.search(text) and not RE_PUBLISHER.match(text):
        return False
    return bool(RE_YEAR.search(text) or re.match(r"in[: ]", text, re.IGNORECASE)) or _mostly_capitals(text)


def _is_dated_name(text: str) -> bool:
    return bool(RE_YEAR.search(text)) and text[0].isupper() and _mostly_capitals(text)


def _mostly_capitals(text: str) -> bool:
    words = text.split()
    return sum(word[0].isupper() or word[0].isdigit() for word in words) >= len(words) / 2


SURE_SIGNS: tuple[Callable[[str], object], ...] = (
    _is_preprint,
    re.compile(YEAR).fullmatch,
    short_form,
    RE_VOLUME_NUMBER_PAGES.search,
    RE_VOLUME_YEAR_PAGES.search,
    RE_YEAR_PAGES.search,
    RE_VOLUME_PAGES.search,
    RE_VANCOUVER.search,
)
"""By each of these a text of any length is an imprint."""
SIGNS: tuple[Callable[[str], object], ...] = (
    _names_venue,
    RE_IN_NAME.match,
    RE_PAGES_NAMED.search,
    RE_VOLUME_NAMED.search,
    RE_ACRONYMS.fullmatch,
)
"""By each of these a text of not too many words is one."""


def read_imprint(text: str) -> dict[str, Any]:
    """The fields of a whole imprint: ``Inverse Problems, 2017, 34(1): 014004``.

    >>> read_imprint("Inverse Problems, 2017, 34(1): 014004.")
    {'volume': '34', 'number': '1', 'pages': '014004', 'year': 2017, 'venue': 'Inverse Problems'}
    """
    text, editors = _take_editors(text[: 2 * MAX_LENGTH])
    bare = bare_words(text.replace(CUT, " "))
    return {**(short_form(bare) or _with_details(text)), **({"editors": editors} if editors else {})}


def _take_editors(text: str) -> tuple[str, list[str]]:
    """The imprint without its editors: ``In A. One and B. Two (eds.), Proceedings of …``."""
    text = re.sub(r"\(\s*[Ee]ds?\.\s[^()]{2,200}\)", " ", text)
    match = re.match(
        r"\s*(?:[Ii]n:?\s+)?([^()]{4,400}?)[,\s]*(?:\(\s*[Ee]ds?\.?\s*\)|,\s*[Ee]d(?:s"
        r"|itors?)\.?)\s*[,.:]?\s+",
        text,
    )
    if match and (editors := read_people(match[1])):
        return f"In {text[match.end() :]}", editors
    return text, []


def _with_details(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    text = " ".join(text.split())
    for pattern, names in (
        (RE_VOLUME_PAGES, ("volume", "pages")),
        (RE_VANCOUVER, ("year", "volume", "number", "pages")),
        (RE_VOLUME_YEAR_PAGES, ("volume", "year", "pages")),
        (RE_VOLUME_NUMBER_PAGES, ("volume", "number", "pages")),
        (RE_PAGES_NAMED, ("pages",)),
        (RE_VOLUME_NAMED, ("volume",)),
        (RE_NUMBER_NAMED, ("number",)),
        (RE_YEAR_VOLUME_PAGES, ("year", "volume", "pages")),
        (RE_YEAR_PAGES, ("year", "pages")),
        (RE_BARE_PAGES, ("pages",)),
    ):
        text = _take(pattern, names, text, fields)
    text = _take_year(text, fields)
    text = RE_DATE.sub(" ", text) if "year" in fields else text
    text, awards = _take_awards(text)
    if awards:
        fields["awards"] = awards
    return fields | _names(text)


def _take(pattern: re.Pattern[str], names: tuple[str, ...], text: str, fields: dict[str, Any]) -> str:
    """Moves what a pattern finds from the text to the fields that are still empty."""
    match = pattern.search(text)
    if not match or any(name in fields for name in names[:1]):
        return text
    for name, value in zip(names, match.groups(), strict=True):
        if value and name not in fields:
            fields[name] = int(value) if name == "year" else " ".join(value.split())
    return text[: match.start()] + " ; " + text[match.end() :]


def _take_year(text: str, fields: dict[str, Any]) -> str:
    found = list(RE_YEAR.finditer(text))
    if not found:
        match = RE_ATTACHED_YEAR.search(text)
        if match and is_year(match[1]):
            fields.setdefault("year", year_of(match[1]))
            return text[: match.start()] + " ; " + text[match.end() :]
        return text
    fields.setdefault("year", int(found[-1][1]))
    for match in reversed(found):
        if int(match[1]) == fields["year"]:
            inside = (
                match.start() > 0
                and match.end() < len(text)
                and text[match.end() : match.end() + 2].strip()[:1].isalpha()
            )
            text = text[: match.start()] + (" " if inside else " ; ") + text[match.end() :]
    return text


def _take_awards(text: str) -> tuple[str, list[str]]:
    awards: list[str] = []
    for match in re.finditer(r"[(\[]([^()\[\]]{3,80})[)\]]", text):
        if found := awards_in(match[1]):
            awards += found
            text = text.replace(match[0], " ; ")
    return text, awards


def _names(text: str) -> dict[str, Any]:
    """Venue and publisher of an imprint from which the numbers are taken."""
    fields: dict[str, Any] = {}
    if match := RE_THESIS.search(text):
        school = (text[: match.start()] + ";" + text[match.end() :]).strip(" .,;:()[]")
        fields["type"] = "thesis"
        if school:
            fields["publisher"] = re.sub(r"\s*;.*", "", school).strip(" .,;:()[]")
        return {name: value for name, value in fields.items() if value}
    parts = [strip_lead(part) for part in _split_names(text)]
    parts = [part for part in parts if part.strip(" .,;:()[]/=*–-")]
    for part in parts:
        if RE_PREPRINT_ONLY.fullmatch(part):
            continue
        if "venue" not in fields and not is_publisher(part):
            if "publisher" in fields:
                break
            fields |= _finished(part)
        elif "publisher" not in fields and (match := RE_PLACE_PUBLISHER.match(part)):
            fields["publisher"] = match[1].strip(" .,;:()")
    return fields


def _finished(part: str) -> dict[str, Any]:
    """A venue's part of an imprint, with the volume or event that stands in it."""
    abbreviated = re.search(r"[^\W\d_]\. [^.]+\.$", part.rstrip(" ,;:/"))
    part = part.strip(" .,;:/") + ("." if abbreviated else "")
    if part.count("(") != part.count(")"):
        part = part.strip("()")
    if re.fullmatch(r"\d+|[ivxlc]+", part, re.IGNORECASE):
        return {}
    fields: dict[str, Any] = {}
    match = RE_ORDINAL_VOLUME.fullmatch(part)
    if match and len(match[1].split()) > 1:
        part, fields["volume"] = match[1], match[2]
    return fields | venue_and_event(part)


RE_NAME_BREAK = re.compile(r"\s*;\s*|\s*[.](?:\s+)(?=\S)|,\s+|\s*" + CUT + r"\s*")
RE_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-Z]|[A-Z][a-z]{1,6}|St|vs|[A-Z](?:\.[A-Z])+)$")


def _split_names(text: str) -> list[str]:
    """An imprint cut at full stops and commas, but not at those of abbreviations and enumerations."""
    parts, start = [], 0
    for match in RE_NAME_BREAK.finditer(text):
        before, after = text[start : match.start()], text[match.end() :]
        if "." in match[0] and RE_ABBREVIATED.search(before) and not RE_PUBLISHER_ALONE.match(after):
            continue
        if match[0].startswith(",") and _goes_on(before, after):
            continue
        parts.append(before)
        start = match.end()
    return [part for part in [*parts, text[start:]] if part.strip()]


def _goes_on(before: str, after: str) -> bool:
    """Whether a comma belongs to a name: ``Transactions on Systems, Man, and Cybernetics``."""
    if not re.search(r"\b(?:on|of|in|for)\s+[\w\s,&-]{0,60}$", before) or RE_PUBLISHER.match(after):
        return False
    return bool(re.match(r"(?:and|&)\s|(?:[A-Z][\w-]*\s*){1,3},?\s+(?:and|&)\s", after))

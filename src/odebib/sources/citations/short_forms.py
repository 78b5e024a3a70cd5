"""The short forms of an imprint that lists love: ``NeurIPS18``, ``ICML'20``, ``ICLR20 DeepDiffEq``."""

from __future__ import annotations

import re
from typing import Any

from odebib.sources.citations.awards import awards_in
from odebib.sources.citations.words import (
    ACRONYM,
    CUT,
    MAX_SHORT,
    ORGANISERS,
    RE_EVENT_WORD,
    RE_PREPRINT,
    RE_PREPRINT_ONLY,
    RE_SHORT,
    RE_SHORT_EVENT,
    RE_THESIS,
    RE_VENUE_WORD,
    RE_YEAR_FIRST,
    is_publisher,
)


def short_form(text: str) -> dict[str, Any]:
    """Forms of a few words: venue and year, perhaps with an event; {} if it is not so short."""
    if len(text) > MAX_SHORT or RE_PREPRINT_ONLY.fullmatch(text):
        return {}
    if match := RE_YEAR_FIRST.fullmatch(text):
        text = f"{match[2]} {match[1]}" if not re.search(r"\d", match[2]) else match[2]
        if not RE_EVENT_WORD.search(match[2]) and len(text.split()) > 9:
            return {}
    if match := RE_SHORT_EVENT.fullmatch(text):
        return _venue_year_event(*match.groups())
    if match := RE_SHORT.fullmatch(text):
        return _venue_year(*match.groups())
    return {}


def _venue_year_event(venue: str, year: str, event: str) -> dict[str, Any]:
    if not is_year(year) or re.search(r"\d|[.:(|]", event) or len(event.split()) > 12:
        return {}
    return {**venue_and_event(venue), "year": year_of(year)} | event_of(event)


def _venue_year(venue: str, year: str) -> dict[str, Any]:
    if not is_year(year) or not _is_short_venue(venue, year):
        return {}
    if RE_PREPRINT_ONLY.fullmatch(venue):
        return {"year": year_of(year)}
    if RE_PREPRINT.search(venue) or RE_THESIS.search(venue) or is_publisher(venue):
        return {}
    return {**venue_and_event(venue), "year": year_of(year)}


def _is_short_venue(name: str, year: str) -> bool:
    """Whether words before a year are a name: few, capitalised, and nothing else among them."""
    words = name.split()
    if (len(words) > 4 or "," in name) and not RE_VENUE_WORD.search(name):
        return False
    if len(words) > 12 or (re.search(r"[.:;!?\"“”()]|\d", name) and not RE_VENUE_WORD.search(name)):
        return False
    if re.search(r"\d(?!\d*(?:st|nd|rd|th)\b)(?!\d)", name):
        return False
    lower = [word for word in words if word[0].islower() and word not in SMALL_WORDS]
    return len(words) == 1 or len(lower) < len(words) / 2 or bool(RE_VENUE_WORD.search(name))


SMALL_WORDS = frozenset(
    ["in", "on", "of", "the", "and", "for", "at", "to", "a", "an", "de", "la", "und", "et", "der", "für"]
)


def venue_and_event(name: str) -> dict[str, Any]:
    """A venue's name, with the event that it may hold: ``AAAI DLGMA``, ``ICLR workshop``."""
    name = strip_lead(name)
    if not name:
        return {}
    if match := re.fullmatch(rf"({ACRONYM})\s+({ACRONYM})", name):
        if match[1] not in ORGANISERS:
            return {"venue": match[1], "event": match[2]}
        return {"venue": name}
    match = re.fullmatch(
        rf"((?:IEEE\s|ACM\s)?{ACRONYM}|[A-Z][\w-]+)[\s,:@-]+(.*\bworkshops?\b.*)", name, re.IGNORECASE
    )
    if match and not RE_VENUE_WORD.search(match[1]):
        return {"venue": match[1], "event": bare_words(match[2]), "type": "workshop-paper"}
    if re.search(r"\bworkshops?\b", name, re.IGNORECASE):
        return {"venue": name, "type": "workshop-paper"}
    return {"venue": name}


def event_of(text: str) -> dict[str, Any]:
    """An event's name, and the type that follows from it."""
    text = bare_words(text)
    if not text or RE_PREPRINT_ONLY.fullmatch(text):
        return {}
    if found := awards_in(text):
        return {"awards": found}
    fields: dict[str, Any] = {"event": text}
    if re.search(r"\b(?:workshops?|wksp)\b", text, re.IGNORECASE):
        fields["type"] = "workshop-paper"
    return fields


RE_LEAD = re.compile(
    r"(?:(?:to appear|accepted|appeared|published|presented)\s+(?:in|at|by|to|for)|to appear|accepted"
    r"|in|at|from|via)(?::\s*|\s+)(?:the\s+(?=proc))?",
    re.IGNORECASE,
)


def strip_lead(text: str) -> str:
    """A venue without what leads to it: ``In``, ``//``, ``to appear in``, ``accepted at``."""
    text = text.lstrip(f" \t.,;:/–—-{CUT}").rstrip(f" \t,;:/–—-{CUT}")
    while match := RE_LEAD.match(text):
        if match[0].strip().lower() == "in" and text[match.end() : match.end() + 1].islower():
            break
        text = text[match.end() :].lstrip(" .,;:")
    return text


def bare_words(text: str) -> str:
    """A fragment without brackets around it and punctuation behind it."""
    text = " ".join(text.split()).strip(" .,;:=–—-|")
    while len(text) > 2 and text[0] + text[-1] in {"()", "[]", "{}", "（）"} and text.count(text[0]) == 1:
        text = text[1:-1].strip(" .,;:")
    return text


def is_year(digits: str) -> bool:
    """Whether two or four digits may be a year."""
    return len(digits) == 4 or int(digits) <= 45 or int(digits) >= 70


def year_of(digits: str) -> int:
    """The year that two or four digits mean."""
    number = int(digits)
    if len(digits) == 4:
        return number
    return 2000 + number if number <= 45 else 1900 + number

"""The venue before the title."""

from __future__ import annotations

import re

from odebib.sources.citations.awards import RE_AWARD, award_name
from odebib.sources.citations.imprint import read_venue_year
from odebib.sources.citations.short_forms import is_year, year_of
from odebib.sources.citations.style import Context, Fields, Style
from odebib.sources.citations.titles import read_body
from odebib.sources.citations.words import ACRONYM, CUT, ORGANISERS, YEAR
from odebib.text.folding import fold


def read(text: str, context: Context) -> Fields:
    """``ICML 18: Title``, ``NIPS 18 best paper: Title``, ``[NeurIPS 2018] Title``, ``PNAS Title``."""
    match = re.match(
        rf"(?P<open>[\[(【])?(?P<venue>{ACRONYM}(?:\s{ACRONYM})?)\s?(?P<gap>[’'`])?(?P<year>{YEAR}"
        rf"|\d\d)(?![\w.])"
        rf"[\s,]*(?P<award>{RE_AWARD.pattern})?[\])】]?\s*(?P<mark>[:：|,]|\s[-–—]\s)?\s*(?=[^\s:])",
        text,
    )
    if match and is_year(match["year"]) and match.end() < len(text) and text[match.end()] != CUT:
        spaced = text[match.end("venue")] in " '’`"
        if match["open"] or match["mark"] or spaced or fold(match["venue"]) in context.venues:
            title = text[match.end() :]
            fields: Fields = {"venue": match["venue"], "year": year_of(match["year"])}
            fields |= {"awards": [award_name(match["award"])]} if match["award"] else {}
            return {**_untitled(read_body(title)), **fields}
    match = re.match(r"[\[(【]([^\[\]()【】]{2,80})[\])】]\s*[:：,|-]?\s*(\S.*)", text)
    if match and "venue" in (imprint := read_venue_year(match[1])):
        return {**_untitled(read_body(match[2])), **imprint}
    return _known_venue_first(text, context)


def _untitled(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name not in {"venue", "year"}}


def _known_venue_first(text: str, context: Context) -> Fields:
    """A venue without year before the title, when the document or the letters' case gives it away."""
    for count in (2, 1):
        match = re.match(rf"({ACRONYM}(?:\s{ACRONYM}){{{count - 1}}})(?::\s+|\s+)(\S.*)", text)
        if match and fold(match[1]) in context.venues and len(match[2].split()) > 2:
            return {"venue": match[1], **_untitled(read_body(match[2]))}
    if not match or len(match[2].split()) < 3:
        return {}
    name, title = match[1], match[2]
    if (
        name.isupper()
        and len(name) > 3
        and name not in ORGANISERS
        and ":" not in match[0][len(name) : len(name) + 2]
        and _in_sentence_case(title)
    ):
        return {"venue": name, **_untitled(read_body(title))}
    return {}


def _in_sentence_case(title: str) -> bool:
    """Whether only the first word of a longer title is capitalised, so that it begins a sentence."""
    words = title.split()
    return len(words) >= 6 and words[0].istitle() and all(word.islower() for word in words[1:])


STYLE = Style("venue-first", "ICML 18: Beyond finite layers", read)

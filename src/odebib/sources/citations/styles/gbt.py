"""GB/T 7714: the type of the document in brackets behind the title."""

from __future__ import annotations

import re
from itertools import islice

from odebib.sources.citations.author_line import leading_people, read_people
from odebib.sources.citations.imprint import is_imprint, read_imprint
from odebib.sources.citations.style import Context, Fields, Style
from odebib.sources.citations.titles import imprint_or_note
from odebib.sources.citations.words import YEAR

RE_MARKER = re.compile(
    r"\s*[\[［【](J|C|M|D|R|A|P|N|S|G|EB|CP|DB|Z|OL)(?:/(?:OL|CD|MT|DK))?[\]］】]\s*[.,．，]?\s*(//|∥|／／)?\s*",
    re.IGNORECASE,
)
"""The document type of GB/T 7714: ``[J]``, ``[C]//``, ``[EB/OL]``."""
MARKER_TYPES = {
    "J": "journal-article",
    "C": "conference-paper",
    "M": "book",
    "D": "thesis",
    "R": "report",
    "DB": "dataset",
    "CP": "software",
}


def read(text: str, context: Context) -> Fields:
    """GB/T 7714: ``People. Title[J]. Venue, year, volume(number): pages.``"""
    match = RE_MARKER.search(text)
    if not match or match.start() < 3:
        return {}
    people, title = _people_and_title(text[: match.start()])
    rest = text[match.end() :].translate(FULL_WIDTH)
    rest = re.sub(rf"(?<=[^\W\d_])[.,]\s?(?={YEAR}\b)", ", ", rest)
    if not people and (found := leading_people(rest + " \ue000")) and not is_imprint(found[1]):
        people, rest = found[0], found[1]
    elif not people and (found := leading_people(rest)):
        people, rest = found
    fields: Fields = {"title": title, "authors": people}
    letter = match[1].upper()
    fields |= {"type": MARKER_TYPES[letter]} if letter in MARKER_TYPES else {}
    if letter in {"M", "D", "R"} and not match[2]:
        return fields | _published(rest)
    return fields | imprint_or_note(rest)


def _published(text: str) -> Fields:
    """``Cambridge: MIT Press, 2016``: a place, who published it, the year."""
    found = read_imprint(re.sub(r"^[A-Z][\w. ]{1,30}:\s+", "", text.strip(" .")))
    if "venue" in found and "publisher" not in found:
        found["publisher"] = found.pop("venue")
    return {name: found[name] for name in ("year", "publisher", "pages", "volume") if name in found}


FULL_WIDTH = str.maketrans("，．：；（）０１２３４５６７８９", ",.:;()0123456789")
"""Marks and digits as wide as a Han character, which say what the narrow ones say."""


def _people_and_title(head: str) -> tuple[list[str], str]:
    """People, then the title; the full stop between them may have no space behind it."""
    for stop in islice(re.finditer(r"[.．。](?=[\w“\"])", head[:500]), 12):
        if people := read_people(head[: stop.start()].translate(FULL_WIDTH)):
            return people, head[stop.end() :]
    if found := leading_people(head):
        return found[0], found[1]
    return [], head


STYLE = Style(
    "gb-t", "Haber E, Ruthotto L. Stable architectures[J]. Inverse Problems, 2017, 34(1): 014004.", read
)

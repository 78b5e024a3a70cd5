"""What may stand before an item's title: marks, dates, venues, links to the paper, people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from odebib.sources.markdown.links import label_kind
from odebib.sources.markdown.phrases import (
    RE_BRACKETED,
    RE_CHECKBOX,
    RE_DATE,
    bare_text,
    may_be_title,
    people_of,
)
from odebib.sources.markdown.pieces import EDGES, Piece, from_text, plain, run_of
from odebib.sources.markdown.titled import Titled

Prefix = Callable[[Titled, list[Piece]], list[Piece] | None]
"""Reads what stands before a title and gives the pieces behind it; None where it stands not there."""


def _nothing(reading: Titled, pieces: list[Piece]) -> list[Piece] | None:
    """Punctuation between a list's mark and the title."""
    return None if pieces[0].text.strip(EDGES + "*") else pieces[1:]


def _code(reading: Titled, pieces: list[Piece]) -> list[Piece] | None:
    """A date or venue in code letters."""
    first, rest = pieces[0], pieces[1:]
    return rest if first.code and rest and not first.href and reading.take_short(first.text) else None


def _linked_venue(reading: Titled, pieces: list[Piece]) -> list[Piece] | None:
    """A venue whose link is the paper's."""
    first, rest = pieces[0], pieces[1:]
    if not first.href or not may_be_title(rest) or not reading.take_venue(bare_text(first.text)):
        return None
    reading.take_link(first, main=True)
    return rest


def _styled(reading: Titled, pieces: list[Piece]) -> list[Piece] | None:
    """A date, venue or award in bold letters or italics."""
    first, rest = pieces[0], pieces[1:]
    if first.href or not (first.strong or first.emphasis) or not may_be_title(rest):
        return None
    return rest if reading.take_short(first.text) else None


def _checkbox(reading: Titled, pieces: list[Piece]) -> list[Piece] | None:
    match = None if pieces[0].href else RE_CHECKBOX.match(pieces[0].text)
    return _behind(pieces, match.end()) if match else None


def _number(reading: Titled, pieces: list[Piece]) -> list[Piece] | None:
    """``1)`` before a title in a row, where the list numbers its own items."""
    match = None if pieces[0].href else RE_ITEM_NUMBER.match(pieces[0].text)
    return _behind(pieces, match.end()) if match and len(pieces) > 1 else None


RE_ITEM_NUMBER = re.compile(r"\s*(?:\(\d{1,3}\)|\d{1,3}[.)])\s+")


def _date(reading: Titled, pieces: list[Piece]) -> list[Piece] | None:
    """A date before a link or bold text."""
    first, rest = pieces[0], pieces[1:]
    match = RE_DATE.match(first.text)
    if not match or first.href or match.end() != len(first.text) or not rest:
        return None
    reading.take_date(match[1], match[2])
    return _behind(pieces, match.end())


def _bracketed(reading: Titled, pieces: list[Piece]) -> list[Piece] | None:
    """``[NeurIPS 2018]``, ``(2019)``; a few words in square brackets are a mark of the list."""
    first, rest = pieces[0], pieces[1:]
    match = RE_BRACKETED.match(first.text)
    if not match or first.href or (match.end() == len(first.text) and not rest):
        return None
    inside = next(filter(None, match.groups()))
    is_mark = len(inside.split()) < 4 and first.text.lstrip()[0] in "[【"
    return _behind(pieces, match.end()) if reading.take_short(inside) or is_mark else None


def _label(reading: Titled, pieces: list[Piece]) -> list[Piece] | None:
    """Links such as ``[Paper]`` before the title."""
    if not pieces[0].href or label_kind(pieces[0].text) is None:
        return None
    reading.take_link(pieces[0], main=False)
    return from_text(pieces[1:])


def _people(reading: Titled, pieces: list[Piece]) -> list[Piece] | None:
    """People in plain letters before a title in italics."""
    first = pieces[0]
    if first.href or first.strong or first.emphasis:
        return None
    run = run_of(pieces, lambda piece: not (piece.href or piece.is_break or piece.emphasis))
    rest = from_text(pieces[len(run) :], keep_breaks=True)
    people = people_of(plain(run).rstrip(EDGES + ". ")) if rest and rest[0].emphasis else None
    if not people:
        return None
    reading.set_people(people)
    return from_text(rest)


def _behind(pieces: list[Piece], length: int) -> list[Piece]:
    """The pieces without so many characters at their start."""
    return [replace(pieces[0], text=pieces[0].text[length:]), *pieces[1:]]


PREFIXES: tuple[Prefix, ...] = (
    _nothing,
    _code,
    _linked_venue,
    _styled,
    _checkbox,
    _number,
    _date,
    _bracketed,
    _label,
    _people,
)
"""Everything that may stand before a title; they may follow each other in any order."""


def take_prefixes(reading: Titled, pieces: list[Piece]) -> list[Piece]:
    """The pieces from where the title begins; what stands before it is read."""
    while pieces:
        found = next((left for prefix in PREFIXES if (left := prefix(reading, pieces)) is not None), None)
        if found is None:
            break
        pieces = found
    return pieces

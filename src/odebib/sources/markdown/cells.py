"""The cells of a table's row besides the title, each read as what its column holds."""

from __future__ import annotations

import re
from collections.abc import Callable

from odebib.sources.citations.awards import split_awards
from odebib.sources.markdown.phrases import people_of_column
from odebib.sources.markdown.pieces import EDGES, Piece, plain
from odebib.sources.markdown.titled import Titled


def take_cell(reading: Titled, column: str, pieces: list[Piece]) -> None:
    """Read a cell of a column; what has no reader of its own says something of the work."""
    text = plain(pieces).strip(EDGES)
    if column in LINKS:
        LINKS[column](reading, pieces)
    elif text and text != "N/A":
        CELLS.get(column, _anything)(reading, pieces, text)


def _link(reading: Titled, pieces: list[Piece]) -> None:
    for piece in pieces:
        if piece.href:
            reading.take_link(piece, main=not reading.main_kind)


def _code(reading: Titled, pieces: list[Piece]) -> None:
    for piece in pieces:
        if piece.href:
            reading.take_link(piece, main=False, kind="code")


def _authors(reading: Titled, pieces: list[Piece], text: str) -> None:
    reading.set_people(people_of_column(text))
    reading.take_links_within(pieces)


def _year(reading: Titled, pieces: list[Piece], text: str) -> None:
    reading.take_short(text)


def _venue(reading: Titled, pieces: list[Piece], text: str) -> None:
    text, awards = split_awards(text)
    reading.awards += awards
    is_preprint = re.match(r"arxiv|preprint", text, re.IGNORECASE)
    if not reading.take_venue(text, expected=True) and not is_preprint:
        reading.fields.setdefault("venue", text)
    reading.take_links_within(pieces)


def _tags(reading: Titled, pieces: list[Piece], text: str) -> None:
    reading.tags += [tag.strip() for tag in re.split(r"[,;/]|\s{2,}", text) if tag.strip()]


def _abstract(reading: Titled, pieces: list[Piece], text: str) -> None:
    reading.fields.setdefault("abstract", text)


def _licence(reading: Titled, pieces: list[Piece], text: str) -> None:
    reading.fields.setdefault("licence", text)


def _language(reading: Titled, pieces: list[Piece], text: str) -> None:
    reading.fields.setdefault("language", [part.strip() for part in text.split(",") if part.strip()])


def _anything(reading: Titled, pieces: list[Piece], text: str) -> None:
    reading.take_rest(pieces)


LINKS: dict[str, Callable[[Titled, list[Piece]], None]] = {"link": _link, "code": _code}
"""Columns of which only the addresses count."""
CELLS: dict[str, Callable[[Titled, list[Piece], str], None]] = {
    "authors": _authors,
    "year": _year,
    "venue": _venue,
    "tags": _tags,
    "abstract": _abstract,
    "licence": _licence,
    "language": _language,
}
"""Columns whose text is one field, as :data:`~odebib.sources.markdown.tables.COLUMNS` names them."""

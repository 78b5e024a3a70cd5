"""Plain words that end in "by" and a link, which is the person's."""

from __future__ import annotations

from odebib.sources.markdown.dialect import Dialect, Found
from odebib.sources.markdown.phrases import made_by
from odebib.sources.markdown.pieces import Piece
from odebib.sources.markdown.titled import Titled


def find_title(reading: Titled, pieces: list[Piece]) -> Found:
    """The words before "by", where a person's name is a link."""
    made = made_by(pieces)
    if made is None:
        return None
    title, people, rest = made
    reading.set_people(people)
    return title, rest


DIALECT = Dialect(
    "made-by", "A course on stable architectures by [Jane Roe](https://example.org/roe)", find_title
)

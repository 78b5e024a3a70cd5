"""A link whose words are the title."""

from __future__ import annotations

from odebib.sources.markdown.dialect import Dialect, Found
from odebib.sources.markdown.pieces import Piece, plain, run_of
from odebib.sources.markdown.titled import Titled


def find_title(reading: Titled, pieces: list[Piece]) -> Found:
    """The words of the link that an item begins with."""
    first = pieces[0]
    if not first.href:
        return None
    run = run_of(pieces, lambda piece: piece.href == first.href)
    reading.take_link(first, main=True)
    return plain(run), pieces[len(run) :]


DIALECT = Dialect(
    "linked", "[Stable architectures](https://arxiv.org/abs/1705.03341), E. Haber, 2017", find_title
)

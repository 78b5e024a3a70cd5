"""The title in bold."""

from __future__ import annotations

from odebib.sources.markdown.dialect import Dialect, Found
from odebib.sources.markdown.links import label_kind
from odebib.sources.markdown.phrases import bare_text, people_with_year
from odebib.sources.markdown.pieces import Piece, plain, run_of
from odebib.sources.markdown.titled import Titled


def find_title(reading: Titled, pieces: list[Piece]) -> Found:
    """The bold text that an item begins with."""
    if not pieces[0].strong:
        return None
    run = run_of(pieces, lambda piece: piece.strong and not piece.is_break)
    link = next((number for number, piece in enumerate(run) if piece.href), 0)
    if link and (label_kind(run[link].text) or people_with_year(bare_text(run[link].text))):
        return plain(run[:link]), pieces[link:]
    reading.take_links_within(run)
    return plain(run), pieces[len(run) :]


DIALECT = Dialect(
    "bold",
    "**Stable architectures** E. Haber, L. Ruthotto, 2017 [paper](https://arxiv.org/abs/1705.03341)",
    find_title,
)

"""The title in quotation marks."""

from __future__ import annotations

from dataclasses import replace

from odebib.sources.markdown.dialect import Dialect, Found
from odebib.sources.markdown.phrases import RE_QUOTED_TITLE
from odebib.sources.markdown.pieces import Piece
from odebib.sources.markdown.titled import Titled


def find_title(reading: Titled, pieces: list[Piece]) -> Found:
    """The quoted text that an item begins with."""
    first = pieces[0]
    quoted = RE_QUOTED_TITLE.match(first.text)
    if not quoted:
        return None
    return quoted[1], [replace(first, text=first.text[quoted.end() :]), *pieces[1:]]


DIALECT = Dialect(
    "quoted", '"Stable architectures", E. Haber, 2017 [pdf](https://arxiv.org/abs/1705.03341)', find_title
)

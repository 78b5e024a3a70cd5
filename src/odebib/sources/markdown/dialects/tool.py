"""The name of a program, a dash and what it does."""

from __future__ import annotations

import re

from odebib.sources.markdown.dialect import Dialect, Found
from odebib.sources.markdown.phrases import plain_start
from odebib.sources.markdown.pieces import Piece
from odebib.sources.markdown.titled import Titled


def find_title(reading: Titled, pieces: list[Piece]) -> Found:
    """The name before a dash or colon, in a section of software."""
    lead, rest, _ = plain_start(pieces)
    name = re.match(r"([^\s:]+(?:\s[^\s:]+)?)(?:\s+[-–—]|:)\s", lead)
    if not reading.is_software or not name:
        return None
    reading.title_is_plain = True
    reading.take_remark(lead[name.end() :], "-")
    return name[1], rest


DIALECT = Dialect(
    "tool", "torchstable - layers that are stable, [code](https://github.com/example/torchstable)", find_title
)

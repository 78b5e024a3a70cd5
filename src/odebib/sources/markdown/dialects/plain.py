"""No sign of a dialect: a title before its links, or a citation."""

from __future__ import annotations

from odebib.sources.markdown.dialect import Dialect, Found
from odebib.sources.markdown.links import label_kind
from odebib.sources.markdown.phrases import (
    bare_text,
    begins_with_people,
    is_venue,
    people_with_year,
    plain_start,
)
from odebib.sources.markdown.pieces import Piece
from odebib.sources.markdown.titled import Titled


def find_title(reading: Titled, pieces: list[Piece]) -> Found:
    """The plain text up to the first link, or the title of a citation."""
    lead, rest, following = plain_start(pieces)
    reading.title_is_plain = True
    linked = bare_text(following.text) if following.href and label_kind(following.text) is None else ""
    if people_with_year(linked) or (linked and is_venue(linked) and not begins_with_people(lead)):
        return lead, rest
    return reading.read_plain_citation(lead), rest


DIALECT = Dialect("plain", "Stable architectures [pdf](https://arxiv.org/abs/1705.03341)", find_title)

"""What a dialect of lists is: one of the ways in which an item may begin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from odebib.sources.markdown.pieces import Piece
from odebib.sources.markdown.titled import Titled

Found = tuple[str, list[Piece]] | None
"""The title and the pieces behind it; None where the item is of another dialect."""


@dataclass(frozen=True)
class Dialect:
    """A way in which an item may begin; each is a module that ends in its ``DIALECT``."""

    name: str
    """What the dialect is called."""
    example: str
    """An item of this dialect and of no dialect before it; a test reads it."""
    find_title: Callable[[Titled, list[Piece]], Found]
    """Finds the title; what stands before it is read at once, into the record that is being read."""

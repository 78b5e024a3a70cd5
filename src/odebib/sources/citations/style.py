"""What a style of citations is, and what a page says of itself that helps to read one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Fields = dict[str, Any]
"""What was read of a citation, by the names of a record's fields."""


@dataclass(frozen=True)
class Context:
    """What a document says elsewhere: folded venues, folded titles and folded speakers."""

    venues: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()


NOTHING_KNOWN = Context()

FIELD_ORDER = [
    "title",
    "type",
    "authors",
    "editors",
    "venue",
    "event",
    "year",
    "month",
    "volume",
    "number",
    "pages",
    "publisher",
    "doi",
    "arxiv",
    "openreview",
    "isbn",
    "url",
    "awards",
    "note",
]


def in_order(fields: Fields) -> Fields:
    """The fields in the order in which a record has them."""
    return {name: fields[name] for name in FIELD_ORDER if name in fields}


def _never(text: str) -> bool:
    return False


@dataclass(frozen=True)
class Style:
    """A way in which people write citations; each is a module that ends in its ``STYLE``."""

    name: str
    """What the style is called."""
    example: str
    """A citation of this style and of no style before it; a test reads it."""
    read: Callable[[str, Context], Fields]
    """The fields of a citation without identifiers and remarks; {} where it is of another style."""
    begins: Callable[[str], object] = _never
    """Whether a line surely begins a citation of this style, so that a page without marks is cut there."""

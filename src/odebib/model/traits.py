"""What a field of an entry is like: said once, beside the field, and asked by all that handle fields.

Writing, merging, searching, the pages, the metadata and every format go by
these traits and do by hand only what needs thought. So a new field is a line
in :mod:`odebib.model.entry`.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


class United(enum.Enum):
    """How a value is found where several sources, or two entries, say something."""

    FIRST = "the value of whoever is to be believed first"
    UNION = "everything said, once each"
    TOGETHER = "with all else that describes one appearance of the work, from one source"
    BY_RULE = "by a rule of its own, in `matching.merging`"


class Place(enum.Enum):
    """Where a word of an entry stands for those who search: what it counts, from most to least."""

    TITLE = "in a title"
    NAME = "who and when"
    WHERE = "where it appeared and by what it is known"
    TEXT = "what is said about it"


class Written(enum.Enum):
    """How a list is written, where that is not with a line for each item."""

    IN_ONE_LINE = "a list of short words"


TITLE, NAME, WHERE, TEXT = Place
FIRST, UNION, TOGETHER, BY_RULE = United
(IN_ONE_LINE,) = Written


@dataclass(frozen=True)
class Traits:
    """What a field is like."""

    example: str
    """How it is written in a file, without its name."""
    united: United = FIRST
    place: Place | None = None
    """Where its words stand for those who search; None where nobody looks for them."""
    label: str = ""
    """What an entry's page calls it among the details; empty where the page shows it in a way of its own."""
    in_table: bool = False
    """Whether it is a column of the CSV."""
    inner: bool = False
    """Whether it is the curators' own business and not given out."""


@dataclass(frozen=True)
class Called:
    """What a field is called elsewhere: ``bibtex=year ris=PY``.

    A field whose name depends on the type of the work has the most usual one.
    """

    written: str
    """The names, each behind what it is the name in: a format, ``highwire`` for what stands in a
    page's head behind ``citation_``, ``schema.org``; BibLaTeX has BibTeX's where it has none of its own."""

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names by what they are the names in."""
        found = dict(pair.split("=", 1) for pair in self.written.split())
        return {"biblatex": found["bibtex"], **found} if "bibtex" in found else found

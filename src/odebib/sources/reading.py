"""What a reader is: what it is called, by which signs a file is its own, and how it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from odebib.sources.found import Found


def never(text: str) -> bool:
    """No sign at all: only the ending of its name tells such a file."""
    del text
    return False


@dataclass(frozen=True)
class Reader:
    """One kind of file: everything that choosing it, reading it and the documents need."""

    name: str
    """What ``--format`` calls it."""
    label: str
    """What is said first of a file of this kind: ``a table``."""
    holds: str
    """Where such files come from, for the documents."""
    endings: tuple[str, ...]
    """Endings of file names, the commonest first."""
    read: Callable[..., Found]
    """From text and name to what the source holds; from bytes where the reader says so."""
    signs: Callable[[str], bool] = never
    """Whether a text shows by itself that it is of this kind."""
    ending_says: Literal["all", "likely", "nothing"] = "likely"
    """How far the ending tells the kind: by itself, where no signs speak for another kind, or not at all."""
    unit: str = "item"
    """What one item of it is called."""
    takes_columns: bool = False
    """Whether it reads named values, so that ``--columns`` can say what a name means."""
    reads_bytes: bool = False
    """Whether it reads the file's bytes, because they are no text."""


def lines(text: str, limit: int | None = None) -> Iterator[str]:
    """The lines of a text, one after the other, without cutting up the whole of it."""
    start, end = 0, len(text) if limit is None else min(len(text), limit)
    while start < end:
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        yield text[start:stop]
        start = stop + 1


class Places:
    """On which lines items of a text stand, asked in their order; time grows with the text alone."""

    WINDOW = 200_000
    """So far ahead a snippet is looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.line = 1

    def of(self, *snippets: str) -> int:
        """The line of the next place of the first snippet that is there; else of the last one found."""
        for snippet in snippets:
            place = self.text.find(snippet, self.position, self.position + self.WINDOW) if snippet else -1
            if place >= 0:
                self.line += self.text.count("\n", self.position, place)
                self.position = place
                break
        return self.line


def names_left_out(seen: Mapping[str, bool], meanings: Mapping[str, str]) -> tuple[str, ...]:
    """Of the names that hold something, those without a meaning, in their order."""
    return tuple(name for name, filled in seen.items() if filled and name.strip() and name not in meanings)

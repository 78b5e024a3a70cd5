"""What a reader found in a source: records in their sections, and what it did not understand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from odebib.model.record import Record


@dataclass(frozen=True)
class FoundRecord:
    """A record with the line of the source, from 1, on which its item begins."""

    line: int
    record: Record


@dataclass(frozen=True)
class NotUnderstood:
    """An item of the source that became no record."""

    line: int
    text: str
    reason: str


@dataclass
class FoundSection:
    """A heading of the source; a source without headings has one section of its own name."""

    title: str
    records: list[FoundRecord] = field(default_factory=list)
    sections: list[FoundSection] = field(default_factory=list)

    def walk(self, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], FoundSection]]:
        """This section and all below it, each with the titles that lead to it."""
        path = (*above, self.title)
        yield path, self
        for section in self.sections:
            yield from section.walk(path)


@dataclass(frozen=True)
class FoundBadge:
    """A badge that the source uses: its name and the colour it is shown in, as ``#rrggbb``."""

    name: str
    colour: str | None = None


@dataclass
class Found:
    """Everything that one source holds."""

    name: str
    url: str | None = None
    description: str | None = None
    sections: list[FoundSection] = field(default_factory=list)
    badges: list[FoundBadge] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    has_headings: bool = True
    """Whether the sections are the source's own headings, or one that stands for the whole file."""

    def walk(self) -> Iterator[tuple[tuple[str, ...], FoundSection]]:
        """All sections in order, each with the titles that lead to it."""
        for section in self.sections:
            yield from section.walk()

    def records(self) -> Iterator[tuple[tuple[str, ...], FoundRecord]]:
        """All records in order, each with the titles of its sections."""
        for path, section in self.walk():
            for found in section.records:
                yield path, found

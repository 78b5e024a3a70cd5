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


SHOWN = 40
"""So many names of fields are told."""


def _few(names: tuple[str, ...]) -> list[str]:
    more = len(names) - SHOWN
    return [
        *(" ".join(name.split())[:60] for name in names[:SHOWN]),
        *([f"and {more} more"] if more > 0 else []),
    ]


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


def without_empty(sections: list[FoundSection]) -> list[FoundSection]:
    """The sections that hold anything; what is empty is dropped at every level."""
    for section in sections:
        section.sections = without_empty(section.sections)
    return [section for section in sections if section.records or section.sections]


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
    kind: str = ""
    """What the source was found to be, in words: ``a table``."""
    unit: str = "item"
    """What an item of it is called: ``row``."""
    taken: tuple[str, ...] = ()
    """The source's own names of the fields that were read, where it names them."""
    left_out: tuple[str, ...] = ()
    """The source's own names of what it holds and no field takes."""
    doubt: str = ""
    """Why the form of the whole is probably not understood; nobody should take it in unawares."""
    remarks: list[str] = field(default_factory=list)
    """What else whoever imports it must know."""

    def described(self) -> str:
        """What the source was found to be, in one line: its kind, how much it holds, which fields were read.

        >>> Found("x", kind="a table", unit="row", taken=("Title", "Year"), left_out=("Rank",)).described()
        'a table, 0 rows; Title, Year; not understood: Rank'
        """
        number = sum(1 for _ in self.records()) + len(self.not_understood)
        several = f"{self.unit[:-1]}ies" if self.unit.endswith("y") else f"{self.unit}s"
        parts = [f"{self.kind or 'a list'}, {number} {self.unit if number == 1 else several}"]
        parts += [", ".join(_few(self.taken))] if self.taken else []
        parts += [f"not understood: {', '.join(_few(self.left_out))}"] if self.left_out else []
        return "; ".join([*parts, *self.remarks])

    def walk(self) -> Iterator[tuple[tuple[str, ...], FoundSection]]:
        """All sections in order, each with the titles that lead to it."""
        for section in self.sections:
            yield from section.walk()

    def records(self) -> Iterator[tuple[tuple[str, ...], FoundRecord]]:
        """All records in order, each with the titles of its sections."""
        for path, section in self.walk():
            for found in section.records:
                yield path, found

    def unite_repeated_headings(self) -> None:
        """Make one section of all that have the same heading below the same one, in the place of the first.

        A list's file names a section by its headings, so two of one name would each hold the records of both.
        """
        self.sections[:] = _united(self.sections)


def _united(sections: list[FoundSection]) -> list[FoundSection]:
    by_title: dict[str, FoundSection] = {}
    for section in sections:
        first = by_title.setdefault(" ".join(section.title.split()), section)
        if first is not section:
            first.records += section.records
            first.sections += section.sections
    for section in by_title.values():
        section.sections[:] = _united(section.sections)
    return list(by_title.values())

"""What is searched: the words of an entry by where they stand, and what abbreviations stand for.

The command and the website ask this; how much a place counts and how words are
looked up is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.model.fields import TYPE_LABELS, of_traits
from odebib.model.traits import Place
from odebib.text.folding import fold, fold_words
from odebib.text.names import OTHERS

Abbreviation = tuple[str, str, re.Pattern[str]]
"""An abbreviation, what it stands for, and either of them in singular or plural."""


@dataclass(frozen=True)
class Searched:
    """The words of a bibliography's entries, by the traits of their fields."""

    bibliography: Bibliography

    def texts(self, entry: Entry) -> Mapping[Place, list[str]]:
        """What is looked at of an entry, by where it stands, folded; the key is a name."""
        found: dict[Place, list[str]] = {place: [] for place in Place}
        for name, traits in of_traits().items():
            if traits.place:
                found[traits.place] += filter(None, map(fold, self._words(entry, name)))
        found[Place.NAME].append(entry.key)
        return found

    def _words(self, entry: Entry, name: str) -> Iterator[str]:
        """What a field says to those who search, which may be more than stands in it."""
        value: Any = getattr(entry, name)
        if name == "title":
            yield from entry.titles
        elif name == "type":
            yield TYPE_LABELS[self.bibliography.type(entry)][0]
        elif name == "venue":
            venue = self.bibliography.venue(entry)
            yield from dict.fromkeys([entry.venue or "", *((venue.short, venue.name) if venue else ())])
        elif name in {"topics", "tags"}:
            known = self.bibliography.topics_of if name == "topics" else self.bibliography.tags_of
            yield from (term.label for term in known(entry))
        elif isinstance(value, tuple):
            # other titles are among the entry's titles already, and "others" is nobody
            yield from (str(item) for item in value if name != "other_titles" and item != OTHERS)
        else:
            yield str(value or "")

    def abbreviations_in(self, text: str) -> Iterator[Abbreviation]:
        """The abbreviations that stand in a folded text, or what they stand for."""
        spaced = f" {text} "
        for short, long, either in self._abbreviations:
            if (f" {short}" in spaced or f" {long}" in spaced) and either.search(spaced):
                yield short, long, either

    @cached_property
    def _abbreviations(self) -> list[Abbreviation]:
        pairs = [("".join(fold_words(a)), fold(b)) for a, b in self.bibliography.words.abbreviations.items()]
        return [
            (*pair, re.compile(f" (?:{'|'.join(map(re.escape, pair))})s? ")) for pair in pairs if all(pair)
        ]

"""Finding entries by words: the best first, whatever the accents, and by what abbreviations stand for.

A word counts most in a title, then as an author's name, then anywhere else.
Where nothing has all words, the titles that come near are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from odebib.lookup.searched import Searched
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.model.traits import Place
from odebib.text.folding import fold, fold_words

WEIGHTS = {Place.TITLE: 100, Place.NAME: 10, Place.WHERE: 1, Place.TEXT: 1}
"""How much a word counts by where it stands."""
"""How much a word counts by where it stands."""

BEGINNING = 0.6
"""How much the beginning of a word counts."""

NEAR = 70
"""How like (of 100) a title must be to be offered where nothing is found."""


@dataclass(frozen=True)
class Finder:
    """The entries of a bibliography with everything that is looked at, folded."""

    bibliography: Bibliography

    def find(self, query: str) -> list[str]:
        """The keys of the entries that hold all words of ``query``, the best first."""
        words = fold_words(query)
        ranked = []
        for key, places in self._texts.items():
            score = _score(places, words)
            if score:
                ranked.append((-score, -(self.bibliography.entries[key].year or 0), key))
        return [key for _, _, key in sorted(ranked)]

    def near(self, query: str, limit: int = 5) -> list[str]:
        """What may have been meant: words as they are usually spelt, else titles that are like it."""
        found = self.find(" ".join(self._known_word(word) for word in fold_words(query)))
        if found:
            return found[:limit]
        titles = {key: places[0].all for key, places in self._texts.items()}
        like = process.extract(
            fold(query), titles, scorer=fuzz.token_set_ratio, limit=limit, score_cutoff=NEAR
        )
        return [key for _, _, key in like]

    def _known_word(self, word: str) -> str:
        """The word of the bibliography that is spelt most like one."""
        if word in self._words:
            return word
        best = process.extractOne(word, self._words, scorer=fuzz.ratio, score_cutoff=NEAR)
        return str(best[0]) if best else word

    @cached_property
    def _words(self) -> list[str]:
        return sorted(
            {word for places in self._texts.values() for place in places for word in place.all.split()}
        )

    @cached_property
    def _texts(self) -> Mapping[str, tuple[_Place, ...]]:
        """Of each entry what is looked at: its titles, its authors, and the rest."""
        return {key: tuple(self._places(entry)) for key, entry in self.bibliography.entries.items()}

    def _places(self, entry: Entry) -> Iterator[_Place]:
        texts = self._searched.texts(entry)
        yield _Place(WEIGHTS[Place.TITLE], tuple(form for t in texts[Place.TITLE] for form in self._forms(t)))
        yield _Place(WEIGHTS[Place.NAME], texts[Place.NAME])
        rest = " ".join([*texts[Place.WHERE], *texts[Place.TEXT]])
        yield _Place(WEIGHTS[Place.TEXT], self._with_abbreviations(rest))

    def _forms(self, title: str) -> Iterator[str]:
        """A title, and with each of its abbreviations written out or made."""
        yield title
        for short, long, either in self._searched.abbreviations_in(title):
            for form in (short, long, f"{long}s"):
                yield either.sub(f" {form} ", f" {title} ").strip()

    def _with_abbreviations(self, text: str) -> tuple[str, ...]:
        """A text, and its abbreviations with what they stand for."""
        found = self._searched.abbreviations_in(text)
        return text, *(f"{short} {long} {long}s" for short, long, _ in found)

    @cached_property
    def _searched(self) -> Searched:
        return Searched(self.bibliography)


class _Place:
    """Folded texts of an entry in which a word counts the same."""

    def __init__(self, weight: int, texts: Sequence[str]) -> None:
        self.weight = weight
        self.texts = texts
        self.all = f" {' '.join(texts)} "

    def worth(self, word: str) -> float:
        """What a word counts here; its beginning counts less."""
        if f" {word} " in self.all:
            return self.weight
        return self.weight * BEGINNING if f" {word}" in self.all else 0


def _score(places: Sequence[_Place], words: Sequence[str]) -> float:
    """What the words count together, more if they are a good part of a title; nothing if one is missing."""
    worths = [max(place.worth(word) for place in places) for word in words]
    if not worths or not all(worths):
        return 0
    phrase = f" {' '.join(words)}"
    shares = [len(words) / (len(title.split()) or 1) for title in places[0].texts if phrase in f" {title}"]
    return sum(worths) + WEIGHTS[Place.TITLE] * max(shares, default=0)

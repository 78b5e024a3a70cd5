"""Similar works: which works have most in common with one, and what it is that they have in common.

Every work is a bundle of features: its topics, badges, authors and words, each
the heavier the fewer works have it (tf-idf). Works are as similar as their
bundles point in the same direction (cosine). Of each feature only the works in
which it weighs most are looked at, so that the time for a work does not grow
with the bibliography. The same data give the same answer.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.model.vocabulary import Tag, Topic
from odebib.text.folding import fold_words

TOPIC, AUTHOR, TAG = "topic", "author", "tag"
TITLE_WORD, SUMMARY_WORD, WORD = "title", "summary", "word"
WEIGHTS = {TOPIC: 2.5, AUTHOR: 0.9, TAG: 0.6, TITLE_WORD: 1.6, SUMMARY_WORD: 1.2, WORD: 0.7}
"""How much a feature counts by what it is; a word counts by the best place in which it stands."""

LIMIT = 5
"""So many similar works are shown."""
FEATURES = 12
"""So many of its heaviest features stand for a work when others are looked for."""
POSTINGS = 32
"""So many works, those in which it weighs most, stand for a feature."""
LEAST = 0.06
"""Works that have less in common than this are not called similar."""
SHORTEST_WORD = 4
TELLING = 3
"""So many words are named at most."""
COMMON = 0.06
"""A word that more than this share of the works have tells nothing of two of them."""

Feature = tuple[str, str]
"""What it is (topic, author, tag, word) and its id."""


@dataclass(frozen=True)
class Similar:
    """A work that has much in common with another, and what."""

    key: str
    topics: tuple[Topic, ...]
    tags: tuple[Tag, ...]
    authors: tuple[str, ...]
    """Slugs of the authors of both."""
    words: tuple[str, ...]
    """Telling words of both, the rarest first."""


class Likeness:
    """How much the works of a bibliography have in common."""

    def __init__(self, bibliography: Bibliography) -> None:
        self.bibliography = bibliography

    def similar(self, key: str, limit: int = LIMIT) -> list[Similar]:
        """The works most like one, those apart to which it states a relation; the most similar first."""
        scores: dict[str, float] = {}
        for feature, weight in self._heaviest(key):
            for other, its_weight in self._postings[feature]:
                scores[other] = scores.get(other, 0.0) + weight * its_weight
        known = {key, *self._stated(key)}
        like = ((-round(score, 6), other) for other, score in scores.items() if score >= LEAST)
        ranked = heapq.nsmallest(limit, (found for found in like if found[1] not in known))
        return [self._described(key, other) for _, other in ranked]

    def _stated(self, key: str) -> Iterator[str]:
        """Works that stand beside this one already, for a stated relation."""
        library = self.bibliography
        for _, other in library.entries[key].relations.items():  # noqa: PERF102  no mapping
            yield library.resolve(other) or other
        for _, other in library.related_by(key):
            yield other

    def _described(self, key: str, other: str) -> Similar:
        """What two works have in common, the rarest first."""
        mine, its = self._vectors[key], self._vectors[other]
        common = sorted(
            (-weight * its[feature], feature) for feature, weight in mine.items() if feature in its
        )
        by_kind: dict[str, list[str]] = defaultdict(list)
        for _, (kind, name) in common:
            by_kind[kind].append(name)
        library = self.bibliography
        most = COMMON * len(library.entries)
        telling = [word for word in by_kind[WORD] if self._counts[WORD, word] <= max(most, 3)]
        return Similar(
            other,
            topics=tuple(library.topics[name] for name in by_kind[TOPIC]),
            tags=tuple(library.tags[name] for name in by_kind[TAG]),
            authors=tuple(by_kind[AUTHOR]),
            words=tuple(telling[:TELLING]),
        )

    # -- Features --

    @cached_property
    def _features(self) -> Mapping[str, Mapping[Feature, float]]:
        """The features of every work with what they count by their kind."""
        return {key: dict(self._features_of(entry)) for key, entry in self.bibliography.entries.items()}

    def _features_of(self, entry: Entry) -> Iterator[tuple[Feature, float]]:
        library = self.bibliography
        words: dict[Feature, float] = {}
        for kind, text in ((WORD, entry.abstract), (SUMMARY_WORD, entry.summary), (TITLE_WORD, entry.title)):
            words |= dict.fromkeys(((WORD, word) for word in _words(text or "")), WEIGHTS[kind])
        yield from words.items()
        for topic in library.topics_of(entry):
            yield (TOPIC, topic.id), WEIGHTS[TOPIC]
        for tag in library.tags_of(entry):
            yield (TAG, tag.id), WEIGHTS[TAG]
        for name in entry.people:
            yield (AUTHOR, library.slug(name, entry.key)), WEIGHTS[AUTHOR]

    @cached_property
    def _counts(self) -> Mapping[Feature, int]:
        """In how many works each feature occurs."""
        return Counter(feature for features in self._features.values() for feature in features)

    @cached_property
    def _vectors(self) -> Mapping[str, Mapping[Feature, float]]:
        """The features of every work, weighed and of length 1; what only one work has is left out."""
        total = len(self.bibliography.entries)
        rarity = {feature: math.log(total / count) for feature, count in self._counts.items() if count > 1}
        return {
            key: _normalised(
                {feature: count * rarity[feature] for feature, count in features.items() if feature in rarity}
            )
            for key, features in self._features.items()
        }

    def _heaviest(self, key: str) -> Iterable[tuple[Feature, float]]:
        found = heapq.nsmallest(
            FEATURES, ((-weight, feature) for feature, weight in self._vectors[key].items())
        )
        return [(feature, -weight) for weight, feature in found]

    @cached_property
    def _postings(self) -> Mapping[Feature, tuple[tuple[str, float], ...]]:
        """Of each feature the works in which it weighs most, with its weight there."""
        found: dict[Feature, list[tuple[str, float]]] = defaultdict(list)
        for key, vector in self._vectors.items():
            for feature, weight in vector.items():
                found[feature].append((key, weight))
        return {
            feature: tuple(sorted(works, key=lambda item: (-item[1], item[0]))[:POSTINGS])
            for feature, works in found.items()
        }


def _words(text: str) -> dict[str, None]:
    """The words of a text that may tell something, each once; in their order, on which sums depend."""
    return dict.fromkeys(stem for stem in map(_stem, fold_words(text)) if stem)


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """A word without a plural's s; nothing for numbers and short words."""
    if len(word) < SHORTEST_WORD or word.isdigit():
        return ""
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _normalised(vector: dict[Feature, float]) -> dict[Feature, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {feature: weight / length for feature, weight in vector.items()} if length else {}

"""Proposing topics and tags: which ones a new work's words speak for, and which words these are.

What is known comes from the bibliography itself: the words of each topic's and
tag's works, and of its own name and description. A topic whose works share the
new one's rare words is proposed; the words are told, so that a person can
judge. Nothing is learnt that is not in ``data/``, and the same data propose
the same.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from odebib.model.bibliography import Bibliography, TermT, Vocabulary
from odebib.model.vocabulary import Term
from odebib.text.citekeys import SKIPPED_WORDS
from odebib.text.folding import fold_words

STOPWORDS = SKIPPED_WORDS | frozenset(
    ["we", "our", "is", "are", "be", "been", "was", "were", "this", "that", "these", "those", "it", "its",
     "which", "can", "has", "have", "not", "but", "such", "also", "than", "both", "using", "use", "used",
     "show", "shows", "paper", "propose", "proposed", "present", "new", "novel", "approach", "method",
     "methods", "results", "based", "between", "more", "most", "their", "they", "when", "where", "while",
     "however", "well", "how", "what", "one", "two", "many", "other", "several", "each", "all", "any",
     "some", "only", "these", "without", "within", "i", "e"]
)  # fmt: skip
"""Words that papers of every subject hold."""
TITLE_WEIGHT, OWN_WEIGHT = 2.0, 2.0
"""How much more a word of a title, or of a topic's own name, counts than one of an abstract."""
LEAST = 0.08
"""A topic that agrees less with a work is not proposed."""
NEAR = 0.8
"""Nor one that agrees less than this share of what the best one does."""
LEAST_TAG, NEAR_TAG = 0.06, 0.9
"""The same for tags."""
FEWEST = 2
"""Of so many works at least a topic or tag has words of its own."""
MOST = 3
"""So many topics, or tags, are proposed at most."""


@dataclass(frozen=True)
class Proposal:
    """A topic or tag that fits, and the words that spoke for it, the most telling first."""

    id: str
    score: float
    words: tuple[str, ...]


class Proposer:
    """Knows the words of every topic and tag of a bibliography."""

    def __init__(self, bibliography: Bibliography) -> None:
        self.bibliography = bibliography
        self._texts = {
            key: _counted(entry.title, entry.summary, entry.abstract)
            for key, entry in bibliography.entries.items()
        }

    def topics(self, title: str, *texts: str | None) -> list[Proposal]:
        """The topics that a work's words speak for, best first; of a topic and its parent the narrower."""
        found = self._best(self._topics, _counted(title, *texts), LEAST, NEAR)
        above = {topic.id for p in found for topic in self.bibliography.ancestors(p.id)}
        return [proposal for proposal in found if proposal.id not in above][:MOST]

    def tags(self, title: str, *texts: str | None) -> list[Proposal]:
        """The tags that a work's words speak for, best first."""
        return self._best(self._tags, _counted(title, *texts), LEAST_TAG, NEAR_TAG)[:MOST]

    # -- The words of a topic or tag -----------------------------------------------------------

    @cached_property
    def _topics(self) -> Mapping[str, dict[str, float]]:
        named = {
            key: [t.id for t in self.bibliography.topics_of(e)]
            for key, e in self.bibliography.entries.items()
        }
        return self._profiles(self.bibliography.topics, named)

    @cached_property
    def _tags(self) -> Mapping[str, dict[str, float]]:
        named = {
            key: [t.id for t in self.bibliography.tags_of(e)] for key, e in self.bibliography.entries.items()
        }
        return self._profiles(self.bibliography.tags, named)

    def _profiles(
        self, vocabulary: Vocabulary[TermT], named: Mapping[str, Sequence[str]]
    ) -> dict[str, dict[str, float]]:
        """For each topic or tag the weights of the words that its works have more often than others."""
        members: dict[str, list[str]] = defaultdict(list)
        for key, ids in named.items():
            for identifier in ids:
                members[identifier].append(key)
        general = self._mean(list(self._texts))
        profiles = {}
        for term in vocabulary:
            keys = members[term.id]
            own = self._vector(_own_words(term))
            if len(keys) < FEWEST and not own:
                continue
            mean = self._mean(keys)
            words = {*mean, *own}
            weights = {
                word: mean.get(word, 0.0) - general.get(word, 0.0) + own.get(word, 0.0) / (2 + len(keys))
                for word in words
            }
            profiles[term.id] = _unit({word: weight for word, weight in weights.items() if weight > 0})
        return profiles

    def _mean(self, keys: Sequence[str]) -> dict[str, float]:
        total: dict[str, float] = defaultdict(float)
        for key in keys:
            for word, weight in self._vectors[key].items():
                total[word] += weight / len(keys)
        return dict(total)

    @cached_property
    def _vectors(self) -> Mapping[str, dict[str, float]]:
        return {key: self._vector(words) for key, words in self._texts.items()}

    @cached_property
    def _frequency(self) -> Counter[str]:
        return Counter(word for words in self._texts.values() for word in words)

    def _vector(self, words: Mapping[str, float]) -> dict[str, float]:
        """Words by how often they stand in a text and in how few texts they do."""
        size = len(self._texts) + 1
        return _unit(
            {
                word: (1 + math.log(count)) * math.log(size / (0.5 + self._frequency[word]))
                for word, count in words.items()
                if self._frequency[word] < size / 2
            }
        )

    # -- Comparing ------------------------------------------------------------------------------

    def _best(
        self, profiles: Mapping[str, dict[str, float]], words: Mapping[str, float], least: float, near: float
    ) -> list[Proposal]:
        vector = self._vector(
            {w: c for w, c in words.items() if self._frequency[w] or w in self._own_vocabulary}
        )
        scored = [_compared(identifier, profile, vector) for identifier, profile in profiles.items()]
        scored.sort(key=lambda proposal: (-proposal.score, proposal.id))
        top = scored[0].score if scored else 0.0
        return [p for p in scored if p.score >= max(least, near * top) and self._is_enough(p)]

    def _is_enough(self, proposal: Proposal) -> bool:
        """Whether more than one word speaks for it, or one that it bears in its name."""
        topics, tags = self.bibliography.topics, self.bibliography.tags
        term = topics.by_id.get(proposal.id) or tags.by_id.get(proposal.id)
        names = " ".join((term.label, *term.spellings)) if term else ""
        return len(proposal.words) > 1 or bool({*proposal.words} & {*_words(names)})

    @cached_property
    def _own_vocabulary(self) -> frozenset[str]:
        terms: Iterable[Term] = (*self.bibliography.topics, *self.bibliography.tags)
        return frozenset(word for term in terms for word in _own_words(term))


def _compared(identifier: str, profile: Mapping[str, float], vector: Mapping[str, float]) -> Proposal:
    shares = {word: weight * profile[word] for word, weight in vector.items() if word in profile}
    telling = sorted(shares, key=lambda word: (-shares[word], word))
    return Proposal(identifier, sum(shares.values()), tuple(_without_parts(telling))[:4])


def _without_parts(words: Sequence[str]) -> Iterator[str]:
    """Words without those that are a part of a pair told before, or the other way round."""
    told: list[str] = []
    for word in words[:12]:
        if not any({*word.split()} & {*other.split()} for other in told):
            told.append(word)
            yield word


def _counted(title: str, *texts: str | None) -> dict[str, float]:
    """The words and pairs of words of a work, each with how often it stands there."""
    found: dict[str, float] = defaultdict(float)
    for text, weight in ((title, TITLE_WEIGHT), *((text, 1.0) for text in texts)):
        for word in _words(text or ""):
            found[word] += weight
    return dict(found)


def _own_words(term: Term) -> dict[str, float]:
    """The words of a topic's or tag's own name, spellings and description."""
    description = getattr(term, "description", None) or ""
    found: dict[str, float] = defaultdict(float)
    for text, weight in ((term.label, OWN_WEIGHT), *((said, 1.0) for said in (description, *term.spellings))):
        for word in _words(text):
            found[word] += weight
    return dict(found)


def _words(text: str) -> Iterator[str]:
    """Words in the singular, and pairs of neighbouring ones; the common ones separate."""
    before = ""
    for word in fold_words(text):
        if word in STOPWORDS or len(word) < 2 or word.isdecimal():
            before = ""
            continue
        word = _singular(word)
        yield word
        if before:
            yield f"{before} {word}"
        before = word


def _singular(word: str) -> str:
    """A plain plural without its s."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()} if length else {}

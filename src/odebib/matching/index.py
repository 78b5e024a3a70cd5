"""The index: the works of a bibliography, so that the few which may be the one in question are found.

What speaks for and against each is weighed by :mod:`odebib.matching.weighing`,
and which of them it is decided by :mod:`odebib.matching.competing`. The only
statistics are how many of the bibliography's titles hold a word or a name.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from odebib.matching.odds import AuthorSign, TitleSign, YearSign
from odebib.matching.rarity import Rarity
from odebib.matching.title_agreement import are_strangers
from odebib.matching.weighing import Evidence, Verdict, compare
from odebib.matching.works import Work


@dataclass(frozen=True, slots=True)
class Finding:
    """An indexed work that may be the one in question."""

    number: int
    key: str
    work: Work
    evidence: Evidence


COMMON = 96
"""A sign (word, pair of words, …) of so many entries tells too little to be followed."""
EFFORT = 96
"""So many postings are read for one record, the most telling ones; this keeps its time flat."""
COMPARED = 5
"""So many candidates are compared in full."""
LEAST = 3.0
"""So much a candidate's signs must tell for each word of the title, to be compared."""
SHARE = 0.5
"""And such a share of what those of the best candidate tell."""
NAMESAKES = 32
"""So many entries of exactly the same title are looked at."""
WEIGHTS = [0.0, *(1 + math.log2(COMMON / n) for n in range(1, COMMON + 1))]
"""What a sign tells, by the number of entries that have it."""


class Index:
    """The works of a bibliography, by their keys; grows as entries are added.

    ``decisions`` are sets of keys of which a person has said that they are not the same;
    ``rarity`` is given where what is rare is known before the index is filled.
    """

    def __init__(self, decisions: Iterable[frozenset[str]] = (), *, rarity: Rarity | None = None) -> None:
        self.rarity = Rarity() if rarity is None else rarity
        self._counts = rarity is None
        self._keys: list[str] = []
        self._works: list[Work | None] = []
        self._families: list[frozenset[str]] = []
        self._numbers: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._by_identifier: dict[str, list[int]] = {}
        self._by_title: dict[str, list[int]] = {}
        self._by_sign: dict[int | str, list[int]] = {}
        self._not_same = {
            frozenset((one, other)) for keys in decisions for one in keys for other in keys if one != other
        }

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, key: str) -> bool:
        return key in self._numbers

    # -- Growing and shrinking

    def add(self, key: str, work: Work) -> None:
        """Add the work of an entry; a key that is there already is replaced."""
        if key in self._numbers:
            self.remove(key)
        number = len(self._keys)
        self._keys.append(key)
        self._works.append(work)
        self._families.append(_families(work))
        self._numbers[key] = number
        for identifier in work.identifiers:
            self._by_identifier.setdefault(identifier, []).append(number)
        for title_key in _title_keys(work):
            self._by_title.setdefault(title_key, []).append(number)
        if self._counts:
            self.rarity.add(work)
        for sign in set(self._signs(work, grow=True)):
            numbers = self._by_sign.setdefault(sign, [])
            if len(numbers) <= COMMON:
                numbers.append(number)

    def remove(self, key: str) -> None:
        """Forget an entry; ``KeyError`` where there is none of that key."""
        number = self._numbers.pop(key)
        work = self._works[number]
        self._works[number] = None
        if work is None:
            return
        for identifier in work.identifiers:
            self._by_identifier[identifier].remove(number)
        for title_key in _title_keys(work):
            self._by_title[title_key].remove(number)
        if self._counts:
            self.rarity.remove(work)

    def _signs(self, work: Work, *, grow: bool = False) -> Iterator[int | str]:
        """The signs by which a work is found when neither identifier nor whole title leads to it.

        Words, pairs of neighbouring words, first authors with a word, and the
        ends of the title: whatever is damaged, something rare is left.
        """
        known = self._words
        authors = []
        for author in work.authors[:2]:
            for name in (author.family, author.swapped)[: 2 if len(author.family) < 4 else 1]:
                number = known.setdefault("@" + name, len(known)) if grow else known.get("@" + name)
                if number is not None:
                    authors.append((number + 1) << 24)
        for title in work.titles:
            before = None
            for word in title.words:
                number = known.setdefault(word, len(known)) if grow else known.get(word)
                if number is None:
                    before = None
                    continue
                yield number
                if before is not None:
                    yield (before + 1) << 24 | number
                for author_sign in authors:
                    yield author_sign | number
                before = number
            if len(title.key) > 12:
                yield title.key[:12]
                yield title.key[-12:] + "$"

    # -- Finding

    def find(self, work: Work, *, before: int | None = None) -> list[Finding]:
        """The works that may be this one, the likeliest first; ``before`` keeps to those added earlier."""
        certain, shared_pages = self._of_identifiers(work)
        for title in work.titles:
            certain.update(self._of_title(title.key, work))
            certain.update(self._of_title(title.joined, work))
            if title.head:
                certain.update(self._of_title(title.head_key, work))
        findings = self._compare_all(work, certain, shared_pages, before)
        if before is not None or not any(_is_beyond_doubt(finding.evidence) for finding in findings):
            more = [number for number in self._likely(work) if number not in certain]
            findings += self._compare_all(work, more, shared_pages, before)
        findings.sort(key=lambda finding: (-finding.evidence.weight, finding.number))
        return findings

    def duplicates(self) -> Iterator[tuple[str, str, Evidence]]:
        """Pairs of entries that look like one work, save those decided not to be the same."""
        for number, work in enumerate(self._works):
            if work is None:
                continue
            for finding in self.find(work, before=number):
                pair = frozenset((finding.key, self._keys[number]))
                if _looks_same(finding.evidence) and pair not in self._not_same:
                    yield finding.key, self._keys[number], finding.evidence

    def _of_identifiers(self, work: Work) -> tuple[set[int], frozenset[str]]:
        """The works with one of its identifiers, and those identifiers that are of many works."""
        found: set[int] = set()
        shared_pages = []
        for identifier in work.identifiers:
            numbers = self._by_identifier.get(identifier)
            if numbers is None:
                continue
            if len(numbers) > 1 and not identifier.startswith("arxiv:") and self._is_shared_page(numbers):
                shared_pages.append(identifier)
            else:
                found.update(numbers[:NAMESAKES])
        return found, frozenset(shared_pages)

    def _is_shared_page(self, numbers: list[int]) -> bool:
        """Whether works with one identifier have unrelated titles: then it is a volume's or a list's."""
        works = [work for number in numbers[:3] if (work := self._works[number])]
        return (
            any(
                one.titles and other.titles and not set(one.titles[0].words) & set(other.titles[0].words)
                for place, one in enumerate(works)
                for other in works[place + 1 :]
            )
            or len(numbers) > COMPARED
        )

    def _of_title(self, key: str, work: Work) -> list[int]:
        """The works of exactly this title; of very many, those of the same year first."""
        numbers = self._by_title.get(key, [])
        if len(numbers) <= COMPARED:
            return numbers
        years = set(work.years)
        same_year = [
            n for n in numbers[: 8 * NAMESAKES] if (w := self._works[n]) and years.intersection(w.years)
        ]
        return same_year[:NAMESAKES] or numbers[:NAMESAKES]

    def _scores(self, work: Work) -> dict[int, float]:
        """What the works that share signs with one share of them, the most telling signs read first."""
        by_sign = self._by_sign
        postings = [numbers for sign in self._signs(work) if (numbers := by_sign.get(sign)) is not None]
        postings = sorted((numbers for numbers in postings if len(numbers) <= COMMON), key=len)
        score: dict[int, float] = {}
        effort = 0
        for numbers in postings:
            effort += len(numbers)
            if effort > EFFORT and score:
                break
            weight = WEIGHTS[len(numbers)]
            for number in numbers:
                score[number] = score.get(number, 0.0) + weight
        return score

    def _likely(self, work: Work) -> list[int]:
        """The works that share most of what is rare, best first."""
        score = self._scores(work)
        if not score:
            return []
        words = sum(len(title.words) for title in work.titles)
        least = max(LEAST * words, SHARE * max(score.values()))
        enough = [(weight, -number) for number, weight in score.items() if weight >= least]
        enough.sort(reverse=True)
        families = _families(work)
        return [
            -number
            for place, (_, number) in enumerate(enough[:COMPARED])
            if place < 2 or not families or not (theirs := self._families[-number]) or families & theirs
        ]

    def _compare_all(
        self, work: Work, numbers: Iterable[int], shared_pages: frozenset[str], before: int | None
    ) -> list[Finding]:
        findings = []
        families = _families(work)
        for number in numbers:
            other = self._works[number]
            if other is None or (before is not None and number >= before):
                continue
            if families.isdisjoint(self._families[number]) and _have_nothing_in_common(work, other):
                continue
            evidence = compare(work, other, self.rarity, shared_pages=shared_pages)
            if evidence.weight > HOPELESS and (not evidence.vetoes or evidence.identifiers):
                findings.append(Finding(number, self._keys[number], other, evidence))
        return findings


HOPELESS = -5.0
"""Candidates with smaller odds, as a logarithm, do not count even among many."""


def _have_nothing_in_common(one: Work, other: Work) -> bool:
    """Whether neither identifiers nor titles need be weighed, for two works without a common author."""
    return one.identifiers.isdisjoint(other.identifiers) and all(
        are_strangers(mine, theirs) for mine in one.titles for theirs in other.titles
    )


def _title_keys(work: Work) -> set[str]:
    """The keys of its titles, their letters, and what stands before their subtitles."""
    keys = {title.key for title in work.titles}
    keys.update(title.joined for title in work.titles)
    keys.update(title.head_key for title in work.titles if title.head)
    keys.discard("")
    return keys


def _families(work: Work) -> frozenset[str]:
    """The family names of its authors, in either order of their parts."""
    names = {author.family for author in work.authors}
    names.update(author.swapped for author in work.authors)
    names.discard("")
    return frozenset(names)


def _is_beyond_doubt(evidence: Evidence) -> bool:
    """Whether nothing better can be found."""
    signs = evidence.signs
    if evidence.vetoes or evidence.verdict is not Verdict.SAME:
        return False
    agree = signs.title in EQUAL and signs.authors in ALL_AUTHORS
    return bool(evidence.identifiers) or (agree and signs.year in (YearSign.SAME, YearSign.ONE))


EQUAL = {TitleSign.EQUAL, TitleSign.EQUAL_SOME, TitleSign.EQUAL_FEW}
ALL_AUTHORS = {AuthorSign.ALL, AuthorSign.ALL_FEW}


def _looks_same(evidence: Evidence) -> bool:
    """Whether two entries are so alike that a person should look at them."""
    if evidence.vetoes:
        return bool(evidence.identifiers)
    if evidence.verdict is not Verdict.DIFFERENT or evidence.identifiers:
        return True
    plain = evidence.titles_same and not evidence.is_of_few_words
    return plain and (evidence.authors is None or evidence.authors >= 0.5)

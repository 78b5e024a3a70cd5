"""How two titles agree: which sign of the table of odds they show.

What matters is *how* titles differ: a typo, spaces that are gone, a dropped
subtitle or an end that was cut off leave the work the same; another number or
a code word makes it another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Indel

from odebib.matching.odds import TitleSign
from odebib.matching.rarity import COLUMN_WORDS, Rarity
from odebib.text.titles import EDITORIAL_WORDS, PREFIXES, Title, is_year, spelling_difference

RE_NUMBER = re.compile(r"\d+")
RE_WORD = re.compile(r"[^\W_]+")
RE_CODE = re.compile(r"\d|[a-z][A-Z]|^[IVX]+$")
"""What only numbers, also Roman ones, and coined words hold."""
TELLING = 2.7
"""So many rare words in common are hardly two works' by chance."""
SOME = 1.7
"""With fewer rare words than these in common, a title is of few or common words."""
MANY_WORDS = 16
"""With more words than these on both sides, titles are no spellings of each other."""
JOINED = 16
"""Titles of fewer letters are not looked for within another's letters."""
FOUND_INSIDE = 95
"""So far, in percent, the letters of a title must be found within the other's."""
ALIKE = 0.6
"""Titles whose letters agree less have no more in common than their equal words."""
SAME_LETTERS = 0.96
"""Titles whose letters agree so far differ in spelling only."""
SAME_BEGINNING = 0.93
"""Titles whose first letters agree so far begin alike."""

FEW = {
    TitleSign.SPELLING: TitleSign.SPELLING_FEW,
    TitleSign.NEARLY: TitleSign.NEARLY_FEW,
    TitleSign.BEGINNING: TitleSign.BEGINNING_FEW,
    TitleSign.INSIDE: TitleSign.INSIDE_FEW,
    TitleSign.WITHIN: TitleSign.WITHIN_FEW,
}
"""What a sign is called where what agrees is few or common words."""
BY_AGREEMENT = (
    (0.85, TitleSign.MOSTLY),
    (0.75, TitleSign.LARGELY),
    (0.6, TitleSign.PARTLY),
    (0.4, TitleSign.HALF),
    (0.0, TitleSign.LITTLE),
)
MAY_BE_INSIDE = {
    TitleSign.MOSTLY,
    TitleSign.LARGELY,
    TitleSign.PARTLY,
    TitleSign.HALF,
    TitleSign.LITTLE,
}
"""Signs behind which the same title may hide, its spaces gone."""


class TitleAgreement(NamedTuple):
    """How two titles agree."""

    sign: TitleSign
    agreement: float
    """From 0 to 1: the share that both have, words counted by their rarity."""
    shared: float = 0.0
    """How many rare words both have."""


def titles_agree(
    one: Title, other: Title, rarity: Rarity, stuck: Callable[[], Collection[str]] = tuple
) -> TitleAgreement:
    """How two titles agree.

    ``stuck`` gives words that do not count when only one title has them: the
    works' authors, venues and years, which get stuck to titles.
    """
    if one.key == other.key:
        shared = rarity.of_words(one.words)
        return TitleAgreement(_equal(one, shared), 1.0, shared)
    if are_strangers(one, other):
        shared = rarity.of_words(set(one.words).intersection(other.words))
        return TitleAgreement(TitleSign.LITTLE, 0.0, shared)
    difference = _Difference(one, other, rarity, stuck)
    if difference.is_another:
        return TitleAgreement(TitleSign.NUMBER, 0.6, difference.shared)
    return TitleAgreement(difference.sign(), round(difference.agreement, 4), difference.shared)


def are_strangers(one: Title, other: Title) -> bool:
    """Whether two titles share so little, in words and in letters, that nothing else need be looked at."""
    mine, theirs = set(one.words), set(other.words)
    if 3 * len(mine & theirs) >= min(len(mine), len(theirs)):
        return False
    short, long = sorted((one.joined, other.joined), key=len)
    if Indel.normalized_similarity(short, long, score_cutoff=ALIKE) >= ALIKE:
        return False
    return len(short) < JOINED or fuzz.partial_ratio(short, long, score_cutoff=FOUND_INSIDE) < FOUND_INSIDE


def _equal(title: Title, shared: float) -> TitleSign:
    if shared >= TELLING:
        return TitleSign.EQUAL
    if all(word in COLUMN_WORDS for word in title.words):
        return TitleSign.EQUAL_COLUMN
    return TitleSign.EQUAL_SOME if shared >= SOME else TitleSign.EQUAL_FEW


class _Difference:
    """What two titles that are not equal share, and what only one of them has."""

    def __init__(
        self, one: Title, other: Title, rarity: Rarity, stuck: Callable[[], Collection[str]]
    ) -> None:
        self.one, self.other, self.rarity = one, other, rarity
        mine, theirs = set(one.words), set(other.words)
        self.shared = rarity.of_words(mine & theirs)
        self.only_one = [word for word in one.words if word not in theirs]
        self.only_other = [word for word in other.words if word not in mine]
        self.is_another = self._is_another_number()
        self._pair_spellings()
        for words, others, whole in (
            (self.only_other, self.only_one, one.words),
            (self.only_one, self.only_other, other.words),
        ):
            self._pair_joined(words, others, whole)
        explained = stuck() if self.only_one or self.only_other else ()
        self.missing = tuple(
            sum(rarity.of_word(word) for word in _not_stuck(words, explained))
            for words in (self.only_one, self.only_other)
        )
        total = 2 * self.shared + sum(self.missing)
        self.agreement = 2 * self.shared / total if total else 1.0

    def _is_another_number(self) -> bool:
        """Whether each side has a number, a code word or an opposite that the other lacks."""
        if not self.only_one or not self.only_other or self.one.joined == self.other.joined:
            return False
        if _differ(_numbers(self.only_one), _numbers(self.only_other)):
            return True
        if self.shared < TELLING and _are_letters(self.only_one) and _are_letters(self.only_other):
            return True
        return any(
            long.endswith(short) and long[: -len(short)] in PREFIXES
            for one in self.only_one
            for other in self.only_other
            for short, long in (sorted((one, other), key=len),)
            if len(short) > 4
        )

    def _pair_spellings(self) -> None:
        """Take away words that are spellings of each other; what they share counts."""
        if len(self.only_one) > MANY_WORDS or len(self.only_other) > MANY_WORDS:
            return
        for word in list(self.only_one):
            for candidate in self.only_other:
                if word[0] != candidate[0] and len(word) < 6 and len(candidate) < 6:
                    continue
                cost = spelling_difference(word, candidate, self.rarity.is_known)
                if cost is not None:
                    self.only_one.remove(word)
                    self.only_other.remove(candidate)
                    rarity = min(self.rarity.of_word(word), self.rarity.of_word(candidate))
                    self.shared += (1 - cost) * rarity
                    break

    def _pair_joined(self, words: list[str], others: list[str], whole: Sequence[str]) -> None:
        """Take away words that the other title has as two: "database", "data base"."""
        for word in [word for word in words if len(word) >= 6]:
            for first, second in pairwise(whole):
                if first + second == word:
                    words.remove(word)
                    for part in (first, second):
                        if part in others:
                            others.remove(part)
                            self.shared += self.rarity.of_word(part)
                    break

    def sign(self) -> TitleSign:
        """The sign that the titles show."""
        found = self._sign()
        if found in MAY_BE_INSIDE and self._is_inside_without_spaces():
            return TitleSign.RUN_TOGETHER
        return found

    def _sign(self) -> TitleSign:
        few = self.shared < SOME
        least, most = min(self.missing), max(self.missing)
        found = None
        if self._has_same_letters() or (most <= 0.01 and self._has_same_order()):
            found = TitleSign.SPELLING
        elif self._lacks_subtitle():
            telling = self.shared >= TELLING or self._is_coined()
            return TitleSign.SUBTITLE if telling else TitleSign.SUBTITLE_FEW
        elif least <= 0.01 and min(len(self.one.words), len(self.other.words)) >= 2:
            found = self._contained()
        if found is None:
            return next(sign for limit, sign in BY_AGREEMENT if self.agreement >= limit)
        return FEW[found] if few else found

    def _contained(self) -> TitleSign | None:
        """The sign of a title that the other one holds wholly; None where it is hardly one."""
        if self.agreement < 0.5:
            return TitleSign.WITHIN if self.shared > 0.6 else None
        if self.agreement >= 0.85:
            return TitleSign.NEARLY
        short, long = sorted((self.one.joined, self.other.joined), key=len)
        if Indel.normalized_similarity(short, long[: len(short)]) >= SAME_BEGINNING:
            return TitleSign.BEGINNING
        return TitleSign.INSIDE

    def _lacks_subtitle(self) -> bool:
        """Whether one title is what stands before the other's subtitle."""
        return any(
            long.head and not short.head and long.head_key == short.key
            for short, long in ((self.one, self.other), (self.other, self.one))
        )

    def _is_coined(self) -> bool:
        """Whether what stands before the subtitle is a name that somebody made up."""
        shorter = min(self.one, self.other, key=lambda title: len(title.words))
        return len(shorter.words) <= 3 and (self.one.coined or self.other.coined)

    def _has_same_letters(self) -> bool:
        """Whether the letters are the same but for a few, no number, and no known word stands for another."""
        if _numbers(self.only_one) or _numbers(self.only_other):
            return False
        if any(map(self.rarity.is_known, self.only_one)) and any(map(self.rarity.is_known, self.only_other)):
            return False
        one, other = self.one.joined, self.other.joined
        if abs(len(one) - len(other)) > 0.1 * max(len(one), len(other)):
            return False
        return Indel.normalized_similarity(one, other, score_cutoff=SAME_LETTERS) >= SAME_LETTERS

    def _has_same_order(self) -> bool:
        """Whether the words that both have stand in one order."""
        mine, theirs = set(self.one.words), set(self.other.words)
        return [word for word in self.one.words if word in theirs] == [
            word for word in self.other.words if word in mine
        ]

    def _is_inside_without_spaces(self) -> bool:
        one, other = self.one.joined, self.other.joined
        if min(len(one), len(other)) < JOINED:
            return False
        return fuzz.partial_ratio(one, other, score_cutoff=FOUND_INSIDE) >= FOUND_INSIDE


def _numbers(words: Sequence[str]) -> set[str]:
    """The numbers in words; of a year what stands in a short one: 97."""
    found = {number for word in words for number in RE_NUMBER.findall(word)}
    return {number[2:] if is_year(number) else number for number in found}


def _are_letters(words: Sequence[str]) -> bool:
    """Whether all words are single letters, such as the H of TPC-H."""
    return all(len(word) == 1 for word in words)


def differ_in_code_word(one: Title, other: Title) -> bool:
    """Whether each of two titles has a number, a letter or a coined word that the other lacks.

    >>> from odebib.text.titles import prepare
    >>> differ_in_code_word(prepare("Queries of TPC-H at Scale"), prepare("Queries of TPC-C at Scale"))
    True
    >>> differ_in_code_word(prepare("A U-Net of Waves"), prepare("A UNet of Waves"))
    False
    """
    if one.key == other.key or one.joined == other.joined:
        return False
    mine, theirs = _as_written(one), _as_written(other)
    only_one = [word for folded, word in mine.items() if folded not in theirs]
    only_other = [word for folded, word in theirs.items() if folded not in mine]
    if "".join(only_one).casefold() == "".join(only_other).casefold():
        return False
    return any(map(_is_code, only_one)) and any(map(_is_code, only_other))


def _as_written(title: Title) -> dict[str, str]:
    """The words of a title as written, by what they are but for capitals and a plural's end."""
    return {word.casefold().removesuffix("s") or word: word for word in RE_WORD.findall(title.text)}


def _is_code(word: str) -> bool:
    """Whether a word is a number, a letter or a coined word: 16, H, ResNet, V2."""
    return len(word) == 1 or RE_CODE.search(word) is not None


def _differ(mine: set[str], theirs: set[str]) -> bool:
    return bool(mine and theirs) and not mine & theirs


def _not_stuck(words: Sequence[str], explained: Collection[str]) -> list[str]:
    """The words but for those stuck to a title: a year, an author with initials, "extended abstract"."""
    left = [word for word in words if not (word in EDITORIAL_WORDS or is_year(word) or word in explained)]
    if any(word in explained for word in words):
        left = [word for word in left if len(word) > 2]
    return left


def are_spellings(one: Title, other: Title) -> bool:
    """Whether two titles are one, but for spelling."""
    if one.key == other.key:
        return True
    difference = _Difference(one, other, Rarity(), tuple)
    return not difference.is_another and (
        not (difference.only_one or difference.only_other)
        or OSA.distance(one.joined, other.joined) <= len(one.joined) // 24
    )

"""Titles: what is left of one when it is compared, and in what way two of them differ.

Two titles are never merely "87 % alike". What matters is *how* they differ: a
typo, a dropped subtitle or an end that was cut off leaves the work the same;
another number or one other word of meaning makes it another one.
"""

from __future__ import annotations

import enum
import html
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from rapidfuzz.distance import OSA

from odebib.text.folding import fold_words


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _words(
    "a an the and or of on in for to from with by at via as into using its is are be der die das und "
    "le la les de des du et el los y en"
)
"""Words that people drop, add and exchange in titles without meaning another one."""
LEADING_WORDS = _words(
    "a an the and or of for in on its from with by via using into under towards toward through between"
)
"""Words that no title ends with."""
EDITORIAL_WORDS = _words(
    "abstract extended invited paper panel session poster demo demonstration preliminary version "
    "draft report technical tech tr full long short summary preprint appear submitted published press "
    "accepted proc proceeding conference conf workshop symposium journal transaction trans vol volume "
    "no number pp page international annual editor ed chapter university thesis award best oral "
    "spotlight talk publication phd master manuscript in al et acm ieee springer verlag elsevier lnc"
)
"""Words about the publication that get stuck to a title; no title is told from another by them."""
NUMBERS = {
    word: str(number)
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th",
        "- ii iii iv - vi vii viii ix - xi xii",
    )
    for number, word in enumerate(words.split(), start=1)
    if word != "-"
}
"""Numbers in words, ordinals and Roman numerals that are no words besides."""
LETTER_NUMERALS = {"i": "1", "v": "5", "x": "10"}
"""Roman numerals that may as well be a letter: read as numbers only behind "part" or at the end."""
SINGULARS = _words("series species always perhaps news lens")
"""Words that end like plurals."""
PART_WORDS = _words("part vol volume chapter book no lecture episode version phase")

RE_BREAK = re.compile(r"[:?!.;\u2013\u2014][\"\u201d\u2019)]*\s|\s[-\u2013\u2014]{1,3}\s|\s//?\s")
"""Where a subtitle may begin."""
RE_HYPHENATED = re.compile(r"\b(on|off|in|to|by|co|non|re)-(?=[a-z])", re.IGNORECASE)
"""A short word that belongs to the next: on-line is online."""
RE_EDITORIAL = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]\s*\.?$")
"""A bracketed remark at the end of a title."""
RE_DIGIT = re.compile(r"\d+")
RE_CUT = re.compile(r"(?:…|\.\.)\W*$")
"""The mark of a title that was cut off."""
PREFIXES = _words("un in im ir re co de bi a")
"""Beginnings that turn a word into another one, however alike the two look."""


class Vocabulary(Protocol):
    """What is known of words: how much each tells, and whether it is one at all."""

    def weight(self, word: str) -> float:
        """How much a word tells; about 1 for one of average frequency."""

    def is_known(self, word: str) -> bool:
        """Whether the word occurs so often that it is no typo."""

    def is_rare(self, word: str) -> bool:
        """Whether hardly any other title holds the word."""


class PlainVocabulary:
    """All words alike: used when two works are compared outside a bibliography."""

    def weight(self, word: str) -> float:
        """Every word tells the same."""
        return 1.0

    def is_known(self, word: str) -> bool:
        """No word is known."""
        return False

    def is_rare(self, word: str) -> bool:
        """No word is known to be rare."""
        return False


PLAIN = PlainVocabulary()


@dataclass(frozen=True, slots=True)
class Title:
    """A title made ready for comparing."""

    text: str
    words: tuple[str, ...]
    """Its words without function words, in the singular, numbers as digits."""
    key: str
    """The words joined: equal keys are equal titles."""
    joined: str
    """All words joined, function words too."""
    head: int
    """How many of the words stand before the subtitle; 0 where there is none."""
    is_cut: bool
    """Whether it says itself that its end is missing."""
    coined: bool
    """Whether it begins with a coined word: FFJORD, torchdiffeq's ``DiffEqFlux``."""

    @property
    def head_key(self) -> str:
        """The :attr:`key` of what stands before the subtitle; empty without one."""
        return "".join(self.words[: self.head])


def prepare(text: str) -> Title:
    """The :class:`Title` of a text.

    >>> prepare("PDE-Net: Learning PDEs from the Data (Extended Abstract)").words
    ('pde', 'net', 'learning', 'pde', 'data')
    >>> prepare("Deep Limits, Part II").words
    ('deep', 'limit', 'part', '2')
    """
    text = text[:LONGEST]
    text = _without_remark(html.unescape(text) if "&" in text else text)
    spelled = RE_HYPHENATED.sub(r"\1", text) if "-" in text else text
    found = RE_BREAK.search(spelled)
    head: tuple[str, ...] = ()
    everything = fold_words(spelled[: found.start()] if found else spelled)
    words = content_words(everything)
    if found:
        head, rest = words, fold_words(spelled[found.end() :])
        everything += rest
        words += content_words(rest)
    if len(head) == len(words):
        head = ()
    return Title(
        text,
        words,
        "".join(words),
        "".join(everything),
        len(head),
        _is_cut(text, everything),
        _is_coined(text),
    )


def _is_cut(text: str, words: Sequence[str]) -> bool:
    """Whether a title was cut off: it ends with dots, or with a word that leads to another."""
    if text.endswith(("…", "...")) or RE_CUT.search(text[-8:]):
        return True
    return len(words) > 3 and words[-1] in LEADING_WORDS


def _without_remark(text: str) -> str:
    """``text`` without brackets at its end that only say what kind of publication it is."""
    if not text.endswith((")", "]", ").", "].")):
        return text
    found = RE_EDITORIAL.search(text[-64:])
    if not found:
        return text
    words = content_words(fold_words(found[1]))
    if words and all(word in EDITORIAL_WORDS for word in words):
        return text[: len(text) - len(found[0])].rstrip() or text
    return text


def _is_coined(text: str) -> bool:
    """Whether the first word's capitals show that somebody made it up."""
    first = text.split(None, 1)[0].strip(":,.") if text.strip() else ""
    capitals = sum(char.isupper() for char in first[1:])
    shouted = text.isupper() and len(text.split()) > 1
    return len(first) > 2 and capitals > 0 and not shouted and "-" not in first


def content_words(words: Sequence[str]) -> tuple[str, ...]:
    """``words`` without function words, in the singular, numbers as digits."""
    kept = [singular(word) for word in words if word not in FUNCTION_WORDS] or list(words)
    last = len(kept) - 1
    for place, word in enumerate(kept):
        if word in NUMBERS:
            kept[place] = NUMBERS[word]
        elif word in LETTER_NUMERALS and place and (place == last or kept[place - 1] in PART_WORDS):
            kept[place] = LETTER_NUMERALS[word]
    return tuple(kept)


@lru_cache(maxsize=131072)
def singular(word: str) -> str:
    """``word`` without the ending of a plural.

    >>> [singular(word) for word in ["networks", "theories", "classes", "analysis", "calculus"]]
    ['network', 'theory', 'class', 'analysis', 'calculus']
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")) or word in SINGULARS:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1]


class Difference(enum.IntEnum):
    """In what way two titles differ; the lower, the less."""

    NONE = 0
    """Nothing but case, punctuation, plurals and function words."""
    SPELLING = 1
    """Typos, other forms of a word, another order."""
    SUBTITLE = 2
    """One lacks the other's subtitle, or what stands before it."""
    CUT = 3
    """One is the other's beginning, and says so or is long enough to be known."""
    WRAPPED = 4
    """One stands inside the other, with strange words before or behind."""
    INSERTED = 5
    """One has words more in its midst."""
    EXCHANGED = 6
    """Each has words that the other lacks, though most are the same."""
    NUMBER = 7
    """Another number: part I and part II, the third and the fourth workshop."""
    UNRELATED = 8
    """They have little in common."""


class Comparison(NamedTuple):
    """How far two titles agree, from 0 to 1, and how they differ."""

    agreement: float
    difference: Difference
    shared: int = 0
    """How many words they share."""
    number_missing: bool = False
    """Whether one has a number that the other lacks, as a sequel has."""


UNRELATED = Comparison(0.0, Difference.UNRELATED)


def compare(
    one: Title, other: Title, vocabulary: Vocabulary = PLAIN, explained: Collection[str] = frozenset()
) -> Comparison:
    """How two titles agree.

    ``explained`` are words that do not count when only one title has them,
    because they are the work's authors, venue or year that got stuck to it.

    >>> compare(prepare("How to Train you Neural ODE"), prepare("How to train your neural ODE")).difference
    <Difference.SPELLING: 1>
    >>> compare(prepare("Data Cubes, Part I"), prepare("Data Cubes, Part II")).difference
    <Difference.NUMBER: 7>
    """
    if one.key == other.key:
        return Comparison(1.0, Difference.NONE, len(one.words))
    mine, theirs = set(one.words), set(other.words)
    shared = len(mine & theirs)
    if 2 * shared < min(len(mine), len(theirs)) and not _alike(one.joined, other.joined):
        return Comparison(round(2 * shared / (len(mine) + len(theirs)), 4), Difference.UNRELATED, shared)
    only_mine = [word for word in one.words if word not in theirs]
    only_theirs = [word for word in other.words if word not in mine]
    ends = {*one.words[:1], *one.words[-1:], *other.words[:1], *other.words[-1:]}
    if only_mine and only_theirs and _numbers_differ(only_mine, only_theirs, ends.intersection(explained)):
        return Comparison(0.6, Difference.NUMBER, shared)
    if (only_mine or only_theirs) and _joins(one, other, only_mine, only_theirs):
        return Comparison(0.96, Difference.SPELLING, shared + 1)
    lost = _pair_spellings(only_mine, only_theirs, vocabulary)
    return _classify(one, other, only_mine, only_theirs, lost, vocabulary, explained)


def _alike(one: str, other: str) -> bool:
    """Whether two joined titles without a common word may still be one with many typos."""
    allowed = max(len(one), len(other)) // 8
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _numbers_differ(mine: Iterable[str], theirs: Iterable[str], explained: Collection[str]) -> bool:
    """Whether each side has a number that the other lacks (97 is 1997).

    ``explained`` are years that got stuck to the end of a title; one in its midst is the title's own.
    """
    ours = [word for word in mine if RE_DIGIT.search(word) and word not in explained]
    others = [word for word in theirs if RE_DIGIT.search(word) and word not in explained]
    if not ours or not others:
        return False
    if any(_are_one_year(a, b) for a in ours for b in others):
        return False
    return {RE_DIGIT.sub("", word) for word in ours} == {RE_DIGIT.sub("", word) for word in others}


def _are_one_year(one: str, other: str) -> bool:
    """Whether one of two numbers is the other's last two digits of four."""
    return len(one) + len(other) == 6 and (one.endswith(other) or other.endswith(one))


def _pair_spellings(mine: list[str], theirs: list[str], vocabulary: Vocabulary) -> float:
    """Take away words that are spellings of each other; the result is what that costs."""
    cost = 0.0
    if len(mine) > MANY_WORDS or len(theirs) > MANY_WORDS:
        return cost
    for word in list(mine):
        for candidate in theirs:
            difference = spelling_difference(word, candidate, vocabulary)
            if difference is not None:
                mine.remove(word)
                theirs.remove(candidate)
                cost += difference * vocabulary.weight(candidate)
                break
    return cost


LONGEST = 1000
"""What stands behind so many characters is no title any more."""
MANY_WORDS = 16
"""With more words than these on both sides, titles are no spellings of each other."""


def spelling_difference(one: str, other: str, vocabulary: Vocabulary = PLAIN) -> float | None:
    """How far two words are from each other, from 0 to 1; None where they are two words.

    >>> spelling_difference("architect", "architecture"), spelling_difference("supervised", "unsupervised")
    (0.15, None)
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 3 or RE_DIGIT.search(one) or RE_DIGIT.search(other):
        return None
    if len(short) >= 5 and short[:5] == long[:5] and _common_start(short, long) >= 0.6 * len(long):
        return 0.15
    if not _is_typo(short, long) or (vocabulary.is_known(one) and vocabulary.is_known(other)):
        return None
    if long.endswith(short) and long[: len(long) - len(short)] in PREFIXES:
        return None
    return 0.1 if len(long) > 4 else 0.25


def _is_typo(short: str, long: str) -> bool:
    """Whether one or two letters tell two words from each other, the first one only in long words."""
    allowed = 1 if len(long) < 9 else 2
    if len(long) - len(short) > allowed or (short[0] not in long[:2] and len(short) < 6):
        return False
    return OSA.distance(short, long, score_cutoff=allowed) <= allowed


def _common_start(one: str, other: str) -> int:
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))


def _joins(one: Title, other: Title, mine: list[str], theirs: list[str]) -> bool:
    """Whether only spaces differ, and perhaps a letter: "data base" and "database"."""
    if any(word.isdigit() for word in mine) or any(word.isdigit() for word in theirs):
        return False
    mine_joined, their_joined = one.joined, other.joined
    if abs(len(mine_joined) - len(their_joined)) > 2 or min(len(one.words), len(other.words)) < 2:
        return False
    one_for_one = len(mine) == len(theirs) == 1  # then all the rest must be the same
    allowed = 0 if one_for_one else min(2, len(mine_joined) // 12)
    return OSA.distance(mine_joined, their_joined, score_cutoff=allowed) <= allowed


def _classify(
    one: Title,
    other: Title,
    only_mine: list[str],
    only_theirs: list[str],
    lost: float,
    vocabulary: Vocabulary,
    explained: Collection[str],
) -> Comparison:
    """The comparison, when words that only one title has are known."""
    mine, theirs = _own_words(only_mine, explained), _own_words(only_theirs, explained)
    weigh = vocabulary.weight
    missing = sum(map(weigh, mine)), sum(map(weigh, theirs))
    shared_words = [word for word in one.words if word not in only_mine]
    shared = sum(map(weigh, shared_words)) - lost
    agreement = max(0.0, _share(2 * shared, 2 * lost + sum(missing)))
    if mine and theirs:
        if agreement < 0.5 and (shared <= 0 or _share(shared, lost + min(missing)) < 0.8):
            return Comparison(min(agreement, 0.5), Difference.UNRELATED, len(shared_words))
        kind = Difference.EXCHANGED
    elif mine:
        kind = _kind_of_longer(other, one, only_mine)
    elif theirs:
        kind = _kind_of_longer(one, other, only_theirs)
    else:
        kind = Difference.SPELLING
    number_missing = any(word.isdigit() and len(word) < 3 for word in (*mine, *theirs))
    return Comparison(round(agreement, 4), kind, len(shared_words), number_missing)


def _share(part: float, rest: float) -> float:
    """What a part is of the whole."""
    return part / (part + rest) if part + rest else 0.0


def _kind_of_longer(shorter: Title, longer: Title, extra: list[str]) -> Difference:
    """What it means that one title has all words of the other and ``extra`` ones."""
    kind = _kind_of_extra(longer, extra)
    if kind is Difference.SUBTITLE and shorter.head and kind_of_head_differs(shorter, longer):
        return Difference.WRAPPED
    return kind


def _own_words(words: Iterable[str], explained: Collection[str]) -> list[str]:
    """The words that are a title's own."""
    return [word for word in words if not _is_stuck(word, explained)]


def _is_stuck(word: str, explained: Collection[str]) -> bool:
    """Whether a word is no part of a title, but stuck to it: a year, an initial, "extended abstract"."""
    if word in explained or word in EDITORIAL_WORDS:
        return True
    return (len(word) == 1 and word.isalpha()) or (
        len(word) == 4 and word[:2] in {"19", "20"} and word.isdigit()
    )


def kind_of_head_differs(shorter: Title, longer: Title) -> bool:
    """Whether the shorter title has a subtitle of its own, so that the longer adds something else."""
    return shorter.head != longer.head


def _kind_of_extra(longer: Title, extra: list[str]) -> Difference:
    """What it means that the longer title has ``extra`` words, by where they stand."""
    left = set(extra)
    places = [place for place, word in enumerate(longer.words) if word in left]
    first, count = places[0], len(longer.words)
    at_end = places == list(range(first, count))
    at_start = places == list(range(len(places)))
    if longer.head and ((at_end and first == longer.head) or (at_start and len(places) == longer.head)):
        return Difference.SUBTITLE
    if at_end:
        return Difference.CUT
    before = next((i for i, place in enumerate(places) if place != i), len(places))
    behind = places[before:]
    if at_start or behind == list(range(behind[0], count)):
        return Difference.WRAPPED
    return Difference.INSERTED

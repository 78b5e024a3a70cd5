"""Titles: what is left of one when it is compared.

How two titles agree is said in :mod:`odebib.matching.title_agreement`; here stands
what their words are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from odebib.text.folding import fold_words


def words_of(text: str) -> frozenset[str]:
    """A set of words, from a line of them."""
    return frozenset(text.split())


FUNCTION_WORDS = words_of(
    "a an the and or of on in for to from with by at via as into using its is are be der die das und "
    "le la les de des du et el los y en"
)
"""Words that people drop, add and exchange in titles without meaning another one."""
LEADING_WORDS = words_of(
    "a an the and or of for in on its from with by via using into under towards toward through between"
)
"""Words that no title ends with."""
EDITORIAL_WORDS = words_of(
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
SINGULARS = words_of("series species always perhaps news lens")
"""Words that end like plurals."""
PART_WORDS = words_of("part vol volume chapter book no lecture episode version phase")

RE_BREAK = re.compile(r"[:?!.;\u2013\u2014][\"\u201d\u2019)]*\s|\s[-\u2013\u2014]{1,3}\s|\s//?\s")
"""Where a subtitle may begin."""
RE_HYPHENATED = re.compile(r"\b(on|off|in|to|by|co|non|re)-(?=[a-z])", re.IGNORECASE)
"""A short word that belongs to the next: on-line is online."""
RE_EDITORIAL = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]\s*\.?$")
"""A bracketed remark at the end of a title."""
RE_DIGIT = re.compile(r"\d")
RE_LOST_LETTER = re.compile(r"(?<=[^\W\d_])\?(?=[^\W\d_])")
"""The mark of a letter that a program could not read."""
RE_DETACHED = re.compile(r"\s+(?=['’](?:s|t|d|re|ve|ll)\b)")
"""The space that programs put before an apostrophe: editor 's notes."""
RE_CUT = re.compile(r"(?:…|\.\.)\W*$")
"""The mark of a title that was cut off."""
PREFIXES = words_of("un in im ir re co de bi a")
"""Beginnings that turn a word into another one, however alike the two look."""


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
    if "?" in text:
        text = RE_LOST_LETTER.sub("", text)
    if " '" in text or " ’" in text:
        text = RE_DETACHED.sub("", text)
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


LONGEST = 1000
"""What stands behind so many characters is no title any more."""


def is_year(word: str) -> bool:
    """Whether a word of a title may be the year of its publication."""
    return len(word) == 4 and word[:2] in {"19", "20"} and word.isdigit()


def spelling_difference(
    one: str, other: str, is_known: Callable[[str], bool] = lambda word: False
) -> float | None:
    """How far two words are from each other, from 0 to 1; None where they are two words.

    ``is_known`` tells of words that occur so often that they are no typos.

    >>> spelling_difference("architect", "architecture"), spelling_difference("supervised", "unsupervised")
    (0.15, None)
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 3 or RE_DIGIT.search(one) or RE_DIGIT.search(other):
        return None
    if len(short) >= 5 and short[:5] == long[:5] and _common_start(short, long) >= 0.6 * len(long):
        return 0.15
    if not _is_typo(short, long) or (is_known(one) and is_known(other)):
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

"""Names of venues, as two works give them: what kind of series they speak of, and whether they agree."""

from __future__ import annotations

import enum
import re
from functools import lru_cache

from odebib.text.folding import fold_words
from odebib.text.titles import words_of


class Series(enum.StrEnum):
    """What kind of publication a venue's name speaks of."""

    CONFERENCE = "conference"
    JOURNAL = "journal"
    MINOR = "preprint, report or workshop"
    UNKNOWN = ""


RE_MINOR = re.compile(
    r"\b(?:arxiv|corr|biorxiv|medrxiv|ssrn|openreview|preprint|report|rep|workshop|thesis|dissertation"
    r"|manuscript|unpublished|submitted|draft|tr|memo|tech|technical)\b"
)
RE_CONFERENCE = re.compile(
    r"\b(?:conference|conf|conferences|proc|proceedings|symposium|symp|congress|meeting|colloquium"
    r"|advances in neural information processing systems)\b"
)
RE_JOURNAL = re.compile(
    r"\b(?:journal|journals|j|jnl|trans|transactions|letters|lett|record|rec|magazine|mag|bulletin|annals"
    r"|communications|comm|commun|quarterly|surveys|reviews?|archive|reports|acta|zeitschrift|revue|nature)\b"
)


@lru_cache(maxsize=65536)
def series_of(venue: str) -> Series:
    """What kind of publication the name of a venue speaks of.

    >>> [str(series_of(name)) for name in ["VLDB J.", "SIGMOD Conference", "arXiv19", "Inverse Problems"]]
    ['journal', 'conference', 'preprint, report or workshop', '']
    """
    text = " ".join(fold_words(re.sub(r"\d+", " ", venue)))
    if RE_MINOR.search(text):
        return Series.MINOR
    conference, journal = RE_CONFERENCE.search(text), RE_JOURNAL.search(text)
    if conference and journal:  # "Proceedings of the … SIGMOD Record", "Conference on Communications"
        return Series.UNKNOWN
    return Series.CONFERENCE if conference else Series.JOURNAL if journal else Series.UNKNOWN


GENERIC_VENUE_WORDS = words_of(
    "proceedings proc in of the on and for international intl int conference conf symposium symp "
    "annual acm ieee workshop journal journals j trans transactions a an th st nd rd advances record "
    "lecture notes first second third fourth fifth sixth seventh eighth ninth tenth"
)
"""Words that many venues share."""


@lru_cache(maxsize=262144)
def venues_agree(one: str, other: str) -> bool:
    """Whether two names of venues seem to mean the same one, abbreviations considered.

    >>> venues_agree("ACM Trans. Database Syst.", "ACM Transactions on Database Systems (TODS)")
    True
    >>> venues_agree("VLDB", "Proc. of Very Large Data Bases"), venues_agree("ICML18", "NeurIPS18")
    (True, False)
    """
    mine, theirs = _venue_words(one), _venue_words(other)
    if not mine or not theirs:
        return fold_words(one) == fold_words(other)
    if mine == theirs or _abbreviates(mine, theirs) or _abbreviates(theirs, mine):
        return True
    return _holds_acronym(mine, theirs) or _holds_acronym(theirs, mine)


def _venue_words(venue: str) -> tuple[str, ...]:
    words = fold_words(re.sub(r"\d+", " ", venue[:300]))
    return tuple(word for word in words if word not in GENERIC_VENUE_WORDS)[:24]


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each word of ``short`` begins a word of ``long``, in order."""
    rest = iter(long)
    return len(short) <= len(long) and all(
        any(word.startswith(start) or (start.startswith(word) and len(word) > 3) for word in rest)
        for start in short
    )


def _holds_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a word of ``short`` is made of the initials of words of ``long``."""
    initials = "".join(word[0] for word in long)
    return any(len(word) > 2 and (word in long or (len(long) > 2 and word in initials)) for word in short)


@lru_cache(maxsize=65536)
def series_key(venue: str) -> str:
    """A venue's name without what changes every year, so that its volumes are counted together."""
    return " ".join(word for word in fold_words(re.sub(r"\d+", " ", venue)) if word not in PASSING)


PASSING = words_of("in the of proc proceedings th st nd rd")
"""Words of venue names that come and go with the volume."""

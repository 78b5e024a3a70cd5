"""The table of odds: how often each agreement and disagreement is seen, of one work and of others.

Four kinds of pairs are told apart. *same*: two descriptions of one work.
*version*: the conference paper and the journal article of one title.
*column*: another year's editorial, keynote or report. *other*: two works that
have rare words in common, as candidates do. Each figure is a share in
percent; how much a sign speaks for one work is what its share under *same*
is to those under the others. The figures are rounded by hand and checked against
labelled pairs (``benchmarks/``); nothing is fitted when the program runs.
"""

from __future__ import annotations

import enum
from typing import NamedTuple


class Odds(NamedTuple):
    """How often a sign is seen, in percent of the pairs of each kind."""

    same: float
    version: float
    column: float
    other: float


PRIOR = 0.1
"""The odds that a candidate is the work, before anything of the two is compared."""
SHARES = (0.024, 0.005, 0.971)
"""Of candidates that are another work: how many are its versions, its columns, and others."""

MATCH = 0.8
"""From here on it is a match."""
CONFIRM = 0.5
"""From here on a match that somebody is asked to confirm."""
ASK = 0.2
"""From here on nobody can tell; below, another work."""


class TitleSign(enum.StrEnum):
    """In what way two titles agree, the surest first; as it is said to people.

    ``few``: what agrees is few words or common ones.
    """

    EQUAL = "titles agree"
    EQUAL_SOME = "titles agree, in rather common words"
    EQUAL_FEW = "titles agree, in few or common words"
    EQUAL_COLUMN = "titles agree, but many works are called so"
    NUMBER = "titles differ in a number"
    SPELLING = "titles agree but for spelling"
    SPELLING_FEW = "titles of few or common words agree but for spelling"
    SUBTITLE = "titles agree but for the subtitle"
    SUBTITLE_FEW = "titles of few or common words agree but for the subtitle"
    NEARLY = "one title has a little more"
    NEARLY_FEW = "one title has a little more, and what agrees is few or common words"
    BEGINNING = "one title is the beginning of the other"
    BEGINNING_FEW = "one title is the beginning of the other, in few or common words"
    INSIDE = "one title is part of the other"
    INSIDE_FEW = "one title is part of the other, in few or common words"
    RUN_TOGETHER = "one title is part of the other once spaces are gone"
    MOSTLY = "titles are nearly the same"
    LARGELY = "titles are largely the same"
    PARTLY = "titles are alike"
    HALF = "titles have about half in common"
    WITHIN = "one title is a small part of the other"
    WITHIN_FEW = "one title is a small part of the other, in few or common words"
    LITTLE = "titles are unrelated"
    MISSING = "titles not compared"


TITLE = {
    TitleSign.EQUAL: Odds(39.9, 27.3, 1, 0.01),
    TitleSign.EQUAL_SOME: Odds(17.1, 14.7, 6, 0.04),
    TitleSign.EQUAL_FEW: Odds(3.8, 11.2, 10, 0.2),
    TitleSign.EQUAL_COLUMN: Odds(3.8, 4, 60, 5),
    TitleSign.NUMBER: Odds(0.3, 4.7, 15, 0.2),
    TitleSign.SPELLING: Odds(11.4, 7.5, 0.5, 0.01),
    TitleSign.SPELLING_FEW: Odds(1, 0.9, 4, 0.02),
    TitleSign.SUBTITLE: Odds(4.8, 3, 0.5, 0.02),
    TitleSign.SUBTITLE_FEW: Odds(1.2, 0.9, 2, 0.05),
    TitleSign.NEARLY: Odds(4.8, 7.5, 0.5, 0.05),
    TitleSign.NEARLY_FEW: Odds(0.6, 0.9, 2, 0.05),
    TitleSign.BEGINNING: Odds(4.8, 5.6, 0.5, 0.02),
    TitleSign.BEGINNING_FEW: Odds(0.5, 0.9, 2, 0.05),
    TitleSign.INSIDE: Odds(1.9, 4.7, 0.5, 0.02),
    TitleSign.INSIDE_FEW: Odds(0.3, 0.9, 2, 0.05),
    TitleSign.RUN_TOGETHER: Odds(2.9, 2.9, 0.2, 0.02),
    TitleSign.MOSTLY: Odds(4.8, 2.8, 1, 0.1),
    TitleSign.LARGELY: Odds(2.9, 2.8, 1, 0.2),
    TitleSign.PARTLY: Odds(1.4, 1.9, 2, 1),
    TitleSign.HALF: Odds(0.7, 0.9, 2, 9),
    TitleSign.WITHIN: Odds(0.95, 0.9, 1, 0.4),
    TitleSign.WITHIN_FEW: Odds(0.2, 0.9, 1, 0.4),
    TitleSign.LITTLE: Odds(0.3, 0.9, 1, 89),
    TitleSign.MISSING: Odds(1, 1, 1, 1),
}


class AuthorSign(enum.StrEnum):
    """In what way two lists of authors agree."""

    ALL = "authors agree"
    ALL_FEW = "authors agree, in common names"
    PART = "one has some of the other's authors"
    PART_OTHER_FIRST = "one has some of the other's authors, with another first one"
    HALF = "half of the authors agree"
    SOME = "some authors agree"
    NONE = "no author in common"
    MISSING = "authors not compared"


AUTHORS = {
    AuthorSign.ALL: Odds(51.5, 45, 35, 0.2),
    AuthorSign.ALL_FEW: Odds(15.5, 14, 35, 0.6),
    AuthorSign.PART: Odds(15.5, 20, 5, 0.5),
    AuthorSign.PART_OTHER_FIRST: Odds(2.1, 4, 2, 0.2),
    AuthorSign.HALF: Odds(4.1, 6, 5, 1),
    AuthorSign.SOME: Odds(2.1, 2, 3, 6),
    AuthorSign.NONE: Odds(0.5, 1, 20, 84),
    AuthorSign.MISSING: Odds(8, 8, 8, 8),
}


class YearSign(enum.StrEnum):
    """How many years lie between two works."""

    SAME = "same year"
    ONE = "1 year apart"
    TWO = "2 years apart"
    MORE = "3 or more years apart"
    PREPRINT_EARLIER = "a preprint, some years apart"
    MISSING = "years not compared"


YEAR = {
    YearSign.SAME: Odds(62.5, 8, 4, 10),
    YearSign.ONE: Odds(12.5, 22, 30, 18),
    YearSign.TWO: Odds(3.6, 22, 20, 15),
    YearSign.MORE: Odds(3.6, 33, 36, 42),
    YearSign.PREPRINT_EARLIER: Odds(15, 15, 2, 18),
    YearSign.MISSING: Odds(18, 15, 10, 15),
}


class VenueSign(enum.StrEnum):
    """Whether two venues are one."""

    AGREE = "same venue"
    UNDECIDED = "perhaps another venue"
    OTHER_SERIES = "a conference paper and a journal article"
    NEVER_PAIRED = "venues that the source's sure matches never pair"
    MISSING = "venues not compared"


VENUE = {
    VenueSign.AGREE: Odds(42.4, 6.4, 70, 19.6),
    VenueSign.UNDECIDED: Odds(33, 28, 15, 40.2),
    VenueSign.OTHER_SERIES: Odds(4.7, 32, 3, 16.1),
    VenueSign.NEVER_PAIRED: Odds(1, 20, 2, 10.7),
    VenueSign.MISSING: Odds(18.9, 13.6, 10, 13.4),
}


class PageSign(enum.StrEnum):
    """Whether two works begin on the same page."""

    SAME = "same first page"
    OTHER = "other pages"
    MISSING = "pages not compared"


PAGES = {
    PageSign.SAME: Odds(60, 2, 2, 2),
    PageSign.OTHER: Odds(8, 60, 60, 58),
    PageSign.MISSING: Odds(32, 38, 38, 40),
}


class KindSign(enum.StrEnum):
    """Whether two works are of one kind, where one does not say which it is."""

    FITS = "may be of one kind"
    UNMARKED = "one is marked as a talk, software or the like, the other is not"


KIND = {
    KindSign.FITS: Odds(1, 1, 1, 1),
    KindSign.UNMARKED: Odds(2, 20, 5, 20),
}


class IdentifierSign(enum.StrEnum):
    """Whether two works have an identifier in common."""

    SAME = "same identifier"
    SAME_ADDRESS = "same address"
    NONE = "no common identifier"


IDENTIFIER = {
    IdentifierSign.SAME: Odds(30, 0.1, 0.01, 0.001),
    IdentifierSign.SAME_ADDRESS: Odds(5, 0.1, 0.05, 0.02),
    IdentifierSign.NONE: Odds(1, 1, 1, 1),
}
"""That there is none says nothing: most descriptions have no identifier at all."""

"""Weighing: what speaks for two works being one, what against, and how probable it is.

:func:`compare` finds which signs of the table of odds (:mod:`odebib.matching.odds`)
two works show. Each adds the logarithm of how much likelier it is for one work
than for two (Fellegi and Sunter's model); the sum is the logarithm of the odds
that they are one. Vetoes are rules, for what nothing may outweigh.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from odebib.matching import odds
from odebib.matching.author_agreement import authors_agree
from odebib.matching.odds import (
    AuthorSign,
    IdentifierSign,
    KindSign,
    Odds,
    PageSign,
    TitleSign,
    VenueSign,
    YearSign,
)
from odebib.matching.rarity import Rarity
from odebib.matching.series import Series, venues_agree
from odebib.matching.title_agreement import TitleAgreement, titles_agree
from odebib.matching.works import Kind, Work
from odebib.text import identifiers
from odebib.text.folding import fold_words
from odebib.text.titles import content_words


class Verdict(enum.IntEnum):
    """Whether two works are one; the greater, the surer."""

    DIFFERENT = 0
    AMBIGUOUS = 1
    """What a person could not tell either."""
    LIKELY = 2
    """One work, for somebody to confirm."""
    SAME = 3


def verdict_of(probability: float) -> Verdict:
    """The band in which a probability lies."""
    if probability >= odds.MATCH:
        return Verdict.SAME
    if probability >= odds.CONFIRM:
        return Verdict.LIKELY
    return Verdict.AMBIGUOUS if probability >= odds.ASK else Verdict.DIFFERENT


class Signs(NamedTuple):
    """The signs that two works show."""

    title: TitleSign
    authors: AuthorSign
    year: YearSign
    venue: VenueSign
    pages: PageSign
    kind: KindSign
    identifiers: IdentifierSign


TABLES: tuple[dict[Any, Odds], ...] = (
    odds.TITLE,
    odds.AUTHORS,
    odds.YEAR,
    odds.VENUE,
    odds.PAGES,
    odds.KIND,
    odds.IDENTIFIER,
)
"""The table of each sign, in the order of :class:`Signs`."""


@lru_cache(maxsize=65536)
def weigh(signs: Signs) -> float:
    """The logarithm of the odds that two works with these signs are one."""
    same, *others = odds.PRIOR, *odds.SHARES
    for table, sign in zip(TABLES, signs, strict=True):
        found = table[sign]
        same *= found.same
        others = [one * share for one, share in zip(others, found[1:], strict=True)]
    return math.log(same) - math.log(sum(others))


def parts(signs: Signs) -> dict[str, float]:
    """What each sign adds to the logarithm of the odds; with ``prior`` they sum up to :func:`weigh`.

    What a sign adds is told against an unrelated work; ``versions`` is what must
    be taken away because the two may be versions, or columns of two years.
    """
    added = {
        name: math.log(table[sign].same / table[sign].other)
        for name, table, sign in zip(Signs._fields, TABLES, signs, strict=True)
    }
    added["prior"] = math.log(odds.PRIOR / odds.SHARES[-1])
    added["versions"] = weigh(signs) - sum(added.values())
    return added


def told_parts(evidence: Evidence) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """What speaks for two works being one, and what against, in words with what each adds; the most first."""
    said = evidence.signs._asdict() | {
        "prior": "most candidates are other works",
        "versions": "it may be another version or another year's",
    }
    added = sorted(parts(evidence.signs).items(), key=lambda part: -abs(part[1]))
    told = [(str(said[name]), value) for name, value in added if abs(value) >= LEAST_TOLD]
    return [part for part in told if part[1] > 0], [part for part in told if part[1] < 0]


LEAST_TOLD = 0.15
"""What adds less, as a logarithm, is not told to people."""


def probability_of(weight: float) -> float:
    """The probability of logarithmic odds."""
    return 1 / (1 + math.exp(-weight)) if weight > -700 else 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against two works being one."""

    signs: Signs
    weight: float
    """The logarithm of the odds that they are one, no other candidate considered."""
    probability: float
    """How probable it is that they are one, other candidates and vetoes considered."""
    title: float = 0.0
    """How far the titles agree, from 0 to 1."""
    authors: float | None = None
    """How far the authors agree, from 0 (disjoint) to 1; None where one has none."""
    year: int | None = None
    """How many years lie between them; None where one has no year."""
    venue: bool | None = None
    """Whether the venues agree; None where that cannot be told."""
    identifiers: tuple[str, ...] = ()
    """Schemes of which both have the same identifier."""
    vetoes: tuple[str, ...] = ()
    """What forbids that they are one."""
    doubts: tuple[str, ...] = ()
    """What keeps them from being called one, besides what is weighed."""
    shared: str = ""
    """The first shared identifier, as people write it."""

    @property
    def verdict(self) -> Verdict:
        """The band of the probability."""
        return verdict_of(self.probability)

    @property
    def titles_unrelated(self) -> bool:
        """Whether the titles have little in common."""
        return self.signs.title is TitleSign.LITTLE

    @property
    def is_of_two_works(self) -> bool:
        """Whether two descriptions that are said to be of one work do not look so at all."""
        return self.probability < SAID_SAME or self.titles_unrelated

    @property
    def titles_same(self) -> bool:
        """Whether the titles agree but for spelling."""
        return self.signs.title in SAME_TITLE

    @property
    def is_of_few_words(self) -> bool:
        """Whether what agrees of the titles is few or common words."""
        return self.signs.title.name.endswith(("_FEW", "_COLUMN"))

    @property
    def reason(self) -> str:
        """The evidence in a sentence for a person."""
        found = [f"same {self.shared}"] if self.shared else []
        found.append(SAID.get(self.signs.title, self.signs.title))
        if self.signs.authors is not AuthorSign.MISSING or not self.identifiers:
            found.append(SAID.get(self.signs.authors, self.signs.authors))
        if self.year:
            found.append(f"{self.year} year{'s' * (self.year > 1)} apart")
        if self.signs.venue in (VenueSign.OTHER_SERIES, VenueSign.NEVER_PAIRED):
            found.append(self.signs.venue)
        if self.signs.pages is not PageSign.MISSING:
            found.append(self.signs.pages)
        if self.signs.kind is KindSign.UNMARKED:
            found.append(self.signs.kind)
        return "; ".join(dict.fromkeys((*found, *self.vetoes, *self.doubts)))

    def among(self, probability: float, *doubts: str) -> Evidence:
        """The evidence with what follows from other candidates."""
        return replace(self, probability=probability, doubts=(*self.doubts, *doubts))

    def as_json(self) -> dict[str, Any]:
        """The object that ``import --report json`` and ``duplicates --format json`` print."""
        return {
            "probability": round(self.probability, 4),
            "parts": {name: round(added, 2) for name, added in parts(self.signs).items() if added},
            "identifiers": list(self.identifiers),
            "title": round(self.title, 3),
            "authors": None if self.authors is None else round(self.authors, 3),
            "year": self.year,
            "venue": self.venue,
            "vetoes": list(self.vetoes),
            "reason": self.reason,
        }


SAME_TITLE = frozenset(
    (
        TitleSign.EQUAL,
        TitleSign.EQUAL_SOME,
        TitleSign.EQUAL_FEW,
        TitleSign.EQUAL_COLUMN,
        TitleSign.SPELLING,
        TitleSign.SPELLING_FEW,
    )
)
"""Signs of titles that are one, but for spelling."""
SAID: dict[str, str] = {
    TitleSign.EQUAL_SOME: "titles agree",
    AuthorSign.ALL_FEW: "authors agree",
}
"""Signs of which people are told less than the table of odds knows."""
NO_TITLE = TitleAgreement(TitleSign.MISSING, 0.0)
STRANGERS = odds.MATCH - 0.01
"""However well all else agrees, somebody should look at a work by other people."""
SAID_SAME = 0.02
"""Two descriptions that are said to be of one work are only told where it is less probable than this."""
LITTLE_TOLD = "an identifier was perhaps copied from another work"
PLAIN = Rarity()
"""What is known of words outside any bibliography."""


def compare(
    one: Work,
    other: Work,
    rarity: Rarity = PLAIN,
    *,
    shared_pages: Collection[str] = (),
    venue: VenueSign | None = None,
) -> Evidence:
    """The evidence that two works are one.

    What only a bibliography knows is passed in: how rare words are, identifiers
    that are ``shared_pages`` of many works, and what is known of the two venues.
    """
    shared = one.identifiers & other.identifiers
    if shared and shared_pages:
        shared = frozenset(name for name in shared if name not in shared_pages)
    title = _compare_titles(one, other, rarity)
    authors = authors_agree(
        one.authors, other.authors, rarity, complete=one.authors_complete and other.authors_complete
    )
    years = _years_apart(one, other)
    signs = Signs(
        title.sign,
        authors.sign,
        _year_sign(years, one, other),
        venue or venue_sign(one, other),
        _page_sign(one, other),
        _kind_sign(one, other),
        _identifier_sign(shared),
    )
    weight = weigh(signs)
    schemes = tuple(sorted({name.partition(":")[0] for name in shared})) if shared else ()
    vetoes = _vetoes(one, other, signs)
    doubts: tuple[str, ...] = ()
    probability = probability_of(weight)
    if signs.identifiers is IdentifierSign.SAME:
        probability, doubts = _identified(probability, signs, vetoes)
    elif vetoes:
        probability = 0.0
    elif signs.authors is AuthorSign.NONE and probability > STRANGERS:
        probability, doubts = STRANGERS, (AuthorSign.NONE,)
    return Evidence(
        signs,
        weight,
        probability,
        title.agreement,
        authors.agreement,
        years,
        {VenueSign.AGREE: True, VenueSign.OTHER_SERIES: False, VenueSign.NEVER_PAIRED: False}.get(
            signs.venue
        ),
        schemes,
        vetoes,
        doubts,
        _written(min(shared)) if shared else "",
    )


def _identified(probability: float, signs: Signs, vetoes: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """Whoever shares an identifier is at least asked about: lists hold copied wrong links."""
    undecided = (odds.ASK + odds.CONFIRM) / 2
    if vetoes or signs.title is TitleSign.NUMBER:
        return undecided, ()
    unrelated = signs.title is TitleSign.LITTLE
    if unrelated and signs.authors not in (AuthorSign.ALL, AuthorSign.ALL_FEW, AuthorSign.PART):
        return undecided, (LITTLE_TOLD,)
    if probability < odds.MATCH and signs.authors in (AuthorSign.NONE, AuthorSign.SOME):
        return max(probability, undecided), (LITTLE_TOLD,)
    return max(probability, odds.MATCH), ()


def _written(identifier: str) -> str:
    """An identifier as people write it: ``arXiv id 1806.07366``."""
    scheme, _, value = identifier.partition(":")
    label = {"arxiv": "arXiv id", "url": "address"}.get(scheme)
    return f"{label or identifiers.SCHEMES[scheme].label} {value}"


# -- The signs ---------------------------------------------------------------------------


def _compare_titles(one: Work, other: Work, rarity: Rarity) -> TitleAgreement:
    """The agreement of those two of their titles that speak most for one work."""

    def stuck() -> frozenset[str]:
        return _stuck_words(one) | _stuck_words(other)

    found = [
        titles_agree(mine, theirs, rarity, stuck)
        for mine in one.titles
        for theirs in other.titles
        if mine.key and theirs.key
    ]
    return max(found, key=_speaks) if found else NO_TITLE


def _speaks(title: TitleAgreement) -> float:
    share = odds.TITLE[title.sign]
    return share.same / (share.other + share.version / 40)


def _stuck_words(work: Work) -> frozenset[str]:
    """Words that get stuck to a work's title: authors, years, words of the venue."""
    words: set[str] = {str(year) for year in work.years}
    for author in work.authors:
        words.update((author.family, author.given))
    for venue in work.venues[:2]:
        words.update(content_words(fold_words(venue)))
    return frozenset(words)


def _years_apart(one: Work, other: Work) -> int | None:
    if not one.years or not other.years:
        return None
    if one.years[0] == other.years[0]:
        return 0
    return min(abs(mine - theirs) for mine in one.years for theirs in other.years)


def _year_sign(years: int | None, one: Work, other: Work) -> YearSign:
    if years is None:
        return YearSign.MISSING
    if years == 0:
        return YearSign.SAME
    if years <= 3 and (_is_preprint(one) or _is_preprint(other)):
        return YearSign.PREPRINT_EARLIER
    return YearSign.ONE if years == 1 else YearSign.TWO if years == 2 else YearSign.MORE


def _is_preprint(work: Work) -> bool:
    """Whether it is known as a preprint only."""
    return work.series is Series.MINOR or (not work.venues and bool(work.of_scheme("arxiv")))


def venue_sign(one: Work, other: Work) -> VenueSign:
    """What the venues of two works say."""
    if not one.venues or not other.venues:
        return VenueSign.MISSING
    if any(venue in other.venues for venue in one.venues):
        return VenueSign.AGREE
    kinds = {one.series, other.series}
    if kinds == {Series.CONFERENCE, Series.JOURNAL}:
        return VenueSign.OTHER_SERIES
    if Series.MINOR in kinds or kinds == {Series.JOURNAL, Series.UNKNOWN}:  # VLDB J. need not be VLDB
        return VenueSign.UNDECIDED
    agree = any(venues_agree(mine, theirs) for mine in one.venues for theirs in other.venues)
    return VenueSign.AGREE if agree else VenueSign.UNDECIDED


def _page_sign(one: Work, other: Work) -> PageSign:
    if not one.pages or not other.pages:
        return PageSign.MISSING
    if _first_page(one.pages) != _first_page(other.pages):
        return PageSign.OTHER
    return PageSign.OTHER if one.volume and other.volume and one.volume != other.volume else PageSign.SAME


def _first_page(pages: str) -> str:
    return pages.replace("--", "-").partition("-")[0].strip()


def _kind_sign(one: Work, other: Work) -> KindSign:
    """An unmarked record is rather a paper than a talk of that name."""
    unmarked = one.kind is None and other.kind not in (None, Kind.PAPER)
    return KindSign.UNMARKED if unmarked else KindSign.FITS


def _identifier_sign(shared: frozenset[str]) -> IdentifierSign:
    if not shared:
        return IdentifierSign.NONE
    if all(name.startswith("url:") for name in shared):
        return IdentifierSign.SAME_ADDRESS
    return IdentifierSign.SAME


def _vetoes(one: Work, other: Work, signs: Signs) -> tuple[str, ...]:
    """What forbids that two works are one, whatever else agrees."""
    found = []
    if one.identifiers and other.identifiers:
        for scheme, label in (("arxiv", "arXiv ids"), ("doi", "DOIs")):
            mine, theirs = one.of_scheme(scheme), other.of_scheme(scheme)
            if scheme == "doi":
                mine, theirs = _published(mine), _published(theirs)
            if mine and theirs and not mine & theirs:
                found.append(f"different {label}: {min(mine)} and {min(theirs)}")
    if one.kind and other.kind and one.kind is not other.kind:
        pair = {one.kind, other.kind}
        if pair != {Kind.PAPER, Kind.BOOK} and Kind.WEBSITE not in pair:
            first, second = sorted((one.kind, other.kind))
            found.append(f"a {first} and a {second}")
    if signs.title is TitleSign.NUMBER and signs.identifiers is not IdentifierSign.SAME:
        found.append("titles differ in a number")
    return tuple(found)


def _published(dois: Iterable[str]) -> frozenset[str]:
    return frozenset(doi for doi in dois if not identifiers.is_preprint_doi(doi))

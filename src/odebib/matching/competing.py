"""Competing: which of the works that may be the one in question it is, and how sure that is.

The candidates of one record share its probability; the records of a source that
has each work once compete for the entries, and the venues that a source's sure
matches pair are known to be one.
"""

from __future__ import annotations

import enum
import gc
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise

from odebib.matching import odds
from odebib.matching.index import Finding, Index
from odebib.matching.odds import AuthorSign, TitleSign, VenueSign, YearSign
from odebib.matching.series import Series, series_key
from odebib.matching.weighing import Evidence, Verdict, compare, probability_of, weigh
from odebib.matching.works import Work


class Outcome(enum.StrEnum):
    """What matching found a record to be."""

    MATCHED = "matched"
    NEW = "new"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a record may be, with what speaks for it."""

    key: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Match:
    """What a record was found to be; candidates are ordered from the best."""

    outcome: Outcome
    key: str | None = None
    candidates: tuple[Candidate, ...] = ()
    confirm: bool = False
    """Whether somebody should look before anything follows from it."""

    @property
    def is_sure(self) -> bool:
        """Whether it is matched without need to look."""
        return self.outcome is Outcome.MATCHED and not self.confirm


NEW = Match(Outcome.NEW)
LEAST_SHOWN = 0.02
"""Candidates of less probability are not named."""
MOST_ODDS = 40.0
"""Beyond so great odds, as a logarithm, nothing is surer."""


def match(index: Index, work: Work) -> Match:
    """Which entry the work is, if any."""
    return decide(index.find(work))


def decide(findings: Sequence[Finding]) -> Match:
    """The outcome that the findings of one record allow: they share its probability."""
    if not findings:
        return NEW
    chances = [_odds(finding.evidence) for finding in findings]
    total = sum(chances)
    shares = [chance / (1 + total) for chance in chances]
    order = sorted(range(len(findings)), key=lambda place: (-shares[place], findings[place].number))
    candidates = [
        Candidate(findings[place].key, findings[place].evidence.among(shares[place]))
        for number, place in enumerate(order)
        if number == 0 or shares[place] >= LEAST_SHOWN or findings[place].evidence.identifiers
    ]
    best = candidates[0].evidence
    verdict = best.verdict
    if verdict > Verdict.AMBIGUOUS and _has_anothers_identifier(candidates):
        candidates[0] = replace(
            candidates[0],
            evidence=best.among((odds.ASK + odds.CONFIRM) / 2, "another entry has its identifier"),
        )
        verdict = Verdict.AMBIGUOUS
    if verdict is Verdict.DIFFERENT and total / (1 + total) >= odds.MATCH:
        verdict = Verdict.AMBIGUOUS
    if verdict is Verdict.DIFFERENT:
        return NEW
    shown = tuple(candidates)
    if verdict is Verdict.AMBIGUOUS:
        return Match(Outcome.AMBIGUOUS, None, shown)
    return Match(Outcome.MATCHED, shown[0].key, shown, confirm=verdict is Verdict.LIKELY)


def _odds(evidence: Evidence) -> float:
    """The odds of a pair; where a rule has put its probability, those of that."""
    if evidence.vetoes or evidence.doubts:
        return evidence.probability / (1 - evidence.probability)
    least = (
        math.log(odds.MATCH / (1 - odds.MATCH))
        if evidence.shared and evidence.verdict is Verdict.SAME
        else -99
    )
    return math.exp(min(max(evidence.weight, least), MOST_ODDS))


def _has_anothers_identifier(candidates: Sequence[Candidate]) -> bool:
    """Whether not the best candidate but another one shares an identifier that is more than an address."""
    if candidates[0].evidence.identifiers:
        return False
    return any(set(candidate.evidence.identifiers) - {"url"} for candidate in candidates[1:])


# -- What a whole source tells ---------------------------------------------------------------


def match_all(index: Index, works: Sequence[Work], *, unique: bool | None = None) -> list[Match]:
    """Which entry each work of one source is, with what the others tell.

    ``unique`` says that the source has each work once, so that no two of its
    works are one entry; None: that is so if no two of them look like one work.
    """
    with _without_garbage_collection():
        found = [index.find(work) for work in works]
    found = _with_venues(works, found)
    matches = [decide(findings) for findings in found]
    claims = _claims(matches)
    if unique is None:
        unique = not _has_copies(index, works, claims)
    if unique:
        _one_to_one(found, matches)
    return matches


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Nothing that matching makes refers to itself; looking for that takes half of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _claims(matches: Sequence[Match]) -> dict[str, list[int]]:
    """The places of the records that are matched to each entry."""
    claims = defaultdict(list)
    for place, found in enumerate(matches):
        if found.key is not None:
            claims[found.key].append(place)
    return claims


def _has_copies(index: Index, works: Sequence[Work], claims: dict[str, list[int]]) -> bool:
    """Whether more than a slip or two of the source's records that want one entry look like one work.

    Those of few or common words do not count: a column may appear twice in a year.
    """
    copies = 0
    for places in claims.values():
        for one, other in pairwise(places):
            evidence = compare(works[one], works[other], index.rarity)
            plain = evidence.titles_same and not evidence.is_of_few_words
            copies += plain and evidence.verdict >= Verdict.LIKELY
    return copies > SLIPS * len(works)


SLIPS = 0.005
"""A source that has each work once may still list so large a share of its works twice."""


def _one_to_one(found: list[list[Finding]], matches: list[Match]) -> None:
    """Give each entry to the surest of the records that want it; the others decide among what is left."""
    taken: set[str] = set()
    waiting = set(range(len(matches)))
    while waiting:
        wanting = [place for place in waiting if matches[place].key is not None]
        wanting.sort(key=lambda place: (-matches[place].candidates[0].evidence.probability, place))
        waiting = set()
        for place in wanting:
            key = matches[place].key
            if key is None or key not in taken:
                taken.add(key or "")
                continue
            before = matches[place]
            left = [finding for finding in found[place] if finding.key not in taken]
            again = decide(left)
            if again.outcome is Outcome.NEW and before.is_sure:
                evidence = before.candidates[0].evidence
                told = evidence.among(odds.ASK, "another record of the source is surer")
                again = Match(Outcome.AMBIGUOUS, None, (replace(before.candidates[0], evidence=told),))
            matches[place] = again
            waiting.add(place)


PAIRED, NEVER = 0.7, -1.0
"""Venues that sure matches pair so much more, or less, often than chance are one, or two; as logarithms."""
SEEN = 3
"""So often a venue must occur in sure matches before anything is concluded from it."""


def _with_venues(works: Sequence[Work], found: list[list[Finding]]) -> list[list[Finding]]:
    """The findings, with what the pairing of venues in sure matches tells of them."""
    pairing = _VenuePairing()
    for work, findings in zip(works, found, strict=True):
        if len(findings) == 1 and _is_sure(findings[0].evidence):
            pairing.add(work, findings[0].work)
    result = []
    for work, findings in zip(works, found, strict=True):
        if findings and (
            len(findings) > 1 or findings[0].evidence.year or not _is_sure(findings[0].evidence)
        ):
            findings = [_reconsider(finding, pairing.sign(work, finding.work)) for finding in findings]
            findings.sort(key=lambda finding: (-finding.evidence.weight, finding.number))
        result.append(findings)
    return result


def _reconsider(finding: Finding, venue: VenueSign | None) -> Finding:
    evidence = finding.evidence
    if venue is None or venue is evidence.signs.venue:
        return finding
    signs = evidence.signs._replace(venue=venue)
    weight = weigh(signs)
    settled = evidence.vetoes or evidence.doubts or evidence.identifiers
    probability = evidence.probability if settled else probability_of(weight)
    agree = venue is VenueSign.AGREE
    again = replace(evidence, signs=signs, weight=weight, probability=probability, venue=agree)
    return replace(finding, evidence=again)


def _is_sure(evidence: Evidence) -> bool:
    """Whether a match is good enough to learn from it which venues are one."""
    signs = evidence.signs
    return (
        not evidence.vetoes
        and signs.title in (TitleSign.EQUAL, TitleSign.EQUAL_SOME, TitleSign.SPELLING)
        and signs.authors is AuthorSign.ALL
        and signs.year is YearSign.SAME
    )


class _VenuePairing:
    """Which venues of a source and of the bibliography occur together in sure matches."""

    def __init__(self) -> None:
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._ours: Counter[str] = Counter()
        self._theirs: Counter[str] = Counter()

    def add(self, work: Work, other: Work) -> None:
        """Take note of a sure match."""
        if work.venues and other.venues:
            ours, theirs = series_key(work.venues[0]), series_key(other.venues[0])
            self._pairs[ours, theirs] += 1
            self._ours[ours] += 1
            self._theirs[theirs] += 1

    def sign(self, work: Work, other: Work) -> VenueSign | None:
        """What the pairing tells of two works' venues, if anything."""
        if not work.venues or not other.venues or Series.MINOR in (work.series, other.series):
            return None
        ours, theirs = series_key(work.venues[0]), series_key(other.venues[0])
        if min(self._ours[ours], self._theirs[theirs]) < SEEN:
            return None
        chance = self._theirs[theirs] / self._theirs.total()
        share = (self._pairs[ours, theirs] + SEEN * chance) / (self._ours[ours] + SEEN)
        lift = math.log(share / chance)
        return VenueSign.AGREE if lift > PAIRED else VenueSign.NEVER_PAIRED if lift < NEVER else None

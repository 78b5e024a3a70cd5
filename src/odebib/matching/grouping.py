"""Grouping: records of one source, or of several, that are one work, before there are entries."""

from __future__ import annotations

import math
from collections.abc import Sequence

from odebib.matching import odds
from odebib.matching.index import Index
from odebib.matching.odds import AuthorSign, TitleSign
from odebib.matching.rarity import Rarity
from odebib.matching.title_agreement import SOME, differ_in_code_word
from odebib.matching.weighing import Evidence, compare
from odebib.matching.works import Work

MANY_COPIES = 0.02
"""A source with a larger share of copies is a collection of citations, not a curated list."""
MEMBERS = 6
"""So many of a group's members are compared with a work that may join it."""
BOUND = 8.0
"""No single member counts more than so much, as a logarithm of odds, for or against."""
ENOUGH = math.log(odds.MATCH / (1 - odds.MATCH))
"""Such logarithmic odds, on average over a group's members, let a work join it."""
ONCE = math.log(2)
"""By so much, as a logarithm, two records of a list that has each work once are less likely one work."""


def group(works: Sequence[Work]) -> list[list[int]]:
    """The places of works that are the same, together; in the order of their first ones.

    Two records of a curated list are two works unless they are plainly copies.

    >>> from odebib.matching.works import of_record
    >>> from odebib.model.record import Record
    >>> listed = ["Deep Limits of Networks", "FFJORD", "Deep limits of networks"]
    >>> group([of_record(Record(title=title)) for title in listed])
    [[0, 2], [1]]
    """
    rarity = Rarity(works)
    curated = _copies(works, rarity) <= MANY_COPIES * len(works)
    index = Index(rarity=rarity)
    groups: list[list[int]] = []
    of_work: dict[int, int] = {}
    for place, work in enumerate(works):
        near = dict.fromkeys(of_work[finding.number] for finding in index.find(work))
        bonds = {number: _bond(work, groups[number], works, rarity, curated=curated) for number in near}
        chosen = max(bonds, key=lambda number: (bonds[number], -number), default=-1)
        if chosen < 0 or bonds[chosen] < ENOUGH:
            chosen = len(groups)
            groups.append([])
        groups[chosen].append(place)
        of_work[place] = chosen
        index.add(str(place), work)
    return groups


def _bond(
    work: Work, members: Sequence[int], works: Sequence[Work], rarity: Rarity, *, curated: bool
) -> float:
    """The logarithmic odds, on average, that a work is that of a group."""
    half = MEMBERS // 2
    chosen = dict.fromkeys((*members[:half], *members[-half:]))
    found = [
        -BOUND
        if _are_two(work, works[place])
        else _pull(compare(work, works[place], rarity), curated=curated)
        for place in chosen
    ]
    return sum(found) / len(found)


def _are_two(one: Work, other: Work) -> bool:
    """Whether two records of a source lead elsewhere and are called by different numbers or code words."""
    if not one.identifiers or not other.identifiers or one.identifiers & other.identifiers:
        return False
    return any(differ_in_code_word(mine, its) for mine in one.titles for its in other.titles)


def _pull(evidence: Evidence, *, curated: bool) -> float:
    """What one member says, as bounded logarithmic odds."""
    if evidence.vetoes or evidence.doubts:
        return -BOUND
    if evidence.shared:
        return BOUND if evidence.probability >= odds.MATCH else -BOUND
    if evidence.signs.title in MERELY_ALIKE or (curated and not _is_copy(evidence)):
        return -BOUND
    weight = evidence.weight - ONCE if curated else evidence.weight
    return max(-BOUND, min(BOUND, weight))


MERELY_ALIKE = {
    TitleSign.LARGELY,
    TitleSign.PARTLY,
    TitleSign.HALF,
    TitleSign.LITTLE,
    TitleSign.WITHIN,
    TitleSign.WITHIN_FEW,
}
"""Titles that one source gives to two works, however well all else agrees."""


def _is_copy(evidence: Evidence) -> bool:
    """Whether two records of a list differ in nothing that tells two works apart."""
    if not evidence.titles_same or (evidence.is_of_few_words and evidence.authors is not None):
        return False
    return evidence.signs.authors in (AuthorSign.ALL, AuthorSign.ALL_FEW, AuthorSign.MISSING)


def _copies(works: Sequence[Work], rarity: Rarity) -> int:
    """How many works have title, first author and, where given, year of an earlier one.

    Titles of few or common words do not count: a column may appear twice in a year.
    """
    seen: dict[tuple[str, str], set[int]] = {}
    copies = 0
    for work in works:
        if not work.titles or rarity.of_words(work.titles[0].words) < SOME:
            continue
        key = work.titles[0].key, work.authors[0].family if work.authors else ""
        year = work.years[0] if work.years else 0
        if key in seen:
            copies += not year or year in seen[key] or 0 in seen[key]
        seen.setdefault(key, set()).add(year)
    return copies

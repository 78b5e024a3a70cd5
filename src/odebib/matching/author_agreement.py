"""How two lists of authors agree: which sign of the table of odds they show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from odebib.matching.odds import AuthorSign
from odebib.matching.rarity import Rarity
from odebib.text.names import Signature, agreement

MANY = 15
"""So many authors are enough to compare; lists of hundreds would cost their square."""
RARE = 1.3
"""So many rare names in common are hardly two groups' by chance."""
PERHAPS = 0.25
"""Names that agree less are two persons'."""
ALL = 0.88
"""Such a share of the shorter list, names counted by their rarity, is all of it."""
BOTH = 0.85
"""Such a share of both lists together is all of both."""


class AuthorAgreement(NamedTuple):
    """How two lists of authors agree."""

    sign: AuthorSign
    agreement: float | None
    """From 0 to 1: the share of the shorter list that the other one has; None where one is empty."""


NOT_COMPARED = AuthorAgreement(AuthorSign.MISSING, None)


def authors_agree(
    one: Sequence[Signature], other: Sequence[Signature], rarity: Rarity, *, complete: bool = True
) -> AuthorAgreement:
    """How two lists of authors agree; ``complete`` says that neither is known to be cut.

    Order does not matter but for who is first.
    """
    if not one or not other:
        return NOT_COMPARED
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    short, long = short[:MANY], long[: 4 * MANY]
    free = list(range(len(long)))
    total = found = 0.0
    for place, name in enumerate(short):
        weight = rarity.of_name(name.family)
        total += weight
        best, chosen = _best(name, long, free, place)
        if best > PERHAPS:
            free.remove(chosen)
            found += weight * best
    rest = sum(rarity.of_name(long[place].family) for place in free) if complete else 0.0
    share = found / total
    return AuthorAgreement(_sign(share, found / (total + rest), found, one, other), round(share, 4))


def _best(name: Signature, others: Sequence[Signature], free: Sequence[int], place: int) -> tuple[float, int]:
    """How well the best of the others that are still free agrees with a name, and which it is."""
    if place in free and others[place].family == name.family:
        value = agreement(name, others[place])
        if value >= CLEAR:
            return value, place
    best, chosen = 0.0, -1
    for candidate in free:
        value = agreement(name, others[candidate])
        if value > best:
            best, chosen = value, candidate
    return best, chosen


CLEAR = 0.85
"""A name at the same place that agrees so well need not be looked for elsewhere."""


def _sign(
    share: float, both: float, found: float, one: Sequence[Signature], other: Sequence[Signature]
) -> AuthorSign:
    if share >= ALL:
        if both >= BOTH:
            return AuthorSign.ALL if found >= RARE else AuthorSign.ALL_FEW
        return AuthorSign.PART if agreement(one[0], other[0]) >= 0.5 else AuthorSign.PART_OTHER_FIRST
    if share >= 0.5:
        return AuthorSign.HALF
    return AuthorSign.SOME if share >= 0.2 else AuthorSign.NONE

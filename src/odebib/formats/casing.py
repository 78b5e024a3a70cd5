"""Which capitals of a title BibTeX styles must not take away.

Most styles print titles in lower case but for the first letter. What must
stay is put in braces: words with capitals inside (ODE, ResNet), the proper
nouns of ``words.yml``, single letters and mathematics; never a whole title.
"""

from __future__ import annotations

import re
from functools import lru_cache

from odebib.model import Words

RE_PIECE = re.compile(r"\{[^{}]*\}|\$[^$]+\$|[\w'’]+|\W", re.UNICODE)
"""A braced group, mathematics, a word, or any other character."""


def protect_case(title: str, words: Words) -> str:
    """``title`` with braces around what must keep its capitals.

    >>> protect_case("Symplectic ODE-Net: Learning Hamiltonian Dynamics", Words(proper_nouns=("Hamiltonian",)))
    'Symplectic {ODE}-Net: Learning {Hamiltonian} Dynamics'
    >>> protect_case("Learning in $O(N)$ steps, part I", Words())
    'Learning in {$O(N)$} steps, part {I}'
    """
    nouns = _nouns(words.proper_nouns)
    pieces = nouns.split(title) if nouns else [title]
    if title.upper() == title:
        return title
    return "".join(
        "{" + piece + "}" if index % 2 else "".join(_protected(p) for p in RE_PIECE.findall(piece))
        for index, piece in enumerate(pieces)
    )


def _protected(piece: str) -> str:
    if piece.startswith("{"):
        return piece
    if piece.startswith("$") and len(piece) > 1:
        return "{" + piece + "}"
    return "{" + piece + "}" if _keeps_case(piece) else piece


def _keeps_case(word: str) -> bool:
    """Capitals after the first letter, or a single capital that is no article."""
    if len(word) == 1:
        return word.isupper() and word != "A"
    return any(c.isupper() for c in word[1:])


@lru_cache(maxsize=8)
def _nouns(nouns: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds the proper nouns, longest first, outside braces and mathematics."""
    if not nouns:
        return None
    ordered = sorted(nouns, key=lambda noun: (-len(noun), noun))
    alternatives = "|".join(re.escape(noun) for noun in ordered)
    return re.compile(rf"(?<![\w{{$\\])({alternatives})(?=(?:s|es|ian|'s|’s)?(?![\w}}$]))")

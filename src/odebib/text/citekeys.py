"""Citation keys: the permanent names of entries.

The rule proposes, the file name decides; nothing here renames an older key.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count

from odebib.text.folding import fold_words, transliterate
from odebib.text.names import Name

RE_KEY = re.compile(r"[a-z0-9]+(?:-x)?")
"""A legal citation key: also a file name, a part of an address and a TeX macro argument."""

SKIPPED_WORDS = frozenset(
    [
        *("a", "an", "the", "and", "or", "of", "on", "in", "for", "to", "from", "with", "by", "at", "via"),
        *("as", "into", "over", "under", "through", "towards", "toward"),
    ]
)
"""Articles, prepositions and conjunctions that a key passes over."""

RESERVED_NAMES = frozenset(
    ["index", "con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10))]
)
"""Names that Windows refuses for files, and the one under which a website keeps the page of a folder."""
LONGEST = 100
"""A longer name is refused: with what a website puts around it, some file system would not take it."""


def is_legal(key: str) -> bool:
    """Whether ``key`` may name an entry."""
    return bool(RE_KEY.fullmatch(key)) and why_unusable(key) is None


def why_unusable(name: str) -> str | None:
    """Why a name of legal letters can be no file and no address, if it cannot.

    >>> why_unusable("index"), why_unusable("chen2018neural")
    ('is a name that file systems or the website need themselves', None)
    """
    if name in RESERVED_NAMES:
        return "is a name that file systems or the website need themselves"
    return f"is longer than {LONGEST} characters" if len(name) > LONGEST else None


def propose(
    title: str,
    authors: Collection[Name],
    year: int | None,
    *,
    group: str = "",
    taken: Collection[str] = (),
) -> str:
    """The first free key by the rule: family name, year, title words as needed, then ``b``, ``c``.

    ``group`` is the name to use where there is no author (a venue, a site).
    ``taken`` holds the keys that must be avoided, former ones included.

    >>> from odebib.text.names import parse
    >>> propose("On the Neural ODE", [parse("Tian Qi Chen")], 2018)
    'chen2018neural'
    >>> propose("On the Neural ODE", [parse("Tian Qi Chen")], 2018, taken={"chen2018neural"})
    'chen2018neuralode'
    """
    return next(key for key in candidates(title, authors, year, group=group) if key not in taken)


def candidates(title: str, authors: Collection[Name], year: int | None, *, group: str = "") -> Iterator[str]:
    """All keys the rule allows for a work, best first; never ends."""
    people = [name for name in authors if not name.is_others]
    lead = "".join(fold_words(people[0].last)) if people else "".join(fold_words(group))
    start = lead + (str(year) if year else "")
    words = title_words(title)
    if not words and not start:
        words = ["untitled"]
    key = start + (words[0] if words else "")
    yield _fit(key)
    for word in words[1:]:
        key += word
        yield _fit(key)
    for number in count(1):
        yield _fit(start + (words[0] if words else "")) + _letters(number)


def title_words(title: str) -> list[str]:
    """The words of a title that a key may use; a hyphenated word is one word.

    >>> title_words("On the PDE-Net: Learning")
    ['pdenet', 'learning']
    """
    text = re.sub(r"[$^_{}\\]", "", transliterate(title))
    words = ["".join(fold_words(word)) for word in text.replace("/", " ").split()]
    kept = [word for word in words if word]
    return [word for word in kept if word not in SKIPPED_WORDS] or kept


def _letters(number: int) -> str:
    """1 → b, 2 → c, … 25 → z, 26 → ba."""
    digits = ""
    while number:
        number, digit = divmod(number, 26)
        digits = chr(ord("a") + digit) + digits
    return digits


def _fit(key: str) -> str:
    """A key that every file system takes: not too long, not a reserved name."""
    key = key[:80]
    return f"{key}-x" if key in RESERVED_NAMES else key

"""Ordinal numbers: ``2nd``, ``Second`` and ``2`` are one edition."""

from __future__ import annotations

import re

WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip

RE_ORDINAL = re.compile(r"0*(\d{1,4})\s?(?:st|nd|rd|th|\.|ª|º|ᵉ|e|er|ère)?", re.IGNORECASE)
RE_EDITION = re.compile(
    r"(?<=[\w.)])[ ,]*\(?\b(?:edition|edn|ed|eds|édition|éd|edición|edizione|auflage|aufl|uitgave)\b\.?\)?$",
    re.IGNORECASE,
)
"""The word for an edition, behind which one."""


def edition(text: str) -> str:
    """An edition as odebib writes it: its number, or the words that say which.

    >>> [edition(t) for t in ("2nd", "Second edition", "2. Auflage", "3rd ed.", "Revised edition", "1")]
    ['2', '2', '2', '3', 'Revised', '1']
    """
    bare = RE_EDITION.sub("", " ".join(text.split())).strip() or text
    if match := RE_ORDINAL.fullmatch(bare):
        return match[1]
    if bare.lower() in WORDS:
        return str(WORDS.index(bare.lower()) + 1)
    return bare


def in_words(number: str) -> str:
    """A number as an ordinal with a capital, as BibTeX wants editions; other text as it stands.

    >>> [in_words(n) for n in ("2", "22", "111", "Revised")]
    ['Second', '22nd', '111th', 'Revised']
    """
    if not number.isdecimal():
        return number
    value = int(number)
    if 0 < value <= len(WORDS):
        return WORDS[value - 1].capitalize()
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th") if value % 100 not in {11, 12, 13} else "th"
    return f"{value}{ending}"

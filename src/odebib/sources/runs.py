"""Long runs of the same in a source: nobody writes them, and patterns that meet them take their time.

A line of two thousand spaces comes from a PDF, one of ten thousand brackets from somebody who tries
what happens. Both are shortened before anything is read, so that what follows is bound by a small number.
"""

from __future__ import annotations

import re

LONGEST = 200
"""So many characters of a run are kept."""
RE_SPACE = re.compile(rf"[^\S\n]{{{LONGEST},}}+")
RE_SAME = re.compile(
    rf"(?=[^\w\s])(.{{1,8}}?)\1{{{LONGEST},}}+|(?=\w)(.{{1,8}}?)\2{{{LONGEST},}}+", re.DOTALL
)
"""The same one to eight characters, over and over."""
RE_WORD = re.compile(r"\S{1000,}+")
LONGEST_WORD = 1000
"""So much of a word is read; what is longer is no word and no address that anybody reads."""


def shortened(text: str) -> str:
    """The text with its long runs cut; all other text is as it was, and keeps its lines.

    >>> shortened("A" + " " * 5000 + "B") == "A" + " " * 200 + "B", shortened("as it was")
    (True, 'as it was')
    """
    text = RE_SPACE.sub(lambda match: match[0][:LONGEST], text)
    return RE_SAME.sub(_shorter, text)


def with_short_words(text: str) -> str:
    """The text with the words cut that are too long to be any."""
    return RE_WORD.sub(lambda match: match[0][:LONGEST_WORD], text)


def _shorter(match: re.Match[str]) -> str:
    """The beginning of a run, and as many line ends as it had."""
    unit = match[1] or match[2]
    kept = unit * (LONGEST // len(unit) + 1)
    return kept + "\n" * (match[0].count("\n") - kept.count("\n"))

"""The layout of .bib files: where entries stand, their keys, and their fields as they are written.

BibTeX knows no lines: entries may share one, a key may hold any sign but white
space, comma and brace, ``( … )`` may stand for ``{ … }``, braces count whatever
stands before them, and what is outside entries is no entry. What is commented
out, by ``%`` or ``@comment``, is none for biber, nor for those who did so.

``templates/assets/bib.js`` does the same in the browser; both run
``tests/both_languages/bib.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

RE_START = re.compile(r"(?:^|(?<=\s))%[^\n\r]*|@\s*([A-Za-z_][\w:-]*)\s*([{(])")
"""A comment, or the head of an entry."""
RE_KEY = re.compile(r"\s*([^\s,}]*)")
RE_FIELD = re.compile(r"(?:[\s,]+|(?<=\s)%[^\n\r]*)*([^\W\d][^\s=,{}()\"#%']*)\s*=\s*")
"""The name of the next field, behind commas and comments."""
RE_BARE = re.compile(r"[^\s,#{}()\"]*")
RE_EQUALS = re.compile(r"\s*=")
RE_JOINED = re.compile(r"\s*#\s*")

NO_ENTRY = frozenset({"comment", "preamble", "string"})
"""What begins like an entry and is none."""
ROOM = 30
"""How often a text may be looked through in vain for signs that are missing."""


@dataclass(frozen=True)
class Entry:
    """An entry as it stands: values without their delimiters, nothing expanded."""

    type: str
    key: str
    fields: Mapping[str, str]
    start: int
    end: int


def entries(text: str) -> Iterator[Entry]:
    r"""The entries of a file in their order; of one that is never closed as much as can be read.

    >>> [(entry.key, dict(entry.fields)) for entry in entries('@misc{a, t = "x" # {y}} @Misc(b:1, n = 2)')]
    [('a', {'t': 'xy'}), ('b:1', {'n': '2'})]
    """
    return _Reader(text).entries()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.room = ROOM * len(text)

    def entries(self) -> Iterator[Entry]:
        at = 0
        while match := RE_START.search(self.text, at):
            at = match.end()
            if not match[1]:
                continue
            if match[1].lower() in NO_ENTRY:
                end = self._closing(at, match[2])
                at = end + 1 if end >= 0 else at
                continue
            entry = self._entry(match, at)
            yield entry
            at = entry.end

    def _entry(self, head: re.Match[str], at: int) -> Entry:
        key = RE_KEY.match(self.text, at)
        assert key  # it matches nothing, too
        is_keyless = RE_EQUALS.match(self.text, key.end())
        fields, last = self._fields(at if is_keyless else key.end())
        end = self._closing(last, head[2])
        name = "" if is_keyless else key[1]
        return Entry(head[1].lower(), name, fields, head.start(), last if end < 0 else end + 1)

    def _fields(self, at: int) -> tuple[dict[str, str], int]:
        fields: dict[str, str] = {}
        while name := RE_FIELD.match(self.text, at):
            value, end = self._value(name.end())
            if value is None:
                break
            fields.setdefault(name[1].lower(), " ".join(value.split()))
            at = end
        return fields, at

    def _value(self, at: int) -> tuple[str | None, int]:
        """A value of parts that are joined by ``#``, and where it ends; None if it never does."""
        value = ""
        while True:
            opening = self.text[at : at + 1]
            if opening and opening in '{"':
                end = self._closing(at + 1, opening)
                if end < 0:
                    return None, at
                value, at = value + self.text[at + 1 : end], end + 1
            else:
                bare = RE_BARE.match(self.text, at)
                assert bare
                value, at = value + bare[0], bare.end()
            joined = RE_JOINED.match(self.text, at)
            if not joined:
                return value, at
            at = joined.end()

    def _closing(self, at: int, opening: str) -> int:
        """Where what was opened is closed, as BibTeX counts: by braces alone; -1 if nowhere."""
        wanted, depth = {"{": "}", "(": ")", '"': '"'}[opening], 0
        if self.room <= 0:
            return -1
        for match in SIGNS[opening].finditer(self.text, at):
            if match[0] == wanted and depth == 0:
                self.room -= match.start() - at
                return match.start()
            depth += (match[0] == "{") - (match[0] == "}")
            if depth < 0:
                break
        self.room -= len(self.text) - at
        return -1


SIGNS = {"{": re.compile("[{}]"), "(": re.compile("[{})]"), '"': re.compile('[{}"]')}

"""What can go wrong, and how it is said.

Two channels. An error is raised where *one* thing could not be done; a
:class:`Problem` is returned where *many* things were looked at and the work
went on, so that one run tells everything that is wrong.

    OdebibError
    ├── DataError       something under data/ is wrong; carries problems
    ├── FormatError     text of a foreign format could not be read at all
    ├── SourceError     a service failed or answered nonsense
    └── UsageError      a request that cannot be fulfilled
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process


class Severity(enum.StrEnum):
    """How much a problem matters: an error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file; ``line`` and ``column`` count from 1, 0 where unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True)
class Problem:
    """Something wrong at a place, and what to write instead.

    >>> print(Problem(Location("data/tags.yml", 3, 1), "unknown-field",
    ...               "`nmae`: no such field", "did you mean `name`?"))
    data/tags.yml:3:1: error: `nmae`: no such field [unknown-field]
        hint: did you mean `name`?
    """

    location: Location
    code: str
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        line = f"{self.location}: {self.severity}: {self.message} [{self.code}]"
        if self.hint:
            line += "\n    hint: " + self.hint.replace("\n", "\n          ")
        return line

    def as_json(self) -> dict[str, str | int | None]:
        """The object that ``check --format json`` prints."""
        return {
            "path": self.location.path,
            "line": self.location.line or None,
            "column": self.location.column or None,
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "hint": self.hint,
        }


class OdebibError(Exception):
    """Base of all errors that a user is told of; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class DataError(OdebibError):
    """Files under ``data/`` are wrong; ``problems`` says which and where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problem(s) in the data")
        self.problems = tuple(problems)


class FormatError(OdebibError):
    """A file of a foreign format could not be read at all."""


class SourceError(OdebibError):
    """A service failed or answered nonsense."""


class UsageError(OdebibError):
    """A request that cannot be fulfilled: an unknown key, format or folder."""


def near_misses(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known words that ``word`` was probably meant to be, best first.

    >>> near_misses("autors", ["title", "authors", "year"])
    ['authors']
    """
    if len(word) > 200:
        return []  # nobody mistyped that
    choices = {name: name.casefold() for name in known}
    found = process.extract(word.casefold(), choices, scorer=fuzz.ratio, limit=limit, score_cutoff=70)
    return [name for _, _, name in found]


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the near misses, or None.

    >>> did_you_mean("sequence", ["sequences", "systems"])
    'did you mean `sequences`?'
    """
    found = near_misses(word, known)
    if not found:
        return None
    return "did you mean " + " or ".join(f"`{name}`" for name in found) + "?"

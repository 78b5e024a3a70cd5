"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from odebib.errors import Location, Severity
from odebib.project.store import Project


@dataclass(frozen=True)
class Finding:
    """What a check found, at one place; ``key`` is the entry it is about, if it is about one."""

    location: Location
    message: str
    hint: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class Check:
    """A rule: its name, how much it matters, why it is there, and the function that applies it."""

    name: str
    severity: Severity
    explanation: str
    run: Callable[[Project], Iterator[Finding]]
    about: frozenset[str] = frozenset()
    """The fields of an entry that it looks at; where one of them cannot be read, it says nothing."""


def check(
    name: str, severity: Severity, *about: str
) -> Callable[[Callable[[Project], Iterator[Finding]]], Check]:
    """Make a check of a function; its docstring is the explanation."""

    def made(function: Callable[[Project], Iterator[Finding]]) -> Check:
        explanation = " ".join((function.__doc__ or "").split())
        return Check(name, severity, explanation, function, frozenset(about))

    return made

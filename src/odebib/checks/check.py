"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    fix: str = ""
    """What ``check --fix`` does about it, if it can do anything: :mod:`odebib.editing.fixing` does it."""
    formerly: tuple[str, ...] = ()
    """Names that it had, which people's ``waive:`` may still say."""

    def is_called(self, name: str) -> bool:
        """Whether somebody who writes ``name`` means this check."""
        return name == self.name or name in self.formerly


@dataclass(frozen=True)
class Fault:
    """What reading tells by itself: why it is told, and what ``check --fix`` does about it."""

    explanation: str
    fix: str = ""


def check(
    name: str, severity: Severity, *about: str, fix: str = "", formerly: Sequence[str] = ()
) -> Callable[[Callable[[Project], Iterator[Finding]]], Check]:
    """Make a check of a function; its docstring is the explanation."""

    def made(function: Callable[[Project], Iterator[Finding]]) -> Check:
        explanation = " ".join((function.__doc__ or "").split())
        return Check(name, severity, explanation, function, frozenset(about), fix, tuple(formerly))

    return made

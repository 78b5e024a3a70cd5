"""What the commands of a paper mean, as far as it has said so itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from odebib.lookup.tex.commands import VERBATIM, VERBATIM_COMMANDS

RE_PARAMETER = re.compile(r"##|#([1-9])")
"""An argument in what a command stands for, or a sign that stands for itself."""


@dataclass(frozen=True)
class Macro:
    """A command that the paper defines: the kinds of its arguments, and what it stands for."""

    parameters: Sequence[str] = ()
    """``m`` for one in braces, ``s`` for a star, ``o`` with what stands there when it is left out,
    ``d`` with what ends it; ``p`` for signs before the first, which are none."""
    body: str = ""
    alias: str = ""
    """Another command of which it is a second name, as that was when it was given."""

    @property
    def swallows(self) -> bool:
        """Whether an argument vanishes, as those of ``\\newcommand{\\omit}[1]{}`` do."""
        count = sum(not kind.startswith("p") for kind in self.parameters)
        return not {str(number) for number in range(1, count + 1)} <= set(RE_PARAMETER.findall(self.body))


@dataclass
class Meanings:
    """What commands and environments mean by now; it goes with a document through all its files."""

    macros: dict[str, Macro] = field(default_factory=dict)
    verbatim: set[str] = field(default_factory=lambda: set(VERBATIM))
    verbatim_commands: set[str] = field(default_factory=lambda: set(VERBATIM_COMMANDS))
    short_verbs: str = ""
    escapes: tuple[str, str] = ("", "")
    """What begins and ends text within code that is run."""
    flags: dict[str, bool | None] = field(default_factory=dict)
    """Flags of ``\\newif``; None where it is not known how they stand."""
    citing: set[str] = field(default_factory=set)
    """Commands that were declared to cite."""
    has_biblatex: bool = False
    jobname: str = ""
    expanded: int = 0

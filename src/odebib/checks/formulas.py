"""The check of mathematics: what stands between dollar signs is set by other people's TeX."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.checks.check import Finding, check
from odebib.errors import Severity
from odebib.model.entry import Entry
from odebib.project.store import Project
from odebib.text import latex


@check("refused-mathematics", Severity.ERROR)
def _refused_mathematics(project: Project) -> Iterator[Finding]:
    r"""A formula may only hold commands that set something: a .bib of ours is compiled by everybody.

    Definitions, files, `^^`, `\csname` and the like are no mathematics; every export writes such a
    formula as text, and the website shows it as TeX.
    """
    for key, entry in project.bibliography.entries.items():
        for where, text in _texts(entry):
            for formula, found in latex.refused_math(text):
                message = f"{found} has no place in the formula `{_short(formula)}`"
                hint = "write what a reader should see, or `\\$` where a dollar is meant"
                yield Finding(project.locate_entry(key, *where), message, hint, key)


def _texts(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of an entry in which something may look like mathematics, with its place."""
    for name in Entry.model_fields:
        value = getattr(entry, name)
        for number, text in enumerate(map(str, value)) if isinstance(value, tuple) else [(None, value)]:
            if isinstance(text, str) and ("$" in text or "\\(" in text):
                yield (name,) if number is None else (name, number), text


def _short(formula: str) -> str:
    """The beginning of a formula, as it may stand in a message."""
    return formula if len(formula) <= 60 else formula[:60] + "…"

"""The checks: what is wrong with data that can be read, each rule by its name.

A check is a function from a project to findings; its docstring is what ``odebib check --explain``
prints. A check tells about everything it finds and stops nothing; one that does not apply to an
entry can be waived there, with a reason. Imports `project`, `matching` and what lies below them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from odebib.checks import addresses, doubtful, entries, formulas, keys, records, remains, vocabularies
from odebib.checks.check import Check, Fault, Finding, check
from odebib.checks.entries import suspected_duplicates
from odebib.errors import Problem, Severity, did_you_mean
from odebib.project.store import Project

__all__ = [
    "CHECKS",
    "READING",
    "Check",
    "Fault",
    "Finding",
    "errors",
    "explain",
    "fix_of",
    "is_below",
    "names",
    "of_paths",
    "run",
    "suspected_duplicates",
]


@check("waiver", Severity.WARNING)
def _waiver(project: Project) -> Iterator[Finding]:
    """A waiver must name a check that exists."""
    for key, entry in project.bibliography.entries.items():
        for number, waiver in enumerate(entry.waive):
            if not any(rule.is_called(waiver.check) for rule in CHECKS.values()):
                place = project.locate_entry(key, "waive", number, "check")
                yield Finding(
                    place, f"there is no check `{waiver.check}`", did_you_mean(waiver.check, CHECKS)
                )


CHECKS: dict[str, Check] = {
    found.name: found
    for module in (vocabularies, keys, addresses, entries, doubtful, formulas, records)
    for found in vars(module).values()
    if isinstance(found, Check)
} | {_waiver.name: _waiver}
"""Every check by its name, in the order in which they are run."""

READING: dict[str, Fault] = {
    "unknown-field": Fault(
        "A field that is not in the model would be ignored, so it is refused.",
        "gives the field the name that is meant, where only one can be",
    ),
    "missing-field": Fault("An entry needs at least a title; topics, tags and venues need an id and a name."),
    "bad-value": Fault(
        "The value does not fit the field: a year is a number, a link a web address, and so on.",
        "splits a pasted line of authors, completes an address, puts arXiv's DOI into `arxiv`,"
        " deletes characters without width",
    ),
    "yaml-syntax": Fault(
        "YAML cannot read the line as it stands; the hint shows it as it was probably meant.",
        "writes the line as the hint shows it",
    ),
    "yaml-comment": Fault("A space and `#` begin a comment in YAML, so the rest of the line would be lost."),
    "yaml-alias": Fault("Anchors and references hide what a line says; values are written out."),
    "yaml-tag": Fault("A value that starts with `!` is a type to YAML."),
    "yaml-key": Fault("The name of a field is a word."),
    "yaml-depth": Fault("Nothing in data/ needs to nest that deep."),
    "yaml-character": Fault("Control characters have no place in text."),
    "duplicate-field": Fault("YAML would silently keep only the last of two equal fields."),
    "duplicate-key": Fault("The stem of a file's name is the citation key, so it must be there only once."),
    "duplicate-id": Fault("An id names one topic, tag, venue or author."),
    "bad-key": Fault(
        "A citation key is a file name, an address and a TeX argument, so it has only [a-z0-9]."
    ),
    "stray-file": Fault("Only files that end in .yml are read."),
    "encoding": Fault("Files are UTF-8."),
    "unreadable": Fault("The file cannot be opened."),
}
"""Problems that are found while reading, with the reason for each."""


def run(project: Project) -> list[Problem]:
    """Everything wrong with a project: what reading found and what the checks find, by place."""
    return _run(project, CHECKS.values())


def errors(project: Project) -> list[Problem]:
    """Only what stops a build; far quicker than :func:`run`, since it matches nothing anew."""
    found = _run(project, [rule for rule in CHECKS.values() if rule.severity is Severity.ERROR])
    return [problem for problem in found if problem.severity is Severity.ERROR]


def _run(project: Project, checks: Iterable[Check]) -> list[Problem]:
    problems = list(project.problems)
    found = remains.whole(project)
    for rule in checks:
        problems += [
            Problem(finding.location, rule.name, finding.message, finding.hint, rule.severity)
            for finding in rule.run(found.project)
            if not _is_waived(found.project, rule, finding.key)
            and not rule.about & found.spoilt.get(finding.key or "", frozenset())
        ]
    return sorted(problems, key=lambda problem: (problem.location, problem.code))


def explain(code: str) -> str | None:
    """Why a check is there, or None if there is none of that name."""
    found = _told_by(code)
    return " ".join(rule.explanation for rule in found) or None


def fix_of(code: str) -> str:
    """What ``check --fix`` does about a problem; empty where it is left to people."""
    return " and ".join(rule.fix for rule in _told_by(code) if rule.fix)


def _told_by(code: str) -> list[Check | Fault]:
    """What tells of a problem; a former name may stand for several checks by now."""
    found: list[Check | Fault] = [rule for rule in CHECKS.values() if rule.is_called(code)]
    if not found and code in READING:
        found.append(READING[code])
    return found


def names() -> list[str]:
    """The names of all problems there can be."""
    return [*CHECKS, *READING]


def _is_waived(project: Project, rule: Check, key: str | None) -> bool:
    entry = project.bibliography.entries.get(key or "")
    return entry is not None and any(rule.is_called(waiver.check) for waiver in entry.waive)


def of_paths(problems: Sequence[Problem], paths: Sequence[str]) -> list[Problem]:
    """The problems in some files or folders, given relative to the root."""
    return [problem for problem in problems if is_below(problem.location.path, paths)]


def is_below(path: str, paths: Sequence[str]) -> bool:
    """Whether a file is one of ``paths`` or lies in one of them.

    >>> is_below("data/entries/a.yml", ["data/entries/"]), is_below("data/tags.yml", ["data/tag"])
    (True, False)
    """
    wanted = [folder.rstrip("/") for folder in paths]
    return any(folder == "." or path == folder or path.startswith(folder + "/") for folder in wanted)

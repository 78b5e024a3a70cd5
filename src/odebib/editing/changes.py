"""What one state of a project has that another has not: for the reviewer of a pull request.

The state before comes from git or from a folder. Entries are compared by what
they say, not by how their files are written.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from odebib import checks
from odebib.errors import Location, Problem, UsageError
from odebib.matching import weighing
from odebib.matching.works import of_entry
from odebib.model.entry import Entry
from odebib.model.values import Model
from odebib.project import ledger, store
from odebib.project.store import DATA, Project

SETTLED_BY_PROGRAM = frozenset({"added"})
"""Fields that no reviewer needs to look at."""


@dataclass(frozen=True)
class FieldChange:
    """A field that says something else; None where it says nothing."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two states."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Former keys, each with the key that it leads to now."""
    changed: Mapping[str, tuple[FieldChange, ...]] = field(default_factory=dict)
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of topics, tags, venues, lists and so on: the ids that are new, gone (``-``) or changed (``~``)."""
    duplicates: tuple[tuple[str, str, str], ...] = ()
    """Pairs of which one is new or changed, and what speaks for their being one work."""
    problems: tuple[Problem, ...] = ()
    """Problems that the state before did not have."""
    mended: int = 0
    """How many problems are no more."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.renamed or self.changed or self.terms)


@contextmanager
def at(root: Path, base: str) -> Iterator[Project]:
    """The project as it was: in a folder, or at a revision of its git repository.

    Raises:
        UsageError: there is no such folder or revision.
    """
    if (Path(base) / DATA).is_dir():
        yield store.load(Path(base))
        return
    with TemporaryDirectory(prefix="odebib-") as folder:
        _extract(root, base, Path(folder))
        (Path(folder) / DATA).mkdir(exist_ok=True)
        yield store.load(Path(folder))


def _extract(root: Path, revision: str, folder: Path) -> None:
    command = ["git", "-C", str(root), "archive", "--format=tar", "--end-of-options", revision, DATA]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise UsageError("git is not installed", "name a folder instead of a revision") from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().split("\n")[0]
        raise UsageError(f"`{revision}` is no folder with {DATA}/ in it, and no revision: {reason}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def between(old: Project, new: Project) -> Changes:
    """What is new in ``new``."""
    before, after = old.bibliography.entries, new.bibliography.entries
    gone = [key for key in before if key not in after and key not in new.entry_paths]
    renamed = {key: found for key in gone if (found := new.bibliography.resolve(key))}
    added = tuple(key for key in after if key not in before and key not in old.entry_paths)
    both = {key: tuple(_differences(before[key], after[key])) for key in after if key in before}
    changed = {key: differences for key, differences in both.items() if differences}
    problems, mended = _problems(old, new)
    return Changes(
        added=added,
        removed=tuple(key for key in gone if key not in renamed),
        renamed=renamed,
        changed=changed,
        terms=dict(_terms(old, new)),
        duplicates=tuple(_duplicates(new, {*added, *changed})),
        problems=problems,
        mended=mended,
    )


def _duplicates(new: Project, touched: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Entries that look like one work, as far as one of them is new or changed."""
    for one, other, evidence in checks.suspected_duplicates(new.bibliography):
        if one in touched or other in touched:
            yield one, other, evidence.reason


def _problems(old: Project, new: Project) -> tuple[tuple[Problem, ...], int]:
    """The problems that were not there before, and how many of those that were are mended."""
    known = {_sign(problem) for problem in checks.run(old)}
    problems = checks.run(new)
    found = tuple(problem for problem in problems if _sign(problem) not in known)
    return found, len(known - {_sign(problem) for problem in problems})


def _sign(problem: Problem) -> tuple[str, str, str]:
    """What a problem is known by when lines have moved."""
    return problem.location.path, problem.code, problem.message


def _differences(before: Entry, after: Entry) -> Iterator[FieldChange]:
    old, new = _said(before), _said(after)
    for name in Entry.model_fields:
        if old.get(name) != new.get(name) and name not in SETTLED_BY_PROGRAM:
            yield FieldChange(name, old.get(name), new.get(name))


def _said(model: Model) -> dict[str, Any]:
    return model.model_dump(mode="json", exclude_defaults=True)


def _terms(old: Project, new: Project) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Differences of what is not an entry, by the folder or file that holds it."""
    for name in ("topics", "tags", "venues", "lists", "paths"):
        before, after = _by_id(old, name), _by_id(new, name)
        found = [
            *(identifier for identifier in after if identifier not in before),
            *(f"-{identifier}" for identifier in before if identifier not in after),
            *(f"~{i}" for i in after if i in before and _said(after[i]) != _said(before[i])),
        ]
        if found:
            yield name, tuple(found)


def _by_id(project: Project, name: str) -> Mapping[str, Model]:
    found = getattr(project.bibliography, name)
    return found if isinstance(found, Mapping) else {term.id: term for term in found}


def lost(before: Project, after: Project) -> Iterator[Problem]:
    """What was published and is not what it was: lines gone from the ledger, keys that hold another work."""
    kept = {published.address for published in ledger.read(after.root)}
    for published in ledger.read(before.root):
        if published.address not in kept:
            message = f"the line `{published.address}` is gone, but what was published once stays"
            yield Problem(
                Location(ledger.LEDGER), "lost-line", message, "put it back; `gone: reason` may follow it"
            )
    was_published = {published.address for published in ledger.read(before.root)}
    for key, old in before.bibliography.entries.items():
        new = after.bibliography.entries.get(key)
        if new is None or new == old or f"entries/{key}" not in was_published:
            continue
        evidence = weighing.compare(of_entry(old), of_entry(new))
        if evidence.titles_unrelated and not evidence.identifiers:
            message = f"`{key}` was published as “{old.title}”; papers that cite it mean that"
            hint = "give the new work a key of its own, and the old one its file back"
            yield Problem(after.locate_entry(key, "title"), "another-work", message, hint)

"""What remains of files that do not fit the models, so that one run shows their other mistakes too.

Reading leaves out an entry with one bad field; building must not guess. The
checks, though, look at the entry without that field, and keep silent about what
only follows from its absence.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import ValidationError

from odebib.errors import near_misses
from odebib.model import fields
from odebib.model.bibliography import Vocabulary
from odebib.model.entry import Entry
from odebib.model.record import SourceList
from odebib.model.values import Model
from odebib.model.vocabulary import Tag, Topic, Venue
from odebib.project.store import DATA, Project
from odebib.project.validation import FOREIGN_FIELDS

ModelT = TypeVar("ModelT", bound=Model)

ROUNDS = 8
"""Leaving out a field may show the next mistake; what is not whole after so many rounds is left out."""

UNKNOWN = "?"
"""Stands for a title or name that is missing."""


@dataclass(frozen=True)
class Whole:
    """A project with all that remains, and of which entries which fields are not what was meant."""

    project: Project
    spoilt: Mapping[str, frozenset[str]] = field(default_factory=dict)


def whole(project: Project) -> Whole:
    """The project as the checks look at it; itself, if there is nothing wrong with its files."""
    if not project.errors:
        return Whole(project)
    bibliography = project.bibliography
    spoilt: dict[str, frozenset[str]] = {}
    entries = dict(bibliography.entries)
    for key, path in project.entry_paths.items():
        if key not in entries:
            found, faulty = _remains(Entry, _data(project, path), key=key)
            if found is not None:
                entries[key], spoilt[key] = found, faulty
    lists = dict(bibliography.lists)
    for list_id, path in project.list_paths.items():
        if list_id not in lists:
            source, _ = _remains(SourceList, _data(project, path), id=list_id)
            if source is not None:
                lists[list_id] = source
    together = replace(
        bibliography,
        entries={key: entries[key] for key in sorted(entries)},
        lists={list_id: lists[list_id] for list_id in sorted(lists)},
        topics=_terms(project, "topics", Topic, bibliography.topics),
        tags=_terms(project, "tags", Tag, bibliography.tags),
        venues=_terms(project, "venues", Venue, bibliography.venues),
    )
    return Whole(replace(project, bibliography=together), spoilt)


def _data(project: Project, path: str) -> Any:
    try:
        return project.file(path).data
    except (OSError, UnicodeDecodeError):
        return None


TermT = TypeVar("TermT", Topic, Tag, Venue)


def _terms(project: Project, name: str, model: type[TermT], known: Vocabulary[TermT]) -> Vocabulary[TermT]:
    """The terms of a file with those that reading left out."""
    path = f"{DATA}/{name}.yml"
    data = _data(project, path) if (project.root / path).is_file() else None
    if not isinstance(data, list) or len(data) == len(known):
        return known
    found: list[TermT | None] = [_remains(model, item)[0] for item in data]
    return Vocabulary([*known, *(term for term in found if term is not None and term.id not in known)])


def _remains(model: type[ModelT], data: Any, **given: str) -> tuple[ModelT | None, frozenset[str]]:
    """``data`` as a model without what does not fit, and the fields at its top that this touched."""
    if not isinstance(data, dict):
        return None, frozenset()
    rest = {name: value for name, value in copy.deepcopy(data).items() if name not in given}
    spoilt: set[str] = set()
    for _ in range(ROUNDS):
        try:
            return model.model_validate({**rest, **given}), frozenset(spoilt)
        except ValidationError as error:
            for detail in reversed(error.errors(include_url=False)):
                steps = [step for step in detail["loc"] if isinstance(step, str | int)]
                spoilt.update(_meant(model, steps))
                _leave_out(rest, steps, missing=detail["type"] == "missing")
    return None, frozenset(spoilt)


def _meant(model: type[Model], steps: list[str | int]) -> Iterator[str]:
    """The field that is spoilt, and, if there is no such field, those that may have been meant."""
    name = str(steps[0]) if steps else ""
    yield name
    if name and name not in model.model_fields:
        yield FOREIGN_FIELDS.get(name.lower(), "").partition(":")[0]
        yield from near_misses(name, fields.order(model))


def _leave_out(data: Any, steps: list[str | int], *, missing: bool) -> None:
    """Take out the value at ``steps``, or the nearest thing above it that there is."""
    if not steps:
        return
    *above, last = steps
    node = data
    for depth, step in enumerate(above):
        inner = _at(node, step)
        if not isinstance(inner, dict | list):
            _drop(node, steps[depth])
            return
        node = inner
    if missing and isinstance(node, dict) and last in {"title", "name", "short"}:
        node[str(last)] = UNKNOWN
    elif missing and len(above) > 0:
        _leave_out(data, above, missing=False)
    else:
        _drop(node, last)


def _at(node: Any, step: str | int) -> Any:
    if isinstance(node, dict):
        return node.get(step)
    return node[step] if isinstance(node, list) and isinstance(step, int) and step < len(node) else None


def _drop(node: Any, step: str | int) -> None:
    if isinstance(node, dict):
        node.pop(step, None)
    elif isinstance(node, list) and isinstance(step, int) and step < len(node):
        # A place that stays empty keeps the places of what follows; only plain values are taken out.
        if isinstance(node[step], dict) and node[step]:
            node[step] = {}
        else:
            del node[step]

"""Checks of citation keys: what is mentioned is there, and no former key leads to two places."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.checks.check import Finding, check
from odebib.errors import Location, Severity, did_you_mean
from odebib.project.store import DATA, Project


@check("dangling-key", Severity.ERROR)
def _dangling_key(project: Project) -> Iterator[Finding]:
    """A citation key that is mentioned anywhere must be one of an entry, of today or former."""
    bibliography = project.bibliography
    known = [*bibliography.entries, *bibliography.aliases]
    for location, key, owner in _mentions(project):
        if bibliography.resolve(key) is None and key not in project.entry_paths:
            yield Finding(location, f"there is no entry `{key}`", did_you_mean(key, known), owner)


def _mentions(project: Project) -> Iterator[tuple[Location, str, str | None]]:
    """Every mention of a key outside the source lists, with its place and the entry that makes it."""
    bibliography = project.bibliography
    for key, entry in bibliography.entries.items():
        for kind, keys in entry.relations:
            for number, other in enumerate(keys):
                yield project.locate_entry(key, "relations", kind, number), other, key
    for topic in bibliography.topics:
        for number, key in enumerate(topic.start_here):
            yield project.locate_term("topics", topic.id, "start_here", number), key, None
    for author in bibliography.authors:
        for number, key in enumerate(author.entries):
            yield project.locate_term("authors", author.id, "entries", number), key, None
    for path_id, path in bibliography.paths.items():
        file = project.file(project.reading_path_paths[path_id])
        for number, step in enumerate(path.steps):
            yield file.locate(("steps", number, "entry")), step.entry, None
    for number, decision in enumerate(bibliography.decisions):
        file = project.file(f"{DATA}/decisions.yml")
        for position, key in enumerate(decision.not_same):
            yield file.locate((number, "not_same", position)), key, None


@check("alias-clash", Severity.ERROR)
def _alias_clash(project: Project) -> Iterator[Finding]:
    """A former key leads to one entry, so it can neither be in use again nor be claimed twice."""
    bibliography = project.bibliography
    for key, entry in bibliography.entries.items():
        for number, alias in enumerate(entry.aliases):
            owner = alias if alias in bibliography.entries else bibliography.aliases[alias]
            if owner != key:
                place = project.locate_entry(key, "aliases", number)
                yield Finding(place, f"`{alias}` already leads to `{owner}`", "keep it in one place", key)

"""What a service answers: a record, and what else it knows of the work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from odebib.model.record import Record
from odebib.sources.records import as_group, validated
from odebib.text.names import OTHERS

LONGEST_TITLE = 1_000
LONGEST_ABSTRACT = 12_000
MOST_AUTHORS = 1_000

RE_GROUP = re.compile(
    r"\b(?:collaboration|consortium|team|group|project|initiative|committee|developers|contributors)\b",
    re.IGNORECASE,
)
"""Words in the name of an author that is no person."""


@dataclass(frozen=True)
class Wanted:
    """Something that one service can be asked for: a scheme with a value in normal form."""

    scheme: str
    """That of one of :data:`odebib.services.SERVICES`."""
    value: str


@dataclass(frozen=True)
class Answer:
    """What one service says of a work, with where it says so."""

    source: str
    """Who says it, as people call it: arXiv, Crossref, …"""
    url: str
    """The address for people at which it says so."""
    record: Record
    also: tuple[Wanted, ...] = ()
    """The same work elsewhere, which may be asked for more."""
    in_passing: bool = False
    """Whether it is an author's remark rather than a record: believed last."""
    retracted: Mapping[str, str] = field(default_factory=dict)
    """The fields of ``retracted``, where it says that the work is."""
    archived: str | None = None
    """Of a repository that nobody may change any more: the month of its last change."""
    notices: tuple[str, ...] = ()
    """What a person should know of it."""


def record(fields: Mapping[str, Any]) -> Record:
    """A record of fields as a service gave them, without what is too long to be true."""
    kept = {name: value for name, value in fields.items() if value}
    if len(kept.get("title", "")) > LONGEST_TITLE:
        del kept["title"]
    if len(kept.get("abstract", "")) > LONGEST_ABSTRACT:
        del kept["abstract"]
    people: Sequence[str] = kept.get("authors", ())
    if len(people) > MOST_AUTHORS:
        kept["authors"] = [*people[:MOST_AUTHORS], OTHERS]
    return validated(kept)


def people(names: Iterable[str]) -> list[str]:
    """Names as a service writes them, one person each; a group stands in braces.

    >>> people(["Ricky T. Q. Chen", "The ATLAS Collaboration", " "])
    ['Ricky T. Q. Chen', '{The ATLAS Collaboration}']
    """
    found = [" ".join(name.split()) for name in names]
    return [as_group(name) if RE_GROUP.search(name) else name for name in found if name]


def first_text(value: Any) -> str:
    """Text where a service gives one, or a list of them, or nothing."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    return value if isinstance(value, str) else ""


def items(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, whatever else stands in it."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def fields_of(value: Any) -> dict[str, Any]:
    """An object, or an empty one where a service gives something else."""
    return value if isinstance(value, dict) else {}

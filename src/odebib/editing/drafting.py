"""New entries and terms: their keys and ids, and the files that hold them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import islice
from typing import Any

from odebib.matching import merging
from odebib.model.bibliography import Vocabulary
from odebib.model.values import RE_ID
from odebib.model.vocabulary import Tag, Topic, Venue
from odebib.project import ledger
from odebib.project.store import DATA, Project
from odebib.text import citekeys, names
from odebib.text.folding import fold
from odebib.yamlio import reader, writer

SCHEMA_LINE = "# yaml-language-server: $schema={}\n"
"""The line by which editors find the schema of a file."""


def published_keys(project: Project) -> set[str]:
    """Keys that were ever published; new entries avoid them."""
    addresses = (published.address for published in ledger.read(project.root))
    return {address.removeprefix("entries/") for address in addresses if address.startswith("entries/")}


TRIED_KEYS = 12
"""So many keys that the rule allows are compared with the one that a source uses."""


def propose_key(fields: merging.Fields, taken: set[str], own: str | None = None) -> str:
    """The citation key of a new entry, none of those that are taken.

    ``own`` is the key that the source uses; it stays if the rule allows it.
    """
    authors = [names.parse(person) for person in fields.get("authors", ())]
    year = int(fields["year"]) if fields.get("year") else None
    group = "" if authors else _in_short(fields.get("venue") or ("arxiv" if fields.get("arxiv") else ""))
    if own and own not in taken and citekeys.is_legal(own):
        proposals = citekeys.candidates(fields["title"], authors, year, group=group)
        if own in islice(proposals, TRIED_KEYS):
            return own
    return citekeys.propose(fields["title"], authors, year, group=group, taken=taken)


def _in_short(venue: str) -> str:
    """A venue as a key names it: of a long name the initials."""
    words = [word for word in fold(venue).split() if word not in citekeys.SKIPPED_WORDS]
    return "".join(word[0] for word in words) if len(words) > 2 else venue


def free_id(term: Any, vocabulary: Vocabulary[Any]) -> Any:
    """The term with an id that no other has."""
    number, identifier = 2, term.id if RE_ID.fullmatch(term.id) else "x"
    while identifier in vocabulary or vocabulary.find(identifier):
        identifier = f"{term.id}-{number}"
        number += 1
    return term.model_copy(update={"id": identifier})


def entry_text(fields: merging.Fields, today: datetime.date | None = None) -> str:
    """A new entry's file; ``today`` is the day it is added."""
    if today:
        fields = {**fields, "added": today.isoformat()}
    ordered = {name: fields[name] for name in merging.ENTRY_ORDER if name in fields}
    return SCHEMA_LINE.format("../../schema/entry.json") + writer.emit(ordered)


def _term_fields(term: Topic | Tag | Venue) -> dict[str, Any]:
    """A term as its file holds it: what it is first, what else it is called last."""
    data = term.model_dump(mode="json", exclude_defaults=True)
    last = [name for name in ("aliases", "spellings", "draft") if name in data]
    ordered = ["id", *(name for name in data if name not in {"id", *last}), *last]
    return {name: "true" if data[name] is True else as_written(data[name]) for name in ordered}


def with_terms(project: Project, name: str, terms: Sequence[Topic | Tag | Venue]) -> str:
    """The file of a vocabulary with terms added at its end."""
    path = project.root / DATA / f"{name}.yml"
    text = (
        path.read_text(encoding="utf-8") if path.is_file() else SCHEMA_LINE.format(f"../schema/{name}.json")
    )
    items = [_term_fields(term) for term in terms]
    if reader.read(name, text).data in (None, "", []):
        head = "\n".join(line for line in text.splitlines() if line.startswith("#"))
        return (head + "\n" if head else "") + writer.emit(items)
    for item in items:
        text = writer.append_item(text, (), item)
    return text


def as_written(value: Any) -> Any:
    """A value with every scalar as the text that stands in a file."""
    if isinstance(value, dict):
        return {name: as_written(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_written(item) for item in value]
    return str(value)

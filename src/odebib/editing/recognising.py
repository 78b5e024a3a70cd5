"""Recognising what was imported before: the list that a source is, and its records."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

from odebib.errors import UsageError
from odebib.model.bibliography import Bibliography
from odebib.model.record import Record, SourceList
from odebib.model.values import RE_ID
from odebib.sources.found import Found
from odebib.text import citekeys, identifiers
from odebib.text.folding import fold, slug


def list_id(bibliography: Bibliography, found: Found, given: str | None) -> str:
    """The id that a person gave, that of the list imported from there before, or one from the name.

    A source is known again by its address, because it holds most of what a
    list was read from, whatever the file is called today, or by its name. Two
    files of one name that have nothing in common are two lists.

    Raises:
        UsageError: ``given`` cannot be one.
    """
    if given is None:
        return _known_list(bibliography, found) or _id_of_own(bibliography, found)
    if not RE_ID.fullmatch(given) or given in citekeys.RESERVED_NAMES:
        hint = f"try `--list {_id_of_name(given)}`"
        raise UsageError(f"`{given}` is no id of a list: lower-case letters, digits and hyphens only", hint)
    return given


def _known_list(bibliography: Bibliography, found: Found) -> str | None:
    """The list that has the source's address, or was read from most of what it holds."""
    lists = bibliography.lists.values()
    for source in lists:
        if found.url and source.url and fold(found.url) == fold(source.url):
            return source.id
    prints = {fingerprint(item.record, sections) for sections, item in found.records()}
    for source in lists:
        imported = set((source.imported or "").split())
        if 2 * len(prints & imported) > min(len(prints), len(imported)) > 2:
            return source.id
    return None


def _id_of_own(bibliography: Bibliography, found: Found) -> str:
    """The list of the source's name, or a new id, unless what has that name is another list."""
    identifier = _id_of_name(found.name)
    signs = {_identity(item.record) for _, item in found.records()}
    taken = set(bibliography.lists)
    for source in bibliography.lists.values():
        known = {_identity(record) for _, record in source.records()}
        is_other = min(len(known), len(signs)) > 2 and not known & signs
        if fold(source.name) == fold(found.name) and not is_other:
            return source.id
        if source.id == identifier and not is_other:
            taken.discard(identifier)
    numbered = (identifier if number == 1 else f"{identifier}-{number}" for number in count(1))
    return next(name for name in numbered if name not in taken)


def _id_of_name(name: str) -> str:
    """A list's id that follows from a name, no longer than a file name may be."""
    identifier = slug(name.replace("_", " "))[:80].strip("-") or "list"
    return f"{identifier}-list" if identifier in citekeys.RESERVED_NAMES else identifier


def _identity(record: Record) -> str:
    """What an item says that no other item does."""
    return record.arxiv or record.doi or record.openreview or record.source_id or record.title or record.text


def fingerprint(record: Record, sections: tuple[str, ...]) -> str:
    """Eight characters that stand for an item of a source: what identifies it, and its section."""
    return hashlib.sha256(fold(" / ".join((*sections, _identity(record)))).encode()).hexdigest()[:8]


class KnownRecords:
    """The records that a list holds already, and which of them the source holds again."""

    def __init__(self, source: SourceList | None) -> None:
        self.source = source
        self.fingerprints = set((source.imported or "").split()) if source else set()
        self.order = list(source.records()) if source else []
        self.old_of: dict[int, Record] = {}
        self.now: dict[int, Record] = {}

    def recognise(self, items: Sequence[tuple[tuple[str, ...], Record]]) -> None:
        """Pair the source's records with those known, each once, by the surest sign first.

        All that stand unchanged where they stood are paired before anything
        else is tried, so that a work listed twice keeps its two records apart.
        """
        for signs in zip(*(_signs(record, sections) for sections, record in items), strict=True):
            free: dict[tuple[str, ...], list[Record]] = defaultdict(list)
            level = next(iter(sign[0] for sign in signs if sign), None)
            for sections, record in self.order:
                if id(record) not in self.now:
                    for sign in _signs(record, sections):
                        if sign and sign[0] == level:
                            free[sign].append(record)
            for (_, record), sign in zip(items, signs, strict=True):
                if sign and id(record) not in self.old_of and free[sign]:
                    old = free[sign].pop(0)
                    self.old_of[id(record)] = old
                    self.now[id(old)] = record

    def of(self, record: Record) -> Record | None:
        """The known record that a record of the source is again."""
        return self.old_of.get(id(record))

    def was_taken_out(self, record: Record, sections: tuple[str, ...]) -> bool:
        """Whether the item was read before and a person has removed its record since."""
        return fingerprint(record, sections) in self.fingerprints

    def left(self) -> list[Record]:
        """Old records that the source no longer holds."""
        return [record for _, record in self.order if id(record) not in self.now]


def _signs(record: Record, sections: tuple[str, ...]) -> Iterator[tuple[str, ...] | None]:
    """By what a record is known again, the surest first; None for a sign it does not have."""
    yield ("text and section", *sections, record.text) if record.text else None
    yield ("text", record.text) if record.text else None
    yield ("source id", record.source_id) if record.source_id else None
    for scheme in identifiers.OF_ONE_WORK:
        value = getattr(record, scheme)
        yield (scheme, *sections, value) if value else None
    for scheme in identifiers.OF_ONE_WORK:
        value = getattr(record, scheme)
        yield (f"{scheme} anywhere", value) if value else None
    yield ("title and section", *sections, fold(record.title)) if record.title else None

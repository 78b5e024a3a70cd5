"""Bringing what a better reader finds to records that are known, and nothing to what a person wrote.

A list's file does not say who wrote a value. What the item's own words hold was read from them; any
other value may be a person's, as is one with a comment, and so is what identifies a record if no
reader has ever found it. Those stay, as do the entry, its confirmation, the day it was gone and notes.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from odebib.editing import recognising
from odebib.editing.changes import FieldChange
from odebib.editing.lists import record_fields
from odebib.editing.recognising import KnownRecords, fingerprint
from odebib.editing.splicing import Change, with_records_changed
from odebib.model.record import Record
from odebib.project.store import Project
from odebib.sources.found import Found
from odebib.text import identifiers
from odebib.text.folding import fold
from odebib.yamlio import writer

OF_PEOPLE = frozenset({"entry", "confirm", "gone", "note"})
"""Fields of a record that are settled here, whatever its source says."""
IDENTIFYING = frozenset({"title", "source_id", *identifiers.OF_ONE_WORK})
"""Fields of which one stands for a record in what was imported."""
RE_COMMENT = re.compile(r"(?:^|\s)#")
RE_BLOCK = re.compile(r"[>|][-+]?\s*$")


@dataclass(frozen=True)
class Reread:
    """A known record of which the source is read otherwise today."""

    line: int
    """The line of the source on which its item begins."""
    title: str
    changes: tuple[FieldChange, ...]

    def as_json(self) -> dict[str, Any]:
        """The object that ``import --reread --report json`` prints."""
        changes = [{"field": c.name, "before": c.before, "after": c.after} for c in self.changes]
        return {"line": self.line, "title": self.title, "changes": changes}


@dataclass(frozen=True)
class Rereading:
    """The records of a list that are read otherwise today, and the list's file with that."""

    path: str = ""
    """The list's file, relative to the root."""
    records: tuple[Reread, ...] = ()
    list_text: str = ""


def plan(project: Project, found: Found, given: str | None = None) -> Rereading:
    """Find what ``found`` says otherwise of records that are known; nothing is written."""
    found.unite_repeated_headings()
    list_id = recognising.list_id(project.bibliography, found, given)
    source = project.bibliography.lists.get(list_id)
    if source is None:
        return Rereading()
    known = KnownRecords(source)
    known.recognise([(sections, item.record) for sections, item in found.records()])
    sections_of = {id(record): sections for sections, record in known.order}
    records: list[Reread] = []
    edits: dict[int, list[Change]] = {}
    for sections, item in found.records():
        old = known.of(item.record)
        if old is None:
            continue
        kept = set(_commented(project, list_id, old))
        if not known.fingerprints & {fingerprint(old, sections_of[id(old)]), fingerprint(old, sections)}:
            kept |= IDENTIFYING
        changes = tuple(_changes(old, item.record, kept))
        if changes:
            records.append(Reread(item.line, old.title or old.text, changes))
            edits[id(old)] = [((change.name,), change.after) for change in changes]
    text = with_records_changed(project, list_id, edits) if edits else ""
    return Rereading(project.list_paths[list_id], tuple(records), text)


def apply(project: Project, rereading: Rereading) -> list[str]:
    """Write what a rereading found; the paths that changed, relative to the root."""
    if not rereading.records or not writer.write(project.root / rereading.path, rereading.list_text):
        return []
    return [rereading.path]


def _changes(old: Record, now: Record, kept: set[str]) -> Iterator[FieldChange]:
    """The fields of a record that are read otherwise today and are nobody's own."""
    before, after = record_fields(old, None), record_fields(now, None)
    changed: set[str] = set()
    for name in Record.model_fields:
        if name in OF_PEOPLE | kept | {"unsure"} or before.get(name) == after.get(name):
            continue
        was_read = name == "text" or name in old.unsure or _is_in(getattr(old, name), old.text)
        # a gap is filled with what is certain only: somebody may have left out what is doubtful
        if was_read if name in before else name not in now.unsure:
            changed.add(name)
            yield FieldChange(name, before.get(name), after.get(name))
    same = {name for name in old.unsure if before.get(name) == after.get(name)}
    doubts = _only(now.unsure, changed | same) | _only(old.unsure, kept)
    if doubts != old.unsure:
        yield FieldChange("unsure", before.get("unsure"), doubts or None)


def _only(doubts: Mapping[str, str], names: Container[str]) -> dict[str, str]:
    return {name: reason for name, reason in doubts.items() if name in names}


def _is_in(value: object, text: str) -> bool:
    """Whether an item's words hold a value, so that it was read from them.

    >>> _is_in("NeurIPS", "Deep Waves: [NeurIPS18](x)"), _is_in("JMLR", "Deep Waves: [NeurIPS18](x)")
    (True, False)
    >>> _is_in(2018, "Deep Waves: [NeurIPS18](x)")
    True
    """
    whole, words = text.casefold(), set(fold(text).split())
    return all(
        piece.casefold() in whole
        or set(fold(piece).split()) <= words
        or (_is_year(piece) and piece[2:] in text)
        for piece in _pieces(value)
    )


def _is_year(piece: str) -> bool:
    return len(piece) == 4 and piece.isdecimal()


def _pieces(value: object) -> Iterator[str]:
    """The texts that a value consists of."""
    if isinstance(value, tuple | list):
        for item in value:
            yield from _pieces(item)
    elif hasattr(value, "model_dump"):
        for item in value.model_dump().values():
            yield from _pieces(item)
    elif str(value) != "others":
        yield str(value)


def _commented(project: Project, list_id: str, record: Record) -> Iterator[str]:
    """The fields of a record that a person has written a comment to."""
    lines = project.file(project.list_paths[list_id]).text.splitlines()
    for name in record.model_fields_set:
        line = project.locate_record(list_id, record, name).line
        if line and _has_comment(lines, line - 1):
            yield name


def _has_comment(lines: Sequence[str], start: int) -> bool:
    """Whether the field that begins on a line has a comment, above it, beside it or within."""
    above = lines[start - 1].strip() if start else ""
    if above.startswith("#") or RE_COMMENT.search(lines[start]):
        return True
    if RE_BLOCK.search(lines[start]):
        return False
    depth = len(lines[start]) - len(lines[start].lstrip(" -"))
    for line in lines[start + 1 :]:
        if len(line) - len(line.lstrip(" -")) <= depth:
            return False
        if RE_COMMENT.search(line):
            return True
    return False

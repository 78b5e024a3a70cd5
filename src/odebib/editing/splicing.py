"""Changing many records of a list's file at once: each in its own lines, all others untouched."""

from __future__ import annotations

from collections.abc import Mapping

from odebib.model.record import Record
from odebib.project.store import Project
from odebib.yamlio import writer

RECORD_ORDER = tuple(Record.model_fields)


def with_records_changed(project: Project, list_id: str, entries: Mapping[int, str]) -> str:
    """The list's file, in which the records with these identities have these entries, confirmed.

    A long list is parsed once: each record is changed as a small file of its own.
    """
    lines = project.file(project.list_paths[list_id]).text.splitlines(keepends=True)
    records = [record for _, record in project.bibliography.lists[list_id].records() if id(record) in entries]
    places = [(project.locate_record(list_id, record).line or 1, record) for record in records]
    for line, record in sorted(places, key=lambda place: -place[0]):
        start = line - 1
        end = _end(lines, start)
        text = "".join(lines[start:end])
        text = writer.set_field(text, (0, "entry"), entries[id(record)], RECORD_ORDER)
        if record.confirm:
            text = writer.delete_field(text, (0, "confirm"))
        lines[start:end] = text.splitlines(keepends=True)
    return "".join(lines)


def _end(lines: list[str], start: int) -> int:
    """The line behind an item that begins with a dash: the next one that is not indented deeper."""
    dash = len(lines[start]) - len(lines[start].lstrip())
    for place in range(start + 1, len(lines)):
        line = lines[place]
        if line.strip() and len(line) - len(line.lstrip()) <= dash:
            return place
    return len(lines)

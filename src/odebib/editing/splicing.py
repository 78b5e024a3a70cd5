"""Changing many records of a list's file at once: each in its own lines, all others untouched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from odebib.model.record import Record
from odebib.project.store import Project
from odebib.yamlio import writer

RECORD_ORDER = tuple(Record.model_fields)


Change = tuple[tuple[str, ...], Any]
"""A field of a record by the steps to it, with its new value; None takes it away."""


def with_records_changed(project: Project, list_id: str, changes: Mapping[int, Sequence[Change]]) -> str:
    """The list's file, in which the records with these identities are changed.

    A long list is parsed once: each record is changed as a small file of its own.
    """
    lines = project.file(project.list_paths[list_id]).text.splitlines(keepends=True)
    records = [record for _, record in project.bibliography.lists[list_id].records() if id(record) in changes]
    places = [(project.locate_record(list_id, record).line or 1, record) for record in records]
    for line, record in sorted(places, key=lambda place: -place[0]):
        start = line - 1
        end = _end(lines, start)
        text = "".join(lines[start:end])
        for steps, value in changes[id(record)]:
            if value is None:
                text = writer.delete_field(text, (0, *steps))
            else:
                text = writer.set_field(text, (0, *steps), value, RECORD_ORDER)
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

"""What the repository's own lists hold is read again from its text, and says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from odebib.model.record import Record
from odebib.project import store
from odebib.sources.citations import page
from odebib.sources.found import Found
from odebib.sources.markdown import reader

ROOT = Path(__file__).parents[2]
READ = (
    "title",
    "authors",
    "year",
    "venue",
    "event",
    "volume",
    "number",
    "pages",
    "doi",
    "arxiv",
    "openreview",
)
"""What the text of an item tells by itself, wherever in a list it stands."""


def lists() -> Iterator[tuple[str, list[tuple[tuple[str, ...], Record]]]]:
    """Each source list of the repository with its records that have a text."""
    for source in store.load(ROOT).bibliography.lists.values():
        yield source.id, [(path, record) for path, record in source.records() if record.text]


def written(records: list[tuple[tuple[str, ...], Record]]) -> str:
    """A list with these records, each as a bullet below its headings."""
    lines: list[str] = []
    before: tuple[str, ...] = ()
    for path, record in records:
        if path != before:
            lines += ["", *(f"{'#' * level} {title}" for level, title in enumerate(path, start=2)), ""]
        before = path
        first, *more = record.text.split("\n")
        lines += [f"- {first}", *(f"  {line}" for line in more)]
    return "\n".join(lines) + "\n"


@cache
def again(list_id: str) -> dict[str, Record]:
    """The records that the readers make of a list's texts today, by their texts."""
    records = dict(lists())[list_id]
    is_markdown = any("](" in record.text for _, record in records)
    found: Found = (reader.read if is_markdown else page.read)(f"# {list_id}\n{written(records)}", list_id)
    return {" ".join(item.record.text.split()): item.record for _, item in found.records()}


def is_joined(record: Record) -> bool:
    """Whether its text was lines of which one was the people's; on one line nothing parts them from the title."""
    people = rf"(?: \([A-Z ]+\),?)? {re.escape(str(record.authors[0]))}" if record.authors else "$^"
    return bool(re.match(re.escape(record.title or "") + people, record.text))


@pytest.mark.parametrize(
    ("list_id", "record"),
    [
        pytest.param(list_id, record, id=f"{list_id}-{number}")
        for list_id, records in lists()
        for number, (_, record) in enumerate(records)
        if not is_joined(record)
    ],
)
def test_a_record_is_read_again(list_id: str, record: Record) -> None:
    """A better reader still finds what the record says."""
    found: Any = again(list_id)[" ".join(record.text.split())]
    said = {name: getattr(record, name) for name in READ if getattr(record, name)}
    assert {name: getattr(found, name) for name in said} == said

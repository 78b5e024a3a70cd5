"""CSV: a row for each entry, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from odebib.formats.casing import bare_title
from odebib.formats.format import Format
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.model.fields import of_traits
from odebib.text import emphasis

FIRST_COLUMNS = (
    "key", "type", "title", "authors", "year", "month", "venue", "venue_name", "event", "volume", "number",
    "pages", "publisher", "doi", "arxiv", "openreview", "isbn", "url", "pdf", "code", "topics", "tags",
    "awards", "summary",
)  # fmt: skip
"""The columns that spreadsheets know by their place; those of other fields follow."""

COLUMNS = (
    *FIRST_COLUMNS,
    *(name for name, traits in of_traits().items() if traits.in_table and name not in FIRST_COLUMNS),
)
"""The columns; new ones are only ever added at the end."""

SEPARATOR = "; "
"""Between the values of a cell that holds several."""


def render(bibliography: Bibliography, keys: Iterable[str]) -> str:
    """A head and a row for each key, in their order."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key in keys:
        writer.writerow(map(_harmless, _row(bibliography, bibliography.entries[key])))
    return stream.getvalue()


def _row(bibliography: Bibliography, entry: Entry) -> Iterable[str]:
    venue = bibliography.venue(entry)
    special = {
        "type": str(bibliography.type(entry)),
        "title": emphasis.without(bare_title(entry.title)),
        "venue": bibliography.venue_name(entry),
        "venue_name": venue.name if venue else entry.venue,
        "pdf": SEPARATOR.join(entry.links.pdf),
        "code": SEPARATOR.join(entry.links.code),
        "topics": SEPARATOR.join(topic.id for topic in bibliography.topics_of(entry)),
        "tags": SEPARATOR.join(tag.id for tag in bibliography.tags_of(entry)),
    }
    return ((special[name] or "") if name in special else _cell(getattr(entry, name)) for name in COLUMNS)


def _cell(value: Any) -> str:
    return SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else str(value or "")


def _harmless(cell: str) -> str:
    """The cell, marked as text where a spreadsheet would take it for a formula and run it."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


FORMAT = Format("csv", "CSV", ".csv", render, is_whole=True)

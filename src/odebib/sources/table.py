"""Tables: CSV and TSV of any separator and quoting, as spreadsheets and databases write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from odebib.errors import FormatError
from odebib.sources import columns, named
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader, lines, names_left_out
from odebib.sources.records import validated

SEPARATORS = (",", "\t", ";", "|")
HEADER_WITHIN = 15
"""So many rows may stand above the header: what an export says of itself."""
LONGEST_ROW = 400
"""A row of more lines is none: a quotation mark stands there that opens no cell."""
TAGS = {
    "TY": "type", "JO": "venue", "T2": "venue", "SP": "first_page", "UR": "url", "DO": "doi",
    "TI": "title", "AF": "authors", "AU": "authors", "SO": "venue", "PY": "year", "PD": "month",
    "VL": "volume", "IS": "number", "BP": "first_page", "EP": "last_page", "AR": "article_number",
    "DI": "doi", "AB": "abstract", "DE": "topics", "PU": "publisher", "DT": "type", "UT": "source_id",
    "PM": "pubmed", "BN": "isbn",
}  # fmt: skip
"""Tags as names of columns: Web of Science's tab-delimited export, and tables made from RIS."""

csv.field_size_limit(2**24)


@dataclass(frozen=True)
class Row:
    """A row of a table: its first line, its text, its cells."""

    line: int
    text: str
    cells: list[Any]


@dataclass
class Table:
    """A header with what its columns mean, and what has been seen in them."""

    header: list[str]
    meanings: dict[str, str]
    seen: dict[str, bool] = field(default_factory=dict)


def read(text: str, name: str, wanted: columns.Meanings | None = None) -> Found:
    """The records of a table, a row each, in one section of the file's name.

    Raises:
        FormatError: no column of it can hold a title.
    """
    separator = separator_of(text, wanted)
    rows = _rows(text, separator)
    if _is_torn(text, separator):
        rows = _rows(text, separator, csv.QUOTE_NONE)
    return read_rows(rows, name, wanted)


def read_rows(rows: Iterable[Row], name: str, wanted: columns.Meanings | None = None) -> Found:
    """The records of rows, from wherever they come; the first that names columns is the header.

    Raises:
        FormatError: no column of it can hold a title.
    """
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    sections = {"": section}
    table: Table | None = None
    above: list[Row] = []
    for row in rows:
        if table is None:
            above.append(row)
            table = _header(row, wanted)
            if table is None and len(above) >= HEADER_WITHIN:
                break
            continue
        if [str(cell).strip() for cell in row.cells] != table.header:
            section = _read_row(row, table, section, sections, found)
    if table is None:
        raise _no_header(above)
    found.taken = tuple(column for column in table.header if column in table.meanings)
    found.left_out = names_left_out(table.seen, table.meanings)
    found.sections = [part for part in sections.values() if part.records]
    return found


def _read_row(
    row: Row, table: Table, section: FoundSection, sections: dict[str, FoundSection], found: Found
) -> FoundSection:
    """Puts a row where it belongs; the section that the next row stands in."""
    filled = [place for place, cell in enumerate(row.cells) if str(cell).strip()]
    if filled[-1] >= len(table.header):
        reason = (
            f"it has {filled[-1] + 1} cells, the header {len(table.header)}: "
            "a separator within a cell needs quotation marks around the cell"
        )
        found.not_understood.append(NotUnderstood(row.line, row.text, reason))
        return section
    if heading := _heading(row, filled, table):
        found.has_headings = True
        section = sections.setdefault(heading, FoundSection(heading))
        if len(filled) == 1:
            return section
    fields = named.record_fields(_given(row, table), table.meanings)
    if fields.keys() & {"title", "doi", "arxiv", "openreview", "isbn", "url"}:
        section.records.append(FoundRecord(row.line, validated({"text": row.text, **fields})))
    else:
        found.not_understood.append(NotUnderstood(row.line, row.text, "it has neither title nor identifier"))
    return section


def _heading(row: Row, filled: Sequence[int], table: Table) -> str:
    """The section that a row names: in its own column, or as the only thing that stands in it."""
    column = table.header[filled[0]]
    if len(filled) == 1 and len(table.header) > 2 and not table.meanings.get(column):
        return str(row.cells[filled[0]]).strip()
    places = [place for place in filled if table.meanings.get(table.header[place]) == "section"]
    return str(row.cells[places[0]]).strip() if places else ""


def _given(row: Row, table: Table) -> dict[str, Any]:
    """The cells of a row by their columns; of two columns of one name the first that says something."""
    given: dict[str, Any] = {}
    for column, cell in zip(table.header, row.cells, strict=False):
        if column not in given or not str(given[column]).strip():
            given[column] = cell
        table.seen[column] = table.seen.get(column, False) or bool(str(cell).strip())
    return given


# -- The header --------------------------------------------------------------------------


def _header(row: Row, wanted: columns.Meanings | None) -> Table | None:
    """The header of a table, if a row is one: short names, one of which can hold a title or an identifier."""
    header = [" ".join(str(cell).split()).strip("\ufeff\"'* ") for cell in row.cells]
    while header and not header[-1]:
        header.pop()
    if any(len(name) > 80 or re.search(r"https?://|[{}<>]|\":", name) for name in header):
        return None
    return _with_meanings(header, wanted)


def _with_meanings(header: list[str], wanted: columns.Meanings | None) -> Table | None:
    if {"TI", "AU"} <= set(header):
        known = columns.meanings(filter(None, header), wanted)
        return Table(
            header, known | {name: TAGS[name] for name in header if name in TAGS} | dict(wanted or {})
        )
    meanings = columns.meanings(filter(None, dict.fromkeys(header)), wanted)
    fields = set(meanings.values())
    if "title" in fields and (len(fields) > 1 or len(header) == 1 or wanted):
        return Table(header, meanings)
    if len(header) < 6 and fields & {"doi", "arxiv"} and len(fields) > len(header) // 2:
        return Table(header, meanings)
    return None


def _no_header(rows: Sequence[Row]) -> FormatError:
    names = [" ".join(str(cell).split()) for cell in rows[0].cells if str(cell).strip()] if rows else []
    if not names:
        return FormatError("this table holds no row")
    shown = ", ".join(name[:40] for name in names[:12])
    example = names[0].replace(",", " ")[:40]
    hint = f"say what its columns hold, for instance `--columns title={example},…`"
    return FormatError(f"no column of this table is known to hold titles: {shown}", hint)


# -- Rows --------------------------------------------------------------------------------


def separator_of(text: str, wanted: columns.Meanings | None = None) -> str:
    """What separates the cells: that by which the header's names are understood, else the commonest."""
    start = [line for line in lines(text, 60000) if line.strip()][:HEADER_WITHIN]
    if start and (match := re.fullmatch(r"sep=(.)", start[0].strip())):
        return match[1]
    return max(SEPARATORS, key=lambda separator: _understood(start, separator, wanted))


def _understood(start: Sequence[str], separator: str, wanted: columns.Meanings | None) -> tuple[int, int]:
    """How many names of a header are understood with a separator, and how often it stands there."""
    best = (0, 0)
    for line in start:
        cells = next(csv.reader([line], delimiter=separator), [])
        table = _header(Row(1, line, cells), wanted)
        best = max(best, (len(table.meanings) if table else 0, len(cells)))
    return best


def _is_torn(text: str, separator: str) -> bool:
    """Whether a quotation mark that opens no cell makes rows of many lines."""
    return any(row.text.count("\n") > LONGEST_ROW for row in _rows(text, separator))


def _rows(text: str, separator: str, quoting: Any = csv.QUOTE_MINIMAL) -> Iterator[Row]:
    """The rows of a table, read as a stream."""
    taken: list[str] = []

    def feed() -> Iterator[str]:
        for line in lines(text):
            taken.append(line)
            yield line.replace("\x00", "") + "\n"

    reader = csv.reader(feed(), delimiter=separator, quoting=quoting, skipinitialspace=True)
    first = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FormatError(f"the table cannot be read in line {first}: {error}") from error
        raw = "\n".join(taken)
        taken.clear()
        is_note = first == 1 and re.fullmatch(r"sep=.", raw.strip())
        if any(cell.strip() for cell in cells) and not is_note:
            yield Row(first, raw.strip(), cells)
        first = reader.line_num + 1


def is_table(text: str) -> bool:
    """Whether a text has a header whose names are understood, and rows of as many cells."""
    start = [line for line in lines(text, 60000) if line.strip()]
    if not start or start[0].lstrip().startswith(("{", "[", "<", "@", "#", "- ", "%", "---", "TY ")):
        return False
    for separator in SEPARATORS:
        for line in start[:HEADER_WITHIN]:
            if line.rstrip().endswith("."):
                continue  # the end of a sentence, as a reference's is
            cells = next(csv.reader([line], delimiter=separator), [])
            table = _header(Row(1, line, cells), None) if len(cells) > 1 else None
            if table and len(table.meanings) >= 2 and len(table.meanings) * 2 >= len(cells) - 2:
                return len(table.meanings) > 2 or sum(separator in other for other in start) * 2 >= len(start)
    return False


READER = Reader(
    name="table",
    label="a table",
    holds="CSV and TSV of spreadsheets, Scopus, IEEE, PubMed, Web of Science, Zotero, Notion; any separator",
    endings=(".csv", ".tsv", ".tab"),
    signs=is_table,
    read=read,
    unit="row",
    takes_columns=True,
)

"""Spreadsheets (.xlsx, .ods, .xls), by calamine, which the extra `spreadsheets` installs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from odebib.errors import FormatError
from odebib.sources import columns, table
from odebib.sources.found import Found, without_empty
from odebib.sources.reading import Reader

LARGEST = 500_000_000
"""So many bytes a spreadsheet may unpack to."""


def read(content: bytes, name: str, wanted: columns.Meanings | None = None) -> Found:
    """The records of all sheets whose columns are known; of several sheets each is a section.

    Raises:
        FormatError: it is no spreadsheet, the extra is not installed, or no sheet has a known column.
    """
    sheets = list(_sheets(content))
    found: Found | None = None
    refused: FormatError | None = None
    others: list[str] = []
    for title, rows in sheets:
        try:
            one = table.read_rows(rows, title if len(sheets) > 1 else name, wanted)
        except FormatError as error:
            refused = error
            others += [title] if rows else []
            continue
        if found is None:
            found = one
            found.name, found.has_headings = name, found.has_headings or len(sheets) > 1
            continue
        found.sections += one.sections
        found.not_understood += one.not_understood
        found.taken = tuple(dict.fromkeys((*found.taken, *one.taken)))
        found.left_out = tuple(dict.fromkeys((*found.left_out, *one.left_out)))
    if found is None:
        raise refused or FormatError("this spreadsheet is empty")
    if others:
        found.remarks.append(f"no table of works: {', '.join(others)}")
    found.sections = without_empty(found.sections)
    return found


def _sheets(content: bytes) -> Iterator[tuple[str, list[table.Row]]]:
    """The name and the rows of each sheet."""
    try:
        import python_calamine
    except ImportError:
        hint = "save it as CSV, or install the reader: `pip install odebib[spreadsheets]`"
        raise FormatError("it is a spreadsheet, for which nothing is installed", hint) from None
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                if sum(member.file_size for member in packed.infolist()) > LARGEST:
                    raise FormatError("this spreadsheet is too large to be unpacked", "save it as CSV")
        except zipfile.BadZipFile as error:
            raise FormatError("this spreadsheet is damaged", "save it again, or as CSV") from error
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in book.sheet_names:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            yield title, list(_rows(rows))
    except (python_calamine.CalamineError, ValueError) as error:
        raise FormatError(f"this spreadsheet cannot be read: {error}", "save it as CSV") from error


def _rows(rows: list[list[Any]]) -> Iterator[table.Row]:
    """The rows that hold anything, their cells as they would stand in a CSV."""
    for number, cells in enumerate(rows, start=1):
        written = [_written(cell) for cell in cells]
        if any(written):
            yield table.Row(number, " | ".join(filter(None, written)), written)


def _written(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


READER = Reader(
    name="spreadsheet",
    label="a spreadsheet",
    holds="Excel, LibreOffice; each sheet with known columns (needs `odebib[spreadsheets]`)",
    endings=(".xlsx", ".ods", ".xls", ".xlsm", ".xlsb"),
    read=read,
    unit="row",
    takes_columns=True,
    reads_bytes=True,
)

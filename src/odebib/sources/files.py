"""Which reader a file needs, and reading it: every reader stands here, in the order in which it is asked."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

from odebib.errors import FormatError, UsageError, did_you_mean
from odebib.sources import (
    asciidoc,
    bbl,
    cff,
    columns,
    csl_json,
    endnote_xml,
    enw,
    folder,
    html_page,
    identifier_lines,
    json_list,
    mods,
    nbib,
    notes,
    org,
    pubmed_xml,
    ris,
    rst,
    runs,
    spreadsheet,
    table,
    thebibliography,
    unknown,
    wos,
    yaml_list,
)
from odebib.sources.bibtex import reader as bibtex
from odebib.sources.citations import page
from odebib.sources.found import Found
from odebib.sources.markdown import reader as markdown
from odebib.sources.reading import Reader

READERS: tuple[Reader, ...] = (
    html_page.READER,
    endnote_xml.READER,
    mods.READER,
    pubmed_xml.READER,
    ris.READER,
    wos.READER,
    nbib.READER,
    enw.READER,
    bbl.READER,
    thebibliography.READER,
    org.READER,
    bibtex.READER,
    identifier_lines.READER,
    notes.READER,
    csl_json.READER,
    json_list.READER,
    cff.READER,
    yaml_list.READER,
    spreadsheet.READER,
    table.READER,
    rst.READER,
    asciidoc.READER,
    markdown.READER,
    page.READER,
)
"""Every reader; of several that know a file by its signs the first one reads it."""
BY_NAME = {reader.name: reader for reader in READERS}


def read(path: Path, format: str = "auto", wanted: columns.Meanings | None = None) -> Found:
    """Read a source from a file, or from all files of a folder.

    ``format`` is the name of a reader; ``wanted`` says what columns mean whose names are not known.

    Raises:
        UsageError: there is no such file, or no such reader, or what was asked does not fit it.
        FormatError: no reader knows it, or it holds nothing that looks like the format.
    """
    if path.is_dir():
        endings = frozenset(ending for reader in READERS for ending in reader.endings)
        name = path.resolve().name
        return folder.read(path, name, lambda file: read(file, format, wanted), endings)
    try:
        if path.exists() and path.stat().st_rdev and not path.is_fifo():
            raise UsageError(f"{path} is a device and no file")
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    name = path.stem if path.stem.lower() != "readme" else path.resolve().parent.name
    try:
        return _read(path.name, name, content, format, wanted)
    except FormatError as error:
        raise FormatError(f"{path}: {error.message}", error.hint) from error


def _read(file: str, name: str, content: bytes, format: str, wanted: columns.Meanings | None) -> Found:
    chosen = named(format) if format != "auto" else of_bytes(file, content)
    text = ""
    if chosen is None or not chosen.reads_bytes:
        text = decode(content)
        chosen = chosen or detect(file, text)
        text = text if chosen.takes_columns else runs.shortened(text)
    if wanted and not chosen.takes_columns:
        reading = ", ".join(reader.name for reader in READERS if reader.takes_columns)
        raise FormatError(f"{chosen.label} has no columns to name", f"`--columns` is for {reading}")
    source = content if chosen.reads_bytes else text
    found = chosen.read(source, name, wanted) if chosen.takes_columns else chosen.read(source, name)
    found.kind, found.unit = chosen.label, chosen.unit
    if format == "auto" and unknown.holds_few_works(found):
        reason = "fewer than a third of its items have a person, a year or an address"
        hint = f"{unknown.EXPORT}; if it is a plain list of titles, say so with `--format text`"
        raise FormatError(f"it was taken for {found.described()}, but is no list of works: {reason}", hint)
    return found


def named(format: str) -> Reader:
    """The reader of a name.

    Raises:
        UsageError: there is none.
    """
    if format not in BY_NAME:
        hint = did_you_mean(format, BY_NAME) or f"the formats are {', '.join(BY_NAME)}"
        raise UsageError(f"`{format}` is no format that is read", hint)
    return BY_NAME[format]


def decode(content: bytes) -> str:
    """UTF-8 as nearly everything is today, UTF-16 where it says so, or the Latin alphabet of old .bib files.

    Raises:
        FormatError: it is no text.
    """
    decoded = _decode(content)
    if "\x00" in decoded:
        raise FormatError("it is no text file", "save it as text, a .bib or Markdown")
    return decoded


def _decode(content: bytes) -> str:
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in (["utf-16"] if is_wide else []) + ["utf-8-sig", *_wide(content), "cp1252"]:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def _wide(content: bytes) -> Sequence[str]:
    """UTF-16 that does not say so: every other byte of a text in a Latin alphabet is zero."""
    start = content[:2000]
    if len(start) < 4 or start.count(0) * 5 < len(start) * 2:
        return ()
    return ("utf-16-le",) if start[1::2].count(0) > start[::2].count(0) else ("utf-16-be",)


def of_bytes(file: str, content: bytes) -> Reader | None:
    """The reader of a file that is no text, None for text.

    Raises:
        FormatError: it is no text, and no reader knows it.
    """
    ending = Path(file).suffix.lower()
    for reader in READERS:
        if reader.reads_bytes and (ending in reader.endings) and content.startswith((b"PK", b"\xd0\xcf")):
            return reader
    if found := unknown.of_bytes(content):
        raise _refused(found)
    return None


def detect(file: str, text: str) -> Reader:
    """The reader of a text: by its ending where its signs agree, else by its signs.

    Raises:
        FormatError: it looks like something that no reader knows.

    >>> detect("refs.bib", "").name, detect("page.txt", "@article{x,").name
    ('bibtex', 'bibtex')
    >>> detect("page.txt", "- A. Author. Title.").name
    'text'
    """
    ending = Path(file).suffix.lower()
    readers = [reader for reader in READERS if not reader.reads_bytes]
    meant = [reader for reader in readers if ending in reader.endings]
    for reader in meant:
        if reader.ending_says == "all" or reader.signs(text):
            return reader
    for reader in readers:
        if reader.signs(text):
            return reader
    return _by_ending(meant, text)


def _by_ending(meant: Sequence[Reader], text: str) -> Reader:
    """The reader of a text without signs: what its ending makes likely, else that of free text."""
    likely = next((reader for reader in meant if reader.ending_says == "likely"), None)
    stranger = unknown.of_text(text)
    if stranger and (likely is None or stranger.is_markup):
        raise _refused(stranger)
    return likely or page.READER


def _refused(found: unknown.Unknown) -> FormatError:
    return FormatError(f"it looks like {found.looks_like}, which no reader knows", found.instead)

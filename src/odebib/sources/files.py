"""Which reader a file needs, and reading it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable
from pathlib import Path

from odebib.errors import FormatError, UsageError
from odebib.sources import bibtex, csl_json, ris
from odebib.sources.citations import page
from odebib.sources.found import Found
from odebib.sources.markdown import reader

READERS: dict[str, Callable[[str, str], Found]] = {
    "markdown": reader.read,
    "text": page.read,
    "bibtex": bibtex.read,
    "csl-json": csl_json.read,
    "ris": ris.read,
}
"""Every reader by the name of its format."""

ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".biblatex": "bibtex",
    ".ris": "ris",
    ".json": "csl-json",
}
"""What a file's ending tells; a ``.txt`` may hold anything."""


def read(path: Path, format: str = "auto") -> Found:
    """Read a source from a file.

    Raises:
        UsageError: there is no such file, or it is no text.
        FormatError: it holds nothing that looks like the format.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    decoded = decode(content, str(path))
    name = path.stem if path.stem.lower() != "readme" else path.resolve().parent.name
    try:
        return READERS[detect(path.name, decoded) if format == "auto" else format](decoded, name)
    except FormatError as error:
        raise FormatError(f"{path}: {error.message}", error.hint) from error


def decode(content: bytes, name: str) -> str:
    """UTF-8 as nearly everything is today, UTF-16 where it says so, or the Latin alphabet of old .bib files.

    Raises:
        FormatError: it is no text.
    """
    decoded = _decode(content)
    if "\x00" in decoded:
        raise FormatError(f"{name} is no text file", "save it as text, a .bib or Markdown")
    return decoded


def _decode(content: bytes) -> str:
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in (["utf-16"] if is_wide else []) + ["utf-8-sig", "cp1252"]:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def detect(name: str, content: str) -> str:
    """The format of a file, by its ending or else by what it holds.

    >>> detect("refs.bib", ""), detect("page.txt", "@article{x,"), detect("page.txt", "- A. Author. Title.")
    ('bibtex', 'bibtex', 'text')
    """
    ending = Path(name).suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    start = content.lstrip()[:2000]
    if re.search(r"^\s*@\w+\s*[{(]", content, re.MULTILINE):
        return "bibtex"
    if re.match(r"TY  ?- ", start):
        return "ris"
    if start.startswith(("[", "{")) and _is_json(content):
        return "csl-json"
    headings = len(re.findall(r"^ {0,3}#{1,6} \S", content, re.MULTILINE))
    links = len(re.findall(r"\]\(https?://", content))
    return "markdown" if headings >= 2 or links >= 3 else "text"


def _is_json(content: str) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True

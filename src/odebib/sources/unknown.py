"""What no reader knows: by which signs it is told, what it looks like, and what to export instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from odebib.sources.found import Found
from odebib.sources.reading import lines

EXPORT = "export BibTeX, CSL-JSON or RIS instead"
"""What every reference manager and most databases can do."""


@dataclass(frozen=True)
class Unknown:
    """A kind of file that is not read: what it looks like, and what to do instead."""

    looks_like: str
    instead: str
    is_markup: bool = False
    """Whether no ending of the name makes it anything else."""


BY_BYTES: tuple[tuple[bytes, Unknown], ...] = (
    (b"%PDF", Unknown("a PDF", "give `odebib add` its DOI or arXiv id, or " + EXPORT)),
    (b"{\\rtf", Unknown("RTF, as word processors write it", f"save it as text, or {EXPORT}")),
    (b"\xd0\xcf\x11\xe0", Unknown("a file of old Office programs", "save it as CSV or text")),
    (b"SQLite format 3", Unknown("a database (SQLite)", EXPORT)),
    (b"\x1f\x8b", Unknown("a compressed file", "unpack it first")),
    (b"7z\xbc\xaf", Unknown("a compressed file", "unpack it first")),
    (b"\x89PNG", Unknown("a picture", EXPORT)),
    (b"\xff\xd8\xff", Unknown("a picture", EXPORT)),
    (b"GIF8", Unknown("a picture", EXPORT)),
)
"""Kinds of files by their first bytes."""
BY_MEMBER: tuple[tuple[bytes, Unknown], ...] = (
    (b"word/", Unknown("a document of a word processor", f"save it as text, or {EXPORT}")),
    (b"opendocument.text", Unknown("a document of a word processor", f"save it as text, or {EXPORT}")),
    (b"ppt/", Unknown("slides", EXPORT)),
    (b"epub", Unknown("a book (EPUB)", EXPORT)),
)
"""Kinds of files that are packed, by what is within."""


def of_bytes(content: bytes) -> Unknown | None:
    """What a file looks like by its bytes, if that is nothing a reader knows."""
    for start, unknown in BY_BYTES:
        if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:16].startswith(start):
            return unknown
    if content.startswith(b"PK"):
        within = content[:4000] + content[-20000:]
        known = next((unknown for sign, unknown in BY_MEMBER if sign in within), None)
        return known or Unknown("a packed file", "unpack it first")
    return None


# -- By its lines ------------------------------------------------------------------------

CODE = re.compile(
    r"\s*(?:(?:async )?def \w+\(|class \w+[:({]|import \w|from [\w.]+ import |function\b.*\{|const \w+ "
    r"=|let \w+ ="
    r"|var \w+ =|#include\b|public \w|package \w|using \w+;|return\b.*|if \(|for "
    r"\(|\}\s*(?:else)?\s*\{?;?|\w+\(.*\);"
    r"|//.*|#!/)"
)
TAGGED = re.compile(r"(?:%[0-9A-Za-z] |[A-Z][A-Z0-9]{1,3} {0,2}- |[A-Z][A-Z0-9] {1,3}(?=\S))")
KEYED = re.compile(r"\s*(?:- )?[\"']?[A-Za-z][\w -]{0,30}[\"']?\s*(?::(?!//)|=)(?:\s|$)")
LATEX = re.compile(
    r"\s*\\(?:documentclass|usepackage|begin|section|chapter|newcommand|input|cite|label|item)\b"
)


def _starts(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: bool(compiled.match(text.lstrip("\ufeff \t\r\n")))


def _mostly(pattern: re.Pattern[str], share: float, least: int = 3) -> Callable[[str], bool]:
    """Whether so large a share of the lines that say something begins so."""

    def says(text: str) -> bool:
        start = [line for line in lines(text, 40000) if line.strip()]
        matching = sum(bool(pattern.match(line)) for line in start)
        return matching >= least and matching >= share * len(start)

    return says


def _separated(text: str) -> bool:
    """Whether the lines have three separators or more, the first as many as the next ones."""
    start = [line for line in lines(text, 40000) if line.strip()][:6]
    if len(start) < 3:
        return False
    return any(
        start[0].count(sign) >= least
        and sum(line.count(sign) == start[0].count(sign) for line in start) * 3 >= 2 * len(start)
        for sign, least in (("\t", 2), (";", 3), ("|", 3))
    ) or (start[0].count(",") >= 3 and ", " not in start[0] and len({line.count(",") for line in start}) == 1)


BY_TEXT: tuple[tuple[Callable[[str], bool], Unknown], ...] = (
    (
        _starts(r"<!doctype html|<html|<head|<body"),
        Unknown("HTML", f"save the page as text, or {EXPORT}", is_markup=True),
    ),
    (
        _starts(r"<\?xml|<!doctype|<[a-z][\w:.-]*[\s>/]"),
        Unknown("XML", f"{EXPORT}, or name the format with --format", is_markup=True),
    ),
    (
        _starts(r"\{\s*\"(?:cells|nbformat|metadata)\""),
        Unknown("a notebook (Jupyter)", "give the list itself"),
    ),
    (
        _mostly(LATEX, 0.1, 2),
        Unknown("a LaTeX source without references", "give its .bib or .bbl, or `odebib cite`"),
    ),
    (_starts(r"[\[{]\s*[\[{\"\]}]"), Unknown("JSON that cannot be read", f"check it, or {EXPORT}")),
    (
        _mostly(TAGGED, 0.5),
        Unknown("a tagged format", f"{EXPORT}, or name the format with --format"),
    ),
    (
        _separated,
        Unknown(
            "a table without known columns", "name them with `--format table --columns title=…,authors=…`"
        ),
    ),
    (_mostly(CODE, 0.4, 5), Unknown("the source of a program", "give the list itself")),
    (
        _mostly(KEYED, 0.5, 4),
        Unknown("fields with values (`key: value`)", f"make it YAML or JSON, or {EXPORT}"),
    ),
)
"""Kinds of text that free text would find titles in, by the shape of their lines."""


def of_text(text: str) -> Unknown | None:
    """What a text looks like, if that is nothing that free text can be read from."""
    return next((unknown for says, unknown in BY_TEXT if says(text)), None)


# -- The last guard ----------------------------------------------------------------------


def holds_few_works(found: Found) -> bool:
    """Whether fewer than a third of the items have a person, a year or an address.

    This needs no list of kinds: whatever was taken for a list of works holds few of them.
    """
    records = [item.record for _, item in found.records()]
    sound = sum(
        bool(
            record.authors or record.editors or record.year or record.doi or record.arxiv or record.openreview
            or record.isbn or record.url or any(record.links.items())
        )
        for record in records
    )  # fmt: skip
    return bool(records) and sound * 3 < len(records)

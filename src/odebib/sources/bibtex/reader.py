"""Reading a .bib file: each entry a record, what is broken with its line and the reason."""

from __future__ import annotations

from odebib.sources.bibtex.blocks import RE_ENTRY_START, Block, Fields, blocks
from odebib.sources.bibtex.fields import TAKEN, record_fields
from odebib.sources.bibtex.inheritance import inherited
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader
from odebib.sources.records import validated
from odebib.text.folding import RE_UNPRINTABLE

STRUCTURAL = frozenset({"comment", "preamble", "string", "xdata", "set", "control", "jabref-meta", "bibnote"})
"""Entries that are no works."""


def read(text: str, name: str) -> Found:
    """The records of a ``.bib`` file, in one section of the file's name.

    Entries that are broken stand under ``not_understood`` with line and
    reason; all others are kept, also those whose key occurs twice.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    entries = blocks(text, found)
    by_key = _by_key(entries)
    for block in entries:
        if block.type not in STRUCTURAL:
            _add(block, inherited(block, by_key), section, found)
    names = dict.fromkeys(name for block in entries if block.type not in STRUCTURAL for name in block.values)
    found.left_out = tuple(name for name in names if name not in TAKEN)
    section.records.sort(key=lambda record: record.line)
    found.not_understood.sort(key=lambda item: item.line)
    return found


def _by_key(entries: list[Block]) -> dict[str, Block]:
    """The entries by their keys, the first of a key; other keys of an entry (``ids``) lead to it, too."""
    found: dict[str, Block] = {}
    for block in entries:
        if block.key:
            found.setdefault(block.key.casefold(), block)
    for block in entries:
        for other in block.values.get("ids", "").split(","):
            if other.strip():
                found.setdefault(other.strip().casefold(), block)
    return found


def _add(block: Block, values: Fields, section: FoundSection, found: Found) -> None:
    fields = record_fields(block.type, values)
    if "title" not in fields and not fields.keys() & {"doi", "arxiv", "isbn", "url"}:
        found.not_understood.append(
            NotUnderstood(block.line, block.raw, "it has neither title nor identifier")
        )
        return
    fields |= {"text": RE_UNPRINTABLE.sub("", block.raw), "source_id": block.key}
    section.records.append(FoundRecord(block.line, validated(fields)))


READER = Reader(
    name="bibtex",
    label="BibTeX",
    holds="`.bib` files of any make, BibLaTeX too",
    endings=(".bib", ".bibtex", ".biblatex"),
    signs=lambda text: bool(RE_ENTRY_START.search(text)),
    read=read,
    unit="entry",
)

"""Bringing somebody's .bib file up to date, under their own keys.

An entry is written anew only where something about it has changed: it is
published now, its authors are complete, it was retracted. All else in the
file, comments and fields of the author's own included, stays as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bibtexparser.splitter import Splitter

from odebib.formats import biblatex, bibtex
from odebib.formats.bib import FieldsOf
from odebib.formats.bib import block as written_block
from odebib.formats.casing import bare_title
from odebib.matching import competing
from odebib.matching.index import Index
from odebib.matching.works import of_entry, of_record
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.model.record import Record
from odebib.sources.bibtex import reader as bibtex_source
from odebib.sources.found import FoundRecord
from odebib.text import bib, identifiers, names
from odebib.text.folding import fold
from odebib.text.latex import decode


@dataclass(frozen=True)
class Change:
    """What is new about one entry of the file."""

    name: str
    """The author's key."""
    key: str
    """Ours."""
    facts: tuple[str, ...]


@dataclass
class Updated:
    """The file as it should be, and what happened to it."""

    text: str
    changes: list[Change] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """The author's keys of works that are not in the bibliography; they stand as they stood."""


def update(bibliography: Bibliography, text: str, *, venues: str = "full") -> Updated:
    """The .bib file ``text`` with what has changed since it was written."""
    format = biblatex if RE_BIBLATEX.search(text) else bibtex
    index = Index()
    for key, entry in bibliography.entries.items():
        index.add(key, of_entry(entry))
    found = [found for _, found in bibtex_source.read(text, "").records()]
    matches = competing.match_all(index, [of_record(record.record) for record in found])
    meant = {  # entries may share a line
        (one.line, one.record.source_id or ""): (one, match.key if match.is_sure else None)
        for one, match in zip(found, matches, strict=True)
    }
    updated = Updated("")
    position = 0
    for place in bib.entries(text):
        line = text.count("\n", 0, place.start) + 1
        updated.text += text[position : place.start]
        position = place.end
        block = text[place.start : place.end]
        if told := meant.get((line, decode(place.key))):
            block = _block(bibliography, *told, block, updated, format.fields_of, venues)
        updated.text += block
    updated.text += text[position:]
    return updated


def _block(
    bibliography: Bibliography,
    found: FoundRecord,
    key: str | None,
    block: str,
    updated: Updated,
    fields_of: FieldsOf,
    venues: str,
) -> str:
    """One entry of the file, written anew where something has changed."""
    name = found.record.source_id or ""
    if key is None:
        updated.unknown.append(name)
        return block
    entry = bibliography.entries[key]
    facts = tuple(_facts(bibliography, found.record, entry))
    if not facts:
        updated.unchanged.append(name)
        return block
    updated.changes.append(Change(name, key, facts))
    kind, fields = fields_of(bibliography, entry, venues=venues)
    appeared = any(fact.startswith(PUBLISHED) for fact in facts)
    written = written_block(kind, name, fields).rstrip("\n")
    kept = "".join(f"  {name} = {value},\n" for name, value in _own_fields(block, fields, appeared).items())
    return f"{written[:-1]}{kept}}}" if kept else written


# -- What has changed ------------------------------------------------------------------------------

PUBLISHED = "published now"


def _facts(bibliography: Bibliography, record: Record, entry: Entry) -> Iterator[str]:
    """What the entry says that the record does not, in a few words each."""
    if entry.retracted and "retract" not in f"{record.note} {record.title}".lower():
        yield "retracted" + (f": {entry.retracted.reason}" if entry.retracted.reason else "")
    yield from _new_appearance(bibliography, record, entry)
    yield from _new_authors(record, entry)
    yield from _new_title(record, entry)
    for scheme in ("doi", "arxiv"):
        value = getattr(entry, scheme)
        if value and value != getattr(record, scheme):
            yield f"{identifiers.SCHEMES[scheme].label} {value}"


def _new_appearance(bibliography: Bibliography, record: Record, entry: Entry) -> Iterator[str]:
    where = bibliography.venue_name(entry)
    if where and not record.venue:
        yield f"{PUBLISHED}: {where} {entry.year or ''}".rstrip()
    elif entry.year and record.year != entry.year:
        yield f"year: {record.year or 'none'} → {entry.year}"
    if where and record.venue:
        theirs = bibliography.venues.find(record.venue)
        if theirs and theirs != bibliography.venue(entry):
            yield f"venue: {record.venue} → {where}"
        added = [part for part in ("volume", "pages") if getattr(entry, part) and not getattr(record, part)]
        if added:
            yield " and ".join(added) + " added"


def _new_authors(record: Record, entry: Entry) -> Iterator[str]:
    if not entry.people or not entry.authors_complete:
        return
    if not record.authors_complete:
        yield f"authors completed: {len(entry.people)}"
    elif len(record.people) != len(entry.people):
        yield f"authors: {len(record.people)} → {len(entry.people)}"
    elif not all(map(names.may_be_same, record.people, entry.people)):
        yield "authors corrected: " + ", ".join(str(name) for name in entry.people)


def _new_title(record: Record, entry: Entry) -> Iterator[str]:
    old, new = bare_title(record.title or ""), bare_title(entry.title)
    if fold(old) != fold(new):
        yield f"title: {new}"
    elif old.lower() == new.lower() and sum(map(str.isupper, old)) < sum(map(str.isupper, new)) - 2:
        yield "capitals of the title"


# -- The author's file -----------------------------------------------------------------------------

RE_BIBLATEX = re.compile(r"^\s*(?:journaltitle|date|eprinttype|eventtitle)\s*=", re.IGNORECASE | re.MULTILINE)
"""Fields that only BibLaTeX has."""
SAME = {
    "journaltitle": "journal", "date": "year", "eprinttype": "archiveprefix", "eprintclass": "primaryclass",
    "arxivid": "eprint", "school": "institution", "location": "address",
}  # fmt: skip
"""BibLaTeX's names of fields that BibTeX calls otherwise."""
OF_AN_APPEARANCE = frozenset({
    "journal", "booktitle", "howpublished", "series", "publisher", "volume", "number", "issue", "pages",
    "organization", "institution", "address", "type", "month", "eventtitle", "crossref", "issn", "eid",
})  # fmt: skip
"""Fields that say where a work appeared; they are out of date once it appears elsewhere."""
RE_OF_A_PREPRINT = re.compile(r"arxiv|preprint|submitted|under review|to appear|in press", re.IGNORECASE)


def _own_fields(block: str, ours: Mapping[str, str], appeared: bool) -> dict[str, str]:
    """The fields of the author's that ours do not replace, with their values as they stand."""
    replaced = {SAME.get(name.lower(), name.lower()) for name in ours}
    kept = {}
    for entry in Splitter(block).split().entries:
        for own in entry.fields:
            name = SAME.get(own.key.lower(), own.key.lower())
            is_old = appeared and (
                name in OF_AN_APPEARANCE or (name == "note" and RE_OF_A_PREPRINT.search(str(own.value)))
            )
            is_address = name == "url" and ("doi" in replaced or "arxiv.org" in str(own.value))
            if name not in replaced and not is_old and not is_address:
                kept[own.key] = str(own.value)
    return kept

"""CSL-JSON: what Zotero, pandoc and every citation processor read.

Types and variables are those of CSL 1.0.2
(https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from odebib.formats import json
from odebib.formats.bibtex import HOW_PUBLISHED, publisher, retraction, venue_title
from odebib.formats.casing import bare_title
from odebib.formats.markdown import address
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType
from odebib.text.names import Name

TYPES = {
    EntryType.CONFERENCE_PAPER: "paper-conference",
    EntryType.WORKSHOP_PAPER: "paper-conference",
    EntryType.JOURNAL_ARTICLE: "article-journal",
    EntryType.PREPRINT: "article",
    EntryType.CHAPTER: "chapter",
    EntryType.THESIS: "thesis",
    EntryType.BOOK: "book",
    EntryType.REPORT: "report",
    EntryType.TALK: "speech",
    EntryType.TUTORIAL: "speech",
    EntryType.SOFTWARE: "software",
    EntryType.WEBSITE: "webpage",
    EntryType.DATASET: "dataset",
    EntryType.OTHER: "document",
}
"""CSL's type for each of ours."""

WITH_CONTAINER = frozenset({"paper-conference", "article-journal", "chapter", "webpage", "document"})
"""Types that appear in something else."""


def render(bibliography: Bibliography, keys: Iterable[str], *, venues: str = "full") -> str:
    """A JSON list with an item for each key, in their order."""
    return json.dumps([item(bibliography, bibliography.entries[key], venues=venues) for key in keys])


def item(bibliography: Bibliography, entry: Entry, *, venues: str = "full") -> dict[str, Any]:
    """One entry; what is absent is left out.

    The arXiv id of a work that has appeared stands in ``note``: styles print
    ``number`` and ``archive`` in place of the pages.
    """
    kind = TYPES[bibliography.type(entry)]
    venue = bibliography.venue(entry)
    where = venue_title(bibliography, entry, venues)
    arxiv = f"arXiv:{entry.arxiv}" if entry.arxiv else ""
    preprint = arxiv if kind == "article" else ""
    fields: dict[str, Any] = {
        "id": entry.key,
        "citation-key": entry.key,
        "type": kind,
        "title": bare_title(entry.title),
        "author": [_person(name) for name in entry.authors],
        "editor": [_person(name) for name in entry.editors],
        "issued": _date(entry),
        "container-title": where if kind in WITH_CONTAINER else "",
        "container-title-short": venue.short if venue and kind in WITH_CONTAINER else "",
        "event-title": (entry.event or where) if kind == "speech" else (entry.event or ""),
        "genre": _genre(bibliography.type(entry), entry),
        "volume": entry.volume,
        "issue": entry.number if kind != "report" else None,
        "number": preprint or (entry.number if kind == "report" else None),
        "page": entry.pages,
        "publisher": "" if kind == "article-journal" else publisher(bibliography, entry),
        "archive": "arXiv" if preprint else "",
        "DOI": entry.doi,
        "ISBN": entry.isbn,
        "URL": "" if entry.doi else address(entry),
        "abstract": entry.abstract,
        "note": "; ".join(filter(None, (arxiv if not preprint else "", retraction(entry)))),
    }
    return {name: value for name, value in fields.items() if value}


def _person(name: Name) -> dict[str, str]:
    if name.literal or name.is_others:
        return {"literal": str(name)}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _date(entry: Entry) -> dict[str, list[list[int]]] | None:
    if not entry.year:
        return None
    return {"date-parts": [[entry.year, entry.month] if entry.month else [entry.year]]}


def _genre(kind: EntryType, entry: Entry) -> str:
    """What styles print in brackets: PhD thesis, Preprint, Talk."""
    if kind is EntryType.PREPRINT and entry.arxiv:
        return "Preprint"
    if kind is EntryType.THESIS:
        return "PhD thesis"
    return HOW_PUBLISHED[kind] if kind in {EntryType.TALK, EntryType.TUTORIAL} else ""

"""What a page says of a work to programs: Google Scholar, Zotero, link previews.

Highwire's ``citation_*`` names are those of Google Scholar's inclusion
guidelines (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing);
the linked data are schema.org's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from odebib import identifiers
from odebib.bibliography import Bibliography
from odebib.model import Entry, EntryType
from odebib.website.markup import plain

SCHEMA_TYPES = {
    EntryType.THESIS: "Thesis",
    EntryType.BOOK: "Book",
    EntryType.CHAPTER: "Chapter",
    EntryType.REPORT: "Report",
    EntryType.TALK: "VideoObject",
    EntryType.TUTORIAL: "LearningResource",
    EntryType.SOFTWARE: "SoftwareSourceCode",
    EntryType.WEBSITE: "WebSite",
    EntryType.DATASET: "Dataset",
    EntryType.OTHER: "CreativeWork",
}
"""schema.org's word for each type; everything else is a scholarly article."""


def highwire(bibliography: Bibliography, entry: Entry) -> list[tuple[str, str]]:
    """The ``citation_*`` names of a paper; software and talks have none."""
    if not bibliography.type(entry).is_paper:
        return []
    return [(f"citation_{name}", value) for name, value in _highwire(bibliography, entry) if value]


def _highwire(bibliography: Bibliography, entry: Entry) -> Iterator[tuple[str, str | None]]:
    yield "title", plain(entry.title)
    for name in entry.people:
        yield "author", name.sorting
    yield "publication_date", str(entry.year) if entry.year else None
    venue = bibliography.venue(entry)
    journal = bibliography.type(entry) is EntryType.JOURNAL_ARTICLE
    yield "journal_title" if journal else "conference_title", venue.name if venue else entry.venue
    yield "volume", entry.volume
    yield "issue", entry.number
    first, _, last = (entry.pages or "").partition("-")
    yield "firstpage", first
    yield "lastpage", last
    yield "doi", entry.doi
    yield "isbn", entry.isbn
    yield "arxiv_id", entry.arxiv
    arxiv_pdf = f"https://arxiv.org/pdf/{entry.arxiv}" if entry.arxiv else None
    yield "pdf_url", next(iter(entry.links.pdf), arxiv_pdf)


def linked_data(bibliography: Bibliography, entry: Entry) -> dict[str, Any]:
    """A work in the words of schema.org."""
    venue = bibliography.venue(entry)
    same_as = [
        url
        for name, scheme in identifiers.SCHEMES.items()
        if (value := getattr(entry, name)) and (url := scheme.url(value))
    ]
    described = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(bibliography.type(entry), "ScholarlyArticle"),
        "name": plain(entry.title),
        "author": [
            {"@type": "Organization" if name.literal else "Person", "name": str(name)}
            for name in entry.people
        ],
        "datePublished": str(entry.year) if entry.year else None,
        "isPartOf": {"@type": "CreativeWork", "name": venue.name} if venue else None,
        "identifier": entry.doi,
        "sameAs": [*same_as, *([entry.url] if entry.url else [])],
        "abstract": plain(entry.abstract) if entry.abstract else None,
    }
    return {name: value for name, value in described.items() if value}

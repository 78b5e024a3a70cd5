"""What a page says of a work to programs: Google Scholar, Zotero, link previews.

Highwire's ``citation_*`` names are those of Google Scholar's inclusion
guidelines (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing)
and of Zotero's translator "Embedded Metadata", which reads the Dublin Core
names of software and talks as well; the linked data are schema.org's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType
from odebib.text import identifiers
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

DUBLIN_CORE_TYPES = {
    EntryType.SOFTWARE: "Software",
    EntryType.TALK: "MovingImage",
    EntryType.TUTORIAL: "InteractiveResource",
    EntryType.WEBSITE: "InteractiveResource",
    EntryType.DATASET: "Dataset",
    EntryType.OTHER: "Text",
}
"""Dublin Core's type (https://www.dublincore.org/specifications/dublin-core/dcmi-type-vocabulary/)."""

CONTAINERS = {
    EntryType.JOURNAL_ARTICLE: "journal_title",
    EntryType.CHAPTER: "inbook_title",
    EntryType.THESIS: "dissertation_institution",
    EntryType.REPORT: "technical_report_institution",
}
"""The name under which a paper's venue or publisher stands; else it is a conference."""


def highwire(bibliography: Bibliography, entry: Entry, site_url: str | None = None) -> list[tuple[str, str]]:
    """The ``citation_*`` names of a paper; Dublin Core's for software, talks and the like."""
    if not bibliography.type(entry).is_paper:
        return [(f"DC.{name}", value) for name, value in _dublin_core(bibliography, entry) if value]
    return [(f"citation_{name}", value) for name, value in _highwire(bibliography, entry, site_url) if value]


def _highwire(
    bibliography: Bibliography, entry: Entry, site_url: str | None
) -> Iterator[tuple[str, str | None]]:
    kind = bibliography.type(entry)
    venue = bibliography.venue(entry)
    yield "title", plain(entry.title)
    for name in entry.people:
        yield "author", name.sorting
    for name in entry.editors:
        yield "editor", name.sorting
    yield "publication_date", _date(entry)
    institution = kind in {EntryType.THESIS, EntryType.REPORT}
    where = entry.publisher if institution else (venue.name if venue else entry.venue or entry.event)
    yield CONTAINERS.get(kind, "conference_title"), where
    yield "publisher", None if institution else entry.publisher or (venue.publisher if venue else None)
    yield "volume", entry.volume
    yield "issue", entry.number
    first, _, last = (entry.pages or "").partition("-")
    yield "firstpage", first
    yield "lastpage", last
    yield "doi", entry.doi
    yield "isbn", entry.isbn
    yield "arxiv_id", entry.arxiv
    for tag in bibliography.tags_of(entry):
        yield "keywords", tag.name
    yield "abstract", plain(entry.abstract) if entry.abstract else None
    yield "abstract_html_url", f"{site_url}entries/{entry.key}/" if site_url else None
    arxiv_pdf = f"https://arxiv.org/pdf/{entry.arxiv}" if entry.arxiv else None
    yield "pdf_url", next(iter(entry.links.pdf), arxiv_pdf)


def _date(entry: Entry) -> str | None:
    """``2018/12``, or the year alone."""
    if not entry.year:
        return None
    return f"{entry.year}/{entry.month:02}" if entry.month else str(entry.year)


def _dublin_core(bibliography: Bibliography, entry: Entry) -> Iterator[tuple[str, str | None]]:
    yield "title", plain(entry.title)
    yield "type", DUBLIN_CORE_TYPES.get(bibliography.type(entry))
    for name in entry.people:
        yield "creator", name.sorting
    yield "date", str(entry.year) if entry.year else None
    yield "publisher", entry.publisher
    yield "identifier", entry.url or next((url for _, url in entry.links.items()), None)
    yield "rights", entry.licence
    yield "description", plain(entry.summary) if entry.summary else None


def linked_data(bibliography: Bibliography, entry: Entry, site_url: str | None = None) -> dict[str, Any]:
    """A work in the words of schema.org."""
    kind = bibliography.type(entry)
    venue = bibliography.venue(entry)
    same_as = [
        url
        for name, scheme in identifiers.SCHEMES.items()
        if (value := getattr(entry, name)) and (url := scheme.url(value))
    ]
    described = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(kind, "ScholarlyArticle"),
        "@id": f"{site_url}entries/{entry.key}/" if site_url else None,
        "name": plain(entry.title),
        "headline": plain(entry.title) if kind.is_paper else None,
        "author": [
            {"@type": "Organization" if name.literal else "Person", "name": str(name)}
            for name in entry.people
        ],
        "datePublished": (_date(entry) or "").replace("/", "-"),
        "isPartOf": {"@type": "CreativeWork", "name": venue.name} if venue else None,
        "publisher": {"@type": "Organization", "name": entry.publisher} if entry.publisher else None,
        "pagination": entry.pages,
        "identifier": entry.doi,
        "sameAs": [*same_as, *([entry.url] if entry.url else [])],
        "keywords": [topic.name for topic in bibliography.topics_of(entry)],
        "award": list(entry.awards),
        "codeRepository": next(iter(entry.links.code), None) if kind is EntryType.SOFTWARE else None,
        "programmingLanguage": list(entry.language),
        "license": entry.licence,
        "description": plain(entry.summary) if entry.summary else None,
        "abstract": plain(entry.abstract) if entry.abstract else None,
    }
    return {name: value for name, value in described.items() if value}

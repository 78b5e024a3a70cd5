"""What a page says of a work to programs: Google Scholar, Zotero, link previews.

Highwire's ``citation_*`` names are those of Google Scholar's inclusion
guidelines (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing)
and of Zotero's translator "Embedded Metadata", which reads the Dublin Core
names of software and talks as well; the linked data are schema.org's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from odebib.formats import wording
from odebib.model import fields
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType
from odebib.text import identifiers, pages
from odebib.text.names import Name
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


Values = Sequence[str | None]


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
    from_institution = kind in wording.FROM_AN_INSTITUTION
    first, last = pages.ends(entry.pages or "")
    publisher = entry.publisher or (venue.publisher if venue else None)
    arxiv_pdf = f"https://arxiv.org/pdf/{entry.arxiv}" if entry.arxiv else None
    by_hand: dict[str, Values] = {
        "title": [plain(entry.title)],
        "author": [name.sorting for name in entry.people],
        "editor": [name.sorting for name in entry.editors],
        "publication_date": [_date(entry)],
        **dict.fromkeys(("conference_title", "dissertation_institution"), ()),
        **_container(bibliography, entry),
        "dissertation_name": [wording.genre(bibliography, entry) if kind is EntryType.THESIS else None],
        "publisher": [None if from_institution else publisher],
        "firstpage": [first],
        "lastpage": [last],
        "keywords": [tag.name for tag in bibliography.tags_of(entry)],
        "abstract": [plain(entry.abstract) if entry.abstract else None],
        "abstract_html_url": [f"{site_url}entries/{entry.key}/" if site_url else None],
        "pdf_url": [next(iter(entry.links.pdf), arxiv_pdf)],
    }
    plainly: dict[str, Values] = {
        tag: fields.texts(getattr(entry, name)) for name, tag in fields.called("highwire").items()
    }
    for tag, values in fields.in_order({**plainly, **by_hand}, HIGHWIRE_ORDER).items():
        yield from ((tag, value) for value in values)


HIGHWIRE_ORDER = (
    "title", "author", "editor", "publication_date", "conference_title", "journal_title", "inbook_title",
    "dissertation_institution", "technical_report_institution", "dissertation_name", "series_title",
    "publisher", "volume", "issue", "firstpage", "lastpage", "doi", "isbn", "arxiv_id", "keywords",
    "abstract", "abstract_html_url", "pdf_url",
)  # fmt: skip
"""The order of the names; all others follow."""


def _container(bibliography: Bibliography, entry: Entry) -> dict[str, Values]:
    """What the work appeared in, under the name for works of its type."""
    kind = bibliography.type(entry)
    venue = bibliography.venue(entry)
    where: str | None = venue.name if venue else entry.venue or entry.event
    if kind in wording.FROM_AN_INSTITUTION:
        where = entry.institution or entry.publisher
    return {CONTAINERS.get(kind, "conference_title"): [where]}


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
    by_hand = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(kind, "ScholarlyArticle"),
        "@id": f"{site_url}entries/{entry.key}/" if site_url else None,
        "name": plain(entry.title),
        "headline": plain(entry.title) if kind.is_paper else None,
        "author": [_agent(name) for name in entry.people],
        "editor": [_agent(name) for name in entry.editors],
        "datePublished": str(_date(entry)).replace("/", "-") if entry.year else None,
        **dict.fromkeys(("volumeNumber", "issueNumber")),
        "isPartOf": _whole(bibliography, entry),
        "publisher": _publisher(kind, entry),
        "pagination": _pagination(entry.pages or ""),
        "inSupportOf": wording.genre(bibliography, entry) if kind is EntryType.THESIS else None,
        "sameAs": list(_same_as(entry)),
        "keywords": [topic.name for topic in bibliography.topics_of(entry)],
        "codeRepository": next(iter(entry.links.code), None) if kind is EntryType.SOFTWARE else None,
        "description": plain(entry.summary or ""),
        "abstract": plain(entry.abstract or ""),
    }
    plainly = {name: _value(getattr(entry, field)) for field, name in fields.called("schema.org").items()}
    said = fields.in_order({**plainly, **by_hand}, SCHEMA_ORDER)
    return {name: value for name, value in said.items() if value}


SCHEMA_ORDER = (
    "@context", "@type", "@id", "name", "headline", "author", "editor", "datePublished", "isPartOf",
    "publisher", "bookEdition", "inSupportOf", "pagination", "identifier", "isbn", "sameAs", "keywords",
    "award", "codeRepository", "programmingLanguage", "license", "description", "abstract",
)  # fmt: skip
"""The order of the properties; all others follow."""


def _pagination(on: str) -> str:
    """Pages with a dash that no label holds."""
    return pages.joined(on, "–" if "--" in on else "-")


def _agent(name: Name) -> dict[str, str]:
    return {"@type": "Organization" if name.literal else "Person", "name": str(name)}


def _value(value: Any) -> Any:
    """A value as linked data have it: text, or a list of texts."""
    return fields.texts(value) if isinstance(value, tuple) else value


def _publisher(kind: EntryType, entry: Entry) -> dict[str, str] | None:
    name = (entry.institution if kind in wording.FROM_AN_INSTITUTION else None) or entry.publisher
    return {"@type": "Organization", "name": name} if name else None


def _same_as(entry: Entry) -> Iterator[str]:
    """Where else the work is described."""
    for name, scheme in identifiers.SCHEMES.items():
        value = getattr(entry, name, None)
        if value and (url := scheme.url(value)):
            yield url
    if entry.url:
        yield entry.url


def _whole(bibliography: Bibliography, entry: Entry) -> dict[str, Any] | None:
    """What the work is a part of: an issue of a volume of a journal, proceedings, a series of books."""
    venue = bibliography.venue(entry)
    name = venue.name if venue else entry.venue or entry.event
    if not name:
        return {"@type": "BookSeries", "name": entry.series} if entry.series else None
    if bibliography.type(entry) is not EntryType.JOURNAL_ARTICLE:
        return {"@type": "CreativeWork", "name": name}
    whole: dict[str, Any] = {"@type": "Periodical", "name": name}
    if entry.volume:
        whole = {"@type": "PublicationVolume", "volumeNumber": entry.volume, "isPartOf": whole}
    if entry.number:
        whole = {"@type": "PublicationIssue", "issueNumber": entry.number, "isPartOf": whole}
    return whole

"""Views: what the pages show, as data without markup.

A view is made of the bibliography alone. It holds text as the data have it
and addresses relative to the site's root; turning text into markup and
addresses into links is rendering's business.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from odebib.model import fields
from odebib.model.bibliography import Bibliography, Listing
from odebib.model.entry import RELATION_LABELS, Entry, EntryType, Version
from odebib.model.fields import TYPE_LABELS, of_traits
from odebib.model.record import Record
from odebib.text import identifiers
from odebib.text.folding import fold
from odebib.text.names import Name
from odebib.website.related import Similar

RE_MARKDOWN_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*\)")
RE_MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")

LINK_LABELS = {
    "pdf": "PDF",
    "code": "Code",
    "project": "Project page",
    "video": "Video",
    "slides": "Slides",
    "poster": "Poster",
    "data": "Data",
    "blog": "Article",
    "docs": "Docs",
}
"""What readers call each kind of link."""

PAGE_LABELS = {
    EntryType.CONFERENCE_PAPER: "Proceedings",
    EntryType.WORKSHOP_PAPER: "Workshop page",
    EntryType.JOURNAL_ARTICLE: "Journal",
    EntryType.BOOK: "Publisher",
    EntryType.CHAPTER: "Publisher",
}
"""What readers call the page of a paper's publication."""

MAIN_LINKS = ("open", "pdf", "code")
"""Links that stand as buttons; the others stand beside them as words."""

CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")
"""Hosts whose addresses are repositories."""


@dataclass(frozen=True, slots=True)
class Link:
    """A label that leads somewhere: on this site (relative to its root) or elsewhere (``https://…``)."""

    label: str
    address: str
    note: str = ""
    """More about it, for a tooltip or a line below."""
    count: int = 0
    """Of how many works it leads to, where that is shown."""
    kind: str = ""
    """What it is, for an icon or a style."""


@dataclass(frozen=True, slots=True)
class Person:
    """An author as an entry names them."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where and when a work appeared: ``NeurIPS 2018``, with what leads to it."""

    label: str
    """The venue's short name, the event, or the kind of work where there is neither."""
    address: str
    """The venue's page or the type's page; empty where there is none."""
    name: str
    """The venue's full name, with the event."""
    year: int | None
    event: str = ""

    def __str__(self) -> str:
        return f"{self.label} {self.year}" if self.year else self.label


@dataclass(frozen=True, slots=True)
class Mention:
    """That a source list holds the work: the list, the way to it, and how it words it."""

    list: Link
    sections: tuple[str, ...]
    wording: str
    quote: str


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """An earlier appearance, or the preprint."""

    label: str
    address: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a work has to do with others, in the reader's words."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class EntryView:
    """One work, for its card and its page; what only the page shows is found when asked for."""

    bibliography: Bibliography = field(repr=False)
    entry: Entry
    key: str
    address: str
    title: str
    people: tuple[Person, ...]
    complete: bool
    type: Link
    appearance: Appearance
    tags: tuple[Link, ...]
    links: tuple[Link, ...]

    @property
    def buttons(self) -> list[Link]:
        """The first link of each main kind."""
        firsts = {link.kind: link for link in reversed(self.links) if link.kind in MAIN_LINKS}
        return [firsts[kind] for kind in MAIN_LINKS if kind in firsts]

    @cached_property
    def further_links(self) -> list[Link]:
        """Identifiers, and all links that are no buttons."""
        buttons = self.buttons
        return [*_identifier_links(self.entry), *(link for link in self.links if link not in buttons)]

    @cached_property
    def abstract(self) -> list[str]:
        """The paragraphs of the abstract."""
        return _paragraphs(self.entry.abstract)

    @cached_property
    def editors(self) -> tuple[Name, ...]:
        return self.entry.editors

    @cached_property
    def topics(self) -> list[Link]:
        """The work's topics, with the sentence of each."""
        return [topic_link(self.bibliography, t.id) for t in self.bibliography.topics_of(self.entry)]

    @cached_property
    def mentions(self) -> list[Mention]:
        """Where lists hold it, in their words."""
        return [_mention(listing) for listing in self.bibliography.listed_in(self.key)]

    @cached_property
    def quotes(self) -> list[Mention]:
        """What lists quote, for a work without an abstract; the same quote once."""
        quotes = {fold(mention.quote): mention for mention in reversed(self.mentions) if mention.quote}
        return [] if self.entry.abstract else list(reversed(quotes.values()))

    @cached_property
    def versions(self) -> list[OtherVersion]:
        """Earlier appearances; the preprint among them where there is a version of record."""
        versions = [_version(self.bibliography, self.entry, version) for version in self.entry.versions]
        if self.entry.arxiv and self.is_published:
            label = f"preprint arXiv {self.entry.arxiv}"
            versions.append(OtherVersion(label, identifiers.SCHEMES["arxiv"].url(self.entry.arxiv) or ""))
        return versions

    @property
    def is_published(self) -> bool:
        """Whether there is a version of record."""
        return bool(self.entry.venue or self.entry.event or self.entry.doi)

    @cached_property
    def relations(self) -> list[Relation]:
        """Relations in both directions, those that the entry itself states first."""
        return _relations(self.bibliography, self.entry)

    @cached_property
    def details(self) -> list[tuple[str, str]]:
        """The facts that have a label, as (what, value)."""
        return [(traits.label, said) for name, traits in LABELLED if (said := _said(self.entry, name))]


LABELLED = tuple((name, traits) for name, traits in of_traits().items() if traits.label)
"""The fields that stand among the details of an entry's page."""


def _said(entry: Entry, name: str) -> str:
    """What an entry says in a field, on one line."""
    value = getattr(entry, name)
    text = ", ".join(fields.texts(value))
    return text.replace("/", " – ") if name == "event_date" else text


def entry_view(bibliography: Bibliography, key: str) -> EntryView:
    """The view of one entry."""
    entry = bibliography.entries[key]
    return EntryView(
        bibliography=bibliography,
        entry=entry,
        key=key,
        address=entry_address(key),
        title=entry.title,
        people=tuple(Person(str(name), f"authors/{bibliography.slug(name, key)}/") for name in entry.people),
        complete=entry.authors_complete,
        type=type_link(bibliography.type(entry)),
        appearance=_appearance(bibliography, entry),
        tags=tuple(
            Link(tag.name, f"tags/{tag.id}/", note=tag.description or "", kind=tag.id)
            for tag in bibliography.tags_of(entry)
        ),
        links=tuple(_links(bibliography, entry)),
    )


def entry_address(key: str) -> str:
    """The address of an entry's page."""
    return f"entries/{key}/"


# -- Parts of an entry -------------------------------------------------------------------


def _paragraphs(text: str | None) -> list[str]:
    return text.split("\n\n") if text else []


def type_link(kind: EntryType, count: int = 0) -> Link:
    """The way to the works of a type, called as readers call one of them or, with a count, several."""
    one, several = TYPE_LABELS[kind]
    return Link(several if count else one, f"types/{kind}/", count=count, kind=str(kind))


def _appearance(bibliography: Bibliography, entry: Entry) -> Appearance:
    venue = bibliography.venue(entry)
    event = entry.event or ""
    if venue:
        full = f"{event}, {venue.name}" if event else venue.name
        return Appearance(venue.short, f"venues/{venue.id}/", full, entry.year, event)
    if entry.venue:
        return Appearance(entry.venue, "", event, entry.year, event)
    if event:
        return Appearance(event, "", "", entry.year)
    kind = bibliography.type(entry)
    if kind is EntryType.OTHER:
        return Appearance("", "", "", entry.year)
    label = "arXiv" if kind is EntryType.PREPRINT and entry.arxiv else TYPE_LABELS[kind][0]
    return Appearance(label, f"types/{kind}/", TYPE_LABELS[kind][0], entry.year)


def _links(bibliography: Bibliography, entry: Entry) -> Iterator[Link]:
    """Every link of an entry once; a PDF that follows from an identifier only where none is given."""
    links = [(kind, url) for kind, url in entry.links.items()]
    if not entry.links.pdf and entry.arxiv:
        links.insert(0, ("pdf", f"https://arxiv.org/pdf/{entry.arxiv}"))
    seen: set[str] = set()
    for kind, url in links:
        if url not in seen:
            yield Link(LINK_LABELS[kind], url, note=host(url), kind=kind)
        seen.add(url)
    if entry.url and entry.url not in seen:
        yield _own_link(bibliography, entry, entry.url)


def _own_link(bibliography: Bibliography, entry: Entry, url: str) -> Link:
    """The link to the thing itself: for a paper the page of its publication, else what one would open."""
    kind = bibliography.type(entry)
    if kind.is_paper:
        return Link(PAGE_LABELS.get(kind, "Web page"), url, note=host(url), kind="page")
    if host(url) in CODE_HOSTS:
        return Link("Code", url, note=host(url), kind="code")
    label = {EntryType.TALK: "Watch", EntryType.WEBSITE: "Open website"}.get(kind, "Open")
    return Link(label, url, note=host(url), kind="open")


def host(url: str) -> str:
    """The host of an address, as people say it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _identifier_links(entry: Entry) -> Iterator[Link]:
    for name, scheme in identifiers.SCHEMES.items():
        value = getattr(entry, name)
        url = scheme.url(value) if value else None
        if url:
            label = f"{scheme.label} {value}" if name == "arxiv" else scheme.label
            yield Link(label, url, note=value, kind=name)


def topic_link(bibliography: Bibliography, identifier: str) -> Link:
    """The way to the works of a topic."""
    topic = bibliography.topics[identifier]
    count = len(bibliography.by_topic[identifier])
    return Link(topic.name, f"topics/{identifier}/", note=topic.description or "", count=count, kind="topic")


def _mention(listing: Listing) -> Mention:
    record = listing.record
    quote = record.quote or record.abstract or ""
    link = Link(listing.list.name, f"lists/{listing.list.id}/")
    return Mention(link, listing.sections, wording(record), quote)


def wording(record: Record) -> str:
    """How a list words an item, but for the title, which is shown anyway.

    >>> wording(Record(title="FFJORD", text="FFJORD (oral): [ICLR19](https://example.org) ![T](t.svg)"))
    '(oral): ICLR19'
    """
    text = without_markdown(record.text)
    return text.removeprefix(record.title or "").strip(" :;,–—-")


def without_markdown(text: str) -> str:
    """``text`` with Markdown's links reduced to their words, its images left out."""
    return " ".join(RE_MARKDOWN_LINK.sub(r"\1", RE_MARKDOWN_IMAGE.sub(" ", text)).split())


def _version(bibliography: Bibliography, entry: Entry, version: Version) -> OtherVersion:
    venue = bibliography.venues.find(version.venue) if version.venue else None
    where = [version.event, venue.short if venue else version.venue]
    label = ", ".join(filter(None, where)) or (
        f"arXiv {version.arxiv}" if version.arxiv else "earlier version"
    )
    label = f"{label} {version.year}" if version.year else label
    found = (
        identifiers.SCHEMES[name].url(value)
        for name in identifiers.SCHEMES
        if (value := getattr(version, name, None))
    )
    address = next(filter(None, found), None) or version.url or ""
    title = version.title if version.title and fold(version.title) != fold(entry.title) else None
    return OtherVersion(label, address, title or "")


def _relations(bibliography: Bibliography, entry: Entry) -> list[Relation]:
    found: dict[str, dict[str, Link]] = defaultdict(dict)
    for kind, other in entry.relations.items():
        key = bibliography.resolve(other)
        if key:
            found[RELATION_LABELS[kind][0]][key] = entry_link(bibliography, key)
    for kind, key in bibliography.related_by(entry.key):
        found[RELATION_LABELS[kind][1]][key] = entry_link(bibliography, key)
    return [Relation(label, tuple(links.values())) for label, links in found.items()]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A work that is like another, and what they have in common."""

    link: Link
    topics: tuple[Link, ...]
    people: tuple[Person, ...]
    tags: tuple[Link, ...]
    words: tuple[str, ...]


def neighbours(bibliography: Bibliography, found: Iterable[Similar]) -> list[Neighbour]:
    """Similar works as the page of a work shows them; words are named where little else is shared."""
    return [
        Neighbour(
            entry_link(bibliography, similar.key),
            topics=tuple(topic_link(bibliography, topic.id) for topic in similar.topics),
            people=tuple(
                Person(str(bibliography.people[slug].name), f"authors/{slug}/") for slug in similar.authors
            ),
            tags=tuple(Link(tag.name, f"tags/{tag.id}/", kind=tag.id) for tag in similar.tags),
            words=similar.words if len(similar.topics) + len(similar.authors) < 2 else (),
        )
        for similar in found
    ]


def entry_link(bibliography: Bibliography, key: str) -> Link:
    """The way to a work, with where it appeared."""
    entry = bibliography.entries[key]
    return Link(entry.title, entry_address(key), note=str(_appearance(bibliography, entry)))


# -- Home --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Overview:
    """What the whole is, in figures."""

    works: int
    first_year: int | None
    last_year: int | None
    people: int
    records: int
    checked: str
    """The day on which most recently an entry was checked."""
    with_code: int


def overview(bibliography: Bibliography) -> Overview:
    """The figures of the whole bibliography."""
    entries = bibliography.entries.values()
    years = [entry.year for entry in entries if entry.year]
    checked = [entry.verified.on for entry in entries if entry.verified]
    return Overview(
        works=len(bibliography.entries),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        people=len(bibliography.people),
        records=bibliography.record_count,
        checked=max(checked).isoformat() if checked else "",
        with_code=sum(1 for entry in entries if entry.links.code),
    )


def start_here(bibliography: Bibliography, limit: int) -> list[str]:
    """The works to begin with: the first of each topic, then the second, …, as far as ``limit``."""
    choices = [
        [key for key in map(bibliography.resolve, topic.start_here) if key] for topic in bibliography.topics
    ]
    found: dict[str, None] = {}
    for rank in range(max(map(len, choices), default=0)):
        found.update(dict.fromkeys(keys[rank] for keys in choices if len(keys) > rank))
    return list(found)[:limit]


# -- Former addresses --------------------------------------------------------------------


def forwards(bibliography: Bibliography) -> Iterator[tuple[str, str]]:
    """Former addresses with those they lead to now, as stems: ``entries/old`` → ``entries/new``."""
    for alias, key in bibliography.aliases.items():
        yield f"entries/{alias}", f"entries/{key}"
    vocabularies = (
        ("topics", bibliography.topics),
        ("tags", bibliography.tags),
        ("venues", bibliography.venues),
    )
    for section, vocabulary in vocabularies:
        for term in vocabulary:
            for alias in term.aliases:
                yield f"{section}/{alias}", f"{section}/{term.id}"
    for source in bibliography.lists.values():
        for alias in source.aliases:
            yield f"lists/{alias}", f"lists/{source.id}"
    for path in bibliography.paths.values():
        for alias in path.aliases:
            yield f"paths/{alias}", f"paths/{path.id}"
    for author in bibliography.authors:
        for alias in author.aliases:
            yield f"authors/{alias}", f"authors/{author.id}"

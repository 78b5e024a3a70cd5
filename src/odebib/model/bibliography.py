"""The bibliography: all entries together, and what follows from the whole of it.

What one entry says stands in :mod:`odebib.model`; here is what only the
collection knows: which key leads where, what a spelling of a venue means,
which works a topic holds, who wrote together, where a work is listed.
Nothing here reads files, judges or changes anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from odebib.model.entry import Entry, EntryType
from odebib.model.record import Record, SourceList
from odebib.model.vocabulary import Author, Decision, ReadingPath, Tag, Term, Topic, Venue, VenueKind, Words
from odebib.text.folding import fold
from odebib.text.names import Name

TermT = TypeVar("TermT", bound=Term)

TYPE_OF_VENUE = {
    VenueKind.JOURNAL: EntryType.JOURNAL_ARTICLE,
    VenueKind.CONFERENCE: EntryType.CONFERENCE_PAPER,
    VenueKind.WORKSHOP: EntryType.WORKSHOP_PAPER,
    VenueKind.BOOK: EntryType.CHAPTER,
    VenueKind.OTHER: EntryType.OTHER,
}
"""What a work is that appeared at a venue of this kind."""


class Vocabulary(Generic[TermT]):
    """The topics, tags or venues: found by id, former id, displayed name or other spelling."""

    def __init__(self, terms: Iterable[TermT] = ()) -> None:
        self.by_id: dict[str, TermT] = {term.id: term for term in terms}
        self._by_spelling: dict[str, TermT] = {}
        for term in self.by_id.values():
            for spelling in self.spellings(term):
                self._by_spelling.setdefault(spelling.casefold(), term)
        for term in self.by_id.values():
            for spelling in filter(None, map(fold, self.spellings(term))):
                self._by_spelling.setdefault(spelling, term)

    @staticmethod
    def spellings(term: Term) -> Iterator[str]:
        """Everything that people may write for a term, its id first."""
        yield term.id
        yield term.label
        name = getattr(term, "name", None)
        if name:
            yield name
        yield from term.aliases
        yield from term.spellings

    def find(self, text: str) -> TermT | None:
        """The term that ``text`` means, case, accents and punctuation aside; None if unknown."""
        return (
            self.by_id.get(text)
            or self._by_spelling.get(text.casefold())
            or self._by_spelling.get(fold(text))
        )

    def names(self) -> list[str]:
        """Everything that people may write, for near-miss hints."""
        return [name for term in self for name in dict.fromkeys(self.spellings(term))]

    def __iter__(self) -> Iterator[TermT]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self.by_id

    def __getitem__(self, identifier: str) -> TermT:
        return self.by_id[identifier]


@dataclass(frozen=True)
class Listing:
    """That a source list holds a record of an entry, and in which section."""

    list: SourceList
    sections: tuple[str, ...]
    record: Record


@dataclass(frozen=True)
class Person:
    """Somebody who wrote entries, under all spellings of their name."""

    slug: str
    name: Name
    spellings: tuple[Name, ...]
    keys: tuple[str, ...]
    author: Author | None = None
    """What ``authors.yml`` says of them; only then is the slug permanent."""


@dataclass(frozen=True)
class Bibliography:
    """All entries and vocabularies of a project; never changed once made."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    """Every entry by its citation key, in the order of the keys."""
    lists: Mapping[str, SourceList] = field(default_factory=dict)
    """Every source list by its id."""
    topics: Vocabulary[Topic] = field(default_factory=Vocabulary)
    tags: Vocabulary[Tag] = field(default_factory=Vocabulary)
    venues: Vocabulary[Venue] = field(default_factory=Vocabulary)
    words: Words = field(default_factory=Words)
    authors: tuple[Author, ...] = ()
    decisions: tuple[Decision, ...] = ()
    paths: Mapping[str, ReadingPath] = field(default_factory=dict)

    # -- Keys --

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Former citation keys, each with the key it leads to now."""
        return {alias: key for key, entry in self.entries.items() for alias in entry.aliases}

    def resolve(self, key: str) -> str | None:
        """The key of today for a key of any time, or None."""
        return key if key in self.entries else self.aliases.get(key)

    # -- What an entry means --

    def venue(self, entry: Entry) -> Venue | None:
        """The venue an entry names, or None where it names none or an unknown one."""
        return self.venues.find(entry.venue) if entry.venue else None

    def venue_name(self, entry: Entry) -> str | None:
        """The venue's short name, or what the entry wrote where the venue is unknown."""
        venue = self.venue(entry)
        return venue.short if venue else entry.venue

    def type(self, entry: Entry) -> EntryType:
        """The entry's own type, or the one that follows from its venue."""
        if entry.type:
            return entry.type
        if entry.venue:
            venue = self.venue(entry)
            kind = venue.kind if venue else _kind_of_unknown(entry)
            if entry.event and kind in {VenueKind.CONFERENCE, None}:
                return EntryType.WORKSHOP_PAPER
            return TYPE_OF_VENUE[kind or VenueKind.CONFERENCE]
        if entry.event:
            return EntryType.WORKSHOP_PAPER
        if entry.arxiv or entry.openreview:
            return EntryType.PREPRINT
        return EntryType.BOOK if entry.isbn else EntryType.OTHER

    def topics_of(self, entry: Entry) -> tuple[Topic, ...]:
        """The topics an entry names, as far as they are known."""
        return _known(self.topics, entry.topics)

    def tags_of(self, entry: Entry) -> tuple[Tag, ...]:
        """The badges of an entry, as far as they are known."""
        return _known(self.tags, entry.tags)

    # -- Groups of entries --

    def children(self, topic: str | None) -> tuple[Topic, ...]:
        """The topics directly below one, in the order of ``topics.yml``; of the tree's root with None."""
        return self._children.get(topic, ())

    @cached_property
    def _children(self) -> Mapping[str | None, tuple[Topic, ...]]:
        found: dict[str | None, list[Topic]] = defaultdict(list)
        for topic in self.topics:
            parent = self._parent(topic)
            found[parent.id if parent else None].append(topic)
        return {parent: tuple(topics) for parent, topics in found.items()}

    def ancestors(self, topic: str) -> tuple[Topic, ...]:
        """The topics above one, from the root down; a circle ends where it closes."""
        above: dict[str, Topic] = {}
        parent = self._parent(self.topics[topic])
        while parent and parent.id not in above and parent.id != topic:
            above[parent.id] = parent
            parent = self._parent(parent)
        return tuple(reversed(above.values()))

    def _parent(self, topic: Topic) -> Topic | None:
        return self.topics.find(topic.parent) if topic.parent else None

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of every topic, those of its descendants included."""
        found: dict[str, set[str]] = {topic.id: set() for topic in self.topics}
        above = {topic.id: [t.id for t in self.ancestors(topic.id)] for topic in self.topics}
        for key, entry in self.entries.items():
            for topic in self.topics_of(entry):
                for identifier in (topic.id, *above[topic.id]):
                    found[identifier].add(key)
        return {identifier: tuple(sorted(keys)) for identifier, keys in found.items()}

    @cached_property
    def by_tag(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of every tag."""
        found: dict[str, list[str]] = {tag.id: [] for tag in self.tags}
        for key, entry in self.entries.items():
            for tag in self.tags_of(entry):
                found[tag.id].append(key)
        return {identifier: tuple(keys) for identifier, keys in found.items()}

    @cached_property
    def by_venue(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of every known venue that has any."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, entry in self.entries.items():
            venue = self.venue(entry)
            if venue:
                found[venue.id].append(key)
        return {identifier: tuple(found[identifier]) for identifier in sorted(found)}

    @cached_property
    def by_year(self) -> Mapping[int, tuple[str, ...]]:
        """The keys of every year, newest year first."""
        found: dict[int, list[str]] = defaultdict(list)
        for key, entry in self.entries.items():
            if entry.year:
                found[entry.year].append(key)
        return {year: tuple(found[year]) for year in sorted(found, reverse=True)}

    @cached_property
    def by_type(self) -> Mapping[EntryType, tuple[str, ...]]:
        """The keys of every type that occurs, in the order of :class:`EntryType`."""
        found: dict[EntryType, list[str]] = defaultdict(list)
        for key, entry in self.entries.items():
            found[self.type(entry)].append(key)
        return {kind: tuple(found[kind]) for kind in EntryType if kind in found}

    # -- People --

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everybody who wrote an entry, by slug; the slug of a namesake comes from ``authors.yml``."""
        groups: dict[str, list[tuple[Name, str]]] = defaultdict(list)
        for key, entry in self.entries.items():
            for name in entry.people:
                groups[self.slug(name, key)].append((name, key))
        known = {author.id: author for author in self.authors}
        return {slug: _person(slug, groups[slug], known.get(slug)) for slug in sorted(groups)}

    def slug(self, name: Name, key: str) -> str:
        """The slug of a person as named in one entry."""
        slug = name.slug
        for author in self._namesakes.get(slug, ()):
            if key in author.entries or not author.entries:
                return author.id
        return slug

    @cached_property
    def _namesakes(self) -> Mapping[str, tuple[Author, ...]]:
        """Authors of ``authors.yml`` by every slug their names have, those tied to entries first."""
        found: dict[str, list[Author]] = defaultdict(list)
        for author in sorted(self.authors, key=lambda author: not author.entries):
            for slug in dict.fromkeys(name.slug for name in (author.name, *author.spellings)):
                found[slug].append(author)
        return {slug: tuple(authors) for slug, authors in found.items()}

    def coauthors(self, slug: str) -> list[tuple[Person, int]]:
        """Who wrote with somebody, with the number of works, most first."""
        counts: Counter[str] = Counter()
        for key in self.people[slug].keys:
            counts.update({self.slug(name, key) for name in self.entries[key].people} - {slug})
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [(self.people[other], number) for other, number in ranked]

    # -- Source lists --

    @cached_property
    def _listings(self) -> Mapping[str, tuple[Listing, ...]]:
        found: dict[str, list[Listing]] = defaultdict(list)
        for source in self.lists.values():
            for sections, record in source.records():
                key = self.resolve(record.entry) if record.entry else None
                if key:
                    found[key].append(Listing(source, sections, record))
        return {key: tuple(listings) for key, listings in found.items()}

    def listed_in(self, key: str) -> tuple[Listing, ...]:
        """Where the source lists hold an entry, in the order of the lists."""
        return self._listings.get(key, ())

    @cached_property
    def record_count(self) -> int:
        """The number of records of all source lists."""
        return sum(1 for source in self.lists.values() for _ in source.records())

    # -- Relations --

    @cached_property
    def _related_by(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, entry in self.entries.items():
            for kind, other in entry.relations.items():
                target = self.resolve(other)
                if target:
                    found[target].append((kind, key))
        return {key: tuple(pairs) for key, pairs in found.items()}

    def related_by(self, key: str) -> tuple[tuple[str, str], ...]:
        """Relations that other entries state to this one, as (kind, key of the other)."""
        return self._related_by.get(key, ())


def _kind_of_unknown(entry: Entry) -> VenueKind | None:
    """What kind of venue one is that is not listed: with a volume, not of a series, it is a journal."""
    in_volumes = entry.volume and not (entry.event or entry.series or entry.event_date)
    return VenueKind.JOURNAL if in_volumes else None


def _known(vocabulary: Vocabulary[TermT], names: Iterable[str]) -> tuple[TermT, ...]:
    found = (vocabulary.find(name) for name in names)
    return tuple({term.id: term for term in found if term}.values())


def _person(slug: str, named: list[tuple[Name, str]], author: Author | None) -> Person:
    """Of the spellings of a name the most frequent one is shown, then the longest."""
    counts = Counter(name for name, _ in named)
    spellings = sorted(counts, key=lambda name: (-counts[name], -len(str(name)), str(name)))
    keys = tuple(dict.fromkeys(key for _, key in named))
    return Person(slug, author.name if author else spellings[0], tuple(spellings), keys, author)

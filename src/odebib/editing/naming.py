"""What a source names, in the bibliography's words: venues, tags, topics; what is missing becomes a draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from odebib.editing.drafting import free_id
from odebib.formats import casing
from odebib.matching import merging, venues
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import EntryType
from odebib.model.record import Record, SourceList
from odebib.model.vocabulary import Tag, Topic, Venue
from odebib.sources.found import Found, FoundSection
from odebib.text.folding import fold, slug


class Speller(merging.Spelling):
    """Spells venues, tags and topics as the bibliography does; what is missing becomes a draft."""

    def __init__(self, bibliography: Bibliography, found: Found, list_id: str) -> None:
        self.new_topics: list[Topic] = []
        self.new_tags: list[Tag] = []
        self.new_venues: list[Venue] = []
        self.words = bibliography.words
        self.topics_known = bibliography.topics
        self.tags_known = bibliography.tags
        self.venues_known = bibliography.venues
        self.colours = {fold(badge.name): badge.colour for badge in found.badges}
        self.section_topics = _topics_of_old_sections(bibliography.lists.get(list_id))
        self.places = Places(bibliography.venues, [item.record for _, item in found.records()])
        self.source_name = fold(found.name)
        if found.has_headings:
            for section in found.sections:
                self._section(section, (), None)

    def title(self, title: str) -> str:
        """A title without the braces that BibTeX files need and this bibliography does not."""
        return casing.without_needless_braces(title, self.words)

    def venue(self, record: Record) -> str | None:
        """The short name of the record's venue; a venue that is unknown is drafted."""
        venue, _ = self.places.of(record)
        if venue and venue.id not in self.venues_known and venue not in self.new_venues:
            self.new_venues.append(venue)
        return venue.short if venue else None

    def event(self, record: Record) -> str | None:
        """The workshop or meeting that the record names, also where it stands within the venue."""
        said = record.event if record.event and fold(record.event) else None
        return said or self.places.of(record)[1]

    def tags(self, record: Record) -> list[str]:
        """The ids of the record's badges, and of its keywords as far as they are known badges."""
        keywords = [name for name in record.topics if not self.topics_known.find(name)]
        known = [found.id for name in keywords if (found := self.tags_known.find(name))]
        return [*(self._tag(name) for name in record.tags), *known]

    def _tag(self, name: str) -> str:
        found = self.tags_known.find(name)
        if found is None:
            found = free_id(
                Tag(id=slug(name) or "tag", name=name, colour=self.colours.get(fold(name)), draft=True),
                self.tags_known,
            )
            self.new_tags.append(found)
            self.tags_known = Vocabulary([*self.tags_known, found])
        return found.id

    def topics(self, record: Record) -> list[str]:
        """The record's topics as far as they are known ones."""
        return [found.id for name in record.topics if (found := self.topics_known.find(name))]

    def in_section(self, record: Record, sections: Sequence[str]) -> Record:
        """The record with the topic of its section."""
        topic = self.section_topics.get(tuple(sections))
        return record.model_copy(update={"topics": (*filter(None, [topic]), *record.topics)})

    def _section(self, section: FoundSection, above: tuple[str, ...], parent: str | None) -> None:
        """The topic of a heading: as the list's file says, by its name, or a draft.

        A heading that names no subject ("Papers", "2021") leaves its works to
        the one above it.
        """
        path = (*above, section.title)
        if path not in self.section_topics:
            title = section.title.rstrip(" .:")
            no_subject = _names_no_subject(title) or fold(title) == self.source_name
            self.section_topics[path] = parent if no_subject else self._topic(title, parent)
        for sub in section.sections:
            self._section(sub, path, self.section_topics[path] or parent)

    def _topic(self, title: str, parent: str | None) -> str:
        found = self.topics_known.find(title)
        if found is None:
            found = free_id(
                Topic(id=slug(title) or "topic", name=title, parent=parent, draft=True), self.topics_known
            )
            self.new_topics.append(found)
            self.topics_known = Vocabulary([*self.topics_known, found])
        return found.id


class Places:
    """The venues and workshops that a source names: those that are known, and drafts of the others."""

    def __init__(self, known: Vocabulary[Venue], records: Iterable[Record]) -> None:
        named = [
            (conference, EntryType.CONFERENCE_PAPER) if conference else (record.venue, record.type)
            for record in records
            if record.venue and merging.names_venue(record.venue)
            for conference in [venues.conference_of_workshop(known, record.venue)]
        ]
        self.known = known
        self.drafts = venues.draft_all(known, named)
        self.all = Vocabulary([*known, *{venue.id: venue for venue in self.drafts.values()}.values()])
        self.found: dict[str, tuple[Venue | None, str | None]] = {}

    def of(self, record: Record) -> tuple[Venue | None, str | None]:
        """The venue of a record and the workshop there, None for what there is not."""
        text = record.venue
        if not text or not merging.names_venue(text):
            return None, None
        if text not in self.found:
            workshop = venues.workshop(self.all, text) if venues.find(self.known, text) is None else None
            venue = venues.find(self.known, text) or self.drafts.get(text) or venues.find(self.all, text)
            self.found[text] = workshop or (venue, None)
        return self.found[text]


GENERIC_HEADING_WORDS = frozenset(
    ["paper", "papers", "list", "lists", "of", "and", "the", "publication", "publications", "article",
     "articles", "resources", "resource", "references", "reference", "bibliography", "misc", "miscellaneous",
     "miscellany", "other", "others", "etc", "unsorted", "uncategorized", "more", "all", "reading",
     "literature", "selected", "must", "read", "year", "before", "after", "until", "since", "earlier",
     "older", "new", "newest", "recent", "latest", "part", "section", "chapter"]
)  # fmt: skip
"""Words of headings that name no subject."""


def _names_no_subject(heading: str) -> bool:
    """Whether a heading only says what stands below it, or when it appeared."""
    return all(word in GENERIC_HEADING_WORDS or word.isdigit() for word in fold(heading).split())


def _topics_of_old_sections(source: SourceList | None) -> dict[tuple[str, ...], str | None]:
    """What a person may have set in the list's file stays so, no topic too."""
    return {path: section.topic for path, section in source.walk()} if source else {}

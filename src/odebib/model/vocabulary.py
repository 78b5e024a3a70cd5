"""Vocabularies: topics, tags, venues, words, people, decisions and reading paths."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import (
    Field,
)

from odebib.model.traits import IN_ONE_LINE
from odebib.model.values import Colour, Id, Listed, Maybe, Model, NonEmpty, Orcid, Person, Prose, Url


class VenueKind(enum.StrEnum):
    """What kind of place a work appears at."""

    CONFERENCE = "conference"
    JOURNAL = "journal"
    WORKSHOP = "workshop"
    BOOK = "book"
    OTHER = "other"


class Term(Model):
    """What topics, tags and venues have in common."""

    id: Id
    """Its part of the address; permanent once published."""
    aliases: Annotated[Listed[Id], IN_ONE_LINE] = ()
    """Former ids; they go on leading here."""
    spellings: Listed[NonEmpty] = ()
    """Other ways people write it."""
    draft: bool = False
    """Made by an import and not yet looked at by a person."""

    label_field: ClassVar[str] = "name"

    @property
    def label(self) -> str:
        """What it is called on the website."""
        return str(getattr(self, self.label_field))


class Topic(Term):
    """A node of the category tree; a topic includes its descendants."""

    name: NonEmpty
    """What it is called."""
    description: Maybe[Prose] = None
    """A sentence that says what belongs here."""
    parent: Maybe[Id] = None
    """The topic above it."""
    start_here: Annotated[Listed[NonEmpty], IN_ONE_LINE] = ()
    """One to three citation keys to start with."""
    query: Maybe[NonEmpty] = None
    """What to ask arXiv for, to find new papers."""


class Tag(Term):
    """A badge."""

    name: NonEmpty
    """What the badge says."""
    description: Maybe[Prose] = None
    """A sentence that an outsider understands."""
    colour: Maybe[Colour] = None
    """Its colour, as "#1d4ed8"."""
    icon: Maybe[Id] = None
    """Name of its icon, one of those in templates/icons."""


class Venue(Term):
    """A conference, journal or workshop, once, with every way its name is written."""

    label_field: ClassVar[str] = "short"

    short: NonEmpty
    """The name people use: NeurIPS."""
    name: NonEmpty
    """Title of the proceedings or the journal in full."""
    kind: VenueKind = VenueKind.CONFERENCE
    """conference, journal, workshop, book or other."""
    publisher: Maybe[NonEmpty] = None
    """Who publishes it."""
    url: Maybe[Url] = None
    """Its own site."""


class Words(Model):
    """Words whose case must be kept, and what abbreviations stand for."""

    proper_nouns: Listed[NonEmpty] = ()
    """Hamiltonian, Runge, … : keep their capitals in BibTeX."""
    abbreviations: dict[str, NonEmpty] = Field(default={})
    """ODE: ordinary differential equation, … ; search finds one by the other."""


class Author(Model):
    """A person of whom more must be said than the entries do."""

    id: Id
    """Their part of the address; permanent once published."""
    name: Person
    """The name as the person writes it."""
    spellings: Listed[Person] = ()
    """Other ways their name is written in entries."""
    orcid: Maybe[Orcid] = None
    """ORCID."""
    url: Maybe[Url] = None
    """Their own page."""
    entries: Listed[NonEmpty] = ()
    """Where two people share a name: the entries that are this one's."""
    aliases: Annotated[Listed[Id], IN_ONE_LINE] = ()
    """Former ids."""


class Decision(Model):
    """What a person has decided about two entries that look alike."""

    not_same: Annotated[tuple[NonEmpty, ...], Field(min_length=2), IN_ONE_LINE]
    """Keys of entries that are different works."""
    reason: NonEmpty
    """Why."""


class Step(Model):
    """A step of a reading path."""

    entry: NonEmpty
    """The citation key of what to read."""
    why: Maybe[Prose] = None
    """What it gives the reader at this point."""


class ReadingPath(Model):
    """An ordered way into a subject."""

    id: str = Field(exclude=True)
    """The stem of the file's name."""
    title: NonEmpty
    """What it is called."""
    description: Maybe[Prose] = None
    """For whom it is, and where it leads."""
    aliases: Annotated[Listed[Id], IN_ONE_LINE] = ()
    """Former ids."""
    steps: Listed[Step] = ()
    """What to read, in order."""

"""Records and source lists: what others said about works, as found."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated

from pydantic import (
    Field,
)

from odebib.model.entry import EntryType, Links
from odebib.model.traits import IN_ONE_LINE
from odebib.model.values import (
    ArxivClass,
    ArxivField,
    Degree,
    Edition,
    EventDate,
    Id,
    IsbnField,
    Listed,
    Maybe,
    Model,
    Month,
    NonEmpty,
    OpenReviewField,
    Pages,
    Person,
    Prose,
    Text,
    Url,
    Year,
    scheme,
)
from odebib.text.names import Name


class Record(Model):
    """What one source said about a work, as found; never edited to suit.

    Names, venue and tags are as the source spells them; identifiers are in
    normal form, because an identifier in another spelling says nothing else.
    """

    text: Prose = ""
    """The item as it stands in the source."""
    source_id: Maybe[NonEmpty] = None
    """The source's own name for it, such as the key in a .bib file."""
    title: Maybe[NonEmpty] = None
    """The title it gives."""
    type: Maybe[EntryType] = None
    """What kind of thing it says it is."""
    authors: Listed[Person] = ()
    """The authors it names; `others` where it says "et al."."""
    editors: Listed[Person] = ()
    """The editors it names."""
    year: Maybe[Year] = None
    """The year it gives."""
    month: Maybe[Month] = None
    """The month it gives."""
    venue: Maybe[NonEmpty] = None
    """The venue in the source's words."""
    event: Maybe[NonEmpty] = None
    """The workshop or meeting in the source's words."""
    event_date: Maybe[EventDate] = None
    """First and last day of the meeting."""
    volume: Maybe[NonEmpty] = None
    """Volume."""
    number: Maybe[NonEmpty] = None
    """Issue."""
    pages: Maybe[Pages] = None
    """Pages."""
    publisher: Maybe[NonEmpty] = None
    """Publisher."""
    series: Maybe[NonEmpty] = None
    """Series of the book or proceedings."""
    edition: Maybe[Edition] = None
    """Edition."""
    institution: Maybe[NonEmpty] = None
    """University of a thesis, institution of a report."""
    degree: Maybe[Degree] = None
    """What a thesis was written for."""
    howpublished: Maybe[NonEmpty] = None
    """How it was published, in the source's words."""
    doi: Maybe[Annotated[Text, scheme("doi")]] = None
    """DOI, in normal form."""
    arxiv: Maybe[ArxivField] = None
    """arXiv id, without version."""
    arxiv_class: Maybe[ArxivClass] = None
    """arXiv's primary subject class."""
    openreview: Maybe[OpenReviewField] = None
    """OpenReview id."""
    isbn: Maybe[IsbnField] = None
    """ISBN."""
    url: Maybe[Url] = None
    """The address it leads to, where that is no identifier."""
    links: Links = Links()
    """Code, video and the like."""
    tags: Annotated[Listed[NonEmpty], IN_ONE_LINE] = ()
    """Badges, by their names."""
    topics: Annotated[Listed[NonEmpty], IN_ONE_LINE] = ()
    """Keywords of its own, where the source has them."""
    awards: Annotated[Listed[NonEmpty], IN_ONE_LINE] = ()
    """best paper, oral, …"""
    summary: Maybe[Prose] = None
    """What the list says of it in a sentence of its own."""
    quote: Maybe[Prose] = None
    """What it quotes, often from the abstract."""
    abstract: Maybe[Prose] = None
    """The abstract, where the source calls it one."""
    note: Maybe[Prose] = None
    """Other remarks."""
    language: Annotated[Listed[NonEmpty], IN_ONE_LINE] = ()
    """Programming language."""
    licence: Maybe[NonEmpty] = None
    """Licence."""
    unsure: dict[str, NonEmpty] = Field(default_factory=dict)
    """Fields that the reader doubts, each with the reason; they go into no entry."""
    entry: Maybe[NonEmpty] = None
    """The entry it was found to be: its citation key."""
    confirm: bool = False
    """Whether somebody should confirm that; until then it brings nothing into the entry."""
    gone: Maybe[datetime.date] = None
    """The day it was first missing from the source."""

    @property
    def certain(self) -> Record:
        """The record without the fields its reader doubts; the title stays, for a work must be called."""
        fields = type(self).model_fields
        doubted = {name for name in self.unsure if name in fields and name not in {"title", "text"}}
        blank = {name: fields[name].get_default(call_default_factory=True) for name in doubted}
        return self.model_copy(update=blank) if doubted else self

    @property
    def people(self) -> tuple[Name, ...]:
        """The authors without a closing `others`."""
        return tuple(name for name in self.authors if not name.is_others)

    @property
    def authors_complete(self) -> bool:
        """Whether the list of authors is not known to be cut."""
        return len(self.people) == len(self.authors)

    @property
    def titles(self) -> tuple[str, ...]:
        """The title, as a tuple like :attr:`Entry.titles`."""
        return (self.title,) if self.title else ()


class Section(Model):
    """A heading of a source list with what stands under it, in order."""

    title: NonEmpty
    """The heading."""
    topic: Maybe[NonEmpty] = None
    """The topic that its works belong to."""
    records: Listed[Record] = ()
    """The items under the heading itself."""
    sections: Listed[Section] = ()
    """The headings below it."""

    def walk(self, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Section]]:
        """This section and all below it, each with the titles that lead to it."""
        path = (*above, self.title)
        yield path, self
        for section in self.sections:
            yield from section.walk(path)


class SourceList(Model):
    """A curated list made by others: sections with records, in their order."""

    id: str = Field(exclude=True)
    """The stem of the file's name."""
    name: NonEmpty
    """What the list is called."""
    url: Maybe[Url] = None
    """Where it lives."""
    description: Maybe[Prose] = None
    """A sentence about it."""
    licence: Maybe[NonEmpty] = None
    """Its licence."""
    aliases: Annotated[Listed[Id], IN_ONE_LINE] = ()
    """Former ids."""
    unique: Maybe[bool] = None
    """Whether it has each work once; without it, that is so if no two of its records look like one work."""
    sections: Listed[Section] = ()
    """Its headings, with their records."""
    imported: Maybe[NonEmpty] = None
    """Fingerprints of the items read from it, so that one taken out by hand does not come back."""

    def walk(self) -> Iterator[tuple[tuple[str, ...], Section]]:
        """All sections in order, each with the titles that lead to it."""
        for section in self.sections:
            yield from section.walk()

    def records(self) -> Iterator[tuple[tuple[str, ...], Record]]:
        """All records in order, each with the titles of its sections."""
        for path, section in self.walk():
            for record in section.records:
                yield path, record

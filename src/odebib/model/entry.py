"""Entries: our description of a work. One file, named by its citation key."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator
from functools import cached_property

from pydantic import (
    Field,
)

from odebib.model.values import (
    ArxivClass,
    ArxivField,
    DoiField,
    IsbnField,
    Key,
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
)
from odebib.text import identifiers
from odebib.text.names import Name


class EntryType(enum.StrEnum):
    """What kind of thing a work is; the first five follow from the venue."""

    CONFERENCE_PAPER = "conference-paper"
    JOURNAL_ARTICLE = "journal-article"
    WORKSHOP_PAPER = "workshop-paper"
    PREPRINT = "preprint"
    CHAPTER = "chapter"
    THESIS = "thesis"
    BOOK = "book"
    REPORT = "report"
    TALK = "talk"
    TUTORIAL = "tutorial"
    SOFTWARE = "software"
    WEBSITE = "website"
    DATASET = "dataset"
    OTHER = "other"

    @property
    def is_paper(self) -> bool:
        """Whether it is a written work, which has authors and a version of record."""
        return self in PAPER_TYPES


PAPER_TYPES = frozenset(
    {
        EntryType.CONFERENCE_PAPER,
        EntryType.JOURNAL_ARTICLE,
        EntryType.WORKSHOP_PAPER,
        EntryType.PREPRINT,
        EntryType.CHAPTER,
        EntryType.THESIS,
        EntryType.BOOK,
        EntryType.REPORT,
    }
)


class Links(Model):
    """Where to get the work and what belongs to it; every link may be one address or a list."""

    pdf: Listed[Url] = ()
    """The paper as PDF, where it is free to read (arXiv's own follows from `arxiv`)."""
    code: Listed[Url] = ()
    """Source code, the authors' own first."""
    project: Listed[Url] = ()
    """The project's page."""
    video: Listed[Url] = ()
    """A recorded talk."""
    slides: Listed[Url] = ()
    """Slides of a talk."""
    poster: Listed[Url] = ()
    """A poster."""
    data: Listed[Url] = ()
    """A data set."""
    blog: Listed[Url] = ()
    """An article that explains the work."""
    docs: Listed[Url] = ()
    """Documentation, for software."""

    def items(self) -> Iterator[tuple[str, str]]:
        """Every link as (kind, address), in the order of the fields."""
        for kind in type(self).model_fields:
            for url in getattr(self, kind):
                yield kind, url


class Version(Model):
    """An earlier appearance of a work: a workshop paper, a changed title."""

    title: Maybe[NonEmpty] = None
    """Its title, where it differs."""
    type: Maybe[EntryType] = None
    """What kind of thing it was."""
    venue: Maybe[NonEmpty] = None
    """Where it appeared."""
    event: Maybe[NonEmpty] = None
    """The workshop or meeting."""
    year: Maybe[Year] = None
    """When it appeared."""
    volume: Maybe[NonEmpty] = None
    """Volume."""
    number: Maybe[NonEmpty] = None
    """Issue."""
    pages: Maybe[Pages] = None
    """First and last page."""
    doi: Maybe[DoiField] = None
    """Its DOI."""
    arxiv: Maybe[ArxivField] = None
    """Its arXiv id."""
    openreview: Maybe[OpenReviewField] = None
    """Its OpenReview id."""
    url: Maybe[Url] = None
    """Its page."""


class Verified(Model):
    """When an entry was checked, and against what."""

    on: datetime.date
    """The day, as 2026-11-21."""
    by: Listed[NonEmpty] = ()
    """Kinds of source: publisher's page, proceedings page, several .bib files, repository, …"""


class Waiver(Model):
    """A check silenced for one entry."""

    check: NonEmpty
    """The check's name, as `odebib check` prints it in brackets."""
    reason: NonEmpty
    """Why it does not apply here."""


class Retraction(Model):
    """That a work was retracted or withdrawn."""

    on: Maybe[datetime.date] = None
    """The day of the notice."""
    reason: Maybe[Text] = None
    """What the notice says, in short."""
    url: Maybe[Url] = None
    """The notice."""


RELATION_LABELS: dict[str, tuple[str, str]] = {
    "extends": ("extends", "extended by"),
    "supersedes": ("supersedes", "superseded by"),
    "implements": ("implements", "implemented by"),
    "presents": ("presents", "presented in"),
    "surveys": ("surveys", "surveyed by"),
    "applies": ("applies", "applied by"),
    "compares": ("compares with", "compared in"),
    "related": ("related to", "related to"),
}
"""Each relation's words on the website, read forwards and backwards."""


class Relations(Model):
    """How this work relates to others, as their citation keys."""

    extends: Listed[NonEmpty] = ()
    """Works that this one builds on and enlarges."""
    supersedes: Listed[NonEmpty] = ()
    """Works that this one replaces."""
    implements: Listed[NonEmpty] = ()
    """Papers whose method this software provides."""
    presents: Listed[NonEmpty] = ()
    """Papers that this talk or tutorial is about."""
    surveys: Listed[NonEmpty] = ()
    """Works that this survey treats at length."""
    applies: Listed[NonEmpty] = ()
    """Works whose method this one applies."""
    compares: Listed[NonEmpty] = ()
    """Works that this one compares with at length."""
    related: Listed[NonEmpty] = ()
    """Works close to this one in some other way."""

    def items(self) -> Iterator[tuple[str, str]]:
        """Every relation as (kind, key)."""
        for kind in type(self).model_fields:
            for key in getattr(self, kind):
                yield kind, key


class Entry(Model):
    """Our description of one work: one file, named by its citation key."""

    key: str = Field(exclude=True)
    """The citation key: the stem of the file's name, never a field in it."""
    title: NonEmpty
    """Title as published. `{…}` keeps the case of a word in BibTeX, `$…$` is mathematics."""
    other_titles: Listed[NonEmpty] = ()
    """Earlier or shortened titles, by which people may look for it."""
    type: Maybe[EntryType] = None
    """What it is. Papers need none (it follows from the venue); talks, software, … do."""
    authors: Listed[Person] = ()
    """One person a line, as people write names; `others` ends a list known to be incomplete."""
    editors: Listed[Person] = ()
    """Editors, for books."""
    year: Maybe[Year] = None
    """Year of the version of record; for a preprint, of its first version."""
    month: Maybe[Month] = None
    """Month, 1 to 12."""
    venue: Maybe[NonEmpty] = None
    """Conference or journal, in any spelling that `venues.yml` knows; never a preprint server."""
    event: Maybe[NonEmpty] = None
    """Workshop, seminar or meeting, where it is not the venue itself."""
    volume: Maybe[NonEmpty] = None
    """Volume of the journal or proceedings."""
    number: Maybe[NonEmpty] = None
    """Issue, or number of the article."""
    pages: Maybe[Pages] = None
    """First and last page: 6571-6583."""
    publisher: Maybe[NonEmpty] = None
    """Publisher, where it is not the venue's; for a thesis, the university."""
    doi: Maybe[DoiField] = None
    """DOI of the version of record; arXiv's own DOIs belong into `arxiv`."""
    arxiv: Maybe[ArxivField] = None
    """arXiv id without version: 1806.07366."""
    arxiv_class: Maybe[ArxivClass] = None
    """arXiv's primary subject class: cs.LG."""
    openreview: Maybe[OpenReviewField] = None
    """OpenReview's forum id."""
    isbn: Maybe[IsbnField] = None
    """ISBN of a whole book."""
    url: Maybe[Url] = None
    """Page of the version of record, or the thing's own address (software, website)."""
    versions: Listed[Version] = ()
    """Earlier appearances, such as a workshop paper; not the preprint of the same title."""
    links: Links = Links()
    """PDF, code, video and so on."""
    summary: Maybe[NonEmpty] = None
    """One sentence in our own words that says what the work does, at most 160 characters."""
    abstract: Maybe[Prose] = None
    """The paper's own abstract, whole or as far as a list quotes it."""
    topics: Listed[NonEmpty] = ()
    """One to three topics of `topics.yml`, the most specific ones."""
    tags: Listed[NonEmpty] = ()
    """Badges of `tags.yml`."""
    awards: Listed[NonEmpty] = ()
    """best paper, oral, spotlight, …"""
    retracted: Maybe[Retraction] = None
    """Set when the work was retracted."""
    note: Maybe[Prose] = None
    """What a reader must know besides."""
    relations: Relations = Relations()
    """How it relates to other entries."""
    language: Listed[NonEmpty] = ()
    """Programming language, for software."""
    licence: Maybe[NonEmpty] = None
    """SPDX name of the licence, for software."""
    package: Maybe[NonEmpty] = None
    """Name in the language's package index, for software."""
    aliases: Listed[Key] = ()
    """Former citation keys; they go on leading here."""
    added: Maybe[datetime.date] = None
    """The day it was added; set when it is merged."""
    verified: Maybe[Verified] = None
    """When it was last checked, and against what kinds of source."""
    waive: Listed[Waiver] = ()
    """Checks that do not apply to this entry, each with its reason."""

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """All titles it is known by: its own, other ones, those of its versions."""
        versions = (version.title for version in self.versions if version.title)
        return tuple(dict.fromkeys((self.title, *self.other_titles, *versions)))

    @cached_property
    def people(self) -> tuple[Name, ...]:
        """The authors without a closing `others`."""
        return tuple(name for name in self.authors if not name.is_others)

    @property
    def authors_complete(self) -> bool:
        """Whether the list of authors does not end in `others`."""
        return len(self.people) == len(self.authors)

    @property
    def first_appeared(self) -> int | None:
        """The earliest year known of the work in any version."""
        years = [self.year, *(version.year for version in self.versions)]
        if self.arxiv:
            years.append(identifiers.arxiv_year(self.arxiv))
        return min((year for year in years if year), default=None)

"""Entries: our description of a work. One file, named by its citation key."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import (
    Field,
)

from odebib.model.traits import (
    BY_RULE,
    IN_ONE_LINE,
    NAME,
    TEXT,
    TITLE,
    TOGETHER,
    UNION,
    WHERE,
    Called,
    Traits,
)
from odebib.model.values import (
    ArxivClass,
    ArxivField,
    Degree,
    DoiField,
    Edition,
    EventDate,
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
    Title,
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

    title: Maybe[Title] = None
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
    by: Annotated[Listed[NonEmpty], IN_ONE_LINE] = ()
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
    title: Annotated[
        Title,
        Traits("Neural Ordinary Differential Equations", BY_RULE, place=TITLE, in_table=True),
        Called("bibtex=title ris=TI csl-json=title highwire=title schema.org=name"),
    ]
    """Title as published. `{…}` keeps case in BibTeX, `*…*` emphasises, `$…$` is mathematics."""
    other_titles: Annotated[Listed[Title], Traits("[Neural ODEs]", BY_RULE, place=TITLE)] = ()
    """Earlier or shortened titles, by which people may look for it."""
    type: Annotated[
        Maybe[EntryType],
        Traits("software", TOGETHER, place=WHERE, in_table=True),
        Called("ris=TY csl-json=type schema.org=@type"),
    ] = None
    """What it is. Papers need none (it follows from the venue); talks, software, … do."""
    authors: Annotated[
        Listed[Person],
        Traits("- Ricky T. Q. Chen", BY_RULE, place=NAME, in_table=True),
        Called("bibtex=author ris=AU csl-json=author highwire=author schema.org=author"),
    ] = ()
    """One person a line, as people write names; `others` ends a list known to be incomplete."""
    editors: Annotated[
        Listed[Person],
        Traits("- Isabelle Guyon", BY_RULE, place=NAME),
        Called("bibtex=editor ris=ED csl-json=editor highwire=editor schema.org=editor"),
    ] = ()
    """Editors, for books."""
    year: Annotated[
        Maybe[Year],
        Traits("2018", TOGETHER, place=NAME, in_table=True),
        Called(
            "bibtex=year biblatex=date ris=PY csl-json=issued "
            "highwire=publication_date schema.org=datePublished"
        ),
    ] = None
    """Year of the version of record; for a preprint, of its first version."""
    month: Annotated[
        Maybe[Month],
        Traits("12", TOGETHER, in_table=True),
        Called(
            "bibtex=month biblatex=date ris=DA csl-json=issued "
            "highwire=publication_date schema.org=datePublished"
        ),
    ] = None
    """Month, 1 to 12."""
    venue: Annotated[
        Maybe[NonEmpty],
        Traits("NeurIPS", TOGETHER, place=WHERE, in_table=True),
        Called(
            "bibtex=booktitle ris=T2 csl-json=container-title highwire=conference_title schema.org=isPartOf"
        ),
    ] = None
    """Conference or journal, in any spelling that `venues.yml` knows; never a preprint server."""
    event: Annotated[
        Maybe[NonEmpty],
        Traits(
            "Workshop on Machine Learning and the Physical Sciences", TOGETHER, place=WHERE, in_table=True
        ),
        Called("bibtex=booktitle ris=T2 csl-json=event-title highwire=conference_title schema.org=isPartOf"),
    ] = None
    """Workshop, seminar or meeting, where it is not the venue itself."""
    event_date: Annotated[
        Maybe[EventDate],
        Traits("2018-12-03/2018-12-08", TOGETHER, label="Date of the event", in_table=True),
        Called("biblatex=eventdate csl-json=event-date"),
    ] = None
    """First and last day of the meeting: 2018-12-03/2018-12-08."""
    volume: Annotated[
        Maybe[NonEmpty],
        Traits("31", TOGETHER, in_table=True),
        Called("bibtex=volume ris=VL csl-json=volume highwire=volume schema.org=volumeNumber"),
    ] = None
    """Volume of the journal or proceedings."""
    number: Annotated[
        Maybe[NonEmpty],
        Traits("4", TOGETHER, in_table=True),
        Called("bibtex=number ris=IS csl-json=issue highwire=issue schema.org=issueNumber"),
    ] = None
    """Issue, or number of the article."""
    pages: Annotated[
        Maybe[Pages],
        Traits("6571-6583", TOGETHER, in_table=True),
        Called("bibtex=pages ris=SP csl-json=page highwire=firstpage schema.org=pagination"),
    ] = None
    """First and last page: 6571-6583."""
    publisher: Annotated[
        Maybe[NonEmpty],
        Traits("Springer", TOGETHER, label="Publisher", in_table=True),
        Called("bibtex=publisher ris=PB csl-json=publisher highwire=publisher schema.org=publisher"),
    ] = None
    """Publisher, where it is not the venue's."""
    series: Annotated[
        Maybe[NonEmpty],
        Traits("Lecture Notes in Computer Science", TOGETHER, place=WHERE, label="Series", in_table=True),
        Called("bibtex=series ris=T3 csl-json=collection-title highwire=series_title"),
    ] = None
    """Series that a book or proceedings are a volume of: Lecture Notes in Computer Science."""
    edition: Annotated[
        Maybe[Edition],
        Traits("2", TOGETHER, label="Edition", in_table=True),
        Called("bibtex=edition ris=ET csl-json=edition schema.org=bookEdition"),
    ] = None
    """Edition of a book: 2, or in words what no number says."""
    institution: Annotated[
        Maybe[NonEmpty],
        Traits("ETH Zürich", TOGETHER, place=WHERE, label="Institution", in_table=True),
        Called("bibtex=institution ris=PB csl-json=publisher highwire=dissertation_institution"),
    ] = None
    """University of a thesis, institution of a report."""
    degree: Annotated[
        Maybe[Degree],
        Traits("PhD", TOGETHER, label="Degree", in_table=True),
        Called("bibtex=type ris=M3 csl-json=genre schema.org=inSupportOf"),
    ] = None
    """What a thesis was written for: PhD, master's, bachelor's, habilitation, …"""
    howpublished: Annotated[
        Maybe[NonEmpty],
        Traits("Lecture at the summer school", TOGETHER, label="Published as", in_table=True),
        Called("bibtex=howpublished csl-json=medium"),
    ] = None
    """How it was published, where it appeared in none of the usual ways."""
    doi: Annotated[
        Maybe[DoiField],
        Traits("10.1007/s40304-017-0103-z", TOGETHER, place=WHERE, in_table=True),
        Called("bibtex=doi ris=DO csl-json=DOI highwire=doi schema.org=identifier"),
    ] = None
    """DOI of the version of record; arXiv's own DOIs belong into `arxiv`."""
    arxiv: Annotated[
        Maybe[ArxivField],
        Traits("1806.07366", place=WHERE, in_table=True),
        Called("bibtex=eprint ris=AN csl-json=number highwire=arxiv_id schema.org=sameAs"),
    ] = None
    """arXiv id without version: 1806.07366."""
    arxiv_class: Annotated[
        Maybe[ArxivClass], Traits("cs.LG"), Called("bibtex=primaryClass biblatex=eprintclass")
    ] = None
    """arXiv's primary subject class: cs.LG."""
    openreview: Annotated[
        Maybe[OpenReviewField],
        Traits("blfSjHeFM_e", in_table=True),
        Called("bibtex=url biblatex=eprint ris=UR csl-json=URL schema.org=sameAs"),
    ] = None
    """OpenReview's forum id."""
    isbn: Annotated[
        Maybe[IsbnField],
        Traits("9780306406157", label="ISBN", in_table=True),
        Called("bibtex=isbn ris=SN csl-json=ISBN highwire=isbn schema.org=isbn"),
    ] = None
    """ISBN of a whole book."""
    url: Annotated[
        Maybe[Url],
        Traits(
            "https://proceedings.neurips.cc/paper/2018/hash/69386f6b-Abstract.html", TOGETHER, in_table=True
        ),
        Called("bibtex=url ris=UR csl-json=URL schema.org=sameAs"),
    ] = None
    """Page of the version of record, or the thing's own address (software, website)."""
    versions: Annotated[
        Listed[Version],
        Traits("- venue: ICLR\n  event: Workshop on Deep Differential Equations\n  year: 2020", BY_RULE),
    ] = ()
    """Earlier appearances, such as a workshop paper; not the preprint of the same title."""
    links: Annotated[
        Links,
        Traits("code: https://github.com/rtqichen/torchdiffeq", BY_RULE),
        Called("ris=L1 highwire=pdf_url schema.org=codeRepository"),
    ] = Links()
    """PDF, code, video and so on."""
    summary: Annotated[
        Maybe[NonEmpty],
        Traits(
            "A network's depth becomes continuous time, trained through the adjoint equation.",
            place=TEXT,
            in_table=True,
        ),
        Called("schema.org=description"),
    ] = None
    """One sentence in our own words that says what the work does, at most 160 characters."""
    abstract: Annotated[
        Maybe[Prose],
        Traits(">-\n  We introduce …", place=TEXT),
        Called("bibtex=abstract ris=AB csl-json=abstract highwire=abstract schema.org=abstract"),
    ] = None
    """The paper's own abstract, whole or as far as a list quotes it."""
    topics: Annotated[
        Listed[NonEmpty],
        Traits("[neural-odes]", UNION, place=TEXT, in_table=True),
        IN_ONE_LINE,
        Called("schema.org=keywords"),
    ] = ()
    """One to three topics of `topics.yml`, the most specific ones."""
    tags: Annotated[
        Listed[NonEmpty],
        Traits("[theory, sequences]", UNION, place=TEXT, in_table=True),
        IN_ONE_LINE,
        Called("ris=KW highwire=keywords"),
    ] = ()
    """Badges of `tags.yml`."""
    awards: Annotated[
        Listed[NonEmpty],
        Traits("[best paper]", UNION, place=TEXT, in_table=True),
        IN_ONE_LINE,
        Called("schema.org=award"),
    ] = ()
    """best paper, oral, spotlight, …"""
    retracted: Annotated[
        Maybe[Retraction],
        Traits("reason: The authors found an error in the proof.\nurl: https://example.org/notice"),
        Called("bibtex=note ris=N1 csl-json=note"),
    ] = None
    """Set when the work was retracted."""
    note: Annotated[
        Maybe[Prose],
        Traits("In French", place=TEXT),
        Called("bibtex=note ris=N1 csl-json=note"),
    ] = None
    """What a reader must know besides. A phrase without a full stop stands in references as well."""
    relations: Annotated[Relations, Traits("extends: [chen2018neural]", BY_RULE)] = Relations()
    """How it relates to other entries."""
    language: Annotated[
        Listed[NonEmpty],
        Traits("Julia", UNION, label="Language"),
        IN_ONE_LINE,
        Called("schema.org=programmingLanguage"),
    ] = ()
    """Programming language, for software."""
    licence: Annotated[Maybe[NonEmpty], Traits("MIT", label="Licence"), Called("schema.org=license")] = None
    """SPDX name of the licence, for software."""
    package: Annotated[Maybe[NonEmpty], Traits("torchdiffeq", place=WHERE, label="Package")] = None
    """Name in the language's package index, for software."""
    aliases: Annotated[Listed[Key], Traits("[chen2018odes]", BY_RULE), IN_ONE_LINE] = ()
    """Former citation keys; they go on leading here."""
    added: Annotated[Maybe[datetime.date], Traits("2026-11-21")] = None
    """The day it was added; set when it is merged."""
    verified: Annotated[Maybe[Verified], Traits("on: 2026-11-21\nby: [publisher's page]")] = None
    """When it was last checked, and against what kinds of source."""
    waive: Annotated[
        Listed[Waiver], Traits("- check: no-year\n  reason: The page gives none.", UNION, inner=True)
    ] = ()
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

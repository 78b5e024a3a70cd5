"""The data: entries, records, source lists and vocabularies, as pydantic models.

Everything here is frozen and knows no files. Input is what the YAML holds,
every scalar as the text that was written; the types of the fields turn it
into values, and what does not fit is refused with a sentence that says why.
Field descriptions become the JSON Schemas and the field reference.
"""

from __future__ import annotations

import datetime
import enum
import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from odebib import citekeys, identifiers, names
from odebib.names import Name

# -- Values ------------------------------------------------------------------------------


def _clean(value: Any) -> Any:
    """Unicode text in NFC, on one line, with single spaces; control characters are refused."""
    if not isinstance(value, str):
        return value
    text = value if value.isascii() else unicodedata.normalize("NFC", value)
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    text = " ".join(text.split())
    if control := RE_CONTROL.search(text):
        before = text[max(control.start() - 20, 0) : control.start()]
        where = f"behind “{before}”" if before else "at its start"
        raise ValueError(f"holds an invisible character (U+{ord(control[0]):04X}) {where}; delete it")
    return text


def _clean_paragraphs(value: Any) -> Any:
    """As :func:`_clean`, but an empty line separates paragraphs."""
    if not isinstance(value, str) or "\n" not in value:
        return _clean(value)
    return "\n\n".join(filter(None, (_clean(part) for part in re.split(r"\n\s*\n", value))))


RE_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""Control characters and those that reorder text on the screen."""
RE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""An id of a topic, tag, venue or list: lower-case words with hyphens."""
RE_PAGES = re.compile(r" ?(?:[–—]|-{1,3}) ?")
"""What people write between first and last page."""
RE_ET_AL = re.compile(r"\bet\.? +al\b")
"""How a list of authors is cut."""
RE_UNUSUAL = re.compile(r"^-|^$|[<>{},;&]| and | et")
"""What a name must hold to be no name of one person."""
RE_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,6}")
"""Given names that are only initials."""
RE_GLUED_DASH = re.compile(r"-\w")
"""An item of a list whose dash sticks to it; YAML takes all such lines for one text."""

Text = Annotated[str, BeforeValidator(_clean)]
Prose = Annotated[str, BeforeValidator(_clean_paragraphs)]
NonEmpty = Annotated[str, StringConstraints(min_length=1), BeforeValidator(_clean)]


NOTHING = frozenset({"", "~", "null"})
"""How YAML writes that there is no value."""


def _as_list(value: Any) -> Any:
    """One value where a list may stand is a list of one; an empty value is an empty list."""
    if isinstance(value, str):
        return [] if value.strip() in NOTHING else [value]
    return [] if value is None else value


def _empty_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip() in NOTHING else value


T = TypeVar("T")
Listed = Annotated[tuple[T, ...], BeforeValidator(_as_list)]
Maybe = Annotated[T | None, BeforeValidator(_empty_is_none)]


def _url(value: str) -> str:
    if identifiers.is_web_address(value):
        return value
    if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", value):
        raise ValueError(f"`{value}` is no web address; write `https://{value}`")
    raise ValueError(
        f"`{value}` is no web address; it must start with https:// or http:// and hold no spaces"
    )


def _scheme(name: str) -> Any:
    def normalise(value: str) -> str:
        found = identifiers.SCHEMES[name].normalise(value)
        if found is None:
            scheme = identifiers.SCHEMES[name]
            kind = scheme.label if scheme.label.isupper() else f"{scheme.label} id"
            raise ValueError(f"`{value}` is no {kind}; it looks like `{scheme.example}`")
        return found

    return AfterValidator(normalise)


def _doi_of_record(value: str) -> str:
    if value.startswith(identifiers.ARXIV_DOI_PREFIX):
        arxiv_id = value.removeprefix(identifiers.ARXIV_DOI_PREFIX)
        raise ValueError(f"this DOI is arXiv's own; write `arxiv: {arxiv_id}` and leave `doi` out")
    return value


def _id(value: str) -> str:
    if not RE_ID.fullmatch(value):
        raise ValueError(f"`{value}` is no id; use lower-case letters, digits and hyphens")
    return value


def _key(value: str) -> str:
    if not citekeys.is_legal(value):
        raise ValueError(f"`{value}` is no citation key; use lower-case letters and digits only")
    return value


def _orcid(value: str) -> str:
    digits = value.removeprefix("https://").removeprefix("http://").removeprefix("orcid.org/").upper()
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", digits, re.ASCII):
        raise ValueError(f"`{value}` is no ORCID; it looks like `0000-0002-1825-0097`")
    return digits


def _year(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,9}", value.strip()):
        raise ValueError(f"`{value}` is no year; write it as 2018")
    return value


def normal_month(value: str) -> str:
    """The number of a month, as text.

    Raises:
        ValueError: it is none.
    """
    for number, month in enumerate(MONTHS, start=1):
        if value.lower().rstrip(".") in {month, month[:3], str(number), f"{number:02}"}:
            return str(number)
    raise ValueError(f"`{value}` is no month; write a number from 1 to 12")


MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def normal_pages(value: str) -> str:
    """A page range with one hyphen, whatever dash was written."""
    return RE_PAGES.sub("-", value)


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError(f'`{value}` is no colour; write it as "#1d4ed8" (with the quotes)')
    return value.lower()


def _name(value: Any) -> Name:
    if isinstance(value, Name):
        return value
    if isinstance(value, str):
        return _person(value)
    if isinstance(value, list):
        flat = ", ".join(map(str, value))
        raise ValueError(f"is a list to YAML because of the brackets, but one person is one text\n- {flat}")
    if isinstance(value, dict) and (len(value) == 1 or not any(value.values())):
        flat = ", ".join(f"{name}: {item}" if item else str(name) for name, item in value.items())
        raise ValueError(f'is a set of fields to YAML; a group stands in braces and quotes\n- "{{{flat}}}"')
    raise ValueError("is a set of fields; write the name as people do\n- Given Family")


@lru_cache(maxsize=262144)
def _person(value: str) -> Name:
    text = _clean(value)
    problem = _why_not_one_person(text)
    if problem:
        raise ValueError(problem)
    return names.parse(text)


def split_people(text: str) -> list[str]:
    """The people of a pasted author line: ``A. B, C. D and E. F`` are three.

    >>> split_people("Ricky Chen, Yulia Rubanova and David Duvenaud")
    ['Ricky Chen', 'Yulia Rubanova', 'David Duvenaud']
    """
    text = " ".join(text.split())
    if not any(sign in text for sign in (",", ";", " and ", " & ")):
        return [text] if text else []
    parts = re.split(r" ?(?:, ?and | and | & |;) ?", text)
    people: list[str] = []
    for part in parts:
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        people += _people_between_commas(pieces)
    return people


def _people_between_commas(pieces: list[str]) -> list[str]:
    """The people of a line without "and": whole names, ``Last, F.`` in pairs, or one ``Last, Jr., First``."""
    if len(pieces) == 3 and names.RE_SUFFIX.fullmatch(pieces[1]):
        return [", ".join(pieces)]
    if (
        len(pieces) > 2
        and len(pieces) % 2 == 0
        and all(RE_INITIALS.fullmatch(piece) for piece in pieces[1::2])
    ):
        return [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=True)]
    if len(pieces) > 2 or all(" " in piece for piece in pieces):
        return pieces
    return [", ".join(pieces)]


def _why_not_one_person(text: str) -> str | None:
    if not RE_UNUSUAL.search(text):
        return None
    if text.startswith("{") and text.endswith("}"):
        return None
    if not text:
        return "is empty; delete the line or write a name"
    if RE_GLUED_DASH.match(text):
        return "a space is missing behind the dash\n" + re.sub(r"(?:^| )-(?=\w)", "\n  - ", text).strip("\n")
    if "<" in text or ">" in text:
        return f"`{text}` holds markup; write only the name"
    if RE_ET_AL.search(text):
        return "`et al.` is no person; list all authors, or end the list with `- others`"
    people = split_people(text)
    if len(people) > 1:
        lines = "\n".join(f"  - {person}" for person in people)
        if len(people) == 2 and text.count(",") == 1 and "{" not in text:
            lines += f"\nor, if it is one person:\n  - {people[1]} {{{people[0]}}}"
        return f"`{text}` looks like {len(people)} people; write one a line:\n{lines}"
    return None


Url = Annotated[NonEmpty, AfterValidator(_url)]
DoiField = Annotated[Text, _scheme("doi"), AfterValidator(_doi_of_record)]
ArxivField = Annotated[Text, _scheme("arxiv")]
ArxivClass = Annotated[Text, StringConstraints(pattern=r"^[a-z][a-z-]*(\.[A-Za-z-]+)?$")]
OpenReviewField = Annotated[Text, _scheme("openreview")]
IsbnField = Annotated[Text, _scheme("isbn")]
Id = Annotated[NonEmpty, AfterValidator(_id)]
Key = Annotated[NonEmpty, AfterValidator(_key)]
Orcid = Annotated[Text, AfterValidator(_orcid)]
Year = Annotated[int, Field(ge=1000, le=2200), BeforeValidator(_year)]
Month = Annotated[int, BeforeValidator(normal_month)]
Pages = Annotated[Text, AfterValidator(normal_pages)]
Colour = Annotated[Text, AfterValidator(_colour)]
Person = Annotated[
    Name,
    PlainValidator(_name),
    PlainSerializer(lambda name: name.written, return_type=str),
    WithJsonSchema({"type": "string", "minLength": 1}),
]


class Model(BaseModel):
    """Base of all models: frozen, and a field that is not in the model is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


# -- Entries -----------------------------------------------------------------------------


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


# -- Records and source lists ------------------------------------------------------------


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
    volume: Maybe[NonEmpty] = None
    """Volume."""
    number: Maybe[NonEmpty] = None
    """Issue."""
    pages: Maybe[Pages] = None
    """Pages."""
    publisher: Maybe[NonEmpty] = None
    """Publisher."""
    doi: Maybe[Annotated[Text, _scheme("doi")]] = None
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
    tags: Listed[NonEmpty] = ()
    """Badges, by their names."""
    topics: Listed[NonEmpty] = ()
    """Keywords of its own, where the source has them."""
    awards: Listed[NonEmpty] = ()
    """best paper, oral, …"""
    summary: Maybe[Prose] = None
    """What the list says of it in a sentence of its own."""
    quote: Maybe[Prose] = None
    """What it quotes, often from the abstract."""
    abstract: Maybe[Prose] = None
    """The abstract, where the source calls it one."""
    note: Maybe[Prose] = None
    """Other remarks."""
    language: Listed[NonEmpty] = ()
    """Programming language."""
    licence: Maybe[NonEmpty] = None
    """Licence."""
    entry: Maybe[NonEmpty] = None
    """The entry it was found to be: its citation key."""
    gone: Maybe[datetime.date] = None
    """The day it was first missing from the source."""

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
    aliases: Listed[Id] = ()
    """Former ids."""
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


# -- Vocabularies ------------------------------------------------------------------------


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
    aliases: Listed[Id] = ()
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
    start_here: Listed[NonEmpty] = ()
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
    abbreviations: dict[str, NonEmpty] = {}
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
    aliases: Listed[Id] = ()
    """Former ids."""


class Decision(Model):
    """What a person has decided about two entries that look alike."""

    not_same: Annotated[tuple[NonEmpty, ...], Field(min_length=2)]
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
    aliases: Listed[Id] = ()
    """Former ids."""
    steps: Listed[Step] = ()
    """What to read, in order."""

"""Works: what matching looks at, made of an entry or of a record."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from odebib.matching.series import Series, series_of
from odebib.model.entry import Entry, EntryType
from odebib.model.record import Record
from odebib.text import identifiers, names, titles
from odebib.text.titles import Title


class Kind(enum.StrEnum):
    """The kinds of things that are never one work, whatever their names."""

    PAPER = "paper"
    BOOK = "book"
    TALK = "talk"
    SOFTWARE = "software"
    WEBSITE = "website"
    DATASET = "data set"


KINDS = {
    EntryType.BOOK: Kind.BOOK,
    EntryType.TALK: Kind.TALK,
    EntryType.TUTORIAL: Kind.TALK,
    EntryType.SOFTWARE: Kind.SOFTWARE,
    EntryType.WEBSITE: Kind.WEBSITE,
    EntryType.DATASET: Kind.DATASET,
}
"""The kind of each type of entry; all others are papers, save `other`, which may be anything."""


MINOR_TYPES = {EntryType.PREPRINT, EntryType.WORKSHOP_PAPER, EntryType.REPORT, EntryType.THESIS}
"""Types of works that are often published again elsewhere."""


@dataclass(frozen=True, slots=True)
class Work:
    """What matching looks at; made by :func:`of_entry` and :func:`of_record`."""

    titles: tuple[Title, ...] = ()
    authors: tuple[names.Signature, ...] = ()
    authors_complete: bool = True
    years: tuple[int, ...] = ()
    """Years of its versions, that of the version of record first."""
    venues: tuple[str, ...] = ()
    """Names of its venue and those of its versions, as written."""
    series: Series = Series.UNKNOWN
    kind: Kind | None = None
    identifiers: frozenset[str] = frozenset()
    """All identifiers, each as ``scheme:value``."""
    volume: str | None = None
    pages: str | None = None

    @property
    def title(self) -> str:
        """Its title as written; empty where it has none."""
        return self.titles[0].text if self.titles else ""

    def of_scheme(self, scheme: str) -> frozenset[str]:
        """Its identifiers of one scheme, without the scheme's name."""
        start = scheme + ":"
        return frozenset(found[len(start) :] for found in self.identifiers if found.startswith(start))


def of_entry(entry: Entry, spellings: Callable[[str], Iterable[str]] | None = None) -> Work:
    """The :class:`Work` of an entry, its other titles and versions included.

    ``spellings`` gives all names of a venue, where a vocabulary of venues is at hand.
    """
    versions = entry.versions
    years = [entry.year, *(version.year for version in versions)]
    found = _identifiers_of(entry)
    for version in versions:
        found |= _identifiers_of(version)
    venues = [name for name in (entry.venue, entry.event, *(version.venue for version in versions)) if name]
    if entry.arxiv:
        years.append(identifiers.arxiv_year(entry.arxiv))
    return Work(
        titles=tuple(titles.prepare(text) for text in entry.titles),
        authors=signatures(entry.people),
        authors_complete=entry.authors_complete,
        years=tuple(dict.fromkeys(year for year in years if year)),
        venues=_spelled(venues, spellings),
        series=_series(entry.type, venues[:1], numbered=bool(entry.volume and entry.number)),
        kind=_kind(entry.type) or Kind.PAPER,
        identifiers=frozenset(found),
        volume=entry.volume,
        pages=entry.pages,
    )


def of_record(record: Record, spellings: Callable[[str], Iterable[str]] | None = None) -> Work:
    """The :class:`Work` of a record of a source; ``spellings`` as for :func:`of_entry`."""
    venues = [name for name in (record.venue, record.event) if name]
    kind = _kind(record.type)
    if kind is None and record.type is None and (record.arxiv or record.doi or record.venue or record.pages):
        kind = Kind.PAPER
    years = [record.year] if record.year else []
    if record.arxiv and not years:
        years.append(identifiers.arxiv_year(record.arxiv))
    return Work(
        titles=(titles.prepare(record.title),) if record.title else (),
        authors=signatures(record.people),
        authors_complete=record.authors_complete,
        years=tuple(years),
        venues=_spelled(venues, spellings),
        series=_series(record.type, venues[:1], numbered=bool(record.volume)),
        kind=kind,
        identifiers=frozenset(_identifiers_of(record)),
        volume=record.volume,
        pages=record.pages,
    )


def signatures(people: Iterable[names.Name]) -> tuple[names.Signature, ...]:
    """What is compared of authors; a name without a letter is none."""
    found = (names.signature(name) for name in people)
    return tuple(signature for signature in found if signature.family)


def _kind(type_: EntryType | None) -> Kind | None:
    if type_ is None or type_ is EntryType.OTHER:
        return None
    return KINDS.get(type_, Kind.PAPER)


def _spelled(venues: list[str], spellings: Callable[[str], Iterable[str]] | None) -> tuple[str, ...]:
    if spellings is None:
        return tuple(venues)
    return tuple(dict.fromkeys(name for venue in venues for name in (venue, *spellings(venue))))


RE_VOLUME_DOI = re.compile(r"10\.\d{4,9}/(?:97[89]-?[\d-]{9,14}|b\d{5,6})")
"""DOIs of whole volumes, as Springer and others make them of the ISBN."""


def _identifiers_of(source: Any) -> set[str]:
    """The identifiers of an entry, a version or a record, as ``scheme:value``."""
    found: set[str] = set()
    if source.arxiv:
        found.add(f"arxiv:{source.arxiv}")
    if source.doi:
        if source.doi.startswith(identifiers.ARXIV_DOI_PREFIX):
            found.add("arxiv:" + source.doi.removeprefix(identifiers.ARXIV_DOI_PREFIX))
        elif not RE_VOLUME_DOI.fullmatch(source.doi):
            found.add(f"doi:{source.doi}")
    if source.openreview:
        found.add(f"openreview:{source.openreview}")
    isbn = getattr(source, "isbn", None)
    if isbn and source.type is EntryType.BOOK:
        found.add(f"isbn:{isbn}")
    if source.url and not _add_identifiers_of_url(source.url, found) and (address := plain_url(source.url)):
        found.add(f"url:{address}")
    return found


def _add_identifiers_of_url(url: str, found: set[str]) -> bool:
    """Add what an address holds, unless that scheme is known; whether it holds anything."""
    held = identifiers.of_url(url)
    for scheme, value in held.items():
        if not any(known.startswith(scheme + ":") for known in found) and not RE_VOLUME_DOI.fullmatch(value):
            found.add(f"{scheme}:{value}")
    return bool(held)


def plain_url(url: str) -> str:
    """What is compared of an address: host and path; empty where it names only a host.

    >>> plain_url("http://www.github.com/rtqichen/TorchDiffEq/")
    'github.com/rtqichen/torchdiffeq'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/").removesuffix("/index.html")
    host = (parts.netloc.rsplit("@", 1)[-1]).lower().removeprefix("www.")
    if host == "github.com":
        path = path.lower().removesuffix(".git")
    query = f"?{parts.query}" if parts.query else ""
    return host + path + query if path or query else ""


def _series(type_: EntryType | None, venues: list[str], *, numbered: bool) -> Series:
    """What kind of publication it is, by the venue's name, or that it has a volume.

    The type says little: programs write `@article` and `@inproceedings` for anything.
    """
    found = series_of(venues[0]) if venues else Series.UNKNOWN
    if found is not Series.UNKNOWN:
        return found
    if type_ in MINOR_TYPES:
        return Series.MINOR
    return Series.JOURNAL if numbered and venues else Series.UNKNOWN

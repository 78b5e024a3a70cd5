"""Comparing two works: what speaks for one and the same, what against, and the verdict.

A :class:`Work` is what matching looks at, made of an entry or of a record.
:func:`compare` weighs two of them by its rules. It is a
pure function; nothing in it was learnt from examples.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from odebib.model.entry import Entry, EntryType
from odebib.model.record import Record
from odebib.text import identifiers, names, titles
from odebib.text.folding import fold_words
from odebib.text.titles import PLAIN, Difference, Title, Vocabulary

# -- Works -------------------------------------------------------------------------------


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


class Series(enum.StrEnum):
    """What kind of publication a venue's name speaks of."""

    CONFERENCE = "conference"
    JOURNAL = "journal"
    MINOR = "preprint, report or workshop"
    UNKNOWN = ""


RE_MINOR = re.compile(
    r"\b(?:arxiv|corr|biorxiv|medrxiv|ssrn|openreview|preprint|report|rep|workshop|thesis|dissertation"
    r"|manuscript|unpublished|submitted|draft|tr|memo|tech|technical)\b"
)
RE_CONFERENCE = re.compile(
    r"\b(?:conference|conf|conferences|proc|proceedings|symposium|symp|congress|meeting|colloquium"
    r"|advances in neural information processing systems)\b"
)
RE_JOURNAL = re.compile(
    r"\b(?:journal|journals|j|jnl|trans|transactions|letters|lett|record|rec|magazine|mag|bulletin|annals"
    r"|communications|comm|commun|quarterly|surveys|reviews?|archive|reports|acta|zeitschrift|revue|nature)\b"
)


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


@lru_cache(maxsize=65536)
def series_of(venue: str) -> Series:
    """What kind of publication the name of a venue speaks of.

    >>> [str(series_of(name)) for name in ["VLDB J.", "SIGMOD Conference", "arXiv19", "Inverse Problems"]]
    ['journal', 'conference', 'preprint, report or workshop', '']
    """
    text = " ".join(fold_words(re.sub(r"\d+", " ", venue)))
    if RE_MINOR.search(text):
        return Series.MINOR
    conference, journal = RE_CONFERENCE.search(text), RE_JOURNAL.search(text)
    if conference and journal:  # "Proceedings of the … SIGMOD Record", "Conference on Communications"
        return Series.UNKNOWN
    return Series.CONFERENCE if conference else Series.JOURNAL if journal else Series.UNKNOWN


# -- Venues ------------------------------------------------------------------------------

GENERIC_VENUE_WORDS = frozenset(
    [
        "proceedings",
        "proc",
        "in",
        "of",
        "the",
        "on",
        "and",
        "for",
        "international",
        "intl",
        "int",
        "conference",
        "conf",
        "symposium",
        "symp",
        "annual",
        "acm",
        "ieee",
        "workshop",
        "journal",
        "journals",
        "j",
        "trans",
        "transactions",
        "a",
        "an",
        "th",
        "st",
        "nd",
        "rd",
        "advances",
        "record",
        "lecture",
        "notes",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    ]
)
"""Words that many venues share."""


@lru_cache(maxsize=262144)
def venues_agree(one: str, other: str) -> bool:
    """Whether two names of venues seem to mean the same one, abbreviations considered.

    >>> venues_agree("ACM Trans. Database Syst.", "ACM Transactions on Database Systems (TODS)")
    True
    >>> venues_agree("VLDB", "Proc. of Very Large Data Bases"), venues_agree("ICML18", "NeurIPS18")
    (True, False)
    """
    mine, theirs = _venue_words(one), _venue_words(other)
    if not mine or not theirs:
        return fold_words(one) == fold_words(other)
    if mine == theirs or _abbreviates(mine, theirs) or _abbreviates(theirs, mine):
        return True
    return _holds_acronym(mine, theirs) or _holds_acronym(theirs, mine)


def _venue_words(venue: str) -> tuple[str, ...]:
    words = fold_words(re.sub(r"\d+", " ", venue[:300]))
    return tuple(word for word in words if word not in GENERIC_VENUE_WORDS)[:24]


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each word of ``short`` begins a word of ``long``, in order."""
    rest = iter(long)
    return len(short) <= len(long) and all(
        any(word.startswith(start) or (start.startswith(word) and len(word) > 3) for word in rest)
        for start in short
    )


def _holds_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a word of ``short`` is made of the initials of words of ``long``."""
    initials = "".join(word[0] for word in long)
    return any(len(word) > 2 and (word in long or (len(long) > 2 and word in initials)) for word in short)


# -- Evidence ----------------------------------------------------------------------------


class Verdict(enum.IntEnum):
    """Whether two works are one; the greater, the surer."""

    DIFFERENT = 0
    AMBIGUOUS = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against two works being one."""

    identifiers: tuple[str, ...] = ()
    """Schemes of which both have the same identifier."""
    title: float = 0.0
    """How far the titles agree, from 0 to 1."""
    authors: float | None = None
    """How far the authors agree, from 0 (disjoint) to 1; None where one has none."""
    year: int | None = None
    """How many years lie between them; None where one has no year."""
    venue: bool | None = None
    """Whether the venues agree; None where that cannot be told."""
    vetoes: tuple[str, ...] = ()
    """What forbids that they are one."""
    doubts: tuple[str, ...] = ()
    """What keeps them from being called one."""
    difference: Difference = Difference.UNRELATED
    """In what way the titles differ."""
    shared: str = ""
    """The first shared identifier, as people write it."""

    @property
    def reason(self) -> str:
        """The evidence in a sentence for a person."""
        parts = [f"same {self.shared}"] if self.shared else []
        parts.append(TITLE_WORDS[self.difference])
        if self.authors is not None:
            level = (
                "agree"
                if self.authors >= AGREE
                else "partly agree"
                if self.authors > 0
                else "have none in common"
            )
            parts.append(f"authors {level}")
        elif not self.identifiers:
            parts.append("authors not compared")
        if self.year:
            parts.append(f"{self.year} year{'s' * (self.year > 1)} apart")
        return "; ".join(dict.fromkeys((*parts, *self.vetoes, *self.doubts)))

    def as_json(self) -> dict[str, Any]:
        """The object that ``import --report json`` and ``duplicates --format json`` print."""
        return {
            "identifiers": list(self.identifiers),
            "title": round(self.title, 3),
            "authors": None if self.authors is None else round(self.authors, 3),
            "year": self.year,
            "venue": self.venue,
            "vetoes": list(self.vetoes),
            "reason": self.reason,
        }

    @property
    def score(self) -> float:
        """A number from 0 to 1 by which candidates are ranked; it decides nothing alone."""
        if self.vetoes:
            return 0.0
        authors = 0.7 if self.authors is None else self.authors
        year = 0.6 if self.year is None else max(0.0, 1 - 0.35 * self.year)
        venue = 0.5 if self.venue is None else float(self.venue)
        support = 0.45 * self.title + 0.2 * authors + 0.15 * year + 0.1 * venue
        return round(support + (0.1 if self.identifiers else 0.0) - 0.05 * len(self.doubts), 4)


AGREE = 0.5
"""From here on, lists of authors are said to agree."""
TITLE_WORDS = {
    Difference.NONE: "titles agree",
    Difference.SPELLING: "titles agree but for spelling",
    Difference.SUBTITLE: "titles agree but for the subtitle",
    Difference.CUT: "one title is the beginning of the other",
    Difference.WRAPPED: "one title is part of the other",
    Difference.INSERTED: "one title has words more",
    Difference.EXCHANGED: "titles are alike",
    Difference.NUMBER: "titles differ in a number",
    Difference.UNRELATED: "titles are unrelated",
}


def compare(
    one: Work,
    other: Work,
    vocabulary: Vocabulary = PLAIN,
    *,
    repeated: bool | None = None,
    shared_pages: Collection[str] = (),
    venues_known: bool | None = None,
) -> tuple[Evidence, Verdict]:
    """The evidence that two works are one, and what follows from it.

    ``one`` is what is asked about, ``other`` an entry, whose title is whole.
    What only a bibliography knows is passed in: the ``vocabulary`` of its titles,
    whether the title is ``repeated`` year by year (False: it is known to be unique), identifiers that are
    ``shared_pages`` of many works, and whether it is known that the venues agree.
    """
    shared = one.identifiers & other.identifiers
    if shared and shared_pages:
        shared = frozenset(name for name in shared if name not in shared_pages)
    title, named = _compare_titles(one, other, vocabulary)
    if not shared and title.difference >= Difference.NUMBER:
        numbers = ("titles differ in a number",) if title.difference is Difference.NUMBER else ()
        return Evidence(title=title.agreement, difference=title.difference, vetoes=numbers), Verdict.DIFFERENT
    authors = names.lists_agreement(
        one.authors, other.authors, complete=one.authors_complete and other.authors_complete
    )
    year = _years_apart(one, other)
    venue = venues_known
    if venue is None and one.venues and other.venues:
        venue = _venues_agree(one, other)
    vetoes = _vetoes(one, other, authors)
    schemes = tuple(sorted({name.partition(":")[0] for name in shared})) if shared else ()
    facts = _Facts(
        one, other, title, named, authors, year, venue, schemes, repeated, venues_known is False, vocabulary
    )
    verdict, doubts = _judge(facts, vetoes)
    evidence = Evidence(
        schemes,
        title.agreement,
        authors,
        year,
        venue,
        vetoes,
        doubts,
        title.difference,
        _written(min(shared)) if shared else "",
    )
    return evidence, verdict


def _written(identifier: str) -> str:
    """An identifier as people write it: ``arXiv id 1806.07366``."""
    scheme, _, value = identifier.partition(":")
    label = {"arxiv": "arXiv id", "url": "address"}.get(scheme)
    return f"{label or identifiers.SCHEMES[scheme].label} {value}"


def _compare_titles(one: Work, other: Work, vocabulary: Vocabulary) -> tuple[titles.Comparison, Title | None]:
    """The best comparison among all titles, and the shorter title of that pair."""
    if len(one.titles) == 1 == len(other.titles) and one.titles[0].key == other.titles[0].key:
        mine = one.titles[0]
        return titles.Comparison(1.0, Difference.NONE, len(mine.words)), mine
    best, named = titles.UNRELATED, None
    for mine in one.titles:
        for theirs in other.titles:
            found = titles.compare(mine, theirs, vocabulary)
            if Difference.SPELLING < found.difference < Difference.UNRELATED:
                found = titles.compare(mine, theirs, vocabulary, _explained(one, other))
            if named is None or (-found.difference, found.agreement) > (-best.difference, best.agreement):
                best, named = found, mine if len(mine.words) <= len(theirs.words) else theirs
    return best, named


def _explained(one: Work, other: Work) -> frozenset[str]:
    """Words that get stuck to titles: authors, years, words of the venue."""
    words: set[str] = set()
    for work in (one, other):
        words.update(author.family for author in work.authors)
        words.update(author.given for author in work.authors)
        words.update(str(year) for year in work.years)
        for venue in work.venues[:2]:
            words.update(titles.content_words(fold_words(venue)))
    return frozenset(words)


def _years_apart(one: Work, other: Work) -> int | None:
    if not one.years or not other.years:
        return None
    if one.years[0] == other.years[0]:
        return 0
    return min(abs(mine - theirs) for mine in one.years for theirs in other.years)


def _venues_agree(one: Work, other: Work) -> bool | None:
    """True where names agree, False where one is a journal and the other a conference, else None."""
    for mine in one.venues:
        for theirs in other.venues:
            if mine == theirs:
                return True
    kinds = {one.series, other.series}
    if kinds == {Series.CONFERENCE, Series.JOURNAL}:
        return False
    if Series.JOURNAL in kinds and Series.UNKNOWN in kinds:  # VLDB J. need not be VLDB
        return None
    agree = any(venues_agree(mine, theirs) for mine in one.venues for theirs in other.venues)
    return True if agree else None


def _vetoes(one: Work, other: Work, authors: float | None) -> tuple[str, ...]:
    """What forbids that two works are one, whatever else agrees."""
    found = []
    if one.identifiers and other.identifiers:
        for scheme, label in (("arxiv", "arXiv ids"), ("doi", "DOIs")):
            mine, theirs = one.of_scheme(scheme), other.of_scheme(scheme)
            if scheme == "doi":
                mine, theirs = _published(mine), _published(theirs)
            if mine and theirs and not mine & theirs:
                found.append(f"different {label}: {min(mine)} and {min(theirs)}")
    if one.kind and other.kind and one.kind is not other.kind:
        pair = {one.kind, other.kind}
        if pair != {Kind.PAPER, Kind.BOOK} and Kind.WEBSITE not in pair:
            found.append(
                f"a {one.kind} and a {other.kind}"
                if one.kind < other.kind
                else f"a {other.kind} and a {one.kind}"
            )
    if authors == 0:
        found.append("no author in common")
    return tuple(found)


def _published(dois: Iterable[str]) -> frozenset[str]:
    return frozenset(doi for doi in dois if not identifiers.is_preprint_doi(doi))


# -- The verdict -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Facts:
    """All that the verdict depends on."""

    one: Work
    other: Work
    title: titles.Comparison
    named: Title | None
    """The shorter one of the titles compared."""
    authors: float | None
    year: int | None
    venue: bool | None
    schemes: tuple[str, ...]
    repeated: bool | None
    other_venues: bool
    vocabulary: Vocabulary


def _judge(facts: _Facts, vetoes: tuple[str, ...]) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict, and the doubts that led to it if it is not clear."""
    if facts.schemes:
        return _judge_identified(facts, vetoes)
    if vetoes:
        return Verdict.DIFFERENT, ()
    verdict = _judge_titles(facts)
    if verdict is Verdict.SAME:
        doubts = _doubts(facts)
        return (Verdict.AMBIGUOUS, doubts) if doubts else (verdict, ())
    return verdict, ("the titles leave doubt",) if verdict is Verdict.AMBIGUOUS else ()


def _judge_identified(facts: _Facts, vetoes: tuple[str, ...]) -> tuple[Verdict, tuple[str, ...]]:
    """A shared identifier is enough, unless the titles are unrelated or something forbids it."""
    only_url = facts.schemes == ("url",)
    if vetoes:
        return (Verdict.DIFFERENT, ()) if only_url else (Verdict.AMBIGUOUS, ())
    if facts.title.difference is Difference.UNRELATED and facts.one.titles and facts.other.titles:
        related = facts.title.shared >= 2 and facts.title.agreement >= 0.3
        if not related and not ((facts.authors or 0) >= 0.75 and facts.title.shared):
            if only_url:  # a page that several works share
                return Verdict.DIFFERENT, ()
            return Verdict.AMBIGUOUS, ("an identifier was perhaps copied from another work",)
    if facts.title.difference is Difference.NUMBER:
        return Verdict.AMBIGUOUS, ()
    if facts.title.difference >= Difference.EXCHANGED and facts.authors is not None and facts.authors < AGREE:
        if only_url:
            return Verdict.DIFFERENT, ()
        return Verdict.AMBIGUOUS, ("an identifier was perhaps copied from another work",)
    return Verdict.SAME, ()


def _judge_titles(facts: _Facts) -> Verdict:
    """What titles and authors say together."""
    difference, authors = facts.title.difference, facts.authors
    if facts.named is None:
        return Verdict.DIFFERENT
    if authors is not None and authors < AGREE:
        weak = difference > Difference.SPELLING or authors < 0.2
        return Verdict.DIFFERENT if weak else Verdict.AMBIGUOUS
    if difference <= Difference.SPELLING:
        return _judge_agreeing(facts)
    if difference is Difference.SUBTITLE:
        return _judge_without_subtitle(facts)
    if authors is None:
        least = 0.85 if difference is Difference.EXCHANGED else 0.75
        alike = facts.title.agreement >= least or (difference is Difference.CUT and facts.title.shared >= 4)
        return Verdict.AMBIGUOUS if alike and facts.title.shared >= 2 else Verdict.DIFFERENT
    if difference in (Difference.CUT, Difference.WRAPPED):
        return _judge_cut(facts)
    return (
        Verdict.AMBIGUOUS if facts.title.agreement >= 0.75 and facts.title.shared >= 2 else Verdict.DIFFERENT
    )


def _judge_agreeing(facts: _Facts) -> Verdict:
    """Titles agree: enough with authors, or if the title is one that no other work has."""
    if facts.authors is not None:
        return Verdict.SAME
    if _is_telling(facts.named, facts.vocabulary) or (facts.year == 0 and facts.venue is not False):
        return Verdict.SAME
    named_things = {Kind.SOFTWARE, Kind.WEBSITE, Kind.DATASET}
    if facts.one.kind is facts.other.kind and facts.one.kind in named_things:
        return Verdict.SAME
    return Verdict.AMBIGUOUS


def _judge_without_subtitle(facts: _Facts) -> Verdict:
    """One has a subtitle more: enough with authors, or if what is left is a coined name."""
    named = facts.named
    if named is None or facts.title.number_missing:
        return Verdict.AMBIGUOUS
    telling = len(named.words) <= 3 and (named.coined or facts.vocabulary.is_rare(named.words[0]))
    if facts.authors is None:
        if telling or (facts.year == 0 and facts.venue):
            return Verdict.SAME
        return Verdict.SAME if facts.one.kind is facts.other.kind is Kind.SOFTWARE else Verdict.AMBIGUOUS
    if len(named.words) >= 3 or telling or facts.year == 0:
        return Verdict.SAME if facts.year is None or facts.year <= 2 else Verdict.AMBIGUOUS
    return Verdict.AMBIGUOUS


def _judge_cut(facts: _Facts) -> Verdict:
    """One title holds the other: the same if it was cut, or authors, year and length make up for it."""
    shared = facts.title.shared
    if facts.title.number_missing or shared < 2 or (facts.authors or 0) < 0.7:
        return Verdict.AMBIGUOUS if shared >= 2 else Verdict.DIFFERENT
    cut = any(title.is_cut for work in (facts.one, facts.other) for title in work.titles)
    if not cut and facts.named in facts.other.titles:
        return (
            Verdict.AMBIGUOUS
        )  # what is asked about has more than the entry: another work, or a longer title
    needed = 2 if cut else 4 if facts.year == 0 else 5 if facts.title.agreement >= 0.75 else 6
    return Verdict.SAME if shared >= needed and _close(facts) else Verdict.AMBIGUOUS


def _close(facts: _Facts) -> bool:
    if facts.year is None or facts.year <= 1:
        return True
    return facts.year == 2 and not (facts.one.venues and facts.other.venues)


def _is_telling(title: Title | None, vocabulary: Vocabulary) -> bool:
    """Whether hardly two works have this title by chance."""
    if title is None:
        return False
    if len(title.words) >= 3 or (title.coined and title.words):
        return True
    return any(vocabulary.is_rare(word) for word in title.words)


def _doubts(facts: _Facts) -> tuple[str, ...]:
    """What speaks against one work though titles and authors agree."""
    one, other, year = facts.one, facts.other, facts.year
    if _same_pages(one, other):
        return ()
    found = []
    minor = Series.MINOR in (one.series, other.series) or not one.venues or not other.venues
    if facts.other_venues:
        found.append("published in another venue")
    elif facts.venue is False and year != 0 and not minor:
        found.append("a conference paper and a journal article of other years")
    elif year and year >= 2 and not minor and not facts.venue:
        found.append("perhaps published twice, in other venues and years")
    if facts.repeated and year != 0:
        found.append("a title that comes back every year")
    short = facts.named is not None and _is_short(facts.named, facts.vocabulary)
    if year and facts.venue and not minor and short and not (facts.repeated is False and year == 1):
        found.append("a short title in the same venue in another year")
    if _published_twice(one, other) and year:
        found.append("other volumes or pages")
    return tuple(found)


def _published_twice(one: Work, other: Work) -> bool:
    """Whether both are in a journal, in different volumes and on different pages."""
    if not (one.volume and other.volume and one.pages and other.pages):
        return False
    return one.volume != other.volume and _first_page(one.pages) != _first_page(other.pages)


def _is_short(title: Title, vocabulary: Vocabulary) -> bool:
    """Whether a title is so short and common that it may come back."""
    return len(title.words) <= 3 and not title.coined and not any(map(vocabulary.is_rare, title.words))


def _same_pages(one: Work, other: Work) -> bool:
    """Whether both are on the same pages of the same volume."""
    if not (one.pages and other.pages) or (one.volume and other.volume and one.volume != other.volume):
        return False
    return one.pages == other.pages and ("-" in one.pages or one.volume is not None)


def _first_page(pages: str) -> str:
    return pages.replace("--", "-").partition("-")[0].strip()

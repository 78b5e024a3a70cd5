"""Refreshing: what services know of an entry that it does not say yet.

Only gaps are filled: an abstract, a DOI, the published version of a preprint,
a link to code, a retraction, that a repository is archived. What a person
wrote stands, an explicit empty value too; where a service disagrees, or what
it says fits only together with something that is stated otherwise, that is a
suggestion and nothing is changed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from odebib.editing import drafting, naming
from odebib.errors import SourceError
from odebib.matching import merging, venues
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry, EntryType, Links
from odebib.model.record import Record
from odebib.model.vocabulary import Venue
from odebib.project.store import DATA, Project
from odebib.project.validation import validate
from odebib.services import arxiv, github
from odebib.services.answers import Answer, Wanted
from odebib.services.failures import Failure, FetchError
from odebib.services.gathering import Gathered, add_published, gather, search_crossref
from odebib.services.http import DAY, Network
from odebib.text import identifiers
from odebib.yamlio import reader, writer

AGE = 14 * DAY
"""An answer that is not older will do, so that a run that was interrupted goes on where it was."""

ALONE = ("abstract", "arxiv", "arxiv_class", "openreview")
"""Fields that are filled by themselves."""
TOGETHER = ("venue", "event", "year", "month", "volume", "number", "pages", "doi", "url")
"""Fields of a published version, which come together."""
DETAILS = ("doi", "volume", "number", "pages")
"""Those of them that are filled for a version which the entry names already."""


@dataclass(frozen=True)
class Change:
    """A field that is filled, with who says so."""

    where: tuple[str, ...]
    value: Any
    source: str

    @property
    def name(self) -> str:
        """The field as people name it: ``links.code``."""
        return ".".join(self.where)


@dataclass
class Refreshed:
    """What became of one entry."""

    key: str
    changes: list[Change] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    """What a person should decide."""
    errors: list[str] = field(default_factory=list)
    """What services failed to answer."""
    new_venue: Venue | None = None
    """The venue of a published version, where venues.yml does not have it yet."""
    offline: bool = False
    """Whether a service could not be reached at all."""


class Refresher:
    """Asks for entries one by one; ``published`` lets a published version replace a preprint's year."""

    def __init__(self, project: Project, network: Network, *, published: bool = False) -> None:
        self.project = project
        self.network = network
        self.published = published
        self.bibliography: Bibliography = project.bibliography
        self.venues = project.bibliography.venues

    def prepare(self, keys: Sequence[str]) -> None:
        """Ask arXiv for the next entries together, which is kinder to it than one by one."""
        ids = [entry.arxiv for key in keys if (entry := self.bibliography.entries[key]).arxiv]
        with contextlib.suppress(SourceError):  # told when the entry itself is asked for
            arxiv.fetch_together(self.network, [identifier for identifier in ids if identifier], age=AGE)

    def look(self, key: str) -> Refreshed:
        """What services know that the entry does not say; nothing is written."""
        entry = self.bibliography.entries[key]
        stated = self.project.file(self.project.entry_paths[key]).data
        result = Refreshed(key)
        found = self._gathered(entry, result)
        for change in self._changes(entry, stated, found, result):
            is_first = not any(known.where == change.where for known in result.changes)
            if is_first and (not _is_stated(stated, change.where) or self._replaces(entry, change)):
                result.changes.append(change)
        return result

    def _replaces(self, entry: Entry, change: Change) -> bool:
        """Whether a change may replace what is stated: only the year of a preprint, when asked to."""
        return self.published and change.where == ("year",) and _is_preprint(entry)

    def write(self, result: Refreshed) -> list[str]:
        """Fill the gaps in the entry's file, unless somebody changed it meanwhile; the paths that changed."""
        if not result.changes:
            return []
        path = self.project.entry_paths[result.key]
        file = self.project.file(path)
        text = (self.project.root / path).read_bytes().decode(errors="replace")
        if text.replace("\r\n", "\n") != file.text.replace("\r\n", "\n"):
            result.errors.append("its file was changed meanwhile and left alone; run this again")
            return []
        for change in result.changes:
            inside = change.where[0] == "links" and isinstance(file.data.get("links"), dict)
            order = tuple(Links.model_fields) if inside else merging.ENTRY_ORDER
            text = writer.set_field(text, change.where, change.value, order)
        entry, problems = validate(Entry, reader.read(path, text), key=result.key)
        if entry is None:
            result.errors += [f"nothing written: {problem.message}" for problem in problems]
            return []
        changed = []
        if result.new_venue:
            venues_text = drafting.with_terms(self.project, "venues", [result.new_venue])
            if writer.write(self.project.root / DATA / "venues.yml", venues_text):
                changed.append(f"{DATA}/venues.yml")
            self.venues = Vocabulary([*self.venues, result.new_venue])
        if writer.write(self.project.root / path, text):
            changed.append(path)
        return changed

    # -- Asking ---------------------------------------------------------------------------------

    def _gathered(self, entry: Entry, result: Refreshed) -> Gathered:
        """The answers that are of this work; what failed is noted."""
        basis = _as_record(entry)
        found = gather(self.network, list(_wanted(entry)), self.venues, given=basis, age=AGE)
        result.suggestions += found.notices
        if not found.failures:
            self._search(entry, basis, found)
        for name in dict.fromkeys(_repositories(entry)):
            try:
                found.answers += github.fetch(self.network, name, age=AGE, authors=False)
            except SourceError as error:
                is_gone = isinstance(error, FetchError) and error.failure is Failure.GONE
                if is_gone:
                    result.suggestions.append(error.message)
                else:
                    found.failures.append(error)
        result.errors += dict.fromkeys(error.message for error in found.failures)
        result.offline = any(
            isinstance(e, FetchError) and e.failure is Failure.OFFLINE for e in found.failures
        )
        return found

    def _search(self, entry: Entry, basis: Record, found: Gathered) -> None:
        """Look for the published version of a preprint, and for the DOI of what is published."""
        if _is_preprint(entry):
            if not found.is_published:
                add_published(self.network, found, basis, age=AGE)
        elif self._may_have_doi(entry):
            try:
                answer = search_crossref(self.network, basis, age=AGE)
            except SourceError as error:
                found.failures.append(error)
                return
            found.answers += [answer] if answer else []

    def _may_have_doi(self, entry: Entry) -> bool:
        kind = self.bibliography.type(entry)
        return bool(entry.venue and not entry.doi and not entry.event and entry.people) and kind.is_paper

    # -- Filling --------------------------------------------------------------------------------

    def _changes(
        self, entry: Entry, stated: Mapping[str, Any], found: Gathered, result: Refreshed
    ) -> Iterator[Change]:
        """Everything that services say, the surest first; most of it the entry says itself."""
        answers = sorted(found.answers, key=lambda answer: answer.in_passing)
        for answer in answers:
            if answer.source == "GitHub":
                yield from _of_repository(entry, answer)
            else:
                yield from _of_work(entry, answer)
        for answer in answers:
            if merging.is_published(answer.record) and not (answer.in_passing and found.failures):
                names, suggestion = self._fitting(entry, stated, answer)
                if suggestion:
                    result.suggestions.append(suggestion)
                    return
                if names:
                    fields = self._version(answer.record, names, result)
                    yield from (Change((name,), value, answer.source) for name, value in fields.items())
                    if names is TOGETHER:
                        return

    def _fitting(
        self, entry: Entry, stated: Mapping[str, Any], answer: Answer
    ) -> tuple[tuple[str, ...], str | None]:
        """Which fields of a published version fit what is stated, or why that is left to a person."""
        record = answer.record
        venue = venues.find(self.venues, record.venue) if record.venue else None
        if not _is_preprint(entry):
            return (DETAILS if self._is_this_version(entry, record, venue) else ()), None
        if any(name in stated for name in TOGETHER if name not in {"year", "month", "url"}):
            return (), None  # an empty venue, say: that it has none is what a person wrote
        if entry.year and record.year != entry.year and not self.published:
            name = venue.short if venue else record.venue or record.doi
            where = f"{name} {record.year or ''}".strip()
            hint = f"`odebib refresh {entry.key} --published` takes it"
            return (), f"published at {where}, says {answer.source}, but the entry is of {entry.year}; {hint}"
        return TOGETHER, None

    def _is_this_version(self, entry: Entry, record: Record, venue: Venue | None) -> bool:
        """Whether a record is of the published version that the entry names already."""
        if entry.event or entry.year != record.year:
            return False
        if entry.doi:
            return record.doi == entry.doi
        return bool(venue and self.bibliography.venue(entry) == venue)

    def _version(self, record: Record, names: Sequence[str], result: Refreshed) -> dict[str, str]:
        """The fields of a published version, as the bibliography spells them; an unknown venue is drafted."""
        found = {name: getattr(record, name) for name in names}
        if record.venue and "venue" in found:
            places = naming.Places(self.venues, [record])
            venue, workshop = places.of(record)
            found["venue"] = venue.short if venue else None
            found["event"] = record.event or workshop
            if venue and venue.id not in self.venues:
                result.new_venue = venue
        if identifiers.is_preprint_doi(str(found.get("doi") or "")):
            found["doi"] = None
        return {name: str(value) for name, value in found.items() if value}


def _is_stated(stated: Mapping[str, Any], where: Sequence[str]) -> bool:
    """Whether the file says something there, be it that there is nothing."""
    node: Any = stated
    for step in where:
        if not isinstance(node, Mapping):
            return True  # `links:` left empty on purpose
        if step not in node:
            return False
        node = node[step]
    return True


def _is_preprint(entry: Entry) -> bool:
    """Whether the entry knows of no version but the preprint."""
    return not (entry.venue or entry.event or entry.doi or entry.isbn) and bool(
        entry.arxiv or entry.openreview
    )


def _wanted(entry: Entry) -> Iterator[Wanted]:
    """Who is asked for an entry."""
    for scheme in identifiers.OF_ONE_WORK:
        value = getattr(entry, scheme)
        if value and (scheme != "openreview" or _is_preprint(entry) or not entry.abstract):
            yield Wanted(scheme, value)


def _repositories(entry: Entry) -> Iterator[str]:
    """The repository that an entry is, and the one of its code."""
    for url in (entry.url or "", *entry.links.code[:1]):
        if name := github.repository(url):
            yield name


def _as_record(entry: Entry) -> Record:
    """The entry as a source would give it, to compare and to search by."""
    return Record(
        title=entry.title, authors=entry.authors, year=entry.year, arxiv=entry.arxiv, type=entry.type
    )


def _of_work(entry: Entry, answer: Answer) -> Iterator[Change]:
    """What a service says of the work, whatever version it speaks of."""
    if answer.retracted:
        yield Change(("retracted",), dict(answer.retracted), answer.source)
    for name in ALONE:
        if value := getattr(answer.record, name):
            yield Change((name,), str(value), answer.source)
    for kind, url in answer.record.links.items():
        if kind in {"code", "pdf", "video"} and url != entry.url:
            yield Change(("links", kind), url, answer.source)


def _of_repository(entry: Entry, answer: Answer) -> Iterator[Change]:
    """What GitHub says: of software also language and licence, of every repository that it is archived."""
    is_it = github.repository(entry.url or "") == github.repository(answer.url)
    if is_it and entry.type == EntryType.SOFTWARE:
        for name in ("language", "licence"):
            if value := getattr(answer.record, name):
                yield Change((name,), list(value) if isinstance(value, tuple) else value, answer.source)
    if answer.archived:
        month = f"; its last change was in {answer.archived}" if answer.archived != "unknown" else ""
        what = "repository" if is_it else "repository of its code"
        yield Change(("note",), f"The {what} is archived{month}.", answer.source)

"""Adding a work: from an id, an address or a .bib to a whole entry, or to the one that is here already.

For each thing asked for it is found out what services say, whether the work is
here, and what its file would be; writing that is another step, and one file.
What was found here already needs no network, where its identifier tells.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from odebib import services
from odebib.editing import drafting, naming
from odebib.errors import Problem, SourceError
from odebib.matching import competing, merging, venues
from odebib.matching.competing import Candidate, Match, Outcome
from odebib.matching.index import Index
from odebib.matching.proposing import Proposal, Proposer
from odebib.matching.weighing import Evidence
from odebib.matching.works import of_entry, of_record, plain_url
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry, EntryType, Version
from odebib.model.record import Record
from odebib.model.vocabulary import Venue
from odebib.project.store import DATA, Project
from odebib.project.validation import validate
from odebib.services.answers import Wanted
from odebib.services.gathering import Gathered, add_published, gather
from odebib.services.http import Network
from odebib.text import identifiers
from odebib.text.folding import fold
from odebib.yamlio import reader, writer


class State(enum.StrEnum):
    """What became of something that was asked for."""

    NEW = "new"
    HERE = "here"
    """It is here already."""
    UNSURE = "unsure"
    """It may be one of several entries, which a person must tell."""
    FAILED = "failed"
    """A service failed, or nothing could be understood."""


@dataclass
class Addition:
    """One thing asked for, and what would be done."""

    asked: str
    state: State
    key: str | None = None
    """The entry that is made, or that it is."""
    fields: merging.Fields = field(default_factory=dict)
    text: str = ""
    """The new entry's file."""
    evidence: str = ""
    """Why it is taken to be an entry that is here."""
    lacking: merging.Fields = field(default_factory=dict)
    """What the entry that is here does not say and this does."""
    candidates: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    topics: tuple[Proposal, ...] = ()
    tags: tuple[Proposal, ...] = ()
    new_venue: Venue | None = None
    notices: list[str] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    """Why the file could not be written."""
    error: SourceError | None = None

    @property
    def path(self) -> str:
        """The new entry's file, relative to the root."""
        return f"{DATA}/entries/{self.key}.yml"


class Adder:
    """Finds out, one after another, what adding things would mean; those found before count as here."""

    def __init__(self, project: Project, network: Network, today: datetime.date) -> None:
        self.project = project
        self.network = network
        self.today = today
        self.bibliography: Bibliography = project.bibliography
        self.venues: Vocabulary[Venue] = self.bibliography.venues
        self.taken = {
            *self.bibliography.entries,
            *project.entry_paths,
            *self.bibliography.aliases,
            *drafting.published_keys(project),
        }
        self.proposer = Proposer(self.bibliography)
        self.owners = dict(_owners(self.bibliography))
        self.index = Index(frozenset(d.not_same) for d in self.bibliography.decisions)
        for key, entry in self.bibliography.entries.items():
            self.index.add(key, of_entry(entry, self._spellings))

    def _spellings(self, venue: str) -> Iterable[str]:
        found = venues.find(self.venues, venue)
        return Vocabulary.spellings(found) if found else ()

    # -- One thing -----------------------------------------------------------------------------

    def add(self, asked: str, topics: Sequence[str] = (), tags: Sequence[str] = ()) -> Addition:
        """What adding an id or address would mean; ``topics`` and ``tags`` take the place of proposals.

        Never raises for what a service does or says.

        Raises:
            UsageError: it is no id or address that a service could be asked for.
        """
        wanted = services.understand(asked)
        if wanted in self.owners:
            return self._here(asked, self.owners[wanted], f"same {services.described(wanted)}", None)
        try:
            found = gather(self.network, [wanted], self.venues)
        except SourceError as error:
            return Addition(asked, State.FAILED, error=error)
        return self._decide(asked, found, topics, tags)

    def add_record(
        self, asked: str, given: Record, topics: Sequence[str] = (), tags: Sequence[str] = ()
    ) -> Addition:
        """What adding a record would mean that a person has, from a .bib say; services only add to it."""
        wanted = [
            Wanted(scheme, value) for scheme in identifiers.OF_ONE_WORK if (value := getattr(given, scheme))
        ]
        if not given.title and not wanted:
            return Addition(asked, State.FAILED, error=SourceError("it has neither title nor identifier"))
        known = self._match([given])
        if known.outcome is not Outcome.NEW:
            return self._known(asked, known, Gathered(), [given])
        found = gather(self.network, wanted, self.venues, given=given)
        return self._decide(asked, found, topics, tags, given)

    def _decide(
        self,
        asked: str,
        found: Gathered,
        topics: Sequence[str],
        tags: Sequence[str],
        given: Record | None = None,
    ) -> Addition:
        records = [*([given] if given else []), *found.records]
        if not any(record.title for record in records):
            error = SourceError("no service knows its title", "write the entry by hand, or give a .bib")
            return Addition(asked, State.FAILED, error=error)
        known = self._match(records)
        is_published = found.is_published or bool(given and merging.is_published(given))
        if known.outcome is Outcome.NEW and not is_published:
            add_published(self.network, found, records[0])
            records = [*([given] if given else []), *found.records]
            known = self._match(records)
        found.notices += [
            f"{error.message}; `odebib refresh` may find more later" for error in found.failures
        ]
        if known.outcome is not Outcome.NEW:
            return self._known(asked, known, found, records)
        return self._new(asked, found, records, topics, tags)

    # -- Here already ---------------------------------------------------------------------------

    def _match(self, records: Sequence[Record]) -> Match:
        """Which entry the work is; records that tell different ones are no match."""
        matches = [competing.match(self.index, of_record(record, self._spellings)) for record in records]
        sure = {match.key: match for match in matches if match.is_sure}
        if len(sure) == 1:
            return next(iter(sure.values()))
        doubtful = [match for match in matches if match.outcome is not Outcome.NEW]
        if not doubtful:
            return Match(Outcome.NEW)
        candidates: dict[str, Candidate] = {}
        for match in doubtful:
            for candidate in match.candidates:
                candidates.setdefault(candidate.key, candidate)
        return Match(Outcome.AMBIGUOUS, None, tuple(candidates.values()))

    def _known(self, asked: str, match: Match, found: Gathered, records: Sequence[Record]) -> Addition:
        evidence: Evidence | None = match.candidates[0].evidence if match.candidates else None
        reason = evidence.reason if evidence else ""
        if match.key is not None:
            return self._here(asked, match.key, reason, records, found)
        keys = tuple(candidate.key for candidate in match.candidates[:3])
        return Addition(
            asked,
            State.UNSURE,
            evidence=reason,
            candidates=keys,
            sources=tuple(found.sources),
            notices=found.notices,
            fields=merging.unite({}, records, _Spelling(self.venues, records)),
        )

    def _here(
        self,
        asked: str,
        key: str,
        reason: str,
        records: Sequence[Record] | None,
        found: Gathered | None = None,
    ) -> Addition:
        addition = Addition(asked, State.HERE, key, evidence=reason)
        if found is not None:
            addition.sources, addition.notices = tuple(found.sources), found.notices
        if records and key in self.project.entry_paths:
            stated = self.project.file(self.project.entry_paths[key]).data
            united = merging.unite(stated, records, _Spelling(self.venues, records))
            told = (*identifiers.OF_ONE_WORK, "venue", "year", "abstract")
            addition.lacking = {n: united[n] for n in told if n in united and n not in stated}
        return addition

    # -- New ------------------------------------------------------------------------------------

    def _new(
        self,
        asked: str,
        found: Gathered,
        records: Sequence[Record],
        topics: Sequence[str],
        tags: Sequence[str],
    ) -> Addition:
        spelling = _Spelling(self.venues, records)
        fields = merging.unite({}, records, spelling)
        addition = Addition(
            asked, State.NEW, fields=fields, sources=tuple(found.sources), notices=list(found.notices)
        )
        self._add_what_services_tell(addition, found)
        self._add_topics_and_tags(addition, topics, tags)
        key = drafting.propose_key(fields, self.taken)
        addition.key = key
        addition.text = drafting.entry_text(fields, self.today)
        entry, problems = validate(Entry, reader.read(addition.path, addition.text), key=key)
        if entry is None:
            addition.state, addition.problems = State.FAILED, tuple(problems)
            addition.error = SourceError("what the services say makes no entry", "write it by hand")
            return addition
        addition.new_venue = spelling.drafted(fields.get("venue"))
        if addition.new_venue:
            self.venues = Vocabulary([*self.venues, addition.new_venue])
        self.taken.add(key)
        self.index.add(key, of_entry(entry, self._spellings))
        self.owners.update((wanted, key) for wanted in _identifiers(entry))
        return addition

    def _add_what_services_tell(self, addition: Addition, found: Gathered) -> None:
        """Retraction, the state of a repository, what it implements, and who says so."""
        fields = addition.fields
        for answer in found.answers:
            if answer.retracted and "retracted" not in fields:
                fields["retracted"] = dict(answer.retracted)
                addition.notices.append(f"{answer.source} says that it was retracted or withdrawn")
            if answer.archived:
                fields["note"] = archived_note(answer.archived)
        if implemented := self._implemented(fields):
            fields["relations"] = {"implements": implemented}
        said = next((a.source for a in found.answers if a.in_passing and a.record.venue), None)
        if said and "venue" in fields and "doi" not in fields and not found.is_published:
            addition.notices.append(f"where it appeared is what its authors say: {said}")
        if found.sources:
            fields["verified"] = {"on": self.today.isoformat(), "by": found.sources}

    def _implemented(self, fields: merging.Fields) -> list[str]:
        """The works whose code a repository is."""
        if fields.get("type") != EntryType.SOFTWARE:
            return []
        return [key for key, entry in self.bibliography.entries.items() if _links_to(entry, fields)]

    def _add_topics_and_tags(self, addition: Addition, topics: Sequence[str], tags: Sequence[str]) -> None:
        """Those given, those a .bib names, or those that the words speak for."""
        fields = addition.fields
        words = (fields["title"], fields.get("summary"), fields.get("abstract"))
        fields["topics"] = list(topics) or _known(self.bibliography.topics, fields.get("topics", []))
        if not fields["topics"]:
            addition.topics = tuple(self.proposer.topics(*words))
            fields["topics"] = [proposal.id for proposal in addition.topics]
        fields["tags"] = list(tags) or _known(self.bibliography.tags, fields.get("tags", []))
        if not fields["tags"] and fields.get("type") != EntryType.SOFTWARE:
            addition.tags = tuple(self.proposer.tags(*words))
            fields["tags"] = [proposal.id for proposal in addition.tags]
        for name in ("topics", "tags"):
            if not fields[name]:
                del fields[name]

    # -- Writing --------------------------------------------------------------------------------

    def write(self, addition: Addition) -> list[str]:
        """Write a new entry; the paths that changed. The entry comes last, so that all it needs is there."""
        changed: list[str] = []
        if addition.state is not State.NEW:
            return changed
        if addition.new_venue:
            text = drafting.with_terms(self.project, "venues", [addition.new_venue])
            if writer.write(self.project.root / DATA / "venues.yml", text):
                changed.append(f"{DATA}/venues.yml")
        if writer.create(self.project.root / addition.path, addition.text):
            changed.append(addition.path)
        return changed


def archived_note(month: str) -> str:
    """What an entry says of a repository that nobody may change any more."""
    return "The repository is archived" + (
        f"; its last change was in {month}." if month != "unknown" else "."
    )


def _links_to(entry: Entry, fields: merging.Fields) -> bool:
    return any(plain_url(url) == plain_url(str(fields.get("url"))) for url in entry.links.code)


def _owners(bibliography: Bibliography) -> Iterator[tuple[Wanted, str]]:
    """Every identifier and address of the bibliography, with the entry that has it."""
    for key, entry in bibliography.entries.items():
        for wanted in _identifiers(entry):
            yield wanted, key


def _identifiers(entry: Entry) -> Iterator[Wanted]:
    appearances: tuple[Entry | Version, ...] = (entry, *entry.versions)
    for appearance in appearances:
        for scheme in identifiers.OF_ONE_WORK:
            if value := getattr(appearance, scheme):
                yield Wanted(scheme, value)
        if appearance.url:
            yield services.understand(appearance.url)


class _Spelling(merging.Spelling):
    """Spells venues and workshops as the bibliography does; a venue that it does not know is drafted."""

    def __init__(self, known: Vocabulary[Venue], records: Iterable[Record]) -> None:
        self.known = known
        self.places = naming.Places(known, records)

    def venue(self, record: Record) -> str | None:
        """The short name of a record's venue."""
        venue, _ = self.places.of(record)
        return venue.short if venue else None

    def event(self, record: Record) -> str | None:
        """The workshop that a record names, also within its venue."""
        return record.event or self.places.of(record)[1]

    def drafted(self, name: str | None) -> Venue | None:
        """The draft of that short name, if the venue had to be drafted."""
        drafts = self.places.drafts.values()
        return next((venue for venue in drafts if venue.short == name and venue.id not in self.known), None)


def _known(vocabulary: Vocabulary[Any], names: Iterable[str]) -> list[str]:
    found = (vocabulary.find(name) for name in names if fold(name))
    return list(dict.fromkeys(term.id for term in found if term))

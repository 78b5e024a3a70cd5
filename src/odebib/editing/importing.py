"""Taking in a source: a plan of what it would change, and the plan carried out.

The plan says of every item what it was found to be (known, matched, new,
ambiguous), which entries come into being or gain a field, which topics, tags
and venues are missing. Showing it and applying it are two things; applying
writes entries first and the list last, so that an interrupted run is completed
by the next one.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice
from typing import Any

from odebib.editing import resuming
from odebib.errors import UsageError
from odebib.formats import casing
from odebib.matching import merging, venues
from odebib.matching.comparing import Evidence, Work, compare, of_entry, of_record
from odebib.matching.index import Candidate, Index, Outcome, group
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import EntryType
from odebib.model.record import Record, Section, SourceList
from odebib.model.values import RE_ID
from odebib.model.vocabulary import Tag, Topic, Venue
from odebib.project.store import DATA, Project
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.text import citekeys, identifiers, names
from odebib.text.folding import fold, slug
from odebib.text.titles import Difference
from odebib.yamlio import reader, writer

SCHEMA_LINE = "# yaml-language-server: $schema={}\n"
"""The line by which editors find the schema of a file."""


@dataclass
class Finding:
    """What one item of the source was found to be."""

    line: int
    record: Record
    sections: tuple[str, ...]
    outcome: Outcome
    entry: str | None
    candidates: tuple[Candidate, ...] = ()
    evidence: Evidence | None = None
    known: bool = False
    """Whether the list held this item before; then what it is was settled before."""

    def as_json(self) -> dict[str, Any]:
        """The object that ``import --report json`` prints."""
        return {
            "line": self.line,
            "source_id": self.record.source_id,
            "title": self.record.title,
            "outcome": str(self.outcome),
            "entry": self.entry,
            "candidates": [candidate.key for candidate in self.candidates],
            "evidence": self.evidence.as_json() if self.evidence else None,
        }


@dataclass
class Plan:
    """Everything an import would change."""

    list_id: str
    found: Found
    findings: list[Finding] = field(default_factory=list)
    new_entries: dict[str, merging.Fields] = field(default_factory=dict)
    changed_entries: dict[str, merging.Fields] = field(default_factory=dict)
    """Of entries that exist: the fields that were empty and would be filled."""
    new_topics: list[Topic] = field(default_factory=list)
    new_tags: list[Tag] = field(default_factory=list)
    new_venues: list[Venue] = field(default_factory=list)
    gone: list[Record] = field(default_factory=list)
    list_text: str = ""
    """The list's file as it would be."""
    begun: frozenset[str] = frozenset()
    """Keys of new entries that an interrupted import of the same source has written."""

    @property
    def source(self) -> str:
        """Stands for the content of the source, and for where it goes."""
        prints = (fingerprint(item.record, sections) for sections, item in self.found.records())
        return hashlib.sha256(" ".join((self.list_id, *prints)).encode()).hexdigest()

    @property
    def not_understood(self) -> Sequence[NotUnderstood]:
        """The items of the source that became no record."""
        return self.found.not_understood

    def count(self, outcome: Outcome) -> int:
        """How many items were found to be so."""
        return sum(finding.outcome == outcome for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """What ``import --report json`` prints."""
        return {
            "records": [finding.as_json() for finding in self.findings],
            "not_understood": [
                {"line": item.line, "text": item.text, "reason": item.reason} for item in self.not_understood
            ],
        }


def plan(
    project: Project,
    found: Found,
    list_id: str | None = None,
    *,
    today: datetime.date,
) -> Plan:
    """Find out what taking in ``found`` would change; nothing is written.

    ``list_id`` names the source list; without it the id follows from the
    source's own name.
    """
    result = Plan(_list_id(project.bibliography, found, list_id), found)
    result.begun = resuming.begun(project.root, result.source)
    project = replace(project, bibliography=resuming.without(project.bibliography, result.begun))
    bibliography = project.bibliography
    speller = _Speller(bibliography, found, result)
    known = _KnownRecords(bibliography.lists.get(result.list_id))
    todo: list[Finding] = []
    known.recognise([(sections, item.record) for sections, item in found.records()])
    for sections, item in found.records():
        old = known.of(item.record)
        if old is None and known.was_taken_out(item.record, sections):
            continue
        finding = _settled(bibliography, item, sections, old)
        result.findings.append(finding)
        if finding.entry is None and not (old and old.entry):
            todo.append(finding)
    _match(bibliography, todo)
    result.gone = known.left()
    _plan_entries(project, result, speller, known)
    result.list_text = _list_text(project, result, speller, known, today)
    return result


def _list_id(bibliography: Bibliography, found: Found, list_id: str | None) -> str:
    """The id that a person gave, that of the list imported from there before, or one from the name.

    A source is known again by its address, because it holds most of what a
    list was read from, whatever the file is called today, or by its name. Two
    files of one name that have nothing in common are two lists.

    Raises:
        UsageError: ``list_id`` cannot be one.
    """
    if list_id is not None:
        if not RE_ID.fullmatch(list_id) or list_id in citekeys.RESERVED_NAMES:
            hint = f"try `--list {_id_of_name(list_id)}`"
            rule = "lower-case letters, digits and hyphens only"
            raise UsageError(f"`{list_id}` is no id of a list: {rule}", hint)
        return list_id
    prints = {fingerprint(item.record, sections) for sections, item in found.records()}
    for source in bibliography.lists.values():
        if found.url and source.url and fold(found.url) == fold(source.url):
            return source.id
    for source in bibliography.lists.values():
        imported = set((source.imported or "").split())
        if 2 * len(prints & imported) > min(len(prints), len(imported)) > 2:
            return source.id
    identifier = _id_of_name(found.name)
    signs = {_identity(item.record) for _, item in found.records()}
    taken = set(bibliography.lists)
    for source in bibliography.lists.values():
        known = {_identity(record) for _, record in source.records()}
        is_other = min(len(known), len(signs)) > 2 and not known & signs
        if fold(source.name) == fold(found.name) and not is_other:
            return source.id
        if source.id == identifier and not is_other:
            taken.discard(identifier)
    numbered = (identifier if number == 1 else f"{identifier}-{number}" for number in count(1))
    return next(name for name in numbered if name not in taken)


def _id_of_name(name: str) -> str:
    """A list's id that follows from a name, no longer than a file name may be."""
    identifier = slug(name.replace("_", " "))[:80].strip("-") or "list"
    return f"{identifier}-list" if identifier in citekeys.RESERVED_NAMES else identifier


# -- What is known already -------------------------------------------------------------------


def _identity(record: Record) -> str:
    """What an item says that no other item does."""
    return record.arxiv or record.doi or record.openreview or record.source_id or record.title or record.text


def fingerprint(record: Record, sections: tuple[str, ...]) -> str:
    """Eight characters that stand for an item of a source: what identifies it, and its section."""
    return hashlib.sha256(fold(" / ".join((*sections, _identity(record)))).encode()).hexdigest()[:8]


class _KnownRecords:
    """The records that a list holds already, and which of them the source holds again."""

    def __init__(self, source: SourceList | None) -> None:
        self.source = source
        self.fingerprints = set((source.imported or "").split()) if source else set()
        self.order = list(source.records()) if source else []
        self.old_of: dict[int, Record] = {}
        self.now: dict[int, Record] = {}

    def recognise(self, items: Sequence[tuple[tuple[str, ...], Record]]) -> None:
        """Pair the source's records with those known, each once, by the surest sign first.

        All that stand unchanged where they stood are paired before anything
        else is tried, so that a work listed twice keeps its two records apart.
        """
        for signs in zip(*(_signs(record, sections) for sections, record in items), strict=True):
            free: dict[tuple[str, ...], list[Record]] = defaultdict(list)
            level = next(iter(sign[0] for sign in signs if sign), None)
            for sections, record in self.order:
                if id(record) not in self.now:
                    for sign in _signs(record, sections):
                        if sign and sign[0] == level:
                            free[sign].append(record)
            for (_, record), sign in zip(items, signs, strict=True):
                if sign and id(record) not in self.old_of and free[sign]:
                    old = free[sign].pop(0)
                    self.old_of[id(record)] = old
                    self.now[id(old)] = record

    def of(self, record: Record) -> Record | None:
        """The known record that a record of the source is again."""
        return self.old_of.get(id(record))

    def was_taken_out(self, record: Record, sections: tuple[str, ...]) -> bool:
        """Whether the item was read before and a person has removed its record since."""
        return fingerprint(record, sections) in self.fingerprints

    def left(self) -> list[Record]:
        """Old records that the source no longer holds."""
        return [record for _, record in self.order if id(record) not in self.now]


def _signs(record: Record, sections: tuple[str, ...]) -> Iterator[tuple[str, ...] | None]:
    """By what a record is known again, the surest first; None for a sign it does not have."""
    yield ("text and section", *sections, record.text) if record.text else None
    yield ("text", record.text) if record.text else None
    yield ("source id", record.source_id) if record.source_id else None
    for scheme in identifiers.OF_ONE_WORK:
        value = getattr(record, scheme)
        yield (scheme, *sections, value) if value else None
    for scheme in identifiers.OF_ONE_WORK:
        value = getattr(record, scheme)
        yield (f"{scheme} anywhere", value) if value else None
    yield ("title and section", *sections, fold(record.title)) if record.title else None


def _settled(
    bibliography: Bibliography, item: FoundRecord, sections: tuple[str, ...], old: Record | None
) -> Finding:
    key = bibliography.resolve(old.entry) if old and old.entry else None
    outcome = Outcome.MATCHED if key else Outcome.NEW
    return Finding(item.line, item.record, sections, outcome, key, known=old is not None)


# -- Matching --------------------------------------------------------------------------------

NEW_PREFIX = "new:"
"""Marks, while matching, works that have no citation key yet."""


def _match(bibliography: Bibliography, todo: Sequence[Finding]) -> None:
    """Find for each record its entry, or the other records of the source that are the same new work."""

    def spellings(venue: str) -> Iterable[str]:
        found = venues.find(bibliography.venues, venue)
        return Vocabulary.spellings(found) if found else ()

    index = Index(frozenset(decision.not_same) for decision in bibliography.decisions)
    for key, entry in bibliography.entries.items():
        index.add(key, of_entry(entry, spellings))
    works = [of_record(finding.record, spellings) for finding in todo]
    for finding, match in zip(todo, index.match_all(works), strict=True):
        finding.outcome, finding.candidates, finding.entry = match.outcome, match.candidates, match.key
        finding.evidence = match.candidates[0].evidence if match.candidates else None
    new = [place for place, finding in enumerate(todo) if finding.outcome == Outcome.NEW]
    for number, places in enumerate(group([works[place] for place in new])):
        for place in places:
            todo[new[place]].entry = f"{NEW_PREFIX}{number}"
            if place != places[0]:
                todo[new[place]].evidence, _ = compare(works[new[place]], works[new[places[0]]])
    _doubt_shared_identifiers([todo[place] for place in new], [works[place] for place in new])
    _settle_doubts(todo, works)


def _doubt_shared_identifiers(new: Sequence[Finding], works: Sequence[Work]) -> None:
    """New works that share an identifier but not a title: one of them has another's link.

    The first one keeps it; what the others are is for a person to say.
    """
    owners: dict[tuple[str, str], int] = {}
    for place, finding in enumerate(new):
        for scheme in identifiers.OF_ONE_WORK:
            value = getattr(finding.record, scheme)
            first = owners.setdefault((scheme, value), place) if value else place
            if new[first].entry != finding.entry and finding.outcome == Outcome.NEW:
                evidence, _ = compare(works[place], works[first])
                finding.outcome, finding.evidence = Outcome.AMBIGUOUS, evidence
                finding.candidates = (Candidate(new[first].entry or "", evidence, evidence.score),)
                finding.entry = None


def _settle_doubts(todo: Sequence[Finding], works: Sequence[Work]) -> None:
    """What is ambiguous by itself may be plain beside the other records of the source.

    A list that gives a former title twice, once with the arXiv id, says with
    that what the other one is.
    """
    doubtful = [place for place, finding in enumerate(todo) if finding.outcome == Outcome.AMBIGUOUS]
    beside = Index()
    if doubtful:
        for place, finding in enumerate(todo):
            if finding.entry:
                beside.add(f"{place}", works[place])
    for place in doubtful:
        match = beside.match(works[place])
        twins = {todo[int(candidate.key)].entry for candidate in match.candidates[:1]}
        plain = match.candidates and match.candidates[0].evidence.difference <= Difference.SPELLING
        if match.outcome == Outcome.MATCHED and plain and twins & {c.key for c in todo[place].candidates}:
            todo[place].outcome, todo[place].entry = Outcome.MATCHED, twins.pop()
            todo[place].evidence = match.candidates[0].evidence


def _plan_entries(project: Project, result: Plan, speller: _Speller, known: _KnownRecords) -> None:
    """Entries that come into being, with their keys, and entries that gain a field."""
    bibliography = project.bibliography
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        if finding.entry and not finding.known:
            groups[finding.entry].append(finding)
    taken = {*bibliography.entries, *bibliography.aliases, *published_keys(project)}
    renamed: dict[str, str] = {}
    for provisional, findings in groups.items():
        records = [speller.in_section(finding) for finding in findings]
        if not provisional.startswith(NEW_PREFIX):
            _plan_change(project, result, provisional, records, speller)
            continue
        fields = merging.unite({}, records, speller)
        own = next((record.source_id for record in records if record.source_id), None)
        key = propose_key(fields, taken, own)
        taken.add(key)
        renamed[provisional] = key
        result.new_entries[key] = fields
    for finding in result.findings:
        finding.entry = renamed.get(finding.entry or "", finding.entry)
        finding.candidates = tuple(
            Candidate(renamed.get(c.key, c.key), c.evidence, c.score) for c in finding.candidates
        )


def published_keys(project: Project) -> set[str]:
    """Keys that were ever published; new entries avoid them."""
    path = project.root / DATA / "published.txt"
    if not path.is_file():
        return set()
    lines = path.read_text(encoding="utf-8").splitlines()
    return {
        line.split()[0].removeprefix("entries/").strip("/") for line in lines if line.startswith("entries/")
    }


TRIED_KEYS = 12
"""So many keys that the rule allows are compared with the one that a source uses."""


def propose_key(fields: merging.Fields, taken: set[str], own: str | None = None) -> str:
    """The citation key of a new entry, none of those that are taken.

    ``own`` is the key that the source uses; it stays if the rule allows it.
    """
    authors = [names.parse(person) for person in fields.get("authors", ())]
    year = int(fields["year"]) if fields.get("year") else None
    group = "" if authors else _in_short(fields.get("venue") or ("arxiv" if fields.get("arxiv") else ""))
    if own and own not in taken and citekeys.is_legal(own):
        proposals = citekeys.candidates(fields["title"], authors, year, group=group)
        if own in islice(proposals, TRIED_KEYS):
            return own
    return citekeys.propose(fields["title"], authors, year, group=group, taken=taken)


def _in_short(venue: str) -> str:
    """A venue as a key names it: of a long name the initials."""
    words = [word for word in fold(venue).split() if word not in citekeys.SKIPPED_WORDS]
    return "".join(word[0] for word in words) if len(words) > 2 else venue


def _plan_change(
    project: Project, result: Plan, key: str, records: Sequence[Record], speller: _Speller
) -> None:
    """Gaps of an entry that exists, as far as the records fill them."""
    stated = project.file(project.entry_paths[key]).data
    united = merging.unite(stated, records, speller)
    gained = {name: value for name, value in united.items() if stated.get(name) != value}
    if gained:
        result.changed_entries[key] = gained


# -- Spelling and what is missing for it -----------------------------------------------------


class _Speller(merging.Spelling):
    """Spells venues, tags and topics as the bibliography does; what is missing becomes a draft."""

    def __init__(self, bibliography: Bibliography, found: Found, result: Plan) -> None:
        self.result = result
        self.words = bibliography.words
        self.topics_known = bibliography.topics
        self.tags_known = bibliography.tags
        self.venues_known = bibliography.venues
        self.colours = {fold(badge.name): badge.colour for badge in found.badges}
        self.section_topics = _topics_of_old_sections(bibliography.lists.get(result.list_id))
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
        if venue and venue.id not in self.venues_known and venue not in self.result.new_venues:
            self.result.new_venues.append(venue)
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
            self.result.new_tags.append(found)
            self.tags_known = Vocabulary([*self.tags_known, found])
        return found.id

    def topics(self, record: Record) -> list[str]:
        """The record's topics as far as they are known ones."""
        return [found.id for name in record.topics if (found := self.topics_known.find(name))]

    def in_section(self, finding: Finding) -> Record:
        """The record with the topic of its section."""
        topic = self.section_topics.get(finding.sections)
        return finding.record.model_copy(update={"topics": (*filter(None, [topic]), *finding.record.topics)})

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
            self.result.new_topics.append(found)
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


def free_id(term: Any, vocabulary: Vocabulary[Any]) -> Any:
    """The term with an id that no other has."""
    number, identifier = 2, term.id if RE_ID.fullmatch(term.id) else "x"
    while identifier in vocabulary or vocabulary.find(identifier):
        identifier = f"{term.id}-{number}"
        number += 1
    return term.model_copy(update={"id": identifier})


# -- The list's file -------------------------------------------------------------------------

RECORD_ORDER = tuple(Record.model_fields)


def record_fields(record: Record, entry: str | None) -> dict[str, Any]:
    """A record as its file holds it."""
    data = record.model_dump(mode="json", exclude_defaults=True)
    data["links"] = {
        kind: urls[0] if len(urls) == 1 else list(urls)
        for kind, urls in data.get("links", {}).items()
        if urls
    }
    data["entry"] = entry
    return {name: _plain(data[name]) for name in RECORD_ORDER if data.get(name)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value)


def _list_text(
    project: Project, result: Plan, speller: _Speller, known: _KnownRecords, today: datetime.date
) -> str:
    read = {fingerprint(item.record, sections) for sections, item in result.found.records()}
    prints = sorted(known.fingerprints | read)
    if known.source is None:
        return _new_list(result, speller, prints)
    path = project.list_paths[result.list_id]
    return _changed_list(project.file(path).text, path, result, speller, known, prints, today)


def _new_list(result: Plan, speller: _Speller, prints: Sequence[str]) -> str:
    found = result.found
    by_section: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in result.findings:
        by_section[finding.sections].append(finding)

    def section(node: FoundSection, above: tuple[str, ...]) -> dict[str, Any]:
        path = (*above, node.title)
        fields: dict[str, Any] = {"title": node.title, "topic": speller.section_topics.get(path)}
        fields["records"] = [record_fields(f.record, f.entry) for f in by_section[path]]
        fields["sections"] = [section(sub, path) for sub in node.sections]
        return {name: value for name, value in fields.items() if value}

    data = {
        "name": found.name,
        "url": found.url,
        "description": found.description,
        "sections": [section(node, ()) for node in found.sections],
        "imported": " ".join(prints),
    }
    return SCHEMA_LINE.format("../../schema/list.json") + writer.emit({k: v for k, v in data.items() if v})


def _changed_list(
    text: str,
    path: str,
    result: Plan,
    speller: _Speller,
    known: _KnownRecords,
    prints: Sequence[str],
    today: datetime.date,
) -> str:
    """The list's file with what is new added, what changed renewed and what is gone marked."""
    assert known.source is not None
    entries = {id(finding.record): finding.entry for finding in result.findings}
    for steps, record in list(_steps(known.source)):
        now = known.now.get(id(record))
        if now is None:
            if record.gone is None:
                text = writer.set_field(text, (*steps, "gone"), today.isoformat(), RECORD_ORDER)
            continue
        if record.gone is not None:
            text = writer.delete_field(text, (*steps, "gone"))
        text = _renewed(text, steps, record, now, entries.get(id(now)))
    for finding in result.findings:
        if not finding.known:
            text = _added(text, path, finding, speller)
    if known.fingerprints != set(prints):
        text = writer.set_field(text, ("imported",), " ".join(prints))
    return text


def _steps(source: SourceList) -> Iterator[tuple[tuple[str | int, ...], Record]]:
    def walk(
        sections: Sequence[Section], above: tuple[str | int, ...]
    ) -> Iterator[tuple[tuple[str | int, ...], Record]]:
        for number, section in enumerate(sections):
            steps = (*above, "sections", number)
            yield from (((*steps, "records", n), record) for n, record in enumerate(section.records))
            yield from walk(section.sections, steps)

    return walk(source.sections, ())


def _renewed(text: str, steps: tuple[str | int, ...], old: Record, now: Record, entry: str | None) -> str:
    """A record as the source says it now. Where the source says what it said, a person's corrections stay."""
    if old.text != now.text:
        fields = record_fields(now, old.entry or entry)
        for name in RECORD_ORDER:
            if name in fields and fields[name] != record_fields(old, old.entry).get(name):
                text = writer.set_field(text, (*steps, name), fields[name], RECORD_ORDER)
    elif entry and not old.entry:
        text = writer.set_field(text, (*steps, "entry"), entry, RECORD_ORDER)
    return text


def _added(text: str, path: str, finding: Finding, speller: _Speller) -> str:
    """A record added at the end of its section; the section too, where it is new."""
    data = reader.read(path, text).data
    steps: tuple[str | int, ...] = ()
    node = data
    for depth, title in enumerate(finding.sections):
        sections = node.get("sections") or []
        number = next((i for i, section in enumerate(sections) if section.get("title") == title), None)
        if number is None:
            fields: dict[str, Any] = {"title": title}
            if topic := speller.section_topics.get(finding.sections[: depth + 1]):
                fields["topic"] = topic
            text = _appended(text, node, (*steps, "sections"), fields)
            return _added(text, path, finding, speller)
        steps = (*steps, "sections", number)
        node = sections[number]
    return _appended(text, node, (*steps, "records"), record_fields(finding.record, finding.entry))


def _appended(text: str, node: Mapping[str, Any], where: tuple[str | int, ...], item: Any) -> str:
    if node.get(str(where[-1])):
        return writer.append_item(text, where, item)
    return writer.set_field(text, where, [item], tuple(Section.model_fields))


# -- Applying --------------------------------------------------------------------------------


def apply(
    project: Project, plan: Plan, today: datetime.date, written: Callable[[], object] = lambda: None
) -> list[str]:
    """Write what a plan says; the paths that changed, relative to the root.

    ``written`` is called after each file. What entries refer to is written
    before them, and the list, which refers to them, last; so that whatever is
    there after an interruption is whole, and the next run completes it.
    """
    changed: list[str] = []

    def write(path: str, text: str) -> None:
        if writer.write(project.root / path, text):
            changed.append(path)
        written()

    if plan.begun:
        resuming.clear(project.root)
    if plan.new_entries:
        resuming.begin(project.root, plan.source, plan.new_entries)
    for name, terms in (("topics", plan.new_topics), ("tags", plan.new_tags), ("venues", plan.new_venues)):
        if terms:
            write(f"{DATA}/{name}.yml", with_terms(project, name, terms))
    for key, fields in plan.new_entries.items():
        path = f"{DATA}/entries/{key}.yml"
        if key not in plan.begun or not (project.root / path).exists():
            write(path, entry_text(fields, today))
    for key, gained in plan.changed_entries.items():
        path = project.entry_paths[key]
        text = project.file(path).text
        for name, value in gained.items():
            text = writer.set_field(text, (name,), value, merging.ENTRY_ORDER)
        write(path, text)
    write(project.list_paths.get(plan.list_id, f"{DATA}/lists/{plan.list_id}.yml"), plan.list_text)
    resuming.end(project.root)
    return changed


def entry_text(fields: merging.Fields, today: datetime.date | None = None) -> str:
    """A new entry's file; ``today`` is the day it is added."""
    if today:
        fields = {**fields, "added": today.isoformat()}
    ordered = {name: fields[name] for name in merging.ENTRY_ORDER if name in fields}
    return SCHEMA_LINE.format("../../schema/entry.json") + writer.emit(ordered)


def _term_fields(term: Topic | Tag | Venue) -> dict[str, Any]:
    """A term as its file holds it: what it is first, what else it is called last."""
    data = term.model_dump(mode="json", exclude_defaults=True)
    last = [name for name in ("aliases", "spellings", "draft") if name in data]
    ordered = ["id", *(name for name in data if name not in {"id", *last}), *last]
    return {name: "true" if data[name] is True else _plain(data[name]) for name in ordered}


def with_terms(project: Project, name: str, terms: Sequence[Topic | Tag | Venue]) -> str:
    """The file of a vocabulary with terms added at its end."""
    path = project.root / DATA / f"{name}.yml"
    text = (
        path.read_text(encoding="utf-8") if path.is_file() else SCHEMA_LINE.format(f"../schema/{name}.json")
    )
    items = [_term_fields(term) for term in terms]
    if reader.read(name, text).data in (None, "", []):
        head = "\n".join(line for line in text.splitlines() if line.startswith("#"))
        return (head + "\n" if head else "") + writer.emit(items)
    for item in items:
        text = writer.append_item(text, (), item)
    return text

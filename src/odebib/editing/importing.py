"""Taking in a source: a plan of what it would change, and the plan carried out.

The plan says of every item what it was found to be (known, matched, new,
ambiguous), which entries come into being or gain a field, which topics, tags
and venues are missing. Showing it and applying it are two things; applying
writes entries first and the list last, so that an interrupted run is completed
by the next one.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from odebib.editing import lists, recognising, resuming
from odebib.editing.drafting import entry_text, propose_key, published_keys, with_terms
from odebib.editing.naming import Speller
from odebib.editing.plan import Finding, Plan
from odebib.editing.recognising import KnownRecords
from odebib.matching import competing, merging, venues
from odebib.matching.competing import Candidate, Outcome
from odebib.matching.grouping import group
from odebib.matching.index import Index
from odebib.matching.weighing import compare
from odebib.matching.works import Work, of_entry, of_record
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.record import Record
from odebib.project.store import DATA, Project
from odebib.sources.found import Found, FoundRecord
from odebib.text import identifiers
from odebib.yamlio import writer


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
    found.unite_repeated_headings()
    result = Plan(recognising.list_id(project.bibliography, found, list_id), found)
    result.begun = resuming.begun(project.root, result.source)
    project = replace(project, bibliography=resuming.without(project.bibliography, result.begun))
    bibliography = project.bibliography
    speller = Speller(bibliography, found, result.list_id)
    result.new_topics, result.new_tags = speller.new_topics, speller.new_tags
    result.new_venues = speller.new_venues
    known = KnownRecords(bibliography.lists.get(result.list_id))
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
    source = bibliography.lists.get(result.list_id)
    _match(bibliography, todo, unique=source.unique if source else None)
    result.gone = known.left()
    plan_entries(project, result, speller)
    result.list_text = lists.list_text(project, result, speller, known, today)
    return result


def _settled(
    bibliography: Bibliography, item: FoundRecord, sections: tuple[str, ...], old: Record | None
) -> Finding:
    key = bibliography.resolve(old.entry) if old and old.entry else None
    outcome = Outcome.MATCHED if key else Outcome.NEW
    return Finding(item.line, item.record, sections, outcome, key, known=old is not None)


# -- Matching --------------------------------------------------------------------------------

NEW_PREFIX = "new:"
"""Marks, while matching, works that have no citation key yet."""


def _match(bibliography: Bibliography, todo: Sequence[Finding], *, unique: bool | None) -> None:
    """Find for each record its entry, or the other records of the source that are the same new work."""

    def spellings(venue: str) -> Iterable[str]:
        found = venues.find(bibliography.venues, venue)
        return Vocabulary.spellings(found) if found else ()

    index = Index(frozenset(decision.not_same) for decision in bibliography.decisions)
    for key, entry in bibliography.entries.items():
        index.add(key, of_entry(entry, spellings))
    works = [of_record(finding.record, spellings) for finding in todo]
    matches = competing.match_all(index, works, unique=unique)
    for finding, match in zip(todo, matches, strict=True):
        finding.outcome, finding.candidates, finding.entry = match.outcome, match.candidates, match.key
        finding.confirm = match.confirm
        finding.evidence = match.candidates[0].evidence if match.candidates else None
    new = [place for place, finding in enumerate(todo) if finding.outcome == Outcome.NEW]
    for number, places in enumerate(group([works[place] for place in new])):
        for place in places:
            todo[new[place]].entry = f"{NEW_PREFIX}{number}"
            if place != places[0]:
                todo[new[place]].evidence = compare(works[new[place]], works[new[places[0]]])
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
                evidence = compare(works[place], works[first])
                finding.outcome, finding.evidence = Outcome.AMBIGUOUS, evidence
                finding.candidates = (Candidate(new[first].entry or "", evidence),)
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
        match = competing.match(beside, works[place])
        twins = {todo[int(candidate.key)].entry for candidate in match.candidates[:1]}
        plain = match.candidates and match.candidates[0].evidence.titles_same
        if match.outcome == Outcome.MATCHED and plain and twins & {c.key for c in todo[place].candidates}:
            todo[place].outcome, todo[place].entry = Outcome.MATCHED, twins.pop()
            todo[place].evidence = match.candidates[0].evidence


def plan_entries(project: Project, result: Plan, speller: Speller) -> None:
    """Entries that come into being, with their keys, and entries that gain a field."""
    bibliography = project.bibliography
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        if finding.entry and not finding.known and not finding.confirm:
            groups[finding.entry].append(finding)
    taken = {*bibliography.entries, *bibliography.aliases, *published_keys(project)}
    renamed: dict[str, str] = {}
    for provisional, findings in groups.items():
        records = [speller.in_section(finding.record, finding.sections) for finding in findings]
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
            Candidate(renamed.get(c.key, c.key), c.evidence) for c in finding.candidates
        )


def _plan_change(
    project: Project, result: Plan, key: str, records: Sequence[Record], speller: Speller
) -> None:
    """Gaps of an entry that exists, as far as the records fill them."""
    stated = project.file(project.entry_paths[key]).data
    united = merging.unite(stated, records, speller)
    gained = {name: value for name, value in united.items() if stated.get(name) != value}
    if gained:
        result.changed_entries[key] = gained


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

    def write(path: str, text: str, how: Callable[[Path, str], bool] = writer.write) -> None:
        if how(project.root / path, text):
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
            write(path, entry_text(fields, today), writer.create)
    for key, gained in plan.changed_entries.items():
        path = project.entry_paths[key]
        text = project.file(path).text
        for name, value in gained.items():
            text = writer.set_field(text, (name,), value, merging.ENTRY_ORDER)
        write(path, text)
    write(project.list_paths.get(plan.list_id, f"{DATA}/lists/{plan.list_id}.yml"), plan.list_text)
    resuming.end(project.root)
    return changed

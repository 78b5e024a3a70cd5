"""Reviewing: what is undecided, one question each, and the answers put where they belong.

A question has choices ("it is this entry") and what follows where none of them
is right. Answers about records go into the record's `entry`, those about pairs
of entries unite them or go into `decisions.yml`, so that each is asked once.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from odebib.editing import importing, uniting
from odebib.editing.naming import Speller
from odebib.editing.plan import Finding, Plan
from odebib.editing.recognising import fingerprint
from odebib.editing.splicing import Change, with_records_changed
from odebib.matching import competing
from odebib.matching.competing import Outcome
from odebib.matching.index import Index
from odebib.matching.weighing import Evidence, compare
from odebib.matching.works import of_entry, of_record
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.model.record import Record
from odebib.project import store
from odebib.project.store import DATA, Project
from odebib.sources.found import Found, FoundRecord, FoundSection
from odebib.yamlio import writer

NONE = "none"
"""The answer that none of a question's choices is right."""
Side = tuple[tuple[str, str], ...]
"""One of two descriptions: labels with what stands there."""


@dataclass(frozen=True)
class Choice:
    """What the answer to a question may be."""

    id: str
    said: str
    """As people are asked: it is the entry `chen2018neural`."""
    other: Side
    """The description that the question's own is compared with."""
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Question:
    """Something that only a person can say."""

    id: str
    title: str
    own: Side
    choices: tuple[Choice, ...]
    none: str
    """What it means that none of the choices is right."""
    value: float
    """By which questions are put in order."""
    keys: frozenset[str] = field(default=frozenset())
    """Entries that it is about."""


Answers = Mapping[str, str]
"""The id of the choice, or :data:`NONE`, by the id of the question."""


# -- Questions ---------------------------------------------------------------------------------


def questions(project: Project) -> list[Question]:
    """Everything that is undecided, most valuable first: links to confirm, records, pairs, readings."""
    bibliography = project.bibliography
    found = [*_of_records(project), *_of_pairs(bibliography), *_of_readings(bibliography)]
    return sorted(found, key=lambda question: (-question.value, question.id))


def _waiting(bibliography: Bibliography) -> Iterator[tuple[str, str, Record]]:
    """The records that are no entry or await confirmation: their list, the question's id, the record."""
    seen: set[str] = set()
    for source in bibliography.lists.values():
        for path, record in source.records():
            if record.entry and not record.confirm:
                continue
            name = f"record/{source.id}/{fingerprint(record, path)}"
            while name in seen:
                name += "+"
            seen.add(name)
            yield source.id, name, record


def _of_records(project: Project) -> Iterator[Question]:
    bibliography = project.bibliography
    waiting = list(_waiting(bibliography))
    if not waiting:
        return
    index = _index(bibliography)
    for list_id, name, record in waiting:
        candidates = _candidates(bibliography, index, record)
        if not candidates:
            continue
        probability = candidates[0][1].probability
        yield Question(
            name,
            f"{bibliography.lists[list_id].name}: {record.title or record.text[:80]}",
            _side(record),
            tuple(
                Choice(key, f"it is `{key}`", _side(bibliography.entries[key]), evidence)
                for key, evidence in candidates
            ),
            "another work, a new entry",
            (3 if record.entry else 2) + probability,
            frozenset(key for key, _ in candidates),
        )


def _candidates(bibliography: Bibliography, index: Index, record: Record) -> list[tuple[str, Evidence]]:
    """The entries that a record may be, that which it is linked to first; none where it is plain."""
    work = of_record(record)
    matched = competing.match(index, work)
    found = {candidate.key: candidate.evidence for candidate in matched.candidates[:MOST_CHOICES]}
    linked = bibliography.resolve(record.entry) if record.entry else None
    if linked is None:
        return [] if matched.is_sure else list(found.items())  # `check --fix` writes what is sure
    evidence = found.pop(linked, None)
    if evidence is None:
        evidence = compare(work, of_entry(bibliography.entries[linked]), index.rarity)
    return [(linked, evidence), *found.items()]


MOST_CHOICES = 3
"""So many candidates of a record are shown."""


def _of_pairs(bibliography: Bibliography) -> Iterator[Question]:
    for one, other, evidence in _index(bibliography).duplicates():
        kept, gone = sorted((one, other))
        mine, theirs = bibliography.entries[kept], bibliography.entries[gone]
        yield Question(
            f"pair/{kept}/{gone}",
            f"two entries: {kept} and {gone}",
            _side(mine),
            (Choice("same", f"one work: unite `{gone}` into `{kept}`", _side(theirs), evidence),),
            "two works",
            1 + evidence.probability,
            frozenset((kept, gone)),
        )


def _doubted(
    bibliography: Bibliography,
) -> Iterator[tuple[str, str, tuple[str, ...], Record, str]]:
    """The fields that a reader doubts: list, the question's id, section, record, field."""
    for source in bibliography.lists.values():
        for path, record in source.records():
            for name in record.unsure:
                if getattr(record, name, None):
                    yield (
                        source.id,
                        f"reading/{source.id}/{fingerprint(record, path)}/{name}",
                        path,
                        record,
                        name,
                    )


def _of_readings(bibliography: Bibliography) -> Iterator[Question]:
    seen: set[str] = set()
    for list_id, name, _, record, field_name in _doubted(bibliography):
        if name in seen:
            continue  # a record that the list has twice; the next review asks again
        seen.add(name)
        value = as_text(getattr(record, field_name))
        yield Question(
            name,
            f"{bibliography.lists[list_id].name}: is `{field_name}` read right? {record.unsure[field_name]}",
            (("text", record.text or record.title or ""),),
            (Choice("right", f"`{field_name}` is {value}", ((field_name, value),)),),
            "it is not: leave it out",
            0.5,
        )


def as_text(value: object) -> str:
    """A value of a record in a line."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _index(bibliography: Bibliography) -> Index:
    index = Index(frozenset(decision.not_same) for decision in bibliography.decisions)
    for key, entry in bibliography.entries.items():
        index.add(key, of_entry(entry))
    return index


def _side(found: Record | Entry) -> Side:
    """What is shown of a description."""
    people = ", ".join(str(name) for name in found.people[:6]) + (" …" if len(found.people) > 6 else "")
    identifier = found.arxiv or found.doi or found.openreview or found.url
    where = ", ".join(str(value) for value in (found.venue, found.volume, found.pages) if value)
    rows = (
        ("title", found.title),
        ("authors", people),
        ("year", found.year),
        ("venue", where),
        ("id", identifier),
        ("text", found.text if isinstance(found, Record) and not found.title else None),
    )
    return tuple((label, str(value)) for label, value in rows if value)


# -- Answers -----------------------------------------------------------------------------------


def apply(project: Project, answers: Answers, today: datetime.date) -> list[str]:
    """Put answers where they belong; the paths that changed.

    Records come first, then pairs, so that what is told of an entry that is
    united with another one holds for what it has become.
    """
    changed: list[str] = []
    for list_id in project.bibliography.lists:
        changed += _settle_records(project, list_id, answers, today)
        changed += _settle_readings(project, list_id, answers, today)
    pairs = [(name.split("/")[1:], answer) for name, answer in answers.items() if name.startswith("pair/")]
    apart = [keys for keys, answer in pairs if answer == NONE]
    if apart:
        changed += _tell_apart(project, apart, today)
    for (kept, gone), answer in pairs:
        if answer == "same":
            changed += _unite(project, kept, gone)
    return list(dict.fromkeys(changed))


def _settle_records(project: Project, list_id: str, answers: Answers, today: datetime.date) -> list[str]:
    """Link the records of a list as was answered; they fill gaps of their entries, or become new ones."""
    project = store.load(project.root)
    source = project.bibliography.lists[list_id]
    settled = [
        (record, answers[name])
        for of_list, name, record in _waiting(project.bibliography)
        if of_list == list_id and name in answers
    ]
    if not settled:
        return []
    section = FoundSection(source.name, [FoundRecord(0, record) for record, _ in settled])
    plan = Plan(list_id, Found(source.name, source.url, sections=[section], has_headings=False))
    paths = {id(record): path for path, record in source.records()}
    for number, (record, answer) in enumerate(settled):
        is_new = answer == NONE
        key = f"{importing.NEW_PREFIX}{number}" if is_new else project.bibliography.resolve(answer)
        outcome = Outcome.NEW if is_new else Outcome.MATCHED
        plan.findings.append(Finding(0, record, paths[id(record)], outcome, key))
    speller = Speller(project.bibliography, plan.found, list_id)
    plan.new_topics, plan.new_tags = speller.new_topics, speller.new_tags
    plan.new_venues = speller.new_venues
    importing.plan_entries(project, plan, speller)
    changes: dict[int, list[Change]] = {}
    for finding in plan.findings:
        confirmed: list[Change] = [(("confirm",), None)] if finding.record.confirm else []
        changes[id(finding.record)] = [(("entry",), finding.entry), *confirmed]
    plan.list_text = with_records_changed(project, list_id, changes)
    return importing.apply(project, plan, today)


def _settle_readings(project: Project, list_id: str, answers: Answers, today: datetime.date) -> list[str]:
    """Take readings that are right out of doubt, so that they fill gaps, and wrong ones away."""
    project = store.load(project.root)
    source = project.bibliography.lists[list_id]
    changes: dict[int, list[Change]] = defaultdict(list)
    plan = Plan(list_id, Found(source.name, source.url, has_headings=False))
    left: dict[int, dict[str, str]] = {}
    for of_list, name, path, record, field_name in _doubted(project.bibliography):
        answer = answers.get(name)
        if of_list != list_id or answer is None:
            continue
        doubts = left.setdefault(id(record), dict(record.unsure))
        del doubts[field_name]
        changes[id(record)].append((("unsure", field_name) if doubts else ("unsure",), None))
        if answer == NONE:
            changes[id(record)].append(((field_name,), None))
        elif record.entry and not record.confirm:
            told = record.model_copy(update={"unsure": dict(doubts)})
            key = project.bibliography.resolve(record.entry)
            plan.findings.append(Finding(0, told, path, Outcome.MATCHED, key))
    if not changes:
        return []
    plan.found.sections.append(FoundSection(source.name, [FoundRecord(0, f.record) for f in plan.findings]))
    speller = Speller(project.bibliography, plan.found, list_id)
    plan.new_topics, plan.new_tags = speller.new_topics, speller.new_tags
    plan.new_venues = speller.new_venues
    importing.plan_entries(project, plan, speller)
    plan.list_text = with_records_changed(project, list_id, changes)
    return importing.apply(project, plan, today)


def _tell_apart(project: Project, pairs: Iterable[Sequence[str]], today: datetime.date) -> list[str]:
    path = f"{DATA}/decisions.yml"
    file = project.root / path
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    for keys in pairs:
        item = {"not_same": list(keys), "reason": f"told apart in review, {today.isoformat()}"}
        text = writer.append_item(text, (), item) if text.strip() else writer.emit([item])
    return [path] if writer.write(file, text) else []


def _unite(project: Project, kept: str, gone: str) -> list[str]:
    project = store.load(project.root)
    keys = [project.bibliography.resolve(key) for key in (kept, gone)]
    if keys[0] is None or keys[1] is None or keys[0] == keys[1]:
        return []
    return uniting.merge(project, keys[0], keys[1])

"""Checks of source lists: every record has its entry, and the two look like one work."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.checks.check import Finding, check
from odebib.errors import Severity, did_you_mean
from odebib.matching import competing
from odebib.matching.index import Index
from odebib.matching.weighing import compare
from odebib.matching.works import Work, of_entry, of_record
from odebib.model.entry import Entry
from odebib.model.record import Record
from odebib.project.store import Project


@check(
    "record-without-entry",
    Severity.WARNING,
    "title",
    "authors",
    fix="writes the entry, where nothing speaks against it",
)
def _record_without_entry(project: Project) -> Iterator[Finding]:
    """What a list holds should be somewhere in the bibliography; nothing listed may be lost."""
    open_records = [
        (source.id, record)
        for source in project.bibliography.lists.values()
        for _, record in source.records()
        if not record.entry
    ]
    if not open_records:
        return
    index = Index()
    for key, entry in project.bibliography.entries.items():
        index.add(key, of_entry(entry))
    for list_id, record in open_records:
        candidates = competing.match(index, of_record(record)).candidates
        message = f"“{record.title or record.text[:60]}” belongs to no entry"
        hint = (
            f"if it is `{candidates[0].key}`, add `entry: {candidates[0].key}`"
            if candidates
            else ("import the list again, or add an entry")
        )
        yield Finding(project.locate_record(list_id, record), message, hint)
        if candidates:
            nearest = candidates[0].key
            place = project.locate_entry(nearest, "title")
            told = (
                f"a record of {project.list_paths[list_id]} comes nearest to this entry, but belongs to none"
            )
            yield Finding(place, told, f"add `entry: {nearest}` to the record “{record.title}”", nearest)


@check("record-entry", Severity.ERROR)
def _record_entry(project: Project) -> Iterator[Finding]:
    """The `entry` of a record must be there, under its key of today or a former one."""
    bibliography = project.bibliography
    known = {*bibliography.entries, *bibliography.aliases, *project.entry_paths}
    for source in bibliography.lists.values():
        for _, record in source.records():
            if record.entry and record.entry not in known:
                place = project.locate_record(source.id, record, "entry")
                yield Finding(place, f"there is no entry `{record.entry}`", did_you_mean(record.entry, known))


@check("record-disagrees", Severity.WARNING, "title", "authors")
def _record_disagrees(project: Project) -> Iterator[Finding]:
    """A record and its entry must look like one work; else one of them was changed or mixed up."""
    bibliography = project.bibliography
    works: dict[str, Work] = {}
    for source in bibliography.lists.values():
        for _, record in source.records():
            key = bibliography.resolve(record.entry) if record.entry else None
            if key is None:
                continue
            entry = bibliography.entries[key]
            work = works.setdefault(key, of_entry(entry))
            evidence = compare(of_record(record), work)
            if evidence.is_of_two_works:
                yield from _disagreement(project, source.id, record, entry, evidence.reason)


def _disagreement(
    project: Project, list_id: str, record: Record, entry: Entry, reason: str
) -> Iterator[Finding]:
    place = project.locate_record(list_id, record, "entry")
    title = record.title or record.text[:60]
    yield Finding(
        place, f"“{title}” does not look like `{entry.key}`: {reason}", "correct `entry`", entry.key
    )
    told = f"{project.list_paths[list_id]} lists this as “{title}”, which does not look like it: {reason}"
    heal = f"if it is the same work, keep that title under\nother_titles:\n  - {title}"
    yield Finding(project.locate_entry(entry.key, "title"), told, heal, entry.key)


@check("unsure-reading", Severity.WARNING)
def _unsure_reading(project: Project) -> Iterator[Finding]:
    """A reader of running text doubts a field, which therefore went into no entry; a person can tell."""
    for source in project.bibliography.lists.values():
        for _, record in source.records():
            for field, reason in record.unsure.items():
                place = project.locate_record(source.id, record, "unsure", field)
                hint = f"correct `{field}` in the entry, then delete this line"
                yield Finding(place, f"the `{field}` of “{record.title or record.text[:60]}”: {reason}", hint)

"""A source list's file: written anew, or changed to what the source says now."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from odebib.editing.drafting import SCHEMA_LINE, as_written
from odebib.editing.naming import Speller
from odebib.editing.plan import Finding, Plan
from odebib.editing.recognising import KnownRecords, fingerprint
from odebib.model.record import Record, Section, SourceList
from odebib.project.store import Project
from odebib.sources.found import FoundSection
from odebib.yamlio import reader, writer

RECORD_ORDER = tuple(Record.model_fields)


def record_fields(record: Record, entry: str | None, *, confirm: bool = False) -> dict[str, Any]:
    """A record as its file holds it; ``confirm`` where somebody should say whether it is its entry."""
    data = record.model_dump(mode="json", exclude_defaults=True)
    data["links"] = {
        kind: urls[0] if len(urls) == 1 else list(urls)
        for kind, urls in data.get("links", {}).items()
        if urls
    }
    data["entry"] = entry
    data["confirm"] = "true" if confirm or record.confirm else None
    return {name: as_written(data[name]) for name in RECORD_ORDER if data.get(name)}


def list_text(
    project: Project, result: Plan, speller: Speller, known: KnownRecords, today: datetime.date
) -> str:
    """The file of the list that a plan is for."""
    read = {fingerprint(item.record, sections) for sections, item in result.found.records()}
    prints = sorted(known.fingerprints | read)
    if known.source is None:
        return _new_list(result, speller, prints)
    path = project.list_paths[result.list_id]
    return _changed_list(project.file(path).text, path, result, speller, known, prints, today)


def _new_list(result: Plan, speller: Speller, prints: Sequence[str]) -> str:
    found = result.found
    by_section: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in result.findings:
        by_section[finding.sections].append(finding)

    def section(node: FoundSection, above: tuple[str, ...]) -> dict[str, Any]:
        path = (*above, node.title)
        fields: dict[str, Any] = {"title": node.title, "topic": speller.section_topics.get(path)}
        fields["records"] = [record_fields(f.record, f.entry, confirm=f.confirm) for f in by_section[path]]
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
    speller: Speller,
    known: KnownRecords,
    prints: Sequence[str],
    today: datetime.date,
) -> str:
    """The list's file with what is new added, what changed renewed and what is gone marked."""
    assert known.source is not None
    findings = {id(finding.record): finding for finding in result.findings}
    for steps, record in list(_steps(known.source)):
        now = known.now.get(id(record))
        if now is None:
            if record.gone is None:
                text = writer.set_field(text, (*steps, "gone"), today.isoformat(), RECORD_ORDER)
            continue
        if record.gone is not None:
            text = writer.delete_field(text, (*steps, "gone"))
        text = _renewed(text, steps, record, now, findings.get(id(now)))
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


def _renewed(
    text: str, steps: tuple[str | int, ...], old: Record, now: Record, finding: Finding | None
) -> str:
    """A record as the source says it now. Where the source says what it said, a person's corrections stay."""
    entry = finding.entry if finding else None
    if old.text != now.text:
        fields = record_fields(now, old.entry or entry)
        for name in RECORD_ORDER:
            if name in fields and fields[name] != record_fields(old, old.entry).get(name):
                text = writer.set_field(text, (*steps, name), fields[name], RECORD_ORDER)
    elif entry and not old.entry:
        text = writer.set_field(text, (*steps, "entry"), entry, RECORD_ORDER)
        if finding and finding.confirm:
            text = writer.set_field(text, (*steps, "confirm"), "true", RECORD_ORDER)
    return text


def _added(text: str, path: str, finding: Finding, speller: Speller) -> str:
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
    return _appended(
        text, node, (*steps, "records"), record_fields(finding.record, finding.entry, confirm=finding.confirm)
    )


def _appended(text: str, node: Mapping[str, Any], where: tuple[str | int, ...], item: Any) -> str:
    if node.get(str(where[-1])):
        return writer.append_item(text, where, item)
    return writer.set_field(text, where, [item], tuple(Section.model_fields))

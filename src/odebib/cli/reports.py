"""The report of an import for people, and how far a long one is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich import progress as bars
from rich.console import Console

from odebib.cli.program import counted
from odebib.editing.plan import Finding, Plan
from odebib.editing.rereading import Reread, Rereading
from odebib.matching.competing import Outcome
from odebib.model.bibliography import Bibliography
from odebib.text.folding import fold

CUT = 100
"""So much of a text is shown where the whole of it may be pages."""


# -- The report ------------------------------------------------------------------------------


def as_json(plans: Sequence[Plan], rereadings: Sequence[Rereading] = ()) -> str:
    """The report of one import, or of several as one; with what was read again, where that was asked for."""
    reports = [plan.as_json() for plan in plans]
    names = ("records", "not_understood")
    value = {name: [item for report in reports for item in report[name]] for name in names}
    if rereadings:
        value["reread"] = [record.as_json() for read in rereadings for record in read.records]
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def told(name: str, plan: Plan, bibliography: Bibliography) -> Iterator[str]:
    """The report of one file, a line or two an item; what a person must look at comes last.

    ``bibliography`` is as it was before the import. Places are written so that
    terminals and editors can open them.
    """
    new = _found(plan, Outcome.NEW)
    matched, likely = _matches(plan, confirm=False), _matches(plan, confirm=True)
    ambiguous = [finding for finding in plan.findings if finding.outcome == Outcome.AMBIGUOUS]
    yield from _group(f"new ({counted(len(plan.new_entries), 'entry', 'entries')})", new, _new(name, new))
    yield from _group(f"matched ({len(matched)})", matched, _matched(name, matched, bibliography))
    yield from _group(f"to confirm ({len(likely)})", likely, _matched(name, likely, bibliography))
    gains = [f"  {key}: {', '.join(fields)}" for key, fields in plan.changed_entries.items()]
    yield from _group(f"entries that gain a field ({len(gains)})", gains, gains)
    gone = [record for record in plan.gone if record.gone is None]
    lines = (f"  {_cut(record.title or record.text)}" for record in gone)
    yield from _group(f"gone from the source ({len(gone)})", gone, lines)
    yield from _group(f"ambiguous ({len(ambiguous)})", ambiguous, _ambiguous(name, ambiguous, plan.list_id))
    unsure = [finding for finding in plan.findings if finding.record.unsure and not finding.known]
    yield from _group(f"unsure ({len(unsure)})", unsure, _unsure(name, unsure))
    left = plan.not_understood
    lines = (f"  {name}:{item.line}: {_cut(item.text)}\n      {item.reason}" for item in left)
    yield from _group(f"not understood ({len(left)})", left, lines)


def read_again(name: str, rereading: Rereading) -> Iterator[str]:
    """The records that are read otherwise today: each field as it was and as it is."""
    records = rereading.records
    lines = (line for record in records for line in _reread(name, record))
    yield from _group(f"read again ({len(records)})", records, lines)


def _reread(name: str, record: Reread) -> Iterator[str]:
    yield f"  {name}:{record.line}: {_cut(record.title)}"
    for change in record.changes:
        yield f"      {change.name}: {_value(change.before)} → {_value(change.after)}"


def _value(value: Any) -> str:
    """A field's value in a line; nothing is said to be so."""
    if value is None:
        return "(none)"
    if isinstance(value, Mapping):
        return _cut("; ".join(f"{name}: {_value(item)}" for name, item in value.items()))
    return _cut(", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))


def _unsure(name: str, findings: Sequence[Finding]) -> Iterator[str]:
    """What the reader doubts of each item, with its line."""
    for finding in findings:
        yield f"  {name}:{finding.line}: {_cut(finding.record.title or finding.record.text)}"
        yield from (f"      {field}: {reason}" for field, reason in finding.record.unsure.items())


def _found(plan: Plan, outcome: Outcome) -> list[Finding]:
    """The items that were not known before and are found to be so."""
    return [finding for finding in plan.findings if finding.outcome == outcome and not finding.known]


def _matches(plan: Plan, *, confirm: bool) -> list[Finding]:
    """The items that were found to be entries, for sure or to be confirmed."""
    return [finding for finding in _found(plan, Outcome.MATCHED) if bool(finding.confirm) is confirm]


def _group(title: str, items: Sequence[object], lines: Iterator[str] | Sequence[str]) -> Iterator[str]:
    if items:
        yield f"{title}:"
        yield from lines


def _new(name: str, findings: Sequence[Finding]) -> Iterator[str]:
    """New entries; where several items are one work, with the reason."""
    first: dict[str | None, int] = {}
    for finding in findings:
        yield f"  {name}:{finding.line}: {finding.entry}: {_title(finding)}"
        line = first.setdefault(finding.entry, finding.line)
        if finding.evidence is not None:
            yield f"      the same as line {line}: {finding.evidence.reason}"


def _matched(name: str, findings: Sequence[Finding], bibliography: Bibliography) -> Iterator[str]:
    """Items that are entries, with the reason, and the entry's title where it is another."""
    for finding in findings:
        yield f"  {name}:{finding.line}: {finding.entry}: {_title(finding)}"
        entry = bibliography.entries.get(finding.entry or "")
        other = entry is not None and all(fold(title) != fold(_title(finding)) for title in entry.titles)
        called = f"; there “{_cut(entry.title)}”" if entry is not None and other else ""
        yield f"      {finding.evidence.reason if finding.evidence else 'settled before'}{called}"


def _ambiguous(name: str, findings: Sequence[Finding], list_id: str) -> Iterator[str]:
    for finding in findings:
        keys = [candidate.key for candidate in finding.candidates[:3]]
        why = finding.evidence.reason if finding.evidence else "several entries fit"
        yield f"  {name}:{finding.line}: {_title(finding)}"
        yield f"      may be {' or '.join(keys)}: {why}"
        if keys:
            yield f"      if so, write `entry: {keys[0]}` to the record in data/lists/{list_id}.yml"


def _title(finding: Finding) -> str:
    return _cut(finding.record.title or finding.record.text)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= CUT else line[: CUT - 1].rstrip() + "…"


def result(plan: Plan, changed: Sequence[str], *, dry_run: bool) -> str:
    """One line that sums up an import."""
    known = sum(finding.known for finding in plan.findings)
    confirm = sum(finding.confirm for finding in plan.findings)
    parts = [
        counted(len(plan.findings), "record"),
        f"{known} known before" if known else "",
        f"{sum(f.outcome == Outcome.MATCHED and not f.known for f in plan.findings)} matched",
        counted(len(plan.new_entries), "new entry", "new entries"),
        f"{confirm} of them to confirm with `odebib review`" if confirm else "",
        f"{plan.count(Outcome.AMBIGUOUS)} ambiguous",
        f"{len(plan.not_understood)} not understood",
    ]
    drafts = len(plan.new_topics) + len(plan.new_tags) + len(plan.new_venues)
    if drafts:
        parts.append(f"{counted(drafts, 'draft')} in topics, tags and venues")
    end = "nothing written (--dry-run)" if dry_run else _written(changed)
    return f"{plan.list_id}: {', '.join(filter(None, parts))}; {end}"


def _written(changed: Sequence[str]) -> str:
    return f"{counted(len(changed), 'file')} written; see `git diff`" if changed else "nothing to write"


# -- Progress --------------------------------------------------------------------------------


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Shows on a terminal that something is done, and how much of it; call the result for each step."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    columns = [bars.SpinnerColumn(), bars.TextColumn("{task.description}")]
    columns += [bars.BarColumn(), bars.MofNCompleteColumn()] if total else [bars.TimeElapsedColumn()]
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=total)
        yield lambda: shown.advance(task)

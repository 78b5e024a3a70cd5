"""Commands of maintainers: ``import``, ``duplicates``, ``merge``, ``init``."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from odebib import editing, ingest, scaffold, selecting, store
from odebib.bibliography import Bibliography
from odebib.checks import suspected_duplicates
from odebib.cli import publish
from odebib.cli.program import counted, load, project_root, root, say
from odebib.errors import DataError, UsageError
from odebib.ingest import Plan
from odebib.matching import Outcome
from odebib.sources import files
from odebib.store import Project


@click.command("import")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--list", "list_id", metavar="ID", help="The id of the source list; default follows from its name."
)
@click.option("--format", "format_", type=click.Choice(["auto", *files.READERS]), default="auto")
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--report", type=click.Choice(["text", "json"]), default="text", help="Form of the report.")
@project_root
def import_(sources: Sequence[Path], list_id: str | None, format_: str, dry_run: bool, report: str) -> None:
    """Take in somebody's list: awesome list, page of citations, .bib, CSL-JSON or RIS.

    Each item of the source becomes a record of a source list, is matched with the
    entries, and makes a new entry where it matches none. `git diff` is the review.

    \b
    Examples:
      odebib import README.md --list awesome-neural-ode
      odebib import refs.bib --dry-run
    """
    if list_id and len(sources) > 1:
        raise UsageError(
            "one list id cannot name several files", "import them one by one, or leave --list out"
        )
    reports = []
    clean = True
    for source in sources:
        project = load()
        if project.errors:
            raise DataError(project.errors)
        plan = ingest.plan(project, files.read(source, format_), list_id, today=datetime.date.today())
        changed = [] if dry_run else ingest.apply(project, plan, datetime.date.today())
        clean = clean and not plan.not_understood and not plan.count(Outcome.AMBIGUOUS)
        reports.append(plan)
        if report == "text":
            click.echo("\n".join(_told(source, plan)))
            say(_result(plan, changed, dry_run))
    if report == "json":
        click.echo(_as_json(reports), nl=False)
    if not clean:
        raise click.exceptions.Exit(1)


def _as_json(plans: Sequence[Plan]) -> str:
    """The report of one import, or of several as one."""
    value = {
        "records": [record for plan in plans for record in plan.as_json()["records"]],
        "not_understood": [item for plan in plans for item in plan.as_json()["not_understood"]],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _told(source: Path, plan: Plan) -> Iterator[str]:
    """The report for people: what is new, matched, ambiguous, not understood and gone."""
    groups = {
        "new": [f for f in plan.findings if f.outcome == Outcome.NEW and not f.known],
        "matched": [f for f in plan.findings if f.outcome == Outcome.MATCHED and not f.known],
        "ambiguous": [f for f in plan.findings if f.outcome == Outcome.AMBIGUOUS],
    }
    for name, findings in groups.items():
        if findings:
            yield f"{name}:"
        for finding in findings:
            title = finding.record.title or finding.record.text[:70]
            yield f"  {source.name}:{finding.line}: {title}"
            if finding.outcome == Outcome.AMBIGUOUS:
                keys = ", ".join(candidate.key for candidate in finding.candidates[:3])
                why = finding.evidence.reason if finding.evidence else "several entries fit"
                yield f"      may be {keys}: {why}; write `entry: …` to the record in {plan.list_id}.yml"
            else:
                reason = f" ({finding.evidence.reason})" if finding.evidence and name == "matched" else ""
                yield f"      → {finding.entry}{reason}"
    if plan.not_understood:
        yield "not understood:"
        for item in plan.not_understood:
            yield f"  {source.name}:{item.line}: {item.text[:90]}"
            yield f"      {item.reason}"
    for record in plan.gone:
        if record.gone is None:
            yield f"gone from the source: {record.title or record.text[:70]}"
    for key, fields in plan.changed_entries.items():
        yield f"gains {', '.join(fields)}: {key}"


def _result(plan: Plan, changed: Sequence[str], dry_run: bool) -> str:
    known = sum(finding.known for finding in plan.findings)
    parts = [
        counted(len(plan.findings), "record"),
        f"{known} known before" if known else "",
        f"{sum(f.outcome == Outcome.MATCHED and not f.known for f in plan.findings)} matched",
        counted(len(plan.new_entries), "new entry", "new entries"),
        f"{plan.count(Outcome.AMBIGUOUS)} ambiguous",
        f"{len(plan.not_understood)} not understood",
    ]
    drafts = len(plan.new_topics) + len(plan.new_tags) + len(plan.new_venues)
    if drafts:
        parts.append(f"{counted(drafts, 'draft')} in topics, tags and venues")
    end = (
        "nothing written (--dry-run)"
        if dry_run
        else f"{counted(len(changed), 'file')} written; see `git diff`"
    )
    return f"{plan.list_id}: {', '.join(filter(None, parts))}; {end}"


@click.command()
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@project_root
def duplicates(format_: str) -> None:
    """List pairs of entries that look like one work, with the evidence."""
    bibliography = load().bibliography
    pairs = list(suspected_duplicates(bibliography))
    if format_ == "json":
        value = [{"keys": [one, other], "evidence": evidence.as_json()} for one, other, evidence in pairs]
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return
    for one, other, evidence in pairs:
        click.echo(f"{one}  {other}\n    {evidence.reason}")
        for key in (one, other):
            click.echo(f"    {_in_one_line(bibliography, key)}")
        click.echo(f"    unite: odebib merge {one} {other}")
    say(f"{counted(len(pairs), 'pair')} of {counted(len(bibliography.entries), 'entry', 'entries')}")


def _in_one_line(bibliography: Bibliography, key: str) -> str:
    entry = bibliography.entries[key]
    people = ", ".join(name.last for name in entry.people[:3]) + (" et al." if len(entry.people) > 3 else "")
    where = bibliography.venue_name(entry) or (f"arXiv:{entry.arxiv}" if entry.arxiv else "")
    return f"{key}: {people}: {entry.title}. {where} {entry.year or ''}".rstrip()


@click.command()
@click.argument("kept")
@click.argument("other")
@project_root
def merge(kept: str, other: str) -> None:
    """Unite two entries that are one work: KEPT stays, OTHER becomes a former key of it.

    \b
    Example:
      odebib merge chen2018neural chen2018neuralb
    """
    project = load()
    if project.errors:
        raise DataError(project.errors)
    keys = [selecting.resolve(project.bibliography, key) for key in (kept, other)]
    if keys[0] == keys[1]:
        say(f"{other} already leads to {keys[0]}; nothing to do")
        return
    changed = editing.merge(project, keys[0], keys[1])
    say(
        f"kept {keys[0]}; {keys[1]} now leads to it. {counted(len(changed), 'file')} changed: {', '.join(changed)}"
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--from", "source", type=click.Path(path_type=Path), help="A list to begin with.")
@click.option("--name", help="What the bibliography is called.")
@project_root
def init(folder: Path, source: Path | None, name: str | None) -> None:
    """Make a new bibliography in DIR, empty or from an awesome list.

    \b
    Examples:
      odebib init my-field
      odebib init my-field --from README.md
    """
    found = files.read(source) if source else None
    scaffold.make(folder, name or (found.name if found else None))
    say(f"made a bibliography in {folder}")
    if found is None or source is None:
        say(f"next: `cd {folder}`, then `odebib import FILE` or write data/entries/KEY.yml")
        return
    click.get_current_context().find_root().obj = folder
    project = load()
    plan = ingest.plan(project, found, today=datetime.date.today())
    changed = ingest.apply(project, plan, datetime.date.today())
    click.echo("\n".join(_told(source, plan)))
    say(_result(plan, changed, dry_run=False))
    publish.build_site(load(), folder / "site", "mkdocs")
    _say_to_do(store.load(root()), plan)


def _say_to_do(project: Project, plan: Plan) -> None:
    """What is left for a person, counted."""
    bibliography = project.bibliography
    entries = bibliography.entries.values()
    counts = {
        "topics, tags and venues marked `draft` to look at": sum(
            term.draft
            for vocabulary in (bibliography.topics, bibliography.tags, bibliography.venues)
            for term in vocabulary
        ),
        "items not understood": len(plan.not_understood),
        "ambiguous records": plan.count(Outcome.AMBIGUOUS),
        "entries without complete authors": sum(not e.people or not e.authors_complete for e in entries),
        "entries without year": sum(e.year is None for e in entries),
        "entries without summary": sum(e.summary is None for e in entries),
    }
    left = {what: number for what, number in counts.items() if number}
    say("to do: " + (", ".join(f"{number} {what}" for what, number in left.items()) or "nothing"))

"""Commands of maintainers: ``import``, ``duplicates``, ``merge``, ``init``."""

from __future__ import annotations

import datetime
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from odebib.checks import suspected_duplicates
from odebib.cli import publish, reports
from odebib.cli.program import counted, load, project_root, root, say
from odebib.editing import importing, rereading, uniting
from odebib.editing.plan import Plan
from odebib.editing.rereading import Rereading
from odebib.errors import DataError, FormatError, UsageError
from odebib.lookup import selecting
from odebib.matching.competing import Outcome
from odebib.model.bibliography import Bibliography
from odebib.project import scaffold, store
from odebib.project.store import Project
from odebib.sources import files
from odebib.sources.columns import Meanings
from odebib.sources.columns import wanted as wanted_columns
from odebib.sources.found import Found


@click.command("import")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER...")
@click.option(
    "--list", "list_id", metavar="ID", help="The id of the source list; default follows from its name."
)
@click.option(
    "--format",
    "format_",
    metavar="NAME",
    default="auto",
    help=f"What the source is, where its signs mislead: {', '.join(files.BY_NAME)}.",
)
@click.option(
    "--columns",
    metavar="FIELD=NAME,…",
    help="What columns hold whose names are not known: `title=Titel,year=Jahr`.",
)
@click.option(
    "--reread",
    is_flag=True,
    help="Bring what is read better today to records that are known; what a person wrote stays.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--report", type=click.Choice(["text", "json"]), default="text", help="Form of the report.")
@project_root
def import_(
    sources: Sequence[Path],
    list_id: str | None,
    format_: str,
    columns: str | None,
    reread: bool,
    dry_run: bool,
    report: str,
) -> None:
    """Take in somebody's list, whatever form it has: a list in Markdown, a .bib, a table, notes, an export.

    Each item of the source becomes a record of a source list, is matched with the
    entries, and makes a new entry where it matches none. `git diff` is the review.

    \b
    Examples:
      odebib import README.md --list awesome-neural-ode
      odebib import refs.bib --dry-run
      odebib import papers.csv --columns title=Titel,authors=Autoren
      odebib import content/publication
      odebib import README.md --reread --dry-run
    """
    if list_id and len(sources) > 1:
        raise UsageError(
            "one list id cannot name several files", "import them one by one, or leave --list out"
        )
    wanted = wanted_columns(columns)
    found = [_read(source, format_, wanted) for source in sources]
    rereadings: list[Rereading] = []
    plans: list[Plan] = []
    with _room_for(root(), trial=dry_run and (reread or len(sources) > 1)) as folder:
        for source, what in zip(sources, found, strict=True):
            if reread:
                rereadings.append(_read_again(folder, source, what, list_id, report, dry_run=dry_run))
            plans.append(_take_in(folder, source, what, list_id, report, dry_run=dry_run))
    if report == "json":
        click.echo(reports.as_json(plans, rereadings), nl=False)
    if not all(map(_is_clean, plans)):
        raise click.exceptions.Exit(1)


def _read(source: Path, format_: str, wanted: Meanings | None = None) -> Found:
    """Everything a source holds; any doubt of the whole is said first, then what it is."""
    with reports.progress(f"reading {source.name}"):
        found = files.read(source, format_, wanted)
    if found.doubt:
        say(f"{source.name}: {found.doubt}")
        say("    hint: look at what `odebib import FILE --dry-run` makes of each item before you keep any")
    say(f"{source.name}: {found.described()}")
    return found


NO_ITEM = "nothing in it looks like an item of a list"
OTHER_FORMAT = "if it is of another format, name it with --format"


@contextmanager
def _room_for(folder: Path, *, trial: bool) -> Iterator[Path]:
    """Where to write: the project, or a copy of it to try several files, which build on each other."""
    if not trial or not (folder / store.DATA).is_dir():
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="odebib-") as copy:
        shutil.copytree(folder / store.DATA, Path(copy) / store.DATA)
        yield Path(copy)


def _read_again(
    folder: Path, source: Path, found: Found, list_id: str | None, report: str, *, dry_run: bool
) -> Rereading:
    """Bring what a file's reader finds today to the records of it that are known; report each change."""
    project = store.load(folder)
    if project.errors:
        raise DataError(project.errors)
    read = rereading.plan(project, found, list_id)
    rereading.apply(project, read)
    if report == "text":
        click.echo("".join(f"{line}\n" for line in reports.read_again(source.name, read)), nl=False)
        number = counted(len(read.records), "known record")
        say(f"{number} read otherwise" + ("; nothing written (--dry-run)" if dry_run else ""))
    return read


def _take_in(
    folder: Path, source: Path, found: Found, list_id: str | None, report: str, *, dry_run: bool
) -> Plan:
    """Plan and carry out the import of one file into the project in ``folder``; report it."""
    project = store.load(folder)
    if project.errors:
        raise DataError(project.errors)
    today = datetime.date.today()
    records = sum(1 for _ in found.records())
    with reports.progress(f"matching {counted(records, 'record')}"):
        plan = importing.plan(project, found, list_id, today=today)
    if not plan.findings and not plan.not_understood:
        say(f"{source}: {NO_ITEM}; {OTHER_FORMAT}")
        return plan
    changed: list[str] = []
    if not dry_run or folder != root():
        with reports.progress("writing", len(plan.new_entries) + len(plan.changed_entries)) as written:
            changed = importing.apply(project, plan, today, written)
    if report == "text":
        lines = reports.told(source.name, plan, project.bibliography)
        click.echo("".join(f"{line}\n" for line in lines), nl=False)
        say(reports.result(plan, changed, dry_run=dry_run))
    return plan


def _is_clean(plan: Plan) -> bool:
    """Whether everything of a source was understood, and nothing is left in doubt."""
    return bool(plan.findings) and not plan.not_understood and not plan.count(Outcome.AMBIGUOUS)


@click.command()
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@project_root
def duplicates(format_: str) -> None:
    """List pairs of entries that look like one work, with the evidence.

    \b
    Examples:
      odebib duplicates
      odebib duplicates --format json
    """
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
    changed = uniting.merge(project, keys[0], keys[1])
    done = f"{counted(len(changed), 'file')} changed: {', '.join(changed)}"
    say(f"kept {keys[0]}; {keys[1]} now leads to it. {done}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--from", "source", type=click.Path(path_type=Path), help="A list to begin with.")
@click.option("--name", help="What the bibliography is called.")
@project_root
def init(folder: Path, source: Path | None, name: str | None) -> None:
    """Make a new bibliography in DIR, empty or from whatever list `import` reads.

    \b
    Examples:
      odebib init my-field
      odebib init my-field --from README.md
    """
    found = _read(source, "auto") if source else None
    if found and not any(True for _ in found.records()):
        raise FormatError(
            f"{source}: {NO_ITEM}",
            "make an empty one, then `odebib import FILE --format NAME` if it is of another format",
        )
    scaffold.make(folder, name or (found.name if found else None))
    say(f"made a bibliography in {folder}")
    if found is None or source is None:
        say(f"next: `cd {folder}`, then `odebib import FILE` or write data/entries/KEY.yml")
        return
    click.get_current_context().find_root().obj = folder
    plan = _take_in(folder, source, found, None, "text", dry_run=False)
    publish.build_site(load(), folder / "site", "mkdocs")
    _say_to_do(load(), plan)
    if not _is_clean(plan):
        raise click.exceptions.Exit(1)


def _say_to_do(project: Project, plan: Plan) -> None:
    """What is left for a person, counted."""
    bibliography = project.bibliography
    entries = bibliography.entries.values()
    vocabularies = (bibliography.topics, bibliography.tags, bibliography.venues)
    drafts = sum(term.draft for vocabulary in vocabularies for term in vocabulary)
    left = [
        (drafts, "draft of a topic, tag or venue to look at", "drafts of topics, tags and venues to look at"),
        (len(plan.not_understood), "item not understood", "items not understood"),
        (plan.count(Outcome.AMBIGUOUS), "ambiguous record", "ambiguous records"),
        *(
            (number, f"entry without {what}", f"entries without {what}")
            for what, number in {
                "complete authors": sum(not e.people or not e.authors_complete for e in entries),
                "year": sum(e.year is None for e in entries),
                "summary": sum(e.summary is None for e in entries),
            }.items()
        ),
    ]
    say("to do: " + (", ".join(counted(*what) for what in left if what[0]) or "nothing"))

"""Commands that keep the data up to date by asking others: ``refresh``, ``links``."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from odebib.cli.program import counted, load, project_root, root, say
from odebib.editing.refreshing import Change, Refreshed, Refresher
from odebib.errors import DataError
from odebib.lookup import selecting
from odebib.project.store import Project
from odebib.services import http
from odebib.services import links as linked
from odebib.services.arxiv import AT_ONCE
from odebib.services.links import Place, Result, Verdict

GIVE_UP = 3
"""After so many entries in a row for which nothing could be reached, we are offline."""


@contextmanager
def progress(what: str, total: int) -> Iterator[Progress]:
    """A bar on a terminal that says how far one is; nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),
    )
    with bar:
        bar.add_task(what, total=total)
        yield bar


def _step(bar: Progress) -> None:
    bar.advance(bar.task_ids[0])


# -- refresh ---------------------------------------------------------------------------------


@click.command()
@click.argument("keys", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option(
    "--published", is_flag=True, help="Take a published version also where it changes the year of a preprint."
)
@project_root
def refresh(keys: Sequence[str], dry_run: bool, published: bool) -> None:
    """Fill what entries do not say yet: abstract, DOI, published version, code, retraction.

    arXiv, Crossref, DataCite, OpenReview and GitHub are asked, slowly. What a person wrote stays,
    an empty value too. Each entry is written as a whole; an interrupted run goes on where it was.

    \b
    Examples:
      odebib refresh --dry-run
      odebib refresh chen2018neural grathwohl2019ffjord
    """
    project = load()
    if project.errors:
        raise DataError(project.errors)
    chosen = [selecting.resolve(project.bibliography, key) for key in keys] or list(
        project.bibliography.entries
    )
    refresher = Refresher(project, http.of_project(root()), published=published)
    done: list[Refreshed] = []
    try:
        with progress("refreshing", len(chosen)) as bar:
            for result in _refreshed(refresher, chosen, dry_run):
                done.append(result)
                _tell(project, result)
                _step(bar)
    except KeyboardInterrupt:
        say(_summary(done, len(chosen), dry_run))
        say("interrupted; what was written is whole, and the same command goes on from here")
        raise click.exceptions.Exit(130) from None
    say(_summary(done, len(chosen), dry_run))
    _exit(done, len(chosen))


def _refreshed(refresher: Refresher, keys: Sequence[str], dry_run: bool) -> Iterator[Refreshed]:
    """What became of each entry, as soon as it is written; ends early where nothing can be reached."""
    offline = 0
    for place, key in enumerate(keys):
        if place % AT_ONCE == 0:
            refresher.prepare(keys[place : place + AT_ONCE])
        result = refresher.look(key)
        if not dry_run:
            refresher.write(result)
        yield result
        offline = offline + 1 if result.offline and not result.changes else 0
        if offline == GIVE_UP:
            return


def _tell(project: Project, result: Refreshed) -> None:
    if result.changes or result.suggestions or result.errors:
        click.echo(f"{result.key}  {project.bibliography.entries[result.key].title}")
    for change in result.changes:
        click.echo(f"  + {change.name}: {_shown(change)}  [{change.source}]")
    if result.new_venue:
        click.echo(f"    {result.new_venue.short} is new: drafted in data/venues.yml, please look at it")
    for suggestion in result.suggestions:
        click.echo(f"  ? {suggestion}")
    for error in result.errors:
        click.echo(f"  ! {error}", err=True)


def _shown(change: Change) -> str:
    value = change.value
    if isinstance(value, dict):
        value = ", ".join(f"{name} {item}" for name, item in value.items())
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return text if len(text) < 80 else f"{text[:77]}…"


def _summary(done: Sequence[Refreshed], total: int, dry_run: bool) -> str:
    fields = Counter(change.name for result in done for change in result.changes)
    changed = sum(bool(result.changes) for result in done)
    filled = ", ".join(f"{number} {name}" for name, number in fields.most_common()) or "nothing to fill"
    failed = sum(bool(result.errors) for result in done)
    parts = [
        f"{len(done)} of {counted(total, 'entry', 'entries')} looked at",
        f"{changed} {'would be ' if dry_run else ''}changed ({filled})" if changed else filled,
        f"{counted(sum(len(r.suggestions) for r in done), 'suggestion')} for a person"
        if any(r.suggestions for r in done)
        else "",
        f"for {failed} a service failed" if failed else "",
        "nothing written (--dry-run)" if dry_run else "",
    ]
    return "; ".join(filter(None, parts))


def _exit(done: Sequence[Refreshed], total: int) -> None:
    """Told by the exit status: some of it failed, or all of it."""
    failed = [result for result in done if result.errors]
    if len(done) < total:
        say(f"stopped: nothing can be reached ({failed[-1].errors[0]}); the same command goes on from here")
        raise click.exceptions.Exit(2)
    if failed:
        say("run it again later: what was answered is kept, so only the rest is asked again")
        raise click.exceptions.Exit(2 if len(failed) == len(done) and not any(r.changes for r in done) else 1)


# -- links -----------------------------------------------------------------------------------


@click.command()
@click.argument("keys", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Also tell what refuses to talk to programs.")
@project_root
def links(keys: Sequence[str], everything: bool) -> None:
    """Look which links and identifiers are dead or have moved.

    What fails is suspect, and dead only after it has failed on three different days. DOIs are
    looked up in the handle system. Nothing in data/ is changed.

    \b
    Examples:
      odebib links
      odebib links chen2018neural
    """
    project = load()
    if project.errors:
        raise DataError(project.errors)
    chosen = [selecting.resolve(project.bibliography, key) for key in keys]
    wanted = linked.targets(project, chosen)
    net = http.of_project(root())
    history = linked.history_of(project, datetime.date.today())
    results: list[Result] = []
    try:
        with progress("links", len(wanted)) as bar:
            for result in linked.look(net, wanted, history):
                results.append(result)
                _step(bar)
    except KeyboardInterrupt:
        say(f"interrupted after {len(results)} of {len(wanted)} links; nothing was noted")
        raise click.exceptions.Exit(130) from None
    if results and all(result.is_offline for result in results):
        say(f"odebib: nothing can be reached ({results[0].reason}); nothing was noted")
        raise click.exceptions.Exit(2)
    history.write(None if chosen else wanted)
    for result in sorted(
        results, key=lambda result: (list(Verdict).index(result.verdict), str(result.target))
    ):
        if result.verdict is not Verdict.FINE and (everything or result.verdict is not Verdict.REFUSED):
            _tell_link(net, result, wanted[result.target])
    say(_links_summary(project, results))
    if any(result.verdict is Verdict.DEAD for result in results):
        raise click.exceptions.Exit(1)


def _tell_link(net: http.Network, result: Result, places: Sequence[Place]) -> None:
    days = f"; failed on {counted(len(result.days), 'day')} since {result.days[0]}" if result.days else ""
    click.echo(f"{result.verdict:<8} {result.target}: {result.reason}{days}")
    for place in places:
        click.echo(f"    {place.location}: {place.name} of {place.owner}")
    if result.moved:
        click.echo(f"    write {result.moved}")
    if result.days and result.target.kind == "url" and (copy := linked.archived(net, result.target.value)):
        click.echo(f"    the archive has a copy: {copy}")


def _links_summary(project: Project, results: Sequence[Result]) -> str:
    counts = Counter(result.verdict for result in results)
    words = {Verdict.REFUSED: "would not say"}
    told = ", ".join(f"{counts[v]} {words.get(v, v)}" for v in Verdict if counts[v])
    entries = counted(len(project.bibliography.entries), "entry", "entries")
    return f"{counted(len(results), 'link')} and identifiers of {entries}: {told or 'none'}"

"""The command of those who add a paper: ``add``."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence

import click

from odebib import checks, services
from odebib.cli.program import counted, load, project_root, root, say
from odebib.editing.adding import Adder, Addition, State
from odebib.errors import DataError, Severity, SourceError, UsageError, did_you_mean
from odebib.matching.proposing import Proposal
from odebib.model.bibliography import TermT, Vocabulary
from odebib.services import http
from odebib.sources import files

STDIN = "-"
STDIN_NAME = "standard input"
LARGEST = 20_000_000
"""Bytes that are read from standard input."""


def _help() -> str:
    """What the command says of itself, as the services describe themselves."""
    known = list(services.SERVICES.values())
    asked = list(dict.fromkeys(name for service in known for name in service.answering))
    examples = "\n".join(f"      odebib add {service.example}" for service in known)
    return f"""Add papers or software: {_listed([service.noun for service in known], "or")}.

    Everything else is asked of {_listed(asked, "and")}. A .bib (or RIS, or CSL-JSON) is read from
    standard input.

    \b
    Examples:
{examples}
      odebib add - < paper.bib
    """


def _listed(words: Sequence[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


@click.command(help=_help())
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--topic", "topics", multiple=True, metavar="ID", help="Its topics, instead of those proposed.")
@click.option("--tag", "tags", multiple=True, metavar="ID", help="Its tags, instead of those proposed.")
@click.option("--dry-run", is_flag=True, help="Print the entry, write nothing.")
@project_root
def add(ids: Sequence[str], topics: Sequence[str], tags: Sequence[str], dry_run: bool) -> None:
    """Add what is asked for; the help is :func:`_help`."""
    project = load()
    if project.errors:
        raise DataError(project.errors)
    chosen = (
        _ids(project.bibliography.topics, topics, "topic"),
        _ids(project.bibliography.tags, tags, "tag"),
    )
    asked = list(ids) or ([STDIN] if not sys.stdin.isatty() else [])
    if not asked:
        raise UsageError(
            "nothing to add", "name an arXiv id, a DOI or an address: `odebib add arXiv:2210.02747`"
        )
    adder = Adder(project, http.of_project(root()), datetime.date.today())
    done: list[Addition] = []
    for addition in _additions(adder, asked, chosen):
        done.append(addition)
        if not dry_run:
            adder.write(addition)
        _tell(adder, addition, dry_run)
    _tell_next([addition for addition in done if addition.state is State.NEW], dry_run)
    if status := _status(done):
        raise click.exceptions.Exit(status)


def _ids(vocabulary: Vocabulary[TermT], names: Sequence[str], what: str) -> list[str]:
    found = []
    for name in names:
        term = vocabulary.find(name)
        if term is None:
            raise UsageError(f"there is no {what} `{name}`", did_you_mean(name, vocabulary.names()))
        found.append(term.id)
    return found


def _additions(
    adder: Adder, asked: Sequence[str], chosen: tuple[Sequence[str], Sequence[str]]
) -> Iterator[Addition]:
    """What each thing asked for would mean; what is no id is told like a service that failed."""
    for one in asked:
        if one == STDIN:
            yield from _of_stdin(adder, chosen)
            continue
        try:
            yield adder.add(one, *chosen)
        except UsageError as error:
            yield Addition(one.strip(), State.FAILED, error=SourceError(error.message, error.hint))


REFERENCES = frozenset({"bibtex", "ris", "csl-json", "nbib", "enw", "wos"})
"""Formats of references that standard input may have; any other text is ids, one a line."""


def _of_stdin(adder: Adder, chosen: tuple[Sequence[str], Sequence[str]]) -> Iterator[Addition]:
    """Standard input: a .bib, RIS or CSL-JSON, or ids one a line."""
    content = sys.stdin.buffer.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UsageError("standard input is too long", "`odebib import FILE` takes in whole collections")
    text = files.decode(content)
    if not text.strip():
        raise UsageError("standard input is empty", "name an arXiv id, a DOI or an address")
    reader = files.detect("", text)
    if reader.name not in REFERENCES:
        yield from _additions(adder, [line for line in text.split("\n") if line.strip(" -")], chosen)
        return
    found = reader.read(text, STDIN_NAME)
    for _, item in found.records():
        name = item.record.source_id or item.record.title or f"line {item.line}"
        yield adder.add_record(name, item.record, *chosen)
    for left in found.not_understood:
        error = SourceError(left.reason, left.text[:90])
        yield Addition(f"{STDIN_NAME}, line {left.line}", State.FAILED, error=error)


def _status(done: Sequence[Addition]) -> int:
    failed = sum(addition.state is State.FAILED for addition in done)
    unsure = any(addition.state is State.UNSURE for addition in done)
    if failed == len(done):
        return 2
    return 1 if failed or unsure else 0


# -- What is told ----------------------------------------------------------------------------


def _tell(adder: Adder, addition: Addition, dry_run: bool) -> None:
    """What became of one thing, as soon as it is known."""
    lines = {State.NEW: _new, State.HERE: _here, State.UNSURE: _unsure, State.FAILED: _failed}
    text = "\n".join(lines[addition.state](adder, addition))
    click.echo(text, err=addition.state is State.FAILED)
    if dry_run and addition.state is State.NEW:
        click.echo(addition.text, nl=False)
    for notice in addition.notices:
        say(f"  note: {notice}")


def _new(adder: Adder, addition: Addition) -> Iterator[str]:
    fields = addition.fields
    yield f"{addition.asked}: new entry {addition.key}"
    yield f"  {fields['title']}"
    people = [str(name).strip("{}") for name in fields.get("authors", [])]
    shown = ", ".join(people[:3]) + (f" and {len(people) - 3} more" if len(people) > 3 else "")
    where = " ".join(str(p) for p in (fields.get("venue"), fields.get("year")) if p)
    yield "  " + " · ".join(part for part in (shown, where, fields.get("event")) if part)
    if addition.sources:
        yield f"  from {', '.join(addition.sources)}"
    yield from _told("topics", fields.get("topics", []), addition.topics)
    yield from _told("tags", fields.get("tags", []), addition.tags)
    if addition.new_venue:
        yield f"  venue {addition.new_venue.short} is new: drafted in data/venues.yml, please look at it"


def _told(what: str, ids: Sequence[str], proposals: Sequence[Proposal]) -> Iterator[str]:
    """Topics or tags, with the words that spoke for those proposed."""
    words = {proposal.id: proposal.words for proposal in proposals}
    for number, identifier in enumerate(ids):
        head = f"  {what}:" if number == 0 else " " * (len(what) + 3)
        because = f" (because of: {', '.join(words[identifier])})" if identifier in words else ""
        yield f"{head} {identifier}{because}"
    if not ids:
        yield f"  {what}: none suggest themselves; see data/{what}.yml"


def _here(adder: Adder, addition: Addition) -> Iterator[str]:
    yield f"{addition.asked}: already here as {addition.key} ({addition.evidence})"
    entry = adder.bibliography.entries.get(addition.key or "")
    if entry:
        yield f"  {entry.title}"
    for name, value in addition.lacking.items():
        text = str(value) if len(str(value)) < 60 else f"{str(value)[:57]}…"
        yield f"  it does not say `{name}: {text}`"


def _unsure(adder: Adder, addition: Addition) -> Iterator[str]:
    yield f"{addition.asked}: may be here already; nothing was written"
    yield f"  {addition.fields.get('title', '')}"
    for key in addition.candidates:
        entry = adder.bibliography.entries.get(key)
        yield f"  {key}: {entry.title if entry else 'added just now'} ({addition.evidence})"
    yield "  if it is one of these, correct that entry; if not, write its file by hand"


def _failed(_: Adder, addition: Addition) -> Iterator[str]:
    error = addition.error
    yield f"{addition.asked}: not added, nothing written: {error.message if error else 'unknown'}"
    if error and error.hint:
        yield f"    hint: {error.hint}"
    for problem in addition.problems:
        yield f"    {problem.message}"


def _tell_next(new: Sequence[Addition], dry_run: bool) -> None:
    """What is left to do, from the checks of what was written."""
    if not new:
        return
    if dry_run:
        say(f"{counted(len(new), 'entry', 'entries')} would be added; nothing written (--dry-run)")
        return
    paths = [addition.path for addition in new]
    problems = checks.of_paths(checks.run(load()), paths)
    say(f"{counted(len(new), 'entry', 'entries')} added: {', '.join(paths)}")
    for problem in problems:
        say(f"  {problem}")
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    summary = any("summary" not in addition.fields for addition in new)
    steps = [
        "mend what is said above" if errors else "",
        "add a `summary`, one sentence in your own words" if summary else "",
        "look at topics and tags" if any(addition.topics or addition.tags for addition in new) else "",
        "`odebib check`",
        "commit and open a pull request",
    ]
    say("next: " + "; ".join(filter(None, steps)))

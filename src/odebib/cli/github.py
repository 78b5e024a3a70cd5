"""What GitHub's workflows run, and what runs anywhere: ``changes``, ``from-issue``, ``candidates``."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TextIO

import click

from odebib.cli import comment
from odebib.cli.program import counted, load, project_root, root, say
from odebib.cli.writing import force_option, put_out
from odebib.editing import candidates as looking
from odebib.editing import changes as changing
from odebib.editing import contributing, forms
from odebib.editing.adding import Adder, Addition, State
from odebib.editing.contributing import Result
from odebib.errors import Severity, SourceError, UsageError
from odebib.model import fields
from odebib.model.bibliography import TermT, Vocabulary
from odebib.model.entry import Entry
from odebib.project.store import Project
from odebib.services import http
from odebib.text.markdown import code, with_code
from odebib.yamlio import writer


@click.command()
@click.argument("base")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@force_option
@project_root
def changes(base: str, output: Path | None, force: bool) -> None:
    """Tell what is new since BASE, a git revision or a folder, as the comment of a pull request.

    \b
    Examples:
      odebib changes origin/main
      odebib changes HEAD~1 -o comment.md
    """
    project = load()
    with changing.at(root(), base) as before:
        found = changing.between(before, project)
    text = comment.comment(project.bibliography, found)
    if output is None:
        click.echo(text, nl=False)
    else:
        put_out(output, text, force=force)
        say(f"{counted(len(found.added), 'entry', 'entries')} added, {len(found.changed)} changed → {output}")


@click.command("from-issue")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"), metavar="FILE")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the answer to a file."
)
@force_option
@project_root
def from_issue(file: TextIO, output: Path | None, force: bool) -> None:
    """Carry out what an issue form asks for: add a paper, or correct an entry. FILE holds the issue's text.

    Prints the answer for whoever opened the issue; with exit status 0 files were changed.

    \b
    Examples:
      odebib from-issue issue.md
      odebib from-issue - < issue.md
    """
    body = file.read(2 * contributing.TEXT_LIMIT)
    project = load()
    results, changed = _carry_out(project, body)
    answer = "\n\n".join(map(_answer, results)) + "\n"
    if output is None:
        click.echo(answer, nl=False)
    else:
        put_out(output, answer, force=force)
    say(f"{counted(len(changed), 'file')} changed" + (f": {', '.join(changed)}" if changed else ""))
    if not changed:
        raise click.exceptions.Exit(1)


def _carry_out(project: Project, body: str) -> tuple[list[Result], list[str]]:
    """What the form asks for, done: what became of each thing, and the paths that changed."""
    report = forms.read_form(body, forms.REPORT)
    wish = forms.read_form(body, forms.ADD)
    if "what" in wish:
        return _add(project, wish)
    try:
        if "entry" in report:
            results = [_correction(project, report)]
        elif "entry" in wish:
            results = [contributing.add(project, wish["entry"], datetime.date.today())]
        else:
            results = [Result("The form is empty: neither an identifier nor an entry is in it.")]
    except UsageError as error:
        results = [_refused(error)]
    return results, [path for result in results for path in result.write(project)]


def _refused(error: UsageError | SourceError) -> Result:
    return Result(error.message + (f" ({error.hint})" if error.hint else ""))


MOST = 20
"""So many identifiers are taken from one form."""


def _add(project: Project, wish: dict[str, str]) -> tuple[list[Result], list[str]]:
    """The identifiers of a form, added as ``odebib add`` would."""
    adder = Adder(project, http.of_project(project.root), datetime.date.today())
    topics = _known(project.bibliography.topics, wish.get("topics", ""))
    tags = _known(project.bibliography.tags, wish.get("tags", ""))
    results, changed = [], []
    for asked in forms.words(wish["what"])[:MOST]:
        try:
            addition = adder.add(asked, topics, tags)
        except UsageError as error:
            results.append(_refused(error))
            continue
        if addition.state is State.NEW and "summary" in wish:
            order = fields.order(Entry)
            addition.text = writer.set_field(addition.text, ("summary",), wish["summary"][:300], order)
        changed += adder.write(addition)
        results.append(_told(asked, addition))
    return results, changed


def _known(vocabulary: Vocabulary[TermT], text: str) -> list[str]:
    """The ids of what a form names, as far as it is known."""
    return [term.id for name in forms.words(text) if (term := vocabulary.find(name))]


def _told(asked: str, addition: Addition) -> Result:
    what = code(asked[:200])
    if addition.state is State.NEW:
        return Result(f"{what}: new entry `{addition.key}`.", addition.key)
    if addition.state is State.HERE:
        return Result(f"{what} is already here: `{addition.key}` ({addition.evidence}).", addition.key)
    if addition.state is State.UNSURE:
        keys = ", ".join(f"`{key}`" for key in addition.candidates)
        return Result(f"{what} may be here already, as {keys}: {addition.evidence}. A person must look.")
    reason = addition.error.message if addition.error else "it cannot become an entry yet"
    return Result(f"{what}: {reason}.", problems=addition.problems)


def _correction(project: Project, report: dict[str, str]) -> Result:
    if "field" not in report or "value" not in report:
        return Result("Thank you. This needs a person: the form does not say which field is to say what.")
    return contributing.correct(project, report["entry"].strip("` "), report["field"], report["value"])


def _answer(result: Result) -> str:
    """What became of it, in Markdown."""
    lines = [with_code(result.said)]
    for problem in result.problems:
        if problem.severity == Severity.ERROR:
            hint = f"; {' '.join(problem.hint.split())}" if problem.hint else ""
            lines.append(f"- {with_code(problem.message + hint)}")
    return "\n".join(lines)


@click.command()
@click.option("--days", type=click.IntRange(1, 366), default=8, help="How many days back; default is 8.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@force_option
@project_root
def candidates(days: int, output: Path | None, force: bool) -> None:
    """Look for new papers on arXiv, by each topic's `query`, and propose those that are not here.

    \b
    Examples:
      odebib candidates
      odebib candidates --days 30 -o candidates.md
    """
    project = load()
    today = datetime.date.today()
    since = today - datetime.timedelta(days=days)
    found = looking.look(project, http.of_project(root()), since, today)
    text = looking.as_issue(found, since)
    if output is None:
        click.echo(text, nl=False)
    else:
        put_out(output, text, force=force)
    for topic, error in found.failed:
        say(f"{topic.id}: {error.message}")
    say(f"{counted(len(found.candidates), 'candidate')} from {counted(found.asked, 'query', 'queries')}")
    if found.failed:
        raise click.exceptions.Exit(2 if len(found.failed) == found.asked else 1)

"""Commands of those who add and correct: ``check``, ``fmt``, ``schema``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from odebib import checks
from odebib.cli.program import counted, load, project_root, root, say
from odebib.editing import changes, fixing
from odebib.errors import Problem, Severity, UsageError, did_you_mean
from odebib.model import schemas
from odebib.project import formatting
from odebib.project.store import Project
from odebib.yamlio import writer


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="For people, programs or a pull request.",
)
@click.option("--explain", metavar="CODE", help="Say why a check is there.")
@click.option("--fix", is_flag=True, help="Mend what can be mended for certain, and show the difference.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--since", metavar="BASE", help="Also tell what of BASE, a revision or a folder, was lost.")
@project_root
def check(
    paths: Sequence[Path], format_: str, explain: str | None, fix: bool, strict: bool, since: str | None
) -> None:
    """Tell everything that is wrong, each with place and hint.

    \b
    Examples:
      odebib check
      odebib check data/entries/chen2018neural.yml
      odebib check --fix
      odebib check --since origin/main
      odebib check --explain record-disagrees
    """
    if explain:
        click.echo(_explanation(explain))
        return
    wanted = [_relative(path) for path in paths]
    if fix:
        _fix(wanted, to_stderr=format_ != "text")
    project = load()
    problems = checks.run(project)
    if since:
        with changes.at(root(), since) as before:
            problems = sorted([*problems, *changes.lost(before, project)], key=lambda found: found.location)
    if paths:
        problems = checks.of_paths(problems, wanted)
    click.echo(_FORMATS[format_](project, problems), nl=False)
    say(summary(project, problems))
    if any(p.severity == Severity.ERROR or strict for p in problems):
        raise click.exceptions.Exit(1)


def _explanation(code: str) -> str:
    reason = checks.explain(code)
    if reason is None:
        raise UsageError(f"there is no check `{code}`", did_you_mean(code, checks.names()))
    mended = checks.fix_of(code)
    return f"{code}: {reason}" + (f"\n`odebib check --fix` {mended}." if mended else "")


def _fix(wanted: Sequence[str], *, to_stderr: bool) -> None:
    """Mend the files in some folders, all if there are none, and show what changed."""
    found = fixing.fix(root(), lambda path: not wanted or checks.is_below(path, wanted))
    for file in found:
        for line in file.diff().splitlines():
            click.secho(line, fg=DIFF_COLOURS.get(line[:1]), err=to_stderr)
    say(f"mended {counted(len(found), 'file')}" if found else "nothing to mend")


DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
"""The colours of a difference's lines, by their first character."""


def _relative(path: Path) -> str:
    """A path the user named, as problems name it: relative to the project's root."""
    for base in (Path(), root()):
        if (base / path).exists():
            full = (base / path).resolve()
            if full.is_relative_to(root().resolve()):
                return full.relative_to(root().resolve()).as_posix()
    raise UsageError(f"there is no file or folder {path} in the project")


def summary(project: Project, problems: Sequence[Problem]) -> str:
    """The line that ends every run."""
    errors = sum(problem.severity == Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    found = (
        ", ".join([counted(errors, "error"), counted(warnings, "warning")]) if problems else "nothing wrong"
    )
    bibliography = project.bibliography
    entries = counted(len(project.entry_paths), "entry", "entries")
    records = counted(bibliography.record_count, "record")
    return f"{entries}, {records} of {counted(len(bibliography.lists), 'list')}: {found}"


def _as_text(_: Project, problems: Sequence[Problem]) -> str:
    return "".join(f"{problem}\n" for problem in problems)


def _as_json(project: Project, problems: Sequence[Problem]) -> str:
    value = {
        "problems": [problem.as_json() for problem in problems],
        "entries": len(project.entry_paths),
        "records": project.bibliography.record_count,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _as_github(_: Project, problems: Sequence[Problem]) -> str:
    """GitHub's workflow commands, which it shows at the lines of a pull request."""
    return "".join(map(_annotation, problems))


def _annotation(problem: Problem) -> str:
    place = problem.location
    where = f"file={_property(place.path)},line={place.line or 1},col={place.column or 1}"
    text = "\n".join(filter(None, (problem.message, problem.hint)))
    return f"::{problem.severity} {where},title={_property(problem.code)}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_FORMATS = {"text": _as_text, "json": _as_json, "github": _as_github}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit status 1 if something would.")
@project_root
def fmt(paths: Sequence[Path], only_check: bool) -> None:
    """Write the data files in canonical order, style and spelling; comments survive, values do not change.

    \b
    Examples:
      odebib fmt
      odebib fmt --check data/entries
    """
    wanted = [_relative(path) for path in paths]
    project = load()

    def is_wanted(path: str) -> bool:
        return not wanted or checks.is_below(path, wanted)

    changed = []
    count = 0
    for path, text, formatted in formatting.of_project(project):
        count += is_wanted(path)
        if is_wanted(path) and formatted != text:
            changed.append(path)
            click.echo(path)
            if not only_check:
                writer.write(root() / path, formatted)
    unreadable = {p.location.path for p in project.errors if p.code.startswith("yaml")}
    for path in sorted(filter(is_wanted, unreadable)):
        say(f"{path} stays as it is, because YAML cannot read it; see `odebib check`")
    what = "to be formatted" if only_check else "formatted"
    say(f"{counted(count, 'file')}: " + (f"{len(changed)} {what}" if changed else "all as they should be"))
    if only_check and changed:
        raise click.exceptions.Exit(1)


@click.command()
@project_root
def schema() -> None:
    """Write the JSON Schemas of the data files into schema/, for editors.

    \b
    Example:
      odebib schema
    """
    changed = schemas.write(root() / "schema")
    say(f"{counted(len(changed), 'schema')} written to schema/" if changed else "schema/ is up to date")

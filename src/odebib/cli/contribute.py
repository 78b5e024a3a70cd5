"""Commands of those who add and correct: ``check``, ``schema``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from odebib import checks, schemas
from odebib.cli.program import counted, load, project_root, root, say
from odebib.errors import Problem, Severity, UsageError, did_you_mean
from odebib.store import Project


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
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@project_root
def check(paths: Sequence[Path], format_: str, explain: str | None, strict: bool) -> None:
    """Tell everything that is wrong, each with place and hint.

    \b
    Examples:
      odebib check
      odebib check data/entries/chen2018neural.yml
      odebib check --explain record-disagrees
    """
    if explain:
        reason = checks.explain(explain)
        if reason is None:
            raise UsageError(f"there is no check `{explain}`", did_you_mean(explain, checks.names()))
        click.echo(f"{explain}: {reason}")
        return
    project = load()
    problems = checks.run(project)
    if paths:
        problems = checks.of_paths(problems, [_relative(path) for path in paths])
    click.echo(_FORMATS[format_](project, problems), nl=False)
    say(summary(project, problems))
    if any(p.severity == Severity.ERROR or strict for p in problems):
        raise click.exceptions.Exit(1)


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
    return (
        f"{counted(len(project.entry_paths), 'entry', 'entries')}, {counted(bibliography.record_count, 'record')} "
        f"of {counted(len(bibliography.lists), 'list')}: {found}"
    )


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
    return "".join(
        f"::{p.severity} file={_property(p.location.path)},line={p.location.line or 1},col={p.location.column or 1},"
        f"title={_property(p.code)}::{_data(p.message + (chr(10) + p.hint if p.hint else ''))}\n"
        for p in problems
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_FORMATS = {"text": _as_text, "json": _as_json, "github": _as_github}


@click.command()
@project_root
def schema() -> None:
    """Write the JSON Schemas of the data files into schema/, for editors."""
    changed = schemas.write(root() / "schema")
    say(f"{counted(len(changed), 'schema')} written to schema/" if changed else "schema/ is up to date")

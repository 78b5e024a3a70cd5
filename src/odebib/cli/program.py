"""What all commands share: the grouped help, near misses for commands, the project's root."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from odebib.errors import near_misses
from odebib.project import store
from odebib.project.store import Project

SYNONYMS = {
    "lint": "check",
    "validate": "check",
    "test": "check",
    "bib": "cite",
    "bibtex": "export",
    "render": "build",
    "generate": "build",
    "new": "add",
    "fetch": "add",
    "dedupe": "duplicates",
    "dups": "duplicates",
    "format": "fmt",
    "search": "find",
    "grep": "find",
    "update": "refresh",
    "deploy": "publish",
    "run": "serve",
    "start": "init",
    "create": "init",
    "ingest": "import",
    "unite": "merge",
    "view": "show",
    "get": "show",
    "cat": "show",
    "info": "stats",
    "ls": "find",
}
"""What people call a command elsewhere."""


class Program(click.Group):
    """A group whose help lists the commands by purpose, and that knows what was meant."""

    def __init__(self, *args: Any, groups: Mapping[str, Sequence[click.Command]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for commands in groups.values():
            for command in commands:
                self.add_command(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One section for each purpose."""
        for title, commands in self.groups.items():
            with formatter.section(title):
                formatter.write_dl([(c.name or "", c.get_short_help_str(80)) for c in commands])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of that name, or an error that names the one that was probably meant."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            meant = [m for m in (SYNONYMS.get(name),) if m in self.commands] or near_misses(
                name, self.commands
            )
            hint = f" Did you mean `{meant[0]}`?" if meant else " See `odebib --help`."
            raise click.UsageError(f"there is no command `{name}`.{hint}", ctx)
        return super().resolve_command(ctx, args)


def project_root(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option ``--root``, understood before and behind the command's name."""

    def remember(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            ctx.find_root().obj = value

    return click.option(
        "--root",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        expose_value=False,
        callback=remember,
        help="The project's folder; default is the current one.",
    )(function)


def root() -> Path:
    """The project's folder as the user named it."""
    return click.get_current_context().find_root().obj or Path()


def load() -> Project:
    """The project, read; problems in it are the command's business."""
    return store.load(root())


def say(message: str = "") -> None:
    """A line for people, on standard error; data go to standard output."""
    click.echo(message, err=True)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """``1 entry``, ``2 entries``.

    >>> counted(1, "error"), counted(2, "entry", "entries")
    ('1 error', '2 entries')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"

"""What commands that write have in common: one at a time, and no file of somebody else's is replaced."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from odebib.cli.program import root, say
from odebib.errors import UsageError
from odebib.project import locks
from odebib.project.store import DATA
from odebib.yamlio import writer

CACHE = Path(".cache", "odebib")
LOCK = CACHE / "data.lock"
OWN = CACHE / "written.json"
"""The sums of files that were written with ``-o``, by their paths."""

force_option = click.option("--force", is_flag=True, help="Replace a file that odebib did not write.")


def one_at_a_time(command: click.Command, only_with: str | None = None) -> None:
    """Make a command hold the lock on ``data/`` while it runs; ``only_with``: where that option is given."""
    run = command.callback
    assert run is not None

    @functools.wraps(run)
    def alone(*args: Any, **options: Any) -> Any:
        if (only_with and not options.get(only_with)) or not (root() / DATA).is_dir():
            return run(*args, **options)
        with data(command.name or ""):
            return run(*args, **options)

    command.callback = alone


@contextlib.contextmanager
def data(command: str) -> Iterator[None]:
    """The lock on ``data/``; what a killed run left there goes first."""
    with locks.held(root() / LOCK, command, say):
        writer.sweep(root() / DATA)
        yield


@contextlib.contextmanager
def site(folder: Path, command: str) -> Iterator[None]:
    """The lock on the folder of a website, which lies beside it."""
    place = Path.cwd() / folder
    if not place.name:
        raise UsageError(f"{folder} cannot be the folder of a website", "name a folder with --site")
    with locks.held(place.with_name(f".{place.name}.odebib-lock"), command, say):
        yield


def put_out(path: Path, text: str, *, force: bool = False) -> None:
    """Write what ``-o`` asks for: to a device or pipe as it is, over a file only if it is odebib's own.

    Raises:
        UsageError: a file is there that odebib did not write, and nobody can be asked.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        mode = 0
    if mode and not stat.S_ISREG(mode):
        with path.open("w", encoding="utf-8") as stream:
            stream.write(text)
        return
    if mode and not force and not _is_own(path, text):
        question = f"{path} is there already, and odebib did not write it"
        if not sys.stdin.isatty():
            raise UsageError(question, "say --force to replace it, or name another file")
        if not click.confirm(f"{question}. Replace it?", err=True):
            raise UsageError(f"{path} stays as it is")
    writer.write(path, text)
    _remember(path, text)


def _is_own(path: Path, text: str) -> bool:
    """Whether the file holds what was written there last, or what is to be written anyway."""
    content = path.read_bytes()
    return content == text.encode() or not content or _sums().get(str(path.resolve())) == _sum(content)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sums() -> Mapping[str, str]:
    try:
        found = json.loads((root() / OWN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(path: Path, text: str) -> None:
    sums = {**_sums(), str(path.resolve()): _sum(text.encode())}
    with contextlib.suppress(OSError):
        writer.write(root() / OWN, json.dumps(sums, indent=0, sort_keys=True))


WRITERS: Mapping[str, str | None] = {
    "add": None, "import": None, "merge": None, "refresh": None, "fmt": None, "publish": None,
    "from-issue": None, "review": None, "set": None, "rename": None, "check": "fix",
}  # fmt: skip
"""The commands that change ``data/``, each with the option without which it does not."""


def guard(commands: Mapping[str, click.Command]) -> None:
    """Make every command that writes do so alone."""
    for name, only_with in WRITERS.items():
        if name in commands:
            one_at_a_time(commands[name], only_with)

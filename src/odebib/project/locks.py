"""One writer at a time: a lock says who writes, and one that a dead process left is taken over.

The lock is a file that only one process can make. It names its holder, so that who waits can say for
whom, and a holder that is no more is told of and passed over.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from odebib.errors import UsageError

PATIENCE = 600.0
"""Seconds after which waiting is given up."""
PAUSE = 0.1
UNREADABLE_FOR = 5.0
"""A lock whose holder has not written its name within so many seconds died while it made it."""


@dataclass(frozen=True)
class Holder:
    """Who holds a lock."""

    command: str
    process: int
    host: str

    def is_alive(self) -> bool:
        """Whether the process may still be there; of another machine nobody here can tell."""
        if self.host != platform.node():
            return True
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True

    def __str__(self) -> str:
        return f"`odebib {self.command}` (process {self.process} on {self.host})"


@contextlib.contextmanager
def held(
    path: Path, command: str, say: Callable[[str], object], patience: float = PATIENCE
) -> Iterator[None]:
    """Hold the lock at ``path`` while the block runs; wait for whoever holds it, and say so.

    Raises:
        UsageError: it was held for all of ``patience`` seconds, or cannot be made.
    """
    mine = Holder(command, os.getpid(), platform.node())
    _take(path, mine, say, patience)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def _take(path: Path, mine: Holder, say: Callable[[str], object], patience: float) -> None:
    deadline, told = time.monotonic() + patience, False
    while not _made(path, mine):
        other = _holder(path)
        if other is None and not path.exists():
            continue
        if other is None and _age(path) < UNREADABLE_FOR:
            time.sleep(PAUSE)
            continue
        if other is None or not other.is_alive():
            say(f"{other or 'somebody'} ended without letting go of {path}; going on")
            with contextlib.suppress(OSError):
                path.replace(path.with_name(f"{path.name}.dead"))
                path.with_name(f"{path.name}.dead").unlink()
            continue
        if time.monotonic() > deadline:
            raise UsageError(f"{other} is writing", f"wait for it, or delete {path} if it is no more")
        if not told:
            say(f"waiting for {other}")
            told = True
        time.sleep(PAUSE)


def _made(path: Path, mine: Holder) -> bool:
    """Whether the lock could be made; only one process can."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(mine.__dict__, stream)
    except FileExistsError:
        return False
    except OSError as error:
        raise UsageError(f"{path} cannot be made: {error.strerror}", "is the folder writable?") from error
    return True


def _holder(path: Path) -> Holder | None:
    """Who holds the lock; None where nobody, or nobody that can be read, does."""
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0

"""Answers of services as they are kept on disk, so that nothing is asked twice in a day."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from odebib.errors import SourceError
from odebib.services.hosts import host_of

KEPT = 90 * 86400.0
"""Seconds after which an answer is no longer kept."""


@dataclass(frozen=True)
class Response:
    """The answer of a service."""

    url: str
    """Where it came from in the end, after redirects."""
    status: int
    content_type: str
    body: bytes
    fetched: float
    """When, in seconds since 1970."""

    @property
    def host(self) -> str:
        """The host that answered."""
        return host_of(self.url)

    def text(self) -> str:
        """The body as text; what is no UTF-8 is replaced, unless the header names another encoding."""
        named = re.search(r"charset=[\"']?([\w.:-]+)", self.content_type, re.IGNORECASE)
        try:
            return self.body.decode(named[1] if named else "utf-8-sig", errors="replace")
        except LookupError:
            return self.body.decode("utf-8-sig", errors="replace")

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            SourceError: it is none.
        """
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise SourceError(f"{self.host} answered something that is no JSON") from error


@dataclass
class Cache:
    """Answers on disk, by what was asked; a broken file is begun anew, and without a disk nothing is kept."""

    path: Path
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _open: sqlite3.Connection | None = field(default=None, repr=False)

    def get(self, key: str, age: float) -> Response | None:
        """The answer kept under a key, if it is not older than ``age`` seconds."""
        query = "SELECT url, status, type, body, fetched FROM answers WHERE key = ? AND fetched > ?"
        rows = self._run(query, (key, time.time() - age))
        return Response(*rows[0]) if rows else None

    def put(self, key: str, response: Response) -> None:
        """Keep an answer."""
        values = (key, response.url, response.status, response.content_type, response.body, response.fetched)
        self._run("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)", values)

    def _run(self, command: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            for _ in range(2):
                try:
                    connection = self._connection()
                    with connection:
                        return connection.execute(command, values).fetchall()
                except sqlite3.OperationalError:
                    return []  # locked, or on a disk that is full or read-only: nothing is kept
                except sqlite3.DatabaseError:
                    self._begin_anew()
        return []

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            with contextlib.suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self._open = sqlite3.connect(self.path, timeout=5, check_same_thread=False)
            self._open.execute(
                "CREATE TABLE IF NOT EXISTS answers"
                " (key TEXT PRIMARY KEY, url TEXT, status INTEGER, type TEXT, body BLOB, fetched REAL)"
            )
            self._open.execute("DELETE FROM answers WHERE fetched < ?", (time.time() - KEPT,))
            self._open.commit()
        return self._open

    def _begin_anew(self) -> None:
        self.close()
        with contextlib.suppress(OSError):
            self.path.unlink()

    def close(self) -> None:
        """Let go of the file."""
        if self._open is not None:
            self._open.close()
            self._open = None

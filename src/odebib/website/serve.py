"""Showing a built site on this machine: a small server, and a look-out for changed files."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType

from odebib.errors import UsageError

WATCHED = ("data", "templates", "mkdocs.yml")
"""What a site is made of, relative to the project."""


class _Handler(SimpleHTTPRequestHandler):
    """Serves files without a line for each, and the site's own page for what is not there."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal belongs to the problems."""

    def end_headers(self) -> None:
        """Nothing is kept by the browser, so that a reload shows the last build."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def translate_path(self, path: str) -> str:
        """The file of an address; an address that can be no file is none."""
        found = super().translate_path(path)
        return "" if "\0" in found else found

    def parse_request(self) -> bool:
        """Only who asks for this machine is answered: no page elsewhere reads the site by another name."""
        if not super().parse_request():
            return False
        host = self.headers.get("Host", "127.0.0.1").rpartition("@")[2]
        if re.fullmatch(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?", host):
            return True
        super().send_error(421, "Misdirected Request")
        return False

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's 404 page, as a host of static pages would show it."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _HttpServer(ThreadingHTTPServer):
    """Goes on, without a word, when one answer fails: the browser or a file went away meanwhile."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing; the next request is another."""


class Server:
    """Serves a folder on the loopback address while the ``with`` block runs."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        handler = partial(_Handler, directory=str(folder))
        try:
            self._server = _HttpServer(("127.0.0.1", port), handler)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or "it must be from 0 to 65535"
            raise UsageError(f"port {port} cannot be used: {why}", "choose another with --port") from error
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> Server:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def changes(root: Path, every: float = 0.5) -> Iterator[None]:
    """Yields whenever a file that the site is made of has changed, until interrupted."""
    before = _state(root)
    while True:
        time.sleep(every)
        now = _state(root)
        if now != before:
            before = now
            yield


def _state(root: Path) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for name in WATCHED:
        top = root / name
        for path in [top, *(top.rglob("*") if top.is_dir() else ())]:
            try:
                stat = path.stat()
            except OSError:
                continue  # vanished between listing and looking: the next look will tell
            found[str(path)] = (stat.st_mtime_ns, stat.st_size)
    return found

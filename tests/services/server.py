"""A server of the tests' own that answers what the real services answer.

Every address of the real world is sent to it (see ``reroute``); it knows a few
works as arXiv, the DOI agencies, OpenReview and GitHub would tell of them, and
can be told to misbehave in all the ways in which real servers do. Nothing here
leaves the machine.
"""

from __future__ import annotations

import json
import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=&amp;id_list=</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <updated>2026-11-21T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{count}</opensearch:totalResults>
  {entries}
</feed>
"""


@dataclass
class Reply:
    """What the server answers once; ``way`` is how it does so."""

    status: int = 200
    body: bytes | str = b""
    headers: dict[str, str] = field(default_factory=dict)
    way: str = "whole"
    """``whole``, ``cut`` (breaks off), ``silent`` (never answers), ``drip`` (a byte at a time), ``huge``."""


def atom_entry(identifier: str, title: str, authors: list[str], abstract: str, **more: str) -> str:
    """An entry of arXiv's feed; ``more`` may hold version, published, comment, journal_ref, doi, category."""
    version = more.get("version", "1")
    lines = [
        f"<id>http://arxiv.org/abs/{identifier}v{version}</id>",
        "<updated>2023-02-08T18:36:46Z</updated>",
        f"<published>{more.get('published', '2022-10-06')}T08:32:20Z</published>",
        f"<title>{escape(title)}</title>",
        f"<summary>  {escape(abstract)}\n</summary>",
        *(f"<author><name>{escape(name)}</name></author>" for name in authors),
    ]
    own = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    lines += [
        f"<arxiv:{n} {own}>{escape(more[n])}</arxiv:{n}>"
        for n in ("doi", "comment", "journal_ref")
        if n in more
    ]
    category = more.get("category", "cs.LG")
    lines.append(f'<arxiv:primary_category {own} term="{category}" scheme="http://arxiv.org/schemas/atom"/>')
    lines.append(f'<category term="{category}" scheme="http://arxiv.org/schemas/atom"/>')
    return f"<entry>{''.join(lines)}</entry>"


ARXIV_ERROR = """<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_{0}</id><title>Error</title>
<summary>incorrect id format for {0}</summary></entry>"""


@dataclass
class Services:
    """The world as the tests see it."""

    port: int = 0
    papers: dict[str, str] = field(default_factory=dict)
    """Entries of arXiv's feed by id."""
    dois: dict[str, dict[str, Any]] = field(default_factory=dict)
    """CSL-JSON by DOI; ``source`` tells the agency."""
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """OpenReview's notes by forum, of either version of its API."""
    repositories: dict[str, dict[str, Any]] = field(default_factory=dict)
    citations: dict[str, str] = field(default_factory=dict)
    """CITATION.cff by repository."""
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    """HTML by address."""
    copies: dict[str, str] = field(default_factory=dict)
    """The Internet Archive's copies by address."""
    replies: dict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    """Replies by the beginning of an address, each given once, the last one for ever."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Every request: address and headers."""
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def reroute(self) -> dict[str, str]:
        """Sends the whole world here."""
        return {f"{scheme}://": f"http://127.0.0.1:{self.port}/{scheme}/" for scheme in ("https", "http")}

    @property
    def hosts(self) -> list[str]:
        """The hosts that were asked, in order."""
        return [urlsplit(url).hostname or "" for url, _ in self.asked]

    # -- What the real ones answer ---------------------------------------------------------------

    def reply(self, url: str, headers: dict[str, str]) -> Reply:
        """The answer to a request for an address of the real world."""
        self.asked.append((url, headers))
        for prefix, replies in self.replies.items():
            if url.startswith(prefix) and replies:
                return replies.pop(0) if len(replies) > 1 else replies[0]
        if url in self.pages:
            return Reply(body=self.pages[url], headers={"Content-Type": "text/html; charset=utf-8"})
        host = urlsplit(url).hostname or ""
        answer = ANSWERS.get(host)
        return answer(self, url, headers) if answer else Reply(404, "not here")

    def arxiv(self, url: str, _: dict[str, str]) -> Reply:
        """arXiv's API."""
        ids = parse_qs(urlsplit(url).query).get("id_list", [""])[0].split(",")
        wrong = [one for one in ids if not re.match(r"[\w.-]+/?\d", one)]
        found = [ARXIV_ERROR.format(wrong[0])] if wrong else [self.papers[i] for i in ids if i in self.papers]
        body = ATOM.format(count=len(found), entries="\n".join(found))
        return Reply(body=body, headers={"Content-Type": "application/atom+xml; charset=UTF-8"})

    def doi(self, url: str, headers: dict[str, str]) -> Reply:
        """doi.org: the handle API, or a redirect to the agency."""
        name = unquote(urlsplit(url).path).lstrip("/")
        if name.startswith("api/handles/"):
            doi = name.removeprefix("api/handles/")
            code = 1 if doi in self.dois else 100
            return _json({"responseCode": code, "handle": doi, "values": []}, 200 if code == 1 else 404)
        if name not in self.dois:
            return Reply(404, "<html>DOI Not Found</html>", {"Content-Type": "text/html"})
        is_datacite = self.dois[name].get("source") == "DataCite"
        target = (
            f"https://data.crosscite.org/application/vnd.citationstyles.csl+json/{name}"
            if is_datacite
            else f"https://api.crossref.org/v1/works/{name}/transform"
        )
        return Reply(302, headers={"Location": target})

    def agency(self, url: str, headers: dict[str, str]) -> Reply:
        """Crossref and DataCite: one DOI as CSL-JSON, or Crossref's search."""
        path = unquote(urlsplit(url).path)
        if path == "/works":
            words = set(re.findall(r"\w+", parse_qs(urlsplit(url).query)["query.bibliographic"][0].lower()))
            found = [
                item
                for item in self.dois.values()
                if item.get("source") != "DataCite" and words & _words(item)
            ]
            return _json({"status": "ok", "message": {"items": found}})
        doi = next((doi for doi in self.dois if doi in path), None)
        if doi is None:
            return Reply(404, "Resource not found.", {"Content-Type": "text/plain"})
        item = {
            name: value for name, value in self.dois[doi].items() if name != "source" or value != "DataCite"
        }
        return _json(item, content_type="application/vnd.citationstyles.csl+json")

    def openreview(self, url: str, _: dict[str, str]) -> Reply:
        """Both versions of OpenReview's API; a note is known to the one in whose form it is."""
        parts = urlsplit(url)
        wrapped = parts.hostname == "api2.openreview.net"
        notes = {i: n for i, n in self.notes.items() if _is_wrapped(n) == wrapped}
        query = parse_qs(parts.query)
        if parts.path == "/notes/search":
            words = set(re.findall(r"\w+", query["term"][0].lower()))
            found = [
                n
                for n in notes.values()
                if words & set(re.findall(r"\w+", str(n["content"]["title"]).lower()))
            ]
            return _json({"notes": found, "count": len(found)})
        identifier = query.get("id", [""])[0]
        if identifier not in notes:
            error = {
                "name": "NotFoundError",
                "message": f"The Note {identifier} was not found",
                "status": 404,
            }
            return _json(error, 404)
        return _json({"notes": [notes[identifier]], "count": 1})

    def github(self, url: str, headers: dict[str, str]) -> Reply:
        """GitHub's REST API."""
        path = unquote(urlsplit(url).path)
        if path.startswith("/users/"):
            user = self.users.get(path.removeprefix("/users/"))
            return _json(user) if user else _json({"message": "Not Found"}, 404)
        name, _, rest = path.removeprefix("/repos/").partition("/contents/")
        if rest:
            text = self.citations.get(name)
            return (
                Reply(body=text, headers={"Content-Type": "application/vnd.github.raw+json"})
                if text
                else Reply(404)
            )
        found = self.repositories.get(name)
        return _json(found) if found else _json({"message": "Not Found"}, 404)

    def archive(self, url: str, _: dict[str, str]) -> Reply:
        """The Internet Archive's availability API."""
        wanted = parse_qs(urlsplit(url).query)["url"][0]
        copy = self.copies.get(wanted)
        closest = (
            {"closest": {"status": "200", "available": True, "url": copy, "timestamp": "20200101"}}
            if copy
            else {}
        )
        return _json({"url": wanted, "archived_snapshots": closest})


ANSWERS = {
    "export.arxiv.org": Services.arxiv,
    "doi.org": Services.doi,
    "api.crossref.org": Services.agency,
    "data.crosscite.org": Services.agency,
    "api2.openreview.net": Services.openreview,
    "api.openreview.net": Services.openreview,
    "api.github.com": Services.github,
    "archive.org": Services.archive,
}


def _json(value: Any, status: int = 200, content_type: str = "application/json; charset=utf-8") -> Reply:
    return Reply(status, json.dumps(value), {"Content-Type": content_type})


def _words(item: dict[str, Any]) -> set[str]:
    title = item.get("title", "")
    return set(re.findall(r"\w+", (title if isinstance(title, str) else " ".join(title)).lower()))


def _is_wrapped(note: dict[str, Any]) -> bool:
    return any(isinstance(value, dict) for value in note["content"].values())


class _Handler(BaseHTTPRequestHandler):
    """Turns requests into addresses of the real world, and replies into bytes."""

    protocol_version = "HTTP/1.1"
    services: Services

    def do_GET(self) -> None:
        """Every request."""
        scheme, _, rest = self.path.lstrip("/").partition("/")
        reply = self.services.reply(f"{scheme}://{rest}", dict(self.headers))
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.close_connection = True
        if reply.way == "silent":
            self.services.stopped.wait(20)
            return
        self.send_response(reply.status)
        self.send_header("Connection", "close")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.way == "huge":
            self._huge()
            return
        if "Content-Length" not in reply.headers:
            self.send_header("Content-Length", str(len(body) + (1000 if reply.way == "cut" else 0)))
        self.end_headers()
        if reply.way == "drip":
            for number in range(len(body)):
                if self.services.stopped.wait(0.02):
                    return
                self.wfile.write(body[number : number + 1])
            return
        self.wfile.write(body)

    def _huge(self) -> None:
        """An answer without an end, its length not given."""
        self.end_headers()
        try:
            while not self.services.stopped.is_set():
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass

    def handle(self) -> None:
        """As the base class, but a client that hangs up is no news."""
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


@contextmanager
def running() -> Iterator[Services]:
    """The services, on a port of this machine."""
    services = Services()
    handler = type("Handler", (_Handler,), {"services": services})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    services.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield services
    finally:
        services.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()

"""New papers by the topics' queries, and forms with identifiers: asked of a server of our own."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from odebib.cli import main
from odebib.editing import candidates
from odebib.services.http import Network
from projects import CHEN, load, make

TOPICS = """
- {id: neural-odes, name: Neural ODEs, query: 'abs:"neural ODE"'}
- {id: theory, name: Theory, query: 'all:theory'}
- {id: other, name: Other}
"""

PAPER = """
<entry>
  <id>http://arxiv.org/abs/{0}v1</id><published>2026-11-20T00:00:00Z</published><title>{1}</title>
  <summary>We study something.</summary><author><name>{2}</name></author>
</entry>
"""


def feed(*papers: tuple[str, str, str]) -> str:
    """What arXiv answers."""
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom">' + "".join(PAPER.format(*p) for p in papers) + "</feed>"
    )


class Server(ThreadingHTTPServer):
    """Answers as arXiv does: by words of the query, or by the id."""

    answers: dict[str, tuple[int, str]]
    asked: list[str]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_GET(self) -> None:
        """Answer with what the test has put there."""
        query = parse_qs(urlsplit(self.path).query)
        wanted = query.get("search_query", query.get("id_list", [""]))[0]
        self.server.asked.append(wanted)
        status, text = next((a for word, a in self.server.answers.items() if word in wanted), (404, ""))
        self.send_response(status)
        self.send_header("Content-Type", "application/atom+xml")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(name="server")
def _server() -> Iterator[Server]:
    """A server on this machine."""
    server = Server(("127.0.0.1", 0), Handler)
    server.answers, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def look(root: Path, server: Server) -> candidates.Found:
    """What a week of arXiv holds."""
    address = f"http://127.0.0.1:{server.server_port}"
    network = Network(reroute={"https://export.arxiv.org": address}, sleep=lambda _: None)
    return candidates.look(load(root), network, datetime.date(2026, 11, 14), datetime.date(2026, 11, 21))


class TestLook:
    """The queries of all topics."""

    def test_proposes_what_is_not_here(self, tmp_path: Path, server: Server) -> None:
        """What is here is left out; what two topics find is one candidate."""
        root = make(tmp_path, {"topics.yml": TOPICS, "entries/chen2018neural.yml": CHEN})
        new = ("2611.00001", "A @new [Thing]", "Ann One")
        server.answers = {
            "neural ODE": (
                200,
                feed(new, ("1806.07366", "Neural Ordinary Differential Equations", "Ricky T. Q. Chen")),
            ),
            "all:theory": (200, feed(new)),
        }

        found = look(root, server)

        assert [(c.record.arxiv, [t.id for t in c.topics]) for c in found.candidates] == [
            ("2611.00001", ["neural-odes", "theory"])
        ]
        assert server.asked[0] == '(abs:"neural ODE") AND submittedDate:[202611140000 TO 202611212359]'
        assert candidates.as_issue(found, datetime.date(2026, 11, 14)).endswith(
            "### Neural ODEs\n\n- [ ] **A &#64;\u2060new \\[Thing\\]**, Ann One, [arXiv:2611.00001]"
            "(https://arxiv.org/abs/2611.00001)<br>`odebib add arXiv:2611.00001 --topic neural-odes "
            "--topic theory`\n"
        )

    def test_a_query_that_fails_is_told(self, tmp_path: Path, server: Server) -> None:
        """The others are asked all the same."""
        root = make(tmp_path, {"topics.yml": TOPICS})
        server.answers = {
            "neural ODE": (400, ""),
            "all:theory": (200, feed(("2611.00001", "A Thing", "Ann One"))),
        }

        found = look(root, server)

        assert [topic.id for topic, _ in found.failed] == ["neural-odes"]
        assert "Not asked for Neural ODEs: " in candidates.as_issue(found, datetime.date(2026, 11, 14))

    def test_nothing_new_is_no_issue(self, tmp_path: Path, server: Server) -> None:
        """An empty text, of which no issue is made."""
        root = make(tmp_path, {"topics.yml": TOPICS})
        server.answers = {"": (200, feed())}

        assert candidates.as_issue(look(root, server), datetime.date(2026, 11, 14)) == ""


class TestFromIssue:
    """`odebib from-issue` with identifiers."""

    def test_adds_what_is_asked_for(
        self,
        tmp_path: Path,
        server: Server,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """As `odebib add` would, with the topics and the sentence of the form; each thing is answered."""
        root = make(tmp_path, {"entries/chen2018neural.yml": CHEN})
        address = f"http://127.0.0.1:{server.server_port}"
        hosts = ("export.arxiv.org", "api.datacite.org", "api.crossref.org", "doi.org", "api2.openreview.net")
        routes = ", ".join(f'"https://{host}": "{address}"' for host in hosts)
        monkeypatch.setenv("ODEBIB_REROUTE", "{" + routes + "}")
        server.answers = {"2611.00001": (200, feed(("2611.00001", "Stable Waves on Meshes", "Ann One")))}
        issue = tmp_path / "issue.md"
        issue.write_text(
            "### What to add\n\n- arXiv:2611.00001\n- 1806.07366\n- nonsense\n\n### Topics\n\n"
            "Theory, unknown\n\n"
            "### In one sentence\n\nShows that waves are stable.\n",
            encoding="utf-8",
        )

        status = main(["from-issue", str(issue), "--root", str(root)])

        answer = capsys.readouterr().out
        assert status == 0
        assert "`arXiv:2611.00001`: new entry `one2026stable`." in answer
        assert "`1806.07366` is already here: `chen2018neural` \\(same arXiv" in answer
        assert "nonsense" in answer
        text = (root / "data/entries/one2026stable.yml").read_text(encoding="utf-8")
        assert "summary: Shows that waves are stable.\n" in text
        assert "topics: [theory]\n" in text

"""Only public addresses are asked: whatever they are called, first or behind a redirect."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from odebib.services import http
from odebib.services.failures import FetchError
from odebib.services.hosts import is_public
from odebib.services.http import Network
from services.server import Reply, Services

SPELLINGS = ("127.0.0.1", "127.1", "2130706433", "0x7f.1", "0x7f.0.0.1", "0177.0.0.1", "0", "localhost", "localhost.",
             "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[0:0:0:0:0:0:0:1]", "evil.example")  # fmt: skip
"""This machine, as it can be called; the last one is a name that somebody made lead here."""


class Canary(ThreadingHTTPServer):
    """A server that nobody may reach; it counts who does."""

    hits = 0


class Answer(BaseHTTPRequestHandler):
    """Says hello."""

    def do_GET(self) -> None:
        """Counted and answered."""
        assert isinstance(self.server, Canary)
        self.server.hits += 1
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@pytest.fixture(name="canary")
def _canary() -> Iterator[Canary]:
    server = Canary(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of somebody's own leads to this machine."""
    resolve = socket.getaddrinfo

    def resolved(host: Any, *args: Any, **kwargs: Any) -> Any:
        return resolve("127.0.0.1" if host == "evil.example" else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)


@pytest.mark.parametrize("host", SPELLINGS)
class TestPrivate:
    """This machine, however it is spelt."""

    def test_first_request(self, canary: Canary, host: str) -> None:
        """It is refused, and nothing arrives."""
        with pytest.raises(FetchError, match=r"is no public address|cannot be reached|no web address"):
            Network().get(f"http://{host}:{canary.server_port}/")
        assert canary.hits == 0

    def test_redirect(self, canary: Canary, world: Services, host: str) -> None:
        """A redirect to it is not followed."""
        world.replies["https://arxiv.org/x"] = [
            Reply(302, headers={"Location": f"http://{host}:{canary.server_port}/"})
        ]
        with pytest.raises(FetchError):
            Network(reroute=world.reroute, sleep=lambda _: None).get("https://arxiv.org/x")
        assert canary.hits == 0


class TestAllowed:
    """Hosts that are meant."""

    def test_named_by_the_setting(
        self, canary: Canary, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
    ) -> None:
        """What the environment names may be asked."""
        monkeypatch.setenv("ODEBIB_ALLOWED_HOSTS", "127.0.0.1, other.lan")
        assert http.of_project(tmp_path).get(f"http://127.0.0.1:{canary.server_port}/").body == b"hello"
        assert canary.hits == 1

    def test_says_how(self) -> None:
        """The hint names the setting."""
        with pytest.raises(FetchError) as failed:
            Network().get("http://127.0.0.1:9/")
        assert failed.value.hint == "if it is meant, allow it: ODEBIB_ALLOWED_HOSTS=127.0.0.1"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("64:ff9b::808:808", True), ("2002:808:808::1", True),
        ("10.1.2.3", False), ("100.64.0.1", False), ("169.254.169.254", False), ("0.0.0.0", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("240.0.0.1", False), ("192.0.2.1", False),
        ("::", False), ("::1", False), ("fe80::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False),
        ("fec0::1", False), ("::ffff:10.0.0.1", False), ("::10.0.0.1", False), ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b:1::a00:1", False), ("2002:7f00:1::", False), ("2001:0:7f00:1::", False), ("::ffff:0:127.0.0.1", False),
    ],
)  # fmt: skip
def test_addresses(address: str, expected: bool) -> None:
    """Every network that is not everybody's is known, and IPv4 within IPv6 is looked at."""
    assert is_public(address) is expected

"""The network: patience, politeness, limits, and what is kept."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from odebib.errors import SourceError
from odebib.services import http
from odebib.services.failures import Failure, FetchError
from odebib.services.hosts import is_private
from odebib.services.http import Network, user_agent
from odebib.services.kept import Cache, Response
from services.server import Reply, Services, running

URL = "https://service.example/thing"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(name="world")
def _world() -> Iterator[Services]:
    """An empty world."""
    with running() as services:
        yield services


@pytest.fixture(name="slept")
def _slept() -> list[float]:
    """The pauses that were made."""
    return []


@pytest.fixture(name="net")
def _net(world: Services, slept: list[float]) -> Network:
    """A network that notes its pauses instead of making them."""
    return Network(reroute=world.reroute, sleep=slept.append, timeout=(2, 0.5), longest=0.6, limit=100_000)


class TestPatience:
    """What is tried again, and how long is waited."""

    @pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
    def test_what_passes_is_tried_again(
        self, world: Services, net: Network, slept: list[float], status: int
    ) -> None:
        """A service that stumbles once is asked again after a pause."""
        world.replies[URL] = [Reply(status), Reply(body="fine")]

        assert net.get(URL).body == b"fine"
        assert max(slept) == http.BACK_OFF

    def test_pauses_grow(self, world: Services, net: Network, slept: list[float]) -> None:
        """Each attempt waits twice as long as the one before; then it has failed."""
        world.replies[URL] = [Reply(500)]

        with pytest.raises(FetchError, match=r"^service\.example is out of order \(500\)$") as caught:
            net.get(URL)

        assert caught.value.failure is Failure.BROKEN
        assert caught.value.hint == "try again later"
        assert [pause for pause in slept if pause in {2.0, 4.0, 8.0}] == [2.0, 4.0, 8.0]
        assert len(world.asked) == http.ATTEMPTS

    @pytest.mark.parametrize("form", ["seconds", "date"])
    def test_retry_after_is_respected(
        self, world: Services, net: Network, slept: list[float], form: str
    ) -> None:
        """A service that says when, is asked then."""
        header = "90" if form == "seconds" else formatdate(time.time() + 90, usegmt=True)
        world.replies[URL] = [Reply(429, headers={"Retry-After": header}), Reply(body="fine")]

        assert net.get(URL).body == b"fine"
        assert 80 < max(slept) <= 90

    @pytest.mark.parametrize("header", ["soon", "-5", "9" * 400, "99999999999999999999"])
    def test_nonsense_in_retry_after_is_harmless(self, world: Services, net: Network, header: str) -> None:
        """Nothing that a service sends as Retry-After raises or waits for ever."""
        world.replies[URL] = [Reply(503, headers={"Retry-After": header}), Reply(body="fine")]

        with contextlib.suppress(FetchError):
            assert net.get(URL).body == b"fine"

    def test_a_long_wait_is_told_instead(self, world: Services, net: Network, slept: list[float]) -> None:
        """An hour is longer than a person waits."""
        world.replies[URL] = [Reply(429, headers={"Retry-After": "3600"})]

        with pytest.raises(
            FetchError, match="asked too often \\(429\\) and wants to be left alone for 60 minutes"
        ):
            net.get(URL)

        assert max(slept, default=0) < 10

    @pytest.mark.parametrize("status", [400, 401, 403, 418, 451])
    def test_a_refusal_is_not_argued_with(self, world: Services, net: Network, status: int) -> None:
        """What will not be otherwise is asked once."""
        world.replies[URL] = [Reply(status)]

        with pytest.raises(FetchError):
            net.get(URL)

        assert len(world.asked) == 1

    def test_a_host_that_is_down_is_left_alone(self, world: Services, net: Network) -> None:
        """After two failures in a row the next requests fail at once."""
        world.replies["https://service.example"] = [Reply(503)]
        for number in range(5):
            with pytest.raises(FetchError, match="out of order"):
                net.get(f"{URL}/{number}")

        assert len(world.asked) == http.DOWN * http.ATTEMPTS

    def test_nobody_there(self, slept: list[float]) -> None:
        """Without a connection there is one attempt, and a plain word."""
        net = Network(reroute={"https://": "http://127.0.0.1:1/"}, sleep=slept.append)

        with pytest.raises(FetchError, match=r"^service\.example cannot be reached$") as caught:
            net.get(URL)

        assert caught.value.failure is Failure.OFFLINE
        assert caught.value.hint == "are you online?"
        assert slept == []


class TestPoliteness:
    """Turns, pauses, and who is asking."""

    def test_pauses_between_two_requests(self, world: Services, net: Network, slept: list[float]) -> None:
        """arXiv gets its three seconds, others one."""
        world.replies["https://"] = [Reply(body="x")]
        for url in (
            "https://export.arxiv.org/a",
            "https://export.arxiv.org/b",
            "https://else.example/c",
            "https://else.example/d",
        ):
            net.get(url)

        assert [round(pause) for pause in slept] == [3, 1]

    def test_one_request_at_a_time_to_a_host(self, world: Services) -> None:
        """Threads wait for each other at one host, not at two."""
        running_now, most = 0, 0
        guard = threading.Lock()
        original = world.reply

        def counting(url: str, headers: dict[str, str]) -> Reply:
            nonlocal running_now, most
            with guard:
                running_now += 1
                most = max(most, running_now)
            time.sleep(0.02)
            with guard:
                running_now -= 1
            return original(url, headers)

        world.reply = counting  # type: ignore[method-assign]
        world.replies["https://"] = [Reply(body="x")]
        net = Network(reroute=world.reroute)
        threads = [threading.Thread(target=net.get, args=(f"{URL}/{n}",)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert most == 1

    @pytest.mark.parametrize(
        ("contact", "mkdocs", "expected"),
        [
            pytest.param("me@example.org", "", " (mailto:me@example.org)", id="e-mail"),
            pytest.param(
                "https://example.org/me\r\nX: y", "", " (https://example.org/meX:y)", id="no header in it"
            ),
            pytest.param(
                None,
                "extra:\n  repository: https://github.com/a/b\nx: !!python/name:os.system\n",
                " (https://github.com/a/b)",
                id="mkdocs.yml",
            ),
            pytest.param(None, "extra: [", "", id="broken mkdocs.yml"),
            pytest.param(None, "site_name: x", "", id="nothing"),
        ],
    )
    def test_who_is_asking(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contact: str | None, mkdocs: str, expected: str
    ) -> None:
        """The user agent names whom a service can write to."""
        monkeypatch.delenv("ODEBIB_CONTACT", raising=False)
        if contact:
            monkeypatch.setenv("ODEBIB_CONTACT", contact)
        (tmp_path / "mkdocs.yml").write_text(mkdocs)

        assert user_agent(tmp_path) == f"odebib/{http.__version__}{expected}"

    def test_the_user_agent_is_sent(self, world: Services) -> None:
        """Every request says it; nothing else about us is sent."""
        world.replies[URL] = [Reply(body="x")]
        Network(reroute=world.reroute, agent="odebib/1 (mailto:a@b.c)").get(URL)

        _, headers = world.asked[0]
        assert headers["User-Agent"] == "odebib/1 (mailto:a@b.c)"
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)


class TestLimits:
    """What is not taken."""

    @pytest.mark.parametrize(
        ("reply", "message"),
        [
            pytest.param(Reply(way="huge"), "answered with more than 97 kB", id="without an end"),
            pytest.param(
                Reply(body="x", headers={"Content-Length": "99999999"}),
                "answered with more than 97 kB",
                id="said to be huge",
            ),
            pytest.param(
                Reply(body="x" * 200, way="drip"), "took more than 1 seconds", id="a byte at a time"
            ),
            pytest.param(
                Reply(body="half", way="cut"), "broke off in the middle of its answer", id="cut off"
            ),
            pytest.param(Reply(way="silent"), "does not answer in time", id="silent"),
        ],
    )
    def test_too_much_too_slow_too_little(
        self, world: Services, net: Network, reply: Reply, message: str
    ) -> None:
        """An answer that is not whole within the limits is none."""
        world.replies[URL] = [reply]

        with pytest.raises(FetchError, match=rf"^service\.example {message}"):
            net.get(URL)

    def test_another_kind_of_content(self, world: Services, net: Network) -> None:
        """A page for people where data was asked for is told as such."""
        world.replies[URL] = [Reply(body="<html>", headers={"Content-Type": "text/html; charset=utf-8"})]

        with pytest.raises(
            FetchError, match="answered with text/html where application/json was asked for"
        ) as caught:
            net.get(URL, types=("application/json",))

        assert "captcha" in str(caught.value.hint)

    @pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"1" * 10_000, b"\xff\xfe"])
    def test_no_json(self, body: bytes) -> None:
        """What is no JSON is an error in words, however it is broken."""
        with pytest.raises(SourceError, match=r"service\.example answered something that is no JSON"):
            Response(URL, 200, "", body, 0.0).json()


class TestRedirects:
    """Where a redirect may lead."""

    def test_is_followed(self, world: Services, net: Network) -> None:
        """To another host too; the answer says where it came from."""
        world.replies[URL] = [Reply(302, headers={"Location": "http://other.example/x"})]
        world.replies["http://other.example"] = [Reply(body="there")]

        assert net.get(URL).url == "http://other.example/x"

    @pytest.mark.parametrize(
        ("location", "message"),
        [
            pytest.param("ftp://other.example/", "no web address", id="ftp"),
            pytest.param("file:///etc/passwd", "no web address", id="file"),
            pytest.param("javascript:alert(1)", "no web address", id="javascript"),
            pytest.param("http://[::1", "no web address", id="broken"),
            pytest.param("http://127.0.0.1:8000/", "into a private network", id="this machine"),
            pytest.param("http://169.254.169.254/meta", "into a private network", id="link-local"),
            pytest.param("http://localhost/", "into a private network", id="localhost"),
            pytest.param(URL, "without an end", id="a circle"),
        ],
    )
    def test_is_refused(self, world: Services, net: Network, location: str, message: str) -> None:
        """Only to web addresses that anybody may see, and not for ever."""
        world.replies[URL] = [Reply(301, headers={"Location": location})]

        with pytest.raises(FetchError, match=message):
            net.get(URL)

        assert set(world.hosts) == {"service.example"}

    def test_headers_stay_with_the_first_host(self, world: Services, net: Network) -> None:
        """A token is for the host it was meant for."""
        world.replies[URL] = [Reply(302, headers={"Location": "https://other.example/x"})]
        world.replies["https://other.example"] = [Reply(body="x")]

        net.get(URL, headers={"Authorization": "Bearer secret"})

        assert [headers.get("Authorization") for _, headers in world.asked] == ["Bearer secret", None]

    @pytest.mark.parametrize(
        ("statuses", "moved"),
        [
            pytest.param([301, 308], "https://c.example/", id="for good"),
            pytest.param([301, 302], "https://b.example/", id="the second only for now"),
            pytest.param([302, 301], None, id="the first only for now"),
        ],
    )
    def test_moved_for_good(
        self, world: Services, net: Network, statuses: list[int], moved: str | None
    ) -> None:
        """Only what redirects for good has moved, as far as it does."""
        world.replies["https://a.example"] = [Reply(statuses[0], headers={"Location": "https://b.example/"})]
        world.replies["https://b.example"] = [Reply(statuses[1], headers={"Location": "https://c.example/"})]
        world.replies["https://c.example"] = [Reply(body="x")]

        found = net.look("https://a.example/")

        assert (found.url, found.moved) == ("https://c.example/", moved)


class TestCache:
    """What is kept on disk."""

    def test_is_asked_once(self, world: Services, tmp_path: Path) -> None:
        """An answer is kept for the next run, what is not there too."""
        world.replies[URL] = [Reply(body="x", headers=JSON)]
        for _ in range(2):
            net = Network(Cache(tmp_path / "a.sqlite"), reroute=world.reroute)
            assert net.get(URL).body == b"x"
            with pytest.raises(FetchError, match="knows no such thing"):
                net.get("https://service.example/other")
            assert net.cache
            net.cache.close()

        assert len(world.asked) == 2

    def test_failures_are_not_kept(self, world: Services, tmp_path: Path) -> None:
        """What failed is asked again."""
        world.replies[URL] = [Reply(403), Reply(body="x")]
        net = Network(Cache(tmp_path / "a.sqlite"), reroute=world.reroute)
        with pytest.raises(FetchError):
            net.get(URL)

        assert net.get(URL).body == b"x"

    def test_grows_old(self, tmp_path: Path) -> None:
        """What is older than asked for does not count."""
        cache = Cache(tmp_path / "a.sqlite")
        cache.put("k", Response(URL, 200, "", b"x", time.time() - 100))

        assert cache.get("k", 50) is None
        assert cache.get("k", 150) is not None

    @pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
    def test_a_broken_file_is_begun_anew(self, tmp_path: Path, content: bytes) -> None:
        """The cache may be damaged; then it is empty."""
        path = tmp_path / "a.sqlite"
        path.write_bytes(content)
        cache = Cache(path)

        assert cache.get("k", 50) is None
        cache.put("k", Response(URL, 200, "", b"x", time.time()))
        assert cache.get("k", 50) is not None

    def test_without_a_disk_nothing_is_kept(self, world: Services, tmp_path: Path) -> None:
        """A cache that cannot be written is none, and nothing fails."""
        (tmp_path / "folder").write_text("a file where the folder should be")
        world.replies[URL] = [Reply(body="x")]
        net = Network(Cache(tmp_path / "folder" / "a.sqlite"), reroute=world.reroute)

        assert net.get(URL).body == b"x"

    def test_is_a_database(self, world: Services, tmp_path: Path) -> None:
        """The file can be looked into with SQLite."""
        world.replies[URL] = [Reply(body="x")]
        Network(Cache(tmp_path / "a.sqlite"), reroute=world.reroute).get(URL)

        with sqlite3.connect(tmp_path / "a.sqlite") as connection:
            assert connection.execute("SELECT url, status FROM answers").fetchall() == [(URL, 200)]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("arxiv.org", False), ("8.8.8.8", False), ("127.0.0.1", True), ("10.0.0.1", True),
        ("192.168.1.1", True), ("169.254.169.254", True), ("::1", True), ("localhost", True),
        ("intranet", True), ("a.internal", True), ("printer.local", True), ("localhost.", True),
    ],
)  # fmt: skip
def test_private_hosts(host: str, expected: bool) -> None:
    """Names and numbers of this machine and its neighbours are known."""
    assert is_private(host) is expected


def test_get_of_a_named_address_says_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that the user named is in the message."""
    monkeypatch.setattr(http.time, "sleep", lambda _: None)

    with pytest.raises(
        SourceError, match=r"^http://127\.0\.0\.1:1/x cannot be had: 127\.0\.0\.1 cannot be reached$"
    ):
        http.get("http://127.0.0.1:1/x")

"""The server on this machine: who is answered, and what it outlives."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from odebib.cli import publish
from odebib.errors import OdebibError
from odebib.website.serve import Server, _Handler


@pytest.fixture(name="server")
def _server(tmp_path: Path) -> Iterator[Server]:
    """A site of one page, served."""
    (tmp_path / "index.html").write_text("home")
    (tmp_path / "404.html").write_text("not here")
    with Server(tmp_path) as server:
        yield server


def get(server: Server, address: str = "/", host: str | None = None) -> tuple[int, str]:
    """The status and the text of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.putrequest("GET", address, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{server.port}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


class TestHost:
    """Only who asks for this machine is answered."""

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:8000", "[::1]:8000"])
    def test_this_machine(self, server: Server, host: str) -> None:
        """It has these names."""
        assert get(server, host=host) == (200, "home")

    @pytest.mark.parametrize(
        "host", ["evil.test", "localhost.evil.test", "127.0.0.1.evil.test:80", "evil.test:127.0.0.1", "localhost:x"]
    )  # fmt: skip
    def test_another_name(self, server: Server, host: str) -> None:
        """A page elsewhere whose name leads here reads nothing."""
        status, text = get(server, host=host)
        assert status == 421
        assert "home" not in text


class TestOutlives:
    """One bad request or build ends nothing."""

    @pytest.mark.parametrize(
        "address", ["/%00", "/a%00b/", "/../../etc/hostname", "/%2e%2e/%2e%2e/x", "/" + "a" * 5000]
    )
    def test_an_address_that_is_no_file(self, server: Server, address: str) -> None:
        """It is refused, and the next is answered."""
        assert 400 <= get(server, address)[0] < 500
        assert get(server) == (200, "home")

    def test_an_unexpected_error(
        self, server: Server, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """The request it happened in gets nothing, the terminal no traceback, the next request its page."""
        with monkeypatch.context() as patched:
            patched.setattr(_Handler, "do_GET", lambda _: 1 / 0)
            with pytest.raises((http.client.HTTPException, ConnectionError)):
                get(server)
        assert get(server) == (200, "home")
        assert "Traceback" not in capfd.readouterr().err

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (RuntimeError("odd"), "odebib: RuntimeError: odd; the website stays as it was"),
            (OdebibError("the engine is ill"), "odebib: the engine is ill"),
        ],
        ids=["unexpected", "expected"],
    )
    def test_a_build_that_fails(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        error: Exception,
        said: str,
    ) -> None:
        """It is said in a line."""

        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr(publish.store, "load", fail)
        monkeypatch.setattr(publish, "root", lambda: tmp_path)
        publish._try_to_build(tmp_path / "site", "mkdocs")
        shown = capsys.readouterr()
        assert (shown.out + shown.err).strip() == said


class TestInterrupt:
    """Ctrl-C while the program is still loaded."""

    @pytest.mark.parametrize("loaded", ["odebib.cli", "odebib.model.values", "click"])
    def test_at_start_up(self, tmp_path: Path, loaded: str) -> None:
        """It ends with one line, whatever was being imported."""
        (tmp_path / "sitecustomize.py").write_text(
            "import os, signal, sys\n"
            "class Interrupt:\n"
            "    def find_spec(self, name, path=None, target=None):\n"
            f"        if name == {loaded!r}:\n"
            "            os.kill(os.getpid(), signal.SIGINT)\n"
            "sys.meta_path.insert(0, Interrupt())\n"
        )
        done = subprocess.run(
            [sys.executable, "-m", "odebib", "--version"],
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")

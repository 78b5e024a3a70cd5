"""What all tests share: the toy project, a factory of small projects, no network, one browser."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from odebib.project import store
from odebib.project.store import Project
from odebib.yamlio import writer
from website.browsing import ARGUMENTS, CHROMIUM, require

# The same examples on every machine: a law that fails here fails for everybody, and not now and then.
settings.register_profile(
    "odebib",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
settings.load_profile("odebib")

TOY = Path(__file__).parent / "toy"

MakeProject = Callable[[Mapping[str, Any]], Project]


@pytest.fixture(name="make_project")
def _make_project(tmp_path: Path) -> MakeProject:
    """Writes files, given as text, bytes or data by their path below ``data/``, and reads the project."""

    def make(files: Mapping[str, Any]) -> Project:
        (tmp_path / "data").mkdir(exist_ok=True)
        for name, content in files.items():
            path = tmp_path / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            text = content if isinstance(content, str | bytes) else writer.emit(content)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return store.load(tmp_path)

    return make


@pytest.fixture(scope="session", name="toy")
def _toy() -> Project:
    """The toy project (see tests/toy/README.md), with which nothing is wrong."""
    project = store.load(TOY)
    assert project.problems == ()
    return project


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the last line, where nobody overlooks it, which programs were missing and what is untried for it."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in reporter.stats.get("skipped", ())
        if isinstance(report.longrepr, tuple) and " is missing (" in report.longrepr[2]
    )
    for reason, count in reasons.most_common():
        reporter.write_line(f"NOT TRIED: {count} tests, because {reason}", red=True, bold=True)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine can be reached."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium."""
    executable = require(CHROMIUM, "chromium", "apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        require(None, "playwright", "pip install playwright")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield found
        found.close()

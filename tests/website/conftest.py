"""The website of the toy bibliography, built once for all tests that only read it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from odebib.model.bibliography import Bibliography
from odebib.website.build import build
from odebib.website.serve import Server
from website.browsing import PREFIX, Visit
from website.library import make_library
from website.toy import make_bibliography


@pytest.fixture(scope="session")
def bibliography() -> Bibliography:
    """The toy bibliography."""
    return make_bibliography()


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has only a ``mkdocs.yml``; its cache is shared, so that frames are drawn once."""
    root = tmp_path_factory.mktemp("project")
    (root / "mkdocs.yml").write_text("site_name: Toy\nsite_description: A toy bibliography\n", "utf-8")
    return root


@pytest.fixture(scope="session")
def built_site(bibliography: Bibliography, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website of the toy bibliography; tests only read it."""
    site = tmp_path_factory.mktemp("built") / "site"
    build(bibliography, project, site)
    return site


@pytest.fixture
def page(built_site: Path) -> Callable[[str], str]:
    """Reads a page of the built site by its address."""
    return lambda address: (built_site / address / "index.html").read_text("utf-8")


@pytest.fixture(scope="session")
def served(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the toy site, served under a path prefix."""
    root = tmp_path_factory.mktemp("served")
    (root / PREFIX).parent.mkdir(parents=True)
    build(make_bibliography(), project, root / PREFIX)
    shutil.copyfile(root / PREFIX / "404.html", root / "404.html")  # the server knows no prefix
    with Server(root) as server:
        yield f"http://127.0.0.1:{server.port}/{PREFIX}"


@pytest.fixture(scope="session")
def served_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with works that readers look for, served under a path prefix."""
    root = tmp_path_factory.mktemp("library")
    (root / PREFIX).parent.mkdir(parents=True)
    (root / "mkdocs.yml").write_text(
        "site_name: Library\nextra: {repository: 'https://github.com/someone/library'}\n", "utf-8"
    )
    build(make_library(), root, root / PREFIX)
    with Server(root) as server:
        yield f"http://127.0.0.1:{server.port}/{PREFIX}"


@pytest.fixture
def visit(browser: Any, served: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Visits pages of the site; afterwards nothing must have gone wrong."""
    yield from _visiting(browser, served, request)


@pytest.fixture
def reader(browser: Any, served_library: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Visits pages of the library; afterwards nothing must have gone wrong."""
    yield from _visiting(browser, served_library, request)


def _visiting(browser: Any, served: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    options = {"permissions": ["clipboard-read", "clipboard-write"], **getattr(request, "param", {})}
    context = browser.new_context(**options)
    context.set_default_timeout(30_000)
    found = Visit(context.new_page(), served)
    found.page.on("pageerror", lambda error: found.wrong.append(f"script error: {error}"))
    found.page.on(
        "console", lambda said: found.wrong.append(said.text) if said.type in {"error", "warning"} else None
    )
    found.page.on(
        "request",
        lambda asked: found.wrong.append(f"asked {asked.url}") if not asked.url.startswith(served) else None,
    )
    yield found
    context.close()
    assert found.wrong == []

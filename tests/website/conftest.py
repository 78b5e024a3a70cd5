"""The website of the toy bibliography, built once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from odebib.bibliography import Bibliography
from odebib.website.build import build
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

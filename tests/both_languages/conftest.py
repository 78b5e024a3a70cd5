"""The scripts of the website, loaded alone in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from both_languages.scripts import Scripts
from odebib.website.scripts import files
from odebib.website.serve import Server
from website.browsing import PREFIX

ASSETS = Path(__file__).parents[2] / "templates" / "assets"


@pytest.fixture(scope="session")
def scripts(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scripts]:
    """The website's scripts, served under a path prefix to an empty page."""
    root = tmp_path_factory.mktemp("scripts")
    shutil.copytree(ASSETS, root / PREFIX / "assets")
    for name, content in files():
        (root / PREFIX / "assets" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / PREFIX / "assets" / name).write_bytes(content)
    (root / PREFIX / "index.html").write_text("<!doctype html><title>Scripts</title>", "utf-8")
    with Server(root) as server:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.port}/{PREFIX}")
        yield Scripts(page)
        page.close()

"""Hostile values in every field of text, on the pages of a built site, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attacks import PAGE
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.website.build import build
from odebib.website.serve import Server

pytestmark = pytest.mark.browser


def _hostile() -> Bibliography:
    """An entry for each value, with it wherever text may stand."""
    entries = {}
    for number, value in enumerate(PAGE):
        key = f"hostile{number}"
        entries[key] = Entry(
            key=key, title=f"A {value} b", other_titles=[value], authors=["Ann One", "{" + value.replace("{", "").replace("}", "").replace("<", "").replace(">", "") + "}"],
            year="2020", venue=value, event=value, publisher=value, summary=value, abstract=value, awards=[value], note=value,
            url="https://example.org/?q=%22%3E%3Cscript%3E",
        )  # fmt: skip
    return Bibliography(entries)


def test_nothing_runs(tmp_path: Path, browser: Any) -> None:
    """No script of a value runs, nothing is fetched from elsewhere, no attribute listens, no link is a script."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Hostile\n", encoding="utf-8")
    bibliography = _hostile()
    build(bibliography, tmp_path, tmp_path / "site")
    foreign: list[str] = []
    with Server(tmp_path / "site") as server:
        page = browser.new_page()
        page.on("request", lambda asked: foreign.append(asked.url) if "127.0.0.1" not in asked.url else None)
        addresses = ["", "recent/", "search/?q=script", *(f"entries/{key}/" for key in bibliography.entries)]
        for address in addresses:
            page.goto(f"http://127.0.0.1:{server.port}/{address}")
            assert page.evaluate("window.ran") is None, address
            listening = "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on/.test(a.name))).length"
            assert page.evaluate(listening) == 0, address
            scripted = "[...document.links].filter(a => /^(javascript|data|vbscript):/i.test(a.href)).length"
            assert page.evaluate(scripted) == 0, address
    assert [url for url in foreign if not url.startswith(("data:", "blob:"))] == []

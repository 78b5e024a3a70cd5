"""How well the pages are made: for everybody's eyes and hands, small, and working without scripts."""

from __future__ import annotations

import gzip
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from website.browsing import Visit, copied, require, sized

pytestmark = pytest.mark.browser

PAGES = [
    "",
    "entries/chen2018neural/",
    "entries/gone2020wrong/",
    "entries/jax2020/",
    "topics/",
    "topics/models/",
    "tags/",
    "tags/theory/",
    "venues/",
    "venues/neurips/",
    "years/2018/",
    "types/",
    "authors/",
    "authors/ricky-t-q-chen/",
    "lists/",
    "lists/awesome/",
    "paths/",
    "paths/start/",
    "recent/",
    "stats/",
    "map/",
    "contribute/",
    "api/",
    "about/",
    "search/",
    "cite/",
]
"""A page of each type."""


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that looks for what some readers cannot use."""
    spec = importlib.util.find_spec("axe_playwright_python")
    require(spec, "axe", "pip install axe-playwright-python")
    assert spec is not None
    assert spec.submodule_search_locations
    return next(Path(spec.submodule_search_locations[0]).rglob("axe.min.js")).read_text("utf-8")


def violations(page: Any, axe: str) -> list[str]:
    """What axe finds on a page, with the first element of each."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{problem['id']}: {problem['nodes'][0]['html'][:200]}" for problem in found]


SIGNS = "[document.activeElement.id, document.activeElement.dataset.copy || '', ...document.activeElement.classList]"
"""By what the element that has the focus is known: its id, what it copies, its classes."""


class TestAccessibility:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [390, 1280])
    def test_axe(self, browser: Any, served: str, axe: str, scheme: str, width: int) -> None:
        """Axe finds nothing on any type of page, in both palettes, on phone and desktop."""
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        wrong = {}
        for address in PAGES:
            page.goto(served + address, wait_until="load")
            found = violations(page, axe)
            if found:
                wrong[address] = found
        page.close()
        assert wrong == {}

    @sized("phone", "desktop")
    def test_everything_has_a_place_for_the_keyboard(self, visit: Visit) -> None:
        """With the keyboard one reaches search, buttons, formats and every link of a work, each visibly."""
        page = visit.open("entries/chen2018neural/")
        reached = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.update(page.evaluate(SIGNS))
        assert {"i-pdf", "i-code", "#bibtex"} <= reached
        assert {"as-bibtex", "short-venue"} <= reached


class TestCiting:
    def test_short_venue(self, visit: Visit) -> None:
        """The venue's short name is a tick away, without a reload, is what is copied, and is remembered."""
        page = visit.open("entries/chen2018neural/")
        assert "Advances in Neural" in page.locator("#bibtex").inner_text()
        page.get_by_label("short venue").check()
        assert "Advances in Neural" not in page.locator("#bibtex").inner_text()
        page.locator(".ob-buttons [data-copy]").click()
        page.locator(".ob-buttons [data-done]").wait_for()
        assert "{NeurIPS}" in copied(page)
        assert "Advances" not in copied(page)
        page = visit.open("entries/yildiz2019ode2vae/")
        assert "Advances in Neural" not in page.locator("#bibtex").inner_text()

    def test_formats(self, visit: Visit) -> None:
        """Another format is a click away and can be copied and downloaded."""
        page = visit.open("entries/chen2018neural/")
        page.locator("label[for=as-ris]").click()
        assert page.locator("#ris").is_visible()
        assert not page.locator("#bibtex").is_visible()
        page.locator("[data-copy-shown]").click()
        page.locator("[data-copy-shown][data-done]").wait_for()
        assert copied(page).startswith("TY  - CONF")
        with page.expect_download() as download:
            page.locator("[data-download]").click()
        assert download.value.suggested_filename == "chen2018neural.ris"

    @pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True, ids=["no-js"])
    def test_without_scripts(self, visit: Visit) -> None:
        """Formats and the short venue work without scripts; what would not work is not shown."""
        page = visit.open("entries/chen2018neural/")
        page.locator("label[for=as-text]").click()
        assert page.locator("#text").is_visible()
        assert not page.locator("[data-download]").is_visible()


class TestMap:
    def test_coming_nearer(self, visit: Visit) -> None:
        """The map comes nearer by button and keyboard, tells what is pointed at, and goes back."""
        page = visit.open("map/")
        drawing = page.locator("[data-map] svg")
        whole = drawing.get_attribute("viewBox")
        page.locator("[data-zoom=in]").click()
        near = drawing.get_attribute("viewBox")
        assert near != whole
        page.locator("[data-zoom=all]").click()
        assert drawing.get_attribute("viewBox") == whole
        page.locator("a[href$='entries/chen2018neural/'] circle").hover()
        assert "Neural Ordinary" in page.locator("[data-said]").inner_text()

    def test_a_dot_leads_to_its_work(self, visit: Visit) -> None:
        """A click on a dot opens its work."""
        page = visit.open("map/")
        page.locator("a[href$='entries/jax2020/'] circle").click()
        page.wait_for_url("**/entries/jax2020/")


class TestSizes:
    def test_home(self, built_site: Path) -> None:
        """Home with everything it loads at once is at most 300 KiB, compressed."""
        names = [
            "index.html",
            *(path.relative_to(built_site).as_posix() for path in built_site.glob("assets/*.*")),
        ]
        names += [
            path.relative_to(built_site).as_posix() for path in built_site.glob("assets/stylesheets/*.css")
        ]
        names += [
            path.relative_to(built_site).as_posix() for path in built_site.glob("assets/javascripts/bundle*")
        ]
        assert sum(len(gzip.compress((built_site / name).read_bytes())) for name in names) < 300 * 1024

    def test_first_screen_of_a_phone(self, browser: Any, served: str) -> None:
        """What this is, how much there is, search and where to begin stand on the first screen of a phone."""
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(served)
        for name in (".ob-hero h1", ".ob-hero .ob-lead", ".ob-hero input", ".ob-hero .ob-chips"):
            box = page.locator(name).bounding_box()
            assert box["y"] + box["height"] < 700
        page.close()


def test_reading_path_is_in_order(page: Callable[[str], str]) -> None:
    """A reading path shows its steps in order, each with its sentence before its work."""
    text = page("paths/start")
    pieces = ["The idea.", "A Proposal on Machine Learning", "Neural Ordinary Differential Equations</a>"]
    assert [text.index(piece) for piece in pieces] == sorted(text.index(piece) for piece in pieces)

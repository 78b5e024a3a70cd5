"""The site in a real browser, served under a path prefix as project pages are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from odebib.website.build import build
from odebib.website.serve import Server
from website.toy import ENTRIES, make_bibliography

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PREFIX = "project/pages/"
SIZES = {"phone": (390, 844), "small-phone": (320, 640), "desktop": (1280, 900), "wide": (1920, 1080)}
PAGES = [
    "",
    "entries/chen2018neural/",
    "entries/evil2022/",
    "topics/",
    "topics/models/",
    "tags/",
    "lists/awesome/",
    "authors/",
    "authors/ricky-t-q-chen/",
    "venues/",
    "search/",
    "cite/",
    "about/",
]


def require(found: Any, what: str, how: str) -> Any:
    """``found``; where it is missing the test is skipped, but fails where tests must all run."""
    if found:
        return found
    message = f"{what} is missing ({how})"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


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


@pytest.fixture(scope="session")
def served(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the toy site, served under a path prefix."""
    root = tmp_path_factory.mktemp("served")
    (root / PREFIX).parent.mkdir(parents=True)
    build(make_bibliography(), project, root / PREFIX)
    shutil.copyfile(root / PREFIX / "404.html", root / "404.html")  # the server knows no prefix
    with Server(root) as server:
        yield f"http://127.0.0.1:{server.port}/{PREFIX}"


@dataclass
class Visit:
    """A page in the browser, with everything that went wrong on it."""

    page: Any
    base: str
    wrong: list[str] = field(default_factory=list)

    def open(self, address: str) -> Any:
        self.page.goto(self.base + address, wait_until="load")
        return self.page


@pytest.fixture
def visit(browser: Any, served: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Visits pages of the site; afterwards nothing must have gone wrong."""
    options = {"permissions": ["clipboard-read", "clipboard-write"], **getattr(request, "param", {})}
    context = browser.new_context(**options)
    context.set_default_timeout(5000)
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


def sized(*names: str, **more: Any) -> Any:
    """Runs a test once a size of the window."""
    params = [
        pytest.param({"viewport": dict(zip(("width", "height"), SIZES[name], strict=True)), **more}, id=name)
        for name in names
    ]
    return pytest.mark.parametrize("visit", params, indirect=True)


def copied(page: Any) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


class TestEveryPage:
    @sized(*SIZES)
    def test_fits_and_works(self, visit: Visit) -> None:
        """No page scrolls sideways, fails, complains, or asks another host; nothing of the data runs."""
        for address in PAGES:
            page = visit.open(address)
            width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert width <= 0, f"{address} is {width} px too wide"
            assert page.evaluate("window.hacked") is None

    @pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True, ids=["no-js"])
    def test_reads_without_scripts(self, visit: Visit) -> None:
        """Title, abstract, BibTeX and lists are there without JavaScript."""
        page = visit.open("entries/chen2018neural/")
        assert page.locator("h1").inner_text() == "Neural Ordinary Differential Equations"
        assert "@inproceedings{chen2018neural," in page.locator("#bibtex").inner_text()
        assert not page.locator("button.ob-copy").is_visible()
        page = visit.open("topics/models/")
        assert page.locator("article.ob-card").count() == 5


class TestCopying:
    def test_bibtex_of_the_page(self, visit: Visit) -> None:
        """The button copies the BibTeX that is shown, and says so."""
        page = visit.open("entries/chen2018neural/")
        page.get_by_text("Copy BibTeX").first.click()
        page.get_by_text("Copied").first.wait_for()
        assert copied(page) == page.locator("#bibtex").inner_text()
        assert page.url.endswith("entries/chen2018neural/")

    def test_bibtex_of_a_card(self, visit: Visit, served: str) -> None:
        """A card's BibTeX is fetched from this site and copied."""
        page = visit.open("topics/neural-odes/")
        page.locator("article.ob-card a[data-copy]").last.click()
        page.get_by_text("Copied").wait_for()
        assert copied(page).startswith("@inproceedings{chen2018neural,")

    def test_key(self, visit: Visit) -> None:
        """The citation key can be copied by itself."""
        page = visit.open("entries/chen2018neural/")
        page.get_by_role("button", name="Copy key").click()
        page.get_by_text("Copied").wait_for()
        assert copied(page) == "chen2018neural"


class TestPalette:
    @pytest.mark.parametrize("visit", [{"color_scheme": "dark"}], indirect=True, ids=["dark"])
    def test_follows_the_system(self, visit: Visit) -> None:
        """Without a choice the pages are as dark as the system is."""
        page = visit.open("")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"

    def test_toggle_is_remembered(self, visit: Visit) -> None:
        """The toggle goes from system to light to dark, and the next page keeps it."""
        page = visit.open("")
        page.locator("label[for=__palette_1]").click()
        page.locator("label[for=__palette_2]").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page = visit.open("topics/neural-odes/")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


class TestSearching:
    def test_words(self, visit: Visit) -> None:
        """Words find works by author, venue and title, accents aside."""
        page = visit.open("search/?q=yildiz+neurips")
        page.locator("[data-results] article").wait_for()
        assert page.locator("[data-results] h3").all_inner_texts() == [
            "ODE^2VAE: Deep generative second order ODEs"
        ]
        assert page.locator("[data-status]").inner_text() == "1 work"

    @pytest.mark.parametrize(
        "text", ["1806.07366", "https://arxiv.org/abs/1806.07366v2", "chen2018neural", "chen2018node"]
    )
    def test_identifier_leads_to_its_work(self, visit: Visit, text: str) -> None:
        """A key or an identifier, also as an address, goes straight to its work."""
        page = visit.open("")
        page.locator(".ob-hero input").fill(text)
        page.locator(".ob-hero button").click()
        page.wait_for_url("**/entries/chen2018neural/")

    def test_hostile_results(self, visit: Visit) -> None:
        """What the index holds is shown as text."""
        page = visit.open("search/?q=hacked")
        page.locator("[data-results] article").wait_for()
        assert page.locator("[data-results] script").count() == 0
        assert page.evaluate("window.hacked") is None

    def test_names_can_be_filtered(self, visit: Visit) -> None:
        """The index of authors shows only names that hold what is typed."""
        page = visit.open("authors/")
        page.locator("[data-filter]").fill("yildiz")
        assert page.locator(".ob-columns li:visible").all_inner_texts() == ["Yıldız, Çağatay 1"]


class TestLost:
    @pytest.mark.parametrize("address", ["entries/no-such-work/", "entries/deep/er/no-such-work"])
    def test_page_that_does_not_exist(self, visit: Visit, address: str) -> None:
        """The page for unknown addresses is drawn whole at any depth and offers a search for them."""
        page = visit.open(address)
        assert page.locator("input[data-from-address]").input_value() == "no such work"
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.ob-header')).borderBottomWidth") == "1px"
        )
        page.locator(".ob-search button").click()
        page.wait_for_url("**/pages/search/?q=no+such+work")
        visit.wrong = [text for text in visit.wrong if "404" not in text]

    def test_former_address(self, visit: Visit) -> None:
        """A former address ends at the page of today."""
        visit.open("entries/chen2018node/")
        visit.page.wait_for_url("**/entries/chen2018neural/")


@sized("phone", has_touch=True)
def test_drawer_on_a_phone(visit: Visit) -> None:
    """On a phone the navigation is in a drawer, and every item of it leads somewhere."""
    page = visit.open("entries/chen2018neural/")
    assert not page.locator(".ob-nav").is_visible()
    page.locator("label.ob-menu").click()
    page.locator(".ob-drawer__link", has_text="Topics").click()
    page.wait_for_url("**/pages/topics/")


def test_first_screen_of_a_phone(browser: Any, served: str) -> None:
    """Title, authors, PDF, code and "Copy BibTeX" are on the first screen of a phone."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(served + f"entries/{ENTRIES[0]['key']}/")
    for name in ("PDF", "Code", "Copy BibTeX"):
        box = page.locator(".ob-buttons").get_by_text(name, exact=True).bounding_box()
        assert box["y"] + box["height"] < 600
    page.close()

"""The site in a real browser, served under a path prefix as project pages are."""

from __future__ import annotations

from typing import Any

import pytest

from website.browsing import SIZES, Visit, copied, sized
from website.toy import ENTRIES

pytestmark = pytest.mark.browser

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
        page.locator(".ob-buttons [data-copy='#bibtex']").click()
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
        page.locator("[data-copy-text]").click()
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
        assert page.locator("[data-results] h3").all_text_contents() == [
            "ODE2VAE: Deep generative second order ODEs"
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
        page.wait_for_function(
            "document.querySelector('.ob-columns li[hidden]')"
        )  # the rule is fetched first
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
    for button in (".i-pdf", ".i-code", "[data-copy='#bibtex']"):
        box = page.locator(f".ob-buttons {button}").bounding_box()
        assert box["y"] + box["height"] < 600
    page.close()

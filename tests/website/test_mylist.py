"""My list: works that a reader keeps, sends to others and takes along."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from website.browsing import Visit, copied

pytestmark = pytest.mark.browser


def keep(page: Any, title: str) -> None:
    page.locator("article.ob-card", has_text=title).locator("[data-list]").first.click()


def kept(page: Any) -> str:
    return str(page.locator(".ob-mylist b").inner_text())


class TestKeeping:
    def test_survives_the_visit(self, reader: Visit) -> None:
        """What is put on the list is there on the next page, and shown as pressed."""
        page = reader.open("topics/neural-odes/")
        keep(page, "Augmented Neural ODEs")
        assert kept(page) == "1"
        page = reader.open("entries/dupont2019augmented/")
        assert kept(page) == "1"
        button = page.locator("[data-list=dupont2019augmented]").first
        assert button.get_attribute("aria-pressed") == "true"
        button.click()
        assert not page.locator(".ob-mylist").is_visible()

    def test_own_page(self, reader: Visit) -> None:
        """The link in the header shows the list, in the order in which works were taken."""
        page = reader.open("topics/models/")
        keep(page, "Hamiltonian Neural Networks")
        keep(page, "Augmented Neural ODEs")
        page.locator(".ob-mylist").click()
        page.locator("[data-results] h3").nth(1).wait_for()
        assert page.locator("h1").inner_text() == "My list"
        assert page.locator("[data-results] h3").all_inner_texts() == [
            "Hamiltonian Neural Networks",
            "Augmented Neural ODEs",
        ]
        keep(page, "Hamiltonian Neural Networks")
        page.get_by_text("1 work", exact=True).wait_for()

    def test_whole_search_at_once(self, reader: Visit) -> None:
        """All works that were found can be put on the list at once."""
        page = reader.open("search/?q=hamiltonian")
        page.locator("[data-results] article").nth(3).wait_for()
        page.locator("[data-take-all]").click()
        page.get_by_text("4 works put on your list").wait_for()
        assert kept(page) == "4"

    def test_link_for_others(self, reader: Visit) -> None:
        """The list is sent as an address that needs nothing of the sender's browser."""
        page = reader.open("topics/neural-odes/")
        keep(page, "Augmented Neural ODEs")
        page.locator(".ob-mylist").click()
        page.locator("[data-send]").click()
        page.get_by_text("Link copied").wait_for()
        assert copied(page) == reader.base + "search/?keys=dupont2019augmented"
        page.evaluate("localStorage.clear()")
        page.goto(copied(page))
        page.locator("[data-results] h3").wait_for()
        assert page.locator("h1").inner_text() == "A list of works"

    @pytest.mark.parametrize("stored", ["nonsense", "{}", '["../../x", "<b>", 7, "chen2018neural"]'])
    def test_broken_store(self, reader: Visit, stored: str) -> None:
        """What somebody else left in the browser's store breaks nothing."""
        page = reader.open("")
        page.evaluate("text => localStorage.setItem('odebib-list:/project/pages/', text)", stored)
        page = reader.open("topics/neural-odes/")
        keep(page, "Augmented Neural ODEs")
        assert page.locator(".ob-mylist").is_visible()

    def test_sent_list_with_unknown_and_merged_keys(self, reader: Visit) -> None:
        """A merged key leads to its work; one that is not here is named."""
        page = reader.open("search/?keys=chen2018node,nobody1900nothing")
        page.get_by_text("1 work; not here: nobody1900nothing").wait_for()

    @pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True, ids=["no-js"])
    def test_without_scripts(self, reader: Visit) -> None:
        """Without JavaScript no button is shown that does nothing."""
        page = reader.open("topics/neural-odes/")
        assert not page.locator("[data-list]").first.is_visible()


class TestTaking:
    @pytest.mark.parametrize(
        ("name", "starts"),
        [
            ("bibtex", "@inproceedings{chen2018neural,"),
            ("biblatex", "@inproceedings{chen2018neural,"),
            ("ris", "TY  - CONF"),
        ],
    )
    def test_formats(self, reader: Visit, name: str, starts: str) -> None:
        """The works are copied in the chosen format."""
        page = reader.open("search/?keys=chen2018neural,new2024preprint")
        page.get_by_text("2 works").wait_for()
        page.get_by_label("Format").select_option(name)
        page.locator("[data-take] [name=copy]").click()
        page.get_by_text("2 copied").wait_for()
        assert copied(page).startswith(starts)

    def test_csl_is_one_list(self, reader: Visit) -> None:
        """CSL-JSON of several works is one list."""
        page = reader.open("search/?keys=chen2018neural,new2024preprint")
        page.get_by_text("2 works").wait_for()
        page.get_by_label("Format").select_option("csl-json")
        page.locator("[data-take] [name=copy]").click()
        page.get_by_text("2 copied").wait_for()
        assert [item["id"] for item in json.loads(copied(page))] == ["chen2018neural", "new2024preprint"]

    def test_short_venues_in_a_file(self, reader: Visit) -> None:
        """A download has the ending of its format; venues are short where that is asked for, and remembered."""
        page = reader.open("search/?keys=chen2018neural")
        page.get_by_text("1 work", exact=True).wait_for()
        page.get_by_label("Venues").select_option("short")
        with page.expect_download() as download:
            page.locator("[name=save]").click()
        assert download.value.suggested_filename == "references.bib"
        assert "booktitle     = {NeurIPS}," in Path(download.value.path()).read_text("utf-8")
        page.reload()
        assert page.get_by_label("Venues").input_value() == "short"

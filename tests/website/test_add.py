"""Add a paper: here already or not, asking services only by a button, the entry that comes of it.

Services are played by the tests; no request leaves the machine.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from odebib.project.store import load
from website.browsing import Visit

pytestmark = pytest.mark.browser

DATACITE = {
    "data": {
        "attributes": {
            "doi": "10.48550/arxiv.2210.02747",
            "titles": [{"title": "Flow Matching for <i>Generative</i> Modeling: A Study"}],
            "creators": [
                {
                    "name": "Lipman, Yaron",
                    "givenName": "Yaron",
                    "familyName": "Lipman",
                    "nameType": "Personal",
                },
                {
                    "name": "van Gennip, Yves",
                    "givenName": "Yves",
                    "familyName": "van Gennip",
                    "nameType": "Personal",
                },
                {"name": "García Márquez, Gabriel", "givenName": "Gabriel", "familyName": "García Márquez"},
                {"name": "The Flow Team", "nameType": "Organizational"},
            ],
            "publicationYear": 2023,
            "publisher": "arXiv",
            "types": {"resourceTypeGeneral": "Preprint"},
            "subjects": [{"subject": "Machine Learning (cs.LG)"}],
            "descriptions": [
                {
                    "descriptionType": "Abstract",
                    "description": "We introduce <b>a</b> paradigm: it works. # Yes",
                }
            ],
            "relatedIdentifiers": [],
        }
    }
}
CROSSREF = {
    "message": {
        "type": "proceedings-article",
        "DOI": "10.1234/ABC",
        "title": ["Rough Flows"],
        "author": [
            {"given": "Anna", "family": "Author", "sequence": "first"},
            {"given": "O'Neil", "family": "de la Cruz"},
        ],
        "issued": {"date-parts": [[2021, 6]]},
        "container-title": [
            "Proceedings of the 9th International Conference on Learning Representations (ICLR 2021)"
        ],
        "page": "1-9",
        "abstract": "<jats:p>Short.</jats:p><jats:p>And two.</jats:p>",
    }
}


def play(visit: Visit, host: str, answer: Any, status: int = 200) -> list[str]:
    """Answer for a service; gives the addresses that were asked."""
    asked: list[str] = []

    def fulfil(route: Any) -> None:
        asked.append(route.request.url)
        headers = {"access-control-allow-origin": "*"}
        route.fulfill(
            status=status, headers=headers, content_type="application/json", body=json.dumps(answer)
        )

    visit.page.route(f"https://{host}/**", fulfil)
    return asked


def forgive(visit: Visit, host: str) -> None:
    """That a service was asked, or refused, was meant to happen."""
    visit.wrong = [text for text in visit.wrong if host not in text and "Failed to load resource" not in text]


def look(visit: Visit, text: str) -> Any:
    page = visit.open("add/")
    page.get_by_label("arXiv id, DOI, link or title").fill(text)
    page.locator("article [type=submit]").click()
    page.wait_for_function("document.querySelector('[data-add-status]').textContent")
    return page


class TestHereAlready:
    @pytest.mark.parametrize(
        "text",
        ["1806.07366", "https://arxiv.org/abs/1806.07366v2", "10.48550/arXiv.1806.07366", "neural ordinary differential equations",
         "chen2018node", "https://github.com/rtqichen/torchdiffeq"],
    )  # fmt: skip
    def test_is_said_with_the_card(self, reader: Visit, text: str) -> None:
        """An id, an address or a title of a work that is here shows its card, and asks nobody."""
        page = look(reader, text)
        assert page.locator("[data-add-status]").inner_text() == "Already here."
        page.locator("[data-outcome] h3", has_text="Neural Ordinary Differential Equations").wait_for()

    def test_near_title(self, reader: Visit) -> None:
        """A title that is like one shows which."""
        page = look(reader, "Hamiltonian Neural Network Training")
        assert (
            page.locator("[data-add-status]").inner_text() == "Not here under this name; is it one of these?"
        )

    def test_from_an_empty_search(self, reader: Visit) -> None:
        """What was typed into search comes along."""
        page = reader.open("search/?q=zebra+stripes")
        page.locator("[data-nothing]").get_by_role("link", name="Add a paper").click()
        page.wait_for_url("**/add/?id=zebra%20stripes")
        assert page.get_by_label("arXiv id, DOI, link or title").input_value() == "zebra stripes"


class TestAsking:
    def test_arxiv_is_asked_of_datacite(self, reader: Visit, tmp_path: Any) -> None:
        """A button names the host; the entry that comes of it is one that the program reads without a word."""
        asked = play(reader, "api.datacite.org", DATACITE)
        page = look(reader, "arXiv:2210.02747")
        assert asked == []
        page.locator("[name='ask api.datacite.org']").click()
        area = page.get_by_label("The entry as YAML")
        area.wait_for()
        assert asked == ["https://api.datacite.org/dois/10.48550%2FarXiv.2210.02747"]
        assert area.input_value() == (
            "title: >-\n  Flow Matching for Generative Modeling: A Study\n"
            "authors:\n  - Yaron Lipman\n  - Yves van Gennip\n  - García Márquez, Gabriel\n"
            '  - "{The Flow Team}"\n'
            "year: 2022\narxiv: 2210.02747\narxiv_class: cs.LG\n"
            "abstract: >-\n  We introduce a paradigm: it works. # Yes\n"
        )
        page.get_by_text("data/entries/lipman2022flow.yml").wait_for()
        (tmp_path / "data/entries").mkdir(parents=True)
        (tmp_path / "data/entries/lipman2022flow.yml").write_text(area.input_value(), "utf-8")
        project = load(tmp_path)
        assert [str(name) for name in project.bibliography.entries["lipman2022flow"].authors][
            2
        ] == "Gabriel García Márquez"
        forgive(reader, "api.datacite.org")

    def test_doi_is_asked_of_crossref(self, reader: Visit) -> None:
        """Venues come out as the bibliography names them, and topics are proposed by their names."""
        play(reader, "api.crossref.org", CROSSREF)
        page = look(reader, "https://doi.org/10.1234/abc")
        page.locator("[name='ask api.crossref.org']").click()
        area = page.get_by_label("The entry as YAML")
        area.wait_for()
        text = area.input_value()
        assert text.startswith(
            "title: Rough Flows\nauthors:\n  - Anna Author\n  - O'Neil de la Cruz\nyear: 2021\nvenue: ICLR\n"
        )
        assert "doi: 10.1234/abc\n" in text
        assert "abstract: Short. And two.\n" in text
        page.get_by_label("Neural ODEs").check()
        assert area.input_value().endswith("topics: [neural-odes]\n")
        forgive(reader, "api.crossref.org")

    def test_doi_that_crossref_does_not_know(self, reader: Visit) -> None:
        """DataCite is offered, by a button of its own."""
        play(reader, "api.crossref.org", {}, 404)
        asked = play(reader, "api.datacite.org", {}, 404)
        page = look(reader, "10.9999/nothing")
        page.locator("[name='ask api.crossref.org']").click()
        page.locator("[name='ask api.datacite.org']").click()
        page.get_by_text("api.datacite.org knows nothing of it").wait_for()
        assert len(asked) == 1
        forgive(reader, "api.")

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (429, "api.datacite.org asks to wait"),
            (403, "api.datacite.org refused (403)"),
            (500, "api.datacite.org refused (500)"),
        ],
    )
    def test_refusal(self, reader: Visit, status: int, words: str) -> None:
        """Where a service refuses, the page says so and lets one go on by hand."""
        play(reader, "api.datacite.org", {}, status)
        page = look(reader, "2210.02747")
        page.locator("[name='ask api.datacite.org']").click()
        page.get_by_text(words).wait_for()
        assert "arxiv: 2210.02747" in page.get_by_label("The entry as YAML").input_value()
        forgive(reader, "api.datacite.org")

    def test_unreachable(self, reader: Visit) -> None:
        """A service that cannot be reached is named."""
        reader.page.route("https://api.datacite.org/**", lambda route: route.abort())
        page = look(reader, "2210.02747")
        page.locator("[name='ask api.datacite.org']").click()
        page.get_by_text("api.datacite.org could not be reached").wait_for()
        forgive(reader, "api.datacite.org")

    def test_title_is_looked_up(self, reader: Visit) -> None:
        """Works that Crossref finds by a title are offered; likely duplicates are shown beside the entry."""
        near = CROSSREF["message"] | {"title": ["Hamiltonian Neural Networks Again"]}
        play(reader, "api.crossref.org", {"message": {"items": [near]}})
        page = look(reader, "hamiltonian networks again")
        page.locator("[name='look up']").click()
        page.locator("[name=choose]").click()
        page.get_by_text("Perhaps here already").wait_for()
        forgive(reader, "api.crossref.org")

    def test_hostile_answer(self, reader: Visit) -> None:
        """What a service answers is text: nothing of it runs."""
        evil = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>Evil"
        play(
            reader, "api.crossref.org", {"message": CROSSREF["message"] | {"title": [evil], "abstract": evil}}
        )
        page = look(reader, "10.1234/abc")
        page.locator("[name='ask api.crossref.org']").click()
        page.get_by_label("The entry as YAML").wait_for()
        assert page.get_by_label("The entry as YAML").input_value().startswith("title: Evil\n")
        assert page.evaluate("window.hacked") is None
        forgive(reader, "api.crossref.org")


class TestSending:
    def test_github_is_filled_in(self, reader: Visit) -> None:
        """The form and the new-file page are opened with the entry as it was edited."""
        play(reader, "api.crossref.org", CROSSREF)
        page = look(reader, "10.1234/abc")
        page.locator("[name='ask api.crossref.org']").click()
        area = page.get_by_label("The entry as YAML")
        area.fill(area.input_value().replace("2021", "2022"))
        link = page.get_by_role("link", name="Make the file on GitHub")
        link.focus()
        parts = urlsplit(link.get_attribute("href"))
        assert parts.path == "/someone/library/new/main/data/entries"
        fields = parse_qs(parts.query)
        assert fields["filename"] == ["author2021rough.yml"]
        assert "year: 2022\n" in fields["value"][0]
        link = page.get_by_role("link", name="Send it with the form")
        link.focus()
        fields = parse_qs(urlsplit(link.get_attribute("href")).query)
        assert fields["template"] == ["add-paper.yml"]
        assert fields["title"] == ["Add: Rough Flows"]
        assert fields["entry"][0].startswith("title: Rough Flows\n")
        forgive(reader, "api.crossref.org")

    def test_without_a_repository(self, visit: Visit) -> None:
        """Without a repository there is a copy button, and what to do with the file."""
        page = look(visit, "2210.02747")
        page.locator("[name=write]").click()
        page.get_by_text("odebib check").wait_for()
        page.locator("[name=copy]").click()
        page.get_by_text("Copied").wait_for()
        assert page.get_by_role("link", name="Make the file on GitHub").count() == 0

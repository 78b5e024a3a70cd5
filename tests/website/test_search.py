"""Search: its index files, and the page in a browser: words, filters, sorting, the address, the keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from odebib.model.bibliography import Bibliography
from odebib.website import build as build_module
from odebib.website import words
from odebib.website.build import build
from odebib.website.searching import bare_address, hashed
from website.browsing import Visit, copied
from website.library import make_library
from website.toy import make_bibliography

Read = Callable[[str], Any]


def found(visit: Visit, address: str) -> list[str]:
    """The titles that a search shows."""
    page = visit.open(address)
    settle(page)
    return titles(page)


def settle(page: Any) -> None:
    """Wait until the search has come to an end."""
    page.wait_for_function(
        "/work|not here/.test(document.querySelector('[data-status]').textContent)"
        " && !document.documentElement.classList.contains('ob-busy')"
    )


def titles(page: Any) -> list[str]:
    return list(page.locator("[data-results] h3").all_inner_texts())


def tick(page: Any, name: str) -> None:
    """Choose a filter; its box is drawn anew with the counts."""
    page.get_by_role("checkbox", name=name).click()


HAMILTONIAN = {
    "Hamiltonian Neural Networks",
    "Symplectic ODE-Net: Learning Hamiltonian Dynamics with Control",
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Reads a file of the search of the library."""
    root = tmp_path_factory.mktemp("files")
    build(make_library(), root, root / "site")
    return lambda name: json.loads((root / "site/assets/search" / name).read_text("utf-8"))


class TestFiles:
    def test_rows_are_newest_first(self, read: Read) -> None:
        """A work's row follows from its year, then its title."""
        assert [key for shard in (0, 1) for key, *_ in read(f"cards/{shard}.json")] == [
            "new2024preprint",
            "toth2020hamiltonian",
            "zhong2020symplectic",
            "dupont2019augmented",
            "greydanus2019hamiltonian",
            "yildiz2019ode2vae",
            "chen2018neural",
            "howse1996gradient",
        ]

    def test_columns_have_a_place_for_each_work(self, read: Read) -> None:
        """Every column is as long as there are works."""
        facets = read("facets.json")
        assert sum(count for _, count in facets["years"]) == 8
        assert {len(facets[name]) for name in ("type", "venue", "topic", "tag", "list", "has")} == {8}
        assert facets["former"]["topic"] == {"continuous": "models"}

    @pytest.mark.parametrize(
        "name", ["chen2018neural", "chen2018node", "arxiv:1806.07366", "url:proceedings.example.org/neural"]
    )
    def test_identifiers(self, read: Read, name: str) -> None:
        """Keys of all times, identifiers and addresses lead to key and row."""
        assert read(f"ids/{hashed(name) % read('about.json')['identifiers']}.json")[name] == [
            "chen2018neural",
            6,
        ]

    def test_people(self, read: Read) -> None:
        """An author's slug leads to the name and the rows, accents aside."""
        slug = "cagatay-yildiz"
        assert read(f"people/{hashed(slug) % read('about.json')['people']}.json")[slug] == [
            "Çağatay Yıldız",
            [5],
        ]

    def test_references(self, read: Read) -> None:
        """A work in a format comes with its venue's name in full and short."""
        full, short = read("cite/bibtex/0.json")[6]
        assert "booktitle     = {Advances in Neural Information Processing Systems}" in full
        assert "booktitle     = {NeurIPS}" in short

    def test_prefixes_tell_pages_apart(self, read: Read) -> None:
        """No beginning of a page's name is the beginning of another."""
        prefixes = read("pages.json")[0].split(" ")
        assert len(set(prefixes)) == 8
        assert not any(a != b and a.startswith(b) for a in prefixes for b in prefixes)

    def test_same_bytes_again(self, tmp_path: Path) -> None:
        """Two builds without a common cache give the same index."""
        for name in ("one", "two"):
            build(make_library(), tmp_path / name, tmp_path / name / "site")
        files = [
            {
                p.relative_to(tmp_path / name): p.read_bytes()
                for p in (tmp_path / name / "site/assets/search").rglob("*.*")
            }
            for name in ("one", "two")
        ]
        assert files[0] == files[1]

    def test_index_is_made_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Pagefind runs only when what is searched has changed."""
        build(make_library(), tmp_path, tmp_path / "site")
        monkeypatch.setattr(words, "_make", lambda *_: pytest.fail("Pagefind ran again"))
        build(make_library(), tmp_path, tmp_path / "site")

    def test_without_pagefind(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where Pagefind is missing the build says so and goes on."""
        monkeypatch.setattr(words.importlib.util, "find_spec", lambda _: None)
        built = build(make_library(), tmp_path, tmp_path / "site")
        assert built.notes == [
            "search finds words of titles and authors only: Pagefind is not installed (pip install 'pagefind[bin]')"
        ]
        about = json.loads((tmp_path / "site/assets/search/about.json").read_text())
        assert about["words"] is False

    def test_no_entries(self, tmp_path: Path) -> None:
        """A bibliography without entries has a search that finds nothing."""
        assert build(Bibliography(), tmp_path, tmp_path / "site").notes == []

    def test_toy_has_all_its_works(self, built_site: Path) -> None:
        """Entries with anything at all in them are searched."""
        names = json.loads((built_site / "assets/search/titles.json").read_text("utf-8"))
        assert len(names) == len(make_bibliography().entries)
        assert build_module.searching.FOLDER == "assets/search"


class TestBareAddress:
    @pytest.mark.parametrize(
        "url",
        ["https://www.example.org/a/", "http://example.org/A", "https://example.org/a#top", "example.org/a"],
    )
    def test_spellings_of_one(self, url: str) -> None:
        """Protocol, www, case, fragment and closing slash say nothing."""
        assert bare_address(url) == "example.org/a"


@pytest.mark.browser
class TestWords:
    @pytest.mark.parametrize(
        ("text", "first"),
        [
            pytest.param("neural+ode", "Neural Ordinary Differential Equations", id="abbreviation"),
            pytest.param("ordinary+differential+augmented", "Augmented Neural ODEs", id="written out"),
            pytest.param("augmented+ode", "Augmented Neural ODEs", id="singular"),
            pytest.param("hnn", "Hamiltonian Neural Networks", id="abbreviation nobody wrote"),
            pytest.param("yildiz", "ODE2VAE: Deep generative second order ODEs", id="accents"),
            pytest.param("YILDIZ", "ODE2VAE: Deep generative second order ODEs", id="case"),
            pytest.param("chen+2018", "Neural Ordinary Differential Equations", id="author and year"),
            pytest.param(
                "continuous+backpropagation", "Neural Ordinary Differential Equations", id="other title"
            ),
            pytest.param("derivative+hidden", "Neural Ordinary Differential Equations", id="abstract"),
            pytest.param("information+processing+dupont", "Augmented Neural ODEs", id="venue in full"),
            pytest.param(
                "sympl", "Symplectic ODE-Net: Learning Hamiltonian Dynamics with Control", id="beginning"
            ),
        ],
    )
    def test_finds(self, reader: Visit, text: str, first: str) -> None:
        """Titles, authors, venues, years and abstracts are searched, folded and through abbreviations."""
        assert found(reader, f"search/?q={text}")[0].replace("\n", "") == first

    def test_all_words_count(self, reader: Visit) -> None:
        """A word that occurs nowhere is not passed over; what was meant is offered, and the way to add it."""
        assert found(reader, "search/?q=hamiltonian+nueral") == []
        page = reader.page
        page.locator("[name=correct]").wait_for()
        assert page.locator("[data-nothing] h3").first.inner_text() == "Hamiltonian Neural Networks"
        assert (
            page.get_by_role("link", name="Add a paper")
            .last.get_attribute("href")
            .endswith("add/?id=hamiltonian%20nueral")
        )
        page.locator("[name=correct]").click()
        page.locator("[data-results] h3").first.wait_for()
        assert "hamiltonian+neural" in page.url

    @pytest.mark.parametrize(
        "text",
        [
            "chen2018neural",
            "chen2018node",
            "1806.07366",
            "arXiv:1806.07366v3",
            "https://arxiv.org/pdf/1806.07366v2.pdf",
            "https://doi.org/10.48550/arXiv.1806.07366",
            "https://proceedings.example.org/neural/",
        ],
    )
    def test_identifier_goes_straight(self, reader: Visit, text: str) -> None:
        """A key of any time, an identifier or its address leads straight to the work."""
        reader.open(f"search/?q={text}")
        reader.page.wait_for_url("**/entries/chen2018neural/")

    def test_without_word_index(self, browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without Pagefind titles, authors and years are found."""
        monkeypatch.setattr(words.importlib.util, "find_spec", lambda _: None)
        build(make_library(), tmp_path, tmp_path / "site")
        with build_server(tmp_path / "site") as base:
            page = browser.new_page()
            page.goto(f"{base}search/?q=yildiz+2019")
            settle(page)
            assert len(titles(page)) == 1
            page.close()


def build_server(site: Path) -> Any:
    """A site served while the block runs; gives its address."""
    from contextlib import contextmanager

    from odebib.website.serve import Server

    @contextmanager
    def serving() -> Any:
        with Server(site) as server:
            yield f"http://127.0.0.1:{server.port}/"

    return serving()


@pytest.mark.browser
class TestFilters:
    def test_task_hamiltonian_with_code_since_2019(self, reader: Visit) -> None:
        """A reader finds the papers on Hamiltonian networks with code since 2019 and takes their BibTeX."""
        page = reader.open("")
        page.keyboard.press("/")
        page.keyboard.type("hamiltonian")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=hamiltonian")
        settle(page)
        tick(page, "Code")
        page.get_by_label("From year").fill("2019")
        page.get_by_label("From year").press("Enter")
        page.wait_for_url("**/search/?q=hamiltonian&has=code&from=2019")
        page.get_by_text("2 works").wait_for()
        assert set(titles(page)) == HAMILTONIAN
        page.locator("[name=copy]").click()
        page.get_by_text("2 copied").wait_for()
        assert copied(page).count("@inproceedings{") == 2
        assert "@inproceedings{greydanus2019hamiltonian," in copied(page)

    @pytest.mark.parametrize(
        ("address", "count"),
        [
            ("topic=models", 8),
            ("topic=continuous", 8),
            ("topic=hamiltonian,neural-odes", 6),
            ("topic=hamiltonian&topic=neural-odes", 6),
            ("tag=theory", 2),
            ("tag=theory&has=abstract", 1),
            ("has=code,abstract", 1),
            ("type=preprint", 1),
            ("venue=iclr", 2),
            ("author=cagatay-yildiz", 1),
            ("author=nobody-at-all", 0),
            ("from=2019&to=2019", 3),
            ("to=2018", 2),
            ("list=list", 1),
            ("topic=hamiltonian&venue=neurips&from=2000", 1),
            ("q=hamiltonian&venue=iclr", 2),
            ("keys=chen2018node,greydanus2019hamiltonian", 2),
        ],
    )
    def test_address_alone_says_what_is_shown(self, reader: Visit, address: str, count: int) -> None:
        """Values of one filter are alternatives, filters add up; topics hold their descendants, former ids count."""
        assert len(found(reader, f"search/?{address}")) == count

    def test_counts(self, reader: Visit) -> None:
        """Beside each value stands how many works it would leave, other filters counted in."""
        found(reader, "search/?has=code")
        page = reader.page
        labels = page.locator("[data-facet=topic] label").all_inner_texts()
        assert [label.split() for label in labels] == [["Continuous", "models", "4"]]
        tick(page, "Continuous models")
        page.locator("[data-facet=topic] label").nth(1).wait_for()
        labels = page.locator("[data-facet=topic] label").all_inner_texts()
        assert [label.split()[-1] for label in labels] == ["4", "2", "2"]

    def test_back_undoes_a_filter(self, reader: Visit) -> None:
        """Each change is a step; "back" returns to the one before."""
        found(reader, "search/?q=hamiltonian")
        page = reader.page
        tick(page, "Code")
        page.get_by_text("2 works").wait_for()
        page.go_back()
        page.get_by_text("4 works").wait_for()
        assert not page.get_by_role("checkbox", name="Code").is_checked()

    def test_chip_takes_a_filter_away(self, reader: Visit) -> None:
        """What is chosen stands above the works and can be dropped there."""
        found(reader, "search/?venue=iclr&from=2019")
        page = reader.page
        page.locator("[name=drop][value=ICLR]").click()
        page.wait_for_url("**/search/?from=2019")

    def test_author_facet(self, reader: Visit) -> None:
        """Authors are counted once asked for, and found by a part of their name."""
        found(reader, "search/")
        page = reader.page
        page.locator("[data-facet=author] summary").click()
        page.get_by_label("Find an author").fill("yild")
        tick(page, "Çağatay Yıldız")
        page.wait_for_url("**/search/?author=cagatay-yildiz")
        page.get_by_text("1 work", exact=True).wait_for()

    @pytest.mark.parametrize(
        ("sort", "first"),
        [
            ("newest", "A Preprint About Rough Paths"),
            ("oldest", "Gradient and Hamiltonian Dynamics Applied to Learning in Neural Networks"),
            ("title", "A Preprint About Rough Paths"),
            ("added", "Augmented Neural ODEs"),
        ],
    )
    def test_sorting(self, reader: Visit, sort: str, first: str) -> None:
        """By year both ways, by title, by the day of adding."""
        assert found(reader, f"search/?sort={sort}")[0] == first
        assert reader.page.locator("[data-sort]").input_value() == sort

    def test_same_card_as_everywhere(self, reader: Visit) -> None:
        """A result is the card that pages show, its abstract included."""
        page = reader.open("topics/neural-odes/")
        there = page.locator("article.ob-card", has_text="Neural Ordinary").last
        shown = there.inner_text()
        assert found(reader, "search/?q=neural+ordinary")
        card = reader.page.locator("[data-results] article", has_text="Neural Ordinary")
        assert card.inner_text() == shown
        card.locator("summary").click()
        card.get_by_text("We parameterize the derivative").wait_for()


@pytest.mark.browser
class TestKeyboard:
    @pytest.mark.parametrize("keys", ["/", "Control+k"])
    @pytest.mark.parametrize("address", ["", "entries/chen2018neural/", "search/", "cite/"])
    def test_leads_to_the_field(self, reader: Visit, keys: str, address: str) -> None:
        """On every page "/" and Ctrl-K lead to a search field."""
        page = reader.open(address)
        page.keyboard.press(keys)
        assert page.evaluate("document.activeElement.name") == "q"
        assert page.evaluate("document.activeElement.value") == ""

    def test_slash_is_typed_in_a_field(self, reader: Visit) -> None:
        """In a field "/" is a letter like others."""
        page = reader.open("cite/")
        page.locator("[data-paste]").focus()
        page.keyboard.press("/")
        assert page.locator("[data-paste]").input_value() == "/"

    def test_suggestions(self, reader: Visit) -> None:
        """What is typed in the header finds works at once; arrows choose, Enter opens, Escape closes."""
        page = reader.open("about/")
        field = page.locator(".ob-find input")
        field.focus()
        page.keyboard.type("hamil")
        page.locator(".ob-find [role=option]").first.wait_for()
        assert field.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
        assert field.get_attribute("aria-expanded") == "false"
        page.keyboard.type("tonian")
        page.locator(".ob-find [role=option]").first.wait_for()
        page.keyboard.press("ArrowDown")
        chosen = page.locator(".ob-find [aria-selected=true]")
        assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        page.keyboard.press("Enter")
        page.wait_for_url("**/entries/*hamiltonian*/")

    def test_count_is_announced(self, reader: Visit) -> None:
        """The count is in a live region, and every field has a name."""
        found(reader, "search/?q=hamiltonian")
        page = reader.page
        assert page.locator("[data-status]").get_attribute("aria-live") == "polite"
        unnamed = page.evaluate(
            "[...document.querySelectorAll('.ob input, .ob select, .ob button')].filter("
            "e => e.checkVisibility() && !e.labels?.length && !e.ariaLabel && !e.textContent.trim()).length"
        )
        assert unnamed == 0


@pytest.mark.browser
class TestNetwork:
    def test_slow(self, reader: Visit) -> None:
        """On a slow network the page says that it searches, and then shows what it found."""
        page = reader.page

        def late(route: Any) -> None:
            page.wait_for_timeout(150)
            route.continue_()

        page.route("**/assets/search/**", late)
        page.goto(reader.base + "search/?q=hamiltonian")
        page.get_by_text("Searching…").wait_for()
        page.locator("[data-results] article").first.wait_for()
        settle(page)
        assert len(titles(page)) == 4

    def test_gone(self, reader: Visit) -> None:
        """Where the index cannot be fetched the page says so."""
        page = reader.page
        page.route("**/assets/search/**", lambda route: route.abort())
        page.goto(reader.base + "search/?q=hamiltonian")
        page.get_by_text("Search could not be loaded").wait_for()
        reader.wrong = [text for text in reader.wrong if "ERR_FAILED" not in text]

    def test_state_survives_the_way_back(self, reader: Visit) -> None:
        """Back from a work the search is as it was."""
        found(reader, "search/?q=hamiltonian&has=code")
        page = reader.page
        page.locator("[data-results] h3 a").first.click()
        page.wait_for_url("**/entries/**")
        page.go_back()
        settle(page)
        assert parse_qs(urlsplit(page.url).query) == {"q": ["hamiltonian"], "has": ["code"]}
        assert len(titles(page)) == 2

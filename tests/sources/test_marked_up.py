"""Reading HTML, Org, reStructuredText and AsciiDoc."""

from __future__ import annotations

import pytest

from odebib.sources import asciidoc, html_page, marked_up, org, rst
from sources.kinds import read, said

WAVES = {
    "title": "Waves on a Shore",
    "authors": ["A. Lee", "B. Quill"],
    "year": 2021,
    "venue": "Journal of Tides",
    "doi": "10.5555/w.1",
}


class TestItems:
    """The same item in every markup."""

    @pytest.mark.parametrize(
        ("reader", "text"),
        [
            pytest.param(html_page.read, """
                <!DOCTYPE html><html><head><title>Ann</title></head><body><nav><a href="https://x.org">Home</a></nav>
                <h1>Ann</h1><h2>Papers</h2><ul><li>A. Lee and B. Quill,
                <a href="https://doi.org/10.5555/w.1">Waves on a Shore</a>, <i>Journal of Tides</i>, 2021</li>
                <li><a href="https://x.org/n">Nothing at All</a>, Cy Cole, 2020</li></ul><footer>2021 Ann</footer></body></html>
                """, id="HTML"),
            pytest.param(org.read, """
                #+TITLE: Ann
                * Papers
                - [ ] [[https://doi.org/10.5555/w.1][Waves on a Shore]], A. Lee and B. Quill, /Journal of Tides/, 2021
                - [[https://x.org/n][Nothing at All]], Cy Cole, 2020
                """, id="Org"),
            pytest.param(rst.read, """
                Ann
                ===

                Papers
                ------

                * A. Lee and B. Quill, `Waves on a Shore
                  <https://doi.org/10.5555/w.1>`_, *Journal of Tides*, 2021
                * `Nothing at All`_, Cy Cole, 2020

                .. _Nothing at All: https://x.org/n
                """, id="reStructuredText"),
            pytest.param(asciidoc.read, """
                = Ann
                :doi: https://doi.org

                == Papers

                * {doi}/10.5555/w.1[Waves on a Shore^], A. Lee and B. Quill, _Journal of Tides_, 2021
                * https://x.org/n[Nothing at All], Cy Cole, 2020
                """, id="AsciiDoc"),
        ],
    )  # fmt: skip
    def test_title_people_and_links_are_told_apart(self, reader: object, text: str) -> None:
        """Links end where the markup ends."""
        found = read(reader, text)  # type: ignore[arg-type]
        (path, _), *_ = found.records()
        first, second = said(found)
        assert path[-1] == "Papers"
        assert first == WAVES
        assert second["title"] == "Nothing at All"


class TestOrg:
    """Org."""

    def test_drawers_hold_the_fields(self) -> None:
        """States, priorities, tags and dates are no part of a title."""
        text = """
            * Theory
            ** DONE [#A] Waves on a Shore :tides:deep_sea:
               CLOSED: [2022-01-05 Wed 10:00]
               :PROPERTIES:
               :Custom_ID: lee2021
               :ID: 0a1b2c3d-0000-0000-0000-000000000000
               :AUTHOR: Lee, Ann and Quill, Bo
               :YEAR: 2021
               :ADDED: <2022-01-01>
               :END:
               - a remark of mine
            ** TODO [[https://x.org/t][Tides]]
            ** [[https://x.org/m][Moons]] <2021-03-01>
        """
        found = read(org.read, text)
        assert said(found) == [
            {
                "source_id": "lee2021",
                "title": "Waves on a Shore",
                "authors": ["Ann Lee", "Bo Quill"],
                "year": 2021,
                "topics": ["tides", "deep sea"],
            },
            {"title": "Tides", "url": "https://x.org/t"},
            {"title": "Moons", "url": "https://x.org/m"},
        ]
        assert found.left_out == ("ADDED",)

    def test_bibtex_in_a_block_is_the_work(self) -> None:
        """The heading above it says the same once more."""
        text = """
            * Papers
            ** Waves
            #+begin_src bibtex
            @article{lee2021, title={Waves on a Shore}, author={Lee, Ann}, year={2021}}
            #+end_src
        """
        ((path, item),) = read(org.read, text).records()
        assert (path[-1], item.line, item.record.source_id) == ("Papers", 4, "lee2021")

    def test_items_with_a_box_are_works_under_a_work_too(self) -> None:
        """Others are remarks."""
        text = """
            * Tides
              :PROPERTIES:
              :AUTHOR: Cy Cole
              :END:
              - the moon is optional
            - [X] "Waves on a Shore" by Lee et al. (2021)
        """
        assert [record["title"] for record in said(read(org.read, text))] == ["Tides", "Waves on a Shore"]

    @pytest.mark.parametrize(
        ("behind", "told"),
        [
            ("Cy Cole, 2020", {"authors": ["Cy Cole"], "year": 2020}),
            ("Inverse Problems, 2020", {"venue": "Inverse Problems", "year": 2020}),
            ("Tidal Letters, 2020", {"venue": "Tidal Letters", "year": 2020}),
            ("Cy Cole, ICIT 2020", {"authors": ["Cy Cole"], "venue": "ICIT", "year": 2020}),
        ],
        ids=["one person", "a journal", "a journal by its word", "both"],
    )
    def test_a_name_behind_a_title_is_a_person_unless_its_words_are_a_venues(
        self, behind: str, told: dict[str, object]
    ) -> None:
        """One person before the year is no venue."""
        (work,) = said(org.read(f"* Papers\n- [[https://x.org/n][Nothing at All]], {behind}\n", "list"))
        assert work == {"title": "Nothing at All", "url": "https://x.org/n", **told}


class TestRst:
    """reStructuredText."""

    def test_citations_keep_their_labels(self) -> None:
        """A comment and a directive are no items."""
        text = """
            .. contents:: Here

            .. a comment

            .. [Lee21] A. Lee. *Waves on a Shore*. Port Press, 2021.
               :doi:`10.5555/w.1`
            .. [Cole20] C. Cole, "Tides", Journal of Tides, 2020.
        """
        found = read(rst.read, text)
        assert [(r["source_id"], r["title"], r.get("doi")) for r in said(found)] == [
            ("Lee21", "Waves on a Shore", "10.5555/w.1"),
            ("Cole20", "Tides", None),
        ]
        assert [item.line for _, item in found.records()] == [5, 7]

    def test_links_without_a_name_take_the_targets_in_their_order(self) -> None:
        """Two underscores say so."""
        text = """
            * Ann Lee, `Waves on a Shore`__, *Journal of Tides*, 2021

            __ https://x.org/w
        """
        assert [record["url"] for record in said(read(rst.read, text))] == ["https://x.org/w"]


class TestAsciidoc:
    """AsciiDoc."""

    def test_bibliographies_keep_their_labels(self) -> None:
        """Listings and comments are no items."""
        text = """
            = Ann

            // a comment
            ----
            * no item
            ----
            [bibliography]
            == References
            * [[[lee21,1]]] A. Lee. _Waves on a Shore_. Port Press, 2021.
            * [[[cole20]]] C. Cole. _Tides_. Port Press. 2020. https://x.org/t[PDF]
        """
        assert [(r["source_id"], r["title"]) for r in said(read(asciidoc.read, text))] == [
            ("lee21", "Waves on a Shore"),
            ("cole20", "Tides"),
        ]


class TestHtml:
    """HTML."""

    def test_marked_references_are_citations(self) -> None:
        """As citation processors write them."""
        text = """<body><div id="refs"><div id="ref-lee" class="csl-entry">Lee, Ann, and Bo Quill. 2021.
            <span>“Waves on a Shore.”</span> <em>Journal of Tides</em> 3 (2): 1–9.
            <a href="https://doi.org/10.5555/w.1">https://doi.org/10.5555/w.1</a>.</div>
            <div id="ref-cole" class="csl-entry">Cole, Cy, and Di Dorn. 2020. <span>“Tides.”</span> Port Press.</div></div>"""
        first, second = said(html_page.read(text, "list"))
        assert (first["source_id"], first["title"], first["doi"]) == (
            "lee",
            "Waves on a Shore",
            "10.5555/w.1",
        )
        assert (second["source_id"], second["title"], second["year"]) == ("cole", "Tides", 2020)

    def test_one_marked_reference_is_a_citation_too(self) -> None:
        """Its only author keeps the stop of the initial."""
        text = """<body><h2>Books</h2><div class="csl-entry">Cole, C. (2018). <i>Shores</i>. Port Press.</div></body>"""
        (book,) = said(html_page.read(text, "list"))
        assert (book["title"], book["authors"], book["year"]) == ("Shores", ["C. Cole"], 2018)

    def test_classes_name_the_parts_of_a_work(self) -> None:
        """As the themes of research groups write them."""
        work = """<li><div id="{key}"><div class="title">{title}</div><div class="author">Ann Lee, Bo Quill</div>
            <div class="periodical"><em>Journal of Tides</em>, 2021</div>
            <a href="https://arxiv.org/abs/{arxiv}">arXiv</a></div></li>"""
        text = "<body><ol>" + "".join(
            work.format(key=key, title=title, arxiv=arxiv)
            for key, title, arxiv in (("a", "Waves", "2101.00001"), ("b", "Tides", "2101.00002"))
        )
        assert said(html_page.read(text, "list")) == [
            {
                "source_id": key,
                "title": title,
                "authors": ["Ann Lee", "Bo Quill"],
                "year": 2021,
                "venue": "Journal of Tides",
                "arxiv": arxiv,
            }
            for key, title, arxiv in (("a", "Waves", "2101.00001"), ("b", "Tides", "2101.00002"))
        ]

    def test_a_table_is_a_table(self) -> None:
        """By the names of its columns."""
        text = (
            "<table><tr><th>Title</th><th>Authors</th><th>Year</th></tr>"
            "<tr><td>Waves</td><td>Ann Lee</td><td>2021</td></tr></table>"
        )
        assert said(html_page.read(text, "list")) == [
            {"title": "Waves", "authors": ["Ann Lee"], "year": 2021}
        ]


class TestTitleFirst:
    """People before a link that is the title."""

    @pytest.mark.parametrize(
        ("line", "read_as"),
        [
            (
                "- A. Lee and B. Quill (2021). [Waves on a Shore](https://x.org). J. Tides",
                "- [Waves on a Shore](https://x.org), A. Lee and B. Quill (2021), J. Tides",
            ),
            ("- See also [Waves on a Shore](https://x.org)", "- See also [Waves on a Shore](https://x.org)"),
            (
                '- A. Lee, "[Waves on a Shore](https://x.org)," J. Tides 2021',
                "- [Waves on a Shore](https://x.org), A. Lee, J. Tides 2021",
            ),
            (
                "- A. Lee. “[Waves on a Shore](https://x.org).” *J. Tides*, 2021",
                "- [Waves on a Shore](https://x.org), A. Lee, *J. Tides*, 2021",
            ),
            ("- A. Lee, Waves. [PDF](https://x.org)", "- A. Lee, Waves. [PDF](https://x.org)"),
        ],
    )
    def test_only_people_change_places(self, line: str, read_as: str) -> None:
        """Other words before a link stay where they are."""
        found = marked_up.title_first(line)
        assert found == read_as

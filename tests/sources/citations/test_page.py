"""Reading pages of free-form citations: what is a heading, what is an item, where one ends."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odebib.sources.citations.page import read
from odebib.sources.found import Found


def found(page: str) -> Found:
    return read(textwrap.dedent(page).strip("\n"), "page")


def titles(page: str) -> list[tuple[str, str | None]]:
    """The path of each record's section and its title."""
    return [(" > ".join(path), item.record.title) for path, item in found(page).records()]


class TestSections:
    """Headings and what stands under them."""

    def test_an_unmarked_line_over_bullets_is_a_heading(self) -> None:
        """Short lines between bulleted items are headings, even in lower case."""
        page = """
            Architecture Design
            - Chang B, Meng L. Reversible architectures[J]. Nature, 2018.
            very early work
            - Haber E, Ruthotto L. Stable architectures[J]. Nature, 2017.
        """
        assert titles(page) == [
            ("Architecture Design", "Reversible architectures"),
            ("very early work", "Stable architectures"),
        ]

    def test_a_heading_right_above_another_is_its_parent(self) -> None:
        """Two headings in a row are nested; the next one after items is not."""
        page = """
            Training Algorithm
            Adjoint Method
            - Li Q, Hao S. An optimal control approach[J]. Nature, 2018.
            Linking SDE
            - Sun Q, Tao Y. Stochastic training[J]. Nature, 2019.
        """
        assert [path for path, _ in titles(page)] == ["Training Algorithm > Adjoint Method", "Linking SDE"]

    def test_marked_headings_are_nested_by_their_depth(self) -> None:
        """Number signs and underlines show depth."""
        page = """
            Reading list
            ============

            Diffusion
            ---------
            - Ho J, Jain A. Denoising models. NeurIPS 2020.
        """
        assert [path for path, _ in titles(page)] == ["Reading list > Diffusion"]

    def test_without_headings_there_is_one_section_of_the_pages_name(self) -> None:
        """Records before any heading stand in a section named as the page."""
        assert titles("- Ho J, Jain A. Denoising models. NeurIPS 2020.") == [("page", "Denoising models")]


class TestItems:
    """Where an item begins and ends."""

    @pytest.mark.parametrize("mark", ["-", "–", "—", "*", "•", "1.", "[1]", "(1)", "1)"])
    def test_bullets_and_numbers(self, mark: str) -> None:
        """Every common bullet and number begins an item."""
        page = f"{mark} Ho J. First title. ICML 2020.\n{mark} Ho J. Second title. ICML 2021."
        assert [title for _, title in titles(page)] == ["First title", "Second title"]

    def test_a_bullet_at_the_end_of_a_line_begins_the_next(self) -> None:
        """Pasted pages carry bullets at the end of the line before their item."""
        page = """
            Generative Models
            -
            Neural Equations (BEST PAPER AWARD)
            Ricky T. Q. Chen, Yulia Rubanova
            Advances in Neural Systems (NeurIPS). -
            Invertible Networks (LONG ORAL)
            Jens Behrmann, Will Grathwohl -
            ANODE: A Coupled Framework
            arXiv:1906.04596 - Hamiltonian Approach to Training CDC19
        """
        records = [item.record for _, item in found(page).records()]
        assert [record.title for record in records] == [
            "Neural Equations",
            "Invertible Networks",
            "ANODE: A Coupled Framework",
            "Hamiltonian Approach to Training",
        ]
        assert records[0].venue == "Advances in Neural Systems (NeurIPS)"
        assert [str(name) for name in records[1].authors] == ["Jens Behrmann", "Will Grathwohl"]
        assert records[2].arxiv == "1906.04596"
        assert (records[3].venue, records[3].year) == ("CDC", 2019)

    def test_two_items_on_one_line(self) -> None:
        """A dash before an author-first citation is a bullet that lost its line."""
        page = """
            - Latent Equations
            Yulia Rubanova, David Duvenaud
            Advances in Neural Systems (NeurIPS). - Chen R T Q, Duvenaud D. Cheap Operators[C]//ICML. 2019.
            - Another Title of a Paper
        """
        items = [(item.line, item.record.title) for _, item in found(page).records()]
        assert items == [(1, "Latent Equations"), (3, "Cheap Operators"), (4, "Another Title of a Paper")]

    def test_a_talk_behind_a_dash_is_an_item_of_its_own(self) -> None:
        """ "Talk by" begins an item; its speaker is the name that such items share."""
        page = """
            - Ensembles via a Formalism for Accuracy - Talk by Lars Equations Meet Learning: Old and New
            - Talk by Lars Learning meets Transport: Old and New
        """
        talks = [item.record for _, item in found(page).records() if item.record.type == "talk"]
        assert [talk.title for talk in talks] == [
            "Equations Meet Learning: Old and New",
            "Learning meets Transport: Old and New",
        ]
        assert {str(talk.authors[0]) for talk in talks} == {"Lars"}

    def test_a_dash_inside_a_title_does_not_split_it(self) -> None:
        """A subtitle behind a dash belongs to its title."""
        page = "- Tutorial by [Stanley Osher] - Trustworthy Learning / [video]\n- Networks - a gentle survey"
        assert [title for _, title in titles(page)] == ["Trustworthy Learning", "Networks - a gentle survey"]

    def test_broken_lines_are_joined(self) -> None:
        """Lines broken at a column are one item; a hyphen at a break vanishes."""
        page = """
            [1] Ricky T. Q. Chen, Yulia Rubanova, and David Du-
                venaud. Neural ordinary equations. In Advances in
                Neural Systems, pages 6571–6583, 2018.
            [2] Shoufa Chen and Peize Sun. Detection by diffusion. arXiv
                preprint arXiv:2211.09788, 2022.
        """
        first, second = [item.record for _, item in found(page).records()]
        assert [name.family for name in first.authors] == ["Chen", "Rubanova", "Duvenaud"]
        assert first.venue == "Advances in Neural Systems"
        assert second.arxiv == "2211.09788"

    def test_a_pasted_bibliography_without_marks(self) -> None:
        """Where nothing separates references, one begins where people follow a complete one."""
        page = """
            Ruojin Cai, Guandao Yang, Serge Belongie,
            Noah Snavely, and Bharath Hariharan. Learning gradient fields for shape
            generation. In ECCV, 2020.
            Tamal K Dey and James Hudson. Point to mesh rendering, a
            feature-based approach. In VIS, 2002.
        """
        items = [
            (item.line, item.record.title, len(item.record.authors)) for _, item in found(page).records()
        ]
        assert items == [
            (1, "Learning gradient fields for shape generation", 5),
            (4, "Point to mesh rendering, a feature-based approach", 2),
        ]

    def test_the_text_is_the_item_as_it_stands(self) -> None:
        """A record's text holds all lines of its item."""
        page = "- Latent Equations\nYulia Rubanova, David Duvenaud\n- Other Equations"
        first = next(item.record for _, item in found(page).records())
        assert first.text == "Latent Equations Yulia Rubanova, David Duvenaud"

    def test_a_venue_in_front_is_learnt_from_the_page(self) -> None:
        """An acronym used as a venue once is one also where no year follows it."""
        page = "- NIPS 18 Nonlocal networks and modeling\n- NIPS Ensembles via the Formalism for Accuracy"
        assert [item.record.venue for _, item in found(page).records()] == ["NIPS", "NIPS"]


class TestNothingIsDropped:
    """Each item is a record or stands under what was not understood."""

    def test_prose_is_reported(self) -> None:
        """Running text is no record, and is not lost."""
        page = (
            "This page is kept by us and you are welcome to send additions.\n\n"
            "Ho, J. (2020). Denoising models. NeurIPS.\n"
        )
        result = found(page)
        assert [item.record.title for _, item in result.records()] == ["Denoising models"]
        assert [(item.line, item.reason) for item in result.not_understood] == [
            (1, "looks like running text, not a citation")
        ]

    @given(st.text(alphabet=st.sampled_from('Aa1 .,-\n()[]"–*#'), max_size=300))
    @settings(max_examples=100, deadline=None)
    def test_any_text_is_read(self, page: str) -> None:
        """No text makes reading fail, and every record has its line."""
        result = read(page, "page")
        lines = page.count("\n") + 1
        assert all(1 <= item.line <= lines for _, item in result.records())

    @pytest.mark.parametrize("line", ["- ", "A\n\n", "a - b ", "\t", "- A. B. C\n", "( ", "A, "])
    def test_ends_on_hostile_pages(self, line: str) -> None:
        """Repetition does not make reading explode."""
        read(line * 2000, "page")

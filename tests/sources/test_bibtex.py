"""Reading BibTeX and BibLaTeX files of any quality."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odebib.model.record import Record
from odebib.sources.bibtex.people import people
from odebib.sources.bibtex.reader import read
from odebib.sources.found import Found


def found(text: str) -> Found:
    return read(textwrap.dedent(text).strip("\n"), "refs")


def the_record(text: str) -> Record:
    ((_, item),) = found(text).records()
    return item.record


def names(record: Record) -> list[str]:
    return [str(name) for name in record.authors]


class TestEntries:
    """What an entry becomes."""

    def test_an_entry_becomes_a_record(self) -> None:
        """Fields are read, LaTeX becomes Unicode, the raw entry and its key are kept."""
        text = r"""
            @inproceedings{chen2018neural,
              title = {Neural {ODE}s -- na{\"\i}ve \& {\O}ksendal},
              author = {Chen, Ricky T. Q. and {\'E}tienne Rub{\v s}kova and others},
              booktitle = {Advances in Neural Systems}, volume = 31,
              pages = {6571--6583}, month = dec, year = 2018, publisher = {Curran},
              url = {https://papers.nips.cc/a\_b}, abstract = {50% better, see arXiv:1234.56789.},
              keywords = {ODEs; flows}, file = {x.pdf}, owner = {me}
            }
        """
        record = the_record(text)
        assert record.text.startswith("@inproceedings{chen2018neural,")
        assert record.source_id == "chen2018neural"
        assert record.title == "Neural {ODE}s – naïve & Øksendal"
        assert names(record) == ["Ricky T. Q. Chen", "Étienne Rubškova", "others"]
        assert (record.venue, record.volume, record.pages) == (
            "Advances in Neural Systems",
            "31",
            "6571-6583",
        )
        assert (record.year, record.month, record.type) == (2018, 12, "conference-paper")
        assert record.url == "https://papers.nips.cc/a_b"
        assert record.abstract == "50% better, see arXiv:1234.56789."
        assert record.arxiv is None, "identifiers are never taken from an abstract"
        assert record.topics == ("ODEs", "flows")

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            pytest.param("journal={arXiv preprint arXiv:1806.07366}", {"arxiv": "1806.07366"}, id="journal"),
            pytest.param("eprint={1806.07366}, archivePrefix={arXiv}", {"arxiv": "1806.07366"}, id="eprint"),
            pytest.param("eprint={1806.07366v2}, eprinttype={arxiv}", {"arxiv": "1806.07366"}, id="biblatex"),
            pytest.param("journal={CoRR}, volume={abs/1806.07366}", {"arxiv": "1806.07366"}, id="dblp"),
            pytest.param("doi={10.48550/arXiv.1806.07366}", {"arxiv": "1806.07366"}, id="arxiv-doi"),
            pytest.param("doi={https://doi.org/10.1000/ABC}", {"doi": "10.1000/abc"}, id="doi-as-address"),
            pytest.param(
                "url={https://openreview.net/forum?id=blfSjHeFM_e}",
                {"openreview": "blfSjHeFM_e"},
                id="openreview",
            ),
            pytest.param(
                "howpublished={\\url{https://a.org/b_}}", {"url": "https://a.org/b_"}, id="howpublished"
            ),
            pytest.param("note={Available at https://a.org/x}", {"url": "https://a.org/x"}, id="note"),
            pytest.param("isbn={0-306-40615-2}", {"isbn": "9780306406157"}, id="isbn"),
            pytest.param("date={2020-03-04}", {"year": 2020, "month": 3}, id="date"),
            pytest.param("year={c2001}, month={Mar.~3--5}", {"year": 2001, "month": 3}, id="odd-dates"),
            pytest.param("year=2018, year=2019", {"year": 2018}, id="duplicate-field"),
            pytest.param("journaltitle={Nature &amp; Co}", {"venue": "Nature & Co"}, id="html-entity"),
            pytest.param("note={Best Paper Award}", {"awards": ("best paper",), "note": None}, id="award"),
            pytest.param("subtitle={A Survey}", {"title": "T: A Survey"}, id="subtitle"),
        ],
    )
    def test_reads_a_field(self, fields: str, expected: dict[str, Any]) -> None:
        """The many fields of both dialects become the few of a record."""
        record = the_record(f"@article{{k, title={{T}}, {fields}}}")
        assert {name: getattr(record, name) for name in expected} == expected

    @pytest.mark.parametrize(
        ("type_", "fields", "expected"),
        [
            ("article", "journal={Nature}", "journal-article"),
            ("article", "journal={arXiv preprint arXiv:1806.07366}", None),
            ("inproceedings", "booktitle={ICML Workshop on X}", "workshop-paper"),
            ("phdthesis", "school={MIT}", "thesis"),
            ("incollection", "booktitle={A Book}", "chapter"),
            ("online", "url={https://a.org/}", "website"),
            ("software", "url={https://a.org/}", "software"),
            ("misc", "year=2018", None),
        ],
    )
    def test_types(self, type_: str, fields: str, expected: str | None) -> None:
        """An entry's type is read where it says something."""
        assert the_record(f"@{type_}{{k, title={{T}}, {fields}}}").type == expected

    def test_the_school_of_a_thesis_is_its_institution(self) -> None:
        """A thesis has no venue."""
        record = the_record("@phdthesis{k, title={{On Equations}}, school={Oxford}}")
        assert (record.title, record.institution, record.venue) == (
            "On Equations",
            "Oxford",
            None,
        )


class TestPeople:
    """Values of ``author``."""

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("Doe, Jane and Smith, John", ["Jane Doe", "John Smith"]),
            ("{The JAX Team} and others", ["{The JAX Team}", "others"]),
            ("Smith, Jr., John", ["John Smith, Jr."]),
            ("family=Beethoven, given=Ludwig, prefix=van", ["Ludwig van Beethoven"]),
            (r"M{\"u}ller, K. and {\'E}. Cartan", ["K. Müller", "É. Cartan"]),
            ("{Barba Rossa}, Anna", ["Barba Rossa, Anna"]),
            (
                "Ricky Chen, Yulia Rubanova, Jesse Bett and David Duvenaud",
                ["Ricky Chen", "Yulia Rubanova", "Jesse Bett", "David Duvenaud"],
            ),
            ("", []),
        ],
    )
    def test_reads_people(self, value: str, expected: list[str]) -> None:
        """Each person stands as names are read; groups keep their braces."""
        assert [name.written for name in people(value)] == expected


class TestFile:
    """A file as a whole."""

    def test_strings_concatenation_and_inheritance(self) -> None:
        """Macros are expanded, parts joined, and a parent's fields are inherited."""
        text = """
            @string{ans = "Advances in Systems"}
            @inproceedings{a, title={A}, booktitle = ans # " 31", month = jan}
            @inproceedings{b, title={B}, crossref={p}}
            @proceedings{p, title={Proceedings of X}, year={2001}, isbn={0-306-40615-2}}
            @article{c, title={C}, xdata={x}}
            @xdata{x, journal={Nature}}
        """
        records = {item.record.source_id: item.record for _, item in found(text).records()}
        assert records["a"].venue == "Advances in Systems 31"
        assert (records["b"].venue, records["b"].year, records["b"].isbn) == ("Proceedings of X", 2001, None)
        assert records["c"].venue == "Nature"
        assert "x" not in records

    def test_comments_and_preambles_are_no_entries(self) -> None:
        """What is commented out or is a preamble is passed over."""
        text = '@comment{@article{hidden, title={X}}}\n@preamble{"\\\\x{}"}\n% a comment\n@misc{a, title={A}}'
        result = found(text)
        assert [item.record.title for _, item in result.records()] == ["A"]
        assert result.not_understood == []

    def test_a_broken_entry_takes_no_other_along(self) -> None:
        """It is reported with its line and the reason; all others are kept."""
        text = """
            @article{one, title={One}}
            @article{broken,
              title = {A brace {never closed},
              year = 2000
            }
            @article{two, title={Two}}
        """
        result = found(text)
        assert [(item.line, item.record.title) for _, item in result.records()] == [(1, "One"), (6, "Two")]
        (problem,) = result.not_understood
        assert (problem.line, problem.reason) == (
            2,
            "broken entry: a brace or quotation mark is never closed",
        )
        assert problem.text.startswith("@article{broken,")

    def test_a_missing_comma_is_mended(self) -> None:
        """A field on a new line begins even where no comma ends the one before."""
        record = the_record("@article{k,\n  title = {No comma}\n  author = {A B and C D},\n  year = 2001\n}")
        assert (record.title, names(record), record.year) == ("No comma", ["A B", "C D"], 2001)

    def test_duplicate_keys_are_both_kept(self) -> None:
        """Two entries with one key are two records."""
        text = "@misc{k, title={One}}\n@misc{k, title={Two}}"
        assert [item.record.title for _, item in found(text).records()] == ["One", "Two"]

    def test_an_entry_needs_no_key(self) -> None:
        """An entry without key is kept."""
        assert the_record("@misc{, title={No key}}").source_id is None

    def test_an_entry_that_says_nothing_is_reported(self) -> None:
        """Without title and identifier there is no record."""
        (problem,) = found("@article{dummy, year=2000}").not_understood
        assert problem.reason == "it has neither title nor identifier"

    def test_there_is_one_section_of_the_files_name(self) -> None:
        """All records stand in one section."""
        assert [section.title for section in found("@misc{k, title={T}}").sections] == ["refs"]

    @given(st.text(alphabet=st.sampled_from('@a{}=,"\\\n #$title'), max_size=200))
    @settings(max_examples=150, deadline=None)
    def test_any_text_is_read(self, text: str) -> None:
        """No text makes reading fail."""
        read(text, "refs")

    @pytest.mark.parametrize("piece", ["@", "@a{b,\n", "{", "@a{b, title={x}}\n", "\\foo{", "\\(", " and "])
    def test_ends_on_hostile_files(self, piece: str) -> None:
        """Repetition does not make reading explode."""
        read(piece * 2000, "refs")
        read("@a{b, title={" + piece * 2000 + "}}", "refs")

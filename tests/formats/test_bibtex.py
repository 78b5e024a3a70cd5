"""BibTeX and BibLaTeX, read back by pybtex, bibtexparser and our own reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pybtex.database
import pytest
from bibtexparser.splitter import Splitter
from hypothesis import given
from hypothesis import strategies as st

from conftest import MakeProject
from odebib.formats import biblatex, bibtex
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.project import store
from odebib.project.store import Project
from odebib.sources.bibtex import reader as bibtex_source
from odebib.text import latex, names
from odebib.text.folding import fold
from strategies import hostile_text, titles
from strategies import names as name_texts

DATA = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=["toy", pytest.param("data", marks=pytest.mark.data)])
def bibliography(request: pytest.FixtureRequest, toy: Project) -> Bibliography:
    """The toy bibliography, then the project's own."""
    return toy.bibliography if request.param == "toy" else store.load(DATA).bibliography


def values(text: str) -> Iterator[tuple[str, str]]:
    """The fields of BibTeX text, one a line, as our files have them."""
    for match in re.finditer(r"^  (\w+) *= (.*),$", text, re.MULTILINE):
        yield match[1], match[2]


class TestEntryTypes:
    """What kind of work becomes what kind of BibTeX entry."""

    @pytest.mark.parametrize(
        ("key", "in_bibtex", "in_biblatex"),
        [
            ("adams2019flows", "inproceedings", "inproceedings"),
            ("muller2017schrodinger", "article", "article"),
            ("chen2020depth", "misc", "online"),
            ("garciamarquez2016control", "phdthesis", "thesis"),
            ("book2014equations", "book", "collection"),
            ("jaxteam2022solvers", "misc", "software"),
            ("bell2023lecture", "misc", "unpublished"),
            ("benchmark2018", "manual", "online"),
        ],
    )
    def test_types(self, toy: Project, key: str, in_bibtex: str, in_biblatex: str) -> None:
        """Papers, preprints, theses, books, software, talks and websites each have their type."""
        assert bibtex.render(toy.bibliography, [key]).startswith(f"@{in_bibtex}{{{key},\n")
        assert biblatex.render(toy.bibliography, [key]).startswith(f"@{in_biblatex}{{{key},\n")


class TestRender:
    """The text of a .bib file."""

    def test_whole_entry(self, toy: Project) -> None:
        """Fields stand in one order; case, accents, months and page ranges are as authors want them."""
        assert bibtex.render(toy.bibliography, ["muller2017schrodinger"]) == (
            "@article{muller2017schrodinger,\n"
            '  author  = {M{\\"u}ller, J{\\"u}rgen and '
            "Ng{\\d{o}}c, {\\DJ}{\\d{\\u{a}}}ng Th{\\d{i}} and "
            "Koz{\\l}owski, {\\L}ukasz},\n"
            '  title   = {Solving the {Schr{\\"o}dinger} Equation in '
            "{$L^2(\\mathbb{R}^d)$} with {ResNets}},\n"
            "  journal = {Journal of Toy Mathematics},\n"
            "  volume  = {4},\n"
            "  pages   = {55--70},\n"
            "  year    = {2017},\n"
            "  month   = mar,\n"
            "  doi     = {10.1234/jtm.4.55},\n"
            "}\n"
        )

    def test_biblatex_entry(self, toy: Project) -> None:
        """BibLaTeX has letters, a date and its own names of fields."""
        text = biblatex.render(toy.bibliography, ["muller2017schrodinger", "adams2019flows"])
        assert "  author       = {Müller, Jürgen and Ngọc, Đặng Thị and Kozłowski, Łukasz},\n" in text
        assert "  date         = {2017-03},\n" in text
        assert "  eprint     = {1901.00001},\n  eprinttype = {arxiv},\n" in text

    def test_eprint_stands_beside_the_venue(self, toy: Project) -> None:
        """A published work keeps its arXiv id, archive and class."""
        text = bibtex.render(toy.bibliography, ["everything2021paper"])
        for line in (
            "booktitle     = {Track on Fields at",
            "eprint        = {2112.99999}",
            "archivePrefix = {arXiv}",
        ):
            assert line in text
        assert "primaryClass  = {cs.LG}" in text

    def test_preprint_names_its_archive_in_words(self, toy: Project) -> None:
        """Styles that do not know eprint print the arXiv id, too."""
        text = bibtex.render(toy.bibliography, ["chen2020depth"])
        assert "author        = {Chen, Tian Qi and others}" in text
        assert "howpublished  = {arXiv:2003.12345}" in text

    def test_short_venues(self, toy: Project) -> None:
        """The venue's short name where asked for."""
        assert "booktitle     = {NeurIPS}" in bibtex.render(
            toy.bibliography, ["adams2019flows"], venues="short"
        )

    def test_abstracts_only_on_request(self, toy: Project) -> None:
        """Files are small."""
        assert "abstract" not in bibtex.render(toy.bibliography, ["adams2019flows"])
        text = bibtex.render(toy.bibliography, ["adams2019flows"], abstracts=True)
        assert "  abstract      = {We view message passing as a flow. Its depth is time.},\n}" in text

    def test_retracted(self, toy: Project) -> None:
        """The reference of a retracted work says so."""
        assert "  note      = {Retracted 2016},\n" in bibtex.render(toy.bibliography, ["old2015networks"])

    def test_bibtex_is_ascii(self, bibliography: Bibliography) -> None:
        """Every letter there is has a command."""
        assert bibtex.render(bibliography, bibliography.entries).isascii()

    def test_same_data_same_bytes(self, bibliography: Bibliography) -> None:
        """Rendering twice gives the same text."""
        for format in (bibtex, biblatex):
            assert format.render(bibliography, bibliography.entries) == format.render(
                bibliography, list(bibliography.entries)
            )


class TestReadByPybtex:
    """pybtex finds what the entries say."""

    @pytest.mark.parametrize("format", [bibtex, biblatex], ids=["bibtex", "biblatex"])
    def test_reads_the_same(self, bibliography: Bibliography, format: Any) -> None:
        """Authors, title, year, venue and identifiers."""
        text = format.render(bibliography, bibliography.entries)
        parsed = pybtex.database.parse_string(text, "bibtex")
        assert list(parsed.entries) == list(bibliography.entries)
        for key, entry in bibliography.entries.items():
            found = parsed.entries[key]
            people = [person for person in found.persons.get("author", []) if str(person) != "others"]
            assert [fold(latex.decode(_whole_name(person))) for person in people] == [
                fold(str(name)) for name in entry.people
            ]
            fields = {name.lower(): latex.decode(value) for name, value in found.fields.items()}
            assert fold(fields["title"]) == fold(entry.title)
            assert fields.get("date", fields.get("year", "n.d."))[:4] == str(entry.year or "n.d.")
            assert fields.get("doi") == entry.doi
            assert entry.arxiv in {None, fields.get("eprint")}
            assert fields.get("isbn") == entry.isbn
            venue = bibliography.venue(entry)
            if venue and not entry.event:
                assert (
                    fields.get("booktitle", fields.get("journal", fields.get("journaltitle"))) == venue.name
                )


def _whole_name(person: Any) -> str:
    parts = person.first_names + person.middle_names + person.prelast_names + person.last_names
    return " ".join(parts + [", " + name for name in person.lineage_names])


class TestReadByBibtexparser:
    """bibtexparser finds whole blocks only."""

    def test_no_block_fails(self, bibliography: Bibliography) -> None:
        """Every entry is one."""
        for format in (bibtex, biblatex):
            library = Splitter(format.render(bibliography, bibliography.entries)).split()
            assert library.failed_blocks == []
            assert [entry.key for entry in library.entries] == list(bibliography.entries)


class TestRoundTrip:
    """Our files, imported again, say the same."""

    @pytest.mark.parametrize("format", [bibtex, biblatex], ids=["bibtex", "biblatex"])
    def test_imported_again(self, bibliography: Bibliography, format: Any) -> None:
        """The same authors, titles, years, venues and identifiers."""
        text = format.render(bibliography, bibliography.entries)
        found = bibtex_source.read(text, "all")
        assert found.not_understood == []
        records = {found.record.source_id: found.record for _, found in found.records()}
        assert list(records) == list(bibliography.entries)
        for key, entry in bibliography.entries.items():
            record = records[key]
            assert [str(name) for name in record.authors] == [str(name) for name in entry.authors], key
            assert fold(record.title or "") == fold(entry.title), key
            assert (record.year, record.month) == (entry.year, entry.month if entry.year else None), key
            assert (record.doi, record.arxiv, record.isbn) == (entry.doi, entry.arxiv, entry.isbn), key
            venue = bibliography.venue(entry)
            if venue and not entry.event:
                assert bibliography.venues.find(record.venue or "") == venue, key

    WILD = r"""
        @Article{foo:1, author = "M{\"u}ller, J. and van der Berg, Jr., Jan and {The {JAX} Team} and others",
          title = {{A Study of {ODE}s, 50\% \& more: $x_1$}}, journal = "J. Toy Math.", year = 2017,
          month = "~mar.",
          pages = "12 - 34", doi = {https://doi.org/10.1234/ABC_d(1)}, number = 7}
        @inproceedings{bar, author = {Erd\H{o}s, P{\'a}l}, title = "Über {\O}DEs", booktitle = {Proc. of X},
          year = {1999}, eprint = {math.GT/0309136v2}, archivePrefix = {arXiv}, primaryClass = {math.GT}}
        @misc{baz, title = {No author here}, howpublished = {\url{https://example.org/a_b%20c}}}
        """

    def test_from_the_wild(self, make_project: MakeProject) -> None:
        """A .bib from elsewhere, imported and exported, loses no author, title, year or identifier."""
        first = [found.record for _, found in bibtex_source.read(self.WILD, "wild").records()]
        kept = ("title", "authors", "venue", "pages", "doi", "arxiv", "arxiv_class", "url")
        entries = [
            Entry.model_construct(
                key=f"key{number}", year=record.year, **{name: getattr(record, name) for name in kept}
            )
            for number, record in enumerate(first)
        ]
        bibliography = Bibliography({entry.key: entry for entry in entries})
        for format in (bibtex, biblatex):
            again = bibtex_source.read(format.render(bibliography, bibliography.entries), "again").records()
            for before, (_, after) in zip(first, again, strict=True):
                for name in ("authors", "year", "doi", "arxiv", "arxiv_class", "url"):
                    assert getattr(after.record, name) == getattr(before, name), (format, name)
                assert fold(after.record.title or "") == fold(before.title or "")


class TestHostileText:
    """Nothing in an entry breaks the file."""

    @given(hostile_text | titles, hostile_text, st.lists(name_texts, max_size=3))
    def test_stays_one_entry(self, title: str, venue: str, people: list[str]) -> None:
        """Whatever the text, a reader finds one entry, and the next one, too."""
        clean = [
            " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split()) or "x" for text in (title, venue)
        ]
        authors = tuple(names.parse(person) for person in people)
        one = Entry.model_construct(
            key="one",
            title=clean[0],
            venue=clean[1],
            authors=authors,
            year=2020,
            doi="10.1234/a%7Bb",
            pages="1-2",
        )
        two = Entry.model_construct(
            key="two", title="Next", authors=(names.parse("A B"),), year=2021, venue="X"
        )
        bibliography = Bibliography({"one": one, "two": two})
        for format in (bibtex, biblatex):
            text = format.render(bibliography, ["one", "two"])
            assert latex.are_paired(text)
            assert [entry.key for entry in Splitter(text).split().entries] == ["one", "two"]
            assert all(latex.are_paired(value) for _, value in values(text))

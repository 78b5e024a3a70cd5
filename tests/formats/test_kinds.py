"""Exports say what is so: kinds of theses, series, editions, numbers, pages, names, dates, emphasis."""

from __future__ import annotations

import json
from typing import Any

import pytest

from odebib.formats import FORMATS
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry

THESIS = {"type": "thesis", "institution": "University of Toys"}
ARTICLE = {"type": "journal-article", "venue": "Toy Letters"}
BOOK = {"type": "book", "publisher": "Toy Press"}
PAPER = {"type": "conference-paper", "venue": "Toys in Practice"}


def written(format_name: str, **fields: Any) -> str:
    """An entry with these fields in a format."""
    said = {"title": "On Small Things", "authors": ["Jane Doe"], "year": "2007", **fields}
    entry = Entry.model_validate({"key": "doe2007small", **said})
    return FORMATS[format_name].render(Bibliography({entry.key: entry}), [entry.key])


def lines(text: str) -> set[str]:
    """The fields of a .bib entry or the tags of a reference, each with single spaces."""
    return {" ".join(line.strip().rstrip(",").split()) for line in text.splitlines()}


class TestBib:
    """BibTeX and BibLaTeX."""

    @pytest.mark.parametrize(
        ("format_name", "fields", "expected"),
        [
            pytest.param("bibtex", {**THESIS, "degree": "PhD"}, {"@phdthesis{doe2007small"}, id="doctoral thesis"),
            pytest.param(
                "bibtex", {**THESIS, "degree": "Master's thesis"}, {"@mastersthesis{doe2007small"}, id="master's thesis"
            ),
            pytest.param(
                "bibtex",
                {**THESIS, "degree": "bachelor"},
                {"@mastersthesis{doe2007small", "type = {Bachelor's thesis}"},
                id="bachelor's thesis",
            ),
            pytest.param("bibtex", THESIS, {"type = {Thesis}"}, id="thesis of unknown degree"),
            pytest.param("biblatex", {**THESIS, "degree": "MSc"}, {"type = {mathesis}"}, id="in BibLaTeX's word"),
            pytest.param(
                "biblatex", {**THESIS, "degree": "habilitation"}, {"type = {Habilitation thesis}"}, id="in no word of it"
            ),
            pytest.param(
                "bibtex",
                {**PAPER, "series": "Lecture Notes in Toys", "volume": "71"},
                {"series = {Lecture Notes in Toys}", "volume = {71}", "@inproceedings{doe2007small"},
                id="volume of a series",
            ),
            pytest.param(
                "bibtex",
                {**BOOK, "series": "Toy Texts", "number": "12"},
                {"series = {Toy Texts}", "number = {12}"},
                id="number in a series",
            ),
            pytest.param("bibtex", {**BOOK, "edition": "2nd"}, {"edition = {Second}"}, id="edition in words"),
            pytest.param("biblatex", {**BOOK, "edition": "Second"}, {"edition = {2}"}, id="edition as a number"),
            pytest.param(
                "biblatex", {**ARTICLE, "volume": "B393"}, {"volume = {B393}"}, id="volume with a letter is no issue"
            ),
            pytest.param("biblatex", {**ARTICLE, "number": "4"}, {"number = {4}"}, id="number"),
            pytest.param("biblatex", {**ARTICLE, "number": "Spring"}, {"issue = {Spring}"}, id="issue by name"),
            pytest.param(
                "bibtex", {**ARTICLE, "pages": "B-3--B-10"}, {"pages = {B-3--B-10}"}, id="pages with hyphens"
            ),
            pytest.param("bibtex", {**ARTICLE, "pages": "S-12"}, {"pages = {S-12}"}, id="one page with a hyphen"),
            pytest.param(
                "biblatex",
                {**PAPER, "event_date": "2007-05-03/2007-05-08"},
                {"eventdate = {2007-05-03/2007-05-08}"},
                id="days of the meeting",
            ),
            pytest.param(
                "bibtex", {"howpublished": "Handed out", "type": "other"}, {"howpublished = {Handed out}"}, id="how published"
            ),
            pytest.param("bibtex", {"note": "In Toyish"}, {"note = {In Toyish}"}, id="phrase of a note"),
            pytest.param(
                "bibtex",
                {"authors": ["al-Toyi, Ann", "'s-Toys, Bo", "Jean-Luc Toy", "others"]},
                {"author = {al{-}Toyi, Ann and 's{-}Toys, Bo and Toy, Jean-Luc and others}"},
                id="hyphen behind a small letter",
            ),
            pytest.param(
                "bibtex",
                {"title": "The *Toy* of <i>Toys</i> by T* Search"},
                {r"title = {The \emph{Toy} of \emph{Toys} by {T}* Search}"},
                id="emphasis",
            ),
        ],
    )  # fmt: skip
    def test_fields(self, format_name: str, fields: dict[str, Any], expected: set[str]) -> None:
        """Each thing stands where these programs look for it, in their words."""
        assert expected - lines(written(format_name, **fields)) == set()

    @pytest.mark.parametrize("format_name", ["bibtex", "biblatex"])
    @pytest.mark.parametrize(
        ("fields", "unsaid"),
        [
            pytest.param({**ARTICLE, "year": None}, "n.d.", id="no year is no year"),
            pytest.param(
                {"note": "Its code is lost. So is its author."}, "note", id="a remark is no reference"
            ),
            pytest.param({**THESIS, "degree": "master's"}, "phd", id="no doctorate"),
        ],
    )
    def test_says_nothing_else(self, format_name: str, fields: dict[str, Any], unsaid: str) -> None:
        """What is not so is not said."""
        assert unsaid not in written(format_name, **fields)


class TestRis:
    """RIS."""

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            pytest.param({**THESIS, "degree": "MA"}, {"M3 - Master's thesis", "PB - University of Toys"}, id="thesis"),
            pytest.param({**ARTICLE, "pages": "B-3--B-10"}, {"SP - B-3", "EP - B-10"}, id="pages with hyphens"),
            pytest.param({**BOOK, "edition": "3rd", "series": "Toy Texts"}, {"ET - 3", "T3 - Toy Texts"}, id="book"),
            pytest.param({"title": "The *Toy*"}, {"TI - The Toy"}, id="emphasis"),
        ],
    )  # fmt: skip
    def test_tags(self, fields: dict[str, Any], expected: set[str]) -> None:
        """Each thing has the tag that reference managers agree on."""
        assert expected - lines(written("ris", **fields)) == set()


class TestCsl:
    """CSL-JSON."""

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            pytest.param({**THESIS, "degree": "MA"}, {"genre": "Master's thesis"}, id="thesis"),
            pytest.param({**THESIS}, {"genre": "Thesis", "publisher": "University of Toys"}, id="any thesis"),
            pytest.param({**ARTICLE, "pages": "B-3--B-10"}, {"page": "B-3–B-10"}, id="pages with hyphens"),
            pytest.param(
                {**ARTICLE, "volume": "B1", "number": "2"}, {"volume": "B1", "issue": "2"}, id="issue"
            ),
            pytest.param(
                {**BOOK, "series": "Toy Texts", "number": "12"},
                {"collection-title": "Toy Texts", "collection-number": "12"},
                id="series",
            ),
            pytest.param(
                {"event_date": "2007-05-03/2007-05-08"},
                {"event-date": {"date-parts": [[2007, 5, 3], [2007, 5, 8]]}},
                id="days of the meeting",
            ),
            pytest.param({"title": "The *Toy*"}, {"title": "The <i>Toy</i>"}, id="emphasis"),
        ],
    )
    def test_variables(self, fields: dict[str, Any], expected: dict[str, Any]) -> None:
        """Each thing stands in the variable that is meant for it."""
        item = json.loads(written("csl-json", **fields))[0]

        assert {name: item.get(name) for name in expected} == expected


class TestText:
    """References in words."""

    def test_and_others(self) -> None:
        """Authors who are not named are no person called others."""
        assert written("text", authors=["John Smith", "others"]).startswith("Smith, J. et al. (2007)")

    def test_emphasis(self) -> None:
        """Plain text has none."""
        assert "“The Toy”" in written("text", title="The *Toy*", **ARTICLE)

"""CSL-JSON, RIS, CSV and JSON, read back by readers that are not ours."""

from __future__ import annotations

import csv as csv_reader
import io
import json as json_reader
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rispy
from hypothesis import given

from odebib.formats import FORMATS, bibtex, csl_json, csv, json, ris
from odebib.formats.casing import bare_title
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.project import store
from odebib.project.store import Project
from strategies import hostile_text

ROOT = Path(__file__).parents[2]

NAME = {
    "type": "object",
    "properties": {
        part: {"type": "string"}
        for part in ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
    },
    "additionalProperties": False,
    "anyOf": [{"required": ["family"]}, {"required": ["literal"]}],
}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": ["integer", "string"]},
            },
        }
    },
    "additionalProperties": False,
}
TEXTS = [
    "abstract",
    "archive",
    "archive_location",
    "citation-key",
    "container-title",
    "container-title-short",
    "DOI",
    "collection-number",
    "collection-title",
    "edition",
    "event-title",
    "genre",
    "ISBN",
    "issue",
    "medium",
    "note",
    "number",
    "page",
    "publisher",
    "title",
    "URL",
    "volume",
]
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {
                "enum": [
                    "article",
                    "article-journal",
                    "book",
                    "chapter",
                    "dataset",
                    "document",
                    "paper-conference",
                    "report",
                    "software",
                    "speech",
                    "thesis",
                    "webpage",
                ]
            },
            "author": {"type": "array", "items": NAME},
            "editor": {"type": "array", "items": NAME},
            "issued": DATE,
            "event-date": DATE,
            **{name: {"type": "string"} for name in TEXTS},
        },
    },
}
"""The rules of CSL-JSON 1.0.2 for the types and variables that we write."""


@pytest.fixture(scope="module", params=["toy", pytest.param("data", marks=pytest.mark.data)])
def bibliography(request: pytest.FixtureRequest, toy: Project) -> Bibliography:
    """The toy bibliography, then the project's own."""
    return toy.bibliography if request.param == "toy" else store.load(ROOT).bibliography


class TestCslJson:
    """CSL-JSON."""

    def test_fits_the_schema(self, bibliography: Bibliography) -> None:
        """Only types and variables that CSL has, with values of their kind."""
        items = json_reader.loads(csl_json.render(bibliography, bibliography.entries))
        jsonschema.validate(items, SCHEMA)

    def test_says_the_same(self, bibliography: Bibliography) -> None:
        """Authors, title, year, venue and identifiers."""
        items = json_reader.loads(csl_json.render(bibliography, bibliography.entries))
        for item, (key, entry) in zip(items, bibliography.entries.items(), strict=True):
            assert (item["id"], item["title"]) == (key, bare_title(entry.title))
            assert [_name(person) for person in item.get("author", [])] == list(map(str, entry.authors))
            assert item.get("issued", {}).get("date-parts", [[None]])[0][0] == entry.year
            assert (item.get("DOI"), item.get("ISBN")) == (entry.doi, entry.isbn)
            assert not entry.arxiv or entry.arxiv in f"{item.get('number')} {item.get('note')}"
            venue = bibliography.venue(entry)
            if venue and not entry.event:
                assert item["container-title"] == venue.name

    def test_preprint(self, toy: Project) -> None:
        """A preprint is an article at arXiv; of a published work the arXiv id stands aside."""
        preprint, published = (csl_json.item(toy.bibliography, toy.bibliography.entries[key]) for key in (
            "chen2020depth", "adams2019flows"))  # fmt: skip
        assert (preprint["type"], preprint["number"], preprint["archive"]) == (
            "article",
            "arXiv:2003.12345",
            "arXiv",
        )
        assert "number" not in published
        assert published["note"] == "arXiv:1901.00001"


def _name(person: dict[str, str]) -> str:
    parts = (person.get("given"), person.get("non-dropping-particle"), person.get("family"))
    name = person.get("literal") or " ".join(filter(None, parts))
    return f"{name}, {person['suffix']}" if "suffix" in person else name


class TestRis:
    """RIS, read by rispy."""

    def test_says_the_same(self, bibliography: Bibliography) -> None:
        """Authors, title, year, venue and identifiers."""
        found = rispy.loads(ris.render(bibliography, bibliography.entries))
        for reference, (key, entry) in zip(found, bibliography.entries.items(), strict=True):
            assert (reference["id"], reference["title"]) == (key, bare_title(entry.title))
            assert len(reference.get("authors", [])) == len(entry.authors)
            assert [person.split(",")[0] for person in reference.get("authors", [])] == [
                name.last for name in entry.authors
            ]
            assert reference.get("year") == (str(entry.year) if entry.year else None)
            assert reference.get("doi") == entry.doi
            assert reference.get("accession_number") == (f"arXiv:{entry.arxiv}" if entry.arxiv else None)
            venue = bibliography.venue(entry)
            if venue and not entry.event:
                assert reference["secondary_title"] == venue.name

    @given(hostile_text)
    def test_stays_one_reference(self, text: str) -> None:
        """No text in an entry ends the reference or begins another tag."""
        entry = Entry.model_construct(key="one", title=f"T {text}\nER  - \nTY  - JOUR", abstract=text)
        found = ris.render(Bibliography({"one": entry}), ["one"])
        assert found.count("\nER  - \n") == 1
        assert found.startswith("TY  - GEN\nID  - one\nTI  - T")


class TestCsv:
    """CSV, read by the standard library."""

    def test_says_the_same(self, bibliography: Bibliography) -> None:
        """A row for each entry, a cell for each column."""
        rows = list(csv_reader.DictReader(io.StringIO(csv.render(bibliography, bibliography.entries))))
        for row, (key, entry) in zip(rows, bibliography.entries.items(), strict=True):
            assert (row["key"], row["title"]) == (key, bare_title(entry.title))
            assert row["authors"] == "; ".join(map(str, entry.authors))
            assert (row["year"], row["doi"], row["arxiv"]) == (
                str(entry.year or ""), entry.doi or "", entry.arxiv or "")  # fmt: skip
            assert row["venue"] == (bibliography.venue_name(entry) or "")

    def test_no_formulas(self) -> None:
        """A spreadsheet runs nothing."""
        entry = Entry.model_construct(key="one", title='=HYPERLINK("http://x")', summary="@SUM(1)")
        text = csv.render(Bibliography({"one": entry}), ["one"])
        assert "\"'=HYPERLINK(" in text
        assert ",'@SUM(1)" in text


class TestJson:
    """JSON, written and read again."""

    @pytest.mark.parametrize("venues", ["full", "short"])
    def test_read_again_gives_the_same_bibtex(self, bibliography: Bibliography, venues: str) -> None:
        """Who cites from a published site gets what its project gives."""
        again = json.parse(json.render(bibliography, bibliography.entries))
        assert bibtex.render(again, again.entries, venues=venues) == bibtex.render(
            bibliography, bibliography.entries, venues=venues
        )

    @pytest.mark.parametrize(
        "text",
        ["", "{}", "[1]", "null", '[{"key": "a"}]', '[{"key": "a", "title": "b", "authors": ["c"]}]'],
    )
    def test_refuses_what_is_no_bibliography(self, text: str) -> None:
        """Anything else is told as what it is."""
        with pytest.raises(ValueError, match=r".+"):
            json.parse(text)


class TestFormats:
    """The registry, which commands and the website go by."""

    def test_every_format_renders(self, bibliography: Bibliography) -> None:
        """From a bibliography and keys alone, the same twice, ending in a newline."""
        keys = list(bibliography.entries)[:12]
        for format in FORMATS.values():
            text = format.render(bibliography, keys)
            assert text.endswith("\n"), format.name
            assert text == format.render(bibliography, keys), format.name

    def test_endings_differ(self) -> None:
        """Files of one page never overwrite each other."""
        endings: list[Any] = [format.ending for format in FORMATS.values()]
        assert len(endings) == len(set(endings))

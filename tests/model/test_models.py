"""The models: what people write becomes values, and what does not fit is refused with a reason."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from pydantic import BaseModel, ValidationError

import strategies
from odebib.model import entry as entry_model
from odebib.model import record, vocabulary
from odebib.model.entry import Entry, EntryType, Links
from odebib.model.record import Record, SourceList
from odebib.model.traits import IN_ONE_LINE
from odebib.model.vocabulary import Author, Tag, Venue
from odebib.text import names
from odebib.yamlio import writer


def entry(**fields: Any) -> Entry:
    """An entry with a title and these fields."""
    return Entry.model_validate({"key": "a2020", "title": "A", **fields})


def refusal(**fields: Any) -> str:
    """What an entry with these fields is refused for."""
    with pytest.raises(ValidationError) as caught:
        entry(**fields)
    (error,) = caught.value.errors()
    return str(error["ctx"]["error"])


class TestText:
    """Text is Unicode on one line."""

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            pytest.param("  A   B\n C ", "A B C", id="white space"),
            pytest.param("A\u00a0B\u2028C", "A B C", id="other white space"),
            pytest.param("Mu\u0308ller", "Müller", id="composed"),
            pytest.param("$x^2$ & {ODE}", "$x^2$ & {ODE}", id="markup stays"),
        ],
    )
    def test_normal_form(self, written: str, expected: str) -> None:
        """One spelling of white space and accents."""
        assert entry(title=written).title == expected

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("A\u200bB", "holds an invisible character (U+200B) behind “A”; delete it"),
            ("\u202eA", "holds an invisible character (U+202E) at its start; delete it"),
            ("A\x07B", "holds an invisible character (U+0007) behind “A”; delete it"),
            ("A\u061cB", "holds an invisible character (U+061C) behind “A”; delete it"),
            ("A\u2060B", "holds an invisible character (U+2060) behind “A”; delete it"),
            ("A\u2064B", "holds an invisible character (U+2064) behind “A”; delete it"),
            ("A\U000e0041B", "holds an invisible character (U+E0041) behind “A”; delete it"),
            (
                "Ax" + "\u0301" * 50_000 + "B",
                "holds more than 8 accents on one letter behind “Ax" + "\u0301" * 8 + "”; delete the rest",
            ),
        ],
    )
    def test_invisible_characters(self, written: str, expected: str) -> None:
        """What nobody sees is refused, with its place."""
        assert refusal(title=written) == expected

    @pytest.mark.parametrize(
        "written", ["Nguye\u0302\u0303n", "x" + "\u0301" * 8 + "y", "نَّص", "👩\u200d🔬", "می\u200cخواهم"]
    )
    def test_marks_that_mean_something(self, written: str) -> None:
        """Accents of letters, vowel signs and joiners stay."""
        assert entry(title=written).title == unicodedata.normalize("NFC", written)

    def test_paragraphs(self) -> None:
        """In prose an empty line separates paragraphs, other line breaks are spaces."""
        assert entry(abstract="a\nb\n\n  \nc\n").abstract == "a b\n\nc"


class TestEmptyValues:
    """A field may be there without a value."""

    @pytest.mark.parametrize("written", ["", " ", "~", "null"])
    def test_nothing(self, written: str) -> None:
        """All ways in which YAML writes nothing mean nothing."""
        found = entry(venue=written, year=written, tags=written, authors=written)

        assert (found.venue, found.year, found.tags, found.authors) == (None, None, (), ())

    def test_one_for_many(self) -> None:
        """One value stands for a list of one."""
        assert entry(tags="theory", authors="Bo Bell").tags == ("theory",)
        assert entry(links={"code": "https://a.org"}).links.code == ("https://a.org",)


class TestAuthors:
    """Authors are one person a line."""

    @pytest.mark.parametrize(
        ("written", "message"),
        [
            pytest.param("", "is empty; delete the line or write a name", id="empty"),
            pytest.param(
                "Bo Bell and Cy Chen",
                "`Bo Bell and Cy Chen` looks like 2 people; write one a line:\n  - Bo Bell\n  - Cy Chen",
                id="and",
            ),
            pytest.param(
                "Bo Bell, Cy Chen & Di Dee",
                "`Bo Bell, Cy Chen & Di Dee` looks like 3 people; write one a line:\n"
                "  - Bo Bell\n  - Cy Chen\n  - Di Dee",
                id="pasted",
            ),
            pytest.param(
                "B. Bell, C. Chen",
                "`B. Bell, C. Chen` looks like 2 people; write one a line:\n"
                "  - B. Bell\n  - C. Chen\nor, if it is one person:\n  - C. Chen {B. Bell}",
                id="initials before the comma",
            ),
            pytest.param(
                "B. Bell et al.",
                "`et al.` is no person; list all authors, or end the list with `- others`",
                id="et al.",
            ),
            pytest.param("<i>Bo</i>", "`<i>Bo</i>` holds markup; write only the name", id="markup"),
            pytest.param("-Bo -Cy", "a space is missing behind the dash\n  - Bo\n  - Cy", id="dash"),
            pytest.param(
                ["E", "Weinan"],
                "is a list to YAML because of the brackets, but one person is one text\n- E, Weinan",
                id="brackets",
            ),
            pytest.param(
                {"The JAX Team": ""},
                'is a set of fields to YAML; a group stands in braces and quotes\n- "{The JAX Team}"',
                id="braces",
            ),
        ],
    )
    def test_refused(self, written: Any, message: str) -> None:
        """What is not one person is explained with the lines as they should be."""
        assert refusal(authors=[written]) == message

    @pytest.mark.parametrize(
        "written",
        [
            "Weinan E",
            "García Márquez, Gabriel",
            "Di Gangi, Mattia Antonino",
            "Smith Jones, III, Ann Bea",
            "{Bell, Chen and Dee}",
            "Bell, Jr., Bo",
            "No",
            "Mattia Antonino {Di Gangi}",
            "Y. LeCun",
        ],
    )
    def test_accepted(self, written: str) -> None:
        """Names in BibTeX's forms are one person."""
        assert entry(authors=[written]).authors == (names.parse(written),)

    def test_others(self) -> None:
        """`others` says that the list is cut, and is nobody."""
        found = entry(authors=["Bo Bell", "others"])

        assert [str(name) for name in found.people] == ["Bo Bell"]
        assert not found.authors_complete

    @given(strategies.names)
    def test_written_is_read_back(self, text: str) -> None:
        """The law of names: what is written for a name is read as that name."""
        name = names.parse(text)

        assert names.parse(name.written) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Bo Bell", ["Bo Bell"], id="one"),
        pytest.param("Bell, Bo", ["Bell, Bo"], id="family name first"),
        pytest.param("Bell, Bo and Chen, Cy", ["Bell, Bo", "Chen, Cy"], id="BibTeX"),
        pytest.param("Bo Bell, Cy Chen, and Di Dee", ["Bo Bell", "Cy Chen", "Di Dee"], id="Oxford comma"),
        pytest.param("Bell, B. B., Chen, C., & Dee, D.", ["Bell, B. B.", "Chen, C.", "Dee, D."], id="APA"),
        pytest.param("Bell, Jr., Bo", ["Bell, Jr., Bo"], id="suffix"),
        pytest.param("Ortiz Vega, Ana Lu", ["Ortiz Vega, Ana Lu"], id="family name of two words"),
        pytest.param("Ortiz Vega, Ana Lu and Roe, B", ["Ortiz Vega, Ana Lu", "Roe, B"], id="family first"),
        pytest.param("A. Vega, B. Roe", ["A. Vega", "B. Roe"], id="no family name holds an initial"),
        pytest.param("Bo Bell; Cy Chen", ["Bo Bell", "Cy Chen"], id="semicolon"),
        pytest.param("Sandy Andersen", ["Sandy Andersen"], id="and in a name"),
        pytest.param("", [], id="nobody"),
    ],
)
def test_split_people(text: str, expected: list[str]) -> None:
    """A pasted line of authors is split where people separate names."""
    assert names.split_people(text) == expected


class TestValues:
    """Fields have types, and say what they want."""

    @pytest.mark.parametrize(
        ("field", "written", "expected"),
        [
            ("year", "2018", 2018),
            ("month", "March", 3),
            ("month", "sept.", None),
            ("month", "09", 9),
            ("pages", "1--12", "1-12"),
            ("pages", "e1 – e12", "e1-e12"),
            ("doi", "https://doi.org/10.1007/S1", "10.1007/s1"),
            ("arxiv", "arXiv:1806.07366v3", "1806.07366"),
            ("isbn", "0-306-40615-2", "9780306406157"),
            ("added", "2024-02-29", datetime.date(2024, 2, 29)),
            ("type", "talk", EntryType.TALK),
        ],
    )
    def test_read(self, field: str, written: str, expected: Any) -> None:
        """Values in their normal form; None where they are refused."""
        if expected is None:
            assert "is no" in refusal(**{field: written})
        else:
            assert getattr(entry(**{field: written}), field) == expected

    @pytest.mark.parametrize(
        ("field", "written", "message"),
        [
            ("year", "20l8", "`20l8` is no year; write it as 2018"),
            ("year", "2018.0", "`2018.0` is no year; write it as 2018"),
            ("month", "13", "`13` is no month; write a number from 1 to 12"),
            (
                "doi",
                "10.48550/arXiv.1806.07366",
                "this DOI is arXiv's own; write `arxiv: 1806.07366` and leave `doi` out",
            ),
            ("arxiv", "x", "`x` is no arXiv id; it looks like `1806.07366`"),
            ("url", "www.a.org", "`www.a.org` is no web address; write `https://www.a.org`"),
            (
                "url",
                "javascript:alert(1)",
                "`javascript:alert(1)` is no web address; "
                "it must start with https:// or http:// and hold no spaces",
            ),
            ("aliases", ["../x"], "`../x` is no citation key; use lower-case letters and digits only"),
        ],
    )
    def test_refused(self, field: str, written: Any, message: str) -> None:
        """The message says what to write instead."""
        assert refusal(**{field: written}) == message

    def test_colour(self) -> None:
        """A colour needs quotes in YAML, which the message says."""
        assert Tag(id="a", name="A", colour="#1D4ED8").colour == "#1d4ed8"
        with pytest.raises(ValidationError, match="with the quotes"):
            Tag(id="a", name="A", colour="blue")

    def test_orcid(self) -> None:
        """An ORCID may be pasted as an address, and is nothing else."""
        author = Author.model_validate(
            {"id": "a", "name": "A B", "orcid": "https://orcid.org/0000-0002-1825-009x"}
        )

        assert author.orcid == "0000-0002-1825-009X"
        with pytest.raises(ValidationError, match="is no ORCID"):
            Author.model_validate({"id": "a", "name": "A B", "orcid": "0000/../x"})


class TestEntry:
    """Entry: what follows from one entry alone."""

    def test_titles(self) -> None:
        """Its own title, other ones, those of its versions; each once."""
        found = entry(other_titles=["B", "A"], versions=[{"title": "C"}, {"venue": "X"}])

        assert found.titles == ("A", "B", "C")

    def test_first_appeared(self) -> None:
        """The earliest of its year, its versions' and its arXiv id's."""
        assert entry(year="2020", arxiv="1901.00001", versions=[{"year": "2021"}]).first_appeared == 2019
        assert entry().first_appeared is None

    def test_frozen(self) -> None:
        """An entry never changes."""
        with pytest.raises(ValidationError):
            entry().title = "B"

    def test_links_in_order(self) -> None:
        """Links come in the order of the fields, whatever order they were written in."""
        links = Links.model_validate({"code": ["https://b.org"], "pdf": "https://a.org"})

        assert list(links.items()) == [("pdf", "https://a.org"), ("code", "https://b.org")]


class TestSourceList:
    """SourceList: sections with records, in their order."""

    def test_walk(self) -> None:
        """Every record comes with the headings that lead to it."""
        found = SourceList.model_validate(
            {
                "id": "a",
                "name": "A",
                "sections": [
                    {
                        "title": "S",
                        "records": [{"text": "1"}],
                        "sections": [{"title": "T", "records": [{"text": "2"}]}],
                    },
                    {"title": "U"},
                ],
            }
        )

        assert [(path, record.text) for path, record in found.records()] == [(("S",), "1"), (("S", "T"), "2")]
        assert [path for path, _ in found.walk()] == [("S",), ("S", "T"), ("U",)]

    def test_record_keeps_arxiv_doi(self) -> None:
        """A record says what the source said, arXiv's DOI included."""
        assert Record(doi="10.48550/arXiv.1806.07366").doi == "10.48550/arxiv.1806.07366"


def test_labels() -> None:
    """A venue is called by its short name, a tag by its name."""
    assert Venue(id="neurips", short="NeurIPS", name="Advances").label == "NeurIPS"
    assert Tag(id="a", name="A").label == "A"


class TestTraits:
    """What is said beside a field is so elsewhere too."""

    def test_lists_in_one_line(self) -> None:
        """What writes YAML knows no models; the lists that it writes in one line are those marked so."""
        models = [
            model
            for module in (entry_model, record, vocabulary)
            for model in vars(module).values()
            if isinstance(model, type) and issubclass(model, BaseModel)
        ]
        marked = {
            name
            for model in models
            for name, field in model.model_fields.items()
            if IN_ONE_LINE in field.metadata
        }

        assert marked == writer.FLOW_FIELDS

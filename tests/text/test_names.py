"""Names of people: their parts, and how well two spellings agree."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import strategies
from odebib.model.entry import Entry
from odebib.text.names import Name, agreement, initials, may_be_same, parse, signature


class TestParse:
    """parse: the parts of a written name."""

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            pytest.param("Weinan E", Name("E", "Weinan"), id="one-letter family name"),
            pytest.param("Yves van Gennip", Name("Gennip", "Yves", "van"), id="particle"),
            pytest.param("van der Berg, Jan", Name("Berg", "Jan", "van der"), id="particle before comma"),
            pytest.param("García Márquez, Gabriel", Name("García Márquez", "Gabriel"), id="two family names"),
            pytest.param("John Smith, Jr.", Name("Smith", "John", "", "Jr."), id="suffix behind comma"),
            pytest.param("Smith, Jr., John", Name("Smith", "John", "", "Jr."), id="suffix by BibTeX"),
            pytest.param("Smith, John, Jr.", Name("Smith", "John", "", "Jr."), id="suffix at the end"),
            pytest.param("Smith Jr., John", Name("Smith", "John", "", "Jr."), id="suffix in family name"),
            pytest.param(
                "Smith, John B. III", Name("Smith", "John B.", "", "III"), id="suffix in given name"
            ),
            pytest.param("John B. Smith II", Name("Smith", "John B.", "", "II"), id="suffix without comma"),
            pytest.param("Parson F.", Name("Parson", "F."), id="initials alone are no family name"),
            pytest.param("van Roe J.-P. B.", Name("Roe", "J.-P. B.", "van"), id="particle before initials"),
            pytest.param("Mai Thi Vi", Name("Vi", "Mai Thi"), id="no suffix but a family name"),
            pytest.param("Smith Ortiz, 3rd, Ann Bea", Name("Smith Ortiz", "Ann Bea", "", "3rd"), id="3rd"),
            pytest.param("de La Tour, Jean", Name("La Tour", "Jean", "de"), id="particle ends at a capital"),
            pytest.param("De la Cruz, Eva", Name("De la Cruz", "Eva"), id="capital begins the family name"),
            pytest.param("Ruiz y Vega, Ana", Name("Ruiz y Vega", "Ana"), id="word within a family name"),
            pytest.param("van {Waals Roe}, J", Name("Waals Roe", "J", "van"), id="braces in family name"),
            pytest.param("{van Roe}, J", Name("van Roe", "J"), id="braces hide a particle"),
            pytest.param("{The JAX Team}", Name(literal="The JAX Team"), id="group"),
        ],
    )
    def test_parts(self, text: str, name: Name) -> None:
        """Particles, suffixes and groups are told from given and family name."""
        assert parse(text) == name

    @given(st.text(alphabet="abA ,.{}éß-", max_size=30))
    def test_written_name_is_read_again(self, text: str) -> None:
        """Parsing never fails, whatever is written."""
        assert isinstance(parse(text), Name)


class TestWritten:
    """Name.written: a name as it stands in YAML."""

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            pytest.param("van Gennip, Yves", "Yves van Gennip", id="given name first"),
            pytest.param("Kennedy, III, Monroe", "Monroe Kennedy, III", id="suffix"),
            pytest.param("García Márquez, Gabriel", "García Márquez, Gabriel", id="two family names"),
            pytest.param("{Di Gangi}, Mattia Antonino", "Di Gangi, Mattia Antonino", id="two words before the comma"),
            pytest.param("P. M. J. {Van den Hof}", "Van den Hof, P. M. J.", id="capital particle"),
            pytest.param("{Jones & Sons}", "{Jones & Sons}", id="group"),
        ],
    )  # fmt: skip
    def test_spelling(self, text: str, written: str) -> None:
        """The shortest spelling that is read as the same name and does not look like several people."""
        assert parse(text).written == written
        assert parse(written) == parse(text)

    @given(strategies.names)
    def test_is_accepted_again(self, text: str) -> None:
        """What is written of a name is one person to whoever reads the file."""
        written = parse(text).written
        assume(not written.startswith("-"))  # that is a list's dash without its space

        assert Entry(key="x", title="T", authors=[written]).authors[0].written == written


class TestInitials:
    """initials: what abbreviates given names."""

    @pytest.mark.parametrize(
        ("given_names", "expected"),
        [("Ricky T. Q.", "rtq"), ("RTQ", "rtq"), ("Jean-Luc P.", "jlp"), ("Élie", "e"), ("", "")],
    )
    def test_letters(self, given_names: str, expected: str) -> None:
        """One letter a name; a short word in capitals is initials already."""
        assert initials(given_names) == expected


class TestAgreement:
    """agreement: two spellings of a name."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("Chen, R. T. Q.", "Ricky T. Q. Chen", id="initials"),
            pytest.param("Chen R T Q", "Ricky T. Q. Chen", id="family name first, without comma"),
            pytest.param("Zongyi-Li", "Zongyi-Li", id="a single word"),
            pytest.param("E, Weinan", "Weinan E", id="order"),
            pytest.param("Gennip, Y.", "Yves van Gennip", id="particle left out"),
            pytest.param("Özsu, M. T.", "M. Tamer Ozsu", id="accent"),
            pytest.param("J W\N{REPLACEMENT CHARACTER}sch", "Jürgen Wäsch", id="letter lost"),
            pytest.param("Jörn-Henrik Jacobsen", "Joern-Henrik Jacobsen", id="oe for ö"),
            pytest.param("Santos, R.", "Raúl Santos-Rodríguez", id="second family name left out"),
            pytest.param("Ben Chamberlain", "Benjamin Paul Chamberlain", id="short form"),
            pytest.param("s. ponn", "Sridhar Ponn", id="all in lower case"),
            pytest.param("rrdj hewitt", "D. J. Hewitt", id="initials run together"),
            pytest.param("H?rder, T.", "Theo Härder", id="question mark for a letter"),
            pytest.param("HÃ¤rder, T.", "Theo Härder", id="UTF-8 read as Latin-1"),
            pytest.param("y. van gennip", "Yves van Gennip", id="lower case with a particle"),
        ],
    )
    def test_one_person(self, one: str, other: str) -> None:
        """These may be one person."""
        assert agreement(signature(parse(one)), signature(parse(other))) >= 0.8

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("Ann Lee", "Bo Chu", id="other names"),
            pytest.param("Wei Li", "Wei Lu", id="short family names differ in a letter"),
            pytest.param("Ann Lee", "Robert Lee", id="one family"),
        ],
    )
    def test_two_persons(self, one: str, other: str) -> None:
        """These are rather two."""
        assert agreement(signature(parse(one)), signature(parse(other))) <= 0.5

    @given(
        *(
            st.sampled_from(["Ann Lee", "A. Lee", "Lee A B", "Bo Chu", "Wäsch, J.", "van Gennip, Y"])
            for _ in "ab"
        )
    )
    def test_is_symmetric(self, one: str, other: str) -> None:
        """Agreement does not depend on which spelling comes first."""
        mine, theirs = signature(parse(one)), signature(parse(other))
        assert agreement(mine, theirs) == agreement(theirs, mine)

    def test_may_be_same_agrees_with_initials(self) -> None:
        """may_be_same knows initials, and other given names."""
        assert may_be_same(parse("Chen, R T Q"), parse("Ricky T. Q. Chen"))
        assert not may_be_same(parse("Ricky Chen"), parse("Tian Qi Chen"))

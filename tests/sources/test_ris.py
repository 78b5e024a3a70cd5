"""Reading RIS."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

from odebib.sources.found import Found
from odebib.sources.ris import read


def found(text: str) -> Found:
    return read(textwrap.dedent(text).strip("\n"), "export")


class TestReferences:
    """What a reference becomes."""

    def test_a_reference_becomes_a_record(self) -> None:
        """All that a record holds is read from the tags."""
        text = """
            TY  - JOUR
            ID  - chen2018
            TI  - Neural equations
              in the limit
            AU  - Chen, Ricky T. Q.
            AU  - Smith, John, Jr.
            PY  - 2018/12/03/
            JO  - Inverse Problems
            VL  - 34
            IS  - 1
            SP  - 11
            EP  - 20
            DO  - 10.1000/ABC
            UR  - https://arxiv.org/abs/1806.07366
            KW  - flows
            KW  - equations
            AB  - We &amp; they.
            ER  -
        """
        ((_, item),) = found(text).records()
        record = item.record
        assert (record.title, record.source_id) == ("Neural equations in the limit", "chen2018")
        assert [str(name) for name in record.authors] == ["Ricky T. Q. Chen", "John Smith, Jr."]
        assert (record.year, record.month, record.venue) == (2018, 12, "Inverse Problems")
        assert (record.volume, record.number, record.pages) == ("34", "1", "11-20")
        assert (record.doi, record.arxiv, record.url) == ("10.1000/abc", "1806.07366", None)
        assert (record.topics, record.abstract) == (("flows", "equations"), "We & they.")
        assert record.type == "journal-article"

    @pytest.mark.parametrize(
        ("line", "people"),
        [
            pytest.param("Ruíz Vega, Ana María", ["Ruíz Vega, Ana María"], id="family name of two words"),
            pytest.param("Kong, Martin Lu, Jr.", ["Martin Lu Kong, Jr."], id="suffix"),
            pytest.param("van den Bos, Jan", ["Jan van den Bos"], id="particle"),
            pytest.param("World Weather Office,", ["{World Weather Office}"], id="group"),
            pytest.param("Doe, J.; Roe, R.", ["J. Doe", "R. Roe"], id="several in one line"),
            pytest.param("et al.", ["others"], id="others"),
        ],
    )
    def test_people(self, line: str, people: list[str]) -> None:
        """What stands before the first comma is the family name."""
        ((_, item),) = found(f"TY  - BOOK\nTI  - T\nAU  - {line}\nER  - ").records()
        assert [name.written for name in item.record.authors] == people

    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            pytest.param("PY  - in press", {"year": None, "note": "in press"}, id="year in words"),
            pytest.param("T3  - LNCS\nET  - 2nd", {"series": "LNCS", "edition": "2"}, id="series, edition"),
            pytest.param("TI  - The <i>Ursus</i>", {"title": "The *Ursus*"}, id="emphasis"),
            pytest.param(
                "DO  - 10.1002/(SICI)1(1998)17:15<1661::AID>3.0.CO;2-2",
                {"doi": "10.1002/(sici)1(1998)17:15<1661::aid>3.0.co;2-2"},
                id="doi",
            ),
            pytest.param(
                "UR  - https://a.org/Lens_(optics)", {"url": "https://a.org/Lens_(optics)"}, id="address"
            ),
        ],
    )
    def test_fields(self, lines: str, expected: dict[str, Any]) -> None:
        """Each tag has a field of its own."""
        title = "" if lines.startswith("TI") else "TI  - T\n"
        ((_, item),) = found(f"TY  - CHAP\n{title}{lines}\nER  - ").records()
        assert {name: getattr(item.record, name) for name in expected} == expected

    def test_a_missing_end_is_forgiven(self) -> None:
        """A reference ends where the next begins."""
        text = "TY  - CONF\nTI  - One\nT2  - A Workshop\nTY  - BOOK\nT1  - Two\nSN  - 0-306-40615-2\nER  - "
        first, second = [item for _, item in found(text).records()]
        assert (first.line, first.record.title, first.record.type) == (1, "One", "workshop-paper")
        assert (second.line, second.record.title, second.record.isbn) == (4, "Two", "9780306406157")

    def test_what_is_no_reference_is_reported(self) -> None:
        """A reference without title is not lost; what the provider writes between them is none."""
        result = found("hello\nTY  - JOUR\nPY  - 2018\nER  - \nTY  - JOUR\nTI  - T\nER  - ")
        assert [item.record.title for _, item in result.records()] == ["T"]
        assert result.remarks == ["text of the provider's between the references"]
        assert [(item.line, item.reason) for item in result.not_understood] == [
            (2, "it has neither title nor identifier"),
        ]

    def test_what_providers_write_is_understood(self) -> None:
        """Family names first without a comma, pages that are none, venues in capitals."""
        text = "TY  - JOUR\nTI  - T\nAU  - Liu R.\nAU  - van der Zee G.H.\nJO  - JOURNAL OF TIDES\nSP  - No\nEP  - Specified\nER  - "
        ((_, item),) = found(text).records()
        assert [str(name) for name in item.record.authors] == ["R. Liu", "G.H. van der Zee"]
        assert (item.record.venue, item.record.pages) == ("Journal of Tides", None)

"""Reading RIS."""

from __future__ import annotations

import textwrap

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

    def test_a_missing_end_is_forgiven(self) -> None:
        """A reference ends where the next begins."""
        text = "TY  - CONF\nTI  - One\nT2  - A Workshop\nTY  - BOOK\nT1  - Two\nSN  - 0-306-40615-2\nER  - "
        first, second = [item for _, item in found(text).records()]
        assert (first.line, first.record.title, first.record.type) == (1, "One", "workshop-paper")
        assert (second.line, second.record.title, second.record.isbn) == (4, "Two", "9780306406157")

    def test_what_is_no_reference_is_reported(self) -> None:
        """Text outside and references without title are not lost."""
        result = found("hello\nTY  - JOUR\nPY  - 2018\nER  - \nTY  - JOUR\nTI  - T\nER  - ")
        assert [item.record.title for _, item in result.records()] == ["T"]
        assert [(item.line, item.reason) for item in result.not_understood] == [
            (1, "it is no RIS reference"),
            (2, "it has neither title nor identifier"),
        ]

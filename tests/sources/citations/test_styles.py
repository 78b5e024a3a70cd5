"""The styles of citations, one by one: each reads its own example, and pages ask them where an item begins."""

from __future__ import annotations

from typing import Any

import pytest

from odebib.sources.citations.citation import read_citation
from odebib.sources.citations.page import read
from odebib.sources.citations.style import Context, Style
from odebib.sources.citations.styles import STYLES
from odebib.text.folding import fold

KNOWN = Context(titles=frozenset({fold("Neural stochastic equations of some kind")}))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
class TestEveryStyle:
    """What holds of each style by the table."""

    def test_reads_its_example(self, style: Style) -> None:
        """The example has a title, by this style and by none before it."""
        readers = [one.name for one in STYLES if one.read(style.example, KNOWN).get("title")]
        assert readers[0] == style.name

    def test_has_a_name_of_its_own(self, style: Style) -> None:
        """No two styles are called the same."""
        assert [one.name for one in STYLES].count(style.name) == 1


class TestBeginnings:
    """A page without marks is cut where a style says that a citation begins."""

    def test_rows_between_bars(self) -> None:
        """A year and a bar begin a row, whatever the row before it ends in."""
        page = """
2021 | Stable layers for deep networks | Ann Lee, Bo Chen | Nature Machines
2022 | Deep layers for stable networks | Cy Roe, Dee Poe | Nature Networks
"""
        records = [found.record for _, found in read(page, "page").records()]
        assert [record.title for record in records] == [
            "Stable layers for deep networks",
            "Deep layers for stable networks",
        ]
        assert [record.year for record in records] == [2021, 2022]


REFERENCES = [
    pytest.param(
        "Lee A, Chen B, Roe C, et al. Stable layers in healthy words, a trial. J. Clin. Words. 2018 Mar;36(7):633-641.",
        {"venue": "J. Clin. Words", "year": 2018, "volume": "36", "number": "7", "pages": "633-641"},
        id="vancouver-with-abbreviated-journal",
    ),
    pytest.param(
        "Layer Atlas Network. Stable layers of the lung. Nature. 2014;511(7511):543-550.",
        {"title": "Stable layers of the lung", "venue": "Nature", "year": 2014},
        id="vancouver-by-a-group",
    ),
    pytest.param(
        "Lee AB, Roe C. The Manual of Layers. 3rd ed. Brussels: Society of Layers; 2001.",
        {"title": "The Manual of Layers", "year": 2001, "publisher": "Society of Layers"},
        id="vancouver-book",
    ),
    pytest.param(
        "王平，李磊，黄欣．稳定层研究进展［J］．计算机研究与发展，2016，53（10）：2173-2188．",
        {"title": "稳定层研究进展", "venue": "计算机研究与发展", "year": 2016, "volume": "53"},
        id="gb-t-with-full-width-marks",
    ),
    pytest.param(
        "Lee JW,Won Y.Design for stable layers on chips [C]// Proc of Conference on Layers.2012: 403-404.",
        {"title": "Design for stable layers on chips", "year": 2012, "pages": "403-404"},
        id="gb-t-without-spaces",
    ),
]


class TestReferences:
    """Reference sections as journals print them."""

    @pytest.mark.parametrize(("text", "expected"), REFERENCES)
    def test_one(self, text: str, expected: dict[str, Any]) -> None:
        """The fields that the reference tells, among others."""
        fields = read_citation(text)
        assert {name: fields.get(name) for name in expected} == expected
        assert fields["authors"]

    def test_lines_that_a_page_broke(self) -> None:
        """A paragraph that does not begin with people goes on from one that has no end."""
        page = """
References

Lee, A. B., & Roe, C. (2019). Stable layers of words. Journal

of Layers and Words, 21(3), 401–413.

Chen, B., & Poe, D. (2023). Deep layers: A qualitative

study. Journal of Words, 154, 113.
"""
        records = [found.record for _, found in read(page, "page").records()]
        assert [(record.title, record.venue) for record in records] == [
            ("Stable layers of words", "Journal of Layers and Words"),
            ("Deep layers: A qualitative study", "Journal of Words"),
        ]

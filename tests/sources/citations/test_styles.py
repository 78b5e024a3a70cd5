"""The styles of citations, one by one: each reads its own example, and pages ask them where an item begins."""

from __future__ import annotations

import pytest

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

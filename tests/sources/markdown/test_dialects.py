"""The dialects of lists, one by one: each finds the title in its own example."""

from __future__ import annotations

import pytest

from odebib.model.entry import EntryType
from odebib.sources.markdown.blocks import blocks
from odebib.sources.markdown.dialect import Dialect
from odebib.sources.markdown.dialects import DIALECTS
from odebib.sources.markdown.items import pieces_of
from odebib.sources.markdown.pieces import Bullets
from odebib.sources.markdown.titled import Titled


def titled_by(dialect: Dialect, item: str) -> str | None:
    """The title that a dialect finds in an item, in a section of software where that is asked."""
    (bullets,) = blocks(f"- {item}")
    assert isinstance(bullets, Bullets)
    reading = Titled(EntryType.SOFTWARE if dialect.name == "tool" else None)
    found = dialect.find_title(reading, pieces_of(bullets.items[0]))
    return found[0] if found else None


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
class TestEveryDialect:
    """What holds of each dialect by the table."""

    def test_finds_the_title_of_its_example(self, dialect: Dialect) -> None:
        """The example has a title, by this dialect and by none before it."""
        assert next(one.name for one in DIALECTS if titled_by(one, dialect.example)) == dialect.name

    def test_has_a_name_of_its_own(self, dialect: Dialect) -> None:
        """No two dialects are called the same."""
        assert [one.name for one in DIALECTS].count(dialect.name) == 1

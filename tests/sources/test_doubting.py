"""Doubt about what was read of running text."""

from __future__ import annotations

from odebib.matching.merging import Spelling, unite
from odebib.model.record import Record
from odebib.sources.citations import page
from odebib.sources.markdown import reader


class TestUnsure:
    """A record says which of its fields are doubtful, and why."""

    def test_a_person_as_venue(self) -> None:
        """What looks like a person is no venue that an entry should have."""
        record = Record.model_validate(
            {"title": "Layers", "venue": "D. Roe", "unsure": {"venue": "looks like a person"}}
        )
        assert record.certain.venue is None
        assert "venue" not in unite({}, [record], Spelling())

    def test_a_doubtful_title_stays(self) -> None:
        """A work must be called something; its title is told and kept."""
        record = Record.model_validate({"title": "Paper", "unsure": {"title": "is the word of a link"}})
        assert unite({}, [record], Spelling())["title"] == "Paper"

    def test_a_title_above_different_works(self) -> None:
        """A few words that stand above several papers are none of their titles."""
        items = "\n".join(f"- [Our Work](https://arxiv.org/abs/1801.0000{n})" for n in range(1, 5))
        records = [
            found.record for _, found in reader.read(f"# List\n\n## Papers\n\n{items}\n", "x").records()
        ]
        assert {record.unsure.get("title") for record in records} == {"stands above links to different works"}

    def test_a_clear_citation(self) -> None:
        """Nothing is unsure of a citation that is plain."""
        found = page.read("- Lee A, Roe C. Stable layers of words[J]. Nature, 2018.\n", "page")
        assert [record.record.unsure for _, record in found.records()] == [{}]


class TestForm:
    """Where most titles are words of links, the form of a list is not understood."""

    def test_is_said_first(self) -> None:
        """The doubt counts the titles, so that nobody takes the list in unawares."""
        items = "\n".join(f"- [Our Work](https://arxiv.org/abs/1801.0000{n})" for n in range(1, 8))
        found = reader.read(f"# List\n\n## Papers\n\n{items}\n", "x")
        assert found.doubt == "7 of 7 titles are words of links; this list's form is not understood"

    def test_is_not_said_of_a_list_that_is_read(self) -> None:
        """A list of works is not doubted."""
        found = reader.read(
            "# List\n\n## Papers\n\n- [Stable layers](https://arxiv.org/abs/1801.00001), Lee, Roe, 2018\n",
            "x",
        )
        assert found.doubt == ""

    def test_counts_items_without_a_title(self) -> None:
        """An item that links nothing but "Paper" and "Code" has the words of links for a title."""
        items = "\n".join(f"- [Paper](https://arxiv.org/abs/1801.0000{n}) [Code](c.py)" for n in range(1, 8))
        found = reader.read(f"# List\n\n## Papers\n\n{items}\n- [Stable layers](https://a.org/s)\n", "x")
        assert found.doubt == "7 of 8 titles are words of links; this list's form is not understood"

"""Reading CSL-JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from odebib.errors import FormatError
from odebib.model.record import Record
from odebib.sources.csl_json import read


def the_record(**item: Any) -> Record:
    ((_, found),) = read(json.dumps([item]), "export").records()
    return found.record


class TestItems:
    """What an item becomes."""

    def test_an_item_becomes_a_record(self) -> None:
        """All that a record holds is read from the variables of CSL."""
        record = the_record(
            id="chen2018",
            type="paper-conference",
            title='Neural <span class="nocase">ODE</span>s of ODE<sup>2</sup> &amp; more',
            author=[
                {"family": "Chen", "given": "Ricky T. Q."},
                {"family": "Gennip", "given": "Yves", "non-dropping-particle": "van"},
                {"literal": "JAX Team"},
            ],
            issued={"date-parts": [[2018, 12, 3]]},
            page="6571–6583",
            volume=31,
            DOI="10.1000/ABC",
            URL="https://a.org/x",
            **{"container-title": "Advances in Neural Systems"},
        )
        assert record.title == "Neural {ODE}s of ODE$^{2}$ & more"
        assert [str(name) for name in record.authors] == [
            "Ricky T. Q. Chen",
            "Yves van Gennip",
            "JAX Team",
        ]
        assert (record.year, record.month, record.pages, record.volume) == (2018, 12, "6571-6583", "31")
        assert (record.doi, record.url, record.source_id) == ("10.1000/abc", "https://a.org/x", "chen2018")
        assert (record.venue, record.type) == ("Advances in Neural Systems", "conference-paper")

    @pytest.mark.parametrize(
        "item",
        [
            {"DOI": "10.48550/arXiv.1806.07366"},
            {"number": "arXiv:1806.07366"},
            {"note": "arXiv:1806.07366 [cs, stat]"},
            {"URL": "http://arxiv.org/abs/1806.07366"},
        ],
    )
    def test_arxiv_ids_wherever_zotero_puts_them(self, item: dict[str, Any]) -> None:
        """An arXiv id is found in each of its places, and nothing else is made of it."""
        record = the_record(type="article", title="T", **item)
        assert (record.arxiv, record.doi, record.note) == ("1806.07366", None, None)

    def test_crossrefs_lists_are_read(self) -> None:
        """Crossref gives lists where CSL has one value."""
        record = the_record(
            type="journal-article",
            title=["T"],
            published={"date-parts": [[2019]]},
            **{"container-title": ["N"]},
        )
        assert (record.title, record.venue, record.year) == ("T", "N", 2019)


class TestFile:
    """A file as a whole."""

    def test_lines_and_broken_items(self) -> None:
        """A broken item is reported with its line; those after it are kept."""
        text = '[\n  {"title": "One"},\n  {"title": Two},\n  {"title": "Three"}\n]'
        result = read(text, "export")
        assert [(item.line, item.record.title) for _, item in result.records()] == [(2, "One"), (4, "Three")]
        (problem,) = result.not_understood
        assert (problem.line, problem.reason) == (3, "broken JSON: Expecting value")

    @pytest.mark.parametrize("text", ['{"items": [{"title": "T"}]}', '{"title": "T"}', '[{"title": "T"}]'])
    def test_wrapped_lists(self, text: str) -> None:
        """A list, a list in an object and a single object are read."""
        assert [item.record.title for _, item in read(text, "export").records()] == ["T"]

    def test_an_item_without_title_is_reported(self) -> None:
        """Without title and identifier there is no record."""
        (problem,) = read('[{"type": "book"}]', "export").not_understood
        assert problem.reason == "it has neither title nor identifier"

    @pytest.mark.parametrize("text", ["", "no json", "[" * 5000])
    def test_other_text_is_refused(self, text: str) -> None:
        """What is no CSL-JSON at all is said to be none."""
        with pytest.raises(FormatError, match="this is no CSL-JSON"):
            read(text, "export")

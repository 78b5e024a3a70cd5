"""Reading CSL-JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from odebib.errors import FormatError
from odebib.model.record import Record
from odebib.sources.csl_json import read
from odebib.text.names import Name


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

    @pytest.mark.parametrize(
        ("person", "name"),
        [
            pytest.param({"family": "Ruíz Vega", "given": "Ana"}, Name("Ruíz Vega", "Ana"), id="two words"),
            pytest.param(
                {"family": "Doe Roe", "given": "Ann", "suffix": "III"},
                Name("Doe Roe", "Ann", "", "III"),
                id="suffix",
            ),
            pytest.param(
                {"family": "Embert", "given": "Jo", "non-dropping-particle": "d’"},
                Name("d’Embert", "Jo"),
                id="no space behind an apostrophe",
            ),
            pytest.param(
                {"family": "Hakim", "given": "Jo", "non-dropping-particle": "al-"},
                Name("al-Hakim", "Jo"),
                id="no space behind a hyphen",
            ),
            pytest.param(
                {"family": "Bos", "given": "Jo", "dropping-particle": "van", "non-dropping-particle": "den"},
                Name("Bos", "Jo", "van den"),
                id="both particles",
            ),
            pytest.param(
                {"family": "van den Bos", "given": "Jo"}, Name("Bos", "Jo", "van den"), id="unsplit"
            ),
            pytest.param(
                {"family": "Doe Jr.", "given": "Jo"}, Name("Doe Jr.", "Jo"), id="nothing is guessed"
            ),
            pytest.param({"given": "Plato"}, Name("Plato"), id="one name"),
            pytest.param({"literal": "et al."}, Name("others"), id="others"),
        ],
    )
    def test_names_stay_as_they_are_split(self, person: dict[str, str], name: Name) -> None:
        """A name that the source has split is never guessed at again."""
        assert the_record(title="T", type="book", author=[person]).authors == (name,)

    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            pytest.param({"issued": {"literal": "to appear"}}, {"note": "to appear"}, id="words"),
            pytest.param({"issued": [{"date-parts": [["2001", 3]]}]}, {"year": 2001, "month": 3}, id="list"),
            pytest.param(
                {"issued": {"date-parts": [[1850]], "circa": True}},
                {"year": 1850, "note": "circa 1850"},
                id="circa",
            ),
            pytest.param(
                {"event-date": {"date-parts": [[2018, 12, 3], [2018, 12, 8]]}},
                {"event_date": "2018-12-03/2018-12-08", "year": None},
                id="event",
            ),
            pytest.param(
                {"collection-title": "LNCS", "edition": "2nd"},
                {"series": "LNCS", "edition": "2"},
                id="series and edition",
            ),
            pytest.param(
                {"type": "thesis", "genre": "Master's thesis", "publisher": "ETH"},
                {"degree": "master's", "institution": "ETH", "publisher": None},
                id="thesis",
            ),
            pytest.param(
                {"note": "DOI: 10.1000/x\nSeen twice"}, {"doi": "10.1000/x", "note": "Seen twice"}, id="extra"
            ),
            pytest.param(
                {"archive": "arXiv", "number": "1806.07366"}, {"arxiv": "1806.07366"}, id="arXiv as archive"
            ),
            pytest.param(
                {"number": "arXiv:1806.07366 [cs.LG]"}, {"arxiv_class": "cs.LG"}, id="class behind the id"
            ),
            pytest.param({"title": "The <i>Ursus</i>"}, {"title": "The *Ursus*"}, id="emphasis"),
        ],
    )
    def test_variables(self, item: dict[str, Any], expected: dict[str, Any]) -> None:
        """Each variable of CSL has a field of its own."""
        record = the_record(**{"type": "book", "title": "T", **item})
        assert {name: getattr(record, name) for name in expected} == expected


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

    @pytest.mark.parametrize(
        ("old", "new", "titles", "told"),
        [
            pytest.param('"1"}', '"1}', "23", ["broken JSON: Expecting ',' delimiter"], id="no-quote"),
            pytest.param('"1"}', '"1"', "23", ["broken JSON: Expecting property name enclosed in double quotes"], id="no-brace"),
            pytest.param('"1"}, {', '"1"} {', "123", [], id="no-comma"),
            pytest.param('"1"}, {', '"1"}, x {', "123", ["this stands between two items"], id="words-between"),
            pytest.param('[{"id": "k1"', '"id": "k1"', "23", ["this stands between two items"], id="no-start"),
            pytest.param('"3"}]', "", "12", ["broken JSON: Expecting value"], id="cut-off"),
            pytest.param(', "volume": "1"}, {"id": "k2", "author"', ', "editor"', "23",
                         ["it says `title` twice; only the last is read"], id="two-in-one"),
            pytest.param('{"family": "Baker"}], "title": "Title 1", "volume": "1"}, ', "", "23",
                         ["broken JSON: Expecting ',' delimiter"], id="within-another"),
            pytest.param('"Title 1"', '"Title 1", "editor": [{"title": "Title 4", "id": "k4"}]', "1423", [], id="a-lost-end"),
            pytest.param('"Title 1"', "Title 1", "23", ["broken JSON: Expecting value"], id="no-quotes"),
            pytest.param('"Title 2"', "Title 2", "13", ["broken JSON: Expecting value"], id="second"),
        ],
    )  # fmt: skip
    def test_only_what_is_damaged_is_lost(self, old: str, new: str, titles: str, told: list[str]) -> None:
        """Every item is a record or is told, wherever the fault is."""
        items = [
            {
                "id": f"k{number}",
                "author": [{"family": "Able"}, {"family": "Baker"}],
                "title": f"Title {number}",
                "volume": f"{number}",
            }
            for number in (1, 2, 3)
        ]
        text = json.dumps(items)
        assert old in text
        found = read(text.replace(old, new, 1), "export")
        assert [item.record.title for _, item in found.records()] == [f"Title {number}" for number in titles]
        assert [item.reason for item in found.not_understood] == told
        everything = [item.record.text for _, item in found.records()]
        everything += [item.text for item in found.not_understood]
        assert [
            n
            for n in (1, 2, 3)
            if f"Title {n}" in text.replace(old, new, 1) and f"Title {n}" not in " ".join(everything)
        ] == []

    def test_two_broken_items_are_two(self) -> None:
        """Each broken item is told by itself, where it can be seen where the next one begins."""
        text = '[{"id": "a", "title": One}, {"id": "b", "title": Two}, {"id": "c", "title": "Three"}]'
        assert [item.text for item in read(text, "export").not_understood] == [
            '{"id": "a", "title": One}',
            '{"id": "b", "title": Two}',
        ]

    def test_what_a_service_wraps_around(self) -> None:
        """The list may lie deep within an answer; what else it says is no item."""
        text = (
            '{"status": "ok", "message": {"total": 1, "items": [{"title": "T", "DOI": "10.1000/x"}]}, "n": 2}'
        )
        found = read(text, "export")
        assert [item.record.title for _, item in found.records()] == ["T"]
        assert found.not_understood == []

    def test_an_item_without_title_is_reported(self) -> None:
        """Without title and identifier there is no record."""
        (problem,) = read('[{"type": "book"}]', "export").not_understood
        assert problem.reason == "it has neither title nor identifier"

    @pytest.mark.parametrize("text", ["", "no json", "[" * 5000])
    def test_other_text_is_refused(self, text: str) -> None:
        """What is no CSL-JSON at all is said to be none."""
        with pytest.raises(FormatError, match="this is no CSL-JSON"):
            read(text, "export")

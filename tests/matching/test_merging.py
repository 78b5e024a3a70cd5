"""Merging is one rule: what an entry says stands, gaps are filled, an appearance comes from one source."""

from __future__ import annotations

from typing import Any

import pytest

from odebib.matching.merging import Spelling, is_preprint_server, names_venue, unite, unite_entries
from odebib.model.record import Record


def record(**fields: Any) -> Record:
    """A record of a work called T unless told otherwise."""
    return Record.model_validate({"title": "T of Nets", **fields})


PREPRINT = record(authors=["A. One", "others"], year="2018", venue="arXiv", arxiv="1801.00001")
PUBLISHED = record(
    authors=["Ann One", "Bo Two"], year="2019", venue="ICML", volume="97", pages="1-9", doi="10.1000/x"
)


class TestIsPreprintServer:
    @pytest.mark.parametrize(
        ("venue", "expected"),
        [
            pytest.param("arXiv", True, id="name"),
            pytest.param("arXiv preprint arXiv:1806.07366", True, id="as Google Scholar writes it"),
            pytest.param("CoRR", True, id="as DBLP writes it"),
            pytest.param("bioRxiv", True, id="another server"),
            pytest.param("NeurIPS", False, id="conference"),
            pytest.param("", False, id="nothing"),
        ],
    )
    def test_knows_servers(self, venue: str, expected: bool) -> None:
        """A server is known by what sources write."""
        assert is_preprint_server(venue) is expected


class TestNamesVenue:
    @pytest.mark.parametrize(
        ("venue", "expected"),
        [
            ("NeurIPS", True),
            ("arXiv", False),
            ("submitted to NeurIPS", False),
            ("https://a.example/x", False),
        ],
    )
    def test_cases(self, venue: str, expected: bool) -> None:
        """Servers, plans and addresses stand where a venue should and are none."""
        assert names_venue(venue) is expected

    def test_a_plan_is_no_publication(self) -> None:
        """What is only submitted gives way to what appeared."""
        submitted = record(venue="Submitted to Nature", year="2020")

        assert unite({}, [submitted, PUBLISHED], Spelling())["venue"] == "ICML"
        assert "venue" not in unite({}, [submitted], Spelling())


class TestUnite:
    """Filling an entry's gaps from records."""

    def test_takes_the_appearance_from_the_published_record(self) -> None:
        """Venue, year, volume, pages and DOI come together, whatever the order of the sources."""
        united = unite({}, [PREPRINT, PUBLISHED], Spelling())

        assert {name: united[name] for name in ("venue", "year", "volume", "pages", "doi")} == {
            "venue": "ICML",
            "year": "2019",
            "volume": "97",
            "pages": "1-9",
            "doi": "10.1000/x",
        }

    def test_keeps_the_arxiv_id_beside_the_venue(self) -> None:
        """Identifiers of the work come from whoever gives them."""
        assert unite({}, [PREPRINT, PUBLISHED], Spelling())["arxiv"] == "1801.00001"

    def test_prefers_complete_authors(self) -> None:
        """A list that ends in `others` gives way to a complete one."""
        assert unite({}, [PREPRINT, PUBLISHED], Spelling())["authors"] == ["Ann One", "Bo Two"]

    def test_never_makes_a_server_a_venue(self) -> None:
        """An entry known only as a preprint has no venue, and its year."""
        united = unite({}, [PREPRINT], Spelling())

        assert "venue" not in united
        assert united["year"] == "2018"

    @pytest.mark.parametrize(
        ("others", "doi"),
        [
            pytest.param([], "10.1101/2020.01.01.1", id="the only identifier stays"),
            pytest.param([{"arxiv": "2001.00001"}], None, id="another one leads to the work"),
            pytest.param([{"venue": "ICML", "year": "2021"}], None, id="it names no published version"),
        ],
    )
    def test_keeps_the_only_identifier(self, others: list[dict[str, str]], doi: str | None) -> None:
        """A DOI of no version of record is still where the work is found, if nothing else is."""
        preprint = record(doi="10.1101/2020.01.01.1", venue="bioRxiv", year="2020")

        records = [preprint, *(record(**other) for other in others)]

        assert unite({}, records, Spelling()).get("doi") == doi

    def test_takes_the_year_of_the_arxiv_id_where_none_is_given(self) -> None:
        """The id holds the year of the first version."""
        assert unite({}, [record(arxiv="2006.00001")], Spelling())["year"] == "2020"

    def test_leaves_what_is_stated(self) -> None:
        """What an entry says stands, whatever sources say."""
        stated = {"title": "Mine", "year": "2018", "venue": "NeurIPS"}

        united = unite(stated, [PUBLISHED], Spelling())

        assert {name: united[name] for name in stated} == stated

    def test_leaves_what_is_stated_to_be_empty(self) -> None:
        """`tags: []` says that there are none."""
        united = unite({"title": "T of Nets", "tags": []}, [record(tags=["images"])], Spelling())

        assert united["tags"] == []

    def test_does_not_mix_two_appearances(self) -> None:
        """An entry that states its venue gets no volume from another source."""
        united = unite({"title": "T of Nets", "venue": "NeurIPS", "year": "2018"}, [PUBLISHED], Spelling())

        assert "volume" not in united

    def test_fills_an_appearance_of_the_same_year(self) -> None:
        """An entry that states only the year takes the rest of that year's appearance."""
        united = unite({"title": "T of Nets", "year": "2019"}, [PUBLISHED], Spelling())

        assert (united["venue"], united["pages"]) == ("ICML", "1-9")

    def test_prefers_the_title_in_full(self) -> None:
        """A title that goes on where another ends is the full one."""
        short, full = record(title="FFJORD", venue="ICLR"), record(title="FFJORD: Free-form Dynamics")

        assert unite({}, [short, full], Spelling())["title"] == "FFJORD: Free-form Dynamics"

    def test_keeps_other_titles(self) -> None:
        """A changed title stays findable; another spelling of the same words is no other title."""
        records = [
            record(title="Flows of Nets"),
            record(title="Flow of nets"),
            record(title="Streams in Graphs"),
        ]

        assert unite({}, records, Spelling())["other_titles"] == ["Streams in Graphs"]

    def test_unites_links_but_not_the_stated_kinds(self) -> None:
        """A kind of link that the entry states is settled; others are added."""
        stated = {"title": "T", "links": {"code": "https://a.example/mine"}}
        said = record(links={"code": "https://a.example/theirs", "video": "https://v.example/1"})

        assert unite(stated, [said], Spelling())["links"] == {
            "code": "https://a.example/mine",
            "video": "https://v.example/1",
        }

    def test_does_not_take_a_quote_for_the_abstract(self) -> None:
        """Only what a source calls the abstract becomes one."""
        assert "abstract" not in unite({}, [record(quote="We show …")], Spelling())

    def test_a_book_is_filled_from_a_fuller_record_of_it(self) -> None:
        """A book has no venue; the same year and type tell that both speak of one printing."""
        short = record(type="book", year="1990", venue="", publisher="Acme")
        full = record(
            type="book", year="1990", venue="", publisher="Acme", volume="2", series="All", edition="3"
        )

        united = unite({}, [short, full], Spelling())

        assert (united["volume"], united["series"], united["edition"]) == ("2", "All", "3")

    def test_another_edition_fills_nothing(self) -> None:
        """A second edition is another book."""
        first = record(type="book", year="1990", venue="", edition="1")
        second = record(type="book", year="1990", venue="", edition="2", series="All")

        assert "series" not in unite({}, [first, second], Spelling())

    def test_is_idempotent(self) -> None:
        """Merging the same records again changes nothing."""
        once = unite({}, [PREPRINT, PUBLISHED], Spelling())

        assert unite(once, [PREPRINT, PUBLISHED], Spelling()) == once


OLD_ENTRY: dict[str, Any] = {
    "title": "Old Title",
    "authors": ["A B"],
    "year": "2018",
    "arxiv": "1801.00001",
    "tags": ["x"],
}
PAPER_ENTRY: dict[str, Any] = {
    "title": "New Title",
    "authors": ["A B"],
    "year": "2019",
    "venue": "ICML",
    "tags": ["y"],
}


class TestUniteEntries:
    """Two entries that are one work."""

    def test_published_comes_before_preprint(self) -> None:
        """The paper's title, venue and year lead, even where the preprint's key is kept."""
        united = unite_entries("old", OLD_ENTRY, "new", PAPER_ENTRY)

        assert (united["title"], united["venue"], united["year"]) == ("New Title", "ICML", "2019")
        assert united["arxiv"] == "1801.00001"
        assert united["other_titles"] == ["Old Title"]

    def test_the_other_key_becomes_an_alias(self) -> None:
        """The other key and its former keys lead to the kept entry."""
        united = unite_entries("old", OLD_ENTRY, "new", {**PAPER_ENTRY, "aliases": ["older"]})

        assert united["aliases"] == ["new", "older"]

    def test_lists_are_united(self) -> None:
        """Tags and topics of both are kept, the kept entry's first."""
        assert unite_entries("old", OLD_ENTRY, "new", PAPER_ENTRY)["tags"] == ["x", "y"]

    def test_another_appearance_becomes_a_version(self) -> None:
        """Where both were published, nothing of the other appearance is lost."""
        workshop = {"title": "New Title", "year": "2018", "venue": "NeurIPS", "event": "A Workshop"}

        united = unite_entries("new", PAPER_ENTRY, "w", workshop)

        assert united["venue"] == "ICML"
        assert united["versions"] == [{"venue": "NeurIPS", "event": "A Workshop", "year": "2018"}]

    def test_relations_do_not_point_at_the_entry_itself(self) -> None:
        """A relation between the two disappears with the second one."""
        united = unite_entries("a", {"title": "T", "relations": {"extends": ["b", "c"]}}, "b", {"title": "T"})

        assert united["relations"] == {"extends": ["c"]}

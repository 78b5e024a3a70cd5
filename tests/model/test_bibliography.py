"""The bibliography: what only the collection knows."""

from __future__ import annotations

from typing import Any

import pytest

from odebib.formats import json
from odebib.lookup.statistics import completeness
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry, EntryType
from odebib.model.vocabulary import Author, Tag, Topic, Venue
from odebib.project.store import Project
from odebib.text.names import parse


@pytest.fixture(name="bibliography")
def _bibliography(toy: Project) -> Bibliography:
    return toy.bibliography


def of(*entries: dict[str, Any], **others: Any) -> Bibliography:
    """A bibliography of entries given as data."""
    made = [Entry.model_validate({"title": "A", **fields}) for fields in entries]
    return Bibliography(entries={entry.key: entry for entry in made}, **others)


class TestVocabulary:
    """Vocabulary: terms found by any spelling."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("neurips", "neurips", id="id"),
            pytest.param("NeurIPS", "neurips", id="short name"),
            pytest.param("advances in neural information processing systems", "neurips", id="full name"),
            pytest.param("NIPS", "neurips", id="other spelling"),
            pytest.param("J Toy Math", "jtm", id="punctuation aside"),
            pytest.param("ICML", None, id="unknown"),
            pytest.param("???", None, id="no words"),
            pytest.param("", None, id="empty"),
        ],
    )
    def test_find(self, bibliography: Bibliography, text: str, expected: str | None) -> None:
        """Case, accents and punctuation do not matter."""
        found = bibliography.venues.find(text)

        assert (found.id if found else None) == expected

    def test_former_ids(self, bibliography: Bibliography) -> None:
        """A former id goes on meaning its topic."""
        assert bibliography.topics["graphs"] == bibliography.topics.find("networks")

    def test_spellings_that_differ_in_punctuation_only(self) -> None:
        """An exact spelling comes before one that only folds to the same."""
        tags = Vocabulary([Tag(id="c", name="C"), Tag(id="cpp", name="C++")])

        assert [tags.find(text).id for text in ("C", "c++", "C++")] == ["c", "cpp", "cpp"]  # type: ignore[union-attr]


class TestKeys:
    """Citation keys of today and former ones."""

    @pytest.mark.parametrize(
        ("key", "expected"),
        [
            ("old2015networks", "old2015networks"),
            ("old2014networks", "old2015networks"),
            ("nobody2020", None),
        ],
    )
    def test_resolve(self, bibliography: Bibliography, key: str, expected: str | None) -> None:
        """A former key leads to the entry of today."""
        assert bibliography.resolve(key) == expected


class TestType:
    """What a work is follows from its venue where it is not said."""

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            pytest.param({"venue": "NeurIPS"}, EntryType.CONFERENCE_PAPER, id="conference"),
            pytest.param({"venue": "JMLR"}, EntryType.JOURNAL_ARTICLE, id="journal"),
            pytest.param(
                {"venue": "NeurIPS", "event": "Workshop"}, EntryType.WORKSHOP_PAPER, id="workshop of a venue"
            ),
            pytest.param({"event": "Workshop"}, EntryType.WORKSHOP_PAPER, id="workshop alone"),
            pytest.param({"venue": "Unknown"}, EntryType.CONFERENCE_PAPER, id="unknown venue"),
            pytest.param(
                {"venue": "Unknown", "volume": "3"}, EntryType.JOURNAL_ARTICLE, id="unknown with a volume"
            ),
            pytest.param({"arxiv": "1806.07366"}, EntryType.PREPRINT, id="preprint"),
            pytest.param({"isbn": "9780306406157"}, EntryType.BOOK, id="book"),
            pytest.param({"venue": "NeurIPS", "type": "talk"}, EntryType.TALK, id="said"),
            pytest.param({}, EntryType.OTHER, id="nothing known"),
        ],
    )
    def test_type(self, fields: dict[str, str], expected: EntryType) -> None:
        """The entry's own word counts most."""
        venues = Vocabulary(
            [
                Venue(id="neurips", short="NeurIPS", name="N"),
                Venue(id="jmlr", short="JMLR", name="J", kind="journal"),
            ]
        )
        found = of({"key": "a", **fields}, venues=venues)

        assert found.type(found.entries["a"]) == expected


class TestTopics:
    """A topic includes its descendants."""

    def test_by_topic(self, bibliography: Bibliography) -> None:
        """Works of a topic below count for the one above."""
        assert set(bibliography.by_topic["graphs"]) < set(bibliography.by_topic["dynamics"])

    def test_tree(self, bibliography: Bibliography) -> None:
        """Children in the order of the file, ancestors from the root down."""
        assert [topic.id for topic in bibliography.children(None)] == ["dynamics", "numerics"]
        assert [topic.id for topic in bibliography.children("dynamics")] == ["graphs"]
        assert [topic.id for topic in bibliography.ancestors("graphs")] == ["dynamics"]

    def test_circle(self) -> None:
        """Parents that go round in a circle end where it closes."""
        topics = Vocabulary([Topic(id="a", name="A", parent="b"), Topic(id="b", name="B", parent="a")])
        found = of({"key": "x", "topics": ["a"]}, topics=topics)

        assert [topic.id for topic in found.ancestors("a")] == ["b"]
        assert found.by_topic == {"a": ("x",), "b": ("x",)}


class TestGroups:
    """Entries by venue, year, type and tag."""

    def test_by_venue(self, bibliography: Bibliography) -> None:
        """All spellings of a venue are one."""
        assert bibliography.by_venue["jtm"] == ("muller2017schrodinger", "vandenberg2020stability")

    def test_by_year(self, bibliography: Bibliography) -> None:
        """The newest year first; what has no year is in none."""
        assert list(bibliography.by_year) == sorted(bibliography.by_year, reverse=True)
        assert "benchmark2018" not in {key for keys in bibliography.by_year.values() for key in keys}

    def test_by_type_and_tag(self, bibliography: Bibliography) -> None:
        """Types in their own order, tags in that of the file."""
        assert bibliography.by_type[EntryType.SOFTWARE] == ("jaxteam2022solvers",)
        assert list(bibliography.by_tag) == ["theory", "numerics"]


class TestPeople:
    """People under all spellings of their names."""

    def test_people(self, bibliography: Bibliography) -> None:
        """One page a person; `others` is nobody."""
        assert bibliography.people["ann-b-adams"].keys == ("adams2019flows", "adams2021flows")
        assert bibliography.people["wei-li"].author is not None
        assert "others" not in bibliography.people

    def test_coauthors(self, bibliography: Bibliography) -> None:
        """With the number of works together."""
        found = bibliography.coauthors("ann-b-adams")

        assert [(person.slug, number) for person, number in found] == [("wei-li", 2)]

    def test_spellings_and_namesakes(self) -> None:
        """authors.yml unites spellings, and tells namesakes apart by their entries."""
        authors = (
            Author(id="wei-li", name=parse("Wei Li"), spellings=[parse("W. Li")]),
            Author(id="wei-li-2", name=parse("Wei Li"), entries=["b"]),
        )
        found = of(
            {"key": "a", "authors": ["W. Li"]},
            {"key": "b", "authors": ["Wei Li"]},
            {"key": "c", "authors": ["Wei Li"]},
            authors=authors,
        )

        assert found.people["wei-li"].keys == ("a", "c")
        assert found.people["wei-li-2"].keys == ("b",)


class TestListings:
    """Where source lists hold an entry."""

    def test_listed_in(self, bibliography: Bibliography) -> None:
        """Former keys in a list lead to the entry of today."""
        (listing,) = bibliography.listed_in("old2015networks")

        assert (listing.list.id, listing.sections) == ("awesome-toys", ("Papers", "Retracted"))
        assert bibliography.record_count == 3

    def test_related_by(self, bibliography: Bibliography) -> None:
        """Relations are known from both ends."""
        assert ("extends", "adams2021flows") in bibliography.related_by("adams2019flows")


class TestJson:
    """formats.json: the bibliography for other programs."""

    def test_contract(self, bibliography: Bibliography) -> None:
        """Every field is there, and what is absent is null."""
        found = json.as_object(bibliography, "chen2020depth")

        assert found["venue"] is None
        assert found["type"] == "preprint"
        assert found["authors"] == [
            {"given": "Tian Qi", "particle": None, "family": "Chen", "suffix": None, "name": "Tian Qi Chen"}
        ]
        assert found["authors_complete"] is False
        assert found.keys() == json.as_object(bibliography, "everything2021paper").keys()
        assert None not in json.as_object(bibliography, "everything2021paper").values()

    def test_venue_and_listings(self, bibliography: Bibliography) -> None:
        """The venue by its id and names; lists with the headings that lead there."""
        found = json.as_object(bibliography, "adams2019flows")

        assert found["venue"]["id"] == "neurips"
        assert found["venue"]["short"] == "NeurIPS"
        assert found["venue"]["name"] == "Advances in Neural Information Processing Systems"
        assert found["listed_in"] == [
            {"list": "awesome-toys", "section": ["Papers"], "title": "Flows on Graphs"}
        ]
        assert list(found["links"]) == ["code"]

    def test_groups(self, bibliography: Bibliography) -> None:
        """A group has a name and no family name."""
        (group,) = json.as_object(bibliography, "jaxteam2022solvers")["authors"]

        assert (group["name"], group["family"]) == ("The JAX Team", None)

    def test_render(self, bibliography: Bibliography) -> None:
        """A list in the order asked for."""
        text = json.render(bibliography, ["bell2023lecture", "adams2019flows"])

        assert text.startswith('[\n  {\n    "key": "bell2023lecture"')
        assert text.endswith("]\n")


def test_completeness(bibliography: Bibliography) -> None:
    """Of each field worth having it is counted how many have it."""
    rows = {row.label: (row.present, row.total) for row in completeness(bibliography)}

    assert rows["entries"] == (12, 12)
    assert rows["licence, of software"] == (1, 1)
    assert all(present <= total for present, total in rows.values())

"""Where to begin, what is like what: similar works, reading paths, recent works, charts, the map."""

from __future__ import annotations

import math
from typing import Any
from xml.etree import ElementTree

import pytest

from odebib.formats import FORMATS
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry
from odebib.model.vocabulary import ReadingPath, Tag, Topic
from odebib.website import charts, citing, fieldmap, guides
from odebib.website.related import LIMIT, POSTINGS, Likeness
from website.toy import make_bibliography


def library(*entries: dict[str, Any], **more: Any) -> Bibliography:
    """A bibliography of a few entries with topics ``a``, ``b`` (below ``a``) and a badge of surveys."""
    made = [Entry.model_validate({"title": entry["key"]} | entry) for entry in entries]
    return Bibliography(
        entries={entry.key: entry for entry in made},
        topics=Vocabulary(
            [Topic(id="a", name="A"), Topic(id="b", name="B", parent="a"), Topic(id="c", name="C")]
        ),
        tags=Vocabulary([Tag(id="survey", name="survey"), Tag(id="theory", name="theory")]),
        **more,
    )


class TestLikeness:
    def test_reason(self) -> None:
        """What two works share is said: topics, authors, telling words."""
        found = Likeness(
            library(
                {"key": "x", "title": "Symplectic integrators", "authors": ["Anna Author"], "topics": ["b"]},
                {"key": "y", "title": "A symplectic network", "authors": ["Anna Author"], "topics": ["b"]},
                {"key": "z", "title": "Something else", "topics": ["c"]},
            )
        ).similar("x")
        assert [similar.key for similar in found] == ["y"]
        assert [topic.id for topic in found[0].topics] == ["b"]
        assert found[0].authors == ("anna-author",)
        assert found[0].words == ("symplectic",)

    def test_stated_relations_are_left_out(self) -> None:
        """A work to which a relation is stated, in either direction, stands beside the other already."""
        works = Likeness(
            library(
                {"key": "x", "topics": ["b"], "relations": {"extends": ["y"]}},
                {"key": "y", "topics": ["b"]},
                {"key": "z", "topics": ["c"]},
            )
        )
        assert works.similar("x") == works.similar("y") == []

    def test_nothing_in_common(self) -> None:
        """A work that shares nothing has no similar ones; an empty or single bibliography does no harm."""
        assert (
            Likeness(library({"key": "x", "title": "Alpha"}, {"key": "y", "title": "Beta"})).similar("x")
            == []
        )
        assert Likeness(library({"key": "x", "topics": ["a"]})).similar("x") == []

    def test_bounded(self) -> None:
        """However many works share a topic, as many are looked at, and as many are shown."""
        works = [{"key": f"k{n}", "topics": ["b"], "authors": [f"Author N{n % 7}"]} for n in range(300)]
        likeness = Likeness(library({"key": "other", "topics": ["c"]}, *works))
        assert len(likeness.similar("k0")) == LIMIT
        assert max(map(len, likeness._postings.values())) == POSTINGS

    def test_same_answer(self) -> None:
        """The order in which entries come does not matter."""
        works = [{"key": f"k{n}", "title": f"word{n % 3} stem{n % 5} root{n % 2}"} for n in range(20)]
        one, other = Likeness(library(*works)), Likeness(library(*reversed(works)))
        assert [one.similar(f"k{n}") for n in range(20)] == [other.similar(f"k{n}") for n in range(20)]


class TestShelves:
    def test_surveys_and_software(self) -> None:
        """Surveys, by badge or by what they say, and software stand apart from papers."""
        found = guides.shelves(
            library(
                {"key": "p", "arxiv": "2001.00001"},
                {"key": "s", "arxiv": "2001.00002", "tags": ["survey"]},
                {"key": "t", "arxiv": "2001.00003", "relations": {"surveys": ["p"]}},
                {"key": "w", "type": "software"},
            ),
            "a",
            ["p", "s", "t", "w"],
        )
        assert [(shelf.label, [link.label for link in shelf.links]) for shelf in found] == [
            ("Surveys", ["s", "t"]),
            ("Software", ["w"]),
        ]

    def test_nothing_else(self) -> None:
        """Where there is nothing but software, no shelf repeats it."""
        assert guides.shelves(library({"key": "w", "type": "software"}), "a", ["w"]) == []


class TestRecent:
    def test_one_day_says_nothing(self) -> None:
        """While all works were added on one day, or none says when, the newest works are shown."""
        found = guides.recent(
            library({"key": "x", "year": "2018", "added": "2026-01-01"}, {"key": "y", "year": "2020"})
        )
        assert (found.title, found.keys) == ("Newest works", ("y", "x"))

    def test_by_day(self) -> None:
        """Once there are several days, works stand by the day on which they were added."""
        found = guides.recent(
            library(
                {"key": "x", "year": "2018", "added": "2026-02-01"},
                {"key": "y", "year": "2020", "added": "2026-01-01"},
                {"key": "z", "year": "2021", "added": "2026-01-01"},
            ),
            limit=2,
        )
        assert found.title == "Recently added"
        assert found.runs == (("2026-02-01", ("x",)), ("2026-01-01", ("z",)))


class TestPaths:
    PATH = ReadingPath.model_validate(
        {"id": "p", "title": "A path", "steps": [{"entry": "old", "why": "First."}, {"entry": "missing"}]}
    )

    def test_steps(self) -> None:
        """Steps follow former keys; a work that is not here keeps its place."""
        (view,) = guides.path_views(library({"key": "x", "aliases": ["old"]}, paths={"p": self.PATH}))
        assert [(step.number, step.key, step.why) for step in view.steps] == [
            (1, "x", "First."),
            (2, None, ""),
        ]
        assert view.keys == ("x",)

    def test_works_know_their_paths(self) -> None:
        """A work names the paths it is a step of."""
        paths = guides.path_views(library({"key": "x", "aliases": ["old"]}, paths={"p": self.PATH}))
        assert [link.address for link in guides.on_paths(paths)["x"]] == ["paths/p/#step-1"]


class TestCharts:
    def test_sums(self, bibliography: Bibliography) -> None:
        """Every work with a year is counted once by year and topic."""
        chart = charts.works_by_year(bibliography)
        dated = sum(1 for entry in bibliography.entries.values() if entry.year)
        assert sum(bar.count for bar in chart.bars) == dated
        assert [bar.label for bar in chart.bars] == ["2017", "2018", "2019", "2020", "2021", "2022"]

    def test_drawings(self, bibliography: Bibliography) -> None:
        """A drawing is well-formed, hostile names included, and its table has all its figures."""
        for chart in charts.charts(bibliography):
            ElementTree.fromstring(chart.svg("../"))
            assert all(sum(chart.row(bar)) == bar.count for bar in chart.bars if chart.series)

    def test_empty(self) -> None:
        """Where there is nothing to count there is no chart."""
        assert charts.charts(Bibliography()) == []


class TestFieldMap:
    def test_everything_is_drawn_apart(self, bibliography: Bibliography) -> None:
        """Every work is a dot; dots do not lie upon each other, discs at the root do not overlap."""
        drawn = fieldmap.field_map(bibliography)
        assert {dot.key for dot in drawn.dots} == set(bibliography.entries)
        places = [(dot.x, dot.y) for dot in drawn.dots]
        assert all(math.dist(a, b) > 3 for i, a in enumerate(places) for b in places[:i])
        roots = [disc for disc in drawn.discs if disc.depth == 0]
        for i, a in enumerate(roots):
            assert all(math.dist((a.x, a.y), (b.x, b.y)) >= a.r + b.r for b in roots[:i])

    def test_discs_hold_what_is_below(self, bibliography: Bibliography) -> None:
        """A topic's disc lies within that of the topic above."""
        discs = {disc.id: disc for disc in fieldmap.field_map(bibliography).discs}
        inner, outer = discs["neural-odes"], discs["models"]
        assert math.dist((inner.x, inner.y), (outer.x, outer.y)) + inner.r <= outer.r + 1e-6

    def test_same_map(self) -> None:
        """The same data give the same map."""
        assert fieldmap.field_map(make_bibliography()) == fieldmap.field_map(make_bibliography())

    def test_many_works(self) -> None:
        """Of very many works a share of each topic is drawn, those to start with first."""
        works = [{"key": f"k{n}", "topics": ["b" if n % 3 else "c"]} for n in range(4000)]
        drawn = fieldmap.field_map(library(*works))
        assert fieldmap.MOST_DOTS <= len(drawn.dots) <= fieldmap.MOST_DOTS + 2
        assert drawn.works == 4000

    def test_empty(self) -> None:
        """A bibliography without works has an empty map."""
        assert fieldmap.field_map(Bibliography()).dots == ()

    @pytest.mark.parametrize("radii", [[1.0] * 30, [9.0, 4.0, 4.0, 1.0, 0.5], [1.0, 1.0, 50.0]])
    def test_packed_discs_do_not_overlap(self, radii: list[float]) -> None:
        """Packed discs touch but never overlap."""
        places = fieldmap.packed(radii)
        for i, a in enumerate(places):
            assert all(math.dist(a, b) >= radii[i] + radii[j] - 1e-6 for j, b in enumerate(places[:i]))


def reference(bibliography: Bibliography) -> citing.Reference:
    """What writes the entries of a bibliography."""
    return lambda name, key, venues: FORMATS[name].render(bibliography, [key], venues=venues)


class TestCitations:
    def test_formats(self, bibliography: Bibliography) -> None:
        """A work is there in every format, with both names of its venue where they differ."""
        found = {
            cited.name: cited.text
            for cited in citing.citations(bibliography, "chen2018neural", reference(bibliography))
        }
        assert list(found) == [*(name for name, format in FORMATS.items() if format.is_cited), "text"]
        assert '<span class="ob-short">' in found["biblatex"]
        assert "Advances in Neural Information Processing Systems 31, 6571–6583, 2018." in found["text"]

    def test_hostile_text(self, bibliography: Bibliography) -> None:
        """Whatever an entry holds, its citations are text."""
        for cited in citing.citations(bibliography, "evil2022", reference(bibliography)):
            assert "<script" not in cited.text
            assert "<b>" not in cited.text

    def test_very_many_authors(self) -> None:
        """With hundreds of authors the page keeps BibTeX and text only, so that it stays small."""
        work = {"key": "x", "authors": [f"Firstname Family{n}" for n in range(600)]}
        found = citing.citations(library(work), "x", reference(library(work)))
        assert [cited.name for cited in found] == ["bibtex", "text"]
        assert "et al." in found[-1].text

"""Problems are told with place and hint; near misses are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from odebib.errors import (
    DataError,
    Location,
    OdebibError,
    Problem,
    Severity,
    UsageError,
    did_you_mean,
    near_misses,
)

FIELDS = ["title", "authors", "year", "venue", "topics", "tags"]


class TestLocation:
    """Location: a place that a terminal makes clickable."""

    @pytest.mark.parametrize(
        ("location", "expected"),
        [
            pytest.param(Location("a.yml", 3, 5), "a.yml:3:5", id="line and column"),
            pytest.param(Location("a.yml", 3), "a.yml:3", id="line"),
            pytest.param(Location("a.yml"), "a.yml", id="file"),
        ],
    )
    def test_text(self, location: Location, expected: str) -> None:
        """What is unknown is left out."""
        assert str(location) == expected

    def test_order(self) -> None:
        """Locations sort by file, then line, then column, as numbers."""
        assert sorted([Location("b", 1), Location("a", 10), Location("a", 9, 2)]) == [
            Location("a", 9, 2),
            Location("a", 10),
            Location("b", 1),
        ]


class TestProblem:
    """Problem: one line, and what to write instead."""

    def test_lines_of_a_hint_are_aligned(self) -> None:
        """A hint of several lines stays readable."""
        problem = Problem(Location("a.yml", 1, 2), "x", "is wrong", "write\n  this", Severity.WARNING)

        assert str(problem) == "a.yml:1:2: warning: is wrong [x]\n    hint: write\n            this"

    def test_json(self) -> None:
        """In JSON what is absent is null, and all fields are there."""
        assert Problem(Location("a.yml"), "x", "is wrong").as_json() == {
            "path": "a.yml",
            "line": None,
            "column": None,
            "code": "x",
            "severity": "error",
            "message": "is wrong",
            "hint": None,
        }


class TestErrors:
    """The errors carry what they are about."""

    def test_data_error(self) -> None:
        """A DataError has its problems."""
        problem = Problem(Location("a.yml"), "x", "is wrong")

        assert DataError([problem]).problems == (problem,)

    def test_hint(self) -> None:
        """Every error may say what to do."""
        error = UsageError("there is no entry `x`", "did you mean `y`?")

        assert isinstance(error, OdebibError)
        assert (str(error), error.hint) == ("there is no entry `x`", "did you mean `y`?")


class TestNearMisses:
    """near_misses, did_you_mean: what a word was probably meant to be."""

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            pytest.param("autors", "did you mean `authors`?", id="a letter is missing"),
            pytest.param("Titel", "did you mean `title`?", id="letters changed places"),
            pytest.param("TAGS", "did you mean `tags`?", id="case"),
            pytest.param("topcs", "did you mean `topics`?", id="best only"),
            pytest.param("publisher", None, id="nothing near"),
            pytest.param("", None, id="no word"),
        ],
    )
    def test_hint(self, word: str, expected: str | None) -> None:
        """The hint names what is near, and only that."""
        assert did_you_mean(word, FIELDS) == expected

    def test_several(self) -> None:
        """At most three are named, the best first."""
        known = ["chen2018neurax", "chen2018neural", "chen2018neuralx", "chen2018neuraly", "lu2018"]

        assert near_misses("chen2018neural", known)[0] == "chen2018neural"
        assert len(near_misses("chen2018neural", known)) == 3

    @given(st.sampled_from(FIELDS), strategies.hostile_text)
    def test_only_known_words(self, field: str, word: str) -> None:
        """Whatever is asked, the answer is among the known words; a known word is its own best answer."""
        assert set(near_misses(word, FIELDS)) <= set(FIELDS)
        assert near_misses(field, FIELDS)[0] == field

    def test_a_whole_page_is_no_word(self) -> None:
        """Nobody meant a field with a page of text."""
        assert near_misses("title" * 1000, ["title" * 1000]) == []

"""YAML is read as the text that was written, and everything in it has a place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

import strategies
from odebib.errors import Location
from odebib.yamlio import reader, tree


class TestRead:
    """read: every scalar is text."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("arxiv: 2001.01320", {"arxiv": "2001.01320"}, id="a number keeps its zero"),
            pytest.param(
                "authors:\n  - No\n  - Null", {"authors": ["No", "Null"]}, id="names that mean something"
            ),
            pytest.param("pages: 1-12", {"pages": "1-12"}, id="pages"),
            pytest.param("added: 2026-11-21", {"added": "2026-11-21"}, id="date"),
            pytest.param("month: 08", {"month": "08"}, id="octal"),
            pytest.param("year: 2_018", {"year": "2_018"}, id="underscore"),
            pytest.param("a: 12:30:45", {"a": "12:30:45"}, id="sexagesimal"),
            pytest.param("venue:", {"venue": ""}, id="explicitly empty"),
            pytest.param("title: >-\n  A: B\n  # C\n", {"title": "A: B # C"}, id="a block takes anything"),
            pytest.param("title: C# and F#", {"title": "C# and F#"}, id="a number sign in a word"),
            pytest.param(
                "title: a\u2028b\nx: y", {"title": "a b", "x": "y"}, id="a separator pasted with it"
            ),
            pytest.param("\ufefftitle: A", {"title": "A"}, id="byte order mark"),
            pytest.param("title: A\r\nx: y\r\n", {"title": "A", "x": "y"}, id="Windows"),
            pytest.param("title: A # said so\n", {"title": "A"}, id="comment"),
            pytest.param("# only a comment\n", None, id="nothing"),
        ],
    )
    def test_as_written(self, text: str, expected: Any) -> None:
        """Nothing is guessed, so nobody needs quotes around ids, pages and names."""
        assert reader.read("x.yml", text).data == expected

    @given(strategies.hostile_text)
    def test_never_raises(self, text: str) -> None:
        """Any text is read, or told what is wrong with it; places lie in the text."""
        file = reader.read("x.yml", text)

        assert file.data is not None or file.problems or not text.strip() or file.root is None
        for problem in file.problems:
            assert problem.location.path == "x.yml"
            assert 0 <= problem.location.line <= text.count("\n") + text.count("\r") + 1
            assert str(problem)

    @pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? ", "[[", "a:\n "])
    def test_hostile_depth(self, sign: str) -> None:
        """Nesting that would crash the parser is refused."""
        for text in (sign * 100_000, "x: " + sign * 100_000):
            assert reader.read("x.yml", text).problems

    def test_repeated_anchors_do_not_explode(self) -> None:
        """A billion laughs cost nothing."""
        lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30)]

        assert {p.code for p in reader.read("x.yml", "\n".join(lines)).problems} == {"yaml-alias"}

    def test_too_many_faults(self) -> None:
        """What is no YAML at all is not mended line by line for ever."""
        file = reader.read("x.yml", "a: b: c\n" * 1000)

        assert file.data is None
        assert len(file.problems) == reader.FAULTS_LIMIT

    @pytest.mark.parametrize(
        "text",
        ["a: b" + " " * 50_000 + ": c", "- " * 19 + "x: y: " + "a: " * 5000, "a: '" + "x' " * 20_000],
        ids=["spaces", "colons", "quotes"],
    )
    def test_hostile_lines(self, text: str) -> None:
        """Long lines that YAML refuses are explained at once."""
        assert reader.read("x.yml", text).problems


ENTRY = """\
# head
title: A
authors:
  - B C
  -   D E
links: {pdf: u, code: [v, w]}
note: >-
  text
"""


class TestLocate:
    """YamlFile.locate: where something stands."""

    @pytest.mark.parametrize(
        ("where", "key", "expected"),
        [
            pytest.param((), False, (2, 1), id="the whole"),
            pytest.param(("title",), False, (2, 8), id="value"),
            pytest.param(("title",), True, (2, 1), id="name"),
            pytest.param(("authors", 1), False, (5, 7), id="item"),
            pytest.param(("links", "code", 1), False, (6, 27), id="in brackets"),
            pytest.param(("links", "video"), False, (6, 8), id="absent: what it would stand in"),
            pytest.param(("authors", 7), False, (4, 3), id="no such item"),
            pytest.param(("note",), False, (7, 7), id="block"),
            pytest.param(("nothing",), False, (2, 1), id="no such field"),
        ],
    )
    def test_place(self, where: tuple[str | int, ...], key: bool, expected: tuple[int, int]) -> None:
        """Line and column count from 1."""
        assert reader.read("x.yml", ENTRY).locate(where, key=key) == Location("x.yml", *expected)

    def test_unreadable(self) -> None:
        """A file that could not be read is a place itself."""
        assert reader.read("x.yml", "").locate(("title",)) == Location("x.yml")


class TestSource:
    """YamlFile.source: a value as it stands in the file."""

    @pytest.mark.parametrize(
        ("where", "expected"),
        [
            pytest.param(("links", "code"), "[v, w]", id="list"),
            pytest.param(("authors", 1), "D E", id="text"),
            pytest.param(("nothing",), "", id="absent"),
        ],
    )
    def test_text(self, where: tuple[str | int, ...], expected: str) -> None:
        """Brackets and all."""
        assert reader.read("x.yml", ENTRY).source(where) == expected


@given(strategies.hostile_text)
def test_taming_keeps_every_place(text: str) -> None:
    """What YAML would refuse is replaced character for character, so that the parser never meets it."""
    tamed = tree.tame(text)

    assert len(tamed) == len(text)
    assert not tree.RE_REFUSED.search(tamed)

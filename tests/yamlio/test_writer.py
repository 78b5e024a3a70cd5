"""YAML is written as people would, and files change only where they must."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import strategies
from odebib.errors import UsageError
from odebib.yamlio import reader, writer
from odebib.yamlio.writer import append_item, delete_field, emit, set_field


def read(text: str) -> Any:
    """What a YAML text holds, provided that nothing is wrong with it."""
    file = reader.read("x.yml", text)
    assert file.problems == ()
    return file.data


class TestEmit:
    """emit: values as YAML."""

    @given(strategies.mappings)
    def test_what_is_written_is_read_back(self, value: dict[str, Any]) -> None:
        """Read after emit gives the same data, whatever the texts are."""
        assert read(emit(value)) == value

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            pytest.param({"title": "A"}, "title: A\n", id="plain"),
            pytest.param({"arxiv": "2001.01320"}, "arxiv: 2001.01320\n", id="a number needs no quotes"),
            pytest.param({"authors": ["No"]}, "authors:\n  - No\n", id="nor does No"),
            pytest.param({"title": "A: B"}, "title: >-\n  A: B\n", id="colon"),
            pytest.param({"title": "A #1"}, "title: >-\n  A #1\n", id="comment sign"),
            pytest.param({"title": "[Re] A"}, "title: >-\n  [Re] A\n", id="bracket"),
            pytest.param({"authors": ["{The JAX Team}"]}, 'authors:\n  - "{The JAX Team}"\n', id="group"),
            pytest.param({"tags": ["a", "b c"]}, "tags: [a, b c]\n", id="short words in one line"),
            pytest.param({"tags": []}, "tags: []\n", id="explicitly none"),
            pytest.param({"venue": None}, "venue:\n", id="None"),
            pytest.param({"draft": True, "year": 2018}, "draft: true\nyear: 2018\n", id="other types"),
            pytest.param({"note": "a\n\nb"}, "note: >-\n  a\n\n  b\n", id="paragraphs"),
            pytest.param({"a": {"b": "c"}}, "a:\n  b: c\n", id="nested"),
        ],
    )
    def test_styles(self, value: dict[str, Any], expected: str) -> None:
        """Text stands as it is where YAML allows, else on a line of its own."""
        assert emit(value) == expected

    def test_long_text_is_folded(self) -> None:
        """A long abstract becomes lines that fit an editor."""
        lines = emit({"abstract": "word " * 100 + "end"}).splitlines()

        assert lines[0] == "abstract: >-"
        assert all(len(line) <= writer.WIDTH + 5 for line in lines)


COMMENTED = """\
# yaml-language-server: $schema=../../schema/entry.json
title: A  # checked by hand

# the people
authors:
  - B C  # first
  - D E
year: 2018
links:
  # mirrors exist
  code: https://a.org   # official
tags: [x, y]  # two
abstract: >-
  First line
  second line

# the end
"""


class TestSetField:
    """set_field: one field changes, the rest stays."""

    @pytest.mark.parametrize(
        ("where", "value", "old", "new"),
        [
            pytest.param(["year"], "2019", "year: 2018\n", "year: 2019\n", id="a value"),
            pytest.param(["title"], "Z", "title: A  # checked", "title: Z  # checked", id="comment behind"),
            pytest.param(
                ["title"],
                "Z: Y",
                "title: A  # checked by hand",
                "title: >-  # checked by hand\n  Z: Y",
                id="becomes a block",
            ),
            pytest.param(["authors", 1], "F G", "  - D E\n", "  - F G\n", id="an item"),
            pytest.param(
                ["authors"], ["B C", "D E", "F G"], "  - D E\n", "  - D E\n  - F G\n", id="a longer list"
            ),
            pytest.param(
                ["links"],
                {"pdf": "https://b.org", "code": "https://a.org"},
                "  # mirrors exist\n  code: https://a.org   # official\n",
                "  # mirrors exist\n  pdf: https://b.org\n  code: https://a.org   # official\n",
                id="a set of fields",
            ),
            pytest.param(
                ["links", "pdf"],
                "https://b.org",
                "code: https://a.org   # official\n",
                "code: https://a.org   # official\n  pdf: https://b.org\n",
                id="a field inside",
            ),
            pytest.param(["tags"], ["x", "y", "z"], "[x, y]", "[x, y, z]", id="a longer list in brackets"),
            pytest.param(["tags"], ["z"], "[x, y]", "[z]", id="another list in brackets"),
            pytest.param(["abstract"], "Other", "  First line\n  second line\n", "Other\n", id="a block"),
            pytest.param(
                ["versions"],
                [{"year": "2017"}],
                "  second line\n",
                "  second line\nversions:\n  - year: 2017\n",
                id="a new field at the end",
            ),
            pytest.param(["year"], "2018", "", "", id="nothing new"),
        ],
    )
    def test_only_that_changes(self, where: list[str | int], value: Any, old: str, new: str) -> None:
        """Every other line keeps its bytes, comments included."""
        expected = COMMENTED.replace(old, new, 1) if old else COMMENTED
        if where == ["abstract"]:
            expected = COMMENTED.replace("abstract: >-\n  First line\n  second line\n", "abstract: Other\n")

        assert set_field(COMMENTED, where, value) == expected

    @pytest.mark.parametrize(
        ("text", "where", "value", "expected"),
        [
            pytest.param("", ["title"], "A", "title: A\n", id="an empty file"),
            pytest.param("# only this\n", ["title"], "A", "# only this\ntitle: A\n", id="only comments"),
            pytest.param("title: A", ["year"], "1", "title: A\nyear: 1\n", id="no line break at the end"),
            pytest.param("a: {b: c}\n", ["a", "d"], "e", "a:\n  b: c\n  d: e\n", id="inside braces"),
            pytest.param("{a: b}\n", ["c"], "d", "a: b\nc: d\n", id="a file in braces"),
            pytest.param(
                "links:\nyear: 1\n", ["links", "pdf"], "u", "links:\n  pdf: u\nyear: 1\n", id="empty"
            ),
            pytest.param("a: b\n", ["links", "pdf"], "u", "a: b\nlinks:\n  pdf: u\n", id="absent"),
            pytest.param("- id: a\n  x: b\n", [0, "y"], "c", "- id: a\n  x: b\n  y: c\n", id="in a list"),
            pytest.param("- id: a\n- id: b\n", [0, "id"], "c", "- id: c\n- id: b\n", id="behind the dash"),
            pytest.param("venue:   # none\n", ["venue"], "B", "venue: B   # none\n", id="an empty value"),
        ],
    )
    def test_where_there_was_none(self, text: str, where: list[str | int], value: Any, expected: str) -> None:
        """A field is made where it was missing, with what leads to it."""
        assert set_field(text, where, value) == expected

    @pytest.mark.parametrize(
        ("present", "expected"),
        [
            pytest.param("title: A\nvenue: B\n", "title: A\nyear: 1\nvenue: B\n", id="in between"),
            pytest.param("venue: B\n", "year: 1\nvenue: B\n", id="before all"),
            pytest.param("# head\nvenue: B\n", "# head\nyear: 1\nvenue: B\n", id="below the head"),
            pytest.param(
                "title: A  # x\n\n# y\nvenue: B\n", "title: A  # x\nyear: 1\n\n# y\nvenue: B\n", id="comments"
            ),
        ],
    )
    def test_new_field_keeps_order(self, present: str, expected: str) -> None:
        """A new field goes behind the last one that stands before it in the order."""
        assert set_field(present, ["year"], "1", ["title", "year", "venue"]) == expected

    def test_windows_line_ends_stay(self) -> None:
        """A file with CRLF keeps them, and what is new gets them too."""
        text = "title: A\r\nauthors:\r\n  - B\r\n"

        assert set_field(text, ["year"], "1") == text + "year: 1\r\n"
        assert append_item(text, ["authors"], "C") == text + "  - C\r\n"
        assert delete_field(text, ["title"]) == "authors:\r\n  - B\r\n"

    def test_byte_order_mark_stays(self) -> None:
        """A BOM moves nothing."""
        assert set_field("\ufefftitle: A\nyear: 1\n", ["year"], "2") == "\ufefftitle: A\nyear: 2\n"

    def test_separators_that_only_yaml_knows(self) -> None:
        """A U+2028 in a title, pasted with it, neither breaks the line nor moves what follows."""
        text = "title: A\u2028B\nyear: 1\n"

        assert set_field(text, ["year"], "2") == "title: A\u2028B\nyear: 2\n"

    @given(strategies.tame_mappings, strategies.nested(strategies.hostile_text), st.data())
    def test_sets_exactly_that_field(self, old: dict[str, Any], value: Any, data: st.DataObject) -> None:
        """The field has the value, all others theirs; and doing it twice is doing it once."""
        name = data.draw(st.sampled_from([*old, "new"]))
        once = set_field(emit(old), [name], value)

        assert read(once) == {**old, name: value}
        assert set_field(once, [name], value) == once

    @given(strategies.tame_mappings, strategies.tame_texts, st.data())
    def test_keeps_every_other_line(self, old: dict[str, Any], value: str, data: st.DataObject) -> None:
        """Comments between the fields survive byte for byte."""
        name = data.draw(st.sampled_from(list(old)))
        parts = {field: f"# above {field}\n" + emit({field: item}) for field, item in old.items()}
        changed = set_field("".join(parts.values()), [name], value)

        for field, part in parts.items():
            assert (part if field != name else f"# above {field}\n") in changed
        assert read(changed) == {**old, name: value}


class TestDeleteField:
    """delete_field: the lines of a field go, the rest stays."""

    @pytest.mark.parametrize(
        ("text", "where", "expected"),
        [
            pytest.param("a: b\nc: d\n", ["a"], "c: d\n", id="the first"),
            pytest.param("a: b\nc: d  # x\n", ["c"], "a: b\n", id="with its comment"),
            pytest.param("a: >-\n  b\n  c\n\n# d\ne: f\n", ["a"], "\n# d\ne: f\n", id="a block"),
            pytest.param("a:\n  b: c\nd: e\n", ["a", "b"], "d: e\n", id="the only one inside"),
            pytest.param("a: {b: c, d: e}\n", ["a", "b"], "a:\n  d: e\n", id="inside braces"),
            pytest.param("- a: b\n  c: d\n- a: e\n", [0, "a"], "- c: d\n- a: e\n", id="behind the dash"),
            pytest.param("- a: b\n  c: d\n- a: e\n", [0, "c"], "- a: b\n- a: e\n", id="in a list"),
            pytest.param("a: b\n", ["c"], "a: b\n", id="absent"),
            pytest.param("a: b\n", ["c", "d"], "a: b\n", id="inside what is absent"),
            pytest.param("a: b\nc: d", ["c"], "a: b\n", id="the last without line break"),
        ],
    )
    def test_lines(self, text: str, where: list[str | int], expected: str) -> None:
        """Only the field's lines are gone."""
        assert delete_field(text, where) == expected

    @given(strategies.tame_mappings, st.data())
    def test_deletes_exactly_that_field(self, old: dict[str, Any], data: st.DataObject) -> None:
        """What is left is what was there without the field."""
        assume(len(old) > 1)
        name = data.draw(st.sampled_from(list(old)))

        left = {field: value for field, value in old.items() if field != name}
        assert read(delete_field(emit(old), [name])) == left


class TestAppendItem:
    """append_item: one more item at a list's end."""

    @pytest.mark.parametrize(
        ("text", "where", "value", "expected"),
        [
            pytest.param("a:\n  - b  # x\nc: d\n", ["a"], "e", "a:\n  - b  # x\n  - e\nc: d\n", id="block"),
            pytest.param("a:\n- b\n", ["a"], "e", "a:\n- b\n- e\n", id="not indented"),
            pytest.param("a: [b, c]  # x\n", ["a"], "e", "a: [b, c, e]  # x\n", id="brackets"),
            pytest.param(
                "a: [b, # x\n  c]\n", ["a"], "e: f", 'a: [b, # x\n  c, "e: f"]\n', id="comment inside"
            ),
            pytest.param("a: b\n", ["a"], "e", "a:\n  - b\n  - e\n", id="one value"),
            pytest.param("a: []\n", ["a"], "e", "a:\n  - e\n", id="none"),
            pytest.param("b: c\n", ["a"], "e", "b: c\na:\n  - e\n", id="absent"),
            pytest.param("", [], {"id": "a"}, "- id: a\n", id="an empty file"),
            pytest.param("# x\n[]\n", [], {"id": "a"}, "# x\n- id: a\n", id="an empty list"),
            pytest.param(
                "- id: a\n\n# x\n", [], {"id": "b"}, "- id: a\n- id: b\n\n# x\n", id="the whole file"
            ),
            pytest.param(
                "a:\n  - b: >-\n      c\n",
                ["a"],
                {"b": "d"},
                "a:\n  - b: >-\n      c\n  - b: d\n",
                id="fields",
            ),
        ],
    )
    def test_lines(self, text: str, where: list[str | int], value: Any, expected: str) -> None:
        """Everything else keeps its bytes."""
        assert append_item(text, where, value) == expected

    @given(strategies.tame_mappings, strategies.nested(strategies.tame_texts), st.data())
    def test_appends_exactly_that_item(self, old: dict[str, Any], value: Any, data: st.DataObject) -> None:
        """The list has one more item, all else is as before."""
        lists = [name for name, item in old.items() if isinstance(item, list)]
        assume(lists)
        name = data.draw(st.sampled_from(lists))

        assert read(append_item(emit(old), [name], value)) == {**old, name: [*old[name], value]}


class TestWrite:
    """write: a file is whole at any moment."""

    def test_tells_whether_it_changed(self, tmp_path: Path) -> None:
        """Writing what is there already touches nothing."""
        path = tmp_path / "sub" / "a.yml"

        assert writer.write(path, "é\n")
        assert path.read_bytes() == "é\n".encode()
        assert not writer.write(path, "é\n")

    def test_leaves_nothing_else(self, tmp_path: Path) -> None:
        """No temporary file stays, and the file keeps its permissions."""
        path = tmp_path / "a.yml"
        writer.write(path, "a\n")
        path.chmod(0o600)
        writer.write(path, "b\n")

        assert os.listdir(tmp_path) == ["a.yml"]  # noqa: PTH208
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_interrupted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A write that fails leaves the old file whole and nothing besides."""
        path = tmp_path / "a.yml"
        writer.write(path, "old\n")

        def fail(self: Path, target: Path) -> Path:
            raise KeyboardInterrupt

        monkeypatch.setattr(Path, "replace", fail)
        with pytest.raises(KeyboardInterrupt):
            writer.write(path, "new\n")

        assert path.read_text() == "old\n"
        assert [item.name for item in tmp_path.iterdir()] == ["a.yml"]


class TestCreate:
    """A file that must be new."""

    def test_new(self, tmp_path: Path) -> None:
        """It is made whole, with its folder, and nothing stays beside it."""
        path = tmp_path / "entries" / "a.yml"
        assert writer.create(path, "a: 1\n")
        assert path.read_text() == "a: 1\n"
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
        assert [item.name for item in path.parent.iterdir()] == ["a.yml"]
        assert not writer.create(path, "a: 1\n")

    @pytest.mark.parametrize("links", [True, False], ids=["with links", "a file system without links"])
    def test_somebody_elses(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
        """What is there stays, to the byte, and who wrote later is told."""
        if not links:

            def refuse(self: Path, target: Path) -> None:
                raise PermissionError(errno.EPERM, "Operation not permitted")

            monkeypatch.setattr(Path, "hardlink_to", refuse)
        path = tmp_path / "a.yml"
        writer.create(path, "mine\n")
        with pytest.raises(UsageError, match="was made by somebody else meanwhile; it stays as it is"):
            writer.create(path, "yours\n")
        assert path.read_text() == "mine\n"
        assert [item.name for item in tmp_path.iterdir()] == ["a.yml"]

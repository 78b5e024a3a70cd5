"""The canonical form of data files: one order, one style, every comment, no other values."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odebib.model.entry import Entry
from odebib.model.record import SourceList
from odebib.model.vocabulary import Decision, Topic
from odebib.project import formatting, store
from odebib.project.formatting import format_text
from odebib.yamlio import reader
from projects import CHEN, make


class TestFormatText:
    """The text of one file."""

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            pytest.param("year: 2018\ntitle: A\n", "title: A\nyear: 2018\n", id="order of the model"),
            pytest.param("title: 'A'\n", "title: A\n", id="needless quotes"),
            pytest.param('title: "A: B"\n', 'title: "A: B"\n', id="needed quotes that fit in a line"),
            pytest.param("authors: [A B, C D]\n", "authors:\n  - A B\n  - C D\n", id="one author a line"),
            pytest.param('authors: ["{A, B}"]\n', 'authors:\n  - "{A, B}"\n', id="a group keeps its quotes"),
            pytest.param("authors:\n- A B\n", "authors:\n  - A B\n", id="items are indented"),
            pytest.param("tags:\n  - a\n  - b\n", "tags: [a, b]\n", id="short words in one line"),
            pytest.param("tags: [ a ,b ]\n", "tags: [a, b]\n", id="spaces in a list"),
            pytest.param(
                "links: {code: 'http://a.b'}\n", "links:\n  code: http://a.b\n", id="fields of fields"
            ),
            pytest.param("title:    A\n", "title: A\n", id="spaces before a value"),
            pytest.param("title: A\r\nyear: 2018\r\n", "title: A\nyear: 2018\n", id="line ends of Windows"),
            pytest.param("title: A\nyear: 2018", "title: A\nyear: 2018\n", id="the last line has an end"),
            pytest.param("title: A\n  B\n", "title: A B\n", id="a text over two lines"),
            pytest.param(
                "abstract: |\n  A b\n  c.\n\n  D.\n", "abstract: >-\n  A b c.\n\n  D.\n", id="a block"
            ),
            pytest.param("note:\ntitle: A\n", "title: A\nnote:\n", id="an empty value"),
            pytest.param("tags: []\ntitle: A\n", "title: A\ntags: []\n", id="an empty list says something"),
            pytest.param("colour: x\ntitle: A\n", "title: A\ncolour: x\n", id="unknown fields come last"),
        ],
    )
    def test_writes_an_entry_in_one_style(self, before: str, after: str) -> None:
        """Order, indents, quotes and lists have one form each."""
        assert format_text(before, Entry) == after

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            pytest.param(
                "# about a\nyear: 2018\ntitle: A\n", "title: A\n# about a\nyear: 2018\n", id="above"
            ),
            pytest.param("year: 2018 # b\ntitle: A\n", "title: A\nyear: 2018  # b\n", id="behind"),
            pytest.param(
                "# yaml-language-server: $schema=x\nyear: 2018\ntitle: A\n",
                "# yaml-language-server: $schema=x\ntitle: A\nyear: 2018\n",
                id="the line for editors stays first",
            ),
            pytest.param(
                "# head\n\nyear: 2018\ntitle: A\n", "# head\n\ntitle: A\nyear: 2018\n", id="head of the file"
            ),
            pytest.param(
                "tags:\n  - a # one\n  # two\n  - b\n",
                "tags:\n  - a  # one\n  # two\n  - b\n",
                id="in a list",
            ),
            pytest.param("tags: [a, b] # all\n", "tags: [a, b]  # all\n", id="behind a list"),
            pytest.param("tags: # x\n  - a # y\n", "# x\ntags: [a]  # y\n", id="two for one line"),
            pytest.param("tags: # all\n  - a\n", "tags: [a]  # all\n", id="behind a name"),
            pytest.param(
                "authors:\n  - A\n  # - B\nyear: 2018\n",
                "authors:\n  - A\n  # - B\nyear: 2018\n",
                id="a dead item",
            ),
            pytest.param(
                "authors:\n  - A\n# C\nyear: 2018\n",
                "authors:\n  - A\n# C\nyear: 2018\n",
                id="between fields",
            ),
            pytest.param("title: A\n# end\n", "title: A\n# end\n", id="at the end"),
            pytest.param(
                "summary: >- # why\n  B\ntitle: A\n",
                "title: A\nsummary: >-  # why\n  B\n",
                id="in a block's head",
            ),
            pytest.param(
                "links:\n  # the\n  pdf: http://a.b\n",
                "links:\n  # the\n  pdf: http://a.b\n",
                id="first inside",
            ),
        ],
    )
    def test_keeps_comments_where_they_belong(self, before: str, after: str) -> None:
        """A comment stays above or behind what it stood above or behind."""
        assert format_text(before, Entry) == after

    def test_long_texts_are_folded(self) -> None:
        """Lines end at about a hundred characters; an address has nowhere to break."""
        url = "https://example.org/" + "x" * 120

        found = format_text(f"title: {'word ' * 30}\nurl: {url}\n", Entry)

        assert found.startswith("title: >-\n  word word")
        assert max(len(line) for line in found.split("\n") if "http" not in line) < 110
        assert found.endswith(f"url: {url}\n")

    def test_a_folded_text_keeps_its_lines(self) -> None:
        """Where a person broke a line, it stays broken."""
        text = "summary: >-\n  First,\n  second.\n"

        assert format_text(text, Entry) == text

    def test_terms_are_apart(self) -> None:
        """Topics, tags and venues have an empty line between them; what else they are called comes last."""
        text = "# Topics.\n- id: a\n  spellings: [b]\n  name: A\n# -- More\n- {id: c, name: C}\n"

        assert format_text(text, Topic) == (
            "# Topics.\n- id: a\n  name: A\n  spellings: [b]\n\n# -- More\n- id: c\n  name: C\n"
        )

    def test_a_list_keeps_its_order(self) -> None:
        """Sections and records stay where they are."""
        text = "sections:\n- records:\n  - {title: B, text: b}\n  title: S\nname: L\n"

        assert format_text(text, SourceList) == (
            "name: L\nsections:\n  - title: S\n    records:\n      - text: b\n        title: B\n"
        )

    def test_short_sets_of_keys_stay_in_a_line(self) -> None:
        """A decision names its keys in one line."""
        text = "- {not_same: [a, b], reason: 'They differ: one is a talk.'}\n"

        assert format_text(text, Decision) == (
            "- not_same: [a, b]\n  reason: 'They differ: one is a talk.'\n"
        )

    @pytest.mark.parametrize(
        "text", ["title: A: B\n", "title: [\n", "", "# only\n", "just text\n", "- - - a\n"]
    )
    def test_what_is_no_such_file_stays_as_it_is(self, text: str) -> None:
        """What YAML cannot read, and what holds nothing, is not touched."""
        assert format_text(text, Entry) == text


WORDS = st.text(string.ascii_letters + "äß:#-,[]{}'\"&*!|>%@` .0", min_size=1, max_size=24).map(str.strip)
COMMENTS = st.one_of(
    st.just(""), st.text(string.ascii_letters + ' :-"[]', max_size=8).map(lambda t: f"  # {t}")
)


@st.composite
def entries(draw: st.DrawFn) -> str:
    """The text of an entry with fields in any order and comments anywhere."""
    lines: list[str] = []
    for name in draw(st.permutations(["year", "title", "authors", "tags", "links", "note", "venue"])):
        lines += draw(st.lists(st.sampled_from(["# above", "", "  # deeper", "# - a: b"]), max_size=2))
        behind = draw(COMMENTS)
        if name in {"authors", "tags"}:
            lines.append(f"{name}:{behind}")
            for item in draw(st.lists(WORDS, min_size=1, max_size=3)):
                lines.append(f"  - {quoted(item)}{draw(COMMENTS)}")
        elif name == "links":
            lines += [
                f"{name}:{behind}",
                f"  code: http://a.b/{len(lines)}{draw(COMMENTS)}",
                "  pdf: http://c.d",
            ]
        else:
            lines.append(f"{name}: {quoted(draw(WORDS))}{behind}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text in quotes, as YAML reads it back."""
    return "'" + text.replace("'", "''") + "'"


class TestLaws:
    """What holds of every file."""

    @given(entries())
    def test_formatting_changes_no_value(self, text: str) -> None:
        """What is read afterwards is what was read before."""
        before, after = (reader.read("", t).data for t in (text, format_text(text, Entry)))

        assert after == {name: _clean(value) for name, value in before.items()}

    @given(entries())
    def test_formatting_loses_no_comment(self, text: str) -> None:
        """As many comments stand there as before."""
        after = format_text(text, Entry)

        assert sorted(_comments(after)) == sorted(_comments(text))

    @given(entries())
    def test_formatting_twice_is_formatting_once(self, text: str) -> None:
        """A second run changes nothing."""
        once = format_text(text, Entry)

        assert format_text(once, Entry) == once

    @given(entries())
    def test_an_entry_is_put_in_order(self, text: str) -> None:
        """Nothing is left as it was only because it could not be written."""
        names = list(reader.read("", format_text(text, Entry)).data)

        assert names == ["title", "authors", "year", "venue", "links", "tags", "note"]


def _clean(value: object) -> object:
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return " ".join(str(value).split())


def _comments(text: str) -> list[str]:
    root = formatting._read(text)
    return [comment.strip() for comment in root.comments()] if root else []


class TestOfProject:
    """All files of a project."""

    def test_spells_what_it_knows(self, tmp_path: object) -> None:
        """Venues, topics and tags get their canonical spelling, identifiers their normal form."""
        changes = {
            "NeurIPS": "Advances in Neural Information Processing Systems",
            "1806.07366": "https://arxiv.org/abs/1806.07366v5",
            "[neural-odes]": "[Neural ODEs]",
            "[images]": "[IC, unknown]",
        }
        text = CHEN
        for canonical, other in changes.items():
            text = text.replace(canonical, other)
        root = make(tmp_path, {"entries/chen2018neural.yml": text})  # type: ignore[arg-type]

        found = {path: formatted for path, _, formatted in formatting.of_project(store.load(root))}

        expected = CHEN.replace("[images]", "[images, unknown]").lstrip("\n")
        assert found["data/entries/chen2018neural.yml"] == expected

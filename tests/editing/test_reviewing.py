"""Reviewing: which questions are asked, and where the answers go."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from odebib.cli.review import as_markdown, ask, read_answers
from odebib.editing import importing, reviewing
from odebib.errors import UsageError
from odebib.project import store
from odebib.sources import files
from projects import make

TODAY = datetime.date(2026, 11, 21)

FLOWS = """
title: Stable Flows of Residual Vector Fields
authors: [Ann Ostrov, Bo Lindqvist]
year: 2018
venue: NeurIPS
doi: 10.1000/flows
"""
TWIN = """
title: Stable Flows of Residual Vector Field
authors: [Ann Ostrov]
year: 2018
topics: [theory]
"""
BIB = """
@article{mine, title = {Stable Flows of Residual Vector Fields}, author = {Carl Unbekannt},
  year = 2018, abstract = {Flows stay.}}
@article{other, title = {Spectral Cookery for Beginners}, author = {Dora Maar}, year = 2001}
"""


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A project with one entry, into which a list was imported that gives it to somebody else."""
    root = make(tmp_path / "project", {"entries/ostrov2018stable.yml": FLOWS})
    source = tmp_path / "mine.bib"
    source.write_text(BIB, encoding="utf-8")
    project = store.load(root)
    importing.apply(project, importing.plan(project, files.read(source), today=TODAY), TODAY)
    return root


def text_of(root: Path, path: str) -> str:
    """A file of the project's data."""
    return (root / "data" / path).read_text(encoding="utf-8")


def answer(root: Path, choice: int | None) -> list[str]:
    """Answer the first question by one of its choices, or by none."""
    project = store.load(root)
    question = reviewing.questions(project)[0]
    given = reviewing.NONE if choice is None else question.choices[choice].id
    return reviewing.apply(project, {question.id: given}, TODAY)


class TestConfirm:
    """A match to confirm: linked, but bringing nothing until somebody agrees."""

    def test_is_linked_and_brings_nothing(self, root: Path) -> None:
        """The record says so in the list's file; the entry is as it was."""
        assert "entry: ostrov2018stable\n        confirm: true\n" in text_of(root, "lists/mine.yml")
        assert text_of(root, "entries/ostrov2018stable.yml") == FLOWS.lstrip("\n")
        assert store.load(root).problems == ()

    def test_is_asked_with_what_speaks_for_it(self, root: Path) -> None:
        """The question shows both sides and the evidence."""
        (question,) = reviewing.questions(store.load(root))

        assert question.id.startswith("record/mine/")
        assert dict(question.own)["authors"] == "Carl Unbekannt"
        (choice,) = question.choices
        assert choice.said == "it is `ostrov2018stable`"
        assert choice.evidence is not None
        assert choice.evidence.reason == "titles agree; no author in common"
        assert 0.5 <= choice.evidence.probability < 0.8

    def test_yes_links_for_good_and_fills_gaps(self, root: Path) -> None:
        """What the record knows goes into the entry; nothing is asked any more."""
        answer(root, 0)

        assert "confirm" not in text_of(root, "lists/mine.yml")
        assert "abstract: Flows stay." in text_of(root, "entries/ostrov2018stable.yml")
        assert reviewing.questions(store.load(root)) == []

    def test_no_makes_a_new_entry(self, root: Path) -> None:
        """The record is another work, which gets an entry of its own."""
        changed = answer(root, None)

        assert "data/entries/unbekannt2018stable.yml" in changed
        assert "entry: unbekannt2018stable\n" in text_of(root, "lists/mine.yml")
        assert "confirm" not in text_of(root, "lists/mine.yml")

    def test_a_new_import_keeps_what_is_undecided(self, root: Path, tmp_path: Path) -> None:
        """Importing the same source again changes nothing."""
        project = store.load(root)
        plan = importing.plan(project, files.read(tmp_path / "mine.bib"), today=TODAY)

        assert importing.apply(project, plan, TODAY) == []


class TestPairs:
    """Two entries that look like one work."""

    @pytest.fixture(name="root")
    def _root(self, tmp_path: Path) -> Path:
        """A project with two entries of nearly one title."""
        twins = {"entries/ostrov2018stable.yml": FLOWS, "entries/ostrov2018stableb.yml": TWIN}
        return make(tmp_path, twins)

    def test_yes_unites(self, root: Path) -> None:
        """One file is left, which the other key leads to."""
        answer(root, 0)

        assert not (root / "data/entries/ostrov2018stableb.yml").exists()
        assert "ostrov2018stableb" in text_of(root, "entries/ostrov2018stable.yml")

    def test_no_is_remembered(self, root: Path) -> None:
        """The decision stands in decisions.yml, and is not asked again."""
        assert answer(root, None) == ["data/decisions.yml"]
        assert "not_same:" in text_of(root, "decisions.yml")
        assert "told apart in review, 2026-11-21" in text_of(root, "decisions.yml")
        assert reviewing.questions(store.load(root)) == []


DOUBTED = """
name: A List
sections:
  - title: Neural ODEs
    records:
      - text: "Stable Flows of Residual Vector Fields, 2018, in print"
        title: Stable Flows of Residual Vector Fields
        authors: [Ann Ostrov]
        note: in print
        abstract: Flows stay.
        unsure:
          abstract: it may be a remark
          note: it may belong to the venue
        entry: ostrov2018stable
"""


class TestReadings:
    """What the reader of a source doubts."""

    @pytest.fixture(name="root")
    def _root(self, tmp_path: Path) -> Path:
        """A project with a list of which two readings are in doubt."""
        return make(tmp_path, {"entries/ostrov2018stable.yml": FLOWS, "lists/a-list.yml": DOUBTED})

    def test_right_and_wrong(self, root: Path) -> None:
        """A right reading fills the gap, a wrong one goes; neither is asked again."""
        project = store.load(root)
        questions = {question.id.rsplit("/")[-1]: question.id for question in reviewing.questions(project)}

        assert set(questions) == {"abstract", "note"}
        given = {questions["abstract"]: "right", questions["note"]: reviewing.NONE}
        reviewing.apply(project, given, TODAY)

        assert "abstract: Flows stay." in text_of(root, "entries/ostrov2018stable.yml")
        text = text_of(root, "lists/a-list.yml")
        assert "unsure" not in text
        assert "note:" not in text
        assert reviewing.questions(store.load(root)) == []


class TestAsking:
    """On a terminal, a key each."""

    @pytest.mark.parametrize(
        ("keys", "expected"),
        [
            pytest.param("y", ["ostrov2018stable"], id="yes"),
            pytest.param("n", ["none"], id="no"),
            pytest.param("l", [], id="later"),
            pytest.param("q", [], id="quit"),
            pytest.param("?xy", ["ostrov2018stable"], id="other keys mean nothing"),
        ],
    )
    def test_keys(self, root: Path, keys: str, expected: list[str]) -> None:
        """y, n, l and q."""
        pressed = iter(keys)

        given = ask(reviewing.questions(store.load(root)), lambda: next(pressed))

        assert list(given.values()) == expected


class TestAsFile:
    """As Markdown with boxes, read back."""

    def test_ticked_boxes_are_answers(self, root: Path) -> None:
        """A box that is ticked answers its question; none leaves it for later."""
        questions = reviewing.questions(store.load(root))
        text = "\n".join(as_markdown(questions))

        assert read_answers("q.md", text, questions) == {}
        ticked = text.replace("- [ ] yes", "- [x] yes")
        assert read_answers("q.md", ticked, questions) == {questions[0].id: "ostrov2018stable"}

    def test_two_boxes_are_refused(self, root: Path) -> None:
        """The line is told."""
        questions = reviewing.questions(store.load(root))
        text = "\n".join(as_markdown(questions)).replace("[ ]", "[x]")

        with pytest.raises(UsageError, match=r"q\.md:\d+: a second box of one question is ticked"):
            read_answers("q.md", text, questions)

    def test_what_is_settled_is_told(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A question that is no longer asked is left."""
        questions = reviewing.questions(store.load(root))
        text = "\n".join(as_markdown(questions)).replace("- [ ] yes", "- [x] yes")

        assert read_answers("q.md", text, []) == {}
        assert "this is no longer asked" in capsys.readouterr().err

    def test_strangers_words_stay_words(self, root: Path) -> None:
        """Titles are shown, never obeyed."""
        path = root / "data/lists/mine.yml"
        hostile = path.read_text().replace(
            "title: Stable Flows of Residual Vector Fields",
            "title: 'Stable Flows of Residual Vector Fields <b>@all</b>'",
        )
        path.write_text(hostile)

        text = "\n".join(as_markdown(reviewing.questions(store.load(root))))

        assert "<b>" not in text
        assert "@all" not in text

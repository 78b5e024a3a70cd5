"""Reading a known list again: what a better reader finds comes, what a person wrote stays."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest

from odebib.cli import main
from odebib.editing import importing, rereading
from odebib.editing.rereading import Rereading
from odebib.project import store
from odebib.sources import files
from projects import load, make, snapshot

TODAY = datetime.date(2026, 11, 21)
LIST = "data/lists/a-list.yml"
README = """\
# A List

## Waves

* Standing Waves on Meshes: [ICML20](https://arxiv.org/abs/2001.00001), [code](https://github.com/a/waves)
* Running Waves on Graphs: [ICLR21](https://arxiv.org/abs/2101.00002)
"""


@pytest.fixture(name="source")
def _source(tmp_path: Path) -> Path:
    """The list that was imported, as its source still says it."""
    path = tmp_path / "README.md"
    path.write_text(README, encoding="utf-8")
    return path


@pytest.fixture(name="root")
def _root(tmp_path: Path, source: Path) -> Path:
    """A project that holds the list, as today's reader reads it."""
    root = make(tmp_path / "project", {})
    importing.apply(load(root), importing.plan(load(root), files.read(source), today=TODAY), TODAY)
    return root


def alter(root: Path, old: str, new: str) -> None:
    """Change the first such place of the list's file: as a former reader read it, or a person wrote it."""
    path = root / LIST
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1) if new else re.sub(rf" *{old}", "", text, count=1)
    path.write_text(text, encoding="utf-8")


def read_again(root: Path, source: Path) -> Rereading:
    """What reading the source again finds."""
    return rereading.plan(store.load(root), files.read(source))


def told(root: Path, source: Path) -> list[tuple[str, object, object]]:
    """Each change as field, before and after."""
    return [(c.name, c.before, c.after) for r in read_again(root, source).records for c in r.changes]


class TestFindings:
    """What a former reader read worse."""

    @pytest.mark.parametrize(
        ("new", "as_it_was", "change"),
        [
            pytest.param("venue: ICML\n", "", ("venue", None, "ICML"), id="a gap is filled"),
            pytest.param(
                "year: 2020\n", "year: 2001\n", ("year", "2001", "2020"), id="another year of the item"
            ),
            pytest.param(
                "venue: ICML\n",
                "venue: on Meshes\n",
                ("venue", "on Meshes", "ICML"),
                id="other words of the item",
            ),
            pytest.param(
                "venue: ICML\n",
                "venue: ICML\n        summary: Standing Waves\n",
                ("summary", "Standing Waves", None),
                id="leftovers go",
            ),
            pytest.param(
                "venue: ICML\n",
                "venue: ICML\n        unsure:\n          venue: looks odd\n",
                ("unsure", {"venue": "looks odd"}, None),
                id="a doubt that is no more",
            ),
        ],
    )
    def test_come_to_the_record(
        self, root: Path, source: Path, new: str, as_it_was: str, change: tuple[str, object, object]
    ) -> None:
        """The change is told, and the file is as if today's reader had read it first."""
        before = snapshot(root)
        alter(root, new, as_it_was)

        assert told(root, source) == [change]
        rereading.apply(store.load(root), read_again(root, source))
        assert snapshot(root) == before
        assert told(root, source) == []

    def test_of_a_list_that_is_not_here(self, root: Path, tmp_path: Path) -> None:
        """There is nothing to read again."""
        other = tmp_path / "other.md"
        other.write_text(README.replace("A List", "Another").replace("200", "199").replace("210", "198"))

        assert read_again(root, other).records == ()


class TestPeople:
    """What a person wrote stays."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            pytest.param("venue: ICML\n", "venue: JMLR\n", id="a value the item does not hold"),
            pytest.param("venue: ICML\n", "venue: Meshes  # as printed\n", id="a value with a comment"),
            pytest.param(
                "title: Standing Waves on Meshes\n",
                "title: Standing Waves\n        note: Mine.\n",
                id="a note",
            ),
            pytest.param("entry: icml2020standing", "entry: iclr2021running", id="the entry"),
            pytest.param("topic: waves", "topic: meshes", id="a section's topic"),
            pytest.param("arxiv: 2001.00001\n", "arxiv: 2001.00009\n", id="the identifier"),
        ],
    )
    def test_stays(self, root: Path, source: Path, old: str, new: str) -> None:
        """The line that a person wrote is there afterwards, and a second run finds nothing."""
        alter(root, old, new)

        rereading.apply(store.load(root), read_again(root, source))

        text = (root / LIST).read_text(encoding="utf-8")
        assert new.splitlines()[-1] in text
        assert told(root, source) == []

    @pytest.mark.parametrize(
        "settled",
        [
            pytest.param(r" *unsure:\n *authors: >-\n.*\n", id="confirmed"),
            pytest.param(
                r" *authors:\n( *- .*\n)+(?= *year: 2019)| *unsure:\n *authors: >-\n.*\n", id="left out"
            ),
        ],
    )
    def test_a_settled_doubt_is_not_raised_again(self, root: Path, source: Path, settled: str) -> None:
        """A doubtful field that was confirmed stays sure; one that was left out stays out."""
        text = README + "* Ann Lee, Max Berg ICML. Slow Waves in Rings. 2019. [pdf](https://a.org/slow.pdf)\n"
        source.write_text(text, encoding="utf-8")
        project = load(root)
        importing.apply(project, importing.plan(project, files.read(source), today=TODAY), TODAY)
        assert "unsure" in (root / LIST).read_text(encoding="utf-8")
        path = root / LIST
        path.write_text(re.sub(settled, "", path.read_text(encoding="utf-8")), encoding="utf-8")
        assert "unsure" not in path.read_text(encoding="utf-8")

        assert told(root, source) == []

    def test_entries_are_as_they_were(self, root: Path, source: Path) -> None:
        """What is read better changes the list, and no entry."""
        alter(root, "venue: ICML\n", "venue: on Meshes\n")
        entries = {path: text for path, text in snapshot(root).items() if "entries" in str(path)}

        assert main(["import", str(source), "--reread", "--root", str(root)]) == 0

        assert entries == {path: text for path, text in snapshot(root).items() if "entries" in str(path)}


class TestCommand:
    """``odebib import --reread``."""

    def test_shows_each_field_before_and_after(
        self, capsys: pytest.CaptureFixture[str], root: Path, source: Path
    ) -> None:
        """With --dry-run nothing is written."""
        alter(root, "venue: ICML\n", "venue: on Meshes\n")
        before = snapshot(root)

        assert main(["import", str(source), "--reread", "--dry-run", "--root", str(root)]) == 0

        printed = capsys.readouterr()
        assert printed.out == (
            "read again (1):\n  README.md:5: Standing Waves on Meshes\n      venue: on Meshes → ICML\n"
        )
        assert "1 known record read otherwise; nothing written (--dry-run)\n" in printed.err
        assert snapshot(root) == before

    def test_json(self, capsys: pytest.CaptureFixture[str], root: Path, source: Path) -> None:
        """The report has the changes beside the records."""
        alter(root, "venue: ICML\n", "")

        main(["import", str(source), "--reread", "--report", "json", "--root", str(root)])

        (record,) = json.loads(capsys.readouterr().out)["reread"]
        assert record == {
            "line": 5,
            "title": "Standing Waves on Meshes",
            "changes": [{"field": "venue", "before": None, "after": "ICML"}],
        }

    def test_without_it_nothing_is_read_again(self, root: Path, source: Path) -> None:
        """A plain import leaves records that are known as they are."""
        alter(root, "venue: ICML\n", "venue: on Meshes\n")
        before = snapshot(root)

        assert main(["import", str(source), "--root", str(root)]) == 0

        assert snapshot(root) == before

"""One writer at a time: two at once lose nothing, and what a killed run left is taken over or swept."""

from __future__ import annotations

import datetime
import os
import platform
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from odebib.editing import contributing
from odebib.errors import UsageError
from odebib.model import schemas
from odebib.project import locks, scaffold, store
from projects import make

ODEBIB = [sys.executable, "-m", "odebib"]
PAPER = "@article{{k{0}, title={{Stable Waves on Meshes of {0}}}, author={{One, Ann}}, year=2020, journal={{J}}}}\n"


def start(root: Path, *arguments: str, given: str = "") -> subprocess.Popen[str]:
    """A command, running."""
    process = subprocess.Popen(
        [*ODEBIB, *arguments, "--root", str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin
    process.stdin.write(given)
    process.stdin.close()
    process.stdin = None
    return process


def end(process: subprocess.Popen[str]) -> str:
    """What a command said, after it ended as it should."""
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    return out + err


class TestLock:
    """The lock itself."""

    def test_a_dead_holder_is_passed_over_and_told_of(self, tmp_path: Path) -> None:
        """A process that is no more holds nothing."""
        done = subprocess.Popen([sys.executable, "-c", ""])
        done.wait()
        lock, said = tmp_path / "a.lock", []
        assert locks._made(lock, locks.Holder("import", done.pid, platform.node()))

        with locks.held(lock, "add", said.append):
            assert lock.is_file()

        assert [text for text in said if "`odebib import`" in text and "going on" in text]
        assert not lock.exists()

    def test_a_living_holder_is_waited_for_and_named(self, tmp_path: Path) -> None:
        """Whoever waits says for whom, and gives up in the end."""
        said: list[str] = []
        with (
            locks.held(tmp_path / "a.lock", "import", said.append),
            pytest.raises(UsageError, match=r"`odebib import` \(process \d+ on .*\) is writing"),
            locks.held(tmp_path / "a.lock", "add", said.append, patience=0.3),
        ):
            pass
        assert said == [f"waiting for `odebib import` (process {os.getpid()} on {platform.node()})"]

    @pytest.mark.parametrize("content", ["", "{}", "garbage", '{"command": 1}'])
    def test_a_lock_that_cannot_be_read(
        self, tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever made it died while making it."""
        monkeypatch.setattr(locks, "UNREADABLE_FOR", 0.0)
        (tmp_path / "a.lock").write_text(content)
        with locks.held(tmp_path / "a.lock", "add", lambda _: None):
            pass


class TestTwoAtOnce:
    """Two commands at the same time."""

    def test_imports_of_the_same_key(self, tmp_path: Path) -> None:
        """Two different works that would get the same key get one each."""
        root = make(tmp_path / "p", {})
        titles = {"Ice": "Stable Glaciers without Friction", "Sand": "Stable Reading of Handwritten Music"}
        for name, title in titles.items():
            (tmp_path / f"{name}.bib").write_text(
                PAPER.format(name).replace(f"Stable Waves on Meshes of {name}", title)
            )
        running = [start(root, "import", str(tmp_path / f"{name}.bib")) for name in ("Ice", "Sand")]

        for process in running:
            end(process)

        kept = {entry.title for entry in store.load(root).bibliography.entries.values()}
        assert set(titles.values()) == kept

    def test_merges_of_each_other(self, tmp_path: Path) -> None:
        """One of the two remains, however they come."""
        text = "title: Stable Waves\nauthors: [Ann One]\nyear: 2020\n"
        root = make(tmp_path / "p", {"entries/one2020stable.yml": text, "entries/one2020waves.yml": text})
        running = [
            start(root, "merge", "one2020stable", "one2020waves"),
            start(root, "merge", "one2020waves", "one2020stable"),
        ]

        for process in running:
            end(process)

        assert len(store.load(root).bibliography.entries) == 1

    @pytest.mark.parametrize("after", [0.6, 1.2, 2.0])
    def test_a_killed_run_leaves_nothing_behind(self, tmp_path: Path, after: float) -> None:
        """Whatever it was doing, the next run finds whole files, and no others remain."""
        root = make(tmp_path / "p", {})
        (tmp_path / "a.bib").write_text("".join(PAPER.format(f"kind {number}") for number in range(40)))
        process = start(root, "import", str(tmp_path / "a.bib"))
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        (root / "data/entries").mkdir(exist_ok=True)
        (root / "data/entries/.odebib-x.yml.abc").write_text("half")

        end(start(root, "import", str(tmp_path / "a.bib")))

        assert [
            path.name
            for path in root.rglob("*")
            if path.name.startswith(".odebib-") or path.suffix == ".lock"
        ] == []
        assert len(store.load(root).bibliography.entries) == 40


class TestNewFiles:
    """Files of new entries replace nobody's, even where no lock was heeded."""

    def test_an_entry_made_meanwhile(self, tmp_path: Path) -> None:
        """Who planned the same file a moment earlier is told, and loses nothing of the other's."""
        root = make(tmp_path / "p", {})
        text = "title: Stable Waves\nauthors: [Ann One]\nyear: 2020\nurl: https://example.org/waves\n"
        project = store.load(root)
        mine, yours = (
            contributing.add(project, text.replace("Waves", word), datetime.date(2026, 1, 1))
            for word in ("Waves", "Glaciers")
        )
        assert mine.path == yours.path
        mine.write(project)

        with pytest.raises(UsageError, match=r"was made by somebody else meanwhile; it stays as it is"):
            yours.write(project)

        (entry,) = store.load(root).bibliography.entries.values()
        assert entry.title == "Stable Waves"

    def test_init_beside_another(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that appears in the folder after it was looked at stays as it is."""
        seen = schemas.text

        def meanwhile(name: str) -> str:
            (tmp_path / "p/schema").mkdir(exist_ok=True)
            (tmp_path / "p/schema" / f"{name}.json").write_text("mine")
            return seen(name)

        monkeypatch.setattr(schemas, "text", meanwhile)
        with pytest.raises(UsageError, match="it stays as it is"):
            scaffold.make(tmp_path / "p")
        assert {path.read_text() for path in (tmp_path / "p/schema").iterdir()} == {"mine"}


class TestOutput:
    """What -o may replace."""

    def test_a_pipe_is_written_to(self, tmp_path: Path) -> None:
        """It stays a pipe, and who reads it gets everything."""
        root = make(
            tmp_path / "p", {"entries/one2020stable.yml": "title: Stable\nauthors: [Ann One]\nyear: 2020\n"}
        )
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        process = start(root, "export", "-o", str(pipe))
        assert "one2020stable" in pipe.read_text()
        end(process)
        assert pipe.is_fifo()

    def test_somebody_elses_file_stays(self, tmp_path: Path) -> None:
        """It is replaced only when that is said; what was written here is replaced at once."""
        root = make(
            tmp_path / "p", {"entries/one2020stable.yml": "title: Stable\nauthors: [Ann One]\nyear: 2020\n"}
        )
        mine = tmp_path / "mine.bib"
        mine.write_text("my own\n")

        said = end(start(root, "export", "-o", str(mine)))
        assert "say --force to replace it" in said
        assert mine.read_text() == "my own\n"

        end(start(root, "export", "-o", str(mine), "--force"))
        assert "one2020stable" in mine.read_text()
        (root / "data/entries/one2020stable.yml").write_text("title: Other\nauthors: [Ann One]\nyear: 2020\n")
        end(start(root, "export", "-o", str(mine)))
        assert "Other" in mine.read_text()

"""Damaged sources: nothing of them is lost in silence, and reading them ends."""

from __future__ import annotations

import sys
import time
import unicodedata
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import contextlib

from faults import fuzz
from odebib.errors import OdebibError
from odebib.sources import files

RUNS = (
    " ",
    "\t",
    "\n",
    "a",
    "A",
    "1",
    "é",
    "中",
    "(",
    "[",
    "{",
    "<",
    ",",
    ".",
    "-",
    "_",
    "*",
    "`",
    "\\",
    "$",
    '"',
    "&",
    "A. ",
    "et al. ",
    "](",
)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", fuzz.ENDINGS)
def test_laws(kind: str, seed: int) -> None:
    """Every item is a record or is told, the project stays sound, and a second import changes nothing."""
    assert fuzz.run(kind, seed) == []


@pytest.mark.parametrize("kind", fuzz.ENDINGS)
def test_ends(kind: str, tmp_path: Path) -> None:
    """Twice as long a run of anything takes no more than in proportion, wherever it stands."""
    sound = fuzz.seeds()[kind]
    middle = sound.index(fuzz.TITLES[2]) + 10

    def work(run: str, length: int) -> float:
        source = tmp_path / f"x{fuzz.ENDINGS[kind]}"
        source.write_text(sound[:middle] + run * (length // len(run)) + sound[middle:], encoding="utf-8")
        started = time.process_time()
        with contextlib.suppress(OdebibError):
            files.read(source, kind)
        return time.process_time() - started

    slow = [run for run in RUNS if work(run, 16_000) > 0.5 + 12 * work(run, 4_000)]
    assert slow == []


@pytest.mark.parametrize(
    "note",
    [
        pytest.param("arxiv:" * 60 + " word", id="ids in ids"),
        pytest.param("accessed " * 60 + "\n word", id="words that lead to an address"),
        pytest.param("see " * 8_000 + "x", id="words before an address"),
        pytest.param(", " * 8_000 + "x", id="separators"),
        pytest.param("\\" * 80_001 + "x", id="backslashes"),
    ],
)
def test_notes_that_were_made_slow(tmp_path: Path, note: str) -> None:
    """A note of a .bib file that no pattern may take apart in more ways than one."""
    source = tmp_path / "a.bib"
    source.write_text(
        f"@misc{{k, title={{Stable Glaciers}}, year=2020, note={{{note} https://example.org/}}}}\n"
    )
    started = time.process_time()
    (record,) = (found.record for section in files.read(source).sections for found in section.records)
    assert record.title == "Stable Glaciers"
    assert time.process_time() - started < 5  # it was minutes, or for ever


class TestHidden:
    """What nobody sees in a source is not taken over."""

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("a.bib", "@article{{k, title={{{0}}}, author={{One, Ann}}, year=2020, journal={{J}}}}\n"),
            ("a.ris", "TY  - JOUR\nTI  - {0}\nAU  - One, Ann\nPY  - 2020\nJO  - J\nER  - \n"),
            (
                "a.json",
                '[{{"id": "k", "type": "article-journal", "title": "{0}", "author": [{{"family": "One"}}]}}]',
            ),
            ("a.md", "# L\n\n## P\n\n- [{0}](https://example.org/1) - Ann One, 2020\n"),
            ("a.csv", "title,authors,year\n{0},Ann One,2020\n"),
        ],
    )
    @pytest.mark.parametrize(
        ("hidden", "left"),
        [
            ("\u061c", ""),
            ("\u2060\u2064", ""),
            ("".join(chr(0xE0000 + ord(letter)) for letter in "obey"), ""),
            ("\u0323" * 500, "\u0323" * 8),
        ],
        ids=["an Arabic mark", "joiners", "tags", "heaped marks"],
    )
    def test_is_dropped(self, tmp_path: Path, name: str, text: str, hidden: str, left: str) -> None:
        """The title is what one sees; marks are as many as a letter may bear."""
        path = tmp_path / name
        path.write_text(text.format(f"Stable{hidden} Glaciers without Friction"), encoding="utf-8")
        (record,) = (found.record for section in files.read(path).sections for found in section.records)
        assert unicodedata.normalize("NFD", record.title or "") == f"Stable{left} Glaciers without Friction"

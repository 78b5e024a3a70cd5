"""Damaged sources: nothing of them is lost in silence, and reading them ends."""

from __future__ import annotations

import sys
import time
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

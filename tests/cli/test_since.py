"""``odebib check --since``: what was published is not lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from odebib.cli import main
from projects import CHEN, make

LEDGER = "entries/chen2018neural\ntopics/neural-odes\n"
ENTRY = "entries/chen2018neural.yml"
OTHER = """
title: Reading of Handwritten Music
authors: [Ann One]
year: 2020
arxiv: 2001.00001
topics: [theory]
tags: [images]
"""


def since(capsys: pytest.CaptureFixture[str], tmp_path: Path, after: dict[str, str]) -> tuple[int, str]:
    """The exit status and the words of a check against the state that was published."""
    before = make(tmp_path / "before", {"published.txt": LEDGER, ENTRY: CHEN})
    root = make(tmp_path / "after", {"published.txt": LEDGER, ENTRY: CHEN, **after})
    status = main(["check", "--since", str(before), "--root", str(root)])
    return status, capsys.readouterr().out


class TestSince:
    """Against an earlier state."""

    @pytest.mark.parametrize(
        ("after", "said"),
        [
            pytest.param(
                {"published.txt": "entries/chen2018neural\n"},
                "the line `topics/neural-odes` is gone, but what was published once stays",
                id="a line gone from the ledger",
            ),
            pytest.param(
                {"published.txt": ""},
                "the line `entries/chen2018neural` is gone, but what was published once stays",
                id="an empty ledger",
            ),
            pytest.param(
                {ENTRY: OTHER},
                "`chen2018neural` was published as “Neural Ordinary Differential Equations”",
                id="another work under a published key",
            ),
        ],
    )
    def test_lost(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, after: dict[str, str], said: str
    ) -> None:
        """It is an error with its place."""
        status, out = since(capsys, tmp_path, after)
        assert status == 1
        assert said in out
        assert out.startswith("data/")

    @pytest.mark.parametrize(
        "after",
        [
            pytest.param({}, id="nothing changed"),
            pytest.param({"published.txt": LEDGER + "topics/theory\n"}, id="a longer ledger"),
            pytest.param(
                {"published.txt": LEDGER.replace("odes", "odes gone: why")}, id="a line marked gone"
            ),
            pytest.param({ENTRY: CHEN.replace("2018\n", "2019\n")}, id="another year"),
            pytest.param({ENTRY: CHEN.replace("Equations", "Equations, Revised")}, id="a mended title"),
        ],
    )
    def test_kept(self, capsys: pytest.CaptureFixture[str], tmp_path: Path, after: dict[str, str]) -> None:
        """What is still the same work under the same address is not told."""
        _, out = since(capsys, tmp_path, after)
        assert "lost-line" not in out
        assert "another-work" not in out

    def test_a_revision(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """The earlier state may be a revision of the version control."""
        root = make(tmp_path, {"published.txt": LEDGER, ENTRY: CHEN})
        for words in (["init", "-q"], ["add", "data"], ["commit", "-q", "-m", "x"]):
            name = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
            subprocess.run(["git", "-C", root, *name, *words], check=True)
        (root / "data/published.txt").unlink()
        assert main(["check", "--since", "HEAD", "--root", str(root)]) == 1
        assert "the line `entries/chen2018neural` is gone" in capsys.readouterr().out

"""Uniting two entries on disk: comments, records and interruption."""

from __future__ import annotations

from pathlib import Path

import pytest

from odebib.editing import uniting
from projects import CHEN, load, make, snapshot

OTHER = """
# Checked against the proceedings by hand.
title: Neural Ordinary Differential Equations
authors:
  - Ricky T. Q. Chen
  - others
year: 2018
arxiv: 1806.07366
links:
  code: https://github.com/rtqichen/torchdiffeq
tags: [theory]
"""

LIST = """
name: A List
sections:
  - title: Neural ODEs
    records:
      - text: Neural ODEs  # as it stood
        entry: chen2018neuralb
"""


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A project in which one work has two entries."""
    entries = {"entries/chen2018neural.yml": CHEN, "entries/chen2018neuralb.yml": OTHER}
    return make(tmp_path, {**entries, "lists/a-list.yml": LIST})


class TestMerge:
    """``odebib merge KEPT OTHER``."""

    def test_the_kept_file_gains_what_the_other_says(self, root: Path) -> None:
        """New fields come to their places, everything else stays byte for byte, comments of both included."""
        uniting.merge(load(root), "chen2018neural", "chen2018neuralb")

        expected = (
            CHEN.lstrip("\n")
            .replace("topics:", "links:\n  code: https://github.com/rtqichen/torchdiffeq\ntopics:")
            .replace("tags: [images]", "tags: [images, theory]\naliases: [chen2018neuralb]")
        )
        text = (root / "data/entries/chen2018neural.yml").read_text(encoding="utf-8")
        assert text == expected + "# From chen2018neuralb:\n# Checked against the proceedings by hand.\n"

    def test_the_other_file_is_gone_and_its_key_resolves(self, root: Path) -> None:
        """The former key leads to the kept entry."""
        uniting.merge(load(root), "chen2018neural", "chen2018neuralb")

        bibliography = load(root).bibliography
        assert list(bibliography.entries) == ["chen2018neural"]
        assert bibliography.resolve("chen2018neuralb") == "chen2018neural"

    def test_records_follow(self, root: Path) -> None:
        """Records of the other entry name the kept one; the rest of the list stays as it is."""
        uniting.merge(load(root), "chen2018neural", "chen2018neuralb")

        text = (root / "data/lists/a-list.yml").read_text(encoding="utf-8")
        assert text == LIST.lstrip("\n").replace("chen2018neuralb", "chen2018neural")

    def test_an_interrupted_merge_is_completed(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Stopped before the other file was deleted, the same command finishes the work."""
        with monkeypatch.context() as patched:
            patched.setattr(Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                uniting.merge(load(root), "chen2018neural", "chen2018neuralb")
        half = snapshot(root)["data/entries/chen2018neural.yml"]

        uniting.merge(load(root), "chen2018neural", "chen2018neuralb")

        assert snapshot(root)["data/entries/chen2018neural.yml"] == half
        assert "data/entries/chen2018neuralb.yml" not in snapshot(root)

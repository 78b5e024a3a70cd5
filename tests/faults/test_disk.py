"""A disk that is full: the message names the file, and nothing is torn."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from odebib.cli import main
from odebib.yamlio import writer
from projects import CHEN, make


def test_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What could not be written is said, what was there is whole, and nothing is left beside it."""
    root = make(tmp_path, {"entries/chen2018neural.yml": "year: 2018\n" + CHEN.replace("year: 2018\n", "")})
    before = (root / "data/entries/chen2018neural.yml").read_text()

    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writer.os, "fdopen", full)
    assert main(["fmt", "--root", str(root)]) == 2
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert "data/" in said or ".cache" in said
    assert (root / "data/entries/chen2018neural.yml").read_text() == before
    assert [path.name for path in root.rglob(".odebib-*")] == []

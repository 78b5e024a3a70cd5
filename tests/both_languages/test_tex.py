"""What TeX sees of a text: the command line and the page read the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from both_languages.scripts import Scripts, cases
from odebib.lookup import tex
from website.browsing import require

KINDS = {"cite": "cites", "own": "own", "bib": "bibs", "input": "takes", "file": "writes"}
RE_AUX = re.compile(r"^\\(?:citation|abx@aux@cite\{\d+\})\{([^}]*)\}", re.MULTILINE)
EVENTS = "(tex, text) => [...tex.read(text)]"


def told(events: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    """What events say, by kind, in the words of the table."""
    found: dict[str, list[str]] = {name: [] for name in KINDS.values()}
    for kind, *values in events:
        if kind == "set":
            found["own"].append(values[0])
            found["cites"] += values[1:]
        elif kind == "input":
            found["takes"].append("|".join(filter(None, values)))
        else:
            found[KINDS[kind]] += values[:1] if kind == "file" else values
    return found


def expected(case: dict[str, Any]) -> dict[str, list[str]]:
    """What a case says, with nothing where it says nothing."""
    return {name: case.get(name, []) for name in KINDS.values()}


@cases("tex")
class TestTex:
    """One table of cases for both."""

    def test_python(self, case: dict[str, Any]) -> None:
        """``odebib cite``."""
        assert told((event.kind, *event.values) for event in tex.read(case["text"])) == expected(case)

    @pytest.mark.browser
    def test_javascript(self, case: dict[str, Any], scripts: Scripts) -> None:
        """The page ``/cite/``."""
        assert told(scripts.run("tex.js", EVENTS, case["text"])) == expected(case)


@cases("tex", having="packages")
@pytest.mark.latex
class TestLatex:
    """The table is true: LaTeX cites the same."""

    def test_latex(self, case: dict[str, Any], tmp_path: Path) -> None:
        """What stands in the ``.aux`` that it writes."""
        latex = require(shutil.which("pdflatex"), "LaTeX", "apt-get install texlive-latex-extra")
        packages = f"\\usepackage{{{case['packages']}}}" if case["packages"] else ""
        text = (
            f"\\documentclass{{article}}{packages}\n\\begin{{document}}\n{case['text']}\n\\end{{document}}\n"
        )
        (tmp_path / "x.tex").write_text(text, encoding="utf-8")
        command = [latex, "-draftmode", "-interaction=nonstopmode", "x.tex"]
        subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, timeout=60)
        found = RE_AUX.findall((tmp_path / "x.aux").read_text("utf-8", errors="replace"))
        keys = {key.strip() for several in found for key in several.split(",")}

        assert keys - {""} == set(case.get("cites", []))

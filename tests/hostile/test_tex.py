"""Hostile titles in a paper: TeX runs nothing of them, writes nothing beside the paper and opens nothing of others."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from attacks import TEX
from odebib.checks import run
from odebib.formats import biblatex, bibtex
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.text.latex import are_paired

pytestmark = [
    pytest.mark.latex,
    pytest.mark.skipif(not shutil.which("pdflatex"), reason="apt-get install texlive-latex-recommended"),
]

PAPER = r"""
\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{amsmath,amssymb}
\usepackage{hyperref}
%s
\begin{document}
\nocite{*}
%s
THE END
\end{document}
"""
OURS = {"paper.tex", "all.bib"}
MADE = {"paper.aux", "paper.bbl", "paper.blg", "paper.bcf", "paper.run.xml", "paper.log", "paper.out", "paper.pdf",
        "paper.fls"}  # fmt: skip
"""What the programs themselves write."""


ATTACKS = [formula for formula in TEX if "\u2060" not in formula]
"""What the model lets through; characters that nobody sees it refuses, whatever stands around them."""


def _hostile() -> Bibliography:
    """An entry for each attack, with it in every field that takes text."""
    entries = {}
    for number, formula in enumerate(ATTACKS):
        sign = ("${}$", "$${}$$", r"\({}\)")[number % 3]
        text = "A " + sign.format(" ".join(formula.split())) + " b"
        entries[f"hostile{number}"] = Entry(
            key=f"hostile{number}", title=text, authors=["Ann Author", "{" + text.replace("{", "").replace("}", "") + "}"],
            year="2020", venue=text, event=text, publisher=text, volume="$x$", abstract=text,
            url="https://example.org/secret?a=%25~#x_1",
        )  # fmt: skip
    return Bibliography(entries)


@pytest.mark.parametrize(
    ("render", "package", "printed", "program"),
    [
        pytest.param(bibtex.render, r"\usepackage{natbib}", r"\bibliographystyle{plainnat}\bibliography{all}", "bibtex", id="bibtex"),
        pytest.param(
            biblatex.render, r"\usepackage[backend=biber]{biblatex}\addbibresource{all.bib}", r"\printbibliography", "biber",
            id="biblatex",
        ),
    ],
)  # fmt: skip
def test_paper(render: object, package: str, printed: str, program: str, tmp_path: Path) -> None:
    """The paper is set to its end; nothing else lies beside it, and nothing outside was opened."""
    folder = tmp_path / "paper"
    folder.mkdir()
    for name in ("secret.tex", "secret"):
        (tmp_path / name).write_text("OPENED")
    bibliography = _hostile()
    (folder / "all.bib").write_text(render(bibliography, bibliography.entries, abstracts=True))  # type: ignore[operator]
    (folder / "paper.tex").write_text(PAPER % (package, printed))
    tex = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-recorder", "paper"]
    for command in (tex, [program, "paper"], tex):
        subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=300)
    assert {path.name for path in folder.iterdir()} <= OURS | MADE
    opened = [
        line.split(" ", 1)[1] for line in (folder / "paper.fls").read_text().splitlines() if " " in line
    ]
    foreign = [path for path in opened if path.startswith("/") and "tex" not in path and path != str(folder)]
    assert foreign == []
    assert not [path for path in opened if "secret" in path or "stolen" in path]
    log = (folder / "paper.log").read_text(errors="replace")
    assert "Output written on paper.pdf" in log
    assert "capacity exceeded" not in log
    assert (folder / "paper.bbl").read_text(errors="replace").count("hostile") >= len(ATTACKS)
    assert [
        line for line in log.splitlines() if line.startswith("! ") and "Unicode character" not in line
    ] == []


def test_told(make_project: object) -> None:
    """Each of them that looks like mathematics is an error at its place."""
    files = {
        f"entries/x{number}.yml": {
            "title": f"A ${' '.join(formula.split())}$ b",
            "url": "https://example.org",
        }
        for number, formula in enumerate(TEX)
        if are_paired(formula) and "\n" not in formula
    }
    project = make_project(files)  # type: ignore[operator]
    told = {
        problem.location.path
        for problem in run(project)
        if problem.code in {"refused-mathematics", "bad-value"}
    }
    assert told == {f"data/{name}" for name in files}

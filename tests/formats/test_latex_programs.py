"""BibTeX and biber themselves read our files without a warning, and LaTeX sets them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from odebib.formats import biblatex, bibtex
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.project import store
from odebib.project.store import Project

pytestmark = pytest.mark.latex

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "bibtex": "texlive-binaries",
    "pdflatex": "texlive-latex-recommended",
    "biber": "biber texlive-bibtex-extra",
    "plainnat.bst": "texlive-latex-base",
    "biblatex.sty": "texlive-bibtex-extra",
    "lmodern.sty": "lmodern",
}
"""Debian packages of the programs and files that these tests need."""

DOCUMENT = r"""
\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{amssymb}
\usepackage{hyperref}
%s
\begin{document}
%s
\end{document}
"""
HOSTILE = (
    "100% of #1 & _a_ ~x ^2 \\foo {unbalanced",
    "costs $5 and $6 } today",
    "$x_{1$ and $x_{1}%&#$",
    "A <b>C</b> | “D” «E» … ² α → ℝ",
    "ends with \\",
    "@article{x, title={y}}",
)


@pytest.fixture(scope="module", autouse=True)
def _programs() -> None:
    """All programs are there; where they must be and are not, that is a failure."""
    missing = [name for name in PACKAGES if not _is_there(name)]
    if not missing:
        return
    packages = " ".join(PACKAGES[name] for name in missing)
    message = f"{', '.join(missing)} not installed; on Debian: apt-get install {packages}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def _is_there(name: str) -> bool:
    if "." not in name:
        return shutil.which(name) is not None
    finder = shutil.which("kpsewhich")
    return bool(finder and subprocess.run([finder, name], capture_output=True, check=False).stdout.strip())


@pytest.fixture(name="run")
def _run(tmp_path: Path) -> Callable[..., str]:
    """Runs a program in a folder of its own; its output, with what it wrote to standard error."""

    def run(*command: str) -> str:
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False, timeout=300
        )
        return done.stdout + done.stderr

    return run


NO_YEAR = "Warning--empty year in "
"""What bibtex says of a work whose year is not known, which is so."""


def _hostile() -> Bibliography:
    entries = [
        Entry(
            key=f"hostile{number}",
            title=title,
            authors=["Ann_1 O'Hara#%"],
            year=str(2000 + number),
            venue=title,
        )
        for number, title in enumerate(HOSTILE)
    ]
    return Bibliography({entry.key: entry for entry in entries})


@pytest.fixture(name="bibliography", scope="module", params=["toy", "data", "hostile"])
def _bibliography(request: pytest.FixtureRequest, toy: Project) -> Bibliography:
    """The toy bibliography, the project's own, and one with titles that try to break it."""
    if request.param == "hostile":
        return _hostile()
    return toy.bibliography if request.param == "toy" else store.load(ROOT).bibliography


class TestBibtex:
    """bibtex with the styles that papers use."""

    @pytest.mark.parametrize("style", ["plain", "alpha", "plainnat"])
    def test_no_warning(
        self, bibliography: Bibliography, style: str, run: Callable[..., str], tmp_path: Path
    ) -> None:
        """bibtex says nothing but that works without a year have none, and LaTeX stops nowhere."""
        (tmp_path / "all.bib").write_text(bibtex.render(bibliography, bibliography.entries))
        package = r"\usepackage{natbib}" if style == "plainnat" else ""
        body = rf"\nocite{{*}}\bibliographystyle{{{style}}}\bibliography{{all}}"
        (tmp_path / "paper.tex").write_text(DOCUMENT % (package, body))
        run("pdflatex", "-interaction=nonstopmode", "paper")
        said = run("bibtex", "paper")
        undated = {key for key, entry in bibliography.entries.items() if not entry.year}
        complaints = re.findall(r"(?i).*(?:warning--|error|sorry|missing).*", said)
        assert {line for line in complaints if line.removeprefix(NO_YEAR) not in undated} == set()
        assert (tmp_path / "paper.bbl").read_text().count("\\bibitem") == len(bibliography.entries)
        log = run("pdflatex", "-interaction=nonstopmode", "paper")
        assert re.findall(r"^! .*", log, re.MULTILINE) == []


class TestBiber:
    """biber with its data model, and LaTeX behind it."""

    @pytest.mark.parametrize("style", ["numeric", "authoryear"])
    def test_no_warning(
        self, bibliography: Bibliography, style: str, run: Callable[..., str], tmp_path: Path
    ) -> None:
        """The data model finds nothing, save that works without a year have none; LaTeX sets every entry."""
        (tmp_path / "all.bib").write_text(biblatex.render(bibliography, bibliography.entries))
        package = (
            rf"\usepackage[backend=biber,style={style},maxbibnames=99]{{biblatex}}\addbibresource{{all.bib}}"
        )
        (tmp_path / "paper.tex").write_text(DOCUMENT % (package, r"\nocite{*}\printbibliography"))
        run("pdflatex", "-interaction=nonstopmode", "paper")
        said = run("biber", "--validate-datamodel", "paper")
        assert [line for line in said.splitlines() if re.match("WARN|ERROR", line)] == [
            f"WARN - Datamodel: Entry '{key}' (all.bib): Missing mandatory field - one of 'date, year' "
            "must be defined"
            for key, entry in bibliography.entries.items()
            if entry.year is None and not biblatex.render(bibliography, [key]).startswith("@software")
        ]
        log = run("pdflatex", "-interaction=nonstopmode", "paper")
        unknown_letters = re.findall(r"^! LaTeX Error: Unicode character .*", log, re.MULTILINE)
        assert re.findall(r"^! .*", log, re.MULTILINE) == unknown_letters

    def test_reads_bibtex(self, bibliography: Bibliography, run: Callable[..., str], tmp_path: Path) -> None:
        """The BibTeX file passes the data model, too, save for what BibTeX has no type or value for.

        That is a book with editors only, and a year that is not known.
        """
        dated = [key for key, entry in bibliography.entries.items() if entry.year and entry.authors]
        (tmp_path / "all.bib").write_text(bibtex.render(bibliography, dated))
        package = r"\usepackage[backend=biber]{biblatex}\addbibresource{all.bib}"
        (tmp_path / "paper.tex").write_text(DOCUMENT % (package, r"\nocite{*}\printbibliography"))
        run("pdflatex", "-interaction=nonstopmode", "paper")
        said = run("biber", "--validate-datamodel", "paper")
        assert [line for line in said.splitlines() if re.match("WARN|ERROR", line)] == []


class TestDocument:
    """A paper that cites every entry."""

    def test_compiles(self, run: Callable[..., str], tmp_path: Path) -> None:
        """Every \\cite is defined, and the PDF is there."""
        bibliography = store.load(ROOT).bibliography
        (tmp_path / "all.bib").write_text(biblatex.render(bibliography, bibliography.entries))
        package = r"\usepackage[backend=biber]{biblatex}\addbibresource{all.bib}"
        cited = " ".join(rf"\cite{{{key}}}" for key in bibliography.entries)
        (tmp_path / "paper.tex").write_text(DOCUMENT % (package, cited + r"\printbibliography"))
        run("pdflatex", "-interaction=nonstopmode", "paper")
        run("biber", "paper")
        run("pdflatex", "-interaction=nonstopmode", "paper")
        log = run("pdflatex", "-interaction=nonstopmode", "paper")
        assert "undefined" not in log
        assert (tmp_path / "paper.pdf").stat().st_size > 50_000

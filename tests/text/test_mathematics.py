"""Mathematics in text: what may go into other people's TeX, and what may not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from latex2mathml import converter

from attacks import TEX
from odebib.text import latex
from odebib.text.mathematics import COMMANDS, ENVIRONMENTS, fault

TAKES = {
    1: "acute bar bm boldsymbol boxed breve check ddddot dddot ddot dot emph grave hat hphantom hspace mathbb "
    "mathbbm mathbf mathbin mathcal mathclose mathds mathfrak mathinner mathit mathnormal mathop mathopen "
    "mathord mathpunct mathrel mathring mathrm mathscr mathsf mathtt mbox mod mspace operatorname "
    "operatornamewithlimits overbrace overleftarrow overleftrightarrow overline overrightarrow phantom pmb "
    "pmod pod smash sqrt substack text textbf textit textmd textnormal textrm textsf texttt textup tilde "
    "underbar underbrace underleftarrow underleftrightarrow underline underrightarrow vec vphantom widehat "
    "widetilde xleftarrow xrightarrow",
    2: "binom cfrac dbinom dfrac frac overset stackrel tbinom tfrac underset",
}
"""How many arguments a command takes; all others take none."""


class TestFault:
    """What a formula must not hold."""

    @pytest.mark.parametrize(
        "formula",
        [
            r"\mathcal{O}(\varepsilon^{-2}\log N)", r"x_1 < x_{2} \le \|x\|_2", r"\mathbb R^{n\times n}",
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", r"\begin{array}{l|r} 1 & 2 \end{array}",
            r"\left( \frac{\partial u}{\partial t} \right)\!", r"\operatorname*{arg\,min}_\theta", "50\\%", "α^β",
        ],
    )  # fmt: skip
    def test_what_papers_write(self, formula: str) -> None:
        """Formulas of titles and abstracts stay what they are."""
        assert fault(formula) is None

    @pytest.mark.parametrize("formula", TEX)
    def test_programs(self, formula: str) -> None:
        """What defines, reads, writes, repeats or ends is refused, however it is spelt."""
        assert fault(formula)

    @pytest.mark.parametrize(
        ("formula", "said"),
        [
            pytest.param(r"\input{x}", r"`\input`", id="command"),
            pytest.param(r"\end{document}", r"`\end{document}`", id="environment"),
            pytest.param(r"\begin{cases} 1", r"`\begin{cases}` without its end", id="no-end"),
            pytest.param("^^5cdef", "`^^`", id="code-of-a-character"),
            pytest.param("^\u2060^5cdef", "an invisible character", id="hidden-between"),
            pytest.param("{" * 9 + "}" * 9, "too many braces within each other", id="deep"),
            pytest.param(r"\}{", "a brace without its partner", id="braces-that-only-look-paired"),
        ],
    )
    def test_says_what(self, formula: str, said: str) -> None:
        """The first thing that is wrong is named."""
        assert fault(formula) == said


class TestCommands:
    """The list of commands."""

    @pytest.mark.parametrize(
        "command", sorted(COMMANDS - {"left", "middle", "right", "not", "limits", "nolimits"})
    )
    def test_rendered(self, command: str) -> None:
        """The website shows each of them as something other than its name."""
        arguments = next((number for number, names in TAKES.items() if command in names.split()), 0)
        if command == "genfrac":
            arguments, command = 2, r"genfrac(){0pt}{1}"
        tex = rf"x \{command}" + "{x}" * arguments + (" y" if arguments == 0 else "")
        assert f"\\{command}" not in converter.convert(tex)

    @pytest.mark.latex
    def test_known_to_latex(self, tmp_path: Path) -> None:
        """LaTeX, with the packages that papers load, knows every command and environment."""
        names = sorted(COMMANDS | ENVIRONMENTS)
        asked = "\n".join(rf"\ifcsname {name}\endcsname\else\typeout{{unknown {name}.}}\fi" for name in names)
        packages = r"\usepackage{amsmath,amssymb,mathrsfs,bm}"
        (tmp_path / "asked.tex").write_text(
            rf"\documentclass{{article}}{packages}\begin{{document}}{asked}\end{{document}}"
        )
        log = subprocess.run(
            ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "asked"],
            cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False, timeout=120,
        ).stdout  # fmt: skip
        unknown = {
            line.removeprefix("unknown ").rstrip(".") for line in log.splitlines() if "unknown " in line
        }
        assert unknown <= {"argmax", "argmin", "coloneqq", "llbracket", "mathbbm", "mathds", "rrbracket"}


class TestWriting:
    """Formulas that are refused are written as text."""

    @pytest.mark.parametrize("before", ["$", "$$", r"\("])
    @pytest.mark.parametrize("formula", TEX)
    def test_no_command_is_left(self, before: str, formula: str) -> None:
        """No backslash of the formula's own and no double caret reaches TeX."""
        after = {"$": "$", "$$": "$$", r"\(": r"\)"}[before]
        for written in (
            latex.encode(f"A {before}{formula}{after} b"),
            latex.escape(f"A {before}{formula}{after} b"),
        ):
            assert "^^" not in written
            assert "\\textbackslash{}" in written or "\\" not in formula

    @given(st.text(alphabet="\\$^{}()inputdef ｐ\u2060&%", max_size=40))
    def test_whatever_comes(self, text: str) -> None:
        """What is still mathematics when it has been written holds nothing that is refused."""
        for written in (latex.encode_title(text), latex.escape_title(text)):
            assert "\\input" not in written
            assert "\\def" not in written
            assert "^^" not in written

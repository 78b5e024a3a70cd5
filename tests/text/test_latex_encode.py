"""Unicode to LaTeX: what authors' files are made of."""

from __future__ import annotations

import pytest
from hypothesis import given

from odebib.text import latex
from strategies import hostile_text, titles

HOSTILE = "100% of #1 & _a_ ~x ^2 \\foo {unbalanced $5 \\"


class TestEncode:
    """Text in ASCII."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("Đặng Nguyễn", r"{\DJ}{\d{\u{a}}}ng Nguy{\~{\^{e}}}n", id="vietnamese"),
            pytest.param("Yıldız", r"Y{\i}ld{\i}z", id="dotless-i"),
            pytest.param(
                "Øksendal, Kozłowski, Groß", r"{\O}ksendal, Koz{\l}owski, Gro{\ss}", id="own-letters"
            ),
            pytest.param("Koutník, naïve", r"Koutn{\'i}k, na{\"i}ve", id="i-with-accent"),
            pytest.param("Ĩ ĩ ǰ", r"{\~I} {\~{\i}} {\v{\j}}", id="i-and-j-without-dot"),
            pytest.param("İstanbul", r"{\.I}stanbul", id="i-with-dot"),
            pytest.param("x\u0302", r"{\^x}", id="combining-accent"),
            pytest.param("a–b—c…", r"a--b---c\ldots{}", id="dashes"),
            pytest.param('"Hey," he said. (“So.”)', "``Hey,'' he said. (``So.'')", id="quotes"),
            pytest.param("a\u00a0b", "a~b", id="no-break-space"),
            pytest.param("A<B & C>D|E", r"A\textless{}B \& C\textgreater{}D\textbar{}E", id="signs"),
            pytest.param("{0, 1}", r"\{0, 1\}", id="braces-are-text"),
            pytest.param("a } {", r"a \textbraceright{} \textbraceleft{}", id="braces-without-partner"),
            pytest.param(
                "α in ℝ", r"\ensuremath{\alpha} in \ensuremath{\mathbb{R}}", id="mathematical-letters"
            ),
            pytest.param("ﬁne", "fine", id="ligature"),
            pytest.param("李飞飞", "李飞飞", id="script-without-commands"),
            pytest.param("a\u200bb\u202ec", "abc", id="invisible-characters"),
        ],
    )
    def test_encodes(self, text: str, expected: str) -> None:
        """Letters become BibTeX's special characters; what has no command stays."""
        assert latex.encode(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("$x_{1}$ % ", r"$x_{1}$ \% ", id="stays"),
            pytest.param("$a%b#c&d$", r"$a\%b\#c\&d$", id="signs-inside"),
            pytest.param(r"$a\%b$", r"$a\%b$", id="escaped-inside"),
            pytest.param("$$x$$", "$x$", id="display"),
            pytest.param(r"\(x\)", "$x$", id="parentheses"),
            pytest.param("$ L^1 $", "$L^1$", id="spaces"),
            pytest.param("from $5 to $10", r"from \$5 to \$10", id="prices"),
            pytest.param("$x_{1$ a", r"\$x\_\textbraceleft{}1\$ a", id="broken-braces"),
            pytest.param(r"\$5", r"\$5", id="escaped"),
        ],
    )
    def test_mathematics(self, text: str, expected: str) -> None:
        """Mathematics stays; dollars that cannot be mathematics are money."""
        assert latex.encode(text) == expected

    @given(hostile_text | titles)
    def test_never_breaks_a_file(self, text: str) -> None:
        """Whatever the text, braces are paired as BibTeX counts them, and no sign is left raw."""
        for write in (latex.encode, latex.encode_title, latex.escape, latex.escape_title):
            written = write(text)
            assert latex.are_paired(written)
            outside = "".join(latex.split_math(written)[::2])
            assert not any(sign in outside.replace("\\\\", "").replace(f"\\{sign}", "") for sign in "%#&"), (
                written
            )

    def test_hostile_text(self) -> None:
        """All signs at once."""
        assert latex.encode(HOSTILE) == (
            r"100\% of \#1 \& \_a\_ \textasciitilde{}x \textasciicircum{}2 \textbackslash{}foo "
            r"\textbraceleft{}unbalanced \$5 \textbackslash{}"
        )

    @pytest.mark.parametrize("piece", ["$", "$x", "{", "\\(", "\\", "a\u0301\u0302", "%"])
    def test_ends_on_hostile_text(self, piece: str) -> None:
        """Repetition does not make it explode."""
        latex.encode_title(piece * 20000)


class TestEncodeTitle:
    """Titles, whose braces keep case."""

    def test_pairs_of_braces_stay(self) -> None:
        """They are for BibTeX."""
        assert latex.encode_title("{Schrödinger} & {ODE}s") == r"{Schr{\"o}dinger} \& {ODE}s"


class TestEscape:
    """Text for LaTeX that knows Unicode."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("Đặng & Øksendal", r"Đặng \& Øksendal", id="letters-stay"),
            pytest.param("a–b “c”", "a--b ``c''", id="typography"),
            pytest.param("50% {x", r"50\% \textbraceleft{}x", id="signs"),
        ],
    )
    def test_escapes(self, text: str, expected: str) -> None:
        """Only what means something to TeX is written otherwise."""
        assert latex.escape(text) == expected


class TestReadAgain:
    """What is written can be read."""

    @pytest.mark.parametrize(
        "text",
        [
            "Đặng Thị Ngọc",
            "Yıldız",
            "ODE² ≤ α × ℝ",
            "a^b ~ c_d | e < f",
            "{0, 1}",
            "Łukasz & Søn",
            "50 % #1 _x",
        ],
    )
    def test_gives_the_text_back(self, text: str) -> None:
        """decode(encode(x)) is x."""
        assert latex.decode(latex.encode(text)) == text

"""LaTeX to Unicode and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odebib.text.latex import decode, decode_title, encode


class TestDecode:
    """LaTeX as Unicode text."""

    @pytest.mark.parametrize(
        ("latex", "expected"),
        [
            pytest.param(r"Poincar{\'e} {ODE}s", "Poincaré ODEs", id="accent-and-braces"),
            pytest.param(r"na\"{\i}ve", "naïve", id="dotless-i"),
            pytest.param(r"{\relax Ch}ebyshev", "Chebyshev", id="relax"),
            pytest.param(r"\c{S}, {\c c}, \v s, Ho\v rava", "Ş, ç, š, Hořava", id="bare-accents"),
            pytest.param(r"{\DJ}{\d{\u{a}}}ng Nguy{\~{\^{e}}}n", "Đặng Nguyễn", id="stacked-accents"),
            pytest.param(r"{\aa} {\L}{\o}re {\ss}", "å Łøre ß", id="letters"),
            pytest.param(
                r"$\mathcal{O}(\sqrt{s}=13)$ at \emph{depth}",
                r"$\mathcal{O}(\sqrt{s}=13)$ at depth",
                id="math",
            ),
            pytest.param(r"\(a+b\)", "$a+b$", id="math-in-parentheses"),
            pytest.param("a~b -- c --- ``q''", "a b – c — “q”", id="dashes-ties-quotes"),
            pytest.param("50% of A & B_1", "50% of A & B_1", id="raw-specials"),
            pytest.param(r"50\% \& \#", "50% & #", id="escaped-specials"),
            pytest.param(r"50% \'e", "50% é", id="raw-percent-is-no-comment"),
            pytest.param(r"\url{http://a.b/c_d%20e~f}", "http://a.b/c_d%20e~f", id="url"),
            pytest.param(r"\href{http://x}{text}", "text", id="href"),
            pytest.param(r"\unknown{foo} bar", "foo bar", id="unknown-command"),
            pytest.param(r"broken {brace \'e", "broken brace é", id="open-brace"),
            pytest.param(r"broken } brace \'e", "broken brace é", id="stray-brace"),
            pytest.param("plain  text", "plain text", id="spaces"),
        ],
    )
    def test_decodes(self, latex: str, expected: str) -> None:
        """Commands become characters; mathematics stays as it is."""
        assert decode(latex) == expected

    @given(st.text(alphabet=st.sampled_from("\\{}$%&~'\"aé ^_()"), max_size=80))
    def test_never_fails(self, text: str) -> None:
        """Whatever the text, decoding gives text."""
        assert isinstance(decode(text), str)

    @pytest.mark.parametrize("piece", ["{", "$", "\\", "\\(", "\\'", "\\foo{", "{a} "])
    def test_ends_on_hostile_text(self, piece: str) -> None:
        """Repetition does not make decoding explode."""
        decode_title(piece * 3000)


class TestDecodeTitle:
    """Titles keep the braces that protect case."""

    @pytest.mark.parametrize(
        ("latex", "expected"),
        [
            pytest.param("Neural {ODE}s", "Neural {ODE}s", id="protected-word"),
            pytest.param("{{Neural Equations}}", "Neural Equations", id="whole-title"),
            pytest.param("{N}eural {O}rdinary {E}quations", "Neural Ordinary Equations", id="habit"),
            pytest.param(r"{\"O}sterreich {ODE}", "Österreich {ODE}", id="accent-is-no-protection"),
            pytest.param(r"Learning {B{\'e}zier} curves", "Learning {Bézier} curves", id="accent-inside"),
            pytest.param(r"The $\mathbb{R}$ of \textit{it}", r"The $\mathbb{R}$ of it", id="math"),
        ],
    )
    def test_decodes_titles(self, latex: str, expected: str) -> None:
        """Braces stay only where they protect a word inside the title."""
        assert decode_title(latex) == expected


class TestEncode:
    """Unicode as ASCII LaTeX."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("ặ", r"{\d{\u{a}}}"),
            ("Göğüş", r"G{\"o}{\u{g}}{\"u}{\c{s}}"),
            ("ı ł ß", r"{\i} {\l} {\ss}"),
            ("a – b", "a -- b"),
            ("李飞飞", "李飞飞"),
            ("50% & more", r"50\% \& more"),
            ("ODE$^2$VAE", "ODE$^2$VAE"),
        ],
    )
    def test_encodes(self, text: str, expected: str) -> None:
        """Letters are BibTeX's special characters; unknown scripts stay."""
        assert encode(text) == expected

    @given(st.text(alphabet="abcÀÉîõüçñşğłøßæœåđĐŁặễộŠžěřůőČćń", min_size=1, max_size=30))
    def test_decoding_gives_the_letters_back(self, text: str) -> None:
        """decode(encode(x)) is x for Latin letters."""
        assert decode(encode(text)) == text

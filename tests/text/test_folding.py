"""Folding: what is left of a text when only its words matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odebib.text.folding import RE_WORD, fold, fold_words, slug, transliterate


class TestFold:
    """fold: lower-case ASCII words."""

    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            pytest.param("PDE-Net: Learning {PDEs}", "pde net learning pdes", id="case, braces, punctuation"),
            pytest.param("Data &amp; Noise", "data noise", id="HTML entity"),
            pytest.param("R&ouml;hm", "rohm", id="HTML letter"),
            pytest.param("ODE$_2$ and ODE ^ 2 VAE", "ode2 and ode2vae", id="scripts join"),
            pytest.param('G{\\"u}nther, Schr\\"odinger', "gunther schrodinger", id="LaTeX accents"),
            pytest.param("\\v{C}apek \\o{}re stra\\ss e", "capek ore strasse", id="LaTeX letters"),
            pytest.param("\\emph{deep} \\mathrm{Net}", "deep net", id="LaTeX fonts"),
            pytest.param("L'Hôpital’s rule", "lhopitals rule", id="apostrophes join"),
            pytest.param("Kozłowski, Đorđe, Yıldız", "kozlowski dorde yildiz", id="letters without accent"),
            pytest.param("W\N{REPLACEMENT CHARACTER}sch", "wsch", id="lost letter"),
            pytest.param("ﬁne deep\N{SOFT HYPHEN}learning", "fine deeplearning", id="ligature, soft hyphen"),
            pytest.param("", "", id="nothing"),
        ],
    )
    def test_words(self, text: str, folded: str) -> None:
        """Markup, accents, case and punctuation vanish."""
        assert fold(text) == folded

    @given(st.text(max_size=60))
    def test_is_idempotent(self, text: str) -> None:
        """Folding folded text changes nothing."""
        assert fold(fold(text)) == fold(text)

    @given(st.text(max_size=60))
    def test_words_are_plain(self, text: str) -> None:
        """Every word is lower-case ASCII letters and digits."""
        assert all(RE_WORD.fullmatch(word) for word in fold_words(text))


class TestSlug:
    """slug and transliterate: text in addresses."""

    def test_hyphens(self) -> None:
        """Words are joined by hyphens."""
        assert slug("Çağatay Yıldız") == "cagatay-yildiz"

    def test_case_is_kept(self) -> None:
        """Transliteration keeps the case."""
        assert transliterate("Kozłowski") == "Kozlowski"

"""Text of the data as markup: escaped, with mathematics as MathML and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odebib.website.markup import ATTRIBUTES, ELEMENTS, formula, plain, rich


class TestRich:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("a < b & c", "a &lt; b &amp; c", id="escaped"),
            pytest.param("{ODE} networks", "ODE networks", id="case-braces"),
            pytest.param("it costs $5 and $10", "it costs $5 and $10", id="amounts-are-no-formula"),
            pytest.param("$ x $", "$ x $", id="spaced-dollars-are-no-formula"),
            pytest.param("a lone $", "a lone $", id="lone-dollar"),
        ],
    )
    def test_text(self, text: str, expected: str) -> None:
        """Text is escaped, and dollars that enclose no formula stay."""
        assert rich(text) == expected

    def test_formula_becomes_mathml(self) -> None:
        """Mathematics between dollars becomes MathML in place."""
        assert "<math>" in rich("in $O(n^2)$ steps")
        assert "$" not in rich("in $O(n^2)$ steps")

    @given(st.text(alphabet="$\\{}<>&\"'ab^_2 \n", max_size=60))
    def test_only_mathml_comes_out(self, text: str) -> None:
        """Whatever comes in, only allowed MathML and the mark of a formula come out as elements."""
        found = str(rich(text))
        for name in re.findall(r"<\s*/?\s*([^\s>]*)", found):
            assert name in ELEMENTS | {"span"}
        for name in re.findall(r'(?<=\s)([^\s="<>]+)="', re.sub(r">[^<]*<", "><", found)):
            assert name in ATTRIBUTES | {"class"}


class TestFormula:
    @pytest.mark.parametrize(
        "tex",
        [
            pytest.param(r"\text{<script>alert(1)</script>}", id="script"),
            pytest.param(r"\text{&lt;script&gt;alert(1)&lt;/script&gt;}", id="script-as-entities"),
            pytest.param(r"\href{javascript:alert(1)}{x}", id="javascript"),
            pytest.param(r"\style{background:url(//x)}{x}", id="style"),
            pytest.param(r"\class{x}{y}", id="class"),
        ],
    )
    def test_nothing_can_run(self, tex: str) -> None:
        """Commands that could carry a script or an address lose it."""
        found = str(formula(tex))
        assert "<script" not in found
        assert "javascript:" not in re.sub(r">[^<]*<", "><", found)
        assert "style=" not in found
        assert "href=" not in found

    @pytest.mark.parametrize(
        "tex",
        [
            pytest.param("{" * 300, id="deep"),
            pytest.param("x" * 500, id="long"),
            pytest.param(r"\left(", id="unfinished"),
            pytest.param(r"\begin{nonsense}", id="unknown-environment"),
        ],
    )
    def test_unreadable_is_shown_as_tex(self, tex: str) -> None:
        """What cannot be read is shown as it was written, and never stops a build."""
        assert formula(tex)

    def test_unreadable_keeps_its_dollars(self) -> None:
        """TeX that is shown as such stands between its dollars."""
        assert formula("x" * 500) == '<span class="ob-tex">$' + "x" * 500 + "$</span>"


class TestPlain:
    def test_formulas_lose_their_dollars(self) -> None:
        """Titles of windows and descriptions take no markup."""
        assert plain("{ODE}$^2$VAE") == "ODE^2VAE"

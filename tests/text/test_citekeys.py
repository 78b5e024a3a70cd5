"""Citation keys: the rule proposes, the file name decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from odebib.text import citekeys, names


class TestPropose:
    """propose: the first free key by the rule."""

    @pytest.mark.parametrize(
        ("title", "author", "year", "expected"),
        [
            pytest.param(
                "Neural Ordinary Differential Equations",
                "Ricky T. Q. Chen",
                2018,
                "chen2018neural",
                id="rule",
            ),
            pytest.param("On the Flow", "Ann Adams", 2019, "adams2019flow", id="articles are skipped"),
            pytest.param(
                "PDE-Net: Learning", "Zichao Long", 2018, "long2018pdenet", id="a hyphenated word is one"
            ),
            pytest.param(
                "Stability", "Yves van Gennip", 2020, "vangennip2020stability", id="particles are kept"
            ),
            pytest.param(
                "Stability", "García Márquez, Gabriel", 2020, "garciamarquez2020stability", id="two words"
            ),
            pytest.param(
                "Ähnlichkeit", "Đặng Thị Ngọc Groß", 2020, "gross2020ahnlichkeit", id="transliteration"
            ),
            pytest.param("Øre", "Łukasz Søren", None, "sorenore", id="no year"),
            pytest.param("$L^2$ Norms", "A B", 2020, "b2020l2", id="mathematics"),
            pytest.param("To the", "A B", 2020, "b2020to", id="nothing but articles"),
            pytest.param("中文", "李 明", 2020, "ming2020zhongwen", id="other scripts"),
        ],
    )
    def test_rule(self, title: str, author: str, year: int | None, expected: str) -> None:
        """Family name, year, first title word that matters."""
        assert citekeys.propose(title, [names.parse(author)], year) == expected

    def test_clashes(self) -> None:
        """A clash takes the next title word, at the end b, c."""
        taken: list[str] = []
        for _ in range(4):
            taken.append(citekeys.propose("Neural Nets", [names.parse("A Chen")], 2018, taken=taken))

        assert taken == ["chen2018neural", "chen2018neuralnets", "chen2018neuralb", "chen2018neuralc"]

    def test_no_author(self) -> None:
        """A group, venue or site stands where there is no author."""
        assert citekeys.propose("A Benchmark", [], 2020, group="The JAX Team") == "thejaxteam2020benchmark"
        assert citekeys.propose("A Benchmark", [names.parse("{JAX}")], None) == "jaxbenchmark"
        assert citekeys.propose("A Benchmark", [names.parse("others")], None) == "benchmark"

    def test_nothing_at_all(self) -> None:
        """Even what has no words gets a key."""
        assert citekeys.propose("???", [], None) == "untitled"

    def test_names_that_file_systems_refuse(self) -> None:
        """Windows has no file aux.yml."""
        assert citekeys.propose("Aux", [], None) == "aux-x"

    @given(
        st.one_of(strategies.hostile_text, strategies.titles),
        st.lists(strategies.names.map(names.parse), max_size=3),
        st.none() | st.integers(1000, 2200),
        st.integers(0, 5),
    )
    def test_always_legal_and_free(
        self, title: str, authors: list[names.Name], year: int | None, clashes: int
    ) -> None:
        """Whatever the title, the key is legal and not taken."""
        taken: set[str] = set()
        for _ in range(clashes + 1):
            key = citekeys.propose(title, authors, year, taken=taken)
            assert citekeys.is_legal(key)
            assert key not in taken
            taken.add(key)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("chen2018neural", True),
        ("2018", True),
        ("aux-x", True),
        ("aux", False),
        ("com1", False),
        ("Chen2018", False),
        ("chen_2018", False),
        ("chen-2018", False),
        ("", False),
        ("../x", False),
        ("chen2018\n", False),
        ("chén", False),
    ],
)
def test_is_legal(key: str, expected: bool) -> None:
    """A key is a file name, an address and a macro argument at once."""
    assert citekeys.is_legal(key) is expected

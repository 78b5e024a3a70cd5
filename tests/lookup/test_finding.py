"""Finding entries by words: what is found, in which order, and what comes near."""

from __future__ import annotations

from pathlib import Path

import pytest

from odebib.lookup.finding import Finder
from projects import CHEN, load, make

WORDS = "abbreviations:\n  ODE: ordinary differential equation\n  GP: Gaussian process\n"


def entry(title: str, author: str, **fields: str) -> str:
    """The text of an entry."""
    more = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"title: {title}\nauthors: ['{author}']\n{more}"


@pytest.fixture(name="finder")
def _finder(tmp_path: Path) -> Finder:
    """A bibliography of five works."""
    files = {
        "words.yml": WORDS,
        "entries/chen2018neural.yml": CHEN,
        "entries/massaroli2020dissecting.yml": entry(
            "Dissecting Neural ODEs", "Stefano Massaroli", year="2020"
        ),
        "entries/yildiz2019ode2vae.yml": entry(
            "Deep Dynamics", "Çağatay Yıldız", year="2019", summary="About waves."
        ),
        "entries/wave2021solver.yml": entry("A Wave Solver", "Ann One", year="2021"),
        "entries/one2022kernels.yml": entry("Kernels for GPs", "Ann One", year="2022"),
    }
    return Finder(load(make(tmp_path, files)).bibliography)


class TestFind:
    """What holds all words."""

    @pytest.mark.parametrize(
        ("query", "keys"),
        [
            pytest.param("dissecting", ["massaroli2020dissecting"], id="a word of the title"),
            pytest.param("dissect", ["massaroli2020dissecting"], id="the beginning of a word"),
            pytest.param("ÇAGATAY yildiz", ["yildiz2019ode2vae"], id="accents and case do not matter"),
            pytest.param("neural ode", ["chen2018neural", "massaroli2020dissecting"], id="an abbreviation"),
            pytest.param(
                "ordinary differential equations",
                ["chen2018neural", "massaroli2020dissecting"],
                id="written out",
            ),
            pytest.param("gaussian process", ["one2022kernels"], id="a plural abbreviation, written out"),
            pytest.param("wave", ["wave2021solver", "yildiz2019ode2vae"], id="title before summary"),
            pytest.param("ann one", ["one2022kernels", "wave2021solver"], id="equals: the newest first"),
            pytest.param("neurips 2018", ["chen2018neural"], id="venue and year"),
            pytest.param("1806.07366", ["chen2018neural"], id="an identifier"),
            pytest.param("neural waves", [], id="all words must be there"),
            pytest.param("…", [], id="no words at all"),
        ],
    )
    def test_the_best_comes_first(self, finder: Finder, query: str, keys: list[str]) -> None:
        """Titles count most, then authors, then the rest."""
        assert finder.find(query) == keys


class TestNear:
    """What may have been meant."""

    @pytest.mark.parametrize(
        ("query", "key"),
        [
            pytest.param("disecting nural", "massaroli2020dissecting", id="typos"),
            pytest.param("masaroli", "massaroli2020dissecting", id="a name"),
            pytest.param("wave solvers and others", "wave2021solver", id="a title in other words"),
        ],
    )
    def test_comes_near(self, finder: Finder, query: str, key: str) -> None:
        """Misspelt words are taken for those that are spelt like them."""
        assert finder.near(query)[0] == key

    def test_nothing_comes_near_nonsense(self, finder: Finder) -> None:
        """What is like nothing finds nothing."""
        assert finder.near("xqzw") == []

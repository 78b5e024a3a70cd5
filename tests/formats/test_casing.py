"""Which capitals of titles are protected."""

from __future__ import annotations

import pytest
from hypothesis import given

from odebib.formats.casing import bare_title, protect_case
from odebib.model.vocabulary import Words
from odebib.text.latex import are_paired
from strategies import hostile_text, titles

WORDS = Words(
    proper_nouns=("Hamiltonian", "Runge", "Kutta", "Runge-Kutta", "Navier-Stokes", "Newton", "Schrödinger"),
    abbreviations={"ODE": "ordinary differential equation", "NODE": "neural ordinary differential equation"},
)


class TestProtectCase:
    """Braces stand around what must keep its capitals, and nothing else."""

    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            pytest.param("Neural ODEs and ResNets", "Neural {ODEs} and {ResNets}", id="mixed-case"),
            pytest.param("Deep Equilibrium Models", "Deep Equilibrium Models", id="plain-title-case"),
            pytest.param(
                "PDE-Net in Port-Hamiltonian form", "{PDE}-Net in Port-{Hamiltonian} form", id="hyphens"
            ),
            pytest.param("Runge-Kutta-Nets", "{Runge-Kutta}-Nets", id="longest-noun-first"),
            pytest.param("Two Hamiltonians", "Two {Hamiltonian}s", id="plural-of-a-noun"),
            pytest.param("Newton's Method", "{Newton}'s Method", id="possessive-of-a-noun"),
            pytest.param("NASA's and NASA’s Data", "{NASA}'s and {NASA}’s Data", id="possessive-of-capitals"),
            pytest.param("L2 Norms of 3D Shapes", "{L2} Norms of {3D} Shapes", id="digits"),
            pytest.param("iPhone and mRNA", "{iPhone} and {mRNA}", id="small-first-letter"),
            pytest.param("Q-Learning and A-Stability", "{Q}-Learning and {A}-Stability", id="single-letters"),
            pytest.param("Life in A Box", "Life in A Box", id="article-in-title-case"),
            pytest.param("Vitamin A", "Vitamin {A}", id="letter-at-the-end"),
            pytest.param("Part I: Theory", "Part {I}: Theory", id="roman-numeral"),
            pytest.param("Maps: A Survey", "Maps: A Survey", id="after-colon-kept-by-bibtex"),
            pytest.param("Why? An Answer", "Why? {An} Answer", id="after-question-mark"),
            pytest.param("Depth — A View", "Depth — {A} View", id="after-dash"),
            pytest.param('"Hey": Faster', '"{Hey}": Faster', id="behind-an-opening-quote"),
            pytest.param("Maps: “Not” Good", "Maps: “{Not}” Good", id="quote-after-colon"),
            pytest.param("Only $O(N)$ Steps", "Only {$O(N)$} Steps", id="math"),
            pytest.param("ODE$^2$VAE", "{ODE}{$^2$}{VAE}", id="math-inside-a-word"),
            pytest.param("The {Deep} and {$x$ ODE}", "The {Deep} and {$x$ ODE}", id="braces-by-hand"),
            pytest.param(
                "Solving the {Schrödinger} Equation", "Solving the {Schrödinger} Equation", id="twice"
            ),
            pytest.param("an ODE } alone", "an {ODE}  alone", id="lone-brace-goes"),
            pytest.param("FFJORD", "{FFJORD}", id="one-abbreviation"),
            pytest.param(
                "SOLVING THE HAMILTONIAN ODE IN TIME", "SOLVING THE {H}AMILTONIAN {ODE} IN TIME", id="loud"
            ),
            pytest.param(
                "wave turbulence near Mars with small rovers",
                "wave turbulence near {Mars} with small rovers",
                id="name-in-sentence-case",
            ),
            pytest.param(
                "memory efficient reversible integrators for Neural systems",
                "memory efficient reversible integrators for Neural systems",
                id="common-word-in-sentence-case",
            ),
            pytest.param(
                "Equivariant Flows: sampling configurations with symmetric energies",
                "Equivariant Flows: sampling configurations with symmetric energies",
                id="title-case-before-the-colon",
            ),
        ],
    )
    def test_protects(self, title: str, expected: str) -> None:
        """Names, abbreviations, mathematics and beginnings that BibTeX does not see are protected."""
        assert protect_case(title, WORDS) == expected

    @given(titles | hostile_text)
    def test_is_idempotent(self, title: str) -> None:
        """A protected title needs no more protection."""
        once = protect_case(title, WORDS)
        assert protect_case(once, WORDS) == once

    @given(titles | hostile_text)
    def test_braces_are_paired(self, title: str) -> None:
        """Whatever the title, its braces come in pairs outside mathematics."""
        assert are_paired(protect_case(title, WORDS))

    @pytest.mark.parametrize("piece", ["{", "$", "A ", "Ab: ", "{$x$}", "ODE-", "'"])
    def test_ends_on_hostile_titles(self, piece: str) -> None:
        """Repetition does not make it explode."""
        protect_case(piece * 20000, WORDS)


class TestBareTitle:
    """Titles for formats that know no braces."""

    def test_keeps_mathematics(self) -> None:
        """Only braces that keep case go."""
        assert bare_title("Neural {ODEs} in $x_{1}$") == "Neural ODEs in $x_{1}$"

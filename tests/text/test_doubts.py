"""Doubts: what stands where a person, a venue or a title should, and is none."""

from __future__ import annotations

import pytest

from odebib.text import names
from odebib.text.doubts import doubt_author, doubt_title, doubt_venue


class TestAuthor:
    """What is no person."""

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("IEEE Transactions on Waves", "holds the word of a venue: IEEE"),
            ("In Proceedings", "holds the word of a venue: Proceedings"),
            ("ICLR workshop", "holds the word of a venue: ICLR"),
            ("arXiv and elsewhere", "holds the word of a venue: arXiv"),
            ("Ann One 2019", "holds a number"),
            ("2021", "holds a number"),
            ("University of Nowhere", "holds the word of an affiliation: University"),
            ("Universität Irgendwo", "holds the word of an affiliation: Universität"),
            ("Dept. of Meshes", "holds the word of an affiliation: Dept."),
            ("Waves and Sons Inc.", "holds the word of an affiliation: Inc."),
            ("X", "is a single character"),
            ("A.", "is a single character"),
            ("ann@example.org", "holds an address"),
            ("www.example.org", "holds an address"),
            ("Project Page", "is the word of a link"),
            ("Code", "is the word of a link"),
        ],
    )
    def test_is_doubted(self, name: str, reason: str) -> None:
        """Each with the word that gives it away."""
        assert doubt_author(names.parse(name)) == reason

    @pytest.mark.parametrize(
        "name",
        [
            "Weinan E",
            "W. E",
            "William H. Press",
            "Axel Springer",
            "Rose Nature",
            "Marshall Brain",
            "Ann Institoris",
            "Yves van Gennip",
            "García Márquez, Gabriel",
            "{University of Nowhere}",
            "{IEEE}",
            "Ai Weiwei",
            "MITCHELL, ANN",
            "Ann Paper",
            "李",
            "李明",
        ],
    )
    def test_is_believed(self, name: str) -> None:
        """Unusual names are names, and a group may be called anything."""
        assert doubt_author(names.parse(name)) is None


class TestVenue:
    """What is no venue."""

    @pytest.mark.parametrize(
        ("venue", "reason"),
        [
            ("A. B. One", "looks like a person"),
            ("R. van der Waves", "looks like a person"),
            ("One-Two, A. B.", "looks like a person"),
            ("Ann One", "looks like a person"),
            ("Submitted to the Journal of Waves", "says that it has not appeared yet"),
            ("under review", "says that it has not appeared yet"),
            ("We show that waves on meshes are stable", "looks like a sentence"),
            ("The code of this paper is available online", "looks like a sentence"),
        ],
    )
    def test_is_doubted(self, venue: str, reason: str) -> None:
        """A person by initials, or because it is one of the authors."""
        assert doubt_venue(venue, ["Ann One", "Bo Two"]) == reason

    @pytest.mark.parametrize(
        "venue",
        [
            "NeurIPS",
            "J. Comput. Phys.",
            "J. Biomechanics",
            "Z. Naturforsch",
            "C. R. Acad. Sci. Paris",
            "Machine Learning",
            "Neural Computation",
            "Combinatorics, Nobody is eighty",
            "Proceedings of the 3rd Workshop on Meshes, Held with the 5th Conference on Waves",
            "Accident Analysis and Prevention",
        ],
    )
    def test_is_believed(self, venue: str) -> None:
        """Abbreviated and long names are names."""
        assert doubt_venue(venue, ["Ann One"]) is None


class TestTitle:
    """What is no title."""

    @pytest.mark.parametrize(
        ("title", "reason"),
        [
            ("[PDF]", "is the word of a link"),
            ("Project page", "is the word of a link"),
            ("Source Code", "is the word of a link"),
            ("waves " * 40, "has 240 characters"),
        ],
    )
    def test_is_doubted(self, title: str, reason: str) -> None:
        """The words of a link, or far too many words."""
        assert doubt_title(title) == reason

    @pytest.mark.parametrize(
        "title", ["On Growth", "The Paper Trail", "Poster Sessions", "Editorial", "GitHub Copilot at Work"]
    )
    def test_is_believed(self, title: str) -> None:
        """Short titles are titles."""
        assert doubt_title(title) is None

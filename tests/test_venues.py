"""Venues as sources write them."""

from __future__ import annotations

import pytest
from hypothesis import given

import strategies
from odebib import venues
from odebib.bibliography import Vocabulary
from odebib.model import EntryType, Venue, VenueKind

VENUES = Vocabulary(
    [
        Venue(
            id="neurips",
            short="NeurIPS",
            name="Advances in Neural Information Processing Systems",
            spellings=["NIPS", "Conference on Neural Information Processing Systems"],
        ),
        Venue(id="icml", short="ICML", name="International Conference on Machine Learning"),
        Venue(id="iclr", short="ICLR", name="International Conference on Learning Representations"),
        Venue(
            id="cvpr",
            short="CVPR",
            name="Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition",
        ),
        Venue(
            id="jcp",
            short="J. Comput. Phys.",
            name="Journal of Computational Physics",
            kind=VenueKind.JOURNAL,
        ),
        Venue(id="nature", short="Nature", name="Nature", kind=VenueKind.JOURNAL),
        Venue(
            id="pnas",
            short="PNAS",
            name="Proceedings of the National Academy of Sciences",
            kind=VenueKind.JOURNAL,
        ),
    ]
)


class TestFind:
    """find: which venue is meant."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("NeurIPS", "neurips", id="short name"),
            pytest.param("NeurIPS18", "neurips", id="glued year"),
            pytest.param("ICLR'19", "iclr", id="apostrophe"),
            pytest.param("ICML 2018", "icml", id="year"),
            pytest.param("In: ICML", "icml", id="In"),
            pytest.param("{ICLR}", "iclr", id="braces"),
            pytest.param("32nd Conference on Neural Information Processing Systems", "neurips", id="ordinal"),
            pytest.param(
                "Thirty-second Conference on Neural Information Processing Systems", "neurips", id="in words"
            ),
            pytest.param(
                "Proceedings of the 35th International Conference on Machine Learning (ICML 2018), Oslo",
                "icml",
                id="whole imprint",
            ),
            pytest.param(
                "8th International Conference on Learning Representations, ICLR 2020, Oslo, May 2020",
                "iclr",
                id="DBLP",
            ),
            pytest.param("Advances in neural information processing systems 31", "neurips", id="volume"),
            pytest.param(
                "Conference on Computer Vision and Pattern Recognition", "cvpr", id="without its organisers"
            ),
            pytest.param("Journal of Computational Physics", "jcp", id="journal"),
            pytest.param("J. Comput. Phys.", "jcp", id="abbreviated"),
            pytest.param("J Comp Phys", "jcp", id="otherwise abbreviated"),
            pytest.param("Proc. Natl. Acad. Sci.", "pnas", id="contracted"),
            pytest.param("Nature Physics", None, id="another journal of the name"),
            pytest.param("Nature", "nature", id="one word"),
            pytest.param("International Conference on Robotics", None, id="another conference"),
            pytest.param("", None, id="empty"),
            pytest.param("2018", None, id="only a year"),
        ],
    )
    def test_find(self, text: str, expected: str | None) -> None:
        """What changes every year is taken away."""
        found = venues.find(VENUES, text)

        assert (found.id if found else None) == expected

    @given(strategies.hostile_text)
    def test_nothing_raises(self, text: str) -> None:
        """Any text may be asked for; and what it means is drafted with a legal id."""
        venues.find(VENUES, text)
        if text.strip() and text.isprintable():
            venues.draft(text.strip(), None)


class TestDraft:
    """draft: a new venue for a person to look at."""

    @pytest.mark.parametrize(
        ("text", "kind", "expected"),
        [
            pytest.param("UAI 2020", None, ("uai", "UAI", VenueKind.CONFERENCE), id="conference"),
            pytest.param(
                "Uncertainty in Artificial Intelligence (UAI)",
                None,
                ("uai", "UAI", VenueKind.CONFERENCE),
                id="acronym",
            ),
            pytest.param(
                "Learning for Dynamics and Control (L4DC 2021)",
                None,
                ("l4dc", "L4DC", VenueKind.CONFERENCE),
                id="year",
            ),
            pytest.param(
                "Acta Numerica", None, ("acta-numerica", "Acta Numerica", VenueKind.JOURNAL), id="journal"
            ),
            pytest.param(
                "Chaos", EntryType.JOURNAL_ARTICLE, ("chaos", "Chaos", VenueKind.JOURNAL), id="said to be one"
            ),
            pytest.param(
                "Workshop on X", None, ("workshop-on-x", "Workshop on X", VenueKind.WORKSHOP), id="workshop"
            ),
            pytest.param("Handbook", EntryType.CHAPTER, ("handbook", "Handbook", VenueKind.BOOK), id="book"),
            pytest.param("???", None, ("venue", "???", VenueKind.CONFERENCE), id="no words"),
        ],
    )
    def test_draft(self, text: str, kind: EntryType | None, expected: tuple[str, str, VenueKind]) -> None:
        """Short name, kind and a legal id; marked as a draft."""
        found = venues.draft(text, kind)

        assert (found.id, found.short, found.kind) == expected
        assert found.draft

    def test_is_found_again(self) -> None:
        """What was drafted is found by the words it was drafted from."""
        text = "Proceedings of the 3rd Conference on Toys (TOYS 2020), Rome"

        assert venues.find(Vocabulary([venues.draft(text, None)]), text) is not None

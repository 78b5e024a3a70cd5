"""Venues as sources write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from odebib.matching import venues
from odebib.model.bibliography import Vocabulary
from odebib.model.entry import EntryType
from odebib.model.values import RE_ID
from odebib.model.vocabulary import Venue, VenueKind
from odebib.text import venue_names

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


ICML = [
    "Proceedings of the 35th International Conference on Machine Learning",
    "ICML",
    "ICML 2018",
    "Proc. ICML",
    "ICML'19",
    "International Conference on Machine Learning (ICML)",
    "38th International Conference on Machine Learning, ICML 2021, 18-24 July 2021, Virtual Event",
    "Int. Conf. on Machine Learning",
]
NEURIPS = [
    "Advances in Neural Information Processing Systems 31",
    "Thirty-second Conference on Neural Information Processing Systems (NeurIPS)",
    "Advances in Neural Information Processing Systems 33: Annual Conference on Neural Information "
    "Processing Systems 2020, NeurIPS 2020, December 6-12, 2020, virtual",
    "NeurIPS",
    "NIPS",
]
JMLR = ["Journal of Machine Learning Research", "The Journal of Machine Learning Research", "J. Mach. Learn. Res.",
        "JMLR", "Journal of machine learning research : JMLR"]  # fmt: skip
JOURNALS = ["Phys. Rev. A", "Phys. Rev. D", "Phys. Rev. Lett.", "Physical Review Applied", "Machine Learning",
            "Nature", "Nature Physics", "Chin. Phys.", "Commun. Phys.", "Eur. Phys. J. A", "Eur. Phys. J. C"]  # fmt: skip


def drafted(*texts: str, kind: EntryType | None = None) -> list[list[str]]:
    """The texts that became one venue, together."""
    found = venues.draft_all(Vocabulary(), [(text, kind) for text in texts])
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(found[text].id, []).append(text)
    return list(groups.values())


class TestDraftAll:
    """draft_all: the new venues of a whole source."""

    def test_spellings_of_one_venue_are_one(self) -> None:
        """Short names, full names, ordinals, years, places and abbreviations are told to be one."""
        assert drafted(*ICML, *NEURIPS, *JMLR) == [ICML, NEURIPS, JMLR]

    def test_journals_of_similar_names_stay_apart(self) -> None:
        """A letter of a section, a word more, or a contraction of another word makes another journal."""
        assert drafted(*JOURNALS, kind=EntryType.JOURNAL_ARTICLE) == [[text] for text in JOURNALS]

    def test_a_conference_is_not_the_journal_of_its_name(self) -> None:
        """Machine Learning is a journal, the International Conference on Machine Learning is not."""
        assert drafted("Machine Learning", "International Conference on Machine Learning") == [
            ["Machine Learning"],
            ["International Conference on Machine Learning"],
        ]

    def test_a_short_name_that_may_mean_two_stays_alone(self) -> None:
        """JCP may be the Journal of Computational Physics or of Chemical Physics."""
        both = ["JCP", "Journal of Computational Physics", "Journal of Chemical Physics"]

        assert drafted(*both) == [[text] for text in both]
        assert drafted(*both[:2]) == [both[:2]]

    def test_says_what_most_say(self) -> None:
        """Short name, full name with its capitals, kind, and the spellings by which it is found again."""
        texts = ["ICML", "Proceedings of the 35th International Conference on Machine Learning",
                 "Proceedings of the 36th international conference on machine learning", "Proc. of ICML"]  # fmt: skip
        (venue,) = {
            v.id: v for v in venues.draft_all(Vocabulary(), [(t, None) for t in texts]).values()
        }.values()

        assert (venue.id, venue.short, venue.kind) == ("icml", "ICML", VenueKind.CONFERENCE)
        assert venue.name == "Proceedings of the International Conference on Machine Learning"
        assert all(venues.find(Vocabulary([venue]), text) == venue for text in texts)

    @pytest.mark.parametrize(
        ("text", "kind", "expected"),
        [
            pytest.param("Physics of Fluids", None, VenueKind.JOURNAL, id="words without a conference"),
            pytest.param("Proc. of the AAAI Conference", EntryType.JOURNAL_ARTICLE, VenueKind.CONFERENCE, id="miscalled"),
            pytest.param("J. Phys. Conf. Ser.", EntryType.JOURNAL_ARTICLE, VenueKind.JOURNAL, id="series of a journal"),
            pytest.param("International Workshop on Waves", None, VenueKind.WORKSHOP, id="workshop"),
        ],
    )  # fmt: skip
    def test_kind(self, text: str, kind: EntryType | None, expected: VenueKind) -> None:
        """What the name says, else what the records say that they are."""
        assert venues.draft(text, kind).kind == expected

    def test_known_venues_are_no_drafts(self) -> None:
        """Only what the bibliography does not know is drafted, under an id that is free."""
        found = venues.draft_all(VENUES, [("ICML 2018", None), ("Nature Physics", None)])

        assert [venue.id for venue in found.values()] == ["nature-physics"]

    @given(st.lists(strategies.hostile_text.filter(str.strip), max_size=6))
    def test_every_text_gets_a_venue(self, texts: list[str]) -> None:
        """Whatever a source writes, each text has a venue with a legal id of its own."""
        found = venues.draft_all(Vocabulary(), [(text, None) for text in texts if text.isprintable()])

        assert all(RE_ID.fullmatch(venue.id) for venue in found.values())


class TestFindLater:
    """find: a draft is known again by names that the first source did not use."""

    @pytest.mark.parametrize(
        ("draft", "text"),
        [
            pytest.param("ICML", "Proceedings of the 35th International Conference on Machine Learning", id="in full"),
            pytest.param("Journal of Machine Learning Research", "JMLR", id="in short"),
            pytest.param("J. Comput. Phys.", "Journal of Computational Physics", id="abbreviated before"),
            pytest.param("AAAI", "Thirty-Second AAAI Conference on Artificial Intelligence", id="society's own"),
        ],
    )  # fmt: skip
    def test_other_form(self, draft: str, text: str) -> None:
        """A short name is found by the full one, and the other way round."""
        assert venues.find(Vocabulary([venues.draft(draft, None)]), text) is not None

    def test_a_full_name_settles_a_short_one(self) -> None:
        """ICML is the conference that venues.yml says it is, and no other of these initials."""
        assert venues.find(VENUES, "International Congress on Medical Librarianship") is None


class TestWorkshop:
    """workshop: the conference that a workshop belongs to."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("NeurIPS Workshop on Bayesian Deep Learning", ("NeurIPS", "Workshop on Bayesian Deep Learning"), id="before"),
            pytest.param("Deep RL Workshop NeurIPS 2021", ("NeurIPS", "Deep RL Workshop"), id="behind"),
            pytest.param("Workshop on Waves at ICML 2019", ("ICML", "Workshop on Waves"), id="at"),
            pytest.param("ICML 2023 Workshop on Waves", ("ICML", "Workshop on Waves"), id="year between"),
            pytest.param("Proc. of CVPR - Workshops", ("CVPR", "Workshop"), id="nothing but workshops"),
            pytest.param("Conference on Computer Vision and Pattern Recognition Workshops", ("CVPR", "Workshop"), id="in full"),
            pytest.param("International Workshop on Waves", None, id="its own"),
            pytest.param("Workshop on Axions, WIMPs and ICML", None, id="part of its name"),
            pytest.param("ICML", None, id="none"),
        ],
    )  # fmt: skip
    def test_parts(self, text: str, expected: tuple[str, str] | None) -> None:
        """The conference must be a known one; what is left names the workshop."""
        found = venues.workshop(VENUES, text)

        assert (found and (found[0].short, found[1])) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("ICRA Workshop on Waves", "ICRA", id="workshop on"),
            pytest.param("Proc. of ECCV - Workshops", "ECCV", id="plural"),
            pytest.param("CHiME Workshop", None, id="perhaps its own name"),
            pytest.param("IEEE Workshop on Signal Processing", None, id="a society"),
            pytest.param("ICML Workshop on Waves", "ICML", id="known"),
        ],
    )
    def test_conference(self, text: str, expected: str | None) -> None:
        """A conference that is not known yet is named only where there is no doubt."""
        assert venues.conference_of_workshop(VENUES, text) == expected


class TestSaysNothing:
    """says_nothing: what stands where the venue should."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Submitted", True), ("in preparation", True), ("Under review as a conference paper", True),
            ("https://github.com/a/b", True), ("Proc.", True), ("UNKNOWN_JOURNAL", True), ("", True),
            ("A&A", False), ("Nature", False), ("Unknown Territory Studies Press", True), ("Presses", False),
        ],
    )  # fmt: skip
    def test_cases(self, text: str, expected: bool) -> None:
        """Plans and addresses are no venues."""
        assert venue_names.says_nothing(text) is expected

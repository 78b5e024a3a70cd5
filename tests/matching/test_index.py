"""Matching: which entry a record is, on hand-labelled pairs and by its laws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from odebib.matching.competing import Match, Outcome, match, match_all
from odebib.matching.grouping import group
from odebib.matching.index import Index
from odebib.matching.series import venues_agree
from odebib.matching.weighing import Verdict, compare
from odebib.matching.works import Work, of_entry, of_record, plain_url
from odebib.model.entry import Entry
from odebib.model.record import Record

PAIRS = yaml.safe_load((Path(__file__).parent / "pairs.yml").read_text(encoding="utf-8"))
BANDS = {True: {"match"}, False: {"new"}, "unsure": {"to confirm", "ambiguous"}}


def record(**fields: Any) -> Work:
    """The work of a record."""
    return of_record(Record(**fields))


def entry(key: str = "entry", **fields: Any) -> Work:
    """The work of an entry."""
    fields = {name: str(value) if isinstance(value, int) else value for name, value in fields.items()}
    return of_entry(Entry(key=key, **fields))


def index(**works: Work) -> Index:
    """An index of works by their keys."""
    found = Index()
    for key, work in works.items():
        found.add(key, work)
    return found


def outcome_of(pair: dict[str, Any]) -> Match:
    """What the first of a pair is found to be, in a bibliography that holds only the second."""
    return match(index(entry=entry(**pair["other"])), record(**pair["one"]))


class TestLabelledPairs:
    """The pairs of tests/matching/pairs.yml."""

    @pytest.mark.parametrize(
        "pair", [pytest.param(pair, id=f"{pair['one']['title'][:30]}: {pair['why']}") for pair in PAIRS]
    )
    def test_outcome(self, pair: dict[str, Any]) -> None:
        """Every pair is judged as its label says."""
        found = outcome_of(pair)
        band = band_of(found)
        reasons = [candidate.evidence.reason for candidate in found.candidates]
        assert band in BANDS[pair["same"]], f"{pair['why']}: {reasons}"

    def test_quality(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Precision and recall over all pairs are printed, and what is uncertain counts as not matched."""
        matched = [outcome_of(pair).is_sure for pair in PAIRS]
        same = [pair["same"] is True for pair in PAIRS]
        right = sum(one and other for one, other in zip(matched, same, strict=True))
        precision, recall = right / sum(matched), right / sum(same)
        with capsys.disabled():
            print(f"\n{len(PAIRS)} labelled pairs: precision {precision:.3f}, recall {recall:.3f}")
        assert precision == 1
        assert recall == 1


BY_BAND = ["new", "ambiguous", "to confirm", "match"]


def band_of(found: Match) -> str:
    """The band of a match."""
    return "match" if found.is_sure else "to confirm" if found.confirm else str(found.outcome)


class TestCollection:
    """What a bibliography holds besides hardly matters."""

    def test_a_thousand_unrelated_works_move_no_verdict_far(self) -> None:
        """With 1,000 works of other matters beside it, no pair moves by more than one band."""
        beside = Index()
        for number in range(1000):
            first, second, third = (SUBJECTS[number // power % 10] for power in (1, 10, 100))
            title = f"{first} of {second} and {third} {number}x"
            beside.add(f"k{number}", entry(title=title, authors=[f"Name{number} Surname{number}"], year=1990))
        for pair in PAIRS:
            alone = band_of(outcome_of(pair))
            beside.add("entry", entry(**pair["other"]))
            among = band_of(match(beside, record(**pair["one"])))
            beside.remove("entry")
            assert abs(BY_BAND.index(alone) - BY_BAND.index(among)) <= 1, pair["why"]


SUBJECTS = [
    "pottery", "glaciers", "orchards", "treaties", "sonnets", "cathedrals", "mosses", "harbours", "violins",
    "caravans",
]  # fmt: skip


class TestMatch:
    """Index.match: one record against the bibliography."""

    def test_empty_index_has_nothing(self) -> None:
        """In an empty bibliography everything is new."""
        assert match(Index(), record(title="Anything")) == Match(Outcome.NEW, None, ())

    def test_record_without_title_matches_by_identifier(self) -> None:
        """An arXiv id alone is enough."""
        found = index(chen=entry(title="Neural Ordinary Differential Equations", arxiv="1806.07366"))
        assert match(found, record(arxiv="1806.07366")).key == "chen"

    def test_nothing_to_go_by(self) -> None:
        """A record with neither title nor identifier is new."""
        found = index(chen=entry(title="Neural Ordinary Differential Equations"))
        assert match(found, record(text="???")).outcome is Outcome.NEW

    def test_year_and_venue_choose_among_versions(self) -> None:
        """Of a conference paper and a journal article of the same title, the one that agrees wins."""
        fields: dict[str, Any] = {
            "title": "Fast Algorithms for Mining Flow Patterns",
            "authors": ["Ann Lee", "Bo Chu"],
        }
        found = index(
            conference=entry(**fields, year=1998, venue="SIGMOD Conference"),
            journal=entry(**fields, year=2000, venue="ACM Trans. Database Syst."),
        )
        assert match(found, record(**fields, year=1998)).key == "conference"
        assert (
            match(found, record(**fields, year=2000, venue="ACM Transactions on Database Systems")).key
            == "journal"
        )

    def test_two_equal_entries_are_ambiguous(self) -> None:
        """Where two entries fit alike, a person decides."""
        fields: dict[str, Any] = {
            "title": "Fast Algorithms for Mining Flow Patterns",
            "authors": ["Ann Lee", "Bo Chu"],
        }
        found = match(index(one=entry(**fields), other=entry(**fields)), record(**fields))
        assert found.outcome is Outcome.AMBIGUOUS
        assert [candidate.key for candidate in found.candidates] == ["one", "other"]

    def test_copied_link_beside_the_right_title(self) -> None:
        """Title of one entry and identifier of another is ambiguous, and both are named."""
        found = index(
            chen=entry(title="Neural Ordinary Differential Equations", arxiv="1806.07366"),
            maddison=entry(title="Hamiltonian Descent Methods", authors=["Chris J. Maddison"]),
        )
        doubtful = match(found, record(title="Hamiltonian Descent Methods", arxiv="1806.07366"))
        assert doubtful.outcome is Outcome.AMBIGUOUS
        assert {candidate.key for candidate in doubtful.candidates} == {"chen", "maddison"}

    def test_paper_before_talk(self) -> None:
        """An unmarked record is the paper, not the talk of that name."""
        title = "Deep neural networks motivated by partial differential equations"
        found = index(
            talk=entry(title=title, type="talk", authors=["Lars Ruthotto"]),
            paper=entry(title=title, authors=["Lars Ruthotto", "Eldad Haber"]),
        )
        assert match(found, record(title=title)).key == "paper"
        assert match(found, record(title=title, type="talk")).key == "talk"

    def test_four_neural_sde_papers(self) -> None:
        """Each of four papers with nearly one name is found by what is its own."""
        diffusion = (
            "Neural Stochastic Differential Equations: Deep Latent Gaussian Models in the Diffusion Limit"
        )
        found = index(
            tzen=entry(
                title=diffusion,
                authors=["Belinda Tzen", "Maxim Raginsky"],
                arxiv="1905.09883",
            ),
            peluchetti=entry(title="Neural Stochastic Differential Equations", arxiv="1905.11065"),
            liu=entry(
                title="Neural SDE: Stabilizing Neural ODE Networks with Stochastic Noise",
                authors=["Xuanqing Liu", "Si Si"],
                arxiv="1906.02355",
            ),
            jia=entry(
                title="Neural Jump Stochastic Differential Equations",
                authors=["Junteng Jia"],
                arxiv="1905.10403",
            ),
        )
        assert (
            match(found, record(title="neural stochastic differential equation", arxiv="1905.11065")).key
            == "peluchetti"
        )
        assert match(found, record(title="neural jump stochastic differential equation")).key == "jia"
        assert (
            match(found, record(title="Neural SDE: Stabilizing Neural ODE", authors=["Liu, X."])).key == "liu"
        )
        assert match(found, record(title=diffusion)).key == "tzen"

    def test_earlier_title_and_version_are_found(self) -> None:
        """An entry is found by its other titles and by identifiers of its versions."""
        found = index(
            wang=entry(
                title="ResNets Ensemble via the Feynman-Kac Formalism",
                other_titles=["EnResNet: ResNet Ensemble via the Feynman-Kac Formalism"],
                versions=[{"venue": "Workshop", "doi": "10.1000/early.1"}],
            )
        )
        assert (
            match(found, record(title="Enresnet: Resnet ensemble via the feynman-kac formalism")).key
            == "wang"
        )
        assert match(found, record(title="ResNets Ensemble", doi="10.1000/early.1")).key == "wang"

    def test_shared_address_of_many_is_none(self) -> None:
        """A page that several entries name identifies none of them."""
        page = "https://papers.nips.cc/book/advances-32"
        found = index(
            one=entry(title="Augmented Neural ODEs", url=page),
            two=entry(title="Deep Equilibrium Models", url=page),
        )
        assert (
            match(found, record(title="Shadowing Properties of Algorithms", url=page)).outcome is Outcome.NEW
        )

    def test_removed_entry_is_not_found(self) -> None:
        """What was removed is gone, and may be added anew."""
        work = entry(title="Hamiltonian Descent Methods", arxiv="1809.05042")
        found = index(maddison=work)
        found.remove("maddison")
        assert (
            match(found, record(title="Hamiltonian Descent Methods", arxiv="1809.05042")).outcome
            is Outcome.NEW
        )
        found.add("maddison", work)
        assert match(found, record(title="Hamiltonian Descent Methods")).key == "maddison"
        assert len(found) == 1


class TestMatchAll:
    """Index.match_all: all records of one source."""

    def test_each_instalment_of_a_column_finds_its_own(self) -> None:
        """A title that comes back every year is matched by its year, and never to another year's."""
        column: dict[str, Any] = {
            "title": "Editor's Notes",
            "authors": ["Michael Franklin"],
            "venue": "SIGMOD Record",
        }
        found = index(**{f"y{year}": entry(**column, year=year) for year in (1996, 1997, 1998)})
        column["venue"] = "ACM SIGMOD Record"
        matches = match_all(found, [record(**column, year=year) for year in (1998, 1996, 1999, 1997)])
        assert [found.key for found in matches] == ["y1998", "y1996", None, "y1997"]

    def test_a_sequel_does_not_take_the_first_part(self) -> None:
        """Where one record is clearly the entry, another of nearly that title is not."""
        team = ["Ann Lee", "Bo Chu"]
        found = index(first=entry(title="Adaptive Control of Deep Flow Networks", authors=team, year=1998))
        matches = match_all(
            found,
            [
                record(title="Adaptive Control of Deep Flow Networks", authors=team, year=1998),
                record(title="Adaptive Control of Deep Flow Networks with Delays", authors=team, year=1998),
            ],
        )
        assert [found.key for found in matches] == ["first", None]

    def test_several_citations_of_one_work(self) -> None:
        """In a collection of citations, all that cite an entry are matched to it."""
        found = index(
            chen=entry(
                title="Neural Ordinary Differential Equations", authors=["Ricky T. Q. Chen"], year=2018
            )
        )
        citations = [
            record(title="Neural ordinary differential equations", authors=["Chen, R. T. Q."], year=year)
            for year in ("2018", None, "2018", "2019")
        ]
        assert {each.key for each in match_all(found, citations)} == {"chen"}


class TestDuplicates:
    """Index.duplicates: entries that look like one work."""

    def test_pairs_are_found_once(self) -> None:
        """A pair is named once, the earlier entry first, with the reason."""
        found = index(
            one=entry(title="Hamiltonian Descent Methods", arxiv="1809.05042"),
            two=entry(title="Hamiltonian descent method", authors=["Chris J. Maddison"]),
            three=entry(title="Shadowing Properties of Optimization Algorithms"),
        )
        ((first, second, evidence),) = found.duplicates()
        assert (first, second) == ("one", "two")
        assert evidence.reason == "titles agree; authors not compared"

    def test_decisions_are_kept(self) -> None:
        """What a person decided not to be the same is not shown again."""
        found = Index([frozenset(["one", "two"])])
        for key in ("one", "two"):
            found.add(key, entry(title="Hamiltonian Descent Methods"))
        assert not list(found.duplicates())


class TestGroup:
    """group: records of sources among themselves."""

    def test_united_and_apart(self) -> None:
        """Records of one work are united, in the order of their first; parts stay apart."""
        works = [
            record(
                title="Beyond Finite Layer Neural Networks: Bridging Deep Architectures",
                authors=["Lu, Y.", "others"],
            ),
            record(title="Deep Limits of Networks, Part I"),
            record(
                title="Beyond Finite Layer Neural Network: Bridging Deep Architects", authors=["Yiping Lu"]
            ),
            record(title="Deep Limits of Networks, Part II"),
        ]
        assert group(works) == [[0, 2], [1], [3]]

    def test_column_is_not_one_work(self) -> None:
        """The instalments of a column are works of their own."""
        works = [
            record(title="Editorial", authors=["Ann Lee"], year=str(year), venue="VLDB J.")
            for year in range(1996, 2000)
        ]
        assert len(group(works)) == 4

    def test_conference_and_journal_of_one_source(self) -> None:
        """A source that has both the conference paper and the journal article means two."""
        fields: dict[str, Any] = {"title": "Fast Algorithms for Mining Flow Patterns", "authors": ["Ann Lee"]}
        works = [
            record(**fields, year="1998", venue="SIGMOD Conference"),
            record(**fields, year="1999", venue="ACM Trans. Database Syst."),
        ]
        assert group(works) == [[0], [1]]


class TestEvidence:
    """What is said of a match."""

    def test_reason_names_the_identifier(self) -> None:
        """The reason is a sentence for a person."""
        one = record(title="Neural Ordinary Differential Equations", arxiv="1806.07366")
        evidence = compare(one, entry(title="Neural ordinary differential equations", arxiv="1806.07366"))
        assert evidence.verdict is Verdict.SAME
        assert evidence.reason == "same arXiv id 1806.07366; titles agree"
        assert evidence.identifiers == ("arxiv",)

    def test_reason_names_the_veto(self) -> None:
        """A veto says what it rests on."""
        one = record(title="Neural Flows for Time Series", arxiv="2101.00001")
        evidence = compare(one, entry(title="Neural Flows for Time Series", arxiv="2102.00002"))
        assert evidence.verdict is Verdict.DIFFERENT
        assert evidence.vetoes == ("different arXiv ids: 2101.00001 and 2102.00002",)

    def test_json(self) -> None:
        """The report's object has plain values."""
        fields: dict[str, Any] = {"title": "Hamiltonian Descent Methods", "year": "2018", "doi": "10.1000/x"}
        evidence = compare(record(**fields), entry(**fields))
        told = evidence.as_json()
        added = told.pop("parts")
        assert list(added) == ["title", "year", "venue", "pages", "identifiers", "prior", "versions"]
        assert sum(added.values()) == pytest.approx(evidence.weight, abs=0.05)
        assert told == {
            "probability": 0.9999,
            "identifiers": ["doi"],
            "title": 1.0,
            "authors": None,
            "year": 0,
            "venue": None,
            "vetoes": [],
            "reason": "same DOI 10.1000/x; titles agree",
        }


class TestVenues:
    """Names of venues."""

    @pytest.mark.parametrize(
        ("one", "other", "agree"),
        [
            pytest.param(
                "ACM Trans. Database Syst.",
                "ACM Transactions on Database Systems (TODS)",
                True,
                id="abbreviated",
            ),
            pytest.param("VLDB", "Very Large Data Bases", True, id="acronym"),
            pytest.param("Inverse Problems", "Inverse Problems 34(1)", True, id="volume"),
            pytest.param("ICML18", "Proceedings of ICML 2018", True, id="year"),
            pytest.param("ICML", "ICLR", False, id="two conferences"),
            pytest.param(
                "Journal of Computational Physics", "Journal of Fluid Mechanics", False, id="two journals"
            ),
        ],
    )
    def test_agreement(self, one: str, other: str, agree: bool) -> None:
        """Abbreviations, acronyms and years do not hinder."""
        assert venues_agree(one, other) is agree

    def test_bare_host_is_no_address(self) -> None:
        """A site's front page identifies no work."""
        assert plain_url("https://papers.nips.cc/") == ""


words = st.sampled_from(
    ["neural", "deep", "flow", "ordinary", "differential", "equation", "network", "part", "II", "2", "Müller"]
)
names = st.sampled_from(["Ann Lee", "Lee, A.", "Bo Chu", "Jürgen Müller", "E, Weinan", "others"])
records = st.builds(
    lambda title, people, year, arxiv: Record(
        title=" ".join(title) or None, authors=people, year=year, arxiv=arxiv
    ),
    st.lists(words, max_size=7),
    st.lists(names, max_size=4, unique=True),
    st.sampled_from([None, "1998", "1999", "2003"]),
    st.sampled_from([None, "1806.07366", "1905.09883"]),
)


class TestLaws:
    """What holds of all works."""

    @given(records)
    def test_a_work_with_a_title_is_never_another_than_itself(self, found: Record) -> None:
        """Comparing a work with itself never says that it is another."""
        work = of_record(found)
        if work.titles or work.identifiers:
            assert compare(work, work).verdict is not Verdict.DIFFERENT

    @given(records, records)
    def test_vetoes_forbid(self, one: Record, other: Record) -> None:
        """What is vetoed is never the same."""
        evidence = compare(of_record(one), of_record(other))
        assert not evidence.vetoes or evidence.verdict < Verdict.LIKELY

    @settings(max_examples=50)
    @given(st.lists(records, max_size=8))
    def test_groups_part_the_works(self, found: list[Record]) -> None:
        """Every work is in exactly one group, and the order is kept."""
        groups = group([of_record(each) for each in found])
        assert sorted(place for members in groups for place in members) == list(range(len(found)))
        assert [members[0] for members in groups] == sorted(members[0] for members in groups)

    @settings(max_examples=50)
    @given(st.lists(records, max_size=8))
    def test_matching_is_repeatable(self, found: list[Record]) -> None:
        """The same index and works give the same matches."""
        works = [of_record(each) for each in found]
        bibliography = index(**{f"k{place}": work for place, work in enumerate(works[::2])})
        assert match_all(bibliography, works) == match_all(bibliography, works)

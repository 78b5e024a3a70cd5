"""Adding: from an id to an entry, or to the one that is here; the command as people run it."""

from __future__ import annotations

import datetime
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from odebib import checks
from odebib.cli import main
from odebib.editing.adding import Adder, Addition, State
from odebib.errors import Severity
from odebib.project import store
from odebib.services import http
from odebib.services.http import Network
from projects import CHEN, load, make, snapshot
from services import works
from services.server import Reply, Services, running

TODAY = datetime.date(2026, 11, 21)
FLOWS = """
title: Learning continuous flows by matching
authors: [Ada Lovelace]
year: 2019
topics: [flows]
tags: [generative]
abstract: Normalizing flows are generative models of probability paths and vector fields.
"""
TOPICS = """
- id: neural-odes
  name: Neural ODEs
- id: flows
  name: Normalizing flows
  description: Generative models that follow probability paths along vector fields.
"""
TAGS = """
- id: images
  name: images
- id: generative
  name: generative
  description: A generative model of probability.
"""
FILES = {
    "entries/chen2018neural.yml": CHEN,
    "entries/lovelace2019learning.yml": FLOWS,
    "topics.yml": TOPICS,
    "tags.yml": TAGS,
}
ICLR = """
- id: iclr
  short: ICLR
  name: International Conference on Learning Representations
- id: jcp
  short: J. Comput. Phys.
  name: Journal of Computational Physics
  kind: journal
- id: neurips
  short: NeurIPS
  name: Advances in Neural Information Processing Systems
"""


@pytest.fixture(name="world")
def _world() -> Iterator[Services]:
    """The services."""
    with running() as services:
        yield works.fill(services)


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A project with two entries."""
    return make(tmp_path / "project", {**FILES, "venues.yml": ICLR})


@pytest.fixture(name="adder")
def _adder(root: Path, world: Services) -> Adder:
    """What finds out what adding would mean."""
    return Adder(load(root), Network(reroute=world.reroute, sleep=lambda _: None, timeout=(2, 1)), TODAY)


def added(adder: Adder, asked: str) -> Addition:
    """An addition that must be a new entry."""
    addition = adder.add(asked)
    assert addition.state is State.NEW, addition.error
    return addition


class TestNew:
    """Entries that come into being."""

    def test_is_complete_and_passes_check(self, root: Path, adder: Adder) -> None:
        """The file holds what arXiv and OpenReview say together, and nothing is wrong with it."""
        addition = added(adder, f"arXiv:{works.FLOW}")

        assert adder.write(addition) == ["data/entries/lipman2023flow.yml"]
        data = yaml.load((root / addition.path).read_text(), yaml.BaseLoader)
        assert data == {
            "title": "Flow Matching for Generative Modeling",
            "authors": [
                "Yaron Lipman",
                "Ricky T. Q. Chen",
                "Heli Ben-Hamu",
                "Maximilian Nickel",
                "Matthew Le",
            ],
            "year": "2023",
            "venue": "ICLR",
            "arxiv": works.FLOW,
            "arxiv_class": "cs.LG",
            "openreview": "PqvMRDCJT9t",
            "links": {"code": "https://github.com/example/flows"},
            "abstract": "We train continuous normalizing flows by matching vector fields.",
            "topics": ["flows"],
            "tags": ["generative"],
            "added": "2026-11-21",
            "verified": {"on": "2026-11-21", "by": ["arXiv", "OpenReview"]},
        }
        assert checks.of_paths(checks.run(store.load(root)), [addition.path]) == []

    def test_merges_what_several_services_say(self, adder: Adder) -> None:
        """The published version counts, the preprint keeps its id, and the other title is kept."""
        fields = added(adder, works.DELIN).fields

        assert (fields["venue"], fields["year"], fields["volume"], fields["doi"], fields["arxiv"]) == (
            "J. Comput. Phys.", "2019", "378", "10.1016/j.jcp.2018.10.045", works.DELIN,
        )  # fmt: skip
        assert fields["other_titles"] == ["A multiscale neural operator for Schrödinger equations"]
        assert fields["verified"]["by"] == ["arXiv", "Crossref"]

    def test_from_a_doi(self, adder: Adder) -> None:
        """A DOI whose venue is unknown drafts the venue."""
        addition = added(adder, "10.1000/jats")

        assert addition.new_venue
        assert addition.new_venue.draft
        assert adder.write(addition) == ["data/venues.yml", "data/entries/doe2021solitons.yml"]

    def test_from_github(self, root: Path, world: Services) -> None:
        """Software gets its type, and is tied to the paper whose code it is."""
        make(
            root,
            {"entries/chen2018neural.yml": CHEN + "links:\n  code: https://github.com/example/torchflow\n"},
        )
        addition = added(
            Adder(load(root), Network(reroute=world.reroute), TODAY), "https://github.com/example/torchflow/"
        )

        assert (addition.fields["type"], addition.fields["licence"], addition.fields["language"]) == (
            "software",
            "MIT",
            ["Python"],
        )
        assert addition.fields["relations"] == {"implements": ["chen2018neural"]}
        assert "tags" not in addition.fields

    def test_an_archived_repository(self, adder: Adder) -> None:
        """It is said in a note."""
        assert added(adder, "github.com/example/oldcode").fields["note"] == (
            "The repository is archived; its last change was in 2018-03."
        )

    def test_from_a_page(self, adder: Adder) -> None:
        """A proceedings page; LaTeX in its tags is for people to look at, but harmless."""
        fields = added(adder, works.PMLR).fields

        assert fields["url"] == works.PMLR
        assert fields["pages"] == "3154-3164"

    def test_withdrawn_and_retracted(self, adder: Adder) -> None:
        """It is said, in the entry and to the person."""
        withdrawn, retracted = added(adder, works.WITHDRAWN), added(adder, "10.1000/retracted")

        assert withdrawn.fields["retracted"]["reason"].startswith("withdrawn from arXiv")
        assert retracted.fields["retracted"]["on"] == "2019-04-02"
        assert withdrawn.notices == ["arXiv says that it was retracted or withdrawn"]

    def test_what_authors_say_in_passing(self, adder: Adder) -> None:
        """A venue in arXiv's comments counts if we know it, and is told to be no more than that."""
        addition = added(adder, "2012.00009")

        assert (addition.fields["venue"], addition.fields["year"]) == ("NeurIPS", "2020")
        assert addition.notices == ["where it appeared is what its authors say: arXiv (comments)"]

    def test_proposals_tell_their_words(self, adder: Adder) -> None:
        """Topics and tags come with the words that spoke for them."""
        addition = added(adder, works.FLOW)

        (topic,) = addition.topics
        assert topic.id == "flows"
        assert {"flow", "normalizing"} & {*" ".join(topic.words).split()}
        assert [tag.id for tag in addition.tags] == ["generative"]

    def test_topics_may_be_given(self, adder: Adder) -> None:
        """Then none are proposed."""
        addition = adder.add(works.FLOW, ["neural-odes"], ["images"])

        assert (addition.fields["topics"], addition.fields["tags"]) == (["neural-odes"], ["images"])
        assert addition.topics == addition.tags == ()

    def test_a_key_that_was_published_is_avoided(self, root: Path, world: Services) -> None:
        """Keys of any time are taken, those of files that cannot be read too."""
        (root / "data" / "published.txt").write_text("entries/lipman2023flow gone: never mind\n")
        addition = added(Adder(load(root), Network(reroute=world.reroute), TODAY), works.FLOW)

        assert addition.key == "lipman2023flowmatching"

    def test_a_wrong_doi_is_left_out(self, world: Services, adder: Adder) -> None:
        """A DOI that arXiv gives and that is another work's is not believed."""
        world.dois["10.1016/j.jcp.2018.10.045"]["title"] = "Blood pressure in mice"
        world.dois["10.1016/j.jcp.2018.10.045"]["author"] = [{"given": "X", "family": "Y"}]
        addition = added(adder, works.DELIN)

        assert "doi" not in addition.fields
        assert addition.notices[0] == (
            "doi:10.1016/j.jcp.2018.10.045 is of another work, “Blood pressure in mice”; what it "
            "says was left out"
        )

    def test_a_doi_that_is_not_there_is_told(self, world: Services, adder: Adder) -> None:
        """The preprint is added, and what was wrong is said."""
        del world.dois["10.1016/j.jcp.2018.10.045"]

        assert added(adder, works.DELIN).notices[0] == "there is no DOI 10.1016/j.jcp.2018.10.045"

    def test_datacite_stands_in_for_arxiv(self, world: Services, adder: Adder) -> None:
        """arXiv's API is often overburdened; the same is known to DataCite."""
        world.replies["https://export.arxiv.org"] = [Reply(503)]
        addition = added(adder, works.SPARSE)

        assert (addition.fields["title"], addition.fields["arxiv"]) == ("Untidy Dynamics", works.SPARSE)
        assert addition.notices == ["export.arxiv.org is out of order (503); DataCite was asked instead"]


class TestHere:
    """What is here already."""

    @pytest.mark.parametrize(
        "asked", ["1806.07366", "https://arxiv.org/abs/1806.07366v3", "10.48550/arXiv.1806.07366"]
    )
    def test_by_identifier_without_network(self, world: Services, adder: Adder, asked: str) -> None:
        """What the bibliography itself knows is not asked of anybody."""
        addition = adder.add(asked)

        assert (addition.state, addition.key) == (State.HERE, "chen2018neural")
        assert addition.evidence == "same arXiv id 1806.07366"
        assert world.asked == []

    def test_by_title_and_authors(self, root: Path, world: Services) -> None:
        """What the entry does not say is told, not written."""
        make(
            root,
            {
                "entries/x2022flow.yml": "title: Flow Matching for Generative Modeling\n"
                "authors: [Yaron Lipman, Ricky T. Q. Chen, others]\n"
            },
        )
        before = snapshot(root)
        adder = Adder(load(root), Network(reroute=world.reroute), TODAY)
        addition = adder.add(works.FLOW)

        assert (addition.state, addition.key) == (State.HERE, "x2022flow")
        assert addition.evidence.startswith("titles agree; authors agree")
        assert addition.lacking["arxiv"] == works.FLOW
        assert adder.write(addition) == []
        assert snapshot(root) == before

    def test_asked_twice(self, adder: Adder) -> None:
        """A preprint and its DOI are one entry."""
        first = added(adder, works.DELIN)
        second = adder.add("10.1016/j.jcp.2018.10.045")

        assert (second.state, second.key) == (State.HERE, first.key)

    def test_unsure(self, root: Path, world: Services) -> None:
        """A shared identifier with another title is for a person to judge; nothing is written."""
        make(
            root,
            {
                "entries/x2017other.yml": "title: Blood pressure in mice\nauthors: [X Y]\n"
                "doi: 10.1016/j.jcp.2018.10.045\n"
            },
        )
        adder = Adder(load(root), Network(reroute=world.reroute), TODAY)
        addition = adder.add(works.DELIN)

        assert addition.state is State.UNSURE
        assert "x2017other" in addition.candidates
        assert adder.write(addition) == []


class TestFailing:
    """Services that fail."""

    @pytest.mark.parametrize(
        ("reply", "message"),
        [
            pytest.param(Reply(503), "export.arxiv.org is out of order (503)", id="out of order"),
            pytest.param(
                Reply(429, headers={"Retry-After": "7200"}),
                "export.arxiv.org says that it is asked too often (429) and wants to be left "
                "alone for 120 minutes",
                id="too often",
            ),
            pytest.param(
                Reply(body="x", way="cut", headers={"Content-Type": "text/xml"}),
                "export.arxiv.org broke off in the middle of its answer",
                id="cut off",
            ),
            pytest.param(
                Reply(body="<html>", headers={"Content-Type": "text/html"}),
                "export.arxiv.org answered with text/html where application/atom+xml was asked for",
                id="a page",
            ),
            pytest.param(
                Reply(body="<a>", headers={"Content-Type": "text/xml"}),
                "arXiv answered something that is no feed",
                id="nonsense",
            ),
            pytest.param(
                Reply(302, headers={"Location": "ftp://x/"}),
                "export.arxiv.org redirects to something that is no web address",
                id="redirect",
            ),
        ],
    )
    def test_writes_nothing(
        self, root: Path, world: Services, adder: Adder, reply: Reply, message: str
    ) -> None:
        """Whatever goes wrong is said in words, and there is nothing to write."""
        world.replies["https://export.arxiv.org"] = [reply]
        before = snapshot(root)
        addition = adder.add("2301.99999")

        assert addition.state is State.FAILED
        assert addition.error
        assert addition.error.message == message
        assert adder.write(addition) == []
        assert snapshot(root) == before

    def test_half_of_a_work_is_not_written(self, world: Services, adder: Adder) -> None:
        """arXiv answers and names a DOI, but Crossref is down: so the work waits."""
        world.replies["https://api.crossref.org"] = [Reply(500)]
        addition = adder.add(works.DELIN)

        assert addition.state is State.FAILED
        assert addition.error
        assert addition.error.message == "api.crossref.org is out of order (500)"

    def test_a_search_that_fails_is_only_noted(self, world: Services, adder: Adder) -> None:
        """A preprint is whole without the search for a published version."""
        world.replies["https://api2.openreview.net"] = [Reply(403)]
        addition = added(adder, works.FLOW)

        assert "venue" not in addition.fields
        assert addition.notices == [
            "api2.openreview.net refuses to answer programs (403); `odebib refresh` may find more later"
        ]


class TestCommand:
    """``odebib add``."""

    @pytest.fixture(autouse=True)
    def _rerouted(self, world: Services, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ODEBIB_REROUTE", json.dumps(world.reroute))

    def run(self, capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
        """Exit status, standard output and standard error."""
        status = main(["--root", str(root), "add", *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    def test_a_new_one(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """What was made, of whom, and what to do next."""
        status, out, err = self.run(capsys, root, works.FLOW)

        assert status == 0
        assert out.splitlines() == [
            f"{works.FLOW}: new entry lipman2023flow",
            "  Flow Matching for Generative Modeling",
            "  Yaron Lipman, Ricky T. Q. Chen, Heli Ben-Hamu and 2 more · ICLR 2023",
            "  from arXiv, OpenReview",
            *out.splitlines()[4:],
        ]
        assert "  topics: flows (because of: " in out
        assert err.splitlines()[0] == "1 entry added: data/entries/lipman2023flow.yml"
        assert err.splitlines()[-1].startswith("next: add a `summary`")

    def test_a_second_time(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """It is here already, that is no failure, and nothing changes."""
        self.run(capsys, root, works.FLOW)
        before = snapshot(root)
        status, out, err = self.run(capsys, root, works.FLOW)

        assert (status, err) == (0, "")
        assert out.startswith(f"{works.FLOW}: already here as lipman2023flow (same arXiv id {works.FLOW})")
        assert snapshot(root) == before

    def test_one_of_several_fails(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """The others are done; some failed is exit status 1."""
        status, out, err = self.run(capsys, root, works.FLOW, "2105.99999", "nonsense", works.OLD)

        assert status == 1
        assert "new entry lipman2023flow" in out
        assert "new entry friedrich2003old" in out
        assert (
            "2105.99999: not added, nothing written: arXiv has no paper 2105.99999\n"
            "    hint: is there a typo in it?" in err
        )
        assert "nonsense: not added, nothing written: `nonsense` is no arXiv id, DOI or web address" in err
        assert (root / "data/entries/friedrich2003old.yml").is_file()

    def test_offline(
        self, capsys: pytest.CaptureFixture[str], root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What could not be done at all is exit status 2, in words."""
        monkeypatch.setenv("ODEBIB_REROUTE", json.dumps({"https://": "http://127.0.0.1:1/"}))
        before = snapshot(root)
        status, out, err = self.run(capsys, root, works.FLOW)

        assert (status, out) == (2, "")
        assert err == (
            f"{works.FLOW}: not added, nothing written: export.arxiv.org cannot be reached\n"
            "    hint: are you online?\n"
        )
        assert snapshot(root) == before

    def test_dry_run(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """The file is shown, and not written."""
        before = snapshot(root)
        status, out, err = self.run(capsys, root, works.FLOW, "--dry-run")

        assert status == 0
        assert "\narxiv: 2210.02747\n" in out
        assert err == "1 entry would be added; nothing written (--dry-run)\n"
        assert snapshot(root) == before

    def test_a_bib_on_standard_input(
        self, capsys: pytest.CaptureFixture[str], root: Path, monkeypatch: pytest.MonkeyPatch, world: Services
    ) -> None:
        """Its entries stand by themselves; services add to them, or fail and are noted."""
        world.replies["https://doi.org"] = [Reply(503)]
        monkeypatch.setattr(http.time, "sleep", lambda _: None)
        bib = (
            "@article{a, title={On {PDE}s}, author={Smith, Jo}, journal={J. Comput. Phys.}, "
            "year=2020, doi={10.1000/x}}\n"
            "@misc{b, title={Neural Ordinary Differential Equations}, author={Chen, Ricky T. "
            "Q.}, eprint={1806.07366}, archiveprefix={arXiv}}\n"
            "@misc{c, note={nothing}}\n"
        )
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(bib.encode())))
        status, out, err = self.run(capsys, root, "-")

        assert status == 1
        assert "a: new entry smith2020pdes" in out
        assert "b: already here as chen2018neural" in out
        assert "  note: doi.org is out of order (503); `odebib refresh` may find more later" in err
        assert "not added" in err

    def test_ids_on_standard_input(
        self, capsys: pytest.CaptureFixture[str], root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One a line, without naming `-`."""
        monkeypatch.setattr(
            sys, "stdin", io.TextIOWrapper(io.BytesIO(f"arXiv:{works.OLD}\n\n1806.07366\n".encode()))
        )
        status, out, _ = self.run(capsys, root)

        assert status == 0
        assert "new entry friedrich2003old" in out
        assert "1806.07366: already here" in out

    def test_an_unknown_topic(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """A near miss is named before anybody is asked."""
        status, _, err = self.run(capsys, root, works.FLOW, "--topic", "neural-ode")

        assert status == 2
        assert "there is no topic `neural-ode`" in err
        assert "did you mean `neural-odes`" in err

    def test_broken_data_stop_it(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """Nothing is added to what cannot be read."""
        make(root, {"entries/broken.yml": "title: [\n"})

        assert self.run(capsys, root, works.FLOW)[0] == 1

    def test_everything_the_services_send_is_checked(
        self, capsys: pytest.CaptureFixture[str], root: Path, world: Services
    ) -> None:
        """Titles with markup, names with braces, scripts as addresses: the entry passes, or there is none."""
        world.dois["10.1000/evil"] = {
            "source": "Crossref", "type": "journal-article", "DOI": "10.1000/evil",
            "title": "<script>alert(1)</script>Evil: \u202etitle # with [all] {sorts: of} 'signs' & \x00more",
            "author": [{"given": "../../x", "family": "<b>B</b>"}, {"name": "a, b and c et al."}, {}, 7],
            "container-title": "../../../etc", "URL": "javascript:alert(1)", "page": "1--2", "volume": "{",
            "issued": {"date-parts": [["2020", "13", "77"]]}, "abstract": "<p>x" + "<b>" * 2000,
        }  # fmt: skip
        status, _, _ = self.run(capsys, root, "10.1000/evil")

        project = store.load(root)
        assert [p for p in checks.run(project) if p.severity is Severity.ERROR] == []
        if status == 0:
            (key,) = {*project.bibliography.entries} - {"chen2018neural", "lovelace2019learning"}
            assert "script" not in project.bibliography.entries[key].title
            assert project.bibliography.entries[key].url is None

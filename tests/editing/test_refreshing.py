"""Refreshing: gaps are filled, what a person wrote stands, and an interrupted run goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from odebib.cli import main, upkeep
from odebib.editing.refreshing import Refreshed, Refresher
from odebib.services import http
from odebib.services.http import Network
from odebib.services.kept import Cache
from projects import load, make, snapshot
from services import works
from services.server import Reply, Services, running

VENUES = """
- id: iclr
  short: ICLR
  name: International Conference on Learning Representations
- id: jcp
  short: J. Comput. Phys.
  name: Journal of Computational Physics
  kind: journal
"""
BARE = """
# By hand.
title: A multiscale neural operator for Schrödinger equations
authors:
  - Anna Müller  # the first
  - José Ñíguez
arxiv: 1710.00001
"""


@pytest.fixture(name="world")
def _world() -> Iterator[Services]:
    """The services."""
    with running() as services:
        yield works.fill(services)


def refreshed(
    root: Path, world: Services, key: str, *, published: bool = False, write: bool = True
) -> Refreshed:
    """An entry, looked at and written."""
    net = Network(reroute=world.reroute, sleep=lambda _: None, timeout=(2, 1))
    refresher = Refresher(load(root), net, published=published)
    result = refresher.look(key)
    if write:
        refresher.write(result)
    return result


def entry(tmp_path: Path, text: str) -> Path:
    """A project with one entry, `x2020y`."""
    return make(tmp_path / "project", {"entries/x2020y.yml": text, "venues.yml": VENUES})


def text_of(root: Path) -> str:
    """What that entry's file holds."""
    return (root / "data/entries/x2020y.yml").read_text()


class TestFills:
    """What is missing."""

    def test_a_published_version(self, tmp_path: Path, world: Services) -> None:
        """Abstract, venue and DOI come each with who says so; comments and order stay."""
        root = entry(tmp_path, BARE)
        result = refreshed(root, world, "x2020y")

        assert {change.name: change.source for change in result.changes} == {
            "abstract": "arXiv", "arxiv_class": "arXiv", "venue": "Crossref", "year": "Crossref",
            "month": "Crossref", "volume": "Crossref", "pages": "Crossref", "doi": "Crossref",
        }  # fmt: skip
        assert text_of(root) == (
            BARE.lstrip("\n").replace("arxiv: 1710.00001\n", "")
            + "year: 2019\nmonth: 2\nvenue: J. Comput. Phys.\nvolume: 378\npages: 686-707\n"
            "doi: 10.1016/j.jcp.2018.10.045\narxiv: 1710.00001\narxiv_class: math.NA\n"
            "abstract: An operator of order $O(h^2)$ for 50% of all cases. We prove that it converges.\n"
        )

    def test_a_second_run_changes_nothing(self, tmp_path: Path, world: Services) -> None:
        """There is nothing left to fill."""
        root = entry(tmp_path, BARE)
        refreshed(root, world, "x2020y")
        before = snapshot(root)

        assert refreshed(root, world, "x2020y").changes == []
        assert snapshot(root) == before

    def test_the_published_version_of_a_preprint_is_searched(self, tmp_path: Path, world: Services) -> None:
        """OpenReview knows by its title what arXiv does not."""
        root = entry(
            tmp_path,
            "title: Flow Matching for Generative Modeling\n"
            "authors: [Yaron Lipman, Ricky T. Q. Chen, others]\narxiv: '2210.02747'\n",
        )
        changes = {change.name: change.value for change in refreshed(root, world, "x2020y").changes}

        assert (changes["venue"], changes["year"], changes["openreview"]) == ("ICLR", "2023", "PqvMRDCJT9t")
        assert changes["links.code"] == "https://github.com/example/flows"

    def test_a_doi_of_what_is_published(self, tmp_path: Path, world: Services) -> None:
        """Crossref is searched by title; venue and year must be the entry's."""
        root = entry(tmp_path, "title: A multiscale neural operator for Schrödinger equations of "
            "order h$^2$\n"
                     "authors: [Anna Müller, José Ñíguez, '{The Open PDE Consortium}']\n"
                         "year: 2019\nvenue: J. Comput. Phys.\n")  # fmt: skip
        changes = {change.name: change.value for change in refreshed(root, world, "x2020y").changes}

        assert (changes["doi"], changes["volume"], changes["pages"]) == (
            "10.1016/j.jcp.2018.10.045",
            "378",
            "686-707",
        )

    def test_a_retraction(self, tmp_path: Path, world: Services) -> None:
        """It is written with its day and notice."""
        root = entry(
            tmp_path,
            "title: Cold Fusion by Neural Nets\nauthors: [Eve Bold]\nyear: 2015\nvenue: Hope\n"
            "doi: 10.1000/retracted\n",
        )
        (change,) = refreshed(root, world, "x2020y").changes

        assert change.name == "retracted"
        assert (
            "retracted:\n  on: 2019-04-02\n  reason: Retraction\n  url: https://doi.org/10.1000/notice\n"
            in text_of(root)
        )

    def test_an_archived_repository(self, tmp_path: Path, world: Services) -> None:
        """It is said in the note; of software, language and licence are filled too."""
        root = entry(
            tmp_path,
            "title: oldcode\ntype: software\nauthors: ['{Example Lab}']\nyear: 2017\nurl: https://github.com/example/oldcode\n",
        )
        changes = {change.name: change.value for change in refreshed(root, world, "x2020y").changes}

        assert changes == {
            "language": ["Julia"],
            "note": "The repository is archived; its last change was in 2018-03.",
        }
        load(root)

    def test_code_beside_other_links(self, tmp_path: Path, world: Services) -> None:
        """Links are filled one kind by one."""
        root = entry(
            tmp_path,
            "title: Flow Matching for Generative Modeling\nauthors: [Yaron Lipman, others]\n"
            "year: 2022\narxiv: '2210.02747'\nlinks:\n  video: https://v.example/1  # good\n",
        )
        refreshed(root, world, "x2020y")

        assert (
            "links:\n  code: https://github.com/example/flows\n  video: https://v.example/1  # good\n"
            in text_of(root)
        )


class TestLeavesAlone:
    """What a person wrote."""

    def test_everything_stated(self, tmp_path: Path, world: Services) -> None:
        """Other values stand, explicit empty ones too."""
        text = (
            "title: My own title of the multiscale neural operator for Schrödinger equations\n"
            "authors:\n  - A. Müller\nyear: 2018\nvenue:\narxiv: 1710.00001\narxiv_class: ''\nabstract:\n"
        )
        root = entry(tmp_path, text)

        assert refreshed(root, world, "x2020y").changes == []
        assert text_of(root) == text

    def test_another_year(self, tmp_path: Path, world: Services) -> None:
        """A preprint's year stands in the way of its published version; that is told with the way out."""
        root = entry(tmp_path, BARE + "year: 2017\nabstract: Mine.\narxiv_class: cs.LG\n")
        result = refreshed(root, world, "x2020y")

        assert result.changes == []
        assert result.suggestions == [
            "published at J. Comput. Phys. 2019, says Crossref, but the entry is of 2017; "
            "`odebib refresh x2020y --published` takes it"
        ]

    def test_unless_asked_to(self, tmp_path: Path, world: Services) -> None:
        """With --published the version takes the place of the preprint's year, and of nothing else."""
        root = entry(tmp_path, BARE + "year: 2017\nabstract: Mine.\n")
        refreshed(root, world, "x2020y", published=True)

        assert "year: 2019\n" in text_of(root)
        assert "doi: 10.1016/j.jcp.2018.10.045\n" in text_of(root)
        assert "abstract: Mine.\n" in text_of(root)

    def test_an_unknown_venue(self, tmp_path: Path, world: Services) -> None:
        """A venue that is not in venues.yml is drafted there, for a person to look at."""
        world.dois["10.1016/j.jcp.2018.10.045"]["container-title"] = "Journal of Surprises"
        root = entry(tmp_path, BARE)
        result = refreshed(root, world, "x2020y")

        assert {change.name: change.value for change in result.changes}["venue"] == "Journal of Surprises"
        assert result.new_venue
        project = load(root)
        assert project.bibliography.venues["journal-of-surprises"].draft

    def test_line_ends_of_windows(self, tmp_path: Path, world: Services) -> None:
        """They stay."""
        root = entry(tmp_path, BARE)
        path = root / "data/entries/x2020y.yml"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        refreshed(root, world, "x2020y")

        content = path.read_bytes()
        assert b"doi: 10.1016/j.jcp.2018.10.045\r\n" in content
        assert content.count(b"\n") == content.count(b"\r\n")

    def test_another_work(self, tmp_path: Path, world: Services) -> None:
        """What a wrong identifier leads to fills nothing, and is told."""
        root = entry(
            tmp_path, "title: Blood pressure in mice\nauthors: [X Y]\nyear: 2022\narxiv: '2210.02747'\n"
        )
        result = refreshed(root, world, "x2020y")

        assert result.changes == []
        assert result.suggestions == [
            "arXiv:2210.02747 is of another work, “Flow Matching for Generative Modeling”; what "
            "it says was left out"
        ]

    def test_a_file_that_was_changed_meanwhile(self, tmp_path: Path, world: Services) -> None:
        """Somebody editing the entry while it is refreshed loses nothing."""
        root = entry(tmp_path, BARE)
        refresher = Refresher(load(root), Network(reroute=world.reroute), published=False)
        result = refresher.look("x2020y")
        (root / "data/entries/x2020y.yml").write_text(BARE + "year: 2017\n")

        assert refresher.write(result) == []
        assert text_of(root) == BARE + "year: 2017\n"
        assert result.errors == ["its file was changed meanwhile and left alone; run this again"]


class TestFailing:
    """Services that fail."""

    def test_what_answers_still_fills(self, tmp_path: Path, world: Services) -> None:
        """The abstract comes from arXiv; the version waits until Crossref is there again."""
        world.replies["https://api.crossref.org"] = [Reply(500)]
        root = entry(tmp_path, BARE)
        result = refreshed(root, world, "x2020y")

        assert {change.name for change in result.changes} == {"abstract", "arxiv_class"}
        assert result.errors == ["api.crossref.org is out of order (500)"]

    def test_what_is_not_there_is_a_suggestion(self, tmp_path: Path, world: Services) -> None:
        """A DOI or id that nobody knows is told, and is no failure."""
        root = entry(
            tmp_path,
            "title: T\nauthors: [X Y]\nyear: 2021\narxiv: '2101.99999'\nlinks: {code: 'https://github.com/gone/gone'}\n",
        )
        result = refreshed(root, world, "x2020y")

        assert result.errors == []
        assert result.suggestions == ["arXiv has no paper 2101.99999", "GitHub has no repository gone/gone"]


class TestCommand:
    """``odebib refresh``."""

    @pytest.fixture(name="root")
    def _root(self, tmp_path: Path, world: Services, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A project with three entries that lack something."""
        monkeypatch.setenv("ODEBIB_REROUTE", json.dumps(world.reroute))
        return make(
            tmp_path / "project",
            {
                "entries/a2017multiscale.yml": BARE,
                "entries/b2022flow.yml": "title: Flow Matching for Generative Modeling\n"
                "authors: [Yaron Lipman, others]\nyear: 2023\narxiv: '2210.02747'\n",
                "entries/c2003old.yml": "title: Old Flows\nauthors: [Carl Friedrich]\n"
                "year: 2003\narxiv: math/0301001\n",
                "venues.yml": VENUES,
            },
        )

    def run(self, capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
        """Exit status, standard output and standard error."""
        status = main(["--root", str(root), "refresh", *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    def test_tells_each_change_with_its_source(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """And ends with a line that sums up."""
        status, out, err = self.run(capsys, root)

        assert status == 0
        assert "a2017multiscale  A multiscale neural operator" in out
        assert "  + doi: 10.1016/j.jcp.2018.10.045  [Crossref]\n" in out
        assert "  + venue: ICLR  [OpenReview]\n" in out
        assert err.startswith("3 of 3 entries looked at; 3 changed (3 abstract, 3 arxiv_class, ")
        load(root)

    def test_a_second_run(self, capsys: pytest.CaptureFixture[str], root: Path, world: Services) -> None:
        """Nothing changes, and nothing is asked anew but what the first run found."""
        self.run(capsys, root)
        before, asked = snapshot(root), len(world.asked)
        status, out, err = self.run(capsys, root)

        assert (status, out) == (0, "")
        assert err == "3 of 3 entries looked at; nothing to fill\n"
        assert snapshot(root) == before
        assert [host for host in world.hosts[asked:] if host == "export.arxiv.org"] == []

    def test_dry_run(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """All is told, nothing written."""
        before = snapshot(root)
        status, out, err = self.run(capsys, root, "--dry-run", "c2003old")

        assert status == 0
        assert (
            out
            == "c2003old  Old Flows\n  + arxiv_class: math.DS  [arXiv]\n"
            "  + abstract: An old abstract.  [arXiv]\n"
            or ("  + abstract: An old abstract.  [arXiv]\n" in out)
        )
        assert err == (
            "1 of 1 entry looked at; 1 would be changed (1 abstract, 1 arxiv_class); nothing "
            "written (--dry-run)\n"
        )
        assert snapshot(root) == before

    def test_arxiv_is_asked_once_for_all(
        self, capsys: pytest.CaptureFixture[str], root: Path, world: Services
    ) -> None:
        """Fifty ids go into one request."""
        self.run(capsys, root)

        assert world.hosts.count("export.arxiv.org") == 1

    def test_interrupted_it_goes_on(
        self, capsys: pytest.CaptureFixture[str], root: Path, world: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was written is whole; the next run asks only what is left."""
        look = Refresher.look

        def interrupted(self: Refresher, key: str) -> Refreshed:
            if key == "b2022flow":
                raise KeyboardInterrupt
            return look(self, key)

        monkeypatch.setattr(Refresher, "look", interrupted)
        status, _, err = self.run(capsys, root)

        assert status == 130
        assert err.splitlines()[0].startswith("1 of 3 entries looked at; 1 changed")
        assert (
            err.splitlines()[1]
            == "interrupted; what was written is whole, and the same command goes on from here"
        )
        assert "doi:" in (root / "data/entries/a2017multiscale.yml").read_text()
        load(root)
        monkeypatch.setattr(Refresher, "look", look)
        status, out, err = self.run(capsys, root)
        assert status == 0
        assert "a2017multiscale" not in out
        assert err.startswith("3 of 3 entries looked at; 2 changed")
        assert world.hosts.count("export.arxiv.org") == 1

    def test_offline(
        self, capsys: pytest.CaptureFixture[str], root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It stops soon, in words, and nothing has changed."""
        monkeypatch.setenv("ODEBIB_REROUTE", json.dumps({"https://": "http://127.0.0.1:1/"}))
        monkeypatch.setattr(upkeep, "GIVE_UP", 2)
        before = snapshot(root)
        status, _, err = self.run(capsys, root)

        assert status == 2
        assert err.splitlines()[-1] == (
            "stopped: nothing can be reached (export.arxiv.org cannot be reached); the same "
            "command goes on from here"
        )
        assert snapshot(root) == before

    def test_a_service_that_is_down(
        self, capsys: pytest.CaptureFixture[str], root: Path, world: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The others fill what they know; that some failed is exit status 1."""
        monkeypatch.setattr(http.time, "sleep", lambda _: None)
        world.replies["https://api2.openreview.net"] = [Reply(503)]
        status, out, err = self.run(capsys, root)

        assert status == 1
        assert "  ! api2.openreview.net is out of order (503)\n" in err
        assert "  + doi: 10.1016/j.jcp.2018.10.045  [Crossref]\n" in out
        assert (
            err.splitlines()[-1]
            == "run it again later: what was answered is kept, so only the rest is asked again"
        )

    def test_an_unknown_key(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """Wrong usage, with the near miss."""
        status, _, err = self.run(capsys, root, "b2022flo")

        assert status == 2
        assert "did you mean `b2022flow`?" in err


def test_the_cache_is_inside_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: Services
) -> None:
    """Answers are kept below .cache/odebib/http, which git ignores."""
    monkeypatch.setenv("ODEBIB_REROUTE", json.dumps(world.reroute))
    net = http.of_project(tmp_path)
    net.get("https://doi.org/10.1000/jats", accept="x")

    assert isinstance(net.cache, Cache)
    assert (tmp_path / ".cache/odebib/http/answers.sqlite").is_file()

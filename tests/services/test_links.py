"""Links: what is dead, moved, suspect or only shy; one bad day alarms nobody."""

from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from odebib.cli import main
from odebib.services import links
from odebib.services.http import Network
from odebib.services.links import History, Result, Target, Verdict
from projects import load, make, snapshot
from services import works
from services.server import Reply, Services, running

TODAY = datetime.date(2026, 11, 21)
ENTRY = """
title: Untidy Dynamics
authors: [A. Person]
year: 2021
arxiv: '2105.00001'
doi: 10.1000/jats
url: https://paper.example/one
links:
  code: [https://code.example/one, https://code.example/two]
  pdf: https://arxiv.org/pdf/2105.00001
versions:
  - title: Earlier
    url: https://dx.doi.org/10.1000/retracted
"""


@pytest.fixture(name="world")
def _world() -> Iterator[Services]:
    """The services, and three pages that are there."""
    with running() as services:
        works.fill(services)
        for page in ("https://paper.example/one", "https://code.example/one", "https://code.example/two"):
            services.pages[page] = "<h1>here</h1>"
        yield services


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A project with one entry that has links of every kind."""
    return make(tmp_path / "project", {"entries/person2021untidy.yml": ENTRY})


def looked(world: Services, *targets: Target, history: History | None = None) -> Mapping[Target, Result]:
    """What is found of some targets."""
    net = Network(reroute=world.reroute, sleep=lambda _: None, timeout=(2, 1))
    kept = history or History(Path("unused"), TODAY)
    return {result.target: result for result in links.look(net, targets, kept)}


def url(text: str) -> Target:
    """An address as a target."""
    return Target("url", text)


class TestTargets:
    """What there is to look at."""

    def test_each_once_with_all_its_places(self, root: Path) -> None:
        """An address of doi.org or arXiv is the identifier it holds; places tell file, line and field."""
        found = links.targets(load(root))

        assert {str(target): [place.name for place in places] for target, places in found.items()} == {
            "doi:10.1000/jats": ["doi"],
            "arXiv:2105.00001": ["arxiv", "links.pdf"],
            "https://paper.example/one": ["url"],
            "doi:10.1000/retracted": ["versions.url"],
            "https://code.example/one": ["links.code"],
            "https://code.example/two": ["links.code"],
        }
        (place,) = found[url("https://code.example/two")]
        assert str(place.location) == "data/entries/person2021untidy.yml:8:36"

    def test_venues_and_lists_too(self, root: Path) -> None:
        """Of the whole project also their own pages."""
        make(root, {"venues.yml": "- id: a\n  short: A\n  name: Aa\n  url: https://venue.example/\n"})

        assert url("https://venue.example/") in links.targets(load(root))
        assert url("https://venue.example/") not in links.targets(load(root), ["person2021untidy"])


class TestLook:
    """What is found today."""

    @pytest.mark.parametrize(
        ("replies", "verdict", "reason"),
        [
            pytest.param([Reply(200)], Verdict.FINE, "", id="there"),
            pytest.param([Reply(403)], Verdict.REFUSED, "refuses to answer programs (403)", id="403"),
            pytest.param([Reply(429)], Verdict.REFUSED, "asked too often (429)", id="429"),
            pytest.param([Reply(999)], Verdict.REFUSED, "refuses", id="999"),
            pytest.param([Reply(404)], Verdict.SUSPECT, "knows no such thing (404)", id="404"),
            pytest.param([Reply(410)], Verdict.SUSPECT, "(410)", id="410"),
            pytest.param([Reply(500)], Verdict.SUSPECT, "out of order (500)", id="500"),
            pytest.param([Reply(way="silent")], Verdict.SUSPECT, "does not answer in time", id="silent"),
            pytest.param([Reply(way="huge")], Verdict.FINE, "", id="huge is not read"),
            pytest.param(
                [Reply(301, headers={"Location": "https://new.example/one"})],
                Verdict.MOVED,
                "moved for good",
                id="301",
            ),
            pytest.param(
                [Reply(302, headers={"Location": "https://new.example/one"})], Verdict.FINE, "", id="302"
            ),
            pytest.param(
                [Reply(301, headers={"Location": "/"})],
                Verdict.SUSPECT,
                "only to the front page",
                id="front page",
            ),
            pytest.param(
                [Reply(301, headers={"Location": "https://page.example/x"})],
                Verdict.SUSPECT,
                "without an end",
                id="circle",
            ),
            pytest.param(
                [Reply(301, headers={"Location": "mailto:a@b.c"})],
                Verdict.SUSPECT,
                "no web address",
                id="mailto",
            ),
        ],
    )
    def test_of_a_page(self, world: Services, replies: list[Reply], verdict: Verdict, reason: str) -> None:
        """Refusing is not death, what redirects for good has moved, and a failure is first of all suspect."""
        world.replies["https://page.example/x"] = replies
        world.replies["https://page.example/"] = [Reply(200)]
        world.replies["https://new.example/"] = [Reply(200)]
        result = looked(world, url("https://page.example/x"))[url("https://page.example/x")]

        assert result.verdict is verdict
        assert reason in result.reason
        assert result.moved == ("https://new.example/one" if verdict is Verdict.MOVED else None)

    def test_dois_are_asked_of_the_handle_system(self, world: Services) -> None:
        """No publisher is asked; a DOI that is none is suspect."""
        results = looked(world, Target("doi", "10.1000/jats"), Target("doi", "10.1000/none"))

        assert [result.verdict for result in results.values()] == [Verdict.FINE, Verdict.SUSPECT]
        assert results[Target("doi", "10.1000/none")].reason == "there is no such DOI"
        assert [address.split("?")[0] for address, _ in world.asked] == [
            "https://doi.org/api/handles/10.1000/jats",
            "https://doi.org/api/handles/10.1000/none",
        ]

    def test_arxiv_ids_are_asked_of_its_api(self, world: Services) -> None:
        """All in one request, each told by itself."""
        results = looked(world, Target("arxiv", works.FLOW), Target("arxiv", "2105.99999"))

        assert results[Target("arxiv", works.FLOW)].verdict is Verdict.FINE
        assert results[Target("arxiv", "2105.99999")].reason == "arXiv has no paper 2105.99999"

    def test_private_addresses_are_not_asked(self, world: Services) -> None:
        """A link into a local network is for nobody to follow."""
        net = Network(reroute={"https://": world.reroute["https://"]})
        (result,) = links.look(net, [url("http://169.254.169.254/x")], History(Path("unused"), TODAY))

        assert (result.verdict, world.asked) == (Verdict.REFUSED, [])

    def test_hosts_side_by_side(self, world: Services) -> None:
        """Two hosts are asked at the same time; one host never twice at once."""
        both = threading.Barrier(2, timeout=5)
        original = world.reply

        def meeting(address: str, headers: dict[str, str]) -> Reply:
            if address.endswith("/meet"):
                both.wait()
            return original(address, headers)

        world.reply = meeting  # type: ignore[method-assign]
        world.replies["https://"] = [Reply(200)]
        results = looked(world, url("https://a.example/meet"), url("https://b.example/meet"))

        assert {result.verdict for result in results.values()} == {Verdict.FINE}


class TestHistory:
    """What the days before tell."""

    def days(self, world: Services, path: Path, *replies: Reply) -> list[Verdict]:
        """The verdicts of as many days, one after another."""
        found = []
        for number, reply in enumerate(replies):
            world.replies["https://page.example"] = [reply]
            history = History.read(path, TODAY + datetime.timedelta(days=number // 2))
            found.append(
                looked(world, url("https://page.example/x"), history=history)[
                    url("https://page.example/x")
                ].verdict
            )
            history.write()
        return found

    def test_three_days(self, world: Services, tmp_path: Path) -> None:
        """Twice on one day is one day; on the third it is dead."""
        assert (
            self.days(world, tmp_path / "links.json", *[Reply(404)] * 6)
            == [Verdict.SUSPECT] * 4 + [Verdict.DEAD] * 2
        )

    def test_an_answer_forgets(self, world: Services, tmp_path: Path) -> None:
        """Days that do not follow each other do not count."""
        replies = [Reply(404), Reply(404), Reply(404), Reply(200), Reply(404), Reply(404), Reply(404)]

        assert Verdict.DEAD not in self.days(world, tmp_path / "links.json", *replies)

    def test_a_refusal_neither_forgets_nor_counts(self, world: Services, tmp_path: Path) -> None:
        """A host that will not say tells nothing."""
        replies = [Reply(404), Reply(403), Reply(404), Reply(403), Reply(404)]

        assert self.days(world, tmp_path / "links.json", *replies)[-1] is Verdict.DEAD

    @pytest.mark.parametrize("content", ["", "[", "[1]", '{"a": 7, "b": [1]}', "[" * 100_000])
    def test_a_broken_file_is_begun_anew(self, tmp_path: Path, content: str) -> None:
        """The cache may be damaged."""
        path = tmp_path / "links.json"
        path.write_text(content)

        assert History.read(path, TODAY).failures in ({}, {"b": []})

    def test_forgets_what_is_gone_from_the_data(self, tmp_path: Path) -> None:
        """Only what is still linked is kept."""
        history = History(
            tmp_path / "links.json", TODAY, {"https://a.example/": ["2026-11-20"], "x": ["2026-11-20"]}
        )
        history.write({url("https://a.example/"): []})

        assert json.loads(history.path.read_text()) == {"https://a.example/": ["2026-11-20"]}


class TestCommand:
    """``odebib links``."""

    @pytest.fixture(autouse=True)
    def _rerouted(self, world: Services, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ODEBIB_REROUTE", json.dumps(world.reroute))

    def run(self, capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
        """Exit status, standard output and standard error."""
        status = main(["--root", str(root), "links", *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    def test_all_is_well(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """Nothing is printed but the summary."""
        assert self.run(capsys, root) == (0, "", "6 links and identifiers of 1 entry: 6 fine\n")

    def test_moved_and_dead(self, capsys: pytest.CaptureFixture[str], root: Path, world: Services) -> None:
        """Each with its place; the archive's copy stands beside what is dead."""
        del world.pages["https://paper.example/one"]
        world.replies["https://code.example/one"] = [
            Reply(308, headers={"Location": "https://code.example/two"})
        ]
        world.copies["https://paper.example/one"] = (
            "http://web.archive.org/web/2020/https://paper.example/one"
        )
        (root / links.HISTORY).parent.mkdir(parents=True)
        (root / links.HISTORY).write_text('{"https://paper.example/one": ["2026-01-01", "2026-01-08"]}')
        before = snapshot(root)
        status, out, err = self.run(capsys, root)

        assert status == 1
        assert out == (
            "moved    https://code.example/one: moved for good\n"
            "    data/entries/person2021untidy.yml:8:10: links.code of person2021untidy\n"
            "    write https://code.example/two\n"
            "dead     https://paper.example/one: paper.example knows no such thing (404); failed "
            "on 3 days since 2026-01-01\n"
            "    data/entries/person2021untidy.yml:6:6: url of person2021untidy\n"
            "    the archive has a copy: https://web.archive.org/web/2020/https://paper.example/one\n"
        )
        assert err == "6 links and identifiers of 1 entry: 4 fine, 1 moved, 1 dead\n"
        assert snapshot(root) == before

    def test_a_bad_day(self, capsys: pytest.CaptureFixture[str], root: Path, world: Services) -> None:
        """What failed once is only suspect, and no failure of the command."""
        world.replies["https://paper.example"] = [Reply(500)]
        status, out, err = self.run(capsys, root)

        assert status == 0
        assert out.startswith(
            "suspect  https://paper.example/one: paper.example is out of order (500); failed on 1 day since "
        )
        assert err.endswith("5 fine, 1 suspect\n")

    def test_shy_hosts_are_told_on_demand(
        self, capsys: pytest.CaptureFixture[str], root: Path, world: Services
    ) -> None:
        """They are only counted, unless --all asks for them."""
        world.replies["https://paper.example"] = [Reply(403)]

        assert self.run(capsys, root) == (
            0,
            "",
            "6 links and identifiers of 1 entry: 5 fine, 1 would not say\n",
        )
        assert "refused  https://paper.example/one" in self.run(capsys, root, "--all")[1]

    def test_offline_nothing_is_noted(
        self, capsys: pytest.CaptureFixture[str], root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A day without a connection is nobody's failure."""
        monkeypatch.setenv("ODEBIB_REROUTE", json.dumps({"https://": "http://127.0.0.1:1/"}))
        status, out, err = self.run(capsys, root)

        assert (status, out) == (2, "")
        assert err.startswith("odebib: nothing can be reached (")
        assert not (root / links.HISTORY).exists()

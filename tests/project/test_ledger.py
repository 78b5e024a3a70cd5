"""The ledger of published addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import MakeProject
from odebib import checks, cli
from odebib.project import ledger
from odebib.project.store import Project

ENTRY = {"title": "A Title", "authors": ["Ann Adams"], "year": "2020", "url": "https://example.org"}

addresses = st.lists(st.from_regex(r"[a-z]{1,6}/[a-z0-9]{1,6}", fullmatch=True), max_size=8)


def problems(project: Project) -> list[str]:
    """What the check finds, as people see it."""
    return [str(problem) for problem in checks.run(project) if problem.code == "vanished-address"]


class TestAddresses:
    """What is permanent."""

    def test_all_kinds(self, toy: Project) -> None:
        """Entries, former keys, topics, tags, venues, types, years, lists, paths, and authors with an id."""
        found = ledger.addresses(toy.bibliography)
        for address in (
            "entries/adams2019flows", "entries/old2014networks", "types/talk", "years/2019",
            "lists/awesome-toys",
            "paths/first-steps", "authors/wei-li",
        ):  # fmt: skip
            assert address in found
        assert found == sorted(set(found))
        assert "authors/ann-b-adams" not in found


class TestExtended:
    """A ledger with more addresses."""

    @given(addresses, addresses)
    def test_only_grows(self, old: list[str], new: list[str]) -> None:
        """Everything that was there and is new is there, sorted, each once."""
        text = ledger.extended("".join(f"{address}\n" for address in old), new)
        assert text.splitlines() == sorted({*old, *new})

    @given(addresses, addresses)
    def test_idempotent(self, old: list[str], new: list[str]) -> None:
        """A second run changes nothing."""
        once = ledger.extended("\n".join(old), new)
        assert ledger.extended(once, new) == once

    def test_gone_stays_gone(self) -> None:
        """A withdrawn address keeps its reason, also when a merge of branches repeats it."""
        text = "entries/b\nentries/a gone: twice\nentries/a\n"
        assert ledger.extended(text, ["entries/a"]) == "entries/a gone: twice\nentries/b\n"


class TestVanishedAddress:
    """The check."""

    def test_nothing_published(self, make_project: MakeProject) -> None:
        """Before the first publication there is nothing to lose."""
        assert problems(make_project({"entries/a2020x.yml": ENTRY})) == []

    def test_vanished(self, make_project: MakeProject) -> None:
        """An address without an heir is an error at its line, with what to do."""
        project = make_project(
            {
                "entries/adams2020title.yml": ENTRY,
                "published.txt": "entries/adams2020title\nentries/adams2020titel\n",
            }
        )
        assert problems(project) == [
            "data/published.txt:2:1: error: entries/adams2020titel was published and is no more "
            "[vanished-address]\n"
            "    hint: if it was renamed or merged, add `aliases: [adams2020titel]` to `adams2020title`,\n"
            "          or write why it was withdrawn: `entries/adams2020titel gone: reason`"
        ]

    @pytest.mark.parametrize("address", ["years/1999", "types/thesis", "venues/icml"])
    def test_a_page_without_works_is_not_lost(self, make_project: MakeProject, address: str) -> None:
        """The page of a year, a type or a known venue goes on saying that there is nothing now."""
        venues = [{"id": "icml", "short": "ICML", "name": "International Conference on Machine Learning"}]
        project = make_project(
            {"entries/a2020x.yml": ENTRY, "venues.yml": venues, "published.txt": f"{address}\n"}
        )
        assert problems(project) == []

    @pytest.mark.parametrize(
        "files",
        [
            pytest.param({"entries/new.yml": {**ENTRY, "aliases": ["old"]}}, id="former-key"),
            pytest.param({"entries/old.yml": ENTRY}, id="still-there"),
            pytest.param({"published.txt": "entries/old gone: no paper at all\n"}, id="withdrawn"),
        ],
    )
    def test_goes_on_leading_somewhere(self, make_project: MakeProject, files: dict[str, object]) -> None:
        """Former keys, present ones and reasons are fine."""
        assert (
            problems(make_project({"entries/x.yml": ENTRY, "published.txt": "entries/old\n", **files})) == []
        )

    def test_former_topic(self, make_project: MakeProject) -> None:
        """Topics have former ids, too."""
        topics = [{"id": "new", "name": "New", "aliases": ["old"]}]
        project = make_project(
            {"topics.yml": topics, "published.txt": "topics/old\ntopics/new\n", "entries/x.yml": ENTRY}
        )
        assert problems(project) == []


class TestCommand:
    """``odebib publish``."""

    def test_writes_the_ledger(self, make_project: MakeProject, capsys: pytest.CaptureFixture[str]) -> None:
        """All addresses, once; a second run changes nothing."""
        root = make_project({"entries/a2020x.yml": ENTRY}).root
        assert cli.main(["--root", str(root), "publish"]) == 0
        path = root / "data" / "published.txt"
        assert path.read_text() == "entries/a2020x\ntypes/other\nyears/2020\n"
        assert capsys.readouterr().err == "3 new addresses in data/published.txt\n"
        assert cli.main(["--root", str(root), "publish"]) == 0
        assert capsys.readouterr().err == "0 new addresses in data/published.txt\n"

    def test_refuses_when_something_vanished(
        self, make_project: MakeProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The ledger stays as it was."""
        root: Path = make_project({"entries/a2020x.yml": ENTRY, "published.txt": "entries/lost\n"}).root
        assert cli.main(["--root", str(root), "publish"]) == 1
        assert (root / "data" / "published.txt").read_text() == "entries/lost\n"
        assert "[vanished-address]" in capsys.readouterr().err

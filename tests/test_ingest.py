"""Taking in a source: what is planned, what is written, and that doing it again changes nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from odebib import ingest, store
from odebib.ingest import Plan
from odebib.matching import Outcome
from odebib.sources import files
from projects import CHEN, load, make, snapshot

TODAY = datetime.date(2026, 11, 21)

README = """\
# A List

Works on flows.

## Neural ODEs

* Neural Ordinary Differential Equations (best paper award): [NeurIPS18](https://arxiv.org/abs/1806.07366)

![IC](https://img.shields.io/badge/images-blue.svg)

> We introduce a new family of models.

* Learning Dynamics of Something Else Entirely: [ICLR19](https://arxiv.org/abs/1905.00001), [code](https://github.com/a/b)

## Unheard-of Matters

* Learning dynamics of something else entirely: [ICLR19](https://arxiv.org/abs/1905.00001)
"""


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A project with one entry, which the list above holds too."""
    return make(tmp_path / "project", {"entries/chen2018neural.yml": CHEN})


def plan(root: Path, text: str = README, list_id: str | None = None) -> Plan:
    """What importing ``text`` would do."""
    source = root.parent / "README.md"
    source.write_text(text, encoding="utf-8")
    return ingest.plan(load(root), files.read(source), list_id, today=TODAY)


def take_in(root: Path, text: str = README) -> list[str]:
    """Import ``text``; the paths that changed."""
    return ingest.apply(load(root), plan(root, text), TODAY)


class TestPlan:
    """What a source is found to hold."""

    def test_matches_records_with_entries(self, root: Path) -> None:
        """A record of a work that is here gets its entry, with the evidence."""
        finding = plan(root).findings[0]

        assert (finding.outcome, finding.entry) == (Outcome.MATCHED, "chen2018neural")
        assert finding.evidence is not None
        assert finding.evidence.reason == "same arXiv id 1806.07366; titles agree"

    def test_two_records_of_one_new_work_get_one_entry(self, root: Path) -> None:
        """What a list names twice becomes one entry."""
        found = plan(root)

        assert list(found.new_entries) == ["iclr2019learning"]
        assert [finding.entry for finding in found.findings[1:]] == ["iclr2019learning"] * 2

    def test_missing_terms_become_drafts(self, root: Path) -> None:
        """A heading, a badge and a venue that are unknown are proposed, known ones are found."""
        found = plan(root)

        assert [topic.id for topic in found.new_topics] == ["unheard-of-matters"]
        assert [venue.id for venue in found.new_venues] == ["iclr"]
        assert found.new_tags == []
        assert all(term.draft for term in (*found.new_topics, *found.new_venues))

    def test_an_entry_gains_only_what_it_lacks(self, root: Path) -> None:
        """The list's award is new; title, venue and tags are settled."""
        assert plan(root).changed_entries == {"chen2018neural": {"awards": ["best paper"]}}

    def test_planning_writes_nothing(self, root: Path) -> None:
        """A dry run leaves every file as it was."""
        before = snapshot(root)

        plan(root)

        assert snapshot(root) == before

    def test_the_report_has_the_promised_form(self, root: Path) -> None:
        """Line, source id, title, outcome, entry, candidates and evidence of each record."""
        first = plan(root).as_json()["records"][0]

        assert first | {"evidence": None} == {
            "line": 7,
            "source_id": None,
            "title": "Neural Ordinary Differential Equations",
            "outcome": "matched",
            "entry": "chen2018neural",
            "candidates": ["chen2018neural"],
            "evidence": None,
        }

    def test_a_link_copied_from_another_work_is_ambiguous(self, root: Path) -> None:
        """Two new works cannot have one arXiv id; the second one is for a person to settle."""
        text = "# L\n\n## S\n\n* Graphs in Space: [x](https://arxiv.org/abs/1901.00001)\n* Noise of the Sea: [y](https://arxiv.org/abs/1901.00001)\n"

        second = plan(root, text).findings[1]

        assert (second.outcome, second.entry) == (Outcome.AMBIGUOUS, None)
        assert [candidate.key for candidate in second.candidates] == ["arxiv2019graphs"]

    def test_keys_that_were_published_are_avoided(self, root: Path) -> None:
        """A key in the ledger once named something else and never names a new entry."""
        (root / "data/published.txt").write_text("entries/iclr2019learning\n", encoding="utf-8")

        assert list(plan(root).new_entries) == ["iclr2019learningdynamics"]


class TestApply:
    """What importing writes."""

    def test_writes_the_list_as_the_source_has_it(self, root: Path) -> None:
        """Sections and records in order, each record with its text, its quote and its entry."""
        take_in(root)

        source = load(root).bibliography.lists["a-list"]
        assert [(section.title, section.topic) for section in source.sections] == [
            ("Neural ODEs", "neural-odes"),
            ("Unheard-of Matters", "unheard-of-matters"),
        ]
        first = source.sections[0].records[0]
        assert (first.entry, first.quote) == ("chen2018neural", "We introduce a new family of models.")
        assert first.text.startswith(
            "Neural Ordinary Differential Equations (best paper award): [NeurIPS18]("
        )

    def test_comments_of_entries_survive(self, root: Path) -> None:
        """Only the line of the new field is added."""
        take_in(root)

        text = (root / "data/entries/chen2018neural.yml").read_text(encoding="utf-8")
        assert text == CHEN.lstrip("\n") + "awards: [best paper]\n"

    def test_importing_again_changes_nothing(self, root: Path) -> None:
        """The second run finds everything known."""
        take_in(root)
        before = snapshot(root)

        assert take_in(root) == []
        assert snapshot(root) == before

    def test_a_newer_version_adds_what_is_new(self, root: Path) -> None:
        """New items come to the end of their section; the rest stays as it is."""
        take_in(root)

        changed = take_in(
            root, README + "\n* Brand New Ideas on Manifolds: [ICML21](https://arxiv.org/abs/2105.00002)\n"
        )

        assert "data/entries/icml2021brand.yml" in changed
        records = load(root).bibliography.lists["a-list"].sections[1].records
        assert [record.entry for record in records] == ["iclr2019learning", "icml2021brand"]

    def test_what_is_gone_is_marked_and_kept(self, root: Path) -> None:
        """A record that vanished from the source stays, with the day; coming back takes the mark away."""
        take_in(root)
        shorter = README[: README.index("## Unheard-of")]

        take_in(root, shorter)
        assert load(root).bibliography.lists["a-list"].sections[1].records[0].gone == TODAY

        take_in(root)
        assert load(root).bibliography.lists["a-list"].sections[1].records[0].gone is None

    def test_what_a_person_corrected_stays(self, root: Path) -> None:
        """A field of a record or entry that a person changed is not put back."""
        take_in(root)
        entry = root / "data/entries/iclr2019learning.yml"
        entry.write_text(entry.read_text("utf-8").replace("venue: ICLR", "venue: JMLR"), "utf-8")
        source = root / "data/lists/a-list.yml"
        source.write_text(source.read_text("utf-8").replace("name: A List", "name: My name for it"), "utf-8")
        before = snapshot(root)

        take_in(root)

        assert snapshot(root) == before

    def test_what_a_person_took_out_stays_out(self, root: Path) -> None:
        """A record deleted by hand, with its entry, does not come back."""
        take_in(root)
        project = load(root)
        path = root / "data/lists/a-list.yml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        start = (
            project.locate_record("a-list", project.bibliography.lists["a-list"].sections[0].records[1]).line
            - 1
        )
        end = next(n for n, line in enumerate(lines) if "Unheard-of" in line)
        path.write_text("".join(lines[:start] + lines[end:]), "utf-8")
        before = snapshot(root)

        take_in(root)

        assert snapshot(root) == before

    def test_an_interrupted_import_is_completed(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Entries are written before the list, and a second run finds them."""
        complete = root.parent / "complete"
        make(complete, {"entries/chen2018neural.yml": CHEN})
        take_in(complete)
        calls = 0
        real = ingest.yamlwrite.write

        def failing(path: Path, text: str) -> bool:
            nonlocal calls
            calls += 1
            if calls == 3:
                raise KeyboardInterrupt
            return real(path, text)

        monkeypatch.setattr(ingest.yamlwrite, "write", failing)
        with pytest.raises(KeyboardInterrupt):
            take_in(root)
        monkeypatch.undo()
        assert store.load(root).problems == ()

        take_in(root)

        assert set(snapshot(root)) == set(snapshot(complete))
        assert snapshot(root)["data/lists/a-list.yml"] == snapshot(complete)["data/lists/a-list.yml"]

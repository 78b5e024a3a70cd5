"""Taking in a source: what is planned, what is written, and that doing it again changes nothing."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from odebib.editing import importing, resuming
from odebib.editing.plan import Plan
from odebib.errors import UsageError
from odebib.matching.competing import Outcome
from odebib.project import store
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
    return importing.plan(load(root), files.read(source), list_id, today=TODAY)


def take_in(root: Path, text: str = README) -> list[str]:
    """Import ``text``; the paths that changed."""
    return importing.apply(load(root), plan(root, text), TODAY)


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
            "confirm": False,
            "probability": 1.0,
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

    def test_a_list_that_is_named_by_hand(self, root: Path) -> None:
        """The given id is used; one that cannot be a file's name is refused with one that can."""
        assert plan(root, list_id="my-list").list_id == "my-list"
        with pytest.raises(UsageError, match="no id of a list") as error:
            plan(root, list_id="My_List")
        assert error.value.hint == "try `--list my-list`"

    def test_headings_that_name_no_subject(self, root: Path) -> None:
        """Years and "Papers" leave their works to the topic above; so does the list's own name."""
        text = (
            "# A List\n\n## Waves\n\n### 2021\n\n* Big Waves: [x](https://arxiv.org/abs/2101.00001)\n\n"
            "## Papers\n\n### Meshes.\n\n* Small Meshes: [y](https://arxiv.org/abs/2101.00002)\n\n"
            "* Great Meshes: [y](https://arxiv.org/abs/2101.00003)\n\n## Other\n\n"
            "* Odd Things: [z](https://arxiv.org/abs/2101.00004)\n"
        )

        found = plan(root, text)

        assert [(topic.id, topic.name, topic.parent) for topic in found.new_topics] == [
            ("waves", "Waves", None),
            ("meshes", "Meshes", None),
        ]
        topics = [fields.get("topics") for fields in found.new_entries.values()]
        assert topics == [["waves"], ["meshes"], ["meshes"], None]

    def test_items_that_are_one_work_say_why(self, root: Path) -> None:
        """The second item of a new work has the evidence that it is the first one again."""
        found = plan(root)

        assert found.findings[1].evidence is None
        assert found.findings[2].evidence is not None
        assert found.findings[2].evidence.reason == "same arXiv id 1905.00001; titles agree"

    def test_a_talk_is_not_the_paper_of_its_name(self, root: Path) -> None:
        """A list that marks one of two items of a name as a talk has two works."""
        source = root.parent / "page.txt"
        source.write_text(
            "Waves\n- Talk by Ann Lee: Deep waves motivated by partial differential equations / video\n"
            "- Deep waves motivated by partial differential equations\n",
            encoding="utf-8",
        )

        found = importing.plan(load(root), files.read(source), today=TODAY)

        assert [fields.get("type") for fields in found.new_entries.values()] == ["talk", None]

    def test_a_long_venue_is_cut_in_a_key(self, root: Path) -> None:
        """Without an author a key begins with the venue, of a long name with its initials."""
        text = "# L\n\n## S\n\n* Big Waves: [Journal of the Physics of Waves 2019](https://example.org/w)\n"

        assert list(plan(root, text).new_entries) == ["jpw2019big"]


BIB = """
@inproceedings{leeneural, author={Lee, Ann}, title={{MALI} by {Runge}}, booktitle={ICML}, year=2018}
@inproceedings{lee2018malinightday, author={Lee, Ann}, title={MALI by Night and Day}, booktitle={Proc. of ICML}, year=2018,
  keywords={Theory, images, unheard of}}
@inproceedings{c, author={Berg, Bo}, title={Waves on the Shore}, booktitle={ICML 2019 Workshop on Waves}, year=2019}
"""


class TestRepeatedHeadings:
    """A heading that stands in a list several times."""

    @pytest.mark.parametrize("level", ["#", "##", "####"])
    def test_is_one_section(self, root: Path, level: str) -> None:
        """Its items stand together, each once; a second import changes nothing."""
        item = "* {0} Works of {0} Kind: [NeurIPS18](https://arxiv.org/abs/180{1}.00001)"
        heads = ("Talks", "Papers", "Talks", "Papers", "Talks")
        items = [
            item.format(name, number)
            for number, name in enumerate(("One", "Two", "Three", "Four", "Five"), 1)
        ]
        text = "# A List\n" + "".join(
            f"\n{level} {head}\n\n{it}\n" for head, it in zip(heads, items, strict=True)
        )

        take_in(root, text)

        (source,) = load(root).bibliography.lists.values()
        assert len(list(source.records())) == 5
        assert take_in(root, text) == []

    def test_below_different_headings(self, root: Path) -> None:
        """The same heading below two others is two sections."""
        text = "# L\n\n## A\n\n### Code\n\n* One Thing: [code](https://a.org/1)\n\n## B\n\n### Code\n\n* Other Thing: [code](https://a.org/2)\n"
        found = plan(root, text)
        assert [finding.sections[-2:] for finding in found.findings] == [("A", "Code"), ("B", "Code")]


class TestBibliographies:
    """What is particular to .bib files."""

    def take(self, root: Path, text: str = BIB, name: str = "my_refs.bib") -> Plan:
        path = root.parent / name
        path.write_text(text, encoding="utf-8")
        return importing.plan(load(root), files.read(path), today=TODAY)

    def test_the_file_is_no_topic(self, root: Path) -> None:
        """A .bib has no headings; keywords count where they are known."""
        found = self.take(root)

        assert found.list_id == "my-refs"
        assert found.new_topics == found.new_tags == []
        assert {"topics": ["theory"], "tags": ["images"]}.items() <= found.new_entries[
            "lee2018malinightday"
        ].items()

    def test_keys_of_the_file_stay_where_the_rule_allows_them(self, root: Path) -> None:
        """A key that the rule could have proposed is kept; others are made anew."""
        assert list(self.take(root).new_entries) == ["lee2018mali", "lee2018malinightday", "berg2019waves"]

    def test_needless_braces_go(self, root: Path) -> None:
        """Braces stay only around capitals that would be lost without them."""
        assert self.take(root).new_entries["lee2018mali"]["title"] == "MALI by {Runge}"

    def test_workshops_belong_to_their_conference(self, root: Path) -> None:
        """One venue for the conference; the workshop is the event."""
        found = self.take(root)

        assert [venue.short for venue in found.new_venues] == ["ICML"]
        workshop = found.new_entries["berg2019waves"]
        assert (workshop["venue"], workshop["event"]) == ("ICML", "Workshop on Waves")

    def test_two_files_of_one_name_are_two_lists(self, root: Path) -> None:
        """Nothing of the first one is marked as gone when another project's refs.bib is imported."""
        importing.apply(load(root), self.take(root), TODAY)
        other = re.sub(r"title=\{", "title={Another ", BIB.replace("{lee", "{other").replace("{c,", "{d,"))

        found = self.take(root, other)

        assert found.list_id == "my-refs-2"
        assert found.gone == []
        assert self.take(root, BIB + "@misc{x, title={One more of them}}").list_id == "my-refs"


class TestInterrupted:
    """A killed import is completed by the next one, whatever it had written."""

    TWINS = "".join(
        f"@misc{{k{n}, title={{Task {n} of the Challenge in Events}}, author={{{{Challenge}}}}, year={2000 + n}}}\n"
        for n in range(8)
    )

    @pytest.mark.parametrize("written", [1, 2, 5, 8, 9])
    def test_is_completed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int) -> None:
        """Afterwards everything is as if nothing had happened, also where entries resemble each other."""
        source = tmp_path / "refs.bib"
        source.write_text(self.TWINS + BIB, encoding="utf-8")
        whole, broken = make(tmp_path / "whole", {}), make(tmp_path / "broken", {})
        importing.apply(load(whole), importing.plan(load(whole), files.read(source), today=TODAY), TODAY)
        real, calls = importing.writer.write, iter(range(99))

        def killed(path: Path, text: str) -> bool:
            if next(calls) > written:
                raise KeyboardInterrupt
            return real(path, text)

        for way in ("write", "create"):
            monkeypatch.setattr(importing.writer, way, killed)
        with pytest.raises(KeyboardInterrupt):
            importing.apply(
                load(broken), importing.plan(load(broken), files.read(source), today=TODAY), TODAY
            )
        monkeypatch.undo()
        importing.apply(load(broken), importing.plan(load(broken), files.read(source), today=TODAY), TODAY)

        assert snapshot(broken) == snapshot(whole)
        assert not (broken / ".cache/odebib/import.json").exists()

    def test_what_a_person_changed_meanwhile_stays(self, tmp_path: Path) -> None:
        """An entry that was begun and then edited is not written again."""
        source = tmp_path / "refs.bib"
        source.write_text(BIB, encoding="utf-8")
        root = make(tmp_path / "project", {})
        first = importing.plan(load(root), files.read(source), today=TODAY)
        resuming.begin(root, first.source, first.new_entries)
        mine = "title: Waves on the Shore, by me\nauthors: [Bo Berg]\nyear: 2019\n"
        make(root, {"entries/berg2019waves.yml": mine})

        importing.apply(load(root), importing.plan(load(root), files.read(source), today=TODAY), TODAY)

        assert (root / "data/entries/berg2019waves.yml").read_text(encoding="utf-8") == mine
        assert len(list((root / "data/entries").iterdir())) == 3

    @pytest.mark.parametrize("note", ["", "[]", "{", '{"source": 1}', '{"source": "x", "keys": {}}'])
    def test_a_broken_note_is_none(self, tmp_path: Path, note: str) -> None:
        """The note lies in the cache, where anything may lie."""
        (tmp_path / ".cache/odebib").mkdir(parents=True)
        (tmp_path / ".cache/odebib/import.json").write_text(note, encoding="utf-8")

        assert resuming.begun(tmp_path, "x") == frozenset()


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
        real = importing.writer.write

        def failing(path: Path, text: str) -> bool:
            nonlocal calls
            calls += 1
            if calls == 3:
                raise KeyboardInterrupt
            return real(path, text)

        for way in ("write", "create"):
            monkeypatch.setattr(importing.writer, way, failing)
        with pytest.raises(KeyboardInterrupt):
            take_in(root)
        monkeypatch.undo()
        assert store.load(root).problems == ()

        take_in(root)

        assert set(snapshot(root)) == set(snapshot(complete))
        assert snapshot(root)["data/lists/a-list.yml"] == snapshot(complete)["data/lists/a-list.yml"]

"""Every check: what it finds, where, what it says and which remedy it names."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from odebib import checks
from odebib.errors import Severity
from odebib.project import store
from odebib.text import citekeys
from projects import CHEN, load, make

LIST = """
name: A List
sections:
  - title: Neural ODEs
    topic: neural-odes
    records:
      - text: "Neural Ordinary Differential Equations: [NeurIPS18](https://arxiv.org/abs/1806.07366)"
        title: Neural Ordinary Differential Equations
        arxiv: 1806.07366
        entry: chen2018neural
"""


def problems(root: Path, files: dict[str, str]) -> list[str]:
    """The problems of a project of one good entry and ``files``, as they are printed."""
    make(root, {"entries/chen2018neural.yml": CHEN, **files})
    return [str(problem) for problem in checks.run(load(root))]


def entry(**changes: str) -> dict[str, str]:
    """A second entry, good but for ``changes``; a field can be taken out with an empty text."""
    fields = {
        "title": "Stable Waves on Meshes",
        "authors": "\n  - Ann One\n  - Bo Two",
        "year": "2020",
        "topics": "[theory]",
        "tags": "[images]",
        "arxiv": "2001.00001",
        **changes,
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return {"entries/one2020stable.yml": text}


class TestRun:
    """All checks over a project."""

    def test_finds_nothing_wrong_with_good_data(self, tmp_path: Path) -> None:
        """Good data are clean."""
        assert problems(tmp_path, {"lists/a-list.yml": LIST, **entry()}) == []

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            pytest.param(
                {"venue": "NeruIPS"},
                [
                    ":9:8: warning: `NeruIPS` is no venue of venues.yml [unknown-venue]",
                    "did you mean `NeurIPS`?",
                ],
                id="unknown-venue",
            ),
            pytest.param(
                {"topics": "[theorie]"},
                ["warning: `theorie` is no topic of topics.yml [unknown-topic]", "did you mean `theory`?"],
                id="unknown-topic",
            ),
            pytest.param(
                {"tags": "[image]"},
                ["warning: `image` is no tag of tags.yml [unknown-tag]", "did you mean `images`?"],
                id="unknown-tag",
            ),
            pytest.param(
                {"topics": ""}, ["1:8: warning: has no topic [no-topic]", "topics.yml"], id="no-topic"
            ),
            pytest.param({"tags": ""}, ["1:8: warning: has no tag [no-tag]", "tags.yml"], id="no-tag"),
            pytest.param(
                {"venue": "arXiv"},
                ["error: `arXiv` is a preprint server [preprint-venue]", "delete the line"],
                id="preprint-venue",
            ),
            pytest.param(
                {"relations": "\n  extends: [chen2018nueral]"},
                [
                    "error: there is no entry `chen2018nueral` [dangling-key]",
                    "did you mean `chen2018neural`?",
                ],
                id="dangling-key",
            ),
            pytest.param(
                {"aliases": "[chen2018neural]"},
                ["error: `chen2018neural` already leads to `chen2018neural` [alias-clash]", "one place"],
                id="alias-clash",
            ),
            pytest.param(
                {"arxiv": "1806.07366", "year": "2018"},
                ["error: `chen2018neural` has the same arXiv 1806.07366 [shared-identifier]", "odebib merge"],
                id="shared-identifier",
            ),
            pytest.param(
                {
                    "title": "Neural Ordinary Differential Equations",
                    "authors": "\n  - Ricky Chen",
                    "arxiv": "",
                },
                [
                    "warning: looks like `chen2018neural`: titles agree",
                    "[duplicate-entry]",
                    "odebib merge chen2018neural one2020stable",
                ],
                id="duplicate-entry",
            ),
            pytest.param(
                {"authors": "\n  - Ann One\n  - others"},
                ["4:5: warning: the list of authors is not complete [incomplete-authors]", "all authors"],
                id="incomplete-authors",
            ),
            pytest.param(
                {"authors": "[E, Weinan]"},
                [
                    "warning: `E` and `Weinan` are two people to YAML",
                    "write\n          authors:\n            - E, Weinan",
                ],
                id="one person in brackets",
            ),
            pytest.param(
                {"authors": "\n  - Ann One\n  - Plato"},
                ["4:5: warning: `Plato` is only one name [single-name]", "given and family name"],
                id="single-name",
            ),
            pytest.param(
                {"authors": ""}, ["1:8: warning: has no authors [no-author]", "authors:"], id="no-author"
            ),
            pytest.param({"year": ""}, ["1:8: warning: has no year [no-year]", "year:"], id="no-year"),
            pytest.param(
                {"authors": "\n  - Ann One\n  - Ann One"},
                ["4:5: warning: `Ann One` is there already [repeated-author]", "delete the line"],
                id="repeated-author",
            ),
            pytest.param(
                {"year": "2021"},
                [
                    "warning: the year is 2021, but arXiv 2001.00001 is of 2020 [year-against-arxiv]",
                    "write 2020",
                ],
                id="year of a preprint",
            ),
            pytest.param(
                {"year": "2015", "venue": "JMLR"},
                ["published in 2015, but arXiv 2001.00001 is of 2020 [year-against-arxiv]", "another work's"],
                id="year long before the preprint",
            ),
            pytest.param(
                {"title": "STABLE WAVES ON MESHES"},
                ["1:8: warning: the title is all in capitals [title-case]", "the paper's own page"],
                id="title in capitals",
            ),
            pytest.param(
                {"title": "Stable Waves on Meshes."},
                ["1:8: warning: the title ends in a full stop [title-case]", "delete it"],
                id="title with a full stop",
            ),
            pytest.param(
                {"summary": "x" * 161},
                ["warning: the summary has 161 characters [long-summary]", "at most 160"],
                id="long-summary",
            ),
            pytest.param(
                {"links": "\n  code: https://arxiv.org/abs/2001.00001"},
                ["warning: the code link is the paper's page [code-link]", "link the repository"],
                id="code-link",
            ),
            pytest.param(
                {"title": "Stable $\\input{x}$ Waves"},
                [
                    "error: `\\input` has no place in the formula `\\input{x}` [refused-mathematics]",
                    "where a dollar is meant",
                ],
                id="refused-mathematics",
            ),
            pytest.param(
                {"arxiv": "", "url": "https://arxiv.org/abs/2001.00001v2"},
                ["the address holds the arXiv 2001.00001 [hidden-identifier]", "write `arxiv: 2001.00001`"],
                id="hidden-identifier",
            ),
            pytest.param(
                {"authors": "\n  - Ann One\n  - IEEE Transactions"},
                [
                    "yml:4:5: warning: `IEEE Transactions` holds the word of a venue: IEEE [suspicious-author]",
                    "write the person's name alone, or delete the line",
                ],
                id="suspicious-author",
            ),
            pytest.param(
                {"editors": "\n  - Ann One\n  - Dept. of Waves"},
                ["warning: `Dept. of Waves` holds the word of an affiliation: Dept. [suspicious-author]"],
                id="suspicious-editor",
            ),
            pytest.param(
                {"venue": "A. B. Three"},
                ["`A. B. Three` looks like a person [suspicious-venue]", "write the venue's name"],
                id="suspicious-venue",
            ),
            pytest.param(
                {"title": "Project Page"},
                [
                    "the title `Project Page` is the word of a link [generic-title]",
                    "as the work itself has it",
                ],
                id="generic-title",
            ),
            pytest.param(
                {"waive": "\n  - {check: no-tags, reason: none}"},
                ["warning: there is no check `no-tags` [waiver]", "did you mean `no-tag`?"],
                id="waiver",
            ),
        ],
    )
    def test_tells_what_is_wrong_with_an_entry(
        self, tmp_path: Path, changes: dict[str, str], expected: list[str]
    ) -> None:
        """One mistake is one problem, with its place, name and remedy."""
        found = problems(tmp_path, entry(**changes))

        assert len(found) == 1, found
        assert found[0].startswith("data/entries/one2020stable.yml:")
        for part in expected:
            assert part in found[0]

    def test_tells_of_a_published_address_that_is_no_more(self, tmp_path: Path) -> None:
        """What was published once must lead somewhere, or say why it is gone."""
        (found,) = problems(tmp_path, {"published.txt": "entries/chen2018neural\nentries/chen2018nodes\n"})

        assert found.startswith(
            "data/published.txt:2:1: error: entries/chen2018nodes was published and is no"
        )
        assert "[vanished-address]" in found
        assert "add `aliases: [chen2018nodes]` to `chen2018neural`" in found

    def test_every_check_is_shown_to_work(self) -> None:
        """The table above and the tests below name every check there is."""
        shown = Path(__file__).read_text(encoding="utf-8")

        assert [name for name in checks.CHECKS if f"[{name}]" not in shown] == []

    def test_a_waiver_silences_a_check_for_its_entry(self, tmp_path: Path) -> None:
        """A waiver with a reason is heeded."""
        waived = entry(year="", waive="\n  - {check: no-year, reason: The page gives none.}")

        assert problems(tmp_path, waived) == []

    def test_a_former_name_goes_on_working(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A waiver under the name that a check had is heeded, and `--explain` knows it."""
        renamed = dataclasses.replace(checks.CHECKS["no-year"], name="year-missing", formerly=("no-year",))
        rest = {name: rule for name, rule in checks.CHECKS.items() if name != "no-year"}
        monkeypatch.setattr(checks, "CHECKS", rest | {"year-missing": renamed})
        waived = entry(year="", waive="\n  - {check: no-year, reason: The page gives none.}")

        assert problems(tmp_path, waived) == []
        assert checks.explain("no-year") == checks.explain("year-missing") == renamed.explanation

    def test_a_withdrawn_key_is_not_used_again(self, tmp_path: Path) -> None:
        """[reused-key]: what papers cite it for is another work."""
        ledger = {"published.txt": "entries/one2020stable gone: listed by mistake\n"}
        found = problems(tmp_path, {**ledger, **entry()})
        assert found == [
            "data/entries/one2020stable.yml:1:1: error: `one2020stable` was withdrawn: listed by mistake [reused-key]\n"
            "    hint: give the work another key; if it is the same one again, take `gone:` out of data/published.txt"
        ]

    def test_a_ledger_that_cannot_be_read(self, tmp_path: Path) -> None:
        """[ledger-encoding]: the line is told, and nothing else goes wrong."""
        make(tmp_path, {})
        (tmp_path / "data/published.txt").write_bytes(b"entries/a gone: x\nentries/caf\xe9\n")
        found = [str(problem) for problem in checks.run(store.load(tmp_path))]
        assert (
            "data/published.txt:2:1: error: is not UTF-8 (byte 29) [ledger-encoding]\n    hint: save it as UTF-8"
            in found
        )

    @pytest.mark.parametrize("name", ["index", "con", "a" * 101])
    def test_names_that_the_site_or_a_file_system_needs(self, tmp_path: Path, name: str) -> None:
        """Such a key is an error, and it is never proposed."""
        (text,) = entry().values()
        found = checks.run(store.load(make(tmp_path, {f"entries/{name}.yml": text})))
        assert [problem.location.path for problem in found if problem.code == "bad-key"] == [
            f"data/entries/{name}.yml"
        ]
        assert citekeys.propose(name, [], None) != name

    def test_topics_must_form_a_tree(self, tmp_path: Path) -> None:
        """[topic-parent]: an unknown parent and a circle are errors at the parent's line."""
        topics = (
            "- {id: neural-odes, name: A, parent: theory}\n- {id: theory, name: B, parent: neural-odes}\n"
            "- {id: x, name: X, parent: theori}\n"
        )

        circle = "the parents go round in a circle: "
        found = problems(tmp_path, {"topics.yml": topics})

        assert [problem.split(" [")[0] for problem in found] == [
            f"data/topics.yml:1:38: error: {circle}neural-odes → theory → neural-odes",
            f"data/topics.yml:2:33: error: {circle}theory → neural-odes → theory",
            "data/topics.yml:3:28: error: `theori` is no topic",
        ]


class TestRecords:
    """Records and their entries."""

    def test_a_record_without_entry_is_told_at_both_ends(self, tmp_path: Path) -> None:
        """[record-without-entry]: at the record with the likely entry, and at that entry."""
        found = problems(tmp_path, {"lists/a-list.yml": LIST.replace("        entry: chen2018neural\n", "")})

        assert found == [
            "data/entries/chen2018neural.yml:2:8: warning: a record of data/lists/a-list.yml comes nearest to"
            " this entry, but belongs to none [record-without-entry]\n"
            "    hint: add `entry: chen2018neural` to the"
            " record “Neural Ordinary Differential Equations”",
            "data/lists/a-list.yml:6:9: warning: “Neural Ordinary Differential Equations” belongs to no entry"
            " [record-without-entry]\n    hint: if it is `chen2018neural`, add `entry: chen2018neural`",
        ]

    def test_a_record_must_name_an_entry_that_is_there(self, tmp_path: Path) -> None:
        """[record-entry]: an unknown key is an error with its near miss."""
        found = problems(tmp_path, {"lists/a-list.yml": LIST.replace("chen2018neural", "chen2018neurla")})

        assert found == [
            "data/lists/a-list.yml:9:16: error: there is no entry `chen2018neurla` [record-entry]\n"
            "    hint: did you mean `chen2018neural`?"
        ]

    def test_tells_what_a_reader_doubts(self, tmp_path: Path) -> None:
        """[unsure-reading]: at the record's own line, with what to do."""
        unsure = "entry: chen2018neural\n        unsure: {venue: looks like a person}"
        (found,) = problems(tmp_path, {"lists/a-list.yml": LIST.replace("entry: chen2018neural", unsure)})

        assert found == (
            "data/lists/a-list.yml:10:25: warning: the `venue` of “Neural Ordinary Differential Equations”:"
            " looks like a person [unsure-reading]\n"
            "    hint: correct `venue` in the entry, then delete this line"
        )

    def test_a_changed_title_is_told_where_it_was_changed(self, tmp_path: Path) -> None:
        """[record-disagrees]: at the entry, with the line that heals it, and at the record."""
        changed = CHEN.replace("Neural Ordinary Differential Equations", "Boring Cooking Recipes")

        found = problems(tmp_path, {"lists/a-list.yml": LIST, "entries/chen2018neural.yml": changed})

        assert found[0].startswith(
            "data/entries/chen2018neural.yml:2:8: warning: data/lists/a-list.yml lists this as “Neural"
            " Ordinary Differential Equations”, which does not look like it: same arXiv id 1806.07366; titles"
            " are unrelated"
        )
        assert found[0].endswith("other_titles:\n            - Neural Ordinary Differential Equations")
        assert found[1].startswith(
            "data/lists/a-list.yml:9:16: warning: “Neural Ordinary Differential Equations” does"
        )

    def test_a_former_key_is_as_good(self, tmp_path: Path) -> None:
        """A record may name an entry by a key it had before."""
        source = LIST.replace("chen2018neural", "chen2018odes")

        assert (
            problems(
                tmp_path,
                {
                    "lists/a-list.yml": source,
                    "entries/chen2018neural.yml": CHEN + "aliases: [chen2018odes]\n",
                },
            )
            == []
        )


class TestRemains:
    """What one run shows of files that do not fit."""

    def told(self, root: Path, files: dict[str, str]) -> list[tuple[str, str]]:
        """The problems by file and name."""
        make(root, {"entries/chen2018neural.yml": CHEN, **files})
        return [(p.location.path.split("/")[-1], p.code) for p in checks.run(store.load(root))]

    @pytest.mark.parametrize(
        ("changes", "codes"),
        [
            pytest.param(
                {"year": "soon", "venue": "NeruIPS", "tags": "[image]"},
                ["bad-value", "unknown-tag", "unknown-venue"],
                id="a bad value and two that are unknown",
            ),
            pytest.param({"year": "soon"}, ["bad-value"], id="no `has no year` for a bad year"),
            pytest.param(
                {"authors": "", "autors": "Ann One"}, ["unknown-field"], id="no `has no authors` for `autors`"
            ),
            pytest.param(
                {"title": "", "titel": "A", "topics": ""},
                ["missing-field", "no-topic", "unknown-field"],
                id="title",
            ),
            pytest.param(
                {"links": "\n  code: x\n  pdff: y"}, ["bad-value", "unknown-field"], id="inside a field"
            ),
            pytest.param(
                {"venue": "", "journal": "JMLR", "year": "2023"},
                ["unknown-field"],
                id="the name of a field elsewhere",
            ),
            pytest.param({"authors": "\n  - A, B and C\n  - Bo Two"}, ["bad-value"], id="a pasted line"),
            pytest.param(
                {"relations": "\n  extends: [nobody]", "doi": "x"},
                ["bad-value", "dangling-key"],
                id="a dangling key",
            ),
        ],
    )
    def test_shows_every_mistake_and_nothing_that_follows(
        self, tmp_path: Path, changes: dict[str, str], codes: list[str]
    ) -> None:
        """An entry with a bad field is checked without that field."""
        assert sorted(code for _, code in self.told(tmp_path, entry(**changes))) == codes

    @pytest.mark.parametrize("bad", ["title: [\n", "title: A\nyear: soon\n", "", "- a\n", "year: 1\n"])
    def test_an_entry_that_cannot_be_read_is_not_missing(self, tmp_path: Path, bad: str) -> None:
        """Records, relations and addresses that lead to it are not its fault's echo."""
        source = LIST.replace("Neural Ordinary Differential Equations\n", "A\n").replace("1806", "1807")
        files = {
            "lists/a-list.yml": source.replace("chen2018neural", "bad"),
            "published.txt": "entries/bad\n",
            "entries/one.yml": entry(relations="\n  extends: [bad]")["entries/one2020stable.yml"],
            "entries/bad.yml": bad,
        }

        assert {path for path, _ in self.told(tmp_path, files)} == {"bad.yml"}

    def test_a_list_with_a_bad_record_is_checked(self, tmp_path: Path) -> None:
        """Its other records are matched, and places are right."""
        source = (
            LIST.replace("entry: chen2018neural", "entry: chen2018nural")
            + "      - {title: B, yaer: 1, entry: x}\n"
        )

        assert self.told(tmp_path, {"lists/a-list.yml": source}) == [
            ("a-list.yml", "record-entry"),
            ("a-list.yml", "unknown-field"),
            ("a-list.yml", "record-entry"),
        ]

    def test_a_bad_topic_is_known_all_the_same(self, tmp_path: Path) -> None:
        """Entries that name it are not told that it is unknown."""
        topics = "- {id: neural-odes, name: Neural ODEs, colour: red}\n"

        assert self.told(tmp_path, {"topics.yml": topics}) == [("topics.yml", "unknown-field")]

    def test_what_remains_is_never_built(self, tmp_path: Path) -> None:
        """Only the checks see it."""
        make(tmp_path, entry(year="soon"))

        project = store.load(tmp_path)
        checks.run(project)

        assert dict(project.bibliography.entries) == {}


class TestErrors:
    """What stops a build."""

    def test_holds_only_errors(self, tmp_path: Path) -> None:
        """Warnings do not stop a build."""
        make(tmp_path, {"entries/chen2018neural.yml": CHEN, **entry(venue="arXiv", topics="")})

        found = checks.errors(load(tmp_path))

        assert [(problem.code, problem.severity) for problem in found] == [("preprint-venue", Severity.ERROR)]


class TestExplain:
    """Why a check is there."""

    @pytest.mark.parametrize("name", checks.names())
    def test_every_problem_has_a_reason(self, name: str) -> None:
        """Each name that is printed in brackets can be explained in a sentence."""
        reason = checks.explain(name)

        assert reason is not None
        assert reason.endswith(".")

    def test_an_unknown_name_has_none(self) -> None:
        """The command turns this into an error with a near miss."""
        assert checks.explain("nonsense") is None

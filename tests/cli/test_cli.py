"""The program as people run it: what it prints, where, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from odebib.cli import main
from projects import CHEN, make, snapshot

ENTRY = {"entries/chen2018neural.yml": CHEN}


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A project with one entry."""
    return make(tmp_path / "project", ENTRY)


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    status = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


class TestProgram:
    """What holds for all commands."""

    def test_help_is_grouped(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The commands stand under what one wants to do."""
        status, out, _ = run(capsys, "--help")

        assert status == 0
        positions = [
            out.index(f"\n{title}:") for title in ("Look", "Cite", "Contribute", "Maintain", "Publish")
        ]
        assert positions == sorted(positions)

    @pytest.mark.parametrize(
        ("wrong", "meant"),
        [
            ("lint", "check"),
            ("chekc", "check"),
            ("ingest", "import"),
            ("exprot", "export"),
            ("render", "build"),
        ],
    )
    def test_an_unknown_command_gets_a_near_miss(
        self, capsys: pytest.CaptureFixture[str], wrong: str, meant: str
    ) -> None:
        """What people call it elsewhere, and typos, lead to the command."""
        status, out, err = run(capsys, wrong)

        assert (status, out) == (2, "")
        assert f"there is no command `{wrong}`. Did you mean `{meant}`?" in err

    def test_a_folder_without_data_is_told(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Wrong usage is exit status 2, with what to do."""
        status, _, err = run(capsys, "check", "--root", tmp_path)

        assert status == 2
        assert err.startswith(
            f"odebib: there is no data/ folder in {tmp_path}\n    hint: go to a project's folder"
        )

    def test_root_is_understood_before_and_behind_the_command(
        self, capsys: pytest.CaptureFixture[str], root: Path
    ) -> None:
        """Both places name the project."""
        assert run(capsys, "--root", root, "check") == run(capsys, "check", "--root", root)


class TestCheck:
    """``odebib check``."""

    def test_says_so_when_nothing_is_wrong(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """A summary line ends every run."""
        assert run(capsys, "check", "--root", root) == (
            0,
            "",
            "1 entry, 0 records of 0 lists: nothing wrong\n",
        )

    def test_errors_are_exit_status_1(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """Problems go to standard output, the summary to standard error."""
        make(root, {"entries/bad.yml": "title: A: B\nautors: x\n"})

        status, out, err = run(capsys, "check", "--root", root)

        assert status == 1
        syntax = (
            "data/entries/bad.yml:1:9: error: `: ` inside a text looks like a field to YAML [yaml-syntax]"
        )
        assert syntax in out.splitlines()
        assert "data/entries/bad.yml:2:1: error: `autors`: no such field [unknown-field]" in out
        assert "2 errors" in err

    def test_warnings_are_errors_with_strict(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """Warnings alone leave status 0, unless --strict is given."""
        make(root, {"entries/chen2018neural.yml": CHEN.replace("tags: [images]\n", "")})

        assert run(capsys, "check", "--root", root)[0] == 0
        assert run(capsys, "check", "--root", root, "--strict")[0] == 1

    def test_json_has_the_promised_form(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """Paths relative, line and column from 1, absent values null."""
        make(root, {"entries/chen2018neural.yml": CHEN.replace("NeurIPS", "NIPSS")})

        _, out, _ = run(capsys, "check", "--root", root, "--format", "json")

        assert json.loads(out) == {
            "problems": [
                {
                    "path": "data/entries/chen2018neural.yml",
                    "line": 7,
                    "column": 8,
                    "code": "unknown-venue",
                    "severity": "warning",
                    "message": "`NIPSS` is no venue of venues.yml",
                    "hint": "did you mean `NeurIPS`?",
                }
            ],
            "entries": 1,
            "records": 0,
        }

    def test_github_annotations_are_escaped(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """One line a problem, whatever its message holds."""
        make(root, {"entries/bad.yml": "title: 100%: all\n"})

        _, out, _ = run(capsys, "check", "--root", root, "--format", "github")

        first = next(line for line in out.splitlines() if line.startswith("::error"))
        assert first.startswith("::error file=data/entries/bad.yml,line=1,col=12,title=yaml-syntax::")
        assert first.endswith("%0A  100%25: all")

    def test_only_the_files_asked_for(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """Problems elsewhere are not shown; a path that is not there is an error."""
        make(root, {"entries/bad.yml": "title: A: B\n"})

        assert run(capsys, "check", "--root", root, "data/entries/chen2018neural.yml")[:2] == (0, "")
        assert run(capsys, "check", "--root", root, "data/nothing.yml")[0] == 2

    def test_explain(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """A check says why it is there; an unknown name gets its near miss."""
        assert run(capsys, "check", "--explain", "no-year")[1] == (
            "no-year: A paper cannot be cited without its year.\n"
        )
        assert "did you mean `no-year`" in run(capsys, "check", "--explain", "no-yaer")[2]


class TestShow:
    """``odebib show``."""

    @pytest.mark.parametrize("name", ["chen2018neural", "1806.07366", "https://arxiv.org/abs/1806.07366v2"])
    def test_finds_an_entry_by_any_name(
        self, capsys: pytest.CaptureFixture[str], root: Path, name: str
    ) -> None:
        """A key, an identifier or its address."""
        status, out, _ = run(capsys, "show", name, "--root", root)

        assert status == 0
        assert out.splitlines()[:3] == [
            "Neural Ordinary Differential Equations",
            "NeurIPS 2018",
            "Ricky T. Q. Chen, Yulia Rubanova",
        ]

    def test_an_unknown_key_gets_a_near_miss(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """The hint names the key that was probably meant."""
        status, out, err = run(capsys, "show", "chen2018nural", "--root", root)

        assert (status, out) == (2, "")
        assert err == "odebib: there is no entry `chen2018nural`\n    hint: did you mean `chen2018neural`?\n"


class TestExport:
    """``odebib export``."""

    def test_writes_bibtex_to_standard_output(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """Data go to standard output, and nothing else does."""
        status, out, err = run(capsys, "export", "--root", root)

        assert (status, err) == (0, "")
        assert out.startswith("@inproceedings{chen2018neural,\n")

    def test_options_are_combined(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """All options must hold."""
        both = run(
            capsys, "export", "--root", root, "--topic", "neural-odes", "--year", "2018", "--format", "json"
        )
        neither = run(
            capsys, "export", "--root", root, "--topic", "neural-odes", "--year", "2017", "--format", "json"
        )

        assert [entry["key"] for entry in json.loads(both[1])] == ["chen2018neural"]
        assert json.loads(neither[1]) == []

    def test_an_unknown_topic_is_an_error(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """With its near miss."""
        status, out, err = run(capsys, "export", "--root", root, "--topic", "neural-odse")

        assert (status, out) == (2, "")
        assert "there is no topic `neural-odse`" in err
        assert "did you mean `neural-odes`" in err


class TestImport:
    """``odebib import``."""

    SOURCE = "# A List\n\n## Theory\n\n* Stable Waves on Meshes: [ICML20](https://arxiv.org/abs/2001.00001)\n"

    def test_reports_and_writes(self, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path) -> None:
        """The report says what is new and under which key; the summary what was written."""
        source = tmp_path / "list.md"
        source.write_text(self.SOURCE, encoding="utf-8")

        status, out, err = run(capsys, "import", source, "--root", root)

        assert status == 0
        assert out == "new (1 entry):\n  list.md:5: icml2020stable: Stable Waves on Meshes\n"
        assert err.startswith(
            "list.md: a list in Markdown, 1 item\n"
            "a-list: 1 record, 0 matched, 1 new entry, 0 ambiguous, 0 not understood, 1 draft in"
        )
        assert (root / "data/entries/icml2020stable.yml").is_file()

    def test_a_dry_run_writes_nothing(
        self, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path
    ) -> None:
        """Only the report is printed."""
        source = tmp_path / "list.md"
        source.write_text(self.SOURCE, encoding="utf-8")
        before = snapshot(root)

        status, out, _ = run(capsys, "import", source, "--root", root, "--dry-run", "--report", "json")

        assert status == 0
        assert json.loads(out)["records"][0]["entry"] == "icml2020stable"
        assert snapshot(root) == before

    def test_a_missing_file_is_told(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """Wrong usage, without a traceback."""
        status, _, err = run(capsys, "import", "nowhere.md", "--root", root)

        assert (status, err) == (2, "odebib: nowhere.md cannot be read: No such file or directory\n")


class TestInit:
    """``odebib init``."""

    def test_makes_a_project_that_checks(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """An empty bibliography is clean."""
        assert run(capsys, "init", tmp_path / "new")[0] == 0
        assert run(capsys, "check", "--strict", "--root", tmp_path / "new")[0] == 0

    def test_says_first_that_a_form_is_not_understood(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        """Before anything is made: how many titles are words of links, and what to do."""
        items = "".join(f"* [Paper](https://arxiv.org/abs/1901.0000{n}) [Code](c.py)\n" for n in range(1, 8))
        source = tmp_path / "list.md"
        source.write_text(f"# L\n\n## S\n\n{items}* [Stable Waves](https://a.org/w)\n", encoding="utf-8")

        status, _, err = run(capsys, "init", tmp_path / "new", "--from", source)

        assert status == 1
        first, hint, what, *_ = err.splitlines()
        assert first == "list.md: 7 of 8 titles are words of links; this list's form is not understood"
        assert hint.startswith("    hint: look at what `odebib import FILE --dry-run` makes of each item")
        assert what == "list.md: a list in Markdown, 8 items"

    def test_refuses_a_folder_in_use(self, capsys: pytest.CaptureFixture[str], root: Path) -> None:
        """Nothing that is there is touched."""
        before = snapshot(root)

        status, _, err = run(capsys, "init", root)

        assert (status, snapshot(root)) == (2, before)
        assert "already holds a bibliography" in err


class TestMerge:
    """``odebib merge`` and ``odebib duplicates``."""

    def test_duplicates_name_the_command_that_unites_them(
        self, capsys: pytest.CaptureFixture[str], root: Path
    ) -> None:
        """The pair is listed with evidence; after merging there is none."""
        make(root, {"entries/chen2018neuralb.yml": CHEN})

        _, out, err = run(capsys, "duplicates", "--root", root)
        assert out.splitlines()[:2] == [
            "chen2018neural  chen2018neuralb",
            "    same arXiv id 1806.07366; titles agree; authors agree",
        ]
        assert err == "1 pair of 2 entries\n"

        assert run(capsys, "merge", "chen2018neural", "chen2018neuralb", "--root", root)[0] == 0
        assert run(capsys, "duplicates", "--root", root)[1:] == ("", "0 pairs of 1 entry\n")
        assert run(capsys, "merge", "chen2018neural", "chen2018neuralb", "--root", root)[0] == 0

"""What GitHub shows and hands over: the comment on a pull request, and filled-in forms."""

from __future__ import annotations

import datetime
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from attacks import MARKDOWN
from odebib.cli import comment as pull_request
from odebib.cli import main
from odebib.editing import changes, contributing, forms
from odebib.editing.changes import Changes
from odebib.errors import UsageError
from odebib.project import store
from projects import CHEN, make

OTHER = (
    "title: Stable Waves\nauthors: [Ann One]\nyear: 2020\narxiv: 2001.00001\ntopics: [theory]\n"
    "tags: [images]\n"
)
TODAY = datetime.date(2026, 11, 21)


def compare(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> tuple[Changes, str]:
    """The changes between two states, and the comment on them."""
    old = store.load(make(tmp_path / "old", before))
    new = store.load(make(tmp_path / "new", after))
    found = changes.between(old, new)
    return found, pull_request.comment(new.bibliography, found)


class TestChanges:
    """What is new in one state of a project."""

    def test_nothing_is_said_so(self, tmp_path: Path) -> None:
        """A change of form alone is no change of the bibliography."""
        found, comment = compare(
            tmp_path, {"entries/chen2018neural.yml": CHEN}, {"entries/chen2018neural.yml": "# !\n" + CHEN}
        )

        assert not found
        assert comment.endswith("Nothing in the bibliography.\n")

    def test_entries_are_added_changed_renamed_and_removed(self, tmp_path: Path) -> None:
        """Each kind has its heading, with keys and what is different."""
        changed = CHEN.replace("year: 2018", "year: 2019").replace("[images]", "[images, theory]")
        _, comment = compare(
            tmp_path,
            {
                "entries/chen2018neural.yml": CHEN,
                "entries/old2020stable.yml": OTHER,
                "entries/x.yml": "title: X\n",
            },
            {
                "entries/chen2018neural.yml": changed,
                "entries/one2020stable.yml": OTHER + "aliases: [old2020stable]\n",
            },
        )

        assert (
            "**1 entry added**\n"
            "- `one2020stable`: Stable Waves · Ann One · arXiv 2001.00001 2020 · theory, images" in comment
        )
        assert "**1 entry changed**\n- `chen2018neural`: year 2018 → 2019; tags + theory" in comment
        assert "**1 entry renamed**\n- `old2020stable` → `one2020stable`" in comment
        assert "**1 entry removed**\n- `x` (its address would be lost)" in comment

    def test_only_new_problems_are_told(self, tmp_path: Path) -> None:
        """What was wrong before is nobody's fault now; what is mended is counted."""
        before = {
            "entries/chen2018neural.yml": CHEN.replace("tags: [images]\n", ""),
            "entries/a.yml": "titel: A\n",
        }
        after = {
            "entries/chen2018neural.yml": CHEN.replace("NeurIPS", "NIPSS"),
            "entries/a.yml": "titel: A\n",
        }

        found, comment = compare(tmp_path, before, after)

        assert [problem.code for problem in found.problems] == ["unknown-venue"]
        assert "**1 worth a look**\n- `data/entries/chen2018neural.yml:7:8`: `NIPSS` is no venue" in comment
        assert "It mends 1 problem." in comment

    def test_duplicates_are_suspected(self, tmp_path: Path) -> None:
        """A new entry that looks like an old one is told with the command that unites them."""
        twin = CHEN.replace("arxiv: 1806.07366\n", "url: https://example.org/\n")
        _, comment = compare(
            tmp_path,
            {"entries/chen2018neural.yml": CHEN},
            {"entries/chen2018neural.yml": CHEN, "entries/chen2018neuralb.yml": twin},
        )

        assert "**Perhaps the same work**\n- `chen2018neural` and `chen2018neuralb`: titles agree" in comment
        assert "`odebib merge chen2018neural chen2018neuralb`" in comment

    def test_terms_are_compared(self, tmp_path: Path) -> None:
        """New, changed and deleted topics, tags, venues and lists are named."""
        tags = "- {id: images, name: pictures}\n- {id: graphs, name: graphs}\n"
        _, comment = compare(tmp_path, {}, {"tags.yml": tags, "topics.yml": "- {id: theory, name: Theory}\n"})

        assert "**tags**: + `graphs`, `images` changed" in comment
        assert "**topics**: − `neural-odes`" in comment

    def test_the_state_before_comes_from_git(self, tmp_path: Path) -> None:
        """A revision is read without touching the working tree; an unknown one is told."""
        root = make(tmp_path, {"entries/chen2018neural.yml": CHEN})
        for command in (
            ["init", "--quiet"],
            ["add", "-A"],
            ["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", "x"],
        ):
            subprocess.run(["git", "-C", str(root), *command], check=True)
        make(root, {"entries/one2020stable.yml": OTHER})

        with changes.at(root, "HEAD") as before:
            assert changes.between(before, store.load(root)).added == ("one2020stable",)
        with pytest.raises(UsageError, match="`nowhere` is no folder with data/ in it, and no revision"):
            changes.at(root, "nowhere").__enter__()
        with pytest.raises(UsageError, match="no revision"):
            changes.at(root, "--output=x").__enter__()
        assert not (root / "x").exists()


class TestComment:
    """The comment's text."""

    def test_strangers_words_are_escaped(self, tmp_path: Path) -> None:
        """No markup, no mention and no link comes through."""
        hostile = 'title: "@all <img src=x> [a](http://b.c) **x** `y`"\nyear: 2020\nurl: http://b.c/\n'
        _, comment = compare(tmp_path, {}, {"entries/x2020a.yml": hostile})

        assert "@all" not in comment
        assert "<img" not in comment
        assert "](http" not in comment
        assert "://" not in comment.replace("`", "")

    def test_is_never_too_long(self, tmp_path: Path) -> None:
        """Of many changes the first ones are shown, and the number of all."""
        many = {f"entries/x{n}.yml": f"title: {'Long ' * 200}{n}\nyear: 2020\n" for n in range(80)}
        _, comment = compare(tmp_path, {}, many)

        assert len(comment) < 65536
        assert "**80 entries added**" in comment


class TestForms:
    """What was filled into an issue form."""

    FOLDER = Path(__file__).parents[2] / "templates/project/github/ISSUE_TEMPLATE"

    @pytest.mark.parametrize(
        ("file", "form"), [("add-paper.yml", forms.ADD), ("report-mistake.yml", forms.REPORT)]
    )
    def test_the_forms_have_the_headings_that_are_read(self, file: str, form: dict[str, str]) -> None:
        """Names and headings of the fields are those of the program."""
        body = yaml.safe_load((self.FOLDER / file).read_text(encoding="utf-8"))["body"]
        fields = {field["id"]: field["attributes"]["label"] for field in body if "id" in field}

        assert fields == form

    def test_a_finished_entry_comes_without_its_fence(self) -> None:
        """GitHub puts YAML into a code block."""
        body = (
            "### What to add\r\n\r\n_No response_\r\n\r\n### Finished entry\r\n\r\n```yaml\r\n"
            "title: A\r\n### x\r\n```\r\n"
        )

        assert forms.read_form(body, forms.ADD) == {"entry": "title: A\n### x"}

    def test_a_heading_in_an_answer_does_not_hide_another(self) -> None:
        """The first heading of a name counts."""
        body = (
            "### Which work\n\na\n\n### Which field\n\nyear\n\n### What it should say\n\nx\n\n"
            "### Which work\n\nb\n"
        )

        assert forms.read_form(body, forms.REPORT)["entry"] == "a"


class TestAdd:
    """A finished entry that was handed in."""

    def test_becomes_a_file(self, tmp_path: Path) -> None:
        """Under the key that the rule proposes, mended and in canonical form."""
        project = store.load(make(tmp_path, {}))

        found = contributing.add(
            project, "year: 2020\ntitel: A: Wave\nauthors: Ann One and Bo Two\ntags: [IC]\n", TODAY
        )

        assert found.write(project) == ["data/entries/one2020wave.yml"]
        assert (tmp_path / "data/entries/one2020wave.yml").read_text(encoding="utf-8") == (
            "# yaml-language-server: $schema=../../schema/entry.json\ntitle: >-\n  A: Wave\n"
            "authors:\n  - Ann One\n"
            "  - Bo Two\nyear: 2020\ntags: [images]\nadded: 2026-11-21\n"
        )

    @pytest.mark.parametrize(
        "field",
        [
            "aliases: [chen2018neural]",
            "verified: {on: 2026-01-01, by: [proceedings page]}",
            "retracted: true",
            "waive: [{check: no-year, reason: none}]",
            "added: 2020-01-01",
        ],
    )
    def test_what_only_maintainers_set_is_refused(self, tmp_path: Path, field: str) -> None:
        """An entry with a former key, a look taken, a check silenced is not written."""
        project = store.load(make(tmp_path, {}))

        found = contributing.add(project, f"title: Wave\nauthors: [Ann One]\nyear: 2020\n{field}\n", TODAY)

        if found.path is None:
            assert found.problems or f"sets `{field.split(':')[0]}`; leave it out" in found.said
        assert found.write(project) == []

    def test_no_schema_of_a_stranger_s(self, tmp_path: Path) -> None:
        """The line that makes editors fetch a schema is ours."""
        project = store.load(make(tmp_path, {}))
        line = "# yaml-language-server: $schema=https://evil.test/x.json\n"

        found = contributing.add(
            project, f"{line}title: Wave\n  {line}authors: [Ann One]\nyear: 2020\n", TODAY
        )

        assert "evil" not in found.text

    @pytest.mark.parametrize("form", [forms.ADD, forms.REPORT], ids=["add", "report"])
    @pytest.mark.parametrize("hostile", MARKDOWN)
    def test_nothing_of_a_form_becomes_markdown(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: dict[str, str], hostile: str
    ) -> None:
        """No mention, image, link or reference of a stranger's is any in the answer."""
        root = make(tmp_path, {"entries/chen2018neural.yml": CHEN})
        for heading in form.values():
            filled = {name: "chen2018neural" if name == "Which work" else "x" for name in form.values()}
            filled[heading] = f"title: A\nyear: {hostile}\n" if heading == "Finished entry" else hostile
            if heading == "Finished entry":
                filled = {heading: filled[heading]}
            (tmp_path / "issue.md").write_text(
                "".join(f"### {name}\n\n{text}\n\n" for name, text in filled.items())
            )

            main(["from-issue", str(tmp_path / "issue.md"), "--root", str(root)])

            answer = capsys.readouterr().out
            shown = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(answer)
            outside = re.sub(r"<(code|pre)>.*?</\1>", "", shown, flags=re.DOTALL)
            assert not re.search(
                r"<(img|a|h\d|script|iframe|table|blockquote)\b|@octocat|#1|GH-1|https?://", outside
            ), answer

    def test_what_is_here_already_is_told(self, tmp_path: Path) -> None:
        """With the key, and nothing is written."""
        project = store.load(make(tmp_path, {"entries/chen2018neural.yml": CHEN}))

        found = contributing.add(project, CHEN, TODAY)

        assert (found.said, found.write(project)) == ("This is already here: `chen2018neural`.", [])

    @pytest.mark.parametrize(
        "text", ["title: [\n", "x", "- a", "title: A\nyear: soon\n", "title: " + "x" * 10**6]
    )
    def test_what_is_no_entry_writes_nothing(self, tmp_path: Path, text: str) -> None:
        """The answer says what is wrong."""
        project = store.load(make(tmp_path, {}))

        found = contributing.add(project, text, TODAY)

        assert found.path is None
        assert found.problems or "longer" in found.said or "needs a title" in found.said


class TestCorrect:
    """A correction that was handed in."""

    @pytest.mark.parametrize(
        ("field", "value", "before", "after"),
        [
            pytest.param("year", "2019", "year: 2018", "year: 2019", id="a value"),
            pytest.param(
                "Links.code", "http://a.b", "topics:", "links:\n  code: http://a.b\ntopics:", id="a link"
            ),
            pytest.param(
                "authors",
                "- A B\n- C D",
                "  - Ricky T. Q. Chen\n  - Yulia Rubanova",
                "  - A B\n  - C D",
                id="authors",
            ),
            pytest.param("tags", "IC, theory", "tags: [images]", "tags: [images, theory]", id="several"),
        ],
    )
    def test_changes_one_field(self, tmp_path: Path, field: str, value: str, before: str, after: str) -> None:
        """Everything else stays as it is."""
        project = store.load(make(tmp_path, {"entries/chen2018neural.yml": CHEN}))

        found = contributing.correct(project, "chen2018neural", field, value)

        assert found.text == CHEN.lstrip("\n").replace(before, after)

    @pytest.mark.parametrize(
        ("key", "field", "message"),
        [
            ("chen2018nural", "year", "there is no entry `chen2018nural`"),
            ("chen2018neural", "yaer", "`yaer` is no field to correct"),
            ("chen2018neural", "aliases", "`aliases` is no field to correct"),
            ("chen2018neural", "links", "`links` is no field to correct"),
            ("../../etc/passwd", "year", "there is no entry"),
        ],
    )
    def test_what_cannot_be_corrected_is_refused(
        self, tmp_path: Path, key: str, field: str, message: str
    ) -> None:
        """An unknown entry or field is told with its near miss."""
        project = store.load(make(tmp_path, {"entries/chen2018neural.yml": CHEN}))

        with pytest.raises(UsageError, match=message):
            contributing.correct(project, key, field, "x")

    def test_a_value_that_cannot_be_is_refused(self, tmp_path: Path) -> None:
        """The entry stays as it is."""
        project = store.load(make(tmp_path, {"entries/chen2018neural.yml": CHEN}))

        found = contributing.correct(project, "chen2018neural", "year", "soon\nkey: x")

        assert (found.said, found.path) == ("`year` of `chen2018neural` cannot be so.", None)

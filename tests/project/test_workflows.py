"""The workflows on GitHub: safe, and made of commands that run without GitHub."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from odebib.project import scaffold
from projects import CHEN, make

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github/workflows"
WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yml"))
}
JOBS = [(name, job) for name, workflow in WORKFLOWS.items() for job in workflow["jobs"]]
STEPS = [(name, job, step) for name, job in JOBS for step in WORKFLOWS[name]["jobs"][job]["steps"]]


def step_id(value: object) -> str:
    """What a step is called."""
    return str(value.get("name") or value.get("uses")) if isinstance(value, dict) else str(value)


class TestSafety:
    """What no workflow may do."""

    @pytest.mark.parametrize("name", WORKFLOWS)
    def test_permissions_are_stated_and_small(self, name: str) -> None:
        """The default is to read at most; only jobs get more, and never all."""
        assert WORKFLOWS[name]["permissions"] in ({}, {"contents": "read"})
        for job in WORKFLOWS[name]["jobs"].values():
            assert not isinstance(job.get("permissions", {}), str)

    @pytest.mark.parametrize(("name", "job", "step"), STEPS, ids=step_id)
    def test_actions_are_pinned_and_github_s_own(self, name: str, job: str, step: dict[str, Any]) -> None:
        """Every action is one of GitHub's, at a commit, which nobody can move."""
        if "uses" in step:
            assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])

    @pytest.mark.parametrize(("name", "job", "step"), STEPS, ids=step_id)
    def test_nothing_is_interpolated_into_a_script(self, name: str, job: str, step: dict[str, Any]) -> None:
        """What strangers wrote reaches a shell only through its environment."""
        assert "${{" not in step.get("run", "")

    @pytest.mark.parametrize(("name", "job"), JOBS)
    def test_every_job_ends(self, name: str, job: str) -> None:
        """A job that hangs is stopped."""
        assert WORKFLOWS[name]["jobs"][job]["timeout-minutes"] <= 300

    def test_what_a_fork_hands_in_runs_without_rights(self) -> None:
        """The check of a pull request may only read, and leaves no token behind."""
        workflow = WORKFLOWS["check"]
        triggers = workflow[True]  # YAML 1.1 reads `on` as true
        checkout = workflow["jobs"]["check"]["steps"][0]

        assert set(triggers) == {"pull_request"}
        assert workflow["permissions"] == {"contents": "read"}
        assert "permissions" not in workflow["jobs"]["check"]
        assert checkout["with"]["persist-credentials"] is False

    def test_what_comments_runs_nothing_of_the_pull_request(self) -> None:
        """Nothing is checked out or installed where there are rights to write comments."""
        steps = WORKFLOWS["comment"]["jobs"]["comment"]["steps"]

        assert [step["uses"].split("@")[0] for step in steps if "uses" in step] == [
            "actions/download-artifact"
        ]
        assert all("odebib" not in step.get("run", "") for step in steps)

    def test_what_a_pull_request_says_of_itself_is_shown_in_a_fence(self, tmp_path: Path) -> None:
        """The comment's text was made by the pull request's own program; none of it becomes Markdown of ours."""
        (tmp_path / "comment").mkdir()
        hostile = "```\n@octocat fixes #1 ![i](https://evil.test/i.png)\n~~~\n````\n<img src=x>\n"
        (tmp_path / "comment/comment.md").write_text(hostile)
        (tmp_path / "gh").write_text("#!/bin/sh\necho 7\n")
        (tmp_path / "gh").chmod(0o755)
        (step,) = [s for n, _, s in STEPS if n == "comment" and s.get("name") == "Post it"]
        environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HEAD_SHA": "x"}

        subprocess.run(
            ["bash", "-e", "-c", step["run"]], cwd=tmp_path, env=environment, check=True, capture_output=True
        )

        shown = MarkdownIt("commonmark").parse((tmp_path / "body.md").read_text())
        assert [token.type for token in shown] == ["fence"]

    def test_an_edited_issue_overwrites_nothing(self) -> None:
        """Where the branch is there already, nothing is carried out, and no push is forced."""
        steps = WORKFLOWS["issue"]["jobs"]["change"]["steps"]
        scripts = [step.get("run", "") for step in steps]

        assert not any("--force origin" in script or "push -f" in script for script in scripts)
        assert any("ls-remote" in script for script in scripts)
        (carried_out,) = [step for step in steps if step.get("id") == "change"]
        assert carried_out["if"] == "steps.before.outputs.there == 'no'"


class TestScripts:
    """The steps' scripts."""

    @pytest.mark.parametrize(("name", "job", "step"), STEPS, ids=step_id)
    def test_are_shell(self, name: str, job: str, step: dict[str, Any]) -> None:
        """Bash can read every script."""
        done = subprocess.run(
            ["bash", "-n"], input=step.get("run", ""), text=True, capture_output=True, check=False
        )

        assert done.stderr == ""


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    """A project under git, with a change in the working tree."""
    root = make(tmp_path / "project", {"entries/chen2018neural.yml": CHEN})
    (root / "mkdocs.yml").write_text("site_name: Test\ntheme:\n  name: material\n", encoding="utf-8")
    (root / ".gitignore").write_text(".cache/\ncomment/\npreview/\nsite/\n", encoding="utf-8")
    git = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@b.c"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "First"], check=True)
    make(
        root, {"entries/chen2018neural.yml": CHEN.replace("tags: [images]", "tags: [images]\nawards: [oral]")}
    )
    subprocess.run([*git, "commit", "--quiet", "--all", "--message", "Second"], check=True)
    return root


class Runner:
    """Runs a step's script as GitHub does, with `odebib` from this checkout and without `gh`."""

    def __init__(self, root: Path, temp: Path) -> None:
        self.root = root
        self.temp = temp
        programs = temp / "bin"
        programs.mkdir(parents=True)
        for name, script in {
            "odebib": f'exec "{sys.executable}" -m odebib "$@"',
            "gh": 'echo "$@" >> "$RUNNER_TEMP/gh.txt"',
        }.items():
            (programs / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            (programs / name).chmod(0o755)
        self.outputs = temp / "output.txt"
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(temp),
            "PYTHONPATH": str(ROOT / "src"),
            "RUNNER_TEMP": str(temp),
            "GITHUB_OUTPUT": str(self.outputs),
            "GITHUB_STEP_SUMMARY": str(temp / "summary.md"),
        }

    def run(self, workflow: str, step_name: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A step, found by its name."""
        step = next(s for n, _, s in STEPS if n == workflow and s.get("name") == step_name)
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=self.root,
            env=self.environment | environment,
            text=True,
            capture_output=True,
            check=False,
        )


@pytest.fixture(name="runner")
def _runner(project: Path, tmp_path: Path) -> Runner:
    """Runs steps in the project."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    return Runner(project, tmp_path / "runner")


class TestCheck:
    """The check of a pull request."""

    def test_says_what_would_change(self, runner: Runner) -> None:
        """The comment and the summary compare with the merge commit's first parent."""
        done = runner.run("check", "Say what would change")

        assert done.returncode == 0, done.stderr
        comment = (runner.root / "comment/comment.md").read_text(encoding="utf-8")
        assert "- `chen2018neural`: awards + oral" in comment
        assert (runner.temp / "summary.md").read_text(encoding="utf-8") == comment

    def test_shows_problems_at_their_lines(self, runner: Runner) -> None:
        """An error is an annotation, and the step fails."""
        make(runner.root, {"entries/bad.yml": "title: A: B\n"})

        done = runner.run("check", "Show problems at their lines")

        assert done.returncode == 1
        assert "\n::error file=data/entries/bad.yml,line=1,col=9,title=yaml-syntax::" in done.stdout

    def test_builds_a_preview(self, runner: Runner) -> None:
        """The website as it would be, in a folder of its own."""
        done = runner.run("check", "Build the website")

        assert done.returncode == 0, done.stderr
        assert (runner.root / "preview/entries/chen2018neural/index.html").is_file()

    def test_looks_at_the_form(self, runner: Runner) -> None:
        """Files in canonical form pass."""
        assert runner.run("check", "Look at the form").returncode == 1  # the vocabularies of tests are not
        subprocess.run(
            ["odebib", "fmt"], cwd=runner.root, env=runner.environment, check=True, capture_output=True
        )
        assert runner.run("check", "Look at the form").returncode == 0


class TestIssue:
    """Forms, turned into pull requests."""

    BODY = "### Which work\n\nchen2018neural\n\n### Which field\n\nyear\n\n### What it should say\n\n2019\n"

    def carry_out(self, runner: Runner, body: str) -> str:
        """Run the steps up to the change; its status."""
        assert runner.run("issue", "Write the issue into a file", ISSUE_BODY=body).returncode == 0
        assert runner.run("issue", "Carry out what it asks for").returncode == 0
        return runner.outputs.read_text(encoding="utf-8").strip()

    def test_a_correction_becomes_a_change(self, runner: Runner) -> None:
        """The file is changed, and the answer says what would change."""
        assert self.carry_out(runner, self.BODY) == "status=0"
        assert runner.run("issue", "Say what would change", NUMBER="7").returncode == 0

        answer = (runner.temp / "answer.md").read_text(encoding="utf-8")
        assert answer.startswith("Corrects `year` of `chen2018neural`.\n\nCloses #7\n")
        assert "year 2018 → 2019" in answer

    def test_what_cannot_be_done_is_answered(self, runner: Runner) -> None:
        """The answer says why, and the workflow goes on to post it."""
        assert self.carry_out(runner, self.BODY.replace("year", "yaer")) == "status=1"
        assert runner.run("issue", "Answer where nothing could be done", NUMBER="7").returncode == 0

        assert (runner.temp / "gh.txt").read_text(encoding="utf-8").startswith("issue comment 7 --body-file")
        assert "`yaer` is no field to correct" in (runner.temp / "answer.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param("$(touch owned) `touch owned`\n'; touch owned; '", id="shell"),
            pytest.param(
                "### Finished entry\n\n```yaml\n!!python/object/apply:os.system [touch owned]\n```", id="YAML"
            ),
            pytest.param(
                "### Which work\n\n../../owned\n\n### Which field\n\ntitle\n\n### What it should say\n\nx",
                id="path",
            ),
            pytest.param("", id="nothing"),
        ],
    )
    def test_hostile_issues_do_nothing(self, runner: Runner, body: str) -> None:
        """Nothing runs, and no file is made."""
        assert self.carry_out(runner, body) == "status=1"

        changed = subprocess.run(
            ["git", "-C", runner.root, "status", "--porcelain"], capture_output=True, check=True
        )
        assert changed.stdout == b""


class TestDeploy:
    """The deployment."""

    def test_builds_and_extends_the_ledger(self, runner: Runner) -> None:
        """After it the ledger holds every address."""
        for step in ("Build the website", "Extend the ledger of published addresses"):
            done = runner.run("deploy", step)
            assert done.returncode == 0, done.stderr

        assert (runner.root / "site/index.html").is_file()
        assert "entries/chen2018neural\n" in (runner.root / "data/published.txt").read_text(encoding="utf-8")


class TestNewProjects:
    """The workflows of a project made by `odebib init`."""

    def test_are_the_same_but_for_the_installation(self, tmp_path: Path) -> None:
        """They install odebib from a release."""
        files = scaffold.workflow_files(tmp_path)

        for path in (path for path in FOLDER.parent.rglob("*") if path.is_file() and path.stem != "tests"):
            name = path.relative_to(ROOT).as_posix()
            own = [line for line in path.read_text(encoding="utf-8").split("\n") if "pip install" not in line]
            theirs = [line for line in files[name].split("\n") if "pip install" not in line]
            assert own == theirs, name
        assert 'python -m pip install "odebib==' in files[".github/workflows/check.yml"]
        assert not any("@INSTALL@" in text or "@VERSION@" in text for text in files.values())

    def test_are_written(self, tmp_path: Path) -> None:
        """A new project has them, and a pre-commit hook."""
        scaffold.make(tmp_path / "new")

        assert (tmp_path / "new/.github/workflows/weekly.yml").is_file()
        assert yaml.safe_load((tmp_path / "new/.pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]

"""MkDocs typed by itself: it ends before it writes anything, and says what to type instead."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from odebib.cli import main
from odebib.website import frames

ROOT = Path(__file__).parents[2]
SAID = "Error: MkDocs knows only the frame of this website: run `odebib build` or `odebib serve`."

COMMANDS = [
    pytest.param(["build"], id="build"),
    pytest.param(["build", "--quiet"], id="quietly"),
    pytest.param(["build", "--clean"], id="clean"),
    pytest.param(["build", "--dirty"], id="dirty"),
    pytest.param(["build", "--strict", "--theme", "readthedocs"], id="another theme"),
    pytest.param(["build", "--site-dir", "elsewhere"], id="elsewhere"),
    pytest.param(["serve"], id="serve"),
    pytest.param(["serve", "--clean", "--quiet"], id="serve clean"),
    pytest.param(["gh-deploy"], id="deploy"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as `odebib init` makes it, with a website that must not be touched."""
    root = tmp_path_factory.mktemp("made") / "new"
    assert main(["init", str(root)]) == 0
    (root / "site" / "index.html").write_text("the website", "utf-8")
    return root


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project's own root, with its `docs/`, and a website that must not be touched."""
    root = tmp_path_factory.mktemp("own")
    for name in ("mkdocs.yml", "templates", "docs"):
        (root / name).symlink_to(ROOT / name)
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("the website", "utf-8")
    return root


def mkdocs(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """MkDocs as somebody types it at a project's root."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *words],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def files(root: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


class TestBareMkdocs:
    """`mkdocs build` at the root."""

    @pytest.mark.parametrize("project", ["made", "own"])
    @pytest.mark.parametrize("words", COMMANDS)
    def test_ends_with_one_line(self, project: str, words: list[str], request: pytest.FixtureRequest) -> None:
        """It fails, says what to type, and leaves the website as it was."""
        root = request.getfixturevalue(project)
        before = files(root)

        done = mkdocs(root, *words)

        assert done.returncode == 1
        assert (done.stdout + done.stderr).strip() == SAID
        assert files(root) == before

    @pytest.mark.parametrize("project", ["made", "own"])
    def test_the_engine_s_own_project_has_no_hook(self, project: str, request: pytest.FixtureRequest) -> None:
        """What draws the frames is not stopped."""
        config = frames.read_config(request.getfixturevalue(project))
        drawn = yaml.safe_load(frames._project(config, {}, ())["mkdocs.yml"])

        assert "hooks" in config.raw
        assert "hooks" not in drawn

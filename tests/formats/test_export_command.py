"""``odebib export`` in all formats, and into a README."""

from __future__ import annotations

from pathlib import Path

import pytest

from odebib import cli
from odebib.formats import FORMATS, awesome
from odebib.project.store import Project

TOY = str(Path(__file__).parents[1] / "toy")


class TestExport:
    """The bibliography or a part of it, on standard output or in a file."""

    @pytest.mark.parametrize("name", list(FORMATS))
    def test_every_format(self, toy: Project, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Standard output holds what the format renders, and nothing else."""
        assert cli.main(["--root", TOY, "export", "--format", name, "chen2020depth"]) == 0
        assert capsys.readouterr() == (FORMATS[name].render(toy.bibliography, ["chen2020depth"]), "")

    def test_options_reach_the_format(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Venues in short, abstracts, only some of the works."""
        options = ["--venues", "short", "--abstracts", "--year", "2019"]
        assert cli.main(["--root", TOY, "export", "--format", "biblatex", *options]) == 0
        out = capsys.readouterr().out
        assert out.count("\n@") == 0
        assert "  booktitle  = {NeurIPS},\n" in out
        assert "  abstract   = {We view message passing" in out

    def test_readme(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A new one gets marks; head and foot of an old one stay; a second run changes nothing."""
        readme = tmp_path / "toys" / "README.md"
        command = ["--root", TOY, "export", "--format", "markdown", "-o", str(readme)]
        assert cli.main(command) == 0
        assert readme.read_text().startswith(f"# toys\n\n{awesome.BEGIN}\n## Contents\n")
        readme.write_text(f"# Mine\n{awesome.BEGIN}\n{awesome.END}\nMy foot.\n")
        assert cli.main(command) == 0
        once = readme.read_text()
        assert once.startswith("# Mine\n")
        assert once.endswith("My foot.\n")
        assert cli.main(command) == 0
        assert readme.read_text() == once

    def test_readme_without_marks(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Somebody's text is never overwritten."""
        readme = tmp_path / "README.md"
        readme.write_text("# Mine\n")
        assert cli.main(["--root", TOY, "export", "--format", "markdown", "-o", str(readme)]) == 2
        assert readme.read_text() == "# Mine\n"
        assert "has no marks to write between" in capsys.readouterr().err

    def test_as_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A source list, in its own order and words."""
        options = ["--format", "markdown", "--list", "awesome-toys", "--as-listed"]
        assert cli.main(["--root", TOY, "export", *options]) == 0
        assert capsys.readouterr().out.startswith("## ")

    def test_as_listed_needs_a_list(self, capsys: pytest.CaptureFixture[str]) -> None:
        """It is told what is missing."""
        assert cli.main(["--root", TOY, "export", "--as-listed"]) == 2
        assert "--as-listed needs --format markdown and one --list" in capsys.readouterr().err

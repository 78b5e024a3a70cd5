"""Changes as a newcomer makes them: each is one file and the line that gathers it, and works everywhere.

A change is made in a copy of the source by patches to just those files; then the program is run from
that copy. CONTRIBUTING says where each of them begins (``test_docs.py`` reads its table).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = "src/odebib"
GENERATED = ("docs/", "schema/", "CONTRIBUTING.md", ".github/")
"""What `make fix` renews."""


class Copy:
    """A copy of the program and of the toy project, in which something is changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("src", "templates", "docs", "schema", ".github"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copyfile(ROOT / "CONTRIBUTING.md", folder / "CONTRIBUTING.md")
        shutil.copytree(ROOT / "tests" / "toy", folder / "toy", ignore=shutil.ignore_patterns(".cache"))
        (folder / "toy" / "mkdocs.yml").write_text("site_name: Toy\n", encoding="utf-8")

    def change(self, patches: Mapping[str, str | tuple[str, str]]) -> None:
        """Write files that are new; in others put something in place of what stands there."""
        for path, patch in patches.items():
            target = self.folder / path
            if isinstance(patch, str):
                before = target.read_text("utf-8") if target.exists() else ""
                target.write_text(before + patch, encoding="utf-8")
                continue
            old, new = patch
            before = target.read_text("utf-8")
            assert before.count(old) == 1, f"{path} no longer holds {old!r} once"
            target.write_text(before.replace(old, new), encoding="utf-8")

    def gather(self, room: str, module: str) -> None:
        """Import a module that is new beside the first that is gathered."""
        target = self.folder / room / "__init__.py"
        name = ".".join((*Path(room).parts[1:], ""))[:-1]
        found = re.sub(
            r"^(?=from odebib)", f"from {name} import {module}\n", read(target), count=1, flags=re.M
        )
        target.write_text(found, encoding="utf-8")

    def run(self, *words: str, ok: bool = True) -> str:
        """What the program says, run from the copy."""
        return self._python("-m", "odebib", *words, cwd=self.folder / "toy", ok=ok)

    def renew(self) -> list[str]:
        """Renew what is generated; the files that changed."""
        return self._python("docs/generate.py", cwd=self.folder, ok=True).split()

    def _python(self, *words: str, cwd: Path, ok: bool) -> str:
        environment = os.environ | {
            "PYTHONPATH": str(self.folder / "src"),
            "PYTHONUTF8": "1",
            "COLUMNS": "200",
        }
        done = subprocess.run(
            [sys.executable, *words],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert (done.returncode == 0) == ok, done.stdout + done.stderr
        return done.stdout + done.stderr

    def site(self) -> Path:
        """The website of the toy project, built from the copy."""
        self.run("build", "--site", "site")
        return self.folder / "toy" / "site"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy to change."""
    return Copy(tmp_path)


def read(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf-8")


ENDNOTE = '''"""EndNote: the tagged format that EndNote itself exports."""

from __future__ import annotations

from collections.abc import Iterable

from odebib.formats.format import Format
from odebib.model.bibliography import Bibliography


def render(bibliography: Bibliography, keys: Iterable[str]) -> str:
    """A reference for each key."""
    found = (bibliography.entries[key] for key in keys)
    return "\\n".join(f"%0 Generic\\n%T {entry.title}\\n%F {entry.key}\\n" for entry in found)


FORMAT = Format("endnote", "EndNote", ".enw", render, is_cited=True, is_taken=True, is_whole=True)
'''


class TestChanges:
    """The first five changes of the table."""

    def test_format(self, copy: Copy) -> None:
        """A format is exported, shown on the page of a work, taken along and given out whole."""
        copy.change(
            {
                f"{SOURCE}/formats/endnote.py": ENDNOTE,
                f"{SOURCE}/formats/__init__.py": (
                    "        ris.FORMAT,\n",
                    "        ris.FORMAT,\n        endnote.FORMAT,\n",
                ),
            }
        )
        copy.gather(f"{SOURCE}/formats", "endnote")

        assert "%F chen2020depth" in copy.run("export", "--format", "endnote", "chen2020depth")
        assert "endnote" in copy.run("export", "--help")
        site = copy.site()
        page = read(site / "entries/chen2020depth/index.html")
        assert 'id="as-endnote"' in page
        assert "%F chen2020depth" in page
        assert ".enw" in page
        assert "%F chen2020depth" in read(site / "all.enw")
        assert "all.enw" in read(site / "api/index.html")
        assert '"endnote"' in read(site / "assets/search/about.json")
        assert copy.renew()

    def test_check(self, copy: Copy) -> None:
        """A check divided in two: each has its name, its reason and its fix, and the former name is heeded."""
        copy.change(
            {
                f"{SOURCE}/checks/entries.py": '''

@check("title-in-capitals", Severity.WARNING, "title", formerly=["title-case"])
def _title_in_capitals(project: Project) -> Iterator[Finding]:
    """Capitals shout, and say nothing about the case of a title."""
    for key, entry in project.bibliography.entries.items():
        if entry.title.isupper():
            yield Finding(project.locate_entry(key, "title"), "the title shouts", "write it quietly", key)
'''
            }
        )
        loud = copy.folder / "toy/data/entries/loud2020title.yml"
        entry = "title: STABLE WAVES\nauthors: [Ann One]\nyear: 2020\nurl: https://a.example/\n"
        loud.write_text(entry, encoding="utf-8")

        assert (
            "data/entries/loud2020title.yml:1:8: warning: the title shouts [title-in-capitals]"
            in copy.run("check")
        )
        assert "Capitals shout" in copy.run("check", "--explain", "title-in-capitals")
        loud.write_text(entry + "waive:\n  - {check: title-case, reason: It is a cry.}\n", encoding="utf-8")
        assert "title-in-capitals" not in copy.run("check")
        assert copy.renew() == ["docs/checks.md"]

    def test_field(self, copy: Copy) -> None:
        """A field is read, written in one line, exported, found, shown and offered by editors."""
        copy.change(
            {
                f"{SOURCE}/model/entry.py": (
                    "    awards: Annotated[\n",
                    '''    keywords: Annotated[
        Listed[NonEmpty],
        Traits("[neural networks]", UNION, place=TEXT, label="Keywords", in_table=True),
        IN_ONE_LINE,
        Called("bibtex=keywords"),
    ] = ()
    """What its authors say it is about."""
    awards: Annotated[
''',
                ),
                f"{SOURCE}/yamlio/writer.py": ('"awards", ', '"awards", "keywords", '),
            }
        )
        path = copy.folder / "toy/data/entries/chen2020depth.yml"
        path.write_text(read(path) + "keywords:\n  - zebra stripes\n  - waves\n", encoding="utf-8")

        copy.run("fmt")
        assert "keywords: [zebra stripes, waves]\n" in read(path)
        assert "keywords" not in copy.run("check")
        assert "{zebra stripes, waves}" in copy.run("export", "chen2020depth")
        assert '"zebra stripes"' in copy.run("export", "--format", "json", "chen2020depth")
        assert "zebra stripes" in copy.run("export", "--format", "csv", "chen2020depth")
        assert "chen2020depth" in copy.run("find", "zebra")
        site = copy.site()
        page = read(site / "entries/chen2020depth/index.html")
        assert "Keywords" in page
        assert "zebra stripes" in page
        assert "<code>keywords</code>" in read(site / "contribute/index.html")
        changed = copy.renew()
        assert {"CONTRIBUTING.md", "schema/entry.json"} <= set(changed)
        assert [path for path in changed if not path.startswith(GENERATED)] == []

    def test_badge(self, copy: Copy) -> None:
        """A badge has its page, its colour and its place among the badges."""
        copy.change(
            {
                "toy/data/tags.yml": '- id: stiff\n  name: stiff\n  description: It is stiff.\n  colour: "#7c2d12"\n'
            }
        )

        site = copy.site()

        assert "It is stiff." in read(site / "tags/stiff/index.html")
        assert "b-stiff" in read(site / "tags/index.html")
        assert "b-stiff" in read(site / "assets/badges.css")

    def test_dialect(self, copy: Copy) -> None:
        """Citations in a style of their own are read, wherever citations stand."""
        styles = f"{SOURCE}/sources/citations/styles"
        copy.change(
            {
                f"{styles}/barred.py": '''"""Fields between double bars: ``2021 || Title || People || venue``."""

from __future__ import annotations

import re

from odebib.sources.citations.author_line import read_people
from odebib.sources.citations.style import Context, Fields, Style


def read(text: str, context: Context) -> Fields:
    """Year, title, people and venue, in this order."""
    parts = text.split(" || ")
    if len(parts) != 4:
        return {}
    year, title, people, venue = parts
    return {"year": int(year), "title": title, "authors": read_people(people) or [], "venue": venue}


STYLE = Style(
    "barred",
    "2021 || Stable waves on meshes || A. One, B. Two || NeurIPS",
    read,
    begins=re.compile(r"\\d{4} [|][|] ").match,
)
''',
                f"{styles}/__init__.py": ("    piped.STYLE,\n", "    barred.STYLE,\n    piped.STYLE,\n"),
            }
        )
        copy.gather(styles, "barred")
        text = (
            "2021 || Stable waves on meshes || Ann One, Bo Two || NeurIPS\n"
            "2019 || Deep meshes and their equations || Cy Three, Ann One || ICLR\n"
        )
        (copy.folder / "toy" / "mine.txt").write_text(text, encoding="utf-8")

        said = copy.run("import", "mine.txt", "--dry-run", "--report", "json")

        assert '"title": "Stable waves on meshes"' in said
        assert '"title": "Deep meshes and their equations"' in said
        assert '"one2021stable"' in said
        assert '"three2019deep"' in said

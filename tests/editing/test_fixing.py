"""Safe fixes: what is mended, what is left to a person, and that nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from odebib import checks
from odebib.editing import fixing
from odebib.project import store
from projects import CHEN, make, snapshot

LIST = """
name: A List
sections:
  - title: Neural ODEs
    topic: Neural Ordinary Differential Equations
    records:
      - text: "Neural Ordinary Differential Equations"  # as it stands
        title: Neural Ordinary Differential Equations
        arxiv: 1806.07366
        venue: NIPS
"""

ENTRY = "title: Stable Waves on Meshes\nauthors:\n  - Ann One\n  - Bo Two\nyear: 2020\narxiv: 2001.00001\n"


def fixed(root: Path, text: str) -> str:
    """An entry's text after all fixes."""
    make(root, {"entries/one2020stable.yml": text})
    fixing.fix(root)
    return (root / "data/entries/one2020stable.yml").read_text(encoding="utf-8")


PLACE = "entries/one2020stable.yml"
MENDED = {
    "yaml-syntax": {PLACE: ENTRY.replace("Stable Waves on", "Stable Waves: on")},
    "unknown-field": {PLACE: ENTRY.replace("authors:", "autors:")},
    "bad-value": {PLACE: ENTRY + "url: www.a.org/x\n"},
    "preprint-venue": {PLACE: ENTRY + "venue: arXiv\n"},
    "title-case": {PLACE: ENTRY.replace("Meshes", "Meshes.")},
    "hidden-identifier": {
        PLACE: ENTRY.replace("arxiv: 2001.00001", "url: https://arxiv.org/abs/2001.00001v2")
    },
    "record-without-entry": {"lists/a-list.yml": LIST},
}
"""For every problem that `--fix` can mend a file that has it."""


class TestEntries:
    """What is mended in an entry."""

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            pytest.param(
                ENTRY.replace("  - Ann One\n  - Bo Two", "  - Ann One, Bo Two and Cy Three  # all"),
                ENTRY.replace("  - Bo Two", "  - Bo Two\n  - Cy Three  # all"),
                id="a pasted line of authors",
            ),
            pytest.param(
                ENTRY.replace("\n  - Ann One\n  - Bo Two", " Ann One; Bo Two"),
                ENTRY,
                id="authors as one text",
            ),
            pytest.param(
                ENTRY.replace("  - Bo Two", "  - Chang B, Meng L, Haber E"),
                ENTRY.replace("  - Bo Two", "  - Chang, B\n  - Meng, L\n  - Haber, E"),
                id="authors with initials behind",
            ),
            pytest.param(
                ENTRY.replace("  - Bo Two", "  - Bo Two et al."),
                ENTRY.replace("  - Bo Two", "  - Bo Two\n  - others"),
                id="et al.",
            ),
            pytest.param(
                ENTRY.replace("  - Ann One", "  - [One, Ann]"),
                ENTRY.replace("  - Ann One", "  - One, Ann"),
                id="one person in brackets",
            ),
            pytest.param(ENTRY.replace("Meshes", "Meshes."), ENTRY, id="full stop behind the title"),
            pytest.param(
                ENTRY.replace("authors:", "autors:  # hm"),
                ENTRY.replace("authors:", "authors:  # hm"),
                id="a misspelt field",
            ),
            pytest.param(ENTRY + "code: http://a.b\n", ENTRY + "links:\n  code: http://a.b\n", id="a link"),
            pytest.param(ENTRY + "journal: NIPS\n", ENTRY + "venue: NeurIPS\n", id="another name of a field"),
            pytest.param(ENTRY + "url: www.a.org/x\n", ENTRY + "url: https://www.a.org/x\n", id="an address"),
            pytest.param(
                ENTRY.replace("arxiv: 2001.00001", "url: https://arxiv.org/pdf/2001.00001v2"),
                ENTRY,
                id="an address that is an identifier",
            ),
            pytest.param(
                ENTRY.replace("arxiv: 2001.00001", "doi: 10.48550/arXiv.2001.00001"), ENTRY, id="arXiv's DOI"
            ),
            pytest.param(ENTRY + "venue: arXiv\n", ENTRY, id="a preprint server as venue"),
            pytest.param(
                ENTRY + "doi: https://doi.org/10.1000/AB\n",
                ENTRY + "doi: 10.1000/ab\n",
                id="a DOI as address",
            ),
            pytest.param(
                ENTRY + "doi: 10.1000/AB\n", ENTRY + "doi: 10.1000/AB\n", id="a DOI in capitals stays"
            ),
            pytest.param(ENTRY + "pages: 1–12\n", ENTRY + "pages: 1-12\n", id="pages"),
            pytest.param(ENTRY + "tags: [IC]\n", ENTRY + "tags: [images]\n", id="a badge by another name"),
            pytest.param(
                ENTRY.replace("Stable Waves on", "Stable Waves: on"),
                ENTRY.replace("title: Stable Waves on", "title: >-\n  Stable Waves: on"),
                id="a colon in the title",
            ),
            pytest.param(ENTRY.replace("Ann One", "Ann\u200b One"), ENTRY, id="characters without width"),
        ],
    )
    def test_mends_what_is_certain(self, tmp_path: Path, before: str, after: str) -> None:
        """One mistake, one small change."""
        assert fixed(tmp_path, before) == after

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(ENTRY, id="nothing wrong"),
            pytest.param(ENTRY.replace("Ann One", "García Márquez, Gabriel"), id="family name first"),
            pytest.param(ENTRY.replace("Ann One", '"{Smith, Miller and Sons}"'), id="a group"),
            pytest.param(ENTRY.replace("\n  - Ann One\n  - Bo Two", " [E, Weinan]"), id="one person or two"),
            pytest.param(ENTRY + "venue: NeruIPS\n", id="a misspelt venue"),
            pytest.param(ENTRY.replace("2020", "20x0"), id="a year that is none"),
            pytest.param(ENTRY + "venue: arXiv\n".replace("arXiv", "JMLR"), id="a journal"),
            pytest.param(ENTRY.replace("Meshes", "Meshes etc."), id="an abbreviation at the end"),
            pytest.param(ENTRY + "doi: 10.48550/arXiv.1999.00009\n", id="another paper's DOI of arXiv"),
            pytest.param(ENTRY + "titles: x\nyear_: 2\nz: 3\n", id="fields that are there already"),
            pytest.param("- just\n- a list\n", id="no entry at all"),
            pytest.param("]]}\n%{\n", id="no YAML at all"),
            pytest.param("", id="an empty file"),
        ],
    )
    def test_leaves_the_rest_to_a_person(self, tmp_path: Path, text: str) -> None:
        """What may mean two things stays as it is."""
        assert fixed(tmp_path, text) == text

    def test_several_mistakes_at_once(self, tmp_path: Path) -> None:
        """What shows only when another mistake is mended is mended too; comments stay."""
        text = (
            "# from my notes\ntitel: PDE-Net: Learning PDEs.\nautors: Ann One and Bo Two  # all\n# when?\n"
            "year: 2020\ndoi: https://doi.org/10.48550/arXiv.2001.00001\ngithub: github.com/a/b\n"
        )

        assert fixed(tmp_path, text) == (
            "# from my notes\ntitle: >-\n  PDE-Net: Learning PDEs\nauthors:  # all\n  - Ann One\n"
            "  - Bo Two\n# when?\n"
            "year: 2020\narxiv: 2001.00001\nlinks:\n  code: https://github.com/a/b\n"
        )

    def test_a_file_that_is_not_utf8_is_not_touched(self, tmp_path: Path) -> None:
        """Bytes that are no text stay as they are."""
        root = make(tmp_path, {"entries/chen2018neural.yml": CHEN})
        path = root / "data/entries/bad.yml"
        path.write_bytes(b"title: caf\xe9.\n")

        fixing.fix(root)

        assert path.read_bytes() == b"title: caf\xe9.\n"


class TestRecords:
    """What is mended in a source list."""

    def test_writes_the_entry_of_a_record_and_the_topic_s_id(self, tmp_path: Path) -> None:
        """A record that is an entry without doubt gets its key; what the list said stays."""
        root = make(tmp_path, {"entries/chen2018neural.yml": CHEN, "lists/a-list.yml": LIST})

        found = fixing.fix(root)

        text = (root / "data/lists/a-list.yml").read_text(encoding="utf-8")
        assert text == LIST.lstrip("\n").replace(
            "topic: Neural Ordinary Differential Equations", "topic: neural-odes"
        ) + ("        entry: chen2018neural\n")
        assert [file.path for file in found] == ["data/lists/a-list.yml"]
        assert checks.run(store.load(root)) == []

    def test_leaves_a_record_without_entry_that_is_like_none(self, tmp_path: Path) -> None:
        """Another work's record stays without entry."""
        other = LIST.replace("Neural Ordinary Differential Equations\n", "Boring Recipes\n").replace(
            "1806", "1807"
        )
        root = make(tmp_path, {"entries/chen2018neural.yml": CHEN, "lists/a-list.yml": other})

        fixing.fix(root)

        assert "entry:" not in (root / "data/lists/a-list.yml").read_text(encoding="utf-8")


class TestFix:
    """All files of a project."""

    def test_a_second_run_changes_nothing(self, tmp_path: Path) -> None:
        """What was mended needs no mending."""
        root = make(
            tmp_path, {"entries/one2020stable.yml": ENTRY.replace("Meshes", "Meshes."), "lists/a.yml": LIST}
        )

        assert fixing.fix(root)
        after = snapshot(root)
        assert fixing.fix(root) == []
        assert snapshot(root) == after

    def test_only_the_files_asked_for(self, tmp_path: Path) -> None:
        """Other files are not touched."""
        root = make(tmp_path, {"entries/a.yml": ENTRY.replace("Meshes", "Meshes."), "lists/a-list.yml": LIST})

        assert fixing.fix(root, lambda path: "lists" in path)[0].path == "data/lists/a-list.yml"
        assert "Meshes." in (root / "data/entries/a.yml").read_text(encoding="utf-8")

    def test_shows_the_difference(self, tmp_path: Path) -> None:
        """As a diff that git would apply."""
        root = make(tmp_path, {"entries/one2020stable.yml": ENTRY.replace("Meshes", "Meshes.")})

        assert fixing.fix(root)[0].diff().split("\n")[:5] == [
            "--- a/data/entries/one2020stable.yml",
            "+++ b/data/entries/one2020stable.yml",
            "@@ -1,4 +1,4 @@",
            "-title: Stable Waves on Meshes.",
            "+title: Stable Waves on Meshes",
        ]

    @pytest.mark.parametrize("name", [name for name in checks.names() if checks.fix_of(name)])
    def test_every_fix_that_is_promised_is_made(self, tmp_path: Path, name: str) -> None:
        """What `--explain` says of `--fix` is so: the problem is there before, and gone after."""
        files = {"entries/chen2018neural.yml": CHEN, **MENDED[name]}
        root = make(tmp_path, files)
        before = checks.run(store.load(root))

        fixing.fix(root)

        assert name in {problem.code for problem in before}
        assert name not in {problem.code for problem in checks.run(store.load(root))}

"""``odebib import`` end to end: the same works in every format, several files, and files that are broken."""

from __future__ import annotations

import codecs
import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from odebib.cli import main
from projects import load, snapshot

BIBTEX = r"""
@inproceedings{lee, author={Lee, Ann and van den Berg, Bo}, title={Waves on {ODE} Meshes}, year={2018},
  booktitle={Proceedings of the 35th International Conference on Machine Learning}, pages={1--9}}
@article{cole, author={Cole, Cy}, title={A Survey of Shores}, journal={J. Mach. Learn. Res.}, volume={20},
  number={3}, year={2019}, doi={10.1234/shores}}
@misc{dorn, author={D{\"o}rn, Di}, title={Deep Tides of the Shore}, eprint={2001.00001}, archivePrefix={arXiv}, year={2020}}
"""

CSL_JSON = """
[{"id": "lee", "type": "paper-conference", "title": "Waves on ODE Meshes", "page": "1-9",
  "author": [{"family": "Lee", "given": "Ann"}, {"family": "Berg", "given": "Bo", "non-dropping-particle": "van den"}],
  "container-title": "Proceedings of the 35th International Conference on Machine Learning",
  "issued": {"date-parts": [[2018]]}},
 {"id": "cole", "type": "article-journal", "title": "A Survey of Shores", "author": [{"family": "Cole", "given": "Cy"}],
  "container-title": "J. Mach. Learn. Res.", "volume": "20", "issue": "3", "issued": {"date-parts": [["2019"]]},
  "DOI": "10.1234/shores"},
 {"id": "dorn", "type": "article", "title": "Deep Tides of the Shore", "author": [{"family": "Dörn", "given": "Di"}],
  "number": "arXiv:2001.00001", "publisher": "arXiv", "issued": {"date-parts": [[2020]]}}]
"""

RIS = """
TY  - CONF
AU  - Lee, Ann
AU  - van den Berg, Bo
TI  - Waves on ODE Meshes
T2  - Proceedings of the 35th International Conference on Machine Learning
PY  - 2018
SP  - 1
EP  - 9
ER  -
TY  - JOUR
AU  - Cole, Cy
TI  - A Survey of Shores
JO  - J. Mach. Learn. Res.
VL  - 20
IS  - 3
PY  - 2019
DO  - 10.1234/shores
ER  -
TY  - UNPB
AU  - Dörn, Di
TI  - Deep Tides of the Shore
PY  - 2020
UR  - https://arxiv.org/abs/2001.00001
ER  -
"""

MARKDOWN = """
# A List

## Waters

- [Waves on ODE Meshes](https://example.org/w), Ann Lee and Bo van den Berg, ICML 2018
- [A Survey of Shores](https://doi.org/10.1234/shores), Cy Cole, JMLR 2019
- [Deep Tides of the Shore](https://arxiv.org/abs/2001.00001) by Di Dörn, 2020
"""

TEXT = """
[1] Lee A., van den Berg B. Waves on ODE Meshes[C]//International Conference on Machine Learning. 2018: 1-9.
[2] Cole C. A Survey of Shores[J]. J. Mach. Learn. Res., 2019, 20(3). doi:10.1234/shores
[3] Dörn D. Deep Tides of the Shore[J]. arXiv preprint arXiv:2001.00001, 2020.
"""

FORMATS = {
    "refs.bib": BIBTEX,
    "refs.json": CSL_JSON,
    "refs.ris": RIS,
    "refs.md": MARKDOWN,
    "refs.txt": TEXT,
}


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """An empty bibliography."""
    root = tmp_path / "project"
    assert main(["init", str(root)]) == 0
    return root


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """A source file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def take_in(root: Path, *arguments: object) -> int:
    """Run ``odebib import``; its exit status."""
    return main(["import", "--root", str(root), *map(str, arguments)])


def report(capsys: pytest.CaptureFixture[str], root: Path, *arguments: object) -> dict[str, Any]:
    """The JSON report of an import."""
    capsys.readouterr()
    take_in(root, "--report", "json", *arguments)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def entries(root: Path) -> dict[str, dict[str, Any]]:
    """What every entry says, by key."""
    return {
        key: entry.model_dump(mode="json", exclude_defaults=True)
        for key, entry in load(root).bibliography.entries.items()
    }


class TestFormats:
    """The same three works, whatever a source's format."""

    @pytest.mark.parametrize("name", FORMATS)
    def test_makes_the_same_entries(self, root: Path, tmp_path: Path, name: str) -> None:
        """Keys, years, venues and identifiers agree between formats."""
        assert take_in(root, write(tmp_path, name, FORMATS[name])) == 0

        bibliography = load(root).bibliography
        assert list(bibliography.entries) == ["cole2019survey", "dorn2020deep", "lee2018waves"]
        lee, cole, dorn = (
            bibliography.entries[key] for key in ("lee2018waves", "cole2019survey", "dorn2020deep")
        )
        assert [lee.title, cole.title, dorn.title] == [
            "Waves on ODE Meshes",
            "A Survey of Shores",
            "Deep Tides of the Shore",
        ]
        assert [name.last for name in lee.people] == ["Lee", "van den Berg"]
        assert [entry.year for entry in (lee, cole, dorn)] == [2018, 2019, 2020]
        assert (cole.doi, dorn.arxiv, dorn.venue) == ("10.1234/shores", "2001.00001", None)
        assert {str(bibliography.type(entry)) for entry in (lee,)} == {"conference-paper"}

    @pytest.mark.parametrize("name", FORMATS)
    def test_importing_again_changes_nothing(self, root: Path, tmp_path: Path, name: str) -> None:
        """Byte for byte."""
        source = write(tmp_path, name, FORMATS[name])
        take_in(root, source)
        before = snapshot(root)

        assert take_in(root, source) == 0
        assert snapshot(root) == before

    def test_all_of_them_are_three_works(
        self, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path
    ) -> None:
        """One import after the other finds what is there; the venues are two."""
        sources = [
            write(tmp_path, f"{number}-{name}", text) for number, (name, text) in enumerate(FORMATS.items())
        ]

        found = report(capsys, root, *sources)

        assert len(found["records"]) == 15
        assert {record["outcome"] for record in found["records"][3:]} == {"matched"}
        bibliography = load(root).bibliography
        assert (len(bibliography.entries), len(bibliography.lists)) == (3, 5)
        assert sorted(venue.kind for venue in bibliography.venues) == ["conference", "journal"]

    @pytest.mark.parametrize("name", FORMATS)
    def test_checks_without_errors(self, root: Path, tmp_path: Path, name: str) -> None:
        """What an import writes is never wrong."""
        take_in(root, write(tmp_path, name, FORMATS[name]))

        assert main(["check", "--root", str(root)]) == 0


class TestDryRun:
    """``--dry-run`` tells what a real run does, and writes nothing."""

    @pytest.mark.parametrize("names", [[name] for name in FORMATS] + [["refs.bib", "refs.md"]])
    def test_tells_what_a_real_run_does(
        self, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path, names: list[str]
    ) -> None:
        """The reports are equal, the keys of new entries too, and for files that build on each other."""
        sources = [write(tmp_path, name, FORMATS[name]) for name in names]
        before = snapshot(root)

        tried = report(capsys, root, "--dry-run", *sources)

        assert snapshot(root) == before
        assert report(capsys, root, *sources) == tried
        assert {record["entry"] for record in tried["records"]} == set(load(root).bibliography.entries)


class TestNothingIsDropped:
    """Each item of a source is a record or not understood."""

    def test_broken_entries_are_told_with_their_line(
        self, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path
    ) -> None:
        """The rest of the file is kept, and the exit status says that something is left."""
        broken = textwrap.dedent(
            """\
            @article{a, title={Open, author={Ann Lee}

            @article{b, title={Whole}, author={Bo Berg}, year=2001}
            @article{c, author={Cy Cole}, year=2002}
            """
        )
        source = write(tmp_path, "refs.bib", broken)

        found = report(capsys, root, source)

        assert [record["title"] for record in found["records"]] == ["Whole"]
        assert [item["line"] for item in found["not_understood"]] == [1, 4]
        assert take_in(root, source) == 1

    def test_an_author_of_several_parts_can_be_read_back(self, root: Path, tmp_path: Path) -> None:
        """Names with suffixes, two family names or "and" in the wrong place leave no error behind."""
        names = [
            "Kennedy, III, Monroe",
            "{Di Gangi}, Mattia Antonino",
            "and Moran, Shay",
            "P. M. J. {Van den Hof}",
        ]
        bib = "@misc{x, title={On Names}, year=2001, author={" + " and ".join(names) + "}}"

        assert take_in(root, write(tmp_path, "refs.bib", bib)) == 0
        assert main(["check", "--root", str(root)]) == 0

    @pytest.mark.parametrize("name", ["empty.bib", "prose.md"])
    def test_a_file_without_items_writes_nothing(
        self, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path, name: str
    ) -> None:
        """Nothing is written, not even an empty list; it is said, and the status is not 0."""
        source = write(tmp_path, name, "" if name == "empty.bib" else "Some words about nothing.\n")
        before = snapshot(root)

        assert take_in(root, source) == 1
        assert "nothing in it looks like an item of a list" in capsys.readouterr().err
        assert snapshot(root) == before


class TestFiles:
    """Files as they come."""

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(BIBTEX.replace("\n", "\r\n").encode(), id="Windows lines"),
            pytest.param(BIBTEX.replace("\n", "\r").encode(), id="old Mac lines"),
            pytest.param(codecs.BOM_UTF8 + BIBTEX.encode(), id="byte order mark"),
            pytest.param(BIBTEX.replace('D{\\"o}rn', "Dörn").encode("cp1252"), id="Latin letters"),
            pytest.param(BIBTEX.encode("utf-16"), id="UTF-16"),
        ],
    )
    def test_encodings(self, root: Path, tmp_path: Path, content: bytes) -> None:
        """The same entries, however the file is written."""
        assert take_in(root, write(tmp_path, "refs.bib", content)) == 0
        assert [str(name) for name in load(root).bibliography.entries["dorn2020deep"].authors] == ["Di Dörn"]

    def test_a_readme_is_named_after_its_folder(self, root: Path, tmp_path: Path) -> None:
        """README.md says nothing about what it is."""
        folder = tmp_path / "awesome-waves"
        folder.mkdir()
        text = "* Waves on Meshes: [ICML20](https://arxiv.org/abs/2001.00001)\n"

        take_in(root, write(folder, "README.md", text))

        assert list(load(root).bibliography.lists) == ["awesome-waves"]

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            pytest.param(
                "refs.bib", b"\x89PNG\x00\x00", "it looks like a picture, which no reader knows", id="picture"
            ),
            pytest.param("refs.bib", b"\x00\x01\x02\x00", "it is no text file", id="binary"),
            pytest.param(
                "refs.json", b"[" * 9999, "this is no JSON that can be read", id="nested too deeply"
            ),
        ],
    )
    def test_what_is_no_list_is_refused(
        self,
        capsys: pytest.CaptureFixture[str],
        root: Path,
        tmp_path: Path,
        name: str,
        content: bytes,
        message: str,
    ) -> None:
        """With the file's name, and without a traceback."""
        source = write(tmp_path, name, content)

        assert take_in(root, source) == 2
        error = capsys.readouterr().err
        assert str(source) in error
        assert message in error

    def test_a_folder_without_sources_is_refused(
        self, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path
    ) -> None:
        """One that holds some is read file by file."""
        folder = tmp_path / "folder"
        folder.mkdir()

        assert take_in(root, folder) == 2
        assert "holds no file that is read" in capsys.readouterr().err

    def test_nothing_is_written_when_a_later_file_is_wrong(self, root: Path, tmp_path: Path) -> None:
        """All files are read before the first one is taken in."""
        before = snapshot(root)

        assert take_in(root, write(tmp_path, "refs.bib", BIBTEX), tmp_path / "missing.bib") == 2
        assert snapshot(root) == before

    def test_one_id_cannot_name_several_lists(
        self, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path
    ) -> None:
        """Wrong usage, with what to do instead."""
        sources = [write(tmp_path, name, FORMATS[name]) for name in ("refs.bib", "refs.md")]

        assert take_in(root, "--list", "x", *sources) == 2
        assert "import them one by one, or leave --list out" in capsys.readouterr().err


class TestNewerVersion:
    """A newer version of a .bib."""

    def test_adds_renews_and_marks(self, root: Path, tmp_path: Path) -> None:
        """A new entry, another title under the same key, and one that is gone."""
        source = write(tmp_path, "refs.bib", BIBTEX)
        take_in(root, source)
        start = BIBTEX.index("@misc{dorn")
        newer = BIBTEX[:start].replace("A Survey of Shores", "A Survey of all Shores")
        newer += "@misc{ek, author={Ek, Eva}, title={New Waters}, year=2021}\n"

        assert take_in(root, write(tmp_path, "refs.bib", newer)) == 0

        (source_list,) = load(root).bibliography.lists.values()
        records = [record for _, record in source_list.records()]
        assert [(record.source_id, record.entry, record.gone is not None) for record in records] == [
            ("lee", "lee2018waves", False),
            ("cole", "cole2019survey", False),
            ("dorn", "dorn2020deep", True),
            ("ek", "ek2021new", False),
        ]
        assert records[1].title == "A Survey of all Shores"
        assert entries(root)["cole2019survey"]["title"] == "A Survey of Shores"


class TestInitFrom:
    """``odebib init DIR --from FILE``."""

    @pytest.mark.parametrize(
        ("name", "text", "message"),
        [
            ("values.json", '{"a": {"b": 1}}', "nothing in it looks like an item of a list"),
            ("cities.csv", "rank;city\n1;Rome\n2;Oslo\n", "no column of this table is known to hold titles"),
            ("news.xml", "<?xml version='1.0'?><rss><item/></rss>", "which no reader knows"),
        ],
        ids=["JSON without works", "a table without titles", "an unknown kind"],
    )
    def test_what_holds_no_works_makes_no_bibliography(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str, message: str
    ) -> None:
        """It is refused before the folder is made."""
        assert main(["init", str(tmp_path / "new"), "--from", str(write(tmp_path, name, text))]) == 2
        assert message in capsys.readouterr().err
        assert not (tmp_path / "new").exists()

    def test_ends_with_what_is_to_do(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Imported, built, and counted."""
        built = []
        monkeypatch.setattr(
            "odebib.cli.publish.build_site",
            lambda project, *_: built.append(len(project.bibliography.entries)),
        )

        status = main(["init", str(tmp_path / "new"), "--from", str(write(tmp_path, "refs.md", MARKDOWN))])

        assert (status, built) == (0, [3])
        assert capsys.readouterr().err.endswith(
            "to do: 3 drafts of topics, tags and venues to look at, 3 entries without summary\n"
        )

"""A project is read whole: everything wrong with it is told at its line, and the rest goes on."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import strategies
from conftest import MakeProject
from odebib.errors import Location, UsageError
from odebib.model.entry import Entry
from odebib.project import cache, store, validation
from odebib.project.cache import ReadCache
from odebib.project.store import Project
from odebib.yamlio import reader, writer

BROKEN = Path(__file__).parent / "broken"


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yml")), ids=lambda path: path.stem)
def test_broken(path: Path, make_project: MakeProject) -> None:
    """Each fault is explained at its line, with what to write instead."""
    project = make_project({"entries/faulty2020.yml": path.read_bytes()})
    told = "".join(f"{problem}\n" for problem in project.problems)
    told = told.replace("data/entries/faulty2020.yml:", "")
    expected = path.with_suffix(".txt")
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_text(told, encoding="utf-8")

    assert told == expected.read_text(encoding="utf-8")


class TestLoad:
    """load: the files of a project."""

    def test_toy(self, toy: Project) -> None:
        """Subfolders are read too; the stem is the key; entries come in the order of their keys."""
        keys = list(toy.bibliography.entries)

        assert keys == sorted(keys)
        assert len(keys) == 12
        assert (
            toy.entry_paths["garciamarquez2016control"] == "data/entries/older/garciamarquez2016control.yml"
        )

    def test_no_data(self, tmp_path: Path) -> None:
        """A folder without data/ is no project; the hint says what is."""
        with pytest.raises(UsageError, match="there is no data/ folder") as caught:
            store.load(tmp_path)

        assert "odebib init" in (caught.value.hint or "")

    def test_empty(self, make_project: MakeProject) -> None:
        """An empty data/ is an empty bibliography."""
        project = make_project({})

        assert (project.problems, len(project.bibliography.entries)) == ((), 0)

    @pytest.mark.parametrize(
        ("files", "expected"),
        [
            pytest.param(
                {"entries/a2020b.yaml": "title: A\n"},
                "data/entries/a2020b.yaml: error: is not a .yml file, so nobody reads it [stray-file]\n"
                "    hint: rename it to end in .yml",
                id="yaml ending",
            ),
            pytest.param(
                {"entries/notes.txt": "x"},
                "data/entries/notes.txt: error: is not a .yml file, so nobody reads it [stray-file]\n"
                "    hint: move it elsewhere",
                id="another file",
            ),
            pytest.param(
                {"entries/Chen 2018.yml": "title: A\n"},
                "data/entries/Chen 2018.yml: error: `Chen 2018` is no citation key [bad-key]\n"
                "    hint: name the file with lower-case letters and digits only",
                id="illegal key",
            ),
            pytest.param(
                {"lists/My_List.yml": "name: A\n"},
                "data/lists/My_List.yml: error: `My_List` is no id [bad-key]\n"
                "    hint: name the file with lower-case letters and digits and hyphens only",
                id="illegal list id",
            ),
            pytest.param(
                {"entries/a2020b.yml": "title: A\n", "entries/sub/a2020b.yml": "title: A\n"},
                "data/entries/sub/a2020b.yml: error: "
                "`a2020b` is also data/entries/a2020b.yml [duplicate-key]\n"
                "    hint: rename one of them",
                id="the same key twice",
            ),
            pytest.param(
                {"tags.yml": "- id: a\n  name: A\n- id: a\n  name: B\n"},
                "data/tags.yml:3:7: error: `a` is there already [duplicate-id]\n    hint: unite the two",
                id="the same id twice",
            ),
            pytest.param(
                {"tags.yml": "id: a\nname: A\n"},
                "data/tags.yml:1:1: error: must be a list [bad-value]\n"
                "    hint: start every item with `- id: …`",
                id="a vocabulary that is no list",
            ),
            pytest.param(
                {"tags.yml": "- images\n"},
                "data/tags.yml:1:3: error: holds only text; it must hold fields [bad-value]\n"
                "    hint: write `field: value`",
                id="a tag that is only a word",
            ),
            pytest.param(
                {"topics.yml": "- id: Neural ODEs\n  name: A\n"},
                "data/topics.yml:1:7: error: `id`: `Neural ODEs` is no id; "
                "use lower-case letters, digits and hyphens [bad-value]",
                id="an id that is no id",
            ),
            pytest.param(
                {"tags.yml": "- id: a\n  name: A\n  icon: ../../etc/passwd\n"},
                "data/tags.yml:3:9: error: `icon`: `../../etc/passwd` is no id; "
                "use lower-case letters, digits and hyphens [bad-value]",
                id="an icon that is a path",
            ),
            pytest.param(
                {"lists/a.yml": "name: A\nsections:\n  - title: B\n    records:\n      - titel: C\n"},
                "data/lists/a.yml:5:9: error: "
                "`sections item 1.records item 1.titel`: no such field [unknown-field]\n"
                "    hint: did you mean `title`?",
                id="a record in a list",
            ),
        ],
    )
    def test_problems(self, make_project: MakeProject, files: dict[str, Any], expected: str) -> None:
        """What is wrong with a file's name or a vocabulary is told too."""
        assert [str(problem) for problem in make_project(files).problems] == [expected]

    def test_the_rest_goes_on(self, make_project: MakeProject) -> None:
        """One run tells what is wrong with all files, in their order, and reads the good ones."""
        project = make_project(
            {
                "entries/b2020a.yml": "title: A\nyear: x\nautors: y\n",
                "entries/c2020a.yml": "title: A: B\n",
                "entries/good2020.yml": "title: A\n",
                "tags.yml": "- id: a\n",
            }
        )

        assert [str(problem.location) for problem in project.problems] == [
            "data/entries/b2020a.yml:2:7",
            "data/entries/b2020a.yml:3:1",
            "data/entries/c2020a.yml:1:9",
            "data/tags.yml:1:3",
        ]
        assert "good2020" in project.bibliography.entries
        assert len(project.errors) == 4

    def test_links_are_not_followed(self, make_project: MakeProject, tmp_path: Path) -> None:
        """A link in the folder could bring in any file of the machine that builds."""
        secret = tmp_path / "secret"
        secret.write_text("title: Secret\n")
        (tmp_path / "data" / "entries").mkdir(parents=True)
        (tmp_path / "data" / "entries" / "a2020.yml").symlink_to(secret)
        project = make_project({})

        assert [problem.code for problem in project.problems] == ["stray-file"]
        assert not project.bibliography.entries

    def test_hidden_files(self, make_project: MakeProject) -> None:
        """What an editor or an interrupted write leaves is passed over."""
        assert make_project({"entries/.a.yml.swp": "x", "entries/.git/x.yml": "y"}).problems == ()


class TestPlaces:
    """Project: where things stand."""

    def test_entry(self, toy: Project) -> None:
        """Fields of entries, and their names."""
        path = "data/entries/adams2021flows.yml"

        assert toy.locate_entry("adams2021flows", "year") == Location(path, 5, 7)
        assert toy.locate_entry("adams2021flows", "relations", "extends", 0) == Location(path, 11, 13)
        assert toy.locate_entry("adams2021flows", "year", name=True) == Location(path, 5, 1)

    def test_term(self, toy: Project) -> None:
        """Topics, tags and venues by their ids."""
        assert toy.locate_term("topics", "graphs", "parent") == Location("data/topics.yml", 7, 11)

    def test_term_beside_nonsense(self, make_project: MakeProject) -> None:
        """An item that is no set of fields does not hide the others."""
        project = make_project({"tags.yml": "- nonsense\n- id: a\n  name: A\n"})

        assert project.locate_term("tags", "a") == Location("data/tags.yml", 2, 3)

    def test_record(self, toy: Project) -> None:
        """Records by identity, however deep their section."""
        records = [record for _, record in toy.bibliography.lists["awesome-toys"].records()]

        assert toy.locate_record("awesome-toys", records[2]) == Location(
            "data/lists/awesome-toys.yml", 18, 13
        )
        assert toy.record_steps(records[2]) == ("sections", 0, "sections", 0, "records", 1)

    def test_text_is_what_the_file_holds(self, make_project: MakeProject) -> None:
        """Line ends and byte order mark included, so that writing back changes nothing."""
        text = "\ufefftitle: A\r\nyear: 2018\r\n"
        project = make_project({"entries/a2018.yml": text})

        assert project.file("data/entries/a2018.yml").text == text


class TestValidate:
    """validate: from plain values to models."""

    @given(strategies.entries)
    def test_entry_round_trip(self, data: dict[str, Any]) -> None:
        """An entry written as its model's YAML is the same entry."""
        entry = read_entry(writer.emit(data))
        dumped = entry.model_dump(mode="json", exclude_defaults=True)

        assert read_entry(writer.emit(dumped)) == entry

    @given(strategies.mappings)
    def test_never_raises(self, data: dict[str, Any]) -> None:
        """Any data become an entry or problems with messages."""
        file = reader.read("x.yml", writer.emit({"title": "A", **data}))
        entry, problems = validation.validate(Entry, file, key="a")

        assert (entry is None) == bool(problems)
        for problem in problems:
            assert problem.message
            assert "pydantic" not in problem.message
            assert "Input should" not in problem.message


def read_entry(text: str) -> Entry:
    """The entry that a text is."""
    file = reader.read("x.yml", text)
    entry, problems = validation.validate(Entry, file, key="a2020")
    assert problems == []
    assert entry is not None
    return entry


class TestReadCache:
    """ReadCache: what was read before need not be read again."""

    @given(strategies.entries)
    def test_thaw_undoes_freeze(self, data: dict[str, Any]) -> None:
        """An entry from the cache is equal to the one that was read, to the last type."""
        entry = read_entry(writer.emit(data))
        fields = {name: value for name, value in cache.freeze(entry).items() if name != "key"}
        thawed = cache.thaw(Entry, fields, {"key": "a2020"})

        assert thawed == entry
        assert repr(thawed) == repr(entry)
        assert thawed.model_fields_set == entry.model_fields_set

    def test_every_field(self, toy: Project, tmp_path: Path) -> None:
        """So it is for an entry that has all fields, through the file."""
        entry = toy.bibliography.entries["everything2021paper"]
        known = ReadCache(tmp_path, Entry)
        known.keep(b"content", entry, {"key": entry.key})
        known.save()

        assert ReadCache(tmp_path, Entry).find(b"content", {"key": entry.key}) == entry
        assert ReadCache(tmp_path, Entry).find(b"other", {"key": entry.key}) is None

    @pytest.fixture(name="cached", autouse=True)
    def _cached(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store, "CACHED_FROM", 1)

    def test_follows_every_edit(self, make_project: MakeProject, tmp_path: Path) -> None:
        """An edit that keeps size and time of the file is seen, and so is a renamed file."""
        first = make_project({"entries/a2020.yml": "title: A\nyear: 2018\n"})
        path = tmp_path / "data" / "entries" / "a2020.yml"
        times = path.stat().st_atime_ns, path.stat().st_mtime_ns
        path.write_text("title: A\nyear: 2019\n")
        os.utime(path, ns=times)
        second = store.load(tmp_path)
        path.rename(path.with_name("b2020.yml"))
        third = store.load(tmp_path)

        assert first.bibliography.entries["a2020"].year == 2018
        assert second.bibliography.entries["a2020"].year == 2019
        assert third.bibliography.entries["b2020"].key == "b2020"

    def test_second_run(self, make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is unchanged is not parsed again, and is the same."""
        files = {
            "entries/a2020.yml": "title: A\n",
            "entries/b2020.yml": "title: B\nlinks: {pdf: https://a.org}\n",
        }
        first = make_project(files)
        monkeypatch.setattr(reader, "read", lambda *_: pytest.fail("was parsed again"))
        second = make_project({})

        assert second.bibliography.entries == first.bibliography.entries

    def test_problems_are_told_again(self, make_project: MakeProject) -> None:
        """A file with a warning or an error is never taken from the cache."""
        files = {"entries/a2020.yml": "title: A #1\n", "entries/b2020.yml": "title: B\nyear: x\n"}

        assert make_project(files).problems == make_project({}).problems != ()

    @pytest.mark.parametrize("spoil", ["garbage", "empty", "other program", "other machine", "wrong rows"])
    def test_spoilt(
        self, make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: str
    ) -> None:
        """A cache that is broken, or was not written here by this program, is made anew."""
        first = make_project({"entries/a2020.yml": "title: A\n"})
        path = tmp_path / ".cache" / "odebib" / "read-entry.sqlite"
        if spoil == "garbage":
            path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
        elif spoil == "empty":
            path.write_bytes(b"")
        elif spoil == "other program":
            monkeypatch.setattr(cache, "program", lambda: "another version")
        elif spoil == "other machine":
            copy = path.with_name("copy")
            copy.write_bytes(path.read_bytes())
            copy.rename(path)
        else:
            with sqlite3.connect(path) as database:
                database.execute("UPDATE seen SET dump = '{\"authors\": 3}'")
            database.close()
        second = store.load(tmp_path)

        assert second.problems == ()
        assert second.bibliography.entries == first.bibliography.entries

    def test_cannot_be_written(self, make_project: MakeProject, tmp_path: Path) -> None:
        """A project that nothing can be written to is read all the same."""
        (tmp_path / ".cache").write_text("in the way")

        assert list(make_project({"entries/a2020.yml": "title: A\n"}).bibliography.entries) == ["a2020"]

    def test_small_projects_have_none(
        self, make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A few files are read so fast that nothing need be left behind."""
        monkeypatch.undo()
        make_project({"entries/a2020.yml": "title: A\n"})

        assert not (tmp_path / ".cache").exists()


def test_thousands_of_problems(make_project: MakeProject) -> None:
    """A file that is wrong throughout is told in short, and at once."""
    project = make_project({"entries/a2020.yml": "title: A\n" + "".join(f"x{n}: y\n" for n in range(5000))})

    assert len(project.problems) == validation.MANY + 1
    assert project.problems[0].message == "and 4800 more problems of this kind"

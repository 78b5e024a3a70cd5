"""The project's files: ``data/`` read into a bibliography, with the place of everything.

Reading never judges what the data mean together (that is :mod:`odebib.checks`);
it tells what cannot be read or does not fit the models, all of it in one run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from odebib import citekeys, yamlfile
from odebib.bibliography import Bibliography, Vocabulary
from odebib.errors import Location, Problem, UsageError
from odebib.model import (
    RE_ID,
    Author,
    Decision,
    Entry,
    Model,
    ReadingPath,
    SourceList,
    Tag,
    Topic,
    Venue,
    Words,
)
from odebib.validation import validate
from odebib.yamlfile import YamlFile

DATA = "data"
"""The folder of a project that holds everything people edit."""

ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True)
class Project:
    """A folder with ``data/`` in it, read: the bibliography, what is wrong, and where things stand."""

    root: Path
    bibliography: Bibliography
    problems: tuple[Problem, ...]
    entry_paths: Mapping[str, str]
    """The file of each entry, relative to the root, with ``/``."""
    list_paths: Mapping[str, str]
    reading_path_paths: Mapping[str, str]
    _files: dict[str, YamlFile] = field(default_factory=dict, repr=False)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def file(self, path: str) -> YamlFile:
        """The file at a path of this project, read again for the places in it."""
        if path not in self._files:
            self._files[path] = yamlfile.read(path, (self.root / path).read_text(encoding="utf-8"))
        return self._files[path]

    def locate_entry(self, key: str, *where: str | int, name: bool = False) -> Location:
        """The place of a field of an entry, or of its name; of the whole entry where it has none."""
        return self.file(self.entry_paths[key]).locate(where, key=name)

    def locate_term(self, file: str, identifier: str, *where: str | int) -> Location:
        """The place of a topic, tag, venue or author in its file."""
        path = f"{DATA}/{file}.yml"
        terms = self.file(path).data or []
        index = next((i for i, term in enumerate(terms) if term.get("id") == identifier), 0)
        return self.file(path).locate((index, *where))

    def locate_record(self, list_id: str, wanted: object, *where: str | int) -> Location:
        """The place of a record of a source list, found by identity."""
        return self.file(self.list_paths[list_id]).locate((*self.record_steps(wanted), *where))

    def record_steps(self, record: object) -> tuple[str | int, ...]:
        """Where a record stands in its list's file, found by identity."""
        return self._record_steps[id(record)]

    @cached_property
    def _record_steps(self) -> Mapping[int, tuple[str | int, ...]]:
        found: dict[int, tuple[str | int, ...]] = {}
        for source in self.bibliography.lists.values():
            for steps, section in _sections(source.sections, ()):
                for number, record in enumerate(section.records):
                    found[id(record)] = (*steps, "records", number)
        return found


def _sections(
    sections: Sequence[Any], above: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    for number, section in enumerate(sections):
        steps = (*above, "sections", number)
        yield steps, section
        yield from _sections(section.sections, steps)


def load(root: Path) -> Project:
    """Read the project in ``root``.

    Raises:
        UsageError: there is no ``data/`` folder.
    """
    data = root / DATA
    if not data.is_dir():
        raise UsageError(
            f"there is no {DATA}/ folder in {root}",
            "go to a project's folder, name it with --root, or make one with `odebib init DIR`",
        )
    reader = _Reader(root)
    entries = reader.folder("entries", Entry, "key")
    lists = reader.folder("lists", SourceList, "id")
    paths = reader.folder("paths", ReadingPath, "id")
    bibliography = Bibliography(
        entries={key: entries[key] for key in sorted(entries)},
        lists={key: lists[key] for key in sorted(lists)},
        topics=Vocabulary(reader.terms("topics", Topic)),
        tags=Vocabulary(reader.terms("tags", Tag)),
        venues=Vocabulary(reader.terms("venues", Venue)),
        words=reader.single("words", Words) or Words(),
        authors=tuple(reader.terms("authors", Author)),
        decisions=tuple(reader.terms("decisions", Decision)),
        paths={key: paths[key] for key in sorted(paths)},
    )
    problems = sorted(reader.problems, key=lambda problem: problem.location)
    return Project(
        root,
        bibliography,
        tuple(problems),
        reader.paths["entries"],
        reader.paths["lists"],
        reader.paths["paths"],
        reader.files,
    )


class _Reader:
    """Reads the files of a project one by one and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.paths: dict[str, dict[str, str]] = {}
        self.files: dict[str, YamlFile] = {}

    def folder(self, name: str, model: type[ModelT], id_field: str) -> dict[str, ModelT]:
        """Every file of a folder as a model, by its stem."""
        found: dict[str, ModelT] = {}
        paths: dict[str, str] = {}
        for path in self._yaml_files(name):
            stem = path.rsplit("/", 1)[-1].removesuffix(".yml")
            if stem in paths:
                self._problem(path, "duplicate-key", f"`{stem}` is also {paths[stem]}", "rename one of them")
                continue
            paths[stem] = path
            self._check_stem(path, stem, id_field)
            file = self._read(path)
            if file is None or (file.data is None and file.problems):
                continue
            value, problems = validate(model, file, (), **{id_field: stem})
            self.problems += problems
            if value is not None:
                found[stem] = value
        self.paths[name] = paths
        return found

    def terms(self, name: str, model: type[ModelT]) -> list[ModelT]:
        """The items of a file that holds a list; none if there is no such file."""
        file = self._read_if_there(name)
        if file is None or file.data in (None, ""):
            return []
        if not isinstance(file.data, list):
            self.problems.append(
                Problem(file.locate(), "bad-value", "must be a list", "start every item with `- id: …`")
            )
            return []
        found = []
        seen: set[str] = set()
        for number in range(len(file.data)):
            value, problems = validate(model, file, (number,))
            self.problems += problems
            identifier = getattr(value, "id", None)
            if identifier in seen:
                place = file.locate((number, "id"))
                self.problems.append(
                    Problem(place, "duplicate-id", f"`{identifier}` is there already", "unite the two")
                )
            elif value is not None:
                found.append(value)
            if identifier:
                seen.add(identifier)
        return found

    def single(self, name: str, model: type[ModelT]) -> ModelT | None:
        """A file that holds one thing; None if there is no such file."""
        file = self._read_if_there(name)
        if file is None or file.data in (None, ""):
            return None
        value, problems = validate(model, file)
        self.problems += problems
        return value

    def _read_if_there(self, name: str) -> YamlFile | None:
        path = f"{DATA}/{name}.yml"
        return self._read(path, keep=True) if (self.root / path).is_file() else None

    def _read(self, path: str, *, keep: bool = False) -> YamlFile | None:
        try:
            text = (self.root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            self._problem(path, "encoding", f"is not UTF-8 (byte {error.start})", "save it as UTF-8")
            return None
        except OSError as error:
            self._problem(path, "unreadable", f"cannot be read: {error.strerror}")
            return None
        file = yamlfile.read(path, text)
        self.problems += file.problems
        if keep:
            self.files[path] = file
        return file

    def _yaml_files(self, name: str) -> list[str]:
        """The YAML files of a folder and its subfolders, as paths relative to the root, sorted."""
        found: list[str] = []
        top = self.root / DATA / name
        for folder, subfolders, files in os.walk(top):
            subfolders[:] = sorted(sub for sub in subfolders if not sub.startswith("."))
            relative = Path(folder).relative_to(self.root).as_posix()
            for file in sorted(files):
                path = f"{relative}/{file}"
                if file.startswith("."):
                    continue
                if file.endswith(".yml"):
                    found.append(path)
                else:
                    ending = file.rsplit(".", 1)[-1]
                    hint = "rename it to end in .yml" if ending == "yaml" else "move it elsewhere"
                    self._problem(path, "stray-file", "is not a .yml file, so nobody reads it", hint)
        return sorted(found)

    def _check_stem(self, path: str, stem: str, id_field: str) -> None:
        legal = citekeys.is_legal(stem) if id_field == "key" else bool(RE_ID.fullmatch(stem))
        if not legal:
            what = "citation key" if id_field == "key" else "id"
            letters = "lower-case letters and digits" + ("" if id_field == "key" else " and hyphens")
            self._problem(path, "bad-key", f"`{stem}` is no {what}", f"name the file with {letters} only")

    def _problem(self, path: str, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(Location(path), code, message, hint))

"""The project's files: ``data/`` read into a bibliography, with the place of everything.

Reading never judges what the data mean together (that is :mod:`odebib.checks`);
it tells what cannot be read or does not fit the models, all of it in one run.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from odebib.errors import Location, Problem, UsageError
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry
from odebib.model.record import SourceList
from odebib.model.values import RE_ID, Model
from odebib.model.vocabulary import Author, Decision, ReadingPath, Tag, Topic, Venue, Words
from odebib.project.cache import ReadCache
from odebib.project.validation import validate
from odebib.text import citekeys
from odebib.yamlio import reader
from odebib.yamlio.reader import YamlFile

DATA = "data"
"""The folder of a project that holds everything people edit."""

PROGRAMS_FILES = (".#", "._", ".~", ".odebib-")
"""How files begin that editors, file systems and this program put beside others for a while."""

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
            self._files[path] = reader.read(path, (self.root / path).read_bytes().decode())
        return self._files[path]

    def locate_entry(self, key: str, *where: str | int, name: bool = False) -> Location:
        """The place of a field of an entry, or of its name; of the whole entry where it has none."""
        return self.file(self.entry_paths[key]).locate(where, key=name)

    def locate_term(self, file: str, identifier: str, *where: str | int) -> Location:
        """The place of a topic, tag, venue or author in its file."""
        path = f"{DATA}/{file}.yml"
        terms = self.file(path).data or []
        ids = [term.get("id") if isinstance(term, dict) else None for term in terms]
        index = ids.index(identifier) if identifier in ids else 0
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
    reading = _Reader(root)
    with _without_garbage_collection():
        entries = reading.folder("entries", Entry, "key")
        lists = reading.folder("lists", SourceList, "id")
        paths = reading.folder("paths", ReadingPath, "id")
    bibliography = Bibliography(
        entries={key: entries[key] for key in sorted(entries)},
        lists={key: lists[key] for key in sorted(lists)},
        topics=Vocabulary(reading.terms("topics", Topic)),
        tags=Vocabulary(reading.terms("tags", Tag)),
        venues=Vocabulary(reading.terms("venues", Venue)),
        words=reading.single("words", Words) or Words(),
        authors=tuple(reading.terms("authors", Author)),
        decisions=tuple(reading.terms("decisions", Decision)),
        paths={key: paths[key] for key in sorted(paths)},
    )
    problems = sorted(reading.problems, key=lambda problem: problem.location)
    return Project(
        root,
        bibliography,
        tuple(problems),
        reading.paths["entries"],
        reading.paths["lists"],
        reading.paths["paths"],
        reading.files,
    )


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Reading makes millions of objects that stay; looking for circles among them would double its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.enable()


CACHED_FROM = 500
"""So many files make it worth while to remember what they became; fewer are read in a tenth of a second."""


class _Reader:
    """Reads the files of a project one by one and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.paths: dict[str, dict[str, str]] = {}
        self.files: dict[str, YamlFile] = {}

    def folder(self, name: str, model: type[ModelT], id_field: str) -> dict[str, ModelT]:
        """Every file of a folder as a model, by its stem."""
        paths: dict[str, str] = {}
        for path in self._yaml_files(name):
            stem = path.rsplit("/", 1)[-1].removesuffix(".yml")
            if stem in paths:
                self._problem(path, "duplicate-key", f"`{stem}` is also {paths[stem]}", "rename one of them")
                continue
            paths[stem] = path
            self._check_stem(path, stem, id_field)
        self.paths[name] = paths
        cache = ReadCache(self.root, model) if len(paths) >= CACHED_FROM else None
        values = {stem: self._model(path, model, {id_field: stem}, cache) for stem, path in paths.items()}
        if cache:
            cache.save()
        return {stem: value for stem, value in values.items() if value is not None}

    def _model(
        self, path: str, model: type[ModelT], given: dict[str, str], cache: ReadCache | None
    ) -> ModelT | None:
        """One file as a model, from the cache if its content was there before; None if it does not fit."""
        content = self._content(path)
        if content is None:
            return None
        known: ModelT | None = cache.find(content, given) if cache else None
        if known is not None:
            return known
        file = self._file(path, content)
        if file is None or (file.data is None and file.problems):
            return None
        value, problems = validate(model, file, (), **given)
        self.problems += problems
        if cache and value is not None and not file.problems:
            cache.keep(content, value, given)
        return value

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
        if not (self.root / path).is_file():
            return None
        content = self._content(path)
        file = self._file(path, content) if content is not None else None
        if file is not None:
            self.files[path] = file
        return file

    def _content(self, path: str) -> bytes | None:
        try:
            with open(f"{self.root}/{path}", "rb", buffering=0) as stream:  # noqa: PTH123 (ten times as fast)
                return stream.read()
        except OSError as error:
            self._problem(path, "unreadable", f"cannot be read: {error.strerror}")
            return None

    def _file(self, path: str, content: bytes) -> YamlFile | None:
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            place = Location(path, content.count(b"\n", 0, error.start) + 1)
            message = f"is not UTF-8 (byte {error.start})"
            self.problems.append(Problem(place, "encoding", message, "save it as UTF-8"))
            return None
        file = reader.read(path, text)
        self.problems += file.problems
        return file

    def _yaml_files(self, name: str) -> list[str]:
        """The YAML files of a folder and its subfolders, as paths relative to the root, sorted."""
        found: list[str] = []
        folders = [f"{DATA}/{name}"]
        for folder in folders:
            try:
                items = list(os.scandir(self.root / folder))
            except OSError:
                continue
            for item in items:
                path = f"{folder}/{item.name}"
                if item.name.startswith("."):
                    if item.name.endswith(".yml") and not item.name.startswith(PROGRAMS_FILES):
                        self._problem(
                            path, "stray-file", "begins with a dot, so nobody reads it", "rename it"
                        )
                    continue
                if item.is_dir(follow_symlinks=False):
                    folders.append(path)
                elif self._is_ours(item, path):
                    found.append(path)
        return sorted(found)

    def _is_ours(self, item: os.DirEntry[str], path: str) -> bool:
        """Whether a file is one to read; what else lies in the folder is told."""
        if not item.name.endswith(".yml"):
            hint = "rename it to end in .yml" if item.name.endswith(".yaml") else "move it elsewhere"
            self._problem(path, "stray-file", "is not a .yml file, so nobody reads it", hint)
            return False
        if item.is_file(follow_symlinks=False):
            return True
        hint = "put the file itself here"
        self._problem(path, "stray-file", "is a link or no file at all, so nobody reads it", hint)
        return False

    def _check_stem(self, path: str, stem: str, id_field: str) -> None:
        legal = citekeys.is_legal(stem) if id_field == "key" else bool(RE_ID.fullmatch(stem))
        if reason := citekeys.why_unusable(stem):
            self._problem(path, "bad-key", f"`{stem[:60]}` {reason}", "give the file another name")
        elif not legal:
            what = "citation key" if id_field == "key" else "id"
            letters = "lower-case letters and digits" + ("" if id_field == "key" else " and hyphens")
            self._problem(path, "bad-key", f"`{stem}` is no {what}", f"name the file with {letters} only")

    def _problem(self, path: str, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(Location(path), code, message, hint))

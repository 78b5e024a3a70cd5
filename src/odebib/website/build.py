"""The build: every file of the website, and the folder they stand in.

From nothing the site is built beside its folder and moved there in one step.
An existing one is brought up to date file by file, each replaced in one step,
so that whoever reads it sees old or new pages but never half of one; what is
no longer part of the site is deleted. An interrupted build is completed by the next.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from odebib.errors import UsageError
from odebib.model.bibliography import Bibliography
from odebib.project import ledger
from odebib.project.ledger import Published
from odebib.project.templates import layered, template_folders
from odebib.website import exports, frames, render, searching, views
from odebib.website.machine import Place
from odebib.website.pages import KINDS
from odebib.website.words import WordIndex, WordsUnavailableError, word_index

MARKER = ".odebib"
"""The file that says that a folder is odebib's to replace."""
MARKER_TEXT = b"This folder was made by `odebib build`, which replaces all that is in it.\n"
OWN_FILES = frozenset((MARKER, ".nojekyll"))
"""Files that are no part of any page; the second keeps GitHub from passing the site through Jekyll."""
KEPT = ".gitignore"
"""The one file that builds leave as it is."""

RE_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,199}")
"""What may be a part of an address: nothing that leads elsewhere, and no file system refuses."""


@dataclass
class Built:
    """What a build did."""

    pages: int = 0
    files: int = 0
    written: int = 0
    """Files that were new or had changed."""
    removed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each phase took: frames, pages, data, writing, …"""
    notes: list[str] = field(default_factory=list)
    """What the site has to do without, and why."""


def build(
    bibliography: Bibliography,
    root: Path,
    site: Path,
    engine: str = "mkdocs",
    entry_paths: Mapping[str, str] | None = None,
) -> Built:
    """Write the website of a bibliography into the folder ``site``.

    ``root`` is the project: its ``mkdocs.yml``, its ``templates/`` and its ledger of
    published addresses count, and its ``.cache/`` is written to. ``entry_paths`` are
    the files of the entries, for links to edit them. Raises :class:`UsageError`, with
    nothing touched, when ``site`` holds what odebib did not make.
    """
    built, started = Built(), time.perf_counter()
    folder = SiteFolder(site)
    config = frames.read_config(root)
    folders = template_folders(root)
    overrides = layered(folders, "overrides")
    footer = [(kind.footer, kind.address) for kind in KINDS if kind.footer]
    drawn = frames.draw(config, overrides, root / ".cache" / "odebib", engine, footer)
    built.seconds["frames"] = time.perf_counter() - started

    renderer = render.Renderer(bibliography, config, drawn, folders, KINDS, entry_paths)
    words_started = time.perf_counter()
    search = searching.Searching(bibliography, renderer.view, renderer.result_card, renderer.reference)
    try:
        words = words_of(search, config.language, root / ".cache" / "odebib")
    except WordsUnavailableError as error:
        words = None
        built.notes.append(f"search finds words of titles and authors only: {error}")
    built.seconds["words"] = time.perf_counter() - words_started
    with folder, _collecting_rarely():
        for path, content in _timed(
            chain(site_files(renderer, built, ledger.read(root)), search.files(words)), built
        ):
            folder.write(path, content)
    built.files, built.written, built.removed = folder.files, folder.written, folder.removed
    built.seconds["total"] = time.perf_counter() - started
    phases = built.seconds["frames"] + built.seconds["words"] + built.seconds["rendering"]
    built.seconds["writing"] = built.seconds["total"] - phases
    return built


def words_of(search: searching.Searching, language: str, cache: Path) -> WordIndex | None:
    """The index of words; none of a bibliography without entries.

    Raises:
        WordsUnavailableError: Pagefind is missing or failed.
    """
    return word_index(search.lean, language, cache) if search.rows else None


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Look for unreachable cycles rarely: a build makes few, and looking costs a fifth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _timed(files: Iterator[tuple[str, bytes]], built: Built) -> Iterator[tuple[str, bytes]]:
    """The files, with the time that making them took added up under "rendering"."""
    spent = 0.0
    while True:
        started = time.perf_counter()
        file = next(files, None)
        spent += time.perf_counter() - started
        if file is None:
            built.seconds["rendering"] = spent
            return
        yield file


def site_files(
    renderer: render.Renderer, built: Built, published: Iterable[Published] = ()
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site as (path, content); pages are counted in ``built``."""
    places: list[Place] = []
    taken: set[str] = set()
    for page in renderer.pages():
        places.append(Place(page.address, page.changed))
        taken.add(page.address.strip("/").casefold())
        yield page.path, renderer.framed(page)
    yield from exports.files(renderer, places)
    yield "404.html", renderer.not_found()
    built.pages = len(places) + 1
    for old, new in views.forwards(renderer.bibliography):
        if _can_forward(old, new, taken):
            taken.add(old.casefold())
            built.pages += 1
            yield f"{old}/index.html", renderer.forward(old, new)
            yield from exports.forwarded(renderer, old, new)
    for address, reason in _lost(published, taken):
        built.pages += 1
        page = renderer.withdrawn(address, reason)
        yield page.path, renderer.framed(page)
    yield ".nojekyll", b""


def _lost(published: Iterable[Published], taken: set[str]) -> Iterator[tuple[str, str]]:
    """Addresses that were published and lead nowhere any more, each with the reason why, if one is given."""
    for line in published:
        parts = line.address.split("/")
        legal = len(parts) == 2 and all(map(RE_SEGMENT.fullmatch, parts))
        if legal and line.address.casefold() not in taken:
            taken.add(line.address.casefold())
            yield line.address, line.gone or ""


def _can_forward(old: str, new: str, taken: set[str]) -> bool:
    """Whether a former address is free, legal, and leads to a page."""
    name = old.split("/", 1)[1]
    return bool(RE_SEGMENT.fullmatch(name)) and old.casefold() not in taken and new.casefold() in taken


class SiteFolder:
    """The folder of the site while a build writes to it."""

    def __init__(self, site: Path) -> None:
        if not (Path.cwd() / site).name:
            raise UsageError(f"{site} cannot be the folder of a website", "name a folder with --site")
        self.site = Path.cwd() / site  # not resolved: a link named as the site is refused
        self.staged = self.site.with_name(f".{self.site.name}.odebib-new")
        self.files = self.written = self.removed = 0
        self._require_ours(self.site)
        self._require_ours(self.staged)
        self.target = self.site if (self.site / MARKER).is_file() else self.staged
        self._prefix = f"{self.target}/"
        self._old: set[str] = set()
        """Files found there that this build has not written yet."""
        self._folders: set[str] = set()
        """Folders that exist."""
        self._used: set[str] = set()
        """Folders that hold files of this build."""

    @staticmethod
    def _require_ours(folder: Path) -> None:
        """Refuse a folder that holds anything odebib did not make."""
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise UsageError(f"{folder} is no folder", "name a folder that is empty or does not exist")
        if not folder.is_dir() or (folder / MARKER).is_file():
            return
        strangers = sorted(path.name for path in folder.iterdir() if path.name != KEPT)
        if strangers:
            raise UsageError(
                f"{folder} holds what odebib did not make ({strangers[0]})",
                "name another folder with --site, or empty this one",
            )

    def __enter__(self) -> SiteFolder:
        try:
            self.target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{self.target} cannot be written: {error.strerror}") from error
        self._old = set(self._scan("")) - {KEPT}
        self.write(MARKER, MARKER_TEXT)
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if failure is None:
            self._remove_old()
            self._move_into_place()

    def _scan(self, below: str) -> Iterator[str]:
        """The files there are; links and the like, which no build made, go at once."""
        with os.scandir(self.target / below) as found:
            items = list(found)
        for item in items:
            if item.is_dir(follow_symlinks=False):
                self._folders.add(f"{below}{item.name}")
                yield from self._scan(f"{below}{item.name}/")
            elif item.is_file(follow_symlinks=False):
                yield f"{below}{item.name}"
            else:
                Path(item.path).unlink()

    def write(self, path: str, content: bytes) -> None:
        """Write a file, unless it is there with the same content already."""
        if path not in OWN_FILES and not all(map(RE_SEGMENT.fullmatch, path.split("/"))):
            raise UsageError(f"`{path}` cannot be an address of the site")
        self.files += 1
        place = f"{self._prefix}{path}"
        self._use_folder(path.rpartition("/")[0])
        if path in self._old:
            self._old.discard(path)
            if Path(place).read_bytes() == content:
                return
        elif path in self._folders:  # what is a file now was a folder before
            self._remove_folder(path)
        if self.target == self.staged:
            _write(place, content)
        else:
            _replace(place, content)
        self.written += 1

    def _use_folder(self, name: str) -> None:
        """Make sure that a folder and those above it exist."""
        if not name or name in self._used:
            return
        self._use_folder(name.rpartition("/")[0])
        self._used.add(name)
        if name in self._old:  # what is a folder now was a file before
            self._old.discard(name)
            (self.target / name).unlink()
        if name not in self._folders:
            os.mkdir(f"{self._prefix}{name}")  # noqa: PTH102  once a page: a Path would cost as much again
            self._folders.add(name)

    def _remove_folder(self, name: str) -> None:
        shutil.rmtree(self.target / name)
        below = name + "/"
        self._old = {path for path in self._old if not path.startswith(below)}
        self._folders = {folder for folder in self._folders if not f"{folder}/".startswith(below)}

    def _remove_old(self) -> None:
        """Delete files that this build did not write, and folders that hold none of it."""
        for path in self._old:
            (self.target / path).unlink(missing_ok=True)
            self.removed += 1
        for folder in sorted(self._folders - self._used, reverse=True):
            (self.target / folder).rmdir()

    def _move_into_place(self) -> None:
        """Put a site that was built beside where it belongs; its ``.gitignore`` comes along."""
        if self.target == self.site:
            return
        if (self.site / KEPT).is_file():
            shutil.copyfile(self.site / KEPT, self.staged / KEPT)
            (self.site / KEPT).unlink()
        if self.site.is_dir():
            self.site.rmdir()
        self.staged.rename(self.site)


def _replace(place: str, content: bytes) -> None:
    """Write a file beside and move it in place, so that it is never seen half written."""
    beside = place + "~"
    _write(beside, content)
    Path(beside).replace(place)


def _write(place: str, content: bytes) -> None:
    """Write a file with no more system calls than it takes; there is one for every page."""
    file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        while content:
            content = content[os.write(file, content) :]
    finally:
        os.close(file)

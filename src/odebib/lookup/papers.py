"""Reading a paper: its .tex, .aux, .bcf and .bib files, and those that they name.

What a text says is told by :mod:`odebib.lookup.tex`; here it is followed from file to file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from odebib.errors import UsageError
from odebib.lookup import tex
from odebib.sources.bibtex import reader as bibtex
from odebib.text import bib, identifiers

EVERYTHING = "*"
r"""``\nocite{*}``: all entries there are."""

MOST_FILES = 2000
"""A paper has fewer files; more are a circle that links make."""

TEXT_ENDINGS = frozenset({".tex", ".ltx", ".sty", ".cls", ".tikz", ".bbl", ""})
"""Files that may cite; pictures and the like are not opened."""

RE_AUX = re.compile(
    r"^\\(?:(citation)|(abx@aux@cite)(?:\{\d+\})?|(bibdata)|(@input)|(bibcite))\{([^{}\n]{1,20000})\}",
    re.MULTILINE,
)


@dataclass
class Citations:
    """What files cite, in their order."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    """Every key that is cited, with the identifiers that a .bib file gives for it."""
    own: set[str] = field(default_factory=set)
    """Keys that the author's own files define."""
    needed: dict[str, list[str]] = field(default_factory=dict)
    """Of entry sets of the author's: their members."""
    unread: list[str] = field(default_factory=list)
    """Files that are named but not there; what they cite is not known."""

    @property
    def everything(self) -> bool:
        """Whether all entries are asked for."""
        return EVERYTHING in self.names

    def cite(self, keys: Iterable[str]) -> None:
        """Add keys; an entry set of the author's cites its members."""
        for key in keys:
            if not tex.CONTROL.fullmatch(key):
                self.names.setdefault(key, {})

    def define(self, text: str) -> None:
        """Add what a .bib file of the author's defines."""
        own, needed = defined_in(text)
        self.own |= own
        self.needed |= needed

    def settle(self) -> None:
        """Put the members of the sets that are cited behind what is cited."""
        for key in [key for key in self.names if key in self.needed]:
            self.cite(self.needed[key])


def read(paths: Sequence[Path], own: Sequence[Path] = (), *, written_by_us: str = "") -> Citations:
    """What the files at ``paths`` cite; ``own`` are further .bib files of the author's.

    A .bib file that begins with ``written_by_us`` is no source of its own: it
    holds what was cited last time.

    Raises:
        UsageError: a file is not there, or is of no kind that cites.
    """
    reader = _Reader(Citations(), written_by_us)
    for path in sorted(paths, key=lambda path: not _is_main(path)):
        reader.read(path)
    for path in own:
        reader.own_bib(path, must_exist=True)
    reader.found.settle()
    return reader.found


class _Reader:
    """Reads files one by one, each once, and gathers what they cite."""

    def __init__(self, found: Citations, written_by_us: str) -> None:
        self.found = found
        self.written_by_us = written_by_us
        self.seen: set[Path] = set()
        self.written: dict[str, str] = {}
        """Files that a .tex writes itself, by name."""

    def read(self, path: Path) -> None:
        """One file that the user named."""
        readers = {
            ".tex": self._tex,
            ".ltx": self._tex,
            ".aux": self._aux,
            ".bcf": self._bcf,
            ".bib": self._bib,
        }
        reader = readers.get(path.suffix.lower())
        if reader is None:
            raise UsageError(f"{path} is no .tex, .aux, .bcf or .bib file")
        reader(path, path.parent)

    def _open(self, path: Path) -> str | None:
        """The text of a file that was not read yet."""
        if path.resolve() in self.seen or len(self.seen) > MOST_FILES:
            return None
        self.seen.add(path.resolve())
        return read_text(path)

    # -- .tex --

    def _tex(self, path: Path, folder: Path) -> None:
        text = self._open(path)
        if text is None:
            return
        meanings = tex.Meanings(jobname=path.stem)
        open_files = [(path.parent, tex.read(text, meanings))]
        while open_files:  # a file that is taken in is read where it is named, before what follows
            beside, events = open_files[-1]
            event = next(events, None)
            if event is None:
                open_files.pop()
            elif event.kind in {"input", "preamble"}:
                taken = self._taken_in(event, beside, folder)
                open_files += [(where, tex.read(inner, meanings)) for where, inner in taken]
            else:
                self._tell(event, beside, folder)

    def _tell(self, event: tex.Event, beside: Path, folder: Path) -> None:
        values = event.values
        if event.kind == "cite":
            self.found.cite(values)
        elif event.kind == "own":
            self.found.own.update(values)
        elif event.kind == "set":
            self.found.own.add(values[0])
            self.found.cite(values[1:])
        elif event.kind == "bib":
            self._own_of(values[0], folder, beside)
        elif event.kind == "file" and values[0].endswith(".bib"):
            self.found.define(values[1])
        elif event.kind == "file":
            self.written[values[0]] = values[1]

    def _taken_in(self, event: tex.Event, beside: Path, folder: Path) -> Iterator[tuple[Path, str]]:
        """The file that a text takes in: looked for where LaTeX runs, then beside the file."""
        where, name = event.values
        for written in (name, f"{name}.tex"):
            if not where and (text := self.written.pop(written, None)) is not None:
                yield beside, text
                return
        folders = [folder / where, beside / where]
        path = _existing(folders, (name, f"{name}.tex"))
        if path is not None and path.suffix.lower() in TEXT_ENDINGS:
            text = self._open(path)
            if text is not None:
                yield (
                    path.parent,
                    text.partition("\\begin{document}")[0] if event.kind == "preamble" else text,
                )
        elif path is None and "." not in name:
            self.found.unread.append(f"{where}{name}.tex")

    # -- .aux and .bcf --

    def _aux(self, path: Path, folder: Path) -> None:
        pending = [path]
        while pending:
            current = pending.pop(0)
            text = self._open(current)
            if text is None:
                continue
            told = RE_AUX.findall(text)
            if not any(bibdata or biblatex for _, biblatex, bibdata, *_ in told):
                self.found.own.update(value for *_, listed, value in told if listed)  # by \bibitem
            pending += self._told(told, folder)
            control = current.with_suffix(".bcf")
            if "\\abx@aux@" in text and control.is_file():
                self._bcf(control, folder)  # only there stand BibLaTeX's .bib files and entry sets

    def _told(self, told: Iterable[tuple[str, ...]], folder: Path) -> Iterator[Path]:
        """Takes what an .aux file tells; the .aux files of chapters that it names."""
        for citation, biblatex, bibdata, chapter, _, value in told:
            if citation or biblatex:
                self.found.cite(key for _, key in tex.keys_of(value))
            elif bibdata:
                for name in value.split(","):
                    self._own_of(name.strip(), folder)
            elif chapter and (folder / value).is_file() and value.endswith(".aux"):
                yield folder / value

    def _bcf(self, path: Path, folder: Path) -> None:
        text = self._open(path)
        if text is None:
            return
        parser = _Bcf()
        try:
            parser.feed(text)
        except (expat.ExpatError, ValueError) as error:
            raise UsageError(
                f"{path} is no .bcf file that can be read: {error}", "run LaTeX again"
            ) from error
        self.found.own.update(parser.sets)
        self.found.cite(parser.keys)
        for name in parser.sources:
            self._own_of(name, folder)

    # -- .bib --

    def _bib(self, path: Path, folder: Path) -> None:
        """A .bib file that the user named: it cites what it holds, under the author's keys."""
        text = self._open(path)
        for found in bibtex.read(text or "", path.stem).records() if text else ():
            record = found[1].record
            given = {
                scheme: value for scheme in identifiers.SCHEMES if (value := getattr(record, scheme, None))
            }
            if record.source_id:
                self.found.names.setdefault(record.source_id, {}).update(given)

    def own_bib(self, path: Path, *, must_exist: bool = False) -> None:
        """A .bib file of the author's: what it defines is not missing."""
        if not must_exist and not path.is_file():
            return  # LaTeX finds it elsewhere, or not at all; that is its business
        text = self._open(path)
        if text and not (self.written_by_us and text.startswith(self.written_by_us)):
            self.found.define(text)

    def _own_of(self, name: str, *folders: Path) -> None:
        if re.search(r"[\\#{}]|://", name):
            return
        names = (name,) if name.endswith(".bib") else (f"{name}.bib", name)
        if path := _existing(folders, names):
            self.own_bib(path)


def read_text(path: Path) -> str:
    """The text of a file of LaTeX's world: UTF-8, or the Latin alphabet of old ones.

    Raises:
        UsageError: there is no such file.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _is_main(path: Path) -> bool:
    """Whether a file begins a paper; the others are read where it takes them in."""
    return path.suffix.lower() in {".tex", ".ltx"} and "\\documentclass" in read_text(path)


def _existing(folders: Iterable[Path], names: Iterable[str]) -> Path | None:
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                return folder / name
    return None


class _Bcf:
    """The keys and data sources of biber's control file; entities are refused."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.sets: list[str] = []
        self.sources: list[str] = []
        self._into: list[str] | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, text: str) -> None:
        """Read the whole file."""
        self._parser.Parse(text.encode(), True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        lists = {"citekey": self.keys, "datasource": self.sources}
        if attributes.get("type") == "set":
            self.keys += [key for _, key in tex.keys_of(attributes.get("members", ""))]
            lists["citekey"] = self.sets
        self._into = lists.get(name.rsplit(" ", 1)[-1])
        if self._into is not None:
            self._into.append("")

    def _text(self, text: str) -> None:
        if self._into is not None:
            self._into[-1] += text

    def _end(self, name: str) -> None:
        self._into = None

    def _refuse(self, *_: object) -> None:
        raise ValueError("it declares entities")


def defined_in(text: str) -> tuple[set[str], dict[str, list[str]]]:
    """The keys that a .bib file defines, further ``ids`` among them, and the keys that its entries need.

    >>> defined_in("@misc{a, ids={b}} @set{s, entryset={a, c}}")
    ({'a', 'b', 's'}, {'s': ['a', 'c']})
    """
    own: set[str] = set()
    needed: dict[str, list[str]] = {}
    for entry in bib.entries(text):
        if not entry.key:
            continue
        names = [entry.key, *(key for _, key in tex.keys_of(entry.fields.get("ids", "")))]
        own.update(names)
        if members := [key for _, key in tex.keys_of(entry.fields.get("entryset", ""))]:
            needed |= dict.fromkeys(names, members)
    return own, needed

"""What a paper cites: the keys in its .tex, .aux, .bcf and .bib files, and the entries they mean.

A .tex file is read as LaTeX reads it, as far as citing goes: comments and
verbatim text are skipped, ``\\input`` and its kin are followed. Nothing is run.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from xml.parsers import expat

from odebib.errors import UsageError, near_misses
from odebib.model.bibliography import Bibliography
from odebib.sources import bibtex
from odebib.text import identifiers

EVERYTHING = "*"
r"""``\nocite{*}``: all entries there are."""

MOST_FILES = 2000
"""A paper has fewer files; more are a circle that links make."""


@dataclass
class Citations:
    """What files cite, in their order."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    """Every key that is cited, with the identifiers that a .bib file gives for it."""
    own: set[str] = field(default_factory=set)
    """Keys that the author's own files define."""
    unread: list[str] = field(default_factory=list)
    """Files that are named but not there; what they cite is not known."""

    @property
    def everything(self) -> bool:
        """Whether all entries are asked for."""
        return EVERYTHING in self.names

    def cite(self, keys: str) -> None:
        """Add the keys of one command, separated by commas."""
        for key in keys.split(","):
            name = " ".join(key.split())
            if name and not re.search(r"[\\#{}]", name):
                self.names.setdefault(name, {})


def read(paths: Sequence[Path], own: Sequence[Path] = (), *, written_by_us: str = "") -> Citations:
    """What the files at ``paths`` cite; ``own`` are further .bib files of the author's.

    A .bib file that begins with ``written_by_us`` is no source of its own: it
    holds what was cited last time.

    Raises:
        UsageError: a file is not there, or is of no kind that cites.
    """
    reader = _Reader(Citations(), written_by_us)
    for path in paths:
        reader.read(path)
    for path in own:
        reader.own_bib(path, must_exist=True)
    return reader.found


class _Reader:
    """Reads files one by one, each once, and gathers what they cite."""

    def __init__(self, found: Citations, written_by_us: str) -> None:
        self.found = found
        self.written_by_us = written_by_us
        self.seen: set[Path] = set()

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
        pending = [path]
        while pending:
            current = pending.pop(0)
            text = self._open(current)
            if text is None:
                continue
            text = self._without_written_files(without_comments(text))
            body = RE_END.split(text)[0]
            for keys in cited_keys(body):
                self.found.cite(keys)
            self.found.own.update(RE_BIBITEM.findall(body))
            for name in _bibliographies(body):
                self._own_of(name, folder)
            pending[:0] = self._inputs(body, current.parent, folder)

    def _inputs(self, text: str, beside: Path, folder: Path) -> list[Path]:
        r"""The files that ``\input`` and its kin name: looked for where LaTeX runs, then beside the file."""
        found = []
        for match in RE_INPUT.finditer(text):
            where, name = (match[2] or "").strip(), (match[3] or match[4] or "").strip().strip('"')
            if not name or re.search(r"[\\#{}]", name + where):
                continue
            path = _existing([folder / where, beside / where], (name, f"{name}.tex"))
            if path is not None and path.suffix.lower() in TEXT_ENDINGS:
                found.append(path)
            elif path is None and "." not in name:
                self.found.unread.append(f"{where}{name}.tex")
        return found

    def _without_written_files(self, text: str) -> str:
        """The text without files that it writes itself; entries of a .bib among them are the author's own."""
        kept, position = [], 0
        while match := RE_FILECONTENTS.search(text, position):
            end = text.find(f"\\end{{{match[1]}}}", match.end())
            end = end if end >= 0 else len(text)
            if match[2].strip().endswith(".bib"):
                self.found.own.update(bib_keys(text[match.end() : end]))
            kept.append(text[position : match.start()])
            position = end
        return "".join([*kept, text[position:]])

    # -- .aux and .bcf --

    def _aux(self, path: Path, folder: Path) -> None:
        pending = [path]
        while pending:
            text = self._open(pending.pop(0))
            if text is None:
                continue
            for keys in RE_AUX_CITATION.findall(text):
                self.found.cite(keys)
            for names in RE_AUX_BIBDATA.findall(text):
                for name in names.split(","):
                    self._own_of(name.strip(), folder)
            chapters = (folder / name for name in RE_AUX_INPUT.findall(text))
            pending += [chapter for chapter in chapters if chapter.is_file()]

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
        for key in parser.keys:
            self.found.cite(key)
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
            self.found.own.update(bib_keys(text))

    def _own_of(self, name: str, folder: Path) -> None:
        path = folder / (name if name.endswith(".bib") else f"{name}.bib")
        if not re.search(r"[\\#{}]|://", name):
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


def _existing(folders: Iterable[Path], names: Iterable[str]) -> Path | None:
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                return folder / name
    return None


# -- LaTeX ---------------------------------------------------------------------------------------

TEXT_ENDINGS = frozenset({".tex", ".ltx", ".sty", ".cls", ".tikz", ".bbl", ""})
"""Files that may cite; pictures and the like are not opened."""
RE_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
RE_VERBATIM = re.compile(
    r"\\begin\s*\{(?P<name>(?:comment|verbatim|Verbatim|BVerbatim|LVerbatim|lstlisting|minted|alltt|rawhtml)\*?)\}"
)
RE_VERB = re.compile(r"\\(?:verb|lstinline)\*?(?:\[[^\]\n]{0,200}\])?([^\sA-Za-z*\[{])")
RE_FILECONTENTS = re.compile(r"\\begin\s*\{(filecontents\*?)\}(?:\[[^\]]{0,200}\])?\s*\{([^{}]{1,200})\}")
RE_FALSE = re.compile(r"\\iffalse(?![A-Za-z])|\\(?:else|fi)(?![A-Za-z])|\\if[A-Za-z@]*")
RE_END = re.compile(r"\\end\s*\{document\}")
RE_BIBITEM = re.compile(r"\\bibitem\s*(?:\[[^\]]{0,400}\])?\s*\{([^{}]{1,200})\}")
RE_BIBLIOGRAPHY = re.compile(
    r"\\(?:bibliography|nobibliography\*?|addbibresource|addglobalbib|addsectionbib)\s*(?:\[[^\]]{0,200}\])?\s*\{([^{}]{1,2000})\}"
)
RE_INPUT = re.compile(
    r"\\(?:(input|include|subfile|subfileinclude|InputIfFileExists|loadglsentries)"
    r"|(?:sub)?(?:import|inputfrom|includefrom)\*?\s*\{([^{}]{1,300})\})"
    r"(?![A-Za-z])\s*(?:\{([^{}]{1,300})\}|([^\s{}\\%]{1,300}))"
)
RE_CITE = re.compile(
    r"\\([A-Za-z@]*[cC]ite[A-Za-z@]*|(?:no|foot)?fullcite|bibentry|(?:foreign|hyphen)?(?:text|block)c(?:quote|q)|"
    r"(?:text|block)cquote)\*?(?=\s*[\[{(<])"
)
NO_CITATIONS = frozenset({
    "citetext", "setcitestyle", "citestyle", "citeindextrue", "citeindexfalse", "citereset", "citeleft",
    "citeright", "citemid", "citepunct", "DeclareCiteCommand", "DeclareMultiCiteCommand", "newcites",
    "citesname", "AtEveryCite", "AtEveryCitekey", "AtNextCite", "AtNextCitekey", "citealias",
    "citetrackertrue", "citetrackerfalse", "DeclareAutoCiteCommand", "citesetup", "citefont",
})  # fmt: skip
"""Commands that look like citing but have no keys in their first argument."""
CLOSING = {"[": "]", "(": ")", "<": ">", "{": "}"}
LONGEST_ARGUMENT = 5000
"""Longer arguments are mistakes: a bracket that is never closed."""


def without_comments(text: str) -> str:
    r"""LaTeX without comments, verbatim text and what stands between ``\iffalse`` and its ``\fi``.

    >>> without_comments("a % \\cite{no}\nb \\% \\cite{yes}")
    'a \nb \\% \\cite{yes}'
    """
    kept, position = [], 0
    while match := RE_VERBATIM.search(text, position):
        line_start = text.rfind("\n", 0, match.start()) + 1
        if RE_COMMENT.search(text[line_start : match.start()]):
            kept.append(text[position : match.end()].replace("\\begin", "", 1))
            position = match.end()
            continue
        end = text.find(f"\\end{{{match['name']}}}", match.end())
        kept.append(text[position : match.start()])
        position = end if end >= 0 else len(text)
    kept.append(text[position:])
    text = RE_COMMENT.sub(r"\1", _without_verb("".join(kept)))
    return _without_false(text) if "\\iffalse" in text else text


def _without_verb(text: str) -> str:
    kept, position = [], 0
    while match := RE_VERB.search(text, position):
        line_end = text.find("\n", match.end(), match.end() + LONGEST_ARGUMENT)
        end = text.find(match[1], match.end(), line_end if line_end >= 0 else match.end() + LONGEST_ARGUMENT)
        kept.append(text[position : match.start()])
        position = end + 1 if end >= 0 else match.end()
    return "".join([*kept, text[position:]])


def _without_false(text: str) -> str:
    kept, position, depth = [], 0, 0
    for match in RE_FALSE.finditer(text):
        word = match[0]
        if depth == 0 and word == "\\iffalse":
            kept.append(text[position : match.start()])
            depth = 1
        elif depth:
            depth += 1 if word.startswith("\\if") else -1 if word == "\\fi" or depth == 1 else 0
            position = match.end()
    return "".join([*kept, text[position:] if not depth else ""])


def cited_keys(text: str) -> Iterator[str]:
    r"""The arguments of commands that cite, as they stand.

    >>> list(cited_keys(r"\citep[see][p.~2]{a, b} \textcites(x)[1]{c}[2]{d} \volcite{3}[5]{e} \citetext{f}"))
    ['a, b', 'c', 'd', 'e']
    """
    for match in RE_CITE.finditer(text):
        name = match[1]
        if name not in NO_CITATIONS and not name.startswith(("Declare", "New", "Renew", "Provide")):
            yield from _arguments_with_keys(text, match.end(), name)


def _arguments_with_keys(text: str, position: int, name: str) -> Iterator[str]:
    is_several = name.endswith("cites")
    passed_over = name.endswith("volcite") + name.startswith(("foreign", "hyphen"))
    while True:
        position, key = _next_group(text, position)
        if key is None:
            return
        if passed_over:
            passed_over -= 1
            continue
        yield key
        if not is_several:
            return


def _next_group(text: str, position: int) -> tuple[int, str | None]:
    """Behind optional arguments: where the next argument in braces ends, and what it holds."""
    while True:
        while position < len(text) and text[position].isspace():
            position += 1
        opening = text[position : position + 1]
        if opening not in CLOSING or not opening:
            return position, None
        end = _closing(text, position, opening)
        if end < 0:
            return position, None
        if opening == "{":
            return end + 1, text[position + 1 : end]
        position = end + 1


def _closing(text: str, start: int, opening: str) -> int:
    """Where a bracket closes; inside braces other brackets do not count."""
    depth, wanted = 0, CLOSING[opening]
    for index in range(start + 1, min(len(text), start + LONGEST_ARGUMENT)):
        char = text[index]
        if char == wanted and depth == 0 and text[index - 1] != "\\":
            return index
        if char in "{}" and text[index - 1] != "\\":
            depth += 1 if char == "{" else -1
    return -1


def _bibliographies(text: str) -> Iterator[str]:
    for match in RE_BIBLIOGRAPHY.finditer(text):
        yield from (name.strip() for name in match[1].split(",") if name.strip())


# -- .aux, .bcf, .bib ------------------------------------------------------------------------------

RE_AUX_CITATION = re.compile(r"^\\(?:citation|abx@aux@cite(?:\{\d+\})?)\{([^{}\n]{1,20000})\}", re.MULTILINE)
RE_AUX_BIBDATA = re.compile(r"^\\bibdata\{([^{}\n]{1,2000})\}", re.MULTILINE)
RE_AUX_INPUT = re.compile(r"^\\@input\{([^{}\n]{1,300}\.aux)\}", re.MULTILINE)
RE_BIB_KEY = re.compile(
    r"^[ \t]*@(?!comment|preamble|string)\w+\s*[{(]\s*([^\s,{}\"]+)\s*,", re.IGNORECASE | re.MULTILINE
)
RE_BIB_IDS = re.compile(r"^\s*ids\s*=\s*[{\"]([^{}\"]{1,2000})[}\"]", re.IGNORECASE | re.MULTILINE)


def bib_keys(text: str) -> set[str]:
    """The keys that a .bib file defines, BibLaTeX's further ``ids`` among them."""
    others = (key.strip() for keys in RE_BIB_IDS.findall(text) for key in keys.split(","))
    return {*RE_BIB_KEY.findall(text), *filter(None, others)}


class _Bcf:
    """The keys and data sources of biber's control file; entities are refused."""

    def __init__(self) -> None:
        self.keys: list[str] = []
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


# -- What is meant ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missing:
    """A key that nothing defines, and what to do about it."""

    name: str
    hint: str


@dataclass
class Resolved:
    """The entries that are cited, each under the name it is cited by."""

    entries: dict[str, str] = field(default_factory=dict)
    """Names as cited, with the keys of the entries they mean."""
    missing: list[Missing] = field(default_factory=list)

    @property
    def repeated(self) -> list[tuple[str, str]]:
        """Pairs of names for one work, which would be listed twice."""
        first: dict[str, str] = {}
        return [
            (first[key], name) for name, key in self.entries.items() if first.setdefault(key, name) != name
        ]


def resolve(bibliography: Bibliography, citations: Citations) -> Resolved:
    """What the cited names mean; what the author's own files define is left to them."""
    finder = Finder(bibliography)
    found = Resolved()
    for name, given in citations.names.items():
        if name == EVERYTHING or name in citations.own:
            continue
        key = finder.find(name, given)
        if key:
            found.entries[name] = key
        else:
            found.missing.append(Missing(name, finder.hint(name, given)))
    if citations.everything:
        cited = {*found.entries.values(), *citations.own}
        found.entries |= {key: key for key in bibliography.entries if key not in cited}
    return found


class Finder:
    """Finds entries by key, former key, arXiv id, DOI, or the address of one."""

    def __init__(self, bibliography: Bibliography) -> None:
        self.bibliography = bibliography

    def find(self, name: str, given: dict[str, str] | None = None) -> str | None:
        """The key of the entry that a name means, or that has one of the identifiers given with it."""
        for scheme, value in {**(given or {}), **identifiers_in(name)}.items():
            if key := self._by_identifier.get((scheme, value)):
                return key
        return self.bibliography.resolve(name) or self.bibliography.resolve(name.lower())

    def hint(self, name: str, given: dict[str, str] | None = None) -> str:
        """The command that would add a work, or what the name was probably meant to be."""
        known = {**identifiers_in(name), **(given or {})}
        for scheme in identifiers.OF_ONE_WORK:
            if scheme in known:
                return f"odebib add {shlex.quote(known[scheme])}"
        meant = near_misses(name, [*self.bibliography.entries, *self.bibliography.aliases], limit=1)
        added = "odebib add ARXIV-ID-OR-DOI"
        return f"did you mean `{meant[0]}`? else: {added}" if meant else added

    @cached_property
    def _by_identifier(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for key, entry in self.bibliography.entries.items():
            for source in (entry, *entry.versions):
                for scheme in identifiers.SCHEMES:
                    if value := getattr(source, scheme, None):
                        found.setdefault((scheme, value), key)
        return found


def identifiers_in(name: str) -> dict[str, str]:
    """The identifiers that a citation key holds: ``arXiv:1806.07366``, ``doi:10.1000/x``, an address.

    >>> identifiers_in("arXiv:1806.07366v2"), identifiers_in("chen2018neural")
    ({'arxiv': '1806.07366'}, {})
    """
    if "://" in name:
        return identifiers.of_url(name)
    bare = re.sub(r"^(?:doi|arxiv|eprint)[:._-]\s*(?=\S*\d)", "", name, flags=re.IGNORECASE)
    if arxiv := identifiers.arxiv(bare):
        return {"arxiv": arxiv}
    doi = identifiers.doi(bare)
    return {"doi": doi} if doi else {}

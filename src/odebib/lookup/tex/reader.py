"""Going through a text as TeX does, and telling what it says of what is cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from odebib.lookup.tex import commands
from odebib.lookup.tex.arguments import LONGEST_ARGUMENT, LONGEST_BODY, RE_NAME
from odebib.lookup.tex.commands import cites, keys_of
from odebib.lookup.tex.definitions import Definitions
from odebib.lookup.tex.meanings import RE_PARAMETER, Macro, Meanings

MOST_EXPANDED = 3_000_000
"""So many characters may come of expanding; more is a bomb."""
DEEPEST = 20
MOST_ITEMS = 200
RE_FOREACH = re.compile(r"\s*\\([A-Za-z@]+)\s*(?:\[[^\[\]]{0,200}\])?\s*in\s*")
RE_FOR = re.compile(r"\s*\\([A-Za-z@]+)\s*:=\s*((?:[^\\]|\\(?!do)){0,2000}?)\\do(?![A-Za-z@])\s*")
RE_END_NAME = re.compile(r"\s*([^\\{}%#]{1,100}?)\s*\\endcsname")
RE_CITED = re.compile(r"(?:^|,)\s*cite\s*=\s*(?:\{([^{}]*)\}|([^\s,{}]+))")
"""What an acronym cites (package acro)."""
RE_LINE_END = re.compile(r"\r\n?")
RE_ESCAPES = re.compile(
    r"escapeinside\s*=\s*(?:\{([^{}]{1,9})\}\s*\{([^{}]{1,9})\}|\{?(\S)(\S)\}?)|escapechar\s*=\s*\{?\\?(\S)"
)
RE_FLAT = re.compile(r"\\([A-Za-z@]+)\s*")
RE_DETOKENIZED = re.compile(r"\\detokenize\s*\{([^{}]*)\}")
RE_FLAG = re.compile(r"([A-Za-z@]+?)(true|false)")


class Event(NamedTuple):
    """Something that a text says, in the order in which it says it."""

    kind: Literal["cite", "set", "own", "bib", "input", "preamble", "file"]
    """``cite``: keys; ``set``: an entry set and its members; ``own``: keys that are defined here;
    ``bib``: a .bib file; ``input``, ``preamble``: a file, and the folder it is looked for in;
    ``file``: one that the text writes itself, and what it holds."""
    values: tuple[str, ...]


def read(text: str, meanings: Meanings | None = None) -> Iterator[Event]:
    r"""What TeX sees of a text.

    >>> [event.values for event in read(r"\cite[p.~2]{a, b} % \cite{c}" + "\n" + r"\verb|\cite{d}|")]
    [('a', 'b')]
    """
    return _Reader(RE_LINE_END.sub("\n", text), meanings or Meanings()).events()


class _Reader(Definitions):
    """Goes through one text."""

    def __init__(
        self, text: str, meanings: Meanings, within: frozenset[str] = frozenset(), *, doubtful: bool = False
    ) -> None:
        super().__init__(text, meanings, doubtful=doubtful)
        self.within = within

    def events(self) -> Iterator[Event]:
        while match := _tokens(self.meanings.short_verbs).search(self.text, self.at):
            self.at = match.end()
            sign = match[0]
            if match[1]:
                yield from self._command(match[1])
            elif sign == "{":
                self.open_group()
            elif sign == "}":
                self.close_group()
            elif sign[0] not in "\\%":
                self.to_sign(sign)

    def _command(self, name: str) -> Iterator[Event]:
        macro = self.meanings.macros.get(name)
        if macro and name not in self.within:
            yield from self._expand(name, macro)
        else:
            yield from self._builtin(name)

    def _builtin(self, name: str) -> Iterator[Event]:
        if quiet := QUIET.get(name):
            quiet(self)
        elif telling := TELLING.get(name):
            yield from telling(self)
        elif name in self.meanings.verbatim_commands:
            self.verbatim(name)
        elif name.startswith("if"):
            self._condition(name)
        elif (match := RE_FLAG.fullmatch(name)) and match[1] in self.meanings.flags:
            self._set_flag(match[1], match[2] == "true")
        elif name in self.meanings.citing or cites(name):
            yield from self._cite(name)
        elif commands.BIBLIOGRAPHY.fullmatch(name):
            yield from self._bibliography()
        elif commands.IMPORT.fullmatch(name):
            self.star()
            where, file = self.group(), self.group()
            yield from self._input(where or "", file)

    # -- Files and environments --

    def _begin(self) -> Iterator[Event]:
        name = (self.group() or "").strip()
        if macro := self.meanings.macros.get(f"begin {name}"):
            yield from self._expand(f"begin {name}", macro)
        elif name in {"filecontents", "filecontents*"}:
            self.options()
            file = (self.group() or "").strip()
            content = self.to_end(name)
            if file:
                yield Event("file", (file, content))
        elif name in self.meanings.verbatim:
            yield from self._code(name)
        elif commands.QUOTING.fullmatch(name):
            yield from self._cite(name)
        elif name == "refsection":
            yield from self._bibliography("[")
        if name not in {"document", *self.meanings.verbatim}:
            self.open_group()

    def _code(self, name: str) -> Iterator[Event]:
        """Text that is not run, but for what stands between signs that say so."""
        has_options = self.text.startswith("[", self.at) and not name.startswith(("verbatim", "comment"))
        options = (self.bracketed("[") or "") if has_options else ""
        if "commandchars" in options:
            return
        first, last = _escapes(options) or self.meanings.escapes
        code = self.to_end(name)
        for part in code.split(first)[1:] if first != last else code.split(first)[1::2] if first else ():
            yield from self._inner(part.partition(last)[0])

    def _code_settings(self) -> None:
        self.bracketed("[")
        self.meanings.escapes = _escapes(self.group() or "") or self.meanings.escapes

    def _end(self) -> Iterator[Event]:
        name = (self.group() or "").strip()
        if name == "document":
            self.at = len(self.text)
        elif macro := self.meanings.macros.get(f"end {name}"):
            yield from self._expand(f"end {name}", macro)
        self.close_group()

    def _end_input(self) -> None:
        line = self.text.find("\n", self.at)
        self.text = self.text[: line if line >= 0 else len(self.text)]

    def _next_token(self) -> None:
        """Over the next token, which only its name is wanted of."""
        match = RE_NAME.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _package(self) -> Iterator[Event]:
        self.options()
        names = [name.strip() for name in (self.group() or "").split(",")]
        self.meanings.has_biblatex |= "biblatex" in names
        return iter(())

    def _class(self) -> Iterator[Event]:
        options = self.bracketed("[")
        if (self.group() or "").strip() == "subfiles" and options:
            yield Event("preamble", ("", options.strip()))

    # -- Expanding --

    def _expand(self, name: str, macro: Macro) -> Iterator[Event]:
        if macro.alias:
            yield from self._builtin(macro.alias)
            return
        if name in self.within or not (macro.swallows or self._matters(macro.body)):
            return
        values = [self._value(kind) for kind in macro.parameters if not self._passes(kind)]
        given = {"": "#", **{str(number): value for number, value in enumerate(values, start=1)}}
        body = RE_PARAMETER.sub(lambda match: given.get(match[1] or "", ""), macro.body)
        yield from self._inner(body, name)

    def _inner(self, text: str, name: str = "") -> Iterator[Event]:
        """What a text says that TeX reads here, because ``name`` stands for it."""
        self.meanings.expanded += len(text) + 100
        if len(self.within) < DEEPEST and self.meanings.expanded < MOST_EXPANDED:
            within = self.within | {name or f"part {len(self.within)}"}
            yield from _Reader(text, self.meanings, within, doubtful=not self._is_certain()).events()

    def _matters(self, body: str) -> bool:
        """Whether what a command stands for says anything of what is cited."""
        return any(
            name in self.meanings.macros
            or name in TELLING
            or name in QUIET
            or name in self.meanings.citing
            or cites(name)
            or commands.BIBLIOGRAPHY.fullmatch(name)
            for name in RE_NAME.findall(body)
        )

    def _passes(self, kind: str) -> bool:
        """Whether this is no argument, but signs that stand before the first one, which are passed over."""
        if not kind.startswith("p"):
            return False
        if self.text.startswith(kind[1:], self.at):
            self.at += len(kind) - 1
        return True

    def _value(self, kind: str) -> str:
        if kind.startswith("d"):
            end = self.text.find(kind[1:], self.at, self.at + LONGEST_ARGUMENT)
            value = self.text[self.at : max(end, self.at)]
            self.at = end + len(kind) - 1 if end >= 0 else self.at
            return value
        if kind == "s":
            return "*" if self.star() else ""
        if kind == "m":
            return self.argument()
        given = self.bracketed("[")
        return kind[1:] if given is None else given

    def _flat(self, text: str) -> str:
        """A text with commands that stand for plain text replaced by it."""
        for _ in range(3):
            if "\\" not in text:
                break
            text = RE_FLAT.sub(self._plain, RE_DETOKENIZED.sub(r"\1", text))
        return text

    def _plain(self, match: re.Match[str]) -> str:
        if match[1] == "jobname" and self.meanings.jobname:
            return self.meanings.jobname
        macro = self.meanings.macros.get(match[1])
        return macro.body if macro and not macro.parameters and not macro.alias else match[0]

    # -- Branches and loops --

    def _chosen(self, holds: bool | None) -> Iterator[Event]:
        """The first or the second argument; both where it is not known which."""
        if holds is not None:
            one, other = self.group(LONGEST_BODY), self.group(LONGEST_BODY)
            yield from self._inner((one if holds else other) or "")

    def _each(self, name: str, items: str, body: str) -> Iterator[Event]:
        """A text once for each item, which a command stands for in it."""
        for item in self._flat(items).split(",")[:MOST_ITEMS]:
            self.meanings.macros[name] = Macro((), item.strip())
            yield from self._inner(body)

    def _foreach(self) -> Iterator[Event]:
        if match := RE_FOREACH.match(self.text, self.at):
            self.at = match.end()
            items = self._argument_text()
            yield from self._each(match[1], items, self.argument())

    def _argument_text(self) -> str:
        return self._flat(self.argument())

    def _for(self) -> Iterator[Event]:
        if match := RE_FOR.match(self.text, self.at):
            self.at = match.end()
            yield from self._each(match[1], match[2], self.argument())

    def _for_list(self) -> Iterator[Event]:
        handler = self.argument()
        for item in self._argument_text().split(",")[:MOST_ITEMS]:
            yield from self._inner(f"{handler}{{{item.strip()}}}")

    def _used(self) -> Iterator[Event]:
        yield from self._command((self.group() or "").strip())

    def _named(self) -> Iterator[Event]:
        if match := RE_END_NAME.match(self.text, self.at):
            self.at = match.end()
            yield from self._command(match[1])

    def _acronym(self) -> Iterator[Event]:
        self.group()
        for braced, bare in RE_CITED.findall(self.group(LONGEST_BODY) or ""):
            yield from self._cited("", braced or bare)

    # -- What is said --

    def _cite(self, name: str) -> Iterator[Event]:
        self.star()
        behind_name = self.at
        while self.text.startswith("\\expandafter", self.at):
            self.at += len("\\expandafter")
        several, volumes = bool(commands.SEVERAL.fullmatch(name)), bool(commands.VOLUME_FIRST.fullmatch(name))
        first = 1 if commands.LANGUAGE_FIRST.fullmatch(name) else 0
        self.options("<(")
        while True:
            for _ in range(first + volumes):
                self.options()
                if self.group() is None:
                    return
            first = 0
            self.options()
            keys = self.group()
            if keys is None:
                break
            yield from self._cited(name, self._flat(keys))
            if not several:
                break
        self.at = behind_name  # notes may cite, too

    def _cited(self, name: str, keys: str) -> Iterator[Event]:
        found = keys_of(keys)
        sets: dict[str, list[str]] = {}
        if self.meanings.has_biblatex and commands.GROUPING.fullmatch(name):
            head = ""
            for is_tail, key in found:
                if is_tail and head:
                    sets.setdefault(head, []).append(key)
                head = head if is_tail else key
        for head, members in sets.items():
            yield Event("set", (head, *members))
        names = tuple(key for is_tail, key in found if not (is_tail and sets))
        if names:
            yield Event("cite", names)

    def _entry_set(self) -> Iterator[Event]:
        name, members = self.group(), self.group()
        if name and members is not None:
            yield Event("set", (name.strip(), *(key for _, key in keys_of(self._flat(members)))))

    def _bibliography(self, brackets: str = "{") -> Iterator[Event]:
        self.star()
        if brackets == "{":
            self.options()
        for name in self._flat(self.bracketed(brackets) or "").split(","):
            if name.strip():
                yield Event("bib", (name.strip().strip('"'),))

    def _item(self) -> Iterator[Event]:
        self.options()
        key = self.group()
        if key:
            yield Event("own", (key.strip(),))

    def _harvard_item(self) -> Iterator[Event]:
        self.options()
        _, _, key = self.group(), self.group(), self.group()
        if key:
            yield Event("own", (key.strip(),))

    def _amsrefs(self) -> Iterator[Event]:
        self.star()
        key, kind = self.group(), self.group()
        if key and kind and self.next_sign() == "{":
            yield Event("own", (key.strip(),))

    def _input_file(self) -> Iterator[Event]:
        self.options()
        name = self.group()
        if name is None:
            bare = re.compile(r'"[^"\n]*"|[^\s{}\\%]+').match(self.text, self.at)
            name = bare[0] if bare else ""
            self.at += len(name)
        return self._input("", name)

    def _input(self, where: str, name: str | None) -> Iterator[Event]:
        file = self._flat(name or "").strip().strip('"')
        folder = self._flat(where).strip()
        if file and not file.startswith("|") and not commands.RE_NO_KEY.search(folder + file):
            yield Event("input", (folder, file))


def _escapes(options: str) -> tuple[str, str] | None:
    """What begins and ends text within code that is run, where options say it."""
    match = RE_ESCAPES.search(options)
    if not match:
        return None
    if match[5]:
        return match[5], match[5]
    return match[1] or match[3], match[2] or match[4]


@lru_cache(maxsize=64)
def _tokens(short_verbs: str) -> re.Pattern[str]:
    signs = f"|[{re.escape(short_verbs)}]" if short_verbs else ""
    return re.compile(rf"\\([A-Za-z@]+)|\\[\s\S]|%[^\n]*|[{{}}]{signs}")


QUIET: dict[str, Callable[[_Reader], None]] = {
    "endinput": _Reader._end_input,
    "string": _Reader._next_token,
    "detokenize": _Reader.literal_group,
    **{
        f"{start}{kind}": partial(_Reader.new_boolean, kind="toggle " if kind == "toggle" else "")
        for start in ("new", "provide")
        for kind in ("bool", "boolean", "toggle")
    },
    **{
        name: partial(_Reader.set_boolean, kind="toggle " if "toggle" in name else "", value=value)
        for name, value in commands.SETTING.items()
    },
    **dict.fromkeys(commands.CODE_SETTINGS, _Reader._code_settings),
    **dict.fromkeys(commands.PROVIDING, partial(_Reader._define, provided=True)),
    "csdef": partial(_Reader._define_in_tex, is_named=True),
    "csgdef": partial(_Reader._define_in_tex, is_named=True),
    "NewDocumentEnvironment": _Reader._define_environment_with_signature,
    "begingroup": _Reader.open_group,
    "bgroup": _Reader.open_group,
    "endgroup": _Reader.close_group,
    "egroup": _Reader.close_group,
    "global": _Reader._global,
    "unless": _Reader._unless,
    "else": _Reader._else,
    "fi": _Reader._fi,
    "newif": _Reader._new_flag,
    "let": _Reader._let,
    "DeclareCiteCommand": _Reader._declare_cite,
    "DeclareMultiCiteCommand": _Reader._declare_cite,
    "DeclareAutoCiteCommand": _Reader.options,
    "NewEnviron": _Reader._new_environment,
    "newminted": _Reader._new_minted,
    "newmintinline": _Reader._new_inline,
    **dict.fromkeys(commands.ADDRESS_COMMANDS, _Reader.address),
    **dict.fromkeys(commands.DEFINING, _Reader._define),
    **dict.fromkeys(commands.ENVIRONMENT_DEFINING, _Reader._define_environment),
    **dict.fromkeys(commands.TEX_DEFINING, _Reader._define_in_tex),
    **dict.fromkeys(commands.DOCUMENT_DEFINING, _Reader._define_with_signature),
    **dict.fromkeys(commands.UNSEEN_DECLARED, _Reader._unseen),
    **dict.fromkeys(commands.SEEN_DECLARED, _Reader._seen),
    **dict.fromkeys(commands.SHORT_VERBS, _Reader._short_verb),
    **dict.fromkeys(commands.NO_SHORT_VERBS, _Reader._no_short_verb),
}
"""Commands that change what others mean."""
TELLING: dict[str, Callable[[_Reader], Iterator[Event]]] = {
    "begin": _Reader._begin,
    "end": _Reader._end,
    "csname": _Reader._named,
    "csuse": _Reader._used,
    "foreach": _Reader._foreach,
    "forcsvlist": _Reader._for_list,
    "@for": _Reader._for,
    "DeclareAcronym": _Reader._acronym,
    "ifthenelse": lambda reader: reader._chosen(reader.tested_boolean()),
    "ifbool": lambda reader: reader._chosen(reader.tested("", True)),
    "notbool": lambda reader: reader._chosen(reader.tested("", False)),
    "iftoggle": lambda reader: reader._chosen(reader.tested("toggle ", True)),
    "nottoggle": lambda reader: reader._chosen(reader.tested("toggle ", False)),
    "usepackage": _Reader._package,
    "RequirePackage": _Reader._package,
    "documentclass": _Reader._class,
    "defbibentryset": _Reader._entry_set,
    "bibitem": _Reader._item,
    "harvarditem": _Reader._harvard_item,
    "bib": _Reader._amsrefs,
    **dict.fromkeys(commands.INPUT, _Reader._input_file),
}
"""Commands that say something themselves."""

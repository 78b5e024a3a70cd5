"""Going through a text as TeX does, and telling what it says of what is cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from odebib.lookup.tex import commands
from odebib.lookup.tex.arguments import LONGEST_BODY, RE_NAME, Place
from odebib.lookup.tex.commands import cites, keys_of
from odebib.lookup.tex.meanings import RE_PARAMETER, Macro, Meanings

MOST_EXPANDED = 3_000_000
"""So many characters may come of expanding; more is a bomb."""
DEEPEST = 20
RE_FALSE_IF = re.compile(r"\s*([^\s\\{}%])([^\\{}%])")
RE_FLAG = re.compile(r"([A-Za-z@]+?)(true|false)")
RE_NUMBERS = re.compile(r"\s*(\d{1,9})\s*([<=>])\s*(\d{1,9})")


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
    return _Reader(text, meanings or Meanings()).events()


class _Reader(Place):
    """Goes through one text."""

    def __init__(
        self, text: str, meanings: Meanings, within: frozenset[str] = frozenset(), *, doubtful: bool = False
    ) -> None:
        super().__init__(text)
        self.meanings = meanings
        self.within = within
        self.doubtful = doubtful
        """Whether it is not known if TeX comes here at all."""
        self.depth = 0
        self.branches: list[bool | None] = []
        """For each open condition whether it holds; None where that is not known."""

    def events(self) -> Iterator[Event]:
        while match := _tokens(self.meanings.short_verbs).search(self.text, self.at):
            self.at = match.end()
            sign = match[0]
            if match[1]:
                yield from self._command(match[1])
            elif sign in "{}":
                self.depth += 1 if sign == "{" else -1
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
        if name in {"filecontents", "filecontents*"}:
            self.options()
            file = (self.group() or "").strip()
            content = self.to_end(name)
            if file:
                yield Event("file", (file, content))
        elif name in self.meanings.verbatim:
            self.to_end(name)
        elif commands.QUOTING.fullmatch(name):
            yield from self._cite(name)
        elif name == "refsection":
            yield from self._bibliography("[")

    def _end(self) -> None:
        if (self.group() or "").strip() == "document":
            self.at = len(self.text)

    def _end_input(self) -> None:
        line = self.text.find("\n", self.at)
        self.text = self.text[: line if line >= 0 else len(self.text)]

    def _next_token(self) -> None:
        """Over the next token, which only its name is wanted of."""
        match = RE_NAME.match(self.text, self.at)
        self.at = match.end() if match else self.at

    # -- Conditions --

    def _condition(self, name: str) -> None:
        if name not in commands.CONDITIONS and name not in self.meanings.flags and self.next_sign() == "{":
            return
        holds = self._holds(name)
        if holds is False:
            if self._skip_branch(to_else=True):
                self.branches.append(True)
        else:
            self.branches.append(holds)

    def _holds(self, name: str) -> bool | None:
        if name in {"iftrue", "iffalse"}:
            return name == "iftrue"
        if name == "if" and (match := RE_FALSE_IF.match(self.text, self.at)):
            self.at = match.end()
            return match[1] == match[2]
        if name == "ifnum" and (match := RE_NUMBERS.match(self.text, self.at)):
            self.at = match.end()
            one, other = int(match[1]), int(match[3])
            return {"<": one < other, "=": one == other, ">": one > other}[match[2]]
        return self.meanings.flags.get(name.removeprefix("if"))

    def _else(self) -> None:
        if self.branches and self.branches[-1]:
            self.branches.pop()
            self._skip_branch(to_else=False)

    def _fi(self) -> None:
        if self.branches:
            self.branches.pop()

    def _skip_branch(self, *, to_else: bool) -> bool:
        """Over text that TeX skips; whether ``\\else`` ended it."""
        open_conditions = 0
        while match := RE_SKIPPED.search(self.text, self.at):
            self.at = match.end()
            name = match[1]
            if name == "fi":
                if not open_conditions:
                    return False
                open_conditions -= 1
            elif name == "else":
                if not open_conditions and to_else:
                    return True
            elif name and (
                name in commands.CONDITIONS or name in self.meanings.flags or self.next_sign() != "{"
            ):
                open_conditions += 1
        self.at = len(self.text)
        return False

    def _is_certain(self) -> bool:
        return not self.doubtful and None not in self.branches

    def _new_flag(self) -> None:
        name = self.defined()
        if name.startswith("if"):
            self.meanings.flags[name.removeprefix("if")] = False if self._is_certain() else None

    def _set_flag(self, flag: str, holds: bool) -> None:
        known = self._is_certain() and self.depth == 0 and not self.within
        self.meanings.flags[flag] = holds if known else None

    # -- Definitions --

    def _define(self) -> None:
        self.star()
        name = self.defined()
        count = self.bracketed("[") or ""
        default = self.bracketed("[")
        kinds = ["m"] * (int(count) if re.fullmatch("[1-9]", count.strip()) else 0)
        if default is not None and kinds:
            kinds[0] = f"o{default}"
        self._record(name, kinds, self.group(LONGEST_BODY))

    def _define_in_tex(self) -> None:
        name = self.defined()
        parameters = re.compile(r"(?:#[1-9]\s*)*(?=\{)").match(self.text, self.at)
        if parameters is None:
            return  # arguments between signs of its own; what they stand for counts where it is written
        self.at = parameters.end()
        self._record(name, ["m"] * parameters[0].count("#"), self.group(LONGEST_BODY))

    def _define_with_signature(self) -> None:
        name = self.defined()
        signature = self.group() or ""
        kinds = []
        for kind, default in re.findall(r"\+?([a-zA-Z])\s*(?:\{([^{}]*)\})?", signature):
            kinds.append("s" if kind == "s" else f"o{default}" if kind in "oO" else "m")
        self._record(name, kinds, self.group(LONGEST_BODY))

    def _record(self, name: str, kinds: Sequence[str], body: str | None) -> None:
        if not name or body is None:
            return
        before = self.meanings.macros.get(name)
        if before and not self._is_certain():  # either may hold
            body = before.body + body
            kinds = max(kinds, before.parameters, key=len)
        self.meanings.macros[name] = Macro(tuple(kinds), body)

    def _let(self) -> None:
        name = self.defined()
        equals = re.compile(r"\s*=?\s*").match(self.text, self.at)
        self.at = equals.end() if equals else self.at
        target = RE_NAME.match(self.text, self.at)
        if not target or not name:
            return
        self.at = target.end()
        self.meanings.macros[name] = self.meanings.macros.get(target[1], Macro(alias=target[1]))

    def _declare_cite(self) -> None:
        self.star()
        self.meanings.citing.add(self.defined())

    def _unseen(self) -> None:
        self.meanings.verbatim.add((self.group() or "").strip())

    def _seen(self) -> None:
        self.meanings.verbatim.discard((self.group() or "").strip())

    def _new_environment(self) -> None:
        name = (self.group() or "").strip()
        self.options()
        body = self.group(LONGEST_BODY)
        if body is not None and "\\BODY" not in body:
            self.meanings.verbatim.add(name)

    def _new_minted(self) -> None:
        name = self.bracketed("[")
        language = self.group() or ""
        self.meanings.verbatim.add(name or f"{language}code")

    def _new_inline(self) -> None:
        name = self.bracketed("[")
        language = self.group() or ""
        self.meanings.verbatim_commands.add(name or f"{language}inline")

    def _short_verb(self) -> None:
        self.meanings.short_verbs += self._sign()

    def _no_short_verb(self) -> None:
        self.meanings.short_verbs = self.meanings.short_verbs.replace(self._sign() or " ", "")

    def _sign(self) -> str:
        self.star()
        self.options()
        text = self.group()
        if text is None:
            text = self.text[self.at : self.at + 2] if self.next_sign() == "\\" else self.next_sign()
            self.at += len(text)
        sign = text.removeprefix("\\")
        return sign if len(sign) == 1 and sign not in "\\{}% \n" else ""

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
        if len(self.within) >= DEEPEST or not (macro.swallows or self._matters(macro.body)):
            return
        values = [self._value(kind) for kind in macro.parameters]
        body = RE_PARAMETER.sub(
            lambda match: values[int(match[1]) - 1] if int(match[1]) <= len(values) else "", macro.body
        )
        self.meanings.expanded += len(body) + 100
        if self.meanings.expanded > MOST_EXPANDED:
            return
        inner = _Reader(body, self.meanings, self.within | {name}, doubtful=not self._is_certain())
        yield from inner.events()

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

    def _value(self, kind: str) -> str:
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
            text = RE_NAME.sub(self._plain, text)
        return text

    def _plain(self, match: re.Match[str]) -> str:
        if match[1] == "jobname" and self.meanings.jobname:
            return self.meanings.jobname
        macro = self.meanings.macros.get(match[1])
        return macro.body if macro and not macro.parameters and not macro.alias else match[0]

    # -- What is said --

    def _cite(self, name: str) -> Iterator[Event]:
        self.star()
        behind_name = self.at
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


RE_SKIPPED = re.compile(r"\\(if[A-Za-z@]*|else|fi)(?![A-Za-z@])|\\[\s\S]|%[^\n]*")


@lru_cache(maxsize=64)
def _tokens(short_verbs: str) -> re.Pattern[str]:
    signs = f"|[{re.escape(short_verbs)}]" if short_verbs else ""
    return re.compile(rf"\\([A-Za-z@]+)|\\[\s\S]|%[^\n]*|[{{}}]{signs}")


QUIET: dict[str, Callable[[_Reader], None]] = {
    "end": _Reader._end,
    "endinput": _Reader._end_input,
    "string": _Reader._next_token,
    "detokenize": _Reader.literal_group,
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

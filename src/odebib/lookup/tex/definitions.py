"""What a text says of commands, environments, signs and flags, and which of its branches hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from odebib.lookup.tex import commands
from odebib.lookup.tex.arguments import LONGEST_BODY, RE_NAME, Place
from odebib.lookup.tex.meanings import Macro, Meanings

RE_FALSE_IF = re.compile(r"\s*([^\s\\{}%])([^\\{}%])")
RE_NUMBERS = re.compile(r"\s*(\d{1,9})\s*([<=>])\s*(\d{1,9})")
RE_NUMBER = re.compile(r"\s*(\d{1,9})(?!\d)")
RE_DELIMITED = re.compile(r"([^\\{}%#\n]{0,20})((?:#[1-9][^\\{}%#\n]{0,20})*)(?=\{)")
"""The arguments of ``\\def``, between signs of its own."""
RE_BOOLEAN = re.compile(r"\s*(\\(?:not|NOT)\s*)?\\boolean\s*\{([^{}]*)\}\s*")
RE_SKIPPED = re.compile(r"\\(if[A-Za-z@]*|else|fi)(?![A-Za-z@])|\\[\s\S]|%[^\n]*")


class Definitions(Place):
    """Takes in what a text defines; each method stands behind the name of its command."""

    def __init__(self, text: str, meanings: Meanings, *, doubtful: bool = False) -> None:
        super().__init__(text)
        self.meanings = meanings
        self.doubtful = doubtful
        """Whether it is not known if TeX comes here at all."""
        self.branches: list[bool | None] = []
        """For each open condition whether it holds; None where that is not known."""
        self.scopes: list[dict[str, bool | None]] = []
        """How the flags stood before each open group."""
        self.is_negated = False
        self.is_global = False

    # -- Groups --

    def open_group(self) -> None:
        """What is set from here on holds up to the end of the group."""
        self.scopes.append(dict(self.meanings.flags))

    def close_group(self) -> None:
        """Flags stand as they stood before the group."""
        if self.scopes:
            self.meanings.flags = self.scopes.pop()

    # -- Conditions --

    def _condition(self, name: str) -> None:
        if name not in commands.CONDITIONS and name not in self.meanings.flags and self.next_sign() == "{":
            return
        holds = self._holds(name)
        if self.is_negated and holds is not None:
            holds = not holds
        self.is_negated = False
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
        if name == "ifodd" and (match := RE_NUMBER.match(self.text, self.at)):
            self.at = match.end()
            return int(match[1]) % 2 == 1
        return self.meanings.flags.get(name.removeprefix("if"))

    def _unless(self) -> None:
        self.is_negated = True

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
        for flags in (self.meanings.flags, *(self.scopes if self.is_global else ())):
            flags[flag] = holds if self._is_certain() else None
        self.is_global = False

    def _global(self) -> None:
        self.is_global = True

    def new_boolean(self, kind: str) -> None:
        """A flag by its name in braces: ``\\newboolean``, ``\\newtoggle``."""
        self._set_flag(kind + (self.group() or "").strip(), False)

    def set_boolean(self, kind: str, value: str) -> None:
        """``\\setboolean{x}{true}``, or ``\\booltrue{x}`` where the value is part of the name."""
        name = kind + (self.group() or "").strip()
        self._set_flag(name, (value or self.group() or "").strip() == "true")

    def tested(self, kind: str, holds: bool) -> bool | None:
        """Whether the flag in braces stands as asked; None where that is not known."""
        stands = self.meanings.flags.get(kind + (self.group() or "").strip())
        return None if stands is None else stands is holds

    def tested_boolean(self) -> bool | None:
        """Whether the test of ``\\ifthenelse`` holds, where it is that of a flag."""
        match = RE_BOOLEAN.fullmatch(self.group() or "")
        stands = self.meanings.flags.get(match[2].strip()) if match else None
        return None if stands is None or not match else stands is not bool(match[1])

    # -- Definitions --

    def _define(self, *, provided: bool = False) -> None:
        self.star()
        name, kinds, body = self.defined(), self._kinds(), self.group(LONGEST_BODY)
        if not (provided and (name in self.meanings.macros or commands.cites(name))):
            self._record(name, kinds, body)

    def _kinds(self) -> list[str]:
        """The kinds of arguments by ``[3][what stands there without the first]`` or ``[3][2=…]``."""
        count = (self.bracketed("[") or "").strip()
        default = self.bracketed("[")
        kinds = ["m"] * (int(count) if re.fullmatch("[1-9]", count) else 0)
        several = re.findall(r"([1-9])\s*=([^,]*)", default or "")
        for number, value in several:
            kinds[int(number) - 1 : int(number)] = [f"o{value}"]
        if default is not None and kinds and not several:
            kinds[0] = f"o{default}"
        return kinds

    def _define_environment(self) -> None:
        self.star()
        name = (self.group() or "").strip()
        self._record(f"begin {name}", self._kinds(), self.group(LONGEST_BODY))
        self._record(f"end {name}", (), self.group(LONGEST_BODY))

    def _define_in_tex(self, *, is_named: bool = False) -> None:
        name = (self.group() or "").strip() if is_named else self.defined()
        match = RE_DELIMITED.match(self.text, self.at)
        if match is None:
            return  # what it stands for counts where it is written
        self.at = match.end()
        kinds = [f"p{match[1].strip()}"] if match[1].strip() else []
        delimiters = [between.strip() for between in re.split("#[1-9]", match[2])[1:]]
        kinds += [f"d{delimiter}" if delimiter else "m" for delimiter in delimiters]
        self._record(name, kinds, self.group(LONGEST_BODY))

    def _define_with_signature(self) -> None:
        self._record(self.defined(), self._signature(), self.group(LONGEST_BODY))

    def _define_environment_with_signature(self) -> None:
        name = (self.group() or "").strip()
        self._record(f"begin {name}", self._signature(), self.group(LONGEST_BODY))
        self._record(f"end {name}", (), self.group(LONGEST_BODY))

    def _signature(self) -> list[str]:
        signature = self.group() or ""
        kinds = []
        for kind, default in re.findall(r"\+?([a-zA-Z])\s*(?:\{([^{}]*)\})?", signature):
            kinds.append("s" if kind == "s" else f"o{default}" if kind in "oO" else "m")
        return kinds

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

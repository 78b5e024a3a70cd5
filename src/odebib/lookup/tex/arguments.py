"""A place in a text of TeX's, and what stands there: blanks, arguments, text that is not run."""

from __future__ import annotations

import re

LONGEST_ARGUMENT = 5000
"""Longer keys and notes are mistakes: a bracket that is never closed."""
LONGEST_ADDRESS = 2000
LONGEST_BODY = 100_000
"""The longest argument of a command that the paper defines."""
ROOM = 40
"""How often a text may be looked through for brackets that are missing."""

RE_BLANK = re.compile(r"(?:[ \t\r]+|%[^\n]*(?:\n[ \t]*)?|\n(?![ \t\r]*\n))*")
"""What TeX skips before an argument: spaces, a line's end and comments, no empty line."""
RE_LITERAL = re.compile(r"[{}]|\n\s*\n")
RE_COMMENT = re.compile(r"(\\[\s\S])|%[^\n]*(?:\n[ \t]*)?")
RE_CSNAME = re.compile(r"\\csname\s*([^\\{}%#]{1,100}?)\s*\\endcsname")
RE_NAME = re.compile(r"\\([A-Za-z@]+)")

CLOSING = {"[": "]", "(": ")", "<": ">", "{": "}"}
RE_SIGNS = {
    opening: re.compile(rf"\\[\s\S]|%[^\n]*|[{{}}{re.escape(closing)}]")
    for opening, closing in CLOSING.items()
}


class Place:
    """Goes through one text; every method begins where the last one ended."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.room = ROOM * len(text) + 10_000

    # -- Arguments --

    def blank(self) -> None:
        blank = RE_BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at

    def star(self) -> bool:
        self.blank()
        if self.text.startswith("*", self.at):
            self.at += 1
            return True
        return False

    def next_sign(self) -> str:
        """The next sign that is not blank."""
        self.blank()
        return self.text[self.at : self.at + 1]

    def bracketed(self, opening: str, limit: int = LONGEST_ARGUMENT) -> str | None:
        """The next argument, if it stands in these brackets, without its comments."""
        if self.next_sign() != opening:
            return None
        end = self.closing(self.at, opening, limit)
        if end < 0:
            return None
        found = self.text[self.at + 1 : end]
        self.at = end + 1
        return RE_COMMENT.sub(lambda match: match[1] or "", found) if "%" in found else found

    def group(self, limit: int = LONGEST_ARGUMENT) -> str | None:
        return self.bracketed("{", limit)

    def options(self, brackets: str = "[") -> None:
        while (opening := self.next_sign()) and opening in brackets:
            if self.bracketed(opening) is None:
                return

    def argument(self) -> str:
        """An argument of a command of the paper's: in braces, or a single token."""
        if (group := self.group(LONGEST_BODY)) is not None:
            return group
        token = RE_NAME.match(self.text, self.at)
        found = token[0] if token else self.text[self.at : self.at + 1]
        if found not in {"{", "}", "\n", ""}:
            self.at += len(found)
            return found
        return ""

    def defined(self) -> str:
        """The name of the command that is being defined."""
        text = self.group()
        if text is None:
            match = RE_CSNAME.match(self.text, self.at) or RE_NAME.match(self.text, self.at)
            self.at = match.end() if match else self.at
            return match[1] if match else ""
        match = RE_NAME.fullmatch(text.strip())
        return match[1] if match else ""

    def closing(self, start: int, opening: str, limit: int) -> int:
        """Where a bracket closes; inside braces other brackets do not count."""
        wanted, depth = CLOSING[opening], 0
        last = min(len(self.text), start + limit)
        if self.room <= 0:
            return -1
        for match in RE_SIGNS[opening].finditer(self.text, start + 1, last):
            sign = match[0]
            if sign == wanted and depth == 0:
                self.room -= match.start() - start
                return match.start()
            depth += (sign == "{") - (sign == "}")
            if depth < 0:
                last = match.end()
                break
        self.room -= last - start
        return -1

    # -- Text that is not run --

    def to_sign(self, sign: str) -> None:
        """Behind the next such sign of this line, if there is one."""
        line = self.text.find("\n", self.at)
        end = self.text.find(sign, self.at, line if line >= 0 else len(self.text))
        self.at = end + 1 if end >= 0 else self.at

    def verbatim(self, name: str) -> None:
        self.star()
        if name != "verb":
            self.options()
        if name == "mintinline":
            self.group()
        sign = self.next_sign()
        if sign == "{" and name != "verb":
            self.literal_group()
        elif sign and not sign.isalnum() and sign not in "\\\n":
            self.at += 1
            self.to_sign(sign)

    def address(self) -> None:
        self.options()
        sign = self.next_sign()
        if sign == "{":
            self.literal_group()
        elif sign and sign in "|!+":
            self.at += 1
            self.to_sign(sign)

    def literal_group(self) -> None:
        """Behind an argument in which ``%`` and the backslash mean themselves."""
        start, depth = self.at, 0
        self.blank()
        last = self.at + LONGEST_ADDRESS if self.room > 0 else self.at
        for match in RE_LITERAL.finditer(self.text, self.at, last):
            depth += (match[0] == "{") - (match[0] == "}")
            if match[0] not in "{}":
                break
            if depth == 0:
                self.at = match.end()
                return
        self.room -= LONGEST_ADDRESS
        self.at = start

    def to_end(self, name: str) -> str:
        """What stands before the end of an environment that is not run, and on behind it."""
        end = re.compile(rf"\\end\s*\{{{re.escape(name)}\}}").search(self.text, self.at)
        content = self.text[self.at : end.start() if end else len(self.text)]
        self.at = end.end() if end else len(self.text)
        return content

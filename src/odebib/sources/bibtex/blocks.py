"""The blocks of a .bib file: entries with their values expanded, whatever state the file is in.

bibtexparser cuts a file into blocks and goes on after broken ones; here the
text is tamed first (comments, keyless entries), and the values are expanded:
strings, ``#``, months, the commands that a preamble defines.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bibtexparser import model
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
)
from bibtexparser.splitter import Splitter

from odebib.model.values import MONTHS
from odebib.sources.found import Found, NotUnderstood
from odebib.text import macros
from odebib.text.latex import decode

Fields = dict[str, str]

MONTH_MACROS = {month[:3]: month.capitalize() for month in MONTHS} | {
    "sept": "September",
    "june": "June",
    "july": "July",
}
RE_ENTRY_START = re.compile(
    r"^[ \t]*@(?!comment|preamble|string)(\w+)[ \t]*[{(]", re.IGNORECASE | re.MULTILINE
)
RE_MISSING_COMMA = re.compile(r"([}\"\w])([ \t]*\n[ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"\w])")
"""A field that begins on a new line though no comma ends the one before."""
RE_FIELD = re.compile(r"\b(?:title|author|year|doi|url)[ \t]*=[ \t]*[{\"\w]", re.IGNORECASE)
"""What shows that text was a part of an entry."""
RE_IGNORED_START = re.compile(r"\s*@(?:comment|preamble)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """An entry of the file: its line, its raw text, its type and key, its values."""

    line: int
    raw: str
    type: str
    key: str
    values: Fields


def blocks(text: str, found: Found) -> list[Block]:
    """The file's entries in order; what is broken goes to ``not_understood``."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it logs what is reported here
    tamed = _tame(text)
    entries: list[tuple[int, Entry]] = []
    strings: Fields = dict(MONTH_MACROS)
    preambles: list[str] = []
    pending = [(1, _with_keys(tamed))]
    while pending:
        first_line, part = pending.pop(0)
        library = Splitter(part).split()
        preambles += [preamble.value for preamble in library.preambles]
        for string in library.strings:
            strings[string.key.lower()] = _expand(string.value, strings)
        for block in library.blocks:
            if isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)):
                block = block.ignore_error_block or block
            line = (block.start_line or 0) + first_line
            if isinstance(block, Entry) and not _lacks_comma(block):
                entries.append((line, block))
            else:
                pending += _again(block, line, found)
    commands = _commands(" ".join(_expand(preamble, strings) for preamble in preambles))
    original = _Original(text, tamed)
    return [_block(line, entry, original, _values(entry, strings, commands)) for line, entry in entries]


def _again(block: model.Block, line: int, found: Found) -> list[tuple[int, str]]:
    """What is to be read again of a block that is no whole entry, with its line; what is lost is told."""
    if isinstance(block, Entry):
        return [(line, RE_MISSING_COMMA.sub(r"\1,\2", block.raw or ""))]
    if isinstance(block, ParsingFailedBlock):
        return _broken(block, line, found)
    if isinstance(block, ImplicitComment):
        _tell_fields_outside(block.comment, line, found)
    return []


def _block(line: int, entry: Entry, original: _Original, values: Fields) -> Block:
    key = decode(entry.key.replace(NO_KEY, ""))
    return Block(line, original.at(line, entry.raw or ""), entry.entry_type.lower(), key, values)


def _broken(block: ParsingFailedBlock, line: int, found: Found) -> list[tuple[int, str]]:
    """Reports a broken entry, unless commas mend it; gives what is to be read again, with its line."""
    raw = block.raw or ""
    starts = [match.start() for match in RE_ENTRY_START.finditer(raw) if raw[: match.start()].strip()]
    own, swallowed = (raw[: starts[0]], raw[starts[0] :]) if starts else (raw, "")
    again = [(line + own.count("\n"), swallowed)] if swallowed else []
    mended = RE_MISSING_COMMA.sub(r"\1,\2", own)
    if mended != own and not any(isinstance(b, ParsingFailedBlock) for b in Splitter(mended).split().blocks):
        return [(line, mended), *again]
    if BACKSLASH in own:  # its braces come in pairs only if those behind a backslash are none
        return [(line, own.replace(BACKSLASH, "\\")), *again]
    if own.strip() and not RE_IGNORED_START.match(own):
        shown = _shown(own).strip()
        found.not_understood.append(NotUnderstood(line, shown, f"broken entry: {_reason(block)}"))
    return again


def _tell_fields_outside(text: str, line: int, found: Found) -> None:
    """Reports fields that stand outside of any entry, as where an entry's beginning is broken."""
    text = "\n".join(part for part in text.split("\n") if not part.lstrip().startswith("%"))
    if RE_FIELD.search(text):
        shown = _shown(text).strip()
        found.not_understood.append(NotUnderstood(line, shown, "this stands outside of any entry"))


def _lacks_comma(entry: Entry) -> bool:
    """Whether a value runs on into the next field, because no comma ends it."""
    for field in entry.fields:
        value = str(field.value)
        if "=" not in value or value[0] not in '{"':
            continue
        end = closes(value) if value.startswith("{") else value.find('"', 1)
        if -1 < end < len(value) - 1 and RE_MISSING_COMMA.match(value, end):
            return True
    return False


def _reason(block: ParsingFailedBlock) -> str:
    reason = " ".join(str(getattr(block.error, "abort_reason", None) or block.error).rstrip(".").split())
    if re.search("block start|end of file", reason):
        return "a brace or quotation mark is never closed"
    return reason[:1].lower() + reason[1:]


# -- Taming ------------------------------------------------------------------------------

BACKSLASH = "\ue040"
"""Stands for a backslash before a brace: as BibTeX counts, the brace is one, whatever its looks."""
NO_KEY = "\ue041"
"""Stands where an entry has no key."""
RE_TOKEN = re.compile(r"(?<!\\)\\++(?=[{}])|\\[%\"]|[{}\"%)]|,(?=\s*,)|(?<![\w@])@[ \t]*\w+[ \t]*[{(]")
"""What the state of a reader within a .bib file depends on."""
RE_NO_KEY = re.compile(
    r"(?<![\w@])(@[ \t]*(?!comment|preamble|string)\w+[ \t]*[{(])(?=\s*[A-Za-z][\w-]*\s*=)", re.IGNORECASE
)


def _tame(text: str) -> str:
    """The text, as long as it was, without comments between fields, as biber passes over them."""
    tamer = _Tamer(text)
    parts: list[str] = []
    done = 0
    for match in RE_TOKEN.finditer(text):
        if match.start() >= done and (replaced := tamer.take(match[0], match.start())):
            parts += [text[done : match.start()], replaced]
            done = match.start() + len(replaced)
    return "".join([*parts, text[done:]])


class _Tamer:
    """Where in a file one is: outside of entries, between fields, or how deep in a value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.closing = ""
        self.depth = 0
        self.quoted = False

    def take(self, sign: str, place: int) -> str:
        """Goes past a sign; what stands in its place, and in that of the comment it begins, if not itself."""
        if not sign.strip("\\"):
            return BACKSLASH * len(sign)
        if sign.startswith("@"):
            if not self.depth or self._begins_line(place):
                self.depth, self.quoted, self.closing = 1, False, ")" if sign.endswith("(") else "}"
        elif self.depth == 1 and not self.quoted:
            return self._between_fields(sign, place)
        elif sign == '"' and self.depth == 1:
            self.quoted = False
        elif sign in {"{", "}"} and self.depth:
            self.depth += 1 if sign == "{" else -1
        return ""

    def _between_fields(self, sign: str, place: int) -> str:
        if sign == "{":
            self.depth += 1
        elif sign == self.closing:
            self.depth = 0
        elif sign == '"':
            self.quoted = True
        elif sign == ",":
            return " "
        elif sign == "%":
            return " " * (self._line_end(place) - place)
        return ""

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end

    def _begins_line(self, place: int) -> bool:
        return not self.text[self.text.rfind("\n", 0, place) + 1 : place].strip()


def _with_keys(text: str) -> str:
    """The text with a mark for the key where an entry has none."""
    text = RE_LISTED_TYPE.sub(lambda match: f"@{LISTED_TYPES.get(match[1].lower(), 'misc')}{{", text)
    return RE_NO_KEY.sub(rf"\1{NO_KEY},", text)


RE_LISTED_TYPE = re.compile(r"@\[\s*['\"]?(\w*)[^\[\]{}\n]{0,200}\]\s*\{")
"""A list of types where one is to stand, as Semantic Scholar wrote it: ``@['JournalArticle', 'Review']{``."""
LISTED_TYPES = {
    "journalarticle": "article",
    "review": "article",
    "conference": "inproceedings",
    "book": "book",
}


def _shown(raw: str) -> str:
    """A piece of tamed text as people may see it."""
    return raw.replace(f"{NO_KEY},", "").replace(BACKSLASH, "\\")


class _Original:
    """The text as it stood before it was tamed."""

    def __init__(self, text: str, tamed: str) -> None:
        self.text, self.tamed = text, tamed
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, line: int, raw: str) -> str:
        """The raw text of an entry that was found in a line; a mended one is not in the file."""
        bare = raw.replace(f"{NO_KEY},", "")
        start = self.tamed.find(bare, self.lines[min(line, len(self.lines)) - 1])
        return (self.text[start : start + len(bare)] if start >= 0 else _shown(raw)).strip()


# -- Values ------------------------------------------------------------------------------


def _values(entry: Entry, strings: Fields, commands: Mapping[str, _Command]) -> Fields:
    """An entry's values by lower-case name, expanded; of a field given twice the first."""
    values: Fields = {}
    for field in entry.fields:
        value = _expand(str(field.value), strings).strip()
        name = field.key.strip().lower()
        if value and name not in values:
            values[name] = _expanded(value, commands)
    return values


def _expand(value: str, strings: Mapping[str, str]) -> str:
    """A raw value without its delimiters; strings are looked up, parts joined by ``#`` united."""
    value = value.strip()
    in_braces = value.startswith("{") and closes(value) == len(value) - 1
    if in_braces or (value.startswith('"') and value.find('"', 1) == len(value) - 1):
        value = value[1:-1]
    elif re.fullmatch(r"[\w.:+/-]+", value):
        value = strings.get(value.lower(), value)
    else:
        value = "".join(_part(part, strings) for part in _concatenated(value))
    return value.replace(BACKSLASH, "\\")


def _part(part: str, strings: Mapping[str, str]) -> str:
    """A part of a value; the spaces within its delimiters are its own."""
    part = part.strip()
    if len(part) > 1 and part[0] + part[-1] in {'""', "{}"}:
        return part[1:-1]
    return strings.get(part.lower(), part)


def _concatenated(value: str) -> Iterator[str]:
    """The parts of ``"a" # jan # {b}``."""
    depth, quoted, start = 0, False, 0
    for i, char in enumerate(value):
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == '"' and not depth:
            quoted = not quoted
        elif char == "#" and not depth and not quoted:
            yield value[start:i]
            start = i + 1
    yield value[start:]


def closes(value: str) -> int:
    """Where the brace that a value begins with closes, or -1."""
    depth = 0
    for match in re.finditer(r"(?<!\\)[{}]", value):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.start()
    return -1


# -- Commands of a preamble --------------------------------------------------------------


@dataclass(frozen=True)
class _Command:
    """A command that a preamble defines: how many arguments it takes, and what it prints."""

    arguments: int
    body: str

    def printed(self, given: Sequence[str]) -> str:
        """What it prints of its arguments."""
        return re.sub(
            r"#(\d)",
            lambda sign: given[int(sign[1]) - 1] if 0 < int(sign[1]) <= len(given) else "",
            self.body,
        )


RE_NEW_COMMAND = re.compile(
    r"\\(?:newcommand|renewcommand|providecommand|DeclareRobustCommand)\*?\s*\{?\\([A-Za-z]+)\}?"
    r"\s*(?:\[(\d)\])?\s*\{([^{}]{0,200})\}"
    r"|\\def\s*\\([A-Za-z]+)((?:#\d){0,9})\s*\{([^{}]{0,200})\}"
)
MOST_COMMANDS = 100
LONGEST_VALUE = 20_000


def _commands(preamble: str) -> dict[str, _Command]:
    """The simple commands that are defined: ``\\newcommand{\\swap}[2]{#2#1}``."""
    found: dict[str, _Command] = {}
    for match in RE_NEW_COMMAND.finditer(preamble):
        name, body = match[1] or match[4], match[3] if match[1] else match[6]
        count = int(match[2] or 0) if match[1] else len(match[5]) // 2
        if len(found) < MOST_COMMANDS and f"\\{name}" not in body:
            found[name] = _Command(count, body)
    return found


def _expanded(value: str, commands: Mapping[str, _Command]) -> str:
    """A value in which the preamble's commands are what they print."""
    for name, command in commands.items():
        if f"\\{name}" not in value or len(value) > LONGEST_VALUE:
            continue
        pieces, done = [], 0
        for match in re.finditer(rf"\\{name}(?![A-Za-z])\s*", value):
            given, end = macros.arguments(value, match.end(), command.arguments)
            if match.start() < done or given is None:
                continue
            pieces += [value[done : match.start()], command.printed(given)]
            done = end
        value = "".join([*pieces, value[done:]])
    return value

"""What the website's scripts share with the program: its tables, as JavaScript that a build writes.

A rule that Python and the browser must each have is written in both, and held to one table of
cases (``tests/both_languages/``); what it goes by (words, patterns, orders, letters) stands in
Python alone and is derived from there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

import anyascii

from odebib.lookup.tex import commands
from odebib.matching.merging import ENTRY_ORDER
from odebib.text import citekeys, identifiers, names
from odebib.yamlio import writer

EUROPEAN = ((0x80, 0x250), (0x370, 0x530), (0x1E00, 0x2300))
"""Letters and signs that every page has at hand: Latin, Greek, Cyrillic, punctuation, mathematics."""
BLOCK = 4096
"""So many letters of other writings stand in one file, which is fetched when one of them is met."""
BLOCKS = (*range(16), 0x1F)

WHOLE = {
    "PLAIN_NAME": names.RE_PLAIN_NAME,
    "SUFFIX": names.RE_SUFFIX,
    "INITIALS": names.RE_INITIALS,
    "INITIALS_DOTTED": names.RE_INITIALS_DOTTED,
    "WHOLE_DOI": identifiers.RE_WHOLE_DOI,
    "ARXIV_TAIL": identifiers.RE_ARXIV_TAIL,
    "OPENREVIEW": identifiers.RE_OPENREVIEW,
}
"""Patterns that a whole text is to fit."""
START = {
    "DOI_LEAD": identifiers.RE_DOI_LEAD,
    "ARXIV_LEAD": identifiers.RE_ARXIV_LEAD,
    "ARXIV_NEW": identifiers.RE_ARXIV_NEW,
    "ARXIV_OLD": identifiers.RE_ARXIV_OLD,
}
"""Patterns that a text is to begin with."""
ANYWHERE = {
    "INITIAL": names.RE_INITIAL,
    "SEVERAL_PEOPLE": names.RE_SEVERAL,
    "DOI": identifiers.RE_WHOLE_DOI,
    "DOI_TAIL": identifiers.RE_DOI_TAIL,
}
VALUES = {
    "SKIPPED_WORDS": citekeys.SKIPPED_WORDS,
    "RESERVED_NAMES": citekeys.RESERVED_NAMES,
    "FLOW_FIELDS": writer.FLOW_FIELDS,
    "ENTRY_ORDER": tuple(ENTRY_ORDER),
    "FOLDED_FROM": writer.FOLDED_FROM,
    "WIDTH": writer.WIDTH,
}


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """The files by their names below ``assets/``."""
    return tuple((name, text.encode()) for name, text in _texts())


def _texts() -> Iterator[tuple[str, str]]:
    yield "tables.js", _script({**VALUES, **dict(_patterns())})
    yield "tex-commands.js", _script(dict(_tex_commands()))
    european = [[start, [_in_ascii(code) for code in range(start, end)]] for start, end in EUROPEAN]
    yield "letters.js", _script({"LETTERS": european})
    for number in BLOCKS:
        codes = range(number * BLOCK, (number + 1) * BLOCK)
        yield f"search/letters/{number}.json", json.dumps("\n".join(map(_in_ascii, codes)).rstrip("\n"))


def _in_ascii(code: int) -> str:
    return "" if code in SURROGATES else anyascii.anyascii(chr(code)).replace("\n", " ")


SURROGATES = range(0xD800, 0xE000)


class _Pattern(str):
    """A pattern in JavaScript, which is no text."""

    __slots__ = ()


def _patterns() -> Iterator[tuple[str, _Pattern]]:
    for patterns, form in ((WHOLE, "^(?:{})$"), (START, "^(?:{})"), (ANYWHERE, "{}")):
        for name, pattern in patterns.items():
            yield name, _pattern(pattern, form)


def _tex_commands() -> Iterator[tuple[str, object]]:
    """Sets of names, and patterns of whole ones; those called ``RE_…`` are looked for anywhere."""
    for name, value in vars(commands).items():
        if isinstance(value, re.Pattern):
            yield name, _pattern(value, "{}", "g") if name.startswith("RE_") else _pattern(value, "^(?:{})$")
        elif isinstance(value, frozenset | dict) and name.isupper():
            yield name, value


def _pattern(pattern: re.Pattern[str], form: str, flags: str = "") -> _Pattern:
    """A pattern of Python's in JavaScript, where ``\\w`` knows no letters beyond ASCII."""
    source = (
        pattern.pattern.replace("[^\\W\\d_", "[^\\P{L}").replace("\\w", "\\p{L}\\p{N}_").replace('\\"', '"')
    )
    source = RE_EITHER_CASE.sub(lambda found: f"(?:{_either_case(found[1])})", source).replace("/", "\\/")
    ignored = "i" if pattern.flags & re.IGNORECASE else ""
    return _Pattern(f"/{form.replace('{}', source)}/{flags}u{ignored}")


RE_EITHER_CASE = re.compile(r"\(\?i:([^()]*)\)")


def _either_case(words: str) -> str:
    return "".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else sign for sign in words)


def _script(values: dict[str, object]) -> str:
    """A script that exports values by their names."""
    lines = ["// Written by odebib (website/scripts.py) from the tables of the program.", ""]
    for name, value in values.items():
        if isinstance(value, _Pattern):
            written: str = value
        elif isinstance(value, frozenset):
            written = f"new Set({json.dumps(sorted(value))})"
        else:
            written = json.dumps(value, ensure_ascii=False)
        lines.append(f"export const {name} = {written};")
    return "\n".join(lines) + "\n"

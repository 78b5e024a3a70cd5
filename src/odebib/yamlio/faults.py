"""What YAML cannot read, in our words: which line is at fault, why, and how it should be written.

A fault comes with the text as it was meant, so that reading can go on and
one run shows every mistake of a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from odebib.yamlio import tree

PROSE_FIELDS = frozenset({"title", "name", "summary", "abstract", "note", "description", "quote", "text"})
"""Fields of running text, in which a ``#`` is hardly ever meant as a comment, nor a ``[`` as a list."""

RE_FIELD = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<name>[\w-]+):(?:\s+(?P<value>\S.*))?$")
"""A line, without the spaces at its end, that begins a field, in a list or not."""
RE_ITEM = re.compile(r"(?P<lead>\s*)-(?:\s+(?P<value>\S.*))?$")
"""A line that begins an item of a list of plain values."""
RE_GLUED = re.compile(r"(?P<lead>\s*(?:- +)?)(?!https?:)(?P<name>[a-z_]+):(?P<value>[^\s/].*)$")
"""A field whose value sticks to the colon."""
RE_BLOCK_HEADER = re.compile(r"[|>][+-]?\d?[+-]?(?:\s+#.*)?")
"""What announces a block of text, and may stand alone behind a field's name."""

STARTS = {
    "[": "a list",
    "{": "a set of fields",
    '"': "a quoted text",
    "'": "a quoted text",
    "@": "something reserved",
    "`": "something reserved",
    "%": "a directive",
    "&": "an anchor",
    "*": "a reference",
    "!": "a tag",
    "|": "a block of text",
    ">": "a folded text",
    "- ": "an item of a list",
    "? ": "the name of a field",
}
"""What YAML takes a value for that starts so."""

NOT_YAML = (
    "compare the line and the one above with another file: `field: value`, two spaces of indent, "
    "`- ` before items"
)


@dataclass(frozen=True)
class Fault:
    """What is wrong at a place (line and column from 1), and the text as it was meant, if that is clear."""

    line: int
    column: int
    message: str
    hint: str
    repaired: str | None
    mended: str | None = None
    """The text with the line as the hint shows it; None where the hint shows none."""


def explain(text: str, error: yaml.MarkedYAMLError) -> Fault:
    """One of YAML's errors as a person needs it. ``text`` has no other line breaks than ``\\n``."""
    mark = error.problem_mark or error.context_mark
    number = mark.line if mark else 0
    lines = text.split("\n")
    for candidate in _suspects(lines, number, error):
        found = _explain_line(_Line(lines, candidate))
        if found:
            return found
    column = mark.column + 1 if mark else 0
    line = min(number, len(lines) - 1) + 1
    return Fault(line, column, f"YAML cannot read this: {error.problem}", NOT_YAML, None)


def _suspects(lines: list[str], number: int, error: yaml.MarkedYAMLError) -> list[int]:
    """The lines that may be at fault: where YAML stumbled, where its context began, and those just above."""
    context = error.context_mark.line if error.context_mark else number
    above = range(number, max(number - 4, -1), -1)
    return list(dict.fromkeys(n for n in (*above, context) if 0 <= n < len(lines)))


class _Line:
    """A line among the others, as its explanations look at it."""

    def __init__(self, lines: list[str], number: int) -> None:
        self.lines = lines
        self.number = number
        self.text = lines[number].rstrip()
        self.indent = len(self.text) - len(self.text.lstrip())
        self.match = RE_FIELD.match(self.text) or RE_ITEM.match(self.text)
        self.value = (self.match["value"] or "") if self.match else ""
        self.field = self.match.groupdict().get("name") if self.match else None

    def fault(self, message: str, corrected: str, *, at: int = 0, one_line: str | None = None) -> Fault:
        """A fault in this line; ``one_line`` is the correction that keeps the number of lines."""
        repaired = self.replaced(corrected if one_line is None else one_line)
        mended = self.replaced(corrected) if corrected else None
        return Fault(self.number + 1, at + 1, message, f"write\n{corrected}", repaired, mended)

    def replaced(self, text: str) -> str:
        """The whole text with other words for this line."""
        return "\n".join([*self.lines[: self.number], text, *self.lines[self.number + 1 :]])

    def value_fault(self, message: str, at: int) -> Fault:
        """A fault of a value that must stand on a line of its own, or in quotes."""
        return self.fault(message, as_block(self.text), at=at, one_line=_as_quoted(self.text))

    def above(self) -> Iterator[_Line]:
        """The lines above that say something, the nearest first."""
        for number in range(self.number - 1, -1, -1):
            if self.lines[number].strip() and not self.lines[number].lstrip().startswith("#"):
                yield _Line(self.lines, number)


def _explain_line(line: _Line) -> Fault | None:
    return next((fault for rule in RULES if (fault := rule(line))), None)


def _tab(line: _Line) -> Fault | None:
    indent = line.text[: line.indent]
    if "\t" not in indent:
        return None
    above = next(line.above(), None)
    # A tab is what an editor made of an indent; how deep it was meant the line above tells.
    depth = 0 if above is None else above.indent + (2 if above.field and not above.value else 0)
    corrected = " " * depth + line.text.lstrip()
    return line.fault("starts with a tab; YAML wants spaces", corrected)


def _second_document(line: _Line) -> Fault | None:
    if line.text[:3] not in {"---", "..."} or next(line.above(), None) is None:
        return None
    fault = line.fault("begins a second document, but a file holds only one", "", one_line="#")
    return Fault(fault.line, 1, fault.message, "delete the line, or write a file for each", fault.repaired)


def _unclosed(line: _Line) -> Fault | None:
    opening = line.value[:1]
    closing = {"[": "]", "{": "}"}.get(opening)
    if closing is None or closing in line.value or line.field in PROSE_FIELDS or line.field is None:
        return None
    if line.value.endswith(","):
        return None  # it may go on in the next line
    return line.fault(f"`{opening}` is never closed", line.text + closing, at=len(line.text))


def _misread_start(line: _Line) -> Fault | None:
    start = next((s for s in (line.value[:1], line.value[:2]) if s in STARTS), None)
    if start is None or line.match is None or _reads_alone(line.value):
        return None
    message = f"a value that starts with `{start.strip()}` is {STARTS[start]} to YAML"
    return line.value_fault(message.replace("```", "`` ` ``"), line.match.start("value"))


def _colon(line: _Line) -> Fault | None:
    colon = re.search(r":(?: |$)", line.value)
    if colon is None or line.match is None or line.value[:1] in STARTS:
        return None
    return line.value_fault(
        "`: ` inside a text looks like a field to YAML", line.match.start("value") + colon.start()
    )


def _wrong_indent(line: _Line) -> Fault | None:
    """A field that stands deeper than the one above, which has a value already, or fits to none above."""
    above = next(line.above(), None)
    if line.field is None or above is None or above.match is None or line.match is None:
        return None
    column = line.match.start("name")
    if line.indent != column:
        return None  # an item of a list
    begins = above.match.start("name") if above.field else above.indent
    if column > begins and _has_value_already(above):
        corrected = " " * begins + line.text.lstrip()
        return line.fault("is indented deeper than the field above, so it goes on with its text", corrected)
    fields = {other.match.start("name") for other in line.above() if other.match and other.field}
    if column in fields or column > begins:
        return None
    nearest = min(fields, key=lambda place: (abs(place - column), -place), default=0)
    return line.fault("its indent fits to no field above", " " * nearest + line.text.lstrip())


def _has_value_already(above: _Line) -> bool:
    """Whether a field's text stands behind its name, so that nothing may stand below it."""
    return bool(above.field and above.value and not RE_BLOCK_HEADER.fullmatch(above.value))


def _glued(line: _Line) -> Fault | None:
    match = RE_GLUED.match(line.text)
    if match is None or line.match is not None:
        return None
    spaced = f"{match['lead']}{match['name']}: {match['value']}"
    return line.fault("a space is missing after the colon", spaced, at=match.start("value"))


def _unindented(line: _Line) -> Fault | None:
    """A line that is neither a field nor an item: most often the second line of a text, not indented."""
    if line.match or not line.text or line.text.lstrip().startswith("#"):
        return None
    for above in line.above():
        if above.match:
            indent = len(above.match["lead"]) + 2
            if line.indent >= indent:
                return None
            message = "this line goes on with the text above and must be indented"
            return line.fault(message, " " * indent + line.text.strip())
    return None


RULES: tuple[Callable[[_Line], Fault | None], ...] = (
    _tab,
    _second_document,
    _unclosed,
    _misread_start,
    _colon,
    _wrong_indent,
    _glued,
    _unindented,
)
"""What may be wrong with a line, the surest first."""


def _reads_alone(value: str) -> bool:
    """Whether YAML can read a value by itself as what it seems to be."""
    if RE_BLOCK_HEADER.fullmatch(value):
        return True
    try:
        node = tree.compose(value)
    except (yaml.YAMLError, ValueError, tree.TooDeepError):
        return False
    if value[0] in "[{":
        return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)
    return isinstance(node, yaml.ScalarNode)


def as_block(line: str) -> str:
    """The line with its text on a line of its own, where everything is allowed.

    >>> print(as_block("title: PDE-Net: Learning"))
    title: >-
      PDE-Net: Learning
    """
    match = RE_FIELD.match(line)
    if match:
        indent = " " * len(match["lead"])
        return f"{match['lead']}{match['name']}: >-\n{indent}  {_unquoted(match['value'] or '')}"
    match = RE_ITEM.match(line)
    if match:
        return f"{match['lead']}- >-\n{match['lead']}  {_unquoted(match['value'] or '')}"
    return line


def _as_quoted(line: str) -> str:
    """The line with its text in quotes: as :func:`as_block`, but still one line."""
    match = RE_FIELD.match(line) or RE_ITEM.match(line)
    if not match or not match["value"]:
        return line
    return line[: match.start("value")] + json.dumps(_unquoted(match["value"]), ensure_ascii=False)


def _unquoted(value: str) -> str:
    """A value without the quotes that enclose it whole."""
    for quote in "\"'":
        if value.startswith(quote) and value.endswith(quote) and len(value) > 1 and quote not in value[1:-1]:
            return value[1:-1]
    return value

"""YAML as odebib reads it: every scalar is the text that was written, and has a place.

``arxiv: 2001.01320`` stays what it is, ``No`` stays a name. Anchors, tags and
duplicate fields are refused. What YAML itself misreads (a colon in a title, a
title that starts with ``[``, …) is explained in our words, with the line as it
should be. Nothing here knows what the fields mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from odebib.errors import Location, Problem, Severity

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's parser where it is there (it reads ten times as fast), else PyYAML's own."""

DEPTH_LIMIT = 40
"""How deep collections may nest; nothing in ``data/`` comes near it."""

PROSE_FIELDS = frozenset({"title", "name", "summary", "abstract", "note", "description", "quote", "text"})
"""Fields of running text, in which a ``#`` is hardly ever meant as a comment."""


@dataclass(frozen=True)
class YamlFile:
    """The text of one file with the places of everything in it.

    ``data`` is made of ``dict``, ``list`` and ``str`` only; None if the file could not be read.
    """

    path: str
    text: str
    data: Any
    problems: tuple[Problem, ...] = ()
    root: yaml.Node | None = field(default=None, repr=False)

    def locate(self, where: Sequence[str | int] = (), *, key: bool = False) -> Location:
        """The place of a value, or with ``key`` of the field's name; the nearest thing above if absent.

        >>> read("x.yml", "title: A\\nauthors:\\n  - B\\n").locate(("authors", 0))
        Location(path='x.yml', line=3, column=5)
        """
        node, place = self.root, self.root
        for index, step in enumerate(where):
            found = _step(node, step)
            if found is None:
                continue  # pydantic's own words for unions and validators are no steps
            name, node = found
            place = name if key and index == len(where) - 1 and name is not None else node
        if place is None:
            return Location(self.path)
        return Location(self.path, place.start_mark.line + 1, place.start_mark.column + 1)


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((name, value) for name, value in node.value if name.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def read(path: str, text: str) -> YamlFile:
    """Read the text of one file; ``path`` is what problems call it. Never raises.

    Where a line can be understood though YAML cannot read it, it is told and
    the rest is read as if it were right, so that one run shows every mistake.
    """
    text = text.removeprefix("\ufeff")
    faults: list[Problem] = []
    readable = text
    while True:
        try:
            file = _read(path, readable)
        except yaml.MarkedYAMLError as error:
            fault = _explain(path, readable, error)
            faults.append(fault.problem)
            if fault.repaired is None or len(faults) >= FAULTS_LIMIT:
                return YamlFile(path, text, None, tuple(faults))
            readable = fault.repaired
        else:
            return YamlFile(path, text, file.data, (*faults, *file.problems), file.root)


FAULTS_LIMIT = 20
"""After so many unreadable lines a file is no YAML at all."""


def _read(path: str, text: str) -> YamlFile:
    loader = None
    try:
        loader = Loader(text)
        root = loader.get_single_node()
        if root is None:
            return YamlFile(path, text, None)
        builder = _Builder(path, text)
        data = builder.build(root, 0)
    except yaml.MarkedYAMLError:
        raise
    except (yaml.YAMLError, ValueError) as error:
        return YamlFile(path, text, None, (_unreadable(path, text, error),))
    except RecursionError:
        return YamlFile(path, text, None, (_too_deep(Location(path)),))
    finally:
        if loader is not None:
            loader.dispose()
    return YamlFile(path, text, data, tuple(builder.problems), root)


class _Builder:
    """Turns YAML's nodes into plain values, and notes what must not be there."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.split("\n") if " #" in text else None
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def build(self, node: yaml.Node, depth: int) -> Any:
        if id(node) in self.seen:
            self._problem(node, "yaml-alias", "`*` and `&` repeat a value; write the value out")
            return ""
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            if not node.tag.startswith("tag:yaml.org,2002:"):
                self._problem(
                    node,
                    "yaml-tag",
                    f"a value that starts with `{node.tag}` is special to YAML",
                    f'write it in quotes: "{node.tag} {node.value}"',
                )
            return node.value
        if depth > DEPTH_LIMIT:
            self.problems.append(_too_deep(self._location(node)))
            return ""
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, depth + 1) for item in node.value]
        assert isinstance(node, yaml.MappingNode)
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                self._problem(name, "yaml-key", "a field's name must be a word", _quote_hint(name))
                continue
            if name.value in found:
                self._problem(
                    name,
                    "duplicate-field",
                    f"`{name.value}` is given twice; YAML would keep only the last",
                    "unite the two",
                )
            found[name.value] = self.build(value, depth + 1)
            if self.lines is not None and name.value in PROSE_FIELDS:
                self._look_for_cut(name.value, value)
        return found

    def _look_for_cut(self, name: str, node: yaml.Node) -> None:
        """A plain text that ends at `` #``: everything behind it is a comment to YAML."""
        if not isinstance(node, yaml.ScalarNode) or node.style or self.lines is None:
            return
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if re.match(r"\s+#\S", rest) or (name == "title" and re.match(r"\s+#", rest)):
            self.problems.append(
                Problem(
                    Location(self.path, end.line + 1, end.column + 2),
                    "yaml-comment",
                    f"` #` starts a comment, so `{name}` ends at “{node.value[-30:]}”",
                    "write the text on a line of its own, or the comment above:\n"
                    + _as_block(f"{name}: {node.value}{rest}"),
                    Severity.WARNING,
                )
            )

    def _location(self, node: yaml.Node) -> Location:
        return Location(self.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def _problem(self, node: yaml.Node, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(self._location(node), code, message, hint))


def _quote_hint(node: yaml.Node) -> str:
    return "put the text in quotes" if isinstance(node, yaml.MappingNode) else "write `field: value`"


def _too_deep(location: Location) -> Problem:
    return Problem(location, "yaml-depth", "nests too deep to be read", "write it flatter")


def _unreadable(path: str, text: str, error: Exception) -> Problem:
    """A character that YAML refuses anywhere, such as a control character."""
    position = getattr(error, "position", None)
    place = Location(path)
    if isinstance(position, int):
        before = text[:position]
        place = Location(path, before.count("\n") + 1, position - before.rfind("\n"))
    return Problem(
        place, "yaml-character", "holds a character that YAML refuses", "delete the invisible character"
    )


# -- YAML's errors in our words ------------------------------------------------------------

RE_FIELD = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<name>[\w-]+):(?: +(?P<value>\S.*?))?\s*$")
"""A line that begins a field, in a list or not."""
RE_ITEM = re.compile(r"(?P<lead>\s*)-(?: +(?P<value>\S.*?))?\s*$")
"""A line that begins an item of a list of plain values."""

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
}
"""What YAML takes a value for that starts so."""


@dataclass(frozen=True)
class _Fault:
    """What is wrong with a line, and the whole text with that line as it was meant."""

    problem: Problem
    repaired: str | None


def _explain(path: str, text: str, error: yaml.MarkedYAMLError) -> _Fault:
    """One of YAML's errors as a person needs it: what is wrong and the line as it should be."""
    mark = error.problem_mark or error.context_mark
    number = mark.line if mark else 0
    lines = text.split("\n")
    for candidate in _suspects(lines, number, error):
        fault = _explain_line(path, lines, candidate)
        if fault:
            return fault
    problem = Problem(
        Location(path, min(number, len(lines) - 1) + 1, mark.column + 1 if mark else 0),
        "yaml-syntax",
        f"YAML cannot read this: {error.problem}",
        "compare the line and the one above with another file: "
        "`field: value`, two spaces of indent, `- ` before items",
    )
    return _Fault(problem, None)


def _suspects(lines: list[str], number: int, error: yaml.MarkedYAMLError) -> list[int]:
    """The lines that may be at fault: where YAML stumbled, where its context began, and those just above."""
    context = error.context_mark.line if error.context_mark else number
    above = range(number, max(number - 4, -1), -1)
    return list(dict.fromkeys(n for n in (*above, context) if 0 <= n < len(lines)))


def _explain_line(path: str, lines: list[str], number: int) -> _Fault | None:
    line = lines[number]
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        spaces = indent.replace("\t", "  ") + line.lstrip()
        return _fault(path, lines, number, 0, "starts with a tab; YAML wants spaces", spaces)
    match = RE_FIELD.match(line) or RE_ITEM.match(line)
    if match is None:
        return _explain_loose(path, lines, number)
    value = match["value"] or ""
    column = match.start("value") if value else 0
    if value[:1] in STARTS and not _reads_alone(value):
        message = f"a value that starts with `{value[0]}` is {STARTS[value[0]]} to YAML"
        return _fault(path, lines, number, column, message, _as_block(line), _as_quoted(line))
    colon = re.search(r":(?: |$)", value)
    if colon and value[:1] not in STARTS:
        message = "`: ` inside a text looks like a field to YAML"
        return _fault(path, lines, number, column + colon.start(), message, _as_block(line), _as_quoted(line))
    return None


def _explain_loose(path: str, lines: list[str], number: int) -> _Fault | None:
    """A line that is neither a field nor an item: most often the second line of a text, not indented."""
    line = lines[number]
    if not line.strip() or line.lstrip().startswith("#"):
        return None
    if RE_GLUED.match(line):
        spaced = line.replace(":", ": ", 1)
        return _fault(path, lines, number, 0, "a space is missing after the colon", spaced)
    for above in range(number - 1, -1, -1):
        match = RE_FIELD.match(lines[above]) or RE_ITEM.match(lines[above])
        if match:
            indent = " " * (len(match["lead"]) + 2)
            if len(line) - len(line.lstrip()) >= len(indent):
                return None
            message = "this line goes on with the text above and must be indented"
            return _fault(path, lines, number, 0, message, indent + line.strip())
    return None


RE_GLUED = re.compile(r"\s*(?:- +)?(?!https?:)[a-z_]+:[^\s/]")
"""A field whose value sticks to the colon."""


def _fault(
    path: str, lines: list[str], number: int, column: int, message: str, corrected: str, repaired: str = ""
) -> _Fault:
    """A fault in one line. ``repaired`` is the line in a form that keeps the number of lines."""
    problem = Problem(Location(path, number + 1, column + 1), "yaml-syntax", message, f"write\n{corrected}")
    return _Fault(problem, "\n".join([*lines[:number], repaired or corrected, *lines[number + 1 :]]))


def _reads_alone(value: str) -> bool:
    """Whether YAML can read a value by itself as what it seems to be."""
    try:
        yaml.load(value, Loader=Loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return value[:1] in "|>" and len(value) <= 3
    return True


def _as_block(line: str) -> str:
    """The line with its text on a line of its own, where everything is allowed.

    >>> print(_as_block("title: PDE-Net: Learning"))
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
    """The line with its text in quotes: as :func:`_as_block`, but still one line."""
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

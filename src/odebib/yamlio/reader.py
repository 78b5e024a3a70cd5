"""YAML as odebib reads it: every scalar is the text that was written, and has a place.

``arxiv: 2001.01320`` stays what it is, ``No`` stays a name. Anchors, tags and
duplicate fields are refused. What YAML itself misreads (a colon in a title, a
title that starts with ``[``, …) is explained in our words, with the line as it
should be. Nothing here knows what the fields mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from odebib.errors import Location, Problem, Severity
from odebib.yamlio import faults, tree
from odebib.yamlio.faults import PROSE_FIELDS

FAULTS_LIMIT = 20
"""After so many unreadable lines a file is no YAML at all."""


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
    readable: str = field(default="", repr=False)
    """The text as YAML read it: the places of ``root`` are places in this."""

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

    def source(self, where: Sequence[str | int]) -> str:
        """The value at a place as it stands in the file, ``[Re]`` with its brackets; empty if absent."""
        node = self.root
        for step in where:
            found = _step(node, step)
            if found is None:
                return ""
            node = found[1]
        if node is None:
            return ""
        return self.readable[node.start_mark.index : node.end_mark.index].strip()


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
    readable = tree.without_rare_breaks(text.removeprefix("\ufeff"))
    try:
        return _read(path, text, readable)
    except (yaml.YAMLError, ValueError):
        return _read_with_faults(path, text, readable)
    except tree.TooDeepError as error:
        return YamlFile(path, text, None, (_too_deep(path, error.mark),))
    except RecursionError:  # only where PyYAML comes without libyaml
        return YamlFile(path, text, None, (_too_deep(path, None),))


def _read(path: str, text: str, readable: str, problems: Sequence[Problem] = ()) -> YamlFile:
    root = tree.compose(readable)
    if root is None:
        return YamlFile(path, text, None, tuple(problems))
    builder = _Builder(path, readable)
    data = builder.build(root)
    return YamlFile(path, text, data, (*problems, *builder.problems), root, readable)


def _read_with_faults(path: str, text: str, readable: str) -> YamlFile:
    """Read a text that YAML refuses: each fault is told and mended until the rest can be read."""
    readable = readable.replace("\r\n", "\n").replace("\r", "\n")
    problems = list(islice(_refused_characters(path, readable), FAULTS_LIMIT))
    readable = tree.tame(readable)
    while True:
        try:
            return _read(path, text, readable, problems)
        except yaml.MarkedYAMLError as error:
            fault = faults.explain(readable, error)
            place = Location(path, fault.line, fault.column)
            problems.append(Problem(place, "yaml-syntax", fault.message, fault.hint))
            if fault.repaired in (None, readable) or len(problems) >= FAULTS_LIMIT:
                return YamlFile(path, text, None, tuple(problems))
            readable = str(fault.repaired)
        except tree.TooDeepError as error:
            return YamlFile(path, text, None, (*problems, _too_deep(path, error.mark)))
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            problem = Problem(Location(path), "yaml-syntax", f"YAML cannot read this: {error}")
            return YamlFile(path, text, None, (*problems, problem))


def _refused_characters(path: str, text: str) -> Iterator[Problem]:
    for match in tree.RE_REFUSED.finditer(text):
        before = text[: match.start()]
        line, column = before.count("\n"), match.start() - before.rfind("\n")
        message = f"holds a character that YAML refuses (U+{ord(match[0]):04X})"
        yield Problem(
            Location(path, line + 1, column), "yaml-character", message, "delete the invisible character"
        )


class _Builder:
    """Turns YAML's nodes into plain values, and notes what must not be there."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.comments = " #" in text or "\t#" in text
        self.special = "&" in text or "!" in text
        self.seen: set[int] = set()
        self.problems: list[Problem] = []

    def build(self, node: yaml.Node) -> Any:
        """The plain value of a node."""
        if self.special and self._is_special(node):
            return ""
        if node.__class__ is yaml.ScalarNode:
            return node.value if node.style != ">" else tree.text_of(node)
        if node.__class__ is yaml.SequenceNode:
            return [self.build(item) for item in node.value]
        found: dict[str, Any] = {}
        for name, value in node.value:
            if name.__class__ is not yaml.ScalarNode:
                self._problem(name, "yaml-key", "a field's name must be a word", "write `field: value`")
                continue
            if name.value in found:
                message = f"`{name.value}` is given twice; YAML would keep only the last"
                self._problem(name, "duplicate-field", message, "unite the two")
            found[name.value] = self.build(value)
            if self.comments:
                self._look_for_cut(name.value, value)
        return found

    def _is_special(self, node: yaml.Node) -> bool:
        """Whether a node bears an anchor or a tag, or is repeated by one; all three are told."""
        if id(node) in self.seen:
            return True
        self.seen.add(id(node))
        start = self.text[node.start_mark.index : node.start_mark.index + 1]
        if start not in {"&", "!"}:
            return False
        written = self.text[node.start_mark.index : node.end_mark.index].split("\n")[0].strip()
        if start == "&":
            message = "`&` and `*` name and repeat a value in YAML; write the value out"
            self._problem(node, "yaml-alias", message, f"or, if it is text, in quotes: {_quoted(written)}")
        else:
            message = f"a value that starts with `{written.split(' ')[0]}` is special to YAML"
            self._problem(node, "yaml-tag", message, f"write it in quotes: {_quoted(written)}")
        return isinstance(node, yaml.CollectionNode)

    def _look_for_cut(self, name: str, node: yaml.Node) -> None:
        """A plain text that ends at `` #``: everything behind it is a comment to YAML."""
        if not isinstance(node, yaml.ScalarNode) or node.style or not node.value:
            return
        end = node.end_mark.index
        rest = self.text[end : self._line_end(end)].rstrip()
        if RE_CUT["title" if name == "title" else "prose" if name in PROSE_FIELDS else "word"].match(rest):
            hint = "write the text on a line of its own, or the comment above:\n"
            self.problems.append(
                Problem(
                    Location(self.path, node.end_mark.line + 1, node.end_mark.column + 2),
                    "yaml-comment",
                    f"` #` starts a comment, so `{name}` ends at “{node.value[-30:]}”",
                    hint + faults.as_block(f"{name}: {node.value}{rest}"),
                    Severity.WARNING,
                )
            )

    def _line_end(self, start: int) -> int:
        end = self.text.find("\n", start)
        return end if end >= 0 else len(self.text)

    def _problem(self, node: yaml.Node, code: str, message: str, hint: str | None = None) -> None:
        place = Location(self.path, node.start_mark.line + 1, node.start_mark.column + 1)
        self.problems.append(Problem(place, code, message, hint))


RE_CUT = {
    "title": re.compile(r"\s+#"),
    "prose": re.compile(r"\s+#\S"),
    "word": re.compile(r"\s+#\d"),
}
"""What behind a value was hardly meant as a comment: by the kind of field, the more it is running text."""


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def _too_deep(path: str, mark: yaml.Mark | None) -> Problem:
    place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
    return Problem(place, "yaml-depth", "nests too deep to be read", "write it flatter")

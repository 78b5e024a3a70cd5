"""YAML as odebib writes it: like a person would, and only what changed.

New text comes from PyYAML's emitter with styles chosen here. Existing files
are never written anew: a field is set, added or taken out where it stands, so
that comments, order and everybody else's lines survive byte for byte.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from yaml.emitter import Emitter
from yaml.resolver import BaseResolver
from yaml.serializer import Serializer

from odebib.yamlfile import Loader

WIDTH = 100
"""Lines are folded here."""

FLOW_FIELDS = frozenset({"tags", "topics", "awards", "by", "language", "not_same", "start_here", "aliases"})
"""Lists of short words, which stand in one line."""

FOLDED_FROM = 88
"""A longer text gets lines of its own."""


class _Dumper(Emitter, Serializer, BaseResolver):
    """PyYAML's emitter without guesses at types, so that text needs quotes only where YAML demands them."""

    def __init__(self, stream: io.StringIO) -> None:
        Emitter.__init__(self, stream, width=WIDTH, allow_unicode=True)
        Serializer.__init__(self)
        BaseResolver.__init__(self)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Items of a list are indented below their field."""
        super().increase_indent(flow, False)


def emit(value: Any) -> str:
    """A value of ``dict``, ``list`` and ``str`` as YAML, ending in a newline.

    >>> print(emit({"title": "PDE-Net: Learning", "tags": ["theory"], "authors": ["Weinan E"]}), end="")
    title: >-
      PDE-Net: Learning
    tags: [theory]
    authors:
      - Weinan E
    """
    stream = io.StringIO()
    dumper = _Dumper(stream)
    dumper.open()
    dumper.serialize(_node(value, ""))
    dumper.close()
    return stream.getvalue()


def _node(value: Any, name: str) -> yaml.Node:
    if isinstance(value, Mapping):
        pairs = [(_scalar(str(key), ""), _node(item, str(key))) for key, item in value.items()]
        return yaml.MappingNode(BaseResolver.DEFAULT_MAPPING_TAG, pairs, flow_style=False)
    if isinstance(value, list | tuple):
        flow = not value or (name in FLOW_FIELDS and sum(len(str(item)) + 2 for item in value) < WIDTH - 20)
        items = [_node(item, "") for item in value]
        return yaml.SequenceNode(BaseResolver.DEFAULT_SEQUENCE_TAG, items, flow_style=flow)
    return _scalar(str(value), name)


def _scalar(text: str, name: str) -> yaml.ScalarNode:
    style = None
    if len(text) + len(name) > FOLDED_FROM or "\n" in text or (text and not _plain(text)):
        style = ">"
    return yaml.ScalarNode(BaseResolver.DEFAULT_SCALAR_TAG, text, style=style)


def _plain(text: str) -> bool:
    """Whether YAML reads ``text`` back as it stands, in a list in brackets too."""
    try:
        return bool(yaml.load(f"x: {text}", Loader=Loader) == {"x": text})
    except yaml.YAMLError:
        return False


# -- Changing a file ------------------------------------------------------------------------


def set_field(text: str, where: Sequence[str | int], value: Any, order: Sequence[str] = ()) -> str:
    """``text`` with the field at ``where`` set to ``value``; everything else stays as it is.

    ``where`` leads to the field, its name last. A new field goes behind the
    last one that stands before it in ``order``.

    >>> print(set_field("title: A  # checked\\nyear: 2018\\n", ["year"], "2019"), end="")
    title: A  # checked
    year: 2019
    >>> print(set_field("title: A\\nvenue: B\\n", ["year"], "2019", ["title", "year", "venue"]), end="")
    title: A
    year: 2019
    venue: B
    """
    mapping = _find(text, where[:-1])
    name = str(where[-1])
    column = mapping.start_mark.column
    fragment = _indent(emit({name: value}), column)
    for key, node in mapping.value:
        if key.value == name:
            return _splice(text, key.start_mark, _end(text, node), fragment.strip())
    before = list(order[: order.index(name)]) if name in order else [key.value for key, _ in mapping.value]
    after = [node for key, node in mapping.value if key.value in before]
    if not after:
        start = mapping.start_mark
        return _splice(text, start, (start.line, start.column), fragment.strip() + "\n" + " " * column)
    line = _end(text, after[-1])[0]
    lines = text.split("\n")
    lines[line + 1 : line + 1] = fragment.rstrip("\n").split("\n")
    return "\n".join(lines) if text.endswith("\n") else "\n".join(lines) + "\n"


def delete_field(text: str, where: Sequence[str | int]) -> str:
    """``text`` without the lines of the field at ``where``."""
    mapping = _find(text, where[:-1])
    for key, node in mapping.value:
        if key.value == where[-1]:
            lines = text.split("\n")
            del lines[key.start_mark.line : _end(text, node)[0] + 1]
            return "\n".join(lines)
    return text


def append_item(text: str, where: Sequence[str | int], value: Any) -> str:
    """``text`` with one more item at the end of the list at ``where``.

    >>> print(append_item("authors:\\n  - A\\nyear: 1\\n", ["authors"], "B"), end="")
    authors:
      - A
      - B
    year: 1
    """
    node = _find(text, where)
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        line = _end(text, node)[0]
        lines = text.split("\n")
        fragment = _indent(emit([value]), node.start_mark.column)
        lines[line + 1 : line + 1] = fragment.rstrip("\n").split("\n")
        return "\n".join(lines) if text.endswith("\n") else "\n".join(lines) + "\n"
    old = yaml.load(text, Loader=Loader)
    for step in where:
        old = old[step]
    items = old if isinstance(old, list) else [old] if old else []
    if not where:
        return text.rstrip() + "\n" * bool(text.strip()) + emit([value])
    return set_field(text, where, [*items, value])


def _find(text: str, where: Sequence[str | int]) -> Any:
    loader = Loader(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    for step in where:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    return node


def _end(text: str, node: yaml.Node) -> tuple[int, int]:
    """Line and column where a value really ends, without the empty lines and comments behind it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    line, column = node.end_mark.line, node.end_mark.column
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        lines = text.split("\n")
        line = min(line - 1 if column == 0 else line, len(lines) - 1)
        while line > node.start_mark.line and not lines[line].strip():
            line -= 1
        column = len(lines[line])
    return line, column


def _splice(text: str, start: Any, end: tuple[int, int], fragment: str) -> str:
    lines = text.split("\n")
    head = "\n".join([*lines[: start.line], lines[start.line][: start.column]])
    tail = "\n".join([lines[end[0]][end[1] :], *lines[end[0] + 1 :]])
    return head + fragment + tail


def _indent(fragment: str, column: int) -> str:
    return "".join(
        " " * column + line if line.strip() else line for line in fragment.splitlines(keepends=True)
    )


def write(path: Path, text: str) -> bool:
    """Put ``text`` into a file so that it is whole at any moment; False if it holds that already."""
    encoded = text.encode()
    try:
        if path.read_bytes() == encoded:
            return False
    except OSError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(encoded)
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True

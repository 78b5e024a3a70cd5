"""YAML as odebib writes it: like a person would, and only what changed.

New text comes from PyYAML's emitter with styles chosen here. Existing files
are never written anew: a field is set, added or taken out where it stands, so
that comments, order and everybody else's lines survive byte for byte.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from yaml.emitter import Emitter
from yaml.resolver import BaseResolver
from yaml.serializer import Serializer

from odebib.errors import UsageError
from odebib.yamlio import tree

WIDTH = 100
"""Lines are folded here."""

FLOW_FIELDS = frozenset({"tags", "topics", "awards", "by", "language", "not_same", "start_here", "aliases"})
"""Lists of short words, which stand in one line."""

FOLDED_FROM = 88
"""A longer text gets lines of its own."""

RE_NOT_PLAIN = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`]|:(?: |$)| #")
"""What YAML does not read back as it stands, at the start of a text or in it."""
RE_GROUP = re.compile(r"\{[^{}\"\\]*\}")
"""An item of a list that is a group's name, which stands in quotes as people write it."""
PARAGRAPH = "\x1e"
"""Stands for the empty line between paragraphs, which is the only line break that a folded text keeps."""
RE_NOT_FOLDABLE = re.compile(rf"^\s|\s$|  |[^\S {PARAGRAPH}]|{PARAGRAPH}[ {PARAGRAPH}]| {PARAGRAPH}")
"""White space that folding a text into lines would not keep."""

RE_OPENS_BLOCK = re.compile(r"(?:[:-]|[|>][-+0-9]*)$")
"""The end of a line whose value stands in the lines below it."""


class _Dumper(Emitter, Serializer, BaseResolver):
    """PyYAML's emitter without guesses at types, so that text needs quotes only where YAML demands them."""

    def __init__(self, stream: io.StringIO, width: int) -> None:
        Emitter.__init__(self, stream, width=width, allow_unicode=True)
        Serializer.__init__(self)
        BaseResolver.__init__(self)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Items of a list are indented below their field."""
        super().increase_indent(flow, False)


def emit(value: Any) -> str:
    """A value of ``dict``, ``list`` and text (or what ``str`` makes text) as YAML, ending in a newline.

    >>> print(emit({"title": "PDE-Net: Learning", "tags": ["theory"], "authors": ["Weinan E"]}), end="")
    title: >-
      PDE-Net: Learning
    tags: [theory]
    authors:
      - Weinan E
    """
    return _emit(_node(value, ""), WIDTH)


def _emit(node: yaml.Node, width: int) -> str:
    stream = io.StringIO()
    dumper = _Dumper(stream, width)
    dumper.open()
    dumper.serialize(node)
    dumper.close()
    return stream.getvalue().removesuffix("...\n")


def _node(value: Any, name: str) -> yaml.Node:
    if isinstance(value, Mapping):
        pairs = [(_scalar(str(key), "", key=True), _node(item, str(key))) for key, item in value.items()]
        return yaml.MappingNode(BaseResolver.DEFAULT_MAPPING_TAG, pairs, flow_style=not pairs)
    if isinstance(value, list | tuple):
        flow = not value or (name in FLOW_FIELDS and sum(len(str(item)) + 2 for item in value) < WIDTH - 20)
        items = [_node(item, "") for item in value]
        return yaml.SequenceNode(BaseResolver.DEFAULT_SEQUENCE_TAG, items, flow_style=flow)
    return _scalar(as_text(value), name)


RE_SIMPLE = re.compile(r"[A-Za-z0-9][\w./+-]*(?: [\w./+-]+)*")
"""Words that stand for themselves anywhere in YAML."""


def in_one_line(items: Sequence[str]) -> str:
    """A list of texts in one line.

    >>> in_one_line(["theory", "a, b"])
    "[theory, 'a, b']"
    """
    if all(RE_SIMPLE.fullmatch(item) for item in items):
        return f"[{', '.join(items)}]"
    nodes = [yaml.ScalarNode(BaseResolver.DEFAULT_SCALAR_TAG, as_text(item)) for item in items]
    flow = yaml.SequenceNode(BaseResolver.DEFAULT_SEQUENCE_TAG, nodes, flow_style=True)
    return _emit(flow, 10**9).strip()


def as_text(value: Any) -> str:
    """A single value as it stands in YAML: nothing for None, ``true`` for True."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _scalar(text: str, name: str, *, key: bool = False) -> yaml.ScalarNode:
    style = None
    folded = text.replace("\n\n", PARAGRAPH)
    is_group = not name and not key and RE_GROUP.fullmatch(text) and not _is_long(text, name)
    if RE_NOT_FOLDABLE.search(folded) or tree.tame(text) != text or is_group:
        style = '"'
    elif not key and (_is_long(text, name) or PARAGRAPH in folded or RE_NOT_PLAIN.search(text)):
        style, text = ">", folded.replace(PARAGRAPH, "\n")
    return yaml.ScalarNode(BaseResolver.DEFAULT_SCALAR_TAG, text, style=style)


def _is_long(text: str, name: str) -> bool:
    """Whether a text is to be folded; an address has nowhere to be."""
    return len(text) + len(name) > FOLDED_FROM and " " in text


# -- Changing a file ------------------------------------------------------------------------

Steps = Sequence[str | int]
"""The way to a value: names of fields and positions in lists."""


def set_field(text: str, where: Steps, value: Any, order: Sequence[str] = ()) -> str:
    """``text`` with the value at ``where`` set to ``value``; everything else stays as it is.

    A new field goes behind the last one that stands before it in ``order``;
    the fields that lead to it are made where they are missing. Of sets of
    fields and lists that are there already only what differs is touched.

    >>> print(set_field("title: A  # checked\\nyear: 2018\\n", ["year"], "2019"), end="")
    title: A  # checked
    year: 2019
    >>> print(set_field("title: A\\nvenue: B\\n", ["year"], "2019", ["title", "year", "venue"]), end="")
    title: A
    year: 2019
    venue: B
    """
    document = _Document(text)
    node = document.find(where)
    if node is not None and _plain(node) == _texts(value):
        return text
    if not where:
        return document.with_root(value)
    parent = document.find(where[:-1])
    if isinstance(parent, yaml.SequenceNode) and not parent.flow_style and node is not None:
        return document.replaced(node.start_mark.index, node, _body(value, node.start_mark.column, ""))
    if not isinstance(parent, yaml.MappingNode) or parent.flow_style:
        # what is no block of fields cannot take a line more, so it is written anew as one
        return set_field(text, where[:-1], _with(parent, where[-1], value), order)
    if node is None:
        return document.with_field(parent, str(where[-1]), value, order)
    return _changed(document, parent, node, where, value)


def _changed(document: _Document, parent: yaml.MappingNode, node: yaml.Node, where: Steps, value: Any) -> str:
    """The text with a field that is there set to another value, with as few changes as may be."""
    old, new = _plain(node), _texts(value)
    in_block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    if old and value and in_block and isinstance(old, dict) and isinstance(value, Mapping):
        return _changed_fields(document.text, old, where, value)
    if old and isinstance(old, list) and isinstance(new, list) and new[: len(old)] == old:
        text = document.text
        for item in value[len(old) :]:
            text = append_item(text, where, item)
        return text
    name, column = str(where[-1]), parent.start_mark.column
    key = next(key for key, _ in parent.value if key.value == name)
    return document.replaced(key.start_mark.index, node, _body({name: value}, column, ""))


def _changed_fields(text: str, old: Mapping[str, Any], where: Steps, value: Mapping[str, Any]) -> str:
    """The text with a set of fields made another, field by field."""
    for name in [name for name in old if name not in value]:
        text = delete_field(text, (*where, name))
    for name, item in value.items():
        text = set_field(text, (*where, name), item, list(value))
    return text


def delete_field(text: str, where: Steps) -> str:
    """``text`` without the lines of the field at ``where``, and without what held nothing else."""
    document = _Document(text)
    parent = document.find(where[:-1])
    if not isinstance(parent, yaml.MappingNode):
        return text
    names = [key.value for key, _ in parent.value]
    if where[-1] not in names:
        return text
    if len(names) == 1 and len(where) > 1 and isinstance(where[-2], str):
        return delete_field(text, where[:-1])
    if parent.flow_style or (len(names) == 1 and len(where) > 1):
        return set_field(
            text, where[:-1], {name: v for name, v in _plain(parent).items() if name != where[-1]}
        )
    return document.without_field(parent, names.index(where[-1]))


def append_item(text: str, where: Steps, value: Any) -> str:
    """``text`` with one more item at the end of the list at ``where``.

    >>> print(append_item("authors:\\n  - A\\nyear: 1\\n", ["authors"], "B"), end="")
    authors:
      - A
      - B
    year: 1
    """
    document = _Document(text)
    node = document.find(where)
    old = [] if node is None else _plain(node)
    items = old if isinstance(old, list) else [old] if old else []
    if not isinstance(node, yaml.SequenceNode) or not items:
        return set_field(text, where, [*items, value])
    if not node.flow_style:
        return document.with_line(document.end(node), _body([value], node.start_mark.column))
    end = document.end(node.value[-1])
    flow = yaml.SequenceNode(BaseResolver.DEFAULT_SEQUENCE_TAG, [_node(value, "")], flow_style=True)
    item = _emit(flow, 10**6)
    longer = len(document.line(end)) + len(item) > WIDTH
    if not where or (not longer and not isinstance(value, Mapping | list | tuple)):
        return document.spliced(end, end, ", " + item.strip()[1:-1])
    parent = document.find(where[:-1])
    if isinstance(parent, yaml.MappingNode) and not parent.flow_style and isinstance(where[-1], str):
        key = next(key for key, _ in parent.value if key.value == where[-1])
        fragment = _body({where[-1]: [*items, value]}, parent.start_mark.column, "")
        return document.replaced(key.start_mark.index, node, fragment)
    return document.spliced(end, end, ", " + item.strip()[1:-1])


def replace_item(text: str, where: Steps, values: Sequence[Any]) -> str:
    """``text`` with one item of a list replaced by several.

    >>> print(replace_item("authors:\\n  - A, B  # both\\n  - C\\n", ["authors", 0], ["A", "B"]), end="")
    authors:
      - A
      - B  # both
      - C
    """
    document = _Document(text)
    node, parent = document.find(where), document.find(where[:-1])
    if node is None or not isinstance(parent, yaml.SequenceNode):
        return text
    if parent.flow_style:
        items, place = _plain(parent), int(where[-1])
        return set_field(text, where[:-1], [*items[:place], *values, *items[place + 1 :]])
    lines = _body(list(values), parent.start_mark.column, "").removeprefix("- ")
    return document.replaced(node.start_mark.index, node, lines)


def rename_field(text: str, where: Steps, name: str) -> str:
    """``text`` with the field at ``where`` called ``name``.

    >>> print(rename_field("autors: [A]  # all\\n", ["autors"], "authors"), end="")
    authors: [A]  # all
    """
    document = _Document(text)
    parent = document.find(where[:-1])
    pairs = parent.value if isinstance(parent, yaml.MappingNode) else []
    key = next((key for key, _ in pairs if key.value == where[-1]), None)
    if key is None:
        return text
    return document.spliced(key.start_mark.index, key.end_mark.index, name)


class _Document:
    """A YAML text with its nodes, cut and joined by the places of characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.mark = "\ufeff" if text.startswith("\ufeff") else ""
        self.body = text.removeprefix("\ufeff")
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.root = tree.compose(tree.tame(self.body))

    def find(self, where: Steps) -> yaml.Node | None:
        """The node that the steps lead to, if there is one."""
        node = self.root
        for step in where:
            if isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                return None
        return node

    def end(self, node: yaml.Node) -> int:
        """Where a value really ends, without the empty lines and comments behind it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
            written = self.body[start:end]
            keeps_end = "+" in written.split("\n")[0].split("#")[0]
            return start + len(written.rstrip("\r\n") if keeps_end else written.rstrip())
        return int(end)

    def line(self, place: int) -> str:
        """The line around a place."""
        return self.body[self.line_start(place) : self.line_end(place)]

    def line_start(self, place: int) -> int:
        """Where the line around a place begins."""
        return max(self.body.rfind("\n", 0, place), self.body.rfind("\r", 0, place)) + 1

    def line_end(self, place: int) -> int:
        """Where the line around a place ends, before its line break."""
        ends = [found for sign in "\r\n" if (found := self.body.find(sign, place)) >= 0]
        return min(ends, default=len(self.body))

    def spliced(self, start: int, end: int, fragment: str) -> str:
        """The whole text with a part replaced."""
        lines = fragment.replace("\n", self.newline) if self.newline != "\n" else fragment
        return self.mark + self.body[:start] + lines + self.body[end:]

    def replaced(self, start: int, node: yaml.Node, fragment: str) -> str:
        """The whole text with everything from a place to the end of a value replaced."""
        end = self.end(node)
        comment = self.body[end : self.line_end(end)].rstrip()
        first, _, rest = fragment.strip("\n").partition("\n")
        if rest and comment and RE_OPENS_BLOCK.search(first):
            return self.spliced(start, end + len(comment), f"{first}{comment}\n{rest}")
        return self.spliced(start, end, fragment.strip("\n"))

    def with_line(self, place: int, fragment: str) -> str:
        """The whole text with new lines below the line around a place."""
        end = self.line_end(place)
        at_end = "" if self.body[end:] else "\n"
        return self.spliced(end, end, "\n" + fragment.rstrip("\n") + at_end)

    def with_root(self, value: Any) -> str:
        """The whole text with another value for everything, behind the comments at its head."""
        if self.root is not None:
            return self.spliced(self.root.start_mark.index, self.end(self.root), emit(value).rstrip("\n"))
        body = self.body
        gap = "" if not body or body.endswith(("\n", "\r")) else "\n"
        return self.spliced(len(body), len(body), gap + emit(value))

    def with_field(self, mapping: yaml.MappingNode, name: str, value: Any, order: Sequence[str]) -> str:
        """The whole text with one more field in a set of fields."""
        column = mapping.start_mark.column
        names = [key.value for key, _ in mapping.value]
        before = order[: order.index(name)] if name in order else names
        above = [node for key, node in mapping.value if key.value in before]
        if above:
            return self.with_line(self.end(above[-1]), _body({name: value}, column))
        start = mapping.start_mark.index
        return self.spliced(start, start, _body({name: value}, column, "").rstrip("\n") + "\n" + " " * column)

    def without_field(self, mapping: yaml.MappingNode, position: int) -> str:
        """The whole text without the lines of a field; a dash before it goes to the next one."""
        key, node = mapping.value[position]
        start, end = key.start_mark.index, self.line_end(self.end(node))
        if self.body[self.line_start(start) : start].strip():
            following = mapping.value[position + 1][0].start_mark.index
            rest = self.body[self.end(node) : following]
            return self.spliced(start, following if not rest.strip() else self.end(node), "")
        after = 2 if self.body[end : end + 2] == "\r\n" else 1
        return self.spliced(self.line_start(start), end + after, "")


def _with(parent: yaml.Node | None, step: str | int, value: Any) -> Any:
    """The plain value of a node with one step of it set to another value."""
    old = None if parent is None else _plain(parent)
    if isinstance(step, int):
        items = old if isinstance(old, list) else [old] if old else []
        return [*items[:step], value, *items[step + 1 :]]
    return {**(old if isinstance(old, dict) else {}), step: value}


def _plain(node: yaml.Node) -> Any:
    """The value of a node, made of ``dict``, ``list`` and ``str``."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    return tree.text_of(node)


def _texts(value: Any) -> Any:
    """A value as it is read back: every single value as text."""
    if isinstance(value, Mapping):
        return {str(key): _texts(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(item) for item in value]
    return as_text(value)


def _body(value: Any, column: int, first: str | None = None) -> str:
    """A value as YAML, indented by ``column``; ``first`` is what its first line gets instead."""
    margin = " " * column
    lines = emit(value).splitlines(keepends=True)
    begin = margin if first is None else first
    return begin + "".join(
        margin + line if number and line.strip() else line for number, line in enumerate(lines)
    )


def write(path: Path, text: str) -> bool:
    """Put ``text`` into a file so that it is whole at any moment; False if it holds that already."""
    encoded = text.encode()
    if _holds(path, encoded):
        return False
    with _named(path), _beside(path, encoded) as temporary:
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    return True


def create(path: Path, text: str) -> bool:
    """As :func:`write`, for a file that must be new: no file of anybody else is ever replaced.

    Raises:
        UsageError: there is such a file, and it holds something else.
    """
    encoded = text.encode()
    with _named(path), _beside(path, encoded) as temporary:
        temporary.chmod(0o644)
        try:
            _link(temporary, path)
        except FileExistsError as error:
            if _holds(path, encoded):
                return False
            message = f"{path} was made by somebody else meanwhile; it stays as it is"
            raise UsageError(message, "run the command again, which then knows of it") from error
    return True


def _holds(path: Path, encoded: bytes) -> bool:
    try:
        return path.read_bytes() == encoded
    except OSError:
        return False


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """A full disk names no file; an error of ``path`` always does."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def _link(temporary: Path, path: Path) -> None:
    """Give a whole file its name, unless that is taken; some file systems know no links."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        path.touch(exist_ok=False)
        temporary.replace(path)


TEMPORARY = ".odebib-"
"""How files begin that are written beside others until they are whole."""


@contextlib.contextmanager
def _beside(path: Path, encoded: bytes) -> Iterator[Path]:
    """A whole file beside ``path`` that holds its new content, and is gone in the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{TEMPORARY}{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(encoded)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Delete what a run that was killed left beside the files of a folder; nobody else may write there."""
    for path in folder.rglob(f"{TEMPORARY}*"):
        with contextlib.suppress(OSError):
            path.unlink()

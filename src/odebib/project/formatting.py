"""How data files are written down: fields in one order, values in one style, comments with what they explain.

A file is read into items, each with the comments that stand above and behind
it, put in order and written out again. Only its form changes: what the models
read from it stays the same, and a file of which that were not so is left as it
is. Values that are written as they should be keep their line breaks and quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from odebib.errors import Severity
from odebib.model import fields
from odebib.model.entry import Entry
from odebib.model.record import SourceList
from odebib.model.values import Model
from odebib.model.vocabulary import Author, Decision, ReadingPath, Tag, Topic, Venue, Words
from odebib.project import spelling
from odebib.project.spelling import Spell, as_written
from odebib.project.store import DATA, Project
from odebib.yamlio import reader, tree, writer

BLOCK_FIELDS = frozenset(
    {"authors", "editors", "other_titles", "versions", "waive", "steps", "records", "sections"}
)
"""Lists of which each item gets a line, so that a change of one is a change of one line."""

FILES: dict[str, type[Model]] = {
    "topics": Topic,
    "tags": Tag,
    "venues": Venue,
    "words": Words,
    "authors": Author,
    "decisions": Decision,
}
"""The files directly in ``data/``, by their stems."""


def of_project(project: Project) -> Iterator[tuple[str, str, str]]:
    """Every data file with its text as it is and in canonical form."""
    paths: list[tuple[str, type[Model]]] = [(path, Entry) for path in project.entry_paths.values()]
    paths += [(path, SourceList) for path in project.list_paths.values()]
    paths += [(path, ReadingPath) for path in project.reading_path_paths.values()]
    paths += [(f"{DATA}/{stem}.yml", model) for stem, model in FILES.items()]
    for path, model in paths:
        try:
            text = (project.root / path).read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            continue  # not there, or told by `check`
        yield path, text, format_text(text, model, spelling.of_model(project.bibliography, model))


def format_text(text: str, model: type[Model], spell: Spell = as_written) -> str:
    """The text of a file of ``model`` in canonical form; as it is, if YAML cannot read it.

    >>> from odebib.model.entry import Entry
    >>> print(format_text("year: 2018  # checked\\n# short\\ntitle: 'A'\\ntags: [ b ]\\n", Entry), end="")
    # short
    title: A
    year: 2018  # checked
    tags: [b]
    """
    if any(problem.severity == Severity.ERROR for problem in reader.read("", text).problems):
        return text
    root = _read(text)
    if root is None or isinstance(root.node, yaml.ScalarNode):
        return text
    data, comments = root.spelt(spell), sorted(root.comments())
    root.sort(model)
    formatted = "".join(f"{line}\n" for line in _file(root))
    return formatted if formatted == text or _says(formatted, data, comments) else text


def _says(formatted: str, data: Any, comments: list[str]) -> bool:
    """Whether a text holds these data with these comments."""
    try:
        again = _read(formatted)
    except yaml.YAMLError:
        return False
    return again is not None and again.spelt(as_written) == data and sorted(again.comments()) == comments


@dataclass
class _Item:
    """A value and its field's name, if it has one, with the comments that belong to them."""

    node: yaml.Node
    key: yaml.ScalarNode | None = None
    column: int = 0
    raw: str = ""
    raw_key: str = ""
    stated: str = ""
    value: str = ""
    """What it says, as the models read it and in its canonical spelling."""
    above: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    """Comments behind the last item of a list or set of fields."""
    children: list[_Item] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The field's name; empty for an item of a list."""
        return self.key.value if self.key else ""

    @property
    def is_mapping(self) -> bool:
        """Whether it is a set of fields."""
        return isinstance(self.node, yaml.MappingNode)

    def spelt(self, spell: Spell, where: tuple[str | int, ...] = ()) -> Any:
        """Give every value its canonical spelling; the plain data of it all."""
        if self.is_mapping:
            return {child.name: child.spelt(spell, (*where, child.name)) for child in self.children}
        if isinstance(self.node, yaml.SequenceNode):
            return [child.spelt(spell, (*where, n)) for n, child in enumerate(self.children)]
        self.value = spell(where, self.value)
        return self.value

    def comments(self) -> Iterator[str]:
        """Every comment of it and below it."""
        yield from (line for line in (*self.above, *self.behind, *self.tail) if line)
        for child in self.children:
            yield from child.comments()

    def sort(self, model: type[Model] | None) -> None:
        """Put the fields into the order of the model; what it does not know stays behind the others."""
        if self.is_mapping and model is not None:
            order = {name: number for number, name in enumerate(fields.order(model))}
            self.children.sort(key=lambda child: order.get(child.name, len(order)))
        for child in self.children:
            child.sort(fields.inner_model(model, child.name) if model and self.is_mapping else model)


# -- Reading ---------------------------------------------------------------------------------


@dataclass
class _Leaf:
    """A name or a single value, and all the items that it stands in, outermost first."""

    start: int
    end: int
    path: tuple[_Item, ...]


def _read(text: str) -> _Item | None:
    body = tree.tame(text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")
    node = tree.compose(body)
    if node is None:
        return None
    root = _Item(node)
    leaves: list[_Leaf] = []
    _grow(body, root, (root,), leaves)
    before: _Leaf | None = None
    for leaf in leaves:
        _attach(body, before, leaf)
        before = leaf
    _attach(body, before, None)
    return root


def _grow(body: str, item: _Item, path: tuple[_Item, ...], leaves: list[_Leaf]) -> None:
    """Make the items below one, and note the leaves in the order in which they stand."""
    node = item.node
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, _end(body, node)
        item.raw = body[start:end]
        item.stated = tree.text_of(node)
        item.value = _normal(item.stated)
        header = re.match(r"[|>][^\n#]*(#[^\n]*)", item.raw)
        if header:
            item.behind.append(header[1].strip())
            item.raw = item.raw[: header.start(1)].rstrip() + item.raw[header.end(1) :]
        leaves.append(_Leaf(start, end, path))
        return
    for pair in node.value:
        key, value = pair if isinstance(node, yaml.MappingNode) else (None, pair)
        child = _Item(value, key, node.start_mark.column)
        item.children.append(child)
        if key is not None:
            child.raw_key = body[key.start_mark.index : key.end_mark.index]
            leaves.append(_Leaf(key.start_mark.index, key.end_mark.index, (*path, child)))
        _grow(body, child, (*path, child), leaves)
    if not node.value:
        leaves.append(_Leaf(node.start_mark.index, node.end_mark.index, path))


def _end(body: str, node: yaml.ScalarNode) -> int:
    """Where a value ends, without the empty lines behind a block of text."""
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(body[start:end].rstrip()) if node.style in {"|", ">"} else int(end)


def _normal(text: str) -> str:
    """A text as the models read it: paragraphs of words with single spaces."""
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in re.split(r"\n[^\S\n]*\n", text))))


def _attach(body: str, before: _Leaf | None, after: _Leaf | None) -> None:
    """Give the comments between two leaves to the items they belong to."""
    start, path_before = (before.end, before.path) if before else (0, ())
    end, path_after = (after.start, after.path) if after else (len(body), ())
    lines = body[start:end].split("\n")
    if before is not None and (comment := _comment(lines.pop(0))):
        before.path[-1].behind.append(comment)
    closed = [item for item in path_before if item not in path_after]
    opened = [item for item in path_after if item not in path_before]
    waiting: list[str] = []
    for number, line in enumerate(lines):
        if comment := _comment(line):
            home = _home(_column(line), closed, opened, before)
            home.extend([*waiting, comment])
            waiting.clear()
        elif not line.strip() and number < len(lines) - 1:
            waiting.append("")
    if opened:
        opened[0].above.extend(waiting)
        if before is None:
            _split_head(opened)


def _column(line: str) -> int:
    """How deep a comment counts as standing: behind a bracket, as deep as what the bracket closes."""
    if line.strip().startswith("#"):
        return line.index("#")
    return 10**6 if set(line.split("#")[0]) & set("]}") else -1


def _comment(line: str) -> str | None:
    """The comment in a line that holds no value."""
    found = re.search(r"(?:^|\s|[\[\]{},:-])(#.*)", line)
    return found[1].rstrip() if found else None


def _home(column: int, closed: list[_Item], opened: list[_Item], before: _Leaf | None) -> list[str]:
    """Where a comment on a line of its own belongs: above what begins next, or at the end of what ended."""
    collections = [item for item in closed if item.children]
    if opened and column <= opened[0].column:
        return opened[0].above
    for item in reversed(collections):
        if item.children[0].column <= column:
            return item.tail
    if opened:
        return opened[0].above
    return collections[0].tail if collections else before.path[-1].behind if before else []


def _split_head(opened: list[_Item]) -> None:
    """At the head of a file, comments with an empty line below belong to the file, others to what follows."""
    root, first = opened[0], opened[1] if len(opened) > 1 else None
    if first is None:
        return
    lines = root.above
    last = max((n + 1 for n, line in enumerate(lines) if not line), default=0)
    while last < len(lines) and "yaml-language-server" in lines[last]:
        last += 1
    root.above, first.above = lines[:last], [*lines[last:], *first.above]


# -- Writing ---------------------------------------------------------------------------------


def _file(root: _Item) -> Iterator[str]:
    head = _tidy(root.above)
    body = list(_collection(root, spread=not root.is_mapping))
    yield from head
    if head and (root.above[-1] == "" or (not root.is_mapping and root.children[0].above)):
        yield ""
    yield from body
    if root.is_mapping or not root.tail:
        return


def _collection(item: _Item, *, spread: bool = False) -> Iterator[str]:
    """The lines of a list or a set of fields, alone; ``spread`` puts empty lines between."""
    for number, child in enumerate(item.children):
        lines = list(_field(child) if item.is_mapping else _list_item(child))
        comments = _tidy(child.above)
        gap = bool(number) and ((spread and child.is_mapping) or child.above[:1] == [""])
        yield from ["", *comments] if gap else comments
        if comments and child.above[-1] == "":
            yield ""
        yield from lines
    tail = _tidy(item.tail)
    yield from ["", *tail] if tail and item.tail[0] == "" else tail


def _tidy(lines: Sequence[str]) -> list[str]:
    """Comments with at most one empty line between them, and none at the ends."""
    found: list[str] = []
    for line in lines:
        if line or (found and found[-1]):
            found.append(line)
    while found and not found[-1]:
        found.pop()
    return found


def _field(item: _Item) -> Iterator[str]:
    """The lines of a field: its name, its value, and the comments behind them."""
    lines = _value(item)
    _leave_one_behind(item)
    behind = _behind(item)
    if item.children and not lines[0]:
        yield f"{item.raw_key}:{behind}"
        yield from (f"  {line}" if line else line for line in lines[1:])
        return
    first = f"{item.raw_key}: {lines[0]}".rstrip()
    yield first + behind
    yield from (f"  {line}" if line else line for line in lines[1:])


def _list_item(item: _Item) -> Iterator[str]:
    """The lines of an item of a list, behind its dash."""
    lines = _value(item)
    _leave_one_behind(item)
    if item.children and not lines[0]:
        lines = lines[1:]
        if item.is_mapping:  # comments above the first field stand above the dash
            while lines and (lines[0].startswith("#") or not lines[0]):
                yield lines.pop(0)
    yield f"- {lines[0]}".rstrip() + (_behind(item) if not item.children or lines[0][:1] in "[{" else "")
    yield from (f"  {line}" if line else line for line in lines[1:])


def _leave_one_behind(item: _Item) -> None:
    """A line has one comment; what more would stand behind it stands above."""
    item.above += item.behind[:-1]
    item.behind = item.behind[-1:]


def _behind(item: _Item) -> str:
    return "".join(f"  {comment}" for comment in item.behind)


def _value(item: _Item) -> list[str]:
    """The lines of a value, of which the first one stands behind the name or the dash."""
    if isinstance(item.node, yaml.ScalarNode):
        return _scalar(item)
    if not item.children:
        return ["{}" if item.is_mapping else "[]"]
    flow = _flow(item)
    return [flow] if flow else ["", *_collection(item)]


def _flow(item: _Item) -> str | None:
    """A list of short words in one line, if it is to stand so."""
    if item.is_mapping or item.name in BLOCK_FIELDS:
        return None
    is_flow = isinstance(item.node, yaml.CollectionNode) and item.node.flow_style
    if not is_flow and item.name not in writer.FLOW_FIELDS:
        return None
    *early, last = item.children
    if item.tail or any(map(_holds_more, item.children)) or any(child.behind for child in early):
        return None
    line = writer.in_one_line([child.value for child in item.children])
    if len(line) + len(item.name) + 2 > writer.WIDTH:
        return None
    item.behind += last.behind
    last.behind = []
    return line


def _holds_more(child: _Item) -> bool:
    """Whether an item of a list is more than a word with a comment behind it."""
    return bool(any(child.above) or child.children or child.tail)


def _scalar(item: _Item) -> list[str]:
    """The lines of a single value: as it is written, where it is well written."""
    if not item.value:
        return [item.raw if "\n" not in item.raw and item.raw[:1] in {"'", '"'} else ""]
    kept = _well_written(item) if item.value == item.stated else None
    if kept and (len(kept) > 1 or kept[0][0] not in "'\""):
        return kept
    name = item.name if RE_NAME.fullmatch(item.name) else "x" * len(item.name)
    prefix = f"{name}: " if name else "- "
    lines = writer.emit({name: item.value} if name else [item.value]).rstrip("\n").split("\n")
    lines = [lines[0].removeprefix(prefix), *(line.removeprefix("  ") for line in lines[1:])]
    return kept if kept and len(lines) > 1 else lines  # quotes that are needed may stay


RE_NAME = re.compile(r"[\w-]*")
"""A name that YAML writes without quotes."""


def _well_written(item: _Item) -> list[str] | None:
    """The lines of a value as they are, if they are well written: one that fits, or a folded text."""
    raw = item.raw
    if "\n" not in raw:
        fits = len(raw) + len(item.name) + 2 <= writer.WIDTH or " " not in raw
        return [raw] if fits else None
    if not raw.startswith(">-\n"):
        return None
    lines = raw.split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    kept = [">-", *(line[indent:].rstrip() for line in lines[1:])]
    return kept if all(len(line) <= writer.WIDTH for line in kept) else None

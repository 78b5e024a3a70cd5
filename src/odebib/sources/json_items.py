"""The items of a list in JSON, also where the file is damaged: only what is damaged is lost.

A parser of JSON gives up at the first fault and knows nothing of what stands behind it. Here the items
are found one by one: wherever an object begins that reads as an item, there is one, whatever is broken
before it; what lies between two such items is a piece of its own, and told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

RE_HEAD = re.compile(r"\s*(?:\{\s*\"(?:items|references|message)\"\s*:\s*)?\[?")
"""What stands before the first item, where the end of the file may be lost."""
RE_FIRST_KEY = re.compile(
    r"\{\s*\"(?:id|type|title|DOI|citation-key|citation-label|abstract|author|issued)\"\s*:"
)
"""How an item begins whose inside cannot be read."""
PADDING = " \t\r\n,"
MOST_ATTEMPTS = 20
"""So often the same fault is run into; the objects that hold it are not tried further."""

TOO_DEEP = -1
"""Stands for the place of a fault where objects nest deeper than can be read."""
DEEP = 500
"""So many characters are passed over then."""


class Object(dict[str, Any]):
    """An object of JSON that knows which of its names stood there twice."""

    twice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A part of the file: an item with its value, or, where ``fault`` says why, what is none."""

    start: int
    end: int
    value: Any = None
    fault: str | None = None


def pieces(text: str, is_item: Callable[[dict[str, Any]], bool]) -> Iterator[Piece]:
    """Everything that the list holds, in order; ``is_item`` tells an item from the objects within items."""
    yield from _Reading(text, is_item).pieces()


class _Reading:
    """Where a file has been read to."""

    def __init__(self, text: str, is_item: Callable[[dict[str, Any]], bool]) -> None:
        self.text, self.position, self.is_item = text, 0, is_item
        self.decoder = json.JSONDecoder(object_pairs_hook=_object)
        self.broken: int | None = None
        """Where a piece begins that cannot be read, while its end is looked for."""
        self.fault = ""
        self.around = False
        """Whether the list is a part of an object that can be read: what else that says is no item."""
        self.attempts: dict[int, int] = {}

    def pieces(self) -> Iterator[Piece]:
        """The pieces from here to the end of the file."""
        if self._decoded(max(0, self.text.find("{")))[0] is None:
            head = RE_HEAD.match(self.text)
            self.position, self.broken = head.end() if head else 0, None
        while (opening := self.text.find("{", self.position)) >= 0:
            self._notice(opening)
            if self._is_a_value(opening):
                self.position = opening + 1
                continue
            value, end = self._decoded(opening)
            if value is not None and self._is_around(value):
                self.around, end = True, opening + 1
            elif value is not None and (self.is_item(value) or (self.broken is None and not self.around)):
                yield from self._told(opening)
                yield Piece(opening, end, value)
            self.position = end
        self._notice(len(self.text))
        yield from self._told(len(self.text))

    def _notice(self, until: int) -> None:
        """Whatever stands before the next object, where only commas may stand, is a fault."""
        if self.broken is not None or self.around:
            return
        between = self.text[self.position : until]
        if between.strip(PADDING + "[]}"):
            self.broken = self.position + len(between) - len(between.lstrip(PADDING + "[]}"))
            self.fault = "this stands between two items"

    def _is_around(self, value: dict[str, Any]) -> bool:
        """Whether an object is what the list stands in, as services answer."""
        return self.broken is None and not self.is_item(value) and any(nested(value, self.is_item))

    def _is_a_value(self, opening: int) -> bool:
        """Whether the object is what a name of a broken item has as its value."""
        return self.broken is not None and self.text[max(0, opening - 40) : opening].rstrip().endswith(":")

    def _decoded(self, opening: int) -> tuple[dict[str, Any] | None, int]:
        """The object that begins here and where it ends; or None and where to go on."""
        try:
            value, end = self.decoder.raw_decode(self.text, opening)
        except json.JSONDecodeError as error:
            where, reason = error.pos, error.msg.removesuffix(" at")
        except RecursionError:
            where, reason = TOO_DEEP, "nested too deeply"
        else:
            return value, end
        self.attempts[where] = self.attempts.get(where, 0) + 1
        if self.broken is None:
            self.broken, self.fault = opening, f"broken JSON: {reason}"
        far = where if where != TOO_DEEP else opening + DEEP
        return None, max(far, opening + 1) if self.attempts[where] > MOST_ATTEMPTS else opening + 1

    def _told(self, until: int) -> Iterator[Piece]:
        """The piece that could not be read; in parts where several items begin in it."""
        if self.broken is None:
            return
        starts = [self.broken]
        for match in RE_FIRST_KEY.finditer(self.text, self.broken + 1, until):
            before = self.text[max(0, match.start() - 40) : match.start()].rstrip()
            if before.endswith((",", "}", "]")) and match.start() > starts[-1]:
                starts.append(match.start())
        for start, end in zip(starts, [*starts[1:], until], strict=True):
            if self.text[start:end].strip(PADDING + "[]}"):
                yield Piece(start, end, fault=self.fault)
        self.broken = None


def _object(pairs: list[tuple[str, Any]]) -> Object:
    """An object, with the names that it says twice with different values."""
    found = Object(pairs)
    if len(found) < len(pairs):
        found.twice = tuple(sorted({name for name, value in pairs if found[name] != value}))
    return found


def nested(
    value: Any, is_item: Callable[[dict[str, Any]], bool], *, depth: int = 6
) -> Iterator[dict[str, Any]]:
    """Items that lie within another, as they do where what stood between two of them was lost."""
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(part, dict) and is_item(part):
            yield part
        elif depth:
            yield from nested(part, is_item, depth=depth - 1)

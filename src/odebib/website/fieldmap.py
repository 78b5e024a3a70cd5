"""The map of the field: topics as discs within discs, works as dots in them, relations as lines.

The layout follows from the data alone: a topic's own works spiral out from the
middle of their disc, discs are set beside each other from the largest to the
smallest, each as near to the middle as it fits. Nothing is left to chance, so
that the map changes only where the data do.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.model.vocabulary import Topic
from odebib.website.markup import plain

MOST_DOTS = 1500
"""So many works are drawn; of larger bibliographies those to start with and the newest of every topic."""
SPREAD = 6.4
"""How far the dots of a spiral lie apart."""
DOT, LARGE_DOT = 3.4, 4.8
MARGIN = 7.0
"""The room around the dots of a disc, and between discs."""
GOLDEN = math.pi * (3 - math.sqrt(5))
"""The angle by which a spiral of dots turns, so that no two lie behind each other."""
LOOKED_AT = 40
"""Discs set before, beside which a further one is tried."""
LABEL, ROOT_LABEL = 5.2, 11.0
"""How tall the names of topics are, and of those at the root."""
LETTER = 0.56
"""How wide a letter is of its height, about."""
LINE = 14
"""Letters after which a name goes on in a second line."""
COLOURS = 10

Point = tuple[float, float]


@dataclass(frozen=True)
class Dot:
    """A work on the map."""

    key: str
    x: float
    y: float
    r: float
    colour: int
    title: str
    label: str
    """Who and when, for the near view: ``Chen 2018``."""


@dataclass(frozen=True)
class Disc:
    """A topic on the map."""

    id: str
    x: float
    y: float
    r: float
    depth: int
    colour: int
    lines: tuple[str, ...]
    """Its name, in one or two lines."""
    size: float
    """How tall the letters are."""
    count: int


@dataclass(frozen=True)
class Map:
    """The whole map, with everything in it from the outside in."""

    discs: tuple[Disc, ...]
    dots: tuple[Dot, ...]
    lines: tuple[tuple[Point, Point], ...]
    box: tuple[float, float, float, float]
    """The part of the plane that it fills: left, top, width, height."""
    works: int
    """How many works there are, drawn or not."""


@dataclass
class _Node:
    """A topic on the way to its place: what it holds, and its disc around its own middle."""

    topic: Topic | None
    keys: list[str]
    below: list[_Node]
    x: float = 0.0
    y: float = 0.0
    r: float = 0.0
    middle: Point = (0.0, 0.0)
    """Of its own works."""
    lines: tuple[str, ...] = ()
    size: float = 0.0

    @property
    def is_empty(self) -> bool:
        return not self.keys and not self.below


def field_map(bibliography: Bibliography) -> Map:
    """The map of all works that have a topic, and of those that have none in a disc without a name."""
    home = {key: _first_topic(bibliography, entry) for key, entry in bibliography.entries.items()}
    share = min(1.0, MOST_DOTS / max(len(home), 1))
    by_topic: dict[str, list[str]] = {}
    for key, topic in home.items():
        by_topic.setdefault(topic, []).append(key)
    shown = {topic: _foremost(bibliography, topic, keys, share) for topic, keys in by_topic.items()}
    roots = [_node(bibliography, topic, shown, frozenset()) for topic in bibliography.children(None)]
    roots.append(_Node(None, shown.get("", []), []))
    top = _Node(None, [], [node for node in roots if not node.is_empty])
    _lay_out(top, -1)
    discs: list[Disc] = []
    dots: list[Dot] = []
    for colour, node in enumerate(top.below):
        _place(bibliography, node, (node.x, node.y), 0, min(colour, COLOURS - 1), discs, dots)
    places = {dot.key: (dot.x, dot.y) for dot in dots}
    return Map(tuple(discs), tuple(dots), tuple(_relations(bibliography, places)), _box(top.below), len(home))


def _box(nodes: Sequence[_Node]) -> tuple[float, float, float, float]:
    """The smallest rectangle around the outermost discs, with a margin."""
    if not nodes:
        return (0.0, 0.0, 1.0, 1.0)
    left, top = (
        min(node.x - node.r for node in nodes) - MARGIN,
        min(node.y - node.r for node in nodes) - MARGIN,
    )
    right, bottom = (
        max(node.x + node.r for node in nodes) + MARGIN,
        max(node.y + node.r for node in nodes) + MARGIN,
    )
    return left, top, right - left, bottom - top


def _first_topic(bibliography: Bibliography, entry: Entry) -> str:
    topics = bibliography.topics_of(entry)
    return topics[0].id if topics else ""


def _foremost(bibliography: Bibliography, topic: str, keys: list[str], share: float) -> list[str]:
    """The works of a topic that are drawn, those to start with in the middle, then the newest."""
    first = bibliography.topics[topic].start_here if topic else ()
    start = {key: number for number, key in enumerate(filter(None, map(bibliography.resolve, first)))}
    entries = bibliography.entries
    ranked = sorted(keys, key=lambda key: (start.get(key, len(start)), -(entries[key].year or 0), key))
    return ranked[: math.ceil(len(ranked) * share)]


def _node(
    bibliography: Bibliography, topic: Topic, shown: dict[str, list[str]], above: frozenset[str]
) -> _Node:
    """A topic with everything below it that holds works; a circle of parents ends where it closes."""
    above = above | {topic.id}
    below = [
        _node(bibliography, child, shown, above)
        for child in bibliography.children(topic.id)
        if child.id not in above
    ]
    return _Node(topic, shown.get(topic.id, []), [node for node in below if not node.is_empty])


# -- Layout ------------------------------------------------------------------------------


def _lay_out(node: _Node, depth: int) -> None:
    """Give everything below a node its place around the node's middle, and the node its size."""
    for below in node.below:
        _lay_out(below, depth + 1)
    node.lines = _lines(plain(node.topic.name)) if node.topic else ()
    node.size = (ROOT_LABEL if depth == 0 else LABEL) if node.lines else 0.0
    own = SPREAD * math.sqrt(len(node.keys)) + MARGIN / 2 if node.keys else 0.0
    ranked = sorted(node.below, key=lambda below: (-below.r, below.topic.id if below.topic else "~"))
    radii = ([own] if own else []) + [below.r + MARGIN / 3 for below in ranked]
    places = packed(radii)
    x, y, r = _around(places, radii)
    head = len(node.lines) * node.size
    wide = max(map(len, node.lines), default=0) * LETTER * node.size
    node.r = max(r + MARGIN / 2 + head / 2, wide / 2 + MARGIN / 2)
    y -= head / 2  # what it holds stands below its name
    if own:
        node.middle = (places[0][0] - x, places[0][1] - y)
    for below, place in zip(ranked, places[1:] if own else places, strict=True):
        below.x, below.y = place[0] - x, place[1] - y


def packed(radii: Sequence[float]) -> list[Point]:
    """Places for discs so that none overlaps: the first in the middle, each further one as near as it fits.

    >>> [(round(x), round(y)) for x, y in packed([2, 1])]
    [(0, 0), (3, 0)]
    """
    placed: list[tuple[float, float, float]] = []
    for r in radii:
        x, y = min(
            _candidates(placed, r), key=lambda p: (round(math.hypot(*p), 6), round(p[1], 6), round(p[0], 6))
        )
        placed.append((x, y, r))
    return [(x, y) for x, y, _ in placed]


def _candidates(placed: list[tuple[float, float, float]], r: float) -> Iterator[Point]:
    """Where a disc fits that touches two others."""
    if len(placed) < 2:
        yield (placed[0][2] + r, 0.0) if placed else (0.0, 0.0)
        return
    looked_at = placed[-LOOKED_AT:]
    for index, one in enumerate(looked_at):
        for other in looked_at[:index]:
            for x, y in _touching(one, other, r):
                if all(math.hypot(x - a, y - b) >= r + c - 1e-6 for a, b, c in placed):
                    yield x, y


def _touching(
    one: tuple[float, float, float], other: tuple[float, float, float], r: float
) -> Iterator[Point]:
    """The two middles of a disc that touches both discs; none where they lie too far apart."""
    (x1, y1, r1), (x2, y2, r2) = one, other
    a, b, d = r1 + r, r2 + r, math.hypot(x2 - x1, y2 - y1)
    if d == 0 or d > a + b:
        return
    along = (a * a - b * b + d * d) / (2 * d)
    off = math.sqrt(max(a * a - along * along, 0.0))
    ux, uy = (x2 - x1) / d, (y2 - y1) / d
    yield x1 + along * ux - off * uy, y1 + along * uy + off * ux
    yield x1 + along * ux + off * uy, y1 + along * uy - off * ux


def _around(places: Sequence[Point], radii: Sequence[float]) -> tuple[float, float, float]:
    """A disc around others, nearly the smallest: its middle steps towards the farthest, ever shorter."""
    x = y = 0.0
    if not places:
        return x, y, SPREAD
    for step in range(1, 200):
        farthest = max(
            range(len(places)), key=lambda i: math.hypot(places[i][0] - x, places[i][1] - y) + radii[i]
        )
        x += (places[farthest][0] - x) / (step + 1)
        y += (places[farthest][1] - y) / (step + 1)
    r = max(math.hypot(a - x, b - y) + c for (a, b), c in zip(places, radii, strict=True))
    return x, y, r


def _place(
    bibliography: Bibliography,
    node: _Node,
    middle: Point,
    depth: int,
    colour: int,
    discs: list[Disc],
    dots: list[Dot],
) -> None:
    """Put a node, and everything below it, on the map."""
    x, y = middle
    if node.topic:
        count = len(bibliography.by_topic[node.topic.id])
        discs.append(Disc(node.topic.id, x, y, node.r, depth, colour, node.lines, node.size, count))
    start = set(filter(None, map(bibliography.resolve, node.topic.start_here))) if node.topic else set()
    for number, key in enumerate(node.keys):
        away, angle = SPREAD * math.sqrt(number), number * GOLDEN
        place = (x + node.middle[0] + away * math.cos(angle), y + node.middle[1] + away * math.sin(angle))
        dots.append(_dot(bibliography, key, place, LARGE_DOT if key in start else DOT, colour))
    for below in node.below:
        _place(bibliography, below, (x + below.x, y + below.y), depth + 1, colour, discs, dots)


def _dot(bibliography: Bibliography, key: str, place: Point, r: float, colour: int) -> Dot:
    entry = bibliography.entries[key]
    who = (
        (entry.people[0].literal or entry.people[0].family)
        if entry.people
        else plain(entry.title).split(" ")[0]
    )
    title = plain(entry.title) + (f" ({entry.year})" if entry.year else "")
    return Dot(key, *place, r, colour, title, f"{who[:14]} {entry.year or ''}".strip())


def _lines(name: str) -> tuple[str, ...]:
    """A name in one line, or in two of about the same length."""
    words = name.split()
    if len(name) <= LINE or len(words) < 2:
        return (name,)
    cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return min(cuts, key=lambda lines: max(map(len, lines)))


def _relations(bibliography: Bibliography, places: dict[str, Point]) -> Iterator[tuple[Point, Point]]:
    """Lines between works of which one names the other."""
    for key, entry in bibliography.entries.items():
        for _, other in entry.relations.items():  # noqa: PERF102  no mapping
            target = bibliography.resolve(other)
            if target and key in places and target in places:
                yield places[key], places[target]

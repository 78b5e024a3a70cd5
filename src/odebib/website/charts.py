"""Charts: the figures of the whole bibliography as SVG, each bar leading to the works it counts.

A chart is drawn in units that are pixels at its natural size and scales with
the page. Colours are classes (``c0``, ``c1``, …), which the style sheet gives
once a palette; a table with the same figures stands beside every chart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from odebib.lookup.statistics import completeness
from odebib.model.bibliography import Bibliography
from odebib.website.markup import plain

COLOURS = 10
"""So many colours the style sheet has; what is beyond them shares the last."""
BAR, GAP, HEIGHT = 26, 6, 220
"""Of upright bars: their width, the space between, the height of the highest."""
ROW, LABEL, WIDTH = 26, 190, 560
"""Of lying bars: the height of a row, the room for its label, the width of the whole."""
MOST_YEARS = 40
"""So many years are drawn without leaving any out."""
MOST_ROWS = 20
"""So many venues are drawn; all of them stand in their index."""


@dataclass(frozen=True)
class Part:
    """A part of a bar: how many works, what they are, and where they are shown."""

    series: str
    count: int
    address: str
    colour: int


@dataclass(frozen=True)
class Bar:
    """A bar: its label, where that leads, and its parts."""

    label: str
    address: str
    parts: tuple[Part, ...]
    total: int = 0
    """What the whole would be, where the bar is a share of something."""

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)


@dataclass(frozen=True)
class Chart:
    """A chart with all that its table says."""

    id: str
    title: str
    note: str
    bars: tuple[Bar, ...]
    series: tuple[Part, ...]
    """What the colours mean, with totals; empty where there is one colour only."""
    column: str = "year"
    """What the first column of the table holds."""
    upright: bool = False
    shares: bool = False
    """Whether bars are shares of their own totals rather than of the longest bar."""

    def svg(self, base: str) -> Markup:
        """The drawing, for a page from which ``base`` leads to the site's root."""
        return _upright(self, base) if self.upright else _lying(self, base)

    def row(self, bar: Bar) -> list[int]:
        """The counts of a bar in the order of the series."""
        counts = {part.series: part.count for part in bar.parts}
        return [counts.get(part.series, 0) for part in self.series]


def charts(bibliography: Bibliography) -> list[Chart]:
    """All charts that have something to show."""
    found = (
        works_by_year(bibliography),
        code_by_year(bibliography),
        works_by_venue(bibliography),
        complete(bibliography),
    )
    return [chart for chart in found if chart.bars]


# -- What is counted ---------------------------------------------------------------------


def works_by_year(bibliography: Bibliography) -> Chart:
    """Works by year, stacked by the topic at the root of the tree; a work counts once, by its first topic."""
    roots = {key: _root(bibliography, key) for key in bibliography.entries}
    order = [topic.id for topic in bibliography.children(None)]
    names = {topic.id: plain(topic.name) for topic in bibliography.topics} | {"": "no topic"}
    used = [root for root in [*order, ""] if root in roots.values()]

    def parts(keys: Iterable[str], address: Callable[[str], str]) -> tuple[Part, ...]:
        """How many of some works belong to each root, those to which none belongs left out."""
        counts = Counter(roots[key] for key in keys)
        return tuple(
            Part(names[root], counts[root], address(root), min(index, COLOURS - 1))
            for index, root in enumerate(used)
            if counts[root]
        )

    bars = []
    for year in _years(bibliography):
        keys = bibliography.by_year.get(year, ())
        found = f"search/?from={year}&to={year}"
        bars.append(
            Bar(str(year), f"years/{year}/" if keys else "", parts(keys, partial(_within_topic, found)))
        )
    series = parts(roots, lambda root: f"topics/{root}/" if root else "")
    note = "Each work counts once, in the year of its version of record and under the first of its topics."
    return Chart("years", "Works by year and topic", note, tuple(bars), series, upright=True)


def _within_topic(search: str, topic: str) -> str:
    return f"{search}&topic={topic}" if topic else search


def _root(bibliography: Bibliography, key: str) -> str:
    topics = bibliography.topics_of(bibliography.entries[key])
    if not topics:
        return ""
    above = bibliography.ancestors(topics[0].id)
    return above[0].id if above else topics[0].id


def _years(bibliography: Bibliography) -> list[int]:
    """The years from the first to the last; only those with works where they are too many to draw."""
    known = sorted(bibliography.by_year)
    if known and known[-1] - known[0] < MOST_YEARS:
        return list(range(known[0], known[-1] + 1))
    return known


def code_by_year(bibliography: Bibliography) -> Chart:
    """Papers with and without code by year."""
    bars = []
    totals = {"with code": 0, "without": 0}
    for year in _years(bibliography):
        keys = bibliography.by_year.get(year, ())
        papers = [entry for key in keys if bibliography.type(entry := bibliography.entries[key]).is_paper]
        with_code = sum(1 for entry in papers if entry.links.code)
        totals["with code"] += with_code
        totals["without"] += len(papers) - with_code
        found = f"search/?from={year}&to={year}"
        parts = (
            Part("with code", with_code, f"{found}&has=code", 0),
            Part("without", len(papers) - with_code, found, COLOURS),
        )
        address = f"years/{year}/" if keys else ""
        bars.append(Bar(str(year), address, tuple(part for part in parts if part.count), len(papers)))
    series = (
        Part("with code", totals["with code"], "search/?has=code", 0),
        Part("without", totals["without"], "", COLOURS),
    )
    note = "Papers whose entry leads to code, by the year of the version of record."
    return Chart("code", "Papers with code", note, tuple(bars), series, upright=True)


def works_by_venue(bibliography: Bibliography) -> Chart:
    """The venues with most works."""
    ranked = sorted(bibliography.by_venue.items(), key=lambda item: (-len(item[1]), item[0]))
    bars = tuple(
        Bar(
            bibliography.venues[venue].short,
            f"venues/{venue}/",
            (Part("works", len(keys), f"venues/{venue}/", 0),),
        )
        for venue, keys in ranked[:MOST_ROWS]
    )
    more = len(ranked) - len(bars)
    note = f"The {len(bars)} venues with most works; {more} more have fewer." if more else "All venues."
    return Chart("venues", "Venues", note, bars, (), "venue")


SEARCHES = {"code": "search/?has=code", "abstract": "search/?has=abstract"}
"""Rows of completeness whose works can be shown."""


def complete(bibliography: Bibliography) -> Chart:
    """How many of the entries that could have something do have it."""
    bars = tuple(
        Bar(row.label, SEARCHES.get(row.label, ""), (Part("have it", row.present, "", 0),), row.total)
        for row in completeness(bibliography)[1:]
        if row.total
    )
    note = "Of the entries that could have it, so many say it."
    return Chart("completeness", "Completeness", note, bars, (), "field", shares=True)


# -- Drawing -----------------------------------------------------------------------------


def _upright(chart: Chart, base: str) -> Markup:
    """Bars that stand beside each other, parts upon each other, counts above and labels below."""
    most = max(bar.count for bar in chart.bars)
    width = len(chart.bars) * (BAR + GAP) + GAP
    pieces: list[Markup] = []
    for index, bar in enumerate(chart.bars):
        x, y = GAP + index * (BAR + GAP), float(HEIGHT + 18)
        for part in bar.parts:
            tall = part.count / most * HEIGHT
            y -= tall
            words = f"{bar.label}, {part.series}: {part.count}"
            pieces.append(_rectangle((x, y, BAR, tall), part.colour, words, part.address, base))
        if bar.count:
            pieces.append(_text(x + BAR / 2, y - 4, str(bar.count), "n"))
        pieces.append(_label(x + BAR / 2, HEIGHT + 34, bar, base))
    return _drawing(chart, width, HEIGHT + 42, pieces)


def _lying(chart: Chart, base: str) -> Markup:
    """Bars below each other, labels before and counts behind them."""
    room = WIDTH - LABEL - 90
    most = max(bar.count for bar in chart.bars) or 1
    pieces: list[Markup] = []
    for index, bar in enumerate(chart.bars):
        y = index * ROW + 4
        whole = bar.total if chart.shares else most
        wide = bar.count / whole * room if whole else 0
        if chart.shares:
            pieces.append(
                Markup('<rect class="cx" x="{}" y="{}" width="{}" height="{}"/>').format(
                    LABEL, y, room, ROW - 8
                )
            )
        said = f"{bar.count} of {bar.total}" if chart.shares else str(bar.count)
        colour = bar.parts[0].colour if bar.parts else 0
        pieces.append(
            _rectangle((LABEL, y, wide, ROW - 8), colour, f"{bar.label}: {said}", bar.address, base)
        )
        pieces.append(_label(LABEL - 8, y + 13, bar, base, "e"))
        pieces.append(_text(LABEL + (room if chart.shares else wide) + 8, y + 13, said, "s"))
    return _drawing(chart, WIDTH, len(chart.bars) * ROW + 4, pieces)


def _drawing(chart: Chart, width: int, height: int, pieces: Iterable[Markup]) -> Markup:
    start = Markup(
        '<svg class="ob-chart{}" role="group" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">'
    ).format("" if chart.upright else " ob-chart--lying", chart.title, width, height, width, height)
    return start + Markup("").join(pieces) + Markup("</svg>")


def _rectangle(place: Sequence[float], colour: int, words: str, address: str, base: str) -> Markup:
    x, y, width, height = (_number(value) for value in place)
    drawn = Markup('<rect class="c{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
        colour, x, y, width, height, words
    )
    # Labels lead to the same works and are what the keyboard reaches; bars would double every stop.
    return _linked(drawn, address, base, words, reachable=False)


def _label(x: float, y: float, bar: Bar, base: str, anchor: str = "") -> Markup:
    return _linked(_text(x, y, _short(bar.label), anchor), bar.address, base, bar.label)


def _linked(drawn: Markup, address: str, base: str, words: str, reachable: bool = True) -> Markup:
    if not address:
        return drawn
    hidden = Markup("") if reachable else Markup(' tabindex="-1"')
    return Markup('<a href="{}" aria-label="{}"{}>{}</a>').format(base + address, words, hidden, drawn)


def _text(x: float, y: float, words: str, kind: str = "") -> Markup:
    kind = Markup(' class="{}"').format(kind) if kind else Markup("")
    return Markup('<text{} x="{}" y="{}">{}</text>').format(kind, _number(x), _number(y), words)


def _short(label: str, limit: int = 23) -> str:
    return label if len(label) <= limit else label[: limit - 1].rstrip() + "…"


def _number(value: float) -> str:
    """A number with no more digits than can be seen, the same on every machine.

    >>> _number(12.0), _number(3.14159)
    ('12', '3.1')
    """
    return f"{value:.1f}".removesuffix(".0")

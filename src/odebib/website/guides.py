"""Where to begin and what is new: reading paths, surveys, what stands one step from a topic, recent works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from odebib.model.bibliography import Bibliography
from odebib.model.entry import EntryType
from odebib.model.fields import TYPE_LABELS
from odebib.model.vocabulary import ReadingPath
from odebib.website.groups import newest_first
from odebib.website.views import Link, entry_link

SURVEY = "survey"
"""The badge, by whatever spelling, that says that a work gives an overview of others."""

SHELVES = (EntryType.SOFTWARE, EntryType.TUTORIAL, EntryType.TALK, EntryType.BOOK, EntryType.WEBSITE)
"""Types that stand on a shelf of their own beside a topic's papers."""
SHELF = 8
"""So many works stand on a shelf; the rest is found among all."""
RECENT = 100
"""So many works stand on the page of recent ones."""


# -- Surveys, and what stands one step from a topic --------------------------------------


def survey_tag(bibliography: Bibliography) -> str:
    """The id of the badge of surveys; empty where there is none."""
    tag = bibliography.tags.find(SURVEY)
    return tag.id if tag else ""


def is_survey(bibliography: Bibliography, key: str) -> bool:
    """Whether a work gives an overview: by its badge, or because it says which works it surveys."""
    entry = bibliography.entries[key]
    tag = survey_tag(bibliography)
    return bool(entry.relations.surveys) or any(found.id == tag for found in bibliography.tags_of(entry))


@dataclass(frozen=True)
class Shelf:
    """Works of one kind, as short links."""

    label: str
    links: tuple[Link, ...]
    more: Link | None
    """The way to the others, where there are more than are shown."""


def shelves(bibliography: Bibliography, topic: str, keys: Iterable[str]) -> list[Shelf]:
    """Surveys, software and the like among the works of a topic; nothing where they are all there is."""
    keys = list(keys)
    found: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        kind = bibliography.type(bibliography.entries[key])
        if is_survey(bibliography, key):
            found["Surveys"].append(key)
        elif kind in SHELVES:
            found[TYPE_LABELS[kind][1]].append(key)
    queries = {TYPE_LABELS[kind][1]: f"type={kind}" for kind in SHELVES}
    queries["Surveys"] = f"tag={survey_tag(bibliography)}"
    order = ["Surveys", *(TYPE_LABELS[kind][1] for kind in SHELVES)]
    return [
        _shelf(bibliography, label, found[label], f"search/?topic={topic}&{queries[label]}")
        for label in order
        if found[label] and len(found[label]) < len(keys)
    ]


def _shelf(bibliography: Bibliography, label: str, keys: list[str], address: str) -> Shelf:
    links = tuple(entry_link(bibliography, key) for key in keys[:SHELF])
    more = Link(f"all {len(keys)}", address, count=len(keys)) if len(keys) > SHELF else None
    return Shelf(label, links, more)


def with_code(bibliography: Bibliography, keys: Iterable[str]) -> int:
    """How many of some works lead to code."""
    return sum(1 for key in keys if bibliography.entries[key].links.code)


# -- Reading paths -----------------------------------------------------------------------


@dataclass(frozen=True)
class StepView:
    """A step of a reading path; one whose work is gone has no key."""

    number: int
    key: str | None
    wanted: str
    why: str


@dataclass(frozen=True)
class PathView:
    """A reading path with its steps in order."""

    path: ReadingPath
    steps: tuple[StepView, ...]

    @property
    def stem(self) -> str:
        return f"paths/{self.path.id}"

    @property
    def address(self) -> str:
        return self.stem + "/"

    @property
    def keys(self) -> tuple[str, ...]:
        """Its works, each once."""
        return tuple(dict.fromkeys(step.key for step in self.steps if step.key))


def path_views(bibliography: Bibliography) -> list[PathView]:
    """Every reading path."""
    return [
        PathView(
            path,
            tuple(
                StepView(number, bibliography.resolve(step.entry), step.entry, step.why or "")
                for number, step in enumerate(path.steps, start=1)
            ),
        )
        for path in bibliography.paths.values()
    ]


def on_paths(paths: Iterable[PathView]) -> dict[str, list[Link]]:
    """Of each work the reading paths that it is a step of, with the number of the step."""
    found: dict[str, list[Link]] = defaultdict(list)
    for path in paths:
        for step in path.steps:
            if step.key:
                note = f"step {step.number} of {len(path.steps)}"
                found[step.key].append(Link(path.path.title, f"{path.address}#step-{step.number}", note))
    return found


# -- What is new -------------------------------------------------------------------------


@dataclass(frozen=True)
class Recent:
    """The works that came last: by the day they were added, as far as that says anything."""

    title: str
    note: str
    runs: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for _, keys in self.runs for key in keys)


def recent(bibliography: Bibliography, limit: int = RECENT) -> Recent:
    """ "Recently added" once works were added on more than one day, the newest works until then."""
    added: dict[str, list[str]] = defaultdict(list)
    for key, entry in bibliography.entries.items():
        if entry.added:
            added[entry.added.isoformat()].append(key)
    if len(added) > 1:
        runs = tuple(
            _up_to(
                limit, ((day, newest_first(bibliography, added[day])) for day in sorted(added, reverse=True))
            )
        )
        return Recent("Recently added", "By the day on which they were added here.", runs)
    years: dict[str, list[str]] = defaultdict(list)
    for key in newest_first(bibliography, bibliography.entries)[:limit]:
        years[str(bibliography.entries[key].year or "no year")].append(key)
    runs = tuple((year, tuple(keys)) for year, keys in years.items())
    return Recent("Newest works", "By the year of the version of record.", runs)


def _up_to(limit: int, runs: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The first runs until ``limit`` is reached; the last one may be cut."""
    for title, keys in runs:
        if limit <= 0:
            return
        yield title, keys[:limit]
        limit -= len(keys)

"""Groups of works, and links under headings: what the pages that lead to works show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from odebib.model.bibliography import Bibliography
from odebib.website.views import Link, topic_link

Headings = tuple[tuple[str, tuple[Link, ...]], ...]
"""Headings, each with the links below it; a single one may be empty."""


@dataclass(frozen=True)
class Group:
    """A page of works that have something in common."""

    section: str
    """The first part of its address: topics, tags, venues, …"""
    id: str
    title: str
    keys: tuple[str, ...]
    eyebrow: str = ""
    """What kind of group it is, in a word."""
    description: str = ""
    above: tuple[Link, ...] = ()
    """Topics above, from the root down."""
    below: tuple[Link, ...] = ()
    """Topics below, with their counts."""
    start_here: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """More about it, as (what, value)."""
    related: tuple[Link, ...] = ()
    """Coauthors, with the number of works together; of a single work they stand on its card."""
    outside: tuple[Link, ...] = ()
    """Its own pages elsewhere."""

    @property
    def stem(self) -> str:
        """Its address without what ends it: ``topics/neural-odes``."""
        return f"{self.section}/{self.id}"

    @property
    def address(self) -> str:
        return self.stem + "/"


def newest_first(bibliography: Bibliography, keys: Iterable[str]) -> tuple[str, ...]:
    """The keys by year, newest first, then as they are; works without a year at the end."""
    entries = bibliography.entries
    return tuple(sorted(keys, key=lambda key: (-(entries[key].year or 0), key)))


def by_year(bibliography: Bibliography, keys: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Keys that are newest first, in runs of a year."""
    runs: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        runs[str(bibliography.entries[key].year or "no year")].append(key)
    return list(runs.items())


@dataclass(frozen=True)
class Index:
    """A page of links under headings."""

    section: str
    title: str
    description: str
    runs: Headings
    """Links under headings; a single run may have none."""

    @property
    def address(self) -> str:
        return self.section + "/"

    @property
    def count(self) -> int:
        return sum(len(links) for _, links in self.runs)


@dataclass(frozen=True)
class TopicNode:
    """A topic in the tree of topics."""

    link: Link
    below: tuple[TopicNode, ...]


def topic_tree(bibliography: Bibliography) -> tuple[TopicNode, ...]:
    """All topics as a tree; those that a circle of parents cuts off stand at its root."""

    def nodes(parent: str | None, above: frozenset[str]) -> Iterator[TopicNode]:
        for topic in bibliography.children(parent):
            if topic.id not in above:
                seen.add(topic.id)
                below = tuple(nodes(topic.id, above | {topic.id}))
                yield TopicNode(topic_link(bibliography, topic.id), below)

    seen: set[str] = set()
    tree = list(nodes(None, frozenset()))
    lost = [topic.id for topic in bibliography.topics if topic.id not in seen]
    return (*tree, *(TopicNode(topic_link(bibliography, identifier), ()) for identifier in lost))


def walk(nodes: Iterable[TopicNode]) -> Iterator[TopicNode]:
    """The topics of a tree, each before those below it."""
    for node in nodes:
        yield node
        yield from walk(node.below)

"""Badges: what a work is about at a glance, and the works under each."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.model.bibliography import Bibliography
from odebib.website.groups import Group, Headings, newest_first
from odebib.website.render import PageKind
from odebib.website.views import Link


def _groups(bibliography: Bibliography) -> Iterator[Group]:
    for tag in bibliography.tags:
        keys = newest_first(bibliography, bibliography.by_tag[tag.id])
        yield Group("tags", tag.id, tag.name, keys, "Badge", tag.description or "")


def _headings(bibliography: Bibliography) -> Headings:
    links = tuple(
        Link(tag.name, f"tags/{tag.id}/", tag.description or "", len(bibliography.by_tag[tag.id]), tag.id)
        for tag in bibliography.tags
    )
    return (("", links),)


PAGE = PageKind(
    address="tags/",
    title="Badges",
    description="What a work is about, at a glance.",
    headings=_headings,
    groups=_groups,
    searched="tag",
    has_feeds=True,
)

"""Topics: the tree of what works are about, and the works of each."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.model.bibliography import Bibliography
from odebib.website.groups import Group, Headings, newest_first, topic_tree, walk
from odebib.website.render import Page, PageKind, Renderer
from odebib.website.views import topic_link


def _groups(bibliography: Bibliography) -> Iterator[Group]:
    for topic in bibliography.topics:
        start = dict.fromkeys(filter(None, (bibliography.resolve(key) for key in topic.start_here)))
        yield Group(
            "topics",
            topic.id,
            topic.name,
            newest_first(bibliography, bibliography.by_topic[topic.id]),
            "Topic",
            topic.description or "",
            above=tuple(topic_link(bibliography, above.id) for above in bibliography.ancestors(topic.id)),
            below=tuple(topic_link(bibliography, below.id) for below in bibliography.children(topic.id)),
            start_here=tuple(start),
        )


def _page(site: Renderer) -> Iterator[Page]:
    if site.tree:
        count = len(site.bibliography.topics)
        yield site.page(PAGE, {"tree": site.tree, "count": count}, description=f"{count} topics")


def _headings(bibliography: Bibliography) -> Headings:
    links = tuple(node.link for node in walk(topic_tree(bibliography)) if node.link.count)
    return (("", links),) if links else ()


PAGE = PageKind(
    address="topics/",
    title="Topics",
    template="topics.html",
    tab="topics",
    pages=_page,
    headings=_headings,
    browse=None,
    groups=_groups,
    searched="topic",
    has_shelves=True,
    has_feeds=True,
)

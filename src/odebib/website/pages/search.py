"""Browse and search: filters, results, and the way to everything that lists works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odebib.website.render import PageKind, Renderer
from odebib.website.views import Link


def _data(site: Renderer) -> Mapping[str, Any]:
    shelves = [
        {"index": site.indexes[kind.section], "first": _most(kind, site.links(kind.section))}
        for kind in site.kinds
        if kind.section in site.indexes
    ]
    return {"shelves": shelves}


def _most(kind: PageKind, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links with the most works; all of them in their order where they are few."""
    if kind.browse is None or len(links) <= kind.browse:
        return links
    if kind.in_order:
        return links[: kind.browse]
    return tuple(sorted(links, key=lambda link: -link.count)[: kind.browse])


PAGE = PageKind(
    address="search/",
    title="Browse",
    description="Search and browse all works",
    template="search.html",
    data=_data,
    scripts=("search",),
)

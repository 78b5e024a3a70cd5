"""In figures: works by year, topic and venue, each bar leading to what it counts."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.website import charts
from odebib.website.render import Page, PageKind, Renderer


def _page(site: Renderer) -> Iterator[Page]:
    data = {"charts": charts.charts(site.bibliography), "figures": site.figures, "lists": site.lists}
    yield site.page(PAGE, data, changed=site.changed(site.bibliography.entries))


PAGE = PageKind(
    address="stats/",
    title="In figures",
    description="Works by year, topic and venue",
    template="stats.html",
    tab="",
    footer="In figures",
    pages=_page,
)

"""About: what this bibliography is, how it is made, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.website.render import Page, PageKind, Renderer


def _page(site: Renderer) -> Iterator[Page]:
    data = {
        "config": site.config,
        "figures": site.figures,
        "lists": site.lists,
        "repository": site.config.repository,
    }
    yield site.page(PAGE, data, description=site.config.site_description)


PAGE = PageKind(
    address="about/", title="About", template="about.html", tab="about", footer="About", pages=_page
)

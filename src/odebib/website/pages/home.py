"""Home: what this is, where to begin, and what can be done here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from odebib.website import guides, views
from odebib.website.render import Page, PageKind, Renderer
from odebib.website.views import Link

QUICK_TYPES = ("talk", "tutorial", "software", "website", "book", "thesis", "dataset")
"""Types that readers look for by themselves; papers are found by what they are about."""


def _page(site: Renderer) -> Iterator[Page]:
    data = {
        "config": site.config,
        "figures": site.figures,
        "lists": site.lists,
        "quick": _quick_links(site),
        "tree": site.tree,
        "badges": site.links("tags"),
        "paths": site.paths,
        "start": views.start_here(site.bibliography, 6),
        "recent": guides.recent(site.bibliography, 6),
        "card": partial(site.card, depth=0),
    }
    yield site.page(
        PAGE,
        data,
        title=site.config.site_name,
        description=site.config.site_description,
        bib="all.bib",
        feed="feed.xml",
        changed=site.changed(site.bibliography.entries),
    )


def _quick_links(site: Renderer) -> list[Link]:
    types = {link.kind: link for link in site.links("types")}
    found = [types[kind] for kind in QUICK_TYPES if kind in types]
    if site.figures.with_code:
        found.insert(0, Link("With code", "search/?has=code", count=site.figures.with_code))
    tag = guides.survey_tag(site.bibliography)
    if tag and (surveys := site.bibliography.by_tag[tag]):
        found.insert(0, Link("Surveys", f"tags/{tag}/", count=len(surveys)))
    return found


PAGE = PageKind(address="", title="Home", template="home.html", tab="", pages=_page)

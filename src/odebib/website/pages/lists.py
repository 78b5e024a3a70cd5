"""Source lists: each in its own order, with what its items became."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from odebib.website.render import MANY, Page, PageKind, Renderer

DESCRIPTION = "The lists that this bibliography was merged from"


def _pages(site: Renderer) -> Iterator[Page]:
    if site.lists:
        yield site.page(PAGE, {"lists": site.lists})
    for view in site.lists:
        card = partial(site.card, depth=2, abstract=view.count <= MANY)
        yield Page(
            view.address,
            PAGE.tab,
            view.source.name,
            view.source.description or f"{view.source.name}: {view.count} items",
            site.render("list.html", 2, list=view, card=card),
            bib=view.stem + ".bib",
        )


PAGE = PageKind(
    address="lists/", title="Lists", description=DESCRIPTION, template="lists.html", tab="lists", pages=_pages
)

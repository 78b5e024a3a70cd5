"""Reading paths: in which order to read, and what each step gives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from odebib.website.render import Page, PageKind, Renderer


def _pages(site: Renderer) -> Iterator[Page]:
    if site.paths:
        yield site.page(PAGE, {"paths": site.paths})
    for view in site.paths:
        path, steps = view.path, len(view.steps)
        yield Page(
            view.address,
            PAGE.tab,
            path.title,
            path.description or f"{steps} works in the order in which to read them",
            site.render("path.html", 2, path=view, card=partial(site.card, depth=2)),
            bib=view.stem + ".bib",
            changed=site.changed(view.keys),
        )


PAGE = PageKind(
    address="paths/",
    title="Reading paths",
    description="In which order to read, and why",
    template="paths.html",
    tab="",
    pages=_pages,
)

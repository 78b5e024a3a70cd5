"""Recent works: what is new here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from odebib.website import guides
from odebib.website.render import Page, PageKind, Renderer


def _page(site: Renderer) -> Iterator[Page]:
    found = guides.recent(site.bibliography)
    card = partial(site.card, depth=1, abstract=False)
    yield site.page(
        PAGE,
        {"recent": found, "runs": found.runs, "card": card},
        title=found.title,
        description=found.note,
        feed="feed.xml",
        changed=site.changed(found.keys),
    )


PAGE = PageKind(
    address="recent/", title="Recent", template="recent.html", tab="", footer="Recent", pages=_page
)

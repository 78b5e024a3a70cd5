"""Quality: how well records of lists are told to be the same work, as measured on labelled pairs."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.lookup import measured
from odebib.website.render import Page, PageKind, Renderer


def _page(site: Renderer) -> Iterator[Page]:
    records = [record for source in site.bibliography.lists.values() for _, record in source.records()]
    data = {
        "measured": measured.read(),
        "records": len(records),
        "open": sum(not record.entry for record in records),
        "confirm": sum(record.confirm for record in records),
    }
    yield site.page(PAGE, data)


PAGE = PageKind(
    address="quality/",
    title="Quality",
    description="How well listed works are told to be the same, as measured",
    template="quality.html",
    tab="",
    footer="Quality",
    pages=_page,
)

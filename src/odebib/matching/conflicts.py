"""Conflicts: values on which an entry and its sources disagree. Told, never judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from odebib.matching import merging, venues
from odebib.model.bibliography import Bibliography, Listing
from odebib.model.entry import Entry
from odebib.text.folding import fold


@dataclass(frozen=True)
class Conflict:
    """A field on which at least one source says something else than the entry."""

    field: str
    stated: str | None
    others: tuple[tuple[str, str], ...]
    """Each source's name with what it says."""


FIELDS = ("title", "venue", "year", "volume", "number", "pages", "doi", "arxiv", "openreview")
"""Fields that can disagree; lists of authors differ too often in spelling alone."""


def of_entry(bibliography: Bibliography, entry: Entry) -> Iterator[Conflict]:
    """The conflicts between an entry and the records that belong to it."""
    listings = bibliography.listed_in(entry.key)
    for field in FIELDS:
        stated = getattr(entry, field)
        others = tuple(
            (listing.list.name, str(said))
            for listing in listings
            if (said := _said(listing, field)) and not _agrees(bibliography, entry, field, str(said))
        )
        if others:
            yield Conflict(field, str(stated) if stated else None, others)


def _said(listing: Listing, field: str) -> object:
    value = getattr(listing.record, field)
    if field == "venue" and value and merging.is_preprint_server(value):
        return None
    return value


def _agrees(bibliography: Bibliography, entry: Entry, field: str, said: str) -> bool:
    if field == "title":
        return fold(said) in {fold(title) for title in entry.titles}
    if field == "venue":
        venue = venues.find(bibliography.venues, said)
        return venue is not None and venue == bibliography.venue(entry)
    stated = {str(getattr(entry, field) or "")} | {str(getattr(v, field, "") or "") for v in entry.versions}
    return fold(said) in {fold(value) for value in stated}

"""Venues: conferences, journals and workshops, and the works of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from odebib.model.bibliography import Bibliography
from odebib.text.folding import fold
from odebib.website.groups import Group, Headings, newest_first
from odebib.website.render import PageKind
from odebib.website.views import Link, host


def _groups(bibliography: Bibliography) -> Iterator[Group]:
    for identifier, keys in bibliography.by_venue.items():
        venue = bibliography.venues[identifier]
        outside = (Link(host(venue.url), venue.url),) if venue.url else ()
        eyebrow = "Venue" if venue.kind == "other" else str(venue.kind).capitalize()
        yield Group(
            "venues",
            identifier,
            venue.short,
            newest_first(bibliography, keys),
            eyebrow,
            venue.name if venue.name != venue.short else "",
            outside=outside,
        )


def _headings(bibliography: Bibliography) -> Headings:
    runs: dict[str, list[Link]] = defaultdict(list)
    for identifier, keys in bibliography.by_venue.items():
        venue = bibliography.venues[identifier]
        note = venue.name if venue.name != venue.short else ""
        runs[str(venue.kind)].append(Link(venue.short, f"venues/{identifier}/", note, len(keys)))
    labels = {"conference": "Conferences", "journal": "Journals", "workshop": "Workshops", "book": "Books"}
    order = [*labels, "other"]
    return tuple(
        (
            labels.get(kind, "Other"),
            tuple(sorted(runs[kind], key=lambda link: (-link.count, fold(link.label)))),
        )
        for kind in order
        if kind in runs
    )


PAGE = PageKind(
    address="venues/",
    title="Venues",
    description="Conferences, journals and workshops.",
    headings=_headings,
    groups=_groups,
    searched="venue",
)

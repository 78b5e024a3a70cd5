"""Years: the works by the year of their version of record."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.model.bibliography import Bibliography
from odebib.website.groups import Group, Headings
from odebib.website.render import PageKind
from odebib.website.views import Link


def _groups(bibliography: Bibliography) -> Iterator[Group]:
    for year, keys in bibliography.by_year.items():
        yield Group("years", str(year), str(year), keys, "Year")


def _headings(bibliography: Bibliography) -> Headings:
    links = (
        Link(str(year), f"years/{year}/", count=len(keys)) for year, keys in bibliography.by_year.items()
    )
    return (("", tuple(links)),)


PAGE = PageKind(
    address="years/",
    title="Years",
    description="By the year of the version of record.",
    headings=_headings,
    browse=48,
    in_order=True,
    groups=_groups,
)

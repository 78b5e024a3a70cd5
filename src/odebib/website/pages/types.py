"""Types: papers, software, talks and more, and the works of each type."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.model.bibliography import Bibliography
from odebib.model.fields import TYPE_LABELS
from odebib.website.groups import Group, Headings, newest_first
from odebib.website.render import PageKind
from odebib.website.views import type_link


def _groups(bibliography: Bibliography) -> Iterator[Group]:
    for kind, keys in bibliography.by_type.items():
        yield Group("types", str(kind), TYPE_LABELS[kind][1], newest_first(bibliography, keys), "Type")


def _headings(bibliography: Bibliography) -> Headings:
    return (("", tuple(type_link(kind, len(keys)) for kind, keys in bibliography.by_type.items())),)


PAGE = PageKind(
    address="types/",
    title="Types",
    description="Papers, software, talks and more.",
    headings=_headings,
    groups=_groups,
    searched="type",
)

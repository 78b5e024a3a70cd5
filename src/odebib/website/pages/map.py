"""The map of the field: topics and their works at a glance."""

from __future__ import annotations

from odebib.website import fieldmap
from odebib.website.render import PageKind

PAGE = PageKind(
    address="map/",
    title="Map of the field",
    description="Topics and their works at a glance",
    template="map.html",
    data=lambda site: {"map": fieldmap.field_map(site.bibliography), "tree": site.tree},
    tab="",
    footer="Map",
    scripts=("map",),
)

"""For programs: what can be read here without a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odebib.formats import FORMATS
from odebib.model import schemas
from odebib.website.render import PageKind, Renderer


def _data(site: Renderer) -> Mapping[str, Any]:
    return {
        "config": site.config,
        "figures": site.figures,
        "example": site.example,
        "topic": next((link.address.strip("/") for link in site.topic_links), ""),
        "schemas": list(schemas.SCHEMAS),
        "wholes": [f"all{format.ending}" for format in FORMATS.values() if format.is_whole],
    }


PAGE = PageKind(
    address="api/",
    title="For programs",
    description="The data as JSON, BibTeX, Atom and more",
    template="api.html",
    data=_data,
    tab="",
    footer="For programs",
)

"""Contribute: how to add or correct a paper, and what each field means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odebib.model import fields
from odebib.website.render import PageKind, Renderer


def _data(site: Renderer) -> Mapping[str, Any]:
    return {
        "fields": fields.of_entry(),
        "types": fields.TYPE_LABELS,
        "badges": site.links("tags"),
        "repository": site.config.repository,
        "branch": site.config.branch,
        "example": site.example,
    }


PAGE = PageKind(
    address="contribute/",
    title="Contribute",
    description="How to add or correct a paper",
    template="contribute.html",
    data=_data,
    tab="",
    footer="Contribute",
)

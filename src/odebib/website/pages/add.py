"""Add a paper: by what identifies it, or learn that it is here."""

from __future__ import annotations

from odebib.website.render import PageKind

PAGE = PageKind(
    address="add/",
    title="Add a paper",
    description="Add a paper by its arXiv id, DOI, link or title, or learn that it is here",
    template="add.html",
    data=lambda site: {"repository": site.config.repository, "branch": site.config.branch},
    tab="add",
    scripts=("add",),
)

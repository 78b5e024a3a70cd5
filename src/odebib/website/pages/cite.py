"""Get your .bib: what a text cites, or everything, or a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odebib.model.bibliography import Bibliography
from odebib.website import views
from odebib.website.render import PageKind, Renderer


def _data(site: Renderer) -> Mapping[str, Any]:
    size = sum(len(site.bibtex(key)) for key in site.bibliography.entries)
    return {
        "figures": site.figures,
        "size": f"{size / 1024:.0f} KiB" if size < 2**20 else f"{size / 2**20:.1f} MiB",
        "topics": site.topic_links,
        "examples": _examples(site.bibliography),
        "example": next(iter(site.bibliography.entries), ""),
    }


def _examples(library: Bibliography) -> list[tuple[str, str]]:
    """An address of each kind that really exists."""
    firsts = (
        ("One work:", "entries", views.start_here(library, 1) or library.entries),
        ("A topic:", "topics", [topic for topic, keys in library.by_topic.items() if keys]),
        ("A badge:", "tags", [tag for tag, keys in library.by_tag.items() if keys]),
        ("A venue:", "venues", library.by_venue),
        ("A year:", "years", map(str, library.by_year)),
        ("An author:", "authors", library.people),
        ("A list:", "lists", library.lists),
    )
    return [(what, f"{section}/{first}") for what, section, names in firsts for first in list(names)[:1]]


PAGE = PageKind(
    address="cite/",
    title="Get your .bib",
    description="BibTeX of every work, topic, author and list",
    template="cite.html",
    data=_data,
    tab="cite",
    scripts=("cite",),
)

"""Works: the page of each of them, with what it is, how to cite it and what is like it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from odebib.website import citing, guides, metadata, views
from odebib.website.markup import plain
from odebib.website.render import Page, PageKind, Renderer
from odebib.website.views import EntryView


def _pages(site: Renderer) -> Iterator[Page]:
    on_paths = guides.on_paths(site.paths)
    for key in site.bibliography.entries:
        view = site.view(key)
        data = {
            "view": view,
            "citations": citing.citations(site.bibliography, key, site.reference),
            "similar": views.neighbours(site.bibliography, site.likeness.similar(key)),
            "paths": on_paths.get(key, []),
            "report": _report_address(site, key),
            "edit": _edit_address(site, key),
        }
        entry, site_url = view.entry, site.config.site_url
        yield site.page(
            PAGE,
            data,
            address=view.address,
            title=view.title,
            description=entry.summary or (view.abstract[0] if view.abstract else _described(view)),
            bib=f"entries/{key}.bib",
            open_graph="article",
            metadata=metadata.highwire(site.bibliography, entry, site_url),
            linked_data=metadata.linked_data(site.bibliography, entry, site_url),
            changed=site.days[key],
        )


def _described(view: EntryView) -> str:
    people = ", ".join(person.name for person in view.people[:3])
    return ". ".join(filter(None, (plain(view.title), people, str(view.appearance))))


def _report_address(site: Renderer, key: str) -> str:
    """Where a mistake is reported: the repository's form, with what is known filled in."""
    if not site.config.repository:
        return ""
    known = {"template": "report-mistake.yml", "title": f"Mistake: {key}", "entry": key}
    if site.config.site_url:
        known["address"] = f"{site.config.site_url}entries/{key}/"
    return f"{site.config.repository}/issues/new?{urlencode(known)}"


def _edit_address(site: Renderer, key: str) -> str:
    """Where the file of an entry is edited."""
    if not site.config.repository:
        return ""
    path = site.entry_paths.get(key, f"data/entries/{key}.yml")
    return f"{site.config.repository}/edit/{quote(site.config.branch)}/{quote(path)}"


PAGE = PageKind(address="entries/", title="Works", template="entry.html", pages=_pages)

"""What other programs ask a site for: sitemap, robots.txt, OpenSearch, llms.txt.

The first three must name whole addresses by their standards, so they exist
only where the site knows its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

SITEMAP_LIMIT = 50_000
"""Addresses a sitemap may hold (https://www.sitemaps.org/protocol.html)."""


@dataclass(frozen=True)
class Place:
    """A page for the sitemap: its address, and the day on which it last changed where that is known."""

    address: str
    changed: datetime.date | None = None


def sitemaps(site_url: str, places: Iterable[Place]) -> Iterator[tuple[str, bytes]]:
    """The sitemap; several and an index of them where there are too many addresses for one."""
    places = list(places)
    runs = [places[start : start + SITEMAP_LIMIT] for start in range(0, len(places), SITEMAP_LIMIT)]
    if len(runs) <= 1:
        yield "sitemap.xml", _sitemap("urlset", "url", site_url, places)
        return
    names = [Place(f"sitemap-{number}.xml") for number in range(1, len(runs) + 1)]
    for name, run in zip(names, runs, strict=True):
        yield name.address, _sitemap("urlset", "url", site_url, run)
    yield "sitemap.xml", _sitemap("sitemapindex", "sitemap", site_url, names)


def _sitemap(outer: str, inner: str, site_url: str, places: Iterable[Place]) -> bytes:
    lines = [
        f"<{inner}><loc>{escape(site_url + place.address)}</loc>"
        + (f"<lastmod>{place.changed.isoformat()}</lastmod>" if place.changed else "")
        + f"</{inner}>"
        for place in places
    ]
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} xmlns="{namespace}">\n'
    return (start + "\n".join(lines) + f"\n</{outer}>\n").encode()


def robots(site_url: str) -> bytes:
    """Everybody may read everything; heard only where the site stands at its host's root."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n".encode()


def opensearch(site_url: str, name: str, description: str) -> bytes:
    """How a browser searches here (https://github.com/dewitt/opensearch): names have at most 16 letters."""
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(name[:16])}</ShortName>",
        f"<LongName>{escape(name[:48])}</LongName>",
        f"<Description>{escape(description[:1024] or name)}</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        f'<Image type="image/svg+xml">{escape(site_url)}assets/favicon.svg</Image>',
        f'<Url type="text/html" template="{escape(site_url)}search/?q={{searchTerms}}"/>',
        '<Url type="application/opensearchdescription+xml" rel="self" '
        f'template="{escape(site_url)}opensearch.xml"/>',
        "</OpenSearchDescription>",
    )
    return ("\n".join(lines) + "\n").encode()


@dataclass(frozen=True)
class Pointer:
    """A line of llms.txt: what there is, where, and what it holds."""

    label: str
    address: str
    note: str = ""


def llms(
    name: str, description: str, site_url: str | None, sections: Iterable[tuple[str, Iterable[Pointer]]]
) -> bytes:
    """The guide for language models (https://llmstxt.org): what stands where, in Markdown."""
    lines = [f"# {_line(name)}", ""]
    if description:
        lines += [f"> {_line(description)}", ""]
    for title, pointers in sections:
        lines += [f"## {title}", ""]
        for pointer in pointers:
            label = _line(pointer.label).replace("[", "(").replace("]", ")")
            note = f": {_line(pointer.note)}" if pointer.note else ""
            lines.append(f"- [{label}]({site_url or ''}{pointer.address}){note}")
        lines.append("")
    return "\n".join(lines).encode()


def _line(text: str) -> str:
    return " ".join(text.split())

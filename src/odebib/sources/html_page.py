"""HTML: a saved page or an export, by way of Markdown, without what a page has around its content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from odebib.errors import FormatError
from odebib.sources import columns, marked_up, named
from odebib.sources.bibtex import reader as bibtex
from odebib.sources.bibtex.blocks import RE_ENTRY_START
from odebib.sources.citations.citation import read_citation
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Places, Reader
from odebib.sources.records import validated

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

AROUND = (
    "script", "style", "noscript", "template", "svg", "iframe", "form", "button", "nav", "aside", "header",
    "footer", "head", "select", "dialog", "[role=navigation]", "[role=banner]", "[role=contentinfo]",
    "[role=search]", "[hidden]", "[aria-hidden=true]", ".navbar", ".sidebar", ".breadcrumb",
    ".breadcrumbs", ".toc", "#toc", ".skip-link", ".footnote-backref", ".headerlink", ".mw-editsection",
    ".visually-hidden", ".sr-only", ".bibtex.hidden", ".abstract.hidden", ".award.hidden",
)  # fmt: skip
"""What of a page is no content."""
CONTENT = (
    "main",
    "article",
    "[role=main]",
    "#content",
    "#main",
    "#mw-content-text",
    ".post-content",
    ".entry-content",
)
"""Where the content of a page stands, where it says so."""
REFERENCES = ".csl-entry, ol.references > li, .bib-item, .bibitem, .citation-item"
"""References as citation processors and publishers mark them: each is a citation."""
LEAST = 200
"""So much text a part must hold to be the content of a page."""


def read(text: str, name: str) -> Found:
    """The records of a page, in the sections of its headings.

    Raises:
        FormatError: it nests too deep to be read.
    """
    import bs4  # here, because no other command needs to wait for it

    soup = bs4.BeautifulSoup(text, "lxml")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    blocks = _bibtex_blocks(soup)
    try:
        found = _references(soup, name, text) or _by_classes(soup, name, text) or _list(soup, name, text)
    except RecursionError as error:
        raise FormatError("this page nests too deep to be read", "save it as text") from error
    if found.name == name and title and not found.has_headings:
        found.description = found.description or title
    if blocks and not any(True for _ in found.records()):
        found = bibtex.read(blocks, name)
    return found


def _bibtex_blocks(soup: BeautifulSoup) -> str:
    """BibTeX that a page shows, where it is nothing but that."""
    blocks = [block.get_text() for block in soup.select("pre, textarea")]
    return "\n".join(block for block in blocks if RE_ENTRY_START.search(block))


def _content(soup: BeautifulSoup) -> Tag:
    for part in soup.select(", ".join(AROUND)):
        if part.name not in {"body", "html"}:
            part.decompose()
    for where in CONTENT:
        parts = [part for part in soup.select(where) if len(part.get_text()) > LEAST]
        if len(parts) == 1:
            return parts[0]
    body: Any = soup.body or soup
    return body  # type: ignore[no-any-return]


def _references(soup: BeautifulSoup, name: str, text: str) -> Found | None:
    """The references of a page that marks them as such, each read as a citation."""
    marked = soup.select(REFERENCES)
    if len(marked) < 2:
        return None
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    places = Places(text)
    for reference in marked:
        said = " ".join(reference.get_text(" ").split())
        said = re.sub(r"\s+([.,;:)\]])", r"\1", re.sub(r"^(?:\[?\d{1,4}\]?[.)]?|[↑^])\s+", "", said))
        fields = read_citation(said)
        for link in reference.select("a[href^=http]"):
            fields.setdefault("url" if "doi.org" not in str(link["href"]) else "doi", str(link["href"]))
        key = str(reference.get("id") or "").removeprefix("ref-")
        line = places.of(said[:20], said[:10])
        if fields.keys() & {"title", "doi", "arxiv", "url"}:
            record = validated({"text": said, "source_id": key, **fields})
            section.records.append(FoundRecord(line, record))
        elif said:
            found.not_understood.append(NotUnderstood(line, said, "no title found"))
    return found


def _by_classes(soup: BeautifulSoup, name: str, text: str) -> Found | None:
    """The works of a page whose markup names their parts: ``<div class="title">``, ``itemprop="author"``."""
    parts = [(part, _class_meaning(part)) for part in soup.select("[class], [itemprop]")]
    works = {id(work): (work, said) for work, said in _works(parts)}
    for part, meaning in parts:
        owner = next((works[id(above)] for above in (part, *part.parents) if id(above) in works), None)
        if owner and meaning:
            owner[1].setdefault(meaning, []).append(part)
    told = [work for work, said in works.values() if said.keys() & TELLING]
    if len(works) < 2 or len(told) * 2 < len(works):
        return None
    places = Places(text)
    section = FoundSection(name, [_of_parts(work, said, places) for work, said in works.values()])
    return Found(name=name, sections=[section], has_headings=False)


Parts = dict[str, list["Tag"]]
"""For each field the elements that hold it."""
TELLING = frozenset({"authors", "venue", "year", "date", "doi"})
NO_PART = frozenset(
    {"pub", "publication", "paper", "article", "name", "work", "item", "entry", "link", "container"}
)
"""Classes that name a work or anything, not a part of a work."""


def _class_meaning(part: Tag) -> str:
    """The field that the class or the property of an element says it holds."""
    names = [str(part.get("itemprop") or ""), *(part.get("class") or [])]
    last = [re.split(r"[-_]{1,2}", name)[-1].casefold() for name in names if name]
    meanings = (columns.meaning(word) for word in last if word not in NO_PART)
    return next((meaning for meaning in meanings if meaning in TELLING | {"title", "abstract"}), "")


def _works(parts: Sequence[tuple[Tag, str]]) -> Iterator[tuple[Tag, Parts]]:
    """The element of each work: the largest around a title that holds no other title."""
    titles = [part for part, meaning in parts if meaning == "title"]
    held = Counter(id(above) for title in titles for above in title.parents)
    for title in titles:
        work = title
        for above in title.parents:
            if held[id(above)] > 1 or above.name in {"body", "html"}:
                break
            work = above
        yield work, {}


def _of_parts(work: Tag, said: dict[str, list[Tag]], places: Places) -> FoundRecord:
    """The record of a work whose parts are named."""
    given: dict[str, Any] = {
        meaning: "; ".join(found) if meaning == "authors" and len(found) > 1 else found[0]
        for meaning, parts in said.items()
        if (found := [" ".join(part.get_text(" ").split()) for part in parts if part.get_text(strip=True)])
    }
    marked = work if work.get("id") else work.select_one("[id]")
    given["links"] = [
        {"name": link.get_text(" ", strip=True), "url": str(link["href"])}
        for link in work.select("a[href^=http]")
    ]
    fields = named.record_fields(given, {**{meaning: meaning for meaning in said}, "links": "url"})
    fields.setdefault("source_id", str(marked["id"]) if marked else "")
    text = " ".join(work.get_text(" ").split())
    return FoundRecord(places.of(fields.get("title", "")[:30]), validated({"text": text, **fields}))


def _list(soup: BeautifulSoup, name: str, text: str) -> Found:
    import markdownify

    content = _content(soup)
    for link in content.select("a[href]"):
        if not str(link["href"]).startswith(("http://", "https://")):
            link.unwrap()  # within the page or the site: no address that leads anywhere from here
    for reference in content.select(".csl-entry"):
        reference.name = "li"
    for row in content.select("dt, dd"):
        row.name = "li" if row.name == "dd" else "h5"
    markdown = markdownify.MarkdownConverter(
        heading_style="ATX", bullets="-", escape_asterisks=False, escape_underscores=False, wrap=False
    ).convert_soup(content)
    return marked_up.placed(marked_up.read(str(markdown).split("\n"), name), text)


def is_html(text: str) -> bool:
    """Whether a text is a page, or a part of one."""
    start = text[:3000].lstrip("\ufeff \n\t\r")
    start = re.sub(r"^(?:<!--.{0,2000}?-->\s*|<\?xml[^>]*\?>\s*)+", "", start, flags=re.DOTALL)
    if re.match(r"<!doctype html|<html|<head|<body", start, re.IGNORECASE):
        return True
    return bool(
        re.match(
            r"<(?:h[1-6]|ul|ol|div|p|table|section|article|main|dl|center|li)\b[^>]*>", start, re.IGNORECASE
        )
    )


READER = Reader(
    name="html",
    label="an HTML page",
    holds="saved pages of publications, bibliographies that pandoc, Zotero or Quarto wrote",
    endings=(".html", ".htm", ".xhtml"),
    signs=is_html,
    read=read,
)

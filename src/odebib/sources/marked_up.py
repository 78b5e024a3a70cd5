"""Marked-up text by way of Markdown: what was written in another markup is read as a list in Markdown is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from odebib.sources import runs
from odebib.sources.citations import page
from odebib.sources.citations.author_line import read_people
from odebib.sources.found import Found, FoundRecord
from odebib.sources.markdown import reader as markdown
from odebib.sources.reading import Places
from odebib.sources.records import add_url


def read(lines: Sequence[str], name: str, keys: Mapping[int, str] | None = None) -> Found:
    """The records of a text whose lines were turned into Markdown's, one for each.

    ``keys`` are the labels that items bear, by their lines. What Markdown finds no items in, because
    they are paragraphs, is read as a page of citations.
    """
    written = list(map(title_first, _whole_items(lines)))
    text = runs.shortened("\n".join(written))
    found = markdown.read(text, name)
    if not any(True for _ in found.records()):
        found = page.read(text, name)
    for _, section in found.walk():
        section.records = [_labelled(_addressed(item, written), keys or {}) for item in section.records]
    return found


RE_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,4}[.)])\s+(?=\S)")
RE_PEOPLE_BEFORE_TITLE = re.compile(
    r"(?P<mark>\s*(?:(?:[-*+]|\d{1,4}[.)])\s+)?)(?P<people>[^\[\]()*“\"]{4,600}?)(?P<end>[.,:;]?\s*)"
    r"(?P<year>\((?:19|20)\d\d[a-z]?\)[.,:]?\s*)?(?P<quote>[“\"*]{0,2})"
    r"(?P<link>\[[^\[\]]{12,400}\]\(https?://[^\s()]{1,1000}\))[.,]?[”\"*]{0,2}(?P<rest>.*)$"
)


def title_first(line: str) -> str:
    """An item whose people stand before the link that is its title, with the title first, as lists have it.

    >>> title_first("- A. Lee and B. Quill, [Waves on a Shore](https://example.org/w), 2021")
    '- [Waves on a Shore](https://example.org/w), A. Lee and B. Quill, 2021'
    >>> title_first('- A. Lee, "[Waves on a Shore](https://example.org/w)," ICIT 2021')
    '- [Waves on a Shore](https://example.org/w), A. Lee, ICIT 2021'
    """
    match = RE_PEOPLE_BEFORE_TITLE.match(line)
    if not match or not read_people(match["people"].strip(" .,:;&")):
        return line
    people = match["people"].strip(" ,:;") + (f" {match['year'].strip(' .,:')}" if match["year"] else "")
    return f"{match['mark']}{match['link']}, {people}, {match['rest'].lstrip(' .,:;”')}".rstrip(" ,")


def _whole_items(lines: Sequence[str]) -> Iterator[str]:
    """Items that run over several lines on one; empty lines stand in for the others."""
    waiting = 0
    item = ""
    for line in lines:
        goes_on = item and line.startswith(" ") and line.strip() and not RE_ITEM.match(line)
        if goes_on and not item.endswith("  "):
            item, waiting = f"{item} {line.strip()}", waiting + 1
            continue
        if item:
            yield item
            yield from [""] * waiting
        item, waiting = (line, 0) if RE_ITEM.match(line) else ("", 0)
        if not item:
            yield line
    if item:
        yield item
        yield from [""] * waiting


RE_LINK = re.compile(r"\]\((https?://[^\s()]{1,1000}(?:\([^\s()]{0,200}\)[^\s()]{0,200})?)\)")


def _addressed(item: FoundRecord, written: Sequence[str]) -> FoundRecord:
    """A record that was left without any address, with that of its item's first link."""
    record = item.record
    if record.doi or record.arxiv or record.openreview or record.url or any(record.links.items()):
        return item
    link = RE_LINK.search(written[item.line - 1]) if item.line <= len(written) else None
    fields: dict[str, Any] = {}
    if link:
        add_url(link[1], fields)
    found = {name: value for name, value in fields.items() if isinstance(value, str)}
    return FoundRecord(item.line, record.model_copy(update=found)) if found else item


def _labelled(item: FoundRecord, keys: Mapping[int, str]) -> FoundRecord:
    key = keys.get(item.line)
    if not key or item.record.source_id:
        return item
    return FoundRecord(item.line, item.record.model_copy(update={"source_id": key}))


def placed(found: Found, text: str) -> Found:
    """The same with each record on the line of ``text``, in whose order they stand, that holds its title."""
    places = Places(text)
    for _, section in found.walk():
        section.records = [_placed(item, places) for item in section.records]
    places = Places(text)
    found.not_understood = [
        replace(item, line=places.of(item.text[:40], item.text[:15])) for item in found.not_understood
    ]
    return found


def _placed(item: FoundRecord, places: Places) -> FoundRecord:
    title = item.record.title or ""
    return FoundRecord(places.of(title, title[:30], title[:12]), item.record)

"""Atom feeds: what is new in the bibliography, in a topic, under a badge (RFC 4287).

No date is made up. A work is new on the day it was ``added``; where that is
not said, on the day it was checked (``verified``). A work with neither is no
news and stays out. A feed holds the newest works, each under an id that stays:
its address where the site has one, else a name made from its key.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from odebib.model.entry import Entry

LIMIT = 50
"""So many works a feed holds."""
ATOM = "http://www.w3.org/2005/Atom"
NAMES = uuid.UUID("6f0d1f0e-9c1b-5b52-a7c3-2f4f0e7d9a61")
"""The space of names for ids of works on a site without an address."""
NEVER = "1970-01-01"
"""When a feed changed that never held anything; Atom wants a date."""
RE_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Characters that XML cannot hold."""


@dataclass(frozen=True)
class Item:
    """A work in a feed."""

    key: str
    address: str
    title: str
    authors: tuple[str, ...]
    summary: str
    content: str
    """Markup, as the page of the work has it."""
    added: datetime.date | None
    updated: datetime.date


@dataclass(frozen=True)
class Feed:
    """What a feed is called and where it stands, relative to the site's root."""

    title: str
    address: str
    page: str
    """The page that shows the same."""


def day(entry: Entry) -> datetime.date | None:
    """The day on which a work was news: when it was added, else when it was checked."""
    return entry.added or (entry.verified.on if entry.verified else None)


def newest(entries: Iterable[Entry]) -> list[Entry]:
    """The works that a feed of ``entries`` holds, the newest first; works of one day by their own year."""
    dated = ((found, entry) for entry in entries if (found := day(entry)))
    ranked = sorted(dated, key=lambda pair: (-pair[0].toordinal(), -(pair[1].year or 0), pair[1].key))
    return [entry for _, entry in ranked[:LIMIT]]


def atom(feed: Feed, items: Iterable[Item], site_url: str | None, site_name: str) -> bytes:
    """A feed as Atom. Without ``site_url`` its links are relative to the feed's own address."""
    items = list(items)
    to_root = "../" * feed.address.count("/")
    address = _addresses(site_url, to_root)
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(root, "id", _id(site_url, site_name, feed.address))
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(max((item.updated.isoformat() for item in items), default=NEVER)))
    _add(root, "link", None, rel="self", type="application/atom+xml", href=address(feed.address))
    _add(root, "link", None, rel="alternate", type="text/html", href=address(feed.page))
    _add(ElementTree.SubElement(root, "author"), "name", site_name)
    _add(root, "generator", "odebib")
    for item in items:
        _entry(root, item, address, _id(site_url, site_name, item.address))
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _addresses(site_url: str | None, to_root: str) -> Callable[[str], str]:
    start = site_url or to_root or "./"
    return lambda address: start + address


def _entry(root: ElementTree.Element, item: Item, address: Callable[[str], str], identifier: str) -> None:
    entry = ElementTree.SubElement(root, "entry")
    _add(entry, "id", identifier)
    _add(entry, "title", item.title)
    if item.added:
        _add(entry, "published", _moment(item.added.isoformat()))
    _add(entry, "updated", _moment(item.updated.isoformat()))
    _add(entry, "link", None, rel="alternate", type="text/html", href=address(item.address))
    _add(
        entry,
        "link",
        None,
        rel="related",
        type="application/x-bibtex",
        href=address(f"entries/{item.key}.bib"),
    )
    for name in item.authors:
        _add(ElementTree.SubElement(entry, "author"), "name", name)
    if item.summary:
        _add(entry, "summary", item.summary)
    _add(entry, "content", item.content, type="html")


def _id(site_url: str | None, site_name: str, address: str) -> str:
    """The permanent name of something: its address, or a name that follows from the site's and its own."""
    named = f"{site_name}\n{address}"
    return site_url + address if site_url else f"urn:uuid:{uuid.uuid5(NAMES, named)}"


def _moment(date: str) -> str:
    return f"{date}T00:00:00Z"


def _add(parent: ElementTree.Element, name: str, text: str | None, **attributes: str) -> None:
    made = ElementTree.SubElement(
        parent, name, {key: RE_NOT_XML.sub("", value) for key, value in attributes.items()}
    )
    made.text = RE_NOT_XML.sub("", text) if text else None

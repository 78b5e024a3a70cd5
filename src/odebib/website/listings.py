"""Source lists as the website shows them: in their own order, each item with the entry it became."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from odebib.model.bibliography import Bibliography
from odebib.model.record import Section, SourceList
from odebib.website.views import Link, topic_link, without_markdown, wording


@dataclass(frozen=True)
class ListItem:
    """An item of a source list: the entry it became, or what the list said where it became none."""

    key: str | None
    wording: str
    title: str
    url: str
    gone: str


@dataclass(frozen=True)
class ListSection:
    """A heading of a source list, how deep it stands, and what stands under it."""

    title: str
    depth: int
    anchor: str
    topic: Link | None
    items: tuple[ListItem, ...]


@dataclass(frozen=True)
class ListView:
    """A source list in its own order."""

    source: SourceList
    sections: tuple[ListSection, ...]
    keys: tuple[str, ...]

    @property
    def stem(self) -> str:
        return f"lists/{self.source.id}"

    @property
    def address(self) -> str:
        return self.stem + "/"

    @cached_property
    def count(self) -> int:
        """How many items it has."""
        return sum(len(section.items) for section in self.sections)


def list_views(bibliography: Bibliography) -> list[ListView]:
    """Every source list."""
    return [_list_view(bibliography, source) for source in bibliography.lists.values()]


def _list_view(bibliography: Bibliography, source: SourceList) -> ListView:
    sections = tuple(
        _list_section(bibliography, section, len(path), f"s{number}")
        for number, (path, section) in enumerate(source.walk(), start=1)
    )
    keys = (item.key for section in sections for item in section.items)
    return ListView(source, sections, tuple(dict.fromkeys(key for key in keys if key)))


def _list_section(bibliography: Bibliography, section: Section, depth: int, anchor: str) -> ListSection:
    topic = bibliography.topics.find(section.topic) if section.topic else None
    items = tuple(
        ListItem(
            key=bibliography.resolve(record.entry) if record.entry else None,
            wording=wording(record),
            title=record.title or without_markdown(record.text) or record.url or "",
            url=record.url or "",
            gone=record.gone.isoformat() if record.gone else "",
        )
        for record in section.records
    )
    return ListSection(
        section.title, depth, anchor, topic_link(bibliography, topic.id) if topic else None, items
    )

"""JSON: the bibliography for other programs, as ``export`` and the website's API give it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from typing import Any

import orjson

from odebib.formats.casing import protect_case
from odebib.formats.format import Format
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry
from odebib.model.fields import of_traits
from odebib.model.values import Model
from odebib.model.vocabulary import Venue
from odebib.text.names import OTHERS, Name


def render(bibliography: Bibliography, keys: Iterable[str]) -> str:
    """A JSON list with an object for each key, in their order."""
    return dumps([as_object(bibliography, key) for key in keys])


def dumps(value: Any) -> str:
    """JSON as odebib writes it: readable, Unicode, ending in a newline."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def as_object(bibliography: Bibliography, key: str) -> dict[str, Any]:
    """One entry; what is absent is null, and fields are only ever added."""
    entry = bibliography.entries[key]
    given: dict[str, Any] = {"key": key, "type": str(bibliography.type(entry))}
    for name in GIVEN:
        if name in BY_HAND:
            given |= BY_HAND[name](bibliography, entry)
        else:
            given[name] = _plain(getattr(entry, name))
    given["listed_in"] = [
        {"list": listing.list.id, "section": list(listing.sections), "title": listing.record.title}
        for listing in bibliography.listed_in(key)
    ]
    return given


GIVEN = tuple(name for name, traits in of_traits().items() if not traits.inner and name != "type")
"""The fields of an entry that an object has, in their order behind key and type."""

BY_HAND: dict[str, Callable[[Bibliography, Entry], dict[str, Any]]] = {
    "title": lambda bibliography, entry: {
        "title": entry.title,
        "protected_title": protect_case(entry.title, bibliography.words),
    },
    "authors": lambda _, entry: {
        "authors": [_person(name) for name in entry.people],
        "authors_complete": entry.authors_complete,
    },
    "editors": lambda _, entry: {"editors": [_person(name) for name in entry.editors]},
    "venue": lambda bibliography, entry: {"venue": _venue(entry, bibliography.venue(entry))},
    "links": lambda _, entry: {"links": {kind: list(urls) for kind, urls in entry.links if urls}},
    "topics": lambda bibliography, entry: {"topics": [t.id for t in bibliography.topics_of(entry)]},
    "tags": lambda bibliography, entry: {"tags": [tag.id for tag in bibliography.tags_of(entry)]},
    "relations": lambda _, entry: {"relations": {kind: list(keys) for kind, keys in entry.relations if keys}},
}
"""Fields of which an object says more, or in other words, than an entry does."""


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Model):
        return value.model_dump(mode="json")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _person(name: Name) -> dict[str, str | None]:
    return {
        "given": name.given or None,
        "particle": name.particle or None,
        "family": name.family or None,
        "suffix": name.suffix or None,
        "name": str(name),
    }


def _venue(entry: Entry, venue: Venue | None) -> dict[str, str | None] | None:
    if not entry.venue:
        return None
    return {
        "id": venue.id if venue else None,
        "short": venue.short if venue else entry.venue,
        "name": venue.name if venue else entry.venue,
        "publisher": venue.publisher if venue else None,
    }


# -- Reading it again ----------------------------------------------------------------------------

UNREAD = frozenset({"topics", "tags"})
"""Fields whose values are ids of what an object does not hold."""


def parse(text: str) -> Bibliography:
    """The bibliography that a published ``entries.json`` holds, as far as citing needs it.

    Topics, tags and lists are not read. A title keeps the braces of
    ``protected_title``, so that no ``words.yml`` is needed.

    Raises:
        ValueError: it is no such file.
    """
    objects = json.loads(text)
    if not isinstance(objects, list) or not all(isinstance(item, dict) for item in objects):
        raise ValueError("it is no list of objects")
    entries = [_entry(item) for item in objects]
    venues = {venue.id: venue for item in objects if (venue := _read_venue(item.get("venue")))}
    return Bibliography({entry.key: entry for entry in entries}, venues=Vocabulary(venues.values()))


def _entry(item: dict[str, Any]) -> Entry:
    venue = item.get("venue") if isinstance(item.get("venue"), dict) else None
    authors = [_read_person(person) for person in item.get("authors") or []]
    plain = [name for name in ("type", *GIVEN) if name not in UNREAD]
    fields = {
        **{name: item.get(name) for name in plain},
        "key": item.get("key"),
        "title": item.get("protected_title") or item.get("title"),
        "authors": authors + ([OTHERS] if item.get("authors_complete") is False else []),
        "editors": [_read_person(person) for person in item.get("editors") or []],
        "venue": (venue.get("id") or venue.get("short")) if venue else None,
    }
    return Entry.model_validate(
        {name: _as_written(value) for name, value in fields.items() if value is not None}
    )


def _as_written(value: Any) -> Any:
    """A value as the text that stands in YAML, which is what the models take."""
    if isinstance(value, dict):
        return {name: _as_written(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_as_written(part) for part in value]
    return str(value) if isinstance(value, int | float) else value


def _read_person(person: dict[str, str | None]) -> Name:
    if not isinstance(person, dict):
        raise ValueError("an author is no object")
    if not person.get("family"):
        return Name(literal=str(person.get("name") or ""))
    return Name(*(str(person.get(part) or "") for part in ("family", "given", "particle", "suffix")))


def _read_venue(venue: Any) -> Venue | None:
    if not isinstance(venue, dict) or not venue.get("id"):
        return None
    return Venue.model_validate({name: venue.get(name) for name in ("id", "short", "name", "publisher")})


FORMAT = Format("json", "JSON", ".json", render)

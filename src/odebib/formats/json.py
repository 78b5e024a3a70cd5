"""JSON: the bibliography for other programs, as ``export`` and the website's API give it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import orjson

from odebib.formats.casing import protect_case
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry
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
    return {
        "key": key,
        "type": str(bibliography.type(entry)),
        "title": entry.title,
        "protected_title": protect_case(entry.title, bibliography.words),
        "other_titles": list(entry.other_titles),
        "authors": [_person(name) for name in entry.people],
        "authors_complete": entry.authors_complete,
        "editors": [_person(name) for name in entry.editors],
        "year": entry.year,
        "month": entry.month,
        "venue": _venue(entry, bibliography.venue(entry)),
        **{
            name: getattr(entry, name)
            for name in (
                "event",
                "volume",
                "number",
                "pages",
                "publisher",
                "doi",
                "arxiv",
                "arxiv_class",
                "openreview",
                "isbn",
                "url",
            )
        },
        "versions": [version.model_dump(mode="json") for version in entry.versions],
        "links": {kind: list(urls) for kind, urls in entry.links if urls},
        "topics": [topic.id for topic in bibliography.topics_of(entry)],
        "tags": [tag.id for tag in bibliography.tags_of(entry)],
        "awards": list(entry.awards),
        "summary": entry.summary,
        "abstract": entry.abstract,
        "note": entry.note,
        "retracted": entry.retracted.model_dump(mode="json") if entry.retracted else None,
        "relations": {kind: list(keys) for kind, keys in entry.relations if keys},
        "language": list(entry.language),
        "licence": entry.licence,
        "package": entry.package,
        "aliases": list(entry.aliases),
        "added": entry.added.isoformat() if entry.added else None,
        "verified": entry.verified.model_dump(mode="json") if entry.verified else None,
        "listed_in": [
            {"list": listing.list.id, "section": list(listing.sections), "title": listing.record.title}
            for listing in bibliography.listed_in(key)
        ],
    }


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

PLAIN = (
    "type", "year", "month", "event", "volume", "number", "pages", "publisher", "doi", "arxiv",
    "arxiv_class", "openreview", "isbn", "url", "versions", "links", "summary", "abstract", "awards",
    "retracted", "note", "language", "licence", "package", "aliases",
)  # fmt: skip
"""Fields that an object and an entry have alike."""


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
    fields = {
        "key": item.get("key"),
        "title": item.get("protected_title") or item.get("title"),
        "authors": authors + ([OTHERS] if item.get("authors_complete") is False else []),
        "editors": [_read_person(person) for person in item.get("editors") or []],
        "venue": (venue.get("id") or venue.get("short")) if venue else None,
        **{name: item.get(name) for name in PLAIN},
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

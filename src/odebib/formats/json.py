"""JSON: the bibliography for other programs, as ``export`` and the website's API give it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from odebib.bibliography import Bibliography
from odebib.model import Entry
from odebib.names import Name


def render(bibliography: Bibliography, keys: Iterable[str]) -> str:
    """A JSON list with an object for each key, in their order."""
    return dumps([as_object(bibliography, key) for key in keys])


def dumps(value: Any) -> str:
    """JSON as odebib writes it: readable, Unicode, ending in a newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_object(bibliography: Bibliography, key: str) -> dict[str, Any]:
    """One entry (DESIGN.md section 6); what is absent is null, and fields are only ever added."""
    entry = bibliography.entries[key]
    venue = bibliography.venue(entry)
    return {
        "key": key,
        "type": str(bibliography.type(entry)),
        "title": entry.title,
        "other_titles": list(entry.other_titles),
        "authors": [_person(name) for name in entry.people],
        "authors_complete": entry.authors_complete,
        "editors": [_person(name) for name in entry.editors],
        "year": entry.year,
        "month": entry.month,
        "venue": _venue(
            entry, venue.id if venue else None, venue.short if venue else None, venue.name if venue else None
        ),
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


def _venue(
    entry: Entry, identifier: str | None, short: str | None, name: str | None
) -> dict[str, str | None] | None:
    if not entry.venue:
        return None
    return {"id": identifier, "short": short or entry.venue, "name": name or entry.venue}

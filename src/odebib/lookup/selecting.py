"""Selecting entries: by key, topic, tag, type, venue, author, year, list and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from odebib.errors import UsageError, did_you_mean
from odebib.model.bibliography import Bibliography, TermT, Vocabulary
from odebib.model.entry import Entry
from odebib.text import identifiers
from odebib.text.folding import fold, fold_words, slug


@dataclass(frozen=True)
class Selection:
    """What is asked for. Values of one field are alternatives; all fields that are set must hold."""

    keys: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def select(bibliography: Bibliography, wanted: Selection) -> list[str]:
    """The keys that are asked for: in the order given, or in the bibliography's.

    Raises:
        UsageError: a key, id or year is unknown; the hint names the near misses.
    """
    keys = [resolve(bibliography, key) for key in wanted.keys] or list(bibliography.entries)
    allowed = [
        found
        for found in (
            _of_terms(bibliography.topics, bibliography.by_topic, wanted.topics, "topic"),
            _of_terms(bibliography.tags, bibliography.by_tag, wanted.tags, "tag"),
            _of_terms(bibliography.venues, bibliography.by_venue, wanted.venues, "venue"),
            _of_values(wanted.types, {str(t): k for t, k in bibliography.by_type.items()}, "type", slug),
            _of_values(wanted.authors, {s: p.keys for s, p in bibliography.people.items()}, "author", slug),
            _of_values(wanted.lists, _by_list(bibliography), "list", slug),
            _of_years(bibliography, wanted.years),
        )
        if found is not None
    ]
    chosen = [key for key in dict.fromkeys(keys) if all(key in found for found in allowed)]
    if wanted.words:
        chosen = [key for key in chosen if matches(bibliography, bibliography.entries[key], wanted.words)]
    return chosen


def resolve(bibliography: Bibliography, key: str) -> str:
    """The key of today for a key of any time.

    Raises:
        UsageError: there is none such.
    """
    found = bibliography.resolve(key)
    if found is None:
        hint = did_you_mean(key, [*bibliography.entries, *bibliography.aliases])
        raise UsageError(f"there is no entry `{key}`", hint)
    return found


def _of_terms(
    vocabulary: Vocabulary[TermT], groups: Mapping[str, tuple[str, ...]], names: Iterable[str], what: str
) -> set[str] | None:
    found: set[str] | None = None
    for name in names:
        term = vocabulary.find(name)
        if term is None:
            raise UsageError(f"there is no {what} `{name}`", did_you_mean(name, vocabulary.names()))
        found = (found or set()) | set(groups.get(term.id, ()))
    return found


def _of_values(
    values: Iterable[str], groups: Mapping[str, tuple[str, ...]], what: str, spell: Callable[[str], str]
) -> set[str] | None:
    found: set[str] | None = None
    for value in values:
        if spell(value) not in groups:
            raise UsageError(f"there is no {what} `{value}`", did_you_mean(spell(value), groups))
        found = (found or set()) | set(groups[spell(value)])
    return found


def _by_list(bibliography: Bibliography) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {list_id: [] for list_id in bibliography.lists}
    for key in bibliography.entries:
        for listing in bibliography.listed_in(key):
            found[listing.list.id].append(key)
    return {list_id: tuple(keys) for list_id, keys in found.items()}


def _of_years(bibliography: Bibliography, years: Iterable[str]) -> set[str] | None:
    found: set[str] | None = None
    for text in years:
        match = re.fullmatch(r"(\d{4})?(?:(-)(\d{4})?)?", text.strip())
        if not match or not text.strip("- "):
            raise UsageError(f"`{text}` is no year", "write 2018, 2018-2020, 2018- or -2020")
        first = int(match[1] or 0)
        last = int(match[3] or 9999) if match[2] else first
        if last < first:
            raise UsageError(f"`{text}` ends before it begins", f"write {last}-{first}")
        inside = [keys for year, keys in bibliography.by_year.items() if first <= year <= last]
        found = (found or set()).union(*inside)
    return found


def matches(bibliography: Bibliography, entry: Entry, queries: Iterable[str]) -> bool:
    """Whether one of the queries has all its words in an entry; the beginning of a word is enough."""
    text = searchable(bibliography, entry)
    wanted = [fold_words(query) for query in queries]
    return any(words and all(f" {word}" in text for word in words) for words in wanted)


def searchable(bibliography: Bibliography, entry: Entry) -> str:
    """Everything of an entry that search looks at, folded."""
    venue = bibliography.venue(entry)
    parts = [
        *(entry.key, *entry.titles, *map(str, entry.people), entry.year, entry.venue, venue and venue.name),
        *(entry.event, entry.summary, entry.abstract, entry.arxiv, entry.doi),
    ]
    return " " + " ".join(fold(str(part)) for part in parts if part)


def by_any_name(bibliography: Bibliography, name: str) -> str:
    """The key of today for a key of any time, a DOI, an arXiv or OpenReview id, or the address of one.

    Raises:
        UsageError: nothing is called so.
    """
    found = bibliography.resolve(name)
    if found:
        return found
    asked = {**identifiers.of_url(name)} if "://" in name else {}
    for scheme in identifiers.SCHEMES.values():
        value = asked.get(scheme.name) or scheme.normalise(name)
        for key, entry in bibliography.entries.items() if value else ():
            if value in {getattr(work, scheme.name, None) for work in (entry, *entry.versions)}:
                return key
    return resolve(bibliography, name)

"""Lists of objects, from JSON or YAML: where the works stand in them, and what each object says.

The list may stand anywhere: at the top, under a key (``papers``), a list for each section, an
object for each citation key. Each object is read by what it is: an item of CSL, of Zotero, or
one with names of its own, which `columns` knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from odebib.sources import columns, csl_json, named, values, work_types, zotero
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood, without_empty
from odebib.sources.records import validated

Steps = tuple[str | int, ...]
"""The keys and numbers that lead to a value."""

IDENTIFYING = frozenset({"title", "doi", "arxiv", "openreview", "isbn", "url"})
DEEPEST = 12
"""Works are looked for no deeper."""
CONTAINERS = frozenset(
    ["papers", "items", "publications", "references", "entries", "works", "data", "results", "records",
     "hits", "hit", "list", "documents", "docs", "result", "message", "articles", "bibliography",
     "library", "info", "response", "search", "value", "values", "reading_list", "resources"]
)  # fmt: skip
"""Keys that only say that what follows is the list."""
NOT_OF_THE_WORK = frozenset({"authors", "editors", "url", "code", "topics", "venue"})
"""Fields whose values are objects too, and no works."""
HEADING_KEYS = (
    "section",
    "heading",
    "category",
    "name",
    "title",
    "year",
    "topic",
    "group",
    "area",
    "key",
    "type",
)
"""Under which keys an object that holds a list of works says what they have in common."""
RE_YEAR = re.compile(r"(?:19|20)\d\d")
"""A key or a heading that says when the works below it appeared."""
CSL_KEYS = frozenset(
    {"issued", "container-title", "event-title", "collection-title", "DOI", "URL", "author", "page"}
)


@dataclass
class Reading:
    """The works found so far, and which names were seen."""

    found: Found
    wanted: columns.Meanings | None
    place: Callable[[Steps, Any], tuple[int, str]]
    """Line and text of an object, by the steps that lead to it and what it holds."""
    seen: dict[str, bool] = field(default_factory=dict)
    taken: dict[str, bool] = field(default_factory=dict)
    meanings: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)

    def meanings_of(self, item: Mapping[str, Any]) -> dict[str, str]:
        """For the names of an object the fields they fill; objects of one shape are looked at once."""
        names = tuple(map(str, item))
        if names not in self.meanings:
            self.meanings[names] = columns.meanings(names, self.wanted)
        return self.meanings[names]


def read(
    data: Any,
    name: str,
    place: Callable[[Steps, Any], tuple[int, str]],
    wanted: columns.Meanings | None = None,
) -> Found:
    """The records of all works that stand in ``data``, in sections where it has such."""
    top = FoundSection(name)
    reading = Reading(Found(name=name, sections=[top], has_headings=False), wanted, place)
    _walk(data, (), top, reading)
    found = reading.found
    found.taken = tuple(reading.taken)
    found.left_out = tuple(name for name in reading.seen if name not in reading.taken)
    found.sections = without_empty(found.sections)
    return found


# -- Where the works are -----------------------------------------------------------------


def _walk(node: Any, steps: Steps, section: FoundSection, reading: Reading) -> None:
    if isinstance(node, list):
        for number, item in enumerate(node):
            _item(item, (*steps, number), section, reading)
    elif isinstance(node, Mapping) and len(steps) < DEEPEST:
        if _is_work(node, reading):
            _add(node, steps, "", section, reading)
        else:
            _members(node, steps, section, reading)


def _item(item: Any, steps: Steps, section: FoundSection, reading: Reading) -> None:
    """One item of a list: a work, an object around works, or something that is told."""
    if isinstance(item, Mapping) and len(steps) < DEEPEST:
        if _is_work(item, reading):
            _add(item, steps, "", section, reading)
        elif _leads_to_works(item, reading):
            _members(item, steps, _section_of(item, section, reading), reading)
        else:
            _refuse(item, steps, "it has neither title nor identifier", reading)
    elif isinstance(item, list):
        _walk(item, steps, section, reading)
    elif values.texts(item):
        fields = named.record_fields({"url": item}, {"url": "url"}) | named.record_fields(
            {"a": item}, {"a": "doi"}
        )
        if fields.keys() & IDENTIFYING:
            line, text = reading.place(steps, item)
            section.records.append(FoundRecord(line, validated({"text": text, **fields})))
        else:
            _refuse(item, steps, "it is a text, not an object with fields", reading)


def _members(node: Mapping[str, Any], steps: Steps, section: FoundSection, reading: Reading) -> None:
    """The members of an object that is no work itself: lists of works, works by their keys, sections."""
    for key, value in node.items():
        where = (*steps, str(key))
        if isinstance(value, Mapping) and _is_work(value, reading):
            _add(value, where, str(key), section, reading)
        elif isinstance(value, list | Mapping) and _leads_to_works(value, reading):
            _walk(value, where, _under_key(str(key), section, reading), reading)


def _under_key(key: str, section: FoundSection, reading: Reading) -> FoundSection:
    words = key.replace("_", " ").replace("-", " ").strip()
    if key.casefold() in CONTAINERS or words.casefold().replace(" ", "_") in CONTAINERS or not words:
        return section
    return _opened(words if words.islower() is False else words.capitalize(), section, reading)


def _section_of(item: Mapping[str, Any], section: FoundSection, reading: Reading) -> FoundSection:
    """The section that an object around works makes: of its name, its category, its year."""
    heading = next((text for key in HEADING_KEYS if (text := values.first(item.get(key)))), "")
    return _opened(heading, section, reading) if heading else section


def _opened(title: str, section: FoundSection, reading: Reading) -> FoundSection:
    reading.found.has_headings = True
    known = next((inner for inner in section.sections if inner.title == title), None)
    if known is None:
        known = FoundSection(title)
        section.sections.append(known)
    return known


def _leads_to_works(node: Any, reading: Reading, depth: int = 0) -> bool:
    """Whether works stand somewhere within; only the first items of a list are looked at."""
    if depth > DEEPEST:
        return False
    if isinstance(node, list):
        return any(_leads_to_works(item, reading, depth + 1) for item in node[:20])
    if not isinstance(node, Mapping):
        return False
    if _is_work(node, reading) or zotero.is_item(node):
        return True
    return any(
        _leads_to_works(value, reading, depth + 1)
        for key, value in node.items()
        if isinstance(value, list | Mapping) and reading.meanings_of(node).get(key) not in NOT_OF_THE_WORK
    )


def _is_work(item: Mapping[str, Any], reading: Reading) -> bool:
    """Whether an object says of a work what it is called, and something else of it, or identifies it."""
    if zotero.is_item(item):
        return True
    fields = {meaning: item[name] for name, meaning in reading.meanings_of(item).items() if item.get(name)}
    if not fields.keys() & {"title", "doi", "arxiv", "isbn"}:
        return False
    if "title" in fields and not values.first(fields["title"]):
        return False
    others = fields.keys() - {"title", "source_id", "type", "note", "section", "summary", "url"}
    if not others and _holds_list_of_works(item, reading):
        return False
    return bool(others or {"type", "url", "summary", "note"} & fields.keys() or len(item) <= 2)


def _holds_list_of_works(item: Mapping[str, Any], reading: Reading) -> bool:
    return any(
        isinstance(value, list | Mapping) and _leads_to_works(value, reading, 1) for value in item.values()
    )


def _refuse(item: Any, steps: Steps, reason: str, reading: Reading) -> None:
    line, text = reading.place(steps, item)
    reading.found.not_understood.append(NotUnderstood(line, text[:2000], reason))


# -- What an object says -----------------------------------------------------------------


def _add(item: Mapping[str, Any], steps: Steps, key: str, section: FoundSection, reading: Reading) -> None:
    if zotero.is_item(item) and zotero.is_no_work(item):
        return
    fields = _fields(item, reading)
    if key and "source_id" not in fields and " " not in key and key.casefold() not in CONTAINERS:
        fields["source_id"] = key
    if not fields.keys() & {"year", "arxiv"}:
        said = (*(name for name in steps if isinstance(name, str)), section.title)
        years = [name for name in said if RE_YEAR.fullmatch(name)]
        fields |= {"year": years[-1]} if years else {}
    line, text = reading.place(steps, item)
    if fields.keys() & IDENTIFYING:
        section.records.append(FoundRecord(line, validated({"text": text, **fields})))
    else:
        reading.found.not_understood.append(
            NotUnderstood(line, text[:2000], "it has neither title nor identifier")
        )


def _fields(item: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """The fields of one object, read by what it is."""
    if zotero.is_item(item):
        _note(reading, item, set(item) - set(zotero.not_taken(item)), quiet=zotero.KNOWN)
        return zotero.record_fields(item)
    meanings = reading.meanings_of(item)
    if _is_csl(item):
        fields = csl_json.record_fields(dict(item))
        rest = {name: meaning for name, meaning in meanings.items() if name not in CSL_KEYS}
        more = named.record_fields({name: value for name, value in item.items() if name in rest}, rest)
        _note(reading, item, set(meanings) | CSL_KEYS | set(csl_json.TAKEN))
        return more | fields
    _note(reading, item, set(meanings))
    fields = named.record_fields(item, meanings)
    parent = item.get("parent")
    if isinstance(parent, list):
        parent = parent[0] if parent else None
    if isinstance(parent, Mapping):  # hayagriva: what the work appeared in
        fields = _of_parent(parent, item, reading) | fields
    return fields


def _of_parent(parent: Mapping[str, Any], item: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """What a parent says of the work that appeared in it."""
    inherited = named.record_fields(
        parent, {n: m for n, m in reading.meanings_of(parent).items() if m != "type"}
    )
    fields = {
        name: value for name, value in inherited.items() if name not in {"title", "authors", "source_id"}
    }
    if title := inherited.get("title"):
        fields |= {"venue": title, "type": work_types.of(values.first(item.get("type")))}
    serial = parent.get("serial-number")
    if isinstance(serial, Mapping) and "doi" not in item:
        fields |= named.record_fields(serial, columns.meanings(map(str, serial)))
    reading.taken.setdefault("parent", True)
    return fields


def _is_csl(item: Mapping[str, Any]) -> bool:
    """Whether an object has what only CSL's items have."""
    if item.keys() & {"issued", "container-title", "event-title", "non-dropping-particle"}:
        return True
    people = item.get("author")
    return isinstance(people, list) and any(
        isinstance(person, Mapping) and person.keys() & {"family", "literal"} for person in people[:3]
    )


def _note(reading: Reading, item: Mapping[str, Any], taken: Set[str], quiet: Set[str] = frozenset()) -> None:
    """Remembers which names hold something, and which of them were read."""
    for name, value in item.items():
        if value in (None, "", [], {}) or name in quiet:
            continue
        if name in taken:
            reading.taken.setdefault(str(name), True)
        else:
            reading.seen.setdefault(str(name), True)

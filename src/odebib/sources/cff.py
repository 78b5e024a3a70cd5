"""CITATION.cff: a piece of software, the paper it wants to be cited by, what it refers to.

https://github.com/citation-file-format/citation-file-format
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from odebib.errors import FormatError
from odebib.sources import named, yaml_list
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood, without_empty
from odebib.sources.reading import Places, Reader
from odebib.sources.records import validated
from odebib.text import identifiers

FIELDS = {
    "title": "title", "type": "type", "authors": "authors", "doi": "doi", "identifiers": "doi",
    "date-released": "date", "date-published": "date", "year": "year", "month": "month",
    "journal": "venue", "collection-title": "venue", "conference": "venue", "volume": "volume",
    "issue": "number", "start": "first_page", "end": "last_page", "pages": "pages",
    "publisher": "publisher", "institution": "publisher", "isbn": "isbn", "url": "url",
    "repository-code": "code", "repository": "code", "repository-artifact": "url", "abstract": "abstract",
    "keywords": "topics", "license": "licence",
}  # fmt: skip
"""The keys of a work and the fields they fill."""
ABOUT_THE_FILE = frozenset(
    {"cff-version", "message", "preferred-citation", "references", "version", "contact"}
)


def read(text: str, name: str) -> Found:
    """The software, the citation it prefers, and the works it refers to, these in a section of their own.

    Raises:
        FormatError: it is no YAML, or says of nothing what it is called.
    """
    data, told = yaml_list.load(text)
    if not isinstance(data, Mapping):
        raise FormatError("this is no CITATION.cff", "it must hold `title:` and `authors:`")
    own, others = FoundSection(name), FoundSection("References")
    found = Found(name=name, sections=[own, others], has_headings=False, not_understood=told)
    places = Places(text)
    references = data.get("references")
    works: list[tuple[FoundSection, Any]] = [(own, {"type": "software", **data})]
    works += [(own, data["preferred-citation"])] if data.get("preferred-citation") else []
    works += [(others, item) for item in (references if isinstance(references, list) else [])]
    left: dict[str, bool] = {}
    for section, work in works:
        given = work if isinstance(work, Mapping) else {}
        left |= dict.fromkeys(key for key in given if key not in FIELDS and key not in ABOUT_THE_FILE)
        fields = record_fields(given)
        line = places.of(str(given.get("title", "")))
        raw = json.dumps({key: value for key, value in given.items() if key in FIELDS}, ensure_ascii=False)
        if fields.keys() & {"title", "doi"}:
            section.records.append(FoundRecord(line, validated({"text": raw, **fields})))
        else:
            found.not_understood.append(NotUnderstood(line, raw, "it has neither title nor DOI"))
    found.has_headings = bool(others.records)
    found.left_out = tuple(left)
    found.sections = without_empty(found.sections)
    return found


def record_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record that one work of the file gives, before the model looks at them."""
    values = {str(key): value for key, value in given.items()}
    people = values.get("authors")
    if isinstance(people, list):
        values["authors"] = [_group(person) for person in people]
    listed = values.get("identifiers")
    if isinstance(listed, list):
        values["identifiers"] = [
            item.get("value")
            for item in listed
            if isinstance(item, Mapping) and item.get("type") in {"doi", "url"}
        ]
        values["identifiers"] = [value for value in values["identifiers"] if identifiers.find_doi(str(value))]
    conference = values.get("conference")
    if isinstance(conference, Mapping):
        values["conference"] = conference.get("name")
    meanings = {key: FIELDS[key] for key in FIELDS if key in values}
    return named.record_fields(values, meanings)


def _group(person: Any) -> Any:
    """An entity, which has a name and no parts of one, is a group."""
    if isinstance(person, Mapping) and person.get("name") and not person.get("family-names"):
        return "{" + str(person["name"]).strip("{}") + "}"
    return person


READER = Reader(
    name="cff",
    label="CITATION.cff",
    holds="the file by which software says how to cite it",
    endings=(".cff",),
    signs=lambda text: bool(re.search(r"^cff-version:", text, re.MULTILINE)),
    read=read,
    unit="work",
)

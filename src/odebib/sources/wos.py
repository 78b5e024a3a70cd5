"""Web of Science, plain text, as rispy reads it.

https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rispy
from rispy.config import WOK_TAG_KEY_MAPPING as TAGS
from rispy.parser import WokParser

from odebib.sources import named, values
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader, lines, names_left_out
from odebib.sources.records import validated

FIELDS = {
    "accession_number": "source_id", "document_title": "title", "document_type": "type",
    "publication_type": "type", "author_full_name": "authors", "authors": "authors",
    "book_authors_full_name": "authors", "book_authors": "authors", "group_authors": "authors",
    "publication_name": "venue", "publication_year": "year", "early_access_year": "year",
    "publication_date": "month", "volume": "volume", "issue": "number", "beginning_page": "first_page",
    "ending_page": "last_page", "article_number": "article_number", "doi": "doi", "pubmed_id": "pubmed",
    "author_keywords": "topics", "abstract": "abstract", "publisher": "publisher", "isbn": "isbn",
}  # fmt: skip
"""rispy's names of the tags and the fields they fill, of several for one field the best first."""


def read(text: str, name: str) -> Found:
    """The records of an export, in one section of the file's name."""
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    seen: dict[str, bool] = {}
    for line, raw in _references(text):
        given = _parsed(raw)
        seen |= {tag: True for tag, value in given.items() if value}
        fields = record_fields(given)
        if fields.keys() & {"title", "doi", "isbn"}:
            section.records.append(FoundRecord(line, validated({"text": raw, **fields})))
        else:
            found.not_understood.append(NotUnderstood(line, raw, "it has neither title nor identifier"))
    found.taken = tuple(tag for tag in seen if tag in FIELDS)
    found.left_out = names_left_out(seen, FIELDS)
    return found


def record_fields(given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record that one reference gives, before the model looks at them."""
    tags = (tag for tag, field in FIELDS.items() if field == "authors")
    people: list[str] = next((given[tag] for tag in tags if given.get(tag)), [])
    rest = {name: value for name, value in given.items() if FIELDS.get(name) != "authors"}
    meanings = {name: field for name, field in FIELDS.items() if name in rest}
    fields = named.record_fields({"authors": people, **rest}, {"authors": "authors", **meanings})
    if venue := fields.get("venue"):
        fields["venue"] = values.in_usual_case(venue)
    return fields


def _parsed(raw: str) -> dict[str, Any]:
    """One reference as rispy reads it, with the tags that it does not know under their own names."""
    try:
        parsed = rispy.loads(raw + "\nER\n", implementation=WokParser, skip_unknown_tags=True)
    except (KeyError, ValueError, OSError, IndexError):
        parsed = []
    unknown = {tag: True for tag in re.findall(r"^([A-Z][A-Z0-9]) \S", raw, re.MULTILINE) if tag not in TAGS}
    return {**(dict(parsed[0]) if parsed else {}), **unknown}


def _references(text: str) -> Iterator[tuple[int, str]]:
    """The lines of each reference with the number of the first."""
    taken: list[str] = []
    first = 1
    for number, line in enumerate(lines(text.lstrip("\ufeff")), start=1):
        if re.match(r"(?:FN|VR) ", line) or line.strip() == "EF":
            continue
        if line.startswith("PT ") and any(one.startswith("PT ") for one in taken):
            yield first, "\n".join(taken)
            taken = []
        if line.strip() == "ER":
            if taken:
                yield first, "\n".join(taken)
            taken = []
        elif line.strip():
            first = first if taken else number
            taken.append(line)
    if taken:
        yield first, "\n".join(taken)


READER = Reader(
    name="wos",
    label="Web of Science",
    holds='Web of Science, "plain text file" (savedrecs.txt), CiteSpace',
    endings=(".ciw", ".isi"),
    signs=lambda text: bool(re.match(r"[\ufeff\s]*(?:FN .*\n(?:VR .*\n)?)?\s*PT [A-Z]\b", text)),
    read=read,
    unit="reference",
)

"""EndNote's XML, as EndNote, Zotero, JabRef and Mendeley export it."""

from __future__ import annotations

import re
from typing import Any

from odebib.sources import named, xml_file
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader
from odebib.sources.records import validated
from odebib.sources.xml_file import Element, texts

FIELDS = {
    "label": "source_id", "accession-num": "source_id", "titles/title": "title",
    "contributors/authors/author": "authors", "contributors/secondary-authors/author": "editors",
    "dates/year": "year", "dates/pub-dates/date": "month", "periodical/full-title": "venue",
    "titles/secondary-title": "venue", "alt-periodical/full-title": "venue", "titles/alt-title": "venue",
    "periodical/abbr-1": "venue", "titles/tertiary-title": "venue", "volume": "volume", "number": "number",
    "pages": "pages", "publisher": "publisher", "electronic-resource-num": "doi", "isbn": "isbn",
    "urls/related-urls/url": "url", "urls/web-urls/url": "url", "urls/pdf-urls/url": "pdf",
    "abstract": "abstract", "keywords/keyword": "topics", "notes": "note", "research-notes": "note",
}  # fmt: skip
"""Where in a record what stands, of several places for one field the best first."""
OF_ENDNOTE = frozenset(
    ["database", "source-app", "rec-number", "foreign-keys", "auth-address", "remote-database-provider",
     "remote-database-name", "access-date"]
)  # fmt: skip
"""What EndNote remembers for itself."""


def read(text: str, name: str) -> Found:
    """The records of a library, in one section of the file's name.

    Raises:
        FormatError: it is no XML that may be read.
    """
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    taken: dict[str, bool] = {}
    left: dict[str, bool] = {}
    for record in xml_file.elements(text, "record"):
        for child in record:
            if isinstance(child.tag, str) and xml_file.text_of(child):
                tag = xml_file.local(child)
                known = any(path.split("/")[0] == tag for path in FIELDS) or tag == "ref-type"
                (taken if known else left).setdefault(tag, True)
        fields = record_fields(record)
        line = int(record.sourceline or 1)
        raw = xml_file.text_of(record)
        if fields.keys() & {"title", "doi", "isbn", "url"}:
            section.records.append(FoundRecord(line, validated({"text": raw, **fields})))
        else:
            found.not_understood.append(NotUnderstood(line, raw, "it has neither title nor identifier"))
    found.taken = tuple(taken)
    found.left_out = tuple(tag for tag in left if tag not in OF_ENDNOTE)
    return found


def record_fields(record: Element) -> dict[str, Any]:
    """The fields of a record that one reference gives, before the model looks at them."""
    given: dict[str, Any] = {path: found for path in FIELDS if (found := texts(record, path))}
    kind = next(iter(xml_file.find(record, "ref-type")), None)
    given["ref-type"] = (kind.get("name") or "") if kind is not None else ""
    if given["ref-type"] not in {"Book", "Edited Book", "Book Section"}:
        given.pop("contributors/secondary-authors/author", None)
    if "contributors/authors/author" in given:
        given["contributors/authors/author"] = [
            "{" + name.rstrip(",") + "}" if name.endswith(",") else name
            for name in given["contributors/authors/author"]
        ]  # a group's name ends with a comma, so that EndNote does not turn it round
    given["keywords/keyword"] = [
        word for text in given.get("keywords/keyword", []) for word in re.split(r"\s*[;\n]\s*", text)
    ]
    return named.record_fields(given, {**FIELDS, "ref-type": "type"})


READER = Reader(
    name="endnote-xml",
    label="EndNote's XML",
    holds='EndNote ("Export … XML"), Zotero, JabRef',
    endings=(".xml",),
    ending_says="nothing",
    signs=lambda text: bool(re.search(r"<xml>\s*<records>|<records>\s*<record>|<ref-type\b", text[:5000])),
    read=read,
    unit="record",
)

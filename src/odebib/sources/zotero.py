"""Items of Zotero as its web API and Better BibTeX's JSON hold them.

https://www.zotero.org/support/dev/web_api/v3/types_and_fields
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odebib.sources import named

NO_WORKS = frozenset({"note", "attachment", "annotation"})
"""Items that belong to a work and are none."""
AUTHORS = ("author", "presenter", "programmer", "podcaster", "director", "inventor", "artist", "cartographer",
           "interviewee", "performer", "sponsor")  # fmt: skip
"""Kinds of creators who made the work; others edited, translated or reviewed it."""
NAMES = {
    "citationKey": "source_id", "key": "source_id", "title": "title", "itemType": "type", "date": "date",
    "DOI": "doi", "ISBN": "isbn", "url": "url", "abstractNote": "abstract", "publicationTitle": "venue",
    "proceedingsTitle": "venue", "bookTitle": "venue", "conferenceName": "venue", "meetingName": "venue",
    "encyclopediaTitle": "venue", "blogTitle": "venue", "websiteTitle": "venue", "repository": "venue",
    "volume": "volume", "issue": "number", "number": "number", "reportNumber": "number", "pages": "pages",
    "publisher": "publisher", "university": "publisher", "institution": "publisher", "archiveID": "arxiv",
    "tags": "topics", "extra": "note", "rights": "licence",
}  # fmt: skip
"""Zotero's fields and ours, in the order in which they are believed."""
KNOWN = frozenset(
    ["creators", "relations", "collections", "version", "itemID", "itemKey", "libraryID", "dateAdded",
     "dateModified", "accessDate", "attachments", "notes", "select", "uri", "libraryCatalog",
     "language", "shortTitle", "journalAbbreviation", "ISSN", "seeAlso", "parentItem"]
)  # fmt: skip
"""What says nothing of the work that a record has room for; it is told nowhere."""


def is_item(item: Mapping[str, Any]) -> bool:
    """Whether an object is an item of Zotero's."""
    return isinstance(item.get("itemType"), str) and (
        "creators" in item or "title" in item or is_no_work(item)
    )


def is_no_work(item: Mapping[str, Any]) -> bool:
    """Whether it is a note, a file or a highlight."""
    return item.get("itemType") in NO_WORKS


def record_fields(item: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record that one item gives, before the model looks at them."""
    creators = [one for one in item.get("creators") or [] if isinstance(one, Mapping)]
    authors = [_person(one) for one in creators if one.get("creatorType", "author") in AUTHORS]
    editors = [_person(one) for one in creators if one.get("creatorType") == "editor"]
    given = {name: item[name] for name in NAMES if item.get(name)}
    if item.get("itemType") not in {"book", "report", "thesis"} and "arXiv" not in str(
        item.get("number", "")
    ):
        given.pop("reportNumber", None)
    fields = named.record_fields(
        {"authors": authors, **given}, {"authors": "authors", **_meanings(item, given)}
    )
    if editors and item.get("itemType") in {"book", "bookSection"}:
        fields["editors"] = named.record_fields({"e": editors}, {"e": "editors"}).get("editors", [])
    return fields


def _meanings(item: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, str]:
    meanings = {name: NAMES[name] for name in given}
    if "archiveID" in given and not str(given["archiveID"]).lower().startswith("arxiv"):
        meanings["archiveID"] = "note"
    if item.get("itemType") == "preprint":
        meanings.pop("number", None)
    return meanings


def _person(creator: Mapping[str, Any]) -> Any:
    if creator.get("name") and not creator.get("lastName"):
        return (
            "{" + str(creator["name"]).strip("{}") + "}" if " " in str(creator["name"]) else creator["name"]
        )
    return {"family": creator.get("lastName", ""), "given": creator.get("firstName", "")}


def not_taken(item: Mapping[str, Any]) -> list[str]:
    """The item's fields that hold something and fill none of ours."""
    return [name for name, value in item.items() if value and name not in NAMES and name not in KNOWN]

"""CSL-JSON, as Zotero, pandoc and the DOI resolvers write it.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from odebib.errors import FormatError
from odebib.sources import json_items
from odebib.sources.citations.words import RE_PREPRINT
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader
from odebib.sources.records import add_doi, add_url, as_group, title_of, validated, without_markup
from odebib.text import identifiers
from odebib.text.names import OTHERS, Name, of_parts, parse

ENTRY_TYPES = {
    "article": None,
    "article-journal": "journal-article",
    "article-magazine": "journal-article",
    "article-newspaper": "journal-article",
    "journal-article": "journal-article",
    "review": "journal-article",
    "paper-conference": "conference-paper",
    "proceedings-article": "conference-paper",
    "chapter": "chapter",
    "book-chapter": "chapter",
    "entry-encyclopedia": "chapter",
    "book": "book",
    "monograph": "book",
    "collection": "book",
    "edited-book": "book",
    "thesis": "thesis",
    "dissertation": "thesis",
    "report": "report",
    "software": "software",
    "dataset": "dataset",
    "webpage": "website",
    "post-weblog": "website",
    "post": "website",
    "speech": "talk",
    "motion_picture": "talk",
    "broadcast": "talk",
}
"""CSL's types, and those that Crossref writes in their place."""

TAKEN = frozenset(
    ["id", "citation-key", "type", "title", "author", "editor", "issued", "published",
     "container-title", "event-title", "event", "volume", "issue", "page", "publisher", "DOI", "ISBN",
     "URL", "abstract", "keyword", "number", "archive_location", "note"]
)  # fmt: skip
"""The variables that fill a field of ours."""

ITEM_KEYS = frozenset(
    ("id", "type", "title", "author", "editor", "issued", "DOI", "URL", "ISBN", "container-title", "abstract")
)
"""Variables that an item has and the objects within it have not, at least not two of them."""
RE_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)(?:-(\d\d?))?")


def read(text: str, name: str) -> Found:
    """The records of a CSL-JSON file, in one section of the file's name.

    An item that is broken stands under ``not_understood``; all others are kept.

    Raises:
        FormatError: the text is no JSON at all.
    """
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    for line, raw, item in items_of(text.lstrip("\ufeff"), found):
        fields = record_fields(item)
        if not fields.keys() & {"title", "doi", "arxiv", "isbn", "url"}:
            found.not_understood.append(NotUnderstood(line, raw, "it has neither title nor identifier"))
            continue
        section.records.append(FoundRecord(line, validated({"text": raw, **fields})))
    return found


def items_of(text: str, found: Found) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The file's items with line and raw text; what lies between them and is none is told.

    Raises:
        FormatError: there is no item in it.
    """
    line, counted, is_json = 1, 0, text.strip() == "[]"
    for piece in json_items.pieces(text, is_item):
        line, counted = line + text.count("\n", counted, piece.start), piece.start
        raw = text[piece.start : piece.end].strip(" ,\n")
        if piece.fault:
            found.not_understood.append(NotUnderstood(line, raw, piece.fault))
            continue
        is_json = True
        for item in (piece.value, *json_items.nested(piece.value, is_item)):
            yield line, raw, item
            if twice := sorted(ITEM_KEYS & {*getattr(item, "twice", ())}):
                reason = f"it says {' and '.join(f'`{name}`' for name in twice)} twice; only the last is read"
                found.not_understood.append(NotUnderstood(line, raw, reason))
    if not is_json:
        raise FormatError("this is no CSL-JSON", "it must be a list of objects")


def is_item(value: dict[str, Any]) -> bool:
    """Whether an object describes a work; those within one are people, dates, references, funders."""
    if "family" in value or "given" in value or "article-title" in value:
        return False
    return isinstance(value.get("title"), str | list) or len(ITEM_KEYS & value.keys()) >= 2


def record_fields(item: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record that one CSL item gives, before the model looks at them."""
    fields: dict[str, Any] = {"source_id": _text(item.get("id") or item.get("citation-key"))}
    fields["title"], fields["awards"] = title_of(_first(item.get("title")))
    fields["type"] = ENTRY_TYPES.get(str(item.get("type", "")))
    fields["authors"] = _people(item.get("author"))
    fields["editors"] = _people(item.get("editor"))
    date = _date(item.get("issued") or item.get("published"))
    words = date.pop("words", "") or _text(item.get("status"))
    fields |= {**date, "event_date": _days(item.get("event-date"))}
    _add_venue(item, fields)
    fields |= {name: _text(item.get(source)) for name, source in IMPRINT}
    if fields["type"] == "thesis":
        fields["institution"], fields["publisher"] = fields["publisher"], ""
        fields["degree"] = _text(item.get("genre"))
    _add_identifiers(item, fields)
    _add_note(item, words, fields)
    fields["abstract"] = _text(item.get("abstract"))
    fields["topics"] = [
        word.strip() for word in re.split(r"[,;]\s*", _text(item.get("keyword"))) if word.strip()
    ]
    if fields["type"] == "journal-article" and not fields.get("venue"):
        fields["type"] = None
    return {name: value for name, value in fields.items() if value}


IMPRINT = (
    ("volume", "volume"), ("number", "issue"), ("pages", "page"), ("publisher", "publisher"),
    ("series", "collection-title"), ("edition", "edition"), ("howpublished", "medium"),
)  # fmt: skip
"""Fields of a record, and the variables of CSL that hold them."""


def _first(value: Any) -> str:
    """A value as it stands: Crossref gives lists where CSL has one value."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value) if isinstance(value, (str, int, float)) else ""


def _text(value: Any) -> str:
    """A value as text."""
    return without_markup(_first(value))


def _people(value: Any) -> list[Name]:
    """The people of a list of names, whose parts the source has told apart."""
    people = value if isinstance(value, list) else []
    parts = [
        {key: _text(part) for key, part in person.items()} for person in people if isinstance(person, dict)
    ]
    return [name for part in parts if (name := _person(part))]


def _person(parts: dict[str, str]) -> Name | None:
    literal = parts.get("literal") or parts.get("name", "")
    if RE_OTHERS.fullmatch(literal or parts.get("family", "")):
        return parse(OTHERS)
    if literal:
        return parse(as_group(literal))
    particle = f"{parts.get('dropping-particle', '')} {parts.get('non-dropping-particle', '')}"
    family, given = parts.get("family", ""), parts.get("given", "")
    return of_parts(family, given, particle, parts.get("suffix", "")) if family or given else None


RE_OTHERS = re.compile(r"(?:and )?(?:others|et\.? ?al)\.?", re.IGNORECASE)


def _date(value: Any) -> dict[str, Any]:
    """Year and month of a date in any of CSL's forms, and what it says in words."""
    if isinstance(value, list):  # as pandoc once wrote dates
        value = value[0] if value else ""
    if not isinstance(value, dict):
        return _date_in_words(str(value or ""))
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) or not first or not RE_YEAR.fullmatch(str(first[0])):
        return _date_in_words(str(value.get("raw") or value.get("literal") or ""))
    circa = str(value.get("circa") or "false").lower() not in {"false", "0"}
    found = {"year": str(first[0]), "month": str(first[1]) if len(first) > 1 else None}
    return {**found, "words": f"circa {first[0]}" if circa else ""}


def _date_in_words(text: str) -> dict[str, Any]:
    if match := RE_YEAR.search(text):
        return {"year": match[1], "month": (match[2] or "").lstrip("0")}
    return {"words": "" if re.fullmatch(r"(?:n\.? ?d\.?|[\W\d])*", text, re.IGNORECASE) else text}


def _days(value: Any) -> str:
    """The days of a meeting: the first, and the last where it is another one."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    days = [
        "-".join(f"{int(number):02}" for number in day)
        for day in (parts if isinstance(parts, list) else [])
        if isinstance(day, list) and day and all(str(number).isdecimal() for number in day)
    ]
    return "/".join(dict.fromkeys(days[:2]))


def _add_venue(item: dict[str, Any], fields: dict[str, Any]) -> None:
    venue = _text(item.get("container-title"))
    event = _text(item.get("event-title") or item.get("event"))
    if RE_PREPRINT.search(venue):
        _add_arxiv(venue, fields)
        venue = ""
    fields["venue"] = venue or event
    if venue and event and event != venue:
        fields["event"] = event
    if fields["type"] == "conference-paper" and re.search(r"\bworkshop\b", venue or event, re.IGNORECASE):
        fields["type"] = "workshop-paper"


def _add_identifiers(item: dict[str, Any], fields: dict[str, Any]) -> None:
    """Identifiers from the variables that hold them and from addresses; Zotero puts arXiv ids in several."""
    add_doi(_text(item.get("DOI")), fields)
    in_arxiv = _text(item.get("archive")).lower() == "arxiv"
    for name in ("number", "archive_location", "note"):
        value = _text(item.get(name))
        if re.match(r"arxiv", value, re.IGNORECASE):
            _add_arxiv(value, fields)
        elif in_arxiv and (found := identifiers.arxiv(value)):
            _add_arxiv(f"arXiv:{found}", fields)
    isbns = map(identifiers.isbn, _text(item.get("ISBN")).split())
    fields["isbn"] = next(filter(None, isbns), None)
    add_url(_first(item.get("URL")).strip(), fields)


def _add_arxiv(text: str, fields: dict[str, Any]) -> None:
    """An arXiv id, with the subject class that stands behind it."""
    if not fields.get("arxiv") and (found := identifiers.find_arxiv(text)):
        fields |= {"arxiv": found, "arxiv_class": identifiers.arxiv_class(text)}


RE_EXTRA = re.compile(
    r"^\s*(DOI|PMID|PMCID|arXiv|ISBN|Citation Key)\s*:\s*(\S.*)$", re.IGNORECASE | re.MULTILINE
)
"""Lines of Zotero's field "extra", each an identifier of its own."""


def _add_note(item: dict[str, Any], words: str, fields: dict[str, Any]) -> None:
    """What a note says besides identifiers, and what is said of the date in words."""
    text = _first(item.get("note"))
    for match in RE_EXTRA.finditer(text):
        if match[1].upper() == "DOI":
            add_doi(match[2].strip(), fields)
        elif match[1].upper() == "ISBN" and not fields["isbn"]:
            fields["isbn"] = identifiers.isbn(match[2])
    fields["note"] = "; ".join(filter(None, (words, without_markup(RE_EXTRA.sub("", text)))))


def is_csl(text: str) -> bool:
    """Whether a text begins as CSL-JSON does: a list of objects that have the names of CSL's variables."""
    start = text[:4000].lstrip("\ufeff \n\t")
    return bool(RE_LIST_OF_OBJECTS.match(start) and RE_VARIABLE.search(start))


RE_LIST_OF_OBJECTS = re.compile(r"(?:\{\s*\"(?:items|references)\"\s*:\s*)?\[?\s*\{")
RE_VARIABLE = re.compile(
    r"\"(?:issued|container-title|citation-label|date-parts|non-dropping-particle|collection-title)\"\s*:"
    r"|\"author\"\s*:\s*\[\s*\{[^{}]*\"(?:family|literal)\""
    r"|\"type\"\s*:\s*\"(?:article-journal|paper-conference|article-magazine|post-weblog)\""
)
"""What only CSL-JSON holds."""

READER = Reader(
    name="csl-json",
    label="CSL-JSON",
    holds="Zotero, pandoc, Crossref's and the DOI resolvers' answers",
    endings=(".json",),
    ending_says="nothing",
    signs=is_csl,
    read=read,
)

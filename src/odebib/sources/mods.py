"""MODS, the XML of library catalogues, Zotero and JabRef.

https://www.loc.gov/standards/mods/
"""

from __future__ import annotations

import re
from typing import Any

from odebib.sources import named, xml_file
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader
from odebib.sources.records import validated
from odebib.sources.xml_file import Element, find, text_of, texts

AUTHORS = frozenset(
    ["author", "aut", "creator", "cre", "programmer", "prg", "presenter", "spk", "inventor", ""]
)
"""Roles of those who made a work; a name without a role is an author's."""


def read(text: str, name: str) -> Found:
    """The records of a collection, in one section of the file's name.

    Raises:
        FormatError: it is no XML that may be read.
    """
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    left: dict[str, bool] = {}
    for work in xml_file.elements(text, "mods"):
        fields = record_fields(work)
        left |= {tag: True for tag in map(xml_file.local, find(work, "*")) if tag not in TAKEN}
        line, raw = int(work.sourceline or 1), text_of(work)
        if fields.keys() & {"title", "doi", "isbn", "url"}:
            section.records.append(FoundRecord(line, validated({"text": raw, **fields})))
        else:
            found.not_understood.append(NotUnderstood(line, raw, "it has neither title nor identifier"))
    found.left_out = tuple(left)
    return found


TAKEN = frozenset(
    ["titleInfo", "name", "originInfo", "part", "relatedItem", "identifier", "location", "abstract",
     "subject", "genre", "note", "typeOfResource", "recordInfo", "physicalDescription"]
)  # fmt: skip


def record_fields(work: Element) -> dict[str, Any]:
    """The fields of a record that one work gives, before the model looks at them."""
    host = next((item for item in find(work, "relatedItem") if item.get("type") == "host"), None)
    parts = [part for where in (work, host) for part in find(where, "part")]
    origins = [origin for where in (work, host) for origin in find(where, "originInfo")]
    given: dict[str, Any] = {
        "source_id": work.get("ID") or "",
        "title": _title(work),
        "venue": _title(host) if host is not None else "",
        "authors": _people(work, AUTHORS),
        "editors": _people(work, frozenset({"editor", "edt"})),
        "date": _date(parts, origins),
        "publisher": [text for origin in origins for text in texts(origin, "publisher")],
        "abstract": texts(work, "abstract"),
        "topics": texts(work, "subject/topic"),
        "url": texts(work, "location/url"),
        "type": _type(work, host),
        **_identifiers(work),
    }
    for part in parts:
        given |= _part(part)
    return named.record_fields(given, {name: name for name in given})


def _title(element: Element | None) -> str:
    """The title proper, with its subtitle; abbreviated and translated ones stand beside it."""
    infos = find(element, "titleInfo")
    main = next((info for info in infos if not info.get("type")), infos[0] if infos else None)
    if main is None:
        return ""
    lead = " ".join(texts(main, "nonSort"))
    title = " ".join(filter(None, (lead, *texts(main, "title")[:1])))
    return ": ".join([title, *texts(main, "subTitle")[:1]])


def _people(work: Element, roles: frozenset[str]) -> list[Any]:
    found: list[Any] = []
    for name in find(work, "name"):
        role = (texts(name, "role/roleTerm") or [""])[0].casefold()
        if role not in roles:
            continue
        parts = {part.get("type") or "": text_of(part) for part in find(name, "namePart")}
        given = " ".join(text_of(part) for part in find(name, "namePart") if part.get("type") == "given")
        if name.get("type") in {"corporate", "conference"}:
            found.append("{" + parts.get("", "").strip("{}") + "}")
        elif parts.get("family"):
            suffix = parts.get("termsOfAddress", "")
            found.append({"family": parts["family"], "given": given, "suffix": suffix})
        elif plain := parts.get("") or next(iter(texts(name, "displayForm")), ""):
            found.append(plain)
    return found


def _date(parts: list[Element], origins: list[Element]) -> str:
    for where in (*origins, *parts):
        for tag in ("dateIssued", "copyrightDate", "date", "dateCreated"):
            if found := texts(where, tag):
                return found[0]
    return ""


def _part(part: Element) -> dict[str, Any]:
    """Volume, issue and pages of a part."""
    found: dict[str, Any] = {}
    for detail in find(part, "detail"):
        number = next(iter(texts(detail, "number")), "") or next(iter(texts(detail, "caption")), "")
        field = {"volume": "volume", "issue": "number", "number": "number", "article": "article_number"}
        if (kind := field.get(detail.get("type") or "")) and number:
            found[kind] = number
    for extent in find(part, "extent"):
        if extent.get("unit") in {"pages", "page", None}:
            ends = [next(iter(texts(extent, tag)), "") for tag in ("start", "end")]
            found["pages"] = "-".join(filter(None, ends)) or next(iter(texts(extent, "list")), "")
    return found


def _identifiers(element: Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for identifier in find(element, "identifier"):
        kind = (identifier.get("type") or "").casefold()
        field = {"doi": "doi", "isbn": "isbn", "uri": "uri", "arxiv": "arxiv", "pmid": "pubmed"}.get(kind, "")
        if field:
            found.setdefault("url" if field == "uri" else field, []).append(text_of(identifier))
        elif kind in {"citekey", "citation key"}:
            found.setdefault("source_id", text_of(identifier))
    return found


def _type(work: Element, host: Element | None) -> list[str]:
    """What the genre says; an article in a journal by what it appeared in."""
    genres = texts(work, "genre")
    inner = texts(host, "genre") if host is not None else []
    if any("conference" in genre or "proceeding" in genre for genre in [*genres, *inner]):
        return ["conference paper"]
    if host is not None and any(genre in {"academic journal", "journal", "periodical"} for genre in inner):
        return ["journal article"]
    return genres


READER = Reader(
    name="mods",
    label="MODS",
    holds="library catalogues, Zotero, JabRef",
    endings=(".mods", ".xml"),
    ending_says="nothing",
    signs=lambda text: bool(re.search(r"<(?:\w+:)?mods(?:Collection)?\b", text[:5000])),
    read=read,
    unit="record",
)

"""From values with names to the fields of a record: for tables, JSON, YAML, notes and drawers alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from odebib.sources import columns, values, work_types
from odebib.sources.citations.awards import split_awards
from odebib.sources.citations.imprint import is_imprint, read_imprint, read_venue_year
from odebib.sources.citations.words import RE_PREPRINT
from odebib.sources.records import add_doi, add_url
from odebib.text import identifiers
from odebib.text.folding import fold

Fields = dict[str, Any]

LINK_KINDS = ("code", "project", "video", "slides", "poster", "data", "blog", "pdf")
RE_VOLUME_BEHIND = re.compile(r",\s*(?:vol\.?\s*)?\d|\(\d+\)|:\s*\d|\bpp?\.\s*\d", re.IGNORECASE)
"""Says that a venue's cell goes on with volume, number or pages."""
NO_SUBJECTS = frozenset(
    [
        "literaturenote",
        "literature",
        "literature note",
        "to read",
        "reading list",
        "note",
        "paper",
        "papers",
        "reference",
        "references",
        "zotero",
        "toread",
        "to",
        "read",
        "unread",
        "reading",
        "article",
        "publication",
        "publications",
        "source",
        "sources",
        "citation",
        "notes",
        "bibliography",
        "academic",
        "inbox",
    ]
)  # fmt: skip | {"literature note", "to read", "literature notes", "reading list"}
"""Tags by which people order their notes; they say nothing of the work."""


DATABASES = frozenset(
    ["scopus", "web of science", "wos", "pubmed", "medline", "embase", "crossref", "google scholar",
     "ieee xplore",
     "dblp", "openalex", "semantic scholar", "proquest", "ebsco", "lens", "dimensions", "acm digital library"]
)  # fmt: skip
"""Where a row was found, which a column `Source` often tells; nothing appeared there."""


def record_fields(given: Mapping[str, Any], meanings: columns.Meanings) -> Fields:
    """The fields of a record that named values give, before the model looks at them."""
    fields: Fields = {}
    ranked = columns.by_rank(meanings)
    for field, take in TAKERS.items():
        for name in ranked.get(field, ()):
            if (value := given.get(name)) not in (None, "", [], {}):
                take(field, value, fields)
    return finished(fields)


def finished(fields: Fields) -> Fields:
    """The fields with what follows from all of them together."""
    _join_pages(fields)
    _add_subtitle(fields)
    _settle_type(fields)
    if "year" not in fields and fields.get("venue"):
        fields["year"] = str(read_venue_year(fields["venue"]).get("year", ""))
    pubmed = fields.pop("pubmed", "")
    if pubmed and not fields.keys() & {"doi", "url", "arxiv"}:
        fields["url"] = f"https://pubmed.ncbi.nlm.nih.gov/{pubmed}/"
    return {name: value for name, value in fields.items() if value}


def _join_pages(fields: Fields) -> None:
    first, last = fields.pop("first_page", ""), fields.pop("last_page", "")
    number = fields.pop("article_number", "")
    fields.setdefault("pages", "-".join(filter(None, (first, last if last != first else ""))) or number)


def _add_subtitle(fields: Fields) -> None:
    subtitle = fields.pop("subtitle", "")
    if subtitle and subtitle.casefold() not in fields.get("title", "").casefold():
        fields["title"] = ": ".join(filter(None, (fields.get("title"), subtitle)))


def _settle_type(fields: Fields) -> None:
    """What the type must agree with: an article has a journal, a paper in a volume no ISBN of its own."""
    kind = fields.get("type")
    if kind not in {"book", None}:
        fields.pop("isbn", None)
    if kind == "conference-paper" and re.search(r"\bworkshop\b", fields.get("venue", ""), re.IGNORECASE):
        fields["type"] = "workshop-paper"
    elif kind == "journal-article" and not fields.get("venue"):
        del fields["type"]


# -- How each field is taken -------------------------------------------------------------


def _title(_field: str, value: Any, fields: Fields) -> None:
    for url, _ in values.addresses(value):
        add_url(url, fields)
    text = values.first(value)
    if values.RE_ADDRESS.fullmatch(text):
        return
    title, awards = split_awards(re.sub(r"^[“\"](.{3,})[”\"]$", r"\1", text))
    if "title" not in fields and title:
        fields["title"] = re.sub(r"(?<![.\s])\.$", "", title)
        fields.setdefault("awards", []).extend(awards)


def _text(field: str, value: Any, fields: Fields) -> None:
    if text := values.first(value):
        fields.setdefault(field, text)


def _prose(field: str, value: Any, fields: Fields) -> None:
    if text := values.joined(value):
        fields[field] = (
            f"{fields[field]}; {text}" if field in fields and field == "note" else fields.get(field, text)
        )


RE_RIGHTS_AT_END = re.compile(
    r"(?<=[.!?])\s+(?:Copyright\s+)?(?:©|\([cC]\))\s*(?:19|20)\d\d\b.{0,200}$", re.DOTALL
)
"""Whose an abstract is, as Scopus writes behind it: no part of what it says."""


def _abstract(field: str, value: Any, fields: Fields) -> None:
    if isinstance(value, Mapping):  # OpenAlex: {word: [places]}
        return
    _prose(field, value, fields)
    if field in fields:
        fields[field] = RE_RIGHTS_AT_END.sub("", fields[field])


def _note(field: str, value: Any, fields: Fields) -> None:
    """A remark; Zotero's `Extra` keeps identifiers there, one a line."""
    left = []
    for text in values.texts(value):
        for line in text.split("\n"):
            name, _, rest = line.partition(":")
            if name.strip().casefold() in {"arxiv", "doi", "pmid"} and rest.strip():
                TAKERS["pubmed" if name.strip().casefold() == "pmid" else name.strip().casefold()](
                    "pubmed", rest.strip().split()[0], fields
                )
            elif not re.match(
                r"(?:arXiv|DOI|ISBN|tex\.\w+|Citation Key|publisher|_eprint)\b.{0,3}:", line.strip()
            ):
                left.append(line)
    _prose(field, "\n".join(left), fields)


def _article_number(field: str, value: Any, fields: Fields) -> None:
    if not values.first(value).startswith("2-s2.0"):  # Scopus' own number for its row
        _text(field, value, fields)


def _people(field: str, value: Any, fields: Fields) -> None:
    found = [name for name in values.people(value) if not RE_NO_AUTHOR.match(name)]
    if found:
        fields.setdefault(field, found)


RE_NO_AUTHOR = re.compile(r"\W*(?:no author|anonymous$|various$|unknown)", re.IGNORECASE)


def _key(field: str, value: Any, fields: Fields) -> None:
    text = values.first(value)
    if text and not re.fullmatch(r"\d{1,6}", text) and " " not in text:
        fields.setdefault(field, text.removeprefix("@"))


def _type(field: str, value: Any, fields: Fields) -> None:
    for text in values.texts(value):
        for part in text.split(";"):
            if found := work_types.of(part):
                fields.setdefault(field, found)


def _date(_field: str, value: Any, fields: Fields) -> None:
    if isinstance(value, Mapping):
        parts = value.get("date-parts") or value.get("dateParts")
        value = (
            "-".join(map(str, parts[0]))
            if isinstance(parts, list) and parts and isinstance(parts[0], list)
            else (value.get("raw") or value.get("year") or value)
        )
    found = values.date(" ".join(values.texts(value)[:3]))
    if fields.get("year", found.get("year")) == found.get("year"):
        for name, text in found.items():
            fields.setdefault(name, text)


def _month(field: str, value: Any, fields: Fields) -> None:
    if found := values.month(" ".join(values.texts(value)[:1])):
        fields.setdefault(field, found)


def _venue(field: str, value: Any, fields: Fields) -> None:
    text = re.sub(r"^in:?\s+(?=\S)", "", values.first(value), flags=re.IGNORECASE).strip(" ,;")
    text = text if "." in text[:-1] else text.rstrip(".")
    if values.RE_ADDRESS.match(text):
        _url("url", text, fields)
        return
    if RE_PREPRINT.search(text):
        if found := identifiers.find_arxiv(text):
            fields.setdefault("arxiv", found)
        return
    if not text or field in fields or fold(text) in DATABASES:
        return
    if RE_VOLUME_BEHIND.search(text) and is_imprint(text) and (found_ := read_imprint(text)).get("venue"):
        for name, part in found_.items():
            if name in {"venue", "volume", "number", "pages", "year", "month", "publisher"}:
                fields.setdefault(name, str(part))
        return
    fields[field] = re.sub(r"(?<=[^\W\d])\s+(?:19|20)\d\d\s\d{1,2}$", "", text)


def _doi(_field: str, value: Any, fields: Fields) -> None:
    for text in values.texts(value):
        if found := identifiers.doi(text) or identifiers.find_doi(text):
            add_doi(found, fields)
        else:
            _url("url", text, fields)


def _arxiv(_field: str, value: Any, fields: Fields) -> None:
    for text in values.texts(value):
        if found := identifiers.arxiv(text) or identifiers.find_arxiv(text):
            fields.setdefault("arxiv", found)
        else:
            _url("url", text, fields)


def _openreview(_field: str, value: Any, fields: Fields) -> None:
    text = values.first(value)
    if "://" in text:
        add_url(text, fields)
    elif found := identifiers.openreview(text):
        fields.setdefault("openreview", found)


def _isbn(field: str, value: Any, fields: Fields) -> None:
    for text in values.texts(value):
        for part in re.split(r"[;,\s/]+(?=[\dX])", text):
            if found := identifiers.isbn(part):
                fields.setdefault(field, found)


def _pubmed(field: str, value: Any, fields: Fields) -> None:
    if match := re.fullmatch(r"(?:pmid:?\s*)?(\d{5,9})", values.first(value), re.IGNORECASE):
        fields.setdefault(field, match[1])


def _url(field: str, value: Any, fields: Fields) -> None:
    """Addresses, each of the kind that its name, or the field's own, says."""
    found = list(values.addresses(value))
    if not found and isinstance(value, str) and (doi := identifiers.doi(value)):
        add_doi(doi, fields)
    for url, name in found:
        if RE_NEEDS_ACCOUNT.match(url):
            continue
        kind = link_kind(name) or (field if field in LINK_KINDS else None)
        add_url(url, fields, kind)


RE_NEEDS_ACCOUNT = re.compile(r"https?://(?:www\.)?(?:scopus\.com|webofscience\.com|webofknowledge\.com)/")
"""Pages of databases about a work, which open only for those who pay; no address of the work."""


def link_kind(name: str) -> str | None:
    """The kind of link that a name stands for, or None.

    >>> link_kind("Code"), link_kind("url_slides"), link_kind("Preprint"), link_kind("arXiv")
    ('code', 'slides', None, None)
    """
    if not name or columns.folded(name) == "preprint":
        return None
    meaning = columns.meaning(name)
    return meaning if meaning in LINK_KINDS else None


def _words(field: str, value: Any, fields: Fields) -> None:
    found = [word for text in values.texts(value) for word in re.split(r"[;|\n]\s*|,\s*", text)]
    words = (values.plain(word).strip(" #\"'") for word in found)
    kept = [word for word in words if word and fold(word) not in NO_SUBJECTS and len(word) < 100]
    fields[field] = list(dict.fromkeys([*fields.get(field, []), *kept]))


def _awards(field: str, value: Any, fields: Fields) -> None:
    for text in values.texts(value):
        if text.casefold() not in {"true", "false", "yes", "no", "poster"}:
            fields.setdefault(field, []).append(re.sub(r" award$", "", values.plain(text).lower()))


TAKERS: dict[str, Callable[[str, Any, Fields], None]] = {
    "source_id": _key,
    "title": _title,
    "subtitle": _text,
    "type": _type,
    "authors": _people,
    "editors": _people,
    "doi": _doi,
    "arxiv": _arxiv,
    "openreview": _openreview,
    "isbn": _isbn,
    "pubmed": _pubmed,
    "year": _date,
    "date": _date,
    "month": _month,
    "venue": _venue,
    "event": _text,
    "volume": _text,
    "number": _text,
    "pages": _text,
    "first_page": _text,
    "last_page": _text,
    "article_number": _article_number,
    "publisher": _text,
    "url": _url,
    "pdf": _url,
    "code": _url,
    "project": _url,
    "video": _url,
    "slides": _url,
    "poster": _url,
    "data": _url,
    "blog": _url,
    "abstract": _abstract,
    "summary": _prose,
    "note": _note,
    "topics": _words,
    "awards": _awards,
    "licence": _text,
}
"""Every field with the way its values are read, in the order in which they are."""

"""BibLaTeX: entries for biber, in Unicode, with its own types and names of fields.

Types and fields are those of BibLaTeX's default data model (manual, sections
2.1 and 2.2), which ``biber --validate-datamodel`` holds files to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from odebib.formats import bibtex
from odebib.formats.bibtex import Fields
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType
from odebib.text import latex

ENTRY_TYPES = {
    EntryType.CONFERENCE_PAPER: "inproceedings",
    EntryType.WORKSHOP_PAPER: "inproceedings",
    EntryType.JOURNAL_ARTICLE: "article",
    EntryType.PREPRINT: "online",
    EntryType.CHAPTER: "incollection",
    EntryType.THESIS: "thesis",
    EntryType.BOOK: "book",
    EntryType.REPORT: "report",
    EntryType.TALK: "unpublished",
    EntryType.TUTORIAL: "unpublished",
    EntryType.SOFTWARE: "software",
    EntryType.WEBSITE: "online",
    EntryType.DATASET: "dataset",
    EntryType.OTHER: "misc",
}
"""BibLaTeX's entry type for each of ours."""

REQUIRED = {
    "inproceedings": ("author", "booktitle"),
    "article": ("author", "journaltitle"),
    "incollection": ("author", "booktitle"),
    "thesis": ("author", "institution"),
    "book": ("author",),
    "report": ("author", "institution"),
    "unpublished": ("author",),
}
"""Fields that the data model demands; an entry that lacks one is a ``misc``."""

DEGREES = {"thesis": "phdthesis", "report": "techreport"}
"""The ``type`` of works that must have one; BibLaTeX prints them in the document's language."""

ALLOWED = {
    "volume": {"article", "inproceedings", "incollection", "book"},
    "number": {"article", "inproceedings", "incollection", "book", "report", "dataset"},
    "pages": {"article", "inproceedings", "incollection", "book", "report", "thesis"},
    "isbn": {"inproceedings", "incollection", "book", "thesis"},
    "publisher": {"inproceedings", "incollection", "book", "dataset"},
    "editor": {"article", "inproceedings", "incollection", "book", "online", "misc", "software", "dataset"},
}
"""Fields that only some types have; elsewhere biber would complain of them."""


def render(
    bibliography: Bibliography, keys: Iterable[str], *, venues: str = "full", abstracts: bool = False
) -> str:
    """The entries of ``keys``, in their order; options as :func:`odebib.formats.bibtex.render` has them."""
    return "\n".join(
        render_entry(bibliography, bibliography.entries[key], venues=venues, abstracts=abstracts)
        for key in keys
    )


def render_entry(
    bibliography: Bibliography,
    entry: Entry,
    *,
    key: str | None = None,
    venues: str = "full",
    abstracts: bool = False,
) -> str:
    """One entry, ending in a newline; under another ``key`` where its reader has one of their own."""
    kind, fields = fields_of(bibliography, entry, venues=venues)
    if abstracts and entry.abstract:
        fields["abstract"] = latex.escape(entry.abstract)
    return bibtex.block(kind, key or entry.key, fields)


def fields_of(bibliography: Bibliography, entry: Entry, *, venues: str = "full") -> tuple[str, Fields]:
    """The BibLaTeX entry type and the fields of an entry, escaped, in output order."""
    kind = ENTRY_TYPES[bibliography.type(entry)]
    fields = {
        "author": bibtex.people(entry.authors, latex.escape),
        "editor": bibtex.people(entry.editors, latex.escape),
        "title": latex.escape_title(bibtex.title(bibliography, entry)),
        **_container(bibliography, entry, kind, venues),
        "volume": latex.escape(entry.volume or ""),
        "number": latex.escape(entry.number or ""),
        "pages": bibtex.page_range(entry, latex.escape),
        "publisher": latex.escape(bibtex.publisher(bibliography, entry)),
        "date": _date(entry),
        "isbn": entry.isbn or "",
        "doi": bibtex.verbatim(entry.doi or ""),
        **_eprint(entry),
        "url": bibtex.verbatim(bibtex.address(entry)),
        "note": latex.escape(bibtex.retraction(entry)),
    }
    return _fitting(kind, {name: text for name, text in fields.items() if text})


def _container(bibliography: Bibliography, entry: Entry, kind: str, venues: str) -> Fields:
    title = latex.escape(bibtex.venue_title(bibliography, entry, venues))
    if kind in {"inproceedings", "incollection"}:
        return {"booktitle": title}
    if kind == "article":
        return {"journaltitle": title}
    if kind in DEGREES:
        return {"type": DEGREES[kind], "institution": latex.escape(entry.publisher or "") or title}
    if kind == "unpublished":
        return {"howpublished": bibtex.HOW_PUBLISHED[bibliography.type(entry)], "eventtitle": title}
    return {"series": title} if kind == "book" else {"organization": title}


def _date(entry: Entry) -> str:
    if not entry.year:
        return ""
    return f"{entry.year}-{entry.month:02}" if entry.month else str(entry.year)


def _eprint(entry: Entry) -> Fields:
    if entry.arxiv:
        return {"eprint": entry.arxiv, "eprinttype": "arxiv", "eprintclass": entry.arxiv_class or ""}
    return {"eprint": entry.openreview, "eprinttype": "openreview"} if entry.openreview else {}


def _fitting(kind: str, fields: Fields) -> tuple[str, Fields]:
    """What the data model allows: a type whose demanded fields are there, and no field it does not have."""
    if kind == "book" and "author" not in fields and "editor" in fields:
        kind = "collection"
    elif any(name not in fields for name in REQUIRED.get(kind, ())) or (
        kind == "online" and not fields.keys() & {"url", "doi", "eprint"}
    ):
        kind, fields = "misc", _as_misc(fields)
    allowed = {name: kinds | {"collection"} if "book" in kinds else kinds for name, kinds in ALLOWED.items()}
    kept = {name: text for name, text in fields.items() if kind in allowed.get(name, {kind})}
    if not re.fullmatch(r"\d+", kept.get("volume", "0")) and kind == "article":
        kept["issue"] = kept.pop("volume")  # the data model wants a number for a volume
    return kind, kept


def _as_misc(fields: Fields) -> Fields:
    """The fields with the container's name where ``misc`` has its place."""
    containers = ("booktitle", "journaltitle", "institution", "eventtitle", "series")
    where = ", ".join(filter(None, (fields.get(name) for name in ("howpublished", *containers))))
    found: Fields = {}
    for name, text in fields.items():
        if name not in {*containers, "howpublished", "type"}:
            found[name] = text
        if name == "title" and where:
            found["howpublished"] = where
    return found

"""BibTeX: entries as classic BibTeX wants them, in ASCII with LaTeX accents.

Fields come in one fixed order, so that the same data give the same bytes.
Which entry type asks for which field is btxdoc's table ("BibTeXing", 1988,
section 3.1); ``eprint``, ``archivePrefix`` and ``primaryClass`` are arXiv's
own (https://info.arxiv.org/help/hypertex/bibstyles/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from odebib import latex
from odebib.bibliography import Bibliography
from odebib.formats.casing import protect_case
from odebib.model import Entry, EntryType
from odebib.names import Name

ENTRY_TYPES = {
    EntryType.CONFERENCE_PAPER: "inproceedings",
    EntryType.WORKSHOP_PAPER: "inproceedings",
    EntryType.JOURNAL_ARTICLE: "article",
    EntryType.CHAPTER: "incollection",
    EntryType.THESIS: "phdthesis",
    EntryType.BOOK: "book",
    EntryType.REPORT: "techreport",
}
"""BibTeX's entry type for each of ours; everything else is ``misc``."""

HOW_PUBLISHED = {
    EntryType.TALK: "Talk",
    EntryType.TUTORIAL: "Tutorial",
    EntryType.SOFTWARE: "Software",
    EntryType.WEBSITE: "Website",
    EntryType.DATASET: "Data set",
}
"""What ``howpublished`` says of works that BibTeX has no type for."""

REQUIRED = {
    "inproceedings": ("author", "booktitle", "year"),
    "article": ("author", "journal", "year"),
    "incollection": ("author", "booktitle", "publisher", "year"),
    "phdthesis": ("author", "school", "year"),
    "book": ("author", "publisher", "year"),
    "techreport": ("author", "institution", "year"),
}
"""Fields without which bibtex warns; an entry that lacks one is a ``misc``."""

MONTH_MACROS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def render(
    bibliography: Bibliography, keys: Iterable[str], *, venues: str = "full", abstracts: bool = False
) -> str:
    """The entries of ``keys``, in their order, as the text of a ``.bib`` file.

    ``venues`` is ``full`` or ``short``; abstracts are left out unless asked for,
    because files that hold them are too big for many editors.
    """
    return "\n".join(
        render_entry(bibliography, bibliography.entries[key], venues=venues, abstracts=abstracts)
        for key in keys
    )


def render_entry(
    bibliography: Bibliography, entry: Entry, *, venues: str = "full", abstracts: bool = False
) -> str:
    """One entry, ending in a newline."""
    kind, fields = fields_of(bibliography, entry, venues=venues)
    if abstracts and entry.abstract:
        fields["abstract"] = latex.encode(entry.abstract)
    width = max(len(name) for name in fields)
    lines = [f"  {name:<{width}} = {_value(name, text)}," for name, text in fields.items()]
    return f"@{kind}{{{entry.key},\n" + "\n".join(lines) + "\n}\n"


def _value(name: str, text: str) -> str:
    return text if name == "month" else "{" + text + "}"


def fields_of(
    bibliography: Bibliography, entry: Entry, *, venues: str = "full"
) -> tuple[str, dict[str, str]]:
    """The BibTeX entry type and the fields of an entry, encoded, in output order."""
    kind = ENTRY_TYPES.get(bibliography.type(entry), "misc")
    fields = {
        "author": people(entry.authors),
        "editor": people(entry.editors),
        "title": latex.encode(protect_case(entry.title, bibliography.words)),
        **_container(bibliography, entry, kind, venues),
        "volume": latex.encode(entry.volume or ""),
        "number": latex.encode(entry.number or ""),
        "pages": latex.encode(entry.pages or "").replace("-", "--"),
        "publisher": latex.encode(_publisher(bibliography, entry, kind)),
        "year": str(entry.year or ""),
        "month": MONTH_MACROS[entry.month - 1] if entry.month else "",
        "isbn": entry.isbn or "",
        "doi": _verbatim(entry.doi or ""),
        "eprint": entry.arxiv or "",
        "archivePrefix": "arXiv" if entry.arxiv else "",
        "url": _verbatim(_url(entry)),
        "note": latex.encode(_note(entry)),
    }
    return _fitting(kind, {name: text for name, text in fields.items() if text}, entry)


def people(authors: Iterable[Name]) -> str:
    """An author list: ``Chen, Ricky T. Q. and others``; groups in braces."""
    return " and ".join(_person(name) for name in authors)


def _person(name: Name) -> str:
    if name.is_others:
        return "others"
    if name.literal:
        return "{" + latex.encode(name.literal) + "}"
    parts = [name.last, name.suffix, name.given]
    return ", ".join(latex.encode(part) for part in parts if part)


def venue_title(bibliography: Bibliography, entry: Entry, venues: str) -> str:
    """What the work appeared in: proceedings or journal, with the workshop where it was one."""
    venue = bibliography.venue(entry)
    name = (venue.short if venues == "short" else venue.name) if venue else entry.venue or ""
    if not entry.event:
        return name
    if not name or (venue and venue.short.lower() in entry.event.lower()):
        return entry.event
    return f"{entry.event} at {venue.short if venue else name}"


def _container(bibliography: Bibliography, entry: Entry, kind: str, venues: str) -> dict[str, str]:
    title = latex.encode(venue_title(bibliography, entry, venues))
    if kind in {"inproceedings", "incollection"}:
        return {"booktitle": title}
    if kind == "article":
        return {"journal": title}
    if kind in {"phdthesis", "techreport"}:
        name = "school" if kind == "phdthesis" else "institution"
        return {name: latex.encode(entry.publisher or "") or title}
    how = HOW_PUBLISHED.get(bibliography.type(entry))
    if kind == "misc" and how:
        return {"howpublished": f"{how}, {title}" if title else how}
    return {"howpublished": title} if kind == "misc" else {}


def _publisher(bibliography: Bibliography, entry: Entry, kind: str) -> str:
    if kind in {"phdthesis", "techreport", "misc", "article"}:
        return ""
    venue = bibliography.venue(entry)
    return entry.publisher or (venue.publisher if venue and venue.publisher else "")


def _url(entry: Entry) -> str:
    """An address only where no identifier leads to the work already."""
    return "" if entry.doi else entry.url or ""


def _note(entry: Entry) -> str:
    return "Retracted" if entry.retracted else ""


def _verbatim(text: str) -> str:
    """An address or DOI, which styles hand to ``\\url`` or ``hyperref`` as it stands.

    Only a percent sign, an unbalanced brace and characters outside ASCII could break the file.
    """
    return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", text)


def _fitting(kind: str, fields: dict[str, str], entry: Entry) -> tuple[str, dict[str, str]]:
    """What bibtex takes without a warning: a type whose required fields are there, a sort key."""
    if any(name not in fields for name in REQUIRED.get(kind, ())) and not (
        kind == "book" and "editor" in fields and "publisher" in fields
    ):
        container = fields.pop("booktitle", None) or fields.pop("journal", None)
        kind = "misc"
        if container:
            fields = _after("title", "howpublished", container, fields)
    if kind == "inproceedings" and "volume" in fields and "number" in fields:
        del fields["number"]
    if "author" not in fields and "editor" not in fields:
        fields = {"key": latex.encode(entry.title), **fields}
    return kind, fields


def _after(anchor: str, name: str, text: str, fields: dict[str, str]) -> dict[str, str]:
    """``fields`` with one more right after ``anchor``."""
    found: dict[str, str] = {}
    for other, value in fields.items():
        found[other] = value
        if other == anchor:
            found[name] = text
    return found

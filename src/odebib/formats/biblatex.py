"""BibLaTeX: entries for biber, in Unicode, with its own types and names of fields.

Types and fields are those of BibLaTeX's default data model (manual, sections
2.1 and 2.2), which ``biber --validate-datamodel`` holds files to.
"""

from __future__ import annotations

import re

from odebib.formats.bib import CONTAINERS, Dialect, Fields, Work
from odebib.formats.format import Format
from odebib.formats.wording import HOW_PUBLISHED, publisher
from odebib.model.entry import Entry, EntryType
from odebib.text import degrees, latex

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

THESES = {
    degrees.PHD: "phdthesis",
    degrees.MASTER: "mathesis",
    degrees.BACHELOR: "bathesis",
    "candidate": "candthesis",
}
"""BibLaTeX's words for theses, which it prints in the document's language."""

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

BOOKS = {"book", "collection", "incollection"}
IN_BOOKS = BOOKS | {"inproceedings"}
ALLOWED = {
    "volume": IN_BOOKS | {"article"},
    "number": IN_BOOKS | {"article", "report", "dataset"},
    "issue": {"article"},
    "pages": IN_BOOKS | {"article", "report", "thesis"},
    "isbn": IN_BOOKS | {"thesis"},
    "publisher": IN_BOOKS | {"dataset"},
    "editor": IN_BOOKS | {"article", "online", "misc", "software", "dataset"},
    "series": IN_BOOKS | {"article", "dataset"},
    "edition": BOOKS | {"dataset"},
    "type": {"thesis", "report", "misc"},
    "institution": {"thesis", "report"},
    "eventdate": {"inproceedings", "unpublished"},
    "howpublished": {"misc", "software", "unpublished"},
}
"""Fields that only some types have; elsewhere biber would complain of them."""


def _kind(work: Work) -> str:
    return ENTRY_TYPES[work.type]


def _own(work: Work, kind: str) -> Fields:
    entry = work.entry
    number = entry.number or ""
    return {
        "howpublished": entry.howpublished or "",
        **_container(work, kind),
        # an issue has a name, such as Spring; what has a digit is a number
        "number" if re.search(r"\d", number) else "issue": number,
        "edition": entry.edition or "",
        "publisher": publisher(work.bibliography, entry),
        "eventdate": entry.event_date or "",
        "date": _date(entry),
        **_eprint(entry),
    }


def _container(work: Work, kind: str) -> Fields:
    if kind in {"inproceedings", "incollection"}:
        return {"booktitle": work.container}
    if kind == "article":
        return {"journaltitle": work.container}
    if kind == "thesis":
        degree = work.entry.degree or ""
        return {"type": THESES.get(degree) or degrees.wording(degree), "institution": work.institution}
    if kind == "report":
        return {"type": "techreport", "institution": work.institution}
    if kind == "unpublished":
        how = work.entry.howpublished or HOW_PUBLISHED[work.type]
        return {"howpublished": how, "eventtitle": work.container}
    if kind == "book":
        return {"series": work.entry.series or work.container}
    return {"organization": work.container}


def _date(entry: Entry) -> str:
    if not entry.year:
        return ""
    return f"{entry.year}-{entry.month:02}" if entry.month else str(entry.year)


def _eprint(entry: Entry) -> Fields:
    if entry.arxiv:
        return {"eprint": entry.arxiv, "eprinttype": "arxiv", "eprintclass": entry.arxiv_class or ""}
    if entry.openreview:
        return {"eprint": entry.openreview, "eprinttype": "openreview", "eprintclass": ""}
    return {"eprintclass": ""}


def _fitting(kind: str, fields: Fields, work: Work) -> tuple[str, Fields]:
    """What the data model allows: a type whose demanded fields are there, and no field it does not have."""
    if kind == "book" and "author" not in fields and "editor" in fields:
        kind = "collection"
    elif any(name not in fields for name in REQUIRED.get(kind, ())) or (
        kind == "online" and not fields.keys() & {"url", "doi", "eprint"}
    ):
        kind, fields = "misc", _as_misc(fields)
    return kind, {name: text for name, text in fields.items() if kind in ALLOWED.get(name, {kind})}


def _as_misc(fields: Fields) -> Fields:
    """The fields with the container's name where ``misc`` has its place."""
    where = ", ".join(fields[name] for name in CONTAINERS if name in fields)
    kept = {name: text for name, text in fields.items() if name not in CONTAINERS}
    return {**kept, "howpublished": where} if where else kept


BIBLATEX = Dialect("biblatex", latex.escape, latex.escape_title, _kind, _own, _fitting)

render, render_entry, fields_of = BIBLATEX.render, BIBLATEX.render_entry, BIBLATEX.fields_of

FORMAT = Format(
    "biblatex",
    "BibLaTeX",
    ".biblatex.bib",
    render,
    frozenset({"venues", "abstracts"}),
    is_cited=True,
    is_taken=True,
    is_whole=True,
)

"""BibTeX: entries as classic BibTeX wants them, in ASCII with LaTeX accents.

Which entry type asks for which field is btxdoc's table ("BibTeXing", 1988,
section 3.1); ``eprint``, ``archivePrefix`` and ``primaryClass`` are arXiv's
own (https://info.arxiv.org/help/hypertex/bibstyles/).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from odebib.formats.bib import CONTAINERS, MONTH_MACROS, Dialect, Fields, Work
from odebib.formats.format import Format
from odebib.formats.wording import HOW_PUBLISHED, publisher
from odebib.model.entry import EntryType
from odebib.text import degrees, latex, ordinals

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

BELOW_A_DOCTORATE = frozenset({degrees.MASTER, degrees.BACHELOR, "diploma", "licentiate", "candidate"})
"""Degrees whose theses are a ``mastersthesis``, with what they are in ``type``."""

REQUIRED = {
    "inproceedings": ("author", "booktitle"),
    "article": ("author", "journal"),
    "incollection": ("author", "booktitle", "publisher"),
    "phdthesis": ("author", "school"),
    "mastersthesis": ("author", "school"),
    "book": ("author", "publisher"),
    "techreport": ("author", "institution"),
}
"""Fields without which bibtex warns; an entry that lacks one is a ``misc``."""

WITH_PUBLISHER = frozenset({"inproceedings", "incollection", "book"})
"""Entry types that name a publisher; a journal's says nothing that its name does not."""

WITH_EDITION = frozenset({"incollection", "book"})
"""Entry types that name an edition."""

IN_A_SERIES = WITH_PUBLISHER
"""Entry types whose number is that of their series, for which bibtex asks then."""


def _kind(work: Work) -> str:
    if work.type is EntryType.THESIS and work.entry.degree in BELOW_A_DOCTORATE:
        return "mastersthesis"
    return ENTRY_TYPES.get(work.type, "misc")


def _own(work: Work, kind: str) -> Fields:
    entry = work.entry
    return {
        **_container(work, kind),
        "number": entry.number or "",
        "edition": ordinals.in_words(entry.edition or "") if kind in WITH_EDITION else "",
        "publisher": publisher(work.bibliography, entry) if kind in WITH_PUBLISHER else "",
        "year": str(entry.year or ""),
        "month": MONTH_MACROS[entry.month - 1] if entry.month and entry.year else "",
        "archivePrefix": "arXiv" if entry.arxiv else "",
        "primaryClass": (entry.arxiv_class or "") if entry.arxiv else "",
    }


def _container(work: Work, kind: str) -> Fields:
    if kind in {"inproceedings", "incollection"}:
        return {"booktitle": work.container}
    if kind == "article":
        return {"journal": work.container}
    if kind in {"phdthesis", "mastersthesis"}:
        return {"school": work.institution, "type": _thesis(work, kind)}
    if kind == "techreport":
        return {"institution": work.institution}
    if kind == "book":
        return {"series": work.entry.series or work.container}
    return {"howpublished": _how(work)}


def _thesis(work: Work, kind: str) -> str:
    """What the thesis is, where its entry type does not say so already."""
    said = degrees.PHD if kind == "phdthesis" else degrees.MASTER
    return "" if work.entry.degree == said else degrees.wording(work.entry.degree)


def _whole(work: Work) -> str:
    """A thesis that lacks what its entry type demands, in words."""
    said = (degrees.wording(work.entry.degree), work.institution)
    return latex.encode(", ".join(filter(None, said)))


def _how(work: Work) -> str:
    """How a work was published that is no article, paper or book.

    A preprint says ``arXiv:1806.07366`` in words, because most styles do not know ``eprint``.
    """
    how = work.entry.howpublished or HOW_PUBLISHED.get(work.type, "")
    preprint = f"arXiv:{work.entry.arxiv}" if work.entry.arxiv and not work.container and not how else ""
    return ", ".join(filter(None, (how, work.container, preprint)))


def _fitting(kind: str, fields: Fields, work: Work) -> tuple[str, Fields]:
    """What bibtex takes without a warning: a type whose required fields are there, and a name to sort by."""
    if not _is_complete(kind, fields):
        if work.type is EntryType.THESIS:
            fields = {**fields, "type": "", "howpublished": _whole(work)}
        kind, fields = "misc", _moved("howpublished", fields)
    if kind == "misc" and "author" not in fields:
        kind, fields = "manual", _moved("organization", fields, _host(work.entry.url) or "Anonymous")
    left_out = {"number"} if _is_without_number(kind, fields) else set()
    if kind == "book" and "author" in fields:
        left_out.add("editor")  # a book has the one or the other
    return kind, {name: text for name, text in fields.items() if text and name not in left_out}


def _is_complete(kind: str, fields: Fields) -> bool:
    """Whether the fields are there that an entry type demands; a book has authors or editors."""
    if kind == "book" and "editor" in fields:
        return "publisher" in fields
    return all(name in fields for name in REQUIRED.get(kind, ()))


def _is_without_number(kind: str, fields: Fields) -> bool:
    """Whether bibtex would complain of a number: it goes with a volume or, without one, with a series."""
    if kind == "article":
        return "volume" not in fields
    return kind != "techreport" and not (
        kind in IN_A_SERIES and "series" in fields and "volume" not in fields
    )


def _moved(name: str, fields: Fields, default: str = "") -> Fields:
    """The fields with the container's name in another field.

    A work without an author becomes a ``manual``, the one type that styles sort
    and label by its ``organization``; with a ``key`` natbib would refuse it.
    """
    where = next((fields[container] for container in CONTAINERS if container in fields), default)
    kept = {other: text for other, text in fields.items() if other not in CONTAINERS}
    return {**kept, name: where} if where else kept


def _host(url: str | None) -> str:
    return latex.encode((urlsplit(url).hostname or "").removeprefix("www.")) if url else ""


BIBTEX = Dialect("bibtex", latex.encode, latex.encode_title, _kind, _own, _fitting)

render, render_entry, fields_of = BIBTEX.render, BIBTEX.render_entry, BIBTEX.fields_of

FORMAT = Format(
    "bibtex",
    "BibTeX",
    ".bib",
    render,
    frozenset({"venues", "abstracts"}),
    is_cited=True,
    is_taken=True,
    is_whole=True,
)

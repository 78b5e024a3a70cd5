"""BibTeX: entries as classic BibTeX wants them, in ASCII with LaTeX accents.

Fields come in one fixed order, so that the same data give the same bytes.
Which entry type asks for which field is btxdoc's table ("BibTeXing", 1988,
section 3.1); ``eprint``, ``archivePrefix`` and ``primaryClass`` are arXiv's
own (https://info.arxiv.org/help/hypertex/bibstyles/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from odebib.formats.casing import bare_title, protect_case
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType
from odebib.text import latex
from odebib.text.names import Name

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
    "inproceedings": ("author", "booktitle"),
    "article": ("author", "journal"),
    "incollection": ("author", "booktitle", "publisher"),
    "phdthesis": ("author", "school"),
    "book": ("author", "publisher"),
    "techreport": ("author", "institution"),
}
"""Fields without which bibtex warns; an entry that lacks one is a ``misc``."""

NO_YEAR = "n.d."
"""No date; natbib cannot do without a year."""

MONTH_MACROS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Fields = dict[str, str]
Encode = Callable[[str], str]
FieldsOf = Callable[..., tuple[str, Fields]]


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
        fields["abstract"] = latex.encode(entry.abstract)
    return block(kind, key or entry.key, fields)


def block(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """An entry as it stands in a file; values are encoded already, months are macros."""
    width = max(map(len, fields), default=0)
    lines = [
        f"  {name:<{width}} = {text if text in MONTH_MACROS and name == 'month' else '{' + text + '}'},"
        for name, text in fields.items()
    ]
    return f"@{kind}{{{key},\n" + "\n".join(lines) + "\n}\n"


def fields_of(bibliography: Bibliography, entry: Entry, *, venues: str = "full") -> tuple[str, Fields]:
    """The BibTeX entry type and the fields of an entry, encoded, in output order."""
    kind = ENTRY_TYPES.get(bibliography.type(entry), "misc")
    fields = {
        "author": people(entry.authors, latex.encode),
        "editor": people(entry.editors, latex.encode),
        "title": latex.encode_title(title(bibliography, entry)),
        **_container(bibliography, entry, kind, venues),
        "volume": latex.encode(entry.volume or ""),
        "number": latex.encode(entry.number or ""),
        "pages": page_range(entry, latex.encode),
        "publisher": latex.encode(publisher(bibliography, entry) if kind in WITH_PUBLISHER else ""),
        "year": str(entry.year or NO_YEAR),
        "month": MONTH_MACROS[entry.month - 1] if entry.month else "",
        "isbn": entry.isbn or "",
        "doi": verbatim(entry.doi or ""),
        "eprint": entry.arxiv or "",
        "archivePrefix": "arXiv" if entry.arxiv else "",
        "primaryClass": (entry.arxiv_class or "") if entry.arxiv else "",
        "url": verbatim(address(entry)),
        "note": latex.encode(retraction(entry)),
    }
    return _fitting(kind, {name: text for name, text in fields.items() if text}, entry)


# -- Parts, which BibLaTeX shares ------------------------------------------------------------


def people(authors: Iterable[Name], encode: Encode) -> str:
    """An author list: ``Chen, Ricky T. Q. and others``; groups in braces."""
    return " and ".join(_person(name, encode) for name in authors)


def _person(name: Name, encode: Encode) -> str:
    if name.is_others:
        return "others"
    if name.literal or not name.given:
        whole = str(name)
        in_braces = bool(name.literal) or " " in whole or "," in whole
        return "{" + encode(whole) + "}" if in_braces else encode(whole)
    return ", ".join(_kept_together(encode(part)) for part in (name.last, name.suffix, name.given) if part)


def _kept_together(part: str) -> str:
    """A part of a name; in braces where BibTeX would see two people or parts in it."""
    return "{" + part + "}" if re.search(r"(?:^|\s)and(?:\s|$)|,", part, re.IGNORECASE) else part


def title(bibliography: Bibliography, entry: Entry) -> str:
    """The title with its case protected; that of a website is a name from one end to the other."""
    if bibliography.type(entry) is EntryType.WEBSITE:
        return "{" + bare_title(entry.title) + "}"
    return protect_case(entry.title, bibliography.words)


def venue_title(bibliography: Bibliography, entry: Entry, venues: str) -> str:
    """What the work appeared in: proceedings or journal, with the workshop where it was one."""
    venue = bibliography.venue(entry)
    name = (venue.short if venues == "short" else venue.name) if venue else entry.venue or ""
    if not entry.event:
        return name
    if not name or (venue and venue.short.lower() in entry.event.lower()):
        return entry.event
    return f"{entry.event} at {venue.short if venue else name}"


WITH_PUBLISHER = frozenset({"inproceedings", "incollection", "book"})
"""Entry types that name a publisher; a journal's says nothing that its name does not."""


def publisher(bibliography: Bibliography, entry: Entry) -> str:
    """Who published the work: the entry's own word, or the venue's, who does not publish its workshops."""
    if entry.publisher or bibliography.type(entry) is EntryType.WORKSHOP_PAPER:
        return entry.publisher or ""
    venue = bibliography.venue(entry)
    return venue.publisher if venue and venue.publisher else ""


def page_range(entry: Entry, encode: Encode) -> str:
    """``6571--6583``."""
    return encode(entry.pages or "").replace("-", "--")


def address(entry: Entry) -> str:
    """An address only where no DOI leads to the work already."""
    if entry.doi:
        return ""
    return entry.url or (f"https://openreview.net/forum?id={entry.openreview}" if entry.openreview else "")


def retraction(entry: Entry) -> str:
    """What a reader of the reference must know."""
    if not entry.retracted:
        return ""
    return f"Retracted {entry.retracted.on.year}" if entry.retracted.on else "Retracted"


def verbatim(text: str) -> str:
    """An address or DOI, which styles hand to ``\\url`` or ``hyperref`` as it stands.

    Only braces and backslashes could break the file, and ``^^5c`` is a backslash to TeX.
    """
    return re.sub(r"[{}\\^]", lambda match: f"%{ord(match[0]):02X}", text)


# -- What BibTeX alone needs ---------------------------------------------------------------------


def _container(bibliography: Bibliography, entry: Entry, kind: str, venues: str) -> Fields:
    title = latex.encode(venue_title(bibliography, entry, venues))
    if kind in {"inproceedings", "incollection"}:
        return {"booktitle": title}
    if kind == "article":
        return {"journal": title}
    if kind in {"phdthesis", "techreport"}:
        name = "school" if kind == "phdthesis" else "institution"
        return {name: latex.encode(entry.publisher or "") or title}
    return {"howpublished": _how(bibliography, entry, title)} if kind == "misc" else {"series": title}


def _how(bibliography: Bibliography, entry: Entry, title: str) -> str:
    """How a work was published that is no article, paper or book.

    A preprint says ``arXiv:1806.07366`` in words, because most styles do not know ``eprint``.
    """
    how = HOW_PUBLISHED.get(bibliography.type(entry), "")
    preprint = f"arXiv:{entry.arxiv}" if entry.arxiv and not title and not how else ""
    return ", ".join(filter(None, (how, title, preprint)))


def _fitting(kind: str, fields: Fields, entry: Entry) -> tuple[str, Fields]:
    """What bibtex takes without a warning: a type whose required fields are there, and a name to sort by."""
    if any(name not in fields for name in REQUIRED.get(kind, ())) and not (
        kind == "book" and "editor" in fields and "publisher" in fields
    ):
        kind, fields = "misc", _moved("howpublished", fields)
    if kind == "misc" and "author" not in fields:
        kind, fields = "manual", _moved("organization", fields, _host(entry.url) or "Anonymous")
    if kind == "book" and "author" in fields and "editor" in fields:
        del fields["editor"]  # a book has the one or the other
    if kind not in {"article", "techreport"} or (kind == "article" and "volume" not in fields):
        fields.pop("number", None)  # bibtex asks for a series or a volume to go with it
    return kind, fields


CONTAINERS = ("howpublished", "booktitle", "journal", "school", "institution", "series")


def _moved(name: str, fields: Fields, default: str = "") -> Fields:
    """The fields with the container's name in another field, right behind the title.

    A work without an author becomes a ``manual``, the one type that styles sort
    and label by its ``organization``; with a ``key`` natbib would refuse it.
    """
    where = next((fields[container] for container in CONTAINERS if container in fields), default)
    found: Fields = {}
    for other, text in fields.items():
        if other not in CONTAINERS:
            found[other] = text
        if other == "title" and where:
            found[name] = where
    return found


def _host(url: str | None) -> str:
    return latex.encode((urlsplit(url).hostname or "").removeprefix("www.")) if url else ""

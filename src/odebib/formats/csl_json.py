"""CSL-JSON: what Zotero, pandoc and every citation processor read.

Types and variables are those of CSL 1.0.2
(https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from odebib.formats import json, wording
from odebib.formats.casing import bare_title
from odebib.formats.format import Format
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType
from odebib.model.fields import called, in_order, texts
from odebib.text import emphasis, pages
from odebib.text.names import Name

TYPES = {
    EntryType.CONFERENCE_PAPER: "paper-conference",
    EntryType.WORKSHOP_PAPER: "paper-conference",
    EntryType.JOURNAL_ARTICLE: "article-journal",
    EntryType.PREPRINT: "article",
    EntryType.CHAPTER: "chapter",
    EntryType.THESIS: "thesis",
    EntryType.BOOK: "book",
    EntryType.REPORT: "report",
    EntryType.TALK: "speech",
    EntryType.TUTORIAL: "speech",
    EntryType.SOFTWARE: "software",
    EntryType.WEBSITE: "webpage",
    EntryType.DATASET: "dataset",
    EntryType.OTHER: "document",
}
"""CSL's type for each of ours."""

WITH_CONTAINER = frozenset({"paper-conference", "article-journal", "chapter", "webpage", "document"})
"""Types that appear in something else."""


def render(bibliography: Bibliography, keys: Iterable[str], *, venues: str = "full") -> str:
    """A JSON list with an item for each key, in their order."""
    return json.dumps([item(bibliography, bibliography.entries[key], venues=venues) for key in keys])


def item(bibliography: Bibliography, entry: Entry, *, venues: str = "full") -> dict[str, Any]:
    """One entry; what is absent is left out.

    The arXiv id of a work that has appeared stands in ``note``: styles print
    ``number`` and ``archive`` in place of the pages.
    """
    work_type = bibliography.type(entry)
    kind = TYPES[work_type]
    by_hand: dict[str, Any] = {
        "id": entry.key,
        "citation-key": entry.key,
        "type": kind,
        "title": _title(entry),
        "author": [_person(name) for name in entry.authors],
        "editor": [_person(name) for name in entry.editors],
        "issued": _date(entry),
        **_container(bibliography, entry, kind, venues),
        "event-date": _event_date(entry),
        "genre": wording.genre(bibliography, entry),
        **_number(entry, kind),
        "page": pages.joined(entry.pages, "–" if "--" in entry.pages else "-") if entry.pages else "",
        "publisher": _publisher(bibliography, entry),
        "URL": "" if entry.doi else wording.address(entry),
    }
    said = {variable: _plain(getattr(entry, name)) for name, variable in called("csl-json").items()} | by_hand
    return {name: value for name, value in in_order(said, ORDER).items() if value}


ORDER = (
    "id", "citation-key", "type", "title", "author", "editor", "issued", "container-title",
    "container-title-short", "collection-title", "collection-number",
    "event-title", "event-date", "genre", "medium", "volume",
    "issue", "number", "edition", "page", "publisher", "archive", "DOI", "ISBN", "URL", "abstract", "note",
)  # fmt: skip
"""The order of the variables; all others follow."""


def _title(entry: Entry) -> str:
    """The title, with emphasis as CSL's processors read it."""
    parts = emphasis.split(bare_title(entry.title))
    return "".join(f"<i>{part}</i>" if index % 2 else part for index, part in enumerate(parts))


def _container(bibliography: Bibliography, entry: Entry, kind: str, venues: str) -> dict[str, Any]:
    venue = bibliography.venue(entry)
    where = wording.container(bibliography, entry, venues)
    is_within = kind in WITH_CONTAINER
    return {
        "container-title": where if is_within else "",
        "container-title-short": venue.short if venue and is_within else "",
        "event-title": (entry.event or where) if kind == "speech" else (entry.event or ""),
    }


def _number(entry: Entry, kind: str) -> dict[str, Any]:
    """The number of an issue, report, series or preprint; the arXiv id of what has appeared is a note."""
    arxiv = f"arXiv:{entry.arxiv}" if entry.arxiv else ""
    is_preprint = bool(arxiv) and kind == "article"
    return {
        "issue": None,
        "number": arxiv if is_preprint else None,
        **({} if is_preprint else {_numbered(entry, kind): entry.number}),
        "archive": "arXiv" if is_preprint else "",
        "note": "; ".join(filter(None, ("" if is_preprint else arxiv, wording.note(entry)))),
    }


def _numbered(entry: Entry, kind: str) -> str:
    """What an entry's number is the number of."""
    if kind == "report":
        return "number"
    return "collection-number" if entry.series and kind != "article-journal" else "issue"


def _publisher(bibliography: Bibliography, entry: Entry) -> str:
    kind = bibliography.type(entry)
    if kind is EntryType.JOURNAL_ARTICLE:
        return ""
    from_institution = kind in wording.FROM_AN_INSTITUTION
    return (wording.institution if from_institution else wording.publisher)(bibliography, entry)


def _plain(value: Any) -> Any:
    """A value as a variable has it; several are one text."""
    return ", ".join(texts(value)) if isinstance(value, tuple) else value


def _person(name: Name) -> dict[str, str]:
    if name.literal or name.is_others:
        return {"literal": str(name)}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _date(entry: Entry) -> dict[str, list[list[int]]] | None:
    if not entry.year:
        return None
    return {"date-parts": [[entry.year, entry.month] if entry.month else [entry.year]]}


def _event_date(entry: Entry) -> dict[str, list[list[int]]] | None:
    if not entry.event_date:
        return None
    return {"date-parts": [list(map(int, day.split("-"))) for day in entry.event_date.split("/")]}


OTHERS = {"literal": "others"}
"""What stands for the authors that are not named."""

FORMAT = Format(
    "csl-json",
    "CSL-JSON",
    ".csl.json",
    render,
    frozenset({"venues"}),
    is_cited=True,
    is_taken=True,
    is_whole=True,
    has_both_venues=True,
)

"""RIS: the tagged format of EndNote, Mendeley, Zotero and library catalogues.

Tags are those that reference managers agree on
(https://en.wikipedia.org/wiki/RIS_(file_format)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from odebib.formats.bibtex import publisher, retraction, venue_title
from odebib.formats.casing import bare_title
from odebib.formats.markdown import address
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType
from odebib.text.names import Name

TYPES = {
    EntryType.CONFERENCE_PAPER: "CONF",
    EntryType.WORKSHOP_PAPER: "CONF",
    EntryType.JOURNAL_ARTICLE: "JOUR",
    EntryType.PREPRINT: "UNPB",
    EntryType.CHAPTER: "CHAP",
    EntryType.THESIS: "THES",
    EntryType.BOOK: "BOOK",
    EntryType.REPORT: "RPRT",
    EntryType.TALK: "SLIDE",
    EntryType.TUTORIAL: "SLIDE",
    EntryType.SOFTWARE: "COMP",
    EntryType.WEBSITE: "ELEC",
    EntryType.DATASET: "DATA",
    EntryType.OTHER: "GEN",
}
"""The type of reference for each of ours."""


def render(bibliography: Bibliography, keys: Iterable[str], *, venues: str = "full") -> str:
    """A reference for each key, in their order."""
    return "\n".join(_reference(bibliography, bibliography.entries[key], venues) for key in keys)


def _reference(bibliography: Bibliography, entry: Entry, venues: str) -> str:
    tagged = ((tag, " ".join(value.split())) for tag, value in _tags(bibliography, entry, venues) if value)
    return "".join(f"{tag}  - {value}\n" for tag, value in tagged) + "ER  - \n"


def _tags(bibliography: Bibliography, entry: Entry, venues: str) -> Iterator[tuple[str, str]]:
    kind = bibliography.type(entry)
    first, _, last = (entry.pages or "").partition("-")
    yield "TY", TYPES[kind]
    yield "ID", entry.key
    yield from (("AU", _person(name)) for name in entry.authors)
    yield from (("A2" if kind is not EntryType.BOOK else "ED", _person(name)) for name in entry.editors)
    yield "TI", bare_title(entry.title)
    where = venue_title(bibliography, entry, venues)
    yield "T2", where
    yield "JO", where if kind is EntryType.JOURNAL_ARTICLE else ""
    yield "PY", str(entry.year or "")
    yield "DA", f"{entry.year}/{entry.month:02}//" if entry.year and entry.month else ""
    yield "VL", entry.volume or ""
    yield "IS", entry.number or ""
    yield "SP", first
    yield "EP", last
    yield "PB", publisher(bibliography, entry) if kind is not EntryType.JOURNAL_ARTICLE else ""
    yield "SN", entry.isbn or ""
    yield "DO", entry.doi or ""
    yield "AN", f"arXiv:{entry.arxiv}" if entry.arxiv else ""
    yield "UR", address(entry)
    yield "L1", next(iter(entry.links.pdf), f"https://arxiv.org/pdf/{entry.arxiv}" if entry.arxiv else "")
    yield "AB", entry.abstract or ""
    yield from (("KW", tag.name) for tag in bibliography.tags_of(entry))
    yield "N1", retraction(entry)


def _person(name: Name) -> str:
    """``Family, Given, Suffix``, as the format wants it."""
    if name.literal or name.is_others:
        return str(name)
    return ", ".join(part for part in (name.last, name.given, name.suffix) if part)

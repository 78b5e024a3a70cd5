"""RIS: the tagged format of EndNote, Mendeley, Zotero and library catalogues.

Tags are those that reference managers agree on
(https://en.wikipedia.org/wiki/RIS_(file_format)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from odebib.formats import wording
from odebib.formats.casing import bare_title
from odebib.formats.format import Format
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType
from odebib.model.fields import called, in_order, texts
from odebib.text import emphasis, pages
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
    by_hand = {"TY": [TYPES[bibliography.type(entry)]], "ID": [entry.key]}
    by_hand |= _people(bibliography, entry) | _publication(bibliography, entry, venues)
    plainly: dict[str, list[str]] = {}
    for name, tag in called("ris").items():
        if tag not in by_hand:
            plainly.setdefault(tag, []).extend(texts(getattr(entry, name)))
    for tag, values in in_order(by_hand | plainly, ORDER).items():
        yield from ((tag, value) for value in values)


ORDER = (
    "TY", "ID", "AU", "A2", "ED", "TI", "T2", "JO", "T3", "PY", "DA", "VL", "IS", "ET", "SP", "EP", "PB",
    "M3", "SN", "DO", "AN", "UR", "L1", "AB", "KW", "N1",
)  # fmt: skip
"""The order of the tags, of which the first has to be the first; all others follow."""


def _people(bibliography: Bibliography, entry: Entry) -> dict[str, list[str]]:
    is_book = bibliography.type(entry) is EntryType.BOOK
    return {
        "AU": [_person(name) for name in entry.authors],
        "A2" if not is_book else "ED": [_person(name) for name in entry.editors],
    } | ({} if is_book else {"ED": []})


def _publication(bibliography: Bibliography, entry: Entry, venues: str) -> dict[str, list[str]]:
    """What is not written just as the entry has it."""
    kind = bibliography.type(entry)
    is_article = kind is EntryType.JOURNAL_ARTICLE
    from_institution = kind in wording.FROM_AN_INSTITUTION
    where = wording.container(bibliography, entry, venues)
    publisher = wording.institution if from_institution else wording.publisher
    first, last = pages.ends(entry.pages or "")
    pdf = f"https://arxiv.org/pdf/{entry.arxiv}" if entry.arxiv else ""
    return {
        "TI": [emphasis.without(bare_title(entry.title))],
        "T2": [where],
        "JO": [where if is_article else ""],
        "PY": [str(entry.year or "")],
        "DA": [f"{entry.year}/{entry.month:02}//" if entry.year and entry.month else ""],
        "SP": [first],
        "EP": [last],
        "PB": ["" if is_article else publisher(bibliography, entry)],
        "M3": [wording.genre(bibliography, entry) if kind is EntryType.THESIS else ""],
        "AN": [f"arXiv:{entry.arxiv}" if entry.arxiv else ""],
        "UR": [wording.address(entry)],
        "L1": [next(iter(entry.links.pdf), pdf)],
        "KW": [tag.name for tag in bibliography.tags_of(entry)],
        "N1": [wording.note(entry)],
    }


def _person(name: Name) -> str:
    """``Family, Given, Suffix``, as the format wants it."""
    if name.literal or name.is_others:
        return str(name)
    return ", ".join(part for part in (name.last, name.given, name.suffix) if part)


FORMAT = Format(
    "ris", "RIS", ".ris", render, frozenset({"venues"}), is_cited=True, is_taken=True, is_whole=True
)

"""What an entry inherits: from the data it shares (``xdata``) and the volume it stands in (``crossref``).

As BibTeX and biber do it (biblatex, appendix B): a field that is missing comes
from the parent, under the name that fits the child, and the parent may inherit
itself. What belongs to the parent alone (its DOI, its pages) is never passed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from odebib.sources.bibtex.blocks import Block, Fields

OWN = frozenset(
    {
        "crossref", "xref", "xdata", "entryset", "entrysubtype", "execute", "label", "options", "presort",
        "related", "relatedtype", "relatedstring", "relatedoptions", "shorthand", "sortkey", "ids", "file",
        "keywords", "abstract", "doi", "url", "urldate", "eprint", "pages", "pagetotal", "annote",
        "annotation", "isbn", "shorttitle", "sorttitle", "key", "bookauthor",
    }
)  # fmt: skip
"""Fields that are never passed on."""

TITLES = ("title", "subtitle", "titleaddon")
WHOLES = ("mvbook", "mvcollection", "mvproceedings", "mvreference")
BOOKS = ("book", "collection", "proceedings", "reference", "manual", "booklet")
ARTICLES = ("article", "suppperiodical")


def inherited(block: Block, by_key: Mapping[str, Block], way: tuple[str, ...] = ()) -> Fields:
    """An entry's values with what ``xdata`` and ``crossref`` add, to any depth."""
    if block.key.casefold() in way or len(way) > DEEPEST:
        return block.values
    way = (*way, block.key.casefold())
    values = _with_pieces(block.values, by_key)
    for key in values.get("xdata", "").split(","):
        if data := by_key.get(key.strip().casefold()):
            values = {**inherited(data, by_key, way), **values}
    parent = by_key.get(values.get("crossref", "").strip().casefold())
    if parent is None or parent is block:
        return values
    given = inherited(parent, by_key, way)
    passed = {name: value for name, value in given.items() if name not in {*OWN, *TITLES}}
    return {**_titles(block.type, parent.type, values, given), **passed, **values}


DEEPEST = 10
"""So many generations are enough for any series."""


def _titles(child: str, parent: str, values: Fields, given: Fields) -> Fields:
    """The parent's title under the name that it has in the child; a child without title has the parent's."""
    if "title" not in values:
        return {name: given[name] for name in TITLES if name in given}
    if child in BOOKS and parent not in WHOLES:
        return {}
    what = "main" if parent in WHOLES else "journal" if child in ARTICLES else "book"
    return {f"{what}{name}": given[name] for name in TITLES if name in given}


RE_PIECE = re.compile(r"xdata=([^\s{}]+?)-([a-z]+)(?:-(\d+))?", re.IGNORECASE)
"""One field of the shared data, or one item of a list in it: ``xdata=home-author-1``."""


def _with_pieces(values: Fields, by_key: Mapping[str, Block]) -> Fields:
    """The values with single pieces of shared data in their places."""
    if not any("xdata=" in value for value in values.values()):
        return values

    def piece(match: re.Match[str]) -> str:
        data = by_key.get(match[1].casefold())
        value = data.values.get(match[2].lower(), "") if data else ""
        items: Sequence[str] = re.split(r"\s+and\s+", value)
        number = int(match[3] or 0)
        return items[number - 1] if 0 < number <= len(items) else value

    return {name: RE_PIECE.sub(piece, value) for name, value in values.items()}

"""From the pieces of a list item to the fields of a record.

An item begins with its title (a link, bold text, or what stands before the
first link) and goes on with people, venue, year, links and remarks in any
order. Text that is none of these is what the list says of the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from odebib.sources.citations.citation import read_citation
from odebib.sources.markdown.cells import take_cell
from odebib.sources.markdown.dialects import DIALECTS
from odebib.sources.markdown.fields import type_of_section
from odebib.sources.markdown.items import Item, is_external
from odebib.sources.markdown.links import badge, label_kind, repository_of_badge
from odebib.sources.markdown.phrases import (
    RE_LABELLED,
    first_people,
    is_venue,
    no_empty_brackets,
    people_of,
    people_of_column,
)
from odebib.sources.markdown.pieces import (
    EDGES,
    Piece,
    from_text,
    no_ornaments,
    plain,
    split_lines,
    unstyled_brackets,
    without_start,
)
from odebib.sources.markdown.prefixes import take_prefixes
from odebib.sources.markdown.titled import Titled
from odebib.text.folding import fold_words

MOST_PIECES = 1000
"""An item of more pieces is no item of a list; only its start is read."""


def read_item(item: Item, headings: Sequence[str]) -> dict[str, Any]:
    """The fields of an item's record; without ``title`` if it tells none."""
    reading = _Reading(type_of_section(headings))
    lead = reading.take_images(item.pieces)[:MOST_PIECES]
    if item.is_named:
        reading.take_title(lead)
    elif item.is_citation:
        reading.take_citation(lead)
    else:
        reading.take_lead(lead)
    for column, cell in item.columns.items():
        take_cell(reading, column, reading.take_images(cell))
    for detail in item.details:
        reading.take_detail(reading.take_images(detail)[:MOST_PIECES])
    for quote in item.quotes:
        reading.take_quote(quote)
    return reading.finish()


QUOTING = frozenset({"abstract", "summary", "tl;dr", "tldr", "description", "摘要"})
"""Labels behind which a text is quoted."""
NAMES_PEOPLE = frozenset({"author", "authors", "作者"})
REMARKS = frozenset({"note", "notes", "说明", "备注"})
SAY_NOTHING = frozenset(
    {"institution", "institutions", "affiliation", "affiliations", "单位", "机构", "bibtex"}
)
"""Labels of people, of remarks, and of what no field of a record holds."""
LONGEST_REMARK = 40
"""So many words below an item are no remark of the list but quoted."""


class _Reading(Titled):
    """Reads an item in the order in which it tells its fields."""

    # Pieces

    def take_images(self, pieces: Iterable[Piece]) -> list[Piece]:
        """``pieces`` without images; badges become tags, venues or links."""
        kept: list[Piece] = []
        for piece in pieces:
            if not piece.image:
                kept.append(piece)
            elif link := self.take_badge(piece):
                kept.append(link)
        return kept

    def take_badge(self, piece: Piece) -> Piece | None:
        repository = repository_of_badge(piece.image)
        found = badge(piece)
        if repository:
            self.add_link("code", repository)
            return None
        text = found[0] if found else piece.text
        if is_external(piece) and label_kind(text) is not None:
            return Piece(text, href=piece.href)
        if is_external(piece) and label_kind(piece.text):
            return Piece(piece.text, href=piece.href)
        if found and not (self.take_venue(found[0]) or self.take_award(found[0])):
            self.tags.append(found[0])
        return None

    def take_lead(self, pieces: list[Piece]) -> None:
        """The paragraph that holds the title."""
        pieces = unstyled_brackets([replace(piece, text=no_ornaments(piece)) for piece in pieces])
        pieces = take_prefixes(self, pieces)
        if not pieces:
            return
        title, rest = next(found for dialect in DIALECTS if (found := dialect.find_title(self, pieces)))
        self.set_title(title)
        self.take_rest(rest)

    def take_title(self, pieces: Sequence[Piece]) -> None:
        """A cell of a column that is called title: its text is one, with its links."""
        lines = [line for line in split_lines(pieces) if fold_words(plain(line))]
        first = lines[0] if lines else []
        words = [piece for piece in first if not piece.href or label_kind(piece.text) is None]
        self.set_title(plain(replace(piece, text=no_ornaments(piece)) for piece in words))
        self.take_links_within(first)
        self.take_rest([piece for line in lines[1:] for piece in [*line, Piece("\n")]])

    def take_citation(self, pieces: Sequence[Piece]) -> None:
        """A paragraph that is a citation, with its addresses."""
        self.fields |= read_citation(plain(piece for piece in pieces if not is_external(piece)))
        self.take_links_within(pieces)

    def take_detail(self, pieces: list[Piece]) -> None:
        """A further paragraph or a sub-bullet of the item."""
        pieces = from_text([replace(piece, text=no_ornaments(piece)) for piece in pieces], keep_breaks=True)
        pieces = [replace(piece, text=piece.text.lstrip()) for piece in pieces[:1]] + pieces[1:]
        text = plain(pieces).strip()
        label = RE_LABELLED.match(text)
        if label and self.take_labelled(label[1].lower(), text, text[label.end() :], pieces):
            return
        if label:
            pieces = without_start(pieces, label.end())
        body = plain(piece for piece in pieces if not (piece.href and label_kind(piece.text) is not None))
        bare = no_empty_brackets(body).strip(EDGES + ". ")
        if "authors" not in self.fields and (self.take_around_title(bare) or self.take_whole_citation(bare)):
            self.take_links_within(pieces)
        elif not any(piece.href for piece in pieces) and len(fold_words(bare)) >= LONGEST_REMARK:
            self.quotes.append(text)
        else:
            self.take_rest(pieces)

    def take_labelled(self, name: str, text: str, said: str, pieces: list[Piece]) -> bool:
        """Read what a label names; False where what it says is to be told by its looks."""
        if name in QUOTING:
            self.take_quote(text if name == "abstract" else said)
        elif name in NAMES_PEOPLE:
            self.set_people(people_of_column(said))
        elif name in REMARKS:
            self.take_remark(no_empty_brackets(said), "(")
            self.take_links_within(pieces)
        return name in QUOTING | NAMES_PEOPLE | REMARKS | SAY_NOTHING

    def take_whole_citation(self, text: str) -> bool:
        """A citation below a title that was only the start of it."""
        if not self.title_is_plain or len(text) >= 1500 or people_of(text) or is_venue(text):
            return False
        found = dict(read_citation(text)) if first_people(text) else {}
        if not found.get("authors") or not found.get("title"):
            return False
        self.fields |= found
        return True

    def take_around_title(self, text: str) -> bool:
        """A citation that repeats the title: people before it, venue and year after it."""
        title = str(self.fields.get("title", ""))
        start = text.casefold().find(title.casefold()) if title else -1
        people = people_of(text[: max(start, 0)].strip(EDGES + '*_"“. '))
        if not people:
            return False
        self.set_people(people)
        after = text[start + len(title) :]
        if after.lstrip().startswith(":"):
            subtitle, _, after = after.partition(",")
            self.fields["title"] = title + subtitle.rstrip(" .")
        after = after.strip(EDGES + '*_"”. ')
        if not self.take_short(after):
            self.take_venue(after, expected=True)
        return True

    def take_quote(self, text: str) -> None:
        """Quoted text; an abstract where it is called one."""
        label = re.match(r"\s*abstract\s*[:.\-–—]\s*", text, re.IGNORECASE)
        if label and "abstract" not in self.fields:
            self.fields["abstract"] = text[label.end() :]
        elif text.strip():
            self.quotes.append(text)

"""The title of an item once a dialect has found it, and what a plain citation tells besides."""

from __future__ import annotations

import re
from typing import Any

from odebib.model.entry import EntryType
from odebib.sources.citations.author_line import read_people
from odebib.sources.citations.awards import split_awards
from odebib.sources.citations.citation import read_citation
from odebib.sources.markdown.phrases import trimmed, venue_of
from odebib.sources.markdown.pieces import EDGES
from odebib.sources.markdown.remainder import Remainder
from odebib.text.folding import fold_words
from odebib.text.names import OTHERS

READ_AS_CITATION = frozenset({EntryType.BOOK, EntryType.THESIS})


class Titled(Remainder):
    """Knows an item's title, and takes from it what is none."""

    def read_plain_citation(self, text: str) -> str:
        """The title of a citation without markup; its other fields are kept."""
        bare, awards = split_awards(text.strip(EDGES))
        found = dict(read_citation(bare))
        if self.section_type and self.section_type not in READ_AS_CITATION and "authors" not in found:
            found = {"title": bare}
        title = str(found.pop("title", "") or "") or _title_among_people(found)
        self.awards += awards
        if not title:
            return bare
        for name, value in found.items():
            self.fields.setdefault(name, value)
        return title

    def set_title(self, text: str) -> None:
        title, awards = split_awards(trimmed(text))
        title = self.without_trailing_venue(trimmed(title))
        title, more = split_awards(title)
        self.awards += [*awards, *more]
        title = self.without_trailing_people(trimmed(title))
        if fold_words(title) or re.search(r"\w", title):
            self.fields["title"] = title

    def without_trailing_venue(self, title: str) -> str:
        """``title`` without a closing ``(NeurIPS 2019)``."""
        match = re.search(r"\s*[(\[]([^()\[\]]{2,60})[)\]]$", title)
        if match and match.start() and (venue_of(match[1]) or {}).get("year"):
            self.take_venue(match[1])
            return title[: match.start()]
        return title

    def without_trailing_people(self, title: str) -> str:
        """A website's or a talk's title without the people in parentheses."""
        match = re.search(r"\s*\(([^()]{5,120})\)$", title)
        types = (EntryType.WEBSITE, EntryType.TALK, EntryType.TUTORIAL, EntryType.BOOK)
        if match and match.start() and self.section_type in types and (people := read_people(match[1])):
            self.set_people(people)
            return title[: match.start()]
        return title


def _title_among_people(fields: dict[str, Any]) -> str:
    """The last of people before a venue, where no title is left: ``Lee, Natural Actors, ECML``."""
    people = fields.get("authors", [])
    if len(people) < 2 or not {"venue", "year"} & fields.keys() or people[-1] == OTHERS:
        return ""
    fields["authors"] = people[:-1]
    return str(people[-1])

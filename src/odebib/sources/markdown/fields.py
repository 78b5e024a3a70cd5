"""The fields of one record while a list item is being read: values, links, and the type that follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from odebib.model.entry import EntryType
from odebib.sources.citations.awards import split_awards
from odebib.sources.markdown.links import is_pdf, kind_of_url, label_kind
from odebib.sources.markdown.phrases import (
    MONTHS,
    PLATFORMS,
    RE_DAY_FIRST,
    RE_LICENCE,
    RE_PREPRINT_DATE,
    RE_WRITTEN_DATE,
    bare_text,
    expected_venue,
    joined_remarks,
    venue_of,
)
from odebib.sources.markdown.pieces import EDGES, RE_ORNAMENT, Piece
from odebib.text import identifiers
from odebib.text.folding import fold, fold_words

SECTION_TYPES: dict[str, EntryType] = {
    word: type_
    for type_, words in {
        EntryType.SOFTWARE: "software libraries library packages package tools tool toolboxes toolbox "
        "toolkits toolkit framework frameworks repos repo repositories repository implementations "
        "implementation codes code codebases codebase plugins",
        EntryType.TALK: "videos video talks talk keynotes keynote seminars seminar presentations",
        EntryType.TUTORIAL: "tutorials tutorial courses course lectures lecture notebooks notebook",
        EntryType.WEBSITE: "blogs blog websites website webpage posts post sites site newsletters podcasts "
        "conferences conference workshops workshop events event communities community researchers",
        EntryType.BOOK: "books book textbooks textbook",
        EntryType.DATASET: "datasets dataset benchmarks benchmark data",
        EntryType.THESIS: "theses thesis dissertations dissertation",
    }.items()
    for word in words.split()
}
"""Words of headings that say what stands below them."""
SURE_WORDS = frozenset(
    fold_words(
        "software libraries packages tools toolboxes toolbox toolkits repos repositories implementations "
        "codes codebases plugins videos talks keynotes seminars tutorials courses lectures notebooks blogs "
        "websites newsletters podcasts conferences workshops books textbooks datasets benchmarks theses "
        "dissertations"
    )
)
"""Those that say so when they begin or end a heading among others: ``PyTorch Packages``."""
NEUTRAL_WORDS = frozenset(
    fold_words(
        "and or the a of for in other others misc useful related introductory online official open source "
        "awesome more further additional resources python julia matlab c cpp r rust java pytorch tensorflow "
        "jax jupyter github invited academic scientific"
    )
)
PAPER_WORDS = frozenset(
    fold_words("paper papers publication publications survey surveys review reviews article articles")
)
LONGEST_SUMMARY = 400
"""A longer text on a paper is no sentence of the list but a quoted abstract."""


def type_of_section(headings: Sequence[str]) -> EntryType | None:
    """The kind of thing that the headings announce, the innermost first.

    >>> str(type_of_section(["Software and Libraries", "Python"]))
    'software'
    >>> type_of_section(["Image and Video Generation"]), type_of_section(["Software", "Papers"])
    (None, None)
    """
    folded = [fold_words(RE_ORNAMENT.sub(" ", heading)) for heading in reversed(headings)]
    for words in folded:
        if not PAPER_WORDS.isdisjoint(words):
            return None
        telling = [word for word in words if word in SECTION_TYPES]
        if telling and all(word in NEUTRAL_WORDS or word in SECTION_TYPES for word in words):
            return SECTION_TYPES[telling[0]]
    ends = (word for words in folded for word in (words[-1:] + words[:1]))
    return next((SECTION_TYPES[word] for word in ends if word in SURE_WORDS), None)


MAY_BE_PAPER = frozenset({"link", "paper", "project"})
"""Kinds of links whose address may be the work's own."""


class Fields:
    """What was read of one item so far; what it told first stands."""

    def __init__(self, section_type: EntryType | None) -> None:
        self.section_type = section_type
        self.fields: dict[str, Any] = {}
        self.links: dict[str, list[str]] = {}
        self.tags: list[str] = []
        self.awards: list[str] = []
        self.remarks: list[str] = []
        self.notes: list[str] = []
        self.quotes: list[str] = []
        self.chips: list[str] = []
        self.main_kind = ""
        self.title_is_plain = False

    # Values

    def take_venue(self, text: str, *, expected: bool = False) -> bool:
        found = expected_venue(text) if expected else venue_of(text)
        for name, value in (found or {}).items():
            if name == "awards":
                self.awards += value
            else:
                self.fields.setdefault(name, value)
        return found is not None

    def take_award(self, text: str) -> bool:
        rest, awards = split_awards(f"x ({text.strip('()[] ')})")
        if awards and rest == "x":
            self.awards += awards
            return True
        return False

    def take_date(self, year: str, month: str | None) -> None:
        self.fields.setdefault("year", int(year))
        if month:
            self.fields.setdefault("month", str(int(month)))

    def take_written_date(self, text: str) -> bool:
        if match := RE_PREPRINT_DATE.fullmatch(text):
            self.take_date(match[1], match[2])
            return True
        if match := RE_DAY_FIRST.fullmatch(text):
            self.take_date(match[1], None)
            return True
        match = RE_WRITTEN_DATE.fullmatch(text.strip(EDGES + "."))
        if match and "year" not in self.fields:
            self.take_date(match[2], str(MONTHS.index(match[1].lower()) + 1))
        return bool(match)

    def set_people(self, people: Sequence[str]) -> None:
        if people:
            self.fields.setdefault("authors", list(people))

    # Links

    def take_links_within(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if piece.href:
                self.take_link(piece, main=not self.main_kind and label_kind(piece.text) is None)

    def take_link(self, piece: Piece, *, main: bool, kind: str = "") -> None:
        """File an address under its kind; the main link is the one the title or venue bears."""
        url = piece.href
        label = label_kind(bare_text(piece.text))
        if not identifiers.is_web_address(url) or (label == "" and not main and not kind):
            return
        if main and label is None:
            kind = self.add_main_link(kind_of_url(url), url)
        elif (kind := kind or label or kind_of_url(url)) in MAY_BE_PAPER:
            kind = self.add_main_link(kind_of_url(url) if kind == "link" else kind, url, beside=not main)
        else:
            self.add_link("project" if kind == "package" else kind, url)
        if main:
            self.main_kind = self.main_kind or kind

    @property
    def goes_with_paper(self) -> bool:
        """Whether a paper that is linked beside it is another work: it is a library, not a paper."""
        named = {"venue", "authors"} & self.fields.keys()
        return self.is_software and (self.main_kind == "code" or not named)

    def add_main_link(self, kind: str, url: str, *, beside: bool = False) -> str:
        """Add the identifiers of an address, or one that has none, and give its kind."""
        found = {} if kind in {"code", "video"} else identifiers.of_url(url)
        if found and beside and self.goes_with_paper:
            return ""
        for name, value in found.items():
            self.fields.setdefault(name, value)
        if not found:
            self.add_paper_link(kind, url)
        return "paper" if found else kind

    def add_paper_link(self, kind: str, url: str) -> None:
        if is_pdf(url) and kind != "code":
            self.add_link("pdf", url)
        elif kind in {"code", "video"} or (kind == "project" and self.section_type in {None, EntryType.TALK}):
            self.add_link(kind, url)
        elif self.fields.setdefault("url", url) != url:
            self.add_link("" if kind == "paper" else "project", url)

    def add_link(self, kind: str, url: str) -> None:
        urls = self.links.setdefault(kind, []) if kind else []
        if url.rstrip("/") not in (known.rstrip("/") for known in urls):
            urls.append(url)

    # Result

    @property
    def is_software(self) -> bool:
        return self.section_type is EntryType.SOFTWARE

    def finish(self) -> dict[str, Any]:
        fields = self.fields
        if type_ := self.type():
            fields["type"] = type_
        if self.chips and type_ is EntryType.SOFTWARE:
            self.take_chips()
        summary = joined_remarks(self.remarks, self.chips if "licence" in fields else [])
        if len(summary) > LONGEST_SUMMARY and type_ is None:
            self.quotes.insert(0, summary)
            summary = ""
        optional = {
            "links": self.links,
            "tags": list(dict.fromkeys(self.tags)),
            "awards": list(dict.fromkeys(self.awards)),
            "summary": summary,
            "note": "; ".join(dict.fromkeys(self.notes)),
            "quote": "\n\n".join(self.quotes),
        }
        return fields | {name: value for name, value in optional.items() if value}

    @property
    def is_paper(self) -> bool:
        """Whether a paper's identifier, its PDF, or people with venue and year speak for a paper."""
        told = self.fields.keys()
        return bool(
            told & {"arxiv", "doi", "openreview"}
            or self.links.get("pdf")
            or {"authors", "venue", "year"} <= told
        )

    def type(self) -> EntryType | None:
        """The kind of thing, where the list tells; papers are left to their venue."""
        is_paper = self.is_paper
        if self.section_type in {EntryType.BOOK, EntryType.DATASET}:
            return None if is_paper else self.section_type
        if self.section_type is EntryType.THESIS:
            return self.section_type
        if is_paper or ("venue" in self.fields and self.section_type in {None, EntryType.SOFTWARE}):
            return None
        if self.section_type:
            return self.section_type
        only_code = set(self.links) <= {"code", "docs"} and "code" in self.links and "url" not in self.fields
        if only_code and "authors" not in self.fields:
            return EntryType.SOFTWARE
        if self.main_kind == "video" and "authors" not in self.fields:
            return EntryType.TALK
        return None

    def take_chips(self) -> None:
        """Code-styled words after a description: licence, then languages or platforms."""
        licences = [chip for chip in self.chips if RE_LICENCE.fullmatch(chip)]
        if licences:
            self.fields.setdefault("licence", licences[0])
            others = [part for chip in self.chips if chip not in licences for part in chip.split("/")]
            others = [part for part in others if part[:1].isalpha() and fold(part) not in PLATFORMS]
            self.fields.setdefault("language", others)

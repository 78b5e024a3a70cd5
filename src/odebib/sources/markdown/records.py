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

from odebib.model.entry import EntryType
from odebib.sources.citations.citation import read_citation, read_people, split_awards
from odebib.sources.markdown.fields import Fields, type_of_section
from odebib.sources.markdown.items import Item, is_external
from odebib.sources.markdown.links import badge, is_filler, kind_of_url, label_kind, repository_of_badge
from odebib.sources.markdown.phrases import (
    RE_BRACKETED,
    RE_CHECKBOX,
    RE_DATE,
    RE_LABELLED,
    RE_QUOTED_TITLE,
    RE_SEPARATOR,
    RE_SUBJECT_CLASS,
    bare_text,
    begins_with_people,
    emphasised_people,
    first_people,
    is_venue,
    made_by,
    may_be_title,
    no_empty_brackets,
    people_of,
    trimmed,
    unwrapped,
    venue_of,
)
from odebib.sources.markdown.pieces import (
    EDGES,
    Piece,
    from_text,
    no_ornaments,
    plain,
    run_of,
    split_lines,
    without_start,
)
from odebib.text import identifiers
from odebib.text.folding import fold_words

READ_AS_CITATION = frozenset({EntryType.BOOK, EntryType.THESIS})
MOST_PIECES = 1000
"""An item of more pieces is no item of a list; only its start is read."""


def read_item(item: Item, headings: Sequence[str]) -> dict[str, Any]:
    """The fields of an item's record; without ``title`` if it tells none."""
    reading = _Reading(type_of_section(headings))
    lead = reading.take_images(item.pieces)[:MOST_PIECES]
    if item.is_citation:
        reading.take_citation(lead)
    else:
        reading.take_lead(lead)
    reading.take_columns({name: reading.take_images(cell) for name, cell in item.columns.items()})
    for detail in item.details:
        reading.take_detail(reading.take_images(detail)[:MOST_PIECES])
    for quote in item.quotes:
        reading.take_quote(quote)
    return reading.finish()


class _Reading(Fields):
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
        pieces = self.take_prefix([replace(piece, text=no_ornaments(piece)) for piece in pieces])
        title, rest = self.find_title(pieces)
        self.set_title(title)
        self.take_rest(rest)

    def take_citation(self, pieces: Sequence[Piece]) -> None:
        """A paragraph that is a citation, with its addresses."""
        self.fields |= read_citation(plain(piece for piece in pieces if not is_external(piece)))
        self.take_links_within(pieces)

    def take_prefix(self, pieces: list[Piece]) -> list[Piece]:
        """``pieces`` from where the title begins; dates, venues and marks before it are read."""
        while pieces:
            first, rest = pieces[0], pieces[1:]
            text = first.text
            if not text.strip(EDGES + "*") or (
                first.code and rest and not first.href and self.take_short(text)
            ):
                pieces = rest
            elif first.href and may_be_title(rest) and self.take_venue(bare_text(text)):
                self.take_link(first, main=True)
                pieces = rest
            elif (
                (first.strong or first.emphasis)
                and may_be_title(rest)
                and not first.href
                and self.take_short(text)
            ):
                pieces = rest
            elif (cut := self.take_prefix_text(text, bool(rest))) and not first.href:
                pieces = [replace(first, text=text[cut:]), *rest]
            else:
                break
        return pieces

    def take_prefix_text(self, text: str, more: bool) -> int:
        """How much of a text before the title is a checkbox, a date or a bracketed venue."""
        if match := RE_CHECKBOX.match(text):
            return match.end()
        match = RE_DATE.match(text)
        if match and (match.end() == len(text) and more):
            self.take_date(match[1], match[2])
            return match.end()
        match = RE_BRACKETED.match(text)
        if match and (match.end() < len(text) or more):
            inside = next(filter(None, match.groups()))
            if self.take_short(inside) or (len(inside.split()) < 4 and text.lstrip()[0] in "[【"):
                return match.end()
        return 0

    def take_short(self, text: str) -> bool:
        """Read a short text before or after the title: a date, venue or award."""
        text = bare_text(text)
        date = RE_DATE.fullmatch(text)
        if date:
            self.take_date(date[1], date[2])
            return True
        return self.take_written_date(text) or self.take_venue(text) or self.take_award(text)

    # Title

    def find_title(self, pieces: list[Piece]) -> tuple[str, list[Piece]]:
        """The title and the pieces after it; what a plain citation tells besides is read at once."""
        while pieces and pieces[0].href and label_kind(pieces[0].text) is not None:
            self.take_link(pieces[0], main=False)
            pieces = from_text(pieces[1:])
        if not pieces:
            return "", []
        first = pieces[0]
        if first.href:
            run = run_of(pieces, lambda piece: piece.href == first.href)
            self.take_link(first, main=True)
            return plain(run), pieces[len(run) :]
        if first.strong and not first.href:
            run = run_of(pieces, lambda piece: piece.strong and not piece.is_break)
            self.take_links_within(run)
            return plain(run), pieces[len(run) :]
        if quoted := RE_QUOTED_TITLE.match(first.text):
            return quoted[1], [replace(first, text=first.text[quoted.end() :]), *pieces[1:]]
        return self.find_plain_title(pieces)

    def find_plain_title(self, pieces: list[Piece]) -> tuple[str, list[Piece]]:
        """The title where it is neither link nor bold: up to the first link, or within a citation."""
        if (made := made_by(pieces)) is not None:
            self.set_people(made[1])
            return made[0], made[2]
        styled = pieces[0].emphasis
        run = run_of(pieces, lambda piece: not piece.href and not piece.is_break and piece.emphasis == styled)
        rest = pieces[len(run) :]
        lead = plain(run).strip()
        following = next(iter(from_text(rest, keep_breaks=True)), Piece(""))
        if following.emphasis and not styled:
            people = people_of(lead.rstrip(EDGES + ". "))
            if people:
                self.set_people(people)
                return self.find_title(from_text(rest))
            if not following.href and not people_of(following.text.strip(EDGES + ". ")):
                run = run_of(pieces, lambda piece: not piece.href and not piece.is_break)
                rest = pieces[len(run) :]
                lead = plain(run)
        return self.title_of_lead(lead.rstrip("[( "), following), rest

    def title_of_lead(self, lead: str, following: Piece) -> str:
        """The title in the plain text that an item begins with."""
        self.title_is_plain = True
        name = re.match(r"([^\s:]+(?:\s[^\s:]+)?)(?:\s+[-–—]|:)\s", lead)
        if self.is_software and name:
            self.take_remark(lead[name.end() :], "-")
            return name[1]
        if following.href and is_venue(bare_text(following.text)) and not begins_with_people(lead):
            return lead
        return self.read_plain_citation(lead)

    def read_plain_citation(self, text: str) -> str:
        """The title of a citation without markup; its other fields are kept."""
        bare, awards = split_awards(text.strip(EDGES))
        found = dict(read_citation(bare))
        if self.section_type and self.section_type not in READ_AS_CITATION and "authors" not in found:
            found = {"title": bare}
        title = str(found.pop("title", "") or "")
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

    # Remainder

    def take_rest(self, pieces: Sequence[Piece]) -> None:
        """What follows the title: links by their kind, text by what it says."""
        for line in split_lines(pieces):
            segment: list[Piece] = []
            for piece in line:
                if piece.code and not piece.href:
                    self.chips.append(piece.text.strip())
                    segment.append(piece)
                elif piece.href and self.take_link_in_text(piece, segment):
                    segment.append(Piece("\0"))
                else:
                    segment.append(piece)
            self.take_line(segment)

    def take_link_in_text(self, piece: Piece, before: Sequence[Piece]) -> bool:
        """Read a link after the title; False if its text is part of a sentence or a person."""
        if not is_external(piece):
            return label_kind(piece.text) is not None
        text = bare_text(piece.text)
        if label_kind(text) is not None or identifiers.is_web_address(text):
            self.take_link(piece, main=False)
            return True
        before_it = plain(before).replace("\0", " ")
        expected = not self.main_kind and not before_it.strip(EDGES + "[]().")
        if self.take_venue(text, expected=expected) or (
            is_filler(text)
            and kind_of_url(piece.href) == "code"
            and re.search(r"(?:^|[\[(,;|.])\s*$", before_it)
        ):
            self.take_link(piece, main=not self.main_kind)
            return True
        said = plain(before).replace("\0", " ").strip(EDGES + "[]().")
        if not said and not self.main_kind:
            if not re.search(r"[a-z]{3}.*\s", text) or len(text.split()) < 7:
                self.take_unknown_venue(text)
            self.take_link(piece, main=True)
            return True
        return False

    def take_unknown_venue(self, text: str) -> None:
        """A link's text right after the title is the venue, known or not."""
        if "venue" not in self.fields and "year" not in self.fields:
            match = re.fullmatch(r"(.+?)[\s,']*((?:19|20)\d\d)?", text)
            if match and match[2]:
                self.fields["venue"] = match[1]
                self.fields["year"] = int(match[2])

    def take_line(self, pieces: Sequence[Piece]) -> None:
        """A line of text after the title."""
        pieces = [replace(piece, text=RE_SUBJECT_CLASS.sub(r"\1", piece.text)) for piece in pieces]
        text = no_empty_brackets(plain(pieces).replace("\0", " "))
        text = re.sub(r"^[)\]]+(?=\s)", "", text)
        bare = text.strip(EDGES + ". ")
        if not fold_words(bare):
            return
        if "authors" not in self.fields and (found := emphasised_people(pieces)):
            before, people, after = found
            self.take_part(before, ".")
            self.set_people(people)
            self.take_part(after, ".")
            return
        opening = text.lstrip()[:1]
        if self.is_software and opening in "-–—:" and not re.match(r"\W*by\s", text, re.IGNORECASE):
            self.take_remark(text, opening)
            return
        if self.take_whole(bare) or self.take_group(bare):
            return
        parts = [part for part in RE_SEPARATOR.split(text) if part.strip(EDGES + ". ")]
        for number, part in enumerate(parts):
            self.take_part(part, opening if not number else "-")

    def take_part(self, text: str, opening: str) -> None:
        text = no_empty_brackets(text)
        bare = text.strip(EDGES + ". ")
        if not fold_words(bare) or self.take_whole(bare):
            return
        if opening in ",.;(" and (rest := self.take_citation_start(text.strip(EDGES + ". "))) is not None:
            text, bare, opening = rest, rest.strip(EDGES + ". "), "-"
            if not fold_words(bare) or self.take_whole(bare):
                return
        self.take_remark(text, opening)

    def take_whole(self, text: str) -> bool:
        """Read a text that is nothing but people, a venue, a date or an award."""
        inner = text[1:-1] if text[:1] + text[-1:] in {"()", "[]"} else text
        inner = inner.strip(EDGES + ". ")
        if self.section_type and self.take_people_and_venue(inner):
            return True
        if self.take_short(inner):
            return True
        if re.match(r"by\s", inner, re.IGNORECASE) or "authors" not in self.fields:
            people = people_of(inner)
            if people:
                self.set_people(people)
                return True
        return self.take_people_and_venue(inner)

    def take_group(self, text: str) -> bool:
        """``by Facebook / Meta``: a group where the people would stand."""
        match = re.fullmatch(r"by\s+([^.:;{}]{2,60}|\S{2,60})", text, re.IGNORECASE)
        if not match or "authors" in self.fields or len(match[1].split()) > 7:
            return False
        self.set_people(["{" + group + "}" for group in re.split(r"\s+/\s+|,\s+|\s+and\s+", match[1])])
        return True

    def take_people_and_venue(self, text: str) -> bool:
        """``Mildenhall et al., ECCV 2020`` or ``(2015), G. Hinton et al.``, wholly understood."""
        if len(text) > 3000 or "authors" in self.fields:
            return False
        led = first_people(re.sub(r"^by\s+", "", text, flags=re.IGNORECASE))
        if led:
            rest = led[1].strip(EDGES + ".()")
            if not rest or self.take_short(rest) or self.take_venue(rest, expected=True):
                self.set_people(led[0])
                return True
        for match in list(re.finditer(r"[,.;:)\]]\s", text))[:12]:
            before, after = (
                text[: match.end()].strip(EDGES + ".() "),
                text[match.end() :].strip(EDGES + ".() "),
            )
            if is_venue(before) and (people := people_of(after)):
                self.take_short(before)
                self.set_people(people)
                return True
        return False

    def take_citation_start(self, text: str) -> str | None:
        """Read people, venue and year that a longer text begins with; what is left, or None."""
        bracketed = RE_BRACKETED.match(text)
        if bracketed:
            understood = self.take_whole(next(filter(None, bracketed.groups())))
            return text[bracketed.end() :] if understood else None
        led = first_people(text) if "authors" not in self.fields else None
        if led:
            self.set_people(led[0])
            text = led[1]
        for match in list(re.finditer(r"[,.;]\s", text))[:4]:
            if self.take_venue(text[: match.start()].strip(EDGES)):
                return text[match.end() :]
        return text if led else None

    def take_remark(self, text: str, opening: str) -> None:
        """What the list says of the work in words of its own."""
        bracketed = RE_BRACKETED.match(text.lstrip(EDGES + "."))
        if bracketed and self.take_whole(next(filter(None, bracketed.groups()))):
            text = text.lstrip(EDGES + ".")[bracketed.end() :]
        text = self.without_makers(text.strip(EDGES + " "))
        if opening == ".":
            text = text.lstrip(". ")
        if len(fold_words(text)) < 2 and not self.is_software and unwrapped(text) == text:
            return
        if opening in {",", "("} or unwrapped(text) != text:
            self.notes.append(unwrapped(text))
        elif text:
            self.remarks.append(text)

    def without_makers(self, text: str) -> str:
        """``text`` without the people it begins with, as in ``by Andrej Karpathy: a model``."""
        match = re.match(r"by\s+([^:;{}]{2,60}?)\s*[:–—]\s+(?=\S)", text, re.IGNORECASE)
        if not match or "authors" in self.fields:
            return text
        self.set_people(people_of(match[1]) or ["{" + match[1] + "}"])
        return text[match.end() :]

    def take_detail(self, pieces: list[Piece]) -> None:
        """A further paragraph or a sub-bullet of the item."""
        text = plain(pieces).strip()
        label = RE_LABELLED.match(text)
        if label and (name := label[1].lower()) in {"abstract", "summary", "tl;dr", "tldr", "description"}:
            self.take_quote(text if name == "abstract" else text[label.end() :])
            return
        if label:
            pieces = without_start(pieces, label.end())
        body = plain(piece for piece in pieces if not (piece.href and label_kind(piece.text) is not None))
        bare = no_empty_brackets(body).strip(EDGES + ". ")
        if "authors" not in self.fields and self.take_around_title(bare):
            self.take_links_within(pieces)
            return
        if "authors" not in self.fields and len(bare) < 1500 and not (people_of(bare) or is_venue(bare)):
            found = dict(read_citation(bare)) if self.title_is_plain and first_people(bare) else {}
            if found.get("authors") and found.get("title"):
                self.fields |= found
                self.take_links_within(pieces)
                return
        if not any(piece.href for piece in pieces) and len(fold_words(bare)) >= 40:
            self.quotes.append(text)
            return
        self.take_rest(pieces)

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

    def take_columns(self, columns: dict[str, list[Piece]]) -> None:
        """The cells of a table's row besides the title."""
        for name, pieces in columns.items():
            text = plain(pieces).strip(EDGES)
            if name in {"code", "link"}:
                for piece in pieces:
                    if piece.href:
                        self.take_link(
                            piece, main=name == "link" and not self.main_kind, kind="code" * (name == "code")
                        )
            elif not text or text == "N/A":
                continue
            elif name == "authors":
                self.set_people(people_of(text) or (first_people(text + ". x") or ([], ""))[0])
                self.take_links_within(pieces)
            elif name == "year":
                self.take_short(text)
            elif name == "venue":
                if not self.take_venue(text, expected=True) and not re.match(
                    r"arxiv|preprint", text, re.IGNORECASE
                ):
                    self.fields.setdefault("venue", text)
                self.take_links_within(pieces)
            elif name == "tags":
                self.tags += [tag.strip() for tag in re.split(r"[,;/]|\s{2,}", text) if tag.strip()]
            elif name == "abstract":
                self.fields.setdefault("abstract", text)
            elif name == "licence":
                self.fields.setdefault("licence", text)
            elif name == "language":
                self.fields.setdefault("language", [part.strip() for part in text.split(",") if part.strip()])
            else:
                self.take_rest(pieces)

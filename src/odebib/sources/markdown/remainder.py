"""What follows an item's title: people, venue, year, links and remarks, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from odebib.sources.markdown.fields import Fields
from odebib.sources.markdown.items import is_external
from odebib.sources.markdown.links import is_filler, kind_of_url, label_kind
from odebib.sources.markdown.phrases import (
    RE_BRACKETED,
    RE_DATE,
    RE_SEPARATOR,
    RE_SUBJECT_CLASS,
    bare_text,
    emphasised_people,
    first_people,
    is_person_link,
    is_venue,
    no_empty_brackets,
    people_of,
    people_with_year,
    person_and_year,
    unwrapped,
)
from odebib.sources.markdown.pieces import EDGES, Piece, plain, split_lines
from odebib.text import identifiers
from odebib.text.folding import fold_words

RE_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2}")
"""Two letters of a script without spaces, which say as much as a word."""
GROUP = r"(\[[^\[\]]{2,80}\]|\([^()]{2,80}\)|【[^【】]{2,80}】)"
RE_GROUP = re.compile(rf"[\s.,;:|–-]*{GROUP}")
RE_GROUP_AT_END = re.compile(rf"{GROUP}[\s.,;:|–-]*$")
"""A remark in brackets, before or behind a text."""
MOST_GROUPS = 6


class Remainder(Fields):
    """Reads the text behind a title by what it says."""

    def take_short(self, text: str) -> bool:
        """Read a short text before or after the title: a date, venue or award."""
        text = bare_text(text)
        return self.take_date_text(text) or self.take_venue(text) or self.take_award(text)

    def take_person_and_year(self, text: str) -> bool:
        """Read ``Ada Lovelace, 1843``; a venue's year stands behind it without a comma."""
        found = person_and_year(text) if "authors" not in self.fields and not self.is_software else None
        if found:
            self.set_people([found[0]])
            self.fields.setdefault("year", found[1])
        return found is not None

    def take_people_with_year(self, text: str) -> bool:
        """Read ``Dijkstra (1968)``."""
        found = people_with_year(text) if "authors" not in self.fields else None
        if found:
            self.set_people(found[0])
            self.fields.setdefault("year", found[1])
        return found is not None

    def take_date_text(self, text: str) -> bool:
        """Read a date in figures or words."""
        if date := RE_DATE.fullmatch(text):
            self.take_date(date[1], date[2])
            return True
        return self.take_written_date(text)

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
            return label_kind(piece.text) is not None or plain(before).rstrip().endswith(("[", "(", "|"))
        text = bare_text(piece.text)
        if label_kind(text) is not None or identifiers.is_web_address(text):
            self.take_link(piece, main=False)
            return True
        if "authors" not in self.fields and is_person_link(piece):
            return False
        said = plain(before).replace("\0", " ")
        if self.take_link_text(text, said) or self.is_language_of_code(piece, said):
            self.take_link(piece, main=not self.main_kind)
            return True
        if self.main_kind or said.strip(EDGES + "[]()."):
            return False
        if not re.search(r"[a-z]{3}.*\s", text) or len(text.split()) < 7:
            self.take_unknown_venue(text)
        self.take_link(piece, main=True)
        return True

    def take_link_text(self, text: str, before: str) -> bool:
        """Read a link's words where they are people with a year, a date or a venue."""
        expected = not self.main_kind and not before.strip(EDGES + "[]().")
        return (
            self.take_people_with_year(text)
            or self.take_date_text(text)
            or self.take_venue(text, expected=expected)
        )

    def is_language_of_code(self, piece: Piece, before: str) -> bool:
        """Whether a link says only in what language the code behind it is written."""
        is_code = is_filler(bare_text(piece.text)) and kind_of_url(piece.href) == "code"
        return is_code and bool(re.search(r"(?:^|[\[(,;|.])\s*$", before))

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
        text = self.without_brackets(text)
        bare = text.strip(EDGES + ". ")
        if not fold_words(bare):
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

    def without_brackets(self, text: str) -> str:
        """``text`` without the remarks in brackets that are a date, a venue or an award."""
        if self.is_software:
            return text
        for _ in range(MOST_GROUPS):
            start, end = RE_GROUP.match(text), RE_GROUP_AT_END.search(text, max(0, len(text) - 90))
            found = next((group for group in (start, end) if group and self.take_short(group[1][1:-1])), None)
            if not found:
                break
            text = text[: found.start()] + text[found.end() :]
        return no_empty_brackets(text)

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
        if self.take_person_and_year(inner) or self.take_short(inner):
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
        if (
            len(fold_words(text)) + len(RE_HAN.findall(text)) < 2
            and not self.is_software
            and unwrapped(text) == text
        ):
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

"""Reading an awesome list: any curated list in Markdown.

The headings are sections; list items, table rows and paragraphs that look
like items are records. What follows an item and tells more of it (badges, a
quoted abstract, people) belongs to it. Tables of contents, prose and what the
list says of itself are no items.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from odebib.model.record import Record
from odebib.sources.doubting import doubted
from odebib.sources.found import Found, FoundBadge, FoundRecord, FoundSection, NotUnderstood, without_empty
from odebib.sources.markdown.blocks import blocks
from odebib.sources.markdown.headings import CONTENTS, heading_text, is_about_list, is_sentence
from odebib.sources.markdown.items import (
    RE_ABSTRACT,
    Item,
    bare_source,
    has_own_title,
    is_bold_line,
    is_detail_paragraph,
    is_external,
    is_group,
    is_labelled,
    is_plain_citation,
    is_work,
    item_lines,
    item_of,
    leads_only_within,
    pieces_of,
    plain_lines,
    works_named,
)
from odebib.sources.markdown.links import badge
from odebib.sources.markdown.pieces import (
    Block,
    Bullet,
    Bullets,
    Fold,
    Heading,
    Paragraph,
    Piece,
    Row,
    Table,
    Unfold,
    plain,
)
from odebib.sources.markdown.records import read_item
from odebib.sources.markdown.tables import columns_of, guessed_columns, is_title_column
from odebib.sources.reading import Reader
from odebib.text.folding import fold

DEEPEST = 12
"""Sections are nested no deeper; nobody's list is, and every step down costs a stack frame."""
LEAST_CITATIONS = 3
"""So many paragraphs of a section must read as citations, for paragraphs to be its items."""
RE_REPOSITORY = re.compile(r"https?://github\.com/([\w.-]+)/([\w.-]+)((?:[/#?][^\s)\"'>\]]*)?)")
RE_YEAR = re.compile(r"(?:19|20)\d\d")
"""A heading that says when the works below it appeared."""
RE_SELF = re.compile(
    r"/(?:issues|pulls?|edit|actions|blob/[\w.-]+/contributing|stargazers|graphs|fork|workflows|discussions)|#",
    re.IGNORECASE,
)
"""Ends of addresses by which a list speaks of its own repository."""


def read(text: str, name: str) -> Found:
    """Everything that a list in Markdown holds; ``name`` is what it is called if it does not say."""
    reader = _Reader(name)
    for block in _body(blocks(text)):
        reader.read(block)
    return doubted(reader.finish(text))


def _body(found: list[Block]) -> list[Block]:
    """``found`` without what a page that shows a README puts above it."""
    for number, block in enumerate(found):
        if isinstance(block, Heading):
            break
        if isinstance(block, Paragraph) and re.fullmatch(
            r"README(?:\.md)?", plain(block.pieces), re.IGNORECASE
        ):
            return found[number + 1 :]
    return found


class _Reader:
    """Goes through the blocks of a list and puts its items into their sections."""

    def __init__(self, name: str) -> None:
        self.found = Found(name=name)
        self.titled = False
        self.stack: list[tuple[int, FoundSection]] = []
        self.items: list[tuple[FoundSection, tuple[str, ...], Item]] = []
        self.filled: set[int] = set()
        self.skipping = 0
        self.folds: list[str] = []
        self.last: Item | None = None
        self.heading_item: Item | None = None
        self.bold_line: Item | None = None
        self.badges: dict[str, FoundBadge] = {}
        self.loose: dict[int, tuple[FoundSection, tuple[str, ...], list[Item]]] = {}

    # Sections

    @property
    def section(self) -> FoundSection:
        """Where items go now."""
        if not self.stack:
            self.open(0, self.found.name)
        return self.stack[-1][1]

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(section.title for _, section in self.stack)

    def open(self, level: int, title: str) -> None:
        self.close(level)
        del self.stack[DEEPEST:]
        section = FoundSection(title)
        (self.stack[-1][1].sections if self.stack else self.found.sections).append(section)
        self.stack.append((level, section))
        self.last = None

    def close(self, level: int) -> None:
        """End the sections of this level and below."""
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        self.last = self.heading_item = None

    def read_heading(self, heading: Heading) -> None:
        title = heading_text(heading.pieces)
        self.last = None
        if not title:
            return
        if not self.titled and heading.level == 1 and not self.stack and not is_sentence(title):
            self.titled = True
            self.found.name = title
            return
        if self.skipping and heading.level > self.skipping:
            return
        if is_sentence(title):
            self.found.description = self.found.description or title
            return
        self.titled = True
        self.skipping = heading.level if is_about_list(title) else 0
        if self.skipping:
            self.close(heading.level)
            if fold(title) in CONTENTS:
                self.skipping = 99
        elif heading.level > 1 and is_work(heading.pieces):
            self.close(heading.level)
            self.add(Item(heading.line, heading.pieces, [heading.source]))
            self.heading_item = self.last
        else:
            self.open(heading.level, title)

    # Blocks

    def read(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.read_heading(block)
        elif isinstance(block, Fold):
            self.read_fold(block)
        elif isinstance(block, Unfold):
            self.read_unfold()
        elif self.skipping:
            self.collect_badges(block)
        elif isinstance(block, Paragraph):
            self.read_paragraph(block)
        elif isinstance(block, Bullets):
            self.read_bullets(block)
        elif isinstance(block, Table):
            self.read_table(block)
        elif self.last and not block.fenced:
            self.last.quotes.append(block.text)
        elif not self.items and not self.found.description and not block.fenced:
            self.found.description = _description([Piece(block.text)])

    def read_paragraph(self, paragraph: Paragraph) -> None:
        if self.folds and self.folds[-1] == "abstract" and self.last:
            self.last.quotes.append(plain(paragraph.pieces))
            return
        items = list(item_lines(paragraph))
        if items and (self.stack or self.titled):
            for item in items:
                self.add(item)
        elif self.last and is_detail_paragraph(paragraph.pieces):
            self.last.details.append(paragraph.pieces)
            if text := plain(paragraph.pieces):
                self.last.source.append(text)
        else:
            self.read_loose(paragraph)
        self.collect_badges(paragraph)

    def read_loose(self, paragraph: Paragraph) -> None:
        """A paragraph that is no item by its looks describes the list, or may be a citation among others."""
        lines = plain_lines(paragraph)
        self.bold_line = lines[-1] if is_bold_line(paragraph.pieces) else None
        for item in lines:
            item.is_citation = bool(self.stack) and is_plain_citation(item.pieces)
        if not self.items and not self.found.description and not any(item.is_citation for item in lines):
            self.found.description = _description(paragraph.pieces)
        elif self.stack:
            section = self.section
            self.loose.setdefault(id(section), (section, self.path, []))[2].extend(lines)

    def read_fold(self, fold_: Fold) -> None:
        summary = heading_text(fold_.pieces)
        words = fold(summary)
        if self.skipping or not words or is_about_list(summary):
            self.folds.append("")
        elif self.last and RE_ABSTRACT.match(words):
            self.folds.append("abstract")
        elif re.match(r"(?:click|expand|show|more|details|see|bibtex|read|open|full list)", words):
            self.folds.append("")
        elif any(map(is_external, fold_.pieces)):
            self.add(Item(fold_.line, fold_.pieces, [fold_.source]))
            self.folds.append("item")
        else:
            level = self.stack[-1][0] + 1 if self.stack else 2
            self.open(level, summary)
            self.folds.append("section")

    def read_unfold(self) -> None:
        if self.folds and self.folds.pop() == "section" and self.stack:
            self.stack.pop()
            self.last = None

    # Items

    def add(self, item: Item) -> None:
        self.filled.add(id(self.section))
        self.items.append((self.section, self.path, item))
        self.last = item

    def read_bullets(self, bullets: Bullets) -> None:
        if _is_contents(bullets):
            return
        labelled = all(is_labelled(pieces_of(bullet)) for bullet in bullets.items)
        if labelled and (len(bullets.items) > 1 or self.bold_line):
            self.make_item_of_heading(bullets.line)
        self.bold_line = None
        folded = self.last if self.folds and self.folds[-1] == "item" else None
        above = folded or self.heading_item
        for bullet in bullets.items:
            if folded and not has_own_title(pieces_of(bullet)):
                folded.add_sources(pieces_of(bullet))
            elif above and not has_own_title(pieces_of(bullet)):
                self.read_child(above, bullet)
            else:
                self.read_bullet(bullet)

    def make_item_of_heading(self, line: int) -> None:
        """A heading, or a bold line, whose list tells authors, venue and links is the title of a work."""
        if self.bold_line:
            self.add(self.bold_line)
            self.heading_item = self.last
            return
        if self.stack and id(self.section) not in self.filled:
            level, section = self.stack[-1]
            self.close(level)
            self.add(Item(line - 1, [Piece(section.title, strong=True)], [section.title]))
            self.heading_item = self.last

    def read_bullet(self, bullet: Bullet) -> None:
        item, nested = item_of(bullet)
        if item is None:
            for block in bullet.blocks:
                self.read(block)
            return
        children = [child for bullets in nested if not _is_contents(bullets) for child in bullets.items]
        if is_group(item, children):
            level = self.stack[-1][0] + 1 if self.stack else 2
            depth = len(self.stack)
            self.section  # noqa: B018 - a list without headings gets its section first
            self.open(level, _group_title(item))
            for child in children:
                self.read_bullet(child)
            del self.stack[max(depth, 1) :]
            return
        named = works_named(item.pieces)
        for work in named:
            self.add(Item(item.line, [work], item.source))
        if not named:
            self.add(item)
        for child in children:
            self.read_child(item, child)
        self.last = self.last if named else item

    def read_child(self, item: Item, child: Bullet) -> None:
        """A sub-bullet is an item itself or tells more of the one above it."""
        inner, nested = item_of(child)
        if inner is None:
            return
        if has_own_title(inner.pieces) or any(
            has_own_title(pieces_of(b)) for bullets in nested for b in bullets.items
        ):
            self.read_bullet(child)
            return
        item.details += [inner.pieces, *inner.details]
        item.source += inner.source
        item.quotes += inner.quotes
        for bullets in nested:
            for deeper in bullets.items:
                self.read_child(item, deeper)

    # Tables

    def read_table(self, table: Table) -> None:
        columns = columns_of(table.header)
        rows = table.rows
        named = is_title_column(table.header, columns)
        if "title" not in columns:
            if not any(is_external(piece) for row in rows for cell in row.cells for piece in cell):
                return
            columns = guessed_columns(table, columns)
        for row in rows:
            self.read_row(row, columns, named)

    def read_row(self, row: Row, columns: Sequence[str], named: bool) -> None:
        if all(
            not piece.href or piece.href.startswith("#") for cell in row.cells for piece in cell
        ) and not any(plain(cell) for cell in row.cells[1:]):
            return
        cells: dict[str, list[Piece]] = {}
        for name, cell in zip(columns, row.cells, strict=False):
            if name and cell:
                cells[name] = [*cells[name], Piece(" "), *cell] if name in cells else cell
        title = cells.pop("title", [])
        item = Item(row.line, title, [row.source], columns=cells, is_named=named)
        if any(plain(cell) for cell in row.cells):
            self.add(item)
        self.last = None

    # End

    def collect_badges(self, block: Block) -> None:
        if isinstance(block, Paragraph) and not self.items:
            for piece in block.pieces:
                self.note_badge(piece)

    def note_badge(self, piece: Piece) -> None:
        if piece.image and not piece.href and (found := badge(piece)) and found[0] not in self.badges:
            self.badges[found[0]] = FoundBadge(*found)

    def add_plain_citations(self) -> None:
        """Paragraphs of plain citations are the items of a list that has neither bullets nor links."""
        for section, path, items in self.loose.values():
            if sum(item.is_citation for item in items) < max(LEAST_CITATIONS, len(items) / 2):
                continue
            for item in items:
                if item.is_citation:
                    self.items.append((section, path, item))
                elif text := plain(item.pieces):
                    reason = "a paragraph among citations that is none"
                    self.found.not_understood.append(NotUnderstood(item.line, text, reason))
        self.items.sort(key=lambda placed: placed[2].line)

    def finish(self, text: str) -> Found:
        self.add_plain_citations()
        used: set[str] = set()
        self.found.url = _url_of_list(text, self.found.name, [item for _, _, item in self.items])
        for section, path, item in self.items:
            item.resolve(self.found.url)
            fields = read_item(item, path)
            year = next((title for title in reversed(path) if RE_YEAR.fullmatch(title)), None)
            if year and "arxiv" not in fields:
                fields.setdefault("year", year)
            record = self.record(item, fields)
            if record is None:
                continue
            used |= set(record.tags)
            section.records.append(FoundRecord(item.line, record))
            for piece in item.all_pieces:
                self.note_badge(piece)
        self.found.badges = [found for found in self.badges.values() if found.name in used]
        self.found.sections = without_empty(self.found.sections)
        return self.found

    def record(self, item: Item, fields: dict[str, Any]) -> Record | None:
        source = "\n\n".join(filter(None, map(bare_source, item.source)))
        title = str(fields.get("title") or "")
        reason = ""
        if not title:
            reason = "no title could be made out"
        elif leads_only_within(item) and not fields.keys() & {"authors", "year", "venue", "quote"}:
            reason = "leads only to another page of the list"
        elif title[0].islower() and set(fields) <= {"title", "type", "note", "summary"} and " " in title:
            reason = "plain words without link, people, venue or year"
        if reason:
            self.found.not_understood.append(NotUnderstood(item.line, " ".join(source.split()), reason))
            return None
        return _record(fields | {"text": source})


def _record(fields: dict[str, Any]) -> Record:
    """A record of ``fields``; a value that does not fit is left to the record's text."""
    while True:
        try:
            return Record.model_validate(fields)
        except ValidationError as error:
            wrong = {str(problem["loc"][0]) for problem in error.errors()}
            fields = {name: value for name, value in fields.items() if name not in wrong}


def _all_bullets(bullets: Bullets) -> Iterator[Bullet]:
    for bullet in bullets.items:
        yield bullet
        for block in bullet.blocks:
            if isinstance(block, Bullets):
                yield from _all_bullets(block)


def _is_contents(bullets: Bullets) -> bool:
    """Whether a list only leads to places on its own page."""
    links = [
        piece.href
        for bullet in _all_bullets(bullets)
        for piece in pieces_of(bullet)
        if piece.href and not piece.image
    ]
    inner = [href for href in links if "#" in href and (href.startswith("#") or not _leads_out(href))]
    return bool(links) and len(inner) * 2 > len(links)


def _leads_out(href: str) -> bool:
    return "://" in href and "#readme" not in href.lower()


def _description(pieces: Sequence[Piece]) -> str | None:
    """A paragraph as a description of the list; None for badges, pictures and very short lines."""
    text = plain(pieces)
    credit = re.match(
        r"(?:contributed|maintained|created|curated) by|maintainers?\b|authors?\b|\*?\*?note\b", text, re.I
    )
    return text if len(text.split()) > 4 and not credit else None


def _url_of_list(text: str, name: str, items: Sequence[Item]) -> str | None:
    """The repository of the list, as far as its own text tells: one that bears its name, or that
    it speaks of (issues, pull requests) above or below the items.
    """
    lines = text.split("\n")
    first, last = (items[0].line, items[-1].line) if items else (len(lines), 0)
    counts: Counter[str] = Counter()
    for number, line in enumerate(lines, start=1):
        for match in RE_REPOSITORY.finditer(line):
            owner, repository, rest = match.groups()
            repository = repository.removesuffix(".git").rstrip(".")
            around = not first <= number <= last
            weight = 100 * (fold(repository) == fold(name)) + 3 * (around and bool(RE_SELF.match(rest)))
            if weight and (owner, repository) != ("sindresorhus", "awesome"):
                counts[f"https://github.com/{owner}/{repository}"] += weight
    return counts.most_common(1)[0][0] if counts else None


def _group_title(item: Item) -> str:
    return heading_text(item.pieces) or "Untitled"


def is_markdown(text: str) -> bool:
    """Whether a text has the headings or the links of Markdown."""
    headings = len(re.findall(r"^ {0,3}#{1,6} \S", text, re.MULTILINE))
    return headings >= 2 or len(re.findall(r"\]\(https?://", text)) >= 3


READER = Reader(
    name="markdown",
    label="a list in Markdown",
    holds="awesome lists, READMEs, any curated list with headings, bullets or tables",
    endings=(".md", ".markdown", ".mdown", ".mkd"),
    signs=is_markdown,
    ending_says="all",
    read=read,
)

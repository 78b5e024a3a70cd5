"""Items of awesome lists: which pieces of a list are items, and what belongs to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from odebib.sources.citations.author_line import read_people
from odebib.sources.citations.citation import read_citation
from odebib.sources.markdown.links import is_filler, is_pdf, label_kind
from odebib.sources.markdown.phrases import (
    RE_LABELLED,
    bare_text,
    first_people,
    is_venue,
    people_of,
    people_with_year,
)
from odebib.sources.markdown.pieces import (
    EDGES,
    Bullet,
    Bullets,
    Fold,
    Heading,
    Paragraph,
    Piece,
    Quote,
    Unfold,
    plain,
    without_comments,
    without_images,
)
from odebib.text import identifiers
from odebib.text.folding import fold, fold_words
from odebib.text.identifiers import of_url

RE_IMAGE = re.compile(
    r"<img\b[^<>]{0,2000}>"
    r"|!\[[^\[\]]{0,300}\]\([^()\s]{0,1000}(?:\([^()]{0,200}\)[^()\s]{0,500})?(?:\s\"[^\"]{0,200}\")?\)"
    r"|!\[[^\[\]]{0,300}\]\[[^\[\]]{0,100}\]",
    re.IGNORECASE,
)
RE_EMPTY_LINK = re.compile(r"(?<!\])\[\s{0,20}\]\([^()\s]{0,1000}\)")
"""What is left of a linked badge when its image is taken out."""
RE_SPACE_AT_END = re.compile(r"(?:\s|&ensp;|&nbsp;|&emsp;|<br\s?/?>|\\)$", re.IGNORECASE)
ABOUT_LIST = frozenset(
    fold_words("note notes update updates news warning disclaimer important tip notice contributing")
)


@dataclass
class Item:
    """What the list holds of one work, before it is understood."""

    line: int
    pieces: list[Piece]
    source: list[str]
    details: list[list[Piece]] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    columns: dict[str, list[Piece]] = field(default_factory=dict)
    is_named: bool = False
    """Whether its pieces are a cell of a column that is called title."""
    is_citation: bool = False
    """Whether it is plain text to be read as a citation."""

    def add_sources(self, pieces: Sequence[Piece]) -> None:
        """Add a line that says where to get it, such as GitHub with its counts: only the links matter."""
        links = [piece for piece in pieces if is_external(piece)]
        self.details.append(links)
        self.source.append(" ".join(f"[{piece.text}]({piece.href})" for piece in links))

    def resolve(self, url: str | None) -> None:
        """Make its relative links lead into the list's repository, where that is known."""
        if url:
            base = f"{url}/blob/HEAD/"
            self.pieces = _resolved(self.pieces, base)
            self.details = [_resolved(detail, base) for detail in self.details]
            self.columns = {name: _resolved(cell, base) for name, cell in self.columns.items()}

    @property
    def all_pieces(self) -> list[Piece]:
        """Everything of it but the quotes."""
        parts = [self.pieces, *self.columns.values(), *self.details]
        return [piece for part in parts for piece in part]


def _resolved(pieces: Sequence[Piece], base: str) -> list[Piece]:
    return [
        replace(piece, href=urljoin(base, piece.href)) if RE_RELATIVE.fullmatch(piece.href) else piece
        for piece in pieces
    ]


RE_RELATIVE = re.compile(
    r"(?:\./)?[\w%-][\w%./+ ()-]{0,300}\.(?:pdf|md|html?|ps|ipynb|txt)(?:#.{0,80})?", re.IGNORECASE
)
"""The address of a file beside the list."""


def is_external(piece: Piece) -> bool:
    """Whether a link leads out of the list."""
    return identifiers.is_web_address(piece.href)


def is_title_link(piece: Piece) -> bool:
    """Whether a link's text may be a title: it leads out, and is neither a label nor a venue."""
    text = bare_text(piece.text)
    if not piece.href or piece.image or piece.href.startswith("#") or not fold_words(text):
        return False
    return label_kind(text) is None and not is_venue(text) and not identifiers.is_web_address(text)


def has_own_title(pieces: Sequence[Piece]) -> bool:
    """Whether a nested item names a work of its own, rather than telling of the item above it."""
    body = [piece for piece in without_images(pieces) if piece.text.strip(EDGES + "[](). ")]
    if not body:
        return False
    if body[0].href:
        return _begins_with_titled_link(body)
    if body[0].strong and not RE_LABELLED.match(plain(body)):
        return any(map(is_external, body)) and not _tells_people_or_venue(body[0].text)
    links = [piece for piece in body if is_external(piece)]
    if not links or not fold_words(body[0].text) or RE_LABELLED.match(body[0].text):
        return False
    return _leads_to_title(plain(body[: body.index(links[0])]).strip(EDGES + "[("), links[0])


def _begins_with_titled_link(body: Sequence[Piece]) -> bool:
    """Whether the link at the start is a title; a language's name alone only tells of the code above."""
    says_more = any(fold_words(piece.text) for piece in body[1:] if not piece.href)
    return is_external(body[0]) and is_title_link(body[0]) and (says_more or not is_filler(body[0].text))


def _tells_people_or_venue(text: str) -> bool:
    return read_people(text) is not None or is_venue(text)


def _leads_to_title(lead: str, link: Piece) -> bool:
    """Whether the words before a link are a title, or lead to one."""
    if fold_words(lead) and people_with_year(bare_text(link.text)):
        return True
    count = len(fold_words(lead))
    if 0 < count < 3 and label_kind(lead) is None and not is_filler(lead):
        return is_title_link(link)
    return count > 2 and first_people(lead) is None and not lead.endswith(".") and not is_venue(lead)


def works_named(pieces: Sequence[Piece]) -> list[Piece]:
    """The links of an item that begins by naming several works: ``[A](…), [B](…) and [C](…)``."""
    named: list[Piece] = []
    for piece in without_images(pieces):
        if piece.href and is_external(piece) and is_title_link(piece) and not is_filler(piece.text):
            named.append(piece)
        elif piece.href or not re.fullmatch(r"\s*(?:,|and|&|\+|,\s*and)\s*", piece.text):
            break
    return named if len(named) > 1 else []


def is_labelled(pieces: Sequence[Piece]) -> bool:
    """Whether a line begins with the name of what it tells, as ``Authors: …``."""
    return bool(RE_LABELLED.match(plain(without_images(pieces)).lstrip()))


def is_item_paragraph(pieces: Sequence[Piece]) -> bool:
    """Whether a paragraph is an item: a bold or linked title at its start, and what a citation has."""
    body = [piece for piece in without_images(pieces) if piece.text.strip(EDGES + "[]()")]
    if not any(map(is_external, body)) or _speaks_of_list(body[0].text):
        return False
    first, rest = body[0], body[1:]
    has_labels = any(is_external(piece) and label_kind(piece.text) for piece in rest)
    if first.strong and not first.href:
        return has_labels or (len(fold_words(first.text)) > 2 and is_title_link(rest[-1]) and len(rest) < 4)
    if not is_title_link(first):
        return False
    return has_labels or (is_external(first) and _goes_on_as_citation(rest))


def _speaks_of_list(text: str) -> bool:
    """``Note``, ``See also:``."""
    return fold(text) in ABOUT_LIST or text.rstrip().endswith(":")


def _goes_on_as_citation(rest: Sequence[Piece]) -> bool:
    """Whether nothing stands behind a title but people or a venue."""
    words = plain(piece for piece in rest if not piece.href).strip(EDGES + "[]().")
    return not words or bool(read_people(words) or is_venue(words))


def is_bold_line(pieces: Sequence[Piece]) -> bool:
    """Whether a paragraph is nothing but bold words, which may be a title with its links below."""
    body = [piece for piece in without_images(pieces) if piece.text.strip(EDGES + "*")]
    return bool(body) and all(piece.strong and not piece.href for piece in body)


def is_detail_paragraph(pieces: Sequence[Piece]) -> bool:
    """Whether a paragraph only tells the people, venue or links of the item before it."""
    body = [piece for piece in without_images(pieces) if piece.text.strip(EDGES + "[]()")]
    if not body:
        return any(piece.image for piece in pieces)
    if all(piece.href and label_kind(piece.text) for piece in body):
        return all(is_external(piece) for piece in body)
    text = plain(body).strip(EDGES)
    return not any(piece.href for piece in body) and bool(people_of(text) or is_venue(text.strip(".")))


RE_ABSTRACT = re.compile(r"abstract|tl dr|summary|description")
"""What ``<details>`` is called when it tells more of the item before it."""


def item_of(bullet: Bullet) -> tuple[Item | None, list[Bullets]]:
    """The item that a bullet holds and the lists within it; no item where it begins with no text."""
    nested = [block for block in bullet.blocks if isinstance(block, Bullets)]
    if (
        not bullet.blocks
        or not isinstance(bullet.blocks[0], Paragraph)
        or isinstance(bullet.blocks[0], Heading)
    ):
        return None, nested
    first = bullet.blocks[0]
    item = Item(bullet.line, first.pieces, [first.source])
    folded = False
    for block in bullet.blocks[1:]:
        if isinstance(block, Fold | Unfold):
            folded = isinstance(block, Fold) and bool(RE_ABSTRACT.match(fold(plain(block.pieces))))
        elif folded and isinstance(block, Paragraph):
            item.quotes.append(plain(block.pieces))
        elif isinstance(block, Paragraph):
            item.details.append(block.pieces)
            if is_detail_paragraph(block.pieces):
                item.source.append(block.source)
        elif isinstance(block, Quote) and not block.fenced:
            item.quotes.append(block.text)
    return item, nested


def item_lines(paragraph: Paragraph) -> Iterator[Item]:
    """The items that a paragraph is: the whole of it, or each of its lines."""
    lines = split_at_breaks(paragraph.pieces)
    starts = [number for number, line in enumerate(lines) if line and is_item_paragraph(line)]
    if len(starts) > 1 and starts[0] == 0:
        sources = paragraph.source.split("\n")
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            pieces = [piece for line in lines[start:end] for piece in [*line, Piece("\n")]]
            source = " ".join(sources[start:end]) if len(sources) == len(lines) else plain(pieces)
            yield Item(paragraph.line + start, pieces, [source])
    elif is_item_paragraph(paragraph.pieces):
        yield Item(paragraph.line, paragraph.pieces, [paragraph.source])


def is_named_link(piece: Piece) -> bool:
    """Whether a link has other words than its own address."""
    return bool(piece.href) and not identifiers.is_web_address(piece.text.strip())


def plain_lines(paragraph: Paragraph) -> list[Item]:
    """A paragraph as one item, or as one for each line that ends in an address."""
    whole = Item(paragraph.line, paragraph.pieces, [paragraph.source])
    lines = paragraph.source.split("\n")
    if len(lines) < 2 or any(map(is_named_link, paragraph.pieces)):
        return [whole]
    if not all(RE_ENDS_IN_ADDRESS.search(line) for line in lines):
        return [whole]
    parts = split_at_breaks(paragraph.pieces)
    if len(parts) != len(lines):
        return [whole]
    return [
        Item(paragraph.line + number, part, [line])
        for number, (part, line) in enumerate(zip(parts, lines, strict=True))
    ]


def is_plain_citation(pieces: Sequence[Piece]) -> bool:
    """Whether a paragraph without links reads as a citation: title and people, or title and address."""
    text = plain(pieces)
    if any(map(is_named_link, pieces)) or not 20 < len(text) < LONGEST_CITATION:
        return False
    fields = read_citation(text)
    if "title" not in fields or len(fold_words(fields["title"])) < 2:
        return False
    if RE_SPEAKS.search(text):
        return False
    found = fields.keys() & {"year", "venue", "arxiv", "doi", "openreview", "url"}
    return bool("authors" in fields or (found and RE_ENDS_IN_ADDRESS.search(text)))


LONGEST_CITATION = 600
RE_ENDS_IN_ADDRESS = re.compile(r"https?://\S{4,300}\s{0,9}$")
RE_SPEAKS = re.compile(
    r"\b(?:you|your|please|feel free|click|this (?:list|repo|section|page))\b", re.IGNORECASE
)
"""Words by which a list speaks to its readers."""


def split_at_breaks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each line."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.is_break:
            lines.append([])
        else:
            lines[-1].append(piece)
    return lines


def is_group(item: Item, children: Sequence[Bullet]) -> bool:
    """Whether an item is only a heading for the items nested in it."""
    if not children or any(map(is_external, item.all_pieces)) or item.quotes:
        return False
    text = plain(item.pieces)
    if any(has_own_title(pieces_of(child)) or is_whole_citation(pieces_of(child)) for child in children):
        return True
    return text.rstrip("* ").endswith(":") and len(text.split()) < 9


def is_whole_citation(pieces: Sequence[Piece]) -> bool:
    """Whether a line tells people and a title, with a link to the work."""
    links = [piece for piece in pieces if is_external(piece)]
    if not links or links[0] is pieces[0]:
        return False
    lead = plain(pieces[: pieces.index(links[0])]).strip(EDGES + "[(")
    fields = read_citation(lead)
    words = len(fold_words(fields.get("title", "")))
    if {"venue", "year"} <= fields.keys() and words > 3:
        return True
    return bool(fields.get("authors")) and words > 1


def leads_only_within(item: Item) -> bool:
    """Whether an item has links, but none that leads out of the list."""
    hrefs = [piece for piece in item.all_pieces if piece.href and not piece.image]
    return bool(hrefs) and not any(is_external(piece) or is_document(piece.href) for piece in hrefs)


def is_document(href: str) -> bool:
    """Whether an address is a paper's own file, as a list keeps it beside itself."""
    return href.lower().endswith((".pdf", ".ps", ".djvu", ".epub"))


def is_work(pieces: Sequence[Piece]) -> bool:
    """Whether a heading is the title of a work: it leads to a paper, or has links such as PDF."""
    links = [piece for piece in pieces if is_external(piece)]
    if any(label_kind(piece.text) in {"paper", "code"} for piece in links):
        return len(fold_words(plain(pieces))) > len(links) + 1
    return any(is_title_link(piece) and (of_url(piece.href) or is_pdf(piece.href)) for piece in links)


def pieces_of(bullet: Bullet) -> list[Piece]:
    """The pieces of a bullet's own line."""
    first = bullet.blocks[0] if bullet.blocks else None
    return first.pieces if isinstance(first, Paragraph) else []


def bare_source(text: str) -> str:
    """An item's Markdown without its images, badges and comments, on one line."""
    text = RE_IMAGE.sub("", without_comments(text))
    text = " ".join(RE_EMPTY_LINK.sub("", text).split())
    while match := RE_SPACE_AT_END.search(text, max(0, len(text) - 10)):
        text = text[: match.start()]
    return text

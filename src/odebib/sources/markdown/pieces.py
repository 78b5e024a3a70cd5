"""Pieces and blocks: what a text consists of, whether it came as Markdown or as HTML.

A piece is a run of text in one style; a block holds pieces or other blocks.
Nothing here knows what the text means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Piece:
    """A run of text in one style; an image's text is its description, a break's text is a newline.

    A soft break is a line's end in the source that a reader of the page does not see.
    """

    text: str
    href: str = ""
    image: str = ""
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    soft: bool = False

    @property
    def is_break(self) -> bool:
        """Whether the line ends here, as the source has it."""
        return self.text == "\n"


@dataclass
class Paragraph:
    """Running text: a paragraph, the text of a list item, a row of an unknown table."""

    line: int
    pieces: list[Piece]
    source: str


@dataclass
class Heading(Paragraph):
    """A heading of level 1 to 6."""

    level: int = 1


@dataclass
class Quote:
    """A block quote or an indented or fenced block, as plain text."""

    line: int
    text: str
    fenced: bool = False


@dataclass
class Bullet:
    """A list item: the blocks it holds, lists among them."""

    line: int
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Bullets:
    """A list."""

    line: int
    items: list[Bullet] = field(default_factory=list)


@dataclass
class Row:
    """A row of a table."""

    line: int
    cells: list[list[Piece]]
    source: str


@dataclass
class Table:
    """A table; ``rows`` are those below the header."""

    line: int
    header: list[str]
    rows: list[Row]


@dataclass
class Fold(Paragraph):
    """Where ``<details>`` opens; its text is the summary."""


@dataclass
class Unfold:
    """Where ``<details>`` closes."""

    line: int


Block = Paragraph | Quote | Bullets | Table | Unfold
EDGES = " \t\n,;:|·•-–—/\\"
"""What stands between the parts of an item and says nothing."""
RE_HOST = re.compile(
    r"www\.|(?:[\w-]{1,63}\.){1,4}(?:com|org|net|io|edu|gov|ai|dev|info|cn|de|uk|fr|ch|eu|jp|ca)(?:/|$)", re.I
)
RE_BARE_URL = re.compile(r"https?://[^\s<>\[\]\"'`|]{1,2000}")
"""An address in running text."""
RE_ORNAMENT = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe0f\u200d\u20e3]+|:[a-z][a-z0-9_+-]{1,30}:"
)
"""Emoji, typed or by their short names."""


def plain(pieces: Iterable[Piece]) -> str:
    """The text of ``pieces`` on one line, without images."""
    return " ".join("".join(piece.text for piece in pieces if not piece.image).split())


def split_lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """``pieces`` line by line; a sentence that only the source wraps is one line."""
    following = [*pieces, Piece("")][1:]
    unwrapped = (
        Piece(" ") if piece.soft and after.text[:1].islower() and not after.href else piece
        for piece, after in zip(pieces, following, strict=True)
    )
    groups = groupby(unwrapped, key=lambda piece: piece.is_break)
    return [list(group) for is_break, group in groups if not is_break]


class Styles:
    """Collects pieces one by one; knows which styles are open."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.hrefs: list[str] = []
        self.depth = {"strong": 0, "em": 0, "code": 0}

    def add(self, text: str, *, image: str = "", code: bool = False) -> None:
        self.pieces.append(
            Piece(
                text,
                href=self.hrefs[-1] if self.hrefs else "",
                image=image,
                strong=self.depth["strong"] > 0,
                emphasis=self.depth["em"] > 0,
                code=code or self.depth["code"] > 0,
            )
        )

    def close_link(self) -> None:
        if self.hrefs:
            self.hrefs.pop()


def address(href: str) -> str:
    """A link's address; one without scheme that plainly begins with a host gets one."""
    href = href.strip()
    return f"https://{href}" if RE_HOST.match(href) else href


def tidy(pieces: Iterable[Piece]) -> list[Piece]:
    """``pieces`` with neighbours of one style joined and bare addresses made links."""
    with_links = (made for piece in pieces for made in _links_made(piece))
    joined: list[Piece] = []
    for piece in with_links:
        same = joined and not piece.image and not piece.is_break and not joined[-1].is_break
        if same and replace(joined[-1], text="") == replace(piece, text=""):
            joined[-1] = replace(piece, text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


def _links_made(piece: Piece) -> Iterator[Piece]:
    if piece.href or piece.image or "://" not in piece.text:
        yield piece
        return
    end = 0
    for match in RE_BARE_URL.finditer(piece.text):
        url = match[0].rstrip(".,;:!?*_")
        while url.endswith(")") and url.count("(") < url.count(")"):
            url = url[:-1]
        if match.start() > end:
            yield replace(piece, text=piece.text[end : match.start()])
        yield replace(piece, text=url, href=url)
        end = match.start() + len(url)
    if end < len(piece.text):
        yield replace(piece, text=piece.text[end:])


def run_of(pieces: Sequence[Piece], belongs: Any) -> list[Piece]:
    """The first pieces, as long as they belong."""
    run: list[Piece] = []
    for piece in pieces:
        if not belongs(piece):
            break
        run.append(piece)
    return run


def from_text(pieces: Sequence[Piece], *, keep_breaks: bool = False) -> list[Piece]:
    """``pieces`` from the first that says something."""
    for number, piece in enumerate(pieces):
        if (keep_breaks and piece.is_break) or piece.text.strip(EDGES + "[]()."):
            return list(pieces[number:])
    return []


def without_start(pieces: Sequence[Piece], length: int) -> list[Piece]:
    """``pieces`` without so many characters at the start."""
    cut: list[Piece] = []
    for piece in pieces:
        if length >= len(piece.text):
            length -= len(piece.text)
        else:
            cut.append(replace(piece, text=piece.text[length:]))
            length = 0
    return cut


def without_images(pieces: Iterable[Piece]) -> list[Piece]:
    """``pieces`` without images and ornaments."""
    return [replace(piece, text=no_ornaments(piece)) for piece in pieces if not piece.image]


def no_ornaments(piece: Piece) -> str:
    """The text of a piece without ornaments; code keeps its signs."""
    if piece.code or piece.image or piece.is_break:
        return piece.text
    return RE_ORNAMENT.sub(" ", RE_COUNTS.sub(_without_counts, piece.text))


RE_COUNTS = re.compile(r"\([^()]{2,150}\)")


def _without_counts(match: re.Match[str]) -> str:
    """Nothing where emoji stand before figures: stars, downloads, open issues."""
    return "" if RE_ORNAMENT.search(match[0]) and re.search(r"\d", match[0]) else match[0]


def without_comments(text: str) -> str:
    """Markdown or HTML without its comments; the count of lines stays."""
    kept = []
    while "<!--" in text:
        before, _, text = text.partition("<!--")
        comment, _, text = text.partition("-->")
        kept += [before, "\n" * comment.count("\n")]
    return "".join([*kept, text])


def unstyled_brackets(pieces: Sequence[Piece]) -> list[Piece]:
    """``pieces`` where styled text that only fills brackets is plain: ``(*NeurIPS 2023*)``."""
    texts = ["", *(piece.text for piece in pieces), ""]
    return tidy(
        replace(piece, strong=False, emphasis=False)
        if before.endswith(("(", "[")) and after.startswith((")", "]")) and not (piece.href or piece.image)
        else piece
        for piece, before, after in zip(pieces, texts, texts[2:], strict=False)
    )

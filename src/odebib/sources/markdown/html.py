"""HTML within Markdown, read into the pieces and blocks that Markdown would have made of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from odebib.sources.markdown.pieces import (
    Block,
    Bullet,
    Bullets,
    Fold,
    Heading,
    Paragraph,
    Piece,
    Row,
    Styles,
    Table,
    Unfold,
    address,
    plain,
    tidy,
    without_comments,
)
from odebib.text.folding import fold_words

RE_NO_TAG = re.compile(r"<(?![a-zA-Z/][^<>]*>)")
"""A ``<`` that opens no tag; the parser takes ever longer to find that out by itself."""
STYLES = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "code": "code", "kbd": "code"}
"""HTML elements that set a style."""
INVISIBLE = {"style", "script", "picture", "source", "svg", "video"}
"""HTML elements whose content says nothing."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BREAKING = HEADINGS | set(fold_words("p div details summary ul ol li table tr td th blockquote hr center"))
"""HTML elements at which a new block begins."""


class InlineHtml(HTMLParser):
    """HTML tags within running text, which open and close styles."""

    def __init__(self, styles: Styles) -> None:
        super().__init__(convert_charrefs=True)
        self.styles = styles

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in STYLES:
            self.styles.depth[STYLES[tag]] += 1
        elif tag == "a":
            self.styles.hrefs.append(address(attributes.get("href", "")))
        elif tag == "br":
            self.styles.pieces.append(Piece("\n"))
        elif tag == "img":
            self.styles.add(attributes.get("alt", ""), image=attributes.get("src", "").strip() or "image")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.styles.close_link()
        elif tag in STYLES and self.styles.depth[STYLES[tag]]:
            self.styles.depth[STYLES[tag]] -= 1


class _BlockHtml(InlineHtml):
    """A block of HTML, read into the blocks that Markdown would have made of it."""

    def __init__(self, first_line: int) -> None:
        super().__init__(Styles())
        self.first_line = first_line
        self.found: list[Block] = []
        self.opened: list[str] = []
        self.start = first_line
        self.bullets: list[Bullets] = []
        self.rows: list[Row] | None = None
        self.hidden = 0

    @property
    def line(self) -> int:
        return self.first_line + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in INVISIBLE:
            self.hidden += tag not in {"source"}
        elif tag in BREAKING:
            self.flush()
            self.start = self.line
            self.open(tag)
        else:
            super().handle_starttag(tag, attrs)

    def open(self, tag: str) -> None:
        if tag == "details":
            self.found.append(Fold(self.line, [], ""))
        elif tag in {"ul", "ol"}:
            self.bullets.append(Bullets(self.line))
        elif tag == "table":
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append(Row(self.line, [], ""))
        if tag in {"summary", "li", "td", "th"} or tag in HEADINGS:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in INVISIBLE:
            self.hidden = max(0, self.hidden - 1)
        elif tag in BREAKING:
            self.flush()
            self.end(tag)
        else:
            super().handle_endtag(tag)

    def end(self, tag: str) -> None:
        if tag in self.opened:
            while self.opened.pop() != tag:
                pass
        if tag == "details":
            self.found.append(Unfold(self.line))
        elif tag in {"ul", "ol"} and self.bullets:
            self.end_list()
        elif tag == "table":
            self.end_table()

    def end_list(self) -> None:
        bullets = self.bullets.pop()
        outer = self.bullets[-1] if self.bullets else None
        if outer and outer.items:
            outer.items[-1].blocks.append(bullets)
        else:
            self.found.append(bullets)

    def end_table(self) -> None:
        rows = [row for row in self.rows or [] if row.cells]
        self.rows = None
        if rows:
            self.found.append(Table(rows[0].line, [plain(cell) for cell in rows[0].cells], rows[1:]))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            lines = data.split("\n")
            self.styles.add(lines[0])
            for line in lines[1:]:
                self.styles.pieces.append(Piece("\n"))
                self.styles.add(line)

    def flush(self) -> None:
        """What was read since the last block becomes a block of its own."""
        pieces = _without_outer_breaks(
            tidy(piece for piece in self.styles.pieces if piece.text or piece.image)
        )
        self.styles = Styles()
        tag = self.opened[-1] if self.opened else ""
        source = " ".join(_as_markdown(piece) for piece in pieces if not piece.is_break)
        if tag in {"td", "th"} and self.rows:
            self.rows[-1].cells.append(pieces)
            self.rows[-1].source += f"| {source} "
        elif pieces:
            self.add_block(tag, pieces, source)

    def add_block(self, tag: str, pieces: list[Piece], source: str) -> None:
        """The block that an element's text is."""
        if tag in HEADINGS:
            self.found.append(Heading(self.start, pieces, source, int(tag[1])))
        elif tag == "summary" and self.found and isinstance(self.found[-1], Fold):
            self.found[-1] = Fold(self.start, pieces, source)
        elif tag == "li" and self.bullets:
            self.bullets[-1].items.append(Bullet(self.start, [Paragraph(self.start, pieces, source)]))
        else:
            self.found.append(Paragraph(self.start, pieces, source))

    def finish(self) -> list[Block]:
        """Everything read; what the block leaves open ends here."""
        self.close()
        self.flush()
        while self.bullets:
            self.end_list()
        self.end_table()
        return self.found


def _as_markdown(piece: Piece) -> str:
    if piece.image:
        return ""
    return f"[{piece.text.strip()}]({piece.href})" if piece.href else piece.text.strip()


def _without_outer_breaks(pieces: list[Piece]) -> list[Piece]:
    def is_space(piece: Piece) -> bool:
        return not piece.image and not piece.text.strip()

    while pieces and is_space(pieces[0]):
        pieces = pieces[1:]
    while pieces and is_space(pieces[-1]):
        pieces = pieces[:-1]
    return pieces


def html_blocks(html: str, line: int) -> list[Block]:
    """The blocks of a piece of HTML, which may open what another piece closes."""
    parser = _BlockHtml(line)
    parser.feed(RE_NO_TAG.sub("&lt;", without_comments(html)))
    return parser.finish()

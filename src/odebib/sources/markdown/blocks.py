"""Markdown, parsed by markdown-it (CommonMark with tables and strikethrough), as blocks with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from odebib.sources.markdown.html import InlineHtml, html_blocks
from odebib.sources.markdown.pieces import (
    Block,
    Bullet,
    Bullets,
    Heading,
    Paragraph,
    Piece,
    Quote,
    Row,
    Styles,
    Table,
    address,
    plain,
    tidy,
)
from odebib.text import folding

RE_TYPED_BULLET = re.compile(r"^([ \t]*)[•◦▪‣●][ \t]*", re.MULTILINE)
"""Bullets that are characters, as copied from a rendered page."""
RE_UNPRINTABLE = re.compile(folding.RE_UNPRINTABLE.pattern + "|[\ud800-\udfff]")
"""What no text field can hold."""
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text in order; lines count from 1."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = RE_TYPED_BULLET.sub(r"\1* ", RE_UNPRINTABLE.sub("", text))
    lines = text.split("\n")
    return list(_blocks(SyntaxTreeNode(_PARSER.parse(text)), lines))


def _blocks(node: SyntaxTreeNode, lines: list[str]) -> Iterator[Block]:
    for child in node.children:
        yield from _block(child, lines)


def _block(node: SyntaxTreeNode, lines: list[str]) -> Iterator[Block]:
    line = node.map[0] + 1 if node.map else 1
    if node.type == "heading":
        yield Heading(line, _inline_pieces(node), _source(node), int(node.tag[1]))
    elif node.type == "paragraph":
        yield Paragraph(line, _inline_pieces(node), _source(node))
    elif node.type in {"bullet_list", "ordered_list"}:
        items = [_bullet(item, lines) for item in node.children]
        yield Bullets(line, items)
    elif node.type == "blockquote":
        yield from _quote(list(_blocks(node, lines)), line)
    elif node.type in {"code_block", "fence"}:
        yield Quote(line, node.content.strip(), fenced=node.type == "fence")
    elif node.type == "table":
        yield _table(node, lines, line)
    elif node.type == "html_block":
        yield from html_blocks(node.content, line)


def _bullet(node: SyntaxTreeNode, lines: list[str]) -> Bullet:
    return Bullet(node.map[0] + 1 if node.map else 1, list(_blocks(node, lines)))


def _quote(inside: list[Block], line: int) -> Iterator[Block]:
    """Running text is a quote; lists and tables that are quoted for their looks are not."""
    if any(isinstance(block, Bullets | Table | Heading) for block in inside):
        yield from inside
        return
    texts = [
        plain(block.pieces) if isinstance(block, Paragraph) else block.text
        for block in inside
        if isinstance(block, Paragraph | Quote)
    ]
    yield Quote(line, "\n\n".join(filter(None, texts)))


def _source(node: SyntaxTreeNode) -> str:
    return "\n".join(child.content for child in node.children if child.type == "inline")


def _table(node: SyntaxTreeNode, lines: list[str], line: int) -> Table:
    rows = [row for part in node.children for row in part.children]
    read = [
        Row(
            row.map[0] + 1 if row.map else line,
            [_inline_pieces(cell) for cell in row.children],
            lines[row.map[0]].strip() if row.map else "",
        )
        for row in rows
    ]
    return Table(line, [plain(cell) for cell in read[0].cells], read[1:])


def _inline_pieces(node: SyntaxTreeNode) -> list[Piece]:
    """The pieces of a block whose only content is inline."""
    styles = Styles()
    for child in node.children:
        for token in (child.token and child.token.children) or []:
            _read_token(styles, token)
    return tidy(styles.pieces)


def _read_token(styles: Styles, token: Token) -> None:
    """What an inline token adds to the pieces, or opens or closes."""
    if token.type in {"strong_open", "strong_close", "em_open", "em_close"}:
        styles.depth[token.type.split("_")[0]] += token.nesting
    elif token.type == "link_open":
        styles.hrefs.append(address(str(token.attrGet("href") or "")))
    elif token.type == "link_close":
        styles.close_link()
    elif token.type == "image":
        styles.add(token.content, image=str(token.attrGet("src") or "image"))
    elif token.type in {"softbreak", "hardbreak"}:
        styles.pieces.append(Piece("\n", soft=token.type == "softbreak"))
    elif token.type == "html_inline":
        InlineHtml(styles).feed(token.content)
    elif token.content:
        styles.add(token.content, code=token.type == "code_inline")

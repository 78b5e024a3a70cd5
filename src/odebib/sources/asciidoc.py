"""AsciiDoc: sections, lists, links and bibliographies, line by line as Markdown writes them.

https://docs.asciidoctor.org/asciidoc/latest/syntax-quick-reference/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from odebib.sources import marked_up
from odebib.sources.found import Found
from odebib.sources.reading import Reader

RE_TITLE = re.compile(r"(={1,6}|#{1,6})\s+(\S.*)$")
RE_BULLET = re.compile(r"\s*(\*{1,5}|-|\.{1,5}|\d+\.)\s+(?=\S)")
RE_LABEL = re.compile(
    r"\[\[\[([^\],]{1,60})(?:,[^\]]{0,60})?\]\]\]\s*|\[\[[\w:.-]{1,60}(?:,[^\]]{0,100})?\]\]\s*|anchor:[\w-]+\[[^\]]*\]\s*"
)
RE_ATTRIBUTE = re.compile(r":(!?[\w-]+!?):(?:\s+(.*))?$")
RE_LINK = re.compile(
    r"(?:link:)?(?:\+\+)?(https?://[^\s\[\]<>\"+]+(?:\+[^\s\[\]<>\"+]+)*)(?:\+\+)?\[([^\]]{0,2000})\]"
)
RE_REFERENCE = re.compile(r"<<[^,<>]{1,100}(?:,([^<>]{1,200}))?>>")
RE_DELIMITER = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|={4,}|\*{4,}|_{4,}|--|\|={3,}|```)\s*$")
RE_NO_TEXT = re.compile(
    r"\[[^\[\]]*\]|\+|(?:include|image|toc|ifdef|ifndef|endif)::?.*|\.[A-Z][^.].*|'''|<<<"
)
"""Lines that speak to the program: attributes of blocks and their titles, includes, breaks."""
HIDDEN = ("-", ".", "+", "/", "`")
"""Signs of blocks whose content is no text: listings, literals, passthroughs, comments."""


def read(text: str, name: str) -> Found:
    """The records of a page in AsciiDoc, in its sections."""
    keys: dict[int, str] = {}
    lines = list(_lines(text.lstrip("\ufeff").split("\n"), keys))
    return marked_up.read(lines, name, keys)


def _lines(source: list[str], keys: dict[int, str]) -> Iterator[str]:
    """Each line as Markdown writes it."""
    attributes: dict[str, str] = {}
    hidden = ""
    table: list[int] | None = None
    for number, line in enumerate(source, start=1):
        if match := RE_DELIMITER.match(line):
            sign = match[1]
            if sign.startswith("|"):
                table = [0, 0] if table is None else None
            elif hidden:
                hidden = "" if sign == hidden else hidden
            elif sign[0] in HIDDEN and sign != "--":
                hidden = sign
            yield ""
        elif hidden or line.startswith("//"):
            yield ""
        elif table is not None:
            yield _row(line, table)
        elif match := RE_ATTRIBUTE.match(line):
            attributes[match[1].strip("!")] = match[2] or ""
            yield ""
        else:
            yield _line(line, number, keys, attributes)


def _line(line: str, number: int, keys: dict[int, str], attributes: dict[str, str]) -> str:
    for name in re.findall(r"\{([\w-]{1,40})\}", line):
        line = line.replace("{" + name + "}", attributes.get(name, ""))
    if RE_NO_TEXT.fullmatch(line.strip()):
        return ""
    if match := RE_TITLE.match(line):
        return f"{'#' * len(match[1])} {_inline(match[2])}"
    if match := RE_BULLET.match(line):
        rest = line[match.end() :]
        if label := RE_LABEL.match(rest):
            if label[1]:
                keys[number] = label[1]
            rest = rest[label.end() :]
        rest = re.sub(r"^\[[ xX*]\]\s+", "", rest)
        depth = len(match[1]) - 1 if match[1][0] in "*." else 0
        return f"{'  ' * depth}- {_inline(rest)}"
    if match := re.match(r"\s*([^:\s][^:]{0,200})::+\s+(\S.*)$", line):
        return f"- **{_inline(match[1])}**: {_inline(match[2])}"
    return _inline(RE_LABEL.sub("", line).removesuffix(" +"))


def _row(line: str, table: list[int]) -> str:
    """A row of a table; the first one is its header."""
    if not line.strip() and table[0] == 1:  # the empty line behind the header
        table[0] += 1
        return "|---" * table[1] + "|"
    cells = [
        _inline(cell.strip()) for cell in re.split(r"(?<!\\)(?:^|\s)[\d.+*<>^]{0,6}[aehlmsdv]?\|", line)[1:]
    ]
    if not cells:
        return ""
    table[:] = [table[0] + 1, len(cells)]
    return "| " + " | ".join(cell or " " for cell in cells) + " |"


def _inline(text: str) -> str:
    """The styles and links of a line as Markdown writes them.

    >>> _inline("https://example.org/w[Waves^] in _Journal of Tides_")
    '[Waves](https://example.org/w) in *Journal of Tides*'
    """
    text = RE_LINK.sub(_link, text)
    text = RE_REFERENCE.sub(lambda match: (match[1] or "").strip(), text)
    text = re.sub(r"(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])", r"**\1**", text)
    text = re.sub(r"(?<![\w_/])_{1,2}(?=[^\s_])([^_\n]{1,300}?)(?<=\S)_{1,2}(?![\w_/])", r"*\1*", text)
    text = re.sub(r"\"`|`\"", '"', text)
    return re.sub(r"(?<!\w)\+(?=\S)([^+\n]{1,100})(?<=\S)\+(?!\w)", r"\1", text)


def _link(match: re.Match[str]) -> str:
    text = re.sub(r"\^$|,\s*(?:window|role|opts)=.*$", "", match[2]).strip().strip('"')
    return f"[{text}]({match[1]})" if text else f"<{match[1]}>"


def is_asciidoc(text: str) -> bool:
    """Whether a text has links or attributes that only AsciiDoc has."""
    start = text[:20000]
    links = len(re.findall(r"https?://[^\s\[\]]+\[[^\]\n]+\]", start))
    titles = len(re.findall(r"^={1,4} \S", start, re.MULTILINE))
    return (
        titles > 0 and (links > 0 or bool(re.search(r"^\s*[*-] \[\[\[|^:[\w-]+:", start, re.MULTILINE)))
    ) or links > 2


READER = Reader(
    name="asciidoc",
    label="AsciiDoc",
    holds="pages of Asciidoctor and Antora: lists, links, bibliographies",
    endings=(".adoc", ".asciidoc", ".asc"),
    signs=is_asciidoc,
    read=read,
)

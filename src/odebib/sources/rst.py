"""reStructuredText: sections, lists, links and citations, line by line as Markdown writes them.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from odebib.sources import marked_up
from odebib.sources.found import Found
from odebib.sources.reading import Reader

RE_ADORNMENT = re.compile(r"([=\-~^\"'`#*+.:_<>])\1{2,}[ \t]*$")
RE_DIRECTIVE = re.compile(r"(\s*)\.\.\s+(?:\|[^|]+\|\s+)?([\w:.-]+)::\s*(.*)$")
RE_TARGET = re.compile(r"\s*\.\.\s+_(`[^`]+`|[^:`]+):\s*(\S.*)?$")
RE_ANONYMOUS = re.compile(r"\s*(?:__|\.\. __:)\s+(https?://\S+)\s*$")
RE_CITATION = re.compile(r"(\s*)\.\.\s+\[([^\]\s]{1,60})\]\s+(.*)$")
RE_BULLET = re.compile(r"(\s*)(?:[*+•-]|\(?(?:\d+|#|[a-z])[.)])\s+(?=\S)")
RE_EMBEDDED = re.compile(r"`([^`<>]*?)\s*<([^<>`]{1,2000})>`__?")
RE_NAMED = re.compile(r"`([^`<>]{1,300})`__?(?!\w)")
RE_WORD = re.compile(r"(?<![\w`:/<])([A-Za-z][\w.-]{0,80}?)_(?![\w_])")
RE_ROLE = re.compile(r":([\w.+:-]{1,40}):`([^`]{1,500})`")
DROPPED = frozenset(
    ["raw", "code", "code-block", "sourcecode", "image", "figure", "toctree", "math", "contents",
     "highlight", "meta", "include", "literalinclude", "graphviz", "plot", "comment", "role",
     "default-role", "sectnum", "header", "footer", "bibliography", "todo", "index", "module",
     "currentmodule", "automodule"]
)  # fmt: skip
"""Directives whose content is no item of a list."""


@dataclass
class _Text:
    """The lines read so far, as Markdown."""

    lines: list[str]
    out: list[str] = field(default_factory=list)
    keys: dict[int, str] = field(default_factory=dict)
    adornments: list[str] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    anonymous: list[str] = field(default_factory=list)
    """Targets without a name, ``__ https://…``, for links that end with two underscores, in their order."""


def read(text: str, name: str) -> Found:
    """The records of a page in reStructuredText, in its sections."""
    source = _Text(text.lstrip("\ufeff").expandtabs(8).split("\n"))
    for line in source.lines:
        if (match := RE_TARGET.match(line)) and match[2]:
            source.targets[match[1].strip("`").casefold()] = match[2].strip()
        elif match := RE_ANONYMOUS.match(line):
            source.anonymous.append(match[1])
    _close_links(source.lines)
    number = 0
    while number < len(source.lines):
        number = _next(source, number)
    return marked_up.read(source.out, name, source.keys)


def _close_links(lines: list[str]) -> None:
    """Links that run over the end of a line on one; an empty line stands in for the other."""
    start = 0
    for number in range(1, len(lines)):
        above = lines[start].replace("``", "")
        if above.count("`") % 2 and "`" in lines[number] and number - start < 4:
            lines[start], lines[number] = f"{lines[start].rstrip()} {lines[number].strip()}", ""
        else:
            start = number


def _next(source: _Text, number: int) -> int:
    """Reads a line and what belongs to it; the number of the one that follows. One line goes out for each."""
    line = source.lines[number]
    following = source.lines[number + 1] if number + 1 < len(source.lines) else ""
    if RE_ADORNMENT.match(line) and (not source.out or not source.out[-1].strip()):
        source.out.append("")
        return number + 1
    if (
        line.strip()
        and not line.startswith(" ")
        and RE_ADORNMENT.match(following)
        and len(following.strip()) > 2
    ):
        return _title(source, number, line, following.strip()[0])
    if match := RE_CITATION.match(line):
        source.keys[number + 1] = match[2]
        source.out.append(f"{match[1]}- {_inline(match[3], source)}")
        return _indented(source, number + 1, len(match[1]), keep=True, by=len(match[1]) + 2)
    if match := RE_DIRECTIVE.match(line):
        source.out.append("")
        return _indented(source, number + 1, len(match[1]), keep=match[2] not in DROPPED, by=0)
    if re.match(r"\s*\.\.(?:\s|$)", line):  # a comment, or a target that is read already
        source.out.append("")
        indent = len(line) - len(line.lstrip())
        return _indented(source, number + 1, indent, keep=False, by=0)
    source.out.append(_line(line, source))
    return number + 1


def _title(source: _Text, number: int, line: str, sign: str) -> int:
    has_overline = number > 0 and bool(RE_ADORNMENT.match(source.lines[number - 1]))
    style = sign * (2 if has_overline else 1)
    if style not in source.adornments:
        source.adornments.append(style)
    source.out += [f"{'#' * min(source.adornments.index(style) + 1, 6)} {_inline(line.strip(), source)}", ""]
    return number + 2


def _indented(source: _Text, number: int, indent: int, *, keep: bool, by: int) -> int:
    """The lines that are indented deeper: the content of a directive, a comment, a citation."""
    margin = 0
    while number < len(source.lines):
        line = source.lines[number]
        depth = len(line) - len(line.lstrip())
        if line.strip() and depth <= indent:
            break
        margin = margin or depth
        option = re.match(r"\s*:[\w-]+:(?:\s|$)", line)
        if keep and line.strip() and not option:
            source.out.append(" " * by + _line(line[min(margin, depth) :], source))
        else:
            source.out.append("")
        number += 1
    return number


def _line(line: str, source: _Text) -> str:
    if RE_ANONYMOUS.match(line):
        return ""
    if match := re.match(r"(\s*)\|\s+(?=\S)", line):  # a line of a block of lines
        line = match[1] + line[match.end() :] + "  "
    if match := RE_BULLET.match(line):
        label = re.match(r"\[([A-Za-z][\w+:-]{1,40})\]_?\s+", line[match.end() :])
        rest = line[match.end() + (label.end() if label else 0) :]
        if label:
            source.keys[len(source.out) + 1] = label[1]
        lead = (
            match[0]
            if match[0].strip()[0] not in "(#*+•" and match[0].strip()[-1] != ")"
            else f"{match[1]}- "
        )
        return lead + _inline(rest, source)
    return _inline(line, source)


def _inline(text: str, source: _Text) -> str:
    """The styles and links of a line as Markdown writes them."""
    text = RE_EMBEDDED.sub(lambda match: _link(match[1] or match[2], match[2], source), text)
    text = RE_NAMED.sub(lambda match: _named(match, source), text)
    if "_" in text and source.targets:
        text = RE_WORD.sub(lambda match: _named(match, source), text)
    text = RE_ROLE.sub(_role, text)
    return text.replace("``", "`").replace("\\ ", "").replace("|br|", "")


def _link(text: str, target: str, source: _Text) -> str:
    target = source.targets.get(target.rstrip("_").casefold(), target).strip()
    text = " ".join(text.split())
    return f"[{text}]({target})" if re.match(r"https?://", target) else text


def _named(match: re.Match[str], source: _Text) -> str:
    target = source.targets.get(match[1].casefold())
    if match[0].endswith("__") and source.anonymous:
        target = source.anonymous.pop(0)
    if target is None:
        return match[1] if match[0].startswith("`") else match[0]
    return _link(match[1], target, source)


def _role(match: re.Match[str]) -> str:
    name, content = match[1].casefold(), match[2]
    text, _, target = content.partition("<")
    identifier = (target.rstrip("> ") or content).strip()
    if name == "doi":
        return f"[{text.strip() if target else identifier}](https://doi.org/{identifier})"
    if name in {"arxiv", "eprint"}:
        return f"[{text.strip() if target else identifier}](https://arxiv.org/abs/{identifier})"
    if name in {"emphasis", "title", "title-reference", "t"}:
        return f"*{content}*"
    return f"**{content}**" if name == "strong" else text.strip()


def is_rst(text: str) -> bool:
    """Whether a text has links or directives that only reStructuredText has."""
    start = text[:20000]
    links = len(re.findall(r"`[^`<>\n]+\s+<https?://[^>\n]+>`_", start))
    return links > 1 or bool(
        re.search(r"^\.\. (?:[\w-]+::|_[^:\n]+: http|\[[\w:+-]+\] )", start, re.MULTILINE)
    )


READER = Reader(
    name="rst",
    label="reStructuredText",
    holds="pages of Sphinx: lists, `.. [Key] citations`, links",
    endings=(".rst", ".rest"),
    signs=is_rst,
    read=read,
)

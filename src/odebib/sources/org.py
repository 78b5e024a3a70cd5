"""Org: headings are works or sections, drawers hold their fields, list items are read as Markdown's.

https://orgmode.org/org.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from odebib.sources import columns, marked_up, named
from odebib.sources.bibtex import reader as bibtex
from odebib.sources.bibtex.blocks import RE_ENTRY_START
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood, without_empty
from odebib.sources.reading import Reader, lines
from odebib.sources.records import validated

RE_HEADING = re.compile(r"(\*{1,12})\s+(.*)")
STATES = frozenset(
    ["TODO", "DONE", "NEXT", "READ", "READING", "WAITING", "WAIT", "HOLD", "CANCELLED", "CANCELED",
     "STARTED", "SOMEDAY", "MAYBE", "UNREAD", "TOREAD", "SKIMMED", "FINISHED", "INPROGRESS", "IN-PROGRESS",
     "PROJ", "SKIM"]
)  # fmt: skip
"""What may stand before a title; a title's own capitals stand on."""
RE_PRIORITY = re.compile(r"\[#\w\]\s*|\[(?:\d+%|\d+/\d+)\]\s*")
RE_TAGS = re.compile(r"[ \t]+:((?:[\w@#%-]+:)+)[ \t]*$")
RE_DRAWER = re.compile(r"\s*:([\w-]+):\s*$")
RE_PROPERTY = re.compile(r"\s*:([\w+-]+):\s+(.*\S)\s*$")
RE_DEFINITION = re.compile(r"\s*[-+]\s+([A-Za-z][\w ]{1,30}?)\s+::\s+(.*\S)\s*$")
RE_PLANNING = re.compile(r"\s*(?:CLOSED|SCHEDULED|DEADLINE|CLOCK):")
RE_BLOCK = re.compile(r"\s*#\+begin_?(\w*)\s*(\w*)", re.IGNORECASE)
RE_BLOCK_END = re.compile(r"\s*#\+end", re.IGNORECASE)
RE_STAMP = re.compile(r"[<\[]\d{4}-\d\d-\d\d[^>\]\n]{0,40}[>\]](?:--[<\[][^>\]\n]{0,60}[>\]])?")
RE_LINK = re.compile(r"\[\[([^\[\]]{1,2000})\](?:\[([^\[\]]{0,2000})\])?\]")
RE_CHECKBOX = re.compile(r"(\s*(?:[-+]|\d+[.)])\s+)\[[ xX-]\]\s+")
OF_ORG = frozenset(
    {"category", "id", "effort", "logging", "ordered", "columns", "archive", "style", "visibility"}
)
"""Properties by which Org itself works."""


@dataclass
class Heading:
    """A heading with what stands under it, up to the next one."""

    level: int
    line: int
    text: str
    tags: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    body: list[tuple[int, str]] = field(default_factory=list)
    references: list[tuple[int, str]] = field(default_factory=list)
    """BibTeX blocks, each with its line."""
    source: list[str] = field(default_factory=list)
    is_stated: bool = False
    """Whether the heading bears a state, such as ``TODO``."""
    below: list[Heading] = field(default_factory=list)


def read(text: str, name: str, wanted: columns.Meanings | None = None) -> Found:
    """The records of an Org file, in the sections that its headings make."""
    top = _tree(text)
    title = top.properties.get("TITLE", "") or name
    found = Found(name=title, sections=[FoundSection(title)], has_headings=False)
    reading = _Reading(found, wanted)
    reading.section(top, found.sections[0])
    found.taken, found.left_out = tuple(reading.taken), tuple(reading.left)
    outer = found.sections[0]
    if outer.sections and not outer.records:
        found.sections = outer.sections
    found.sections = without_empty(found.sections)
    return found


# -- The tree ----------------------------------------------------------------------------


def _tree(text: str) -> Heading:
    """The headings of a file, each with its drawer, its text and the headings below it."""
    top = Heading(0, 1, "")
    stack = [top]
    rest = enumerate(lines(text.lstrip("\ufeff")), start=1)
    for number, line in rest:
        if match := RE_HEADING.fullmatch(line):
            heading = _heading(len(match[1]), number, match[2])
            while stack[-1].level >= heading.level:
                stack.pop()
            stack[-1].below.append(heading)
            stack.append(heading)
        else:
            _line(stack[-1], number, line, rest)
        stack[-1].source.append(line)
    return top


def _heading(level: int, line: int, text: str) -> Heading:
    tags: list[str] = []
    if match := RE_TAGS.search(text):
        tags, text = match[1].strip(":").split(":"), text[: match.start()]
    word = text.split(" ", 1)[0]
    is_stated = word in STATES
    text = text[len(word) :].strip() if is_stated else text.strip()
    text = RE_STAMP.sub("", RE_PRIORITY.sub("", text))
    text = re.sub(r"^\[[ xX-]\]\s+", "", text)
    return Heading(level, line, text.strip(), tags, is_stated=is_stated)


def _line(heading: Heading, number: int, line: str, rest: Iterator[tuple[int, str]]) -> None:
    """Puts a line where it belongs: a drawer's, a block's, a keyword's or the text's."""
    if match := RE_BLOCK.match(line):
        block = [inner for _, inner in _until(rest, RE_BLOCK_END)]
        if "bib" in match[2].lower() or any(RE_ENTRY_START.match(inner) for inner in block):
            heading.references.append((number + 1, "\n".join(block)))
    elif RE_DRAWER.match(line):
        _drawer(heading, rest)
    elif match := re.match(r"\s*#\+(\w+):\s*(.*)", line):
        if match[1].upper() == "TITLE":
            heading.properties.setdefault("TITLE", match[2].strip())
    elif RE_ENTRY_START.match(line):
        block = [line, *(inner for _, inner in _until(rest, re.compile(r"^\s*\}\s*$")))]
        heading.references.append((number, "\n".join([*block, "}"])))
    elif match := RE_DEFINITION.match(line):
        heading.properties.setdefault(match[1], match[2])
    elif not RE_PLANNING.match(line) and not re.match(r"\s*#(?:\s|$)", line):
        heading.body.append((number, line))


def _drawer(heading: Heading, rest: Iterator[tuple[int, str]]) -> None:
    for _, line in _until(rest, re.compile(r"\s*:END:", re.IGNORECASE)):
        heading.source.append(line)
        if found := RE_PROPERTY.match(line):
            heading.properties.setdefault(found[1].strip("+"), found[2])


def _until(rest: Iterator[tuple[int, str]], end: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for number, line in rest:
        if end.match(line):
            return
        yield number, line


# -- What is a work ----------------------------------------------------------------------


class _Reading:
    """Goes through the tree and puts works into their sections."""

    def __init__(self, found: Found, wanted: columns.Meanings | None) -> None:
        self.found = found
        self.wanted = wanted
        self.taken: dict[str, bool] = {}
        self.left: dict[str, bool] = {}

    def section(self, heading: Heading, section: FoundSection) -> None:
        """A heading that is no work: its list items, then the headings below it."""
        self.text(heading.body, section, only_items=False)
        self.blocks(heading, section)
        works = [self.is_work(inner) for inner in heading.below]
        for inner, is_work in zip(heading.below, works, strict=True):
            if is_work or (any(works) and not inner.below and not self.has_items(inner)):
                self.work(inner, section)
            else:
                self.found.has_headings = True
                below = FoundSection(_plain(inner.text) or "Untitled")
                section.sections.append(below)
                self.section(inner, below)

    def has_items(self, heading: Heading) -> bool:
        """Whether list items with links stand under a heading."""
        return any(re.match(r"\s*(?:[-+]|\d+[.)])\s", line) and "[[" in line for _, line in heading.body)

    def meanings(self, heading: Heading) -> dict[str, str]:
        """What the properties of a heading hold."""
        names = [name for name in heading.properties if name.casefold() not in OF_ORG]
        return columns.meanings(names, self.wanted)

    def is_work(self, heading: Heading) -> bool:
        """Whether a heading is a work: by its drawer, its BibTeX, or because it is a link."""
        if set(self.meanings(heading).values()) - {"source_id", "topics", "date", "note", "section"}:
            return True
        if heading.references and not heading.below:
            return True
        if RE_LINK.fullmatch(heading.text) or re.fullmatch(r"https?://\S+", heading.text):
            return not any(map(self.is_work, heading.below))
        return heading.is_stated and not heading.below and not self.has_items(heading)

    def work(self, heading: Heading, section: FoundSection) -> None:
        """The record of a heading, or of the BibTeX under it; items with a box are works of their own."""
        if heading.references:
            self.blocks(heading, section)
        else:
            fields = self.fields(heading)
            raw = "\n".join([f"{'*' * heading.level} {heading.text}", *heading.source[1:]]).strip()
            if fields.keys() & {"title", "doi", "arxiv", "url"}:
                section.records.append(FoundRecord(heading.line, validated({"text": raw, **fields})))
            else:
                reason = "it has neither title nor identifier"
                self.found.not_understood.append(NotUnderstood(heading.line, raw, reason))
        self.text(heading.body, section, only_items=True)
        for inner in heading.below:
            if self.is_work(inner):
                self.work(inner, section)

    def fields(self, heading: Heading) -> dict[str, Any]:
        """The fields of a record: those of the drawer, and what the heading itself says."""
        meanings = self.meanings(heading)
        for name in heading.properties:
            if name.casefold() not in OF_ORG:
                (self.taken if name in meanings else self.left).setdefault(name, True)
        given: Mapping[str, Any] = {
            name: RE_STAMP.sub(_day, value) for name, value in heading.properties.items()
        }
        given = {name: _markdown(value) for name, value in given.items()}
        fields = named.record_fields(given, meanings)
        fields = named.record_fields({"title": _markdown(heading.text)}, {"title": "title"}) | fields
        if heading.tags:
            fields["topics"] = [*fields.get("topics", []), *(tag.replace("_", " ") for tag in heading.tags)]
        return fields

    def blocks(self, heading: Heading, section: FoundSection) -> None:
        """The works of BibTeX blocks."""
        for line, block in heading.references:
            found = bibtex.read(block, section.title)
            for _, item in found.records():
                section.records.append(FoundRecord(line + item.line - 1, item.record))
            for left in found.not_understood:
                self.found.not_understood.append(NotUnderstood(line + left.line - 1, left.text, left.reason))

    def text(self, body: list[tuple[int, str]], section: FoundSection, *, only_items: bool) -> None:
        """The list items of a text, read as Markdown's; under a work only those that are works themselves."""
        if only_items:
            body = [(number, line) for number, line in body if _is_own_work(line)]
        if not any(line.strip() for _, line in body):
            return
        found = marked_up.read([_markdown(_item(line)) for _, line in body], section.title)
        for _, item in found.records():
            line = body[min(item.line, len(body)) - 1][0]
            section.records.append(FoundRecord(line, item.record))
        for left in found.not_understood:
            line = body[min(left.line, len(body)) - 1][0]
            self.found.not_understood.append(NotUnderstood(line, left.text, left.reason))


def _is_own_work(line: str) -> bool:
    """``- [X] "Title" by Somebody (2017)``: an item with a box that names a work."""
    return bool(
        RE_CHECKBOX.match(line) and re.search(r"\[\[|https?://|[“\"].{4,}[”\"]|\((?:19|20)\d\d\)", line)
    )


def _item(line: str) -> str:
    """A list item without its box, a plus as a hyphen."""
    line = RE_CHECKBOX.sub(r"\1", line)
    return RE_STAMP.sub("", re.sub(r"^(\s*)\+ ", r"\1- ", line))


def _day(match: re.Match[str]) -> str:
    return match[0][1:11]


def _markdown(text: str) -> str:
    """Org's links and styles as Markdown writes them.

    >>> _markdown("[[https://example.org][Waves]] in /Journal of Tides/")
    '[Waves](https://example.org) in *Journal of Tides*'
    """
    text = RE_LINK.sub(_link, text)
    text = re.sub(r"(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])", r"**\1**", text)
    return re.sub(r"(?<![\w/:.])/(?=[^\s/])([^/\n]{1,300}?)(?<=[^\s/])/(?![\w/])", r"*\1*", text)


def _link(match: re.Match[str]) -> str:
    target, text = match[1].strip(), (match[2] or "").strip()
    if doi := re.match(r"doi:\s*(10\..+)", target):
        target = f"https://doi.org/{doi[1]}"
    elif arxiv := re.match(r"arxiv:\s*(\S+)", target, re.IGNORECASE):
        target = f"https://arxiv.org/abs/{arxiv[1]}"
    if not re.match(r"https?://", target):
        return text or re.sub(r"^(?:file|id|cite|attachment):", "", target)
    return f"[{text}]({target})" if text and text != target else f"<{target}>"


def _plain(text: str) -> str:
    """A heading as it reads."""
    return " ".join(re.sub(r"[*/=~]", "", RE_LINK.sub(lambda match: match[2] or match[1], text)).split())


def is_org(text: str) -> bool:
    """Whether a text has Org's keywords, or its headings with its drawers or links."""
    start = text[:20000]
    if re.search(r"^#\+(?:title|startup|filetags|options|author):", start, re.IGNORECASE | re.MULTILINE):
        return True
    return bool(re.search(r"^\*+ \S", start, re.MULTILINE)) and bool(
        re.search(r"^\s*:PROPERTIES:\s*$|\]\[[^\]\n]+\]\]", start, re.MULTILINE)
    )


READER = Reader(
    name="org",
    label="Org",
    holds="reading lists of Emacs: headings, property drawers, links, list items, BibTeX blocks, org-bibtex",
    endings=(".org", ".org_archive"),
    ending_says="all",
    signs=is_org,
    read=read,
    takes_columns=True,
)

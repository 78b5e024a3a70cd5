"""Pages of free-form citations: headings, bullets, numbered references, paragraphs.

Text is cut into lines, lines into items and headings, and each item is read
by :mod:`odebib.sources.citations.citation`. Pages that were pasted from a browser have
lost their layout: a bullet may stand at the end of the line before its item,
an item may run over several lines, two items may share one.

The page is read twice: first only to learn its own habits (which acronyms it
uses as venues, which titles and speakers it names), then for its records.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from odebib.sources.citations import styles
from odebib.sources.citations.author_line import leading_people, read_people
from odebib.sources.citations.citation import read_citation
from odebib.sources.citations.imprint import is_imprint, read_venue_year
from odebib.sources.citations.short_forms import is_year
from odebib.sources.citations.style import Context
from odebib.sources.citations.styles.gbt import RE_MARKER
from odebib.sources.citations.talks import RE_TALK_BY
from odebib.sources.citations.words import ACRONYM, RE_PREPRINT_ONLY, RE_VENUE_WORD, YEAR
from odebib.sources.doubting import doubted
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader
from odebib.sources.records import validated
from odebib.text.folding import fold, fold_words

BULLET = r"[-–—*•·+‣▪▫○●■□◦➢➤►✓→]"
RE_BULLET = re.compile(rf"(\s*)(?:{BULLET}|o(?=\s[A-Z]))(?:\s+|$|(?=[A-Z“\"\[(]))(?!\d+\s*$)")
RE_NUMBER = re.compile(
    r"(\s*)(?:[\[［](\d{1,4})[\]］]\s*(?=\S)"
    r"|(?:\[([A-Z][A-Za-z+]{1,6}\d{2}[a-z]?)\]|\((\d{1,3})\)|(\d{1,3})[.)])\s+(?=\S))"
)
RE_BULLET_AT_END = re.compile(rf"(?:^|(?<=\s)){BULLET}\s*$")
RE_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
RE_RULE = re.compile(r"\s*(?:={3,}|-{3,}|_{3,}|\*{3,}|~{3,})\s*")
RE_SPLIT = re.compile(rf"\s+{BULLET}\s+(?=\S)")
RE_COMPLETE = re.compile(rf"(?:[.)\]”\"]|{YEAR}|\d{{4}}\.\d{{4,5}}(?:v\d)?|[A-Z]\d\d)\s*$")
"""How a complete citation ends: a full stop, a bracket, a year, an arXiv id."""
RE_VENUE_USED = re.compile(rf"(?<![\w-])({ACRONYM})\s?[’'`]?({YEAR}|\d\d)(?![\w.])")
RE_VENUE_BEFORE_EVENT = re.compile(
    rf"^\W*((?:{ACRONYM}\s){{1,2}})(?=(?i:mini-?tutorial|tutorial|workshop|keynote|invited))"
)

MAX_ITEM = 4000
"""An item that is longer is prose."""


@dataclass
class Line:
    """One line of the page: its number, how far it is indented, its text without bullet, and its mark."""

    number: int
    indent: int
    text: str
    mark: str = ""  # "bullet", "number", "heading" or none
    after_blank: bool = False


@dataclass
class Item:
    """Lines that belong together, and whether they are a heading."""

    line: int
    lines: list[str] = field(default_factory=list)
    mark: str = ""
    heading: int = 0

    @property
    def text(self) -> str:
        joined = self.lines[0] if self.lines else ""
        for before, line in pairwise(self.lines):
            broken = re.search(r"[a-z]-$", before) and line[:1].islower()
            joined = joined[:-1] + line if broken else f"{joined} {line}"
        return joined


def read(text: str, name: str) -> Found:
    """The records of a page of citations, in its sections.

    ``name`` is what the page is called; records before its first heading
    stand in a section of that name. Every item becomes a record or stands
    under ``not_understood``.
    """
    items = _items(_lines(text))
    context = _learn(items)
    found = Found(name=name)
    open_sections: list[tuple[int, FoundSection]] = []
    last_was_heading = False
    for item in items:
        if item.heading:
            _open_section(found, open_sections, item, last_was_heading)
            last_was_heading = True
            continue
        last_was_heading = False
        if not open_sections:
            open_sections.append((1, FoundSection(name)))
            found.sections.append(open_sections[-1][1])
        _add(item, context, open_sections[-1][1], found)
    return doubted(found)


PLAIN_HEADING = 7
"""The depth of a heading that shows none."""


def _open_section(
    found: Found, open_sections: list[tuple[int, FoundSection]], item: Item, last_was_heading: bool
) -> None:
    """Puts a heading where it belongs: by its depth if it shows one, else under a heading just before it.

    Beside headings that show their depth, one that does not stands on their level.
    """
    section = FoundSection(_heading_text(item.text))
    shown = [depth for depth, _ in open_sections if depth != PLAIN_HEADING]
    depth = shown[-1] if shown and item.heading == PLAIN_HEADING else item.heading
    nested = depth == PLAIN_HEADING and last_was_heading and len(open_sections) == 1
    while open_sections and open_sections[-1][0] >= depth and not nested:
        open_sections.pop()
    above = open_sections[-1][1].sections if open_sections else found.sections
    above.append(section)
    open_sections.append((depth, section))


def _heading_text(text: str) -> str:
    return text.strip().strip("*_").rstrip(":").strip() or text


def _add(item: Item, context: Context, section: FoundSection, found: Found) -> None:
    text = item.text
    if not re.search(r"\w", text):
        return
    if len(text) > MAX_ITEM:
        found.not_understood.append(NotUnderstood(item.line, text[:200] + " …", "too long for a citation"))
        return
    fields = read_citation("\n".join(item.lines), context)
    if "title" not in fields and not fields.keys() & {"doi", "arxiv", "openreview", "url"}:
        found.not_understood.append(NotUnderstood(item.line, text, "no title found"))
        return
    if item.mark == "" and _is_prose(text, fields.keys()):
        found.not_understood.append(NotUnderstood(item.line, text, "looks like running text, not a citation"))
        return
    section.records.append(FoundRecord(item.line, validated({"text": text, **fields})))


def _is_prose(text: str, fields: object) -> bool:
    """Whether an unmarked paragraph is a description: sentences with no sign of a citation."""
    names = set(fields)  # type: ignore[call-overload]
    if names & {"authors", "year", "venue", "doi", "arxiv", "openreview", "url", "type"}:
        return False
    return len(text.split()) > 25 or bool(
        re.search(r"\b(?:we|this|our|you|please|here|feel free)\b", text, re.I) and text.endswith(".")
    )


# -- Lines -------------------------------------------------------------------------------


def _lines(text: str) -> list[Line]:
    """The page's lines that say something; a bullet at a line's end marks the next line."""
    lines: list[Line] = []
    loose = _has_loose_bullets(text)
    pending, blank = "", True
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        raw = raw.replace("\u00a0", " ").replace("\t", "    ").rstrip()
        if not raw.strip() or RE_RULE.fullmatch(raw):
            if lines and not blank:
                _underline(lines[-1], raw.strip())
            blank = True
            continue
        line = _line(number, raw, blank)
        blank = False
        line.mark = line.mark or pending
        pending = _take_last_bullet(line)
        if line.text:
            lines.extend([line] if line.mark == "heading" else _parted(line, loose))
        elif line.mark == "bullet":
            pending = "bullet"
    return lines


def _underline(line: Line, rule: str) -> None:
    """Makes a heading of a line with a rule right below it."""
    if rule and set(rule) <= set("=-~") and not line.mark:
        line.mark, line.indent = "heading", 1 if "=" in rule else 2


def _take_last_bullet(line: Line) -> str:
    """The mark that a bullet at a line's end gives to the next line; the line loses it."""
    if line.mark == "heading" or not RE_BULLET_AT_END.search(line.text):
        return ""
    line.text = RE_BULLET_AT_END.sub("", line.text).rstrip()
    return "bullet"


def _line(number: int, raw: str, after_blank: bool) -> Line:
    if match := RE_HEADING.fullmatch(raw.strip()):
        return Line(number, len(match[1]), match[2], "heading", after_blank)
    indent = len(raw) - len(raw.lstrip())
    if match := RE_BULLET.match(raw):
        return Line(number, indent, raw[match.end() :].strip(), "bullet", after_blank)
    if match := RE_NUMBER.match(raw):
        return Line(number, indent, raw[match.end() :].strip(), "number", after_blank)
    return Line(number, indent, raw.strip(), "", after_blank)


def _has_loose_bullets(text: str) -> bool:
    """Whether the page has bullets at the ends of lines, so that they may stand inside lines too."""
    return bool(re.search(rf"\S\s{BULLET}\s*$", text, re.MULTILINE))


# -- Items -------------------------------------------------------------------------------


def _items(lines: Sequence[Line]) -> list[Item]:
    """Lines put together to items and headings."""
    marked = sum(line.mark in {"bullet", "number"} for line in lines)
    if marked >= max(2, len(lines) * 0.15):
        return _marked_items(lines)
    return _unmarked_items(lines)


def _marked_items(lines: Sequence[Line]) -> list[Item]:
    """Items of a page with bullets or numbers: an unmarked line goes on, or is a heading or an item."""
    items: list[Item] = []
    width = _width(lines)
    for i, line in enumerate(lines):
        if line.mark == "heading":
            items.append(Item(line.number, [line.text], heading=line.indent))
        elif line.mark:
            items.append(Item(line.number, [line.text], line.mark))
        elif items and not items[-1].heading and _goes_on(items[-1], line, lines[i - 1], width):
            items[-1].lines.append(line.text)
        elif _is_heading(lines, i):
            items.append(Item(line.number, [line.text], heading=PLAIN_HEADING))
        else:
            items.append(Item(line.number, [line.text]))
    return items


def _width(lines: Sequence[Line]) -> int:
    """The width at which the page breaks its lines, or a large number if it does not."""
    lengths = sorted(len(line.text) + line.indent for line in lines)
    return lengths[int(len(lengths) * 0.95)] if lengths else 0


def _goes_on(item: Item, line: Line, before: Line, width: int) -> bool:
    """Whether an unmarked line belongs to the item before it."""
    if line.after_blank and line.indent <= before.indent:
        return False
    if line.indent > before.indent and before.mark:
        return True
    if line.indent and line.indent >= before.indent and not before.mark and len(item.lines) > 1:
        return True
    filled = len(before.text) + before.indent + len(line.text.split()[0]) >= width * 0.9
    if filled and not line.after_blank and not RE_COMPLETE.search(before.text):
        return True
    return len(item.lines) < 4 and _is_part(line.text)


def _is_part(text: str) -> bool:
    """Whether a line is a part of a citation and no citation: people, an imprint, an identifier."""
    bare = text.strip(" .,;")
    people = read_people(bare)
    if people and (len(people) > 1 or "." in bare):
        return True
    if re.match(r"(?:https?://|doi:|arxiv)", bare, re.IGNORECASE):
        return True
    if RE_MARKER.search(text) or leading_people(text):
        return False
    return is_imprint(bare) and bool(
        (RE_VENUE_WORD.match(bare) and len(bare.split()) > 3)
        or "year" in read_venue_year(bare)
        or re.match(r"In:?\s", bare)
        or _names_venue(bare)
    )


def _names_venue(text: str) -> bool:
    """``Advances in Neural Information Processing Systems (NeurIPS)``: words with their acronym."""
    return bool(RE_VENUE_WORD.search(text) and re.search(rf"\({ACRONYM}(?:\s\d+)?\)$", text))


def _is_heading(lines: Sequence[Line], i: int) -> bool:
    """Whether an unmarked line stands over items: short, no citation, and items follow soon."""
    for j in range(i, min(i + 3, len(lines))):
        if lines[j].mark:
            return j > i
        if not _may_be_heading(lines[j].text):
            return False
    return False


def _may_be_heading(text: str) -> bool:
    if len(text.split()) > 14 or (text.endswith((".", ",")) and not text.endswith("...")):
        return False
    return not _says_what_citations_say(text)


def _says_what_citations_say(text: str) -> bool:
    return bool(
        re.search(rf"[“”\"]|https?://|arxiv|\bdoi\b|et al|(?<![\w-]){YEAR}(?![\w-])", text, re.IGNORECASE)
        or RE_MARKER.search(text)
        or (leading_people(text) and not text[:1].islower())
    )


def _unmarked_items(lines: Sequence[Line]) -> list[Item]:
    """Items of a page without bullets: paragraphs, or lines where each is a citation of its own."""
    items: list[Item] = []
    for paragraph in _paragraphs(lines):
        groups = _grouped(paragraph)
        if len(groups) == 1 and len(groups[0]) == 1 and groups[0][0].mark == "":
            line = groups[0][0]
            short = len(line.text.split()) <= 10 and not line.text.endswith(".")
            items.append(
                Item(
                    line.number,
                    [line.text],
                    heading=PLAIN_HEADING if short and not _says_what_citations_say(line.text) else 0,
                )
            )
            continue
        for group in groups:
            depth = group[0].indent if group[0].mark == "heading" else 0
            items.append(
                Item(
                    group[0].number, [line.text for line in group], group[0].mark if not depth else "", depth
                )
            )
    return _with_sensible_headings(_unbroken(items))


def _unbroken(items: Sequence[Item]) -> list[Item]:
    """Items put together again that a page's end cut in two, as in text copied from a PDF.

    Where citations begin with people, a paragraph that does not goes on from one that has no end.
    """
    begins = [
        bool(item.heading in {0, PLAIN_HEADING} and (styles.begins(item.text) or leading_people(item.text)))
        for item in items
    ]
    if sum(begins) < 2:
        return list(items)
    whole: list[Item] = []
    open_citation = False
    for item, begins_with_people in zip(items, begins, strict=True):
        goes_on = open_citation and not begins_with_people and item.heading in {0, PLAIN_HEADING}
        if goes_on and not item.mark and not RE_COMPLETE.search(whole[-1].text):
            whole[-1].lines += item.lines
        else:
            whole.append(item)
            open_citation = begins_with_people
    return whole


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and (line.after_blank or line.mark == "heading" or paragraph[-1].mark == "heading"):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _grouped(paragraph: list[Line]) -> list[list[Line]]:
    """The items of a paragraph: one, or several when lines begin anew like citations."""
    groups: list[list[Line]] = [[paragraph[0]]]
    hanging = len(paragraph) > 2 and paragraph[0].indent < max(line.indent for line in paragraph)
    for i in range(1, len(paragraph)):
        line = paragraph[i]
        anew = line.indent <= paragraph[0].indent if hanging else _begins_anew(groups[-1], paragraph, i)
        if line.mark or anew:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _begins_anew(group: Sequence[Line], paragraph: Sequence[Line], i: int) -> bool:
    """Whether an unmarked line begins a citation: after a complete one, and like it."""
    before, line = paragraph[i - 1].text, paragraph[i].text
    if line[:1].islower():
        return False
    if styles.begins(line):
        return True
    people_first = leading_people(" ".join(other.text for other in group[:6]))
    if people_first and RE_COMPLETE.search(before):
        return leading_people(" ".join(other.text for other in paragraph[i : i + 4])) is not None
    if _is_part(line):
        return False
    whole = [read_citation(text) for text in (before, line)]
    return all(
        fields.get("title") and fields.keys() & {"year", "venue", "arxiv", "doi", "url"} for fields in whole
    )


def _with_sensible_headings(items: list[Item]) -> list[Item]:
    """A page all of short lines is a list of titles, not of headings."""
    plain = [item for item in items if item.heading == PLAIN_HEADING]
    if len(plain) > max(3, len(items) * 0.6):
        for item in plain[1:]:
            item.heading = 0
    if items and items[-1].heading == PLAIN_HEADING:
        items[-1].heading = 0
    return items


# -- Several items on one line -----------------------------------------------------------


def _parted(line: Line, loose_bullets: bool) -> Iterator[Line]:
    """A line cut where another item begins behind a dash."""
    start = 0
    for match in islice(RE_SPLIT.finditer(line.text), 20):
        if _another_begins(
            line.text[start : match.start()], line.text[match.end() : match.end() + 1000], loose_bullets
        ):
            yield replace(line, text=line.text[start : match.start()])
            line = replace(line, mark="bullet", after_blank=False)
            start = match.end()
    yield replace(line, text=line.text[start:])


def _another_begins(left: str, right: str, loose_bullets: bool) -> bool:
    """Whether a dash between two texts is a bullet that lost its line."""
    if len(right.split()) < 3:
        return False
    if (talk := RE_TALK_BY.fullmatch(left)) and read_people(talk[2].strip("[]().")):
        return False
    if RE_TALK_BY.match(right) and len(left.split()) > 3:
        return True
    complete = bool(RE_COMPLETE.search(left))
    if complete and leading_people(right) and RE_MARKER.search(right):
        return True
    return complete and loose_bullets and (right[0].isupper() or bool(leading_people(right)))


# -- What the page says about itself -----------------------------------------------------


def _learn(items: Sequence[Item]) -> Context:
    """The venues, titles and speakers that the page names where there is no doubt."""
    texts = ["\n".join(item.lines) for item in items if not item.heading]
    venues: Counter[str] = Counter()
    titles: set[str] = set()
    for text in texts:
        for match in RE_VENUE_USED.finditer(text):
            if is_year(match[2]) and not RE_PREPRINT_ONLY.fullmatch(match[1]):
                venues[fold(match[1])] += 1
        if before := RE_VENUE_BEFORE_EVENT.match(text):
            venues[fold(before[1])] += 1
        fields = read_citation(text)
        if "title" in fields and (
            fields.keys() & {"authors", "venue", "arxiv", "doi"} or RE_MARKER.search(text)
        ):
            if "talk" not in str(fields.get("type")):
                titles.add(fold(fields["title"]))
        elif fields.keys() == {"title"}:
            titles.add(fold(fields["title"]))
    speakers = _speakers(texts)
    return Context(frozenset(venues), frozenset(title for title in titles if title.count(" ") > 2), speakers)


def _speakers(texts: Sequence[str]) -> frozenset[str]:
    """Names after "talk by" that occur more than once with different continuations."""
    starts: list[tuple[str, ...]] = []
    for text in texts:
        match = RE_TALK_BY.search(text)
        if match and (words := fold_words(match[2])):
            starts.append(words[:4])
    counts = Counter(words[:n] for words in set(starts) for n in (1, 2, 3) if len(words) >= n)
    return frozenset(
        " ".join(words)
        for words, count in counts.items()
        if count > 1
        and not any(
            other[: len(words)] == words and len(other) > len(words) and counts[other] == count
            for other in counts
        )
    )


READER = Reader(
    name="text",
    label="free text",
    holds="pages of citations in any style, as people paste them; with `--format text` also plain titles",
    endings=(".txt", ".text"),
    ending_says="nothing",
    read=read,
)

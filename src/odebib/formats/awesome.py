"""Awesome lists: Markdown sections with an item for each work, as awesome-lint wants them.

Its rules for items (https://github.com/sindresorhus/awesome-lint): a link, a
dash, a description that begins with a capital or a digit and ends with a full
stop; no address twice; "Contents" with a line for every section.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from odebib.formats.format import Format
from odebib.formats.markdown import appearance, authors, escaped, link, linked_title
from odebib.formats.wording import HOW_PUBLISHED
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.model.record import Record, Section, SourceList
from odebib.model.vocabulary import Topic

BEGIN = "<!-- odebib: begin -->"
END = "<!-- odebib: end -->"
"""What is between these marks in a README is odebib's; all else is its author's."""

LINKS = {"code": "code", "project": "project", "video": "video", "slides": "slides", "poster": "poster",
         "data": "data", "blog": "blog", "docs": "docs"}  # fmt: skip
"""Links shown with an item, and what they are called."""

TOP = 2
"""The level of the first headings; the list's own name is the one above."""
LEVELS = 6
"""Markdown has no deeper headings."""


@dataclass
class _Heading:
    """A section to be written: its title, a sentence, its items, the sections below."""

    title: str
    description: str = ""
    items: list[str] = field(default_factory=list)
    below: list[_Heading] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.items and all(heading.is_empty for heading in self.below)


def render(bibliography: Bibliography, keys: Iterable[str], *, source_list: str | None = None) -> str:
    """The entries of ``keys`` under topics, each once, with contents; or in the sections of a source list."""
    chosen = list(dict.fromkeys(keys))
    headings = (
        _by_section(bibliography, bibliography.lists[source_list].sections, set(chosen))
        if source_list
        else _by_topic(bibliography, chosen)
    )
    return _written([heading for heading in headings if not heading.is_empty])


def as_listed(source: SourceList) -> str:
    """A source list as it stood: its sections and items in its own order and words."""
    headings = [_as_listed(section) for section in source.sections]
    return "\n".join(line for heading in headings for line in _section(heading, TOP)).strip("\n") + "\n"


def into_readme(readme: str, body: str) -> str | None:
    """A README with ``body`` between its marks and all else as it was; None if it has no marks.

    >>> print(into_readme(f"# Mine\\n{BEGIN}\\nold\\n{END}\\nfoot\\n", "new\\n"), end="")
    # Mine
    <!-- odebib: begin -->
    new
    <!-- odebib: end -->
    foot
    """
    begin, end = readme.find(BEGIN), readme.find(END)
    if begin < 0 or end < begin:
        return None
    return readme[: begin + len(BEGIN)] + "\n" + body.strip("\n") + "\n" + readme[end:]


def new_readme(title: str, body: str) -> str:
    """A README that holds nothing but its title and ``body`` between marks."""
    return f"# {escaped(title)}\n\n{BEGIN}\n{body.strip(chr(10))}\n{END}\n"


# -- Sections ----------------------------------------------------------------------------------


def _by_topic(bibliography: Bibliography, keys: Sequence[str]) -> list[_Heading]:
    """The tree of topics; an entry stands under the first topic it names."""
    places: dict[str | None, list[str]] = {}
    for key in keys:
        topics = bibliography.topics_of(bibliography.entries[key])
        places.setdefault(topics[0].id if topics else None, []).append(key)
    headings = [_topic(bibliography, topic, places) for topic in bibliography.children(None)]
    rest = [*places.get(None, ()), *_outside_the_tree(bibliography, places)]
    if rest:
        headings.append(_Heading("More" if headings else "Works", items=_items(bibliography, rest)))
    return headings


def _outside_the_tree(bibliography: Bibliography, places: dict[str | None, list[str]]) -> Iterator[str]:
    """Entries of topics that go round in a circle, so that no root leads to them."""
    reached: set[str | None] = {None}
    pending = list(bibliography.children(None))
    while pending:
        topic = pending.pop()
        reached.add(topic.id)
        pending += bibliography.children(topic.id)
    for topic_id, keys in places.items():
        if topic_id not in reached:
            yield from keys


def _topic(bibliography: Bibliography, topic: Topic, places: dict[str | None, list[str]]) -> _Heading:
    first = [found for key in topic.start_here if (found := bibliography.resolve(key))]
    entries = bibliography.entries
    keys = sorted(
        places.get(topic.id, ()), key=lambda key: (_rank(key, first), -(entries[key].year or 0), key)
    )
    return _Heading(
        topic.name,
        topic.description or "",
        _items(bibliography, keys),
        [_topic(bibliography, below, places) for below in bibliography.children(topic.id)],
    )


def _rank(key: str, first: Sequence[str]) -> int:
    return first.index(key) if key in first else len(first)


def _by_section(bibliography: Bibliography, sections: Iterable[Section], left: set[str]) -> list[_Heading]:
    """The sections of a source list; what it lists twice stands where it comes first."""
    headings = []
    for section in sections:
        items = []
        for record in section.records:
            key = bibliography.resolve(record.entry) if record.entry and not record.gone else None
            if key in left:
                left.remove(key)
                items.append(item(bibliography, bibliography.entries[key]))
        headings.append(
            _Heading(section.title, items=items, below=_by_section(bibliography, section.sections, left))
        )
    return headings


def _as_listed(section: Section) -> _Heading:
    items = [_listed(record) for record in section.records if not record.gone]
    return _Heading(section.title, items=items, below=[_as_listed(below) for below in section.sections])


def _listed(record: Record) -> str:
    """An item as it stood; further paragraphs and what it quotes are indented below it."""
    first, *others = (record.text or record.title or "").split("\n\n")
    if record.quote and record.quote not in record.text:
        others += [f"> {paragraph}" for paragraph in record.quote.split("\n\n")]
    return "\n\n".join([f"- {first}", *(f"  {other}" for other in others)])


# -- Items ---------------------------------------------------------------------------------------


def _items(bibliography: Bibliography, keys: Iterable[str]) -> list[str]:
    return [item(bibliography, bibliography.entries[key]) for key in keys]


def item(bibliography: Bibliography, entry: Entry) -> str:
    """The line of one entry: ``- [Title](https://…) - Chen et al., NeurIPS 2018. Summary. (`theory`).``"""
    how = HOW_PUBLISHED.get(bibliography.type(entry), "")
    said = [authors(entry) or how, appearance(bibliography, entry), *map(escaped, entry.awards)]
    sentences = [", ".join(filter(None, said)), escaped(entry.summary or "")]
    if entry.retracted:
        sentences.insert(0, "Retracted")
    description = " ".join(text if text[-1] in ".!?" else f"{text}." for text in sentences if text)
    badges = ", ".join((*_badges(bibliography, entry), *_links(entry)))
    parts = filter(None, (_begun_well(description), f"({badges})." if badges else ""))
    return f"- {linked_title(entry)} - {' '.join(parts)}".removesuffix(" - ")


def _begun_well(description: str) -> str:
    """The description with a capital in front where a name begins in some other way."""
    if not description or re.match(r"[A-Z][a-z]*(?![\w'’])|\S*\d", description):
        return description
    return f"By {description}"


def _badges(bibliography: Bibliography, entry: Entry) -> Iterator[str]:
    for tag in bibliography.tags_of(entry):
        yield f"`{tag.name.replace('`', '')}`"


def _links(entry: Entry) -> Iterator[str]:
    """The first link of each kind, unless the title leads there already."""
    for kind, label in LINKS.items():
        for url in getattr(entry.links, kind)[:1]:
            yield f"[{label}]({link(url)})"


# -- Writing -------------------------------------------------------------------------------------


def _written(headings: Sequence[_Heading]) -> str:
    lines = [f"{'#' * TOP} Contents", ""]
    lines += _contents(headings, Counter({"contents": 1}), 0)
    for heading in headings:
        lines += ["", *_section(heading, TOP)]
    return "\n".join(lines).strip("\n") + "\n"


def _contents(headings: Sequence[_Heading], seen: Counter[str], depth: int) -> list[str]:
    """A line for every section of the first two levels; anchors count the deeper ones, too."""
    lines = []
    for heading in headings:
        if heading.is_empty:
            continue
        anchor = _anchor(heading.title, seen)
        if depth < 2:
            lines.append(f"{'  ' * depth}- [{escaped(heading.title)}](#{anchor})")
        lines += _contents(heading.below, seen, depth + 1)
    return lines


def _anchor(title: str, seen: Counter[str]) -> str:
    """The anchor that GitHub gives a heading.

    >>> _anchor("Neural ODEs & SDEs", Counter())
    'neural-odes--sdes'
    """
    anchor = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
    seen[anchor] += 1
    return anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor] - 1}"


def _section(heading: _Heading, level: int) -> list[str]:
    lines = [f"{'#' * min(level, LEVELS)} {escaped(heading.title)}", ""]
    if heading.description:
        lines += [escaped(heading.description), ""]
    if heading.items:
        lines += [*heading.items, ""]
    for below in heading.below:
        if not below.is_empty:
            lines += _section(below, level + 1)
    return lines


FORMAT = Format("markdown", "Awesome list", ".md", render, frozenset({"source_list"}))

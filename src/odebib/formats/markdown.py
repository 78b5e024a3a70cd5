"""Citations in Markdown, one line each, for notes, issues and READMEs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from odebib.formats.casing import bare_title
from odebib.formats.format import Format
from odebib.formats.wording import address
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.text import emphasis
from odebib.text.latex import split_math

MANY_AUTHORS = 4
"""With more authors only the first is named."""
RE_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])|&(?=#?\w+;)")
"""What Markdown would take for markup inside a line."""
RE_MARKUP_IN_MATH = re.compile(
    r"<(?=[A-Za-z/!?])|\](?=[(\[:])|\*(?=\S)|&(?=#?\w)|(?<![A-Za-z0-9\\])_(?=\S)|(?<!\\)_(?![A-Za-z0-9\s])"
)
"""What Markdown would take for markup within mathematics, were there no space behind it; TeX sees none."""


def render(bibliography: Bibliography, keys: Iterable[str]) -> str:
    """A line for each key: authors, linked title, venue, year."""
    return "".join(citation(bibliography, bibliography.entries[key]) + "\n" for key in keys)


def citation(bibliography: Bibliography, entry: Entry) -> str:
    """One entry as a line of Markdown, such as ``Chen et al. [Neural …](https://…). NeurIPS 2018.``"""
    parts = (authors(entry), linked_title(entry), appearance(bibliography, entry))
    return " ".join(part if part[-1] in ".?!" else part + "." for part in parts if part)


def linked_title(entry: Entry) -> str:
    """The title as a link to the work; only the title where there is nothing to link to."""
    parts = map(escaped, emphasis.split(bare_title(entry.title)))
    title = "".join(f"*{part}*" if index % 2 else part for index, part in enumerate(parts))
    url = address(entry)
    return f"[{title}]({link(url)})" if url else title


def authors(entry: Entry) -> str:
    """The authors as people read them; more than four are the first and the rest."""
    people = [escaped(str(name)) for name in entry.people]
    if not entry.authors_complete or len(people) > MANY_AUTHORS:
        return f"{people[0]} et al." if people else ""
    return ", ".join(people[:-1]) + " and " + people[-1] if len(people) > 1 else "".join(people)


def appearance(bibliography: Bibliography, entry: Entry) -> str:
    """Venue and year in short: ``NeurIPS 2018``, ``arXiv 2019``."""
    where = (
        bibliography.venue_name(entry) or entry.event or entry.institution or ("arXiv" if entry.arxiv else "")
    )
    return escaped(" ".join(part for part in (where, str(entry.year or "")) if part))


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands; mathematics stays mathematics, and is no markup either."""
    return "".join(
        _in_math(part) if index % 2 else RE_SPECIAL.sub(r"\\\g<0>", part)
        for index, part in enumerate(split_math(text))
    )


def _in_math(formula: str) -> str:
    """A formula with its dollar signs, in which nothing is markup."""
    formula = RE_MARKUP_IN_MATH.sub(r"\g<0> ", formula)
    return f"${formula[:-1]}\\ast$" if formula.endswith("*") else f"${formula}$"


def link(url: str) -> str:
    """An address that can stand in parentheses."""
    return quote(url, safe="%/:=&?~#+!$,;'@*[]") if re.search(r"[()\s<>\\]", url) else url


FORMAT = Format("markdown-citation", "Markdown", ".citation.md", render)

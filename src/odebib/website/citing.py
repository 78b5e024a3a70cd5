"""The "Cite" box of a page: one work in every format, with its venue's full and short name side by side.

Both names stand in the text, each in its own mark; the style sheet shows one
of them, so that switching needs neither a reload nor a script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from odebib.formats import FORMATS, wording
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.text import identifiers, pages
from odebib.website.markup import plain

MOST = 16 * 1024
"""Formats besides BibTeX are left out where together they are longer: a page stays small with 500 authors."""


@dataclass(frozen=True)
class Citation:
    """A work in one format."""

    name: str
    label: str
    ending: str
    """The ending of a file that holds it."""
    text: Markup
    """With both names of the venue, each marked, where they differ."""


Reference = Callable[[str, str, str], str]
"""Writes an entry: the format's name, the citation key, and ``full`` or ``short`` venues."""


def citations(bibliography: Bibliography, key: str, reference: Reference) -> list[Citation]:
    """A work in every format that is cited, each written by ``reference``, and as a sentence."""
    entry = bibliography.entries[key]
    venue = bibliography.venue(entry)
    has_short = venue is not None and venue.short != venue.name
    first, *others = (format for format in FORMATS.values() if format.is_cited)
    texts = {format.name: reference(format.name, key, "full") for format in others}
    shown = [first, *(others if sum(map(len, texts.values())) <= MOST else ())]
    found = []
    for format in shown:
        full = texts.get(format.name) or reference(format.name, key, "full")
        switches = has_short and not format.has_both_venues
        short = reference(format.name, key, "short") if switches else full
        found.append(Citation(format.name, format.label, format.short_ending, marked(full, short)))
    found.append(Citation("text", "Text", ".txt", escape(sentence(bibliography, entry) + "\n")))
    return found


def marked(full: str, short: str) -> Markup:
    """A text in which the lines that differ from those of another stand beside them, both marked.

    >>> marked("a\\nb", "a\\nc")
    Markup('a\\n<span class="ob-full">b</span><span class="ob-short">c</span>')
    """
    if full == short or full.count("\n") != short.count("\n"):
        return escape(full)
    pairs = zip(str(escape(full)).split("\n"), str(escape(short)).split("\n"), strict=True)
    return Markup(
        "\n".join(
            line
            if line == other
            else f'<span class="ob-full">{line}</span><span class="ob-short">{other}</span>'
            for line, other in pairs
        )
    )


def sentence(bibliography: Bibliography, entry: Entry) -> str:
    """A work as a line of text, for an e-mail or a slide; styles are for reference managers."""
    number = (entry.volume or "") + (f"({entry.number})" if entry.number else "")
    where = f"{_where(bibliography, entry)} {number}".strip()
    appeared = ", ".join(filter(None, (where, pages.joined(entry.pages or "", "–"), str(entry.year or ""))))
    parts = (people(entry), plain(entry.title), appeared, address(entry))
    return " ".join(
        part if part[-1] in ".?!" or part.startswith("http") else part + "." for part in parts if part
    )


def _where(bibliography: Bibliography, entry: Entry) -> str:
    """What a work appeared in, or where it was written."""
    kind = bibliography.type(entry)
    venue = bibliography.venue(entry)
    said = (entry.event, venue.name if venue else entry.venue)
    if kind in wording.FROM_AN_INSTITUTION:
        genre = wording.genre(bibliography, entry)
        said = (genre, wording.institution(bibliography, entry))
    return ", ".join(filter(None, said)) or (f"arXiv:{entry.arxiv}" if entry.arxiv else "")


def people(entry: Entry) -> str:
    """The authors as a sentence names them; of many the first three.

    >>> people(Entry.model_validate({"key": "x", "title": "T", "authors": ["A B", "C D"]}))
    'A B and C D'
    """
    names = [str(name) for name in entry.people]
    if not entry.authors_complete or len(names) > 8:
        return ", ".join(names[:3]) + " et al."
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)


def address(entry: Entry) -> str:
    """Where it is found: by its DOI, its page, or another identifier."""
    doi = identifiers.SCHEMES["doi"].url(entry.doi) if entry.doi else None
    arxiv = identifiers.SCHEMES["arxiv"].url(entry.arxiv) if entry.arxiv else None
    return doi or entry.url or arxiv or ""

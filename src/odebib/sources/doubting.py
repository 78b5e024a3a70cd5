"""Doubt about what was read of running text: what looks like something else is told, and goes into no entry.

A reader of text tells fields by their looks. Where those look like something else, the record keeps
what was read and says why it is unsure; where most titles do, the whole form of the source is not understood.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from odebib.model.record import Record
from odebib.sources.found import Found, FoundRecord
from odebib.text import doubts, identifiers
from odebib.text.folding import fold

SHARE_NOT_UNDERSTOOD = 0.25
"""Where so many titles are doubtful, the reader does not understand the source's form."""
LEAST_NOT_UNDERSTOOD = 4
RE_LINK = re.compile(r"\[([^\[\]]*)\]\(")
LONGEST_SHARED = 3
"""So few words may stand above unrelated links; a longer title that stands twice is the same work."""


def doubted(found: Found) -> Found:
    """``found``, each record with what is unsure of it; where most titles are none, the whole is doubted."""
    shared = _titles_of_many_works(found)
    unsure = total = 0
    for _, section in found.walk():
        section.records[:] = [
            FoundRecord(item.line, _doubted(item.record, shared)) for item in section.records
        ]
        unsure += sum("title" in item.record.unsure for item in section.records)
        total += len(section.records)
    nameless = sum(_is_of_words_of_links(item.text) for item in found.not_understood)
    unsure, total = unsure + nameless, total + nameless
    if unsure >= LEAST_NOT_UNDERSTOOD and unsure >= total * SHARE_NOT_UNDERSTOOD:
        found.doubt = f"{unsure} of {total} titles are words of links; this list's form is not understood"
    return found


def _is_of_words_of_links(text: str) -> bool:
    """Whether all that an item without a title links is called by the words of links.

    >>> _is_of_words_of_links("[Paper](a) [Code](b)"), _is_of_words_of_links("[Waves](a) [Code](b)")
    (True, False)
    """
    names = [match[1] for match in RE_LINK.finditer(text)]
    return bool(names) and all(doubts.doubt_title(name) for name in names)


def _doubted(record: Record, shared: frozenset[str]) -> Record:
    unsure = dict(_doubts(record, shared))
    return record.model_copy(update={"unsure": unsure}) if unsure else record


def _doubts(record: Record, shared: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each field of a record that is doubtful, with the reason."""
    title = record.title or ""
    if reason := doubts.doubt_title(title):
        yield "title", reason
    elif fold(title) in shared:
        yield "title", "stands above links to different works"
    for name in record.people:
        if reason := doubts.doubt_author(name):
            yield "authors", f"{name} {reason}"
            break
    if record.venue and (reason := doubts.doubt_venue(record.venue, [str(name) for name in record.people])):
        yield "venue", reason


def _titles_of_many_works(found: Found) -> frozenset[str]:
    """Short titles that stand above different papers."""
    works: dict[str, set[str]] = defaultdict(set)
    for _, item in found.records():
        record = item.record
        title = fold(record.title or "")
        leads_to = next(
            (str(value) for name in identifiers.SCHEMES if (value := getattr(record, name, None))), ""
        )
        if title and len(title.split()) <= LONGEST_SHARED and (leads_to or record.url):
            works[title].add(leads_to or str(record.url))
    return frozenset(title for title, leads_to in works.items() if len(leads_to) > 2)

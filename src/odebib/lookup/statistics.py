"""Counting: how complete the entries are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType


@dataclass(frozen=True)
class Completeness:
    """How many of the entries that could have something do have it."""

    label: str
    present: int
    total: int


def completeness(bibliography: Bibliography) -> list[Completeness]:
    """A row for each field worth having, in the order of interest."""
    entries = list(bibliography.entries.values())
    papers = [entry for entry in entries if bibliography.type(entry).is_paper]
    published = [entry for entry in papers if entry.venue]
    software = [entry for entry in entries if bibliography.type(entry) == EntryType.SOFTWARE]
    rows: list[tuple[str, list[Entry], Callable[[Entry], object]]] = [
        ("authors, complete", papers, lambda e: e.people and e.authors_complete),
        ("year", papers, lambda e: e.year),
        ("venue (else a preprint)", papers, lambda e: e.venue),
        ("volume or pages, if published", published, lambda e: e.volume or e.pages),
        ("DOI, if published", published, lambda e: e.doi),
        ("arXiv id", papers, lambda e: e.arxiv),
        ("OpenReview id", papers, lambda e: e.openreview),
        ("any identifier or address", papers, lambda e: e.doi or e.arxiv or e.openreview or e.url),
        ("PDF", papers, lambda e: e.links.pdf or e.arxiv),
        ("code", papers, lambda e: e.links.code),
        ("video", entries, lambda e: e.links.video),
        ("abstract", papers, lambda e: e.abstract),
        ("summary", entries, lambda e: e.summary),
        ("topic", entries, lambda e: e.topics),
        ("tag", papers, lambda e: e.tags),
        ("licence, of software", software, lambda e: e.licence),
        ("verified", entries, lambda e: e.verified),
    ]
    found = [Completeness("entries", len(entries), len(entries))]
    found += [Completeness(label, sum(map(bool, map(has, group))), len(group)) for label, group, has in rows]
    return found

"""What a reference says of a work, whatever the format: where it appeared, who published it, how."""

from __future__ import annotations

from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType
from odebib.text import degrees, identifiers

HOW_PUBLISHED = {
    EntryType.TALK: "Talk",
    EntryType.TUTORIAL: "Tutorial",
    EntryType.SOFTWARE: "Software",
    EntryType.WEBSITE: "Website",
    EntryType.DATASET: "Data set",
}
"""How a work was published that is no paper and does not say it itself."""

FROM_AN_INSTITUTION = frozenset({EntryType.THESIS, EntryType.REPORT})
"""What is published by where it was written."""


def container(bibliography: Bibliography, entry: Entry, venues: str = "full") -> str:
    """What the work appeared in: proceedings or journal, with the workshop where it was one."""
    venue = bibliography.venue(entry)
    name = (venue.short if venues == "short" else venue.name) if venue else entry.venue or ""
    if not entry.event:
        return name
    if not name or (venue and venue.short.lower() in entry.event.lower()):
        return entry.event
    return f"{entry.event} at {venue.short if venue else name}"


def publisher(bibliography: Bibliography, entry: Entry) -> str:
    """Who published the work: the entry's own word, or the venue's, who does not publish its workshops."""
    if entry.publisher or bibliography.type(entry) is EntryType.WORKSHOP_PAPER:
        return entry.publisher or ""
    venue = bibliography.venue(entry)
    return venue.publisher if venue and venue.publisher else ""


def institution(bibliography: Bibliography, entry: Entry, venues: str = "full") -> str:
    """Where a thesis or report was written; of other works what they say."""
    if bibliography.type(entry) not in FROM_AN_INSTITUTION:
        return entry.institution or ""
    return entry.institution or entry.publisher or container(bibliography, entry, venues)


def genre(bibliography: Bibliography, entry: Entry) -> str:
    """What kind of thing a reference calls the work, where that is not plain: PhD thesis, Preprint, Talk."""
    kind = bibliography.type(entry)
    if kind is EntryType.THESIS:
        return degrees.wording(entry.degree)
    if kind is EntryType.PREPRINT and entry.arxiv:
        return "Preprint"
    return HOW_PUBLISHED[kind] if kind in {EntryType.TALK, EntryType.TUTORIAL} else ""


def note(entry: Entry) -> str:
    """What a reader of the reference must know: a phrase of the entry's note, that it was retracted.

    A note in whole sentences is for readers of the entry's page.
    """
    phrase = entry.note if entry.note and entry.note[-1] not in ".!?…" else ""
    return "; ".join(filter(None, (phrase, retraction(entry))))


def retraction(entry: Entry) -> str:
    """That the work was retracted, and when."""
    if not entry.retracted:
        return ""
    return f"Retracted {entry.retracted.on.year}" if entry.retracted.on else "Retracted"


def address(entry: Entry) -> str:
    """Where the work itself is to be found, the version of record before all others."""
    if entry.url:
        return entry.url
    for name in identifiers.OF_ONE_WORK:
        value = getattr(entry, name)
        if value and (url := identifiers.SCHEMES[name].url(value)):
            return url
    return next((url for _, url in entry.links.items()), "")

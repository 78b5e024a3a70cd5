"""Checks of what stands in the wrong place: a venue among the authors, a sentence as a venue."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.checks.check import Finding, check
from odebib.checks.entries import is_one_person
from odebib.errors import Severity
from odebib.project.store import Project
from odebib.text import doubts


@check("suspicious-author", Severity.WARNING, "authors", "editors")
def _suspicious_author(project: Project) -> Iterator[Finding]:
    """A venue, a year, an affiliation or a lone letter among the authors was put there by a program."""
    for key, entry in project.bibliography.entries.items():
        for field, people in (("authors", entry.people), ("editors", entry.editors)):
            for number, name in enumerate(people):
                if (reason := doubts.doubt_author(name)) and not is_one_person(people):
                    place = project.locate_entry(key, field, number)
                    yield Finding(place, f"`{name}` {reason}", IF_AUTHOR, key)


IF_AUTHOR = (
    "write the person's name alone, or delete the line;"
    ' a group stands in braces and quotes: "{The JAX Team}"'
)


@check("suspicious-venue", Severity.WARNING, "venue", "authors")
def _suspicious_venue(project: Project) -> Iterator[Finding]:
    """A person, a remark or a sentence is no venue; readers look for its works there in vain."""
    for key, entry in project.bibliography.entries.items():
        people = [str(name) for name in entry.people]
        if entry.venue and (reason := doubts.doubt_venue(entry.venue, people)):
            hint = "write the venue's name, or delete the line and keep it in `note:`"
            yield Finding(project.locate_entry(key, "venue"), f"`{entry.venue}` {reason}", hint, key)


@check("generic-title", Severity.WARNING, "title")
def _generic_title(project: Project) -> Iterator[Finding]:
    """A title that is only a link's word, or as long as an abstract, was not read from the right place."""
    for key, entry in project.bibliography.entries.items():
        if reason := doubts.doubt_title(entry.title):
            shown = entry.title if len(entry.title) <= doubts.LONGEST_TITLE else f"{entry.title[:60]}…"
            hint = "write the title as the work itself has it"
            yield Finding(project.locate_entry(key, "title"), f"the title `{shown}` {reason}", hint, key)

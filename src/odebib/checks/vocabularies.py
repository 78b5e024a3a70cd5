"""Checks of venues, topics and tags: what entries name is known, and what is known hangs together."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.checks.check import Finding, check
from odebib.errors import Severity, did_you_mean, near_misses
from odebib.matching import merging
from odebib.model.bibliography import TermT, Vocabulary
from odebib.model.vocabulary import Venue
from odebib.project.store import DATA, Project
from odebib.text.doubts import doubt_venue


@check("unknown-venue", Severity.WARNING)
def _unknown_venue(project: Project) -> Iterator[Finding]:
    """A venue should be in venues.yml, so that its works stand together under one name."""
    bibliography = project.bibliography
    for key, entry in bibliography.entries.items():
        if not entry.venue or bibliography.venue(entry) or merging.is_preprint_server(entry.venue):
            continue
        if not doubt_venue(entry.venue, [str(name) for name in entry.people]):  # else told as that
            yield _unknown(project, key, ("venue",), entry.venue, bibliography.venues, "venue")


@check("unknown-topic", Severity.WARNING)
def _unknown_topic(project: Project) -> Iterator[Finding]:
    """A topic should be in topics.yml; until then the entry is not found under it."""
    for key, entry in project.bibliography.entries.items():
        for number, topic in enumerate(entry.topics):
            if not project.bibliography.topics.find(topic):
                yield _unknown(project, key, ("topics", number), topic, project.bibliography.topics, "topic")


@check("unknown-tag", Severity.WARNING)
def _unknown_tag(project: Project) -> Iterator[Finding]:
    """A tag should be in tags.yml; until then the entry has no badge for it."""
    for key, entry in project.bibliography.entries.items():
        for number, tag in enumerate(entry.tags):
            if not project.bibliography.tags.find(tag):
                yield _unknown(project, key, ("tags", number), tag, project.bibliography.tags, "tag")


def _unknown(
    project: Project,
    key: str,
    where: tuple[str | int, ...],
    text: str,
    known: Vocabulary[TermT],
    what: str,
) -> Finding:
    hint = _proposals(text, known) or f"add it to {DATA}/{what}s.yml"
    return Finding(project.locate_entry(key, *where), f"`{text}` is no {what} of {what}s.yml", hint, key)


def _proposals(text: str, known: Vocabulary[TermT]) -> str | None:
    """What may have been meant, as it is best written: a venue's short name, a topic's or tag's id."""
    spellings = {spelling: term for term in known for spelling in known.spellings(term)}
    meant = [spellings[spelling] for spelling in near_misses(text, spellings)]
    names = dict.fromkeys(term.label if isinstance(term, Venue) else term.id for term in meant)
    return "did you mean " + " or ".join(f"`{name}`" for name in names) + "?" if names else None


@check("no-topic", Severity.WARNING, "topics")
def _no_topic(project: Project) -> Iterator[Finding]:
    """Readers browse by topic; an entry without one is found only by search."""
    if project.bibliography.topics:
        for key, entry in project.bibliography.entries.items():
            if not entry.topics:
                hint = "add `topics: […]`; the ids are in topics.yml"
                yield Finding(project.locate_entry(key, "title"), "has no topic", hint, key)


@check("no-tag", Severity.WARNING, "tags", "type")
def _no_tag(project: Project) -> Iterator[Finding]:
    """Every paper should wear at least one badge."""
    bibliography = project.bibliography
    if bibliography.tags:
        for key, entry in bibliography.entries.items():
            if not entry.tags and bibliography.type(entry).is_paper:
                hint = "add `tags: […]`; the ids are in tags.yml"
                yield Finding(project.locate_entry(key, "title"), "has no tag", hint, key)


@check("preprint-venue", Severity.ERROR, "venue", fix="deletes the line where the arXiv id is given")
def _preprint_venue(project: Project) -> Iterator[Finding]:
    """A preprint server is no venue: an entry known only as a preprint has none."""
    for key, entry in project.bibliography.entries.items():
        if entry.venue and merging.is_preprint_server(entry.venue) and not project.bibliography.venue(entry):
            hint = "delete the line; the arXiv id belongs into `arxiv`"
            yield Finding(
                project.locate_entry(key, "venue"), f"`{entry.venue}` is a preprint server", hint, key
            )


@check("topic-parent", Severity.ERROR)
def _topic_parent(project: Project) -> Iterator[Finding]:
    """The topics form a tree: every parent exists, and none is its own descendant."""
    topics = project.bibliography.topics
    for topic in topics:
        place = project.locate_term("topics", topic.id, "parent")
        if topic.parent and topic.parent not in topics:
            hint = did_you_mean(topic.parent, topics.by_id)
            yield Finding(place, f"`{topic.parent}` is no topic", hint)
            continue
        above: list[str] = [topic.id]
        parent = topic.parent
        while parent and parent in topics:
            if parent in above:
                yield Finding(place, "the parents go round in a circle: " + " → ".join([*above, parent]))
                break
            above.append(parent)
            parent = topics[parent].parent

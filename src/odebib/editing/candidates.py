"""Candidates: new papers on arXiv that the topics' queries find and that are not here yet."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from odebib.editing.forms import LIMIT
from odebib.errors import SourceError
from odebib.matching import competing
from odebib.matching.competing import Outcome
from odebib.matching.index import Index
from odebib.matching.works import of_entry, of_record
from odebib.model.record import Record
from odebib.model.vocabulary import Topic
from odebib.project.store import Project
from odebib.services import arxiv
from odebib.services.http import Network
from odebib.text.markdown import escape


@dataclass
class Candidate:
    """A paper that may belong here."""

    record: Record
    topics: list[Topic]
    perhaps: str | None = None
    """The entry that it may be."""


@dataclass
class Found:
    """What the queries of all topics found."""

    candidates: list[Candidate] = field(default_factory=list)
    asked: int = 0
    failed: list[tuple[Topic, SourceError]] = field(default_factory=list)


def look(project: Project, network: Network, since: datetime.date, until: datetime.date) -> Found:
    """Ask arXiv for every topic that has a ``query``; a paper found twice is one candidate."""
    bibliography = project.bibliography
    index = Index()
    for key, entry in bibliography.entries.items():
        index.add(key, of_entry(entry))
    found = Found()
    by_id: dict[str, Candidate] = {}
    for topic in bibliography.topics:
        if not topic.query:
            continue
        found.asked += 1
        try:
            answers = arxiv.search(network, topic.query, since, until)
        except SourceError as error:
            found.failed.append((topic, error))
            continue
        for answer in answers:
            _take(index, by_id, answer.record, topic)
    found.candidates = list(by_id.values())
    return found


def _take(index: Index, by_id: dict[str, Candidate], record: Record, topic: Topic) -> None:
    known = by_id.get(record.arxiv or "")
    if known is not None:
        known.topics.append(topic)
        return
    match = competing.match(index, of_record(record))
    if record.arxiv and not match.is_sure:
        perhaps = match.candidates[0].key if match.outcome != Outcome.NEW else None
        by_id[record.arxiv] = Candidate(record, [topic], perhaps)


def as_issue(found: Found, since: datetime.date) -> str:
    """The text of an issue that proposes them, by topic, each with the command that adds it."""
    if not found.candidates:
        return ""
    lines = [
        f"Papers on arXiv since {since.isoformat()} that the topics' queries find and that are not here yet. "
        "Whoever knows one to belong here runs its command, or fills in the form.",
        "",
    ]
    topics = {candidate.topics[0].id: candidate.topics[0] for candidate in found.candidates}
    for topic in topics.values():
        lines += [f"### {escape(topic.name)}", ""]
        lines += [_line(c) for c in found.candidates if c.topics[0] is topic]
        lines.append("")
    lines += _failures(found)
    text = "\n".join(lines).rstrip() + "\n"
    return text if len(text) <= LIMIT else text[:LIMIT].rsplit("\n", 1)[0] + "\n\n… and more.\n"


def _line(candidate: Candidate) -> str:
    record = candidate.record
    people = ", ".join(str(name) for name in record.people[:4]) + (
        " et al." if len(record.people) > 4 else ""
    )
    options = "".join(f" --topic {topic.id}" for topic in candidate.topics)
    doubt = f" (perhaps `{candidate.perhaps}`)" if candidate.perhaps else ""
    link = f"[arXiv:{record.arxiv}](https://arxiv.org/abs/{record.arxiv})"
    return (
        f"- [ ] **{escape(record.title or '')}**, {escape(people)}, {link}{doubt}<br>"
        f"`odebib add arXiv:{record.arxiv}{options}`"
    )


def _failures(found: Found) -> Iterator[str]:
    for topic, error in found.failed:
        yield f"Not asked for {escape(topic.name)}: {escape(error.message)}"

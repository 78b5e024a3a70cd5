"""The plan of an import: what every item was found to be, and everything that would change."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from odebib.editing.recognising import fingerprint
from odebib.matching import merging
from odebib.matching.competing import Candidate, Outcome
from odebib.matching.weighing import Evidence
from odebib.model.record import Record
from odebib.model.vocabulary import Tag, Topic, Venue
from odebib.sources.found import Found, NotUnderstood


@dataclass
class Finding:
    """What one item of the source was found to be."""

    line: int
    record: Record
    sections: tuple[str, ...]
    outcome: Outcome
    entry: str | None
    candidates: tuple[Candidate, ...] = ()
    evidence: Evidence | None = None
    confirm: bool = False
    """Whether somebody should confirm that it is its entry; until then it brings nothing into that."""
    known: bool = False
    """Whether the list held this item before; then what it is was settled before."""

    @property
    def probability(self) -> float | None:
        """How probable it is that it is the best of its candidates; None without any."""
        if self.known:
            return None
        return round(self.candidates[0].evidence.probability, 4) if self.candidates else None

    def as_json(self) -> dict[str, Any]:
        """The object that ``import --report json`` prints."""
        return {
            "line": self.line,
            "source_id": self.record.source_id,
            "title": self.record.title,
            "outcome": str(self.outcome),
            "confirm": self.confirm,
            "probability": self.probability,
            "entry": self.entry,
            "candidates": [candidate.key for candidate in self.candidates],
            "evidence": self.evidence.as_json() if self.evidence else None,
        }


@dataclass
class Plan:
    """Everything an import would change."""

    list_id: str
    found: Found
    findings: list[Finding] = field(default_factory=list)
    new_entries: dict[str, merging.Fields] = field(default_factory=dict)
    changed_entries: dict[str, merging.Fields] = field(default_factory=dict)
    """Of entries that exist: the fields that were empty and would be filled."""
    new_topics: list[Topic] = field(default_factory=list)
    new_tags: list[Tag] = field(default_factory=list)
    new_venues: list[Venue] = field(default_factory=list)
    gone: list[Record] = field(default_factory=list)
    list_text: str = ""
    """The list's file as it would be."""
    begun: frozenset[str] = frozenset()
    """Keys of new entries that an interrupted import of the same source has written."""

    @property
    def source(self) -> str:
        """Stands for the content of the source, and for where it goes."""
        prints = (fingerprint(item.record, sections) for sections, item in self.found.records())
        return hashlib.sha256(" ".join((self.list_id, *prints)).encode()).hexdigest()

    @property
    def not_understood(self) -> Sequence[NotUnderstood]:
        """The items of the source that became no record."""
        return self.found.not_understood

    def count(self, outcome: Outcome) -> int:
        """How many items were found to be so."""
        return sum(finding.outcome == outcome for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """What ``import --report json`` prints."""
        return {
            "records": [finding.as_json() for finding in self.findings],
            "not_understood": [
                {"line": item.line, "text": item.text, "reason": item.reason} for item in self.not_understood
            ],
        }

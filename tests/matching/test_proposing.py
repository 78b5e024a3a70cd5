"""Proposing topics and tags: by the bibliography's own words, and with them."""

from __future__ import annotations

from odebib.matching.proposing import Proposer
from odebib.project.store import Project


def proposer(toy: Project) -> Proposer:
    """What knows the words of the toy project."""
    return Proposer(toy.bibliography)


class TestProposer:
    """What is proposed."""

    def test_the_words_of_the_works_tell(self, toy: Project) -> None:
        """A work is proposed the topics of an entry that has its words, and told which words these are."""
        known = proposer(toy)
        entry = next(e for e in toy.bibliography.entries.values() if e.topics and e.abstract)
        proposals = known.topics(entry.title, entry.abstract)

        assert {proposal.id for proposal in proposals} & {t.id for t in toy.bibliography.topics_of(entry)}
        assert all(proposal.words for proposal in proposals)

    def test_nothing_is_made_up(self, toy: Project) -> None:
        """Words that nothing here has propose nothing."""
        known = proposer(toy)

        assert known.topics("Blutdruck bei Mäusen") == []
        assert known.tags("Blutdruck bei Mäusen", "") == []
        assert known.topics("") == []

    def test_is_the_same_every_time(self, toy: Project) -> None:
        """The same data propose the same, in the same order."""
        title = next(iter(toy.bibliography.entries.values())).title

        assert proposer(toy).topics(title) == proposer(toy).topics(title)

    def test_the_narrower_topic(self, toy: Project) -> None:
        """Of a topic and one below it only the one below is proposed."""
        known = proposer(toy)
        for entry in toy.bibliography.entries.values():
            ids = {proposal.id for proposal in known.topics(entry.title, entry.abstract)}
            above = {topic.id for found in ids for topic in toy.bibliography.ancestors(found)}
            assert not ids & above
            assert len(ids) <= 3

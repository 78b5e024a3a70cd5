"""Gathering: what all services together say of one work.

One service names the work at another (arXiv the DOI, Crossref the preprint);
each is asked once. Where nobody knows of a published version, it is searched
by title, and what is found counts only if it is surely the same work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from odebib import services
from odebib.errors import SourceError
from odebib.matching import merging, venues
from odebib.matching.weighing import Verdict, compare
from odebib.matching.works import of_record
from odebib.model.bibliography import Vocabulary
from odebib.model.record import Record
from odebib.model.vocabulary import Venue
from odebib.services import doi, openreview
from odebib.services.answers import Answer, Wanted, record
from odebib.services.failures import Failure, FetchError
from odebib.services.http import DAY, Network
from odebib.text import identifiers

MOST = 6
"""So many services are asked for one work."""

RE_CLAIM = re.compile(
    r"(?<![\w-])([A-Z][A-Za-z&]{0,20}[A-Z][A-Za-z&]{0,20}(?:-[A-Z]{1,10})?|[A-Z][a-z]{1,30})"
    r"[ -]?['’]?((?:19|20)?\d\d)(?![\w-])"
)
"""A venue's short name with a year, in an author's remark: NeurIPS 2019, ICML'20, AAAI-21."""
RE_NO_CLAIM = re.compile(
    r"\b(?:submitted|under review|workshops?|in review|reject\w*|extended abstract)\b", re.IGNORECASE
)


@dataclass
class Gathered:
    """What is known of one work."""

    answers: list[Answer] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """What a person should look at."""
    failures: list[SourceError] = field(default_factory=list)
    """What services failed to answer, though it was not needed."""

    @property
    def records(self) -> list[Record]:
        """What was said, in the order in which it is to be believed."""
        return [answer.record for answer in sorted(self.answers, key=lambda answer: answer.in_passing)]

    @property
    def sources(self) -> list[str]:
        """Who said it."""
        return list(dict.fromkeys(answer.source.partition(" (")[0] for answer in self.answers))

    @property
    def is_published(self) -> bool:
        """Whether a register, not only a remark of the authors, says that the work appeared somewhere."""
        return any(merging.is_published(answer.record) and not answer.in_passing for answer in self.answers)


def gather(
    network: Network,
    wanted: Sequence[Wanted],
    known: Vocabulary[Venue],
    *,
    given: Record | None = None,
    age: float = DAY,
) -> Gathered:
    """Everything that services say of a work, beginning with what is ``wanted``.

    With ``given``, a record that stands without any service, their failures are
    only noted. Otherwise a service that fails fails the whole, so that no half
    of a work is taken for all of it; only one that knows nothing is passed over.

    Raises:
        SourceError: a service that is needed did not answer.
    """
    found = Gathered()
    queue, asked = list(wanted), set[Wanted]()
    while queue and len(asked) < MOST:
        one = queue.pop(0)
        if one not in asked:
            asked.add(one)
            for answer in _ask(network, one, found, given, age):
                queue += _taken(answer, one, found, given)
    found.answers += _claims(found.answers, known)
    return found


def _ask(
    network: Network, wanted: Wanted, found: Gathered, given: Record | None, age: float
) -> Sequence[Answer]:
    """The answers of the service in charge; none where it failed and that may be."""
    try:
        return _ask_or_stand_in(network, wanted, found, age)
    except SourceError as error:
        is_gone = isinstance(error, FetchError) and error.failure is Failure.GONE
        if given is None and not (is_gone and found.answers):
            raise
        if is_gone:
            found.notices.append(error.message)
        else:
            found.failures.append(error)
        return []


def _taken(answer: Answer, asked: Wanted, found: Gathered, given: Record | None) -> Sequence[Wanted]:
    """Take an answer, if it is of this work; where else to ask."""
    if not is_same(given or (found.records[0] if found.answers else None), answer.record):
        title = answer.record.title or "no title"
        found.notices.append(
            f"{services.called(asked)} is of another work, “{title}”; what it says was left out"
        )
        return ()
    found.answers.append(answer)
    found.notices += answer.notices
    return answer.also


def _ask_or_stand_in(network: Network, wanted: Wanted, found: Gathered, age: float) -> Sequence[Answer]:
    """The answer of the service in charge; arXiv, often overburdened, is stood in for by DataCite."""
    try:
        return services.ask(network, wanted, age=age)
    except FetchError as error:
        if wanted.scheme != "arxiv" or error.failure in {Failure.GONE, Failure.OFFLINE}:
            raise
        try:
            answers = doi.fetch(network, f"{identifiers.ARXIV_DOI_PREFIX}{wanted.value}", age=age)
        except SourceError:
            raise error from None
        found.notices.append(f"{error.message}; DataCite was asked instead")
        return answers


def is_same(basis: Record | None, other: Record) -> bool:
    """Whether an answer is of the work that was asked for; nothing to compare speaks for it."""
    if basis is None or not basis.title or not other.title:
        return True
    evidence = compare(of_record(basis), of_record(other))
    return evidence.verdict is not Verdict.DIFFERENT and not evidence.titles_unrelated


# -- Searching by title ----------------------------------------------------------------------


def add_published(network: Network, found: Gathered, basis: Record, *, age: float = DAY) -> None:
    """Search the published version of a work by its title; a search that fails is only noted."""
    if not basis.title or not basis.people or (basis.type and not basis.type.is_paper):
        return
    for search in (search_openreview, search_crossref):
        try:
            answer = search(network, basis, age=age)
        except SourceError as error:
            found.failures.append(error)
            continue
        if answer:
            found.answers.append(answer)
            return


def search_openreview(network: Network, basis: Record, *, age: float = DAY) -> Answer | None:
    """The work as OpenReview has it, accepted somewhere.

    Raises:
        SourceError: OpenReview did not answer.
    """
    answers = openreview.search(network, basis.title or "", age=age)
    return next((answer for answer in answers if _is_surely_same(basis, answer.record)), None)


def search_crossref(network: Network, basis: Record, *, age: float = DAY) -> Answer | None:
    """The work as Crossref has it, published somewhere.

    Raises:
        SourceError: Crossref did not answer.
    """
    author = basis.people[0] if basis.people else None
    answers = doi.search(network, basis.title or "", author, age=age)
    return next((answer for answer in answers if _is_surely_same(basis, answer.record)), None)


def _is_surely_same(basis: Record, other: Record) -> bool:
    """Whether something found by its title is the same work, and published."""
    if not merging.is_published(other) or not other.people or not other.year:
        return False
    evidence = compare(of_record(basis), of_record(other))
    return evidence.verdict is Verdict.SAME and evidence.titles_same and (evidence.authors or 0) >= 0.7


def _claims(answers: Sequence[Answer], known: Vocabulary[Venue]) -> Iterator[Answer]:
    """Where the authors say in arXiv's comments that a paper appeared, if that is a venue we know."""
    for answer in answers:
        comment = answer.record.note or ""
        if answer.source != "arXiv" or not comment or RE_NO_CLAIM.search(comment):
            continue
        for match in RE_CLAIM.finditer(comment):
            if venue := venues.find(known, match[1]):
                fields = {name: getattr(answer.record, name) for name in ("title", "authors", "arxiv")}
                year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
                said = record({**fields, "venue": venue.short, "year": year})
                yield Answer("arXiv (comments)", answer.url, said, in_passing=True)
                return

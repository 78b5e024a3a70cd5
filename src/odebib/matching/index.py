"""Matching: which entry a record is, which entries are one work, and how sure that is.

:class:`Index` holds the works of a bibliography so that the few which may be
the one in question are found without looking at the others; what speaks for
and against each is weighed by :mod:`odebib.matching.comparing`. The only statistics
used are the bibliography's own: how many titles hold a word, and, where a whole
source is matched, which venues its sure matches pair.
"""

from __future__ import annotations

import enum
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from odebib.matching.comparing import Evidence, Kind, Series, Verdict, Work, compare, of_entry, of_record
from odebib.text.titles import Difference

__all__ = [
    "Candidate",
    "Evidence",
    "Index",
    "Match",
    "Outcome",
    "Work",
    "compare",
    "group",
    "of_entry",
    "of_record",
]


class Outcome(enum.StrEnum):
    """What matching found a record to be."""

    MATCHED = "matched"
    NEW = "new"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a record may be, with what speaks for it."""

    key: str
    evidence: Evidence
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a record was found to be; candidates are ordered from the best."""

    outcome: Outcome
    key: str | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Finding:
    """An indexed work that may be the one in question."""

    number: int
    evidence: Evidence
    verdict: Verdict
    score: float


NEW = Match(Outcome.NEW)

COMMON = 96
"""A sign (word, pair of words, …) of so many entries tells too little to be followed."""
EFFORT = 96
"""So many postings are read for one record, the most telling ones; this keeps its time flat."""
COMPARED = 5
"""So many candidates are compared in full."""
LEAST = 3.0
"""So much a candidate's signs must tell for each word of the title, to be compared."""
SHARE = 0.5
"""And such a share of what those of the best candidate tell."""
NAMESAKES = 32
"""So many entries of exactly the same title are looked at."""
MARGIN = 0.02
"""By so much a candidate's score must lead, to be taken where two seem the same."""
SURE_PAIRS = 12
"""So often a venue must occur in sure matches before anything is concluded from it."""
MANY_COPIES = 0.02
"""A source with a larger share of copies is a collection of citations, not a curated list."""
MANY_CLAIMS = 1.06
"""So is one of which more records than this are found for each entry found."""
SHORT = 3
"""A title of so few words may come back every year."""
WEIGHTS = [0.0, *(1 + math.log2(COMMON / n) for n in range(1, COMMON + 1))]
"""What a sign tells, by the number of entries that have it."""


class Index:
    """The works of a bibliography, by their keys; grows as entries are added.

    ``decisions`` are sets of keys of which a person has said that they are not the same.
    """

    def __init__(self, decisions: Iterable[frozenset[str]] = ()) -> None:
        self._keys: list[str] = []
        self._works: list[Work | None] = []
        self._families: list[frozenset[str]] = []
        self._numbers: dict[str, int] = {}
        self._frequency: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._by_identifier: dict[str, list[int]] = {}
        self._by_title: dict[str, list[int]] = {}
        self._by_sign: dict[int | str, list[int]] = {}
        self._is_curated = True
        self._not_same = {
            frozenset((one, other)) for keys in decisions for one in keys for other in keys if one != other
        }

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, key: str) -> bool:
        return key in self._numbers

    # -- What is known of words (titles.Vocabulary)

    def weight(self, word: str) -> float:
        """How much a word tells: the logarithm of how few titles hold it, smoothed for small numbers."""
        return math.log1p((len(self._keys) + 100) / (self._frequency.get(word, 0) + 2))

    def is_known(self, word: str) -> bool:
        """Whether several titles hold the word, so that it is no typo."""
        return self._frequency.get(word, 0) >= 3

    def is_rare(self, word: str) -> bool:
        """Whether the word is one title's own, in a bibliography large enough to say so."""
        size = len(self._keys)
        return size >= 20 and self._frequency.get(word, 0) <= (1 if size < 1000 else 2)

    # -- Growing and shrinking

    def add(self, key: str, work: Work) -> None:
        """Add the work of an entry; a key that is there already is replaced."""
        if key in self._numbers:
            self.remove(key)
        number = len(self._keys)
        self._keys.append(key)
        self._works.append(work)
        self._families.append(_families(work))
        self._numbers[key] = number
        for identifier in work.identifiers:
            self._by_identifier.setdefault(identifier, []).append(number)
        for title_key in _title_keys(work):
            self._by_title.setdefault(title_key, []).append(number)
        words = {word for title in work.titles for word in title.words}
        for word in words:
            self._frequency[word] = self._frequency.get(word, 0) + 1
        for sign in set(self._signs(work, grow=True)):
            numbers = self._by_sign.setdefault(sign, [])
            if len(numbers) <= COMMON:
                numbers.append(number)

    def remove(self, key: str) -> None:
        """Forget an entry; ``KeyError`` where there is none of that key."""
        number = self._numbers.pop(key)
        work = self._works[number]
        self._works[number] = None
        if work is None:
            return
        for identifier in work.identifiers:
            self._by_identifier[identifier].remove(number)
        for title_key in _title_keys(work):
            self._by_title[title_key].remove(number)
        for word in {word for title in work.titles for word in title.words}:
            self._frequency[word] -= 1

    def _signs(self, work: Work, *, grow: bool = False) -> Iterator[int | str]:
        """The signs by which a work is found when neither identifier nor whole title leads to it.

        Words, pairs of neighbouring words, first authors with a word, and the
        ends of the title: whatever is damaged, something rare is left.
        """
        known = self._words
        authors = []
        for author in work.authors[:2]:
            for name in (author.family, author.swapped)[: 2 if len(author.family) < 4 else 1]:
                number = known.setdefault("@" + name, len(known)) if grow else known.get("@" + name)
                if number is not None:
                    authors.append((number + 1) << 24)
        for title in work.titles:
            before = None
            for word in title.words:
                number = known.setdefault(word, len(known)) if grow else known.get(word)
                if number is None:
                    before = None
                    continue
                yield number
                if before is not None:
                    yield (before + 1) << 24 | number
                for author_sign in authors:
                    yield author_sign | number
                before = number
            if len(title.key) > 12:
                yield title.key[:12]
                yield title.key[-12:] + "$"

    # -- Matching

    def match(self, work: Work) -> Match:
        """Which entry the work is, if any."""
        return self._decide(self._find(work))

    def match_all(self, works: Sequence[Work]) -> list[Match]:
        """Which entry each work of one source is, with what the others tell.

        Venues that the source's sure matches never pair are other venues; a
        title that the source repeats year by year needs the year; and where one
        record is clearly an entry, another work of the same title is not.
        """
        source = _Source(works)
        columns = _columns(works) if source.is_curated else {}
        found = [self._find(work, years=columns.get(_column_key(work))) for work in works]
        found = self._with_venues(works, found, columns)
        matches = [self._decide(findings) for findings in found]
        claimed = [match.key for match in matches if match.key is not None]
        if len(claimed) > MANY_CLAIMS * len(set(claimed)) + 2:
            source.is_curated = False
        return self._one_to_one(source, found, matches)

    def duplicates(self) -> Iterator[tuple[str, str, Evidence]]:
        """Pairs of entries that look like one work, save those decided not to be the same."""
        for number, work in enumerate(self._works):
            if work is None:
                continue
            for finding in self._find(work, before=number):
                key = self._keys[finding.number]
                if _looks_same(finding) and frozenset((key, self._keys[number])) not in self._not_same:
                    yield key, self._keys[number], finding.evidence

    def _find(
        self, work: Work, *, years: set[int] | None = None, before: int | None = None
    ) -> list[_Finding]:
        """The works that may be this one, best first; ``before`` keeps to those added earlier."""
        certain, shared_pages = self._of_identifiers(work)
        for title in work.titles:
            certain.update(self._of_title(title.key, work))
            if title.head:
                certain.update(self._of_title(title.head_key, work))
        findings = self._compare_all(work, certain, years, shared_pages, before)
        if before is not None or not any(_is_beyond_doubt(finding) for finding in findings):
            more = [number for number in self._likely(work) if number not in certain]
            findings += self._compare_all(work, more, years, shared_pages, before)
        findings.sort(key=lambda finding: (-finding.verdict, -finding.score, finding.number))
        return findings

    def _of_identifiers(self, work: Work) -> tuple[set[int], frozenset[str]]:
        """The works with one of its identifiers, and those identifiers that are of many works."""
        found: set[int] = set()
        shared_pages = []
        for identifier in work.identifiers:
            numbers = self._by_identifier.get(identifier)
            if numbers is None:
                continue
            if len(numbers) > 1 and not identifier.startswith("arxiv:") and self._is_shared_page(numbers):
                shared_pages.append(identifier)
            else:
                found.update(numbers[:NAMESAKES])
        return found, frozenset(shared_pages)

    def _is_shared_page(self, numbers: list[int]) -> bool:
        """Whether works with one identifier have unrelated titles: then it is a volume's or a list's."""
        works = [work for number in numbers[:3] if (work := self._works[number])]
        return (
            any(
                one.titles and other.titles and not set(one.titles[0].words) & set(other.titles[0].words)
                for place, one in enumerate(works)
                for other in works[place + 1 :]
            )
            or len(numbers) > COMPARED
        )

    def _of_title(self, key: str, work: Work) -> list[int]:
        """The works of exactly this title; of very many, those of the same year first."""
        numbers = self._by_title.get(key, [])
        if len(numbers) <= COMPARED:
            return numbers
        years = set(work.years)
        same_year = [
            n for n in numbers[: 8 * NAMESAKES] if (w := self._works[n]) and years.intersection(w.years)
        ]
        return same_year[:NAMESAKES] or numbers[:NAMESAKES]

    def _likely(self, work: Work) -> list[int]:
        """The works that share most of what is rare, best first."""
        by_sign = self._by_sign
        postings = [numbers for sign in self._signs(work) if (numbers := by_sign.get(sign)) is not None]
        postings = sorted((numbers for numbers in postings if len(numbers) <= COMMON), key=len)
        score: dict[int, float] = {}
        effort = 0
        for numbers in postings:
            effort += len(numbers)
            if effort > EFFORT and score:
                break
            weight = WEIGHTS[len(numbers)]
            for number in numbers:
                score[number] = score.get(number, 0.0) + weight
        if not score:
            return []
        words = sum(len(title.words) for title in work.titles)
        least = max(LEAST * words, SHARE * max(score.values()))
        enough = [(weight, -number) for number, weight in score.items() if weight >= least]
        enough.sort(reverse=True)
        families = _families(work)
        return [
            -number
            for place, (_, number) in enumerate(enough[:COMPARED])
            if place < 2 or not families or not (theirs := self._families[-number]) or families & theirs
        ]

    def _compare_all(
        self,
        work: Work,
        numbers: Iterable[int],
        years: set[int] | None,
        shared_pages: frozenset[str],
        before: int | None,
    ) -> list[_Finding]:
        findings = []
        for number in numbers:
            other = self._works[number]
            if other is None or (before is not None and number >= before):
                continue
            repeated = self._repeated(years, other)
            evidence, verdict = compare(work, other, self, repeated=repeated, shared_pages=shared_pages)
            if verdict is not Verdict.DIFFERENT:
                findings.append(_Finding(number, evidence, verdict, _score(evidence, work, other)))
        return findings

    def _repeated(self, years: set[int] | None, other: Work) -> bool | None:
        """Whether a title comes back every year in the bibliography or the source, if that is known."""
        if not self._is_curated:
            return None
        if years is None and (not other.titles or len(self._by_title[other.titles[0].key]) < 3):
            return None
        in_bibliography = self._years_of_title(other)
        if len(in_bibliography) >= 3:
            return True
        if years is None:
            return None
        if len(years) >= 3 and other.titles and len(other.titles[0].words) <= 5:
            return True
        is_column = (
            len(in_bibliography) > 1 or len(years) > 2 or not other.titles or len(other.titles[0].words) < 2
        )
        return None if is_column else False

    def _years_of_title(self, work: Work) -> set[int]:
        """The years of entries of the work's title that share an author with it."""
        numbers = self._by_title.get(work.titles[0].key, []) if work.titles else []
        if len(numbers) < 2:
            return set(work.years[:1])
        families = _families(work)
        return {
            other.years[0]
            for number in numbers[:NAMESAKES]
            if (other := self._works[number]) and other.years
            if not families or not self._families[number] or families & self._families[number]
        }

    def _decide(self, findings: list[_Finding]) -> Match:
        """The outcome that the findings allow."""
        if not findings:
            return NEW
        candidates = tuple(
            Candidate(self._keys[finding.number], finding.evidence, finding.score) for finding in findings
        )
        best = findings[0]
        if best.verdict is Verdict.SAME and _leads(findings):
            return Match(Outcome.MATCHED, self._keys[best.number], candidates)
        return Match(Outcome.AMBIGUOUS, None, candidates)

    # -- What a whole source tells

    def _with_venues(
        self, works: Sequence[Work], found: list[list[_Finding]], columns: Columns
    ) -> list[list[_Finding]]:
        """The findings anew, where the pairing of venues in sure matches tells something of them."""
        pairing = _VenuePairing()
        for work, findings in zip(works, found, strict=True):
            if len(findings) == 1 and _is_sure(findings[0]) and (other := self._works[findings[0].number]):
                pairing.add(work, other)
        result = []
        for work, findings in zip(works, found, strict=True):
            if len(findings) > 1 or any(finding.evidence.year for finding in findings):
                findings = [self._reconsider(work, finding, pairing, columns) for finding in findings]
                findings = [finding for finding in findings if finding.verdict is not Verdict.DIFFERENT]
                findings.sort(key=lambda finding: (-finding.verdict, -finding.score, finding.number))
            result.append(findings)
        return result

    def _reconsider(
        self, work: Work, finding: _Finding, pairing: _VenuePairing, columns: Columns
    ) -> _Finding:
        other = self._works[finding.number]
        known = pairing.agree(work, other) if other else None
        if other is None or known is None:
            return finding
        again = self._repeated(columns.get(_column_key(work)), other)
        evidence, verdict = compare(work, other, self, repeated=again, venues_known=known)
        return _Finding(finding.number, evidence, verdict, _score(evidence, work, other))

    def _one_to_one(self, source: _Source, found: list[list[_Finding]], matches: list[Match]) -> list[Match]:
        """Where several records are one entry, each must be the same work as the surest of them."""
        claims = defaultdict(list)
        for place, match in enumerate(matches):
            if match.key is not None:
                claims[match.key].append(place)
        surest = {key: max(places, key=lambda p: (found[p][0].score, -p)) for key, places in claims.items()}
        for key, places in claims.items():
            for place in places:
                if place != surest[key] and not self._may_share(source, place, surest[key], found[place][0]):
                    matches[place] = Match(Outcome.AMBIGUOUS, None, matches[place].candidates)
        for place, match in enumerate(matches):
            if match.outcome is Outcome.AMBIGUOUS and len(found[place]) > 1:
                left = [finding for finding in found[place] if self._is_free(source, place, finding, surest)]
                if (
                    left
                    and len(left) < len(found[place])
                    and left[0].verdict is Verdict.SAME
                    and _leads(left)
                ):
                    matches[place] = Match(Outcome.MATCHED, self._keys[left[0].number], match.candidates)
        return matches

    def _may_share(self, source: _Source, place: int, surest: int, finding: _Finding) -> bool:
        """Whether two records of one source may be the same entry."""
        if finding.evidence.identifiers:
            return True
        return source.may_be_same(place, surest, *compare(source.works[place], source.works[surest], self))

    def _is_free(self, source: _Source, place: int, finding: _Finding, surest: dict[str, int]) -> bool:
        """Whether no other record has a better claim to the entry as another work."""
        claimant = surest.get(self._keys[finding.number])
        if claimant is None or claimant == place:
            return True
        return self._may_share(source, place, claimant, finding)


def _title_keys(work: Work) -> set[str]:
    """The keys of its titles, and of what stands before their subtitles."""
    keys = {title.key for title in work.titles}
    keys.update(title.head_key for title in work.titles if title.head)
    keys.discard("")
    return keys


def _families(work: Work) -> frozenset[str]:
    """The family names of its authors, in either order of their parts."""
    names = {author.family for author in work.authors}
    names.update(author.swapped for author in work.authors)
    names.discard("")
    return frozenset(names)


def _is_beyond_doubt(finding: _Finding) -> bool:
    """Whether nothing better can be found."""
    evidence = finding.evidence
    if finding.verdict is not Verdict.SAME:
        return False
    agree = evidence.difference is Difference.NONE and (evidence.year is None or evidence.year <= 1)
    return bool(evidence.identifiers) or (agree and (evidence.authors or 0) >= 0.8)


def _is_sure(finding: _Finding) -> bool:
    """Whether a match is good enough to learn from it which venues are one."""
    evidence = finding.evidence
    return (
        finding.verdict is Verdict.SAME
        and evidence.difference is Difference.NONE
        and evidence.year == 0
        and (evidence.authors or 0) >= 0.9
    )


def _score(evidence: Evidence, work: Work, other: Work) -> float:
    """The evidence's score; an unmarked record is rather a paper than a talk of that name."""
    if work.kind is None and other.kind not in (None, Kind.PAPER):
        return evidence.score - 0.05
    return evidence.score


def _leads(findings: list[_Finding]) -> bool:
    """Whether the first finding is clearly better than the others."""
    best = findings[0]
    for other in findings[1:]:
        if other.evidence.identifiers and other.evidence.identifiers != ("url",):
            if (
                not best.evidence.identifiers
                or other.verdict is Verdict.AMBIGUOUS
                or best.score < other.score + MARGIN
            ):
                return False
        elif (
            other.verdict is Verdict.SAME
            and not best.evidence.identifiers
            and best.score < other.score + MARGIN
        ):
            return False
    return True


def _looks_same(finding: _Finding) -> bool:
    """Whether two entries are so alike that a person should look at them."""
    evidence = finding.evidence
    if finding.verdict is Verdict.SAME or evidence.identifiers or evidence.difference <= Difference.SPELLING:
        return True
    return (evidence.authors or 0) >= 0.75 and evidence.title >= 0.8


Columns = dict[tuple[str, str], set[int]]
"""The years in which a source has a title by an author."""


def _column_key(work: Work) -> tuple[str, str]:
    """What the instalments of a column have in common: title and first author."""
    return work.titles[0].key if work.titles else "", work.authors[0].family if work.authors else ""


def _columns(works: Sequence[Work]) -> Columns:
    years: Columns = defaultdict(set)
    for work in works:
        years[_column_key(work)].update(work.years[:1])
    return years


class _Source:
    """The works of one source, and what it tells about itself.

    A curated source (a .bib file, a library) has each work once, so that two
    records of it are two works unless they are copies; in a collection of
    citations most works come several times, in many spellings.
    """

    def __init__(self, works: Sequence[Work]) -> None:
        self.works = works
        self.is_curated = _copies(works) <= MANY_COPIES * len(works)
        self._venues = Counter(work.venues[0] for work in works if work.venues)

    def may_be_same(self, place: int, other: int, evidence: Evidence, verdict: Verdict) -> bool:
        """Whether two of its records may be one work, given what comparing them says."""
        if evidence.identifiers and verdict is Verdict.SAME:
            return True
        if self._tells_apart(self.works[place], self.works[other]):
            return False
        if not self.is_curated:
            return not evidence.vetoes or evidence.authors == 0
        return verdict is Verdict.SAME and evidence.difference <= Difference.SPELLING

    def _tells_apart(self, one: Work, other: Work) -> bool:
        """Whether the source gives them other venues or years, or marks only one of them as a talk."""
        if {one.kind, other.kind} == {Kind.TALK, None}:
            return True
        if not one.venues or not other.venues or Series.MINOR in (one.series, other.series):
            return False
        other_years = bool(one.years and other.years and one.years[0] != other.years[0])
        if one.venues[0] == other.venues[0]:
            return other_years and len(one.titles[0].words) <= SHORT
        if self.is_curated and min(self._venues[one.venues[0]], self._venues[other.venues[0]]) >= SURE_PAIRS:
            return True
        return other_years and {one.series, other.series} == {Series.CONFERENCE, Series.JOURNAL}


def _copies(works: Sequence[Work]) -> int:
    """How many works have title, first author and, where given, year of an earlier one."""
    seen: dict[tuple[str, str], set[int]] = {}
    copies = 0
    for work in works:
        key = _column_key(work)
        year = work.years[0] if work.years else 0
        if key[0] and key in seen:
            copies += not year or year in seen[key] or 0 in seen[key]
        seen.setdefault(key, set()).add(year)
    return copies


class _VenuePairing:
    """Which venues of a source and of the bibliography occur together in sure matches."""

    def __init__(self) -> None:
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._ours: Counter[str] = Counter()
        self._theirs: Counter[str] = Counter()

    def add(self, work: Work, other: Work) -> None:
        """Take note of a sure match."""
        if work.venues and other.venues:
            self._pairs[work.venues[0], other.venues[0]] += 1
            self._ours[work.venues[0]] += 1
            self._theirs[other.venues[0]] += 1

    def agree(self, work: Work, other: Work) -> bool | None:
        """True where the venues are often paired, False where both are frequent but never are, else None."""
        if not work.venues or not other.venues or Series.MINOR in (work.series, other.series):
            return None
        ours, theirs = self._ours[work.venues[0]], self._theirs[other.venues[0]]
        if min(ours, theirs) < SURE_PAIRS:
            return None
        share = self._pairs[work.venues[0], other.venues[0]] / min(ours, theirs)
        return True if share > 0.2 else False if share < 0.03 else None


# -- Records among themselves ------------------------------------------------------------


def group(works: Sequence[Work]) -> list[list[int]]:
    """The places of works that are the same, together; in the order of their first ones.

    For the records of one source, or of several, before there are entries. Two
    records that a source itself tells apart by venue or year are not united.

    >>> from odebib.model.record import Record
    >>> listed = ["Deep Limits of Networks", "FFJORD", "Deep limits of networks"]
    >>> group([of_record(Record(title=title)) for title in listed])
    [[0, 2], [1]]
    """
    index, source = Index(), _Source(works)
    index._is_curated = source.is_curated
    groups: list[list[int]] = []
    of_work: dict[int, int] = {}
    columns = _columns(works) if source.is_curated else {}
    for place, work in enumerate(works):
        chosen = None
        for finding in index._find(work, years=columns.get(_column_key(work))):
            if finding.verdict is Verdict.SAME and _fits(
                place, groups[of_work[finding.number]], finding, index, source
            ):
                chosen = of_work[finding.number]
                break
        if chosen is None:
            chosen = len(groups)
            groups.append([])
        groups[chosen].append(place)
        of_work[place] = chosen
        index.add(str(place), work)
    return groups


def _fits(place: int, members: list[int], finding: _Finding, index: Index, source: _Source) -> bool:
    """Whether a work may join a group: the source does not tell it from its first and last members."""
    if finding.evidence.identifiers:
        return True
    for member in dict.fromkeys((*members[:2], *members[-1:])):
        evidence, verdict = compare(source.works[place], source.works[member], index)
        if verdict is Verdict.DIFFERENT or not source.may_be_same(place, member, evidence, verdict):
            return False
    return True

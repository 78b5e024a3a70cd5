"""Venues as sources write them: which venue of the bibliography is meant, and what a new one is.

The many ways to write one name are known by :mod:`odebib.text.venue_names`; here
they are compared with the venues that there are, and with each other, so that
a source's "ICML", "ICML 2018" and "Proceedings of the 35th International
Conference on Machine Learning" become one venue.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from odebib.model.bibliography import Vocabulary
from odebib.model.entry import EntryType
from odebib.model.values import RE_ID
from odebib.model.vocabulary import Venue, VenueKind
from odebib.text import venue_names
from odebib.text.folding import fold, slug
from odebib.text.venue_names import (
    CONFERENCE_WORDS,
    JOURNAL_WORDS,
    SURELY_CONFERENCE,
    VenueName,
    is_abbreviation,
    is_short_for,
    parse,
)

Words = tuple[str, ...]

RE_THE = re.compile(r"^the\s+", re.IGNORECASE)

RE_PRESENTATION = re.compile(
    r"(?<!\S)(\S*[^\s,:(–—-])[\s,:(–—-]+"
    r"(?:oral|spotlight|poster|main|long|short|demo|findings|companion|tutorial|best paper|\d+)"
    r"(?:s|\s(?:paper|papers|track|presentation|session))?\)?$",
    re.IGNORECASE,
)
"""How a short name is followed by the way in which a work was presented: ICML oral."""


def find(venues: Vocabulary[Venue], text: str) -> Venue | None:
    """The venue that a source's words mean, or None if the bibliography knows none such."""
    return _index(venues).find(text)


@lru_cache(maxsize=4)
def _index(venues: Vocabulary[Venue]) -> VenueIndex:
    return VenueIndex(venues)


class VenueIndex:
    """The venues of a bibliography, found by whatever sources write for them."""

    def __init__(self, venues: Vocabulary[Venue]) -> None:
        self._venues = venues
        self._by_words: dict[Words, Venue] = {}
        self._by_key: dict[Words, Venue] = {}
        self._by_initials: dict[str, list[tuple[Words, Venue]]] = defaultdict(list)
        self._only_long: list[tuple[str, Venue]] = []
        self._only_short: dict[str, list[tuple[str, Venue]]] = defaultdict(list)
        self._found: dict[str, Venue | None] = {}
        for venue in venues:
            self._add(venue)

    def _add(self, venue: Venue) -> None:
        names = [parse(spelling) for spelling in Vocabulary.spellings(venue)]
        acronyms = [name.acronym for name in names[1:] if name.acronym]  # the id is none
        long = [name for name in names if len(name.words) > 1]
        for name in names:
            self._by_words.setdefault(name.words, venue)
            if venue.kind != VenueKind.JOURNAL:
                self._by_key.setdefault(name.key, venue)
        for name in long:
            self._by_initials[_initials(name.words)].append((name.words, venue))
            if not acronyms:
                self._only_long.append((name.name, venue))
        if not long:
            for acronym in acronyms:
                self._only_short[acronym[0].lower()].append((acronym, venue))

    def find(self, text: str) -> Venue | None:
        """The venue that a source's words mean, or None where none or several may be meant."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> Venue | None:
        name = parse(text)
        presented = RE_PRESENTATION.fullmatch(text.strip())
        first = text.split(",")[0].strip()
        readings = [text, name.name, venue_names.without_lead(name.name), name.acronym]
        readings += [presented[1]] if presented else []
        readings += [parse(first).acronym] if len(first) > 2 else []
        for reading in filter(None, readings):
            if found := self._venues.find(reading):
                return found
        return (
            self._by_words.get(name.words)
            or (self._by_key.get(name.key) if name.is_conference else None)
            or self._by_length(name)
        )

    def _by_length(self, name: VenueName) -> Venue | None:
        """The one venue whose name is this one in short or in full."""
        same = [
            venue
            for words, venue in self._by_initials.get(_initials(name.words), ())
            if is_abbreviation(name.words, words)
        ]
        if name.acronym and not name.name:
            same += [venue for long, venue in self._only_long if is_short_for(name.acronym, long)]
        elif name.words:
            same += [
                venue
                for letter in {word[0] for word in name.words}
                for short, venue in self._only_short.get(letter, ())
                if is_short_for(short, name.name)
            ]
        return same[0] if len({venue.id for venue in same}) == 1 else None


def _initials(words: Words) -> str:
    return "".join(word[0] for word in words)


# -- New venues ------------------------------------------------------------------------------

Named = tuple[str, EntryType | None]
"""A venue in a source's words, and the type of the record that names it."""


def draft(text: str, kind: EntryType | None) -> Venue:
    """A venue for the bibliography from a source's words, for a person to look at."""
    return _drafted(_Spellings([parse(text)], Counter({text: 1}), Counter([kind])))


def draft_all(venues: Vocabulary[Venue], named: Iterable[Named]) -> Mapping[str, Venue]:
    """The venues that a source names and the bibliography does not know, by what the source wrote.

    Different spellings of one venue become one draft; where it is not sure
    that they are one, they stay two. Drafts have ids that ``venues`` does not
    hold yet.
    """
    texts: Counter[str] = Counter()
    kinds: dict[str, Counter[EntryType | None]] = defaultdict(Counter)
    for text, kind in named:
        texts[text] += 1
        kinds[text][kind] += 1
    index = _index(venues)
    unknown = [text for text in texts if index.find(text) is None]
    taken = {term.id for term in venues}
    found: dict[str, Venue] = {}
    for group in _united([(parse(text), _is_journal(kinds[text])) for text in unknown]):
        members = [unknown[place] for place in group]
        counts = Counter({text: texts[text] for text in members})
        said = sum((kinds[text] for text in members), Counter[EntryType | None]())
        venue = _with_free_id(
            _drafted(_Spellings([parse(text) for text in members], counts, said)), taken, venues
        )
        taken.add(venue.id)
        found |= dict.fromkeys(members, venue)
    return found


def _with_free_id(venue: Venue, taken: set[str], venues: Vocabulary[Venue]) -> Venue:
    number, identifier = 2, venue.id
    while identifier in taken or venues.find(identifier):
        identifier = f"{venue.id}-{number}"
        number += 1
    return venue.model_copy(update={"id": identifier})


def _is_journal(kinds: Counter[EntryType | None]) -> bool | None:
    """Whether the records say that it is a journal; None where they do not say."""
    said = [kind for kind, _ in kinds.most_common() if kind is not None]
    return said[0] == EntryType.JOURNAL_ARTICLE if said else None


class _Groups:
    """Sets of places that turn out to be one, joined step by step."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def top(self, place: int) -> int:
        """The first place of a set."""
        while self._above[place] != place:
            self._above[place] = self._above[self._above[place]]
            place = self._above[place]
        return place

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        low, high = sorted((self.top(one), self.top(other)))
        self._above[high] = low

    def all(self) -> list[list[int]]:
        """The sets, in the order of their first places."""
        found: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._above)):
            found[self.top(place)].append(place)
        return list(found.values())


def _united(names: Sequence[tuple[VenueName, bool | None]]) -> list[list[int]]:
    """The places of names that are one venue's, together."""
    groups = _Groups(len(names))
    first: dict[tuple[str, Words], int] = {}
    for place, (name, is_journal) in enumerate(names):
        signs = [("words", name.words)]
        if len(name.acronym) > 2:
            signs.append(("acronym", (fold(name.acronym),)))
        if name.is_conference or is_journal is False:
            signs.append(("conference", _conference_key(name)))
        for sign in signs:
            if sign[1]:
                groups.join(place, first.setdefault(sign, place))
    _join_abbreviations(names, groups)
    _join_short_names(names, groups)
    return groups.all()


def _conference_key(name: VenueName) -> Words:
    """ "Advances in X" is what the conference on X calls its proceedings."""
    return name.key[1:] if name.key[0:1] == ("advances",) and len(name.key) > 2 else name.key


def _join_abbreviations(names: Sequence[tuple[VenueName, bool | None]], groups: _Groups) -> None:
    """Join names of which one abbreviates the other, unless it may stand for two."""
    buckets: dict[str, list[int]] = defaultdict(list)
    for place, (name, _) in enumerate(names):
        if len(name.words) > 1:
            buckets[_initials(name.words)].append(place)
    for bucket in buckets.values():
        for place in bucket:
            words = names[place][0].words
            same = [other for other in bucket if is_abbreviation(words, names[other][0].words)]
            longer = [other for other in same if sum(map(len, names[other][0].words)) > sum(map(len, words))]
            if longer and _are_one([names[other][0].words for other in longer]):
                for other in longer:
                    groups.join(place, other)


def _are_one(names: Sequence[Words]) -> bool:
    """Whether all these are spellings of the longest of them."""
    longest = max(names, key=lambda words: sum(map(len, words)))
    return all(words == longest or is_abbreviation(words, longest) for words in names)


def _join_short_names(names: Sequence[tuple[VenueName, bool | None]], groups: _Groups) -> None:
    """Join a short name with the one full name that it may stand for."""
    misfits = {groups.top(place) for place, (name, _) in enumerate(names) if _has_another_short_name(name)}
    long = [place for place, (name, _) in enumerate(names) if name.name and groups.top(place) not in misfits]
    has_long = {groups.top(place) for place, (name, _) in enumerate(names) if name.name}
    for place, (name, is_journal) in enumerate(names):
        if name.name or groups.top(place) in has_long:
            continue
        same = {
            groups.top(other)
            for other in long
            if is_short_for(name.acronym, names[other][0].name) and is_journal in (names[other][1], None)
        }
        if len(same) == 1:
            groups.join(place, same.pop())


def _has_another_short_name(name: VenueName) -> bool:
    """Whether a short name stands beside the full one that is not made of its words (ICONIP, SIGKDD)."""
    return bool(name.name and name.acronym) and not is_short_for(name.acronym, name.name)


# -- What a draft says -----------------------------------------------------------------------


@dataclass
class _Spellings:
    """All that a source writes for one venue."""

    names: list[VenueName]
    counts: Counter[str]
    kinds: Counter[EntryType | None] = field(default_factory=Counter)


def _drafted(said: _Spellings) -> Venue:
    """The venue that several spellings are: short name, full name, kind, other spellings."""
    acronyms = _counted(said, lambda name: name.acronym)
    full = _counted(said, lambda name: name.name)
    name = _best_full(full) if full else _most_said(acronyms)
    kind = _kind(said)
    bare = RE_THE.sub("", name) if kind == VenueKind.JOURNAL else venue_names.without_lead(name)
    short = _most_said(acronyms) if acronyms else bare or name
    if fold(short) == fold(bare):
        short = bare  # NATURE is Nature
    others = dict.fromkeys((*full, *acronyms))
    known = {fold(short), fold(name)}
    spellings = []
    for other in others:
        if fold(other) not in known:
            known.add(fold(other))
            spellings.append(other)
    identifier = slug(short)
    return Venue(
        id=identifier if RE_ID.fullmatch(identifier) else "venue", short=short, name=name, kind=kind,
        draft=True, spellings=tuple(spellings),
    )  # fmt: skip


def _counted(said: _Spellings, part: Callable[[VenueName], str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in said.names:
        if text := part(name):
            found[text] += said.counts[name.text]
    return found


def _most_said(texts: Counter[str]) -> str:
    return max(texts, key=lambda text: (texts[text], sum(map(str.isupper, text))))


def _best_full(texts: Counter[str]) -> str:
    """The name in full: not abbreviated, as most write it, with its capitals."""
    longest = max(texts, key=lambda text: sum(map(len, parse(text).words)))
    whole = [text for text in texts if not is_abbreviation(parse(text).words, parse(longest).words)]
    count = Counter({text: texts[text] for text in whole})
    as_said = Counter[str]()
    for text in whole:
        as_said[fold(text)] += count[text]
    return max(
        whole, key=lambda text: (as_said[fold(text)], sum(map(str.isupper, text)), count[text], len(text))
    )


def _kind(said: _Spellings) -> VenueKind:
    """What the records say that it is; where they do not, what the words of the name do."""
    words = {word for name in said.names for word in fold(name.name).split()}
    sounds_like_journal = bool(words & JOURNAL_WORDS)
    if words & {"workshop", "workshops"} or set(said.kinds) == {EntryType.WORKSHOP_PAPER}:
        return VenueKind.WORKSHOP
    if EntryType.JOURNAL_ARTICLE in said.kinds and sounds_like_journal:
        return VenueKind.JOURNAL
    if words & SURELY_CONFERENCE and not sounds_like_journal:
        return VenueKind.CONFERENCE
    kinds = Counter({kind: number for kind, number in said.kinds.items() if kind in KIND_OF_TYPE})
    return KIND_OF_TYPE[kinds.most_common(1)[0][0]] if kinds else _kind_by_words(words, said)


def _kind_by_words(words: set[str], said: _Spellings) -> VenueKind:
    """What a venue is by its name alone; what lists shorten to capitals is mostly a conference."""
    if not words or words & CONFERENCE_WORDS:
        return VenueKind.CONFERENCE
    is_journal = bool(words & JOURNAL_WORDS) or not any(name.acronym for name in said.names)
    return VenueKind.JOURNAL if is_journal else VenueKind.CONFERENCE


KIND_OF_TYPE: Mapping[EntryType | None, VenueKind] = {
    EntryType.JOURNAL_ARTICLE: VenueKind.JOURNAL,
    EntryType.CONFERENCE_PAPER: VenueKind.CONFERENCE,
    EntryType.WORKSHOP_PAPER: VenueKind.WORKSHOP,
    EntryType.CHAPTER: VenueKind.BOOK,
}


# -- Workshops -------------------------------------------------------------------------------


def workshop(venues: Vocabulary[Venue], text: str) -> tuple[Venue, str] | None:
    """The known conference that a workshop belongs to, and the workshop's own name; None if it has none."""
    for conference, event in venue_names.workshop_parts(text):
        found = find(venues, conference)
        if found and found.kind != VenueKind.WORKSHOP:
            return found, event
    return None


def conference_of_workshop(venues: Vocabulary[Venue], text: str) -> str | None:
    """The conference that a workshop's name surely belongs to: "NeurIPS Workshop on Deep Learning"."""
    known = workshop(venues, text)
    if known:
        return known[0].short
    for conference, event in venue_names.workshop_parts(text):
        is_sure = event.startswith(("Workshop on", "Workshop for"))
        is_sure |= event == "Workshop" and "orkshops" in text
        name = parse(conference)
        if is_sure and not name.name and venue_names.without_lead(text).startswith(conference):
            return conference
    return None

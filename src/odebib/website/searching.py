"""Search: the files that the pages' search looks through, small enough to be fetched piece by piece.

Words are searched with Pagefind over one lean file an entry. Everything else
(filters, counts, sorting, cards, identifiers) is our own: columns with a place
for each work, and shards of which a reader fetches the few that are asked for.
A work's place is its row: newest first, then by title.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from markupsafe import Markup

from odebib.formats import FORMATS
from odebib.formats.format import Format
from odebib.lookup.searched import Searched
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry, Version
from odebib.model.fields import TYPE_LABELS
from odebib.model.traits import NAME, TEXT, WHERE
from odebib.model.vocabulary import Term
from odebib.text import identifiers
from odebib.text.folding import fold, slug
from odebib.website.markup import plain, rich
from odebib.website.views import EntryView
from odebib.website.words import WordIndex

FOLDER = "assets/search"
"""Where the files stand on the site."""

CARDS, ABSTRACTS, REFERENCES = 4, 16, 32
"""How many works share a file of cards, of abstracts, of references: what one of them costs
against the number of files."""
IDENTIFIERS = 256
"""About how many identifiers, or people, share a file."""

TAKEN = tuple(format for format in FORMATS.values() if format.is_taken)
"""The formats in which readers take works with them."""

FIRST_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
"""What words begin with once they are folded."""

HAVING = ("code", "abstract", "pdf")
"""What a work may have, as filters."""


@dataclass(frozen=True)
class Searching:
    """Everything that is searched of a bibliography."""

    bibliography: Bibliography
    view: Callable[[str], EntryView]
    card: Callable[[str], Markup]
    """The card of an entry for pages of the search's depth, without its abstract."""
    reference: Callable[[str, str, str], str]
    """An entry in a format: the format's name, the key, and ``full`` or ``short`` venues."""

    # -- The files --

    def files(self, words: WordIndex | None) -> Iterator[tuple[str, bytes]]:
        """Every file of the search; without ``words``, where Pagefind is missing, titles and authors do."""
        for name, content in self._contents(words):
            yield f"{FOLDER}/{name}", json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        for name, data in words.bundle.items() if words else ():
            yield f"{FOLDER}/words/{name}", data

    def _contents(self, words: WordIndex | None) -> Iterator[tuple[str, Any]]:
        yield "about.json", self._about(words)
        yield "facets.json", self._facets()
        yield "authors.json", self._authors()
        yield "titles.json", ["\n".join(map(plain, self._entry(key).titles)) for key in self.rows]
        yield (
            "by-title.json",
            sorted(range(len(self.rows)), key=lambda row: self._title_order(self.rows[row])),
        )
        yield "venues.json", [self._spellings(venue) for venue in self.bibliography.venues]
        if words:
            lengths = [
                [form.count(" ") + 1 for form in self._title_forms(self._entry(key))] for key in self.rows
            ]
            yield "pages.json", [words.prefixes(self.rows), lengths]
            yield from self._vocabulary()
        yield from _shards("cards", CARDS, [self._card(key) for key in self.rows])
        yield from _shards("abstracts", ABSTRACTS, [self._abstract(key) for key in self.rows])
        for format in TAKEN:
            references = [self._reference(format, key) for key in self.rows]
            yield from _shards(f"cite/{format.name}", REFERENCES, references)
        for folder, shards in (("ids", self._identifiers), ("people", self._people)):
            for number, shard in enumerate(shards):
                yield f"{folder}/{number}.json", shard

    @cached_property
    def lean(self) -> dict[str, Sequence[str]]:
        """What Pagefind reads of each entry: its words, folded, and what abbreviations stand for."""
        return {key: self._searched(self.view(key)) for key in self.bibliography.entries}

    def _vocabulary(self) -> Iterator[tuple[str, str]]:
        """All words there are, by their first letter: what is no beginning of any is misspelt."""
        found: dict[str, set[str]] = {letter: set() for letter in FIRST_LETTERS}
        for word in {word for texts in self.lean.values() for text in texts for word in text.split()}:
            found[word[0]].add(word)
        for letter, words in found.items():
            yield f"vocabulary/{letter}.json", " ".join(sorted(words))

    def _searched(self, view: EntryView) -> Sequence[str]:
        """The texts of an entry that are searched, the weightiest first.

        Of summary and abstract a word counts once, and not at all where it stands
        in the title: how often it occurs would say little and make up most of the index.
        """
        entry = view.entry
        texts = self._words.texts(entry)
        first = (" ".join(self._title_forms(entry)), *(" ".join(texts[place]) for place in (NAME, WHERE)))
        said = set(" ".join(first).split())
        rest = self._with_abbreviations(" ".join(texts[TEXT])).split()
        return (*first, " ".join(word for word in dict.fromkeys(rest) if word not in said))

    def _title_forms(self, entry: Entry) -> list[str]:
        """All titles in all their forms, each once; by their lengths the pages tell which was found."""
        titles = map(fold, entry.titles)
        return list(dict.fromkeys(filter(None, (form for title in titles for form in self._forms(title)))))

    def _forms(self, title: str) -> Iterator[str]:
        """A folded title, and with each of its abbreviations written out or made."""
        yield title
        for short, long, either in self._words.abbreviations_in(title):
            yield either.sub(rf" {short} ", f" {title} ").strip()
            yield either.sub(rf" {long} ", f" {title} ").strip()

    def _with_abbreviations(self, text: str) -> str:
        """Folded text, with what its abbreviations stand for and the abbreviations of what it writes out."""
        return " ".join([text, *(f"{short} {long}" for short, long, _ in self._words.abbreviations_in(text))])

    @cached_property
    def _words(self) -> Searched:
        return Searched(self.bibliography)

    # -- Columns --

    @cached_property
    def rows(self) -> list[str]:
        """The keys in the order of their rows."""
        entries = self.bibliography.entries
        return sorted(entries, key=lambda key: (-(entries[key].year or 0), fold(entries[key].title), key))

    def _entry(self, key: str) -> Entry:
        return self.bibliography.entries[key]

    def _title_order(self, key: str) -> tuple[str, str]:
        return fold(self._entry(key).title), key

    def _about(self, words: WordIndex | None) -> dict[str, Any]:
        """What has to be known before anything else is fetched."""
        return {
            "works": len(self.rows),
            "words": words is not None,
            "cards": CARDS,
            "abstracts": ABSTRACTS,
            "references": REFERENCES,
            "identifiers": len(self._identifiers),
            "people": len(self._people),
            "formats": {format.name: {"label": format.label, "ending": format.ending} for format in TAKEN},
        }

    def _facets(self) -> dict[str, Any]:
        """What works are filtered and counted by; a value of a column is a place in the list of its words."""
        return {**self._words_of_columns(), **self._columns()}

    def _words_of_columns(self) -> dict[str, Any]:
        """The words of the columns, in the order that values count by."""
        library = self.bibliography
        years = (self._entry(key).year or 0 for key in self.rows)
        parents = {
            topic.id: above[-1].id if (above := library.ancestors(topic.id)) else ""
            for topic in library.topics
        }
        return {
            "years": [[year, len(list(run))] for year, run in groupby(years)],
            "types": [[str(kind), TYPE_LABELS[kind][1]] for kind in library.by_type],
            "venues": [[identifier, library.venues[identifier].short] for identifier in library.by_venue],
            "topics": [[topic.id, topic.name, parents[topic.id]] for topic in library.topics],
            "tags": [[tag.id, tag.name] for tag in library.tags],
            "lists": [[identifier, source.name] for identifier, source in library.lists.items()],
            "former": _former(("topic", library.topics), ("tag", library.tags), ("venue", library.venues)),
        }

    def _columns(self) -> dict[str, Any]:
        """For each work the places of its words."""
        library = self.bibliography
        entries = [self._entry(key) for key in self.rows]
        kinds, lists = list(library.by_type), list(library.lists)
        venues = {identifier: place for place, identifier in enumerate(library.by_venue)}
        return {
            "type": [kinds.index(library.type(entry)) for entry in entries],
            "venue": [venues[venue.id] if (venue := library.venue(entry)) else -1 for entry in entries],
            "topic": _places(library.topics, [library.topics_of(entry) for entry in entries]),
            "tag": _places(library.tags, [library.tags_of(entry) for entry in entries]),
            "list": [
                sorted({lists.index(listing.list.id) for listing in library.listed_in(key)})
                for key in self.rows
            ],
            "has": [self._having(key) for key in self.rows],
            "added": self._added(),
        }

    def _having(self, key: str) -> int:
        """What a work has, a bit for each of :data:`HAVING`."""
        view = self.view(key)
        kinds = {link.kind for link in view.links} | ({"abstract"} if view.entry.abstract else set())
        return sum(1 << place for place, what in enumerate(HAVING) if what in kinds)

    def _added(self) -> list[Any]:
        """The days on which works were added, and for each work the place of its day, or -1."""
        days = sorted({entry.added for entry in self.bibliography.entries.values() if entry.added})
        place = {day: number for number, day in enumerate(days)}
        return [
            [str(day) for day in days],
            [place[day] if (day := self._entry(key).added) else -1 for key in self.rows] if days else [],
        ]

    def _authors(self) -> dict[str, Any]:
        """Everybody's name, their slug where it does not follow from it, and the authors of each work."""
        people = sorted(
            self.bibliography.people.values(),
            key=lambda person: (-len(person.keys), fold(person.name.sorting)),
        )
        place = {person.slug: number for number, person in enumerate(people)}
        names = [str(person.name) for person in people]
        return {
            "names": names,
            "slugs": {
                number: person.slug
                for number, (person, name) in enumerate(zip(people, names, strict=True))
                if not name.isascii() or slug(name) != person.slug
            },
            "of": [
                list(
                    dict.fromkeys(
                        place[self.bibliography.slug(name, key)] for name in self._entry(key).people
                    )
                )
                for key in self.rows
            ],
        }

    @staticmethod
    def _spellings(venue: Any) -> list[str]:
        """The short name of a venue, which entries write, and all that people may write for it."""
        return list(dict.fromkeys([venue.short, venue.id, venue.name, *venue.aliases, *venue.spellings]))

    # -- Shards --

    def _card(self, key: str) -> list[Any]:
        """Key, card, whether there is an abstract, and where the work was published, if it was."""
        view = self.view(key)
        return [
            key,
            self.card(key),
            int(bool(view.entry.abstract)),
            str(view.appearance) if view.is_published else "",
        ]

    def _abstract(self, key: str) -> str:
        return "".join(f"<p>{rich(paragraph)}</p>" for paragraph in self.view(key).abstract)

    def _reference(self, format: Format, key: str) -> list[str]:
        """A work in a format, with the venue's full and, where it makes a difference, its short name."""
        full = self.reference(format.name, key, "full")
        venue = self.bibliography.venue(self._entry(key))
        if venue is None or venue.short == venue.name:
            return [full]
        short = self.reference(format.name, key, "short")
        return [full, short] if short != full else [full]

    # -- Identifiers --

    @cached_property
    def _identifiers(self) -> list[dict[str, Any]]:
        """Keys of all times and identifiers, in shards, each with its key and row."""
        return _by_hash({**self._links(), **dict(self._known())})

    @cached_property
    def _people(self) -> list[dict[str, Any]]:
        """Authors by their slug, in shards, each with name and rows."""
        people = self.bibliography.people.values()
        return _by_hash(
            {
                person.slug: [str(person.name), sorted(map(self._place.__getitem__, person.keys))]
                for person in people
            }
        )

    @cached_property
    def _place(self) -> dict[str, int]:
        """The row of each key."""
        return {key: row for row, key in enumerate(self.rows)}

    def _links(self) -> dict[str, list[Any]]:
        """The addresses of PDFs, code and the like that belong to one work alone."""
        found: dict[str, set[str]] = defaultdict(set)
        for key, entry in self.bibliography.entries.items():
            for link in entry.links.items():
                found[f"url:{bare_address(link[1])}"].add(key)
        single = ((name, next(iter(keys))) for name, keys in found.items() if len(keys) == 1)
        return {name: [key, self._place[key]] for name, key in single}

    def _known(self) -> Iterator[tuple[str, list[Any]]]:
        """Every name of every work; the work's own key is said last, so that it wins."""
        place = self._place
        entries = self.bibliography.entries
        for key, entry in entries.items():
            works: tuple[Entry | Version, ...] = (*entry.versions, entry)
            for work in works:
                for scheme in identifiers.SCHEMES:
                    if value := getattr(work, scheme, None):
                        yield f"{scheme}:{value}", [key, place[key]]
                if work.url:
                    yield f"url:{bare_address(work.url)}", [key, place[key]]
        for former, key in self.bibliography.aliases.items():
            yield former, [key, place[key]]
        for key in entries:
            yield key, [key, place[key]]


def _by_hash(known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Named things in as many shards as it takes, so that a name alone says where it stands."""
    count = 1
    while count * IDENTIFIERS < len(known):
        count *= 2
    shards: list[dict[str, Any]] = [{} for _ in range(count)]
    for name in sorted(known):
        shards[hashed(name) % count][name] = known[name]
    return shards


def hashed(name: str) -> int:
    """A number for a name, the same in every program: FNV-1a of its UTF-8 in 32 bits.

    >>> hashed("chen2018neural")
    2129862846
    """
    number = 0x811C9DC5
    for byte in name.encode():
        number = (number ^ byte) * 0x01000193 & 0xFFFFFFFF
    return number


def bare_address(url: str) -> str:
    """What is compared of an address: without protocol, ``www.``, fragment and closing slash.

    >>> bare_address("https://www.example.org/paper/#abstract")
    'example.org/paper'
    """
    bare = url.split("#")[0].split("://", 1)[-1].lower()
    return bare.removeprefix("www.").rstrip("/")


def _shards(folder: str, size: int, items: Sequence[Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    for start in range(0, len(items), size):
        yield f"{folder}/{start // size}.json", items[start : start + size]


def _places(vocabulary: Vocabulary[Any], terms: Sequence[Sequence[Term]]) -> list[list[int]]:
    """The terms of each work, as places in the vocabulary."""
    place = {term.id: number for number, term in enumerate(vocabulary)}
    return [[place[term.id] for term in found] for found in terms]


def _former(*vocabularies: tuple[str, Vocabulary[Any]]) -> Mapping[str, Mapping[str, str]]:
    """Former ids of terms, with those of today: addresses that hold them go on working."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, vocabulary in vocabularies:
        for term in vocabulary:
            found[name].update(dict.fromkeys(term.aliases, term.id))
    return found

"""Synthetic bibliographies and what sources make of them; the same seed gives the same data.

The noise is that of two libraries describing the same conferences, and of
citations collected from the web. Titles are dense on purpose: many share most
of their words, columns come back every year, papers reappear in journals.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from odebib.model.entry import EntryType
from odebib.model.record import Record
from odebib.text.names import Name


def _split(text: str, separator: str) -> list[str]:
    """The parts of a text, each on one line."""
    parts = text.split() if separator == " " else text.split(separator)
    return [" ".join(part.split()) for part in parts if part.strip()]


GOALS = _split(
    """
    query optimization | data mining | view maintenance | concurrency control | association rules |
    similarity search | data integration | schema evolution | transaction processing | spatial joins
    | index structures | data warehousing | access control | stream processing | nearest neighbor
    queries | selectivity estimation | information extraction | workflow management | materialized
    views | semistructured data | query processing | time series | deductive databases | active
    rules | recovery | buffer management | load balancing | load shedding | semantic caching |
    approximate answers | aggregate queries | data cubes | object identity | path expressions |
    query languages | clustering | outlier detection | sequential patterns | web services | neural
    ordinary differential equations | normalizing flows | graph neural networks | dynamical systems
    | optimal control | generative models | stochastic gradient descent | reinforcement learning |
    image restoration | inverse problems
    """,
    "|",
)
SETTINGS = _split(
    """
    large databases | parallel database systems | object-oriented databases | relational databases |
    the web | data warehouses | mobile environments | distributed systems | main memory databases |
    heterogeneous sources | sensor networks | XML documents | multidimensional data | high-
    dimensional spaces | temporal databases | multimedia databases | peer-to-peer networks | real-
    time systems | digital libraries | geographic information systems | scientific data | irregular
    time series | limited bandwidth | skewed distributions | noisy labels | partial differential
    equations
    """,
    "|",
)
QUALITIES = _split(
    """
    efficient | scalable | adaptive | incremental | optimal | dynamic | parallel | approximate |
    robust | flexible | effective | fast | practical | declarative | probabilistic | semantic |
    cost-based | secure | interactive | hierarchical | continuous | deep | latent | stable |
    distributed | online | fuzzy | cooperative | generalized | unified
    """,
    "|",
)
MEANS = _split(
    """
    approach | framework | algorithm | model | architecture | technique | method | system | language
    | strategy | algebra | toolkit | perspective | survey | benchmark | case study | prototype |
    semantics | analysis | evaluation
    """,
    "|",
)
SYLLABLES = _split(
    "ba co da fe gi ho ju ka lo me ni or pa qui ra so tu va xe yo zan mar del ton ber ski lin wang sch ner",
    " ",
)
GIVEN = _split(
    """
    Michael David Jennifer Hector Rakesh Surajit Christos Jiawei Divesh Laks Serge Peter Anna Maria
    Wei Ming Li Yan Rajeev Raghu Joseph Jeffrey Philip Alon Dan Mary Elisa Stefano Klaus Jürgen Hans
    Gerhard Donald Kenneth Thomas Sophie Jean Pierre Kyu Young Masaru Hiroshi Ivan Olga Jörg Zoë
    François Álvaro Nils Ingrid
    """,
    " ",
)
VENUES = {
    "sigmod": ("SIGMOD Conference", "International Conference on Management of Data"),
    "vldb": ("VLDB", "Very Large Data Bases"),
    "tods": ("ACM Trans. Database Syst.", "ACM Transactions on Database Systems (TODS)"),
    "vldbj": ("VLDB J.", "The VLDB Journal &mdash; The International Journal on Very Large Data Bases"),
    "record": ("SIGMOD Record", "ACM SIGMOD Record"),
}
JOURNALS = ("tods", "vldbj", "record")
COLUMNS = _split(
    "Editorial|Guest Editorial|Editor's Notes|Chair's Message|Treasurer's Message|Book Review Column|Foreword"
    "|Title, Foreword|Reminiscences on Influential Papers|Guest Editors' Introduction"
    "|Database Research at {place}"
    "|Report on the {nth} Workshop on {goal}|Standards|Letter from the Editor",
    "|",
)
NTH = _split("First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh", " ")


@dataclass(frozen=True)
class Paper:
    """What is true of a published work."""

    number: int
    title: str
    authors: tuple[Name, ...]
    venue: str
    year: int


@dataclass
class World:
    """A population of authors and words, from which papers are drawn."""

    seed: int
    size: int
    kin: float = 0.07
    """The share of papers that have a journal version or a sequel by the same authors."""
    random: random.Random = field(init=False)
    people: list[Name] = field(init=False)
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        families = [self._word(2, 3).capitalize() for _ in range(max(300, self.size // 12))]
        families += [
            "Wang",
            "Li",
            "Chen",
            "Zhang",
            "Smith",
            "Kim",
            "Müller",
            "Özsu",
            "García",
            "van den Berg",
        ] * 6
        self.people = [self._person(families) for _ in range(max(400, self.size * 2 // 3))]
        self.words = [self._word(2, 4) for _ in range(max(400, self.size // 4))]

    def _word(self, least: int, most: int) -> str:
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(least, most)))

    def _person(self, families: Sequence[str]) -> Name:
        given = self.random.choice(GIVEN)
        if self.random.random() < 0.35:
            given += f" {self.random.choice('ABCDEFGHJKLMPRST')}."
        family = self.random.choice(families)
        particle, _, last = family.rpartition(" ")
        return Name(family=last, given=given, particle=particle)

    def title(self) -> str:
        """A title as of a conference paper."""
        draw, words = self.random, self.words
        goal, setting = draw.choice(GOALS).title(), draw.choice(SETTINGS)
        quality, means = draw.choice(QUALITIES).title(), draw.choice(MEANS)
        word = words[int(len(words) * draw.random() ** 3)]
        other = words[int(len(words) * draw.random() ** 3)]
        suffix = draw.choice(("", "DB", "SQL", "-Net"))
        subtitle = draw.choice(("Theory and Practice", f"A {means.title()}"))
        forms = (
            f"{quality} {goal} in {setting}",
            f"{quality} {goal} over {word.title()} {setting}",
            f"{word.capitalize()}{suffix}: A {quality} {means.title()} for {goal}",
            f"A {quality} {means.title()} for {word.title()} {goal} in {setting}",
            f"{goal} for {word.title()} {other.title()}: {subtitle}",
            f"On the {means.title()} of {quality} {word.title()} {goal}",
            f"Using {word.title()} {other.title()} for {goal}",
            f"{word.title()} {goal} with {quality} {other.title()}",
            f"The {word.capitalize()} {means.title()}",
            f"{quality} {means.title()}s for {goal}, {draw.choice(GOALS)} under {word.title()} Constraints",
        )
        return draw.choice(forms)

    def team(self) -> tuple[Name, ...]:
        """The authors of one paper."""
        count = self.random.choices((1, 2, 3, 4, 5, 7), (18, 32, 25, 14, 8, 3))[0]
        return tuple(self.random.sample(self.people, count))

    def papers(self) -> list[Paper]:
        """``size`` papers: conference and journal versions, sequels and columns among them."""
        found: list[Paper] = []
        columns = max(1, self.size // 220)
        for kind in range(columns):
            found += self._column(COLUMNS[kind % len(COLUMNS)], len(found))
        while len(found) < self.size:
            venue = self.random.choices(list(VENUES), (32, 34, 9, 9, 16))[0]
            paper = Paper(len(found), self.title(), self.team(), venue, self.random.randint(1994, 2003))
            found.append(paper)
            chance = self.random.random()
            if chance < 0.4 * self.kin:
                found.append(self._journal_version(paper, len(found)))
            elif chance < self.kin:
                found.append(self._sequel(paper, len(found)))
        return found

    def _column(self, form: str, start: int) -> list[Paper]:
        editor, venue = self.team()[:1], self.random.choice(JOURNALS)
        title = form.replace("{place}", self.random.choice(self.words).title())
        title = title.replace("{goal}", self.random.choice(GOALS).title())
        same_editor = self.random.random() < 0.5
        return [
            Paper(
                start + place,
                title.replace("{nth}", NTH[place]),
                editor if same_editor else self.team(),
                venue,
                1994 + place,
            )
            for place in range(self.random.randint(3, 9))
        ]

    def _journal_version(self, paper: Paper, number: int) -> Paper:
        later = paper.year + self.random.choice((0, 1, 1, 2, 2, 3))
        venue = self.random.choice([name for name in JOURNALS if name != paper.venue])
        return replace(paper, number=number, venue=venue, year=later)

    def _sequel(self, paper: Paper, number: int) -> Paper:
        words = paper.title.split(" ")
        change = self.random.randrange(4)
        if change == 0:
            title = f"{paper.title}, Part II"
        elif change == 1:
            words.insert(self.random.randrange(1, len(words)), self.random.choice(QUALITIES).title())
            title = " ".join(words)
        elif change == 2:
            title = f"{paper.title} with {self.random.choice(GOALS).title()}"
        else:
            words[-1] = self.random.choice(SETTINGS).title()
            title = " ".join(words)
        year = paper.year + self.random.randint(0, 2)
        return replace(paper, number=number, title=title, year=year)


# -- What sources make of it -------------------------------------------------------------


class Noise:
    """How a source writes down papers."""

    def __init__(self, seed: int, words: Sequence[str]) -> None:
        self.random = random.Random(seed)
        self.words = words

    def chance(self, probability: float) -> bool:
        """Whether it happens this time."""
        return self.random.random() < probability

    def typo(self, text: str) -> str:
        """One letter wrong, missing, doubled or exchanged, or a blank lost."""
        place = self.random.randrange(1, max(2, len(text) - 1))
        kind = self.random.randrange(4)
        if kind == 0:
            return text[:place] + text[place + 1 :]
        if kind == 1:
            return text[:place] + self.random.choice("aeiounrst") + text[place + 1 :]
        if kind == 2:
            return text[:place] + text[place : place + 1] + text[place:]
        return text[: place - 1] + text[place : place + 1] + text[place - 1 : place] + text[place + 1 :]

    def initials(self, name: Name) -> Name:
        """``Michael J. Carey`` as ``MJ Carey``."""
        letters = "".join(word[0] for word in name.given.split())
        return replace(name, given=letters)

    def clean(self, paper: Paper) -> Record:
        """The paper as a careful library has it."""
        return self.record(paper, paper.title, list(paper.authors), VENUES[paper.venue][0], paper.year)

    def record(
        self,
        paper: Paper,
        title: str,
        authors: list[Name],
        venue: str | None,
        year: int | None,
        others: bool = False,
    ) -> Record:
        """A record with the number of the paper as its own key."""
        kind = EntryType.JOURNAL_ARTICLE if paper.venue in JOURNALS else EntryType.CONFERENCE_PAPER
        people = [*authors, Name(family="others")] if others else authors
        return Record.model_construct(
            title=title, authors=tuple(people), venue=venue, year=year, type=kind, source_id=str(paper.number)
        )

    def library(self, paper: Paper) -> Record:
        """The paper as another library has it."""
        title = paper.title
        if self.chance(0.3):
            title = title.capitalize()
        if self.chance(0.02):
            title = self.typo(title)
        if self.chance(0.02) and ":" in title:
            title = title.partition(":")[0 if self.chance(0.7) else 2].strip()
        if self.chance(0.03):
            title += self.random.choice(
                (" (extended abstract)", " (invited paper)", " (panel session)", " (abstract)")
            )
        title = title.replace(": ", " - ") if self.chance(0.1) else title
        authors = [self._library_name(name) for name in paper.authors]
        if self.chance(0.03):
            self.random.shuffle(authors)
        if self.chance(0.015):
            authors = authors[:-1]
        if self.chance(0.004):
            authors = []
        year = paper.year + (self.random.choice((-1, 1)) if self.chance(0.03) else 0)
        return self.record(paper, title, authors, VENUES[paper.venue][1], year)

    def _library_name(self, name: Name) -> Name:
        if self.chance(0.15):
            name = self.initials(name)
        elif self.chance(0.1):
            name = replace(name, given=name.given.split()[0])
        if self.chance(0.1) and not name.family.isascii():
            name = replace(name, family=name.family.replace("ü", "&uuml;").replace("Ö", "&Ouml;"))
        if self.chance(0.005):
            name = replace(name, family=self.typo(name.family))
        return name

    def citation(self, paper: Paper) -> Record:
        """The paper as somebody cites it."""
        title = self._cited_title(paper)
        authors = [self.initials(name) for name in paper.authors]
        others = len(authors) > 2 and self.chance(0.15)
        if others:
            authors = authors[: self.random.randint(1, len(authors) - 1)]
        if self.chance(0.05):
            place = self.random.randrange(len(authors))
            authors[place] = replace(authors[place], family=self.typo(authors[place].family))
        if self.chance(0.05):
            place = self.random.randrange(len(authors))
            family = (
                authors[place]
                .family.encode("ascii", "replace")
                .decode()
                .replace("?", "\N{REPLACEMENT CHARACTER}")
            )
            authors[place] = replace(authors[place], family=family)
        if self.chance(0.04):
            authors.pop(self.random.randrange(len(authors)))
        year: int | None = paper.year
        if self.chance(0.45):
            year = None
        elif self.chance(0.12):
            year = paper.year + self.random.choice((-2, -1, -1, 1, 1, 1, 2, 3))
        found = self.record(paper, title, authors, self._cited_venue(paper), year, others)
        return found.model_copy(update={"type": None})

    def _cited_title(self, paper: Paper) -> str:
        title = paper.title.lower() if self.chance(0.2) else paper.title
        words = title.split(" ")
        chance = self.random.random()
        if chance < 0.10 and len(words) > 4:
            title = " ".join(words[: self.random.randint(max(3, len(words) // 2), len(words) - 1)])
            title += self.random.choice(("", " …", "..."))
        elif chance < 0.13:
            title = f"{paper.authors[-1].family}. {title}"
        elif chance < 0.15:
            title = f"{paper.year}. {title}"
        elif chance < 0.20:
            title = f"{title}, {VENUES[paper.venue][0]} {paper.year}"
        elif chance < 0.22:
            remark = self.random.choice(("technical report", "submitted for publication", "PhD thesis"))
            title = f"{title}, {remark}"
        elif chance < 0.25 and len(words) > 4:
            del words[self.random.randrange(len(words))]
            title = " ".join(words)
        elif chance < 0.28 and len(words) > 4:
            place = self.random.randrange(len(words) - 1)
            words[place : place + 2] = ["".join(words[place : place + 2])]
            title = " ".join(words)
        if self.chance(0.08):
            title = self.typo(title)
        return title

    def _cited_venue(self, paper: Paper) -> str | None:
        if self.chance(0.3):
            return None
        short, full = VENUES[paper.venue]
        place = self.random.choice(("Seattle, WA", "Athens, Greece", "San Jose"))
        forms = (
            short,
            full,
            f"Proc. of the {paper.year} {full}",
            f"Proceedings of the … {full[:20]}",
            f"In {short}'{paper.year % 100}, {place}",
            self.random.choice(
                ("submitted", "Technical Report", "Lecture Notes in Computer Science", "Madison, WI", "ACM")
            ),
        )
        return self.random.choice(forms)


def two_libraries(seed: int, size: int) -> tuple[list[Record], list[Record]]:
    """Two .bib files of the same conferences; records of one work have the same ``source_id``."""
    world = World(seed, size)
    noise = Noise(seed + 1, world.words)
    papers = world.papers()
    first = [noise.clean(paper) for paper in papers if not noise.chance(0.03)]
    second = [noise.library(paper) for paper in papers if noise.chance(0.86)]
    noise.random.shuffle(second)
    return first, second


def cited(seed: int, size: int, strangers: int = 3) -> tuple[list[Record], list[Record]]:
    """A clean bibliography, and citations of its works and of ``strangers`` times as many others."""
    world = World(seed, size * (strangers + 1))
    noise = Noise(seed + 1, world.words)
    papers = world.papers()
    noise.random.shuffle(papers)
    first = [noise.clean(paper) for paper in papers[:size]]
    citations = []
    for place, paper in enumerate(papers):
        count = noise.random.choices((0, 1, 2, 4, 8), (25, 30, 25, 15, 5))[0] if place < size else 1
        citations += [noise.citation(paper) for _ in range(count)]
    noise.random.shuffle(citations)
    return first, citations


def large(seed: int, size: int, queries: int) -> tuple[list[Record], list[Record]]:
    """A bibliography of ``size`` works, and ``queries`` records half of which are of its works."""
    world = World(seed, size + queries // 2, kin=0.02)
    noise = Noise(seed + 1, world.words)
    papers = world.papers()
    noise.random.shuffle(papers)
    asked = papers[size - (queries + 1) // 2 :][:queries]
    write = (noise.library, noise.citation)
    return [noise.clean(paper) for paper in papers[:size]], [
        write[i % 2](paper) for i, paper in enumerate(asked)
    ]

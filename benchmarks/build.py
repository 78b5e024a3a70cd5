"""How long a build takes, by phase, on a synthetic bibliography of any size.

    python benchmarks/build.py --entries 10000

States pages and files written, not only pages: every work has a page, a .bib and
a JSON file, and every topic, author, venue, … a page and a .bib.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry
from odebib.model.record import Record, Section, SourceList
from odebib.model.vocabulary import Tag, Topic, Venue
from odebib.website.build import Built, build

WORDS = [
    *("neural", "ordinary", "stochastic", "differential", "equations", "continuous", "deep", "learning"),
    *("flows", "operators", "training", "fast", "stable", "robust", "control", "graph", "latent", "implicit"),
    *("adaptive", "solver", "gradient", "adjoint", "Hamiltonian", "Lagrangian", "networks", "models", "data"),
]
GIVEN = [
    "Anna",
    "Boris",
    "Clara",
    "David",
    "Elena",
    "Felix",
    "Gina",
    "Hugo",
    "Irina",
    "Jonas",
    "Karl",
    "Lena",
]


def make(entries: int, seed: int = 1) -> Bibliography:
    """A bibliography whose works have about as much to show as those of a real one."""
    rng = random.Random(seed)
    people = [f"{rng.choice(GIVEN)} {name}" for name in _family_names(rng, max(40, entries * 2))]
    topics = [Topic(id=f"t{n}", name=f"Topic {n}", parent=f"t{n // 6}" if n > 5 else None) for n in range(40)]
    tags = [Tag(id=f"g{n}", name=f"tag {n}", description="What it is.", colour="#1d4ed8") for n in range(12)]
    venues = [Venue(id=f"v{n}", short=f"V{n}", name=f"Proceedings of Venue {n}") for n in range(60)]
    made = {entry.key: entry for entry in (_entry(rng, n, people) for n in range(entries))}
    records = tuple(Record(text=e.title, title=e.title, entry=key) for key, e in list(made.items())[:500])
    source = SourceList(id="list", name="A List", sections=(Section(title="All", records=records),))
    return Bibliography(
        entries={key: made[key] for key in sorted(made)},
        lists={"list": source},
        topics=Vocabulary(topics),
        tags=Vocabulary(tags),
        venues=Vocabulary(venues),
    )


def _family_names(rng: random.Random, count: int) -> Iterator[str]:
    syllables = ("ba", "der", "fin", "gor", "hal", "ko", "lin", "mar", "no", "ros", "tan", "vel", "win", "zu")
    for number in range(count):
        yield "".join(rng.choices(syllables, k=3)).capitalize() + ("" if number % 3 else "sen")


def _sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize()


def _entry(rng: random.Random, number: int, people: list[str]) -> Entry:
    year = rng.randint(2000, 2026)
    return Entry.model_validate(
        {
            "key": f"key{year}n{number}",
            "title": _sentence(rng, 8),
            "authors": rng.sample(people, rng.randint(1, 6)),
            "year": str(year),
            "venue": f"V{rng.randrange(60)}",
            "pages": f"{number}-{number + 9}",
            "arxiv": f"{year % 100:02}01.{number % 100000:05}",
            "links": {"code": f"https://github.com/x/y{number}"},
            "summary": _sentence(rng, 16) + ".",
            "abstract": ". ".join(_sentence(rng, 20) for _ in range(6)),
            "topics": [f"t{rng.randrange(40)}" for _ in range(2)],
            "tags": [f"g{rng.randrange(12)}" for _ in range(2)],
            "verified": {"on": "2026-01-01", "by": ["reference lists"]},
        }
    )


def report(what: str, built: Built) -> None:
    """One line of figures."""
    seconds = built.seconds
    phases = ", ".join(f"{name} {spent:.2f} s" for name, spent in seconds.items())
    besides = (seconds["total"] - seconds["frames"]) * 1000 / max(built.pages, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(
        f"{what}: {built.pages} pages, {built.files} files, {built.written} written; {phases}; "
        f"{besides:.3f} ms a page besides the engine; peak {peak:.0f} MiB"
    )


def main() -> None:
    """Build from nothing, build again, and build after one entry has changed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--engine", default="mkdocs")
    arguments = parser.parse_args()
    started = time.perf_counter()
    bibliography = make(arguments.entries)
    print(f"{arguments.entries} entries made in {time.perf_counter() - started:.1f} s")
    folder = Path(tempfile.mkdtemp())
    try:
        report("from nothing", build(bibliography, folder, folder / "site", arguments.engine))
        report("again", build(make(arguments.entries), folder, folder / "site", arguments.engine))
        entries = dict(bibliography.entries)
        key = next(iter(entries))
        entries[key] = entries[key].model_copy(update={"summary": "Changed."})
        changed = Bibliography(
            entries, bibliography.lists, bibliography.topics, bibliography.tags, bibliography.venues
        )
        report("one entry changed", build(changed, folder, folder / "site", arguments.engine))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

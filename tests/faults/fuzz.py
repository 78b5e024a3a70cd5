"""Damaged sources, made by chance from sound ones, and the laws that hold for each of them.

The same seed makes the same damage on every machine; run as a program it goes on for as long as it is told.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from odebib.editing import importing
from odebib.errors import OdebibError
from odebib.project import store
from odebib.sources import files
from projects import make

TODAY = datetime.date(2026, 11, 21)
TITLES = (
    "Stable Glaciers without Friction", "Reading Handwritten Music by Ear", "Continuous Clocks for Patient Bees",
    "Learning the Weather of Small Islands", "Adjoints of Rivers in Spring", "Symmetric Bridges under Load",
)  # fmt: skip
"""Titles that nothing else in a source contains."""
PEOPLE = ("Ann One", "Bo Two", "Cai Three", "Dee Four", "Eli Five", "Fay Six")
PIECES = ("\0", "\ufeff", "{", "}", '"', "\\", "]", "[", "<b>", "&", "$", "\n\n", "\n# Talks\n", "\u202e", "😀", "\t", " " * 3000,
          "(" * 900, "a" * 2500, "10.1234/" * 80, "\n- ", "@article{", "ER  - \n", ",\n", ": ", "%", "et al. ", "`", "|")  # fmt: skip


def seeds() -> dict[str, str]:
    """A sound source of each format."""
    works = list(zip(TITLES, PEOPLE, range(2015, 2021), strict=True))
    items = [
        {"id": f"k{year}", "type": "article-journal", "title": title, "issued": {"date-parts": [[year]]},
         "author": [{"family": who.split()[1], "given": who.split()[0]}], "volume": "3"}
        for title, who, year in works
    ]  # fmt: skip
    entry = (
        "@article{{k{2},\n  title = {{{0}}},\n  author = {{{1}}},\n  year = {{{2}}},\n  journal = {{J}}\n}}\n"
    )
    ris = "TY  - JOUR\nTI  - {0}\nAU  - {1}\nPY  - {2}\nJO  - J\nER  - \n\n"
    markdown = "- [{0}](https://example.org/{2}) - {1}, {2}\n"
    return {
        "csl-json": json.dumps(items, indent=2),
        "bibtex": "\n".join(entry.format(*work) for work in works),
        "ris": "".join(ris.format(*work) for work in works),
        "markdown": "# A List\n\n## Talks\n\n" + "".join(markdown.format(*w) for w in works[:3])
        + "\n## Papers\n\n" + "".join(markdown.format(*w) for w in works[3:]),
        "text": "".join(f"{who}. {title}. Journal of Things, {year}.\n\n" for title, who, year in works),
    }  # fmt: skip


ENDINGS = {"csl-json": ".json", "bibtex": ".bib", "ris": ".ris", "markdown": ".md", "text": ".txt"}


def damaged(text: str, chance: random.Random) -> str:
    """The text with one to three faults."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(text) or 1)
        end = min(len(text), start + chance.choice((1, 1, 3, 20, 200)))
        kind = chance.randrange(6)
        if kind == 0:
            text = text[:start] + text[end:]
        elif kind == 1:
            text = text[:end] + text[start:end] * chance.choice((1, 3)) + text[end:]
        elif kind == 2:
            text = text[:start] + chance.choice(PIECES) + text[start:]
        elif kind == 3:
            text = (
                text[:start] + chr(chance.choice((0, 7, 34, 123, 125, 233, 8232, 65533))) + text[start + 1 :]
            )
        elif kind == 4:
            lines = text.split("\n")
            here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[here], lines[there] = lines[there], lines[here]
            text = "\n".join(lines)
        else:
            text = text[: max(start, len(text) // 3)]
    return text


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text)


def broken_laws(kind: str, text: str, folder: Path) -> Iterator[str]:
    """What is wrong with how a source is taken in: an exception, a loss, a second import that changes things."""
    source = folder / f"source{ENDINGS[kind]}"
    source.write_text(text, encoding="utf-8", errors="replace", newline="")
    root = make(folder / "project", {})
    try:
        found = files.read(source, kind)
        plan = importing.plan(store.load(root), found, "source", today=TODAY)
        importing.apply(store.load(root), plan, TODAY)
    except OdebibError:
        return  # told
    list_file = root / "data/lists/source.yml"
    said = (list_file.read_text(encoding="utf-8") if list_file.is_file() else "") + " ".join(
        item.text for item in found.not_understood
    )
    for title in TITLES:
        if f"{title}" in text and _folded(title) not in _folded(said):
            yield f"lost: {title}"
    project = store.load(root)
    if project.errors:
        yield f"not sound: {project.errors[0]}"
        return
    again = importing.plan(project, files.read(source, kind), "source", today=TODAY)
    if changed := importing.apply(project, again, TODAY):
        yield f"a second import changes {', '.join(changed)}"


def run(kind: str, seed: int) -> list[str]:
    """The laws that one damaged source breaks."""
    text = damaged(seeds()[kind], random.Random(f"{kind} {seed}"))
    with tempfile.TemporaryDirectory(prefix="odebib-") as folder:
        try:
            return list(broken_laws(kind, text, Path(folder)))
        except Exception:
            return [traceback.format_exc()]


def main() -> int:
    """Go on for some minutes, and say what was found."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--from", dest="start", type=int, default=1000)
    given = asked.parse_args()
    until, tried, failed, slowest = time.monotonic() + 60 * given.minutes, Counter[str](), 0, 0.0
    seed = given.start
    while time.monotonic() < until:
        for kind in ENDINGS:
            before = time.process_time()
            for broken in run(kind, seed):
                failed += 1
                print(f"{kind} {seed}: {broken}", flush=True)
            slowest = max(slowest, time.process_time() - before)
            tried[kind] += 1
        seed += 1
    counts = ", ".join(f"{kind} {number}" for kind, number in tried.items())
    print(
        f"{tried.total()} damaged sources ({counts}), {failed} laws broken; the slowest took {slowest:.1f} s"
    )
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())

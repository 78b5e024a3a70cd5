"""Quality on the CORA citations: which of 1,295 noisy citations are of one work.

    python benchmarks/cora.py path/to/cora.csv path/to/cora_gt.csv [--errors]

The ground truth holds pairs of citations of one work; all pairs are judged.
Nothing of it is used but to count.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from odebib.matching import grouping
from odebib.matching.rarity import Rarity
from odebib.matching.weighing import Verdict, compare
from odebib.matching.works import Work, of_record
from odebib.model.record import Record
from odebib.text.names import Name, parse, split_people

RE_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
RE_INITIALS = re.compile(r"(?:[a-z]\.?[ -]?){1,4}")


def people(text: str) -> list[Name]:
    """The authors of a citation, written ``a. b, c. d. and e. f`` or ``b, a., d, c. & f, e.``."""
    text = re.sub(r"\bet al\.?|\beditors?\b|\(eds?\.\)", "", text).strip(" ,.;:")
    parts = [part.strip(" .") for part in re.split(r",| and | & |;", text) if part.strip(" .")]
    if len(parts) > 1 and any(RE_INITIALS.fullmatch(part) for part in parts):
        return _family_first(parts)
    return [parse(_spaced(person)) for person in split_people(text)]


def _spaced(text: str) -> str:
    return re.sub(r"\.(?=\w)", ". ", text).strip(" ,")


def _family_first(parts: list[str]) -> list[Name]:
    found: list[Name] = []
    waiting: str | None = None
    for part in parts:
        if RE_INITIALS.fullmatch(part) and waiting is not None:
            found.append(Name(family=waiting, given=_spaced(part)))
            waiting = None
        else:
            if waiting is not None:
                found.append(parse(_spaced(waiting)))
            waiting = part
    return [*found, *([parse(_spaced(waiting))] if waiting else [])]


def record(row: dict[str, str]) -> Record:
    """A citation as a record."""
    years = RE_YEAR.findall(" ".join((row["year"], row["venue"], row["address"])))
    return Record(
        title=row["title"].strip(" .,'`\"") or None,
        authors=tuple(name for name in people(row["author"]) if name.family),
        year=years[0] if years else None,
        venue=row["venue"].strip(" .,") or row["institution"].strip(" .,") or None,
        volume=row["volume"].strip(" .,") or None,
        pages=re.sub(r"[^\d-]", "", row["pages"]) or None,
    )


def pairs(groups: Iterable[Iterable[int]]) -> set[tuple[int, int]]:
    """All pairs within groups."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def closure(links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The groups that links make."""
    root: dict[int, int] = {}

    def find(place: int) -> int:
        while root.setdefault(place, place) != place:
            place = root[place]
        return place

    for one, other in links:
        root[find(one)] = find(other)
    groups: dict[int, list[int]] = {}
    for place in root:
        groups.setdefault(find(place), []).append(place)
    return list(groups.values())


Pairs = set[tuple[int, int]]
COMMON = 400
"""A word or a beginning of so many titles brings no pairs."""


def read(citations: Path, truth: Path) -> tuple[list[Record], Pairs]:
    """The citations, and the pairs of them that are of one work."""
    with citations.open(encoding="utf-8") as file:
        records = [record(row) for row in csv.DictReader(file, delimiter="|")]
    with truth.open(encoding="utf-8") as file:
        links = [tuple(map(int, line.split("|"))) for line in file if line.strip()]
    return records, pairs(closure((link[0], link[1]) for link in links))


def grouped(works: list[Work]) -> Pairs:
    """The pairs within the groups that an import makes."""
    return pairs(grouping.group(works))


def judged(works: list[Work]) -> Pairs:
    """The pairs that are likelier one work than not, each judged by itself."""
    rarity = Rarity(works)
    by_sign: dict[str, list[int]] = {}
    for place, work in enumerate(works):
        for title in work.titles[:1]:
            for sign in {*title.words, f"^{title.joined[:6]}"}:
                by_sign.setdefault(sign, []).append(place)
    candidates = {
        pair for places in by_sign.values() if len(places) <= COMMON for pair in combinations(places, 2)
    }
    return {
        (one, other)
        for one, other in candidates
        if compare(works[one], works[other], rarity).verdict >= Verdict.LIKELY
    }


def main() -> None:
    """Judge and group the citations, and print precision and recall of the pairs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("citations", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--errors", action="store_true", help="print pairs that were judged wrongly")
    options = parser.parse_args()
    records, truth = read(options.citations, options.truth)
    works = [of_record(each) for each in records]
    start = time.perf_counter()
    groups = grouping.group(works)
    seconds = time.perf_counter() - start
    print(f"CORA: {len(records)} citations, {len(truth)} pairs of one work")
    for name, found in (("judged one by one", judged(works)), ("after grouping", pairs(groups))):
        right = len(found & truth)
        precision, recall = right / len(found), right / len(truth)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"  {name:17s}  precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}")
    print(f"  {len(groups)} groups in {seconds:.2f} s")
    if options.errors:
        _print_errors(records, groups, closure(truth))


def _print_errors(records: list[Record], groups: list[list[int]], truth: list[list[int]]) -> None:
    """For each group, the works it mixes; for each work, the groups it is scattered over."""
    of_work = {place: number for number, members in enumerate(truth) for place in members}
    for members in groups:
        works = {of_work.get(place, -place - 1): place for place in members}
        if len(works) > 1:
            print("MIXED", len(members))
            for place in works.values():
                print("   ", place, _line(records[place]))
    of_group = {place: number for number, members in enumerate(groups) for place in members}
    for members in truth:
        scattered = {of_group[place]: place for place in members}
        if len(scattered) > 1:
            print("SCATTERED", len(members))
            for number, place in scattered.items():
                print("   ", len(groups[number]), place, _line(records[place]))


def _line(found: Record) -> str:
    return f"{'; '.join(map(str, found.people))} | {found.title} | {found.venue} | {found.year}"


if __name__ == "__main__":
    main()

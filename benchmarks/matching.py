"""Speed and quality of matching on synthetic data, beside naive blocking with rapidfuzz.

    python benchmarks/matching.py [quality|speed|flat] [--seed N] [--size N] [--errors]

Nothing of odebib was fitted to labels, so that any seed is as good as another.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from citations import cited, large, two_libraries
from rapidfuzz import fuzz

from odebib.matching.competing import Match, Outcome, match_all
from odebib.matching.grouping import group
from odebib.matching.index import Index
from odebib.matching.works import of_record
from odebib.model.record import Record
from odebib.text.folding import fold, fold_words
from odebib.text.names import family_key

Pairs = set[tuple[int, int]]


def bibliography(records: Sequence[Record]) -> tuple[Index, dict[str, list[int]]]:
    """An index of records as an import makes it, and the places of the records behind each key."""
    works = [of_record(record) for record in records]
    index, behind = Index(), {}
    for members in group(works):
        key = str(members[0])
        index.add(key, works[members[0]])
        behind[key] = members
    return index, behind


def true_pairs(first: Sequence[Record], second: Sequence[Record]) -> Pairs:
    """The places of records that are of one work."""
    places = defaultdict(list)
    for place, record in enumerate(first):
        places[record.source_id].append(place)
    return {(mine, place) for place, record in enumerate(second) for mine in places[record.source_id]}


def found_pairs(matches: Iterable[Match], behind: dict[str, list[int]]) -> Pairs:
    """The places of records that were matched."""
    return {(mine, place) for place, found in enumerate(matches) if found.key for mine in behind[found.key]}


def quality(found: Pairs, truth: Pairs) -> str:
    """Precision, recall and F1."""
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}"


def naive(first: Sequence[Record], second: Sequence[Record]) -> Pairs:
    """What one writes in an hour: blocks by rare title words, rapidfuzz on titles, a family name."""
    blocks = defaultdict(list)
    folded = [fold(record.title or "") for record in first]
    frequency = Counter(word for title in folded for word in set(title.split()))
    families = [{family_key(name) for name in record.people} for record in first]
    for place, title in enumerate(folded):
        for word in sorted(set(title.split()), key=frequency.__getitem__)[:2]:
            blocks[word].append(place)
    found = set()
    for place, record in enumerate(second):
        words = fold_words(record.title or "")
        rare = sorted((word for word in set(words) if word in frequency), key=frequency.__getitem__)[:2]
        title, mine = " ".join(words), {family_key(name) for name in record.people}
        best, best_score = None, 88.0
        for other in dict.fromkeys(other for word in rare for other in blocks[word]):
            score = fuzz.token_sort_ratio(title, folded[other], score_cutoff=best_score)
            if score > best_score and (not mine or not families[other] or mine & families[other]):
                best, best_score = other, score
        if best is not None:
            found.add((best, place))
    return found


def report(name: str, first: Sequence[Record], second: Sequence[Record], errors: bool) -> None:
    """Match one source against another, and print how well it went."""
    start = time.perf_counter()
    index, behind = bibliography(first)
    built = time.perf_counter()
    matches = match_all(index, [of_record(record) for record in second])
    done = time.perf_counter()
    truth = true_pairs(first, second)
    found = found_pairs(matches, behind)
    outcomes = Counter(found.outcome for found in matches)
    print(f"{name}: {len(first)} and {len(second)} records, {len(truth)} pairs")
    print(f"  odebib     {quality(found, truth)}  ambiguous {outcomes[Outcome.AMBIGUOUS]}", end="")
    print(f"  ({built - start:.2f} s to group and index, {len(second) / (done - built):,.0f} records/s)")
    start = time.perf_counter()
    pairs = naive(first, second)
    seconds = time.perf_counter() - start
    print(f"  rapidfuzz  {quality(pairs, truth)}  ({len(second) / seconds:,.0f} records/s with its index)")
    if errors:
        print_errors(first, second, matches, behind, found, truth)


def print_errors(
    first: Sequence[Record],
    second: Sequence[Record],
    matches: Sequence[Match],
    behind: dict[str, list[int]],
    found: Pairs,
    truth: Pairs,
) -> None:
    """The records judged wrongly, with what they are and what they were taken for."""
    wrong = {place for _, place in found ^ truth}
    for place in sorted(wrong):
        print(f"{matches[place].outcome.upper()} {_line(second[place])}")
        for mine in sorted(mine for mine, other in truth if other == place):
            print(f"    is    {_line(first[mine])}")
        for candidate in matches[place].candidates[:3]:
            print(
                f"    found {_line(first[behind[candidate.key][0]])}"
                f" {candidate.evidence.probability:.3f} {candidate.evidence.reason}"
            )


def _line(record: Record) -> str:
    people = ", ".join(map(str, record.authors))
    return f"[{record.source_id}] {people} | {record.title} | {record.venue} | {record.year}"


def on_two_cores(index: Index, records: Sequence[Record]) -> float:
    """Records a second, preparing them included, where two processes share an index."""
    halves = records[::2], records[1::2]
    fork = multiprocessing.get_context("fork")
    start = time.perf_counter()
    workers = [fork.Process(target=ask, args=(index, half)) for half in halves]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(records) / (time.perf_counter() - start)


def ask(index: Index, records: Sequence[Record]) -> None:
    """What each of the processes does."""
    match_all(index, [of_record(record) for record in records], unique=False)


def speed(seed: int, size: int, queries: int) -> None:
    """Records a second against a large bibliography."""
    first, second = large(seed, size, queries)
    start = time.perf_counter()
    works = [of_record(record) for record in first]
    prepared = time.perf_counter()
    index = Index()
    for place, work in enumerate(works):
        index.add(str(place), work)
    built = time.perf_counter()
    asked = [of_record(record) for record in second]
    ready = time.perf_counter()
    matches = match_all(index, asked, unique=False)
    done = time.perf_counter()
    both = on_two_cores(index, second)
    truth = true_pairs(first, second)
    found = found_pairs(matches, {str(place): [place] for place in range(size)})
    print(f"{size:,} entries: prepared in {prepared - start:.1f} s, indexed in {built - prepared:.1f} s")
    print(
        f"  odebib     {len(second) / (done - ready):,.0f} records/s,"
        f" {len(second) / (done - built):,.0f} with preparing them, {both:,.0f} on two cores;"
        f"  {quality(found, truth)}"
    )
    start = time.perf_counter()
    pairs = naive(first, second)
    seconds = time.perf_counter() - start
    print(f"  rapidfuzz  {len(second) / seconds:,.0f} records/s with its index;  {quality(pairs, truth)}")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=("quality", "speed", "flat"), default="quality")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("--errors", action="store_true", help="print records that were judged wrongly")
    options = parser.parse_args()
    random.seed(options.seed)
    if options.what == "quality":
        report("two libraries", *two_libraries(options.seed, options.size or 2600), options.errors)
        report("citations", *cited(options.seed + 100, options.size or 2600), options.errors)
    elif options.what == "speed":
        speed(options.seed, options.size or 100_000, 20_000)
    else:
        for size in (1_000, 10_000, 100_000):
            speed(options.seed, size, min(size, 10_000))


if __name__ == "__main__":
    main()

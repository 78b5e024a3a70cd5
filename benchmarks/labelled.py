"""Quality on labelled pairs of real records, by the real command.

    python benchmarks/labelled.py FOLDER [--write] [--remember FILE] [--errors]

FOLDER holds a folder for each pair of sources: two CSV files (id, title, authors,
venue, year) and ``same.csv``, whose columns are named after them and pair the ids
of one work; and, if at hand, ``cora.csv`` with ``cora_gt.csv``. Each source is
written as .bib, the first imported into an empty project, the other one into that
with ``--dry-run --report json``. Nothing is learnt from the labels.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import cora

from odebib.lookup.measured import MEASURED
from odebib.matching import competing
from odebib.matching.index import Index
from odebib.matching.works import of_entry, of_record
from odebib.project import store
from odebib.sources import files

BANDS = (0.2, 0.5, 0.8, 0.95, 0.99, 1.01)
"""Upper ends of the bands in which probabilities are compared with what is right."""
SAMPLES = 200
"""So often works are drawn again to tell how far F1 may be off."""
Pairs = set[tuple[str, str]]


def main() -> None:
    """Measure every labelled set of the folder; print the figures, and write them if that is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write the figures to {MEASURED.name}")
    parser.add_argument("--remember", type=Path, help="keep the verdicts here, and tell which flipped since")
    parser.add_argument("--errors", action="store_true", help="print pairs that were judged wrongly")
    options = parser.parse_args()
    sets, verdicts = [], {}
    for truth in sorted(options.folder.glob("*/same.csv")):
        measured, found = measure(truth.parent, errors=options.errors)
        sets.append(measured)
        verdicts[measured["set"]] = sorted(map(list, found))
    if (options.folder / "cora.csv").is_file():
        sets.append(measure_cora(options.folder))
    for measured in sets:
        print(json.dumps(measured))
    if options.remember:
        tell_flipped(options.remember, verdicts)
    if options.write:
        value = {"day": datetime.date.today().isoformat(), "sets": sets}
        MEASURED.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


# -- Two sources -------------------------------------------------------------------------------


def measure(folder: Path, *, errors: bool) -> tuple[dict[str, Any], Pairs]:
    """The figures of one pair of sources, and the pairs that were called one work."""
    with (folder / "same.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    first, second = rows[0]
    truth = {(row[0], row[1]) for row in rows[1:]}
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "project"
        (root / "data").mkdir(parents=True)
        sources = [write_bib(folder / f"{name}.csv", Path(place) / f"{name}.bib") for name in (first, second)]
        run(root, "import", str(sources[0]), "--report", "json")
        start = time.perf_counter()
        report = run(root, "import", str(sources[1]), "--dry-run", "--report", "json")
        seconds = time.perf_counter() - start
        project = store.load(root)
        absent = called_without_partner(project, sources[1], truth)
    behind = defaultdict(list)
    for source in project.bibliography.lists.values():
        for _, record in source.records():
            behind[record.entry].append(record.source_id or "")
    records = report["records"]
    found = {
        (mine, record["source_id"])
        for record in records
        if record["outcome"] == "matched"
        for mine in behind[record["entry"]]
    }
    if errors:
        tell_errors(records, behind, truth, found)
    outcomes = Counter(record["outcome"] for record in records)
    result = {
        "set": folder.name,
        "records": len(records),
        "pairs": len(truth),
        **quality(found, truth),
        "spread": spread(found, truth),
        "ambiguous": round(outcomes["ambiguous"] / len(records), 4),
        "to_confirm": sum(record["confirm"] for record in records),
        "calibration": calibration(records, behind, truth),
        "absent_called_same": absent,
        "seconds": round(seconds, 1),
    }
    return result, found


def run(root: Path, *arguments: str) -> dict[str, Any]:
    """Run the command as a user does; its report."""
    command = [sys.executable, "-m", "odebib", "--root", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def write_bib(table: Path, path: Path) -> Path:
    """A source as .bib, an entry for each row."""
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    path.write_text("\n".join(map(bib_entry, rows)), encoding="utf-8")
    return path


def bib_entry(row: dict[str, str]) -> str:
    """One row as a BibTeX entry."""
    people = [person.strip() for person in (row["authors"] or "").split(",") if person.strip()]
    year = re.match(r"\d{4}(?=(?:\.0)?$)", row["year"] or "")
    fields = {
        "title": row["title"],
        "author": " and ".join(people),
        "booktitle": row["venue"],
        "year": year[0] if year else "",
    }
    lines = [f"  {name} = {{{escaped(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@inproceedings{{{row['id']},", *lines, "}"])


def escaped(text: str) -> str:
    """Text that BibTeX reads as it stands."""
    return re.sub(r"([%&#_$])", r"\\\1", re.sub(r"[{}\\]", "", text))


def quality(found: Pairs, truth: Pairs) -> dict[str, float]:
    """Precision, recall and F1."""
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def spread(found: Pairs, truth: Pairs) -> float:
    """How far F1 may be off, at 95 %, were other works of the kind drawn."""
    of_work: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for pair in found | truth:
        counts = of_work[pair[0]]
        counts[0] += pair in found and pair in truth
        counts[1] += pair in found
        counts[2] += pair in truth
    works = list(of_work.values())
    rng = random.Random(1)
    values = []
    for _ in range(SAMPLES):
        drawn = rng.choices(works, k=len(works))
        right, called, true = (sum(counts[n] for counts in drawn) for n in range(3))
        values.append(2 * right / max(1, called + true))
    values.sort()
    return round((values[int(0.975 * SAMPLES)] - values[int(0.025 * SAMPLES)]) / 2, 4)


def calibration(
    records: list[dict[str, Any]], behind: dict[str, list[str]], truth: Pairs
) -> list[dict[str, float]]:
    """Of the records whose best candidate is so probable, how many have it right."""
    counts = {end: [0, 0, 0.0] for end in BANDS}
    for record in records:
        if record["candidates"] and record["probability"] is not None:
            end = next(end for end in BANDS if record["probability"] < end)
            entry = record["candidates"][0]
            counts[end][0] += 1
            counts[end][1] += any((mine, record["source_id"]) in truth for mine in behind[entry])
            counts[end][2] += record["probability"]
    return [
        {
            "from": below,
            "to": min(end, 1.0),
            "records": number,
            "said": round(said / number, 3),
            "right": round(right / number, 3),
        }
        for below, (end, (number, right, said)) in zip((0.0, *BANDS), counts.items(), strict=False)
        if number
    ]


def called_without_partner(project: store.Project, source: Path, truth: Pairs) -> float:
    """Of 1,000 records whose right entry is taken away, how many are called another one at 0.95 or more."""
    partners = defaultdict(set)
    entry_of = {
        record.source_id: record.entry
        for found in project.bibliography.lists.values()
        for _, record in found.records()
    }
    for mine, other in truth:
        partners[other].add(entry_of[mine])
    index = Index()
    for key, entry in project.bibliography.entries.items():
        index.add(key, of_entry(entry))
    asked = wrong = 0
    for _, item in files.read(source).records():
        right = partners[item.record.source_id]
        if not right:
            continue
        left = [finding for finding in index.find(of_record(item.record)) if finding.key not in right]
        found = competing.decide(left)
        asked += 1
        wrong += bool(found.key) and found.candidates[0].evidence.probability >= 0.95
    return round(1000 * wrong / max(1, asked), 1)


def tell_errors(
    records: list[dict[str, Any]], behind: dict[str, list[str]], truth: Pairs, found: Pairs
) -> None:
    """The records that were judged wrongly."""
    wrong = {other for _, other in found ^ truth}
    for record in records:
        if record["source_id"] in wrong:
            right = sorted(mine for mine, other in truth if other == record["source_id"])
            reason = (record["evidence"] or {}).get("reason")
            best = [behind[key][0] for key in record["candidates"][:1]]
            print(
                record["outcome"], record["source_id"], record["title"], "| is", right, "best", best, reason
            )


def tell_flipped(path: Path, verdicts: dict[str, list[list[str]]]) -> None:
    """Which pairs are judged otherwise than at the last run; then remember those of this one."""
    before = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    for name, now in verdicts.items():
        old, new = ({tuple(pair) for pair in pairs} for pairs in (before.get(name, now), now))
        for pair in sorted(old ^ new):
            print(name, *pair, "now one work" if pair in new else "no longer one work")
    path.write_text(json.dumps(verdicts), encoding="utf-8")


# -- CORA --------------------------------------------------------------------------------------


def measure_cora(folder: Path) -> dict[str, Any]:
    """The figures of CORA: citations of one work among themselves, judged pair by pair, and grouped."""
    records, truth = cora.read(folder / "cora.csv", folder / "cora_gt.csv")
    works = [of_record(record) for record in records]
    named = lambda pairs: {(str(one), str(other)) for one, other in pairs}  # noqa: E731
    groups, judged = cora.grouped(works), cora.judged(works)
    return {
        "set": "cora",
        "records": len(records),
        "pairs": len(truth),
        **quality(named(judged), named(truth)),
        "grouped": quality(named(groups), named(truth)),
    }


if __name__ == "__main__":
    main()

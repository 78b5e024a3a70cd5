"""How fast a bibliography is read and validated: cold, warm, and with one file changed.

    python benchmarks/reading.py [ENTRIES]

Writes that many made-up entries into a temporary folder and reads them on one
core, each time in a new process, as a command does.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from odebib.project import store
from odebib.yamlio import writer

WORDS = [
    "neural",
    "ordinary",
    "differential",
    "equations",
    "network",
    "depth",
    "continuous",
    "time",
    "adjoint",
    "flow",
    "stochastic",
    "partial",
    "operator",
    "learning",
    "stable",
    "dynamics",
    "Hamiltonian",
    "Lagrangian",
    "graph",
    "transport",
    "control",
    "solver",
    "residual",
    "deep",
    "implicit",
    "normalizing",
    "diffusion",
    "score",
    "kernel",
    "spectral",
    "boundary",
    "physics",
    "informed",
    "latent",
    "sequence",
    "gradient",
    "memory",
]
GIVEN = [
    "Ann",
    "Bo",
    "Cy",
    "Di",
    "Eve",
    "Fay",
    "Gil",
    "Hal",
    "Ida",
    "Jan",
    "Kim",
    "Leo",
    "May",
    "Ned",
    "Ola",
    "Pia",
    "Quin",
    "Ray",
    "Sam",
    "Tom",
    "Uma",
    "Vic",
    "Wei",
    "Xu",
    "Yan",
    "Zoe",
]


def make_entry(rng: random.Random, number: int) -> dict[str, object]:
    """The fields of an entry as rich as those of a well-kept bibliography."""

    def words(count: int) -> str:
        return " ".join(rng.choice(WORDS) for _ in range(count))

    year = rng.randint(1990, 2026)
    authors = [
        f"{rng.choice(GIVEN)} {rng.choice('ABCDEF')}. {rng.choice(WORDS).title()}{rng.randrange(3000)}"
        for _ in range(rng.randint(1, 6))
    ]
    entry: dict[str, object] = {
        "title": words(8).capitalize() + f" {number}",
        "authors": authors,
        "year": year,
    }
    if rng.random() < 0.6:
        entry |= {
            "venue": rng.choice(["NeurIPS", "ICML", "ICLR", "JMLR"]),
            "pages": f"{number}-{number + 12}",
        }
        entry["doi"] = f"10.1234/{words(1).lower()}.{number}"
    entry["arxiv"] = f"{year % 100 if year > 2007 else 8:02}{rng.randint(1, 12):02}.{number % 100000:05}"
    entry["links"] = {"code": f"https://github.com/{words(1)}/{number}"}
    entry["summary"] = words(14).capitalize() + "."
    if rng.random() < 0.7:
        entry["abstract"] = ". ".join(words(15).capitalize() for _ in range(4)) + "."
    entry |= {"topics": ["neural-odes"], "tags": ["theory", "systems"]}
    return entry


def make_project(root: Path, entries: int) -> int:
    """Write a project; the number of its bytes."""
    rng = random.Random(1)
    folder = root / "data" / "entries"
    folder.mkdir(parents=True)
    size = 0
    for number in range(entries):
        text = writer.emit(make_entry(rng, number))
        (folder / f"made{number}up.yml").write_text(text)
        size += len(text)
    return size


def read(root: Path) -> None:
    """Read a project and print the seconds it took, of the clock and of the processor, and the memory."""
    started, used = time.perf_counter(), time.process_time()
    project = store.load(root)
    took, cpu = time.perf_counter() - started, time.process_time() - used
    entries = len(project.bibliography.entries)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{entries / took:9,.0f} entries/s  ({entries / cpu:,.0f} per processor second)   {peak:.2f} GiB"
        f"   {len(project.problems)} problems"
    )


def main() -> None:
    """Measure all three cases."""
    if sys.argv[1:2] == ["--read"]:
        read(Path(sys.argv[2]))
        return
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        size = make_project(root, entries)
        print(f"{entries:,} entries, {size / entries:.0f} bytes each")
        for case in ("cold", "warm", "one file changed"):
            if case == "one file changed":
                (root / "data" / "entries" / "made0up.yml").write_text("title: Another\n")
            print(f"{case:18}", end="", flush=True)
            subprocess.run([sys.executable, __file__, "--read", folder], check=True)


if __name__ == "__main__":
    main()

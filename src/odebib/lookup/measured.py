"""How good matching was found to be on labelled pairs: figures that ``benchmarks/labelled.py`` writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEASURED = Path(__file__).parent / "measured.json"
"""The figures, with the day they were measured."""


def read() -> dict[str, Any]:
    """The day, and for each labelled set precision, recall, F1 and calibration."""
    found: dict[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return found


def told(measured: dict[str, Any]) -> Iterator[str]:
    """The figures as lines of text."""
    yield f"matching, measured on {measured['day']} on labelled pairs of real records"
    for found in measured["sets"]:
        yield ""
        off = f" ± {found['spread']:.3f}" if "spread" in found else ""
        yield (
            f"{found['set']}: {found['records']:,} records, {found['pairs']:,} pairs:"
            f" precision {found['precision']:.3f} recall {found['recall']:.3f} F1 {found['f1']:.3f}{off}"
        )
        if "grouped" in found:
            yield f"  after grouping: F1 {found['grouped']['f1']:.3f}"
        if "ambiguous" in found:
            yield f"  ambiguous {found['ambiguous']:.1%}, to confirm {found['to_confirm']:,}"
        for band in found.get("calibration", ()):
            yield (
                f"  said {band['from']:.2f} to {band['to']:.2f} (on average {band['said']:.3f}):"
                f" right {band['right']:.3f} of {band['records']:,}"
            )

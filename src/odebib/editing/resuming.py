"""What an import that was interrupted had begun, so that the same import completes it.

Before an import writes, it notes which entries it is about to make; when all is
written the note goes. The next import of the same source then knows which
entries are its own beginnings, and finds what it would have found without them.
Without the note (it lies in the cache) they are matched as any others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from odebib.model.bibliography import Bibliography
from odebib.project.store import DATA
from odebib.yamlio import writer

NOTE = ".cache/odebib/import.json"


def begin(root: Path, source: str, keys: Iterable[str]) -> None:
    """Note that the import of ``source`` (what stands for its content) makes the entries ``keys``."""
    with suppress(OSError):
        writer.write(root / NOTE, json.dumps({"source": source, "keys": list(keys)}))


def end(root: Path) -> None:
    """All is written; take the note away."""
    with suppress(OSError):
        (root / NOTE).unlink()


def begun(root: Path, source: str) -> frozenset[str]:
    """The entries that an interrupted import of the same source was about to make."""
    try:
        note = json.loads((root / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    if not isinstance(note, dict) or note.get("source") != source or not isinstance(note.get("keys"), list):
        return frozenset()
    return frozenset(key for key in note["keys"] if isinstance(key, str))


def without(bibliography: Bibliography, keys: frozenset[str]) -> Bibliography:
    """The bibliography as it was before these entries were begun."""
    if keys.isdisjoint(bibliography.entries):
        return bibliography
    entries = {key: entry for key, entry in bibliography.entries.items() if key not in keys}
    return replace(bibliography, entries=entries)


def clear(root: Path) -> None:
    """Delete the files that a killed import left beside the entries it was writing."""
    for path in (root / DATA / "entries").glob(".*.yml.????????"):
        with suppress(OSError):
            path.unlink()

"""Checks of published addresses: what readers were once given goes on leading somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from odebib.checks.check import Finding, check
from odebib.errors import Location, Severity, near_misses
from odebib.project import ledger
from odebib.project.store import Project


@check("vanished-address", Severity.ERROR)
def _vanished_address(project: Project) -> Iterator[Finding]:
    """No address, once published, is ever lost: papers cite it, and links lead to it."""
    kept = ledger.read(project.root)
    present = ledger.addresses(project.bibliography) if kept else []
    unreadable = {f"entries/{key}" for key in project.entry_paths}
    for published in ledger.vanished(project.bibliography, kept):
        if published.address in unreadable:
            continue
        place = Location(ledger.LEDGER, published.line, 1)
        yield Finding(
            place,
            f"{published.address} was published and is no more",
            _what_to_do(published.address, present),
        )


def _what_to_do(address: str, present: list[str]) -> str:
    section, _, name = address.partition("/")
    there = [other.partition("/")[2] for other in present if other.startswith(f"{section}/")]
    heir = next(iter(near_misses(name, there, limit=1)), "…")
    gone = f"or write why it was withdrawn: `{address} gone: reason`"
    return f"if it was renamed or merged, add `aliases: [{name}]` to `{heir}`,\n{gone}"

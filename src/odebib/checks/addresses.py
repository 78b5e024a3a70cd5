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
        if published.address in unreadable or "\ufffd" in published.address:
            continue  # told by reading
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


@check("reused-key", Severity.ERROR)
def _reused_key(project: Project) -> Iterator[Finding]:
    """A key that was withdrawn is not given to another work: papers that cite it mean the first one."""
    for published in ledger.read(project.root):
        section, _, name = published.address.partition("/")
        if published.gone is None or section != "entries" or name not in project.entry_paths:
            continue
        why = f": {published.gone}" if published.gone else ""
        hint = f"give the work another key; if it is the same one again, take `gone:` out of {ledger.LEDGER}"
        yield Finding(Location(project.entry_paths[name], 1, 1), f"`{name}` was withdrawn{why}", hint)


@check("ledger-encoding", Severity.ERROR)
def _ledger_encoding(project: Project) -> Iterator[Finding]:
    """The ledger must be readable to the last byte, or addresses in it are lost."""
    if found := ledger.fault(project.root):
        yield Finding(Location(ledger.LEDGER, found[0], 1), found[1], "save it as UTF-8")

"""The ledger of published addresses, ``data/published.txt``: none of them is ever lost.

A line is an address such as ``entries/chen2018neural``; one that was
withdrawn for good says so: ``entries/x gone: listed by mistake``. Lines are
sorted, and two branches that both add some merge by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from odebib.errors import UsageError
from odebib.model.bibliography import Bibliography
from odebib.model.record import SourceList
from odebib.model.vocabulary import Author, ReadingPath, Term
from odebib.project.store import DATA
from odebib.yamlio import writer

LEDGER = f"{DATA}/published.txt"

GONE = " gone:"
"""Stands between an address and the reason why it is no more."""


@dataclass(frozen=True)
class Published:
    """A line of the ledger."""

    line: int
    address: str
    gone: str | None = None
    """Why it was withdrawn, if it was."""


def read(root: Path) -> list[Published]:
    """The ledger of a project; empty before its first publication."""
    try:
        content = (root / LEDGER).read_bytes()
    except OSError:
        return []
    return list(parse(content.decode("utf-8", errors="replace")))


def fault(root: Path) -> tuple[int, str] | None:
    """The line from which the ledger cannot be read, and why; None if it can be."""
    try:
        content = (root / LEDGER).read_bytes()
        content.decode()
    except FileNotFoundError:
        return None
    except OSError as error:
        return 1, f"cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        return content.count(b"\n", 0, error.start) + 1, f"is not UTF-8 (byte {error.start})"
    return None


def parse(text: str) -> Iterator[Published]:
    """The lines of a ledger; empty lines and comments are passed over.

    >>> list(parse("entries/a\\nentries/b gone: twice\\n"))[1]
    Published(line=2, address='entries/b', gone='twice')
    """
    for number, line in enumerate(text.splitlines(), start=1):
        address, gone, reason = line.partition(GONE)
        address = address.strip().strip("/")
        if address and not address.startswith(("#", "<<<", "===", ">>>")):
            yield Published(number, address, reason.strip() if gone else None)


def addresses(bibliography: Bibliography) -> list[str]:
    """Every permanent address that the bibliography has, former ones included, sorted."""
    return sorted({*_present(bibliography), *_former(bibliography)})


def _present(bibliography: Bibliography) -> Iterator[str]:
    sections: dict[str, Iterable[str | int]] = {
        "entries": bibliography.entries,
        "topics": bibliography.topics.by_id,
        "tags": bibliography.tags.by_id,
        "venues": bibliography.by_venue,
        "types": bibliography.by_type,
        "years": bibliography.by_year,
        "lists": bibliography.lists,
        "paths": bibliography.paths,
        "authors": [author.id for author in bibliography.authors if author.id in bibliography.people],
    }
    for section, names in sections.items():
        yield from (f"{section}/{name}" for name in names)


def _former(bibliography: Bibliography) -> Iterator[str]:
    yield from (f"entries/{alias}" for alias in bibliography.aliases)
    sections: dict[str, Iterable[Term | SourceList | ReadingPath | Author]] = {
        "topics": bibliography.topics,
        "tags": bibliography.tags,
        "venues": bibliography.venues,
        "lists": bibliography.lists.values(),
        "paths": bibliography.paths.values(),
        "authors": bibliography.authors,
    }
    for section, things in sections.items():
        yield from (f"{section}/{alias}" for thing in things for alias in thing.aliases)


def vanished(bibliography: Bibliography, ledger: Iterable[Published]) -> Iterator[Published]:
    """Addresses of the ledger that lead nowhere and do not say that they are gone.

    The page of a year, a type or a venue shows what works there are; where there
    are none any more it says so, and nothing that anybody cites is lost.
    """
    known = {*addresses(bibliography), *(f"venues/{identifier}" for identifier in bibliography.venues.by_id)}
    for published in ledger:
        only_shows = published.address.startswith(("years/", "types/"))
        if published.gone is None and published.address not in known and not only_shows:
            yield published


def extended(text: str, present: Iterable[str]) -> str:
    """The ledger ``text`` with further addresses: sorted, each once; what is gone stays gone.

    >>> extended("entries/b\\nentries/a gone: twice\\n", ["entries/a", "entries/c"])
    'entries/a gone: twice\\nentries/b\\nentries/c\\n'
    """
    lines: dict[str, str | None] = {}
    for published in parse(text):
        lines[published.address] = lines.get(published.address) or published.gone
    for address in present:
        lines.setdefault(address, None)
    return "".join(
        f"{address}{GONE} {gone}".rstrip() + "\n" if gone is not None else f"{address}\n"
        for address, gone in sorted(lines.items())
    )


def publish(root: Path, bibliography: Bibliography) -> list[str]:
    """Extend the ledger by all addresses there are; the ones that are new to it.

    Raises:
        UsageError: the ledger that is there cannot be read.
    """
    if found := fault(root):
        raise UsageError(f"{LEDGER}:{found[0]} {found[1]}", "save it as UTF-8; nothing of it must be lost")
    path = root / LEDGER
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    known = {published.address for published in parse(old)}
    present = addresses(bibliography)
    writer.write(path, extended(old, present))
    return [address for address in present if address not in known]

"""Links and identifiers: which of them lead nowhere any more, and where that moved.

One bad day alarms nobody: what fails is suspect, and dead only when it has
failed on three different days and not answered between. Hosts that refuse to
talk to programs are not dead, nor are those that are out of order today. DOIs
are asked of the handle system itself, arXiv ids of arXiv's API, so that no
publisher's page is in the way.
"""

from __future__ import annotations

import contextlib
import datetime
import enum
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from odebib.errors import Location, SourceError
from odebib.model.entry import Entry, Links, Version
from odebib.project.store import Project
from odebib.services import arxiv
from odebib.services.answers import fields_of, first_text
from odebib.services.failures import Failure, FetchError
from odebib.services.hosts import host_of
from odebib.services.http import DAY, HOUR, Network
from odebib.text import identifiers
from odebib.yamlio import writer

HANDLES = "https://doi.org/api/handles/{}?type=URL"
"""The handle system's API: https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation"""
ARCHIVE = "https://archive.org/wayback/available?url={}"
"""Which copy of a page the Internet Archive has: https://archive.org/help/wayback_api.php"""
HISTORY = Path(".cache", "odebib", "links.json")
"""The days on which something failed, relative to the root."""
DAYS = 3
"""On so many days something must have failed to be dead."""
AT_ONCE = 12
"""So many hosts are asked at the same time; of each one thing at a time."""


class Verdict(enum.StrEnum):
    """What was found of a link or identifier."""

    FINE = "fine"
    MOVED = "moved"
    REFUSED = "refused"
    """The host does not talk to programs, which says nothing of the page."""
    SUSPECT = "suspect"
    """It failed, but not yet often enough to be called dead."""
    DEAD = "dead"


@dataclass(frozen=True)
class Place:
    """Where something stands in the data."""

    location: Location
    owner: str
    """The entry, list or venue that has it."""
    name: str
    """The field: ``links.code``."""


@dataclass(frozen=True)
class Target:
    """A link or identifier that is looked at once, wherever it stands."""

    kind: str
    """``url``, ``doi`` or ``arxiv``."""
    value: str

    @property
    def host(self) -> str:
        """The host that is asked."""
        return {"doi": "doi.org", "arxiv": "export.arxiv.org"}.get(self.kind) or host_of(self.value)

    def __str__(self) -> str:
        label = {"doi": "doi:", "arxiv": "arXiv:"}
        return label.get(self.kind, "") + self.value


@dataclass(frozen=True)
class Result:
    """What was found of one target."""

    target: Target
    verdict: Verdict
    reason: str = ""
    moved: str | None = None
    archived: str | None = None
    """The Internet Archive's copy."""
    days: tuple[str, ...] = ()
    """The days on which it failed, one after another."""
    is_offline: bool = False
    """Whether the host could not even be reached."""


# -- What there is to look at ----------------------------------------------------------------


def targets(project: Project, keys: Sequence[str] = ()) -> dict[Target, list[Place]]:
    """Every link and identifier with its places; of all entries, lists and venues, or of some entries."""
    found: dict[Target, list[Place]] = defaultdict(list)
    bibliography = project.bibliography
    for key in keys or bibliography.entries:
        for where, target in _of_entry(bibliography.entries[key]):
            name = ".".join(str(step) for step in where if isinstance(step, str))
            found[target].append(Place(project.locate_entry(key, *where), key, name))
    if not keys:
        for source in bibliography.lists.values():
            if source.url:
                place = project.file(project.list_paths[source.id]).locate(("url",))
                found[Target("url", source.url)].append(Place(place, source.id, "url"))
        for venue in bibliography.venues:
            if venue.url:
                place = project.locate_term("venues", venue.id, "url")
                found[Target("url", venue.url)].append(Place(place, venue.id, "url"))
    return dict(found)


def _of_entry(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], Target]]:
    yield from _of_appearance((), entry)
    for number, version in enumerate(entry.versions):
        yield from _of_appearance(("versions", number), version)
    for kind in Links.model_fields:
        for number, url in enumerate(getattr(entry.links, kind)):
            yield ("links", kind, number), _of_url(url)
    if entry.retracted and entry.retracted.url:
        yield ("retracted", "url"), _of_url(entry.retracted.url)


def _of_appearance(
    above: tuple[str | int, ...], appearance: Entry | Version
) -> Iterator[tuple[tuple[str | int, ...], Target]]:
    for scheme in ("doi", "arxiv"):
        if value := getattr(appearance, scheme):
            yield (*above, scheme), Target(scheme, value)
    if appearance.url:
        yield (*above, "url"), _of_url(appearance.url)


def _of_url(url: str) -> Target:
    """An address of doi.org or arXiv is looked at as the identifier it is."""
    found = identifiers.of_url(url)
    if host_of(url).removeprefix("dx.") == "doi.org" and "doi" in found:
        return Target("doi", found["doi"])
    if host_of(url).removeprefix("www.") == "arxiv.org" and "arxiv" in found:
        return Target("arxiv", found["arxiv"])
    return Target("url", url)


# -- Looking ---------------------------------------------------------------------------------


def look(network: Network, wanted: Iterable[Target], history: History) -> Iterator[Result]:
    """What is found of each target, as it comes: hosts side by side, each host one after another."""
    by_host: dict[str, list[Target]] = defaultdict(list)
    for target in wanted:
        by_host[target.host].append(target)
    _prepare_arxiv(network, by_host.get("export.arxiv.org", ()))
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        # One task a host, and the results of a host one by one: a slow host holds up only itself.
        waiting = {pool.submit(_look_at, network, todo[0]): todo for todo in by_host.values()}
        try:
            while waiting:
                done = next(as_completed(waiting))
                todo = waiting.pop(done)
                if rest := todo[1:]:
                    waiting[pool.submit(_look_at, network, rest[0])] = rest
                yield history.judged(done.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _prepare_arxiv(network: Network, wanted: Sequence[Target]) -> None:
    """All arXiv ids in a few requests."""
    with contextlib.suppress(SourceError):  # each id is told by itself
        arxiv.fetch_together(network, [target.value for target in wanted], age=DAY)


def _look_at(network: Network, target: Target) -> Result:
    """What is there today; an error of whatever kind is a finding."""
    try:
        if target.kind == "doi":
            return _look_at_doi(network, target)
        if target.kind == "arxiv":
            arxiv.fetch(network, target.value)
            return Result(target, Verdict.FINE)
        return _look_at_url(network, target)
    except FetchError as error:
        status = f" ({error.status})" if error.status and str(error.status) not in error.message else ""
        if error.failure is Failure.REFUSED:
            return Result(target, Verdict.REFUSED, error.message + status)
        offline = error.failure is Failure.OFFLINE
        return Result(target, Verdict.SUSPECT, error.message + status, is_offline=offline)
    except SourceError as error:
        return Result(target, Verdict.SUSPECT, error.message)


def _look_at_doi(network: Network, target: Target) -> Result:
    """Whether the handle system knows a DOI; whether the publisher's page is there is not asked."""
    try:
        answer = fields_of(network.get(HANDLES.format(quote(target.value, safe="/:;()._-")), age=HOUR).json())
    except FetchError as error:
        if error.failure is Failure.GONE:
            return Result(target, Verdict.SUSPECT, "there is no such DOI")
        raise
    if answer.get("responseCode") == 1:
        return Result(target, Verdict.FINE)
    return Result(target, Verdict.SUSPECT, "there is no such DOI, or it leads nowhere")


def _look_at_url(network: Network, target: Target) -> Result:
    found = network.look(target.value)
    if _is_front_page(found.url) and not _is_front_page(target.value):
        return Result(target, Verdict.SUSPECT, f"leads only to the front page {found.url}")
    if found.moved and found.moved != target.value:
        return Result(target, Verdict.MOVED, "moved for good", moved=found.moved)
    return Result(target, Verdict.FINE)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def archived(network: Network, url: str) -> str | None:
    """The Internet Archive's copy of a page, if it has one that was whole."""
    try:
        answer = network.get(ARCHIVE.format(quote(url, safe="")), age=7 * DAY).json()
    except SourceError:
        return None
    closest = fields_of(fields_of(fields_of(answer).get("archived_snapshots")).get("closest"))
    copy = first_text(closest.get("url")).replace("http://web.archive.org/", "https://web.archive.org/", 1)
    is_whole = closest.get("available") is True and str(closest.get("status", "200")) == "200"
    return copy if is_whole and identifiers.is_web_address(copy) else None


# -- What was found before -------------------------------------------------------------------


@dataclass
class History:
    """The days on which targets failed one after another; kept in the cache, safe to delete."""

    path: Path
    today: datetime.date
    failures: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, today: datetime.date) -> History:
        """What is kept; a file that cannot be read is begun anew."""
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            kept = {}
        failures = {
            str(name): [day for day in days if isinstance(day, str)]
            for name, days in fields_of(kept).items()
            if isinstance(days, list)
        }
        return cls(path, today, failures)

    def judged(self, result: Result) -> Result:
        """A result in the light of the days before; a success forgets them."""
        name = str(result.target)
        if result.verdict is not Verdict.SUSPECT:
            if result.verdict is not Verdict.REFUSED:
                self.failures.pop(name, None)
            return result
        days = sorted({*self.failures.get(name, ()), self.today.isoformat()})
        self.failures[name] = days[-10:]
        verdict = Verdict.DEAD if len(days) >= DAYS else Verdict.SUSPECT
        return Result(result.target, verdict, result.reason, days=tuple(days), is_offline=result.is_offline)

    def write(self, known: Mapping[Target, Any] | None = None) -> None:
        """Keep what was found; with ``known``, forget what is in the data no more."""
        names = {str(target) for target in known} if known is not None else set(self.failures)
        kept = {name: days for name, days in sorted(self.failures.items()) if name in names}
        with contextlib.suppress(OSError):  # a disk that cannot be written to keeps no history
            writer.write(self.path, json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def history_of(project: Project, today: datetime.date) -> History:
    """The history that a project keeps."""
    return History.read(project.root / HISTORY, today)

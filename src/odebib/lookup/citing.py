"""What a paper's citations mean: the entries, by keys of any time, by identifiers, by addresses."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from functools import cached_property

from odebib.errors import near_misses
from odebib.lookup.papers import EVERYTHING, Citations
from odebib.model.bibliography import Bibliography
from odebib.text import identifiers


@dataclass(frozen=True)
class Missing:
    """A key that nothing defines, and what to do about it."""

    name: str
    hint: str


@dataclass
class Resolved:
    """The entries that are cited, each under the name it is cited by."""

    entries: dict[str, str] = field(default_factory=dict)
    """Names as cited, with the keys of the entries they mean."""
    missing: list[Missing] = field(default_factory=list)

    @property
    def repeated(self) -> list[tuple[str, str]]:
        """Pairs of names for one work, which would be listed twice."""
        first: dict[str, str] = {}
        return [
            (first[key], name) for name, key in self.entries.items() if first.setdefault(key, name) != name
        ]


def resolve(bibliography: Bibliography, citations: Citations) -> Resolved:
    """What the cited names mean; what the author's own files define is left to them."""
    finder = Finder(bibliography)
    found = Resolved()
    for name, given in citations.names.items():
        if name == EVERYTHING or name in citations.own:
            continue
        key = finder.find(name, given)
        if key:
            found.entries[name] = key
        else:
            found.missing.append(Missing(name, finder.hint(name, given)))
    if citations.everything:
        cited = {*found.entries.values(), *citations.own}
        found.entries |= {key: key for key in bibliography.entries if key not in cited}
    return found


class Finder:
    """Finds entries by key, former key, arXiv id, DOI, or the address of one."""

    def __init__(self, bibliography: Bibliography) -> None:
        self.bibliography = bibliography

    def find(self, name: str, given: dict[str, str] | None = None) -> str | None:
        """The key of the entry that a name means, or that has one of the identifiers given with it."""
        for scheme, value in {**(given or {}), **identifiers_in(name)}.items():
            if key := self._by_identifier.get((scheme, value)):
                return key
        return self.bibliography.resolve(name) or self.bibliography.resolve(name.lower())

    def hint(self, name: str, given: dict[str, str] | None = None) -> str:
        """The command that would add a work, or what the name was probably meant to be."""
        known = {**identifiers_in(name), **(given or {})}
        for scheme in identifiers.OF_ONE_WORK:
            if scheme in known:
                return f"odebib add {shlex.quote(known[scheme])}"
        meant = near_misses(name, [*self.bibliography.entries, *self.bibliography.aliases], limit=1)
        added = "odebib add ARXIV-ID-OR-DOI"
        return f"did you mean `{meant[0]}`? else: {added}" if meant else added

    @cached_property
    def _by_identifier(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for key, entry in self.bibliography.entries.items():
            for source in (entry, *entry.versions):
                for scheme in identifiers.SCHEMES:
                    if value := getattr(source, scheme, None):
                        found.setdefault((scheme, value), key)
        return found


def identifiers_in(name: str) -> dict[str, str]:
    """The identifiers that a citation key holds: ``arXiv:1806.07366``, ``doi:10.1000/x``, an address.

    >>> identifiers_in("arXiv:1806.07366v2"), identifiers_in("chen2018neural")
    ({'arxiv': '1806.07366'}, {})
    """
    if "://" in name:
        return identifiers.of_url(name)
    bare = re.sub(r"^(?:doi|arxiv|eprint)[:._-]\s*(?=\S*\d)", "", name, flags=re.IGNORECASE)
    if arxiv := identifiers.arxiv(bare):
        return {"arxiv": arxiv}
    doi = identifiers.doi(bare)
    return {"doi": doi} if doi else {}

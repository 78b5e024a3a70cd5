"""Merging: uniting what several sources say of one work into what its entry says.

One rule, wherever it happens: what an entry says stands,
an explicit empty value too; gaps are filled. What belongs to one appearance
(venue, year, volume, pages, DOI, …) comes together from one version: published
before preprint, complete before cut, full title before shortened, then sources
in their order.

Entries are handled here as the plain fields their files hold, because the
difference between "says nothing" and "says: none" is what the rule turns on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from odebib.matching.title_agreement import are_spellings
from odebib.model.entry import Entry, EntryType, Links, Version
from odebib.model.fields import of_traits, order
from odebib.model.record import Record
from odebib.model.traits import FIRST, UNION
from odebib.model.traits import TOGETHER as ONE_APPEARANCE
from odebib.text import identifiers, venue_names
from odebib.text.folding import fold, fold_words
from odebib.text.names import Name
from odebib.text.titles import prepare

Fields = dict[str, Any]
"""The fields of an entry as its file holds them: ``str``, ``list`` and ``dict`` only."""

APPEARANCE = tuple(name for name, traits in of_traits().items() if traits.united is ONE_APPEARANCE)
"""Fields that describe one appearance of a work and so come from one source together."""

FIRST_SAID = tuple(name for name, traits in of_traits().items() if traits.united is FIRST)
"""Fields whose value is that of whoever is to be believed first, whatever else they say."""

LISTED = tuple(name for name, traits in of_traits().items() if traits.united is UNION)
"""Lists of which everything counts that anybody says."""

ENTRY_ORDER = order(Entry)
"""The order of the fields in a file."""

PREPRINT_SERVERS = frozenset(
    ["arxiv", "biorxiv", "medrxiv", "ssrn", "corr", "chemrxiv", "techrxiv", "openreview", "osf", "preprint",
     "arxiv preprint", "research square", "hal", "zenodo", "preprints"]
)  # fmt: skip
"""What sources write as venue for a work that was not published."""


def is_preprint_server(venue: str) -> bool:
    """Whether a venue as written is a preprint server.

    >>> is_preprint_server("arXiv preprint arXiv:1806.07366"), is_preprint_server("NeurIPS")
    (True, False)
    """
    words = fold_words(venue)
    return bool(words) and (
        " ".join(words) in PREPRINT_SERVERS or words[0] in {"arxiv", "biorxiv", "medrxiv", "corr", "ssrn"}
    )


def names_venue(venue: str) -> bool:
    """Whether what stands as venue is one: neither a preprint server nor "submitted" nor an address."""
    return not is_preprint_server(venue) and not venue_names.says_nothing(venue)


def is_published(record: Record) -> bool:
    """Whether a source says that the work appeared somewhere other than a preprint server."""
    if record.venue:
        return names_venue(record.venue)
    return bool(record.doi and not identifiers.is_preprint_doi(record.doi))


def ranked(records: Iterable[Record]) -> list[Record]:
    """Records of one work, the one to believe first: published, complete, then as given."""
    return sorted(records, key=lambda record: (not is_published(record), not _complete(record)))


def _complete(record: Record) -> bool:
    return bool(record.people) and record.authors_complete


def unite(stated: Mapping[str, Any], records: Sequence[Record], spell: Spelling) -> Fields:
    """What an entry says after merging: ``stated``, with its gaps filled from ``records``.

    ``records`` come in the order of their sources. ``spell`` turns a source's
    venue, tags and topics into this bibliography's. The result has the fields
    in the order of a file; ``stated`` itself is not changed.
    """
    records = [record.certain for record in records]
    best = ranked(records)
    title = spell.title(_title(records, best) or "")
    others = _other_titles(stated.get("title") or title, records)
    found: Fields = {
        "title": title,
        "other_titles": [spell.title(other) for other in others],
        "authors": _people(best, lambda record: record.authors),
        "editors": _people(best, lambda record: record.editors),
        "links": _links(stated, records),
        **(_appearance(best, spell) if _is_open(stated, best) else {"type": _type(best)}),
        **{name: _first(_said_alone(record, name) for record in best) for name in FIRST_SAID},
        **{name: _union(_listed(record, name, spell) for record in records) for name in LISTED},
    }
    return _in_order({**{name: value for name, value in found.items() if value}, **_said(stated, found)})


LONGEST_SUMMARY = 160
"""A sentence of a list that is longer is no summary."""


def _said_alone(record: Record, name: str) -> Any:
    """What a record says in a field by itself, where that may stand in an entry.

    A note in somebody's library is part of the reference; what is left over of
    a list's item is not.
    """
    value = getattr(record, name, None)
    if name == "summary" and len(value or "") > LONGEST_SUMMARY:
        return None
    return None if name == "note" and not record.source_id else value


def _listed(record: Record, name: str, spell: Spelling) -> Sequence[str]:
    """What a record lists in a field, as this bibliography spells it."""
    if name == "tags":
        return spell.tags(record)
    return spell.topics(record) if name == "topics" else getattr(record, name, ())


def _is_open(stated: Mapping[str, Any], best: Sequence[Record]) -> bool:
    """Whether an appearance may still be filled in: the entry states none, or only a year that agrees."""
    settled = [name for name in APPEARANCE if name in stated and name not in {"type", "url", "month", "year"}]
    year = str(stated.get("year") or "")
    return not settled and bool(best) and (not year or year == str(best[0].year or ""))


class Spelling:
    """How this bibliography spells what sources say; the default leaves it as it is."""

    def title(self, title: str) -> str:
        """A title, with braces only where they are needed."""
        return title

    def venue(self, record: Record) -> str | None:
        """The venue of a record, or None for a preprint server."""
        return record.venue if record.venue and names_venue(record.venue) else None

    def event(self, record: Record) -> str | None:
        """The workshop or meeting of a record, where it is not the venue itself."""
        return record.event

    def tags(self, record: Record) -> Sequence[str]:
        """The badges of a record."""
        return record.tags

    def topics(self, record: Record) -> Sequence[str]:
        """The topics a record belongs to."""
        return record.topics


def _said(stated: Mapping[str, Any], found: Fields) -> Fields:
    """What stands; links are the one field whose gaps lie inside it."""
    said = dict(stated)
    if isinstance(said.get("links"), dict) and found.get("links"):
        said["links"] = found["links"]
    return said


def _title(records: Sequence[Record], best: Sequence[Record]) -> str | None:
    """The title of the record to believe, unless another source gives it in full."""
    titles = [record.title for record in best if record.title]
    if not titles:
        return next((record.text for record in records if record.text), None)
    chosen = titles[0]
    for title in titles[1:]:
        if _is_beginning(chosen, title):
            chosen = title
    return chosen


def _is_beginning(short: str, long: str) -> bool:
    """Whether ``long`` goes on where ``short`` ends, as a title with its subtitle does."""
    mine, theirs = fold_words(short), fold_words(long)
    return len(mine) < len(theirs) and theirs[: len(mine)] == mine


def _other_titles(title: str | None, records: Iterable[Record]) -> list[str]:
    """Titles under which people may look for it; another spelling of the same words is none."""
    known = [prepare(title or "")]
    others = []
    for record in records:
        other = prepare(record.title or "")
        if record.title and not any(are_spellings(other, title) for title in known):
            known.append(other)
            others.append(record.title)
    return others


def _people(best: Sequence[Record], of: Callable[[Record], Sequence[Name]]) -> list[str]:
    """The fullest list of people: complete before cut, more names, given names before initials."""
    lists = [of(record) for record in best if of(record)]
    if not lists:
        return []
    chosen = max(lists, key=_fullness)
    return [name.written if not name.is_others else "others" for name in chosen]


def _fullness(people: Sequence[Name]) -> tuple[bool, int, int]:
    named = [name for name in people if not name.is_others]
    spelt_out = sum(len(word) > 1 for name in named for word in fold_words(name.given))
    return len(named) == len(people), len(named), spelt_out


def _appearance(best: Sequence[Record], spell: Spelling) -> Fields:
    """All that describes one appearance, from one record; its gaps from those that tell of the same one."""
    if not best:
        return {}
    first = best[0]
    same = [first, *(record for record in best[1:] if _is_same_appearance(record, first))]
    found: Fields = {name: _first(getattr(record, name, None) for record in same) for name in APPEARANCE}
    found["type"] = _type(best)
    found["venue"] = spell.venue(first)
    found["event"] = _first(spell.event(record) for record in same)
    found["url"] = found["url"] or _first(record.url for record in best)
    if not is_published(first):
        found["year"] = found["year"] or _preprint_year(best)
    found["doi"] = _doi_of_record(found["doi"], is_published(first))
    if not found["doi"] and not is_published(first):
        found["doi"] = _only_identifier(best)
    return {name: str(value) for name, value in found.items() if value}


APPEAR_BY_THEMSELVES = frozenset({EntryType.BOOK, EntryType.THESIS, EntryType.REPORT})
"""What has a publisher or an institution and no venue."""


def _is_same_appearance(one: Record, other: Record) -> bool:
    """Whether two records tell of one appearance; another edition of a book is another one."""
    if one.year != other.year or fold(one.venue or "") != fold(other.venue or ""):
        return False
    if one.venue:
        return True
    agree = all(
        getattr(one, name) == getattr(other, name) or not (getattr(one, name) and getattr(other, name))
        for name in ("edition", "volume")
    )
    return agree and one.type == other.type and one.type in APPEAR_BY_THEMSELVES


def _doi_of_record(doi: str | None, published: bool) -> str | None:
    """A DOI that names what appeared; a preprint server's stands in no entry's ``doi``."""
    if not doi or doi.startswith(identifiers.ARXIV_DOI_PREFIX):
        return None
    return doi if published or not identifiers.is_preprint_doi(doi) else None


def _only_identifier(best: Sequence[Record]) -> str | None:
    """A DOI that names no version of record, where nothing else would lead to the work."""
    others = [name for name in identifiers.SCHEMES if name != "doi"]
    if any(getattr(record, name) for record in best for name in others):
        return None
    return next((record.doi for record in best if record.doi), None)


def _type(best: Sequence[Record]) -> str | None:
    """The type only where it does not follow from the venue."""
    kind = _first(record.type for record in best)
    return str(kind) if kind and kind not in FOLLOWS_FROM_VENUE else None


FOLLOWS_FROM_VENUE = frozenset({"conference-paper", "journal-article", "workshop-paper", "preprint"})


def _preprint_year(best: Iterable[Record]) -> int | None:
    return next((identifiers.arxiv_year(record.arxiv) for record in best if record.arxiv), None)


def _links(stated: Mapping[str, Any], records: Iterable[Record]) -> dict[str, Any]:
    """All links that anybody gives; a kind that the entry states is settled, its own address is no news."""
    links = stated.get("links")
    settled: dict[str, Any] = dict(links) if isinstance(links, dict) else {}
    given: dict[str, list[str]] = {}
    for record in records:
        for kind, url in record.links.items():
            if kind not in settled and url != stated.get("url") and url not in given.get(kind, ()):
                given.setdefault(kind, []).append(url)
    found = {**settled, **{kind: urls if len(urls) > 1 else urls[0] for kind, urls in given.items()}}
    return {kind: found[kind] for kind in Links.model_fields if kind in found}


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value), None)


def _union(lists: Iterable[Sequence[str]]) -> list[str]:
    """Everything said, once each, whatever its case."""
    found: dict[str, str] = {}
    for values in lists:
        for value in values:
            found.setdefault(fold(value) or value, value)
    return list(found.values())


def _in_order(fields: Fields) -> Fields:
    return {name: fields[name] for name in ENTRY_ORDER if name in fields}


# -- Two entries that are one work -----------------------------------------------------------

TOGETHER = ("title", *APPEARANCE)
"""What describes an entry's own appearance; as a version it keeps the names of its fields."""


def unite_entries(kept_key: str, kept: Mapping[str, Any], other_key: str, other: Mapping[str, Any]) -> Fields:
    """What the entry ``kept_key`` says after taking in ``other_key``, which becomes an alias of it.

    What ``kept`` states stands, save that a published appearance takes the place
    of a preprint. Nothing that ``other`` says is lost: another title and another
    appearance are kept as such, lists are united.
    """
    lead, second = (other, kept) if _published(other) and not _published(kept) else (kept, other)
    together = _together(lead) if not _same_appearance(lead, second) else _together({**second, **lead})
    united: Fields = {
        **other,
        **kept,
        **dict.fromkeys(TOGETHER),
        **together,
        **{name: _both_lists(kept, other, name) for name in LISTED},
        "other_titles": _titles_besides(together["title"], kept, other),
        "versions": _versions(lead, second, kept, other),
        "links": {**_dict(other, "links"), **_dict(kept, "links")},
        "relations": _relations(kept_key, other_key, kept, other),
        "aliases": list(dict.fromkeys([*_items(kept, "aliases"), other_key, *_items(other, "aliases")])),
        "authors": _fuller_people(kept, other),
    }
    emptied = {name for name, value in kept.items() if not value}
    stays = {name: value for name, value in united.items() if value or name in emptied}
    return _in_order({name: value for name, value in stays.items() if value is not None})


def _together(fields: Mapping[str, Any]) -> Fields:
    return {name: fields[name] for name in TOGETHER if name in fields}


def _both_lists(kept: Mapping[str, Any], other: Mapping[str, Any], name: str) -> list[Any]:
    mine = _items(kept, name)
    return [*mine, *(item for item in _items(other, name) if item not in mine)]


def _published(fields: Mapping[str, Any]) -> bool:
    return bool(fields.get("venue") or fields.get("doi"))


def _same_appearance(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether nothing tells the two appearances apart."""
    return all(
        fold(str(one[name])) == fold(str(other[name]))
        for name in ("venue", "year", "event", "doi")
        if one.get(name) and other.get(name)
    )


def _titles_besides(title: str, kept: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    given = [*_items(kept, "other_titles"), kept["title"], other["title"], *_items(other, "other_titles")]
    found = {fold(text): text for text in reversed(given) if fold(text) != fold(title)}
    return list(reversed(found.values()))


def _versions(
    lead: Mapping[str, Any], second: Mapping[str, Any], kept: Mapping[str, Any], other: Mapping[str, Any]
) -> list[Any]:
    versions = _both_lists(kept, other, "versions")
    if not _same_appearance(lead, second) and _published(second):
        version = {
            name: second[name] for name in TOGETHER if second.get(name) and name in Version.model_fields
        }
        versions.append({n: v for n, v in version.items() if n != "title" or v != lead["title"]})
    return versions


def _relations(
    kept_key: str, other_key: str, kept: Mapping[str, Any], other: Mapping[str, Any]
) -> dict[str, list[str]]:
    """The relations of both, without what would now point at itself."""
    found: dict[str, list[str]] = {}
    for fields in (kept, other):
        for kind, keys in _dict(fields, "relations").items():
            for key in [keys] if isinstance(keys, str) else keys:
                if key not in {kept_key, other_key} and key not in found.setdefault(kind, []):
                    found[kind].append(key)
    return {kind: keys for kind, keys in found.items() if keys}


def _fuller_people(kept: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The kept entry's people, unless its list is cut and the other's is not."""
    mine, theirs = _items(kept, "authors"), _items(other, "authors")
    cut = not mine or mine[-1] == "others"
    return theirs if cut and theirs and ("authors" not in kept or mine) else mine


def _items(fields: Mapping[str, Any], name: str) -> list[Any]:
    value = fields.get(name)
    return list(value) if isinstance(value, list) else [value] if value else []


def _dict(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = fields.get(name)
    return dict(value) if isinstance(value, dict) else {}

"""Checks of what single entries say, and of entries that look like one work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from odebib.checks.check import Finding, check
from odebib.errors import Severity
from odebib.matching.index import Index
from odebib.matching.weighing import Evidence
from odebib.matching.works import of_entry
from odebib.model.bibliography import Bibliography
from odebib.project.store import DATA, Project
from odebib.text import identifiers
from odebib.text.doubts import doubt_author
from odebib.text.names import Name


@check("shared-identifier", Severity.ERROR)
def _shared_identifier(project: Project) -> Iterator[Finding]:
    """An identifier names one work, so two entries cannot have the same one."""
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, entry in project.bibliography.entries.items():
        for scheme in identifiers.OF_ONE_WORK:
            if value := getattr(entry, scheme):
                owners[scheme, value].append(key)
    for (scheme, value), keys in owners.items():
        for key in keys[1:]:
            message = f"`{keys[0]}` has the same {identifiers.SCHEMES[scheme].label} {value}"
            hint = f"unite them with `odebib merge {keys[0]} {key}`, or correct one"
            yield Finding(project.locate_entry(key, scheme), message, hint, key)


@check("duplicate-entry", Severity.WARNING, "title", "authors")
def _duplicate_entry(project: Project) -> Iterator[Finding]:
    """Two entries that look like one work split its links, its listings and its citations."""
    for one, other, evidence in suspected_duplicates(project.bibliography):
        if evidence.identifiers and evidence.titles_unrelated:
            continue  # told by shared-identifier: a copied link, not one work
        first, second = sorted((one, other))
        hint = (
            f"unite them with `odebib merge {first} {second}`, or write into {DATA}/decisions.yml\n"
            f"- not_same: [{first}, {second}]\n  reason: …"
        )
        yield Finding(
            project.locate_entry(second, "title"), f"looks like `{first}`: {evidence.reason}", hint, second
        )


@check("incomplete-authors", Severity.WARNING, "authors")
def _incomplete_authors(project: Project) -> Iterator[Finding]:
    """`others` stands for people who deserve to be named."""
    for key, entry in project.bibliography.entries.items():
        if not entry.authors_complete:
            place = project.locate_entry(key, "authors", len(entry.authors) - 1)
            yield Finding(place, "the list of authors is not complete", "write all authors", key)


@check("single-name", Severity.WARNING, "authors")
def _single_name(project: Project) -> Iterator[Finding]:
    """One word is seldom a person's whole name; `[E, Weinan]` is two people to YAML."""
    for key, entry in project.bibliography.entries.items():
        if is_one_person(entry.people):
            one, other = entry.people
            message = f"`{one}` and `{other}` are two people to YAML, each with one name"
            hint = f"if they are one person, write\nauthors:\n  - {one}, {other}"
            yield Finding(project.locate_entry(key, "authors", 0), message, hint, key)
            continue
        for number, name in enumerate(entry.people):
            if not _is_one_word(name) or doubt_author(name):
                continue
            hint = 'write given and family name; a group stands in braces and quotes: "{The JAX Team}"'
            place = project.locate_entry(key, "authors", number)
            yield Finding(place, f"`{name}` is only one name", hint, key)


def is_one_person(people: Sequence[Name]) -> bool:
    """Whether two authors are probably the two halves of one person's name: ``[E, Weinan]``."""
    return len(people) == 2 and all(map(_is_one_word, people))


def _is_one_word(name: Name) -> bool:
    return not name.given and not name.literal


@check("no-author", Severity.WARNING, "authors", "editors", "type", "venue")
def _no_author(project: Project) -> Iterator[Finding]:
    """A paper has authors; what has none is a website, software or unfinished."""
    for key, entry in project.bibliography.entries.items():
        if not entry.authors and not entry.editors and project.bibliography.type(entry).is_paper:
            yield Finding(project.locate_entry(key, "title"), "has no authors", "add `authors:`", key)


@check("no-year", Severity.WARNING, "year", "type")
def _no_year(project: Project) -> Iterator[Finding]:
    """A paper cannot be cited without its year."""
    for key, entry in project.bibliography.entries.items():
        if not entry.year and project.bibliography.type(entry).is_paper:
            yield Finding(project.locate_entry(key, "title"), "has no year", "add `year:`", key)


@check("repeated-author", Severity.WARNING, "authors")
def _repeated_author(project: Project) -> Iterator[Finding]:
    """Nobody is an author of one work twice."""
    for key, entry in project.bibliography.entries.items():
        for number, name in enumerate(entry.people):
            if name in entry.people[:number]:
                place = project.locate_entry(key, "authors", number)
                yield Finding(place, f"`{name}` is there already", "delete the line", key)


@check("year-against-arxiv", Severity.WARNING, "year", "arxiv", "venue", "doi", "event", "openreview")
def _year_against_arxiv(project: Project) -> Iterator[Finding]:
    """A preprint's year is the one its arXiv id holds; a paper seldom appears years before its preprint."""
    for key, entry in project.bibliography.entries.items():
        if not entry.arxiv or not entry.year:
            continue
        year = identifiers.arxiv_year(entry.arxiv)
        if (
            not entry.venue
            and not entry.doi
            and not entry.event
            and not entry.openreview
            and entry.year != year
        ):
            message = f"the year is {entry.year}, but arXiv {entry.arxiv} is of {year}"
            yield Finding(project.locate_entry(key, "year"), message, f"write {year}, or name the venue", key)
        elif entry.year < year - 2:
            message = f"published in {entry.year}, but arXiv {entry.arxiv} is of {year}"
            yield Finding(
                project.locate_entry(key, "year"), message, "one of them is probably another work's", key
            )


@check("title-case", Severity.WARNING, "title", fix="deletes the full stop")
def _title_case(project: Project) -> Iterator[Finding]:
    """A title all in capitals says nothing about its case; a closing full stop is no part of it."""
    for key, entry in project.bibliography.entries.items():
        letters = [c for c in entry.title if c.isalpha()]
        if len(letters) > 12 and all(c.isupper() for c in letters):
            hint = "write it as the paper's own page does"
            yield Finding(project.locate_entry(key, "title"), "the title is all in capitals", hint, key)
        if ends_in_full_stop(entry.title):
            yield Finding(
                project.locate_entry(key, "title"), "the title ends in a full stop", "delete it", key
            )


def ends_in_full_stop(title: str) -> bool:
    """Whether a title ends in a full stop that is no part of it.

    >>> [ends_in_full_stop(title) for title in ("Stable Waves.", "Waves of Smith et al.", "Waves...")]
    [True, False, False]
    """
    title = title.rstrip()
    return bool(re.search(r"[^.]\.$", title)) and not re.search(r"\b\w{1,3}\.$", title)


@check(
    "hidden-identifier", Severity.WARNING, "url", "arxiv", "doi", fix="moves the identifier into its field"
)
def _hidden_identifier(project: Project) -> Iterator[Finding]:
    """An arXiv or DOI address is an identifier; works are matched by it where it stands in its field."""
    for key, entry in project.bibliography.entries.items():
        hidden = hidden_identifier(entry.url or "")
        if hidden and not getattr(entry, hidden[0]):
            scheme, value = hidden
            message = f"the address holds the {identifiers.SCHEMES[scheme].label} {value}"
            yield Finding(
                project.locate_entry(key, "url"), message, f"write `{scheme}: {value}` instead", key
            )


def hidden_identifier(url: str) -> tuple[str, str] | None:
    """The scheme and identifier that an address stands for: arXiv's page or a DOI's; None for any other.

    >>> hidden_identifier("https://arxiv.org/abs/1806.07366v2")
    ('arxiv', '1806.07366')
    """
    if not re.match(r"https?://(?:www\.|dx\.|export\.)?(?:arxiv|doi)\.org/", url):
        return None
    return next(iter(identifiers.of_url(url).items()), None)


@check("long-summary", Severity.WARNING)
def _long_summary(project: Project) -> Iterator[Finding]:
    """A summary is one sentence of at most 160 characters, so that lists stay quick to scan."""
    for key, entry in project.bibliography.entries.items():
        if entry.summary and len(entry.summary) > 160:
            message = f"the summary has {len(entry.summary)} characters"
            yield Finding(project.locate_entry(key, "summary"), message, "at most 160", key)


PAPER_HOSTS = frozenset({"arxiv.org", "doi.org", "openreview.net", "dx.doi.org", "proceedings.mlr.press"})


@check("code-link", Severity.WARNING, "links", "url", "type")
def _code_link(project: Project) -> Iterator[Finding]:
    """Readers click `code` to get code; a link to the paper's own page disappoints them."""
    for key, entry in project.bibliography.entries.items():
        for number, url in enumerate(entry.links.code):
            if (urlsplit(url).hostname or "").removeprefix("www.") in PAPER_HOSTS or (
                url == entry.url and (project.bibliography.type(entry).is_paper)
            ):
                place = project.locate_entry(key, "links", "code", number)
                yield Finding(
                    place, "the code link is the paper's page", "link the repository, or delete it", key
                )


def suspected_duplicates(bibliography: Bibliography) -> Iterator[tuple[str, str, Evidence]]:
    """Pairs of entries that look like one work, save those that ``decisions.yml`` tells apart."""
    index = Index(frozenset(decision.not_same) for decision in bibliography.decisions)
    for key, entry in bibliography.entries.items():
        index.add(key, of_entry(entry))
    yield from index.duplicates()

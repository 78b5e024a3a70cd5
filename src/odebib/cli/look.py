"""Commands that only look: ``show``, ``find``, ``stats``."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence

import click

from odebib.cli.program import counted, load, project_root, say
from odebib.errors import UsageError
from odebib.lookup import measured, selecting, statistics
from odebib.lookup.finding import Finder
from odebib.matching import conflicts
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.text import identifiers


@click.command()
@click.argument("key")
@click.option("--sources", is_flag=True, help="With what each list says of it, and where they disagree.")
@project_root
def show(key: str, sources: bool) -> None:
    """Print one entry for reading; KEY may be a former key, an arXiv id or a DOI.

    \b
    Examples:
      odebib show chen2018neural
      odebib show 1806.07366 --sources
    """
    bibliography = load().bibliography
    entry = bibliography.entries[selecting.by_any_name(bibliography, key)]
    click.echo("\n".join(_card(bibliography, entry)))
    if sources:
        click.echo("\n".join(_sources(bibliography, entry)))


def _card(bibliography: Bibliography, entry: Entry) -> Iterator[str]:
    yield from _head(bibliography, entry)
    yield ""
    for label, value in _facts(bibliography, entry):
        yield f"{label:<12} {value}"
    if entry.abstract:
        yield ""
        for paragraph in entry.abstract.split("\n\n"):
            yield from textwrap.wrap(paragraph, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _head(bibliography: Bibliography, entry: Entry) -> Iterator[str]:
    """What every card begins with: title, where it appeared, who wrote it, what it is."""
    yield click.style(entry.title, bold=True)
    venue = " ".join(p for p in (bibliography.venue_name(entry), str(entry.year or "")) if p)
    yield " · ".join(p for p in (venue, entry.event, *entry.awards) if p) or "no venue or year"
    yield ", ".join(str(name) for name in entry.people) + ("" if entry.authors_complete else ", and others")
    if entry.retracted:
        yield "RETRACTED" + (f": {entry.retracted.reason}" if entry.retracted.reason else "")
    if entry.summary:
        yield from textwrap.wrap(entry.summary, WIDTH)


WIDTH = 88
"""Text is wrapped here."""


def _facts(bibliography: Bibliography, entry: Entry) -> Iterator[tuple[str, str]]:
    yield "key", ", ".join((entry.key, *(f"formerly {alias}" for alias in entry.aliases)))
    yield "type", str(bibliography.type(entry))
    for name in (*identifiers.SCHEMES, "url", "volume", "number", "pages"):
        if value := getattr(entry, name):
            yield name, value
    for kind, url in entry.links.items():
        yield kind, url
    for version in entry.versions:
        said = (version.title, version.venue, version.event, str(version.year or ""))
        yield "version", ", ".join(part for part in said if part)
    for name, terms in (("topics", bibliography.topics_of(entry)), ("tags", bibliography.tags_of(entry))):
        if terms:
            yield name, ", ".join(term.id for term in terms)
    for kind, key in entry.relations.items():
        yield kind, key
    for listing in bibliography.listed_in(entry.key):
        yield "listed in", " > ".join((listing.list.name, *listing.sections))
    if entry.verified:
        yield "verified", f"{entry.verified.on} against {', '.join(entry.verified.by)}"


def _sources(bibliography: Bibliography, entry: Entry) -> Iterator[str]:
    for listing in bibliography.listed_in(entry.key):
        yield ""
        yield " > ".join((listing.list.name, *listing.sections))
        yield from textwrap.wrap(listing.record.text, 88, initial_indent="  ", subsequent_indent="  ")
    for conflict in conflicts.of_entry(bibliography, entry):
        yield ""
        yield f"{conflict.field}: the entry says {conflict.stated or 'nothing'}"
        yield from (f"  {said} says {value}" for said, value in conflict.others)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=10, help="How many to show; default is 10.")
@project_root
def find(words: Sequence[str], limit: int) -> None:
    """Find entries by words in title, authors, venue, summary and abstract, the best first.

    Accents do not matter, and an abbreviation finds what it stands for.

    \b
    Examples:
      odebib find neural ODE
      odebib find kidger rough --limit 3
    """
    bibliography = load().bibliography
    query = " ".join(words)
    finder = Finder(bibliography)
    keys = finder.find(query)
    known = _named(bibliography, query)
    keys = [known, *(key for key in keys if key != known)] if known else keys
    near = [] if keys else finder.near(query)
    for key in (keys or near)[:limit]:
        entry = bibliography.entries[key]
        click.echo("\n".join([*_head(bibliography, entry), _foot(bibliography, entry), ""]))
    if keys:
        shown = f", {limit} shown" if len(keys) > limit else ""
        say(f"{len(keys)} of {counted(len(bibliography.entries), 'entry', 'entries')}{shown}")
    else:
        say(f"nothing holds all of `{query}`" + (f"; {len(near)} that come near" if near else ""))


def _named(bibliography: Bibliography, query: str) -> str | None:
    """The entry that is called so, by key or identifier."""
    try:
        return selecting.by_any_name(bibliography, query)
    except UsageError:
        return None


def _foot(bibliography: Bibliography, entry: Entry) -> str:
    """What a card ends with: the key, the badges, and what there is to open."""
    tags = " ".join(f"({tag.label})" for tag in bibliography.tags_of(entry))
    links = [kind for kind, _ in entry.links.items()]
    if entry.arxiv and "pdf" not in links:
        links.insert(0, "pdf")
    parts = (click.style(entry.key, fg="green"), tags, " ".join(dict.fromkeys(links)))
    return "  ".join(part for part in parts if part)


@click.command()
@click.option("--matching", is_flag=True, help="How good matching was found to be on labelled pairs.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@project_root
def stats(matching: bool, format_: str) -> None:
    """Print how complete the bibliography is, field by field.

    \b
    Examples:
      odebib stats
      odebib stats --matching
    """
    if matching:
        found = measured.read()
        click.echo(json.dumps(found, indent=2) if format_ == "json" else "\n".join(measured.told(found)))
        return
    bibliography = load().bibliography
    rows = statistics.completeness(bibliography)
    if format_ == "json":
        value = [{"field": row.label, "present": row.present, "total": row.total} for row in rows]
        click.echo(json.dumps(value, indent=2))
        return
    width = max((len(row.label) for row in rows), default=0)
    for row in rows:
        share = row.present / row.total if row.total else 1
        bar = "█" * round(20 * share)
        click.echo(f"{row.label:<{width}}  {row.present:>5} of {row.total:<5}  {share:>4.0%}  {bar}")

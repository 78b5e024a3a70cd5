"""The checks: what is wrong with data that can be read, each rule by its name.

A check is a function from a project to findings; its docstring is what
``odebib check --explain`` prints. A check tells about everything it finds and
stops nothing; one that does not apply to an entry can be waived there, with a
reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from odebib import identifiers, merging
from odebib.bibliography import Bibliography, Vocabulary
from odebib.comparing import Evidence, Verdict, Work, compare, of_entry, of_record
from odebib.errors import Location, Problem, Severity, did_you_mean
from odebib.matching import Index
from odebib.model import Entry, Record
from odebib.store import DATA, Project
from odebib.titles import Difference


@dataclass(frozen=True)
class Finding:
    """What a check found, at one place; ``key`` is the entry it is about, if it is about one."""

    location: Location
    message: str
    hint: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class Check:
    """A rule: its name, how much it matters, why it is there, and the function that applies it."""

    name: str
    severity: Severity
    explanation: str
    run: Callable[[Project], Iterator[Finding]]


CHECKS: dict[str, Check] = {}
"""Every check by its name, in the order in which they are run."""


def _check(name: str, severity: Severity) -> Callable[[Callable[[Project], Iterator[Finding]]], None]:
    def register(function: Callable[[Project], Iterator[Finding]]) -> None:
        CHECKS[name] = Check(name, severity, " ".join((function.__doc__ or "").split()), function)

    return register


READING: dict[str, str] = {
    "unknown-field": "A field that is not in the model would be ignored, so it is refused.",
    "missing-field": "An entry needs at least a title; topics, tags and venues need an id and a name.",
    "bad-value": "The value does not fit the field: a year is a number, a link a web address, …",
    "yaml-syntax": "YAML cannot read the line as it stands; the hint shows it as it was probably meant.",
    "yaml-comment": "A space and `#` begin a comment in YAML, so the rest of the line would be lost.",
    "yaml-alias": "Anchors and references hide what a line says; values are written out.",
    "yaml-tag": "A value that starts with `!` is a type to YAML.",
    "yaml-key": "The name of a field is a word.",
    "yaml-depth": "Nothing in data/ needs to nest that deep.",
    "yaml-character": "Control characters have no place in text.",
    "duplicate-field": "YAML would silently keep only the last of two equal fields.",
    "duplicate-key": "The stem of a file's name is the citation key, so it must be there only once.",
    "duplicate-id": "An id names one topic, tag, venue or author.",
    "bad-key": "A citation key is a file name, an address and a TeX argument, so it has only [a-z0-9].",
    "stray-file": "Only files that end in .yml are read.",
    "encoding": "Files are UTF-8.",
    "unreadable": "The file cannot be opened.",
}
"""Problems that are found while reading, with the reason for each."""


def run(project: Project) -> list[Problem]:
    """Everything wrong with a project: what reading found and what the checks find, by place."""
    return _run(project, CHECKS.values())


def errors(project: Project) -> list[Problem]:
    """Only what stops a build; far quicker than :func:`run`, since it matches nothing anew."""
    found = _run(project, [check for check in CHECKS.values() if check.severity is Severity.ERROR])
    return [problem for problem in found if problem.severity is Severity.ERROR]


def _run(project: Project, checks: Iterable[Check]) -> list[Problem]:
    problems = list(project.problems)
    for check in checks:
        problems += [
            Problem(finding.location, check.name, finding.message, finding.hint, check.severity)
            for finding in check.run(project)
            if not _is_waived(project, check.name, finding.key)
        ]
    return sorted(problems, key=lambda problem: (problem.location, problem.code))


def explain(code: str) -> str | None:
    """Why a check is there, or None if there is none of that name."""
    return CHECKS[code].explanation if code in CHECKS else READING.get(code)


def names() -> list[str]:
    """The names of all problems there can be."""
    return [*CHECKS, *READING]


def _is_waived(project: Project, check: str, key: str | None) -> bool:
    entry = project.bibliography.entries.get(key or "")
    return entry is not None and any(waiver.check == check for waiver in entry.waive)


# -- Vocabularies ---------------------------------------------------------------------------


@_check("unknown-venue", Severity.WARNING)
def _unknown_venue(project: Project) -> Iterator[Finding]:
    """A venue should be in venues.yml, so that its works stand together under one name."""
    bibliography = project.bibliography
    for key, entry in bibliography.entries.items():
        if entry.venue and not bibliography.venue(entry) and not merging.is_preprint_server(entry.venue):
            yield _unknown(project, key, ("venue",), entry.venue, bibliography.venues, "venue")


@_check("unknown-topic", Severity.WARNING)
def _unknown_topic(project: Project) -> Iterator[Finding]:
    """A topic should be in topics.yml; until then the entry is not found under it."""
    for key, entry in project.bibliography.entries.items():
        for number, topic in enumerate(entry.topics):
            if not project.bibliography.topics.find(topic):
                yield _unknown(project, key, ("topics", number), topic, project.bibliography.topics, "topic")


@_check("unknown-tag", Severity.WARNING)
def _unknown_tag(project: Project) -> Iterator[Finding]:
    """A tag should be in tags.yml; until then the entry has no badge for it."""
    for key, entry in project.bibliography.entries.items():
        for number, tag in enumerate(entry.tags):
            if not project.bibliography.tags.find(tag):
                yield _unknown(project, key, ("tags", number), tag, project.bibliography.tags, "tag")


def _unknown(
    project: Project,
    key: str,
    where: tuple[str | int, ...],
    text: str,
    known: Vocabulary,
    what: str,  # type: ignore[type-arg]
) -> Finding:
    hint = did_you_mean(text, known.names()) or f"add it to {DATA}/{what}s.yml"
    return Finding(project.locate_entry(key, *where), f"`{text}` is no {what} of {what}s.yml", hint, key)


@_check("no-topic", Severity.WARNING)
def _no_topic(project: Project) -> Iterator[Finding]:
    """Readers browse by topic; an entry without one is found only by search."""
    if project.bibliography.topics:
        for key, entry in project.bibliography.entries.items():
            if not entry.topics:
                hint = "add `topics: […]`; the ids are in topics.yml"
                yield Finding(project.locate_entry(key, "title"), "has no topic", hint, key)


@_check("no-tag", Severity.WARNING)
def _no_tag(project: Project) -> Iterator[Finding]:
    """Every paper should wear at least one badge."""
    bibliography = project.bibliography
    if bibliography.tags:
        for key, entry in bibliography.entries.items():
            if not entry.tags and bibliography.type(entry).is_paper:
                hint = "add `tags: […]`; the ids are in tags.yml"
                yield Finding(project.locate_entry(key, "title"), "has no tag", hint, key)


@_check("preprint-venue", Severity.ERROR)
def _preprint_venue(project: Project) -> Iterator[Finding]:
    """A preprint server is no venue: an entry known only as a preprint has none."""
    for key, entry in project.bibliography.entries.items():
        if entry.venue and merging.is_preprint_server(entry.venue) and not project.bibliography.venue(entry):
            hint = "delete the line; the arXiv id belongs into `arxiv`"
            yield Finding(
                project.locate_entry(key, "venue"), f"`{entry.venue}` is a preprint server", hint, key
            )


@_check("topic-parent", Severity.ERROR)
def _topic_parent(project: Project) -> Iterator[Finding]:
    """The topics form a tree: every parent exists, and none is its own descendant."""
    topics = project.bibliography.topics
    for topic in topics:
        place = project.locate_term("topics", topic.id, "parent")
        if topic.parent and topic.parent not in topics:
            hint = did_you_mean(topic.parent, topics.by_id)
            yield Finding(place, f"`{topic.parent}` is no topic", hint)
            continue
        above: list[str] = [topic.id]
        parent = topic.parent
        while parent and parent in topics:
            if parent in above:
                yield Finding(place, "the parents go round in a circle: " + " → ".join([*above, parent]))
                break
            above.append(parent)
            parent = topics[parent].parent


# -- Keys -----------------------------------------------------------------------------------


@_check("dangling-key", Severity.ERROR)
def _dangling_key(project: Project) -> Iterator[Finding]:
    """A citation key that is mentioned anywhere must be one of an entry, of today or former."""
    bibliography = project.bibliography
    known = [*bibliography.entries, *bibliography.aliases]
    for location, key, owner in _mentions(project):
        if bibliography.resolve(key) is None:
            yield Finding(location, f"there is no entry `{key}`", did_you_mean(key, known), owner)


def _mentions(project: Project) -> Iterator[tuple[Location, str, str | None]]:
    """Every mention of a key outside the source lists, with its place and the entry that makes it."""
    bibliography = project.bibliography
    for key, entry in bibliography.entries.items():
        for kind, keys in entry.relations:
            for number, other in enumerate(keys):
                yield project.locate_entry(key, "relations", kind, number), other, key
    for topic in bibliography.topics:
        for number, key in enumerate(topic.start_here):
            yield project.locate_term("topics", topic.id, "start_here", number), key, None
    for author in bibliography.authors:
        for number, key in enumerate(author.entries):
            yield project.locate_term("authors", author.id, "entries", number), key, None
    for path_id, path in bibliography.paths.items():
        file = project.file(project.reading_path_paths[path_id])
        for number, step in enumerate(path.steps):
            yield file.locate(("steps", number, "entry")), step.entry, None
    for number, decision in enumerate(bibliography.decisions):
        file = project.file(f"{DATA}/decisions.yml")
        for position, key in enumerate(decision.not_same):
            yield file.locate((number, "not_same", position)), key, None


@_check("alias-clash", Severity.ERROR)
def _alias_clash(project: Project) -> Iterator[Finding]:
    """A former key leads to one entry, so it can neither be in use again nor be claimed twice."""
    bibliography = project.bibliography
    for key, entry in bibliography.entries.items():
        for number, alias in enumerate(entry.aliases):
            owner = alias if alias in bibliography.entries else bibliography.aliases[alias]
            if owner != key:
                place = project.locate_entry(key, "aliases", number)
                yield Finding(place, f"`{alias}` already leads to `{owner}`", "keep it in one place", key)


def suspected_duplicates(bibliography: Bibliography) -> Iterator[tuple[str, str, Evidence]]:
    """Pairs of entries that look like one work, save those that ``decisions.yml`` tells apart."""
    index = Index(frozenset(decision.not_same) for decision in bibliography.decisions)
    for key, entry in bibliography.entries.items():
        index.add(key, of_entry(entry))
    yield from index.duplicates()


# -- Entries --------------------------------------------------------------------------------


@_check("shared-identifier", Severity.ERROR)
def _shared_identifier(project: Project) -> Iterator[Finding]:
    """An identifier names one work, so two entries cannot have the same one."""
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, entry in project.bibliography.entries.items():
        for scheme in ("doi", "arxiv", "openreview"):
            if value := getattr(entry, scheme):
                owners[scheme, value].append(key)
    for (scheme, value), keys in owners.items():
        for key in keys[1:]:
            message = f"`{keys[0]}` has the same {identifiers.SCHEMES[scheme].label} {value}"
            hint = f"unite them with `odebib merge {keys[0]} {key}`, or correct one"
            yield Finding(project.locate_entry(key, scheme), message, hint, key)


@_check("duplicate-entry", Severity.WARNING)
def _duplicate_entry(project: Project) -> Iterator[Finding]:
    """Two entries that look like one work split its links, its listings and its citations."""
    for one, other, evidence in suspected_duplicates(project.bibliography):
        first, second = sorted((one, other))
        hint = (
            f"unite them with `odebib merge {first} {second}`, or write into {DATA}/decisions.yml\n"
            f"- not_same: [{first}, {second}]\n  reason: …"
        )
        yield Finding(
            project.locate_entry(second, "title"), f"looks like `{first}`: {evidence.reason}", hint, second
        )


@_check("incomplete-authors", Severity.WARNING)
def _incomplete_authors(project: Project) -> Iterator[Finding]:
    """`others` stands for people who deserve to be named."""
    for key, entry in project.bibliography.entries.items():
        if not entry.authors_complete:
            place = project.locate_entry(key, "authors", len(entry.authors) - 1)
            yield Finding(place, "the list of authors is not complete", "write all authors", key)


@_check("single-name", Severity.WARNING)
def _single_name(project: Project) -> Iterator[Finding]:
    """One word is seldom a person's whole name; `[E, Weinan]` is two people to YAML."""
    for key, entry in project.bibliography.entries.items():
        for number, name in enumerate(entry.people):
            if not name.given and not name.literal:
                hint = 'write given and family name; a group stands in braces and quotes: "{The JAX Team}"'
                place = project.locate_entry(key, "authors", number)
                yield Finding(place, f"`{name}` is only one name", hint, key)


@_check("no-author", Severity.WARNING)
def _no_author(project: Project) -> Iterator[Finding]:
    """A paper has authors; what has none is a website, software or unfinished."""
    for key, entry in project.bibliography.entries.items():
        if not entry.authors and not entry.editors and project.bibliography.type(entry).is_paper:
            yield Finding(project.locate_entry(key, "title"), "has no authors", "add `authors:`", key)


@_check("no-year", Severity.WARNING)
def _no_year(project: Project) -> Iterator[Finding]:
    """A paper cannot be cited without its year."""
    for key, entry in project.bibliography.entries.items():
        if not entry.year and project.bibliography.type(entry).is_paper:
            yield Finding(project.locate_entry(key, "title"), "has no year", "add `year:`", key)


@_check("repeated-author", Severity.WARNING)
def _repeated_author(project: Project) -> Iterator[Finding]:
    """Nobody is an author of one work twice."""
    for key, entry in project.bibliography.entries.items():
        for number, name in enumerate(entry.people):
            if name in entry.people[:number]:
                place = project.locate_entry(key, "authors", number)
                yield Finding(place, f"`{name}` is there already", "delete the line", key)


@_check("year-against-arxiv", Severity.WARNING)
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


@_check("title-case", Severity.WARNING)
def _title_case(project: Project) -> Iterator[Finding]:
    """A title all in capitals says nothing about its case; a closing full stop is no part of it."""
    for key, entry in project.bibliography.entries.items():
        letters = [c for c in entry.title if c.isalpha()]
        if len(letters) > 12 and all(c.isupper() for c in letters):
            hint = "write it as the paper's own page does"
            yield Finding(project.locate_entry(key, "title"), "the title is all in capitals", hint, key)
        if re.search(r"[^.]\.$", entry.title) and not re.search(r"\b\w{1,3}\.$", entry.title):
            yield Finding(
                project.locate_entry(key, "title"), "the title ends in a full stop", "delete it", key
            )


@_check("long-summary", Severity.WARNING)
def _long_summary(project: Project) -> Iterator[Finding]:
    """A summary is one sentence of at most 160 characters, so that lists stay quick to scan."""
    for key, entry in project.bibliography.entries.items():
        if entry.summary and len(entry.summary) > 160:
            message = f"the summary has {len(entry.summary)} characters"
            yield Finding(project.locate_entry(key, "summary"), message, "at most 160", key)


PAPER_HOSTS = frozenset({"arxiv.org", "doi.org", "openreview.net", "dx.doi.org", "proceedings.mlr.press"})


@_check("code-link", Severity.WARNING)
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


@_check("waiver", Severity.WARNING)
def _waiver(project: Project) -> Iterator[Finding]:
    """A waiver must name a check that exists."""
    for key, entry in project.bibliography.entries.items():
        for number, waiver in enumerate(entry.waive):
            if waiver.check not in CHECKS:
                place = project.locate_entry(key, "waive", number, "check")
                yield Finding(
                    place, f"there is no check `{waiver.check}`", did_you_mean(waiver.check, CHECKS)
                )


# -- Records --------------------------------------------------------------------------------


@_check("record-without-entry", Severity.WARNING)
def _record_without_entry(project: Project) -> Iterator[Finding]:
    """What a list holds should be somewhere in the bibliography; nothing listed may be lost."""
    open_records = [
        (source.id, record)
        for source in project.bibliography.lists.values()
        for _, record in source.records()
        if not record.entry
    ]
    if not open_records:
        return
    index = Index()
    for key, entry in project.bibliography.entries.items():
        index.add(key, of_entry(entry))
    for list_id, record in open_records:
        candidates = index.match(of_record(record)).candidates
        message = f"“{record.title or record.text[:60]}” belongs to no entry"
        hint = (
            f"if it is `{candidates[0].key}`, add `entry: {candidates[0].key}`"
            if candidates
            else ("import the list again, or add an entry")
        )
        yield Finding(project.locate_record(list_id, record), message, hint)
        if candidates:
            nearest = candidates[0].key
            place = project.locate_entry(nearest, "title")
            told = (
                f"a record of {project.list_paths[list_id]} comes nearest to this entry, but belongs to none"
            )
            yield Finding(place, told, f"add `entry: {nearest}` to the record “{record.title}”", nearest)


@_check("record-entry", Severity.ERROR)
def _record_entry(project: Project) -> Iterator[Finding]:
    """The `entry` of a record must be there, under its key of today or a former one."""
    known = [*project.bibliography.entries, *project.bibliography.aliases]
    for source in project.bibliography.lists.values():
        for _, record in source.records():
            if record.entry and project.bibliography.resolve(record.entry) is None:
                place = project.locate_record(source.id, record, "entry")
                yield Finding(place, f"there is no entry `{record.entry}`", did_you_mean(record.entry, known))


@_check("record-disagrees", Severity.WARNING)
def _record_disagrees(project: Project) -> Iterator[Finding]:
    """A record and its entry must look like one work; else one of them was changed or mixed up."""
    bibliography = project.bibliography
    works: dict[str, Work] = {}
    for source in bibliography.lists.values():
        for _, record in source.records():
            key = bibliography.resolve(record.entry) if record.entry else None
            if key is None:
                continue
            entry = bibliography.entries[key]
            work = works.setdefault(key, of_entry(entry))
            evidence, verdict = compare(of_record(record), work)
            if verdict == Verdict.DIFFERENT or evidence.difference == Difference.UNRELATED:
                yield from _disagreement(project, source.id, record, entry, evidence.reason)


def _disagreement(
    project: Project, list_id: str, record: Record, entry: Entry, reason: str
) -> Iterator[Finding]:
    place = project.locate_record(list_id, record, "entry")
    title = record.title or record.text[:60]
    yield Finding(
        place, f"“{title}” does not look like `{entry.key}`: {reason}", "correct `entry`", entry.key
    )
    told = f"{project.list_paths[list_id]} lists this as “{title}”, which does not look like it: {reason}"
    heal = f"if it is the same work, keep that title under\nother_titles:\n  - {title}"
    yield Finding(project.locate_entry(entry.key, "title"), told, heal, entry.key)


def of_paths(problems: Sequence[Problem], paths: Sequence[str]) -> list[Problem]:
    """The problems in some files or folders, given relative to the root."""
    wanted = [path.rstrip("/") for path in paths]
    return [
        p
        for p in problems
        if any(p.location.path == w or p.location.path.startswith(w + "/") for w in wanted)
    ]

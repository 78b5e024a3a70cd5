"""What people hand in through a form: a finished entry or a correction, turned into a change of files.

A form is filled in by strangers, so nothing of it is believed: an entry is
written only if it can be read, is legal and is not here yet; a correction only
if the entry is better for it or at least not worse.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from odebib.editing import drafting, fixing
from odebib.errors import Problem, UsageError, did_you_mean
from odebib.matching import competing
from odebib.matching.index import Index
from odebib.matching.works import of_entry
from odebib.model import fields
from odebib.model.entry import Entry, Links
from odebib.project import formatting, spelling
from odebib.project.store import DATA, Project
from odebib.project.validation import validate
from odebib.text import citekeys, names
from odebib.yamlio import reader, writer

OURS = frozenset({"aliases", "added", "verified", "waive", "retracted"})
"""Fields that no stranger sets: they say what was published, looked at, silenced and withdrawn."""
NOT_CORRECTED = OURS | {"versions", "relations"}
"""Fields that are not corrected through a form: what they mean needs more than one value."""
RE_SCHEMA = re.compile(
    r"^[^\S\n]*#[^\n]*(?:yaml-language-server|\$schema)[^\n]*\n?", re.MULTILINE | re.IGNORECASE
)
"""The line that tells editors which schema to fetch."""
TEXT_LIMIT = 100_000
"""No entry is longer."""


@dataclass(frozen=True)
class Result:
    """What became of something handed in."""

    said: str
    """A sentence for whoever handed it in."""
    key: str | None = None
    path: str | None = None
    """The file to be written, relative to the root; None if nothing is."""
    text: str = ""
    problems: tuple[Problem, ...] = ()

    def write(self, project: Project) -> list[str]:
        """Write the file, which replaces none if the entry is new; the paths that changed."""
        put = writer.write if self.key in project.entry_paths else writer.create
        if self.path and put(project.root / self.path, self.text):
            return [self.path]
        return []


def add(project: Project, text: str, today: datetime.date) -> Result:
    """A finished entry as YAML, without its key; it gets the one that the rule proposes."""
    bibliography = project.bibliography
    if len(text) > TEXT_LIMIT:
        return Result("This is longer than any entry can be.")
    text = RE_SCHEMA.sub("", text)
    spell = spelling.of_model(bibliography, Entry)
    mended = fixing.fixed_entry(text, "x", spell)
    file = reader.read("the entry", mended)
    entry, problems = validate(Entry, file, (), key="x")
    if entry is None or not isinstance(file.data, dict):
        return Result("This cannot become an entry yet.", problems=(*file.problems, *problems))
    if owned := OURS & file.data.keys():
        named = ", ".join(f"`{name}`" for name in sorted(owned))
        return Result(f"Only who looks after the bibliography sets {named}; leave it out.")
    if not (entry.authors or entry.arxiv or entry.doi or entry.openreview or entry.url):
        return Result("An entry needs a title, authors, a year, and one of `arxiv`, `doi` and `url`.")
    known = _already_here(project, entry)
    if known:
        return Result(f"This is already here: `{known}`.", known)
    taken = {
        *bibliography.entries,
        *project.entry_paths,
        *bibliography.aliases,
        *drafting.published_keys(project),
    }
    key = citekeys.propose(entry.title, [*entry.people], entry.year, group=entry.venue or "", taken=taken)
    stated = drafting.SCHEMA_LINE.format(SCHEMA) + mended
    dated = writer.set_field(stated, ("added",), today.isoformat(), fields.order(Entry))
    whole = formatting.format_text(dated, Entry, spell)
    return Result(f"New entry `{key}`.", key, f"{DATA}/entries/{key}.yml", whole)


SCHEMA = "../../schema/entry.json"


def _already_here(project: Project, entry: Entry) -> str | None:
    index = Index()
    for key, other in project.bibliography.entries.items():
        index.add(key, of_entry(other))
    match = competing.match(index, of_entry(entry))
    return match.key if match.is_sure else None


def correct(project: Project, key: str, field: str, value: str) -> Result:
    """Another value for a field of an entry, as ``year`` or ``links.code``.

    Raises:
        UsageError: there is no such entry or field, or it is one that only the program sets.
    """
    found = project.bibliography.resolve(key)
    if found is None:
        raise UsageError(f"there is no entry `{key}`", did_you_mean(key, project.bibliography.entries))
    where = _where(field)
    path = project.entry_paths[found]
    before = project.file(path).text
    written = _as_written(where, value)
    text = writer.set_field(before, where, written, fields.order(Entry))
    text = fixing.fixed_entry(text, found, spelling.of_model(project.bibliography, Entry))
    _, problems = validate(Entry, reader.read(path, text), (), key=found)
    if problems:
        return Result(f"`{field}` of `{found}` cannot be so.", found, problems=tuple(problems))
    if text == before:
        return Result(f"`{found}` says so already.", found)
    return Result(f"Corrects `{field}` of `{found}`.", found, path, text)


def _where(field: str) -> tuple[str, ...]:
    name, _, inner = field.strip().lower().replace(" ", "_").partition(".")
    known = [name for name in fields.order(Entry) if name not in NOT_CORRECTED]
    if name not in known:
        raise UsageError(f"`{field}` is no field to correct", did_you_mean(name, known))
    if (name == "links") != bool(inner) or (inner and inner not in fields.order(Links)):
        kinds = ", ".join(f"`links.{kind}`" for kind in fields.order(Links))
        raise UsageError(f"`{field}` is no field to correct", f"a link is one of {kinds}")
    return (name, inner) if inner else (name,)


def _as_written(where: Sequence[str], value: str) -> str | list[str]:
    """A value as a file holds it: a list for a field that may hold several."""
    text = value.strip()
    if where[-1] in {"authors", "editors"}:
        lines = [line.strip().removeprefix("- ").strip() for line in text.split("\n") if line.strip()]
        people = lines if len(lines) > 1 else fixing.people_of_line(text) or lines
        return [names.parse(person).written for person in people]
    if fields.kind_of(Entry, where[0]).endswith("a list"):
        return [item.strip() for item in text.replace("\n", ",").strip("[]").split(",") if item.strip()]
    return text

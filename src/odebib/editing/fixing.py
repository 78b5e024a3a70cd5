"""Safe fixes: what a check found and what must be written instead, where that is certain.

Each fix is a small change of a file's text, so that comments and everything
else stay as they are. It is kept only if the file has fewer problems with it,
or says the same in its canonical spelling; a second run finds nothing to do.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from odebib.checks.entries import ends_in_full_stop, hidden_identifier
from odebib.errors import Severity, near_misses
from odebib.matching import competing, merging
from odebib.matching.index import Index
from odebib.matching.works import of_entry, of_record
from odebib.model import fields
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.model.record import Record, SourceList
from odebib.project import spelling, store
from odebib.project.spelling import Spell
from odebib.project.store import DATA, Project
from odebib.project.validation import FOREIGN_FIELDS, validate
from odebib.sources.citations import author_line
from odebib.text import identifiers
from odebib.text.names import split_people
from odebib.yamlio import faults, reader, tree, writer

ROUNDS = 5
"""A mended line may show the next mistake; after so many rounds the rest is for a person."""

FAULTS_LIMIT = 20
"""After so many unreadable lines a file is no YAML at all."""

RE_INVISIBLE = re.compile(
    "[\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\U000e0000-\U000e007f]|(?<!^)\ufeff"
)
"""Characters without width, which come with pasted text and mean nothing in it."""


@dataclass(frozen=True)
class Fixed:
    """A file before and after."""

    path: str
    before: str
    after: str

    def diff(self) -> str:
        """What changed, as a unified diff."""
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), f"a/{self.path}", f"b/{self.path}", lineterm=""
        )
        return "\n".join(lines)


def fix(root: Path, wanted: Callable[[str], bool] = lambda path: True) -> list[Fixed]:
    """Mend what can be mended in the files that are ``wanted``, and write them."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for _ in range(ROUNDS):
        changed = False
        for path, old, new in _mended_files(store.load(root), wanted):
            if new != old:
                changed = True
                before.setdefault(path, old)
                after[path] = new
                writer.write(root / path, new)
        if not changed:
            break
    return [Fixed(path, before[path], after[path]) for path in sorted(after)]


def _mended_files(project: Project, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str, str]]:
    """Every file with its text as it is and as it would be."""
    for path, mend in _menders(project):
        if not wanted(path):
            continue
        try:
            text = (project.root / path).read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            continue  # told by reading, and nothing to mend
        yield path, text, mend(text)


def _menders(project: Project) -> Iterator[tuple[str, Callable[[str], str]]]:
    """For every file what mends it."""
    spell = spelling.of_model(project.bibliography, Entry)
    for key, path in project.entry_paths.items():
        yield path, partial(fixed_entry, key=key, spell=spell)
    entries = _entries_of_records(project)
    for list_id, path in project.list_paths.items():
        yield path, partial(_fixed_list, entries=entries.get(list_id, ()), bibliography=project.bibliography)
    for name in ("topics", "tags", "venues", "words", "authors", "decisions"):
        if (project.root / DATA / f"{name}.yml").is_file():
            yield f"{DATA}/{name}.yml", readable
    for path in project.reading_path_paths.values():
        yield path, readable


def _fixed_list(
    text: str, entries: Iterable[tuple[tuple[str | int, ...], str]], bibliography: Bibliography
) -> str:
    text = readable(text)
    if not _can_be_read(text):
        return text
    for steps, key in entries:
        text = writer.set_field(text, (*steps, "entry"), key, tuple(Record.model_fields))
    return _spelt(text, spelling.of_model(bibliography, SourceList))


def _can_be_read(text: str) -> bool:
    """Whether YAML can read it, so that it can be changed by its places."""
    try:
        tree.compose(text.removeprefix("\ufeff"))
    except yaml.YAMLError:
        return False
    return True


# -- YAML ------------------------------------------------------------------------------------


def readable(text: str) -> str:
    """``text`` with every line that YAML refuses as the hint shows it, if all of them can be mended."""
    mended = RE_INVISIBLE.sub("", text)
    for _ in range(FAULTS_LIMIT):
        body = tree.without_rare_breaks(mended.removeprefix("\ufeff"))
        try:
            tree.compose(body)
            return mended
        except yaml.MarkedYAMLError as error:
            fault = faults.explain(body.replace("\r\n", "\n").replace("\r", "\n"), error)
            if fault.mended in (None, mended):
                return text
            mended = str(fault.mended)
        except (yaml.YAMLError, ValueError, tree.TooDeepError, RecursionError):
            return text
    return text


# -- Entries ---------------------------------------------------------------------------------

Fields = dict[str, Any]
Rule = Callable[[str, Fields], str]
"""From the text of an entry and its fields to the text with one kind of mistake mended."""


def fixed_entry(text: str, key: str, spell: Spell) -> str:
    """The text of an entry with every mistake mended of which it is certain what was meant."""
    mended = readable(text)
    if mended != text and _weight(mended, key) > _weight(text, key):
        mended = text
    data = _data(mended)
    for rule in RULES if isinstance(data, dict) else ():
        changed = rule(mended, data)
        if changed != mended and _weight(changed, key) <= _weight(mended, key):
            mended, data = changed, _data(changed)
    return _spelt(mended, spell)


def _data(text: str) -> Any:
    """What a text holds, if YAML itself can read it."""
    file = reader.read("", text)
    return None if any(problem.code in UNREADABLE for problem in file.problems) else file.data


UNREADABLE = frozenset({"yaml-syntax", "yaml-depth"})
"""Problems of a text that is to be left alone: its places are not those that were read."""


def _weight(text: str, key: str) -> int:
    """How many errors reading finds; a file that YAML cannot read has more than any other."""
    file = reader.read("", text)
    if file.data is None:
        return 10**6
    errors = sum(problem.severity == Severity.ERROR for problem in file.problems)
    _, problems = validate(Entry, file, (), key=key)
    return errors + len(problems)


def _names(text: str, data: Fields) -> str:
    """Fields under another name than theirs, where only one can be meant and it is free."""
    known = fields.order(Entry)
    for name in [name for name in data if name not in known]:
        meant = FOREIGN_FIELDS.get(name.lower()) or next(iter(_only(near_misses(name, known))), "")
        field, _, inner = meant.partition(":\n  ")
        if inner and isinstance(data[name], str) and inner not in (data.get(field) or {}):
            text = writer.delete_field(text, (name,))
            text = writer.set_field(text, (field, inner), data[name], known)
        elif field and not inner and field not in data:
            text = writer.rename_field(text, (name,), field)
            data = {**data, field: data[name]}
    return text


def _only(found: Sequence[str]) -> Sequence[str]:
    return found if len(found) == 1 else ()


def _people(text: str, data: Fields) -> str:
    """Lines of several people, and one person in brackets."""
    for name in ("authors", "editors"):
        value = data.get(name)
        if isinstance(value, str):
            people = people_of_line(value)
            text = writer.set_field(text, (name,), people) if people else text
            continue
        for number, item in reversed(list(enumerate(value if isinstance(value, list) else ()))):
            if isinstance(item, str) and (people := people_of_line(item)):
                text = writer.replace_item(text, (name, number), people)
            elif isinstance(item, list) and len(item) == 2 and all(isinstance(part, str) for part in item):
                text = writer.set_field(text, (name, number), ", ".join(item))
    return text


def people_of_line(text: str) -> list[str]:
    """The people of a line that holds several; none where it is one person, or it is not certain who.

    >>> people_of_line("Ricky T. Q. Chen, Yulia Rubanova and others")
    ['Ricky T. Q. Chen', 'Yulia Rubanova', 'others']
    >>> people_of_line("Chen, R., Rubanova, Y.")
    ['Chen, R.', 'Rubanova, Y.']
    >>> people_of_line("García Márquez, Gabriel José"), people_of_line("{Smith, Miller and Sons}")
    ([], [])
    """
    if text.startswith("{") or not re.search(r",|;| and | & |\bet\.? +al\b", text):
        return []
    people = split_people(text)
    initials_last = all(re.search(r" [A-Z]{1,3}$", person) for person in people)
    if initials_last or " al" in text or any(" " not in person and person != "others" for person in people):
        people = author_line.read_people(text) or []
    return people if len(people) > 1 else []


def _addresses(text: str, data: Fields) -> str:
    """Addresses without their beginning."""
    links = data.get("links") if isinstance(data.get("links"), dict) else {}
    places: dict[tuple[str, ...], Any] = {("url",): data.get("url")}
    places |= {("links", kind): url for kind, url in (links or {}).items()}
    for where, value in places.items():
        for steps, url in _values(value, where):
            if re.match(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+/|www\.[\w-]+(?:\.[\w-]+)+$", url):
                text = writer.set_field(text, steps, f"https://{url}")
    return text


def _arxiv_doi(text: str, data: Fields) -> str:
    """arXiv's own DOI, which is another spelling of the arXiv id."""
    doi = data.get("doi")
    found = identifiers.doi(doi) if isinstance(doi, str) else None
    if found is None or not found.startswith(identifiers.ARXIV_DOI_PREFIX):
        return text
    return _moved(text, data, "doi", "arxiv", identifiers.arxiv(found))


def _hidden_identifiers(text: str, data: Fields) -> str:
    """An address that is an identifier."""
    hidden = hidden_identifier(str(data.get("url") or ""))
    return _moved(text, data, "url", *hidden) if hidden else text


def _moved(text: str, data: Fields, old: str, new: str, value: str | None) -> str:
    stated = data.get(new)
    normalise = identifiers.SCHEMES[new].normalise
    if not value or (stated and (not isinstance(stated, str) or normalise(stated) != value)):
        return text
    text = writer.delete_field(text, (old,))
    return text if stated else writer.set_field(text, (new,), value, fields.order(Entry))


def _preprint_venue(text: str, data: Fields) -> str:
    """A preprint server as venue, where the arXiv id says as much."""
    venue = data.get("venue")
    if isinstance(venue, str) and venue and data.get("arxiv") and merging.is_preprint_server(venue):
        return writer.delete_field(text, ("venue",))
    return text


def _title(text: str, data: Fields) -> str:
    """A full stop behind the title."""
    title = data.get("title")
    if isinstance(title, str) and ends_in_full_stop(title):
        return writer.set_field(text, ("title",), title.rstrip()[:-1])
    return text


RULES: tuple[Rule, ...] = (
    _names,
    _people,
    _addresses,
    _arxiv_doi,
    _hidden_identifiers,
    _preprint_venue,
    _title,
)
"""What is mended in an entry, in this order."""


def _spelt(text: str, spell: Spell) -> str:
    """The text with every value in its canonical spelling."""
    for where, value in _values(_data(text), ()):
        canonical = spell(where, value)
        if canonical != value:
            text = writer.set_field(text, where, canonical)
    return text


def _values(node: Any, where: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _values(value, (*where, name))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _values(value, (*where, number))
    elif isinstance(node, str):
        yield where, node


# -- Records ---------------------------------------------------------------------------------


def _entries_of_records(project: Project) -> dict[str, list[tuple[tuple[str | int, ...], str]]]:
    """The records without entry that match one without doubt: their places and keys, by list."""
    bibliography = project.bibliography
    waiting = [
        (source.id, record)
        for source in bibliography.lists.values()
        for _, record in source.records()
        if not record.entry
    ]
    found: dict[str, list[tuple[tuple[str | int, ...], str]]] = {}
    if not waiting:
        return found
    index = Index()
    for key, entry in bibliography.entries.items():
        index.add(key, of_entry(entry))
    for list_id, record in waiting:
        match = competing.match(index, of_record(record))
        if match.is_sure and match.key:
            found.setdefault(list_id, []).append((project.record_steps(record), match.key))
    return found

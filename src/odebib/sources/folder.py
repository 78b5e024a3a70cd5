"""Folders: file by file, each by the reader that it needs; a note beside a `cite.bib` is one work with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from odebib.errors import FormatError, UsageError
from odebib.model.record import Record
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood

ReadFile = Callable[[Path], Found]
"""How one file is read, whatever it is."""

NOTES = frozenset({".md", ".markdown", ".qmd", ".mdx", ".rmd"})
CITE = "cite.bib"
"""What Hugo's academic theme calls the reference beside a note."""
PASSED_OVER = frozenset(
    {"node_modules", "__pycache__", "_site", "public", "site", "templates", "attachments"}
)
"""Folders that hold no sources."""
OF_THE_SITE = frozenset({"_index.md", "_index.html", "license.md", "contributing.md", "changelog.md"})
MOST = 20_000
"""So many files are read of one folder."""


@dataclass
class _Folder:
    """What has been found in a folder so far."""

    found: Found
    sections: dict[tuple[str, ...], FoundSection] = field(default_factory=dict)
    taken: dict[str, bool] = field(default_factory=dict)
    left: dict[str, bool] = field(default_factory=dict)
    passed: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)


def read(folder: Path, name: str, read_file: ReadFile, endings: frozenset[str]) -> Found:
    """The records of all files of a folder and of those within it, in sections by folder.

    A file that no reader knows stands under ``not_understood``; files with endings that no reader
    has are counted. ``endings`` are those that readers have.

    Raises:
        UsageError: the folder holds nothing that is read, or more files than a list has.
    """
    files = list(_files(folder))
    if len(files) > MOST:
        raise UsageError(f"{folder} holds more than {MOST} files", "name the folder that holds the sources")
    reading = _Folder(Found(name=name, kind="a folder", unit="work"))
    notes = sum(path.suffix.lower() in NOTES for path in files)
    for path in files:
        if path.suffix.lower() not in endings:
            reading.passed[path.suffix or path.name] += 1
        elif path.name != CITE or not _note_beside(path):
            _read_file(path, folder, read_file, reading, among_notes=notes > len(files) // 2 and notes > 1)
    found = reading.found
    found.sections = [section for section in reading.sections.values() if section.records]
    found.has_headings = len(found.sections) > 1
    found.taken, found.left_out = tuple(reading.taken), tuple(reading.left)
    found.remarks = [*reading.remarks, *_passed(reading.passed)]
    if not found.sections and not found.not_understood:
        raise UsageError(
            f"{folder} holds no file that is read", "name a file, or a folder of notes or exports"
        )
    return found


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those below it, in order, without what is hidden; links lead nowhere."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            if path.name.lower() not in PASSED_OVER:
                yield from _files(path)
        elif path.name.lower() not in OF_THE_SITE:
            yield path


def _note_beside(cite: Path) -> bool:
    return any((cite.parent / f"index{ending}").is_file() for ending in NOTES)


def _read_file(path: Path, folder: Path, read_file: ReadFile, reading: _Folder, *, among_notes: bool) -> None:
    where = path.relative_to(folder)
    try:
        found = read_file(path)
    except FormatError as error:
        reason = error.message.removeprefix(f"{path}: ")
        reading.found.not_understood.append(NotUnderstood(1, where.as_posix(), reason))
        return
    is_note = found.unit == "work" and path.suffix.lower() in NOTES
    if among_notes and path.suffix.lower() in NOTES and not is_note:
        reason = "its front matter says of no work what it is"
        reading.found.not_understood.append(NotUnderstood(1, where.as_posix(), reason))
        return
    if is_note:
        _add_note(path, folder, found, read_file, reading)
    else:
        for titles, item in found.records():
            inner = titles if found.has_headings else ()
            _section((*where.parent.parts, path.stem, *inner), reading).records.append(item)
    reading.found.not_understood += [
        NotUnderstood(item.line, f"{where.as_posix()}: {item.text}", item.reason)
        for item in found.not_understood
    ]
    reading.taken |= dict.fromkeys(found.taken, True)
    reading.left |= dict.fromkeys(found.left_out, True)
    reading.remarks.update(filter(None, (found.doubt, *found.remarks)))


def _add_note(path: Path, folder: Path, found: Found, read_file: ReadFile, reading: _Folder) -> None:
    """The work of a note; what a `cite.bib` beside it says goes before."""
    is_index = path.stem.split(".")[0] == "index"
    if is_index and path.stem != "index" and (path.parent / f"index{path.suffix}").is_file():
        return  # the same in another language
    place = path.parent.parent if is_index and path.parent != folder else path.parent
    own = path.parent.name if is_index else path.stem
    cite = path.parent / CITE
    better = [item.record for _, item in read_file(cite).records()] if is_index and cite.is_file() else []
    for _, item in found.records():
        record = _united(better[0], item.record) if better else item.record
        if not record.source_id and " " not in own:
            record = record.model_copy(update={"source_id": own})
        _section(place.relative_to(folder).parts, reading).records.append(FoundRecord(item.line, record))


def _united(better: Record, other: Record) -> Record:
    """One record with the gaps of another filled."""
    gaps = {
        name: value
        for name, value in other
        if name != "text" and value and not getattr(better, name) and name not in {"venue", "type"}
    }
    links = {kind: urls for kind, urls in other.links if urls} | {
        kind: urls for kind, urls in better.links if urls
    }
    return better.model_copy(update={**gaps, "links": better.links.model_copy(update=links)})


def _section(titles: tuple[str, ...], reading: _Folder) -> FoundSection:
    if titles not in reading.sections:
        reading.sections[titles] = FoundSection(" / ".join(titles) or reading.found.name)
    return reading.sections[titles]


def _passed(passed: Counter[str]) -> list[str]:
    if not passed:
        return []
    return [f"not read: {', '.join(f'{number} {ending}' for ending, number in passed.most_common(8))}"]

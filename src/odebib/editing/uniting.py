"""Changing entries that are there: uniting two of them, with comments and all that points at them."""

from __future__ import annotations

from odebib.matching import merging
from odebib.project.store import Project
from odebib.yamlio import writer


def merge(project: Project, kept: str, other: str) -> list[str]:
    """Unite the entry ``other`` into ``kept``; the paths that changed.

    The kept file is written first and the other one deleted last, so that an
    interruption loses nothing and the same command completes it.
    """
    changed: list[str] = []
    kept_file, other_file = project.file(project.entry_paths[kept]), project.file(project.entry_paths[other])
    united = merging.unite_entries(kept, kept_file.data, other, other_file.data)
    text = kept_file.text
    for name, value in united.items():
        if kept_file.data.get(name) != value:
            text = writer.set_field(text, (name,), value, merging.ENTRY_ORDER)
    for name in kept_file.data:
        if name not in united:
            text = writer.delete_field(text, (name,))
    text = _with_comments(text, other_file.text, other)
    _write(project, project.entry_paths[kept], text, changed)
    for list_id in project.bibliography.lists:
        _redirect_records(project, list_id, kept, other, changed)
    (project.root / project.entry_paths[other]).unlink()
    return [*changed, project.entry_paths[other]]


def _write(project: Project, path: str, text: str, changed: list[str]) -> None:
    if writer.write(project.root / path, text):
        changed.append(path)


def _with_comments(text: str, other: str, key: str) -> str:
    """The text with the other file's own comments at its end, for a person to place."""
    comments = [
        line.strip()
        for line in other.splitlines()
        if line.lstrip().startswith("#") and "yaml-language-server" not in line and line.strip() not in text
    ]
    if not comments:
        return text
    return text.rstrip("\n") + "\n" + "\n".join([f"# From {key}:", *comments]) + "\n"


def _redirect_records(project: Project, list_id: str, kept: str, other: str, changed: list[str]) -> None:
    """Records of the other entry belong to the kept one from now on."""
    path = project.list_paths[list_id]
    text = project.file(path).text
    for _, record in project.bibliography.lists[list_id].records():
        if record.entry == other:
            steps = project.record_steps(record)
            text = writer.set_field(text, (*steps, "entry"), kept)
    _write(project, path, text, changed)

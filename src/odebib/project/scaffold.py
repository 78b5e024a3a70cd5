"""A new project: the files that every bibliography begins with."""

from __future__ import annotations

from pathlib import Path

import odebib
from odebib.errors import UsageError
from odebib.model import schemas
from odebib.project.templates import layered, template_folders
from odebib.yamlio import writer

VOCABULARIES = {
    "topics": "The category tree: id, name, a sentence, parent, start_here.",
    "tags": "The badges: id, name, a sentence, colour, icon.",
    "venues": "Conferences and journals: id, short, name, kind, spellings.",
    "words": "proper_nouns whose capitals BibTeX must keep, and abbreviations.",
    "decisions": "Entries that look alike but are not the same: - {not_same: [key, key], reason: …}",
}
"""The files of ``data/`` with what their first lines say."""

MKDOCS = """\
# The website's frame: its name and palette. Pages come from data/ and templates/.
site_name: {name}
# site_description: >-
#   A curated bibliography of …
# site_url: https://example.org/

# `mkdocs build` would replace the website by an empty frame; the hook ends it before it begins.
docs_dir: data
hooks:
  - .mkdocs_hook.py

theme:
  name: material
"""


INSTALL = 'python -m pip install "odebib=={version}"'
"""How the workflows of a project install the program: from a release."""


def workflow_files(root: Path, install: str = INSTALL) -> dict[str, str]:
    """The files by which a project is checked, built and refreshed, on GitHub and here, by their paths."""
    version = odebib.__version__
    words = {"@INSTALL@": install.format(version=version), "@VERSION@": version}
    found = {}
    for name, path in layered(template_folders(root), "project").items():
        if name == "README.md":
            continue
        text = path.read_text(encoding="utf-8")
        for sign, word in words.items():
            text = text.replace(sign, word)
        found[f".{name}"] = text
    return found


def make(folder: Path, name: str | None = None) -> None:
    """Make an empty bibliography in ``folder``, which must not hold one.

    Raises:
        UsageError: there is something in the folder already.
    """
    if (folder / "data").exists():
        raise UsageError(f"{folder} already holds a bibliography", "choose another folder")
    if folder.is_dir() and any(path.name != ".git" for path in folder.iterdir()):
        raise UsageError(f"{folder} is not empty", "choose another folder")
    for kind in ("entries", "lists", "paths"):
        (folder / "data" / kind).mkdir(parents=True)
    for kind, comment in VOCABULARIES.items():
        head = f"# yaml-language-server: $schema=../schema/{kind}.json\n# {comment}\n"
        writer.create(folder / "data" / f"{kind}.yml", head)
    title = writer.emit({"site_name": name or folder.resolve().name}).strip()
    writer.create(folder / "mkdocs.yml", MKDOCS.replace("site_name: {name}", title))
    writer.create(folder / ".gitignore", ".cache/\n")
    writer.create(folder / ".gitattributes", "data/published.txt merge=union\n")
    writer.create(folder / "site" / ".gitignore", "*\n!.gitignore\n")
    for kind in schemas.SCHEMAS:
        writer.create(folder / "schema" / f"{kind}.json", schemas.text(kind))
    for path, text in workflow_files(folder).items():
        writer.create(folder / path, text)

"""Small projects, written for one test each."""

from __future__ import annotations

from pathlib import Path

from odebib.project import store
from odebib.project.store import Project

VOCABULARIES = {
    "topics.yml": """
- id: neural-odes
  name: Neural ODEs
  spellings: [Neural Ordinary Differential Equations]
- id: theory
  name: Theory
""",
    "tags.yml": """
- id: images
  name: images
  spellings: [IC]
""",
    "venues.yml": """
- id: neurips
  short: NeurIPS
  name: Advances in Neural Information Processing Systems
  spellings: [NIPS]
- id: jmlr
  short: JMLR
  name: Journal of Machine Learning Research
  kind: journal
""",
}
"""Vocabularies that most tests need."""

CHEN = """
# A comment that must survive.
title: Neural Ordinary Differential Equations
authors:
  - Ricky T. Q. Chen
  - Yulia Rubanova
year: 2018
venue: NeurIPS
arxiv: 1806.07366
topics: [neural-odes]
tags: [images]
"""
"""An entry of which nothing is missing."""


def make(root: Path, files: dict[str, str]) -> Path:
    """Write ``files`` (paths below ``data/``) and the vocabularies into a project; its root."""
    for name, text in {**VOCABULARIES, **files}.items():
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return root


def load(root: Path) -> Project:
    """The project, which must be free of errors of reading."""
    project = store.load(root)
    assert project.problems == ()
    return project


def snapshot(root: Path) -> dict[str, str]:
    """Everything below ``data/``, to see what changed."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((root / "data").rglob("*"))
        if path.is_file()
    }

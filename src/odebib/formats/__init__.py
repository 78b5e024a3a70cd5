"""The formats that the bibliography is given out in: one small file a format.

A format is a function from a bibliography and some of its keys to text; `FORMATS` gathers them.
Imports `model`, `text`, `errors`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from odebib.formats import awesome, biblatex, bibtex, csl_json, csv, json, markdown, ris, text


@dataclass(frozen=True)
class Format:
    """A format: its name in commands, the ending of its files, and the function that writes it."""

    name: str
    ending: str
    render: Callable[..., str]
    """From a bibliography and keys; options have defaults."""
    options: frozenset[str] = frozenset()
    """The options that ``render`` takes besides."""


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("bibtex", ".bib", bibtex.render, frozenset({"venues", "abstracts"})),
        Format("biblatex", ".biblatex.bib", biblatex.render, frozenset({"venues", "abstracts"})),
        Format("csl-json", ".csl.json", csl_json.render, frozenset({"venues"})),
        Format("ris", ".ris", ris.render, frozenset({"venues"})),
        Format("csv", ".csv", csv.render),
        Format("json", ".json", json.render),
        Format("markdown", ".md", awesome.render, frozenset({"source_list"})),
        Format("markdown-citation", ".citation.md", markdown.render),
        Format("text", ".txt", text.render, frozenset({"style"})),
    )
}
"""Every format by its name; the endings make the addresses of a page's downloads."""

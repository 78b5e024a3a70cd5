"""The formats that the bibliography is given out in: one small file a format.

A format is a function from a bibliography and some of its keys to text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from odebib.formats import bibtex, json


@dataclass(frozen=True)
class Format:
    """A format: its name in commands, the ending of its files, and the function that writes it."""

    name: str
    ending: str
    render: Callable[..., str]


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("bibtex", ".bib", bibtex.render),
        Format("json", ".json", json.render),
    )
}
"""Every format by its name."""

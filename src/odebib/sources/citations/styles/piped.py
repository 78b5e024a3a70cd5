"""Fields between bars, as tables are pasted."""

from __future__ import annotations

import re

from odebib.sources.citations.author_line import read_people
from odebib.sources.citations.imprint import is_imprint, read_imprint
from odebib.sources.citations.style import Context, Fields, Style
from odebib.sources.citations.words import YEAR

RE_BEGINS = re.compile(rf"{YEAR}\s+\|\s")
"""A year and a bar: a row of such a table."""


def read(text: str, context: Context) -> Fields:
    """``2018 | Title | People | Venue``, as tables are pasted."""
    parts = [part.strip() for part in re.split(r"\s+\|\s+", text) if part.strip()]
    if len(parts) < 3:
        return {}
    fields: Fields = {}
    for part in sorted(parts, key=len):
        if people := read_people(part) if "authors" not in fields else None:
            fields["authors"] = people
        elif is_imprint(part) and len(part.split()) < 10 and (found := read_imprint(part)):
            fields |= found
        elif len(part) > len(fields.get("title", "")):
            fields["title"] = part
    return fields


STYLE = Style(
    "piped",
    "2017 | Stable architectures for deep networks | E. Haber, L. Ruthotto | Inverse Problems",
    read,
    begins=RE_BEGINS.match,
)

"""APA, ACM, Harvard: the year behind the people."""

from __future__ import annotations

import re

from odebib.sources.citations.author_line import leading_people, read_people
from odebib.sources.citations.style import Context, Fields, Style
from odebib.sources.citations.titles import title_and_imprint
from odebib.sources.citations.words import YEAR


def read(text: str, context: Context) -> Fields:
    """APA, ACM, Harvard: ``People (year). Title. Venue …`` and ``People. year. Title. Venue``."""
    match = re.search(
        rf"(?:[(\[]({YEAR})[a-z]?(?:,\s*\w+(?:\s\d+)?)?[)\]]|(?<=[.,])\s({YEAR})[a-z]?\.)[.,:]?\s+(?=\S)",
        text[:3000],
    )
    if not match or not match.start():
        return {}
    head = text[: match.start()].strip(" ,")
    people = [head] if re.fullmatch(r"[A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?", head) else read_people(head)
    if people is None and (found := leading_people(f"{head.rstrip('.')}. x")) and found[1] == "x":
        people = found[0]
    if not people:
        return {}
    fields: Fields = {"authors": people, "year": int(match[1] or match[2])}
    return title_and_imprint(text[match.end() :]) | fields


STYLE = Style(
    "dated", "Haber, E., & Ruthotto, L. (2017). Stable architectures. Inverse Problems, 34(1), 014004.", read
)

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
    people = people or _family_and_initials(head)
    if not people:
        return {}
    fields: Fields = {"authors": people, "year": int(match[1] or match[2])}
    return title_and_imprint(text[match.end() :]) | fields


RE_BEGINS = re.compile(rf"[^\W\d_][\w’'-]+(?:\s[\w’'-]+)?,\s[^\W\d_]\.[^()]{{0,600}}?\({YEAR}")
"""``Lee, K. …, & Roe, J. (2019``."""
RE_FAMILY_INITIALS = re.compile(r"[^\W\d_][^,()]{1,40},\s(?:[^\W\d_]\.[\s-]?){1,5}")


def _family_and_initials(text: str) -> list[str] | None:
    """People of whom each is a family name and initials, even small ones: ``Finn, v. d. K.``"""
    parts = re.split(r"(?<=\.),?\s+(?:&|and)\s+|(?<=\.),\s+(?:&\s+)?", text)
    return parts if all(RE_FAMILY_INITIALS.fullmatch(part) for part in parts) else None


STYLE = Style(
    "dated",
    "Haber, E., & Ruthotto, L. (2017). Stable architectures. Inverse Problems, 34(1), 014004.",
    read,
    begins=RE_BEGINS.match,
)

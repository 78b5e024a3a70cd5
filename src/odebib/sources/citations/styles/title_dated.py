"""The title, its year in brackets, then the people: ``Mask networks (2017), K. Lee et al.``"""

from __future__ import annotations

import re

from odebib.sources.citations.author_line import read_people
from odebib.sources.citations.style import Context, Fields, Style
from odebib.sources.citations.words import CUT, YEAR

RE_TITLE_YEAR = re.compile(
    rf"(?P<title>.{{4,300}}?)[\s,]*\((?P<year>{YEAR})\)[,.:;]?\s+(?:by\s+)?(?P<people>.{{4,600}})"
)


def read(text: str, context: Context) -> Fields:
    """A title that ends at a year in brackets with nothing but people behind it."""
    match = RE_TITLE_YEAR.fullmatch(text.rstrip(f" ,;{CUT}"))
    people = read_people(match["people"].strip(f" {CUT}")) if match else None
    if not match or not people or (read_people(match["title"]) and "," in match["title"]):
        return {}
    return {"title": match["title"], "year": int(match["year"]), "authors": people}


STYLE = Style("title-dated", "Mask networks for scenes (2017), K. Lee et al.", read)

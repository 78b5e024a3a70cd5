"""Vancouver, as medicine writes it: ``People. Title. Journal. Year;volume(issue):pages.``"""

from __future__ import annotations

import re

from odebib.sources.citations.author_line import leading_people
from odebib.sources.citations.imprint import read_imprint
from odebib.sources.citations.style import Context, Fields, Style
from odebib.sources.citations.words import YEAR
from odebib.sources.records import as_group

RE_JOURNAL = re.compile(
    rf"(?P<journal>[^\W\d_][^;.?!]{{1,120}}(?:\.\s[^;.?!]{{1,60}}){{0,4}}?)\.?\s+(?P<date>{YEAR}"
    r"(?:\s[A-Z][a-z]{2}[a-z]*\.?(?:[-–][A-Z][a-z]{2})?(?:\s\d{1,2})?)?)\s*;\s*(?P<place>(?:\d|[A-Z]?\d|suppl).*)",
    re.IGNORECASE,
)
"""The journal, the year with perhaps its month and day, then behind a semicolon volume and pages."""
RE_BOOK = re.compile(
    rf"(?P<place>[A-Z][^.:;]{{1,60}}):\s(?P<publisher>[^:;]{{2,120}});\s*c?(?P<year>{YEAR})\b.*"
)
"""``Brussels: The Publisher; 2001``."""
RE_EDITION = re.compile(
    r"\.\s*(?:\d+(?:st|nd|rd|th)|[Rr]ev(?:ised)?|[Ss]econd|[Tt]hird)\.?\s+ed(?:ition|n)?\.?\s*$"
)
RE_ABBREVIATED = re.compile(r"[A-Z][a-z]{0,8}")
"""A word that may be cut short, as those of journals are."""


def read(text: str, context: Context) -> Fields:
    """People, title and journal, told by the semicolon behind the year."""
    stops = [match.end() for match in RE_STOP.finditer(text)]
    for start in [*reversed(stops), 0][:6]:
        if match := RE_JOURNAL.fullmatch(text, start):
            start, journal = _whole_journal(text, start, match["journal"])
            imprint = read_imprint(f"{match['date']};{match['place']}")
            return {**_head(text[:start]), **imprint, "venue": journal} if start else {}
        if match := RE_BOOK.fullmatch(text, start):
            head = RE_EDITION.sub(".", text[:start].rstrip())
            return {**_head(head), "publisher": match["publisher"].strip(), "year": int(match["year"])}
    return {}


RE_STOP = re.compile(r"[.?!][)\]”\"]?\s+")


def _whole_journal(text: str, start: int, journal: str) -> tuple[int, str]:
    """The journal with the abbreviated words before it: ``J. Clin. Oncol``."""
    while match := re.search(r"(?<=[.?!]\s)([A-Z][a-z]{0,8})\.\s+$", text[:start]):
        if not all(RE_ABBREVIATED.fullmatch(word.rstrip(".")) for word in journal.split()):
            break
        start, journal = match.start(), f"{match[1]}. {journal}"
    return start, journal


def _head(text: str) -> Fields:
    """People and title; the first of two sentences that names no people is a group."""
    head = text.strip(" .")
    if found := leading_people(f"{head}."):
        return {"authors": found[0], "title": found[1].strip(" .")}
    group, stop, title = head.partition(". ")
    if stop and len(group.split()) < 9 and title:
        return {"authors": [as_group(group)], "title": title}
    return {"title": head}


STYLE = Style(
    "vancouver",
    "Cerami E, Gao J, Lee K, et al. The portal of genomes. Cancer Discov. 2012;2(5):401-404.",
    read,
)

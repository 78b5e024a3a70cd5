"""IEEE, MLA, Chicago: the title in quotation marks."""

from __future__ import annotations

import re

from odebib.sources.citations.author_line import leading_people, read_people
from odebib.sources.citations.style import Context, Fields, Style
from odebib.sources.citations.titles import imprint_or_note
from odebib.sources.citations.words import YEAR

RE_QUOTED = re.compile(
    r"“(?P<a>[^“”]{3,400})(?:”|\"|$)|„(?P<b>[^“”„]{3,400})[“”]|«(?P<c>[^«»]{3,400})»|``(?P<d>[^`]{3,400})''"
    r"|(?<![\w\d])\"(?P<e>[^\"“”]{3,400})(?:\"|”)|(?<!\w)‘(?P<f>[^‘]{8,400})’(?!\w)"
    r"|(?<!\w)'(?P<g>[^']{8,400})'(?!\w)"
)


def read(text: str, context: Context) -> Fields:
    """IEEE, MLA, Chicago: ``People, "Title," Venue, …``; also a quoted title alone."""
    match = RE_QUOTED.search(text)
    if not match:
        return {}
    title = next(group for group in match.groups() if group)
    before, after = text[: match.start()].strip(" .,:;("), text[match.end() :]
    year = re.search(rf"[(\s.,]*({YEAR})\)?$", before)
    people = read_people(before[: year.start()].strip(" .,") if year else before) if before else []
    if people is None and (found := leading_people(f"{before}. x")) and found[1] == "x":
        people = found[0]
    if people is None or (len(title.split()) < 3 and not before):
        return {}
    fields: Fields = {"title": title, "authors": people} | ({"year": int(year[1])} if year else {})
    return imprint_or_note(after.lstrip(" ,.;:")) | fields


STYLE = Style(
    "quoted",
    'E. Haber and L. Ruthotto, "Stable architectures for deep networks," Inverse Problems, 2017.',
    read,
)

"""The title of a citation: where it ends, what may stand around it, and the imprint behind it."""

from __future__ import annotations

import re

from odebib.sources.citations.author_line import leading_people, read_people
from odebib.sources.citations.imprint import is_imprint, read_imprint, read_venue_year
from odebib.sources.citations.short_forms import is_year, strip_lead
from odebib.sources.citations.style import Fields
from odebib.sources.citations.words import ACRONYM, CUT, RE_THESIS, RE_VENUE_WORD, YEAR
from odebib.text.folding import fold_words

MAX_IMPRINT = 600
"""How long an imprint behind a comma may be."""


QUOTES = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "``": "''"}


def clean_title(title: str) -> str:
    """A title without quotation marks around it and punctuation behind it."""
    title = title.replace(CUT, " ")
    title = " ".join(title.split()).strip(" \t,;:=/|")
    title = re.sub(r"(?<!\.)\.$", "", title).strip(" ,;:")
    for opening, closing in QUOTES.items():
        if (
            title.startswith(opening)
            and title.endswith(closing)
            and title.count(opening) <= (2 if opening == closing else 1)
        ):
            title = title[len(opening) : -len(closing)].rstrip(" .,;")
    return title.rstrip("*†")


RE_BY_END = re.compile(r"(.{8,}?)[,;]?\s+by\s+(.{4,120})")


def title_by_people(text: str) -> Fields:
    """A title, with the people that "by" at its end names."""
    match = RE_BY_END.fullmatch(text)
    if match and (people := read_people(match[2].strip(" ."))):
        return {"title": clean_title(match[1]), "authors": people}
    return {"title": clean_title(text)}


def read_body(text: str) -> Fields:
    """People first, if there are any, then title and imprint; or title, people, imprint."""
    if found := leading_people(text):
        return title_and_imprint(found[1]) | {"authors": found[0]}
    return _people_inside(text) or title_and_imprint(text)


def _people_inside(text: str) -> Fields:
    """``Title, People et al., Venue`` and ``Title by People``: people behind a title and a comma or "by"."""
    for match in list(re.finditer(r",\s+|[?!.]\s+|\s+by\s+|\s+[-–—]\s+|;\s+|\s+\((?:by\s+)?", text[:500]))[
        :12
    ]:
        title = text[: match.start()] + match[0].strip(" .,;-–—(by")
        found = leading_people(text[match.end() :])
        if found and len(title.split()) > 1 and (len(found[0]) > 1 or "by" in match[0]):
            return {"title": title, "authors": found[0]} | imprint_or_note(found[1].lstrip(" ).,;"))
    return {}


RE_SENTENCE_END = re.compile(r"[.?!。](?=\s+[“\"'(\[]?[\w\ue000]|\s*$|\s*\ue000)|\s*\ue000")
RE_NO_SENTENCE_END = re.compile(
    r"(?:\b(?:vs|St|Dr|Prof|No|Vol|vol|no|pp|al|cf|i\.e|e\.g|Mr|Eq|Fig|Pt|resp|Ph|Ph\.D|M\.Sc|Tech|Univ|Dept)|(?:^|\s)[A-Z])$"
)
RE_TRAILING_VENUE = re.compile(
    rf"(?P<lead>\s(?:in|at|@)\s+)?(?P<venue>{ACRONYM})\s?[’'`]?(?P<year>{YEAR}"
    rf"|\d\d)(?:\s+(?P<event>[Ww]orkshops?(?:\s.{{2,80}})?))?[\s.]*"
)
TIE_WORDS = frozenset(
    [
        "with",
        "on",
        "of",
        "for",
        "using",
        "and",
        "or",
        "the",
        "a",
        "an",
        "by",
        "from",
        "to",
        "via",
        "over",
        "as",
        "between",
        "than",
    ]
)
"""A title does not end in these: what follows them is part of it."""


def title_and_imprint(text: str) -> Fields:
    """Title, then where it appeared, parted at the first full stop, cut or comma before an imprint."""
    text = text.strip(" ,;:")
    if imprint := _only_imprint(text):
        return imprint
    for match in RE_SENTENCE_END.finditer(text):
        head, rest = text[: match.start()], text[match.end() :].strip()
        if "." in match[0] and RE_NO_SENTENCE_END.search(head):
            continue
        if match[0] in "?!" and rest and not is_imprint(_first_sentence(rest)):
            continue
        mark = match[0] if match[0] in "?!" else ""
        found = _ending(head + mark)
        if "venue" in found or not rest:
            return found | imprint_or_note(rest) | found
        return found | _people_then_imprint(rest)
    return _ending(text)


RE_JOURNAL_START = re.compile(
    r"(?:In:?\s|[A-Z][a-z]*\.\s(?:[A-Z][a-z]+\.\s?){2,}|J\.\s(?:[A-Z][a-z]+\.?\s?)+)"
)
"""``J. Chem. Phys.`` is no person."""


def _only_imprint(text: str) -> Fields:
    """An imprint with no title before it: ``NeurIPS 2018``, ``in ICML 2019``, a journal with volume."""
    found = read_venue_year(text) if len(text.split()) <= 12 else {}
    if "year" not in found or ("venue" not in found and "arxiv" not in found):
        return {}
    words = re.sub(rf"{YEAR}|\d\d$", "", text).split()
    return found if len(words) <= 2 or RE_VENUE_WORD.match(strip_lead(text)) else {}


def _first_sentence(text: str) -> str:
    return re.split(r"\.\s|\ue000", text, maxsplit=1)[0]


def _people_then_imprint(rest: str) -> Fields:
    """What stands behind a title: people and an imprint, or only an imprint."""
    rest = re.sub(r"^by\s+", "", rest)
    if RE_JOURNAL_START.match(rest):
        return imprint_or_note(rest)
    if people := read_people(rest.strip(f" .{CUT}")):
        return {"authors": people}
    if found := leading_people(rest):
        return {"authors": found[0]} | imprint_or_note(found[1])
    return imprint_or_note(rest)


def _ending(text: str) -> Fields:
    """A title that may have its venue behind a comma, in brackets or just behind it."""
    for match in re.finditer(r",\s+|\s+(?=\()|\s[-–—|]\s|:\s+", text):
        if len(text) - match.end() > MAX_IMPRINT:
            continue
        rest = text[match.end() :]
        if match.start() > 5 and _surely_imprint(
            rest, by_bracket=rest.startswith("("), by_colon=match[0].startswith(":")
        ):
            found = read_imprint(rest)
            if found:
                return {**title_by_people(text[: match.start()]), **found}
    if dated := re.fullmatch(rf"(.{{12,}}?)(?:,\s*|\s*\(|\.\s*)({YEAR})\)?", text):
        return {**title_by_people(dated[1]), "year": int(dated[2])}
    return _trailing_venue(text) or title_by_people(text)


def _trailing_venue(text: str) -> Fields:
    """``Title CVPR2015``: an acronym and a year with nothing between them and the title."""
    for match in RE_TRAILING_VENUE.finditer(text):
        before = text[: match.start()].rstrip(" ,")
        may_end = match.end() == len(text) and len(before.split()) > 2 and is_year(match["year"])
        if may_end and (match["lead"] or before.split()[-1].lower() not in TIE_WORDS):
            return {**title_by_people(before), **read_venue_year(match[0].removeprefix(match["lead"] or ""))}
    return {}


def _surely_imprint(text: str, *, by_bracket: bool, by_colon: bool) -> bool:
    """Whether what follows a comma is an imprint and not more of the title."""
    if by_colon and not re.fullmatch(rf"(?:[\w]+ )?{ACRONYM}[\s’'`]?(?:{YEAR}|\d\d)\.?", text):
        return False
    if by_bracket and not re.match(rf"\([^()]*(?:{YEAR}|[A-Z]\d\d)[^()]*\)", text):
        return False
    if not is_imprint(text):
        return False
    first = re.split(r"[,.]\s", text, maxsplit=1)[0]
    return bool(
        re.match(r"(?i:in:?|proc\w*\.?|to appear|accepted)\s", text)
        or is_imprint(first)
        or (
            first[:1].isupper()
            and len(first.split()) <= 8
            and re.match(rf"[,.]?\s*\(?(?:{YEAR}\b|\d)", text[len(first) :])
        )
    )


def imprint_or_note(text: str) -> Fields:
    """The fields of an imprint; running text that is none becomes a note."""
    text = text.strip(f" ,;:{CUT}")
    if not text.strip(" ."):
        return {}
    if is_imprint(text) or RE_THESIS.search(text) or re.match(r"In:?\s+[A-Z]", text):
        return read_imprint(text)
    first = _first_sentence(text)
    if first != text and is_imprint(first):
        return read_imprint(first) | imprint_or_note(text[len(first) :].strip(" ."))
    words = text.split()
    if len(words) <= 8 and words[0][0].isupper() and fold_words(text)[:1] != ("the",):
        return read_imprint(text)
    return {"note": text.replace(CUT, " ").strip(" .")} if len(words) > 3 else {}

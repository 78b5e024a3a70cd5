"""Short phrases of list items: is it a venue, people, a date, a label, or only punctuation?

The forms of citations are known to :mod:`odebib.sources.citations.citation`; here stands
how much of a phrase must be understood before it is taken for one of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, groupby
from typing import Any

from odebib.sources.citations.author_line import RE_AFFILIATION, leading_people, read_people
from odebib.sources.citations.citation import read_citation
from odebib.sources.citations.imprint import read_venue_year
from odebib.sources.citations.shapes import RE_NO_NAME
from odebib.sources.citations.words import ACRONYM, RE_PREPRINT_ONLY
from odebib.sources.markdown.links import is_pdf, label_kind
from odebib.sources.markdown.pieces import EDGES, RE_ORNAMENT, Piece, from_text, plain, run_of
from odebib.sources.records import as_group
from odebib.text import identifiers
from odebib.text.folding import fold_words
from odebib.text.venue_names import CONFERENCE_WORDS, JOURNAL_WORDS, SKIPPABLE

MONTHS = fold_words("jan feb mar apr may jun jul aug sep oct nov dec")
RE_DATE = re.compile(r"\W*((?:19|20)\d\d)(?:[-./](0?[1-9]|1[0-2])(?:[-./]([0-2]?\d|3[01]))?)?(?!\d)\W*")
RE_WRITTEN_DATE = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?(?:\s+\d{1,2}(?:st|nd|rd|th)?,?)?\s+((?:19|20)\d\d)",
    re.IGNORECASE,
)
RE_PREPRINT_DATE = re.compile(
    r"(?:ar[xX]iv|[pP]reprint|bio[rR]xiv|CoRR)[\s,:'’]*((?:19|20)\d\d)[./-](0?[1-9]|1[0-2])(?!\d)"
)
"""``arXiv 2023.05``: when a preprint came out."""
RE_DAY_FIRST = re.compile(r"\W*\d{1,2}[./]\d{1,2}[./]((?:19|20)\d\d)\W*")
RE_BRACKETED = re.compile(
    r"\s*(?:\[([^\[\]]{1,80})\]|\(([^()]{1,80})\)|【([^【】]{1,80})】)\s*[:\-–—.,|]?\s*"
)
RE_CHECKBOX = re.compile(r"\s*\[[ xX]\]\s+")
RE_SEPARATOR = re.compile(r"\s+[-–—|·•]+\s+|\s*\|\s*|\s+/\s+|^\s*[-–—|·•]+\s+|\s+[-–—|·•]+$")
"""What separates the parts of an item."""
RE_LICENCE = re.compile(
    r"(?:A?GPL|LGPL|MIT|Apache|BSD|MPL|ISC|CC|EUPL|Unlicense|WTFPL|Zlib|EPL|CDDL|Artistic|0BSD|OSL|BSL|SSPL)"
    r"(?:-[\w.+-]+|\d[\w.]*)?(?:/[\w.+-]+)*"
)
RE_SUBJECT_CLASS = re.compile(r"(arxiv:\s?[\w./-]{1,40})\s*\[[^\[\]]{1,80}\]", re.IGNORECASE)
"""An arXiv id with its subject classes, ``arXiv:2109.13901 [physics, stat]``."""
RE_EQUAL = re.compile(r"[\[(][\s*]*(?:equal|joint)(?:ly)? contribut[a-z]{1,9}[\s*]*[\])]", re.IGNORECASE)
RE_QUOTED_TITLE = re.compile(r"\s*[“\"«]([^“”\"«»]{4,300}?)[,.]?[”\"»]")
RE_LABELLED = re.compile(
    r"\s*(abstract|summary|tl;?dr|description|authors?|venue|conference|journal|year|date|keywords?|codes?"
    r"|papers?|notes?|published(?: in)?|institutions?|affiliations?|links?|urls?|pdf|github|projects?"
    r"|websites?|doi|arxiv|home ?pages?|datasets?|data|demos?|videos?|slides|posters?|blogs?|models?"
    r"|openreview|bibtex|supplementary(?: materials?)?"
    r"|论文(?:链接|地址)?|代码(?:链接|地址)?|主页|项目(?:主页|链接)?|作者|单位|机构|会议|数据集"
    r"|视频|链接|说明|摘要|日期|发表|备注)"
    r"(?:\s*[(\[（][^()\[\]（）]{1,20}[)\]）])?\s*[:\uff1a]\s*",
    re.IGNORECASE,
)
PLATFORMS = frozenset(fold_words("docker k8s kubernetes deb podman"))


def venue_of(text: str) -> dict[str, Any] | None:
    """What a short text that is only venue and year tells; None if it is anything else.

    Without a year a name may be anything, so only preprint servers are known without one.
    """
    text = text.strip(EDGES + "[]() ")
    if not text or len(text) > 200 or len(text.split()) > 24 or begins_with_people(text):
        return None
    if RE_PREPRINT_ONLY.fullmatch(text.strip(".")):
        return {}
    found = dict(read_venue_year(text))
    if "arxiv" in text.lower() and "arxiv" not in found:
        found = _preprint(text) or {}
    if _names_people(str(found.get("venue", ""))) or _one_person(text):
        return None
    return found if {"year", "arxiv", "pages", "volume"} & found.keys() else None


def _names_people(venue: str) -> bool:
    """Whether what was taken for a venue is people: ``J. Yosinski et al``."""
    if re.search(r"\bet\.? al\b|\bequal contribution|^by\s", venue, re.IGNORECASE):
        return True
    return bool(re.match(r"(?:[A-Z]\.[\s-]?){1,3}[A-Z][a-z]", venue)) and bool(read_people(venue))


def _preprint(text: str) -> dict[str, Any] | None:
    """The fields of ``arXiv preprint arXiv:1806.07366 (2018)``."""
    found = dict(read_citation(f"“A title in quotation marks”, {text}"))
    found.pop("title", None)
    return None if "note" in found or "arxiv" in str(found.get("venue", "")).lower() else found


def expected_venue(text: str) -> dict[str, Any] | None:
    """As :func:`venue_of`, where a venue stands if anything does: a name without a year counts."""
    found = venue_of(text)
    bare = text.strip(EDGES + "[]() ")
    words = [word for word in bare.split() if len(word) > 3]
    if (
        found is not None
        or not bare[:1].isupper()
        or 2 * sum(word[0].isupper() for word in words) < len(words)
    ):
        return found
    return dict(read_venue_year(bare)) or None if len(words) < 10 else None


def is_venue(text: str) -> bool:
    """Whether a phrase is a venue, with what may stand beside one."""
    return venue_of(text) is not None


def people_of(text: str) -> list[str] | None:
    """The people that a phrase names and nothing else, or None."""
    return read_people(text) if 2 < len(text) < 8000 else None


RE_SHORTENED = re.compile(
    r"[\s,;]*(?:\.\.\.|…|,?\s*et\.? al\.?,?|\betc\.?|and others)\s*\.?\s*$", re.IGNORECASE
)


def people_of_column(text: str) -> list[str]:
    """The people of a cell in a column of authors: each part is one, however it looks."""
    text = RE_AFFILIATION.sub("", text)
    if people := people_of(text):
        return people
    whole = RE_SHORTENED.sub("", text)
    parts = [
        part.strip(" *.†‡") for part in re.split(r"\s*[,;，、；]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+", whole)
    ]
    named = [
        part if people_of(f"{part}, Ada Lovelace") or len(part.split()) in {2, 3} else as_group(part)
        for part in parts
        if part
    ]
    return [*named, *["others"] * (whole != text)]


def first_people(text: str) -> tuple[list[str], str] | None:
    """The people a text begins with and the rest; ``NIPS, 2021`` after them is no person."""
    led = leading_people(text) or _one_person(text)
    if not led:
        return None
    people, rest = list(led[0]), led[1]
    while len(people) > 1 and (people[-1].isupper() or RE_PREPRINT_ONLY.fullmatch(people[-1])):
        rest = f"{people.pop()}, {rest}"
    return people, rest


RE_ONE_PERSON = re.compile(
    r"\s*((?:[^\W\d_][\w'’-]{1,30}\s){1,2}[^\W\d_][\w'’-]{1,30})"
    rf"(?:[,.]\s+|\s+(?=\(?{ACRONYM}[\s,]*[’'`]?(?:(?:19|20)\d\d|\d\d)\b))(?=[(A-Z])"
)
"""A full name and what follows it: ``Ann Lee, JMLR 2019``."""


def _one_person(text: str) -> tuple[list[str], str] | None:
    """A single full name with a venue behind it; a venue's own words are no name."""
    match = RE_ONE_PERSON.match(text)
    if not match or not VENUE_WORDS.isdisjoint(fold_words(match[1])):
        return None
    rest = text[match.end() :]
    if rest.count(",") > 2 or len(rest.split()) > 12 or not read_people(f"{match[1]}, Ada Lovelace"):
        return None
    found = venue_of(rest.strip("()"))
    return ([match[1]], rest) if found is not None and "venue" in found else None


VENUE_WORDS = JOURNAL_WORDS | CONFERENCE_WORDS | SKIPPABLE


RE_PEOPLE_YEAR = re.compile(r"\s*(.{2,200}?),?\s*([(\[]?)\s*((?:19|20)\d\d)[a-z]?\s*[)\]]?\s*\.?\s*")
RE_FAMILY_NAME = re.compile(
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e|der|den|la|le)\s){0,2}[^\W\d_]['’]?[^\W\d_]+(?:[-\s][^\W\d_]+)?"
)


def people_with_year(text: str) -> tuple[list[str], int] | None:
    """People and year of ``Dijkstra (1968)`` or ``Ritchie, Thompson (1974)``, as essays cite.

    A single word is a person only where the year stands in brackets: ``Nature 2015`` is none.
    """
    match = RE_PEOPLE_YEAR.fullmatch(text)
    if not match:
        return None
    year = int(match[3])
    if (people := people_of(match[1])) and (len(people) > 1 or match[2]):
        return people, year
    names, others = re.subn(r",?\s+(?:et\.? al\.?|and others)$", "", match[1])
    parts = [part.strip() for part in re.split(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", names)]
    if not (match[2] or others or len(parts) > 1) or not all(map(_is_family_name, parts)):
        return None
    return [*parts, *["others"] * bool(others)], year


RE_PERSON_YEAR = re.compile(
    r"((?:[^\W\d_][\w'’-]{1,30}\s){1,3}[^\W\d_][\w'’-]{1,30})[,.]\s\(?((?:19|20)\d\d)\)?"
)


def person_and_year(text: str) -> tuple[str, int] | None:
    """A full name and the year behind it, where no word of it is a venue's.

    >>> person_and_year("Ada Lovelace, 1943"), person_and_year("Nature Physics, 2020")
    (('Ada Lovelace', 1943), None)
    """
    match = RE_PERSON_YEAR.fullmatch(text)
    if not match or not VENUE_WORDS.isdisjoint(fold_words(match[1])):
        return None
    has_acronym = any(word.isupper() for word in match[1].split())
    return (match[1], int(match[2])) if not has_acronym and people_of(match[1]) == [match[1]] else None


def _is_family_name(text: str) -> bool:
    words = fold_words(text)
    is_name = RE_FAMILY_NAME.fullmatch(text) and text[-1].islower() and VENUE_WORDS.isdisjoint(words)
    return bool(is_name) and not any(RE_NO_NAME.fullmatch(word) for word in words)


def is_person_link(piece: Piece) -> bool:
    """Whether a link's words are a person and its address is nobody's paper: a home page."""
    text = bare_text(piece.text)
    if not piece.href or identifiers.of_url(piece.href) or is_pdf(piece.href) or label_kind(text) is not None:
        return False
    return bool(people_of(text)) and not is_venue(text)


def begins_with_people(text: str) -> bool:
    """Whether a text surely begins with people: several, or one with initials or "et al."."""
    led = first_people(text)
    return led is not None and (len(led[0]) > 1 or bool(re.search(r"\b[A-Z]\.", led[0][0])))


def _capitalised_people(text: str) -> list[str] | None:
    """The parts of an enumeration, where it must be one of people though some names are misspelt."""
    parts = [part.strip(" *.") for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", text) if part.strip(" *.")]
    capitalised = sum(part[0].isupper() for part in parts)
    if len(parts) < 2 or capitalised * 4 < len(parts) * 3 or any(len(part.split()) > 5 for part in parts):
        return None
    known = sum(bool(read_people(f"{part}, Ada Lovelace")) for part in parts)
    return parts if known * 2 >= len(parts) else None


def emphasised_people(pieces: Sequence[Piece]) -> tuple[str, list[str], str] | None:
    """The people of a line whose names are set in italics, with the text before and after them."""
    runs = [list(run) for _, run in groupby(pieces, key=lambda piece: piece.emphasis)]
    for number, run in enumerate(runs):
        if not run[0].emphasis:
            continue
        text = plain(run).replace("\0", " ").strip(EDGES + ". ")
        before, after = (
            no_empty_brackets(plain(chain.from_iterable(part)).replace("\0", " "))
            for part in (runs[:number], runs[number + 1 :])
        )
        people = people_of(text)
        if not people and not fold_words(before) and (not fold_words(after) or is_venue(after)):
            people = _capitalised_people(text)
        if people:
            return before, people, after
    return None


def made_by(pieces: Sequence[Piece]) -> tuple[str, list[str], list[Piece]] | None:
    """Title, people and rest of ``A talk by [Jane Roe](…)``, where the link is the person's."""
    if len(pieces) < 2 or not pieces[1].href or label_kind(pieces[1].text):
        return None
    match = re.fullmatch(r"\s*(\S.{2,300}?),?\s+by\s*", pieces[0].text)
    if not match or pieces[0].href:
        return None
    person = bare_text(pieces[1].text)
    return match[1], people_of(person) or ["{" + person + "}"], list(pieces[2:])


def may_be_title(pieces: Sequence[Piece]) -> bool:
    """Whether a title may begin with these pieces."""
    following = from_text(pieces)
    return (
        bool(following)
        and not re.match(r"\s*(?:by\b|[-–—(,])", following[0].text)
        and label_kind(following[0].text) is None
    )


def plain_start(pieces: Sequence[Piece]) -> tuple[str, list[Piece], Piece]:
    """The plain text that an item begins with, the pieces behind it, and the first that says something.

    A word in italics belongs to the text, unless it is a link or names people.
    """
    styled = pieces[0].emphasis
    run = run_of(pieces, lambda piece: not piece.href and not piece.is_break and piece.emphasis == styled)
    following = next(iter(from_text(pieces[len(run) :], keep_breaks=True)), Piece(""))
    if following.emphasis and not (styled or following.href or people_of(following.text.strip(EDGES + ". "))):
        run = run_of(pieces, lambda piece: not piece.href and not piece.is_break)
    return plain(run).rstrip("[( "), list(pieces[len(run) :]), following


def bare_text(text: str) -> str:
    """``text`` without ornaments and without the punctuation around it."""
    return RE_ORNAMENT.sub(" ", text).strip(EDGES + "[]() ")


def trimmed(text: str) -> str:
    """A title without the punctuation that leads over to what follows."""
    text = text.strip(" \t\n,;:|·•*")
    text = re.sub(r"\s+[-–—/]+$|^[-–—]+\s+", "", text)
    if text.endswith(".") and not text.endswith("...") and not re.search(r"\b[A-Z]\.$|\bet al\.$", text):
        text = text[:-1]
    return unwrapped(text).rstrip(" ,;:")


def unwrapped(text: str) -> str:
    """``text`` without brackets or quotation marks around the whole of it."""
    for left, right in ("[]", "()", "“”", '""', "«»"):
        inner = text[1:-1]
        if (
            len(text) > 2
            and text[0] == left
            and text[-1] == right
            and left not in inner
            and right not in inner
        ):
            return inner.strip()
    return text


def no_empty_brackets(text: str) -> str:
    """``text`` without the brackets, commas and bars that stood around links taken out of it."""
    text = RE_EQUAL.sub(" ", text)
    for _ in range(2):
        text = re.sub(r"[\[(][\s,;|/&+·]{0,40}[\])]", " ", text)
    return re.sub(r"\s+([,;.])(?=\s|$)", r"\1", " ".join(text.split()))


def joined_remarks(remarks: Sequence[str], chips: Sequence[str]) -> str:
    """The remarks as one text, without the chips that were understood."""
    text = " ".join(remarks)
    for chip in chips:
        head, found, tail = text.rpartition(chip)
        text = (head + tail) if found else text
    return " ".join(text.split()).strip(EDGES + " ")

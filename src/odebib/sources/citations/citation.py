"""Citations in running text: from one free-form citation to the fields of a record.

Whatever the style (GB/T 7714, APA, IEEE, Vancouver, ACM, Chicago, MLA, a
title with its authors on the next line, ``ICML 18: Title``), a citation is
people, a title and an imprint in some order. What is certain is taken out
first (identifiers, addresses, remarks in brackets); then the strongest sign
of a style that is left decides where the title begins and ends.

What a document as a whole says about its own habits (which acronyms are
venues, which titles and speakers occur elsewhere in it) may be given as
:class:`Context`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from odebib.sources.citations.author_line import leading_people, read_people
from odebib.sources.citations.imprint import (
    ACRONYM,
    CUT,
    ORGANISERS,
    RE_AWARD,
    RE_PREPRINT_ONLY,
    RE_THESIS,
    RE_VENUE_WORD,
    YEAR,
    award_name,
    is_imprint,
    is_year,
    read_imprint,
    read_venue_year,
    split_awards,
    strip_lead,
    year_of,
)
from odebib.sources.records import CODE_HOSTS
from odebib.text import identifiers
from odebib.text.folding import fold, fold_words

__all__ = ["Context", "read_citation", "read_people", "read_venue_year", "split_awards"]

Fields = dict[str, Any]

MAX_IMPRINT = 600
"""How long an imprint behind a comma may be."""
MAX_LENGTH = 5000
"""Longer text is no citation; only its start is looked at."""


@dataclass(frozen=True)
class Context:
    """What a document says elsewhere: folded venues, folded titles and folded speakers."""

    venues: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()


NOTHING_KNOWN = Context()

QUOTES = {"“": "”", "„": "“", "«": "»", "‘": "’", '"': '"', "``": "''"}
RE_QUOTED = re.compile(
    r"“(?P<a>[^“”]{3,400})(?:”|\"|$)|„(?P<b>[^“”„]{3,400})[“”]|«(?P<c>[^«»]{3,400})»|``(?P<d>[^`]{3,400})''"
    r"|(?<![\w\d])\"(?P<e>[^\"“”]{3,400})(?:\"|”)|(?<!\w)‘(?P<f>[^‘]{8,400})’(?!\w)"
    r"|(?<!\w)'(?P<g>[^']{8,400})'(?!\w)"
)
RE_MARKER = re.compile(
    r"\s*\[(J|C|M|D|R|A|P|N|S|G|EB|CP|DB|Z|OL)(?:/(?:OL|CD|MT|DK))?\]\s*[.,]?\s*(//|∥)?\s*", re.IGNORECASE
)
"""The document type of GB/T 7714: ``[J]``, ``[C]//``, ``[EB/OL]``."""
MARKER_TYPES = {
    "J": "journal-article",
    "C": "conference-paper",
    "M": "book",
    "D": "thesis",
    "R": "report",
    "DB": "dataset",
    "CP": "software",
}
RE_URL = re.compile(r"(?:<\s*)?\b(?:https?://|www\.)[^\s<>\"“”{}|\\^`\ue000]+(?:\s*>)?", re.IGNORECASE)
RE_DOI_IN_TEXT = re.compile(
    r"(?:\b(?:doi|DOI)\s*[:=]?\s*)?(?:https?://(?:dx\.)?doi\.org/)?\b10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}"
    r"|\\^`\ue000]+",
    re.I,
)
RE_ARXIV_IN_TEXT = re.compile(
    r"(?:\(|\[)?\s*(?:\b(?:(?:e-?print|preprint)s?[\s,:]*)?(?:(?:available\s+)?(?:at|on|in"
    r"|as)\s+)?\barx?i?v\b(?:\.org)?(?:\s*(?:e-?prints?|preprint))?[\s,.:]*"
    r"(?:arxiv\s*[:.]?\s*)?(?:abs/|pdf/)?|\b(?:corr[\s,:]*)?abs/)"
    rf"(?P<id>{identifiers.RE_ARXIV_NEW.pattern}"
    rf"|{identifiers.RE_ARXIV_OLD.pattern})(?:\.pdf)?(?:\s*\[[\w.-]+\])?\s*[)\]]?",
    re.IGNORECASE,
)
RE_PREPRINT_MENTION = re.compile(
    r"(?:(?<=[.,;:\])\ue000])|^)\s*(?:in\s+)?(?:arx?i?v|corr|biorxiv|medrxiv|techrxiv"
    r"|ssrn)(?:\s*(?:e-?prints?|preprints?|electronic journal)|\s+arxiv)*(?=\s*(?:[.,;:()\ue000]|$|\d{4}\b))",
    re.IGNORECASE,
)
RE_ISBN = re.compile(r"\bISBN(?:-1[03])?[:\s]*([\dXx][\dXx\s-]{8,20}[\dXx])")
RE_REMARK = re.compile(r"[(（]((?:[^()（）]|\([^()（）]{0,200}\)){1,300})[)）][\s.,;:=]*$")
TAIL = 400
"""Remarks and names of links are looked for in so many characters at the end."""
LINK_WORD = (
    r"(?:official |source |presentation |project |supplementary |arxiv |talk |conference )*"
    r"(?:links?|papers?|codes?|videos?|pdfs?|slides?|posters?|blogs?(?: ?posts?)?|websites?|pages?"
    r"|projects?|arxiv|github|talks?"
    r"|supp(?:l|lement(?:ary)?)?(?: material)?|html|demos?|data(?:sets?)?|notebooks?|colab|doi|urls?"
    r"|bib(?:tex)?|here|recordings?"
    r"|pytorch|tensorflow|jax|julia|tf|keras|openreview|youtube|reviews?|appendix|poster|implementation"
    r"|repo(?:sitory)?|docs)"
    r"(?:\s*\d+)?"
)
RE_LINK_WORDS = re.compile(
    rf"(?:[\[(【]\s*{LINK_WORD}(?:\s*[,/|]\s*{LINK_WORD}){{0,5}}\s*[\])】]|[/|]\s*{LINK_WORD})[\s,.;]*$",
    re.IGNORECASE,
)
"""The last of the names of links that were copied without the links: ``[video]``, ``/ video 1 / video 2``."""
RE_BARE_LINK_WORD = re.compile(
    r"(?:(?<=[.,;:)\]?!”\"])|(?<=[^\W\d_])(?<!\bthe))\s+(?:paper\s+)?(?:link|\(link\)|pdf)\s*$"
)


def read_citation(text: str, context: Context = NOTHING_KNOWN) -> Fields:
    """The fields of a record that a free-form citation gives; {} if nothing is understood.

    Authors are strings as :func:`odebib.text.names.parse` reads them; ``others``
    stands for "et al.". Venue and publisher are as the text spells them.

    >>> read_citation("Lu Y. et al., Beyond Finite Layers, ICML 2018.")
    {'title': 'Beyond Finite Layers', 'authors': ['Lu, Y', 'others'], 'venue': 'ICML', 'year': 2018}
    """
    lines = [line.strip() for line in text[:MAX_LENGTH].split("\n") if line.strip()]
    if len(lines) > 1 and (fields := _by_lines(lines, context)):
        return fields
    text = _tidy(re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", "\n".join(lines)))
    for read in (_page_title, _talk):
        if fields := read(text, context):
            return fields
    fields = {}
    text = _take_identifiers(text, fields)
    remarks: Fields = {}
    text = _take_remarks(text, remarks)
    for style in STYLES:
        if found := style(text, context):
            break
    else:
        found = {}
    return _in_order(_combined(found, fields, remarks))


def _by_lines(lines: list[str], context: Context) -> Fields:
    """A citation in lines, with the people on one of their own; {} if none is."""
    at, people = next(
        ((i, found) for i, line in enumerate(lines[:3]) if (found := _people_line(line))), (0, [])
    )
    if not people:
        return {}
    further = leading_people(" ".join(lines[at:]))
    if further and len(further[0]) > len(people):
        return {}  # the line is only where the citation happens to be broken
    rest = [line for i, line in enumerate(lines) if i != at]
    fields: Fields = {}
    title = _tidy(RE_MARKER.sub(" ", " ".join(rest[: max(at, 1)])))
    title = _take_remarks(_take_identifiers(title, fields), fields)
    after = _after_title(" ".join(rest[max(at, 1) :]))
    return _in_order(_combined({"title": title, "authors": people}, fields, after))


def _people_line(line: str) -> list[str]:
    """The people of a line that consists of several of them, or of one with initials."""
    people = read_people(line.strip(" .,;")) or []
    if line.rstrip().endswith((",", " and", "&")):
        return []
    return people if len(people) > 1 or "." in line else []


def _after_title(text: str) -> Fields:
    """Imprint, identifiers and remarks that stand on lines of their own."""
    fields: Fields = {}
    remarks: Fields = {}
    if not text:
        return {}
    text = _take_remarks(_take_identifiers(text, fields), remarks)
    found = {**_imprint_or_note(text), **fields}
    return {**found, **remarks} if "venue" in remarks else {**remarks, **found}


def _tidy(text: str) -> str:
    text = re.sub(r"[\u200b\ufeff\u00ad\ue000]", "", text)
    text = " ".join(text.split())
    text = re.sub(r"^(?:[-–—•·*+‣▪○●■◦]\s+|\[\d{1,4}\]\s*|\(\d{1,3}\)\s+|\d{1,3}[.)]\s+)", "", text)
    return text.strip(" \t=")


def _combined(found: Fields, fields: Fields, remarks: Fields) -> Fields:
    """One dict of what the citation's body, its identifiers and its remarks say."""
    result = {**fields, **found}
    for name in ("awards",):
        if merged := list(dict.fromkeys([*found.get(name, []), *remarks.pop(name, [])])):
            result[name] = merged
    notes = [note for note in (found.get("note"), remarks.pop("note", None)) if note]
    if "venue" in remarks and "venue" not in found:
        if result.get("type") in MARKER_TYPES.values():
            del result["type"]  # said of the preprint
        result |= remarks
    else:
        result = {**remarks, **result}
    if notes:
        result["note"] = "; ".join(notes)
    if "title" in result and (title := clean_title(result["title"])):
        result["title"], awards = split_awards(title)
        if awards:
            result["awards"] = list(dict.fromkeys([*awards, *result.get("awards", [])]))
    if is_code(result.get("url", "")) and not result.keys() & {
        "authors",
        "venue",
        "year",
        "arxiv",
        "doi",
        "type",
    }:
        result["type"] = "software"
    if result.get("type") in {"journal-article", "conference-paper"} and "venue" not in result:
        del result["type"]
    if not re.search(r"\w", result.get("title", "")):
        result.pop("title", None)
    return {name: value for name, value in result.items() if value}


def is_code(url: str) -> bool:
    """Whether an address leads to a repository of source code."""
    host = url.split("/")[2].removeprefix("www.") if url.count("/") > 2 else ""
    return host in CODE_HOSTS


FIELD_ORDER = [
    "title",
    "type",
    "authors",
    "editors",
    "venue",
    "event",
    "year",
    "month",
    "volume",
    "number",
    "pages",
    "publisher",
    "doi",
    "arxiv",
    "openreview",
    "isbn",
    "url",
    "awards",
    "note",
]


def _in_order(fields: Fields) -> Fields:
    return {name: fields[name] for name in FIELD_ORDER if name in fields}


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


# -- What is certain: identifiers, addresses, remarks ------------------------------------


def _take_identifiers(text: str, fields: Fields) -> str:
    """The text without its identifiers and addresses; a cut stands in their place."""
    text = RE_DOI_IN_TEXT.sub(lambda match: _take_doi(match, fields), text)
    text = RE_URL.sub(lambda match: _take_url(match, fields), text)
    text = RE_ARXIV_IN_TEXT.sub(lambda match: _take_arxiv(match, fields), text)
    text = RE_ISBN.sub(lambda match: _take_isbn(match, fields), text)
    if re.match(r"\[(?:\d{4}\.\d{4,5})(?:v\d)?\]\s", text):
        fields.setdefault("arxiv", identifiers.arxiv(text[1 : text.index("]")]))
        text = text[text.index("]") + 1 :].strip()
    text = RE_PREPRINT_MENTION.sub(CUT, text)
    text = re.sub(
        rf"\b(?:available (?:at|from|online)|retrieved from|url|link|doi)\s*[:=]?\s*(?={CUT})",
        "",
        text,
        flags=re.I,
    )
    text = re.sub(
        r"\b(?:accessed|retrieved|last visited)(?: on)?:?\s[\w ,/-]{0,30}(?=[.)\]]|$)",
        "",
        text,
        flags=re.I,
    )
    return text.strip()


def _take_doi(match: re.Match[str], fields: Fields) -> str:
    found = identifiers.find_doi(match[0])
    if not found:
        return match[0]
    if arxiv_id := identifiers.arxiv(found):
        fields.setdefault("arxiv", arxiv_id)
    else:
        fields.setdefault("doi", found)
    end = match[0].lower().rfind(found) + len(found)
    return f" {CUT}{match[0][end:]}"


def _take_url(match: re.Match[str], fields: Fields) -> str:
    url = match[0].strip("<> ")
    bare = url.rstrip(".,;:!?'*")
    while bare.endswith((")", "]")) and bare.count("(") + bare.count("[") < bare.count(")") + bare.count("]"):
        bare = bare[:-1].rstrip(".,;:")
    address = bare if "://" in bare else f"https://{bare}"
    if not identifiers.is_web_address(address):
        return match[0]
    found = identifiers.of_url(address)
    for scheme, value in found.items():
        fields.setdefault(scheme, value)
    if not found:
        fields.setdefault("url", address)
    return f" {CUT}{url[len(bare) :]}"


def _take_arxiv(match: re.Match[str], fields: Fields) -> str:
    if found := identifiers.arxiv(match["id"]):
        fields.setdefault("arxiv", found)
    opened, closed = match[0].count("("), match[0].count(")")
    return (" (" if opened > closed else " ") + CUT + (")" if closed > opened else "")


def _take_isbn(match: re.Match[str], fields: Fields) -> str:
    if found := identifiers.isbn(match[1]):
        fields.setdefault("isbn", found)
        return CUT
    return match[0]


def _take_remarks(text: str, remarks: Fields) -> str:
    """The text without the remarks behind it: awards, a venue in brackets, names of links, notes."""
    while True:
        shorter = without_link_names(text)
        start = max(0, len(shorter) - TAIL)
        match = RE_REMARK.search(shorter, start)
        if match and _take_remark(match[1].strip(), remarks, at_start=not match.start()):
            before = shorter[: match.start()]
            shorter = before.rstrip(" ,;") + (". " if before.rstrip().endswith(".") else "")
        if shorter == text or not shorter.strip(" .,"):
            return text.strip()
        text = shorter


def without_link_names(text: str) -> str:
    """The text without names of links at its end."""
    while match := RE_LINK_WORDS.search(text, max(0, len(text) - TAIL)):
        text = text[: match.start()].rstrip(" ,;")
    match = RE_BARE_LINK_WORD.search(text, max(0, len(text) - TAIL))
    return text[: match.start()] if match else text


def _take_remark(remark: str, remarks: Fields, *, at_start: bool) -> bool:
    """Whether a remark in brackets was understood, or is at least none of the citation's own parts."""
    if at_start or re.fullmatch(rf"{YEAR}[a-z]?|{YEAR}, \w+( \d+)?|[\d\s–-]+|{CUT}|eds?\.?", remark):
        return False
    _, awards = split_awards(f"x ({remark})")
    if awards:
        remarks["awards"] = [*awards, *remarks.get("awards", [])]
        return True
    found = read_venue_year(remark) if remark.count(" ") < 14 else {}
    if (people := leading_people(remark)) and re.fullmatch(rf"{YEAR}[a-z]?", people[1]):
        remarks.update(authors=people[0], year=int(people[1][:4]))
        return True
    if found and ("year" in found or "venue" in found) and not re.fullmatch(ACRONYM, remark):
        remarks.update({key: value for key, value in found.items() if key not in remarks})
        return True
    if RE_PREPRINT_ONLY.fullmatch(remark):
        return True
    if re.fullmatch(r"\*?\s*(?:equal|joint) contributions?|\*.*", remark, re.IGNORECASE):
        return True
    if len(remark.split()) > 2 and not is_imprint(remark):
        remarks["note"] = "; ".join(filter(None, [remark, remarks.get("note")]))
        return True
    return False


# -- Pasted page titles, talks -----------------------------------------------------------

RE_GITHUB = re.compile(r"(?:GitHub|GitLab) - ([\w.-]+/[\w.-]+)(?::\s*(.*))?", re.IGNORECASE)
RE_VIDEO_PAGE = re.compile(
    r"(.+?)\s+[-–|]\s+(?:YouTube|Vimeo|Bilibili|SlidesLive|VideoLectures(?:\.NET)?)", re.IGNORECASE
)
RE_PAPER_PAGE = re.compile(
    r"(.+?)\s+[-–|]\s+(?:OpenReview|(?:IEEE (?:Conference Publication|Journals & Magazine) \| )?"
    r"IEEE Xplore|ScienceDirect|SpringerLink"
    r"|Papers With Code|arXiv(?: Vanity)?|ACM Digital Library|Semantic Scholar|PubMed)",
    re.IGNORECASE,
)


def _page_title(text: str, context: Context) -> Fields:
    """The title of a web page as a browser gives it: ``GitHub - owner/name: about``."""
    text = re.sub(r"^\((.*)\)[.,]?$", r"\1", text) if text.count("(") == 1 else text
    if match := RE_GITHUB.fullmatch(text):
        host = "gitlab" if text.lower().startswith("gitlab") else "github"
        fields: Fields = {
            "title": match[1].split("/")[1],
            "type": "software",
            "url": f"https://{host}.com/{match[1]}",
        }
        return fields | ({"note": match[2]} if match[2] else {})
    if match := RE_VIDEO_PAGE.fullmatch(text):
        return {**_spoken(match[1]), "type": "talk"}
    if match := RE_PAPER_PAGE.fullmatch(text):
        return {"title": clean_title(match[1])}
    return {}


def _spoken(text: str) -> Fields:
    """Title and speaker of a talk's page: ``Stanley Osher: "Trustworthy deep learning"``."""
    before, colon, after = text.partition(": ")
    if colon and (people := read_people(before)):
        return {"title": clean_title(after), "authors": people}
    if match := re.fullmatch(r"(.+?)\s+(?:by|[-–|])\s+(.+)", text):
        for title, person in ((match[1], match[2]), (match[2], match[1])):
            if people := read_people(person):
                return {"title": clean_title(title), "authors": people}
    return {"title": clean_title(text)}


TALK_WORD = (
    r"(?:invited |keynote |plenary |mini-?)?(?:talk|tutorial|lecture(?:s| series)?|seminar|keynote"
    r"|mini-?tutorial|video|presentation|webinar)"
)
RE_TALK_BY = re.compile(rf"({TALK_WORD})\s+(?:by|of)\s+(.+)", re.IGNORECASE)
RE_TALK_HEAD = re.compile(rf"(?:((?:[A-Z][\w&’'-]*\s+){{0,4}}))({TALK_WORD})\s*:\s*(.+)", re.IGNORECASE)
RE_BY_END = re.compile(r"(.{8,}?)[,;]?\s+by\s+(.{4,120})")


def _talk(text: str, context: Context) -> Fields:
    """A talk or tutorial that says so itself: ``Talk by …``, ``SIAM Minitutorial: … by …``."""
    body = without_link_names(text)
    if match := RE_TALK_BY.fullmatch(body):
        people, title = _speaker_and_title(match[2], context)
        if people and title:
            return {"title": clean_title(title), "type": talk_type(match[1]), "authors": people}
    if match := RE_TALK_HEAD.fullmatch(body):
        fields: Fields = {"type": talk_type(match[2])} | (
            {"event": match[1].strip()} if match[1].strip() else {}
        )
        return _in_order({**_title_by_people(match[3]), **fields})
    return _known_speaker(body, context)


def talk_type(word: str) -> str:
    """The entry type that a word for a talk means."""
    return "tutorial" if "tutorial" in word.lower() else "talk"


def _title_by_people(text: str) -> Fields:
    match = RE_BY_END.fullmatch(text)
    if match and (people := read_people(match[2].strip(" ."))):
        return {"title": clean_title(match[1]), "authors": people}
    return {"title": clean_title(text)}


def _speaker_and_title(text: str, context: Context) -> tuple[list[str], str]:
    """Speaker and title of what follows "talk by"; without a separator the speaker is a name of two words."""
    if match := re.match(r"[\[(]([^\[\]()]{2,100})[\])]\s*[-–—:,.]*\s*(.+)", text):
        return read_people(match[1]) or [match[1]], match[2]
    for match in re.finditer(r"\s+[-–—]\s+|[:,.]\s+|\s*(?=[“\"])", text[:160]):
        if people := read_people(text[: match.start()]):
            return people, text[match.end() :]
    words = text.split()
    for count in (1, 2, 3):
        if fold(" ".join(words[:count])) in context.speakers:
            return [" ".join(words[:count])], " ".join(words[count:])
    people = read_people(" ".join(words[:2])) if len(words) > 3 else None
    return (people, " ".join(words[2:])) if people else ([], text)


def _known_speaker(text: str, context: Context) -> Fields:
    """``Lars Title`` where the document has a talk by Lars and the title of a paper elsewhere."""
    words = text.split()
    for count in (1, 2, 3):
        if fold(" ".join(words[:count])) in context.speakers and len(words) > count + 2:
            title = clean_title(" ".join(words[count:]))
            return {"title": title, "type": "talk", "authors": [" ".join(words[:count])]}
    return {}


# -- Styles, the surest first ------------------------------------------------------------


def _marked(text: str, context: Context) -> Fields:
    """GB/T 7714: ``People. Title[J]. Venue, year, volume(number): pages.``"""
    match = RE_MARKER.search(text)
    if not match or match.start() < 3:
        return {}
    people, title = _people_and_title(text[: match.start()])
    rest = text[match.end() :]
    if not people and (found := leading_people(rest + " \ue000")) and not is_imprint(found[1]):
        people, rest = found[0], found[1]
    elif not people and (found := leading_people(rest)):
        people, rest = found
    fields: Fields = {"title": title, "authors": people}
    letter = match[1].upper()
    fields |= {"type": MARKER_TYPES[letter]} if letter in MARKER_TYPES else {}
    if letter in {"M", "D", "R"}:
        return fields | _published(rest)
    return fields | _imprint_or_note(rest)


def _published(text: str) -> Fields:
    """``Cambridge: MIT Press, 2016``: a place, who published it, the year."""
    found = read_imprint(re.sub(r"^[A-Z][\w. ]{1,30}:\s+", "", text.strip(" .")))
    if "venue" in found and "publisher" not in found:
        found["publisher"] = found.pop("venue")
    return {name: found[name] for name in ("year", "publisher", "pages", "volume") if name in found}


def _people_and_title(head: str) -> tuple[list[str], str]:
    if found := leading_people(head):
        return found[0], found[1]
    return [], head


def _quoted(text: str, context: Context) -> Fields:
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
    return _imprint_or_note(after.lstrip(" ,.;:")) | fields


def _piped(text: str, context: Context) -> Fields:
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


def _dated(text: str, context: Context) -> Fields:
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
    return _title_and_imprint(text[match.end() :]) | fields


def _venue_first(text: str, context: Context) -> Fields:
    """``ICML 18: Title``, ``NIPS 18 best paper: Title``, ``[NeurIPS 2018] Title``, ``PNAS Title``."""
    match = re.match(
        rf"(?P<open>[\[(【])?(?P<venue>{ACRONYM}(?:\s{ACRONYM})?)\s?(?P<gap>[’'`])?(?P<year>{YEAR}"
        rf"|\d\d)(?![\w.])"
        rf"[\s,]*(?P<award>{RE_AWARD.pattern})?[\])】]?\s*(?P<mark>[:：|,]|\s[-–—]\s)?\s*(?=[^\s:])",
        text,
    )
    if match and is_year(match["year"]) and match.end() < len(text) and text[match.end()] != CUT:
        spaced = text[match.end("venue")] in " '’`"
        if match["open"] or match["mark"] or spaced or fold(match["venue"]) in context.venues:
            title = text[match.end() :]
            fields: Fields = {"venue": match["venue"], "year": year_of(match["year"])}
            fields |= {"awards": [award_name(match["award"])]} if match["award"] else {}
            return {**_untitled(_body(title)), **fields}
    match = re.match(r"[\[(【]([^\[\]()【】]{2,80})[\])】]\s*[:：,|-]?\s*(\S.*)", text)
    if match and "venue" in (imprint := read_venue_year(match[1])):
        return {**_untitled(_body(match[2])), **imprint}
    return _known_venue_first(text, context)


def _untitled(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name not in {"venue", "year"}}


def _known_venue_first(text: str, context: Context) -> Fields:
    """A venue without year before the title, when the document or the letters' case gives it away."""
    for count in (2, 1):
        match = re.match(rf"({ACRONYM}(?:\s{ACRONYM}){{{count - 1}}})(?::\s+|\s+)(\S.*)", text)
        if match and fold(match[1]) in context.venues and len(match[2].split()) > 2:
            return {"venue": match[1], **_untitled(_body(match[2]))}
    if not match or len(match[2].split()) < 3:
        return {}
    name, title = match[1], match[2]
    if (
        name.isupper()
        and len(name) > 3
        and name not in ORGANISERS
        and ":" not in match[0][len(name) : len(name) + 2]
        and _in_sentence_case(title)
    ):
        return {"venue": name, **_untitled(_body(title))}
    return {}


def _in_sentence_case(title: str) -> bool:
    """Whether only the first word of a longer title is capitalised, so that it begins a sentence."""
    words = title.split()
    return len(words) >= 6 and words[0].istitle() and all(word.islower() for word in words[1:])


def _known_title(text: str, context: Context) -> Fields:
    """A label before a title that the document gives elsewhere: ``Neural SDE Neural Stochastic …``."""
    words = text.split() if context.titles else []
    for count in range(1, min(5, len(words) - 3)):
        title = " ".join(words[count:])
        label = words[count - 1]
        if (
            re.fullmatch(r"[A-Z]{2,}s?", label)
            and words[count][0].isupper()
            and fold(clean_title(title)) in context.titles
        ):
            return {"title": clean_title(title)}
    return {}


def _body(text: str) -> Fields:
    """People first, if there are any, then title and imprint; or title, people, imprint."""
    if found := leading_people(text):
        return _title_and_imprint(found[1]) | {"authors": found[0]}
    return _people_inside(text) or _title_and_imprint(text)


def _people_inside(text: str) -> Fields:
    """``Title, People et al., Venue`` and ``Title by People``: people behind a title and a comma or "by"."""
    for match in list(re.finditer(r",\s+|[?!.]\s+|\s+by\s+|\s+[-–—]\s+|;\s+|\s+\((?:by\s+)?", text[:500]))[
        :12
    ]:
        title = text[: match.start()] + match[0].strip(" .,;-–—(by")
        found = leading_people(text[match.end() :])
        if found and len(title.split()) > 1 and (len(found[0]) > 1 or "by" in match[0]):
            return {"title": title, "authors": found[0]} | _imprint_or_note(found[1].lstrip(" ).,;"))
    return {}


def _plain(text: str, context: Context) -> Fields:
    """No sign of a style: people, title and imprint are told by their own shapes."""
    if people := read_people(text.strip(" .")) if "," in text or "et al" in text else None:
        return {"authors": people}
    return _body(text)


STYLES: tuple[Callable[[str, Context], Fields], ...] = (
    _piped,
    _marked,
    _quoted,
    _dated,
    _venue_first,
    _known_title,
    _plain,
)


# -- Title and imprint -------------------------------------------------------------------

RE_SENTENCE_END = re.compile(r"[.?!。](?=\s+[“\"'(\[]?[\w\ue000]|\s*$|\s*\ue000)|\s*\ue000")
RE_NO_SENTENCE_END = re.compile(
    r"(?:\b(?:vs|St|Dr|Prof|No|Vol|vol|no|pp|al|cf|i\.e|e\.g|Mr|Eq|Fig|Pt|resp)|(?:^|\s)[A-Z])$"
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


def _title_and_imprint(text: str) -> Fields:
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
            return found | _imprint_or_note(rest) | found
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
        return _imprint_or_note(rest)
    if people := read_people(rest.strip(f" .{CUT}")):
        return {"authors": people}
    if found := leading_people(rest):
        return {"authors": found[0]} | _imprint_or_note(found[1])
    return _imprint_or_note(rest)


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
                return {**_title_by_people(text[: match.start()]), **found}
    if dated := re.fullmatch(rf"(.{{12,}}?)(?:,\s*|\s*\(|\.\s*)({YEAR})\)?", text):
        return {**_title_by_people(dated[1]), "year": int(dated[2])}
    return _trailing_venue(text) or _title_by_people(text)


def _trailing_venue(text: str) -> Fields:
    """``Title CVPR2015``: an acronym and a year with nothing between them and the title."""
    for match in RE_TRAILING_VENUE.finditer(text):
        before = text[: match.start()].rstrip(" ,")
        may_end = match.end() == len(text) and len(before.split()) > 2 and is_year(match["year"])
        if may_end and (match["lead"] or before.split()[-1].lower() not in TIE_WORDS):
            return {**_title_by_people(before), **read_venue_year(match[0].removeprefix(match["lead"] or ""))}
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


def _imprint_or_note(text: str) -> Fields:
    """The fields of an imprint; running text that is none becomes a note."""
    text = text.strip(f" ,;:{CUT}")
    if not text.strip(" ."):
        return {}
    if is_imprint(text) or RE_THESIS.search(text) or re.match(r"In:?\s+[A-Z]", text):
        return read_imprint(text)
    first = _first_sentence(text)
    if first != text and is_imprint(first):
        return read_imprint(first) | _imprint_or_note(text[len(first) :].strip(" ."))
    words = text.split()
    if len(words) <= 8 and words[0][0].isupper() and fold_words(text)[:1] != ("the",):
        return read_imprint(text)
    return {"note": text.replace(CUT, " ").strip(" .")} if len(words) > 3 else {}

"""Imprints: the part of a citation that says where and when a work appeared.

Venue, event, volume, number, pages, year and publisher, in the words of the
source; also the short forms that lists love: ``NeurIPS18``, ``ICML'20``,
``(ICLR workshop 2018/ICML2018)``. No venue is known here by name: an imprint
is told by its shape.
"""

from __future__ import annotations

import re
from typing import Any

from odebib.sources.citations.author_line import read_people
from odebib.text import identifiers

CUT = "\ue000"
"""Stands where an identifier or address was taken out of a citation; always a boundary."""

MAX_LENGTH = 800
"""A longer text is no imprint."""
MAX_SHORT = 200
"""A longer text is none of the short forms."""

YEAR = r"(?:1[5-9]|20)\d\d"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
ACRONYM = r"[A-Z][A-Za-z&]{0,9}?[A-Z][A-Za-z&]{0,6}(?:-[A-Z]{1,4})?"
"""ICML, NeurIPS, TMLR, ECCV: at least two capitals, no spaces."""
PAGE = r"[A-Za-z]?\d+(?:[.:]\d+)?"
PAGES = rf"{PAGE}(?:\s*[-–—‐−]+\s*{PAGE})?\+?"

RE_PREPRINT = re.compile(
    r"\b(?:arx?i?v|corr|biorxiv|medrxiv|techrxiv|chemrxiv|ssrn|research square|preprints?)\b", re.IGNORECASE
)
"""A preprint server, as often mistyped; it is never a venue."""
RE_PREPRINT_ONLY = re.compile(
    r"(?:(?:(?:an?\s+)?(?:arx?i?v|corr|biorxiv|medrxiv|techrxiv|chemrxiv|ssrn|research square)"
    r"(?:\s*(?:e-?prints?|preprints?|electronic journal))?|(?:e-?print"
    r"|preprint)s?(?:\s+(?:at\s+)?(?:on\s+)?arxiv)?)"
    r"(?:\s+(?:preprint\s+)?arxiv)?[\s,:;./-]*)+",
    re.IGNORECASE,
)
RE_SHORT = re.compile(rf"(.*?[^\W\d_)])[\s,]*[’'`]?({YEAR}|(?<!\d)\d\d)", re.DOTALL)
"""``NeurIPS18``, ``ICML 2020``, ``ICML'20``, ``Scientific Reports18``."""
RE_SHORT_EVENT = re.compile(rf"((?:[A-Z][\w&-]*\s+)?{ACRONYM})\s?[’'`]?({YEAR}|\d\d)(?!\d)[\s,:-]+(\S.*)")
"""``ICLR20 DeepDiffEq``, ``NeurIPS 2019 Workshop``."""
RE_YEAR_FIRST = re.compile(rf"({YEAR})\s+(?=[A-Z])(.+)")
RE_EVENT_WORD = re.compile(
    r"\b(?:workshops?|symposium on|w/s|wksp|tutorials?|mini-?tutorials?|satellite)\b", re.IGNORECASE
)
ORGANISERS = frozenset(
    [
        "IEEE",
        "ACM",
        "SIAM",
        "AMS",
        "APS",
        "AIP",
        "IFAC",
        "IET",
        "IFIP",
        "USENIX",
        "AIAA",
        "ASME",
        "IEEE/CVF",
        "IEEE/RSJ",
        "ACM/IEEE",
    ]
)
"""Societies, which stand before the name of what they organise."""

RE_VENUE_WORD = re.compile(
    r"\b(?:proc(?:eedings|\.)|conf(?:erence|\.)|journal|j\.|trans(?:actions|\.)|advances in|annual"
    r"|symp(?:osium|\.)"
    r"|workshops?|lett(?:ers|\.)|reviews?\b|annals|ann\.|bulletin|magazine|lecture notes|communications"
    r"|international|intl?\.|congress|meeting|acta|archive|archiv|mathemati[ck]s|reports?|rev\."
    r"|comm(?:un)?\.|phys\."
    r"|comput\.|math\.|appl\.|sci\.|res\.|thesis|dissertation|encyclopa?edia|handbook|notices|quarterly"
    r"|studies)(?!\w)",
    re.IGNORECASE,
)
"""Words that names of journals and conferences hold; subject-neutral."""
RE_PUBLISHER = re.compile(
    r"\b(?:springer(?:[ -](?:verlag|nature|international publishing))?|elsevier|wiley(?:-[a-z]+)?"
    r"|ieee(?: press)?|acm(?: press)?"
    r"|[\w ]{0,40}university press|(?:[\w-]+ ){0,3}press|pmlr|curran associates(?:,? inc)?|aaai press"
    r"|mit press|siam|"
    r"o.?reilly(?: media)?|morgan kaufmann(?: publishers)?|birkh[äa]user|de gruyter|taylor (?:&"
    r"|and) francis|crc press"
    r"|academic press|north[- ]holland|world scientific|mcgraw[- ]hill|prentice[- ]hall|addison[- ]wesley"
    r"|pearson"
    r"|cambridge|oxford|citeseer|jmlr\.org|openreview\.net|iop publishing|mdpi|frontiers media|sage"
    r"|routledge|dover"
    r"|society for [\w ]+|association for [\w ]+|institute of [\w ]+|american (?:[\w]+ ){1,3}(?:society"
    r"|association)"
    r"|royal society|packt(?: publishing)?|manning(?: publications)?|[\w ]{1,30}publish(?:ing|ers)(?: \w+)?"
    r"|citeseer|schloss dagstuhl[\w –-]*|usenix(?: association)?|verlag [\w ]+)(?:,? (?:inc|ltd|llc"
    r"|gmbh)\.?)?",
    re.IGNORECASE,
)
"""Publishers and societies."""
RE_PUBLISHER_ALONE = re.compile(rf"(?:{RE_PUBLISHER.pattern})(?=\s*(?:[,;:.]|$))", re.IGNORECASE)
"""A publisher that is not the start of a longer name, such as IEEE Transactions."""
RE_NOT_OUT_YET = re.compile(
    r"(?:under|in)\s+(?:review|revision|preparation)|submitted\b.*|in press|forthcoming", re.IGNORECASE
)
"""A venue that a work has not appeared in."""
NO_VENUES = frozenset(
    [
        "PDF",
        "HTML",
        "URL",
        "DOI",
        "PPT",
        "PPTX",
        "BIB",
        "README",
        "FAQ",
        "API",
        "TBD",
        "TODO",
        "N/A",
        "CODE",
        "LINK",
        "VIDEO",
        "SLIDES",
        "PAPER",
    ]
)
"""Words in capitals that lists use for links."""
RE_THESIS = re.compile(
    r"\b(?:(?P<kind>ph\.?\s?d\.?|doctoral|master'?s?|m\.?sc\.?|bachelor'?s?|habilitation|diploma)[\s.]*)?"
    r"(?P<word>thesis|dissertation)\b",
    re.IGNORECASE,
)

RE_PAGES_NAMED = re.compile(rf"[\s,;:(]*\b(?:pp?\.?|pages?|pgs?\.)\s*({PAGES})\)?", re.IGNORECASE)
RE_VOLUME_NUMBER_PAGES = re.compile(
    rf"[\s,;:]*(?<![\w.])(?:vol(?:ume|\.)?\s*)?(\d{{1,4}}|[IVXLC]+)\s*\(((?:\d{{1,4}}|[A-Z]\d{{1,3}}"
    rf"|suppl\w*\.?\s*\d*|special issue)"
    rf"(?:\s*[-–/]\s*\d+)?)\)\s*(?:[,:;]\s*(?:pp?\.?\s*)?({PAGES})(?!\w))?",
    re.IGNORECASE,
)
"""``34(1): 014004``, ``521(7553), 436-444``, ``20 (1)``."""
RE_VOLUME_YEAR_PAGES = re.compile(rf"[\s,;:]*(?<!\w)(\d{{1,4}})\s*\(({YEAR})\)[\s,:]*({PAGES})?(?!\w)")
"""``378 (2019) 686-707``, as physicists write it."""
RE_VOLUME_NAMED = re.compile(r"[\s,;:(]*\bvol(?:ume|\.)?\s*([\w-]+)\)?", re.IGNORECASE)
RE_NUMBER_NAMED = re.compile(
    r"[\s,;:(]*\b(?:no\.?|number|issue|iss\.|nr\.?|art(?:icle|\.)?(?: no\.?)?)\s*([\w-]*\d[\w-]*)\)?",
    re.IGNORECASE,
)
RE_YEAR_PAGES = re.compile(rf"\b({YEAR})\s*:\s*({PAGES})(?!\w)")
"""``2018: 6571-6583``."""
RE_VANCOUVER = re.compile(
    rf"\b({YEAR})(?:\s\w{{3,4}}(?:\s\d+)?)?\s*;\s*(\d{{1,4}})\s*(?:\(([^()]{{1,20}})\))?\s*(?::\s*({PAGES}))?"
)
"""``2019;378(2):686-707``."""
RE_YEAR_VOLUME_PAGES = re.compile(rf"\b({YEAR}),\s*(\d{{1,4}})\s*:\s*({PAGES})(?!\w)")
"""``2024, 37: 103031-103063``."""
RE_BARE_PAGES = re.compile(r"(?<=[^\W\d_.])\.?\s+(\d{1,6}\s*[-–—]\s*\d{1,6})(?=\s*(?:[(.,;]|$))")
"""``Computer Vision 4541–4550 (IEEE, 2019)``."""
RE_VOLUME_PAGES = re.compile(
    rf"(?<=[^\W\d_]"
    rf"|\.)[\s,]+(?!{YEAR})(\d{{1,4}})\s*[,:]\s*(?!{YEAR}\b(?!\s*[-–]))({PAGES})(?=\s*(?:[(,;.]|$|{CUT}"
    rf"|{YEAR}))"
)
"""``Nature 521, 436-444``."""
RE_YEAR = re.compile(rf"[(\[]?\s*(?<![\w-])({YEAR})[a-d]?(?![\w-])\s*[)\]]?")
RE_ATTACHED_YEAR = re.compile(rf"(?<=[A-Z]|S)[’'`]?({YEAR}|\d\d)(?!\w)")
RE_DATE = re.compile(
    rf"[\s,;(]*(?<!\w){MONTH}\.?(?:\s*[-–/]\s*{MONTH}\.?)?(?:\s+\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?:\s*[-–]\s*\d{{1,2}})?)?(?!\w)"
    rf"|[\s,;(]*(?<!\w)\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s+{MONTH}\.?(?!\w)",
    re.IGNORECASE,
)
RE_ORDINAL_VOLUME = re.compile(r"(.*[^\W\d_])\s+(\d{1,3})")

RE_AWARD = re.compile(
    r"(?:(?:long|short|full|contributed|highlighted)\s+)?(?:orals?|spotlights?)(?:\s+(?:presentation"
    r"|paper|talk))?"
    r"|(?:best|outstanding|distinguished|notable)\s+(?:[a-z]+\s+)?papers?(?:\s+(?:award|prize|finalist"
    r"|candidate|nominee|"
    r"honou?rable mention|runner[- ]?up)){0,3}"
    r"|(?:paper\s+)?award(?:\s+winner)?|honou?rable mention|runner[- ]?up|test[- ]of[- ]time(?:\s+award)?"
    r"|notable[- ]top[- ]\d+%|top[- ]\d+%|contributed talk|highlight|best (?:poster|thesis"
    r"|student paper)(?:\s+award)?"
    r"|jmlr journal track|featured certification",
    re.IGNORECASE,
)
RE_AWARD_GROUP = re.compile(r"[(\[（]([^()\[\]（）]{3,80})[)\]）][\s,.;:!]*$")


def split_awards(title: str) -> tuple[str, list[str]]:
    """A title without the awards that stand behind it, and the awards in lower case.

    >>> split_awards("Residual Flows for Invertible Generative Modeling (SPOTLIGHT),")
    ('Residual Flows for Invertible Generative Modeling', ['spotlight'])
    >>> split_awards("Neural Ordinary Differential Equations (best paper award)")
    ('Neural Ordinary Differential Equations', ['best paper'])
    """
    awards: list[str] = []
    while (match := RE_AWARD_GROUP.search(title, max(0, len(title) - 200))) and (found := _awards(match[1])):
        awards = [*found, *awards]
        title = title[: match.start()].rstrip(" \t,;:/-")
    return title, awards


def _awards(text: str) -> list[str]:
    """The awards that a remark consists of, or none if it says anything else."""
    parts = [
        part.strip(" !.*") for part in re.split(r"\s*(?:[,;/&+]|\band\b)\s*", text) if part.strip(" !.*")
    ]
    if not parts or not all(RE_AWARD.fullmatch(part) for part in parts):
        return []
    return [award_name(part) for part in parts]


def award_name(text: str) -> str:
    """An award as we write it: ``BEST PAPER AWARD`` is ``best paper``."""
    name = " ".join(text.lower().split())
    return re.sub(r"(?<=\w) (?:award|prize|presentation)$", "", name)


def read_venue_year(text: str) -> dict[str, Any]:
    """Venue, event, year and the like of a fragment such as a link's text; {} if it is none.

    A preprint server is no venue; its year stays.

    >>> read_venue_year("NeurIPS18")
    {'venue': 'NeurIPS', 'year': 2018}
    >>> read_venue_year("arXv21")
    {'year': 2021}
    >>> read_venue_year("code")
    {}
    """
    text = _bare(text)
    if not text or len(text) > 300 or text.upper() in NO_VENUES:
        return {}
    if arxiv_id := identifiers.arxiv(text):
        return {"arxiv": arxiv_id}
    if RE_NOT_OUT_YET.fullmatch(text):
        return {"note": text}
    if "/" in text and (several := _several(text)):
        return several
    return _short(text) or (_with_details(text) if is_imprint(text) else {})


def _several(text: str) -> dict[str, Any]:
    """``ICLR workshop 2018/ICML2018``: the conference, with the whole text as a note."""
    found = [_short(_bare(part)) for part in text.split("/")]
    if not all(found) or len(found) < 2:
        return {}
    best = next((one for one in found if "venue" in one and "event" not in one), found[0])
    return {**best, "note": text}


def _short(text: str) -> dict[str, Any]:
    """Forms of a few words: venue and year, perhaps with an event; {} if it is not so short."""
    if len(text) > MAX_SHORT:
        return {}
    if RE_PREPRINT_ONLY.fullmatch(text):
        return {}
    if match := RE_YEAR_FIRST.fullmatch(text):
        text = f"{match[2]} {match[1]}" if not re.search(r"\d", match[2]) else match[2]
        if not RE_EVENT_WORD.search(match[2]) and len(text.split()) > 9:
            return {}
    if match := RE_SHORT_EVENT.fullmatch(text):
        if not is_year(match[2]) or re.search(r"\d|[.:(]", match[3]) or len(match[3].split()) > 12:
            return {}
        fields = {**_venue(match[1]), "year": year_of(match[2])}
        return fields | event_of(match[3])
    match = RE_SHORT.fullmatch(text)
    if not match or not is_year(match[2]) or not _is_short_venue(match[1], match[2]):
        return {}
    if RE_PREPRINT_ONLY.fullmatch(match[1]):
        return {"year": year_of(match[2])}
    if RE_PREPRINT.search(match[1]) or RE_THESIS.search(match[1]) or _is_publisher(match[1]):
        return {}
    return {**_venue(match[1]), "year": year_of(match[2])}


def _is_short_venue(name: str, year: str) -> bool:
    """Whether words before a year are a name: few, capitalised, and nothing else among them."""
    words = name.split()
    if (len(words) > 4 or "," in name) and not RE_VENUE_WORD.search(name):
        return False
    if len(words) > 12 or (re.search(r"[.:;!?\"“”()]|\d", name) and not RE_VENUE_WORD.search(name)):
        return False
    if re.search(r"\d(?!\d*(?:st|nd|rd|th)\b)(?!\d)", name):
        return False
    lower = [word for word in words if word[0].islower() and word not in SMALL_WORDS]
    return len(words) == 1 or len(lower) < len(words) / 2 or bool(RE_VENUE_WORD.search(name))


SMALL_WORDS = frozenset(
    ["in", "on", "of", "the", "and", "for", "at", "to", "a", "an", "de", "la", "und", "et", "der", "für"]
)


def _venue(name: str) -> dict[str, Any]:
    """A venue's name, with the event that it may hold: ``AAAI DLGMA``, ``ICLR workshop``."""
    name = strip_lead(name)
    if not name:
        return {}
    if match := re.fullmatch(rf"({ACRONYM})\s+({ACRONYM})", name):
        if match[1] not in ORGANISERS:
            return {"venue": match[1], "event": match[2]}
        return {"venue": name}
    match = re.fullmatch(
        rf"((?:IEEE\s|ACM\s)?{ACRONYM}|[A-Z][\w-]+)[\s,:@-]+(.*\bworkshops?\b.*)", name, re.IGNORECASE
    )
    if match and not RE_VENUE_WORD.search(match[1]):
        return {"venue": match[1], "event": _bare(match[2]), "type": "workshop-paper"}
    if re.search(r"\bworkshops?\b", name, re.IGNORECASE):
        return {"venue": name, "type": "workshop-paper"}
    return {"venue": name}


def event_of(text: str) -> dict[str, Any]:
    """An event's name, and the type that follows from it."""
    text = _bare(text)
    if not text or RE_PREPRINT_ONLY.fullmatch(text):
        return {}
    if found := _awards(text):
        return {"awards": found}
    fields: dict[str, Any] = {"event": text}
    if re.search(r"\b(?:workshops?|wksp)\b", text, re.IGNORECASE):
        fields["type"] = "workshop-paper"
    return fields


RE_LEAD = re.compile(
    r"(?:(?:to appear|accepted|appeared|published|presented)\s+(?:in|at|by|to|for)|to appear|accepted"
    r"|in|at|from|via)(?::\s*|\s+)(?:the\s+(?=proc))?",
    re.IGNORECASE,
)


def strip_lead(text: str) -> str:
    """A venue without what leads to it: ``In``, ``//``, ``to appear in``, ``accepted at``."""
    text = text.lstrip(f" \t.,;:/–—-{CUT}").rstrip(f" \t,;:/–—-{CUT}")
    while match := RE_LEAD.match(text):
        if match[0].strip().lower() == "in" and text[match.end() : match.end() + 1].islower():
            break
        text = text[match.end() :].lstrip(" .,;:")
    return text


def _bare(text: str) -> str:
    """A fragment without brackets around it and punctuation behind it."""
    text = " ".join(text.split()).strip(" .,;:=–—-|")
    while len(text) > 2 and text[0] + text[-1] in {"()", "[]", "{}", "（）"} and text.count(text[0]) == 1:
        text = text[1:-1].strip(" .,;:")
    return text


def is_year(digits: str) -> bool:
    """Whether two or four digits may be a year."""
    return len(digits) == 4 or int(digits) <= 45 or int(digits) >= 70


def year_of(digits: str) -> int:
    """The year that two or four digits mean."""
    number = int(digits)
    if len(digits) == 4:
        return number
    return 2000 + number if number <= 45 else 1900 + number


def is_imprint(text: str) -> bool:
    """Whether a stretch of text looks like where and when something appeared."""
    bare = text.strip(f" .,;:()[]{CUT}")
    if not bare or len(bare) > MAX_LENGTH:
        return False
    if RE_PREPRINT_ONLY.match(bare) and len(bare.split()) < 8:
        return True
    if re.fullmatch(rf"{YEAR}", bare) or _short(bare):
        return True
    if (
        RE_VOLUME_NUMBER_PAGES.search(bare)
        or RE_VOLUME_YEAR_PAGES.search(bare)
        or RE_YEAR_PAGES.search(bare)
        or RE_VOLUME_PAGES.search(bare)
        or RE_VANCOUVER.search(bare)
    ):
        return True
    words = bare.split()
    if len(words) > 40:
        return False
    named = RE_VENUE_WORD.search(bare) or RE_PUBLISHER.match(bare)
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    if named and (
        RE_YEAR.search(bare) or re.match(r"in[: ]", bare, re.IGNORECASE) or capitals >= len(words) / 2
    ):
        return True
    if re.match(r"In:? [A-Z\d]", bare) or RE_PAGES_NAMED.search(bare) or RE_VOLUME_NAMED.search(bare):
        return True
    if re.fullmatch(rf"(?:{ACRONYM}\s?){{1,2}}", bare):
        return True
    if RE_PREPRINT.search(bare):
        return False
    return (
        bool(RE_YEAR.search(bare)) and len(words) <= 10 and bare[0].isupper() and capitals >= len(words) / 2
    )


def read_imprint(text: str) -> dict[str, Any]:
    """The fields of a whole imprint: ``Inverse Problems, 2017, 34(1): 014004``.

    >>> read_imprint("Inverse Problems, 2017, 34(1): 014004.")
    {'volume': '34', 'number': '1', 'pages': '014004', 'year': 2017, 'venue': 'Inverse Problems'}
    """
    text, editors = _take_editors(text[: 2 * MAX_LENGTH])
    bare = _bare(text.replace(CUT, " "))
    return {**(_short(bare) or _with_details(text)), **({"editors": editors} if editors else {})}


def _take_editors(text: str) -> tuple[str, list[str]]:
    """The imprint without its editors: ``In A. One and B. Two (eds.), Proceedings of …``."""
    text = re.sub(r"\(\s*[Ee]ds?\.\s[^()]{2,200}\)", " ", text)
    match = re.match(
        r"\s*(?:[Ii]n:?\s+)?([^()]{4,400}?)[,\s]*(?:\(\s*[Ee]ds?\.?\s*\)|,\s*[Ee]d(?:s"
        r"|itors?)\.?)\s*[,.:]?\s+",
        text,
    )
    if match and (editors := read_people(match[1])):
        return f"In {text[match.end() :]}", editors
    return text, []


def _with_details(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    text = " ".join(text.split())
    for pattern, names in (
        (RE_VOLUME_PAGES, ("volume", "pages")),
        (RE_VANCOUVER, ("year", "volume", "number", "pages")),
        (RE_VOLUME_YEAR_PAGES, ("volume", "year", "pages")),
        (RE_VOLUME_NUMBER_PAGES, ("volume", "number", "pages")),
        (RE_PAGES_NAMED, ("pages",)),
        (RE_VOLUME_NAMED, ("volume",)),
        (RE_NUMBER_NAMED, ("number",)),
        (RE_YEAR_VOLUME_PAGES, ("year", "volume", "pages")),
        (RE_YEAR_PAGES, ("year", "pages")),
        (RE_BARE_PAGES, ("pages",)),
    ):
        text = _take(pattern, names, text, fields)
    text = _take_year(text, fields)
    text = RE_DATE.sub(" ", text) if "year" in fields else text
    text, awards = _take_awards(text)
    if awards:
        fields["awards"] = awards
    return fields | _names(text)


def _take(pattern: re.Pattern[str], names: tuple[str, ...], text: str, fields: dict[str, Any]) -> str:
    """Moves what a pattern finds from the text to the fields that are still empty."""
    match = pattern.search(text)
    if not match or any(name in fields for name in names[:1]):
        return text
    for name, value in zip(names, match.groups(), strict=True):
        if value and name not in fields:
            fields[name] = int(value) if name == "year" else " ".join(value.split())
    return text[: match.start()] + " ; " + text[match.end() :]


def _take_year(text: str, fields: dict[str, Any]) -> str:
    found = list(RE_YEAR.finditer(text))
    if not found:
        match = RE_ATTACHED_YEAR.search(text)
        if match and is_year(match[1]):
            fields.setdefault("year", year_of(match[1]))
            return text[: match.start()] + " ; " + text[match.end() :]
        return text
    fields.setdefault("year", int(found[-1][1]))
    for match in reversed(found):
        if int(match[1]) == fields["year"]:
            inside = (
                match.start() > 0
                and match.end() < len(text)
                and text[match.end() : match.end() + 2].strip()[:1].isalpha()
            )
            text = text[: match.start()] + (" " if inside else " ; ") + text[match.end() :]
    return text


def _take_awards(text: str) -> tuple[str, list[str]]:
    awards: list[str] = []
    for match in re.finditer(r"[(\[]([^()\[\]]{3,80})[)\]]", text):
        if found := _awards(match[1]):
            awards += found
            text = text.replace(match[0], " ; ")
    return text, awards


def _names(text: str) -> dict[str, Any]:
    """Venue and publisher of an imprint from which the numbers are taken."""
    fields: dict[str, Any] = {}
    if match := RE_THESIS.search(text):
        school = (text[: match.start()] + ";" + text[match.end() :]).strip(" .,;:()[]")
        fields["type"] = "thesis"
        if school:
            fields["publisher"] = re.sub(r"\s*;.*", "", school).strip(" .,;:()[]")
        return {name: value for name, value in fields.items() if value}
    parts = [strip_lead(part) for part in _split_names(text)]
    parts = [part for part in parts if part.strip(" .,;:()[]/=*–-")]
    for part in parts:
        if RE_PREPRINT_ONLY.fullmatch(part):
            continue
        if "venue" not in fields and not _is_publisher(part):
            if "publisher" in fields:
                break
            fields |= _finished(part)
        elif "publisher" not in fields and (match := RE_PLACE_PUBLISHER.match(part)):
            fields["publisher"] = match[1].strip(" .,;:()")
    return fields


RE_PLACE_PUBLISHER = re.compile(rf"(?:[^\W\d_][\w. ]{{1,30}}:\s*)?({RE_PUBLISHER.pattern}.*)", re.IGNORECASE)
"""``Cham: Springer``: a publisher, perhaps behind its place."""


def _is_publisher(part: str) -> bool:
    return bool(
        re.fullmatch(
            RE_PLACE_PUBLISHER.pattern.removesuffix(".*)") + ")", part.strip(" .,;:()"), re.IGNORECASE
        )
    )


def _finished(part: str) -> dict[str, Any]:
    """A venue's part of an imprint, with the volume or event that stands in it."""
    abbreviated = re.search(r"[^\W\d_]\. [^.]+\.$", part.rstrip(" ,;:/"))
    part = part.strip(" .,;:/") + ("." if abbreviated else "")
    if part.count("(") != part.count(")"):
        part = part.strip("()")
    if re.fullmatch(r"\d+|[ivxlc]+", part, re.IGNORECASE):
        return {}
    fields: dict[str, Any] = {}
    match = RE_ORDINAL_VOLUME.fullmatch(part)
    if match and len(match[1].split()) > 1:
        part, fields["volume"] = match[1], match[2]
    return fields | _venue(part)


RE_NAME_BREAK = re.compile(r"\s*;\s*|\s*[.](?:\s+)(?=\S)|,\s+|\s*" + CUT + r"\s*")
RE_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-Z]|[A-Z][a-z]{1,6}|St|vs|[A-Z](?:\.[A-Z])+)$")


def _split_names(text: str) -> list[str]:
    """An imprint cut at full stops and commas, but not at those of abbreviations and enumerations."""
    parts, start = [], 0
    for match in RE_NAME_BREAK.finditer(text):
        before, after = text[start : match.start()], text[match.end() :]
        if "." in match[0] and RE_ABBREVIATED.search(before) and not RE_PUBLISHER_ALONE.match(after):
            continue
        if match[0].startswith(",") and _goes_on(before, after):
            continue
        parts.append(before)
        start = match.end()
    return [part for part in [*parts, text[start:]] if part.strip()]


def _goes_on(before: str, after: str) -> bool:
    """Whether a comma belongs to a name: ``Transactions on Systems, Man, and Cybernetics``."""
    if not re.search(r"\b(?:on|of|in|for)\s+[\w\s,&-]{0,60}$", before) or RE_PUBLISHER.match(after):
        return False
    return bool(re.match(r"(?:and|&)\s|(?:[A-Z][\w-]*\s*){1,3},?\s+(?:and|&)\s", after))

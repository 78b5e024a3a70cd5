"""The words and marks by which an imprint is told: years, pages, publishers, societies, awards.

No venue is known here by name.
"""

from __future__ import annotations

import re

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
RE_VOLUME_NAMED = re.compile(r"[\s,;:(]*\bvol(?:ume|\.)?\s*(\d[\w-]*|[A-Z]?\d+|[IVXLC]+\b)\)?", re.IGNORECASE)
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


RE_PLACE_PUBLISHER = re.compile(rf"(?:[^\W\d_][\w. ]{{1,30}}:\s*)?({RE_PUBLISHER.pattern}.*)", re.IGNORECASE)
"""``Cham: Springer``: a publisher, perhaps behind its place."""


def is_publisher(part: str) -> bool:
    """Whether a part of an imprint is a publisher and nothing else."""
    return bool(
        re.fullmatch(
            RE_PLACE_PUBLISHER.pattern.removesuffix(".*)") + ")", part.strip(" .,;:()"), re.IGNORECASE
        )
    )

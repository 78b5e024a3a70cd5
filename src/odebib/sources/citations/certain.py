"""What is certain in a citation, whatever its style: identifiers, addresses, remarks, names of links.

It is taken out before a style reads the rest.
"""

from __future__ import annotations

import re

from odebib.sources.citations.author_line import leading_people
from odebib.sources.citations.awards import split_awards
from odebib.sources.citations.imprint import is_imprint, read_venue_year
from odebib.sources.citations.style import Fields
from odebib.sources.citations.words import ACRONYM, CUT, RE_PREPRINT_ONLY, YEAR
from odebib.text import identifiers

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


def take_identifiers(text: str, fields: Fields) -> str:
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


def take_remarks(text: str, remarks: Fields) -> str:
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


RE_NO_REMARK = re.compile(rf"{YEAR}[a-z]?|{YEAR}, \w+( \d+)?|[\d\s–-]+|{CUT}|eds?\.?")
"""What stands in brackets and belongs to the citation itself."""
RE_EQUAL_CONTRIBUTION = re.compile(r"\*?\s*(?:equal|joint) contributions?|\*.*", re.IGNORECASE)


def _take_remark(remark: str, remarks: Fields, *, at_start: bool) -> bool:
    """Whether a remark in brackets was understood, or is at least none of the citation's own parts."""
    if at_start or RE_NO_REMARK.fullmatch(remark):
        return False
    return any(take(remark, remarks) for take in REMARKS)


def _take_award(remark: str, remarks: Fields) -> bool:
    _, awards = split_awards(f"x ({remark})")
    if awards:
        remarks["awards"] = [*awards, *remarks.get("awards", [])]
    return bool(awards)


def _take_people_and_year(remark: str, remarks: Fields) -> bool:
    people = leading_people(remark)
    if not people or not re.fullmatch(rf"{YEAR}[a-z]?", people[1]):
        return False
    remarks.update(authors=people[0], year=int(people[1][:4]))
    return True


def _take_venue(remark: str, remarks: Fields) -> bool:
    found = read_venue_year(remark) if remark.count(" ") < 14 else {}
    if not found.keys() & {"year", "venue"} or re.fullmatch(ACRONYM, remark):
        return False
    remarks.update({key: value for key, value in found.items() if key not in remarks})
    return True


def _says_nothing(remark: str, remarks: Fields) -> bool:
    return bool(RE_PREPRINT_ONLY.fullmatch(remark) or RE_EQUAL_CONTRIBUTION.fullmatch(remark))


def _take_note(remark: str, remarks: Fields) -> bool:
    if len(remark.split()) <= 2 or is_imprint(remark):
        return False
    remarks["note"] = "; ".join(filter(None, [remark, remarks.get("note")]))
    return True


REMARKS = (_take_award, _take_people_and_year, _take_venue, _says_nothing, _take_note)
"""What a remark in brackets may be, the surest first."""

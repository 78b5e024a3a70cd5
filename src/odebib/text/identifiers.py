"""Identifiers of works: a table of schemes, each with its normal form.

An identifier is compared only in its normal form; the types ``Doi``,
``ArxivId``, … say that a string has been through normalisation.

>>> doi("https://doi.org/10.1007/S40304-017-0103-Z")
'10.1007/s40304-017-0103-z'
>>> arxiv("arXiv:1806.07366v5"), arxiv("10.48550/arXiv.1806.07366")
('1806.07366', '1806.07366')
>>> of_url("https://arxiv.org/pdf/1806.07366.pdf")
{'arxiv': '1806.07366'}
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NewType
from urllib.parse import parse_qs, quote, unquote, urlsplit

Doi = NewType("Doi", str)
ArxivId = NewType("ArxivId", str)
OpenReviewId = NewType("OpenReviewId", str)
Isbn = NewType("Isbn", str)

ARXIV_DOI_PREFIX = "10.48550/arxiv."
"""DOIs of arXiv itself (https://info.arxiv.org/help/doi.html): another spelling of the arXiv id."""
PREPRINT_DOI_PREFIXES = (
    ARXIV_DOI_PREFIX,
    "10.1101/",  # bioRxiv, medRxiv
    "10.2139/ssrn",  # SSRN
    "10.21203/rs",  # Research Square
    "10.31219/osf",  # OSF Preprints
    "10.31234/osf",  # PsyArXiv
    "10.36227/techrxiv",
    "10.22541/au",  # Authorea
    "10.26434/chemrxiv",
    "10.20944/preprints",
    "10.5281/zenodo",  # an archive of versions, not a publisher
)
"""DOI prefixes of preprint servers and archives; such a DOI never names the version of record."""

RE_DOI = re.compile(r"\b(10\.\d{4,9}(?:\.\d{1,9}){0,4}/[^\s\"<>{}|\\^`]+)", re.IGNORECASE)
"""A DOI (ISO 26324: prefix ``10.`` and a registrant code, ``/``, any suffix)."""
RE_WHOLE_DOI = re.compile(RE_DOI.pattern.replace("<>", ""), re.IGNORECASE)
"""A DOI that stands alone; those of the 1990s hold ``<`` and ``>`` (SICI), which end one in running text."""
RE_ARXIV_NEW = re.compile(r"(?<![\d.])(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?![\d])")
"""arXiv ids since April 2007 (https://info.arxiv.org/help/arxiv_identifier.html)."""
RE_ARXIV_OLD = re.compile(
    r"(?<![\w-])((?:acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph"
    r"|cmp-lg|comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph"
    r"|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int"
    r"|supr-con)(?:\.[A-Za-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?(?!\d)"
)
"""arXiv ids before April 2007, with the archive's name."""
RE_OPENREVIEW = re.compile(r"[A-Za-z0-9_-]{6,20}")
"""OpenReview forum ids, as its addresses hold them."""


RE_DOI_LEAD = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi ?: ?|doi ", re.IGNORECASE)
"""What people write before a DOI."""
RE_ARXIV_LEAD = re.compile(
    r"(?:https?://)?(?:(?:[a-z]{1,10}\.)?arxiv\.org/(?:abs|pdf|html|format|e-print)/"
    r"|(?:(?:dx\.)?doi\.org/)?10\.48550/arxiv\.)"
    r"|arxiv(?: preprint)?(?: arxiv)? ?[:.]? ?",
    re.IGNORECASE,
)
"""What people write before an arXiv id."""
RE_ARXIV_TAIL = re.compile(r"(?:\.pdf)?(?: ?\[[\w.-]+\])?", re.IGNORECASE)
"""What people write behind an arXiv id: the file's ending, the subject class."""


def _without_lead(lead: re.Pattern[str], text: str) -> str:
    """``text`` on one line without what stands before an identifier, however often."""
    candidate = " ".join(unquote(text).split())
    for _ in range(3):
        match = lead.match(candidate)
        if not match:
            break
        candidate = candidate[match.end() :]
    return candidate


def doi(text: str) -> Doi | None:
    """``text`` as a DOI in lower case without resolver, or None if it is none."""
    match = RE_WHOLE_DOI.fullmatch(_without_lead(RE_DOI_LEAD, text).rstrip(".,;"))
    return Doi(match[1].lower()) if match else None


def find_doi(text: str) -> Doi | None:
    """The first DOI in running text; closing punctuation is not part of it."""
    match = RE_DOI.search(text)
    if not match:
        return None
    return doi(without_punctuation(match[1]))


def without_punctuation(found: str) -> str:
    """An identifier or address from running text without the punctuation behind it.

    A closing bracket is its own only if it was opened there: ``…/Lens_(optics)``.
    """
    found = found.rstrip(".,;:!?'*_")
    excess = sum((sign in ")]") - (sign in "([") for sign in found)
    while excess > 0 and found.endswith((")", "]")):
        found = found[:-1].rstrip(".,;:!?'")
        excess -= 1
    return found


def is_preprint_doi(value: str) -> bool:
    """Whether a normalised DOI belongs to a preprint server or an archive."""
    return value.startswith(PREPRINT_DOI_PREFIXES)


def arxiv(text: str) -> ArxivId | None:
    """``text`` as an arXiv id without version, or None if it is none."""
    candidate = _without_lead(RE_ARXIV_LEAD, text)
    match = RE_ARXIV_NEW.match(candidate) or RE_ARXIV_OLD.match(candidate)
    if not match or not RE_ARXIV_TAIL.fullmatch(candidate, match.end()):
        return None
    return ArxivId(_without_subject_class(match[1]))


def find_arxiv(text: str) -> ArxivId | None:
    """The first arXiv id in running text that is called one, or is an arXiv address."""
    match = re.search(
        r"(?:arx[iv]{1,2}(?:\.org/(?:abs|pdf|html)/|\s*preprint|[:.\s])|abs/)[\s:a-z./]{0,40}?"
        + f"(?:{RE_ARXIV_NEW.pattern}|{RE_ARXIV_OLD.pattern})",
        text,
        re.IGNORECASE,
    )
    if not match:
        return None
    return ArxivId(_without_subject_class(match[1] or match[2]))


RE_ARXIV_CLASS = re.compile(
    r"(?<![\w.-])((?:cs|math|stat|eess|econ|q-bio|q-fin|nlin|physics|cond-mat|astro-ph)\.[A-Z][A-Za-z-]+"
    r"|(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph|cs|math|stat|physics|nlin"
    r"|eess|econ|q-bio|q-fin|cmp-lg|alg-geom|chao-dyn|dg-ga|q-alg|funct-an|solv-int))(?![\w.-])"
)
"""Subject classes of arXiv (https://arxiv.org/category_taxonomy), archives that have no classes too."""


def arxiv_class(text: str) -> str | None:
    """The first subject class that a text names, wherever it stands.

    >>> arxiv_class("arXiv:1806.07366 [cs.LG]"), arxiv_class("[math.NA]"), arxiv_class("math.GT/0309136")
    ('cs.LG', 'math.NA', 'math.GT')
    """
    match = RE_ARXIV_CLASS.search(re.sub(r"/\d{7}", "", text))
    return match[1] if match else None


def _without_subject_class(identifier: str) -> str:
    """arXiv drops the subject class of old ids: ``math.GT/0309136`` is ``math/0309136``."""
    return re.sub(r"\.[A-Za-z]{2}/", "/", identifier)


def arxiv_year(identifier: str) -> int:
    """The year an arXiv id holds.

    >>> arxiv_year("1806.07366"), arxiv_year("hep-th/9901001")
    (2018, 1999)
    """
    archive, _, number = identifier.rpartition("/")
    year = int(number[:2])
    return (1900 if archive and year > 90 else 2000) + year


def openreview(text: str) -> OpenReviewId | None:
    """``text`` as an OpenReview forum id, or None if it is none."""
    candidate = text.strip()
    if "openreview.net" in candidate:
        try:
            found = parse_qs(urlsplit(candidate).query).get("id")
        except ValueError:
            return None
        candidate = found[0] if found else ""
    return OpenReviewId(candidate) if RE_OPENREVIEW.fullmatch(candidate) else None


def isbn(text: str) -> Isbn | None:
    """``text`` as an ISBN-13 without hyphens, or None if its check digit is wrong.

    >>> isbn("0-306-40615-2")
    '9780306406157'
    """
    digits = re.sub(
        r"[\s-]", "", re.sub(r"^isbn[:\s-]*(?:1[03][:\s])?", "", text.strip(), flags=re.I)
    ).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum(w * (10 if d == "X" else int(d)) for w, d in zip(range(10, 0, -1), digits, strict=True))
        if total % 11:
            return None
        digits = "978" + digits[:9]
        digits += str(-_isbn13_sum(digits) % 10)
    if not re.fullmatch(r"97[89]\d{10}", digits) or _isbn13_sum(digits) % 10:
        return None
    return Isbn(digits)


def _isbn13_sum(digits: str) -> int:
    return sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))


@dataclass(frozen=True)
class Scheme:
    """A kind of identifier: its name, its normal form, the address it leads to."""

    name: str
    label: str
    normalise: Callable[[str], str | None]
    address: str | None
    example: str
    names_one_work: bool = True
    """Whether two works never share one: an ISBN is that of all chapters of a book."""

    def url(self, identifier: str) -> str | None:
        """The address of an identifier in normal form, or None if there is none."""
        return self.address.format(quote(identifier, safe=IN_ADDRESS)) if self.address else None


IN_ADDRESS = "/:;()._-~!*',@&=+$"
"""Signs of identifiers that may stand in an address as they are."""


SCHEMES: dict[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme("doi", "DOI", doi, "https://doi.org/{}", "10.1007/s40304-017-0103-z"),
        Scheme("arxiv", "arXiv", arxiv, "https://arxiv.org/abs/{}", "1806.07366"),
        Scheme("openreview", "OpenReview", openreview, "https://openreview.net/forum?id={}", "blfSjHeFM_e"),
        Scheme("isbn", "ISBN", isbn, None, "9780306406157", names_one_work=False),
    )
}
"""The schemes an entry may have a field for, in the order they are shown."""
OF_ONE_WORK = tuple(scheme.name for scheme in SCHEMES.values() if scheme.names_one_work)
"""The schemes by which a work is known again: two entries with the same identifier are one work."""


def of_url(url: str) -> dict[str, str]:
    """The identifiers that an address itself holds, by scheme; often none.

    A DOI inside a publisher's address counts (``link.springer.com/content/pdf/10.1007/….pdf``).
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # brackets that hold no IPv6 address
        return {}
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path)
    found: str | None
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        found = arxiv("https://arxiv.org" + path)
        return {"arxiv": found} if found else {}
    if host == "openreview.net":
        found = openreview(url)
        return {"openreview": found} if found else {}
    if host in {"doi.org", "dx.doi.org"}:
        if found := arxiv(path.lstrip("/")):
            return {"arxiv": found}
        found = doi(path.lstrip("/"))
        return {"doi": found} if found else {}
    if match := RE_WHOLE_DOI.search(path):
        found = doi(RE_DOI_TAIL.sub("", match[1]))
        return {"doi": found} if found else {}
    return {}


RE_DOI_TAIL = re.compile(r"(?:\.pdf|/(?:full|abstract|pdf|html|epdf|meta)){1,4}$", re.IGNORECASE)
"""What publishers write behind a DOI in an address."""
RE_PLAIN_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?:[/?#][\w/.,:;?&=+%#~@!$()*'-]*)?", re.ASCII
)
"""An address without anything unusual."""


def is_web_address(url: str) -> bool:
    """Whether ``url`` is an http or https address with a host and nothing that could be markup."""
    if RE_PLAIN_ADDRESS.fullmatch(url):
        return True
    if re.search(r"[\s\x00-\x20\x7f<>\"`{}|\\^]", url):
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)

"""DOIs, through content negotiation: https://citation.doi.org/docs.html

doi.org sends the request on to the agency that registered the DOI, nearly
always Crossref or DataCite, which answers in CSL-JSON. Crossref's holds more
than CSL: what was retracted, what is a preprint of what.
https://www.crossref.org/documentation/retrieve-metadata/rest-api/
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from odebib.errors import SourceError
from odebib.matching import merging
from odebib.services.answers import Answer, Wanted, fields_of, first_text, items, record
from odebib.services.failures import Failure, FetchError
from odebib.services.http import DAY, Network
from odebib.services.service import Service, by_scheme
from odebib.sources import csl_json
from odebib.text import identifiers
from odebib.text.markup import of_markup, title_of_markup
from odebib.text.names import Name

RESOLVER = "https://doi.org/{}"
CSL = "application/vnd.citationstyles.csl+json"
TYPES = (CSL, "application/json", "application/citeproc+json", "application/vnd.crossref")
SEARCH = "https://api.crossref.org/works?query.bibliographic={}&query.author={}&rows=5"
AGENCIES = {
    "crossref": "Crossref",
    "datacite": "DataCite",
    "crosscite": "DataCite",
    "jalc": "JaLC",
    "medra": "mEDRA",
}

RE_RETRACTED = re.compile(
    r"\W{0,3}(?:retracted|retraction|withdrawn)(?:\s+(?:article|paper|note))?\s*[:\]—–-]\s*", re.IGNORECASE
)
RETRACTIONS = frozenset({"retraction", "withdrawal", "removal"})
"""Updates after which a work no longer stands."""
PUBLISHER_COUNTS = frozenset({"book", "thesis", "report", "chapter", "dataset", "software"})
"""Types of which the publisher says something that the venue does not."""


def fetch(network: Network, doi: str, *, age: float = DAY) -> list[Answer]:
    """What the agency of a DOI says of it.

    Raises:
        SourceError: doi.org or the agency did not answer, or there is no such DOI.
    """
    try:
        response = network.get(RESOLVER.format(quote(doi, safe="/:;()._-")), accept=CSL, types=TYPES, age=age)
    except FetchError as error:
        if error.failure is Failure.GONE:
            raise FetchError(f"there is no DOI {doi}", Failure.GONE, "is there a typo in it?") from error
        if error.status in {204, 406}:
            message = f"the agency that registered {doi} tells nothing that a program can read"
            raise FetchError(message, Failure.GONE, "add it by hand, or from a .bib") from error
        raise
    item = response.json() if response.body.strip() else None
    if not isinstance(item, dict) or not (item.get("title") or item.get("DOI")):
        raise SourceError(f"{response.host} answered nothing of use for {doi}")
    notice_of = _is_notice_of(item)
    if notice_of:
        message = f"{doi} is the notice that {notice_of} was retracted, not a paper"
        raise FetchError(message, Failure.GONE, f"add {notice_of} instead")
    return [_answer(item, _agency(item, response.host), doi)]


def search(network: Network, title: str, author: Name | None, *, age: float = DAY) -> list[Answer]:
    """The works that Crossref finds by title and first author; which of them is meant, others must tell.

    Raises:
        SourceError: Crossref did not answer.
    """
    url = SEARCH.format(quote(title[:300], safe=""), quote(author.last if author else "", safe=""))
    found = fields_of(fields_of(network.get(url, types=TYPES, age=age).json()).get("message"))
    return [
        _answer(item, "Crossref", doi)
        for item in items(found.get("items"))
        if (doi := identifiers.doi(first_text(item.get("DOI")))) and not _is_notice_of(item)
    ]


def _agency(item: dict[str, Any], host: str) -> str:
    named = f"{first_text(item.get('source'))} {host}".lower()
    return next((name for sign, name in AGENCIES.items() if sign in named), host)


def _answer(item: dict[str, Any], agency: str, doi: str) -> Answer:
    retracted = _retraction(item)
    return Answer(
        agency,
        f"https://doi.org/{doi}",
        record(_fields(item, doi)),
        also=tuple(_related(item)),
        retracted=retracted,
    )


def _fields(item: dict[str, Any], doi: str) -> dict[str, Any]:
    given = {name: value for name, value in item.items() if name not in {"title", "abstract", "note", "id"}}
    fields = csl_json.record_fields({**given, **_in_csl(item), "DOI": doi})
    fields["title"] = _title(item)
    fields["abstract"] = of_markup(first_text(item.get("abstract")))
    fields.pop("topics", None)  # an agency's keywords are no topics of this bibliography
    if merging.is_preprint_server(fields.get("publisher", "")) or fields.get("type") not in PUBLISHER_COUNTS:
        fields.pop("publisher", None)
    if not fields.get("pages"):
        fields["pages"] = first_text(item.get("article-number"))
    if first_text(item.get("type")) == "posted-content":
        fields["venue"] = None
    return fields


def _in_csl(item: dict[str, Any]) -> dict[str, Any]:
    """What Crossref gives in a way of its own, as CSL has it: the day of print, the innermost container."""
    found: dict[str, Any] = {}
    printed = fields_of(item.get("published-print")) or fields_of(
        fields_of(item.get("journal-issue")).get("published-print")
    )
    if printed.get("date-parts"):
        found["issued"] = printed
    containers = item.get("container-title")
    if isinstance(containers, list) and len(containers) > 1 and "journal" not in str(item.get("type")):
        found["container-title"] = containers[-1]  # the first one is the series
    if isinstance(item.get("event"), dict):
        found["event"] = first_text(fields_of(item.get("event")).get("name"))
    return found


def _title(item: dict[str, Any]) -> str:
    """Title with subtitle, without the publisher's mark of a retraction."""
    title = RE_RETRACTED.sub("", title_of_markup(first_text(item.get("title"))), count=1)
    subtitle = title_of_markup(first_text(item.get("subtitle")))
    if subtitle and subtitle.lower() not in title.lower():
        title = f"{title.rstrip(':. ')}: {subtitle}"
    return re.sub(r"(?<![.\s])\.$", "", title)


def _retraction(item: dict[str, Any]) -> dict[str, str]:
    """The fields of ``retracted``, from what updated the work or from its title."""
    for update in items(item.get("updated-by")):
        if first_text(update.get("type")).lower() in RETRACTIONS:
            notice = identifiers.doi(first_text(update.get("DOI")))
            return {
                name: value
                for name, value in (
                    ("on", _day(update.get("updated"))),
                    ("reason", title_of_markup(first_text(update.get("label")))),
                    ("url", f"https://doi.org/{notice}" if notice else ""),
                )
                if value
            }
    title = title_of_markup(first_text(item.get("title")))
    if RE_RETRACTED.match(title) and not items(item.get("update-to")):
        return {"reason": "marked so in its title by the publisher"}
    return {}


def _day(value: Any) -> str:
    """A day as 2026-11-21; nothing where only the year or month is known."""
    parts = fields_of(value).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and len(first) == 3 and all(isinstance(part, int) for part in first):
        return f"{first[0]:04}-{first[1]:02}-{first[2]:02}"
    return ""


def _is_notice_of(item: dict[str, Any]) -> str | None:
    """The DOI of the work that this one retracts."""
    for update in items(item.get("update-to")):
        if first_text(update.get("type")).lower() in RETRACTIONS:
            return identifiers.doi(first_text(update.get("DOI")))
    return None


def _related(item: dict[str, Any]) -> list[Wanted]:
    """The same work elsewhere: the version of record of a preprint, the preprint of a paper."""
    relations = fields_of(item.get("relation"))
    found = []
    for kind in ("is-preprint-of", "has-preprint", "is-version-of"):
        for related in items(relations.get(kind))[:3]:
            identifier = first_text(related.get("id"))
            if arxiv := identifiers.arxiv(identifier):
                found.append(Wanted("arxiv", arxiv))
            elif doi := identifiers.doi(identifier):
                found.append(Wanted("doi", doi))
    return found


SERVICE = Service(
    scheme="doi",
    lead="doi:",
    noun="DOI",
    answering=("Crossref", "DataCite"),
    example="10.1007/s40304-017-0103-z",
    recognise=by_scheme("doi", identifiers.doi),
    fetch=fetch,
)

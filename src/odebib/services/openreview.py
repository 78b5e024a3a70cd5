"""OpenReview, through both versions of its API: https://docs.openreview.net/reference/api-v2

Venues moved from version 1 to 2 in 2023 and their papers stayed where they
were. A note holds what the authors typed in, and, once it is decided, the
venue in words ("ICLR 2023 poster") and a BibTeX entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urljoin

from odebib.errors import FormatError, SourceError
from odebib.matching import merging
from odebib.services.answers import Answer, Wanted, fields_of, first_text, items, people, record
from odebib.services.failures import Failure, FetchError
from odebib.services.http import DAY, Network
from odebib.services.service import Service, by_scheme
from odebib.sources.bibtex import reader as bibtex
from odebib.sources.citations import imprint
from odebib.text import identifiers
from odebib.text.markup import of_latex

SITE = "https://openreview.net"
NOTES = ("https://api2.openreview.net/notes?id={}", "https://api.openreview.net/notes?id={}")
SEARCH = "https://api2.openreview.net/notes/search?term={}&type=terms&content=all&source=forum&limit=10"
TYPES = ("application/json",)

RE_DECISION = re.compile(
    r"\bnotable(?:[- ]top[- ]\d+%)?"
    r"|\b(?:accept(?:ed)?|(?:oral)?posters?|orals?|spotlights?|conference|main|by"
    r"|datasets and benchmarks(?: track)?)\b|[()]",
    re.IGNORECASE,
)
"""Words around a venue's name that say how a paper was accepted."""
RE_NOT_ACCEPTED = re.compile(
    r"\b(?:submitted|submission|withdrawn|reject(?:ed)?|under review|desk|blind)\b", re.IGNORECASE
)
RE_AWARD = re.compile(r"\b(oral|spotlight|outstanding|best paper)\b", re.IGNORECASE)
PREPRINT_VENUES = re.compile(r"\bcorr\b|arxiv", re.IGNORECASE)


def fetch(network: Network, identifier: str, *, age: float = DAY) -> list[Answer]:
    """What OpenReview says of a forum.

    Raises:
        SourceError: OpenReview did not answer, or there is no such forum.
    """
    refused: FetchError | None = None
    for address in NOTES:
        try:
            answer = network.get(address.format(quote(identifier)), types=TYPES, age=age).json()
        except FetchError as error:
            if error.status not in {400, 401, 403, 404}:
                raise
            refused = refused or (error if error.status in {401, 403} else None)
            continue
        for note in items(fields_of(answer).get("notes")):
            if note.get("id") == identifier or note.get("forum") == identifier:
                return [_answer(note)]
    if refused:
        hint = "it wants to see a browser at times; give the arXiv id or DOI, or its BibTeX on standard input"
        raise FetchError(
            f"OpenReview does not let programs see {identifier}", Failure.REFUSED, hint
        ) from refused
    raise FetchError(f"OpenReview has no forum {identifier}", Failure.GONE, "is there a typo in it?")


def search(network: Network, title: str, *, age: float = DAY) -> list[Answer]:
    """The papers that OpenReview finds by their title; which of them is meant, others must tell.

    Raises:
        SourceError: OpenReview did not answer.
    """
    address = SEARCH.format(quote(re.sub(r"[$\\{}]", " ", title)[:300], safe=""))
    found = fields_of(network.get(address, types=TYPES, age=age).json())
    return [_answer(note) for note in items(found.get("notes")) if _content(note).get("title")]


def _content(note: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a note, in which version 2 wraps every value."""
    content = fields_of(note.get("content"))
    return {
        name: value["value"] if isinstance(value, dict) and "value" in value else value
        for name, value in content.items()
    }


def _answer(note: Mapping[str, Any]) -> Answer:
    content = _content(note)
    identifier = identifiers.openreview(first_text(note.get("forum") or note.get("id")))
    if identifier is None:
        raise SourceError("OpenReview answered a note without an id")
    venue = first_text(content.get("venue"))
    fields: dict[str, Any] = {
        "title": of_latex(first_text(content.get("title"))),
        "authors": people(_authors(content.get("authors"))),
        "abstract": of_latex(first_text(content.get("abstract"))),
        "openreview": identifier,
        "links": _links(content),
    }
    fields |= _appearance(venue) if venue else _of_bibtex(first_text(content.get("_bibtex")))
    also = _elsewhere(content)
    if also and also[0].scheme == "arxiv":
        fields["arxiv"] = also[0].value
    return Answer("OpenReview", f"{SITE}/forum?id={identifier}", record(fields), also=also)


def _authors(value: Any) -> list[str]:
    names = (
        [first_text(fields_of(name).get("fullname")) or first_text(name) for name in value]
        if isinstance(value, list)
        else []
    )
    return [name for name in names if name and name.lower() != "anonymous"]


def _appearance(venue: str) -> dict[str, Any]:
    """Venue and year of the words that OpenReview shows for a decision; none while there is no decision.

    >>> _appearance("ICLR 2023 poster"), _appearance("Submitted to ICLR 2023")
    ({'venue': 'ICLR', 'year': 2023}, {})
    >>> _appearance("NeurIPS 2021 Oral")
    {'venue': 'NeurIPS', 'year': 2021, 'awards': ['oral']}
    """
    if RE_NOT_ACCEPTED.search(venue) or PREPRINT_VENUES.search(venue) or merging.is_preprint_server(venue):
        return {}
    awards = [match.lower() for match in RE_AWARD.findall(venue)]
    name = " ".join(RE_DECISION.sub(" ", venue).split())
    fields = imprint.read_venue_year(name) if name else {}
    found = {part: fields[part] for part in ("venue", "event", "year", "type") if fields.get(part)}
    if not found.get("venue"):
        found = {"venue": re.sub(r"\b(?:19|20)\d\d\b", "", name).strip(" ,-")}
    return {**found, **({"awards": awards} if awards else {})}


def _of_bibtex(text: str) -> dict[str, Any]:
    """Venue and year of the BibTeX entry that older notes have in place of a venue."""
    if "@inproceedings" not in text.lower():
        return {}
    try:
        found = next(bibtex.read(text[:20_000], "OpenReview").records(), None)
    except FormatError:
        return {}
    if found is None:
        return {}
    given = found[1].record
    return {name: value for name in ("venue", "event", "year") if (value := getattr(given, name))}


def _links(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """The links to code and the like that authors may give."""
    kinds = {
        "code": "code",
        "code_link": "code",
        "github": "code",
        "video": "video",
        "project_page": "project",
    }
    found: dict[str, list[str]] = {}
    for name, kind in kinds.items():
        url = first_text(content.get(name)).strip()
        url = urljoin(SITE, url) if url.startswith("/") and name == "video" else url
        if identifiers.is_web_address(url):
            found.setdefault(kind, []).append(url)
    return found


def _elsewhere(content: Mapping[str, Any]) -> tuple[Wanted, ...]:
    """The same paper elsewhere, as notes say that were taken over from DBLP."""
    found = []
    for name in ("html", "ee", "pdf"):
        of_address = identifiers.of_url(first_text(content.get(name)))
        found += [Wanted(scheme, value) for scheme, value in of_address.items() if scheme in {"arxiv", "doi"}]
    return tuple(dict.fromkeys(found))


RE_BARE = re.compile(r"openreview(?:\.net)?\s*[:/ ]\s*([\w-]{6,20})", re.IGNORECASE)
"""A forum's id as people write it; alone it could be any word."""


def _bare(text: str) -> str | None:
    match = RE_BARE.fullmatch(text)
    return match[1] if match else None


SERVICE = Service(
    scheme="openreview",
    lead="OpenReview ",
    noun="OpenReview id",
    answering=("OpenReview",),
    example="https://openreview.net/forum?id=blfSjHeFM_e",
    recognise=by_scheme("openreview", _bare),
    fetch=fetch,
)

"""GitHub, through its REST API: https://docs.github.com/rest/repos/repos

A repository says what it is called, in which language and under which licence;
who wrote it stands in its CITATION.cff, where it has one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from odebib.services.answers import Answer, Wanted, fields_of, first_text, items, people, record
from odebib.services.failures import Failure, FetchError
from odebib.services.http import DAY, Network
from odebib.services.service import Service, is_address
from odebib.text import identifiers
from odebib.text.names import Name
from odebib.yamlio import reader

API = "https://api.github.com/repos/{}"
CITATION = API + "/contents/CITATION.cff"
USER = "https://api.github.com/users/{}"
JSON = "application/vnd.github+json"
RAW = "application/vnd.github.raw+json"

RE_REPOSITORY = re.compile(
    r"https?://(?:www\.)?github\.com/([\w.-]{1,100})/([\w.-]{1,100}?)(?:\.git)?(?:[/?#].*)?", re.IGNORECASE
)
NO_OWNERS = frozenset(
    ["about", "apps", "collections", "contact", "events", "explore", "features", "issues", "login",
     "marketplace", "notifications", "orgs", "pricing", "pulls", "search", "settings", "site", "sponsors",
     "stars", "topics", "trending"]
)  # fmt: skip
"""First parts of GitHub's own pages."""
NO_LICENCES = frozenset({"", "NOASSERTION", "OTHER"})


def repository(url: str) -> str | None:
    """The repository that an address leads to, as ``owner/name``; None where it leads to none.

    >>> repository("https://github.com/rtqichen/torchdiffeq/tree/master")
    'rtqichen/torchdiffeq'
    """
    match = RE_REPOSITORY.fullmatch(url.strip())
    if not match or match[1].lower() in NO_OWNERS or match[2] in {".", ".."}:
        return None
    return f"{match[1]}/{match[2]}"


def fetch(network: Network, name: str, *, age: float = DAY, authors: bool = True) -> list[Answer]:
    """What GitHub says of a repository; without ``authors`` in one request, else in up to three.

    Raises:
        SourceError: GitHub did not answer, or there is no such repository.
    """
    try:
        found = fields_of(_get(network, API.format(quote(name)), JSON, age).json())
    except FetchError as error:
        if error.failure is Failure.GONE:
            raise FetchError(
                f"GitHub has no repository {name}", Failure.GONE, "is it private, or renamed?"
            ) from error
        if error.status in {403, 429}:
            hint = "it takes 60 questions an hour; more with a token in GITHUB_TOKEN"
            raise FetchError(
                "GitHub has been asked too often", Failure.REFUSED, hint, status=error.status
            ) from error
        raise
    url = first_text(found.get("html_url"))
    if repository(url) is None:
        raise FetchError(f"GitHub answered nothing of use for {name}", Failure.BROKEN)
    fields = {
        "type": "software",
        "title": first_text(found.get("name")),
        "url": url,
        "language": first_text(found.get("language")),
        "licence": _licence(found),
        "year": first_text(found.get("created_at"))[:4],
        "summary": _sentence(first_text(found.get("description"))),
        "links": _links(found),
    }
    also: tuple[Wanted, ...] = ()
    if authors:
        cited, also = _citation(network, name, age)
        fields |= cited or {"authors": _owner(network, found, age)}
    archived = (
        (first_text(found.get("pushed_at"))[:7] or "unknown") if found.get("archived") is True else None
    )
    return [Answer("GitHub", url, record(fields), also=also, archived=archived)]


def _get(network: Network, url: str, accept: str, age: float) -> Any:
    token = re.sub(r"[^\w.-]", "", os.environ.get("GITHUB_TOKEN", ""))
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return network.get(url, accept=accept, age=age, headers=headers)


def _licence(found: Mapping[str, Any]) -> str:
    name = first_text(fields_of(found.get("license")).get("spdx_id"))
    return "" if name in NO_LICENCES else name


def _sentence(text: str) -> str:
    """A description as a summary: one sentence with a full stop, without pictures."""
    text = " ".join(re.sub(r":[a-z0-9_+-]+:|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]", " ", text).split())
    return text if not text or text[-1] in ".!?" else f"{text}."


def _links(found: Mapping[str, Any]) -> dict[str, list[str]]:
    """The homepage, which is the documentation more often than not."""
    url = first_text(found.get("homepage")).strip()
    if not identifiers.is_web_address(url) or identifiers.of_url(url) or repository(url):
        return {}
    return {"docs" if re.search(r"docs?\b|readthedocs|github\.io", url) else "project": [url]}


def _owner(network: Network, found: Mapping[str, Any], age: float) -> list[str]:
    """The owner's name, where nobody else is named."""
    owner = fields_of(found.get("owner"))
    login = first_text(owner.get("login"))
    try:
        name = first_text(fields_of(_get(network, USER.format(quote(login)), JSON, age).json()).get("name"))
    except FetchError:
        name = ""
    if owner.get("type") == "Organization" or " " not in name:
        return [Name(literal=re.sub(r"[{}<>]", "", name or login)).written] if name or login else []
    return people([name])


def _citation(network: Network, name: str, age: float) -> tuple[dict[str, Any], tuple[Wanted, ...]]:
    """Title and authors of CITATION.cff (https://citation-file-format.github.io), and the software's DOI."""
    try:
        text = _get(network, CITATION.format(quote(name)), RAW, age).text()
    except FetchError:
        return {}, ()
    data = fields_of(reader.read("CITATION.cff", text[:200_000]).data)
    authors = [name for person in items(data.get("authors")) if (name := _person(person))]
    doi = identifiers.doi(first_text(data.get("doi")))
    fields = {"authors": authors, "title": first_text(data.get("title"))}
    return ({k: v for k, v in fields.items() if v} if authors else {}), ((Wanted("doi", doi),) if doi else ())


def _person(person: Mapping[str, Any]) -> str:
    """A person or a group of CITATION.cff."""
    parts = [
        first_text(person.get(name))
        for name in ("given-names", "name-particle", "family-names", "name-suffix")
    ]
    given, particle, family, suffix = (re.sub(r"[{}<>,]", "", part) for part in parts)
    if family:
        return Name(family, given, particle, suffix).written
    group = re.sub(r"[{}<>]", "", first_text(person.get("name")))
    return Name(literal=group).written if group else ""


RE_BARE = re.compile(r"github\s*[:/ ]\s*([\w.-]+/[\w.-]+)", re.IGNORECASE)
"""A repository as people write it without its address."""


def _recognise(text: str) -> str | None:
    if is_address(text):
        return repository(text)
    match = RE_BARE.fullmatch(text)
    return match[1] if match else None


SERVICE = Service(
    scheme="github",
    lead="github.com/",
    noun="GitHub repository",
    answering=("GitHub",),
    example="https://github.com/rtqichen/torchdiffeq",
    recognise=_recognise,
    fetch=fetch,
)

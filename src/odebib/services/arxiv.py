"""arXiv, through its API: https://info.arxiv.org/help/api/user-manual.html

It answers in Atom, for as many ids at once as one likes, and asks for three
seconds between two requests; so several are fetched together and kept one by one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from odebib.errors import SourceError
from odebib.services.answers import Answer, Wanted, people, record
from odebib.services.failures import Failure, FetchError
from odebib.services.http import DAY, Network
from odebib.services.kept import Response
from odebib.services.service import Service, by_scheme
from odebib.sources.citations import imprint
from odebib.text import identifiers
from odebib.text.markup import of_latex

API = "https://export.arxiv.org/api/query?id_list={}&max_results={}"
SEARCH = "https://export.arxiv.org/api/query?search_query={}&sortBy=submittedDate&sortOrder=descending&max_results={}"
TYPES = ("application/atom+xml", "application/xml", "text/xml")
AT_ONCE = 50
"""Ids that are asked for together; addresses have a length."""

ATOM = "{http://www.w3.org/2005/Atom}"
OWN = "{http://arxiv.org/schemas/atom}"
RE_TRAILING = re.compile(r"\s*\([^()]*\)\s*$")
"""What some authors write behind their name."""
RE_WITHDRAWN = re.compile(
    r"\b(?:paper|article|submission|manuscript|preprint|work|version|it)\b[^.]{0,60}?\bwithdrawn\b|^\W*withdrawn\b",
    re.IGNORECASE,
)
RE_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[\w.-]+/[\w.-]+"
)
RE_CODE_WORD = re.compile(
    r"\b(?:codes?|implementations?|software|sources?|library|package|toolbox|repository|available|released?)\b",
    re.IGNORECASE,
)
RE_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def fetch(network: Network, identifier: str, *, age: float = DAY) -> list[Answer]:
    """What arXiv says of one id: the preprint, and where its authors say that it appeared.

    Raises:
        SourceError: arXiv did not answer, or has no such paper.
    """
    url = _address([identifier])
    response = network.get(url, types=TYPES, age=age)
    for found, entry in _entries(response):
        if found == identifier:
            return list(_answers(found, entry))
    raise FetchError(f"arXiv has no paper {identifier}", Failure.GONE, "is there a typo in it?")


def fetch_together(network: Network, ids: Sequence[str], *, age: float = DAY) -> None:
    """Ask for several ids in one request, so that :func:`fetch` finds each of them kept.

    Raises:
        SourceError: arXiv did not answer.
    """
    missing = [identifier for identifier in ids if not network.has(_address([identifier]), age=age)]
    for start in range(0, len(missing), AT_ONCE):
        together = missing[start : start + AT_ONCE]
        response = network.get(_address(together), types=TYPES, age=age)
        found = dict(_entries(response))
        for identifier in together:
            one = ElementTree.Element(f"{ATOM}feed")
            if identifier in found:
                one.append(found[identifier])
            body = ElementTree.tostring(one)
            kept = Response(response.url, response.status, "application/atom+xml", body, response.fetched)
            network.remember(_address([identifier]), kept)


def search(
    network: Network,
    query: str,
    since: datetime.date,
    until: datetime.date,
    *,
    limit: int = 100,
    age: float = DAY,
) -> list[Answer]:
    """The papers submitted in some days that a query in arXiv's syntax finds, the newest first.

    Raises:
        SourceError: arXiv did not answer.
    """
    days = f"submittedDate:[{since:%Y%m%d}0000 TO {until:%Y%m%d}2359]"
    url = SEARCH.format(quote(f"({query}) AND {days}", safe=""), limit)
    response = network.get(url, types=TYPES, age=age)
    return [next(_answers(identifier, entry)) for identifier, entry in _entries(response)]


def _address(ids: Sequence[str]) -> str:
    return API.format(quote(",".join(ids), safe=",/"), len(ids))


def _entries(response: Response) -> Iterator[tuple[str, Element]]:
    """The entries of a feed by their ids without version; what is an error instead is told as one."""
    for entry in _parsed(response).iter(f"{ATOM}entry"):
        address = _text(entry, f"{ATOM}id")
        if "/api/errors" in address:
            raise FetchError(f"arXiv says: {_text(entry, f'{ATOM}summary')[:200]}", Failure.GONE)
        identifier = identifiers.arxiv(address)
        if identifier and _text(entry, f"{ATOM}title"):
            yield identifier, entry


def _parsed(response: Response) -> Element:
    """The XML of an answer; one with a DTD, which no feed has, is refused before it is read."""
    try:
        text = response.body.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise SourceError("arXiv answered something that is no feed")
        return ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
        raise SourceError("arXiv answered something that is no feed", "try again later") from error


def _text(entry: Element, name: str) -> str:
    found = entry.find(name)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _answers(identifier: str, entry: Element) -> Iterator[Answer]:
    url = f"https://arxiv.org/abs/{identifier}"
    comment = of_latex(_text(entry, f"{OWN}comment"))
    abstract = of_latex(_text(entry, f"{ATOM}summary"))
    names = (_text(author, f"{ATOM}name") for author in entry.iter(f"{ATOM}author"))
    shared = {
        "title": of_latex(_text(entry, f"{ATOM}title")),
        "authors": people(of_latex(RE_TRAILING.sub("", name)) for name in names),
        "arxiv": identifier,
    }
    primary = entry.find(f"{OWN}primary_category")
    reason = _withdrawal(comment, abstract)
    fields = {
        **shared,
        "year": _year(entry, identifier),
        "arxiv_class": (primary.get("term") or "") if primary is not None else "",
        "abstract": "" if reason else abstract,
        "links": {"code": code} if (code := _code(comment, abstract)) else None,
        "note": comment,
    }
    doi = identifiers.doi(_text(entry, f"{OWN}doi").split(" ")[0])
    yield Answer(
        "arXiv",
        url,
        record(fields),
        also=(Wanted("doi", doi),) if doi and not identifiers.arxiv(doi) else (),
        retracted={"reason": f"withdrawn from arXiv: {reason}"[:300], "url": url} if reason else {},
    )
    appeared = imprint.read_imprint(of_latex(_text(entry, f"{OWN}journal_ref")))
    if appeared.get("venue"):
        appeared.pop("publisher", None)
        yield Answer("arXiv (journal reference)", url, record({**shared, **appeared}), in_passing=True)


def _year(entry: Element, identifier: str) -> str:
    """The year of the first version, which the id holds too."""
    published = _text(entry, f"{ATOM}published")[:4]
    return published if published.isdecimal() else str(identifiers.arxiv_year(identifier))


def _withdrawal(comment: str, abstract: str) -> str | None:
    """What the authors say of having withdrawn the paper."""
    for text in (comment, abstract[:400]):
        if RE_WITHDRAWN.search(text):
            return text
    return None


def _code(comment: str, abstract: str) -> list[str]:
    """The repositories that a sentence about code names."""
    found = [
        address.rstrip(".").removesuffix(".git")
        for text in (abstract, comment)
        for sentence in RE_SENTENCE.split(text)
        if RE_CODE_WORD.search(RE_CODE.sub(" ", sentence))
        for address in RE_CODE.findall(sentence)
    ]
    return list(dict.fromkeys(found))[:1]


SERVICE = Service(
    scheme="arxiv",
    lead="arXiv:",
    noun="arXiv id",
    answering=("arXiv",),
    example="arXiv:2210.02747",
    recognise=by_scheme("arxiv", identifiers.arxiv),
    fetch=fetch,
)

"""The services that know of works, each in a module of its own: an identifier becomes answers.

A new one is a module that ends in its ``SERVICE``, and a line here. Everything they send is
untrusted and becomes a plain record. What they say of one work is brought together by
:mod:`odebib.services.gathering`; only :mod:`odebib.services.http` touches the network. Imports
`project`, `sources`, `matching` and what lies below them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from odebib.errors import UsageError
from odebib.services import arxiv, doi, github, openreview, pages
from odebib.services.answers import Answer, Wanted
from odebib.services.http import DAY, Network
from odebib.services.service import Service
from odebib.text import identifiers

SERVICES: dict[str, Service] = {
    service.scheme: service
    for service in (
        arxiv.SERVICE,
        openreview.SERVICE,
        github.SERVICE,
        doi.SERVICE,
        pages.SERVICE,
    )
}
"""The services by what they are asked for; the first that recognises something is asked for it."""

RE_HOST = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|cc|press|edu|io|de|fr|uk|ac)/", re.IGNORECASE
)
"""The beginning of an address that somebody typed without ``https://``."""


def ask(network: Network, wanted: Wanted, *, age: float = DAY) -> Sequence[Answer]:
    """What the service in charge says.

    Raises:
        SourceError: it did not answer, or knows no such thing.
    """
    return SERVICES[wanted.scheme].fetch(network, wanted.value, age=age)


def understand(text: str) -> Wanted:
    """What a person means by an id or address.

    Raises:
        UsageError: no service could be asked for it.

    >>> understand("https://arxiv.org/pdf/2210.02747v2"), understand("10.1007/S40304-017-0103-Z").value
    (Wanted(scheme='arxiv', value='2210.02747'), '10.1007/s40304-017-0103-z')
    """
    text = text.strip().strip("<>,;")
    if RE_HOST.match(text):
        text = f"https://{text}"
    for service in SERVICES.values():
        if value := service.recognise(text):
            return Wanted(service.scheme, value)
    raise UsageError(f"`{text}` is no arXiv id, DOI or web address", _hint(text))


def _hint(text: str) -> str:
    if text.endswith((".bib", ".ris", ".json")):
        return f"a file is read from standard input: `odebib add - < {text}`"
    if identifiers.isbn(text):
        return "books are added by hand, or from a .bib on standard input"
    if " " in text:
        return "a title is not enough: give the arXiv id, the DOI or the address of the paper's page"
    return "it looks like arXiv:1806.07366, 10.1007/s40304-017-0103-z or https://openreview.net/forum?id=…"


def called(wanted: Wanted) -> str:
    """Something that can be asked for, as people write it.

    >>> called(Wanted("arxiv", "2210.02747"))
    'arXiv:2210.02747'
    """
    return SERVICES[wanted.scheme].lead + wanted.value


def described(wanted: Wanted) -> str:
    """Something that can be asked for, with what it is.

    >>> described(Wanted("arxiv", "2210.02747"))
    'arXiv id 2210.02747'
    """
    return f"{SERVICES[wanted.scheme].noun} {wanted.value}"

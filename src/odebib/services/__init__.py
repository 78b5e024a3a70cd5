"""The services that know of works, each in a module of its own: an identifier becomes answers.

Everything they send is untrusted and becomes a plain record here. What they say of one work is
brought together by :mod:`odebib.services.gathering`; only :mod:`odebib.services.http` touches the
network. Imports `project`, `sources`, `matching` and what lies below them.
"""

from __future__ import annotations

from odebib.services import arxiv, doi, github, openreview, pages
from odebib.services.answers import Answer, Wanted
from odebib.services.http import DAY, Network

SERVICES = {
    "arxiv": arxiv.fetch,
    "doi": doi.fetch,
    "openreview": openreview.fetch,
    "github": github.fetch,
    "page": pages.fetch,
}
"""Which service is asked for an identifier, by its scheme."""


def ask(network: Network, wanted: Wanted, *, age: float = DAY) -> list[Answer]:
    """What the service in charge says.

    Raises:
        SourceError: it did not answer, or knows no such thing.
    """
    return SERVICES[wanted.scheme](network, wanted.value, age=age)

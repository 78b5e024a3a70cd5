"""From fields as a reader found them to a record the model accepts, without losing any."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from odebib.model.record import Record
from odebib.sources.citations.awards import split_awards
from odebib.text import emphasis, identifiers, markup
from odebib.text.folding import RE_UNPRINTABLE

RE_NO_CASE = re.compile(r'<span class="nocase">([^<>]*)</span>')
CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")
"""Hosts whose addresses lead to source code."""


def validated(fields: dict[str, Any]) -> Record:
    """The record of these fields, without values that the model refuses; its text still holds them.

    A name that is refused is kept as a group's name.
    """
    fields = {name: value for name, value in fields.items() if value}
    for _ in range(2):
        try:
            return Record.model_validate(fields)
        except ValidationError as error:
            fields = _mended(fields, error)
    try:
        return Record.model_validate(fields)
    except ValidationError as error:
        refused = {str(problem["loc"][0]) for problem in error.errors()}
        return Record.model_validate({name: value for name, value in fields.items() if name not in refused})


def _mended(fields: dict[str, Any], error: ValidationError) -> dict[str, Any]:
    kept = {**fields}
    for problem in error.errors():
        field, *rest = problem["loc"]
        values = kept.get(str(field))
        if field in {"authors", "editors"} and isinstance(values, list) and rest:
            kept[str(field)] = [as_group(value) if i == rest[0] else value for i, value in enumerate(values)]
        elif isinstance(values, str) and RE_UNPRINTABLE.search(values):
            kept[str(field)] = RE_UNPRINTABLE.sub("", values)
        else:
            kept.pop(str(field), None)
    return kept


def as_group(name: str) -> str:
    """A name that is no person's, as a group: ``{Smith, Jones and others at CERN}``."""
    return "{" + re.sub(r"[{}<>]", "", RE_UNPRINTABLE.sub("", name)).strip() + "}"


def without_markup(text: str) -> str:
    """Text of a service or a reference manager without HTML or JATS markup.

    >>> without_markup('ODE<sup>2</sup>VAE &amp; <span class="nocase">PDE-Net</span>')
    'ODE$^{2}$VAE & {PDE-Net}'
    """
    return markup.title_of_markup(RE_NO_CASE.sub(r"{\1}", text))


def title_of(text: str) -> tuple[str, list[str]]:
    """A title in plain text with its emphasis, without the full stop behind it; the awards named in it."""
    title, awards = split_awards(without_markup(emphasis.normal(text)))
    return re.sub(r"(?<![.\s])\.$", "", title), awards


def add_url(url: str, fields: dict[str, Any], kind: str | None = None) -> None:
    """Puts an address where it belongs: an identifier if it is one, a link of its kind, or ``url``."""
    if not identifiers.is_web_address(url):
        return
    found = identifiers.of_url(url)
    if doi := found.pop("doi", None):
        add_doi(doi, fields)
        return
    for scheme, value in found.items():
        fields.setdefault(scheme, value)
    if found:
        return
    host = url.split("/")[2].lower().removeprefix("www.")
    if host in CODE_HOSTS and fields.get("type") != "software":
        kind = "code"
    if kind:
        fields.setdefault("links", {}).setdefault(kind, []).append(url)
    else:
        fields.setdefault("url", url)


def add_doi(doi: str, fields: dict[str, Any]) -> None:
    """Puts a DOI where it belongs; arXiv's own DOIs are arXiv ids."""
    if arxiv_id := identifiers.arxiv(doi):
        fields.setdefault("arxiv", arxiv_id)
    elif found := identifiers.doi(doi):
        fields.setdefault("doi", found)

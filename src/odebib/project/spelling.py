"""Canonical spellings: of a venue its short name, of a topic or tag its id, of an identifier its normal form.

People may write any spelling that the bibliography knows; this is the one that
``fmt`` and ``check --fix`` write. What is read from a file stays the same.
"""

from __future__ import annotations

from collections.abc import Callable

from odebib.model.bibliography import Bibliography, TermT, Vocabulary
from odebib.model.entry import Entry
from odebib.model.record import SourceList
from odebib.model.values import Model, normal_event_date, normal_month
from odebib.model.vocabulary import Topic
from odebib.text import degrees, identifiers, ordinals, pages

Where = tuple[str | int, ...]
Spell = Callable[[Where, str], str]
"""Gives the canonical spelling of the value at a place in a file."""


def as_written(_: Where, value: str) -> str:
    """Leave every value as it is spelt."""
    return value


def of_model(bibliography: Bibliography, model: type[Model]) -> Spell:
    """How the values in a file of ``model`` are spelt."""
    if issubclass(model, Entry):
        return lambda where, value: _in_entry(bibliography, where, value)
    if issubclass(model, SourceList):
        return lambda where, value: _in_list(bibliography, where, value)
    if issubclass(model, Topic):
        return lambda where, value: _parent(bibliography, where, value)
    return as_written


def _in_entry(bibliography: Bibliography, where: Where, value: str) -> str:
    names = [step for step in where if isinstance(step, str)]
    if names in (["venue"], ["versions", "venue"]):
        found = bibliography.venues.find(value)
        return found.short if found else value
    if names == ["topics"]:
        return _id(bibliography.topics, value)
    if names == ["tags"]:
        return _id(bibliography.tags, value)
    if len(names) == 1 or names[:1] == ["versions"]:
        return _normal_form(names[-1], value)
    return value


def _in_list(bibliography: Bibliography, where: Where, value: str) -> str:
    """A section's topic; what a record holds is the source's own."""
    in_section = where[-1:] == ("topic",) and "records" not in where
    return _id(bibliography.topics, value) if in_section else value


def _parent(bibliography: Bibliography, where: Where, value: str) -> str:
    return _id(bibliography.topics, value) if where[-1:] == ("parent",) else value


def _id(vocabulary: Vocabulary[TermT], value: str) -> str:
    found = vocabulary.find(value)
    return found.id if found else value


NORMAL_FORMS: dict[str, Callable[[str], str | None]] = {
    **{scheme.name: scheme.normalise for scheme in identifiers.SCHEMES.values()},
    "pages": pages.normal,
    "edition": ordinals.edition,
    "degree": degrees.normal,
    "event_date": normal_event_date,
    "month": normal_month,
}
"""How the value of a field looks in the models, whatever was written."""


def _normal_form(name: str, value: str) -> str:
    """The normal form, unless only the case differs: publishers print their DOIs in capitals too."""
    if name not in NORMAL_FORMS or not value:
        return value
    try:
        form = NORMAL_FORMS[name](value) or value
    except ValueError:
        return value
    return value if form.casefold() == value.casefold() else form

"""The fields of the data files as the models have them: order, type, meaning and an example of each.

What contributors read about a field (CONTRIBUTING.md, the website), the order
in which ``fmt`` puts them, and what an editor completes all come from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, get_args

from odebib.model.entry import Entry, EntryType
from odebib.model.traits import Called, Traits
from odebib.model.values import Model
from odebib.model.vocabulary import Term

LAST = ("aliases", "spellings", "draft")
"""What else a topic, tag or venue is called stands behind what it is."""

TYPE_LABELS: dict[EntryType, tuple[str, str]] = {
    EntryType.CONFERENCE_PAPER: ("Conference paper", "Conference papers"),
    EntryType.JOURNAL_ARTICLE: ("Journal article", "Journal articles"),
    EntryType.WORKSHOP_PAPER: ("Workshop paper", "Workshop papers"),
    EntryType.PREPRINT: ("Preprint", "Preprints"),
    EntryType.CHAPTER: ("Chapter", "Chapters"),
    EntryType.THESIS: ("Thesis", "Theses"),
    EntryType.BOOK: ("Book", "Books"),
    EntryType.REPORT: ("Report", "Reports"),
    EntryType.TALK: ("Talk", "Talks"),
    EntryType.TUTORIAL: ("Tutorial", "Tutorials"),
    EntryType.SOFTWARE: ("Software", "Software"),
    EntryType.WEBSITE: ("Website", "Websites"),
    EntryType.DATASET: ("Data set", "Data sets"),
    EntryType.OTHER: ("Other", "Other"),
}
"""What readers call each type, for one work and for several."""

KINDS = {
    "Person": "a name",
    "Url": "a web address",
    "Year": "a year",
    "Month": "a month",
    "EntryType": "a type",
    "DoiField": "a DOI",
    "ArxivField": "an arXiv id",
    "OpenReviewField": "an OpenReview id",
    "IsbnField": "an ISBN",
    "Pages": "a page range",
    "EventDate": "a day or two",
    "Edition": "a number or words",
    "Degree": "a degree",
    "Key": "a citation key",
    "Text": "text",
    "NonEmpty": "text",
    "Title": "text",
    "Prose": "text with paragraphs",
}
"""What the types of the models are called; a list of them is said so."""


@dataclass(frozen=True)
class FieldInfo:
    """What a contributor must know of a field."""

    name: str
    kind: str
    meaning: str
    example: str
    required: bool

    @property
    def written(self) -> str:
        """The field as it stands in a file."""
        lines = self.example.split("\n")
        if lines[0] == ">-":
            return f"{self.name}: {self.example}"
        if lines[0].startswith("- ") or inner_model(Entry, self.name):
            return "\n".join([f"{self.name}:", *(f"  {line}" for line in lines)])
        return f"{self.name}: {self.example}"


def of_entry() -> tuple[FieldInfo, ...]:
    """The fields of an entry, in the order of a file."""
    found = []
    for name in order(Entry):
        info = Entry.model_fields[name]
        kind = kind_of(Entry, name)
        example = traits(name).example
        found.append(FieldInfo(name, kind, info.description or "", example, info.is_required()))
    return tuple(found)


def kind_of(model: type[Model], name: str) -> str:
    """The type of a field, in words: ``a name; a list``."""
    inner = inner_model(model, name)
    written = RE_MARKED.sub(r"\1", str(model.__annotations__.get(name, "")))
    listed = written.startswith("Listed")
    bare = written.removeprefix("Listed[").removeprefix("Maybe[").rstrip("]")
    if inner is not None:
        kind = "fields: " + ", ".join(order(inner))
    elif bare.startswith("datetime.date"):
        kind = "a day"
    else:
        kind = KINDS.get(bare, "text")
    return f"{kind}; a list" if listed else kind


RE_MARKED = re.compile(r"^Annotated\[(.+?), (?:Traits\(|IN_ONE_LINE).*", re.DOTALL)
"""A type with what is said of its field besides."""


@lru_cache(maxsize=1)
def of_traits() -> Mapping[str, Traits]:
    """What each field of an entry is like, in the order of a file.

    Raises:
        TypeError: of a field it is not said; the message says where to say it.
    """
    found = {}
    for name in order(Entry):
        said = [item for item in Entry.model_fields[name].metadata if isinstance(item, Traits)]
        if not said:
            raise TypeError(
                f"the field `{name}` does not say what it is like; "
                f"write `{name}: Annotated[…, Traits(example, …)]` in odebib.model.entry"
            )
        found[name] = said[0]
    return found


def called(where: str) -> Mapping[str, str]:
    """The fields that have a name in a format, in ``highwire`` or in ``schema.org``, each with it, in order.

    >>> called("ris")["doi"]
    'DO'
    """
    return _called().get(where, {})


def texts(value: Any) -> list[str]:
    """A value, or each value of a list, as text; nothing for nothing."""
    values = value if isinstance(value, tuple) else (value,)
    return [str(item) for item in values if item not in (None, "")]


def in_order(said: Mapping[str, T], order: Sequence[str]) -> dict[str, T]:
    """What is said under foreign names in an order of names; all others follow."""
    first = [name for name in order if name in said]
    return {name: said[name] for name in [*first, *(name for name in said if name not in order)]}


T = TypeVar("T")


@lru_cache(maxsize=1)
def _called() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in order(Entry):
        for item in Entry.model_fields[name].metadata:
            for where, foreign in item.names.items() if isinstance(item, Called) else ():
                found.setdefault(where, {})[name] = foreign
    return found


def traits(name: str) -> Traits:
    """What a field of an entry is like."""
    return of_traits()[name]


@lru_cache(maxsize=64)
def order(model: type[Model]) -> tuple[str, ...]:
    """The fields of a model in the order in which a file has them."""
    names = [name for name, info in model.model_fields.items() if not info.exclude]
    if issubclass(model, Term):
        names = [*(n for n in names if n not in LAST), *(n for n in LAST if n in names)]
    return tuple(names)


@lru_cache(maxsize=256)
def inner_model(model: type[Model], name: str) -> type[Model] | None:
    """The model of what a field holds, or of the items of its list; None where it holds plain values."""
    info = model.model_fields.get(name)
    return _model_in(info.annotation) if info else None


def _model_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)

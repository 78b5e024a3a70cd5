"""The fields of the data files as the models have them: order, type, meaning and an example of each.

What contributors read about a field (CONTRIBUTING.md, the website), the order
in which ``fmt`` puts them, and what an editor completes all come from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from odebib.model.entry import Entry
from odebib.model.values import Model
from odebib.model.vocabulary import Term

LAST = ("aliases", "spellings", "draft")
"""What else a topic, tag or venue is called stands behind what it is."""

EXAMPLES: dict[str, str] = {
    "title": "Neural Ordinary Differential Equations",
    "other_titles": "[Neural ODEs]",
    "type": "software",
    "authors": "- Ricky T. Q. Chen",
    "editors": "- Isabelle Guyon",
    "year": "2018",
    "month": "12",
    "venue": "NeurIPS",
    "event": "Workshop on Machine Learning and the Physical Sciences",
    "volume": "31",
    "number": "4",
    "pages": "6571-6583",
    "publisher": "Springer",
    "doi": "10.1007/s40304-017-0103-z",
    "arxiv": "1806.07366",
    "arxiv_class": "cs.LG",
    "openreview": "blfSjHeFM_e",
    "isbn": "9780306406157",
    "url": "https://proceedings.neurips.cc/paper/2018/hash/69386f6b-Abstract.html",
    "versions": "- venue: ICLR\n  event: Workshop on Deep Differential Equations\n  year: 2020",
    "links": "code: https://github.com/rtqichen/torchdiffeq",
    "summary": "A network's depth becomes continuous time, trained through the adjoint equation.",
    "abstract": ">-\n  We introduce …",
    "topics": "[neural-odes]",
    "tags": "[theory, sequences]",
    "awards": "[best paper]",
    "retracted": "reason: The authors found an error in the proof.\nurl: https://example.org/notice",
    "note": "The code needs an old version of its libraries.",
    "relations": "extends: [chen2018neural]",
    "language": "Julia",
    "licence": "MIT",
    "package": "torchdiffeq",
    "aliases": "[chen2018odes]",
    "added": "2026-11-21",
    "verified": "on: 2026-11-21\nby: [publisher's page]",
    "waive": "- check: no-year\n  reason: The page gives none.",
}
"""How each field of an entry is written, by its name."""

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
    "Key": "a citation key",
    "Text": "text",
    "NonEmpty": "text",
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
        if lines[0].startswith("- ") or self.name in {"links", "relations", "retracted", "verified"}:
            return "\n".join([f"{self.name}:", *(f"  {line}" for line in lines)])
        return f"{self.name}: {self.example}"


def of_entry() -> tuple[FieldInfo, ...]:
    """The fields of an entry, in the order of a file."""
    found = []
    for name in order(Entry):
        info = Entry.model_fields[name]
        kind = kind_of(Entry, name)
        found.append(FieldInfo(name, kind, info.description or "", EXAMPLES[name], info.is_required()))
    return tuple(found)


def kind_of(model: type[Model], name: str) -> str:
    """The type of a field, in words: ``a name; a list``."""
    inner = inner_model(model, name)
    written = str(model.__annotations__.get(name, ""))
    listed = written.startswith("Listed")
    bare = written.removeprefix("Listed[").removeprefix("Maybe[").rstrip("]")
    if inner is not None:
        kind = "fields: " + ", ".join(order(inner))
    elif bare.startswith("datetime.date"):
        kind = "a day"
    else:
        kind = KINDS.get(bare, "text")
    return f"{kind}; a list" if listed else kind


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

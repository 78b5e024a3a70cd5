"""Values of the data files: each kind of text, number and name, with what is refused and why.

Input is what the YAML holds, every scalar as the text that was written; the
types here turn it into values, and what does not fit is refused with a
sentence that says why.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from odebib.text import citekeys, degrees, emphasis, identifiers, names, ordinals, pages
from odebib.text.folding import MOST_MARKS, RE_UNPRINTABLE
from odebib.text.names import Name


def _clean(value: Any) -> Any:
    """Unicode text in NFC, on one line, with single spaces; control characters are refused."""
    if not isinstance(value, str):
        return value
    text = value if value.isascii() else unicodedata.normalize("NFC", value)
    if text.isprintable() and "  " not in text and text == text.strip() and text.isascii():
        return text
    text = " ".join(text.split())
    if found := RE_UNPRINTABLE.search(text):
        before = text[max(found.start() - 20, 0) : found.start()]
        where = f"behind “{before}”" if before else "at its start"
        if found[0].isprintable():
            raise ValueError(f"holds more than {MOST_MARKS} accents on one letter {where}; delete the rest")
        raise ValueError(f"holds an invisible character (U+{ord(found[0]):04X}) {where}; delete it")
    return text


def _clean_paragraphs(value: Any) -> Any:
    """As :func:`_clean`, but an empty line separates paragraphs."""
    if not isinstance(value, str) or "\n" not in value:
        return _clean(value)
    return "\n\n".join(filter(None, (_clean(part) for part in re.split(r"\n\s*\n", value))))


RE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""An id of a topic, tag, venue or list: lower-case words with hyphens."""
RE_ET_AL = re.compile(r"\bet\.? +al\b")
"""How a list of authors is cut."""
RE_UNUSUAL = re.compile(r"^-|^$|[<>{},;&]| and | et")
"""What a name must hold to be no name of one person."""
RE_GLUED_DASH = re.compile(r"-\w")
"""An item of a list whose dash sticks to it; YAML takes all such lines for one text."""

Text = Annotated[str, BeforeValidator(_clean)]
Prose = Annotated[str, BeforeValidator(_clean_paragraphs)]
NonEmpty = Annotated[str, StringConstraints(min_length=1), BeforeValidator(_clean)]


NOTHING = frozenset({"", "~", "null"})
"""How YAML writes that there is no value."""


def _as_list(value: Any) -> Any:
    """One value where a list may stand is a list of one; an empty value is an empty list."""
    if isinstance(value, str):
        return [] if value.strip() in NOTHING else [value]
    return [] if value is None else value


def _empty_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip() in NOTHING else value


T = TypeVar("T")
Listed = Annotated[tuple[T, ...], BeforeValidator(_as_list)]
Maybe = Annotated[T | None, BeforeValidator(_empty_is_none)]


def _url(value: str) -> str:
    if identifiers.is_web_address(value):
        return value
    if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", value):
        raise ValueError(f"`{value}` is no web address; write `https://{value}`")
    raise ValueError(
        f"`{value}` is no web address; it must start with https:// or http:// and hold no spaces"
    )


def scheme(name: str) -> Any:
    """A validator that brings an identifier of a scheme into its normal form."""

    def normalise(value: str) -> str:
        found = identifiers.SCHEMES[name].normalise(value)
        if found is None:
            known = identifiers.SCHEMES[name]
            kind = known.label if known.label.isupper() else f"{known.label} id"
            raise ValueError(f"`{value}` is no {kind}; it looks like `{known.example}`")
        return found

    return AfterValidator(normalise)


def _doi_of_record(value: str) -> str:
    if value.startswith(identifiers.ARXIV_DOI_PREFIX):
        arxiv_id = value.removeprefix(identifiers.ARXIV_DOI_PREFIX)
        raise ValueError(f"this DOI is arXiv's own; write `arxiv: {arxiv_id}` and leave `doi` out")
    return value


def _id(value: str) -> str:
    if not RE_ID.fullmatch(value):
        raise ValueError(f"`{value}` is no id; use lower-case letters, digits and hyphens")
    if value == "index" or len(value) > citekeys.LONGEST:
        raise ValueError(f"`{value}` {citekeys.why_unusable(value)}; take another")
    return value


def _key(value: str) -> str:
    if reason := citekeys.why_unusable(value):
        raise ValueError(f"`{value}` {reason}; take another")
    if not citekeys.is_legal(value):
        raise ValueError(f"`{value}` is no citation key; use lower-case letters and digits only")
    return value


def _orcid(value: str) -> str:
    digits = value.removeprefix("https://").removeprefix("http://").removeprefix("orcid.org/").upper()
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", digits, re.ASCII):
        raise ValueError(f"`{value}` is no ORCID; it looks like `0000-0002-1825-0097`")
    return digits


def _year(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,9}", value.strip()):
        raise ValueError(f"`{value}` is no year; write it as 2018")
    return value


def normal_month(value: str) -> str:
    """The number of a month, as text.

    Raises:
        ValueError: it is none.
    """
    for number, month in enumerate(MONTHS, start=1):
        if value.lower().rstrip(".") in {month, month[:3], str(number), f"{number:02}"}:
            return str(number)
    raise ValueError(f"`{value}` is no month; write a number from 1 to 12")


MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


RE_DATE = re.compile(r"\d{4}(?:-(\d{2})(?:-(\d{2}))?)?")


def normal_event_date(value: str) -> str:
    """The days of a meeting: one day, month or year, or the first and the last with a stroke between.

    >>> normal_event_date("2018-12-03--2018-12-08")
    '2018-12-03/2018-12-08'

    Raises:
        ValueError: it is neither.
    """
    days = re.split(r" ?(?:/|–|—|--+| to ) ?", value)
    if len(days) == 2 and not days[1]:
        days.pop()
    known = [match for day in days if (match := RE_DATE.fullmatch(day))]
    real = all(1 <= int(match[1] or 1) <= 12 and 1 <= int(match[2] or 1) <= 31 for match in known)
    if len(known) != len(days) or not real or not 1 <= len(days) <= 2 or days[0] > f"{days[-1]}-99":
        raise ValueError(f"`{value}` is no date of a meeting; write 2018-12-03 or 2018-12-03/2018-12-08")
    return "/".join(dict.fromkeys(days))


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError(f'`{value}` is no colour; write it as "#1d4ed8" (with the quotes)')
    return value.lower()


def _name(value: Any) -> Name:
    if isinstance(value, Name):
        return value
    if isinstance(value, str):
        return _person(value)
    if isinstance(value, list):
        flat = ", ".join(map(str, value))
        raise ValueError(f"is a list to YAML because of the brackets, but one person is one text\n- {flat}")
    if isinstance(value, dict) and (len(value) == 1 or not any(value.values())):
        flat = ", ".join(f"{name}: {item}" if item else str(name) for name, item in value.items())
        raise ValueError(f'is a set of fields to YAML; a group stands in braces and quotes\n- "{{{flat}}}"')
    raise ValueError("is a set of fields; write the name as people do\n- Given Family")


@lru_cache(maxsize=262144)
def _person(value: str) -> Name:
    text = _clean(value)
    problem = _why_not_one_person(text)
    if problem:
        raise ValueError(problem)
    return names.parse(text)


def _why_not_one_person(text: str) -> str | None:
    if not RE_UNUSUAL.search(text):
        return None
    if text.startswith("{") and text.endswith("}"):
        return None
    if not text:
        return "is empty; delete the line or write a name"
    if RE_GLUED_DASH.match(text):
        return "a space is missing behind the dash\n" + re.sub(r"(?:^| )-(?=\w)", "\n  - ", text).strip("\n")
    if "<" in text or ">" in text:
        return f"`{text}` holds markup; write only the name"
    if RE_ET_AL.search(text):
        return "`et al.` is no person; list all authors, or end the list with `- others`"
    people = names.split_people(text)
    if len(people) > 1:
        lines = "\n".join(f"  - {person}" for person in people)
        if len(people) == 2 and text.count(",") == 1 and "{" not in text:
            lines += f"\nor, if it is one person:\n  - {people[1]} {{{people[0]}}}"
        return f"`{text}` looks like {len(people)} people; write one a line:\n{lines}"
    return None


Url = Annotated[NonEmpty, AfterValidator(_url)]
DoiField = Annotated[Text, scheme("doi"), AfterValidator(_doi_of_record)]
ArxivField = Annotated[Text, scheme("arxiv")]
ArxivClass = Annotated[Text, StringConstraints(pattern=r"^[a-z][a-z-]*(\.[A-Za-z-]+)?$")]
OpenReviewField = Annotated[Text, scheme("openreview")]
IsbnField = Annotated[Text, scheme("isbn")]
Id = Annotated[NonEmpty, AfterValidator(_id)]
Key = Annotated[NonEmpty, AfterValidator(_key)]
Orcid = Annotated[Text, AfterValidator(_orcid)]
Year = Annotated[int, Field(ge=1000, le=2200), BeforeValidator(_year)]
Month = Annotated[int, BeforeValidator(normal_month)]
Pages = Annotated[Text, AfterValidator(pages.normal)]
Title = Annotated[NonEmpty, AfterValidator(emphasis.normal)]
EventDate = Annotated[Text, AfterValidator(normal_event_date)]
Edition = Annotated[NonEmpty, AfterValidator(ordinals.edition)]
Degree = Annotated[Text, AfterValidator(lambda text: degrees.normal(text) or None)]
Colour = Annotated[Text, AfterValidator(_colour)]
Person = Annotated[
    Name,
    PlainValidator(_name),
    PlainSerializer(lambda name: name.written, return_type=str),
    WithJsonSchema({"type": "string", "minLength": 1}),
]


class Model(BaseModel):
    """Base of all models: frozen, and a field that is not in the model is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

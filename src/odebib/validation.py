"""From plain YAML values to models: what does not fit becomes problems with place and hint."""

from __future__ import annotations

import re
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from odebib.errors import Problem, did_you_mean
from odebib.yamlfile import YamlFile

ModelT = TypeVar("ModelT", bound=BaseModel)

CODES = {"extra_forbidden": "unknown-field", "missing": "missing-field"}
"""The name of a problem by pydantic's type of error; anything else is ``bad-value``."""

FOREIGN_FIELDS = {
    "author": "authors",
    "journal": "venue",
    "booktitle": "venue",
    "conference": "venue",
    "eprint": "arxiv",
    "tag": "tags",
    "topic": "topics",
    "category": "topics",
    "keywords": "topics",
    "code": "links:\n  code",
    "pdf": "links:\n  pdf",
    "video": "links:\n  video",
    "github": "links:\n  code",
    "license": "licence",
    "date": "year",
    "link": "url",
}
"""What people call a field elsewhere, and what it is called here."""


def validate(
    model: type[ModelT], file: YamlFile, where: tuple[str | int, ...] = (), **given: str
) -> tuple[ModelT | None, list[Problem]]:
    """The value at ``where`` in ``file`` as ``model``, or None and why not.

    ``given`` are fields that come from elsewhere, such as the key from the file's name.
    """
    data = file.data
    for step in where:
        data = data[step]
    if not isinstance(data, dict):
        what = "is empty" if data in (None, "") else f"holds {_kind(data)}"
        return None, [
            Problem(file.locate(where), "bad-value", f"{what}; it must hold fields", "write `field: value`")
        ]
    stray = [name for name in given if name in data]
    if stray:
        message = f"`{stray[0]}` follows from the file's name; it is no field"
        return None, [
            Problem(file.locate((*where, stray[0]), key=True), "unknown-field", message, "delete the line")
        ]
    try:
        return model.model_validate({**data, **given}), []
    except ValidationError as error:
        return None, [_problem(model, file, where, detail) for detail in error.errors(include_url=False)]


def _problem(
    model: type[BaseModel], file: YamlFile, where: tuple[str | int, ...], detail: ErrorDetails
) -> Problem:
    kind, inner = detail["type"], tuple(detail["loc"])
    unknown = kind == "extra_forbidden"
    location = file.locate((*where, *inner), key=unknown)
    message, hint = _in_our_words(model, inner, detail)
    return Problem(location, CODES.get(kind, "bad-value"), message, hint)


def _in_our_words(
    model: type[BaseModel], inner: tuple[str | int, ...], detail: ErrorDetails
) -> tuple[str, str | None]:
    """The message and the hint for one of pydantic's errors."""
    name = _name(inner)
    kind, value = detail["type"], detail["input"]
    if kind == "extra_forbidden":
        return f"`{name}`: no such field", _unknown_field_hint(model, inner, value)
    if kind == "missing":
        return f"`{name}` is missing", f"add `{inner[-1]}: …`"
    if kind == "value_error":
        message, _, shown = str(detail["ctx"]["error"]).partition("\n")
        return f"`{name}`: {message}", f"{shown}" if shown else None
    if isinstance(value, list | dict) and kind in {"string_type", "int_type", "string_sub_type"}:
        return _collection_for_text(name, value)
    if kind.startswith(("int_", "greater", "less")):
        return f"`{name}`: `{value}` is no {'year' if name.endswith('year') else 'whole number'}", None
    if kind == "enum":
        expected = re.findall(r"'([^']+)'", detail["msg"])
        return f"`{name}`: `{value}` is none of the known", did_you_mean(str(value), expected) or (
            "one of: " + ", ".join(expected)
        )
    if kind.startswith("date"):
        return f"`{name}`: `{value}` is no date", "write it as 2026-11-21"
    if kind == "string_too_short":
        return f"`{name}` is empty", "write something, or delete the line"
    if kind.startswith(("tuple", "list")):
        return f"`{name}` must be a list", f"{inner[-1]}:\n  - …"
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return f"`{name}` must hold fields", f"{inner[-1]}:\n  field: …"
    return f"`{name}`: {detail['msg']}", None


def _collection_for_text(name: str, value: list[Any] | dict[str, Any]) -> tuple[str, str]:
    if isinstance(value, list):
        flat = ", ".join(str(item) for item in value)
        if "authors" in name or "editors" in name:
            return f"`{name}` is a list, but one person is one text", f"- {flat}"
        return (
            f"`{name}` is a list to YAML because it starts with `[`",
            f"{name.split('.')[-1]}: >-\n  [{flat}]",
        )
    flat = ", ".join(f"{k}: {v}" if v else str(k) for k, v in value.items())
    return (
        f"`{name}` is a set of fields to YAML, because of a `: ` or because it starts with `{{`",
        f"write the text on a line of its own:\n>-\n  {flat}",
    )


def _name(inner: tuple[str | int, ...]) -> str:
    """The field as people point at it: `links.code`, `authors` item 2."""
    parts = [f" item {step + 1}" if isinstance(step, int) else f".{step}" for step in inner]
    return "".join(parts).strip(". ")


def _kind(value: Any) -> str:
    return "a list" if isinstance(value, list) else "only text"


def _unknown_field_hint(model: type[BaseModel], inner: tuple[str | int, ...], value: Any) -> str | None:
    fields = sorted(_fields_at(model, inner[:-1]) - {"key", "id"} | ({"id"} & _listed_fields(model)))
    name = str(inner[-1])
    foreign = FOREIGN_FIELDS.get(name.lower())
    if foreign and foreign.split(":")[0] in fields:
        return f"write `{foreign}: …`" if "\n" not in foreign else f"write\n{foreign}: {value}"
    return did_you_mean(name, fields) or "known fields: " + ", ".join(fields)


def _listed_fields(model: type[BaseModel]) -> set[str]:
    return {name for name, info in model.model_fields.items() if not info.exclude}


def _fields_at(model: type[BaseModel], inner: tuple[str | int, ...]) -> set[str]:
    """The fields of the model that a path inside ``model`` leads to."""
    for step in inner:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return _listed_fields(model)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)

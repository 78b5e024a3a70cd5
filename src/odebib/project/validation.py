"""From plain YAML values to models: what does not fit becomes problems with place and hint."""

from __future__ import annotations

import re
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from odebib.errors import Problem, did_you_mean
from odebib.yamlio.faults import PROSE_FIELDS
from odebib.yamlio.reader import YamlFile

ModelT = TypeVar("ModelT", bound=BaseModel)

MANY = 200
"""So many problems of one entry are told one by one; nobody makes more by hand."""

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
        details = error.errors(include_url=False)
        problems = [_problem(model, file, where, detail) for detail in details[:MANY]]
        if len(details) > MANY:
            left = f"and {len(details) - MANY} more problems of this kind"
            problems.append(Problem(file.locate(where), "bad-value", left, "correct these first"))
        return None, problems


def _problem(
    model: type[BaseModel], file: YamlFile, where: tuple[str | int, ...], detail: ErrorDetails
) -> Problem:
    kind, inner = detail["type"], tuple(detail["loc"])
    unknown = kind == "extra_forbidden"
    location = file.locate((*where, *inner), key=unknown)
    message, hint = _in_our_words(model, inner, detail, file.source((*where, *inner)))
    return Problem(location, CODES.get(kind, "bad-value"), message, hint)


def _in_our_words(
    model: type[BaseModel], inner: tuple[str | int, ...], detail: ErrorDetails, written: str
) -> tuple[str, str | None]:
    """The message and the hint for one of pydantic's errors; ``written`` is the value as it stands."""
    name = _name(inner)
    kind, value = detail["type"], detail["input"]
    if kind == "extra_forbidden":
        return f"`{name}`: no such field", _unknown_field_hint(model, inner, value)
    if kind == "missing":
        return f"`{name}` is missing", f"add `{inner[-1]}: …`"
    if kind == "value_error":
        message, _, shown = str(detail["ctx"]["error"]).partition("\n")
        return f"`{name}`: {message}", f"{shown}" if shown else None
    if isinstance(value, list | dict) and kind in TEXT_EXPECTED:
        return _collection_for_text(name, value, written)
    if kind == "enum":
        expected = re.findall(r"'([^']+)'", detail["msg"])
        near = did_you_mean(str(value), expected)
        return f"`{name}`: `{value}` is none of the known", near or "one of: " + ", ".join(expected)
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        example = next(iter(_fields_in_order(model, inner)), "field")
        return f"`{name}` must hold fields", f"{inner[-1]}:\n  {example}: …"
    return _misfit(kind, name, value, inner) or (f"`{name}`: {detail['msg']}", None)


def _misfit(kind: str, name: str, value: Any, inner: tuple[str | int, ...]) -> tuple[str, str | None] | None:
    """What the table says of a value that is not of its field's kind; None if it says nothing."""
    told = {"name": name, "value": value, "field": inner[-1] if inner else ""}
    for kinds, of_fields, message, hint in MISFITS:
        if kind.startswith(kinds) and name.endswith(of_fields) and not ("short" in kind and value):
            return message.format(**told), hint and hint.format(**told)
    return None


MISFITS: tuple[tuple[tuple[str, ...], str, str, str | None], ...] = (
    (("int_", "greater", "less"), "year", "`{name}`: `{value}` is no year that can be", None),
    (("int_", "greater", "less"), "", "`{name}`: `{value}` is no whole number", None),
    (("bool",), "", "`{name}`: `{value}` is neither true nor false", "write `true`, or delete the line"),
    (("date",), "", "`{name}`: `{value}` is no date", "write it as 2026-11-21"),
    (("string_too_short", "too_short"), "", "`{name}` is empty", "write something, or delete the line"),
    (("tuple", "list"), "", "`{name}` must be a list", "{field}:\n  - …"),
)
"""How pydantic's types of error begin, the end of the field's name, and what is said of the value."""


TEXT_EXPECTED = frozenset({"string_type", "int_type", "string_sub_type", "enum", "date_type"})
"""pydantic's types of error where one text must stand."""


def _collection_for_text(name: str, value: list[Any] | dict[str, Any], written: str) -> tuple[str, str]:
    what = "a list" if isinstance(value, list) else "a set of fields"
    field = name.split(".")[-1]
    head = "- >-" if " item " in field else f"{field}: >-"
    text = " ".join(written.split())
    if text[:1] in {"[", "{"}:
        only = value[0] if isinstance(value, list) and len(value) == 1 else None
        better = f"{field}: {only}" if only and field not in PROSE_FIELDS else f"{head}\n  {text}"
        return f"`{name}` is {what} to YAML because it starts with `{text[0]}`", f"write\n{better}"
    if isinstance(value, list):
        return f"`{name}` is a list, but only one can stand here", f"write\n{field}: …"
    return f"`{name}` is a set of fields to YAML, because of a `: `", f"write\n{head}\n  {text}"


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


def _fields_in_order(model: type[BaseModel], inner: tuple[str | int, ...]) -> list[str]:
    """The fields of what stands at a path inside ``model``, as the model lists them."""
    fields = _fields_at(model, inner)
    found = _model_at(model, inner)
    return [name for name in found.model_fields if name in fields]


def _fields_at(model: type[BaseModel], inner: tuple[str | int, ...]) -> set[str]:
    """The fields of the model that a path inside ``model`` leads to."""
    return _listed_fields(_model_at(model, inner))


def _model_at(model: type[BaseModel], inner: tuple[str | int, ...]) -> type[BaseModel]:
    for step in inner:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)

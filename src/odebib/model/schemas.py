"""JSON Schemas of the data files: editors complete and check by them while one types.

They are made from the models. YAML editors read ``2018`` as a number and
``chen2018neural: [a]`` as what it looks like, while odebib reads every scalar as
text; so wherever text may stand, the schemas allow numbers too, and wherever a
list may stand, one value.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from odebib.model.entry import Entry
from odebib.model.record import SourceList
from odebib.model.vocabulary import Author, Decision, ReadingPath, Tag, Topic, Venue, Words
from odebib.yamlio import writer

SCHEMAS: dict[str, Any] = {
    "entry": Entry,
    "list": SourceList,
    "topics": tuple[Topic, ...],
    "tags": tuple[Tag, ...],
    "venues": tuple[Venue, ...],
    "words": Words,
    "authors": tuple[Author, ...],
    "decisions": tuple[Decision, ...],
    "path": ReadingPath,
}
"""Every kind of data file by the name of its schema."""

FROM_FILE_NAME = {"Entry": "key", "SourceList": "id", "ReadingPath": "id"}
"""Fields that follow from the file's name and never stand in it."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file."""
    made = TypeAdapter(SCHEMAS[name]).json_schema(mode="validation")
    for model in (made, *made.get("$defs", {}).values()):
        hidden = FROM_FILE_NAME.get(model.get("title", ""))
        if hidden:
            model["properties"].pop(hidden, None)
            model["required"] = [field for field in model.get("required", []) if field != hidden]
    definitions = {name: _as_written(model) for name, model in made.pop("$defs", {}).items()}
    root = {**made, "items": _as_written(made["items"])} if "items" in made else _as_written(made)
    return {
        **root,
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"odebib: {name}",
        "$defs": definitions,
    }


def _as_written(node: Any) -> Any:
    """The schema of what people may write, from the schema of what it is read as."""
    if isinstance(node, list):
        return [_as_written(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {
        key: _as_written(value)
        for key, value in node.items()
        if key not in {"default", "title", "properties"}
    }
    if "properties" in node:
        found["properties"] = {name: _as_written(field) for name, field in node["properties"].items()}
    match found:
        case {"type": "string", "enum": _} | {"type": "string", "format": _}:
            pass
        case {"type": "string"}:
            found["type"] = ["string", "number"]
        case {"type": "integer"}:
            found["type"] = ["integer", "string"]
        case {"type": "array"}:
            return _list_or_item(found)
    return found


def _list_or_item(found: dict[str, Any]) -> dict[str, Any]:
    """The schema of a list of texts that may stand as one text, or be left empty."""
    items = found.get("items", {})
    if "string" not in items.get("type", ()) or "minItems" in found:
        return found
    described = {"description": found.pop("description")} if "description" in found else {}
    return {"anyOf": [items, found, {"type": "null"}], **described}


def write(folder: Path) -> list[str]:
    """Write all schemas; the names of those that changed."""
    return [name for name in SCHEMAS if writer.write(folder / f"{name}.json", text(name))]


def text(name: str) -> str:
    """A schema as it is written down."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"

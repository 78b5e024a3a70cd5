"""YAML: papers.yml, Jekyll's and Hugo's data files, CSL-YAML of pandoc and Better BibTeX, hayagriva."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from odebib.errors import FormatError, Severity
from odebib.sources import columns, objects
from odebib.sources.found import Found, NotUnderstood
from odebib.sources.reading import Places, Reader, lines
from odebib.yamlio import reader as yamlio


def read(text: str, name: str, wanted: columns.Meanings | None = None) -> Found:
    """The records of all works that a YAML file holds, wherever its list stands.

    Raises:
        FormatError: the text is no YAML that can be read.
    """
    data, told = load(text)
    places = Places(text)

    def place(steps: objects.Steps, item: Any) -> tuple[int, str]:
        del steps
        title = next(
            (
                item[key]
                for key in ("title", "Title", "name", "id")
                if isinstance(item, Mapping) and item.get(key)
            ),
            item,
        )
        first = str(title).split("\n")[0] if isinstance(title, str) else ""
        return places.of(first, first[:30]), _written(item)

    found = objects.read(data, name, place, wanted)
    found.not_understood = sorted([*found.not_understood, *told], key=lambda item: item.line)
    return found


def load(text: str) -> tuple[Any, list[NotUnderstood]]:
    """What a YAML file holds, every scalar as its text, and what of it could not be read.

    Raises:
        FormatError: nothing of it could.
    """
    pieces = re.split(r"^---[ \t]*(?:#.*)?$", text.removeprefix("\ufeff"), flags=re.MULTILINE)
    documents: list[Any] = []
    told: list[NotUnderstood] = []
    line = 0
    for piece in pieces:
        if piece.strip():
            data = _load(re.sub(r"^\.\.\.[ \t]*$", "", piece, flags=re.MULTILINE), line, told)
            documents += [data] if data is not None else []
        line += piece.count("\n")
    if not documents:
        why = f" (line {told[0].line}: {told[0].reason})" if told else ""
        raise FormatError(f"this is no YAML that can be read{why}", "it must be a list of fields with values")
    return documents[0] if len(documents) == 1 else documents, told


def _load(text: str, above: int, told: list[NotUnderstood]) -> Any:
    file = yamlio.read("", text)
    if file.data is not None:
        written = text.split("\n")
        for problem in file.problems:
            if problem.severity == Severity.ERROR:
                number = max(problem.location.line, 1)
                shown = written[number - 1].strip() if number <= len(written) else ""
                told.append(NotUnderstood(above + number, shown, problem.message))
        return file.data
    try:  # what our reader refuses for good reasons in our data may be right in somebody else's
        return yaml.load(text, Loader=yaml.BaseLoader) if "*" not in text else None
    except (yaml.YAMLError, RecursionError, ValueError):
        told += [
            NotUnderstood(above + max(problem.location.line, 1), "", problem.message)
            for problem in file.problems[:1]
        ]
        return None


def _written(item: Any) -> str:
    """An object as one writes it in YAML, on a line a field."""
    if not isinstance(item, Mapping):
        return str(item)
    return "\n".join(
        f"{key}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for key, value in item.items()
    )


def is_yaml(text: str) -> bool:
    """Whether a text is a list of objects in YAML, or objects by their keys: fields on lines of their own."""
    start = [line for line in lines(text, 20000) if line.strip() and not line.lstrip().startswith("#")][:400]
    if not start or not re.match(r"(?:---|- \w[\w-]*:(?:\s|$)|-$|[\w.:+/-]+:\s*(?:$|[|>]|\S))", start[0]):
        return False
    keyed = sum(bool(RE_FIELD.match(line)) for line in start)
    titles = sum(
        bool(re.match(r"\s*(?:- )?[\"']?(?:title|name|paper)[\"']?:\s", line, re.IGNORECASE))
        for line in start
    )
    return (
        titles > 0
        and keyed * 10 >= len(start) * 4
        and any(re.match(r"\s*- |\s{2,}\w", line) for line in start)
    )


RE_FIELD = re.compile(r"\s*(?:- )?[\"']?[A-Za-z_][\w .-]{0,40}[\"']?:(?:\s|$)")

READER = Reader(
    name="yaml",
    label="YAML",
    holds="papers.yml, `_data/publications.yml` of Jekyll, CSL-YAML of pandoc and Better BibTeX, hayagriva",
    endings=(".yml", ".yaml"),
    signs=is_yaml,
    read=read,
    unit="item",
    takes_columns=True,
)

"""JSON that is no CSL-JSON: papers.json, Papers with Code, Zotero's own, answers of APIs; JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from odebib.errors import FormatError
from odebib.sources import columns, csl_json, objects
from odebib.sources.found import Found, NotUnderstood
from odebib.sources.reading import Places, Reader, lines


def read(text: str, name: str, wanted: columns.Meanings | None = None) -> Found:
    """The records of all works that a JSON file holds, wherever its list stands.

    Where the file is broken, its items are read one by one, and the broken ones told.

    Raises:
        FormatError: the text is no JSON at all.
    """
    text = text.lstrip("\ufeff")
    broken: list[NotUnderstood] = []
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = list(_items(text, broken))
    places = Places(text)

    def place(steps: objects.Steps, item: Any) -> tuple[int, str]:
        del steps
        return places.of(*_snippets(item)), json.dumps(item, ensure_ascii=False)

    found = objects.read(data, name, place, wanted)
    found.not_understood = sorted([*found.not_understood, *broken], key=lambda item: item.line)
    return found


def _items(text: str, broken: list[NotUnderstood]) -> Iterator[Any]:
    """The items of JSON lines, or of a list in which something is broken."""
    if RE_JSON_LINE.match(text):
        number = 0
        for number, line in enumerate(lines(text), start=1):
            if not line.strip():
                continue
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                broken.append(NotUnderstood(number, line[:2000], "broken JSON"))
        return
    found = Found(name="")
    try:
        yield from (item for _, _, item in csl_json.items_of(text, found))
    except FormatError as error:
        raise FormatError("this is no JSON that can be read", "it must be a list of objects") from error
    broken += found.not_understood


RE_JSON_LINE = re.compile(r"\s*\{.*\}[ \t]*\n\s*\{.*\}[ \t]*(?:\n|$)")
"""Two lines that are an object each."""


def _snippets(item: Any) -> Iterator[str]:
    """What of an object stands in the file as it is, the likeliest to be its own first."""
    texts: list[Any] = [item] if isinstance(item, str) else []
    if isinstance(item, dict):
        for key in ("title", "Title", "DOI", "doi", "arxiv_id", "id", "key", "name"):
            inner = item.get(key)
            texts += inner if isinstance(inner, list) else [inner]
    for text in texts:
        if isinstance(text, str) and text:
            yield json.dumps(text, ensure_ascii=False)
            yield json.dumps(text)


def is_json(text: str) -> bool:
    """Whether a text begins and ends as a list or an object of JSON does."""
    start = text[:2000].lstrip("\ufeff \n\t\r")
    return bool(re.match(r"\[\s*(?:\{|\]|\")|\{\s*\"(?!cells|nbformat)", start)) and text.rstrip().endswith(
        ("]", "}")
    )


READER = Reader(
    name="json",
    label="JSON",
    holds="papers.json of any shape, Papers with Code, Zotero's own and its API, OpenAlex, Semantic "
    "Scholar, DBLP; JSON lines",
    endings=(".json", ".jsonl", ".ndjson"),
    signs=is_json,
    read=read,
    unit="item",
    takes_columns=True,
)

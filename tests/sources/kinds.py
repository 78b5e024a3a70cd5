"""What the tests of all kinds of files share: a text in, the fields of its records out."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

from odebib.sources.found import Found


def said(found: Found) -> list[dict[str, Any]]:
    """The fields of each record as a list's file would hold them, without its text."""
    return [
        {
            name: value
            for name, value in item.record.model_dump(mode="json", exclude_defaults=True).items()
            if name != "text"
        }
        for _, item in found.records()
    ]


def read(reader: Callable[..., Found], text: str) -> Found:
    """What a reader finds in a text that is written with the indentation of a test."""
    return reader(textwrap.dedent(text).lstrip("\n"), "list")

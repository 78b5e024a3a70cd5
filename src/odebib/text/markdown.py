"""Strangers' words in Markdown: shown as they are, never obeyed."""

from __future__ import annotations

import html
import re


def with_code(text: str) -> str:
    """A message of the program's, in which words between backticks are code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(f"`{part}`" if number % 2 else escape(part) for number, part in enumerate(parts))


def in_code(text: str) -> str:
    """A text that may stand between single backticks."""
    return text.replace("`", "'")


RE_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~$-])")
"""What Markdown may take for its own."""


def escape(text: str) -> str:
    """A stranger's words as Markdown shows them unchanged: no markup, no mention, no link.

    >>> escape("@all <b> [x](y)")
    '&#64;all &lt;b&gt; \\\\[x\\\\]\\\\(y\\\\)'
    """
    lead = " " * (text[:1] == " ")
    tail = " " * (text[-1:] == " " and bool(text.strip()))
    plain = lead + html.escape(" ".join(text.split()), quote=False) + tail
    return RE_MARKDOWN.sub(r"\\\1", plain).replace("@", "&#64;").replace("://", ":&#47;/")

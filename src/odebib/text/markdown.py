"""Strangers' words in Markdown: shown as they are, never obeyed."""

from __future__ import annotations

import html
import re


def with_code(text: str) -> str:
    """A message of the program's, in which words between backticks are code, whatever strangers put into it.

    >>> with_code("there is no `x`"), with_code("no `a` @all` b")
    ('there is no `x`', 'no \\\\`a\\\\` &#64;\u2060all\\\\` b')
    """
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    spans = [f"`{in_code(part)}`" if number % 2 else escape(part) for number, part in enumerate(parts)]
    # two spans that touch would be one, and an empty one would be none
    return "".join(
        "" if span == "``" else " " if not span and 0 < number < len(spans) - 1 else span
        for number, span in enumerate(spans)
    )


def in_code(text: str) -> str:
    """A text that may stand between single backticks: on one line, and without any itself."""
    return " ".join(text.replace("`", "'").split())


def code(text: str) -> str:
    """A stranger's words as code, which Markdown leaves alone."""
    return f"`{in_code(text)}`" if text.strip() else ""


RE_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~$-])")
"""What Markdown may take for its own."""


RE_REFERENCE = re.compile(r"(?i)\\#(?=\d)|\bgh\\-(?=\d)|\bwww(?=\.)")
"""What becomes a link to an issue or an address once it is shown; an invisible joiner keeps it apart."""


def escape(text: str) -> str:
    """A stranger's words as Markdown shows them unchanged: no markup, no mention, no link.

    >>> escape("@all <b> [x](y)")
    '&#64;\u2060all &lt;b&gt; \\\\[x\\\\]\\\\(y\\\\)'
    """
    lead = " " * (text[:1] == " ")
    tail = " " * (text[-1:] == " " and bool(text.strip()))
    plain = lead + html.escape(" ".join(text.split()), quote=False) + tail
    marked = RE_MARKDOWN.sub(r"\\\1", plain).replace("@", "&#64;\u2060").replace("://", ":&#47;\u2060/")
    return RE_REFERENCE.sub(lambda match: f"{match[0]}\u2060", marked)

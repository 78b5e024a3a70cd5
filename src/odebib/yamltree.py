"""Text to YAML's nodes, each with its place; safe on any text, however hostile.

PyYAML resolves types, which odebib does not want, and follows nesting down
the C stack, which crashes on a hundred thousand brackets; both end here.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

DEPTH_LIMIT = 40
"""How deep collections may nest; nothing in ``data/`` comes near it."""

TEXT_TAG = "tag:yaml.org,2002:str"
"""The type of every node that bears no tag of its own."""

RE_REFUSED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML refuses anywhere (https://yaml.org/spec/1.1/#c-printable), and a BOM inside a text."""

RARE_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")
"""Characters that only YAML 1.1 takes for line breaks. They come with pasted text and are spaces to us."""

_Parser: Any = getattr(yaml, "CParser", None)
if _Parser is None:
    try:
        from yaml._yaml import CParser as _Parser
    except ImportError:
        _Parser = yaml.BaseLoader


class TooDeepError(Exception):
    """Collections nest deeper than :data:`DEPTH_LIMIT`; ``mark`` is where."""

    def __init__(self, mark: Any) -> None:
        super().__init__("nests too deep")
        self.mark = mark


class Loader(_Parser):  # type: ignore[misc]
    """PyYAML's composer without types: libyaml's where it is there (ten times as fast), else its own."""

    depth = 0

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """Every node is text."""
        return TEXT_TAG

    def descend_resolver(self, parent: yaml.Node | None, index: object) -> None:
        """Called by PyYAML before each node: one level deeper."""
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise TooDeepError(parent.start_mark if parent else None)

    def ascend_resolver(self) -> None:
        """Called by PyYAML after each node: one level up."""
        self.depth -= 1


def compose(text: str) -> yaml.Node | None:
    """The node of a YAML text, None if it holds nothing. Marks count characters of ``text``.

    Raises:
        yaml.YAMLError: it is no YAML.
        TooDeepError: it nests too deep.
    """
    loader = Loader(text)
    try:
        return loader.get_single_node()  # type: ignore[no-any-return]
    finally:
        loader.dispose()


def tame(text: str) -> str:
    """``text`` as YAML can read it, character for character: same length, same places.

    >>> tame("a\\x00b\\u2028c")
    'a?b c'
    """
    if text.isascii() and text.isprintable():
        return text
    return RE_REFUSED.sub("?", text.translate(RARE_BREAKS))

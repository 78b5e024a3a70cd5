"""Text to YAML's nodes, each with its place; safe on any text, however hostile.

PyYAML guesses types, which odebib does not want, and follows nesting down the
C stack, which crashes on a hundred thousand brackets; both end here.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

Parser: Any
try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML without libyaml, a tenth as fast
    Parser = yaml.BaseLoader

DEPTH_LIMIT = 40
"""How deep collections may nest; nothing in ``data/`` comes near it."""

TEXT_TAG = "tag:yaml.org,2002:str"
"""The type of every node that bears no tag of its own."""

RE_REFUSED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML refuses anywhere (YAML 1.1, section 4.1), and a byte order mark inside a text."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""What stands for a character that was refused."""

RE_RARE_BREAK = re.compile("[\x85\u2028\u2029]")
"""Characters that only YAML 1.1 takes for line breaks. They come with pasted text and are spaces to us."""


class TooDeepError(Exception):
    """Collections nest deeper than :data:`DEPTH_LIMIT`; ``mark`` is where."""

    def __init__(self, mark: yaml.Mark | None) -> None:
        super().__init__("nests too deep")
        self.mark = mark


SIGNS_OF_DEPTH = ("- -", "- ?", "? -", "? ?", "-  ", "?  ", "-\t", "?\t", " " * 20)
"""What a text must hold to nest deep in lines, besides brackets: dashes in a row, or a deep indent."""


class _Loader(Parser):  # type: ignore[misc]
    """PyYAML's composer without types."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """The type of a node without a tag: always text."""
        return TEXT_TAG

    def descend_resolver(self, parent: yaml.Node | None, index: object) -> None:
        """Called by PyYAML before each node."""

    def ascend_resolver(self) -> None:
        """Called by PyYAML after each node."""


class _CountingLoader(_Loader):
    """The same for texts that may nest deep, which it refuses before the stack ends."""

    depth = 0

    def descend_resolver(self, parent: yaml.Node | None, index: object) -> None:
        """One level deeper."""
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise TooDeepError(parent.start_mark if parent else None)

    def ascend_resolver(self) -> None:
        """One level up."""
        self.depth -= 1


def compose(text: str) -> yaml.Node | None:
    """The node of a YAML text, None if it holds nothing. Marks count characters of ``text``.

    Raises:
        yaml.YAMLError: it is no YAML.
        ValueError: it holds half a surrogate pair.
        TooDeepError: it nests too deep.
    """
    loader = _CountingLoader(text) if _may_nest_deep(text) else _Loader(text)
    try:
        return loader.get_single_node()  # type: ignore[no-any-return]
    finally:
        loader.dispose()


def _may_nest_deep(text: str) -> bool:
    return text.count("[") + text.count("{") >= DEPTH_LIMIT or any(sign in text for sign in SIGNS_OF_DEPTH)


def text_of(node: yaml.ScalarNode) -> str:
    """What a value says: in a folded text, too, an empty line separates paragraphs.

    YAML itself takes such an empty line for a mere line break, which in a text
    that is folded anyway nobody could have meant.

    >>> text_of(compose(">-\\n  One\\n  of it.\\n\\n  Two.\\n"))
    'One of it.\\n\\nTwo.'
    """
    value = node.value
    if node.style == ">" and "\n" in value:
        return RE_BREAKS.sub("\n\n", value)
    return str(value)


RE_BREAKS = re.compile(r"\n+")


def tame(text: str) -> str:
    """``text`` as YAML can read it, character for character, so that all places stay the same.

    >>> tame("a\\x00b\\u2028c")
    'a�b c'
    """
    return RE_REFUSED.sub(REPLACEMENT, without_rare_breaks(text))


def without_rare_breaks(text: str) -> str:
    """``text`` with spaces for what only YAML takes for a line break."""
    return text if text.isascii() else RE_RARE_BREAK.sub(" ", text)

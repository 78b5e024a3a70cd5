"""Headings of a list: how they read, and which of them speak of the list itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from odebib.sources.markdown.pieces import RE_ORNAMENT, Piece, plain
from odebib.text.folding import fold, fold_words

CONTENTS = frozenset(
    {"contents", "content", "table of contents", "toc", "index", "outline", "overview", "navigation"}
)
ABOUT = frozenset(
    fold_words(
        "contributing contribution contributions contribute contributors contributor license licence "
        "acknowledgement acknowledgements acknowledgment acknowledgments legend disclaimer sponsors "
        "maintainers maintainer sharing stargazers changelog updates update news"
    )
)
ABOUT_PHRASES = re.compile(
    r"how to (?:contribute|cite|submit|use|read|add)|star history|back to top|what s new|code of conduct"
    r"|(?:want|like) to (?:help|contribute)|cite (?:us|this|our)|about (?:this|the) (?:list|repo)"
    r"|(?:list|selection) criteria"
)
"""Headings under which the list speaks of itself."""


def heading_text(pieces: Sequence[Piece]) -> str:
    """A heading as it reads, without emoji, images, numbers in brackets and anchors."""
    text = RE_ORNAMENT.sub(" ", plain(pieces))
    text = re.sub(r"^\s*\[\d{1,4}\]\s+(?=\S)", "", text)
    text = re.sub(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)", "", text)
    text = re.sub(
        r"\s*[\[(]\s*(?:\d+(?:\s*(?:papers?|items?))?|back to top|top|[↑⬆^])\s*[\])]\s*$",
        "",
        text,
        flags=re.I,
    )
    return " ".join(text.split()).strip(" :#|-–—*")


def is_sentence(title: str) -> bool:
    """Whether a heading is a sentence that describes the list, and names no section."""
    return len(title.split()) > 10 and bool(
        re.search(r"[a-z)\"”]\.$|\b(?:this|our) (?:repo|list|survey)", title, re.I)
    )


def is_about_list(title: str) -> bool:
    """Whether the list speaks of itself below a heading: its contents, how to contribute, its licence."""
    words = fold(title)
    first = words.partition(" ")[0]
    return (
        words in CONTENTS or (first in ABOUT and len(words.split()) <= 4) or bool(ABOUT_PHRASES.search(words))
    )

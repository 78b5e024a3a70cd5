"""Emphasis in titles: ``*Drosophila*``, as people write it in plain text, and what other formats have for it.

An asterisk that belongs to a name (A* search, C*-algebras, D* Lite) emphasises nothing.
"""

from __future__ import annotations

import re

RE_MARKED = re.compile(r"(?<![\w*\\}$])\*(?=[\w{(\\\"'‘“])([^*]{1,300}?)(?<=[\w.!?)}\"'’”$])\*(?![\w*{])")
"""Words between two asterisks, the first before a word and the second behind one."""
RE_ELEMENT = re.compile(r"<(i|em)>([^<>]{1,300})</\1>")
RE_COMMAND = re.compile(r"\\(?:emph|textit|textsl)\{([^{}]{1,300})\}")


def normal(title: str) -> str:
    r"""A title with emphasis as odebib writes it, instead of HTML's or LaTeX's.

    >>> normal(r"The <i>Drosophila</i> genome and \emph{C. elegans}")
    'The *Drosophila* genome and *C. elegans*'
    """
    if "<" in title:
        title = RE_ELEMENT.sub(r"*\2*", title)
    return RE_COMMAND.sub(r"*\1*", title) if "\\" in title else title


def split(title: str) -> list[str]:
    """Plain and emphasised words in turn, beginning with plain ones.

    >>> split("The *Drosophila* genome"), split("A* and D* search in C*-algebras")
    (['The ', 'Drosophila', ' genome'], ['A* and D* search in C*-algebras'])
    """
    return RE_MARKED.split(title) if title.count("*") > 1 else [title]


def without(title: str) -> str:
    """A title without the marks of emphasis.

    >>> without("The *Drosophila* genome by A*")
    'The Drosophila genome by A*'
    """
    return "".join(split(title))

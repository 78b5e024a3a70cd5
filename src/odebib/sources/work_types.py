"""Types of works as exports, styles and people call them."""

from __future__ import annotations

from odebib.text.folding import fold

CALLED = {
    "journal-article": "article journal|journal article|journal|magazine article|article magazine"
    "|newspaper article"
    "|article newspaper|article|review|review article|journal paper|research article|original "
    "article|editorial"
    "|letter|short survey|erratum|early access|2|peer reviewed article|periodical|j|ieee journal|ieee "
    "magazine",
    "conference-paper": "paper conference|conference paper|conference|conference proceedings"
    "|conference proceeding"
    "|proceedings paper|inproceedings|proceedings article|proceedings|conference article|paper in "
    "proceedings|1"
    "|conference review|conference publication|ieee conference|in proceedings|c",
    "workshop-paper": "workshop|workshop paper",
    "preprint": "preprint|3|posted content|working paper",
    "report": "report|technical report|techreport|4|tech report|government document",
    "book": "book|b|5|monograph|edited book|collection|whole book",
    "chapter": "chapter|book section|book chapter|incollection|inbook|6|entry encyclopedia|encyclopedia "
    "article"
    "|electronic book section",
    "thesis": "thesis|phdthesis|phd thesis|mastersthesis|dissertation|7|master thesis|masters "
    "thesis|doctoral thesis",
    "software": "software|computer program|code|library|package|tool",
    "dataset": "dataset|data set|data|data paper",
    "website": "website|web page|webpage|web site|blog post|blog|post weblog|online|blogpost|forum post|post",
    "talk": "talk|presentation|speech|video|video recording|slides|motion picture|broadcast|podcast|lecture"
    "|seminar|invited talk|keynote",
    "tutorial": "tutorial|course",
}
"""The types and what they are called in Zotero, CSL, EndNote, Hugo, Scopus, IEEE, Web of Science."""
TYPES = {name: type_ for type_, names in CALLED.items() for name in names.split("|")}


def of(name: str) -> str | None:
    """The type that a name stands for, or None if it says nothing.

    >>> of("journalArticle"), of("Conference Paper"), of("Proceedings Paper"), of("article-journal")
    ('journal-article', 'conference-paper', 'conference-paper', 'journal-article')
    """
    spaced = "".join(
        f" {char}" if char.isupper() and name[max(i - 1, 0)].islower() else char
        for i, char in enumerate(name[:60])
    )
    words = fold(spaced)
    return TYPES.get(words) or TYPES.get(words.removesuffix("s"))

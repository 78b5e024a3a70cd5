"""Tables of lists: what each column holds, by its heading or by what stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from odebib.sources.markdown.items import is_external, is_title_link
from odebib.sources.markdown.pieces import Table
from odebib.text.folding import fold_words

COLUMNS: dict[str, str] = {
    word: column
    for column, words in {
        "title": "title paper papers name work article publication method model library package project "
        "software tool resource repository book course dataset framework",
        "authors": "authors author people by speaker speakers instructor creator",
        "venue": "venue conference journal published publisher where pub booktitle",
        "year": "year date published_on time when released",
        "code": "code github repo implementation implementations source",
        "link": "link links url pdf arxiv paperlink doi website homepage",
        "abstract": "abstract",
        "description": "description summary tldr notes note comment comments remarks about highlights",
        "tags": "tags tag topic topics category categories keywords keyword area type task",
        "licence": "license licence",
        "language": "language languages lang",
    }.items()
    for word in words.split()
}
"""What a column of a table holds, by the words of its heading."""
TITLE_WORDS = ("title", "paper", "papers", "article", "publication", "name", "work")
"""Headings of the column with the title, the best first."""
IGNORED_COLUMNS = frozenset(
    fold_words("stars star citations citation cites bibtex bib forks no id number index")
)


def columns_of(header: Sequence[str]) -> list[str]:
    """What each column of a table holds, by its heading."""
    folded = [fold_words(cell) for cell in header]
    named = [
        "" if words and words[0] in IGNORED_COLUMNS else next((COLUMNS[w] for w in words if w in COLUMNS), "")
        for words in folded
    ]
    titles = [number for number, column in enumerate(named) if column == "title"]
    best = min(titles, key=lambda number: _title_rank(folded[number]), default=None)
    return [
        "title" if number == best else ("link" if column == "title" else column)
        for number, column in enumerate(named)
    ]


def _title_rank(words: Sequence[str]) -> int:
    return min((TITLE_WORDS.index(word) for word in words if word in TITLE_WORDS), default=len(TITLE_WORDS))


def guessed_columns(table: Table, columns: Sequence[str]) -> list[str]:
    """The first column with links that are titles holds the titles."""
    width = max(len(row.cells) for row in table.rows)
    columns = [*columns, *[""] * (width - len(columns))]
    for number in range(width):
        cells = [row.cells[number] for row in table.rows if number < len(row.cells)]
        titles = sum(any(is_external(piece) and is_title_link(piece) for piece in cell) for cell in cells)
        if titles * 2 >= len(cells):
            return ["title" if i == number else column or "description" for i, column in enumerate(columns)]
    return [column or "description" for column in columns]

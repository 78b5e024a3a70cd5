"""Tables of lists: what each column holds, by its heading or by what stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from odebib.sources.columns import MEANING
from odebib.sources.markdown.items import is_external, is_title_link
from odebib.sources.markdown.pieces import Table
from odebib.text.folding import fold_words

COLUMN_OF_FIELD = {
    "title": "title", "authors": "authors", "venue": "venue", "year": "year", "date": "year", "code": "code",
    "url": "link", "pdf": "link", "doi": "link", "arxiv": "link", "abstract": "abstract",
    "summary": "description", "note": "description", "topics": "tags", "licence": "licence",
}  # fmt: skip
"""For the fields of named values the columns of a list's table; `columns` tells what these are called."""
COLUMNS: dict[str, str] = {
    name: COLUMN_OF_FIELD[field] for name, (field, _) in MEANING.items() if field in COLUMN_OF_FIELD
} | {
    word: column
    for column, words in {
        "title": "method model library package project software tool resource repository book course dataset "
        "framework",
        "venue": "published publisher",
        "year": "time",
        "code": "source",
        "description": "about highlights",
        "tags": "type",
        "language": "language languages lang",
    }.items()
    for word in words.split()
}
"""What a column of a table holds, by the words of its heading; those here mean something else in a list."""
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


def is_title_column(header: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether the column with the title is called so, beside one of people, venue or year."""
    if "title" not in columns or not {"authors", "venue", "year"} & set(columns):
        return False
    return "title" in fold_words(header[columns.index("title")])


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

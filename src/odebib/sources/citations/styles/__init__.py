"""The styles of citations, each in a file that describes itself; to add one, write it and name it here.

The surest stand first: the first style that finds anything in a citation has read it.
"""

from odebib.sources.citations.style import Style
from odebib.sources.citations.styles import (
    dated,
    gbt,
    known_title,
    piped,
    plain,
    quoted,
    title_dated,
    vancouver,
    venue_first,
)

STYLES: tuple[Style, ...] = (
    piped.STYLE,
    gbt.STYLE,
    vancouver.STYLE,
    quoted.STYLE,
    title_dated.STYLE,
    dated.STYLE,
    venue_first.STYLE,
    known_title.STYLE,
    plain.STYLE,
)


def begins(text: str) -> bool:
    """Whether a line surely begins a citation, by the sign of a style."""
    return any(style.begins(text) for style in STYLES)

"""A label before a title that the page gives elsewhere."""

from __future__ import annotations

import re

from odebib.sources.citations.style import Context, Fields, Style
from odebib.sources.citations.titles import clean_title
from odebib.text.folding import fold


def read(text: str, context: Context) -> Fields:
    """A label before a title that the document gives elsewhere: ``Neural SDE Neural Stochastic …``."""
    words = text.split() if context.titles else []
    for count in range(1, min(5, len(words) - 3)):
        title = " ".join(words[count:])
        label = words[count - 1]
        if (
            re.fullmatch(r"[A-Z]{2,}s?", label)
            and words[count][0].isupper()
            and fold(clean_title(title)) in context.titles
        ):
            return {"title": clean_title(title)}
    return {}


STYLE = Style("known-title", "SDE Neural stochastic equations of some kind", read)

"""No sign of a style."""

from __future__ import annotations

from odebib.sources.citations.author_line import read_people
from odebib.sources.citations.style import Context, Fields, Style
from odebib.sources.citations.titles import read_body


def read(text: str, context: Context) -> Fields:
    """No sign of a style: people, title and imprint are told by their own shapes."""
    if people := read_people(text.strip(" .")) if "," in text or "et al" in text else None:
        return {"authors": people}
    return read_body(text)


STYLE = Style(
    "plain", "Haber E, Ruthotto L. Stable architectures for deep networks. Inverse Problems, 2017.", read
)

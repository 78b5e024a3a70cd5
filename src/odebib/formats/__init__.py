"""The formats that the bibliography is given out in: one small file a format.

A format is a function from a bibliography and some of its keys to text, and what its file says of it;
`FORMATS` gathers them. Imports `model`, `text`, `errors`.
"""

from __future__ import annotations

from odebib.formats import awesome, biblatex, bibtex, csl_json, csv, json, markdown, ris, text
from odebib.formats.format import Format

FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        bibtex.FORMAT,
        biblatex.FORMAT,
        ris.FORMAT,
        csl_json.FORMAT,
        csv.FORMAT,
        json.FORMAT,
        awesome.FORMAT,
        markdown.FORMAT,
        text.FORMAT,
    )
}
"""Every format by its name, in the order in which readers are offered them."""

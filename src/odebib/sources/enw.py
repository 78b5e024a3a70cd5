"""EndNote's tagged format (.enw), which is refer's: Google Scholar, publishers, library catalogues.

https://support.clarivate.com/Endnote/s/article/EndNote-EndNote-Import-Format
"""

from __future__ import annotations

import re
from typing import Any

from odebib.sources import named, tagged
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader, names_left_out
from odebib.sources.records import validated

RE_TAG = re.compile(r"[ \t]*(%[0-9A-Za-z!@#$^&*()+=?<>~\[])(?:[ \t]+|$)")
FIELDS = {
    "%F": "source_id", "%M": "source_id", "%0": "type", "%9": "type", "%T": "title", "%A": "authors",
    "%Q": "authors", "%E": "editors", "%D": "year", "%8": "date", "%J": "venue", "%B": "venue",
    "%V": "volume", "%N": "number", "%P": "pages", "%I": "publisher", "%R": "doi", "%@": "isbn", "%U": "url",
    "%>": "pdf", "%X": "abstract", "%K": "topics", "%Z": "note",
}  # fmt: skip
"""The tags and the fields they fill, of several for one field the best first."""


def read(text: str, name: str) -> Found:
    """The records of an export, in one section of the file's name."""
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    seen: dict[str, bool] = {}
    for reference in tagged.references(text, RE_TAG, frozenset({"%0"})):
        seen |= dict.fromkeys(reference.values, True)
        fields = record_fields(reference)
        if fields.keys() & {"title", "doi", "isbn", "url"}:
            section.records.append(FoundRecord(reference.line, validated({"text": reference.text, **fields})))
        else:
            reason = "it has neither title nor identifier"
            found.not_understood.append(NotUnderstood(reference.line, reference.text, reason))
    found.taken = tuple(tag for tag in seen if tag in FIELDS)
    found.left_out = names_left_out(seen, FIELDS)
    return found


def record_fields(reference: tagged.Reference) -> dict[str, Any]:
    """The fields of a record that one reference gives, before the model looks at them."""
    values, meanings = tagged.given(reference, FIELDS)
    if "%A" in values:
        values.pop("%Q", None)
    return named.record_fields(values, meanings)


def is_enw(text: str) -> bool:
    """Whether the first lines that say something are tagged as refer's are."""
    return bool(re.match(r"[\ufeff\s]*%(?:0 \w|[A-Z] \S.*\n\s*%[A-Z0-9@] )", text))


READER = Reader(
    name="enw",
    label="EndNote's tagged format",
    holds="Google Scholar, publishers and catalogues for EndNote; refer and BibIX",
    endings=(".enw", ".enl", ".refer"),
    signs=is_enw,
    read=read,
    unit="reference",
)

"""MEDLINE, as PubMed and ERIC export it (.nbib).

https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from typing import Any

from odebib.sources import named, tagged
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader, names_left_out
from odebib.sources.records import validated
from odebib.text import identifiers

RE_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?")
FIELDS = {
    "PMID": "source_id", "OID": "source_id", "TI": "title", "BTI": "title", "TT": "title", "PT": "type",
    "FAU": "authors", "AU": "authors", "CN": "authors", "FED": "editors", "ED": "editors", "LID": "doi",
    "AID": "doi", "ISBN": "isbn", "DP": "date", "JT": "venue", "TA": "venue",
    "CTI": "venue", "VI": "volume", "IP": "number", "PG": "pages", "PB": "publisher",
    "AB": "abstract", "OT": "topics", "MH": "topics",
}  # fmt: skip
"""The tags and the fields they fill, of several for one field the best first."""


def read(text: str, name: str) -> Found:
    """The records of an export, in one section of the file's name."""
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    seen: dict[str, bool] = {}
    for reference in tagged.references(text, RE_TAG, frozenset({"PMID", "OID"})):
        seen |= dict.fromkeys(reference.values, True)
        fields = record_fields(reference)
        if fields.keys() & {"title", "doi", "isbn"}:
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
    pubmed = next(iter(values.pop("PMID", [])), "")
    _leave_out_repetitions(values)
    dois = [
        one
        for tag in ("LID", "AID")
        for one in values.pop(tag, [])
        if "[doi]" in one or one.startswith("10.")
    ]
    values["TI"] = [re.sub(r"^\[(.*)\]\.?$", r"\1", title) for title in values.get("TI", [])]
    values["OT"] = [word.strip("*") for word in values.get("OT", values.pop("MH", []))]
    fields = named.record_fields(
        {"doi": [identifiers.find_doi(one) or "" for one in dois], "pmid": pubmed, **values},
        {"doi": "doi", "pmid": "pubmed", "OT": "topics", **meanings},
    )
    if pubmed:
        fields["source_id"] = pubmed
    return fields


def _leave_out_repetitions(values: tagged.Values) -> None:
    """The same people and subjects stand there twice; a group counts where nobody else is named."""
    for shorter, longer in (("AU", "FAU"), ("ED", "FED"), ("MH", "OT")):
        if longer in values:
            values.pop(shorter, None)
    groups = values.pop("CN", [])
    if groups and not values.keys() & {"AU", "FAU"}:
        values["CN"] = ["{" + name + "}" for name in groups]


READER = Reader(
    name="nbib",
    label="MEDLINE",
    holds='PubMed ("Send to citation manager", .nbib) and ERIC',
    endings=(".nbib", ".medline"),
    signs=lambda text: (
        bool(re.search(r"^(?:PMID|OID ?) ?- ?[A-Z]{0,2}\d", text[:20000], re.MULTILINE))
        and not re.search(r"^TY  ?- ", text[:20000], re.MULTILINE)
    ),
    read=read,
    unit="reference",
)

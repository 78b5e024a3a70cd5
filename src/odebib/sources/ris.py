"""RIS, the tagged format of reference managers and publishers' export buttons.

https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rispy

from odebib.sources.citations.author_line import read_people
from odebib.sources.citations.words import RE_PREPRINT
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader
from odebib.sources.records import add_doi, add_url, as_group, title_of, validated, without_markup
from odebib.sources.values import in_usual_case
from odebib.text import identifiers
from odebib.text.names import OTHERS, Name, parse

ENTRY_TYPES = {
    "JOUR": "journal-article",
    "EJOUR": "journal-article",
    "MGZN": "journal-article",
    "JFULL": "journal-article",
    "CONF": "conference-paper",
    "CPAPER": "conference-paper",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "ENCYC": "chapter",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "THES": "thesis",
    "RPRT": "report",
    "COMP": "software",
    "DATA": "dataset",
    "ELEC": "website",
    "BLOG": "website",
    "SLIDE": "talk",
    "VIDEO": "talk",
    "MPCT": "talk",
    "MULTI": "talk",
}
"""Types of references; those not here (``GEN``, ``UNPB``, …) say nothing."""

RE_LINE = re.compile(r"^([A-Z][A-Z0-9])\s{0,3}-(?:\s|$)")
RE_REFERENCE = re.compile(r"(?:TY|TI|T1|AU|A1|DO|PY|Y1)  - \S")
"""What a reference holds, and text between references does not."""
RE_FIRST_TAG = re.compile(r"^[\ufeff\s]*TY  ?- ", re.MULTILINE)
RE_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)(?:[/-](\d\d?))?")


def read(text: str, name: str) -> Found:
    """The records of a RIS file, in one section of the file's name.

    A reference without title and identifier stands under ``not_understood``; text outside of
    references, such as the provider's name and addresses, is no item.
    """
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    between = 0
    for line, lines in _references(text):
        raw = "\n".join(lines).strip()
        if not any(map(RE_REFERENCE.match, lines)):
            between += 1
            continue
        fields = record_fields(_parsed(lines)) if lines[0].startswith("TY") else {}
        if not fields.keys() & {"title", "doi", "arxiv", "isbn", "url"}:
            reason = "it has neither title nor identifier" if fields else "it is no RIS reference"
            found.not_understood.append(NotUnderstood(line, raw, reason))
            continue
        section.records.append(FoundRecord(line, validated({"text": raw, **fields})))
    if between:
        found.remarks.append("text of the provider's between the references")
    return found


def _references(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each reference with the number of the first; a missing ``ER`` ends at the next ``TY``."""
    lines: list[str] = []
    first = 1
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        match = RE_LINE.match(raw.lstrip())
        line = f"{match[1]}  - {raw.lstrip()[match.end() :].strip()}" if match else raw.strip()
        tag = match[1] if match else ""
        if tag == "TY" and lines:
            yield first, lines
            lines = []
        if tag == "ER":
            if lines:
                yield first, lines
            lines = []
        elif line:
            first = first if lines else number
            lines.append(line)
    if lines:
        yield first, lines


def _parsed(lines: list[str]) -> dict[str, Any]:
    """One reference as rispy reads it; a line without tag goes on with the one before."""
    records = rispy.loads("\n".join([*lines, "ER  - "]))
    return dict(records[0]) if records else {}


def record_fields(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record that one reference gives, before the model looks at them."""
    fields: dict[str, Any] = {"source_id": _text(values, "id", "label")}
    fields["title"], fields["awards"] = title_of(_stands(values, "title", "primary_title", "short_title"))
    fields["type"] = ENTRY_TYPES.get(str(values.get("type_of_reference", "")).upper())
    fields["authors"] = _people(values, "authors", "first_authors")
    fields["editors"] = _people(values, "secondary_authors") if fields["type"] in {"book", "chapter"} else []
    fields["year"], fields["month"], words = _date(values)
    _add_venue(values, fields)
    _add_imprint(values, fields)
    fields["abstract"] = _text(values, "abstract", "notes_abstract")
    notes = (words, *map(without_markup, values.get("notes", [])))
    fields["note"] = "; ".join(filter(None, notes))
    fields["topics"] = list(filter(None, map(without_markup, values.get("keywords", []))))
    _add_identifiers(values, fields)
    if fields["type"] == "journal-article" and not fields.get("venue"):
        fields["type"] = None
    return {name: value for name, value in fields.items() if value}


def _date(values: dict[str, Any]) -> tuple[str, str, str]:
    """Year, month, and what stands in their place in words: ``in press``."""
    said, date = _text(values, "year", "publication_year", "date"), _text(values, "date")
    match = RE_YEAR.search(said)
    if match is None:
        return "", "", "" if re.fullmatch(r"(?:n\.? ?d\.?|[\W\d])*", said, re.IGNORECASE) else said
    later = RE_YEAR.search(date)
    return match[1], (match[2] or (later[2] if later else "") or "").lstrip("0"), ""


def _add_imprint(values: dict[str, Any], fields: dict[str, Any]) -> None:
    pages = "-".join(filter(None, (_text(values, "start_page"), _text(values, "end_page"))))
    fields["pages"] = "" if pages.casefold() == "no-specified" else pages  # PsycINFO's word for none
    for name in ("volume", "number", "publisher", "edition"):
        fields[name] = _text(values, name)
    if fields["type"] == "thesis":
        fields["institution"], fields["publisher"] = fields["publisher"], ""
        fields["degree"] = _text(values, "type_of_work")


def _stands(values: dict[str, Any], *names: str) -> str:
    """The first of these values that says something, as it stands."""
    said = (values.get(name) for name in names)
    return next((value for value in said if isinstance(value, str) and value.strip()), "")


def _text(values: dict[str, Any], *names: str) -> str:
    """The first of these values that says something, as text."""
    return without_markup(_stands(values, *names))


RE_FAMILY_FIRST = re.compile(r"([^,]+)\s((?:[A-Z]\.?-?){1,4})")
"""``Liu R.``, as Embase has it: a family name, then initials."""


def _people(values: dict[str, Any], *names: str) -> list[Name]:
    people: list[str] = next((values[name] for name in names if values.get(name)), [])
    return [name for person in people for name in _of_line(without_markup(person))]


def _of_line(text: str) -> Iterator[Name]:
    """The person of a line, ``Family, Given, Suffix``; the people, where a program wrote several into one.

    Several words with a comma behind them are a group, as EndNote tells one.
    """
    for part in re.split(r"\s*;\s*|\s+and\s+", text):
        bare = part.strip(" ,")
        if re.fullmatch(r"(?:others|et\.? ?al)\.?", bare, re.IGNORECASE):
            yield parse(OTHERS)
        elif part.rstrip().endswith(",") and " " in bare and "," not in bare:
            yield parse(as_group(bare))
        elif bare:
            turned = RE_FAMILY_FIRST.fullmatch(bare)
            yield parse(f"{turned[1]}, {turned[2]}" if turned and read_people(bare) else bare).as_read_again


def _add_venue(values: dict[str, Any], fields: dict[str, Any]) -> None:
    """The journal or proceedings; publishers disagree on the tag."""
    venue = _text(
        values, "secondary_title", "journal_name", "alternate_title3", "alternate_title2", "alternate_title1"
    )
    if fields["type"] == "conference-paper":
        venue = _text(values, "secondary_title", "tertiary_title") or venue or _text(values, "custom3")
    if RE_PREPRINT.search(venue):
        fields |= {"arxiv": identifiers.find_arxiv(venue), "arxiv_class": identifiers.arxiv_class(venue)}
        venue = ""
    fields["venue"] = "" if fields["type"] in {"book", "thesis"} else in_usual_case(venue)
    series = _text(values, "tertiary_title") or (venue if fields["type"] == "book" else "")
    fields["series"] = series if series != fields["venue"] else ""
    if fields["type"] == "conference-paper" and re.search(r"\bworkshop\b", venue, re.IGNORECASE):
        fields["type"] = "workshop-paper"


def _add_identifiers(values: dict[str, Any], fields: dict[str, Any]) -> None:
    add_doi(_text(values, "doi"), fields)
    for name in ("number", "volume", "note", "custom7", "accession_number"):
        value = _text(values, name)
        if not fields.get("arxiv") and re.match(r"arxiv", value, re.IGNORECASE):
            fields |= {"arxiv": identifiers.find_arxiv(value), "arxiv_class": identifiers.arxiv_class(value)}
    if fields["type"] in {"book", None}:
        fields["isbn"] = identifiers.isbn(_text(values, "issn"))
    for name, kind in (("urls", None), ("file_attachments1", "pdf")):
        value = values.get(name, [])
        for url in value if isinstance(value, list) else [value]:
            add_url(url.strip(), fields, kind)


READER = Reader(
    name="ris",
    label="RIS",
    holds="exports of publishers, databases, EndNote, Mendeley, Zotero",
    endings=(".ris",),
    signs=lambda text: bool(RE_FIRST_TAG.search(text, 0, 5000)),
    read=read,
    unit="reference",
)

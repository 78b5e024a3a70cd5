"""From the values of a BibTeX or BibLaTeX entry to the fields of a record."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from odebib.sources.bibtex import dates, journals
from odebib.sources.bibtex.addresses import LINKS, add_identifiers, addresses
from odebib.sources.bibtex.blocks import Fields
from odebib.sources.bibtex.people import people
from odebib.sources.citations.awards import award_name, split_awards
from odebib.sources.citations.words import RE_PREPRINT_ONLY, RE_THESIS
from odebib.text import degrees, emphasis, identifiers, latex, macros, markup, venue_names
from odebib.text.folding import RE_UNPRINTABLE

ENTRY_TYPES = {
    "article": "journal-article", "periodical": "journal-article", "suppperiodical": "journal-article",
    "inproceedings": "conference-paper", "conference": "conference-paper", "paper": "conference-paper",
    "incollection": "chapter", "inbook": "chapter", "inreference": "chapter", "suppbook": "chapter",
    "suppcollection": "chapter", "bookinbook": "chapter",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "reference": "book", "mvreference": "book", "booklet": "book",
    "manual": "report",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "mathesis": "thesis",
    "bachelorsthesis": "thesis", "bathesis": "thesis",
    "techreport": "report", "report": "report", "software": "software", "softwareversion": "software",
    "softwaremodule": "software", "codefragment": "software", "online": "website", "electronic": "website",
    "www": "website",
    "webpage": "website", "dataset": "dataset", "data": "dataset", "video": "talk", "movie": "talk",
    "audio": "talk",
    "presentation": "talk",
}  # fmt: skip
"""Entry types of BibTeX and BibLaTeX; ``misc`` and ``unpublished`` say nothing."""

RE_ARXIV_VENUE = re.compile(r"\barx?i?v\b|^corr$|^abs/", re.IGNORECASE)
RE_WORKSHOP = re.compile(r"\bworkshops?\b", re.IGNORECASE)
RE_SOFTWARE = re.compile(r"software|code|package", re.IGNORECASE)
RE_LED_TO_ADDRESS = re.compile(
    r"(?<![,;.\s])[,;.\s]*+\b(?:(?:available|online|see|accessed)\s*+){1,4}+(?:at|from|on)?[:\s]*+$", re.I
)
"""The words before an address that stood in a note."""
RE_NO_NOTE = re.compile(r"(?:\W|available|at|from|url|online|accessed.*+|arxiv:\S*+)*+", re.IGNORECASE)
"""A note that only leads to its address."""


def record_fields(entry_type: str, values: Fields) -> dict[str, Any]:
    """The fields of a record that an entry's values give, before the model looks at them."""
    fields: dict[str, Any] = {}
    if title := _title(values):
        fields["title"], fields["awards"] = split_awards(title)
    fields["authors"] = people(values.get("author", ""))
    fields["editors"] = people(values.get("editor", ""))
    fields["type"] = _type(entry_type, values)
    fields["year"], fields["month"], words = dates.of_values(values)
    fields["event_date"] = values.get("eventdate")
    _add_venue(values, fields)
    _add_imprint(entry_type, values, fields)
    add_identifiers(values, fields)
    _add_notes(values, words, fields)
    if fields.get("type") == "journal-article" and not fields.get("venue"):
        del fields["type"]  # an @article without journal is mostly a preprint
    fields["awards"] = [*fields.get("awards", []), *_awards(values)]
    fields["abstract"] = markup.of_markup(text_of(values.get("abstract", "")))
    fields["summary"] = text_of(values.get("annote", "") or values.get("annotation", ""))
    keywords = re.split(r"[,;]\s*", text_of(values.get("keywords", values.get("keyword", ""))))
    fields["topics"] = list(dict.fromkeys(word.strip() for word in keywords if word.strip()))
    return {name: value for name, value in fields.items() if value}


def text_of(value: str, decode: Callable[[str], str] = latex.decode) -> str:
    """A value as Unicode text, whatever it is written in: LaTeX, HTML, JATS, or Crossref's mixture."""
    if not value:
        return ""  # of most fields that an entry may have
    text = RE_UNPRINTABLE.sub("", decode(macros.unescaped(value)))
    return markup.title_of_markup(text) if markup.holds_markup(text) else text


TITLES = ("title", "subtitle")


def _title(values: Fields) -> str:
    said = [values.get(name, "") for name in TITLES]
    if not said[0] and not values.get("author"):
        said[0] = values.get("booktitle") or values.get("maintitle") or ""  # of proceedings, for their papers
    title, subtitle = (text_of(emphasis.normal(value), latex.decode_title) for value in said)
    if title and subtitle:
        title += f"{' ' if title.endswith(('?', '!', ':')) else ': '}"
    parts = emphasis.split(f"{title}{subtitle}".strip())
    title = f"{title}{subtitle}".strip() if len(parts) != 3 or parts[0] or parts[2] else parts[1]
    return re.sub(r"(?<![.\s])\.$", "", title)


def _type(entry_type: str, values: Fields) -> str | None:
    kind = values.get("type", "")
    if entry_type in {"misc", "unpublished", "online"} and RE_SOFTWARE.search(kind):
        return "software"
    if entry_type in {"conference", "inproceedings"} and RE_WORKSHOP.search(values.get("booktitle", "")):
        return "workshop-paper"
    if entry_type == "online" and (_is_arxiv(values) or values.get("eprint")):
        return None
    if entry_type in {"misc", "unpublished", "manual"} and (how := _how_published(values)):
        return how[0]
    return "thesis" if RE_THESIS.search(kind) or _degree(kind) else ENTRY_TYPES.get(entry_type)


# -- Where it appeared -------------------------------------------------------------------

HOW_PUBLISHED = {
    "talk": "talk", "invited talk": "talk", "keynote": "talk", "presentation": "talk", "lecture": "talk",
    "slides": "talk", "video": "talk", "tutorial": "tutorial", "software": "software", "code": "software",
    "source code": "software", "computer program": "software", "computer software": "software",
    "website": "website", "web site": "website", "web page": "website", "webpage": "website",
    "blog": "website", "blog post": "website", "data set": "dataset", "dataset": "dataset",
}  # fmt: skip
"""What ``howpublished`` says of works that BibTeX has no type for."""

VENUES = ("journaltitle", "journal", "booktitle", "eventtitle", "maintitle", "conference", "shortjournal")
"""Fields that may name a venue, the one that is believed first before the others."""


def _how_published(values: Fields) -> tuple[str, str] | None:
    """The type that ``howpublished`` tells, and what it says besides: ``Talk, One World Seminar``."""
    how, _, rest = text_of(values.get("howpublished") or values.get("organization", "")).partition(",")
    kind = HOW_PUBLISHED.get(how.strip(" .").lower())
    return (kind, rest.strip()) if kind else None


def _add_venue(values: Fields, fields: dict[str, Any]) -> None:
    """The venue, and the workshop or meeting where that is another one."""
    named = (text_of(journals.spelled(values.get(name, ""))) for name in VENUES)
    fields["venue"] = next((name for name in named if name and not _is_preprint(name)), "")
    how = _how_published(values)
    if how and fields["type"] == how[0]:
        if not fields["venue"]:
            _add_place(how[1], fields)
    elif (how_published := text_of(values.get("howpublished", ""))) and not addresses(how_published):
        fields["howpublished"] = "" if _is_preprint(how_published) else how_published
    if (event := text_of(values.get("eventtitle", ""))) and event != fields["venue"]:
        fields["event"] = event
    if fields["type"] == "book" and "booktitle" in values:
        _add_volume_of_books(values, fields)


def _add_volume_of_books(values: Fields, fields: dict[str, Any]) -> None:
    """A book appears in no book: its own ``booktitle`` is for its chapters, one it inherits is its series."""
    of_all = text_of(values["booktitle"])
    if fields["venue"] == of_all:
        fields["venue"] = ""
    if "crossref" in values and "series" not in values and fields.get("title") != of_all:
        fields["series"] = of_all


def _is_preprint(name: str) -> bool:
    return bool(RE_ARXIV_VENUE.search(name) or RE_PREPRINT_ONLY.fullmatch(name))


def _add_place(place: str, fields: dict[str, Any]) -> None:
    """Where a talk was held: ``Minitutorial at SIAM MDS``, a conference, or an event without one."""
    event, at, venue = place.rpartition(" at ")
    if at:
        fields |= {"event": event, "venue": venue}
    elif place:
        fields["venue" if not venue_names.parse(place).name else "event"] = place


IMPRINT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("volume", ("volume",)),
    ("number", ("number", "issue")),
    ("pages", ("pages", "page", "eid", "article-number", "articleno")),
    ("series", ("series", "shortseries")),
    ("edition", ("edition",)),
    ("publisher", ("publisher", "organization")),
    ("institution", ("school", "institution")),
)
"""Fields of a record, and the fields of an entry that may hold them."""
RE_WORD_BEFORE_NUMBER = re.compile(
    r"^(?:vol(?:ume)?|bd|no|nr|num|number|issue|pages?|pp?|s)\b[.:]?\s*(?=[A-Z]?\d)", re.IGNORECASE
)
"""What a field says already: ``Vol. 12``, ``pp. 1--10``."""
OF_PREPRINT = frozenset({"volume", "number", "pages", "publisher"})
"""Fields that are the archive's where nothing but the archive is named."""


def _add_imprint(entry_type: str, values: Fields, fields: dict[str, Any]) -> None:
    """Volume, number, pages, series, edition, publisher, institution, degree."""
    preprint = _is_arxiv(values) and not fields["venue"]
    if _how_published(values) and "howpublished" not in values:
        values = {**values, "organization": ""}  # "Talk", say
    for name, sources in IMPRINT:
        value = next(filter(None, (text_of(values.get(source, "")) for source in sources)), "")
        is_archive = preprint and name in OF_PREPRINT
        if name in {"volume", "number", "pages"}:
            value = RE_WORD_BEFORE_NUMBER.sub("", value)
        if value and not (is_archive and (name != "publisher" or RE_ARXIV_VENUE.search(value))):
            fields.setdefault(name, value)
    if fields.get("type") == "thesis":
        fields["degree"] = _degree(values.get("type", "")) or _degree(entry_type)
        fields.setdefault("institution", fields.get("publisher"))
        if fields.get("institution") == fields.get("publisher"):
            fields.pop("publisher", None)


def _degree(said: str) -> str:
    """The degree that a type of thesis names; empty where it names none."""
    known = degrees.normal(text_of(said))
    return known if known in degrees.WORDS or RE_THESIS.search(said) else ""


def _is_arxiv(values: Fields) -> bool:
    kind = values.get("eprinttype") or values.get("archiveprefix") or ""
    journal = values.get("journal") or values.get("journaltitle") or ""
    return kind.lower() == "arxiv" or bool(RE_ARXIV_VENUE.search(journal))


def _awards(values: Fields) -> list[str]:
    """What al-folio's pages call an award."""
    said = (text_of(values.get(name, "")) for name in ("award_name", "award"))
    found = next((text for text in said if text and len(text) < LONGEST_AWARD), "")
    return [award_name(found)] if found else []


LONGEST_AWARD = 80
"""A longer text praises an award and is not its name."""


# -- Remarks -----------------------------------------------------------------------------

NOTES = ("note", "addendum", "titleaddon")


def _add_notes(values: Fields, words: str, fields: dict[str, Any]) -> None:
    """What notes say besides an address; an identifier or an award named there counts as such."""
    chapter = text_of(values.get("chapter", ""))
    part = f"{text_of(values.get('type', '')) or 'Chapter'} {chapter}" if chapter else ""
    notes = [said for said in (part, words) if said]
    for name in NOTES:
        text = text_of(values.get(name, ""))
        if not fields.get("arxiv") and (arxiv_id := identifiers.find_arxiv(text)):
            fields["arxiv"] = arxiv_id
        for address in addresses(text):
            before, _, behind = text.partition(address)
            text = RE_LED_TO_ADDRESS.sub("", before) + behind
        rest = text.strip(" .,;:<>")
        _, awards = split_awards(f"x ({rest})") if rest else ("", [])
        if awards:
            fields["awards"] = list(dict.fromkeys([*fields.get("awards", []), *awards]))
        elif not RE_NO_NOTE.fullmatch(rest):
            notes.append(rest)
    fields["note"] = "; ".join(dict.fromkeys(notes))


TAKEN = frozenset(
    [*TITLES, *VENUES, *NOTES, *LINKS, *(name for _, names in IMPRINT for name in names),
     "author", "editor", "type", "year", "month", "date", "eventdate", "urldate", "doi", "isbn", "eprint",
     "eprinttype", "archiveprefix", "primaryclass", "eprintclass", "arxivid", "arxiv", "chapter",
     "abstract", "annotation", "keywords", "keyword", "award", "award_name", "crossref", "xref",
     "xdata", "ids", "pubstate"]
)  # fmt: skip
"""Fields that fill one of ours, or say where its value is; the others are named once."""

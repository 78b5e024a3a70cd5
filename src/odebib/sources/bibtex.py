"""BibTeX and BibLaTeX files, of any quality.

bibtexparser cuts a file into blocks and goes on after broken ones; here the
blocks' values are expanded (strings, ``#``, months, ``crossref``), their LaTeX
becomes Unicode, and the many fields of both dialects become the few of a record.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock
from bibtexparser.splitter import Splitter

from odebib.model.values import MONTHS
from odebib.sources.citations.author_line import read_people
from odebib.sources.citations.awards import split_awards
from odebib.sources.citations.words import RE_PREPRINT_ONLY, RE_THESIS
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader
from odebib.sources.records import RE_UNPRINTABLE, add_doi, add_url, validated
from odebib.text import identifiers, names, venue_names
from odebib.text.latex import decode, decode_title

Fields = dict[str, str]

ENTRY_TYPES = {
    "article": "journal-article", "periodical": "journal-article", "suppperiodical": "journal-article",
    "inproceedings": "conference-paper", "conference": "conference-paper", "paper": "conference-paper",
    "incollection": "chapter", "inbook": "chapter", "inreference": "chapter", "suppbook": "chapter",
    "bookinbook": "chapter",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "reference": "book", "booklet": "book", "manual": "report",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "mathesis": "thesis",
    "bachelorsthesis": "thesis",
    "techreport": "report", "report": "report", "software": "software", "softwareversion": "software",
    "softwaremodule": "software", "codefragment": "software", "online": "website", "electronic": "website",
    "www": "website",
    "webpage": "website", "dataset": "dataset", "data": "dataset", "video": "talk", "movie": "talk",
    "audio": "talk",
    "presentation": "talk",
}  # fmt: skip
"""Entry types of BibTeX and BibLaTeX; ``misc`` and ``unpublished`` say nothing."""

STRUCTURAL = frozenset({"comment", "preamble", "string", "xdata", "set", "control", "jabref-meta"})
MONTH_MACROS = {month[:3]: str(number) for number, month in enumerate(MONTHS, start=1)} | {
    "sept": "9",
    "june": "6",
    "july": "7",
}
INHERITED_TITLE = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
"""What the parent's title becomes in the child that refers to it (BibLaTeX, appendix B)."""
NOT_INHERITED = frozenset(
    {
        "author",
        "crossref",
        "xref",
        "xdata",
        "entryset",
        "keywords",
        "note",
        "abstract",
        "doi",
        "isbn",
        "url",
        "pages",
        "shorttitle",
        "ids",
        "file",
        "label",
    }
)

RE_ENTRY_START = re.compile(
    r"^[ \t]*@(?!comment|preamble|string)(\w+)[ \t]*[{(]", re.IGNORECASE | re.MULTILINE
)
RE_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
RE_REPEATED_AND = re.compile(r"\band(?: and\b)+", re.IGNORECASE)
RE_EXTENDED_NAME = re.compile(r"\s*([\w-]+)\s*=\s*(?:\"([^\"]*)\"|\{([^{}]*)\}|([^,]*))\s*(?:,|$)")
RE_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-\d{1,2})?")
RE_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
RE_ARXIV_VENUE = re.compile(r"\barx?i?v\b|^corr$|^abs/", re.IGNORECASE)
RE_URL = re.compile(r"https?://[^\s\"<>{}\\]+[^\s\"<>{}\\.,;:)\]]")


@dataclass(frozen=True)
class Block:
    """An entry of the file: its line, its raw text, its type and key, its values."""

    line: int
    raw: str
    type: str
    key: str
    values: Fields


def read(text: str, name: str) -> Found:
    """The records of a ``.bib`` file, in one section of the file's name.

    Entries that are broken stand under ``not_understood`` with line and
    reason; all others are kept, also those whose key occurs twice.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    blocks = _blocks(text, found)
    by_key = {block.key.casefold(): block.values for block in reversed(blocks) if block.key}
    for block in blocks:
        if block.type not in STRUCTURAL:
            _add(block, _inherited(block.values, by_key), section, found)
    section.records.sort(key=lambda record: record.line)
    found.not_understood.sort(key=lambda item: item.line)
    return found


def _add(block: Block, values: Fields, section: FoundSection, found: Found) -> None:
    fields = record_fields(block.type, values)
    if "title" not in fields and not fields.keys() & {"doi", "arxiv", "isbn", "url"}:
        found.not_understood.append(
            NotUnderstood(block.line, block.raw, "it has neither title nor identifier")
        )
        return
    fields |= {"text": RE_UNPRINTABLE.sub("", block.raw), "source_id": block.key}
    section.records.append(FoundRecord(block.line, validated(fields)))


# -- Blocks ------------------------------------------------------------------------------


def _blocks(text: str, found: Found) -> list[Block]:
    """The file's entries in order; what is broken goes to ``not_understood``."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it logs what is reported here
    entries: list[tuple[int, Entry]] = []
    strings: Fields = dict(MONTH_MACROS)
    pending = [(1, text)]
    while pending:
        first_line, part = pending.pop(0)
        library = Splitter(part).split()
        for string in library.strings:
            strings[string.key.lower()] = _expand(string.value, strings)
        for block in library.blocks:
            if isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)):
                block = block.ignore_error_block or block
            line = (block.start_line or 0) + first_line
            if isinstance(block, Entry) and not _lacks_comma(block):
                entries.append((line, block))
            elif isinstance(block, Entry):
                pending.append((line, RE_MISSING_COMMA.sub(r"\1,\2", block.raw or "")))
            elif isinstance(block, ParsingFailedBlock):
                pending += _broken(block, line, found)
    return [
        Block(
            line,
            (entry.raw or "").strip(),
            entry.entry_type.lower(),
            decode(entry.key),
            _values(entry, strings),
        )
        for line, entry in entries
    ]


def _broken(block: ParsingFailedBlock, line: int, found: Found) -> list[tuple[int, str]]:
    """Reports a broken entry, unless commas mend it; gives what is to be read again, with its line."""
    raw = block.raw or ""
    starts = [match.start() for match in RE_ENTRY_START.finditer(raw) if raw[: match.start()].strip()]
    own, swallowed = (raw[: starts[0]], raw[starts[0] :]) if starts else (raw, "")
    again = [(line + own.count("\n"), swallowed)] if swallowed else []
    mended = RE_MISSING_COMMA.sub(r"\1,\2", own)
    if mended != own and not any(isinstance(b, ParsingFailedBlock) for b in Splitter(mended).split().blocks):
        return [(line, mended), *again]
    if own.strip() and not RE_IGNORED_START.match(own):
        found.not_understood.append(NotUnderstood(line, own.strip(), f"broken entry: {_reason(block)}"))
    return again


def _lacks_comma(entry: Entry) -> bool:
    """Whether a value runs on into the next field, because no comma ends it."""
    for field in entry.fields:
        value = str(field.value)
        if "=" in value and value.startswith("{") and -1 < (end := _closes(value)) < len(value) - 1:
            return bool(RE_MISSING_COMMA.search(value, end))
    return False


RE_MISSING_COMMA = re.compile(r"([}\"\w])([ \t]*\n[ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"\w])")
"""A field that begins on a new line though no comma ends the one before."""
RE_IGNORED_START = re.compile(r"\s*@(?:comment|preamble)\b", re.IGNORECASE)


def _reason(block: ParsingFailedBlock) -> str:
    reason = " ".join(str(getattr(block.error, "abort_reason", None) or block.error).rstrip(".").split())
    if re.search("block start|end of file", reason):
        return "a brace or quotation mark is never closed"
    return reason[:1].lower() + reason[1:]


# -- Values ------------------------------------------------------------------------------


def _values(entry: Entry, strings: Fields) -> Fields:
    """An entry's values by lower-case name, expanded; of a field given twice the first."""
    values: Fields = {}
    for field in entry.fields:
        value = _expand(str(field.value), strings)
        name = field.key.strip().lower()
        if value.strip() and name not in values:
            values[name] = value
    return values


def _expand(value: str, strings: Mapping[str, str]) -> str:
    """A raw value without its delimiters; strings are looked up, parts joined by ``#`` united."""
    value = value.strip()
    if value.startswith("{") and _closes(value) == len(value) - 1:
        return value[1:-1].strip()
    if value.startswith('"') and value.endswith('"') and value.find('"', 1) == len(value) - 1:
        return value[1:-1].strip()
    if re.fullmatch(r"[\w.:+/-]+", value):
        return strings.get(value.lower(), value)
    return "".join(_part(part, strings) for part in _concatenated(value)).strip()


def _part(part: str, strings: Mapping[str, str]) -> str:
    part = part.strip()
    if len(part) > 1 and part[0] + part[-1] in {'""', "{}"}:
        return part[1:-1]
    return strings.get(part.lower(), part)


def _concatenated(value: str) -> Iterator[str]:
    """The parts of ``"a" # jan # {b}``."""
    depth, quoted, start = 0, False, 0
    for i, char in enumerate(value):
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == '"' and not depth:
            quoted = not quoted
        elif char == "#" and not depth and not quoted:
            yield value[start:i]
            start = i + 1
    yield value[start:]


def _closes(value: str) -> int:
    depth = 0
    for match in re.finditer(r"(?<!\\)[{}]", value):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.start()
    return -1


def _inherited(values: Fields, by_key: Mapping[str, Fields]) -> Fields:
    """The values with what ``xdata`` and ``crossref`` add."""
    result = dict(values)
    for key in values.get("xdata", "").split(","):
        for name, value in by_key.get(key.strip().casefold(), {}).items():
            result.setdefault(name, value)
    parent = by_key.get(values.get("crossref", "").strip().casefold()) if "crossref" in values else None
    if parent and parent is not values:
        for name, value in parent.items():
            if name in INHERITED_TITLE:
                result.setdefault(INHERITED_TITLE[name], value)
            elif name not in NOT_INHERITED:
                result.setdefault(name, value)
        if "booktitle" in parent:
            result["booktitle"] = values.get("booktitle", parent["booktitle"])
    return result


# -- Fields of a record ------------------------------------------------------------------


def record_fields(entry_type: str, values: Fields) -> dict[str, Any]:
    """The fields of a record that an entry's values give, before the model looks at them."""
    fields: dict[str, Any] = {}
    title = _title(values)
    if title:
        fields["title"], awards = split_awards(title)
        fields["awards"] = awards
    fields["authors"] = people(values.get("author", ""))
    fields["editors"] = people(values.get("editor", ""))
    fields["type"] = _type(entry_type, values)
    _add_date(values, fields)
    _add_imprint(values, fields)
    _add_identifiers(values, fields)
    if fields.get("type") == "journal-article" and not fields.get("venue"):
        del fields["type"]  # an @article without journal is mostly a preprint
    for name, source in (("abstract", "abstract"), ("note", "note"), ("summary", "annote")):
        if name not in fields and (value := _text(values.get(source, ""))):
            fields[name] = value
    if keywords := _text(values.get("keywords", values.get("keyword", ""))):
        fields["topics"] = list(
            dict.fromkeys(word.strip() for word in re.split(r"[,;]\s*", keywords) if word.strip())
        )
    return {name: value for name, value in fields.items() if value}


def _text(value: str) -> str:
    """A value as Unicode text."""
    if "&" in value:
        value = html.unescape(value)
    return RE_UNPRINTABLE.sub("", decode(value))


def _title(values: Fields) -> str:
    title = values.get("title", "")
    if "&" in title:
        title = html.unescape(title)
    title = RE_UNPRINTABLE.sub("", decode_title(title)).strip()
    if subtitle := _text(values.get("subtitle", "")):
        title = f"{title}: {subtitle}" if title else subtitle
    return re.sub(r"(?<![.\s])\.$", "", title)


def _type(entry_type: str, values: Fields) -> str | None:
    if entry_type in {"misc", "unpublished", "online"} and re.search(
        r"software|code|package", values.get("type", ""), re.I
    ):
        return "software"
    if entry_type in {"conference", "inproceedings"} and re.search(
        r"\bworkshops?\b", values.get("booktitle", ""), re.I
    ):
        return "workshop-paper"
    if entry_type == "online" and (_is_arxiv(values) or values.get("eprint")):
        return None
    if entry_type in {"misc", "unpublished", "manual"} and (how := _how_published(values)):
        return how[0]
    return ENTRY_TYPES.get(entry_type)


def people(value: str) -> list[str]:
    """The people of an ``author`` value, each as :func:`odebib.text.names.parse` reads it.

    >>> people("Chen, Ricky T. Q. and {The JAX Team} and others")
    ['Chen, Ricky T. Q.', '{The JAX Team}', 'others']
    >>> people("family=Beethoven, given=Ludwig, prefix=van")
    ['van Beethoven, Ludwig']
    """
    if not value.strip():
        return []
    if "&" in value:
        value = re.sub(r"\s&\s", " and ", html.unescape(value).replace("\\&", "&"))
    found = []
    for part in _split_and(RE_REPEATED_AND.sub("and", " ".join(value.split()))):
        person = _person(part.strip(" ,;"))
        if person:
            found += [person] if person.startswith("{") else _several(person)
    return found


def _several(person: str) -> list[str]:
    """The people of a list that was joined by commas instead of "and"."""
    pieces = person.split(", ")
    if len(pieces) > 1 and all(" " in piece.strip() for piece in pieces):
        return pieces
    return (read_people(person) or [person]) if len(pieces) > 3 else [person]


def _split_and(value: str) -> Iterator[str]:
    """The people between "and" outside of braces."""
    if "{" not in value:
        yield from RE_AND.split(value)
        return
    start = depth = 0
    for match in re.finditer(r"(?<!\\)[{}]|\s+and\s+", value, re.IGNORECASE):
        if match[0] in "{}":
            depth = max(0, depth + (1 if match[0] == "{" else -1))
        elif not depth:
            yield value[start : match.start()]
            start = match.end()
    yield value[start:]


def _person(part: str) -> str:
    if re.fullmatch(r"\{?others\}?|et\.?\s*al\.?", part, re.IGNORECASE):
        return names.OTHERS
    if "=" in part and re.match(r"\s*(?:family|given|prefix|suffix|literal|name)\s*=", part):
        return _extended(part)
    if part.startswith("{") and _closes(part) == len(part) - 1 and not part.startswith("{\\"):
        inner = RE_UNPRINTABLE.sub("", decode(part))
        return "{" + re.sub(r"[{}<>]", "", inner) + "}" if inner else ""
    person = (
        RE_UNPRINTABLE.sub("", decode(_kept_together(part))).replace("\ue030", "{").replace("\ue031", "}")
    )
    person = re.sub(r"\s*\d+$|[*†‡]", "", person).strip(" ,")
    pieces = [piece.strip() for piece in person.split(",") if piece.strip()]
    if len(pieces) == 3 and names.RE_SUFFIX.fullmatch(pieces[1]):
        return f"{pieces[2]} {pieces[0]}, {pieces[1]}"
    return ", ".join(pieces)


def _kept_together(part: str) -> str:
    """The name with marks for braces that hold several words of it together: ``{Barba Rossa}, A``."""
    return re.sub(r"\{([^{}\\]*\s[^{}\\]*)\}", "\ue030\\1\ue031", part)


def _extended(part: str) -> str:
    """BibLaTeX's extended format: ``family=Beethoven, given=Ludwig, prefix=van``."""
    found = {
        match[1].lower(): decode(match[2] or match[3] or match[4] or "")
        for match in RE_EXTENDED_NAME.finditer(part)
    }
    if literal := found.get("literal") or found.get("name"):
        return "{" + literal + "}"
    family = " ".join(filter(None, (found.get("prefix"), found.get("family"))))
    return ", ".join(filter(None, (family, found.get("given"))))


def _add_date(values: Fields, fields: dict[str, Any]) -> None:
    date = values.get("date", "") or values.get("eventdate", "")
    month = values.get("month", "")
    if match := RE_ISO_DATE.match(date.strip()):
        fields["year"], fields["month"] = match[1], (match[2] or "").lstrip("0")
    elif match := RE_YEAR.search(values.get("year", "") or date):
        fields["year"] = match[1]
    if not fields.get("month") and (match := re.search(r"[A-Za-z]{3,9}|\b\d{1,2}\b", decode(month))):
        number = MONTH_MACROS.get(match[0][:3].lower(), match[0])
        fields["month"] = number if number.isdigit() and 1 <= int(number) <= 12 else None


HOW_PUBLISHED = {
    "talk": "talk", "invited talk": "talk", "keynote": "talk", "presentation": "talk", "lecture": "talk",
    "slides": "talk", "video": "talk", "tutorial": "tutorial", "software": "software", "code": "software",
    "source code": "software", "computer program": "software", "computer software": "software",
    "website": "website", "web site": "website", "web page": "website", "webpage": "website",
    "blog": "website", "blog post": "website", "data set": "dataset", "dataset": "dataset",
}  # fmt: skip
"""What ``howpublished`` says of works that BibTeX has no type for."""


def _how_published(values: Fields) -> tuple[str, str] | None:
    """The type that ``howpublished`` tells, and what it says besides: ``Talk, One World Seminar``."""
    how, _, rest = _text(values.get("howpublished") or values.get("organization", "")).partition(",")
    kind = HOW_PUBLISHED.get(how.strip(" .").lower())
    return (kind, rest.strip()) if kind else None


def _add_place(place: str, fields: dict[str, Any]) -> None:
    """Where a talk was held: ``Minitutorial at SIAM MDS``, a conference, or an event without one."""
    event, at, venue = place.rpartition(" at ")
    if at:
        fields |= {"event": event, "venue": venue}
    elif place:
        fields["venue" if not venue_names.parse(place).name else "event"] = place


def _add_imprint(values: Fields, fields: dict[str, Any]) -> None:
    """Venue, event, volume, number, pages, publisher."""
    venue = ""
    how = _how_published(values)
    if how and fields.get("type") == how[0]:
        said = "howpublished" if "howpublished" in values else "organization"
        values = {name: value for name, value in values.items() if name != said}
    for name in (
        "journaltitle",
        "journal",
        "booktitle",
        "eventtitle",
        "maintitle",
        "conference",
        "shortjournal",
        "howpublished",
    ):
        candidate = _text(values.get(name, ""))
        if name == "howpublished" and (RE_URL.search(candidate) or len(candidate) > 80):
            continue
        if candidate and not (RE_ARXIV_VENUE.search(candidate) or RE_PREPRINT_ONLY.fullmatch(candidate)):
            venue = candidate
            break
    if fields.get("type") in {"thesis", "report", "software", "website", "book"} and "howpublished" in values:
        venue = "" if venue == _text(values["howpublished"]) else venue
    fields["venue"] = venue
    if how and not venue:
        _add_place(how[1], fields)
    if (event := _text(values.get("eventtitle", ""))) and event != venue:
        fields["event"] = event
    preprint = _is_arxiv(values) and not venue
    for name, sources in (
        ("volume", ("volume",)),
        ("number", ("number", "issue")),
        ("pages", ("pages", "page", "eid", "article-number", "articleno")),
        ("publisher", ("publisher", "school", "institution", "organization")),
    ):
        value = next((_text(values[source]) for source in sources if values.get(source, "").strip()), "")
        if value and not (preprint and (name != "publisher" or RE_ARXIV_VENUE.search(value))):
            fields[name] = value
    if fields.get("type") == "thesis":
        fields["publisher"] = _text(
            values.get("school") or values.get("institution") or values.get("publisher", "")
        )
    elif RE_THESIS.search(values.get("type", "")):
        fields["type"] = "thesis"


def _is_arxiv(values: Fields) -> bool:
    kind = values.get("eprinttype") or values.get("archiveprefix") or ""
    journal = values.get("journal") or values.get("journaltitle") or ""
    return kind.lower() == "arxiv" or bool(RE_ARXIV_VENUE.search(journal))


URL_FIELDS = {
    "url": None, "howpublished": None, "ee": None, "link": None, "website": None, "note": None,
    "annote": None, "bdsk-url-1": None, "bdsk-url-2": None, "pdf": "pdf", "code": "code", "video": "video",
    "slides": "slides",
}  # fmt: skip
"""Fields that may hold addresses, and the kind of link they are."""


def _add_identifiers(values: Fields, fields: dict[str, Any]) -> None:
    """Identifiers, only from fields that hold identifiers and from addresses."""
    add_doi(decode(values.get("doi", "")), fields)
    _add_eprint(values, fields)
    for name in ("journal", "journaltitle", "volume", "howpublished", "number", "publisher", "booktitle"):
        if name in values and "arxiv" not in fields and (arxiv_id := _arxiv_in(values[name])):
            fields["arxiv"] = arxiv_id
    for part in re.split(r"[,;/]|\s(?=97)", values.get("isbn", "")):
        if isbn := identifiers.isbn(part):
            fields.setdefault("isbn", isbn)
    for name, kind in URL_FIELDS.items():
        if "http" in (value := values.get(name, "")):
            for url in RE_URL.findall(_address_text(value)):
                add_url(url, fields, kind)
    if note := values.get("note", ""):
        _add_note(note, fields)


def _address_text(value: str) -> str:
    """A value in which addresses are as a browser takes them."""
    return (
        re.sub(r"\\([_%#&~$])", r"\1", html.unescape(value))
        .replace("\\textasciitilde", "~")
        .replace("{~}", "~")
        .replace("$\\sim$", "~")
    )


def _add_eprint(values: Fields, fields: dict[str, Any]) -> None:
    eprint = decode(values.get("eprint", "") or values.get("arxivid", "") or values.get("arxiv", ""))
    kind = (values.get("eprinttype") or values.get("archiveprefix") or "").lower()
    if not eprint or kind not in {"", "arxiv"}:
        if kind == "openreview" and (forum := identifiers.openreview(eprint)):
            fields["openreview"] = forum
        return
    if arxiv_id := identifiers.arxiv(eprint):
        fields["arxiv"] = arxiv_id
        fields["arxiv_class"] = decode(values.get("primaryclass") or values.get("eprintclass") or "")


def _arxiv_in(value: str) -> str | None:
    value = decode(value)
    return identifiers.find_arxiv(value) or identifiers.arxiv(value.removeprefix("abs/"))


def _add_note(note: str, fields: dict[str, Any]) -> None:
    """What a note says besides an address; an identifier named in it counts."""
    text = _text(note)
    if "arxiv" not in fields and (arxiv_id := identifiers.find_arxiv(text)):
        fields["arxiv"] = arxiv_id
    rest = RE_URL.sub("", text).strip(" .,;:")
    _, awards = split_awards(f"x ({rest})")
    if awards:
        fields["awards"] = list(dict.fromkeys([*fields.get("awards", []), *awards]))
    fields["note"] = (
        ""
        if awards or re.fullmatch(r"(?:\W|available|at|from|url|online|accessed.*|arxiv:\S*)*", rest, re.I)
        else rest
    )


READER = Reader(
    name="bibtex",
    label="BibTeX",
    holds="`.bib` files of any make, BibLaTeX too",
    endings=(".bib", ".bibtex", ".biblatex"),
    signs=lambda text: bool(RE_ENTRY_START.search(text)),
    read=read,
    unit="entry",
)

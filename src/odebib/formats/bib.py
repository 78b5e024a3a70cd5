"""``.bib`` files: what BibTeX and BibLaTeX have in common.

Fields come in one fixed order, so that the same data give the same bytes. A
dialect says its entry types and what it writes in a way of its own; every other
field of an entry that has a name in it is written under that name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from odebib.formats import wording
from odebib.formats.casing import bare_title, protect_case
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry, EntryType
from odebib.model.fields import called, in_order, texts
from odebib.text import emphasis, latex, pages
from odebib.text.names import Name

Fields = dict[str, str]
Encode = Callable[[str], str]
FieldsOf = Callable[..., tuple[str, Fields]]

MONTH_MACROS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

CONTAINERS = (
    "howpublished", "booktitle", "journal", "journaltitle", "school", "institution", "eventtitle", "series",
)  # fmt: skip
"""Fields that name what a work appeared in, for one type or another."""

ORDER = (
    "author", "editor", "title", "type", *CONTAINERS[:-1], "organization", "series", "volume", "number",
    "issue", "edition", "pages", "publisher", "eventdate", "year", "date", "month", "isbn", "doi",
    "eprint", "eprinttype", "archivePrefix", "eprintclass", "primaryClass", "url",
)  # fmt: skip
"""The order of the fields; all others follow, a note is the last."""

VERBATIM = frozenset({"doi", "url", "eprint", "isbn"})
"""Fields that styles hand to ``\\url`` or ``hyperref`` as they stand."""

BY_HAND = frozenset({
    "title", "authors", "editors", "year", "month", "venue", "event", "event_date", "number", "pages",
    "publisher", "edition", "institution", "degree", "howpublished", "arxiv", "arxiv_class", "openreview",
    "url", "abstract", "retracted", "note",
})  # fmt: skip
"""The fields of an entry that need thought; of all others the value is written under the field's name."""


@dataclass(frozen=True)
class Work:
    """A work on its way into a file, with what its fields depend on."""

    bibliography: Bibliography
    entry: Entry
    venues: str

    @cached_property
    def type(self) -> EntryType:
        """What kind of thing it is."""
        return self.bibliography.type(self.entry)

    @cached_property
    def container(self) -> str:
        """What it appeared in."""
        return wording.container(self.bibliography, self.entry, self.venues)

    @cached_property
    def institution(self) -> str:
        """Where it was written."""
        return wording.institution(self.bibliography, self.entry, self.venues)


@dataclass(frozen=True)
class Dialect:
    """BibTeX or BibLaTeX."""

    name: str
    encode: Encode
    """Text as LaTeX."""
    encode_title: Encode
    """As ``encode``, but pairs of braces keep the case of a word."""
    kind: Callable[[Work], str]
    """The entry type of a work."""
    own: Callable[[Work, str], Fields]
    """What the dialect writes in a way of its own, not yet encoded, for a work and its entry type."""
    fitting: Callable[[str, Fields, Work], tuple[str, Fields]]
    """What its programs take without complaint, of an entry type and encoded fields."""

    def render(
        self,
        bibliography: Bibliography,
        keys: Iterable[str],
        *,
        venues: str = "full",
        abstracts: bool = False,
    ) -> str:
        """The entries of ``keys``, in their order, as the text of a ``.bib`` file.

        ``venues`` is ``full`` or ``short``; abstracts are left out unless asked for,
        because files that hold them are too big for many editors.
        """
        return "\n".join(
            self.render_entry(bibliography, bibliography.entries[key], venues=venues, abstracts=abstracts)
            for key in keys
        )

    def render_entry(
        self,
        bibliography: Bibliography,
        entry: Entry,
        *,
        key: str | None = None,
        venues: str = "full",
        abstracts: bool = False,
    ) -> str:
        """One entry, ending in a newline; under another ``key`` where its reader has one of their own."""
        kind, fields = self.fields_of(bibliography, entry, venues=venues)
        if abstracts and entry.abstract:
            fields["abstract"] = self.encode(entry.abstract)
        return block(kind, key or entry.key, fields)

    def fields_of(
        self, bibliography: Bibliography, entry: Entry, *, venues: str = "full"
    ) -> tuple[str, Fields]:
        """The entry type and the fields of an entry, encoded, in output order."""
        work = Work(bibliography, entry, venues)
        kind = self.kind(work)
        texts = {**self._plainly(entry), **_commonly(work), **self.own(work, kind)}
        fields = {
            "author": people(entry.authors, self.encode),
            "editor": people(entry.editors, self.encode),
            "title": self._title(work),
            **{name: text if name in VERBATIM else self.encode(text) for name, text in texts.items()},
            "pages": pages.joined(self.encode(entry.pages or ""), "--"),
        }
        kind, fields = self.fitting(kind, {name: text for name, text in fields.items() if text}, work)
        note = {name: fields.pop(name) for name in ("note",) if name in fields}
        return kind, in_order(fields, ORDER) | note

    def _plainly(self, entry: Entry) -> Fields:
        """The fields that need no thought, each under its name in this dialect."""
        return {
            name: ", ".join(texts(getattr(entry, field)))
            for field, name in called(self.name).items()
            if field not in BY_HAND
        }

    def _title(self, work: Work) -> str:
        r"""The title with its case protected and ``\emph`` where it emphasises; a website's is a name."""
        if work.type is EntryType.WEBSITE:
            return self.encode_title("{" + emphasis.without(bare_title(work.entry.title)) + "}")
        parts = emphasis.split(protect_case(work.entry.title, work.bibliography.words))
        if not all(map(latex.are_paired, parts)):
            parts = ["".join(parts)]
        encoded = map(self.encode_title, parts)
        return "".join(rf"\emph{{{part}}}" if index % 2 else part for index, part in enumerate(encoded))


def _commonly(work: Work) -> Fields:
    """What both dialects write alike and think about."""
    return {
        "doi": verbatim(work.entry.doi or ""),
        "eprint": work.entry.arxiv or "",
        "url": verbatim(_address(work.entry)),
        "note": wording.note(work.entry),
    }


def _address(entry: Entry) -> str:
    """An address only where no DOI leads to the work already."""
    if entry.doi:
        return ""
    return entry.url or (f"https://openreview.net/forum?id={entry.openreview}" if entry.openreview else "")


def verbatim(text: str) -> str:
    """An address or DOI without what could break the file; to TeX ``^^5c`` is a backslash, too."""
    return re.sub(r"[{}\\^]", lambda match: f"%{ord(match[0]):02X}", text)


def block(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """An entry as it stands in a file; values are encoded already, months are macros."""
    width = max(map(len, fields), default=0)
    lines = [
        f"  {name:<{width}} = {text if text in MONTH_MACROS and name == 'month' else '{' + text + '}'},"
        for name, text in fields.items()
    ]
    return f"@{kind}{{{key},\n" + "\n".join(lines) + "\n}\n"


# -- People ----------------------------------------------------------------------------------


def people(authors: Iterable[Name], encode: Encode) -> str:
    """An author list: ``Chen, Ricky T. Q. and others``; groups in braces."""
    return " and ".join(_person(name, encode) for name in authors)


def _person(name: Name, encode: Encode) -> str:
    if name.is_others:
        return "others"
    if name.literal or not name.given:
        whole = str(name)
        in_braces = bool(name.literal) or " " in whole or "," in whole
        return "{" + encode(whole) + "}" if in_braces else encode(whole)
    parts = (_family(name.last, encode), encode(name.suffix), encode(name.given))
    return ", ".join(_kept_together(part) for part in parts if part)


def _family(last: str, encode: Encode) -> str:
    """A family name whose hyphens stay: behind a lower-case word BibTeX would print a tie for one."""
    return " ".join(
        encode(word).replace("-", "{-}") if _begins_small(word) else encode(word) for word in last.split(" ")
    )


def _begins_small(word: str) -> bool:
    return next(filter(str.isalpha, word), "").islower()


def _kept_together(part: str) -> str:
    """A part of a name; in braces where BibTeX would see two people or parts in it."""
    return "{" + part + "}" if re.search(r"(?:^|\s)and(?:\s|$)|,", part, re.IGNORECASE) else part

"""Notes: one file, one work, its fields in the front matter (Hugo, Obsidian, Quarto, Jekyll)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from odebib.errors import FormatError
from odebib.sources import columns, csl_json, named, values, yaml_list
from odebib.sources.citations.citation import read_citation
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader, names_left_out
from odebib.sources.records import validated
from odebib.text.names import OTHERS

RE_YAML = re.compile(r"[\ufeff\s]*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
RE_TOML = re.compile(r"[\ufeff\s]*\+\+\+[ \t]*\n(.*?\n)\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
RE_INLINE = re.compile(
    r"^(?:[-*>] )*\[?\*{0,2}([A-Za-z][\w -]{1,30}?)\*{0,2}::\*{0,2}[ \t]*(.+?)\]?$", re.MULTILINE
)
"""A field within a note's text, as Obsidian's Dataview has it: ``Year:: 2021``."""
RE_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)

SURE = frozenset({"doi", "arxiv", "isbn", "venue", "openreview", "pubmed", "year"})
"""Fields that only a work has; others stand on pages and posts too."""
OWNERS = frozenset({"admin", "me", "owner", "self"})
"""Hugo's word for the owner of the site, whose name stands in another file."""
OF_THE_SITE = frozenset(
    ["layout", "draft", "featured", "image", "weight", "publishdate", "publish_date", "lastmod",
     "permalink", "redirect_from", "aliases", "cssclass", "cssclasses", "projects", "math", "toc",
     "comments", "share", "slug", "menu", "output", "header", "collection", "lang", "math",
     "url_pdf_local", "modified", "updated", "created", "date_created", "date_modified", "format",
     "execute", "editor", "theme", "banner", "position", "publish"]
)  # fmt: skip
"""What tells the site how to show a page; it says nothing of the work."""


def read(text: str, name: str, wanted: columns.Meanings | None = None) -> Found:
    """The one record of a note.

    Raises:
        FormatError: it has no front matter that can be read.
    """
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    matter, body, first, told = _parts(text)
    found.not_understood += told
    if not isinstance(matter, Mapping) or not matter:
        raise FormatError("this note has no front matter", "write its fields between two lines `---`")
    meanings = _meanings(matter, wanted)
    fields = _fields(matter, meanings, found)
    if "title" not in fields and (heading := RE_HEADING.search(body)):
        fields["title"] = values.plain(heading[1])
    raw = text[: len(text) - len(body)].strip().strip("-+").strip()
    if fields.keys() & {"title", "doi", "arxiv", "isbn", "openreview"}:
        section.records.append(FoundRecord(first, validated({"text": raw, **fields})))
    else:
        found.not_understood.append(NotUnderstood(first, raw, "it has neither title nor identifier"))
    found.taken = tuple(
        key for key, value in matter.items() if key in meanings and value not in (None, "", [], {})
    )
    seen = {key: value not in (None, "", [], {}, "false", "true") for key, value in matter.items()}
    left = names_left_out(seen, meanings)
    found.left_out = tuple(key for key in left if key.casefold() not in OF_THE_SITE and key != "citation")
    return found


def _parts(text: str) -> tuple[Any, str, int, list[NotUnderstood]]:
    """Front matter and body of a note, the line on which the first begins, and what of it is broken."""
    told: list[NotUnderstood] = []
    if match := RE_YAML.match(text):
        line = 1 + text[: match.start(1)].count("\n")
        matter, faults = yaml_list.load(_tamed(match[1]))
        told = [NotUnderstood(line + fault.line - 1, fault.text, fault.reason) for fault in faults]
    elif match := RE_TOML.match(text):
        line = 1 + text[: match.start(1)].count("\n")
        try:
            matter = tomllib.loads(match[1])
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise FormatError(f"its front matter is no TOML that can be read: {error}") from error
    else:
        return _inline(text), text, 1, told
    body = text[match.end() :]
    inline = _inline(body)
    if isinstance(matter, Mapping):
        matter = {**inline, **matter}
    return matter, body, line, told


def _tamed(matter: str) -> str:
    """Front matter with what Obsidian writes though YAML would take it for something else."""
    return re.sub(r"^(\s*(?:- |[\w -]+:\s))(\[\[.*\]\].*|#\w.*|@.*)$", _quoted, matter, flags=re.MULTILINE)


def _quoted(match: re.Match[str]) -> str:
    value = match[2].replace('"', '\\"')
    return f'{match[1]}"{value}"'


def _inline(body: str) -> dict[str, str]:
    """Fields that stand in the text of a note."""
    found: dict[str, str] = {}
    for name, value in RE_INLINE.findall(body[:50000]):
        found.setdefault(name.strip(), value.strip())
    return found


def _meanings(matter: Mapping[str, Any], wanted: columns.Meanings | None) -> dict[str, str]:
    meanings = columns.meanings(map(str, matter), wanted)
    for key, meaning in list(meanings.items()):
        if key.casefold() in OF_THE_SITE or (
            meaning == "source_id" and columns.folded(key) in {"id", "slug", "ut", "uid"}
        ):
            del meanings[key]
    return meanings


def _fields(matter: Mapping[str, Any], meanings: dict[str, str], found: Found) -> dict[str, Any]:
    given = {str(key): value for key, value in matter.items()}
    for key, meaning in meanings.items():
        if meaning == "authors":
            given[key] = _without_owner(given[key], found)
    cited = given.get("citation")
    fields = named.record_fields(given, meanings)
    if found.remarks and "authors" in fields and fields["authors"][-1] != OTHERS:
        fields["authors"].append(OTHERS)
    if isinstance(cited, Mapping):  # Quarto: CSL's names, where they differ from the page's own
        own = csl_json.record_fields(dict(cited))
        more = named.record_fields(cited, columns.meanings(map(str, cited)))
        fields = fields | more | own
    elif isinstance(cited, str) and len(cited) > 20:  # academicpages: the work as one cites it
        fields = read_citation(values.plain(cited)) | fields
    elif isinstance(cited, str) and cited and "source_id" not in fields and " " not in cited:
        fields["source_id"] = cited
    return fields


def _without_owner(value: Any, found: Found) -> Any:
    people = value if isinstance(value, list) else [value]
    kept = [
        person for person in people if not (isinstance(person, str) and person.strip().casefold() in OWNERS)
    ]
    if len(kept) < len(people):
        found.remarks.append(
            "`admin` is the owner of the site, whose name stands elsewhere: write it to the authors"
        )
    return kept if isinstance(value, list) else (kept[0] if kept else "")


def is_note(text: str) -> bool:
    """Whether a file's front matter says what work it is, and its text is no list of works."""
    if not RE_YAML.match(text[:20000]) and not RE_TOML.match(text[:20000]):
        return _is_inline(text)
    try:
        matter, body, _, _ = _parts(text)
    except FormatError:
        return False
    return isinstance(matter, Mapping) and _names_a_work(matter, body)


def _names_a_work(matter: Mapping[str, Any], body: str) -> bool:
    filled = {str(key): value for key, value in matter.items() if value not in (None, "", [], {})}
    said = set(_meanings(filled, None).values())
    key = any(columns.folded(name) in {"citekey", "citationkey", "bibtexkey"} for name in filled)
    if "title" not in said and not (key and RE_HEADING.search(body)):
        return bool(said & {"doi", "arxiv", "isbn"})
    if said & SURE or key or filled.keys() & {"publication_types", "citation"}:
        return True
    links = len(re.findall(r"^\s*(?:[-*+]|\d+\.) .*\]\(https?://", body, re.MULTILINE))
    return "authors" in said and links < FEW_LINKS


FEW_LINKS = 5
"""A page by somebody with so many items that are links is a list."""


def _is_inline(text: str) -> bool:
    """Whether a note has its fields in its text only."""
    found = columns.meanings(_inline(text))
    return "title" in found.values() and bool({"authors", "year", "doi"} & set(found.values()))


READER = Reader(
    name="note",
    label="a note with front matter",
    holds="one work a file: Hugo's `content/publication/*/index.md`, Obsidian, Quarto, Jekyll, Zettlr",
    endings=(".md", ".markdown", ".qmd", ".mdx", ".rmd"),
    ending_says="nothing",
    signs=is_note,
    read=read,
    unit="work",
    takes_columns=True,
)

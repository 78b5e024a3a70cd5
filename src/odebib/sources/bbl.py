"""The .bbl that biber writes for biblatex: every field of each entry, ready for LaTeX.

https://ctan.org/pkg/biblatex (section 4.4, data interface)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from odebib.sources.bibtex import fields as bibtex
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader, lines
from odebib.sources.records import validated

RE_ENTRY = re.compile(r"\s*\\entry\{([^{}]*)\}\{([^{}]*)\}")
RE_FIELD = re.compile(r"\s*\\field\{([^{}]*)\}\{(.*)\}\s*$")
RE_LIST = re.compile(r"\s*\\list\{([^{}]*)\}\{\d+\}")
RE_NAMES = re.compile(r"\s*\\name\{([^{}]*)\}\{\d+\}")
RE_PART = re.compile(r"\b(family|given|prefix|suffix)=\{((?:[^{}]|\{[^{}]*\}){0,300})\}")
RE_VERBATIM = re.compile(r"\s*\\verb\{([^{}]*)\}")


def read(text: str, name: str) -> Found:
    """The records of the file, each entry once, under its own key."""
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    seen: set[str] = set()
    for line, key, kind, block in _entries(text):
        if key in seen:  # each list of a document holds it again
            continue
        seen.add(key)
        fields = bibtex.record_fields(kind, _values(block))
        raw = "\n".join(block).strip()
        if fields.keys() & {"title", "doi", "arxiv", "isbn", "url"}:
            section.records.append(FoundRecord(line, validated({"text": raw, "source_id": key, **fields})))
        else:
            found.not_understood.append(NotUnderstood(line, raw, "it has neither title nor identifier"))
    return found


def _entries(text: str) -> Iterator[tuple[int, str, str, list[str]]]:
    """Line, key, type and lines of each entry."""
    start, key, kind = 0, "", ""
    block: list[str] = []
    for number, line in enumerate(lines(text), start=1):
        if match := RE_ENTRY.match(line):
            start, key, kind, block = number, match[1], match[2].lower(), []
        elif line.strip() == "\\endentry" and key:
            yield start, key, kind, block
            key = ""
        elif key:
            block.append(line)


def _values(block: list[str]) -> dict[str, str]:
    """An entry's values as a .bib would hold them."""
    values: dict[str, str] = {}
    rest = iter(block)
    for line in rest:
        if match := RE_FIELD.match(line):
            values.setdefault(match[1], match[2].replace("\\bibrangedash", "--").replace("-- ", "--"))
        elif match := RE_NAMES.match(line):
            people = list(_people(rest))
            more = "\\true{more" + match[1] + "}"
            values.setdefault(
                match[1], " and ".join([*people, *(["others"] if more in "".join(block) else [])])
            )
        elif match := RE_LIST.match(line):
            item = next(rest, "").strip().rstrip("%")
            values.setdefault(match[1], item[1:-1] if item.startswith("{") and item.endswith("}") else item)
        elif match := RE_VERBATIM.match(line):
            content = next(rest, "").strip()
            values.setdefault(match[1], content.removeprefix("\\verb").strip())
    return {name: value for name, value in values.items() if value.strip() and not name.startswith(UNSAID)}


UNSAID = ("label", "sort", "namehash", "fullhash", "bibnamehash", "authorbibnamehash", "extra")
"""Fields by which biblatex sorts and labels."""


def _people(rest: Iterator[str]) -> Iterator[str]:
    """The people of a list of names, as a .bib writes them; the list ends at a brace alone on its line."""
    raw = []
    for line in rest:
        if line.strip() in {"}", "}%"}:
            break
        raw.append(line.strip().rstrip("%"))
    for person in "".join(raw).split("hash=")[1:]:
        parts = {name: value.replace("\\bibinitperiod", ".") for name, value in RE_PART.findall(person)}
        yield _person({name: value.replace("\\bibnamedelima", "").strip() for name, value in parts.items()})


def _person(parts: dict[str, str]) -> str:
    family = " ".join(filter(None, (parts.get("prefix"), parts.get("family"))))
    if not parts.get("given") and " " in family:
        return "{" + family.strip("{}") + "}"
    return ", ".join(filter(None, (family, parts.get("suffix"), parts.get("given"))))


READER = Reader(
    name="bbl",
    label="biblatex's .bbl",
    holds="what biber writes for biblatex",
    endings=(".bbl",),
    signs=lambda text: bool(re.search(r"^\s*\\entry\{[^{}]*\}\{[^{}]*\}", text, re.MULTILINE)),
    read=read,
    unit="entry",
)

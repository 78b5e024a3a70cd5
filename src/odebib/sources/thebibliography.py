"""``thebibliography``: the references that a LaTeX source holds, or that BibTeX wrote into a .bbl."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from odebib.sources import values
from odebib.sources.citations.citation import read_citation
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader
from odebib.sources.records import validated
from odebib.text import latex

RE_ITEM = re.compile(r"\\bibitem\s*(?=[\[{])")
RE_END = re.compile(r"\\end\s*\{(?:thebibliography|references)\}|\\end\s*\{document\}")
RE_COMMENT = re.compile(r"(?<!\\)%.*?$", re.MULTILINE)
RE_LINK = re.compile(r"\\href\s*(?:@noop\s*)?\{([^{}]*)\}\s*\{")
RE_ADDRESS = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}")
RE_SAYS_NOTHING = re.compile(
    r"\\(?:newblock|bibinfo\s*\{[a-z]+\}|bibfield\s*\{[a-z]+\}|bibnamefont|bibfnamefont|natexlab\s*\{\w*\}"
    r"|BibitemOpen|BibitemShut\s*\{\w*\}|BibitemOpen|bibAnnoteFile\s*\{[^{}]*\}|enquote|citenamefont|Eprint|eprint"
    r"|providecommand\b.*|BIBentry\w+|href@noop\s*\{\}|relax|natexlab|allowbreak|penalty\d*|hskip\s.{0,40}relax"
    r"|showarticletitle|bibinfo|showDOI|showISBNx?|showISSN|bibcommenthead|au|atl|jtl|bibliographystyle\s*\{[^{}]*\}"
    r"|textsc|textit|textbf|emph|em|it|bf|sl|sc)(?![A-Za-z])\*?"
)
"""What styles write around the words of a reference."""


def read(text: str, name: str) -> Found:
    """The records of a bibliography, each read as a citation, under its own key."""
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    for line, key, raw in _items(text):
        said = _plain(raw)
        fields = _by_blocks(raw) or read_citation(said)
        if fields.keys() & {"title", "doi", "arxiv", "url"}:
            section.records.append(FoundRecord(line, validated({"text": said, "source_id": key, **fields})))
        else:
            found.not_understood.append(NotUnderstood(line, raw.strip(), "no title found"))
    return found


def _by_blocks(raw: str) -> dict[str, Any]:
    """The fields of a reference whose people, title and imprint are blocks of their own."""
    blocks = [block for block in re.split(r"\\newblock(?![A-Za-z])", raw) if block.strip()]
    if len(blocks) < 3 or len(_plain(blocks[0])) > LONGEST_LINE:
        return {}
    people = re.sub(r"[.,;\s]+$", "", blocks[0].replace("~", " ").strip())
    is_group = re.fullmatch(r"\{[^{}]*\}", people) is not None
    names = [people] if is_group else values.people(re.sub(r"\.$", "", _plain(blocks[0])))
    title = _plain(blocks[1]).strip("“”,. ")
    if not names or not title:
        return {}
    rest = read_citation(f"A. Author. “{title}.” {_plain(' '.join(blocks[2:]))}")
    return {**rest, "authors": names, "title": title}


LONGEST_LINE = 4000
"""So long the people of a reference are at most."""


def _items(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, key and text of each ``\\bibitem``."""
    text = RE_COMMENT.sub("", text)
    end = RE_END.search(text, max(text.find("\\bibitem"), 0))
    text = text[: end.start()] if end else text
    starts = [match.start() for match in RE_ITEM.finditer(text)]
    line, counted = 1, 0
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        line, counted = line + text.count("\n", counted, start), start
        item = text[start:stop]
        position = item.index("\\bibitem") + len("\\bibitem")
        position = _behind(item, position, "[", "]")
        opening = item.find("{", position)
        closing = _behind(item, opening, "{", "}") if opening >= 0 else -1
        if closing > 0:
            yield line, item[opening + 1 : closing - 1].strip(), item[closing:]


def _behind(text: str, position: int, opening: str, closing: str) -> int:
    """Where an argument ends that begins at ``position``, which stays where none does."""
    while position < len(text) and text[position].isspace():
        position += 1
    if position >= len(text) or text[position] != opening:
        return position
    depth = braces = 0
    for place in range(position, len(text)):
        sign = text[place]
        braces += (sign == "{") - (sign == "}") if opening != "{" else 0
        depth += (sign == opening and not braces) - (sign == closing and not braces)
        if depth == 0:
            return place + 1
    return position


def _plain(raw: str) -> str:
    """A reference as it reads."""
    text = RE_LINK.sub(r" \1 {", raw)
    text = RE_ADDRESS.sub(r" \1 ", text)
    text = re.sub(r"\\newblock\b", " ", text)
    for _ in range(3):
        text = RE_SAYS_NOTHING.sub(" ", text)
    text = text.replace("~", " ").replace("``", "“").replace("''", "”").replace("\\&", "&")
    said = latex.decode(re.sub(r"(?<!\\)[{}]", "", text)) if "\\" in text else re.sub(r"[{}]", "", text)
    said = re.sub(r"\s+([.,;:)”])", r"\1", " ".join(said.split()))
    return re.sub(r"([.,]){2,}", r"\1", said).strip()


READER = Reader(
    name="thebibliography",
    label="a LaTeX bibliography",
    holds="`thebibliography` in a .tex, and the .bbl that BibTeX writes",
    endings=(".bbl", ".tex", ".ltx"),
    ending_says="nothing",
    signs=lambda text: bool(re.search(r"^[^%\n]*\\bibitem\s*[\[{]", text, re.MULTILINE)),
    read=read,
    unit="reference",
)

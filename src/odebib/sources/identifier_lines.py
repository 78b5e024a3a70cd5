"""Identifiers and addresses one a line: each line is a work of its own."""

from __future__ import annotations

import re

from odebib.sources.citations.citation import read_citation
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader, lines
from odebib.sources.records import add_doi, add_url, validated
from odebib.text import identifiers

RE_MARK = re.compile(r"\s*(?:[-*•+]|\d{1,4}[.)]|\[\d{1,4}\]|\[[ xX]\])\s+")
RE_LEAD = re.compile(r"(?:pmid|pubmed|doi|arxiv|isbn(?:-1[03])?|openreview|url)\s*[:=]\s*", re.IGNORECASE)


def read(text: str, name: str) -> Found:
    """A record for each line that holds an identifier, with no title; other lines are read as citations."""
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    for number, line in enumerate(lines(text.lstrip("\ufeff")), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        fields = of_line(line) or read_citation(RE_MARK.sub("", line.strip()))
        if fields.keys() & {"title", "doi", "arxiv", "openreview", "isbn", "url"}:
            section.records.append(FoundRecord(number, validated({"text": line.strip(), **fields})))
        else:
            found.not_understood.append(NotUnderstood(number, line.strip(), "it is no identifier"))
    if sum(1 for _ in found.records()):
        found.remarks.append("only identifiers; `odebib refresh` brings what they stand for")
    return found


def of_line(line: str) -> dict[str, str]:
    """The one identifier that a line consists of, as a field; nothing where it says anything else.

    >>> of_line("- https://arxiv.org/abs/2101.01234"), of_line("10.5555/r.18"), of_line("See 10.5555/r.18")
    ({'arxiv': '2101.01234'}, {'doi': '10.5555/r.18'}, {})
    """
    fields: dict[str, str] = {}
    text = RE_MARK.sub("", line.strip()).strip(" <>,;\"'`")
    if not text or len(text) > 500:
        return {}
    if identifiers.is_web_address(text):
        add_url(text, fields)
        return {name: value for name, value in fields.items() if isinstance(value, str)} or {"url": text}
    bare = RE_LEAD.sub("", text)
    if found := identifiers.arxiv(text) or identifiers.arxiv(bare):
        return {"arxiv": found}
    if " " not in bare and (doi := identifiers.doi(bare)):
        add_doi(doi, fields)
        return fields
    if re.match(r"(?:isbn|97[89])", text, re.IGNORECASE) and (isbn := identifiers.isbn(text)):
        return {"isbn": isbn}
    if match := re.fullmatch(r"(?:pmid|pubmed)\s*[:=]?\s*(\d{5,9})", text, re.IGNORECASE):
        return {"url": f"https://pubmed.ncbi.nlm.nih.gov/{match[1]}/"}
    return {}


def are_identifiers(text: str) -> bool:
    """Whether nearly every line that says something is an identifier or an address and nothing else."""
    said = [line for line in lines(text, 50000) if line.strip() and not line.lstrip().startswith("#")]
    own = sum(bool(of_line(line)) for line in said)
    return own > 0 and own * 10 >= len(said) * 8


READER = Reader(
    name="identifiers",
    label="identifiers, one a line",
    holds="DOIs, arXiv ids, ISBNs, PubMed ids, addresses",
    endings=(".txt",),
    ending_says="nothing",
    signs=are_identifiers,
    read=read,
    unit="line",
)

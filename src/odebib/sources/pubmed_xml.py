"""PubMed's XML, as its API and its export give it.

https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/index.html
"""

from __future__ import annotations

import re
from typing import Any

from odebib.sources import named, xml_file
from odebib.sources.found import Found, FoundRecord, FoundSection, NotUnderstood
from odebib.sources.reading import Reader
from odebib.sources.records import validated
from odebib.sources.xml_file import Element, find, text_of, texts

FIELDS = {
    "Journal/Title": "venue", "Journal/ISOAbbreviation": "venue", "Journal/JournalIssue/Volume": "volume",
    "Journal/JournalIssue/Issue": "number", "Pagination/MedlinePgn": "pages",
    "PublicationTypeList/PublicationType": "type", "Book/BookTitle": "venue",
    "Book/Publisher/PublisherName": "publisher",
}  # fmt: skip
"""Where in an article what stands."""


def read(text: str, name: str) -> Found:
    """The records of an export, in one section of the file's name.

    Raises:
        FormatError: it is no XML that may be read.
    """
    section = FoundSection(name)
    found = Found(name=name, sections=[section], has_headings=False)
    for article in xml_file.elements(text, "PubmedArticle", "PubmedBookArticle"):
        fields = record_fields(article)
        line, raw = int(article.sourceline or 1), text_of(article)
        if fields.keys() & {"title", "doi"}:
            section.records.append(FoundRecord(line, validated({"text": raw, **fields})))
        else:
            found.not_understood.append(NotUnderstood(line, raw, "it has neither title nor identifier"))
    return found


def record_fields(article: Element) -> dict[str, Any]:
    """The fields of a record that one article gives, before the model looks at them."""
    citation = (find(article, "MedlineCitation") or find(article, "BookDocument") or [article])[0]
    about = (find(citation, "Article") or [citation])[0]
    given: dict[str, Any] = {path: found for path in FIELDS if (found := texts(about, path))}
    pubmed = next(iter(texts(citation, "PMID")), "")
    dois = [text_of(one) for one in find(about, "ELocationID") if one.get("EIdType") == "doi"]
    dois += [
        text_of(one)
        for one in find(article, "PubmedData/ArticleIdList/ArticleId")
        if one.get("IdType") == "doi"
    ]
    titles = texts(about, "ArticleTitle") or texts(about, "Book/BookTitle")
    given |= {
        "title": re.sub(r"^\[(.*)\]\.?$", r"\1", titles[0]) if titles else "",
        "authors": [_person(one) for one in find(about, "AuthorList/Author")],
        "date": _date(about),
        "doi": dois,
        "pubmed": pubmed,
        "abstract": _abstract(about),
        "topics": texts(citation, "KeywordList/Keyword"),
    }
    fields = named.record_fields(given, {name: FIELDS.get(name, name) for name in given})
    return {"source_id": pubmed, **fields} if pubmed else fields


def _person(author: Element) -> Any:
    group = texts(author, "CollectiveName")
    if group:
        return "{" + group[0] + "}"
    family, given = texts(author, "LastName"), texts(author, "ForeName") or texts(author, "Initials")
    return {"family": " ".join(family), "given": " ".join(given), "suffix": " ".join(texts(author, "Suffix"))}


def _date(about: Element) -> str:
    for path in ("Journal/JournalIssue/PubDate", "ArticleDate", "Book/PubDate"):
        for date in find(about, path):
            parts = [part for tag in ("Year", "Month", "MedlineDate") for part in texts(date, tag)]
            if parts:
                return "-".join(parts)
    return ""


def _abstract(about: Element) -> str:
    """The abstract, its parts with their labels."""
    parts = []
    for part in find(about, "Abstract/AbstractText"):
        label = part.get("Label")
        parts.append(f"{label}: {text_of(part)}" if label else text_of(part))
    return " ".join(parts)


READER = Reader(
    name="pubmed-xml",
    label="PubMed's XML",
    holds="PubMed's export and API",
    endings=(".xml",),
    ending_says="nothing",
    signs=lambda text: bool(re.search(r"<PubmedArticle(?:Set)?\b|<PubmedBookArticle\b", text[:5000])),
    read=read,
    unit="article",
)

"""Identifiers and addresses in .bib files, whole, whatever LaTeX made of their signs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from odebib.sources.bibtex.blocks import Fields
from odebib.sources.records import add_doi, add_url
from odebib.text import identifiers, macros
from odebib.text.latex import decode

LINKS = {
    "url": None, "howpublished": None, "ee": None, "link": None, "website": None, "note": None,
    "addendum": None, "annote": None, "bdsk-url-1": None, "bdsk-url-2": None, "pdf": "pdf", "code": "code",
    "video": "video", "slides": "slides", "poster": "poster", "html": None, "repository": "code",
    "github": "code", "dataset": "data", "blog": "blog", "project": "project", "openaccesspdf": "pdf",
}  # fmt: skip
"""Fields that may hold addresses, and the kind of link they are."""

ARCHIVES = {
    "hdl": "https://hdl.handle.net/{}", "handle": "https://hdl.handle.net/{}",
    "jstor": "https://www.jstor.org/stable/{}", "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/", "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
    "googlebooks": "https://books.google.com/books?id={}", "hal": "https://hal.science/{}",
    "iacr": "https://eprint.iacr.org/{}", "ssrn": "https://ssrn.com/abstract={}", "urn": "https://nbn-resolving.org/{}",
}  # fmt: skip
"""Archives that BibLaTeX's ``eprinttype`` may name, and where their works are found."""

RE_ADDRESS = re.compile(r"https?://(?:(?![,;]https?://)[^\s\"{}])+")
RE_NO_SCHEME = re.compile(r"www\.[\w-]+(?:\.[\w-]+)+(?:/\S*)?|[\w-]+(?:\.[\w-]+)+/\S*")
RE_SIGN = re.compile(
    r"\{?\\(?:text)?(?:asciitilde|underscore|backslash|less|greater|percent|textasciitilde)(?:\{\}|(?![A-Za-z]))\}?"
    r"|\{?\$\s*\\?(?:sim|less|greater|lt|gt|[<>])\s*\$\}?|\\~\{\}|\\string(?=[~^_#%&])"
)
"""What LaTeX has for signs of addresses."""
PRINTED = {"asciitilde": "~", "sim": "~", "underscore": "_", "less": "<", "lt": "<", "<": "<", "greater": ">",
           "gt": ">", ">": ">", "backslash": "", "percent": "%"}  # fmt: skip


def as_typed(value: str) -> str:
    r"""A value in which identifiers and addresses are as a browser takes them.

    >>> as_typed(r"10.1000/1520(96)77{\textless}935:W{\_}T$>$2.0"), as_typed(r"https://a.org/\~{}me/100\%20b")
    ('10.1000/1520(96)77<935:W_T>2.0', 'https://a.org/~me/100%20b')
    """
    text = macros.unescaped(html.unescape(value))
    text = re.sub(r"\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}", r" \1 ", text)
    text = RE_SIGN.sub(_printed, text)
    text = re.sub(r"\\(?:url|path|nolinkurl|doi|texttt|burl)\s*(?=\{)", " ", text)
    text = re.sub(r"\{\\([_%#&~$])\}|\\([_%#&~$\-/{}])", lambda match: match[1] or match[2].strip("-/"), text)
    return text.replace("{~}", "~").replace("{", "").replace("}", "")


def _printed(match: re.Match[str]) -> str:
    word = re.sub(r"[^A-Za-z<>]", "", match[0]).removeprefix("text")
    return PRINTED.get(word, "~" if match[0] == "\\~{}" else "")


def addresses(text: str) -> list[str]:
    """The addresses in running text; a closing sign belongs to one only if it was opened there.

    >>> addresses("See https://a.org/Lens_(optics), and (https://b.org/x).")
    ['https://a.org/Lens_(optics)', 'https://b.org/x']
    """
    return [identifiers.without_punctuation(match[0].rstrip("<>")) for match in RE_ADDRESS.finditer(text)]


def add_identifiers(values: Fields, fields: dict[str, Any]) -> None:
    """Identifiers, only from fields that hold identifiers and from addresses."""
    _add_doi(values.get("doi", ""), fields)
    _add_eprint(values, fields)
    for name in ("journal", "journaltitle", "volume", "howpublished", "number", "publisher", "booktitle"):
        if name in values and not fields.get("arxiv"):
            _add_arxiv(decode(values[name]), fields)
    for part in re.split(r"[,;/]|\s(?=97)", values.get("isbn", "")):
        if isbn := identifiers.isbn(decode(part)):
            fields.setdefault("isbn", isbn)
    for name, kind in LINKS.items():
        if not (value := values.get(name)):
            continue
        for url in _addresses_of(name, as_typed(value)):
            add_url(url, fields, kind)


def _add_doi(value: str, fields: dict[str, Any]) -> None:
    typed = as_typed(value).strip()
    if typed and not re.search(r"[,;\s]\s*(?:doi:|https?://\S+/)?10\.\d{4}", typed):
        add_doi("".join(typed.split()), fields)
    if typed and not fields.get("doi") and not fields.get("arxiv") and (found := identifiers.find_doi(typed)):
        add_doi(found, fields)


def _addresses_of(name: str, typed: str) -> Iterator[str]:
    """The addresses in a value; one that stands alone is whole, whatever its last sign."""
    bare = typed.strip().strip("<>")
    if name == "url" and RE_NO_SCHEME.fullmatch(bare):
        bare = f"https://{bare}"
    if RE_ADDRESS.fullmatch(bare) and name not in {"note", "annote", "addendum"}:
        yield _quoted(bare)
        return
    yield from map(_quoted, addresses(typed))


def _quoted(url: str) -> str:
    """An address without signs that no address may hold."""
    return "".join(quote(sign) if sign in '<>"`|\\^{}' else sign for sign in url)


def _add_eprint(values: Fields, fields: dict[str, Any]) -> None:
    """The id in an archive: arXiv's, OpenReview's, or the address of the work in another one."""
    eprint = decode(first(values, "eprint", "arxivid", "arxiv"))
    kind = decode(first(values, "eprinttype", "archiveprefix")).lower()
    if kind in {"", "arxiv"} and (match := RE_BARE_OLD_ID.fullmatch(eprint)):
        said = identifiers.arxiv_class(first(values, "primaryclass", "eprintclass")) or ""
        eprint = f"{said.partition('.')[0]}/{match[0]}"  # INSPIRE and older programs leave the archive out
    if kind in {"", "arxiv"}:
        _add_arxiv(f"arXiv:{eprint}" if eprint[:1].isdigit() else eprint, fields)
    elif kind == "openreview" and (forum := identifiers.openreview(eprint)):
        fields["openreview"] = forum
    elif kind in ARCHIVES and eprint and "url" not in values and "doi" not in values:
        fields["url"] = ARCHIVES[kind].format(quote(eprint, safe="/:;()._-~"))
    if fields.get("arxiv"):
        said = decode(first(values, "primaryclass", "eprintclass"))
        fields["arxiv_class"] = identifiers.arxiv_class(said) or fields.get("arxiv_class")


RE_BARE_OLD_ID = re.compile(r"\d{7}(?:v\d+)?")
"""An arXiv id from before April 2007 without the archive that it is of."""


def first(values: Fields, *names: str) -> str:
    """The first of these values that is there."""
    return next((values[name] for name in names if name in values), "")


def _add_arxiv(text: str, fields: dict[str, Any]) -> None:
    """An arXiv id with the subject class that stands behind it."""
    found = identifiers.find_arxiv(text) or identifiers.arxiv(text.removeprefix("abs/"))
    if found:
        fields["arxiv"] = found
        fields.setdefault("arxiv_class", identifiers.arxiv_class(text))

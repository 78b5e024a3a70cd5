"""Pages of papers: the ``citation_*`` tags that proceedings and publishers write for Google Scholar.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing; PMLR, NeurIPS,
CVF, the ACL Anthology, JMLR, OpenReview and nearly all publishers have them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from odebib.matching import merging
from odebib.services.answers import Answer, Wanted, people, record
from odebib.services.failures import Failure, FetchError
from odebib.services.http import DAY, Network
from odebib.services.kept import Response
from odebib.services.service import Service, is_address
from odebib.text import identifiers, latex
from odebib.text.markup import of_markup, title_of_markup

TYPES = ("text/html", "application/xhtml+xml")
LONGEST = 2_000_000
"""Characters of a page that are read; the tags stand at its head."""
LONGEST_ABSTRACT = 15_000

PAGE_OF_PDF: Sequence[tuple[str, str]] = (
    (r"(https?://proceedings\.mlr\.press/v\d+/[\w-]+)/[\w-]+\.pdf", r"\1.html"),
    (
        r"(https?://[\w.]*(?:neurips|nips)\.cc/paper(?:_files/paper)?/\d{4})/file/(\w+)-Paper(-\w+)?\.pdf",
        r"\1/hash/\2-Abstract\3.html",
    ),
    (r"(https?://openaccess\.thecvf\.com/content[\w/]*)/papers/([\w-]+_paper)\.pdf", r"\1/html/\2.html"),
    (r"(https?://(?:www\.)?aclanthology\.org/[\w.-]+?)(?:v\d+)?\.pdf", r"\1/"),
    (r"(https?://(?:www\.)?jmlr\.org/papers)/volume(\d+)/([\w-]+)/[\w-]+\.pdf", r"\1/v\2/\3.html"),
)
"""Where the page stands that belongs to a PDF."""

VENUES = (
    "citation_conference_title",
    "citation_journal_title",
    "citation_inbook_title",
    "citation_book_title",
)
RE_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
RE_ABSTRACT = re.compile(r"(?:^|[\s_-])abstract(?:$|[\s_-]|text|content|section)", re.IGNORECASE)
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr"]
)  # fmt: skip


DOIS = ("citation_doi", "bepress_citation_doi", "prism.doi", "dc.identifier.doi")
DATES = ("citation_publication_date", "citation_date", "citation_year", "citation_online_date")
ABSTRACTS = ("citation_abstract", "dc.description", "dcterms.abstract")
INSTITUTIONS = {
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
}
"""The tags of what stands in no venue, by the type of the work."""


def fetch(network: Network, url: str, *, age: float = DAY) -> list[Answer]:
    """What the page of a paper says of it.

    Raises:
        SourceError: the page cannot be had, or says nothing that a program can read.
    """
    url = page_of(url)
    try:
        response = network.get(url, accept="text/html", types=TYPES, age=age)
    except FetchError as error:
        if error.failure is Failure.GONE:
            raise FetchError(f"there is no page {url}", Failure.GONE, "is there a typo in it?") from error
        if error.failure is Failure.REFUSED:
            raise FetchError(
                error.message, error.failure, "give the paper's DOI or arXiv id instead"
            ) from error
        raise
    page = _Page()
    page.feed(response.text()[:LONGEST])
    found = page.tags
    if not found["citation_title"]:
        hint = "give its DOI or arXiv id; what is no paper is added by hand, with `type: website`"
        raise FetchError(f"{url} does not say what paper it is of", Failure.GONE, hint)
    return [_answer(found, page.abstract(), response, url)]


def page_of(url: str) -> str:
    """The page that belongs to an address, which may be that of a PDF.

    >>> page_of("https://proceedings.mlr.press/v119/finlay20a/finlay20a.pdf")
    'https://proceedings.mlr.press/v119/finlay20a.html'
    """
    for pattern, page in PAGE_OF_PDF:
        if match := re.fullmatch(pattern, url.split("#")[0], re.IGNORECASE):
            return match.expand(page)
    return url


def _answer(tags: Mapping[str, list[str]], abstract: str, response: Response, url: str) -> Answer:
    known = _identifiers(tags, response, url)
    venue = title_of_markup(_tag(tags, *VENUES))
    fields: dict[str, Any] = {
        "title": _title(_tag(tags, "citation_title")),
        "authors": people(_authors(tags)),
        "venue": None if merging.is_preprint_server(venue) else venue,
        "year": _year(tags),
        "volume": _tag(tags, "citation_volume"),
        "number": _tag(tags, "citation_issue"),
        "pages": "-".join(filter(None, (_tag(tags, "citation_firstpage"), _tag(tags, "citation_lastpage")))),
        "abstract": of_markup(_tag(tags, *ABSTRACTS) or abstract),
        "links": _links(tags, response),
        **known,
        **_institution(tags),
    }
    has_other_home = known["openreview"] or (known["arxiv"] and not venue)
    if not has_other_home:
        fields["url"] = _own_address(tags, response.url, url)
    also = tuple(Wanted(scheme, value) for scheme in ("doi", "arxiv") if (value := known[scheme]))
    return Answer(response.host, url, record(fields), also=also)


def _tag(tags: Mapping[str, list[str]], *names: str) -> str:
    """What the first of several tags says that says anything."""
    return next((value for name in names for value in tags.get(name, ()) if value.strip()), "").strip()


def _identifiers(tags: Mapping[str, list[str]], response: Response, url: str) -> dict[str, str | None]:
    doi = identifiers.doi(_tag(tags, *DOIS)) or ""
    of_arxiv = identifiers.arxiv(doi)
    return {
        "doi": doi if doi and not of_arxiv else None,
        "arxiv": identifiers.arxiv(_tag(tags, "citation_arxiv_id")) or of_arxiv,
        "openreview": identifiers.openreview(url) if response.host == "openreview.net" else None,
    }


def _year(tags: Mapping[str, list[str]]) -> str:
    match = RE_YEAR.search(_tag(tags, *DATES))
    return match[1] if match else ""


def _institution(tags: Mapping[str, list[str]]) -> dict[str, str]:
    """Of a thesis or a report, what it is and where it was written."""
    for kind, name in INSTITUTIONS.items():
        if institution := _tag(tags, name):
            return {"type": kind, "publisher": institution}
    return {}


def _links(tags: Mapping[str, list[str]], response: Response) -> dict[str, list[str]]:
    """The PDF, unless its address is that of an identifier."""
    given = _tag(tags, "citation_pdf_url")
    pdf = urljoin(response.url, given)
    usable = given and identifiers.is_web_address(pdf) and not identifiers.of_url(pdf)
    return {"pdf": [pdf]} if usable else {}


def _title(text: str) -> str:
    """A title, in which some proceedings leave LaTeX; braces that keep case stay."""
    title = title_of_markup(text)
    return latex.decode_title(title) if "\\" in title or "{" in title else title


def _own_address(tags: Mapping[str, list[str]], answered: str, asked: str) -> str:
    """The address that the page gives itself, if it is on its own host; else the one that was asked."""
    for name in ("citation_abstract_html_url", "og:url"):
        for address in tags.get(name, ()):
            if identifiers.is_web_address(address) and address.split("/")[2] == answered.split("/")[2]:
                return address
    return asked


def _authors(tags: Mapping[str, list[str]]) -> list[str]:
    """One tag an author, or one tag with all of them between semicolons."""
    given = tags.get("citation_author") or tags.get("citation_authors") or []
    names = [name for value in given for name in value.split(";")]
    return [latex.decode(name) for name in names]


class _Page(HTMLParser):
    """Gathers the tags of the head, and the part of the page that bears the abstract."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: dict[str, list[str]] = defaultdict(list)
        self.found: list[str] = []
        self.depth = 0
        """How deep inside the abstract's element; 0 outside."""
        self.heading = ""
        """The text of a heading that is open; a full one that says "Abstract" waits for what follows."""
        self.follows = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag of the head is noted; the abstract begins by its name or behind its heading."""
        named = dict(attrs)
        if tag == "meta":
            name = (named.get("name") or named.get("property") or "").lower()
            if name and len(self.tags[name]) < 2_000:
                self.tags[name].append(named.get("content") or "")
        elif self.depth:
            self._keep(f"<{tag}>")
            self.depth += tag not in VOID
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6", "strong", "b"}:
            self.heading, self.follows = " ", False
        elif tag in {"div", "section", "p", "span", "blockquote", "td", "dd", "jats:p"} and self._starts(
            named
        ):
            self.depth, self.follows = 1, False

    def _starts(self, named: Mapping[str, str | None]) -> bool:
        name = f"{named.get('id') or ''} {named.get('class') or ''}"
        return not self.found and (self.follows or bool(RE_ABSTRACT.search(name)))

    def handle_endtag(self, tag: str) -> None:
        """The abstract ends with its element."""
        if self.depth and tag not in VOID:
            self.depth -= 1
            self._keep(f"</{tag}>" if self.depth else "")
        elif self.heading:
            self.follows = self.heading.strip(" :.").lower() == "abstract"
            self.heading = ""

    def handle_data(self, data: str) -> None:
        """Text of the abstract or of a heading."""
        if self.depth:
            self._keep(data.replace("<", "&lt;"))
        elif self.heading and len(self.heading) < 40:
            self.heading += data[:40]

    def _keep(self, text: str) -> None:
        if sum(map(len, self.found[-1:])) + len(self.found) < LONGEST_ABSTRACT:
            self.found.append(text)

    def abstract(self) -> str:
        """The abstract as found, with its markup."""
        whole = "".join(self.found)
        return whole if 80 <= len(whole) <= LONGEST_ABSTRACT else ""


SERVICE = Service(
    scheme="page",
    lead="",
    noun="address",
    answering=(),
    example="https://proceedings.mlr.press/v119/finlay20a.html",
    recognise=lambda text: text if is_address(text) else None,
    fetch=fetch,
)

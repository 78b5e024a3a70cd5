"""Doubts: what stands where a person, a venue or a title should, and is probably none.

Each rule says why it doubts, in words that complete "`…` …", or None. It is asked while data
are read and when they are checked. It says nothing of what is only unusual: `E`, `Press` and
`Springer` are people's names, and *On Growth* is a title.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from odebib.text.folding import fold
from odebib.text.names import Name

LONGEST_TITLE = 200
"""Characters; whatever is longer is more often an abstract, or a whole citation."""

RE_VENUE_WORD = re.compile(
    r"(?i:\b(?:proceedings|proc|conference|conf|symposium|workshop|transactions|trans|preprint|arxiv|biorxiv"
    r"|medrxiv|openreview|thesis|dissertation|journal|advances|communications|letters|bulletin|annals"
    r"|magazine|lecture notes)\b\.?)"
    r"|\b(?:NeurIPS|NIPS|ICML|ICLR|CVPR|ICCV|ECCV|AAAI|IJCAI|AISTATS|EMNLP|NAACL|KDD|SIGGRAPH|IEEE|ACM|SIAM"
    r"|PMLR|JMLR|TMLR|LNCS)\b"
)
"""Words of venues, and those of their short names that are nobody's name."""
RE_AFFILIATION = re.compile(
    r"\b(?:Universit(?:y|ies|é|és|ä|à|a|at|ät|et|eit|atea)|Universi(?:dad|dade|teit|tet)|Institut(?:e|o|es|ion)?"
    r"|Departe?ment|Dept|Laborator(?:y|ies|ium)|Laboratoire|Labs?|Research|Faculty|Facult[éy]|College"
    r"|Academy|Hospital|Polytechni\w+|Gmb[Hh]|Inc|Ltd|LLC|Corp(?:oration)?|Technologies|Google|Microsoft"
    r"|Facebook|DeepMind|OpenAI|NVIDIA|MIT|CMU|ETH|EPFL|INRIA|Inria|CNRS|NASA)\b\.?"
)
"""Words of the places where authors work."""
RE_ADDRESS = re.compile(r"https?:|www\.|\S@\S|\.(?:com|org|edu|net|html?|pdf)\b", re.IGNORECASE)
RE_LONE_LETTER = re.compile(r"[\W_]*[^\W\d_\u1100-\U0010ffff][\W_]*")
"""One letter of an alphabet; a Chinese name may be a single sign."""
RE_NUMBER = re.compile(r"\d")

RE_PERSON = re.compile(
    r"(?![JZ]\. )(?:[A-Z]\.[ -]?){1,3}(?:(?:van|von|de|del|della|den|der|di|la|le) ){0,2}"
    r"[^\W\d_a-z][^\W\d_A-Z]+(?:-[^\W\d_a-z][^\W\d_A-Z]+)?"
    r"|[^\W\d_a-z][^\W\d_A-Z]+(?:-[^\W\d_a-z][^\W\d_A-Z]+)?, (?:[A-Z]\.[ -]?){1,3}"
)
"""A name with initials before or behind it; one `J.` or `Z.` begins a journal: J. Biomechanics, Z. Physik."""
RE_VERB = re.compile(
    r"\b(?:we|our|this|these|they|it|is|are|was|were|has|have|had|can|which|propose[sd]?|present(?:s|ed)|shows?"
    r"|introduce[sd]?|describe[sd]?)\b"
)
"""Words of sentences, in lower case, that no name of a venue holds."""
RE_NOT_YET = re.compile(
    r"(?:submitted|under (?:review|submission|revision)|in (?:preparation|press|review|revision)|to appear"
    r"|to be (?:published|submitted)|accepted|forthcoming|unpublished|manuscript)\b",
    re.IGNORECASE,
)

LINK_WORDS = frozenset(
    ["link", "links", "url", "here", "click", "paper", "papers", "the", "pdf", "code", "source", "github",
     "repo", "repository", "website", "homepage", "home", "page", "project", "slides", "video", "talk",
     "poster", "blog", "post", "demo", "docs", "documentation", "html", "arxiv", "doi", "openreview",
     "preprint", "abstract", "bibtex", "cite", "download", "full", "text", "read", "more", "view",
     "online", "dataset", "untitled", "no", "title", "unknown"]
)  # fmt: skip
"""The words of links, of which a title consists that was taken from one."""


def doubt_author(name: Name) -> str | None:
    """Why somebody is probably no person; a group, which stands in braces, may have any name.

    >>> doubt_author(Name("Systems", "Advances in")), doubt_author(Name("Press", "William H."))
    ('holds the word of a venue: Advances', None)
    """
    if name.literal:
        return None
    written = str(name)
    if RE_ADDRESS.search(written):
        return "holds an address"
    if _is_of_a_link(written):
        return "is the word of a link"
    if RE_NUMBER.search(written):
        return "holds a number"
    if match := RE_VENUE_WORD.search(written):
        return f"holds the word of a venue: {match[0]}"
    if match := RE_AFFILIATION.search(written):
        return f"holds the word of an affiliation: {match[0]}"
    if RE_LONE_LETTER.fullmatch(written):
        return "is a single character"
    return None


def doubt_venue(venue: str, people: Collection[str] = ()) -> str | None:
    """Why something is probably no venue; ``people`` are the work's own, as they write themselves.

    >>> doubt_venue("D. P. Kingma"), doubt_venue("J. Comput. Phys.")
    ('looks like a person', None)
    """
    if RE_PERSON.fullmatch(venue.strip()) or fold(venue) in {fold(name) for name in people}:
        return "looks like a person"
    if RE_NOT_YET.match(venue.strip()):
        return "says that it has not appeared yet"
    if len(venue.split()) > 5 and RE_VERB.search(venue):
        return "looks like a sentence"
    return None


def doubt_title(title: str) -> str | None:
    """Why something is probably no title.

    >>> doubt_title("[PDF]"), doubt_title("The Code Book")
    ('is the word of a link', None)
    """
    if _is_of_a_link(title):
        return "is the word of a link"
    if len(title) > LONGEST_TITLE:
        return f"has {len(title)} characters"
    return None


def _is_of_a_link(text: str) -> bool:
    words = fold(text).split()
    return bool(words) and LINK_WORDS.issuperset(words)

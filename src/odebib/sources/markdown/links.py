"""Links and badges of list items: what they lead to, by their text and their address."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from odebib.sources.markdown.pieces import Piece
from odebib.text.folding import fold_words

LABELS: dict[str, str] = {
    word: kind
    for kind, words in {
        "paper": "paper papers pdf arxiv article pub publication doi preprint openreview html abs "
        "abstract biorxiv medrxiv hal ssrn acm ieee springer elsevier journal proceedings thesis "
        "dissertation fulltext cvf book chapter report",
        "code": "code codes github gitlab repo repository implementation implementations source sources "
        "reference bitbucket codebase colab notebook notebooks",
        "project": "project homepage webpage website site demo page",
        "video": "video videos talk youtube recording lecture bilibili",
        "slides": "slides slide ppt pptx presentation",
        "poster": "poster",
        "blog": "blog post blogpost medium",
        "data": "data dataset datasets",
        "docs": "docs documentation doc manual",
        "link": "link url here web",
        "package": "pypi conda anaconda npm maven cran crates rubygems nuget homebrew packagist dockerhub "
        "docker hackage clojars hex pkgs bioconductor",
        "": "tweet twitter thread reddit bibtex bib bibtext cite citation supp supplement supplementary "
        "appendix review reviews model models weights checkpoint checkpoints discussion "
        "clients",
    }.items()
    for word in words.split()
}
"""Words that say what a link leads to; the empty kind is for what has no field of its own."""
FILLERS = frozenset(
    fold_words(
        "official unofficial author authors original and or the of for full text project page main online "
        "free live version pytorch tensorflow tf keras jax flax python julia matlab c r rust java theano "
        "torch caffe lua cpp mxnet paddle paddlepaddle chainer numpy org net com io s materials material "
        "hub forge package "
        "1 2 3 4 i ii pre print"
    )
)
"""Words that may stand beside a label and say nothing of their own."""
CODE_HOSTS = frozenset(
    {"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sourceforge.net", "git.io"}
)
VIDEO_HOSTS = frozenset(
    {"youtube.com", "youtu.be", "vimeo.com", "slideslive.com", "bilibili.com", "videolectures.net"}
)
RE_SHIELD = re.compile(r"/badge/([^/?#]+)", re.IGNORECASE)
RE_COLOUR = re.compile(r"[0-9a-f]{3}(?:[0-9a-f]{3})?", re.IGNORECASE)
RE_SHIELD_REPOSITORY = re.compile(
    r"(?:shields\.io/(?:github|gitlab)/|badgen\.net/github/|badge\.fury\.io/gh/)"
    r"[\w-]+(?:/[\w-]+)?/([\w.-]+/[\w.-]+)"
)
"""The owner and name in a badge that counts stars, forks or commits of a repository."""
LIST_BADGES = frozenset(
    fold_words(
        "license licence awesome prs pull pullrequests maintained maintenance stars forks build "
        "contributions contributors doi version made last visitors welcome issues website discord slack "
        "chat twitter follow"
    )
)
"""First words of badges that speak of the list or a repository, not of a work's subject."""
COLOURS: dict[str, str] = {
    "brightgreen": "#44cc11",
    "green": "#97ca00",
    "yellowgreen": "#a4a61d",
    "yellow": "#dfb317",
    "orange": "#fe7d37",
    "red": "#e05d44",
    "blue": "#007ec6",
    "grey": "#555555",
    "gray": "#555555",
    "lightgrey": "#9f9f9f",
    "lightgray": "#9f9f9f",
    "success": "#44cc11",
    "important": "#fe7d37",
    "critical": "#e05d44",
    "informational": "#007ec6",
    "inactive": "#9f9f9f",
    "blueviolet": "#8a2be2",
    "ff69b4": "#ff69b4",
    "black": "#000000",
    "white": "#ffffff",
    "purple": "#800080",
    "pink": "#ffc0cb",
    "violet": "#ee82ee",
    "cyan": "#00ffff",
    "teal": "#008080",
    "navy": "#000080",
    "magenta": "#ff00ff",
    "brown": "#a52a2a",
    "gold": "#ffd700",
    "indigo": "#4b0082",
    "lime": "#00ff00",
    "maroon": "#800000",
    "olive": "#808000",
    "silver": "#c0c0c0",
    "turquoise": "#40e0d0",
    "salmon": "#fa8072",
    "coral": "#ff7f50",
    "crimson": "#dc143c",
    "darkblue": "#00008b",
    "darkgreen": "#006400",
    "darkred": "#8b0000",
    "lightblue": "#add8e6",
    "lightgreen": "#90ee90",
    "skyblue": "#87ceeb",
    "steelblue": "#4682b4",
    "royalblue": "#4169e1",
    "tomato": "#ff6347",
    "orchid": "#da70d6",
    "khaki": "#f0e68c",
    "tan": "#d2b48c",
    "beige": "#f5f5dc",
}
"""Colours of shields.io (https://shields.io/badges) and the CSS names that lists use."""


def label_kind(text: str) -> str | None:
    """The kind of link that a text such as ``PDF`` or ``Official code`` names; None if it is a title.

    >>> label_kind("[Python Reference]"), label_kind("Tweet"), label_kind("Neural Code Search")
    ('code', '', None)
    """
    words = tuple(re.sub(r"(?<=[a-z])\d$", "", word) for word in fold_words(text))
    if not words or len(words) > 5:
        return None if words else ""
    kinds = [LABELS[word] for word in words if word in LABELS]
    if not kinds or not all(word in LABELS or word in FILLERS or word.isdigit() for word in words):
        return None
    if words[:2] == ("project", "page"):
        return "project"
    return next((kind for kind in kinds if kind not in {"link", "project"}), kinds[0])


def is_filler(text: str) -> bool:
    """Whether a link's text is only a language or framework, such as ``PyTorch``."""
    words = fold_words(text)
    return bool(words) and all(word in FILLERS for word in words)


def host_of(url: str) -> str:
    """The host of an address without ``www.``; empty for an address within the list."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def kind_of_url(url: str) -> str:
    """What an address leads to, when the link's text does not tell.

    >>> kind_of_url("https://github.com/google-research/torchsde"), kind_of_url("https://x.org/a.pdf")
    ('code', 'paper')
    """
    host = host_of(url)
    if host in CODE_HOSTS:
        return "paper" if urlsplit(url).path.lower().endswith(".pdf") else "code"
    if host in VIDEO_HOSTS or host.endswith((".youtube.com",)):
        return "video"
    return "paper" if is_pdf(url) else "link"


def is_pdf(url: str) -> bool:
    """Whether an address names a PDF file."""
    try:
        return urlsplit(url).path.lower().endswith((".pdf", "/pdf"))
    except ValueError:
        return False


def repository_of_badge(image: str) -> str | None:
    """The address of the repository whose stars or forks a badge counts."""
    match = RE_SHIELD_REPOSITORY.search(image)
    if not match:
        return None
    host = "gitlab.com" if "/gitlab/" in image else "github.com"
    return f"https://{host}/{re.sub(r'[.](?:svg|png)$', '', match[1])}"


def badge(piece: Piece) -> tuple[str, str | None] | None:
    """Name and colour of a badge that says something of a work's subject, or None.

    >>> badge(Piece("IC", image="https://img.shields.io/badge/images-blue.svg?logo=x"))
    ('images', '#007ec6')
    """
    host = host_of(piece.image)
    match = RE_SHIELD.search(piece.image)
    if not match or not (host.endswith(("shields.io", "badgen.net")) or "badge" in host):
        return None
    text = unquote(match[1]).replace("--", "\0").replace("__", "\1")
    parts = re.sub(r"\.(?:svg|png)$", "", text).split("-")
    colour = parts.pop() if len(parts) > 1 else ""
    name = " ".join(
        filter(None, (part.replace("_", " ").replace("\0", "-").replace("\1", "_") for part in parts))
    )
    words = fold_words(name)
    if not words or words[0] in LIST_BADGES:
        return None
    return " ".join(name.split()), _colour(parse_qs(urlsplit(piece.image).query).get("color", [colour])[0])


def _colour(text: str) -> str | None:
    name = text.strip().lower().lstrip("#")
    if name in COLOURS:
        return COLOURS[name]
    if not RE_COLOUR.fullmatch(name):
        return None
    return "#" + (name if len(name) == 6 else "".join(2 * digit for digit in name))

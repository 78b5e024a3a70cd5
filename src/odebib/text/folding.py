"""Folding of text: what is left of a string when only its words matter.

Matching, searching, slugs and citation keys all compare text with case,
accents, punctuation and markup taken away; the rules stand here, once.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

import anyascii

RE_WORD = re.compile(r"[a-z0-9]+")
"""A word of folded text."""
RE_APOSTROPHE = re.compile("['’‘`ʼ]")
"""Apostrophes join a word: "don't" is one word, as is "L'Hôpital"."""
RE_MARKUP = re.compile(r"[&\\^_{}$]")
"""Signs of HTML, LaTeX or mathematics, without which ASCII text needs no more than lower case."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""What stands for a letter that a program could not read; the word goes on behind it."""
RE_MISREAD = re.compile("[ÂÃÄÅ][\\x80-\\xbf\u0152-\u2122]")
"""What UTF-8 looks like when it was read as Latin-1."""
RE_MATH_COMMAND = re.compile(r"\\(?:mathrm|mathbf|mathcal|text\w*|emph|it|bf|operatorname)\b\*?")
"""Font commands, which carry no word of their own."""
RE_ACCENT = re.compile(
    r"\\(?:[\"'`^~=.]|[uvHcdbkrt](?=\s*\{|\s+[A-Za-z]))\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))"
)
"""An accent in LaTeX and its letter: o in ``\\"o``, e in ``\\'{e}``, c in ``\\v{c}`` and ``{\\c c}``."""
RE_LETTER_COMMAND = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s*(?:\{\})?")
"""A letter that LaTeX writes as a command: ``\\o``, ``\\ss``, ``\\ae``."""
RE_SCRIPT = re.compile(r"(?: [\^_] (?:\{([^{}]*)\}|(\w)) |[\^_] ?(?:\{([^{}]*)\}|(\w)))")
"""A super- or subscript, which joins the word before it: ODE^2VAE, ODE$_2$; spaced out also the next."""

MOST_MARKS = 8
"""More accents stand on no letter of any script; they would cover the lines around it."""
MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
"""A combining mark that any letter may bear."""
RE_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    r"\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
    rf"|{MARK}(?<={MARK}{{{MOST_MARKS + 1}}}){MARK}*"
)
"""What the model refuses: control characters, those that nobody sees or that reorder text, heaped marks."""


@lru_cache(maxsize=65536)
def transliterate(text: str) -> str:
    """``text`` in ASCII, with its case: ``Kozłowski`` becomes ``Kozlowski``."""
    if text.isascii():
        return text
    return anyascii.anyascii(unicodedata.normalize("NFKC", text))


def fold(text: str) -> str:
    """The words of ``text`` in lower-case ASCII, separated by single spaces.

    HTML entities, LaTeX font commands, braces, ``$`` and punctuation vanish;
    hyphens separate words.

    >>> fold("PDE-Net: Learning {PDEs} from Data &amp; Noise")
    'pde net learning pdes from data noise'
    >>> fold(r"G{\\"u}nther's \\alpha-nets")
    'gunthers alpha nets'
    >>> fold("ODE ^ 2 VAE"), fold("ODE$^2$VAE")
    ('ode2vae', 'ode2vae')
    """
    return " ".join(fold_words(text))


@lru_cache(maxsize=65536)
def fold_words(text: str) -> tuple[str, ...]:
    """The words of :func:`fold`, as a tuple."""
    if text.isascii() and text.isprintable() and not RE_MARKUP.search(text):
        return tuple(RE_WORD.findall(RE_APOSTROPHE.sub("", text).lower()))
    if "&" in text:
        text = html.unescape(text)
    if "\\" in text:
        text = RE_ACCENT.sub(lambda m: m[1] or m[2], text)
        text = RE_LETTER_COMMAND.sub(r"\1", text)
        text = RE_MATH_COMMAND.sub(" ", text)
    if "^" in text or "_" in text:
        text = " ".join(text.replace("$", "").split())
        text = RE_SCRIPT.sub(lambda m: m[1] or m[2] or m[3] or m[4] or "", text)
    if RE_MISREAD.search(text):
        text = _read_again(text)
    text = text.replace("{", "").replace("}", "").replace(REPLACEMENT, "")
    text = RE_APOSTROPHE.sub("", transliterate(text).lower())
    return tuple(RE_WORD.findall(text))


def _read_again(text: str) -> str:
    """UTF-8 that was read as Latin-1, as it was meant: ``HÃ¤rder`` is ``Härder``."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


LONGEST_SLUG = 80
"""More of a text is in no address."""


def slug(text: str) -> str:
    """``text`` as a part of an address: lower-case ASCII words with hyphens.

    >>> slug("Çağatay Yıldız")
    'cagatay-yildiz'
    """
    found = "-".join(fold_words(text))[:LONGEST_SLUG].rstrip("-")
    return "index-x" if found == "index" else found  # a website keeps the page of a folder under that name

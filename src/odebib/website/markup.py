"""Text of the data as markup: everything escaped, ``$…$`` as MathML, case braces gone.

The mathematics comes from anybody, and the library that turns it into MathML
passes text through as it stands; so its result is rebuilt here from the
elements and attributes of MathML Core that such formulas need, and nothing else.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from latex2mathml import converter
from markupsafe import Markup, escape

from odebib.text import emphasis, mathematics

RE_MATH = re.compile(r"(?<!\\)\$(?=[^\s$])((?:[^$\\]|\\.)*?[^\s$\\]|[^\s$])\$(?!\d)")
"""Mathematics in text, by Pandoc's rule: no space inside the dollars, no digit after them ("$5 and $10")."""

ELEMENTS = frozenset(
    (
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "ms",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "mroot",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "mpadded",
        "mphantom",
        "menclose",
        "mmultiscripts",
        "mprescripts",
        "none",
    )
)
"""The MathML elements that may appear on a page."""
ATTRIBUTES = frozenset(
    (
        "display",
        "mathvariant",
        "stretchy",
        "fence",
        "form",
        "separator",
        "accent",
        "accentunder",
        "largeop",
        "movablelimits",
        "symmetric",
        "lspace",
        "rspace",
        "linethickness",
        "minsize",
        "maxsize",
        "width",
        "height",
        "depth",
        "displaystyle",
        "scriptlevel",
        "columnalign",
        "rowspacing",
        "columnspacing",
    )
)
"""The MathML attributes that may appear on a page; none holds an address or a script."""
LONGEST_FORMULA = 400
"""Formulas beyond this are shown as TeX: what is longer is no formula of a title or an abstract."""


@lru_cache(maxsize=65536)
def rich(text: str) -> Markup:
    """``text`` as markup: mathematics as MathML, emphasis, the braces that keep case in BibTeX left out.

    >>> rich("{ODE} & <b> in *Drosophila*")
    Markup('ODE &amp; &lt;b&gt; in <em>Drosophila</em>')
    """
    parts = map(_with_formulas, emphasis.split(text))
    return Markup("").join(
        Markup("<em>{}</em>").format(part) if index % 2 else part for index, part in enumerate(parts)
    )


def _with_formulas(text: str) -> Markup:
    if "$" not in text:
        return escape(without_braces(text))
    pieces = RE_MATH.split(text)
    return Markup("").join(
        formula(piece) if index % 2 else escape(without_braces(piece)) for index, piece in enumerate(pieces)
    )


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """``text`` for places that take no markup, such as a page's title: formulas as their TeX, bare.

    >>> plain("{ODE}$^2$VAE")
    'ODE^2VAE'
    """
    return without_braces(emphasis.without(RE_MATH.sub(r"\1", text)))


def without_braces(text: str) -> str:
    """``text`` without ``{`` and ``}``, which mean something only to BibTeX."""
    return text.replace("{", "").replace("}", "") if "{" in text or "}" in text else text


@lru_cache(maxsize=8192)
def formula(tex: str) -> Markup:
    """A formula as MathML, or as its TeX where it cannot be read.

    >>> formula("N^2")
    Markup('<math><mrow><msup><mi>N</mi><mn>2</mn></msup></mrow></math>')
    """
    if len(tex) > LONGEST_FORMULA or mathematics.fault(tex.strip()):
        return _as_tex(tex)
    try:
        element = converter.convert_to_element(tex)
        return Markup(_clean(element))
    except Exception:  # the library raises whatever broken TeX happens to trip it over
        return _as_tex(tex)


def _as_tex(tex: str) -> Markup:
    return Markup('<span class="ob-tex">{}</span>').format(f"${tex}$")


def _clean(element: Element) -> str:
    """An element rebuilt from what is allowed; an unknown one is replaced by what it holds."""
    inner = _text(element.text) + "".join(_clean(child) + _text(child.tail) for child in element)
    name = element.tag
    if name not in ELEMENTS:
        return inner
    attributes = "".join(
        f' {key}="{_text(value)}"'
        for key, value in element.attrib.items()
        if key in ATTRIBUTES and (key, value) != ("display", "inline")
    )
    return f"<{name}{attributes}>{inner}</{name}>"


def _text(text: str | None) -> str:
    """Text as the library means it: it writes characters as entities, which are resolved first."""
    return html.escape(html.unescape(text)) if text else ""

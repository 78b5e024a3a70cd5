r"""Plain text from the markup that services send: HTML, JATS, MathML, LaTeX.

What is left is Unicode with mathematics between dollar signs, as entries hold
it. The markup is untrusted: it is parsed, never passed on, and a tag that is
none (``a<b``) stays what it is.

>>> of_markup("<jats:title>Abstract</jats:title><jats:p>Of order <jats:italic>h</jats:italic>"
...           "<jats:sup>2</jats:sup> &amp; more.</jats:p>")
'Of order h$^{2}$ & more.'
>>> of_markup("<mml:math><mml:msup><mml:mi>L</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> theory")
'$L^{2}$ theory'
>>> of_markup("if x<y and y>z")
'if x<y and y>z'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from odebib.text import latex
from odebib.text.folding import RE_UNPRINTABLE
from odebib.text.macros import RE_SCRIPT, script

LONGEST = 20_000
"""Characters of markup beyond which it is no title or abstract."""

BLOCKS = frozenset(
    ["p", "div", "sec", "title", "label", "br", "li", "list-item", "list", "ul", "ol", "h1", "h2", "h3",
     "h4", "h5", "h6", "table", "tr", "section", "article", "header", "dd", "dt", "blockquote",
     "disp-formula"]
)  # fmt: skip
"""Elements that stand in lines of their own."""
INLINE = frozenset(
    ["a", "abbr", "abstract", "b", "bold", "body", "cite", "code", "em", "emphasis", "ext-link", "font",
     "html", "i", "inline-formula", "italic", "monospace", "named-content", "nobr", "overline", "q",
     "roman", "sc", "scp", "small", "small-caps", "span", "strike", "strong", "styled-content", "td", "th",
     "tt", "u", "underline", "uri", "wbr", "xref", "alternatives", "inline-graphic", "img", "inf", "sup",
     "sub", "trans-abstract", "head", "main", "tex-math", "math", "annotation", "semantics", "o:p", "font"]
)  # fmt: skip
"""Elements whose text is part of the text around them."""
DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "object", "graphic", "media", "fn"})
"""Elements whose text nobody reads."""
VOID = frozenset({"br", "img", "wbr", "inline-graphic", "graphic", "meta", "link", "hr", "input"})
"""Elements that are never closed."""

BREAK = "\ue001"
"""Stands where a paragraph ends."""
JOIN = "\ue000"
"""Stands behind a heading, where the paragraph after it goes on."""
RE_HEADING = re.compile(r"(?:abstract|summary|zusammenfassung|résumé)[.:]?", re.IGNORECASE)
RE_LEADING = re.compile(r"(?:abstract|summary)\s*(?:[.:—–-]\s+|\n)", re.IGNORECASE)
"""How an abstract begins that repeats its heading."""
RE_ESCAPED = re.compile(
    r"<(?:/?(?:i|b|em|sub|sup|p|strong|scp|tt|span|br)|(?:jats|mml):[\w-]+)\b[^<>]{0,200}>"
)
"""Markup that was escaped once too often."""
RE_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|$)", re.DOTALL)


def of_markup(text: str) -> str:
    """The text of HTML, JATS or a mixture, paragraphs kept, mathematics as TeX between dollar signs."""
    return _without_heading("\n\n".join(_paragraphs(text)))


def title_of_markup(text: str) -> str:
    """As :func:`of_markup`, in one line."""
    return " ".join(_paragraphs(text))


def holds_markup(text: str) -> bool:
    """Whether a text has tags or entities of HTML.

    >>> holds_markup("a<sub>2</sub>"), holds_markup("a < b & c")
    (True, False)
    """
    return bool(RE_MARKUP.search(text))


RE_MARKUP = re.compile(r"</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>]{0,2000})?/?>|&#?\w{1,24};|<!--")


def _paragraphs(text: str) -> list[str]:
    text = re.sub(f"[{BREAK}{JOIN}]", "", text[:LONGEST])
    found = _parsed(text) if "<" in text or "&" in text else re.sub(r"\n[ \t\r]*\n", BREAK, text)
    if RE_ESCAPED.search(found):
        found = _parsed(found)
    found = re.sub(f"{JOIN}[\\s{BREAK}]*", "", found)
    paragraphs = (" ".join(RE_UNPRINTABLE.sub("", part).split()) for part in found.split(BREAK))
    return [paragraph for paragraph in paragraphs if paragraph]


def of_latex(text: str) -> str:
    r"""The text of LaTeX as arXiv takes it, in one line.

    >>> of_latex("Schr\\\"odinger's \\emph{equation} at\n  $O(1/\\epsilon)$ 100% of it")
    "Schrödinger's equation at $O(1/\\epsilon)$ 100% of it"
    """
    return _without_heading(latex.decode(RE_UNPRINTABLE.sub("", text[:LONGEST])))


def _without_heading(text: str) -> str:
    match = RE_LEADING.match(text)
    return text[match.end() :].strip() if match else text


def _parsed(text: str) -> str:
    parser = _Parser()
    parser.feed(text)  # never closed: what cannot be finished would be tried again at each sign
    return parser.text() + parser.rawdata


@dataclass
class _Element:
    """An open element: its name without prefix, and the text found in it."""

    name: str
    parts: list[str] = field(default_factory=list)


class _Parser(HTMLParser):
    """Turns elements into text from the inside out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Element("")]
        self.math: list[_Math] = []

    def text(self) -> str:
        """Everything found, elements that were never closed too."""
        while len(self.open) > 1:
            self._close()
        return "".join(self.open[0].parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins, or something that only looks so."""
        name = _bare(tag)
        if attrs and all(value is None for _, value in attrs):
            self.handle_data(self.get_starttag_text() or "")  # "a<b and c>d" has words, no attributes
        elif self.math or name == "math":
            self.math.append(_Math(name, dict(attrs).get("encoding") or ""))
        elif name in VOID:
            self.open[-1].parts.append(BREAK if name == "br" else "")
        elif name in BLOCKS or name in INLINE or name in DROPPED or ":" in tag:
            self.open.append(_Element(name))
        else:
            self.open[-1].parts.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that holds nothing."""
        name = _bare(tag)
        if self.math:
            self.math[-1].parts.append(_Math(name))
        elif name in BLOCKS:
            self.open[-1].parts.append(BREAK)

    def handle_endtag(self, tag: str) -> None:
        """An element ends; those inside it that were never closed end with it."""
        name = _bare(tag)
        if self.math:
            self._close_math(name)
        elif any(element.name == name for element in self.open[1:][-20:]):
            while self.open[-1].name != name:
                self._close()
            self._close()

    def handle_data(self, data: str) -> None:
        """Text."""
        if self.math:
            self.math[-1].parts.append(data)
        else:
            before = "".join(self.open[-1].parts[-1:])
            gap = " " if before.endswith("$") and RE_WORD_AT_START.match(data) else ""
            self.open[-1].parts.append(gap + data)

    def _close(self) -> None:
        element = self.open.pop()
        self.open[-1].parts.append(_written(element))

    def _close_math(self, name: str) -> None:
        if not any(element.name == name for element in self.math[-20:]):
            return
        while True:
            element = self.math.pop()
            if not self.math:
                before = "".join(self.open[-1].parts[-1:])
                gap = " " if RE_WORD_AT_END.search(before) else ""
                self.open[-1].parts.append(gap + _formula(_tex(element)))
                return
            self.math[-1].parts.append(element)
            if element.name == name:
                return


RE_WORD_AT_END = re.compile(r"(?:\b[a-z]{2,}|[,;:.])$")
RE_WORD_AT_START = re.compile(r"[a-z]{3,}")
"""Words that touch a formula, because Crossref's deposits lose the space between."""


def _bare(tag: str) -> str:
    return tag.rpartition(":")[2].lower()


def _written(element: _Element) -> str:
    """The text of an element whose inside is text already."""
    name, inner = element.name, "".join(element.parts)
    if name in DROPPED:
        return ""
    if name in {"title", "label"}:
        heading = inner.strip()
        return (
            ""
            if RE_HEADING.fullmatch(heading)
            else f"{BREAK}{heading.rstrip('.:')}. {JOIN}"
            if heading
            else ""
        )
    if name in {"sup", "sub", "inf"} and RE_SCRIPT.fullmatch(inner.strip()):
        return script("^" if name == "sup" else "_", inner)
    if name == "tex-math":
        return _of_tex_document(inner)
    if name == "alternatives":
        formulas = re.findall(r"\$[^$]+\$", inner)
        return formulas[0] if formulas else inner
    return f"{BREAK}{inner}{BREAK}" if name in BLOCKS else inner


def _of_tex_document(text: str) -> str:
    """The formula of a whole LaTeX document around it, as Springer writes them."""
    match = RE_DOCUMENT.search(text)
    return _formula((match[1] if match else text).strip().strip("$").strip())


def _formula(tex: str) -> str:
    """A formula between dollar signs; one that is only a word or number needs none."""
    tex = " ".join(tex.split())
    if not tex or "$" in tex or tex.count("{") != tex.count("}"):
        return tex.replace("$", "")
    return tex if re.fullmatch(r"[\d.,%]+", tex) else f"${tex}$"


# -- MathML ----------------------------------------------------------------------------------

DEEPEST = 40


@dataclass
class _Math:
    """An element of MathML: its children are elements and text."""

    name: str
    encoding: str = ""
    parts: list[_Math | str] = field(default_factory=list)

    @property
    def children(self) -> list[_Math]:
        """The elements inside, as MathML counts them."""
        return [part for part in self.parts if isinstance(part, _Math)]


SIGNS = {sign: f"\\{sign}" for sign in "{}%#&_"} | {"−": "-", "\xa0": " ", "$": ""}
"""Signs that TeX needs written otherwise."""
SIGNS |= dict.fromkeys("\u2061\u2062\u2063\u200b", "")
ACCENTS = {"^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "¯": "bar", "‾": "bar", "→": "vec", "˙": "dot"}


def _tex(element: _Math, depth: int = 0) -> str:
    """MathML as TeX; an element that is not known is what it holds."""
    if depth > DEEPEST:
        return ""
    given = next((e for e in element.children if e.name == "annotation" and "tex" in e.encoding), None)
    if given is not None:
        return "".join(part for part in given.parts if isinstance(part, str)).strip().strip("$")
    if element.name in {"annotation", "annotation-xml"}:
        return ""
    children = [_tex(child, depth + 1) for child in element.children]
    written = _of_children(element.name, children)
    if written is not None:
        return written
    inside = [
        _tex(part, depth + 1) if isinstance(part, _Math) else _token(element.name, part)
        for part in element.parts
    ]
    return "".join(inside)


def _of_children(name: str, parts: list[str]) -> str | None:
    """The elements that stand for a place of their children."""
    match name, parts:
        case "msub" | "munder", [base, low]:
            return f"{base}_{{{low}}}"
        case "msup", [base, high]:
            return f"{base}^{{{high}}}"
        case "mover", [base, high]:
            return f"\\{ACCENTS[high]}{{{base}}}" if high in ACCENTS else f"{base}^{{{high}}}"
        case "msubsup" | "munderover", [base, low, high]:
            return f"{base}_{{{low}}}^{{{high}}}"
        case "mfrac", [over, under]:
            return f"\\frac{{{over}}}{{{under}}}"
        case "mroot", [base, index]:
            return f"\\sqrt[{index}]{{{base}}}"
        case "msqrt", _:
            return f"\\sqrt{{{''.join(parts)}}}"
        case "mfenced", _:
            return f"({','.join(parts)})"
    return None


def _token(name: str, text: str) -> str:
    """The text of a letter, number or sign."""
    text = "".join(SIGNS.get(char, char) for char in text.strip().replace("\\", ""))
    if name == "mi" and len(text) > 1:
        return f"\\mathrm{{{text}}}"
    if name == "mtext" and text:
        return f"\\text{{{text}}}"
    return text

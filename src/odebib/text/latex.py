"""LaTeX in bibliographies: to Unicode when reading, to ASCII when writing.

Mathematics between dollar signs is left alone in both directions. Decoding is
pylatexenc's; what is added here is what BibTeX files do that LaTeX documents
do not: raw ``%`` and ``&``, braces that only protect case, broken braces.
Encoding wraps every letter as a BibTeX "special character" (``{\\"o}``), which
sorts rightly and swallows no space, and stacks the accents that
pylatexenc's table does not have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from pylatexenc import latexencode
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_walker_db
from pylatexenc.macrospec import std_macro

from odebib.text import mathematics
from odebib.text.macros import RE_MATH, closing, resolve

RE_LATEX = re.compile(r"[\\{}~%$^_]|--|``|''|[!?]`")
"""What makes text worth decoding."""
RE_ADDRESS = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}")
RE_RAW_SPECIAL = re.compile(r"(?<!\\)[%&#]")
RE_BREAK = re.compile(
    r"\\(?:newline|linebreak|par|newblock|protect|relax|allowbreak)(?![A-Za-z])\s*|\\[,;:!/-]\s*"
)
RE_NEW_LINE = re.compile(r"\\\\\*?(?:\[[^\[\]]{0,20}\])?(?:\{\})?|\\(?:newline|linebreak|par)(?![A-Za-z])")
RE_FONT_SWITCH = re.compile(
    r"\\(?:bf|it|em|rm|sc|sl|tt|sf|bfseries|itshape|scshape|upshape|normalfont|mathrm)(?![A-Za-z])\s*"
)
MAX_DEPTH = 40
"""Braces nested deeper are nobody's text."""
MAX_TITLE = 2000
"""In longer titles no braces are kept."""
OPEN, CLOSE = "\ue010", "\ue011"
"""Stand for braces that protect case while the rest is decoded."""


def decode(text: str) -> str:
    r"""LaTeX as Unicode text; mathematics stays as it is, braces vanish.

    >>> decode(r"Poincar{\'e} and {\O}ksendal -- na\"{\i}ve {ODE}s in $\mathbb{R}^n$")
    'Poincaré and Øksendal – naïve ODEs in $\\mathbb{R}^n$'
    """
    if not RE_LATEX.search(text):
        return " ".join(text.split())
    return " ".join(_decode(text).split())


def decode_title(title: str) -> str:
    r"""As :func:`decode`, but braces that protect the case of a word inside the title stay.

    >>> decode_title("Neural {ODE}s for {B}ayes"), decode_title("{{Neural Ordinary Equations}}")
    ('Neural {ODE}s for {B}ayes', 'Neural Ordinary Equations')
    """
    title = resolve(title)
    if "{" not in title or len(title) > MAX_TITLE:
        return decode(title)
    return " ".join(_decode(_mark_protected(title)).replace(OPEN, "{").replace(CLOSE, "}").split())


def _mark_protected(title: str) -> str:
    """The title with marks for the braces that protect case."""
    title = title.strip()
    while title.startswith("{") and closing(title, 0) == len(title) - 1 and not title.startswith("{\\"):
        title = title[1:-1].strip()
    marked, i = "", 0
    for math in [*RE_MATH.finditer(title), None]:
        stop = math.start() if math else len(title)
        while i < stop:
            piece, i = _marked_piece(title, i, stop)
            marked += piece
        if math:
            marked, i = marked + math[0], math.end()
    if marked.count(OPEN) > max(2, len(title.split()) / 2):  # a habit of the program that wrote it
        return marked.replace(OPEN, "").replace(CLOSE, "")
    return marked


def _marked_piece(title: str, start: int, stop: int) -> tuple[str, int]:
    """The group that begins at ``start``, or the character there, with its marks; and where it ends."""
    end = closing(title, start) if title[start] == "{" else -1
    is_argument = title[start - 1 : start] == "\\" or RE_COMMAND_AT_END.search(title[:start])
    if not start < end < stop or is_argument:
        return title[start], start + 1
    inner = title[start + 1 : end]
    if inner.startswith("\\") or not re.search(r"[^\W\d_]", inner):
        return title[start : end + 1], end + 1
    if "\\" not in inner:
        inner = re.sub("[{}]", "", inner)
    return f"{OPEN}{inner}{CLOSE}", end + 1


RE_COMMAND_AT_END = re.compile(r"\\[A-Za-z'\"`^~=.]+\*?\s*$")


@lru_cache(maxsize=65536)
def _decode(text: str) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        whole = match[0]
        if match.re is RE_ADDRESS:
            whole = match[1].replace("\\", "")
        elif whole.startswith("\\("):
            whole = f"${whole[2:-2].strip()}$"
        kept.append(whole)
        return f"\ue020{len(kept) - 1}\ue021"

    text = re.sub("[\ue020\ue021]", "", text)
    text = RE_MATH.sub(keep, RE_ADDRESS.sub(keep, resolve(text)))
    text = _decode_outside_math(text)
    for _ in range(2):  # an address may stand inside mathematics
        text = re.sub("\ue020(\\d+)\ue021", lambda match: kept[int(match[1])], text)
    return text


def _decode_outside_math(text: str) -> str:
    text = RE_FONT_SWITCH.sub("", RE_BREAK.sub(_of_break, RE_NEW_LINE.sub(" ", text)))
    text = text.replace("!`", "¡").replace("?`", "¿")
    if "\\" not in text:
        return _plain(text)
    text = RE_RAW_SPECIAL.sub(lambda match: "\\" + match[0], text)
    text = re.sub(r"(?<!\\)\$", r"\\$", text)
    if _depth(text) > MAX_DEPTH:
        return _plain(text)
    try:
        return unicodedata.normalize(
            "NFC",
            _TO_TEXT.latex_to_text(text, tolerant_parsing=True, latex_context=_MACROS).replace("\u00a0", " "),
        )
    except Exception:  # pylatexenc raises errors of many kinds on broken input; none may reach a user
        return _plain(text)


def _of_break(match: re.Match[str]) -> str:
    """A space that is wide enough to be one; a place where a line may end is none."""
    return " " if match[0][1] in ",:;" else ""


def _plain(text: str) -> str:
    """Text without commands: only braces, ties, dashes and quotes are to be done."""
    text = re.sub(r"(?<!\\)[{}]", "", text).replace("~", " ")
    for latex, char in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("\\{", "{"), ("\\}", "}")):
        text = text.replace(latex, char)
    return text


def _depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        if char == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif char == "}":
            depth -= 1
    return deepest


def _to_text() -> LatexNodes2Text:
    """pylatexenc's converter, with the commands that bibliographies use besides."""
    context = get_default_latex_context_db()
    context.add_context_category(
        "bibliographies",
        prepend=True,
        macros=[
            MacroTextSpec("dj", "đ"),
            MacroTextSpec("DJ", "Đ"),
            MacroTextSpec("texttildelow", "~"),
            MacroTextSpec("textasciitilde", "~"),
            MacroTextSpec("textasciicircum", "^"),
            MacroTextSpec("textless", "<"),
            MacroTextSpec("textgreater", ">"),
            MacroTextSpec("textbar", "|"),
            MacroTextSpec("textbraceleft", "{"),
            MacroTextSpec("textbraceright", "}"),
            MacroTextSpec("item", " "),
            MacroTextSpec("footnote", ""),
            MacroTextSpec("thanks", ""),
            MacroTextSpec("cite", ""),
            MacroTextSpec("citep", ""),
            MacroTextSpec("citet", ""),
        ],
    )
    return LatexNodes2Text(
        latex_context=context, math_mode="verbatim", strict_latex_spaces=True, keep_comments=True
    )


_TO_TEXT = _to_text()
_MACROS = get_default_walker_db()
_MACROS.add_context_category(
    "bibliographies",
    prepend=True,
    macros=[std_macro(name, False, 1) for name in ("cite", "citep", "citet", "footnote", "thanks")],
)
"""What pylatexenc must know to find the arguments of these commands."""

# -- Writing -----------------------------------------------------------------------------

LETTERS = {
    "ß": "ss", "ẞ": "SS", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "dj", "Đ": "DJ", "ı": "i", "ȷ": "j",
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "å": "aa", "Å": "AA", "þ": "th", "Þ": "TH", "ð": "dh",
    "Ð": "DH",
    "ŋ": "ng", "Ŋ": "NG",
}  # fmt: skip
"""Letters that are a command of their own."""
ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
    "\u0331": "b",
}  # fmt: skip
"""Combining accents and the commands for them."""
BELOW = frozenset("\u0323\u0327\u0328\u0331")
DOTLESS_BY_THEMSELVES = frozenset("ìíîï")
"""LaTeX takes the dot off; biber does not understand it where it is told to."""
SPECIALS = {
    "&": "\\&", "%": "\\%", "#": "\\#", "_": "\\_", "$": "\\$", "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "\\": "\\textbackslash{}",
}  # fmt: skip
"""Characters that mean something to TeX."""
BRACES = {"{": "\\{", "}": "\\}"}
LONE_BRACES = {"{": "\\textbraceleft{}", "}": "\\textbraceright{}"}
"""Braces where they do not come in pairs: BibTeX counts those behind a backslash, too."""
PUNCTUATION = {
    "–": "--", "—": "---", "‐": "-", "‑": "-", "−": "-", "“": "``", "”": "''", "‘": "`", "’": "'",
    "„": ",,", "‚": ",",
    "…": "\\ldots{}", "\u00a0": "~", "\u2002": " ", "\u2003": " ", "\u2009": "\\,", "\u202f": "\\,",
    "\u00ad": "\\-",
    "²": "\\texttwosuperior{}", "³": "\\textthreesuperior{}", "¹": "\\textonesuperior{}",
    "°": "\\textdegree{}",
    "×": "\\ensuremath{\\times}", "·": "\\ensuremath{\\cdot}", "µ": "\\ensuremath{\\mu}",
    "±": "\\ensuremath{\\pm}",
    "ª": "\\textordfeminine{}", "º": "\\textordmasculine{}", "«": "\\guillemotleft{}",
    "»": "\\guillemotright{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\ufffd": "?",
}  # fmt: skip
RE_PLAIN = re.compile(r"[A-Za-z0-9 .,:;()/'?!+=*@\[\]-]*")
"""Text that is LaTeX as it stands."""
RE_WRITTEN_MATH = re.compile(
    r"(?<!\\)(?:\$\$((?:[^$\\]|\\.){1,2000})\$\$|\$((?:[^$\\]|\\.){1,2000})\$|\\\(((?:[^\\]"
    r"|\\[^()]){1,2000})\\\))",
    re.DOTALL,
)
"""What may be mathematics in text that is to be written."""
RE_CLUSTER = re.compile(r"\\[$&%#_{}]|[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL)
"""What is escaped already, or a character with the accents that combine with it."""

Char = Callable[[str], str]


def encode(text: str) -> str:
    r"""Unicode text as ASCII LaTeX; mathematics stays, letters that LaTeX has no command for, too.

    >>> print(encode("Đặng Nguyễn & Øksendal – “Göğüş”"))
    {\DJ}{\d{\u{a}}}ng Nguy{\~{\^{e}}}n \& {\O}ksendal -- ``G{\"o}{\u{g}}{\"u}{\c{s}}''
    """
    return _write(text, _ascii, grouping=False)


def encode_title(title: str) -> str:
    r"""As :func:`encode`, but pairs of braces stay what they are: they keep the case of a word.

    >>> encode_title("Neural {ODEs}"), encode("the set {0, 1}"), encode_title("a lone { brace")
    ('Neural {ODEs}', 'the set \\{0, 1\\}', 'a lone \\textbraceleft{} brace')
    """
    return _write(title, _ascii, grouping=True)


def escape(text: str) -> str:
    r"""Text for LaTeX that knows Unicode: as :func:`encode`, but letters stay letters.

    >>> escape("Đặng & Øksendal")
    'Đặng \\& Øksendal'
    """
    return _write(text, _unicode, grouping=False)


def escape_title(title: str) -> str:
    """As :func:`escape`, but pairs of braces keep the case of a word."""
    return _write(title, _unicode, grouping=True)


def split_math(text: str) -> list[str]:
    """Text and mathematics in turn, beginning with text; mathematics without its dollar signs.

    Dollars around something that cannot be mathematics are text, such as those
    of prices or around braces without a partner.

    >>> split_math("Learning in $O(N)$ steps"), split_math("from $5 to $10")
    (['Learning in ', 'O(N)', ' steps'], ['from $5 to $10'])
    """
    parts, start = [], 0
    for match, body in _formulas(text):
        if mathematics.fault(body) is None:
            parts += [text[start : match.start()], body]
            start = match.end()
    return [*parts, text[start:]]


def refused_math(text: str) -> Iterator[tuple[str, str]]:
    r"""Each formula that is written as text, because it must not run in anybody's TeX, and why.

    >>> list(refused_math(r"On $\mathbb{R}$ and $\input{x}$"))
    [('\\input{x}', '`\\input`')]
    """
    for _, body in _formulas(text):
        if found := mathematics.fault(body):
            yield body, found


def _formulas(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """What looks like mathematics, with what stands within its signs."""
    for match in RE_WRITTEN_MATH.finditer(text):
        body = match[1] or match[2] or match[3]
        if _is_math(body, text[match.end() : match.end() + 1]):
            yield match, body.strip()


def _is_math(body: str, following: str) -> bool:
    if not body.strip() or not are_paired(body):
        return False
    if re.search(r"[\\^_={}<>]", body):
        return True
    return body == body.strip() and not following.isdigit()


def are_paired(text: str) -> bool:
    """Whether every brace has its partner, as BibTeX counts: also those behind a backslash."""
    depth = 0
    for match in re.finditer(r"[{}]", text):
        depth += 1 if match[0] == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _write(text: str, char: Char, *, grouping: bool) -> str:
    if RE_PLAIN.fullmatch(text):
        return text
    parts = split_math(unicodedata.normalize("NFC", text))
    paired = are_paired("".join(parts[::2]))
    braces = LONE_BRACES if not paired else {"{": "{", "}": "}"} if grouping else BRACES
    return "".join(
        f"${_write_math(part)}$" if index % 2 else _write_text(part, char, braces)
        for index, part in enumerate(parts)
    )


def _write_text(text: str, char: Char, braces: dict[str, str]) -> str:
    text = re.sub(r'(^|[\s(\[{])"(?=\S)', r"\1``", text).replace('"', "''")
    return "".join(
        braces.get(cluster.removeprefix("\\")) or char(cluster) for cluster in RE_CLUSTER.findall(text)
    )


def _write_math(math: str) -> str:
    """Mathematics with what would end the line or the table taken care of."""
    special = "[%#]" if "\\begin{" in math else "[%#&]"
    math = re.sub(rf"(?<!\\)((?:\\\\)*)({special})", r"\1\\\2", math)
    if math.isascii():
        return math
    return "".join(char if char.isascii() else _math_char(char) for char in math)


def _math_char(char: str) -> str:
    """A character within mathematics; what becomes letters must not lengthen a command's name."""
    written = re.sub(r"^\\ensuremath\{(.*)\}$", r"\1 ", _ascii(char))
    return f"{{{written}}}" if written.isascii() and written.isalnum() else written


@lru_cache(maxsize=8192)
def _ascii(cluster: str) -> str:
    """A character, with its accents, as ASCII LaTeX; itself if there is no way."""
    if len(cluster) == 2 and cluster[0] == "\\":
        return cluster
    if cluster in SPECIALS or cluster in PUNCTUATION:
        return SPECIALS.get(cluster) or PUNCTUATION[cluster]
    if cluster.isascii():
        return cluster
    if cluster in LETTERS:
        return f"{{\\{LETTERS[cluster]}}}"
    if unicodedata.category(cluster[0]) == "Cf":
        return ""
    return _accented(cluster) or _known(cluster)


@lru_cache(maxsize=8192)
def _unicode(cluster: str) -> str:
    """A character as LaTeX that knows Unicode wants it."""
    if cluster in SPECIALS:
        return SPECIALS[cluster]
    if cluster in "“”‘’–—\u00a0<>|":
        return PUNCTUATION[cluster]
    return "" if unicodedata.category(cluster[0]) == "Cf" else cluster


def _accented(cluster: str) -> str | None:
    """A letter with its accents stacked: those above first, those below around them."""
    base, *marks = list(unicodedata.normalize("NFD", cluster))
    dotless = not set(marks) <= BELOW and cluster not in DOTLESS_BY_THEMSELVES
    inner = _accented_letter(base, dotless=dotless)
    if not marks or not inner or not all(mark in ACCENTS for mark in marks):
        return None
    ordered = sorted(marks, key=lambda mark: mark in BELOW)
    for mark in ordered:
        command = ACCENTS[mark]
        simple = len(ordered) == 1 and not command.isalpha() and not inner.startswith("\\")
        inner = f"\\{command}{inner}" if simple else f"\\{command}{{{inner}}}"
    return f"{{{inner}}}"


def _accented_letter(base: str, *, dotless: bool) -> str:
    """A letter as it stands below an accent; empty if none can stand there."""
    if base in "ij" and dotless:
        return f"\\{base}"
    if base.isascii() and base.isalpha():
        return base
    return f"\\{LETTERS[base]}" if base in LETTERS else ""


def _known(cluster: str) -> str:
    """What pylatexenc's table has for a character, or the character itself."""
    latex = _TABLE.get(ord(cluster)) if len(cluster) == 1 else None
    if latex is None or (
        unicodedata.category(cluster).startswith("L") and not latex.startswith("\\ensuremath")
    ):
        plain = unicodedata.normalize("NFKC", cluster)  # a ligature or a letter of another width
        return plain if plain.isalnum() and plain.isascii() else cluster
    return f"{latex}{{}}" if re.search(r"\\[A-Za-z]+$", latex) else str(latex)


_TABLE: dict[int, str] = latexencode.get_builtin_uni2latex_dict()

r"""Commands of LaTeX by what they print: conditionals, links, quotes, logos and signs.

They are resolved before the rest is decoded, because what pylatexenc does not
know it leaves out, and a word that vanishes from a title is not missed.

>>> resolve(r"A \LaTeX\ primer: \href{https://a.org/b%20c}{the {ODE} way}, \enquote{so}")
'A LaTeX primer: the {ODE} way, “so”'
>>> resolve(r"Ho\ifmmode \check{r}\else \v{r}\fi{}ava")
'Ho\\v{r}ava'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

RE_MATH = re.compile(
    r"(?<!\\)\$\$(?:[^$\\]|\\.){1,2000}\$\$|(?<!\\)\$(?:[^$\\]|\\.){1,2000}\$"
    r"|\\\((?:[^\\]|\\[^()]){0,500}\\\)"
)
"""Mathematics: ``$…$``, ``$$…$$``, ``\\(…\\)``; ``$a$$b$`` are two formulae."""

LOGOS = {
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "BibLaTeX": "BibLaTeX",
    "pdfTeX": "pdfTeX", "pdfLaTeX": "pdfLaTeX", "XeTeX": "XeTeX", "XeLaTeX": "XeLaTeX", "LuaTeX": "LuaTeX",
    "LuaLaTeX": "LuaLaTeX", "ConTeXt": "ConTeXt", "MiKTeX": "MiKTeX", "PiCTeX": "PiCTeX",
    "SLiTeX": "SliTeX", "AmSTeX": "AMSTeX", "AmSLaTeX": "AMSLaTeX", "AmS": "AMS", "AMS": "AMS",
    "METAFONT": "METAFONT", "METAPOST": "METAPOST", "MF": "METAFONT", "MP": "METAPOST",
    "KOMAScript": "KOMA-Script",
    "NTS": "NTS", "LyX": "LyX", "eTeX": "eTeX", "OMEGA": "Omega",
}  # fmt: skip
"""Words with a look of their own; a space behind them is one, though TeX would swallow it."""

SIGNS = {
    "copyright": "©", "P": "¶", "S": "§", "ddag": "‡", "textdaggerdbl": "‡", "pounds": "£",
    "euro": "€", "EUR": "€",
    "slash": "/", "textunderscore": r"\_", "textminus": "−", "minus": "−", "textquotedbl": '"',
    "checkmark": "✓", "SS": "ẞ", "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»",
    "flq": "‹", "frq": "›", "og": "« ", "fg": " »", "hyp": "-", "textnhyphen": "‑", "nobreakdash": "",
    "nobreakspace": "~", "space": " ", "enspace": " ", "quad": " ", "qquad": " ", "thinspace": " ",
    "leavevmode": "", "bibrangedash": "–", "bibdash": "—", "textsubtilde": "", "dag": "†", "textapprox": "≈",
    "textle": "≤", "textge": "≥", "textne": "≠", "textinfty": "∞", "textprime": "′",
    "textasteriskcentered": "*",
    "textperiodcentered": "·", "degree": "°", "celsius": "°C", "textcelsius": "°C", "micro": "µ", "ohm": "Ω",
    "permil": "‰", "perthousand": "‰", "texthyphen": "-", "textquotesingle": "'", "newblock": "",
}  # fmt: skip
"""Signs by the commands that print them."""

GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
    *("nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
LETTERS = dict(zip(GREEK, "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
SIGNS |= {f"text{name}": letter for name, letter in LETTERS.items()}
SIGNS |= {f"text{name.capitalize()}": letter.upper() for name, letter in LETTERS.items()}
SIGNS |= {f"up{name}": letter for name, letter in LETTERS.items()}

ACCENTS = {
    "G": "\u030f", "U": "\u030d", "h": "\u0309", "f": "\u0311", "textcommabelow": "\u0326", "cb": "\u0326",
    "textogonekcentered": "\u0328", "ogonek": "\u0328", "cedilla": "\u0327", "textsubdot": "\u0323",
    "textsubring": "\u0325", "textsubbreve": "\u032e", "textsubbar": "\u0331",
}  # fmt: skip
"""Accents that pylatexenc does not know, as the characters that combine with the letter before them."""

ORDINALS = frozenset({"st", "nd", "rd", "th", "tm", "er", "e", "re", "ème", "o", "a", "®", "™"})
RE_SCRIPT = re.compile(r"[\w+*−-]{1,20}")


def script(sign: str, inner: str) -> str:
    """Something raised or lowered: an ordinal's ending is text, a number or letter mathematics."""
    bare = inner.strip()
    if not RE_SCRIPT.fullmatch(bare):
        return inner
    if sign == "^" and (bare.lower() in ORDINALS or (len(bare) > 1 and bare.isalpha() and bare.islower())):
        return bare
    return f"${sign}{{{bare}}}$"


def _formula(inner: str) -> str:
    """A formula; a single sign is left to be one character of the text."""
    is_sign = re.fullmatch(r"\s*\\[A-Za-z]+(?:\s*\{\w\})?\s*", inner)
    return f"{{{inner}}}" if is_sign or "$" in inner else f"${inner.strip()}$"


UNITS = {
    "metre": "m", "meter": "m", "second": "s", "gram": "g", "kilogram": "kg", "kelvin": "K", "hertz": "Hz",
    "volt": "V", "watt": "W", "joule": "J", "pascal": "Pa", "newton": "N", "tesla": "T", "ampere": "A",
    "mole": "mol",
    "kilo": "k", "mega": "M", "giga": "G", "milli": "m", "micro": "µ", "nano": "n", "pico": "p",
    "centi": "c",
    "celsius": "°C", "percent": "%", "per": "/", "square": "", "squared": "²", "cubed": "³", "litre": "l",
    "eV": "eV", "electronvolt": "eV", "degree": "°", "angstrom": "Å", "hour": "h", "minute": "min",
}  # fmt: skip
"""Units and prefixes of siunitx, and what it prints for them."""


def _unit(inner: str) -> str:
    return re.sub(r"\\([A-Za-z]+)\s*", lambda match: UNITS.get(match[1], match[1]), inner)


Printed = Callable[[Sequence[str]], str]

FIRST = (
    *("texttt", "textsf", "textrm", "textup", "textmd", "textsl", "textbf", "textsc", "underline", "uline"),
    *("ce", "num", "ensuretext", "mkbibacro", "autocap", "fbox", "makebox", "hologo", "textls"),
    *("mbox", "hbox", "text", "textnormal", "NoCaseChange", "nocase", "mkbibemph", "bibstring"),
)
"""Commands that print their argument."""
SECOND = (
    *("href", "textcolor", "foreignlanguage", "texorpdfstring", "raisebox", "scalebox", "colorbox"),
    *("bibinfo", "bibfield", "hyperlink", "hypertarget", "textlang", "resizebox"),
)
"""Commands that print the second of their two arguments."""
QUOTED = ("enquote", "mkbibquote", "textquote", "blockquote")
"""Commands that print their argument in quotation marks."""
NOTHING = (
    *("label", "index", "vspace", "footnote", "footnotemark", "thanks", "urlstyle", "selectlanguage"),
    *("phantom", "vphantom", "hphantom", "includegraphics", "natexlab", "nocite", "noopsort", "SortNoop"),
)
"""Commands that print nothing of their argument."""

COMMANDS: dict[str, tuple[int, Printed]] = {
    **dict.fromkeys(FIRST, (1, lambda given: given[0])),
    **dict.fromkeys(SECOND, (2, lambda given: given[1])),
    **dict.fromkeys(QUOTED, (1, lambda given: f"“{given[0]}”")),
    **dict.fromkeys(NOTHING, (1, lambda given: "")),
    "hspace": (1, lambda given: " "),
    "textsuperscript": (1, lambda given: script("^", given[0])),
    "textsubscript": (1, lambda given: script("_", given[0])),
    "ensuremath": (1, lambda given: _formula(given[0])),
    "uppercase": (1, lambda given: given[0].upper()),
    "MakeUppercase": (1, lambda given: given[0].upper()),
    "lowercase": (1, lambda given: given[0].lower()),
    **dict.fromkeys(("SI", "qty"), (2, lambda given: f"{given[0]} {_unit(given[1])}")),
    **dict.fromkeys(("si", "unit"), (1, lambda given: _unit(given[0]))),
    "printfirst": (2, lambda given: given[0]),
    "switchargs": (2, lambda given: given[1] + given[0]),
}
"""How many arguments a command takes, and what it prints of them."""
SINGLE_QUOTES = "‘{}’"

RE_CONDITIONAL = re.compile(
    r"\\ifmmode(?![A-Za-z])((?:(?!\\ifmmode|\\else|\\fi(?![A-Za-z])).){0,300})"
    r"(?:\\else(?![A-Za-z])((?:(?!\\ifmmode|\\fi(?![A-Za-z])).){0,300}))?\\fi(?![A-Za-z])(?:\{\}|[ \t]+)?",
    re.DOTALL,
)
"""The innermost question whether one is within mathematics, as the American Physical Society asks it."""
RE_NAME = re.compile(
    r"\\("
    + "|".join(sorted({*LOGOS, *SIGNS, *ACCENTS, *COMMANDS}, key=len, reverse=True))
    + r")(?![A-Za-z])(\*?)"
)
RE_DIMENSION = re.compile(
    r"\\(?:hskip|vskip|kern|raise|lower|penalty|hspace\*?)\s*\{?-?[\d.]+\s*(?:em|ex|pt|cm|mm|in|sp|mu)?\}?"
    r"(?:\s+(?:plus|minus)\s+[\d.]+\s*(?:em|ex|pt|cm|mm|in|fil+))*(?![A-Za-z])\s?"
)
"""Distances, which print nothing."""
RE_TWICE_ESCAPED = re.compile(r"(?<=\{)\\\\(?=['\"`^~=.][{A-Za-z\\])")
"""A backslash too many before an accent, as programs leave it that escape twice."""
DEEPEST = 8


def outside_math(text: str) -> str:
    r"""The text with ``\ifmmode…\else…\fi`` decided by where it stands."""
    for _ in range(50):
        match = RE_CONDITIONAL.search(text) if "\\ifmmode" in text else None
        if match is None:
            break
        before = text[: match.start()]
        within = len(re.findall(r"(?<!\\)\$", before)) % 2
        chosen = match[1] if within else match[2] or ""
        text = before + chosen.strip() + text[match.end() :]
    return text


def resolve(text: str, depth: int = 0) -> str:
    """The text with the commands known here replaced by what they print; mathematics stays."""
    if "\\" not in text:
        return text
    text = RE_TWICE_ESCAPED.sub(r"\\", RE_DIMENSION.sub("", outside_math(text)))
    formulae = [match.span() for match in RE_MATH.finditer(text)] if "$" in text else []
    pieces: list[str] = []
    done = 0
    for match in RE_NAME.finditer(text):
        if match.start() < done or any(start < match.start() < end for start, end in formulae):
            continue
        printed, end = _printed(match, depth)
        if end > match.start():
            pieces += [text[done : match.start()], printed]
            done = end
    return "".join([*pieces, text[done:]])


def _printed(match: re.Match[str], depth: int) -> tuple[str, int]:
    """What a command prints, and where it ends; before its start if its arguments are not there."""
    name, text = match[1], match.string
    if name in LOGOS or name in SIGNS:
        return _sign(name, text, match.end())
    count, printed = COMMANDS.get(name, (1, lambda given: given[0] + ACCENTS[name]))
    given, end = arguments(text, match.end(), count)
    if given is None or depth > DEEPEST:
        return "", -1
    inner = [resolve(argument, depth + 1) for argument in given]
    if match[2] and name in QUOTED:
        return SINGLE_QUOTES.format(inner[0]), end
    return printed(inner), end


def _sign(name: str, text: str, end: int) -> tuple[str, int]:
    """A word or sign with the space behind it, if there is to be one."""
    printed = LOGOS.get(name) or SIGNS[name]
    if text.startswith("{}", end):
        return printed, end + 2
    if text.startswith("\\ ", end):
        return f"{printed} ", end + 2
    behind = end + len(text[end:]) - len(text[end:].lstrip())
    return printed + (" " if name in LOGOS and behind > end else ""), behind


def arguments(text: str, start: int, count: int) -> tuple[list[str] | None, int]:
    """So many arguments from a place on, and where they end; None if they are not there."""
    found: list[str] = []
    while start < len(text) and text[start] == "[":  # an option, which prints nothing
        start = text.find("]", start) + 1 or len(text)
    for _ in range(count):
        while text[start : start + 1].isspace():
            start += 1
        sign = text[start : start + 1]
        if sign == "{" and (end := closing(text, start)) > 0:
            found.append(text[start + 1 : end])
            start = end + 1
        elif sign.isalnum() and count == 1:
            found.append(sign)
            start += 1
        else:
            return None, start
    return found, start


def closing(text: str, start: int, longest: int = 2000) -> int:
    """Where the brace that opens at ``start`` closes, or -1."""
    depth = 0
    for i in range(start, min(len(text), start + longest)):
        if text[i] in "{}" and text[i - 1 : i] != "\\":
            depth += 1 if text[i] == "{" else -1
            if not depth:
                return i
    return -1


# -- Crossref's ------------------------------------------------------------------------------

CROSSREF_SIGNS = {
    "less": "<", "lt": "<", "greater": ">", "gt": ">", "mathsemicolon": ";", "mathplus": "+",
    "mathcolon": ":",
    "mathcomma": ",", "mathslash": "/", "mathquestion": "?", "matheq": "=", "lbrace": r"\{", "rbrace": r"\}",
}  # fmt: skip
RE_CROSSREF_SIGN = re.compile(r"\$\s*\\(" + "|".join(CROSSREF_SIGNS) + r")\s*(?:\{\})?\s*\$")
RE_CROSSREF_ENTITY = re.compile(r"(?:\{\\&\}|\\&)(?=#?\w{1,10};)")


def unescaped(text: str) -> str:
    r"""The text without what Crossref's .bib makes of the signs of markup.

    >>> unescaped(r"$\less$i$\greater$Tachy$\less$/i$\greater$ {\&}amp$\mathsemicolon$ co.")
    '<i>Tachy</i> &amp; co.'
    """
    if "\\" not in text:
        return text
    return RE_CROSSREF_ENTITY.sub("&", RE_CROSSREF_SIGN.sub(lambda match: CROSSREF_SIGNS[match[1]], text))

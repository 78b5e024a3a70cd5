"""People in .bib files: lists joined by "and", each name in BibTeX's forms or in biber's extended one."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from odebib.sources.citations.author_line import read_people
from odebib.text import latex, macros, names
from odebib.text.folding import RE_UNPRINTABLE
from odebib.text.names import Name

RE_SEPARATOR = re.compile(r"(?<!\\)[{}]|(?:^|(?<=[\s~;]))and(?=[\s~;,]|$)|;", re.IGNORECASE)
"""What may end a name, if it stands in no braces."""
RE_OTHERS = re.compile(r"[{\s,]*(?:others|et\.?\s*al\.?|u\.\s*a\.)[}\s.]*", re.IGNORECASE)
RE_ET_AL_BEHIND = re.compile(r"[,\s]+(?:\(?et\.?\s+al\b\.?\)?|and\s+others)\s*$", re.IGNORECASE)
RE_EXTENDED = re.compile(r"\s*\"?\s*(?:family|given|prefix|suffix|literal|name|id)(?:-i)?\s*=", re.IGNORECASE)
RE_MARK_OF_NOTE = re.compile(r"(?<=\D)\s*\d+$|[*†‡§]+")
"""Marks of footnotes that were copied along."""
OPEN, CLOSE = "\ue030", "\ue031"
"""Stand for braces that hold words of a name together while the rest is decoded."""


RE_NEEDLESS_BRACES = re.compile(r"(?:^|\sand)\s*\{[^\s{},\\]+\},")
"""ADS writes every family name in braces, ``{Marlow}, Ada``; there they say nothing."""
RE_BRACED_PARTICLE = re.compile(r"(^\s*|\sand\s+)\{([a-z][^{}\\]*)\},")


def people(value: str) -> list[Name]:
    """The people of an ``author`` value, as BibTeX and biber split names; what people write besides, too.

    >>> [name.written for name in people("Chen, Ricky T. Q. and {The JAX Team} and others")]
    ['Ricky T. Q. Chen', '{The JAX Team}', 'others']
    >>> [name.written for name in people("family=Beethoven, given=Ludwig, prefix=van")]
    ['Ludwig van Beethoven']
    """
    if "&" in value:
        value = re.sub(r"\s(?:&|\\&)\s", " and ", html.unescape(value))
    if RE_NEEDLESS_BRACES.search(value):
        value = RE_BRACED_PARTICLE.sub(r"\1\2,", value)
    found: list[Name] = []
    is_cut = False
    for part in _family_first(list(_parts(_bare(value)))):
        if RE_OTHERS.fullmatch(part):
            is_cut = True
            continue
        whole = RE_ET_AL_BEHIND.sub("", part)
        is_cut = is_cut or whole != part
        found += _people(whole)
    return [*found, names.parse(names.OTHERS)] if is_cut else found


RE_AFFILIATION = re.compile(
    r"\\(?:textsuperscript|inst|thanks|orcidlink|orcid|orcidID|affil|email|footnotemark)\*?\s*(?:\[[^\]]*\])?\{[^{}]*\}"
    r"|\$\s*\{?\s*\^[^$]{0,40}\$"
)
"""Marks of affiliations, which papers set behind a name."""
RE_ROLE = re.compile(
    r"\s*[(\[]\s*(?:eds?|editors?|hrsg|trans|translator|coord)\b\.?\s*[)\]]\s*$", re.IGNORECASE
)
RE_BARE_INITIALS = re.compile(r"([^\s,{}.]{2,}(?: [^\s,{}.]+)*) ([^\W\d_a-z]{1,3})")
"""A name without comma that ends in capitals: ``Doe JR``, as PubMed writes names."""


def _bare(value: str) -> str:
    """A list of names without what a paper sets beside them."""
    value = unicodedata.normalize("NFC", macros.outside_math(value))
    return re.sub(r"\\and(?![A-Za-z])", " and ", RE_AFFILIATION.sub("", value))


def _family_first(parts: list[str]) -> list[str]:
    """The names with a comma, where all of several have their initials at the end."""
    matches = [RE_BARE_INITIALS.fullmatch(part) for part in parts if not RE_OTHERS.fullmatch(part)]
    if len(matches) < 2 or not all(matches):
        return parts
    return [RE_BARE_INITIALS.sub(r"\1, \2", part) for part in parts]


def _parts(value: str) -> Iterator[str]:
    """What stands between "and" and semicolons outside of braces, with ties as the spaces they are."""
    start = depth = 0
    for match in RE_SEPARATOR.finditer(value):
        if match[0] in "{}":
            depth = max(0, depth + (1 if match[0] == "{" else -1))
        elif not depth:
            yield from _tidy(value[start : match.start()])
            start = match.end()
    yield from _tidy(value[start:])


def _tidy(part: str) -> Iterator[str]:
    bare = RE_ROLE.sub("", " ".join(re.sub(r"(?<!\\)~", " ", part).split())).strip(" ,")
    if bare:
        yield bare


def _people(part: str) -> list[Name]:
    """One person, or those whom only commas separate."""
    if RE_EXTENDED.match(part):
        return _extended(part)
    if (
        part.startswith("{")
        and macros.closing(part, 0) == len(part) - 1
        and (part[1:2] != "\\" or " " in part)
    ):
        return _group(part)
    text = RE_UNPRINTABLE.sub("", latex.decode(_with_marks(part)))
    text = RE_MARK_OF_NOTE.sub("", text.replace(OPEN, "{").replace(CLOSE, "}")).strip(" ,")
    pieces = [piece.strip() for piece in text.split(",")]
    if "{" not in text and _are_several(pieces):
        return [names.parse(person).as_read_again for person in read_people(text) or pieces if person]
    return [names.parse(", ".join(filter(None, pieces))).as_read_again] if text else []


def _are_several(pieces: list[str]) -> bool:
    """Whether commas separate people, and not the parts of one: more than BibTeX knows, or initials."""
    if len(pieces) == 3 and any(names.RE_SUFFIX.fullmatch(piece) for piece in pieces[1:]):
        return False
    if len(pieces) == 2 and not names.RE_INITIAL.search(pieces[0]):
        return False
    return len(pieces) > 3 or (len(pieces) > 1 and all(" " in piece for piece in pieces))


def _group(part: str) -> list[Name]:
    inner = RE_UNPRINTABLE.sub("", latex.decode(part))
    literal = " ".join(names.RE_MARKUP.sub("", inner).split())
    return [Name(literal=literal)] if literal else []


def _with_marks(part: str) -> str:
    """The name with marks for braces that hold words together: ``{Barba Rossa}, A``, but not ``{\\'E}``."""
    pieces, done = [], 0
    for match in re.finditer(r"\{(?!\\)", part):
        end = macros.closing(part, match.start())
        inner = part[match.end() : end]
        follows_command = re.search(r"\\[A-Za-z'\"`^~=.]+\s*$", part[: match.start()])
        if match.start() >= done and end > 0 and not follows_command and re.search(r"[\s,]|^[a-z]", inner):
            pieces += [part[done : match.start()], OPEN, inner, CLOSE]
            done = end + 1
    return "".join([*pieces, part[done:]])


# -- Biber's extended format -------------------------------------------------------------

RE_PAIR = re.compile(r"\s*(?:\"([^\"]*)\"|((?:[^,{}\"]|\{(?:[^{}]|\{[^{}]*\})*\}|\"[^\"]*\")*))\s*(?:,|$)")
"""A name part with its value; either of them, or both together, may be quoted."""


def _extended(part: str) -> list[Name]:
    """``family=Beethoven, given=Ludwig, prefix=van, useprefix=true``; nothing of it is guessed at."""
    said: dict[str, str] = {}
    for match in RE_PAIR.finditer(part):
        key, equals, value = (match[1] or match[2] or "").partition("=")
        if equals:
            text = RE_UNPRINTABLE.sub("", latex.decode(value.strip().strip('"')))
            said.setdefault(key.strip().lower(), " ".join(names.RE_MARKUP.sub("", text).split()))
    if literal := said.get("literal") or said.get("name"):
        return [Name(literal=literal)]
    family, given = said.get("family", ""), said.get("given", "")
    if not family and not given:
        return []
    return [names.of_parts(family, given, said.get("prefix", ""), said.get("suffix", ""))]

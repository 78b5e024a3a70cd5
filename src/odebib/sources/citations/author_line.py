"""Author lines: the people at the head of a citation, in whatever style they are written.

A line is cut at commas, semicolons and "and"; each piece is classed by the
shape of its words (given and family name, family name and initials, initials
alone, …); then pieces are put together again, because "Chen, R." is one
person and "Chen R, Lu Y" are two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from odebib.text.names import OTHERS, RE_SUFFIX

PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "di",
        "da",
        "del",
        "della",
        "dal",
        "dos",
        "du",
        "la",
        "le",
        "lo",
        "los",
        "las",
        "ter",
        "ten",
        "te",
        "zu",
        "zur",
        "zum",
        "vom",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "af",
        "av",
        "'t",
        "and",
        "y",
    ]
) - {"and"}
"""Lower-case words that belong to a family name."""

RE_PIECES = re.compile(r"\s*(?:[,;，、；]\s*(?:and\s+|&\s*)?|\s(?:and|&|und)\s)\s*")
"""What separates people, or the parts of a person."""
RE_ET_AL = re.compile(
    r"(?<!\s)\s*+(,?)\s*+(?:\(?\b(?:et[.\s]*+al\b\.?|and others\b\.?|et alii\b)\)?|等\.?)", re.IGNORECASE
)
"""Says that more people are left out."""
RE_MARKS = re.compile(r"[*∗⋆†‡§¶✉#]+|(?<=[^\W\d_])\d(?:,\d)*$|[¹²³⁴⁵]|\^\{?\w+\}?")
"""Footnote marks at names: equal contribution, affiliation."""
RE_HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}")
RE_NAME_PREFIX = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|El|Al|Fitz|Van|Vander|Ver|Bar|Ben|Del|Da|Ó)(?=[A-Z])")
"""What may stand before a capital inside a family name: McCallum, LeCun."""
RE_NO_NAME = re.compile(
    r".*(?:tions?|ities|ity|ics|[cegirv]ments|[eg]ement|periment|ness|ional|ical|ative|works?|stems"
    r"|ithms?|ysis|yses)"
    r"|learning|networks?|models?|methods?|theor(?:y|ies)|deep|neural|systems?|data|machines?|computing"
    r"|introduction|survey|review|guide|lectures?|advances|journal|springer|press|nature|science|"
    r"model(?:l)?ing|training|processing|using|the|of|for|with|from|on|in|to|via|an?|is|are|new|towards?"
    r"|flows?|graphs?|time|series|image|images|video|code|paper|slides|talk|university|institute"
    r"|conference|record|workshop|symposium|proceedings|transactions|letters|society",
    re.IGNORECASE,
)
"""Words of titles, not of people; only asked where no initials speak for a person."""
RE_JOURNAL_WORD = re.compile(
    r"comput?|chem|biol|soc|phys|math|appl|sci|rev|lett|trans|proc|comm(?:un)?|mech|eng|acad|statist|anal"
    r"|numer",
    re.IGNORECASE,
)
"""Words of abbreviated journals: ``J. Comput. Phys.`` is no person."""
LEAD_LIMIT = 8000
"""An author line is looked for in so many characters."""


@dataclass(frozen=True)
class Piece:
    """A part of an author line and the shape of its words."""

    text: str
    kind: str  # full, reversed, word, initials, suffix

    @property
    def has_initials(self) -> bool:
        """Whether an initial speaks for a person; capitals inside full words may be an acronym's."""
        words = [word for word in self.text.split() if _is_initials(word)]
        return any(self.kind != "full" or len(word) == 1 or "." in word for word in words)


def read_people(text: str) -> list[str] | None:
    """The people of a whole author line, each as :func:`odebib.text.names.parse` reads it, or None.

    >>> read_people("Chang B, Meng L, Haber E, et al.")
    ['Chang, B', 'Meng, L', 'Haber, E', 'others']
    >>> read_people("R. T. Q. Chen, Y. Rubanova and D. Duvenaud")
    ['R. T. Q. Chen', 'Y. Rubanova', 'D. Duvenaud']
    >>> read_people("Neural Ordinary Differential Equations") is None
    True
    """
    text = re.sub(r"^(?:by|authors?:)\s+", "", " ".join(text.split()), flags=re.IGNORECASE)
    match = RE_ET_AL.search(text)
    if match:
        if text[match.end() :].strip(" .,;:"):
            return None
        text = text[: match.start()]
    pieces = _classify_all(text.rstrip(" ,;:"))
    if not pieces:
        return None
    people = _unite(pieces, bool(match and match[1]))
    if not people or not (match or _is_credible(pieces, len(people))):
        return None
    return [*people, OTHERS] if match else people


def leading_people(text: str) -> tuple[list[str], str] | None:
    """The people that a citation begins with, and what follows them, or None.

    >>> leading_people("Haber E, Ruthotto L. Stable architectures. 2017")
    (['Haber, E', 'Ruthotto, L'], 'Stable architectures. 2017')
    """
    match = RE_ET_AL.search(text, 0, LEAD_LIMIT)
    if match and (pieces := _classify_all(text[: match.start()])):
        people = _unite(pieces, bool(match[1]))
        if people and not _names_no_people(pieces):
            return [*people, OTHERS], text[match.end() :].lstrip(" .,;:")
    pieces, end = _leading_pieces(text)
    people = _unite(pieces, False)
    rest = text[end:].lstrip(" .,;:")
    if not people or not rest or _names_no_people(pieces):
        return None
    if _is_strong(pieces, people) or (_is_credible(pieces, len(people)) and _follows_people(rest)):
        return people, rest
    return None


# -- Shapes ------------------------------------------------------------------------------


def _classify_all(text: str) -> list[Piece]:
    """All pieces of an author line; empty when one of them is no part of a person."""
    if RE_HAN_NAME.match(text):
        text = re.sub(r"\s+", ",", text.strip(" ."))
    if _by_and := _inverted_with_and(text):
        return _by_and
    pieces = []
    for part in filter(None, RE_PIECES.split(text)):
        piece = _classify(part)
        if piece is None:
            return []
        pieces.append(piece)
    return pieces


def _inverted_with_and(text: str) -> list[Piece]:
    """BibTeX's own way, ``Chen, Ricky and Lu, Yiping``, also with semicolons."""
    for separator in (r"\s+and\s+", r"\s*;\s*(?:and\s+)?"):
        parts = re.split(separator, text)
        if len(parts) > 1 and all(part.count(",") == 1 for part in parts):
            pairs = [[_classify(half) for half in part.split(",")] for part in parts]
            if all(one and other for one, other in pairs):
                return [
                    Piece(" ".join(_words(part.replace(",", " , "))).replace(" ,", ","), "whole")
                    for part in parts
                ]
    return []


def _classify(part: str) -> Piece | None:
    """A piece with its shape, or None if it cannot be a part of a person."""
    words = _words(part)
    if not words or len(words) > MOST_WORDS:
        return None
    text = " ".join(words)
    if len(words) == 1 and RE_SUFFIX.fullmatch(text) and len(text.rstrip(".")) > 1:
        return Piece(text, "suffix")
    if all(_is_initials(word) for word in words):
        return Piece(text, "reversed" if _is_family_in_capitals(words) else "initials")
    if RE_HAN_NAME.fullmatch(text.rstrip(".")):
        return Piece(text.rstrip("."), "full")
    return _shape(_without_stop(words))


MOST_WORDS = 7
"""A person has no more words."""


def _is_family_in_capitals(words: list[str]) -> bool:
    """``MA J``, as the standard GB/T 7714 has it."""
    return len(words) > 1 and words[0].isalpha() and len(words[0]) > 1 and len(words[1].strip(".")) == 1


def _without_stop(words: list[str]) -> list[str]:
    """The words without the full stop that ends the line and abbreviates nothing."""
    last = words[-1]
    if last.endswith(".") and not _is_initials(last) and not RE_SUFFIX.fullmatch(last):
        return [*words[:-1], last.rstrip(".")]
    return words


def _shape(words: list[str]) -> Piece | None:
    """The piece that words of which not all are initials make up."""
    text = " ".join(words)
    core = [word for word in words if word not in PARTICLES]
    if not core or words[-1] in PARTICLES or _leads_to_acronym(words) or not _are_names(words, core):
        return None
    if _is_initials(words[-1]):
        first = _first_initial(words)
        ordered = all(_is_initials(word) for word in words[first:])
        return Piece(text, "reversed") if ordered and first <= 4 else None
    if len(core) == 1:
        return None if core[0].isupper() and len(core[0]) > 2 else Piece(text, "word")
    return Piece(text, "full") if len(core) <= 5 else None


def _leads_to_acronym(words: list[str]) -> bool:
    """``In KDD``."""
    return words[0] in {"In", "At", "On", "The"} and len(words[-1].rstrip(".")) > 2 and words[-1].isupper()


def _are_names(words: list[str], core: list[str]) -> bool:
    """Whether each word besides particles is an initial or may be a part of a name."""
    first, more = words[0], len(words) > 1
    return all(
        _is_initials(word) or _is_name(word) or (word is first and more and _is_short_given(word))
        for word in core
    )


def _words(part: str) -> list[str]:
    """The words of a piece without footnote marks."""
    part = re.sub(r"(?<=\.)(?=[^\W\d_]{2})", " ", RE_MARKS.sub("", part))
    words = [RE_MARKS.sub("", word).strip("()[]") for word in part.split()]
    return [word for word in words if word.strip(".")]


def _is_initials(word: str) -> bool:
    """``R.``, ``R.T.Q.``, ``J.-H.``, ``RTQ``, ``K``."""
    letters = re.sub(r"[.\-‐–’']", "", word)
    return (
        letters.isalpha() and letters.isupper() and len(letters) <= 3 and letters.upper() != letters.lower()
    )


def _is_short_given(word: str) -> bool:
    """``Yu.``, ``Th.``: an abbreviated given name of more than one letter."""
    return bool(re.fullmatch(r"[^\W\d_]{1,4}\.", word)) and word[0].isupper()


def _is_name(word: str) -> bool:
    """A capitalised word that may be a part of a person's name."""
    bare = re.sub(r"^(?:[dDlL]|[Oo]|al|el)['’`-]", "", word) or word
    if not re.fullmatch(r"[^\W\d_][^\W\d_'’`‘ʼ\-‐.]*(?:[-‐'’`‘ʼ][^\W\d_]+)*", bare):
        return False
    if not bare[0].isupper() or len(bare) < 2 or (bare.isupper() and len(bare) > 12):
        return False
    rest = RE_NAME_PREFIX.sub("", bare)
    return not any(one.islower() and other.isupper() for one, other in pairwise(rest))


# -- From pieces to people ---------------------------------------------------------------


def _unite(pieces: Sequence[Piece], comma_before_et_al: bool) -> list[str]:
    """The people that pieces make up; empty when they do not fit together."""
    people: list[str] = []
    i = 0
    if _begins_inverted(pieces, comma_before_et_al):
        people.append(f"{pieces[0].text}, {pieces[1].text}")
        i = 2
    while i < len(pieces):
        piece = pieces[i]
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        if piece.kind == "suffix":
            if not people:
                return []
            people[-1] = _with_suffix(people[-1], piece.text)
        elif piece.kind == "initials":
            if "." in piece.text or " " not in piece.text:
                return []
            people.append(piece.text.replace(" ", ", ", 1))  # "E W": a family name of one letter
        elif following and following.kind == "initials" and not piece.has_initials:
            people.append(f"{piece.text}, {following.text}")
            i += 1
        else:
            people.append(_inverted(piece) if piece.kind == "reversed" else piece.text)
        i += 1
    return _in_usual_case(_without_final_stop(people))


def _in_usual_case(people: list[str]) -> list[str]:
    """``RONNEBERGER, O`` as ``Ronneberger, O`` where all family names stand in capitals."""
    families = [person.partition(", ")[0] for person in people]
    if not people or not all(", " in person for person in people):
        return people
    if not all(family.isupper() and len(family) > 1 for family in families):
        return people
    return [
        _capitalised(family) + person[len(family) :] for family, person in zip(families, people, strict=True)
    ]


def _capitalised(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), name)


def _without_final_stop(people: list[str]) -> list[str]:
    """The full stop behind ``Haber E, Ruthotto L.`` ends the line, it is no abbreviation's."""
    if (
        people
        and people[-1].endswith(".")
        and "." not in "".join(people)[:-1]
        and not RE_SUFFIX.search(people[-1][-4:])
    ):
        people[-1] = people[-1][:-1]
    return people


def _begins_inverted(pieces: Sequence[Piece], comma_before_et_al: bool) -> bool:
    """Whether only the first author is family name first, as in MLA and Chicago style."""
    if len(pieces) < 2 or pieces[0].kind != "word" or pieces[1].kind not in {"word", "full", "reversed"}:
        return False
    rest = pieces[2:]
    if not rest:
        return comma_before_et_al or pieces[1].kind != "word"
    return all(piece.kind in {"full", "suffix"} for piece in rest)


def _first_initial(words: Sequence[str]) -> int:
    """Where the initials at the end of a reversed name begin; its first word is the family name."""
    first = len(words) - 1
    while first > 1 and _is_initials(words[first - 1]) and len(words[first - 1].strip(".")) == 1:
        first -= 1
    return first


def _inverted(piece: Piece) -> str:
    """``van Gennip Y`` as ``van Gennip, Y``."""
    words = piece.text.split()
    first = _first_initial(words)
    if piece.text.rstrip(".") == "Weinan E":
        return "Weinan E"  # the one well-known name of this shape whose last letter is the family name
    return f"{' '.join(words[:first])}, {' '.join(words[first:])}"


def _with_suffix(person: str, suffix: str) -> str:
    family, comma, given = person.partition(", ")
    return f"{given} {family}, {suffix}" if comma else f"{person}, {suffix}"


# -- Is it an author line at all? --------------------------------------------------------


def _is_strong(pieces: Sequence[Piece], people: list[str]) -> bool:
    """Initials with every person, or several full names none of which has a title's word."""
    if all(
        piece.kind in {"reversed", "initials", "whole"} or _has_partner(pieces, i) or piece.has_initials
        for i, piece in enumerate(pieces)
    ):
        return True
    return len(people) > 1 and _is_credible(pieces, len(people)) and any(p.kind == "full" for p in pieces)


def _has_partner(pieces: Sequence[Piece], i: int) -> bool:
    return i + 1 < len(pieces) and pieces[i + 1].kind == "initials"


def _is_credible(pieces: Sequence[Piece], people: int) -> bool:
    """Whether names without initials hold no word of a title."""
    if _names_no_people(pieces):
        return False
    words = [piece for piece in pieces if piece.kind == "word"]
    return len(words) < len(pieces) or (people > 1 and len(words) > 1)


def _names_no_people(pieces: Sequence[Piece]) -> bool:
    """Whether a piece without initials holds a title's word, or one with them a journal's."""
    return any(_has_title_word(piece) for i, piece in enumerate(pieces) if not _has_partner(pieces, i))


def _has_title_word(piece: Piece) -> bool:
    pattern = RE_JOURNAL_WORD if piece.has_initials else RE_NO_NAME
    return any(pattern.fullmatch(word.rstrip(".")) for word in piece.text.split())


def _follows_people(rest: str) -> bool:
    """Whether what follows a single full name may be a title: quoted, dated, or long enough."""
    if re.match(r"[“\"«‘(]|(?:19|20)\d\d\b", rest):
        return True
    sentence = re.split(r"[.?!](?:\s|$)", rest, maxsplit=1)
    return len(sentence[0].split()) > 2 and len(sentence) > 1 and read_people(sentence[0]) is None


def _leading_pieces(text: str) -> tuple[list[Piece], int]:
    """The pieces of people at the start of a citation and where they end."""
    pieces: list[Piece] = []
    position = end = 0
    after_and = False
    while position < min(len(text), LEAD_LIMIT):
        separator = RE_PIECES.search(text, position, LEAD_LIMIT)
        stop = separator.start() if separator else min(len(text), LEAD_LIMIT)
        part = text[position:stop]
        piece = _classify(part) if len(part) < 80 else None
        last_word_ends = bool(re.search(r"[^\W\d_]{3,}\.$", part))
        if piece and _fits(piece, pieces):
            pieces.append(piece)
            end = stop
        else:
            piece, length = _longest_start(part, pieces)
            if piece:
                pieces.append(piece)
                end = position + length
            elif after_and:
                return [], 0  # "Control and Deep Networks" is no list of people
            break
        if not separator or last_word_ends:
            break
        position = separator.end()
        after_and = bool(re.search(r"\b(?:and|und)\b|&", separator[0]))
    return pieces, end


def _longest_start(part: str, pieces: list[Piece]) -> tuple[Piece | None, int]:
    """The longest start of a piece that is a person and after which something else begins."""
    best: tuple[Piece | None, int] = (None, 0)
    for match in re.finditer(
        r"[.:](?=\s|[“\"]|$)|(?=\s*[(“\"«\ue000])|(?=\s(?:19|20)\d\d\b)|(?=\s+[-–—|]\s)", part[:80]
    ):
        piece = _classify(part[: match.start() + 1].rstrip(": "))
        if not piece or not _fits(piece, pieces):
            continue
        if best[0] and best[0].kind == "reversed" and not _is_given_first(piece):
            break
        if best[0] and best[0].kind == "initials" and piece.kind != "initials" and _awaits_initials(pieces):
            break
        best = (piece, match.end())
    return best


def _is_given_first(piece: Piece) -> bool:
    """Whether ``Adam M. Oberman`` goes on from ``Adam M.``, unlike ``Kidger P. Neural Equations``."""
    words = piece.text.split()
    last = max(i for i, word in enumerate(words) if _is_initials(word))
    names = words[last + 1 :]
    return len(names) <= 2 and not any(RE_NO_NAME.fullmatch(word) for word in names)


def _awaits_initials(pieces: list[Piece]) -> bool:
    """Whether the last piece is a family name alone: ``Kidger, P. On Neural …``."""
    return bool(pieces) and not pieces[-1].has_initials


def _fits(piece: Piece, before: list[Piece]) -> bool:
    """Whether a piece goes on in the style of those before: after initials no long row of words."""
    reversed_before = bool(before) and all(p.kind == "reversed" for p in before)
    if not before or piece.has_initials or piece.kind in {"suffix", "word"}:
        return not (reversed_before and piece.kind in {"word", "full"})
    if any(RE_NO_NAME.fullmatch(word) for word in piece.text.split()):
        return False
    return len(piece.text.split()) < 4 or not all(p.has_initials for p in before)

"""Author lines: the people at the head of a citation, in whatever style they are written.

A line is cut at commas, semicolons and "and"; each piece is classed by the
shape of its words (given and family name, family name and initials, initials
alone, …); then pieces are put together again, because "Chen, R." is one
person and "Chen R, Lu Y" are two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from odebib.sources.citations.shapes import (
    HAN_SURNAMES,
    RE_HAN_NAME,
    RE_NO_NAME,
    Piece,
    classify,
    first_initial,
    is_initials,
)
from odebib.sources.citations.words import ACRONYM, YEAR
from odebib.text.names import OTHERS, RE_SUFFIX

RE_PIECES = re.compile(r"\s*(?:[,;，、；]\s*(?:and\s+|&\s*)?|\s(?:and|&|und)\s)\s*")
"""What separates people, or the parts of a person."""
RE_ET_AL = re.compile(
    r"(?<!\s)\s*+(,?)\s*+(?:\(?\b(?:et[.\s]*+al\b\.?|and others\b\.?|et alii\b)\)?|等\.?)", re.IGNORECASE
)
"""Says that more people are left out."""
LEAD_LIMIT = 8000
"""An author line is looked for in so many characters."""


ORGANISATIONS = (
    "MIT|CMU|ETH|EPFL|UCLA|UCSD|UCL|UC|NYU|KAIST|INRIA|Inria|CNRS|NVIDIA|Nvidia|IBM|MSR|FAIR|TUM|MPI|HKUST|NTU"
    "|NUS|USTC|Stanford|Berkeley|Harvard|Princeton|Oxford|Cambridge|Tsinghua|Cornell|Columbia|Yale|Toronto"
    "|Google|DeepMind|Microsoft|Facebook|Meta|OpenAI|Apple|Amazon|Intel|Adobe|Samsung|Tencent|Alibaba|Baidu"
    "|Huawei|Uber|Caltech|Mila"
)
"""Where people of a list work, by the names that stand alone."""
RE_ORGANISATION = re.compile(
    rf"\b(?:{ORGANISATIONS})\b|\b(?:Universit\w*|Univ\.|Institut\w*|College|School|Labs?|Laborator\w+|Research"
    r"|Cent(?:er|re)|Department|Dept\.|Academy|Hospital|Inc|Corp|Ltd|GmbH)\b"
)
RE_AFFILIATION = re.compile(
    rf"\s*[(\[](?=[^()\[\]]{{0,80}}?(?:{RE_ORGANISATION.pattern}))[^()\[\]\d]{{2,80}}[)\]]"
    r"(?=\s*(?:[,;.]|and\b|&|$))"
)
"""``(UC Berkeley)`` behind a name."""
RE_STOP = re.compile(
    r"(?<![^\s,.;:(\[–-])(?:(?:[Ii]n:?|[Aa]t|@|[Aa]ccepted (?:at|by|to)|[Tt]o appear (?:at|in))\s)?(?=(?:"
    rf"(?:(?:IEEE|ACM|AAAI|IEEE/CVF)\s)?{ACRONYM}(?:\s(?:[Ww]orkshops?|W|D&B|{ACRONYM}))?"
    rf"[\s,(]{{0,3}}[’'`]?(?:{YEAR}|\d\d)\b|{YEAR}(?!\d)|(?:[Aa]r[Xx]iv|CoRR|bioRxiv|[Pp]reprint)\b"
    r"|Proc(?:eedings|\.)|Journal of|International Conference|Conference on|Transactions on|Advances in"
    r"|Annual|Workshop on))"
)
"""Where people end whatever stands between: a venue with its year, words of proceedings, a year."""


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
    text = RE_AFFILIATION.sub("", text)
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
    if len(people) == 1 and not match and RE_INITIAL_AT_END.fullmatch(text) and text == f"{people[0]}.":
        return [text]
    return [*people, OTHERS] if match else people


RE_INITIAL_AT_END = re.compile(r"[^\d,()]{2,60},\s[^\W\d_]\.")
"""One person's initial keeps its stop: ``Ostler, C.``."""


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
    if stopped := _up_to_stop(text):
        return stopped
    pieces, end = _leading_pieces(text)
    people = _unite(pieces, False)
    rest = text[end:].lstrip(" .,;:")
    if not people or not rest or _names_no_people(pieces):
        return None
    by_colon = text[:end].endswith((":", "："))
    if _is_strong(pieces, people) or (
        not by_colon and _is_credible(pieces, len(people)) and _follows_people(rest)
    ):
        return people, rest
    return None


def _up_to_stop(text: str) -> tuple[list[str], str] | None:
    """The people that stand before a venue or year and nothing else; one alone only with initials."""
    for stop in islice(RE_STOP.finditer(text[:LEAD_LIMIT]), 3):
        head = text[: stop.start()].strip(" ,;:–-([*_")
        people = read_people(head) if head else None
        if people and (len(people) > 1 or RE_INITIAL.search(people[0])) and not _mixes_orders(head):
            return people, text[stop.end() :]
    return None


RE_INITIAL = re.compile(r"\b[^\W\d_]\b")


def _mixes_orders(text: str) -> bool:
    """Whether ``Muir C`` and ``Predict Globally`` stand side by side: then a title has begun."""
    pieces = _classify_all(text)
    turned = any(piece.kind == "reversed" for piece in pieces)
    return any(
        piece.kind == "full" and (turned or (piece.has_initials and not _is_given_first(piece)))
        for piece in pieces
    )


# -- Shapes ------------------------------------------------------------------------------


def _classify_all(text: str) -> list[Piece]:
    """All pieces of an author line; empty when one of them is no part of a person."""
    if RE_HAN_NAME.match(text):
        text = re.sub(r"\s+", ",", text.strip(" ."))
    if _by_and := _inverted_with_and(text):
        return _by_and
    pieces = []
    for part in filter(None, RE_PIECES.split(text)):
        piece = classify(part)
        if piece is None:
            return []
        pieces.append(piece)
    return [] if _ends_in_venue(pieces) or _is_no_han_line(pieces) else pieces


def _ends_in_venue(pieces: Sequence[Piece]) -> bool:
    """Whether a name of three words ends in capitals as no other does: ``Max Welling ICML``."""
    full = [piece for piece in pieces if piece.kind == "full"]
    capitals = [piece for piece in full if piece.ends_in_capitals]
    longer = [piece for piece in capitals if len(piece.text.split()) > 2]
    return bool(longer) and (len(full) == 1 or len(capitals) * 2 <= len(full))


def _is_no_han_line(pieces: Sequence[Piece]) -> bool:
    """Whether words in Han characters are mostly no names, by the surnames they would begin with."""
    han = [piece.text for piece in pieces if "\u4e00" <= piece.text[0] <= "\u9fff"]
    surnames = sum(name[0] in HAN_SURNAMES and len(name) < 4 for name in han)
    return bool(han) and surnames * 2 < len(han)


def _inverted_with_and(text: str) -> list[Piece]:
    """BibTeX's own way, ``Chen, Ricky and Lu, Yiping``, also with semicolons."""
    for separator in (r"\s+and\s+", r"\s*;\s*(?:and\s+)?"):
        parts = re.split(separator, text)
        if len(parts) > 1 and all(part.count(",") == 1 for part in parts):
            pieces = [_inverted_piece(part) for part in parts]
            if all(pieces):
                return [piece for piece in pieces if piece]
    return []


def _inverted_piece(part: str) -> Piece | None:
    """``Chen, Ricky`` as one piece."""
    halves = [classify(half) for half in part.split(",")]
    if not all(half and not half.is_title for half in halves):
        return None
    return Piece(", ".join(half.text for half in halves if half), "whole")


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


def _inverted(piece: Piece) -> str:
    """``van Gennip Y`` as ``van Gennip, Y``."""
    words = piece.text.split()
    first = first_initial(words)
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
    return any(piece.is_title for i, piece in enumerate(pieces) if not _has_partner(pieces, i))


def _follows_people(rest: str) -> bool:
    """Whether what follows a single full name may be a title: quoted, dated, or long enough."""
    if re.match(r"[“\"«‘(]|(?:19|20)\d\d\b", rest):
        return True
    sentence = re.split(r"[.?!](?:\s|$)", rest, maxsplit=1)
    return len(sentence[0].split()) > 2 and len(sentence) > 1 and read_people(sentence[0]) is None


def _leading_pieces(text: str) -> tuple[list[Piece], int]:
    """The pieces of people at the start of a citation and where they end."""
    if inverted := _leading_inverted(text):
        return inverted
    pieces: list[Piece] = []
    position = end = 0
    after_and = False
    while position < min(len(text), LEAD_LIMIT):
        separator = RE_PIECES.search(text, position, LEAD_LIMIT)
        stop = separator.start() if separator else min(len(text), LEAD_LIMIT)
        part = text[position:stop]
        piece = classify(part) if len(part) < 80 else None
        last_word_ends = bool(re.search(r"[^\W\d_]{3,}\.$", part))
        if piece and _is_title_alone(piece, separator, text):
            piece = None
        if piece and _fits(piece, pieces) and not (pieces and _ends_in_venue([*pieces, piece])):
            pieces.append(piece)
            end = stop
        else:
            piece, length = _longest_start(part, pieces)
            if piece:
                pieces.append(piece)
                end = position + length
            elif after_and:
                return [], 0  # "A Benchmark, Control and Models" is no list of people
            break
        if not separator or last_word_ends:
            break
        position = separator.end()
        after_and = bool(re.search(r"\b(?:and|und)\b|&", separator[0]))
    return pieces, end


def _is_title_alone(piece: Piece, separator: re.Match[str] | None, text: str) -> bool:
    """Whether a single word is a title's and no family name: no initials follow it."""
    if piece.kind != "word" or not piece.is_title:
        return False
    return separator is None or not re.match(r"[^\W\d_]{1,2}\.|[A-Z]{1,3}\b", text[separator.end() :])


RE_INVERTED = re.compile(
    r"\s*([^,;:.()\[\]]{2,40},\s[^,;()\[\]]{1,40}?)\s*(?:\sand\s|;\s*(?:and\s)?|\s&\s)\s*"
)


def _leading_inverted(text: str) -> tuple[list[Piece], int] | None:
    """``Chen, Ricky and Lu, Yiping. Title``: family names first, with "and" between people."""
    pieces: list[Piece] = []
    position = 0
    while match := RE_INVERTED.match(text, position):
        piece = _inverted_piece(match[1])
        if not piece:
            break
        pieces.append(piece)
        position = match.end()
    family, comma, rest = text[position : position + 200].partition(", ")
    one = classify(family) if pieces and comma else None
    if not one or one.is_title:
        return None
    other, length = _longest_start(rest, [one])
    if not other:
        return None
    pieces.append(
        Piece(f"{one.text}, {other.text.rstrip('.') if len(other.text) > 3 else other.text}", "whole")
    )
    return pieces, position + len(family) + len(comma) + length


def _longest_start(part: str, pieces: list[Piece]) -> tuple[Piece | None, int]:
    """The longest start of a piece that is a person and after which something else begins."""
    best: tuple[Piece | None, int] = (None, 0)
    for match in re.finditer(
        r"[.:](?=\s|[“\"]|$)|[．。：]|(?=\s*[(“\"«\ue000])|(?=\s(?:19|20)\d\d\b)|(?=\s+[-–—|]\s)"
        r"|(?=\s+[A-Z]{3,}\b)",
        part[:80],
    ):
        piece = classify(part[: match.start() + 1].rstrip(":：．。 "))
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
    last = max(i for i, word in enumerate(words) if is_initials(word))
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
    if piece.is_title:
        return False
    return len(piece.text.split()) < 4 or not all(p.has_initials for p in before)

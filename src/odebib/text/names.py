"""Names of people: parts, as BibTeX understands them, and whether two may be one person.

The rules of splitting are BibTeX's ("Tame the BeaST", sections 11 and 12):
``von Last``, ``von Last, First`` or ``von Last, Jr, First``; a lower-case
word begins the particle; braces keep words together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, Indel

from odebib.text.folding import fold_words, slug, transliterate

OTHERS = "others"
"""Ends an author list that is known to be incomplete (BibTeX's ``and others``)."""

RE_PLAIN_NAME = re.compile(r"[A-Z][^\s{},]*(?: [A-Z][^\s{},]*)*")
"""A name of words with capitals, which has neither particle nor braces, as nearly every name."""
RE_SUFFIX = re.compile(
    r"(?i:jr|sr|jnr|snr)\.?|I{2,3}|i{2,3}|IV|iv|VI{0,3}|v|[2-9](?:nd|rd|th)"
)  # "Vi" and "Ii" are family names
"""Generational suffixes."""
RE_INITIAL = re.compile(r"(?:^| )(?:[^\W\d_a-z]\.)(?:[- ]?[^\W\d_a-z]\.)*(?= |$)| [A-Z]{1,2}$")
"""An initial among other words, which no family name holds."""

RE_INITIALS_DOTTED = re.compile(r"(?:[^\W\d_a-z]\.-?)+")
"""A word that is only initials: ``J.``, ``J.-P.``."""
RE_SEVERAL = re.compile(r"[;&<>]| and |\bet\.? +al\b", re.IGNORECASE)
"""What no name of one person holds."""
RE_MARKUP = re.compile("[{}<>]")


@dataclass(frozen=True)
class Name:
    """A person, or a group when only ``literal`` is set.

    Frozen, because one name is shared by every entry that holds it.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    def __str__(self) -> str:
        """The name as people write it: ``Yves van Gennip``."""
        if self.literal:
            return self.literal
        name = " ".join(p for p in (self.given, self.particle, self.family) if p)
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def last(self) -> str:
        """Particle and family name: ``van Gennip``; for a group, its name."""
        return self.literal or " ".join(p for p in (self.particle, self.family) if p)

    @property
    def sorting(self) -> str:
        """``van Gennip, Yves``: family name first, as indexes and ``.bib`` files want it."""
        return ", ".join(p for p in (self.last, self.suffix, self.given) if p)

    @property
    def written(self) -> str:
        """The shortest spelling in YAML that :func:`parse` reads as this name again.

        A spelling that looks like several people ("Di Gangi, Mattia Antonino")
        is avoided; braces then keep the family name together.
        """
        if self.literal:
            return "{" + self.literal + "}"
        braced = Name("{" + self.family + "}", self.given, self.particle, self.suffix)
        if self.particle and not _is_lower(self.particle.split()[0]):
            braced = Name("{" + self.last + "}", self.given, "", self.suffix)
        for text in (str(self), self.sorting, str(braced)):
            if not looks_like_several(text) and parse(text) == self:
                return text
        return "{" + RE_MARKUP.sub("", str(self)) + "}"

    @property
    def as_read_again(self) -> Name:
        """The name as it is read from where it is written; what is no name of a person is a group's."""
        return self if parse(self.written) == self else parse(self.written)

    @property
    def is_others(self) -> bool:
        """Whether this stands for "and others"."""
        return self.family == OTHERS and not self.given

    @property
    def slug(self) -> str:
        """The name's part of an address: ``yves-van-gennip``; no longer than a file name may be."""
        return slug(str(self))[:120].rstrip("-") or "x"


def of_parts(family: str, given: str = "", particle: str = "", suffix: str = "") -> Name:
    """A name whose parts a source has told apart; nothing of it is guessed at.

    Lower-case words at the beginning of the family name are its particle; a
    particle that ends with an apostrophe or hyphen stands without a space.

    >>> of_parts("Hôpital", "Guillaume", "de l’"), of_parts("van der Berg", "Jan").particle
    (Name(family='l’Hôpital', given='Guillaume', particle='de', suffix='', literal=''), 'van der')
    """
    before, _, glued = particle.strip().rpartition(" ")
    if glued.endswith(("'", "’", "‘", "-", "‐", "ʼ")):
        family, particle = glued + family, before
    own, words = _particle(RE_MARKUP.sub("", family).split() or [""])
    parts = (words, given, f"{particle} {own}", suffix)
    name = Name(*(" ".join(RE_MARKUP.sub("", part).split()) for part in parts))
    if not name.family:
        name = Name(name.given)
    return name.as_read_again


@lru_cache(maxsize=262144)
def parse(text: str) -> Name:
    """The parts of a name written as ``Given von Family`` or ``von Family, Jr, Given``.

    >>> parse("Yves van Gennip")
    Name(family='Gennip', given='Yves', particle='van', suffix='', literal='')
    >>> parse("{The JAX Team}").literal
    'The JAX Team'
    >>> parse("García Márquez, Gabriel").family
    'García Márquez'
    """
    text = " ".join(text.split())
    if RE_PLAIN_NAME.fullmatch(text):
        given, _, family = text.rpartition(" ")
        if family[-1] != "." and (" " not in given or not RE_SUFFIX.fullmatch(family)):
            return Name(family, given)
    if text.startswith("{") and text.endswith("}") and "}" not in text[1:-1]:
        return Name(literal=text[1:-1].strip())
    parts = [part.strip() for part in _split_outside_braces(text, ",")]
    if len(parts) == 1:
        return _given_first(_split_outside_braces(text, " "))
    if len(parts) == 2 and RE_SUFFIX.fullmatch(parts[1]) and " " in parts[0]:
        # "John Smith, Jr." is how people write it, though BibTeX would take Jr. as the given name.
        first = _given_first(_split_outside_braces(parts[0], " "))
        return Name(first.family, first.given, first.particle, parts[1])
    return _family_first(parts)


def _family_first(parts: list[str]) -> Name:
    """``von Family, Given`` or ``von Family, Jr, Given``, with the suffix wherever people put it."""
    if len(parts) == 3 and RE_SUFFIX.fullmatch(parts[2]) and not RE_SUFFIX.fullmatch(parts[1]):
        parts = [parts[0], parts[2], parts[1]]  # as in RIS and in catalogues
    before = _split_outside_braces(parts[0], " ")
    behind = _split_outside_braces(" ".join(parts[2:] or parts[1:]), " ")
    suffix = parts[1] if len(parts) > 2 else _taken_suffix(before) or _taken_suffix(behind)
    particle, family = _particle(before)
    return Name(_bare(family), _bare(" ".join(behind)), _bare(particle), _bare(suffix))


def _taken_suffix(words: list[str]) -> str:
    """Takes a suffix from the end of family or given names: ``Smith Jr., John``."""
    return words.pop() if len(words) > 1 and _is_suffix(words[-1]) else ""


def _is_suffix(word: str) -> bool:
    """Whether a word among others is a suffix; a lone V is an initial."""
    return bool(RE_SUFFIX.fullmatch(word)) and word not in {"v", "V"}


def split_people(text: str) -> list[str]:
    """The people of a pasted author line: ``A. B, C. D and E. F`` are three.

    What stands before the only comma is a family name, however many words it
    has, unless people beside it are written with the given name first.

    >>> split_people("Ricky T. Q. Chen, Yulia Rubanova and David Duvenaud")
    ['Ricky T. Q. Chen', 'Yulia Rubanova', 'David Duvenaud']
    >>> split_people("García Márquez, Gabriel José")
    ['García Márquez, Gabriel José']
    """
    text = " ".join(text.split())
    if not any(sign in text for sign in (",", ";", " and ", " & ")):
        return [text] if text else []
    parts = _lines(text)
    given_first = ", and " in text or any(len(pieces) == 1 and " " in pieces[0] for pieces in parts)
    return [person for pieces in parts for person in _people_between_commas(pieces, given_first=given_first)]


def _lines(text: str) -> list[list[str]]:
    """What stands between "and" and semicolons, cut at its commas."""
    parts = re.split(r" ?(?:, ?and | and | & |;) ?", text)
    found = ([piece.strip() for piece in part.split(",") if piece.strip()] for part in parts)
    return [pieces for pieces in found if pieces]


def _people_between_commas(pieces: list[str], *, given_first: bool) -> list[str]:
    """The people of a line without "and": whole names, ``Last, F.`` in pairs, or one ``Last, Jr., First``."""
    if len(pieces) == 3 and any(RE_SUFFIX.fullmatch(piece) for piece in pieces[1:]):
        return [", ".join(pieces)]
    if len(pieces) == 2:
        several = all(" " in piece for piece in pieces) and (given_first or RE_INITIAL.search(pieces[0]))
        return pieces if several else [", ".join(pieces)]
    if len(pieces) % 2 == 0 and all(RE_INITIALS.fullmatch(piece) for piece in pieces[1::2]):
        return [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=True)]
    return pieces


RE_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,6}")
"""Given names that are only initials."""


def looks_like_several(text: str) -> bool:
    """Whether a name, as written, reads as a list of people: ``R. Chen, Y. Rubanova``."""
    return bool(RE_SEVERAL.search(text)) or len(split_people(text)) > 1


def _given_first(words: list[str]) -> Name:
    """``Given von Family``: the particle runs from the first to the last lower-case word."""
    suffix = ""
    if len(words) > 2 and _is_suffix(words[-1]):
        suffix = words.pop()
    names = next((i for i, word in enumerate(words) if RE_INITIALS_DOTTED.fullmatch(word)), 0)
    if names and all(RE_INITIALS_DOTTED.fullmatch(word) for word in words[names:]):
        particle, family = _particle(words[:names])  # "Parson F.", as initials alone are no family name
        return Name(_bare(family), _bare(" ".join(words[names:])), _bare(particle), suffix)
    lower = [i for i, word in enumerate(words[:-1]) if _is_lower(word)]
    if not lower:
        return Name(_bare(words[-1]) if words else "", _bare(" ".join(words[:-1])), "", suffix)
    first, last = lower[0], lower[-1] + 1
    return Name(
        _bare(" ".join(words[last:])),
        _bare(" ".join(words[:first])),
        _bare(" ".join(words[first:last])),
        suffix,
    )


def _particle(words: list[str]) -> tuple[str, str]:
    """``von der Family`` before a comma: the lower-case words that it begins with, as biber takes them."""
    last = next((i for i, word in enumerate(words) if not _is_lower(word)), len(words))
    last = min(last, len(words) - 1)
    return " ".join(words[:last]), " ".join(words[last:])


def _is_lower(word: str) -> bool:
    if word[:1].isupper():
        return False  # as nearly always
    letters = [c for c in word if c.isalpha()]
    return bool(letters) and letters[0].islower() and not word.startswith("{")


def _bare(text: str) -> str:
    return text.replace("{", "").replace("}", "").strip()


def _split_outside_braces(text: str, separator: str) -> list[str]:
    if "{" not in text:
        return [part for part in text.split(separator) if part] or [""]
    parts, depth = [""], 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if char == separator and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part for part in parts if part] or [""]


def initials(given: str) -> str:
    """The initials of given names, in lower-case ASCII: ``Jean-Luc P.`` is ``jlp``.

    >>> initials("Ricky T. Q."), initials("RTQ"), initials("Ricky")
    ('rtq', 'rtq', 'r')
    """
    found = ""
    for word in re.findall(r"[^\W\d_]+", transliterate(given).replace("'", "")):
        found += word.lower() if word.isupper() and 1 < len(word) <= 4 else word[0].lower()
    return found


def family_key(name: Name) -> str:
    """What is compared of a family name: its words, folded and joined, without particle.

    >>> family_key(parse("Jörn-Henrik van den Berg-Smith"))
    'bergsmith'
    """
    return "".join(fold_words(name.literal or name.family))


@lru_cache(maxsize=262144)
def may_be_same(one: Name, other: Name) -> bool:
    """Whether two spellings may be of one person: family names agree, given names do not disagree.

    Initials agree with the names they abbreviate; a missing given name
    disagrees with none; given and family name may have changed places.

    >>> may_be_same(parse("Chen, R T Q"), parse("Ricky T. Q. Chen"))
    True
    >>> may_be_same(parse("Ricky Chen"), parse("Tian Qi Chen"))
    False
    """
    if _agree(one, other):
        return True
    swapped = Name(family=one.given, given=one.family)
    return bool(one.given) and _agree(swapped, other)


def _agree(one: Name, other: Name) -> bool:
    mine, theirs = family_key(one), family_key(other)
    if mine != theirs:
        particles = "".join(fold_words(one.last)), "".join(fold_words(other.last))
        if particles[0] != particles[1] and particles[0] != theirs and particles[1] != mine:
            return False
    return _given_agree(one.given, other.given)


def _given_agree(one: str, other: str) -> bool:
    if not one or not other:
        return True
    mine, theirs = fold_words(one), fold_words(other)
    if not mine or not theirs:
        return True
    if len(mine[0]) > 1 and len(theirs[0]) > 1 and not (one.isupper() or other.isupper()):
        return (
            mine[0].startswith(theirs[0]) or theirs[0].startswith(mine[0]) or "".join(mine) == "".join(theirs)
        )
    return initials(one)[:1] == initials(other)[:1]


# -- How well two spellings, or two lists of them, agree ---------------------------------


class Signature(NamedTuple):
    """What is compared of a name: folded family name, initials, first given name if spelled out.

    ``swapped`` is the family name it has when the parts stand in the other
    order (``Chen R T Q``, ``Weinan E``); its initials are then those of ``family``.
    """

    family: str
    initials: str
    given: str
    swapped: str
    last: str


@lru_cache(maxsize=262144)
def signature(name: Name) -> Signature:
    """The :class:`Signature` of a name.

    >>> signature(parse("Ricky T. Q. Chen"))
    Signature(family='chen', initials='rtq', given='ricky', swapped='ricky', last='chen')
    >>> signature(parse("Chen R T Q")).swapped
    'chen'
    """
    if name.particle and str(name).islower():
        name = _in_lower_case(name)
    given = [word for word in fold_words(name.given) if len(word) > 1]
    spelled = "" if name.given.isupper() or not given else given[0]
    swapped = given[0] if given else ""
    last = "".join(fold_words(name.last))
    return Signature(family_key(name), initials(name.given), spelled, swapped, last)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words(
    "al af av bin da das de degli dei del della den der des di do dos du el ibn la las le lo los 't ten ter "
    "van vom von zu zum zur"
)
"""Particles of family names, for names whose case does not tell."""
RE_RUN_TOGETHER = re.compile(r"[a-z]{1,2}|[b-df-hj-np-tv-xz]{3,4}")
"""Given names that are initials run together: ``dj``, ``rrdj``."""


def _in_lower_case(name: Name) -> Name:
    """A name written without a capital, whose given names :func:`parse` took for particles.

    >>> _in_lower_case(parse("rrdj dewitt")).given, _in_lower_case(parse("y. van gennip")).particle
    ('RRDJ', 'van')
    """
    words = name.particle.split()
    first = next((place for place, word in enumerate(words) if word in PARTICLES), len(words))
    given = [word.upper() if RE_RUN_TOGETHER.fullmatch(word) else word for word in words[:first]]
    return Name(name.family, " ".join([name.given, *given]).strip(), " ".join(words[first:]), name.suffix)


def agreement(one: Signature, other: Signature) -> float:
    """How well two names agree, from 0 (other people) to 1 (nothing speaks against one person).

    Initials agree with what they abbreviate. A typo in a long family name
    costs little, other given names behind one family name cost half.

    >>> agreement(signature(parse("W\N{REPLACEMENT CHARACTER}sch, J")), signature(parse("Jürgen Wäsch")))
    0.9
    """
    if one.family == other.family:
        return _given_agreement(one, other)
    if one.swapped and one.swapped == other.family and _starts(one.initials, one.family, other):
        return 0.95
    if other.swapped and other.swapped == one.family and _starts(other.initials, other.family, one):
        return 0.95
    if one.last in (other.family, other.last) or other.last == one.family:
        return _given_agreement(one, other)
    if _is_typo(one.family, other.family):
        return 0.9 if _given_agreement(one, other) > 0.7 else 0.0
    if one.initials[:1] == other.initials[:1] != "":
        if _is_part(one.family, other.family):
            return 0.8
        if _is_damaged(one.family, other.family):
            return 0.55
    return 0.0


def _starts(own: str, family: str, other: Signature) -> bool:
    """Whether initials read in the other order begin as the other name's do."""
    return not other.initials or family[:1] == other.initials[0] or other.initials[0] in own


def _given_agreement(one: Signature, other: Signature) -> float:
    mine, theirs = one.initials, other.initials
    if not mine or not theirs:
        return 0.95
    if one.given and other.given and one.given != other.given:
        short, long = sorted((one.given, other.given), key=len)
        if long.startswith(short) or short in long or _is_typo(short, long):
            return 0.95
        return 0.5 if mine[0] != theirs[0] else 0.7
    if mine.startswith(theirs) or theirs.startswith(mine):
        return 1.0
    if mine[0] == theirs[0] or mine in theirs or theirs in mine:
        return 0.85
    return 0.5


def _is_typo(one: str, other: str) -> bool:
    """One letter of five, or two of nine, are wrong, missing or too many."""
    shorter = min(len(one), len(other))
    if shorter < 4 or abs(len(one) - len(other)) > 2:
        return False
    allowed = 1 if shorter < 9 else 2
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _is_damaged(one: str, other: str) -> bool:
    """Several letters are wrong or lost, as encodings that went wrong leave a name."""
    if min(len(one), len(other)) < 4:
        return False
    return Indel.normalized_similarity(one, other, score_cutoff=0.7) >= 0.7


def _is_part(one: str, other: str) -> bool:
    """One family name is the beginning or end of the other: García, García Márquez."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and (long.startswith(short) or long.endswith(short))

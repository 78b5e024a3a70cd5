"""Degrees: what a thesis was written for, in the many words that sources have for it."""

from __future__ import annotations

from odebib.text.folding import fold_words

PHD, MASTER, BACHELOR = "PhD", "master's", "bachelor's"

WORDS = {
    PHD: "phd dphil doctor doctoral doctorate dissertation promotion these",
    MASTER: "master masters ma msc mathesis mphil meng mba masterarbeit mastersthesis masterthesis "
    "magister memoire laurea",
    BACHELOR: "bachelor bachelors ba bsc beng bathesis bachelorarbeit bachelorsthesis bachelorthesis "
    "undergraduate honours honors",
    "diploma": "diploma diplom diplomarbeit dipl",
    "habilitation": "habilitation habilitationsschrift hdr",
    "licentiate": "licentiate licentiatus lic licthesis",
    "candidate": "candidate candthesis",
}
"""The words by which each degree is known, folded."""

SHORT_FORMS = {
    ("ph", "d"): PHD,
    ("d", "phil"): PHD,
    ("phdthesis",): PHD,
    ("m", "sc"): MASTER,
    ("m", "phil"): MASTER,
    ("m", "a"): MASTER,
    ("m", "s"): MASTER,
    ("ms",): MASTER,
    ("m", "eng"): MASTER,
    ("b", "sc"): BACHELOR,
    ("b", "a"): BACHELOR,
    ("b", "eng"): BACHELOR,
}
"""Forms that fall into letters when they are folded, by what they begin with."""

NOTHING_SAID = frozenset({"thesis", "report", "type", "of", "a", "s", "the"})
"""Words that are in a degree's wording and name none."""


def normal(text: str) -> str:
    """A degree as odebib writes it; empty where the text names none; in its own words where unknown.

    >>> [normal(text) for text in ("Ph.D. thesis", "mathesis", "M.Sc.", "Diplomarbeit", "Thesis")]
    ['PhD', "master's", "master's", 'diploma', '']
    >>> normal("Engineer's thesis")
    "Engineer's thesis"
    """
    words = fold_words(text)
    for form, degree in SHORT_FORMS.items():
        if tuple(words[: len(form)]) == form:
            return degree
    for degree, known in WORDS.items():
        if words and not set(words).isdisjoint(known.split()) and "post" not in words:
            return degree
    if set(words) <= NOTHING_SAID:
        return ""
    return " ".join(text.split())


def wording(degree: str | None) -> str:
    """What a thesis for a degree is called in a reference.

    >>> wording("PhD"), wording("master's"), wording(None), wording("Engineer's thesis")
    ('PhD thesis', "Master's thesis", 'Thesis', "Engineer's thesis")
    """
    if not degree:
        return "Thesis"
    if degree not in WORDS:
        return degree
    return f"{degree[0].upper()}{degree[1:]} thesis"

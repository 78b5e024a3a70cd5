"""Dates of .bib files: years and months as people write them, and what they say in words."""

from __future__ import annotations

import re

from odebib.model.values import MONTHS
from odebib.sources.bibtex.blocks import Fields
from odebib.text.folding import fold_words
from odebib.text.latex import decode

RE_ISO = re.compile(r"\W*(\d{4})(?:-(\d{1,2}))?(?!\d)")
RE_YEAR = re.compile(r"(?<!\d)(1\d{3}|2[01]\d\d)(?!\d)")
RE_SAYS_NOTHING = re.compile(
    r"(?:n\.?\s*d\.?|s\.?\s*[ad]\.?|no date|o\.?\s*[JD]\.?|undated|\W|\d|[a-z]\b)*", re.IGNORECASE
)
"""What people write where they know no year, and what is left of one that was read."""

ELSEWHERE = (
    "januar janvier enero gennaio janeiro",
    "februar fevrier febrero febbraio fevereiro",
    "marz maerz mars marzo marco",
    "avril abril aprile",
    "mai mayo maggio maio",
    "juni juin junio giugno junho",
    "juli juillet julio luglio julho",
    "aout agosto",
    "septembre septiembre settembre setembro",
    "oktober octobre octubre ottobre outubro",
    "novembre noviembre novembro",
    "dezember decembre diciembre dicembre dezembro",
)
"""Months in other languages, folded."""
FORMS = [(month, *others.split()) for month, others in zip(MONTHS, ELSEWHERE, strict=True)]
STATES = {
    "inpreparation": "in preparation", "submitted": "submitted", "forthcoming": "forthcoming",
    "inpress": "in press", "prepublished": "prepublished",
}  # fmt: skip
"""What BibLaTeX's ``pubstate`` stands for."""


def of_values(values: Fields) -> tuple[str, str, str]:
    """Year, month, and what the fields of the date say in words: ``to appear``, ``circa``.

    >>> of_values({"year": "circa 1850"}), of_values({"date": "2019-12-30/2020-01-02"})
    (('1850', '', 'circa 1850'), ('2019', '12', ''))
    >>> of_values({"year": "2001", "month": "10~January"})
    ('2001', '1', '')
    """
    date, said = decode(values.get("date", "")), decode(values.get("year", ""))
    begin, _, end = date.partition("/")
    match = RE_ISO.match(begin) or RE_ISO.match(end)
    year = match[1] if match else ""
    if not match and (found := RE_YEAR.search(said) or RE_YEAR.search(date)):
        year = found[1]
    words = "" if RE_SAYS_NOTHING.fullmatch(said) else said
    if not year and not words and re.search(r"\d", date):
        words = date
    return year, month(values.get("month", "")) or _number((match and match[2]) or ""), words or state(values)


def state(values: Fields) -> str:
    """How far the work has come on its way to be published, where that is said."""
    said = decode(values.get("pubstate", ""))
    return STATES.get(said.lower(), said)


def month(value: str) -> str:
    """The number of the month that a value names, whatever days it names beside it; empty if it names none.

    >>> month("June 12--15"), month("3~sept."), month("{Mar/Apr}"), month("07"), month("Spring")
    ('6', '9', '3', '7', '')
    """
    words = fold_words(decode(value))
    named = (
        str(place) for word in words for place, forms in enumerate(FORMS, 1) if _is_short_for(word, forms)
    )
    return next(named, "") or next(filter(None, map(_number, words)), "")


def _is_short_for(word: str, forms: tuple[str, ...]) -> bool:
    return len(word) > 2 and any(form.startswith(word) or word == f"{form[:3]}t" for form in forms)


def _number(text: str) -> str:
    return str(int(text)) if text.isdecimal() and 1 <= int(text) <= 12 else ""

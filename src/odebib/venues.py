"""Venues as sources write them: which venue of the bibliography is meant, and what a new one is.

Sources add to a name what changes every year: "Proceedings of the 35th Annual
International Conference on Machine Learning (ICML 2018), Stockholm, Sweden".
What is left without that is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from odebib.bibliography import Vocabulary
from odebib.folding import fold, slug
from odebib.model import EntryType, Venue, VenueKind

RE_YEAR = re.compile(r"['’]?\b(?:19|20)\d\d\b|['’]\d\d\b")
RE_GLUED_YEAR = re.compile(r"(?<=[A-Za-z])[-' ’]?\d{2}(?:\d{2})?$")
RE_ORDINAL = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]?)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|fortieth|fiftieth))\b",
    re.IGNORECASE,
)
RE_LEAD = re.compile(
    r"^(?:in\s+)?(?:(?:the\s+)?(?:proceedings|proc\.?|conference record|record)\s+(?:of\s+)?)?(?:the\s+)?"
    r"(?:annual\s+)?(?:acm(?:[-/ ]sig\w+)?\s+|ieee(?:/[a-z]+)*\s+|aaai\s+(?=conference))?",
    re.IGNORECASE,
)
RE_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]")

JOURNAL_WORDS = re.compile(
    r"\b(?:journal|transactions|trans|letters|review|reviews|magazine|annals|bulletin|nature|science|j|acta"
    r"|archive|mathematics|physics|computation|reports|record|communications|notices|statistics)\b",
)
"""Words that journals' names hold and those of conferences do not."""
CONFERENCE_WORDS = re.compile(
    r"\b(?:conference|conf|symposium|proceedings|proc|meeting|congress|advances|workshop|colloquium|cvpr|iccv|eccv)\b"
)


def find(venues: Vocabulary[Venue], text: str) -> Venue | None:
    """The venue that a source's words mean, or None if the bibliography knows none such."""
    for candidate in _readings(text):
        found = venues.find(candidate)
        if found:
            return found
    wanted = {_core(text)} - {""}
    return next((v for v in venues if wanted & {_core(v.name), *(_core(s) for s in v.spellings)}), None)


def _readings(text: str) -> Iterator[str]:
    """What the words may be when all that changes every year is taken away, the fullest first."""
    yield text
    yield from (_undated(group) for group in RE_PARENTHESES.findall(text))
    bare = _undated(RE_PARENTHESES.sub(" ", text))
    yield bare
    yield RE_GLUED_YEAR.sub("", bare)
    core = _core(text)
    yield core
    if "," in bare:
        yield _core(bare.split(",")[0])
    words = bare.split()
    if words and words[0].isupper() and len(words[0]) > 2:
        yield words[0]


def _undated(text: str) -> str:
    text = RE_ORDINAL.sub(" ", RE_YEAR.sub(" ", text))
    return " ".join(text.split()).strip(" ,.;:-")


def _core(text: str) -> str:
    """The words that stay the same every year."""
    bare = _undated(RE_PARENTHESES.sub(" ", text))
    return fold(RE_LEAD.sub("", RE_LEAD.sub("", bare, count=1).strip(), count=1))


def draft(text: str, kind: EntryType | None) -> Venue:
    """A venue for the bibliography from a source's words, for a person to look at."""
    bare = RE_GLUED_YEAR.sub("", _undated(RE_PARENTHESES.sub(" ", text))) or text
    short = next(
        iter(group for group in map(_undated, RE_PARENTHESES.findall(text)) if group.isupper()), bare
    )
    return Venue(
        id=slug(short) or "venue", short=short, name=bare, kind=_kind(bare, kind), draft=True,
        spellings=(text,) if fold(text) not in {fold(short), fold(bare)} else (),
    )  # fmt: skip


def _kind(text: str, kind: EntryType | None) -> VenueKind:
    folded = fold(text)
    if "workshop" in folded or kind == EntryType.WORKSHOP_PAPER:
        return VenueKind.WORKSHOP
    if kind == EntryType.JOURNAL_ARTICLE:
        return VenueKind.JOURNAL
    if kind == EntryType.CHAPTER:
        return VenueKind.BOOK
    if kind is None and JOURNAL_WORDS.search(folded) and not CONFERENCE_WORDS.search(folded):
        return VenueKind.JOURNAL
    return VenueKind.CONFERENCE

"""How sources write a venue, taken apart: short name, full name, and what changes every year.

"Proceedings of the 35th International Conference on Machine Learning, ICML
2018, Stockholm, Sweden" is the International Conference on Machine Learning,
in short ICML; "J. Mach. Learn. Res." and "JMLR" are one journal's name, cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from odebib.text.folding import fold, fold_words, transliterate

RE_BRACES = re.compile(r"[{}]")
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
RE_YEAR = re.compile(r"['’‘]?(?<!\d)(?:19|20)\d\d(?!\d)|['’‘]\d\d\b")
RE_SHORT_YEAR = re.compile(r"(?<=[A-Za-z])[-' ’‘]?(?:19|20)?\d\d(?!\d)$")
RE_ORDINAL = re.compile(
    r"\b(?:\d{1,3}(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]?)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|fortieth|fiftieth))\b",
    re.IGNORECASE,
)
RE_LEAD = re.compile(
    r"^(?:(?:in|the)\b[: ]\s*|(?:proceedings|proc\b\.?|conference record|record)\s*[,:]?\s*(?:of\b\s*)?"
    r"|(?:of|annual)\s+(?=[A-Z])|[\s,.:;–—-]+)",
    re.IGNORECASE,
)
RE_ARTICLE = re.compile(r"^(?:in\b:?\s+)?the\s+(?!.*\b(?:journal|annals|review|bulletin)\b)", re.IGNORECASE)
"""An article before a conference's name; a journal may own its."""
RE_VOLUME = re.compile(
    r"[\s,.:;(–—-]*\b(?:(?:volume|vol\.?|part)\s*(?:\d|[IVX]+\b)|pmlr\b|issn\b|revised\b|research track\b"
    r"|(?:main|technical) (?:track|papers)\b).*$",
    re.IGNORECASE,
)
"""The volume or part of the proceedings, and all that follows it."""
RE_NUMBER_AT_END = re.compile(r"(?<=[a-z])[ ,]+(?:\d{1,3}|[IVX]{2,6})$")
RE_NUMBERED_PERIODICAL = re.compile("ournal|rans")
RE_SUBTITLE = re.compile(
    r"(?:\s\d{1,3})?\s*[:–—-]\s+(?:the\s+)?(?:annual|\d{1,3}(?:st|nd|rd|th)|proceedings)\b.*$", re.IGNORECASE
)
"""A second name behind the first: "33: Annual Conference on Neural Information Processing Systems"."""
RE_PLACE_AND_DATE = re.compile(
    r"\s*[:;,.]\s+[^\W\d_][^:;]{0,80}?\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2}\b.*$",
    re.IGNORECASE,
)
RE_BRACKETS = re.compile(r"[(\[]([^()\[\]]{0,200})[)\]]")
RE_SEGMENT = re.compile(r"\s*[,;]\s+|\s+[-–—/]{1,3}\s+|:\s+")
RE_ACRONYM = re.compile(r"(?=\S*[A-Z]\S*[A-Z])[A-Za-z0-9][\w+&/-]{1,13}")
"""A short name: ICML, NeurIPS, L4DC, EMNLP-IJCNLP."""
RE_DATED_ACRONYM = re.compile(r"([A-Z][\w+&/-]{1,13}?)[- ]?['’‘]?((?:19|20)?\d\d)")
RE_OWN_CONFERENCE = re.compile(r"^([A-Z][A-Za-z]*[A-Z]\w*) (?:Conference|Symposium)\b")
"""A conference that bears the name of its society: AAAI Conference on Artificial Intelligence."""
RE_DATE_OR_NUMBER = re.compile(
    r"\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|virtual"
    r"|online)\b",
    re.IGNORECASE,
)

STOP_WORDS = frozenset(
    ["of", "the", "and", "on", "in", "for", "a", "an", "to", "at", "de", "der", "und", "et", "la"]
)  # fmt: skip
SOCIETIES = frozenset(
    ["acm", "ieee", "cvf", "rsj", "usenix", "ifac", "ifip", "aiaa", "asme", "iapr", "eurasip", "isca", "itg",
     "iet", "sigkdd", "sigmod", "sigir", "sigchi", "siggraph", "sigplan", "sigact", "sigsoft", "sigcomm",
     "sigops", "sigarch"]
)  # fmt: skip
"""Societies that stand before a name and are as often left out."""
GENERIC = frozenset(
    ["conference", "conf", "international", "intl", "int", "annual", "proceedings", "proc", "meeting"]
)  # fmt: skip
"""Words of conferences' names that are as often left out."""
SKIPPABLE = STOP_WORDS | SOCIETIES | GENERIC | {"symposium", "workshop", "transactions", "advances", "joint"}
"""Words that a short name may pass over."""

JOURNAL_WORDS = frozenset(
    ["journal", "transactions", "trans", "letters", "review", "reviews", "magazine", "annals", "bulletin",
     "nature", "science", "j", "acta", "archive", "mathematics", "physics", "computation", "reports",
     "communications", "notices", "statistics", "lett", "rev", "zeitschrift", "annalen", "quarterly"]
)  # fmt: skip
"""Words that journals' names hold and those of conferences do not."""
SURELY_CONFERENCE = frozenset(["conference", "conf", "symposium", "workshop", "workshops"])
CONFERENCE_WORDS = frozenset(
    ["conference", "conf", "symposium", "proceedings", "proc", "meeting", "congress", "workshop", "workshops",
     "colloquium"]
)  # fmt: skip

NO_VENUE = re.compile(
    r"https?://|www\.|(?:to be |re)?submitted\b|in (?:preparation|review|press)\b|under review|to appear"
    r"|unpublished|unknown|preprint\b|manuscript\b|forthcoming|n/?a$|none$|accepted\b",
    re.IGNORECASE,
)
"""What stands where the venue should and is none."""


@dataclass(frozen=True, slots=True)
class VenueName:
    """A venue's name as a source writes it, taken apart."""

    text: str
    name: str
    """The full name without what changes every year; empty where only the short one is given."""
    acronym: str
    """The short name; empty where none is given."""
    is_conference: bool
    """Whether the words themselves say that it is a conference."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that tell it from others, as they are written."""
        return _words(self.name or self.acronym)

    @property
    def key(self) -> tuple[str, ...]:
        """As :attr:`words`, without those that conferences' names leave out as often as not."""
        words = tuple(word for word in self.words if word not in GENERIC)
        return words or self.words


def says_nothing(text: str) -> bool:
    """Whether what stands in place of a venue names none.

    >>> says_nothing("Submitted for publication"), says_nothing("Under Pressure Journal")
    (True, False)
    """
    words = set(fold_words(text)) - {"proceedings", "proc", "of", "the", "journal", "conference"}
    return not words or bool(NO_VENUE.match(text.strip(" .,;(")))


@lru_cache(maxsize=65536)
def parse(text: str) -> VenueName:
    """The parts of a venue's name.

    >>> name = parse("Proceedings of the 27th Annual Conference on Learning Theory (COLT 2014), Barcelona")
    >>> name.name, name.acronym
    ('Proceedings of the Annual Conference on Learning Theory', 'COLT')
    >>> parse("NeurIPS'18").acronym, parse("Nature").name
    ('NeurIPS', 'Nature')
    """
    plain = " ".join(RE_BRACES.sub("", text[:500]).replace(SOFT_HYPHEN, "").split())
    acronyms = list(filter(None, map(_acronym, RE_BRACKETS.findall(plain))))
    plain = RE_VOLUME.sub("", _tidy(RE_BRACKETS.sub(" ", plain)))
    is_numbered = bool(RE_SUBTITLE.search(plain))
    kept, dated = _without_dates(RE_SUBTITLE.sub("", plain))
    if is_numbered:
        dated = dated or _without_dates(plain)[1]
    acronyms += dated
    name = _with_last_dot(RE_ARTICLE.sub("", _undated(kept)), text)
    is_conference = is_numbered or _sounds_like_conference(name, has_short_name=dated not in ([], [kept]))
    core = without_lead(name)
    if RE_NUMBER_AT_END.search(core) and not RE_NUMBERED_PERIODICAL.search(core):
        name, core = RE_NUMBER_AT_END.sub("", name), RE_NUMBER_AT_END.sub("", core)
        is_conference = is_conference or fold(core).startswith("advances in ")
    if (own := RE_OWN_CONFERENCE.match(core)) and own[1].lower() not in SOCIETIES:
        acronyms.append(own[1])
    found = _acronym(core)
    if found and (fold(found) not in SOCIETIES or found.startswith("SIG")):  # not the Proceedings of the IEEE
        return VenueName(text, "", [*acronyms, found][0], is_conference)
    return VenueName(text, name or plain or text, [*acronyms, ""][0], is_conference)


def _sounds_like_conference(name: str, *, has_short_name: bool) -> bool:
    """Whether a name's words are a conference's; one with short name and year is, if not a journal's."""
    words = fold_words(name)
    return not CONFERENCE_WORDS.isdisjoint(words) or (has_short_name and JOURNAL_WORDS.isdisjoint(words))


def _acronym(text: str) -> str:
    """The short name that a few letters are, without year; empty if they are none."""
    bare = _undated(text.strip(" .,"))
    bare = RE_SHORT_YEAR.sub("", bare)
    return bare if RE_ACRONYM.fullmatch(bare) and not bare.isdigit() else ""


def _without_dates(text: str) -> tuple[str, list[str]]:
    """The text up to where place and date begin, and the short names that stand there with a year."""
    parts = RE_SEGMENT.split(text)
    gaps = [*RE_SEGMENT.findall(text), ""]
    for place, part in enumerate(parts):
        if (match := RE_DATED_ACRONYM.fullmatch(without_lead(part))) and _acronym(match[1]):
            before = _joined(parts[:place], gaps)
            if gaps[place - 1].strip() not in {",", ";", ""} or not place:
                before = ""  # "Computer Vision – ECCV 2014": what stands before the dash is a series
            return before or match[1], [_acronym(match[1])]
        if place and is_short_for(part, parts[place - 1]):
            return _joined(parts[:place], gaps), [part]
    if CONFERENCE_WORDS.isdisjoint(fold_words(text)):
        return text, []
    if match := RE_PLACE_AND_DATE.search(text):
        return text[: match.start()], []
    kept = len(parts)
    for place in range(len(parts) - 1, 0, -1):
        is_named = not RE_DATE_OR_NUMBER.search(parts[place]) and re.search(r"\band\b|&", parts[place])
        if gaps[place - 1].strip() != "," or is_named:
            break
        kept = place
    return _joined(parts[:kept], gaps), []


def _joined(parts: Sequence[str], gaps: Sequence[str]) -> str:
    """The segments as they were, without what stands behind the last one."""
    return "".join(part + gap for part, gap in zip(parts[:-1], gaps, strict=False)) + "".join(parts[-1:])


def _undated(text: str) -> str:
    text = RE_ORDINAL.sub(" ", RE_YEAR.sub(" ", text))
    return _tidy(text)


def _with_last_dot(name: str, text: str) -> str:
    """An abbreviated name keeps its last full stop: ACM Trans. Graph."""
    return f"{name}." if "." in name and text.rstrip().endswith(f"{name.rsplit(' ', 1)[-1]}.") else name


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,.;:–—-/")


def without_lead(text: str) -> str:
    """A name without "In Proceedings of the", which stands before any conference's.

    >>> without_lead("In: Proc. of the ICML"), without_lead("The Annals of Statistics")
    ('ICML', 'Annals of Statistics')
    """
    while match := RE_LEAD.match(text):
        if match.end() == 0 or match.end() == len(text):
            break
        text = text[match.end() :]
    return text


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    found = fold_words(without_lead(name))
    words = [word for word in found[:-1] if word not in STOP_WORDS] + list(found[-1:])
    start = next((place for place, word in enumerate(words) if word not in SOCIETIES), 0)
    words = words[start:]
    return tuple(words[1:] if words[:1] == ["annual"] else words)


# -- Short for ------------------------------------------------------------------------------


def is_short_for(acronym: str, name: str) -> bool:
    """Whether a short name is made of the beginnings of the words of a long one.

    >>> is_short_for("ICML", "Proceedings of the International Conference on Machine Learning")
    True
    >>> is_short_for("NeurIPS", "Advances in Neural Information Processing Systems")
    True
    >>> is_short_for("TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence")
    True
    >>> is_short_for("ICLR", "International Conference on Machine Learning")
    False
    """
    letters = re.sub(r"[^a-z]", "", transliterate(acronym).lower())
    words = fold_words(name)[:20]
    if not 3 <= len(letters) <= 12 or sum(word not in SKIPPABLE for word in words) < 2:
        return False
    tokens = [token.lower() for token in re.findall(r"[A-Z][a-z]*", transliterate(acronym))]
    return _spells(list(letters), words) or (len(tokens) > 2 and _spells(tokens, words))


def _spells(tokens: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the tokens begin the words one after another; only words of no weight may be passed over."""
    reached = {0}
    for word in words:
        further = {place + 1 for place in reached if place < len(tokens) and word.startswith(tokens[place])}
        reached = further | (reached if word in SKIPPABLE else set())
    return len(tokens) in reached


def is_abbreviation(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words of one name are the beginnings of the other's: J. Comput. Phys.

    Contractions count where they keep first and last letter (Natl for
    National); a letter that ends a name is that of a section and stands for
    nothing else (Phys. Rev. A is not Physical Review Applied).

    >>> is_abbreviation(["j", "mach", "learn", "res"], ["journal", "machine", "learning", "research"])
    True
    """
    if len(short) != len(long) or len(short) < 2 or tuple(short) == tuple(long):
        return False
    if short[-1] != long[-1] and 1 in (len(short[-1]), len(long[-1])):
        return False
    return all(_cuts(one, other) or _cuts(other, one) for one, other in zip(short, long, strict=True))


def _cuts(part: str, word: str) -> bool:
    if word.startswith(part):
        return True
    if not 2 < len(part) < min(6, len(word)) or part[0] != word[0] or part[-1] != word[-1]:
        return False
    letters = iter(word)
    return all(letter in letters for letter in part)


# -- Workshops ------------------------------------------------------------------------------

RE_WORKSHOP = re.compile(r"\bworkshops?\b", re.IGNORECASE)
RE_WORKSHOP_LAST = re.compile(r"^(.{3,200}?)[\s:,–—-]+(workshops?)$", re.IGNORECASE)
RE_WORKSHOP_LATER = re.compile(
    r"^([A-Z][\w&/]{2,13}?)(?:[-'’ ]+(?:(?:19|20)\d\d|\d\d))?[\s:,–—-]+(?=\S)"
    r"(.{0,120}?\b(?i:workshops?)\b.{0,300})$"
)
RE_WORKSHOP_FIRST = re.compile(
    r"^(.{0,300}?\b(?i:workshops?)\b.{0,200}?)[\s,:;@(–—-]+(?:(?:at|of|in)\s+(?:the\s+)?)?([A-Z][\w&/]{2,13}?)"
    r"(?:[-'’ ]*(?:(?:19|20)\d\d|\d\d))?\)?$"
)


def workshop_parts(text: str) -> Iterator[tuple[str, str]]:
    """What a workshop's name may consist of, as (conference, event), the surest first.

    >>> list(workshop_parts("ICML 2023 Workshop on Structured Inference"))
    [('ICML', 'Workshop on Structured Inference')]
    >>> list(workshop_parts("Deep RL Workshop NeurIPS 2021"))
    [('NeurIPS', 'Deep RL Workshop')]
    """
    plain = without_lead(" ".join(RE_BRACES.sub("", text[:500]).split()))
    if not RE_WORKSHOP.search(plain):
        return
    bare = without_lead(_tidy(RE_ORDINAL.sub(" ", plain)))
    found = []
    if match := RE_WORKSHOP_LAST.match(_undated(bare)):
        found.append((_tidy(match[1]), "Workshop"))
    if match := RE_WORKSHOP_LATER.match(bare):
        found.append((_acronym(match[1]), _undated(match[2])))
    if match := RE_WORKSHOP_FIRST.match(bare):
        found.append((_acronym(match[2]), _undated(match[1])))
    for conference, event in found:
        is_cut = fold_words(event)[-1:] and fold_words(event)[-1] in STOP_WORDS
        if conference and not is_cut and not SOCIETIES.issuperset(fold_words(conference)):
            yield conference, event

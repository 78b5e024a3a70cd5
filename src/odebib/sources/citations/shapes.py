"""The shapes of names: what a word or a few words must look like to be a person or a part of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from odebib.text.names import RE_SUFFIX

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
        "y",
    ]
)
"""Lower-case words that belong to a family name."""

RE_MARKS = re.compile(r"[*∗⋆†‡§¶✉#]+|(?<=[^\W\d_])\d(?:,\d)*$|[¹²³⁴⁵]|\^\{?\w+\}?")
"""Footnote marks at names: equal contribution, affiliation."""
RE_HAN_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,4})?|[\uac00-\ud7af]{2,4}|[\u3040-\u30ff\u4e00-\u9fff]{3,6}"
)
"""A name in Han characters, Hangul or Kana, which are written without a space."""
HAN_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温"
    "芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈"
    "鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边饶张劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸蕐窦仇"
)
"""The commonest Chinese surnames; by them a name is told from other short words of the same script."""
RE_NAME_PREFIX = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|El|Al|Fitz|Van|Vander|Ver|Bar|Ben|Del|Da|Ó)(?=[A-Z])")
"""What may stand before a capital inside a family name: McCallum, LeCun."""
RE_NO_NAME = re.compile(
    r".*(?:tions?|ities|ity|ics|[cegirv]ments|[eg]ement|periment|ness|ional|ical|ative|works?|stems"
    r"|ithms?|ysis|yses)"
    r"|learning|networks?|models?|datasets?|benchmarks?|methods?|theor(?:y|ies)|deep|neural|systems?|data|machines?|computing"
    r"|problems?|reports?|magazine|bulletin|acta|physica|introduction|survey|review|guide|lectures?|advances|journal|springer|press|nature|science"
    r"|model(?:l)?ing|training|processing|using|the|of|for|with|from|via|is|are|new|towards?"
    r"|flows?|graphs?|time|series|image|images|video|code|paper|slides|talk|university|institute"
    r"|conference|record|workshop|symposium|proceedings|transactions|letters|society"
    r"|programming|engineering|software|paradigms?|languages?|labs?|group|team|cent(?:er|re)|research|college"
    r"|department|foundation|academy|laborator(?:y|ies)|company|corp|inc|ltd|gmbh|ag|llc|studios?|consortium|project|library|toolbox"
    r"|[^\W\d_]+-(?:based|free|aware|wise|level|driven|guided|supervised|order|agnostic|specific|scale|shot"
    r"|time|like|to|in|of|and|the|end|art|efficient|conditioned|oriented|centric|critic)",
    re.IGNORECASE,
)
"""Words of titles, not of people; only asked where no initials speak for a person."""
RE_SMALL_WORD = re.compile(r"on|in|to|an?|is|at|by|or", re.IGNORECASE)
"""Small words of titles that are also given names (Ning An, Dong In Lee): a title begins with them."""
RE_PINYIN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcst]h|hs|ts|tz|kh|ph)?(?:[aeiouü]{1,3}(?:ng|n)?|er))+",
    re.IGNORECASE,
)
"""A name of Mandarin in Latin letters, which may end as an English participle does: ``Xiaoming``."""
RE_JOURNAL_WORD = re.compile(
    r"comput?|chem|biol|soc|phys|math|appl|sci|rev|lett|trans|proc|comm(?:un)?|mech|eng|acad|statist|anal"
    r"|numer",
    re.IGNORECASE,
)
"""Words of abbreviated journals: ``J. Comput. Phys.`` is no person."""


@dataclass(frozen=True)
class Piece:
    """A part of an author line and the shape of its words."""

    text: str
    kind: str  # full, reversed, word, initials, suffix

    @property
    def has_initials(self) -> bool:
        """Whether an initial speaks for a person; capitals inside full words may be an acronym's."""
        words = [word for word in self.text.split() if is_initials(word)]
        return any(self.kind != "full" or len(word) == 1 or "." in word for word in words)

    @property
    def is_title(self) -> bool:
        """Whether a word of it is a title's, or a journal's where initials speak for a person."""
        words = [word.rstrip(".") for word in self.text.split()]
        if self.has_initials:
            return any(RE_JOURNAL_WORD.fullmatch(word) for word in words)
        if RE_SMALL_WORD.fullmatch(words[0]) or (len(words) > 1 and is_participle(words[0])):
            return True
        return any(RE_NO_NAME.fullmatch(word) for word in words)

    @property
    def ends_in_capitals(self) -> bool:
        """Whether its last word is in capitals: a family name, or a venue behind the name."""
        last = self.text.rsplit(" ", 1)[-1]
        return self.kind == "full" and last.isupper() and len(last) > 2


def is_participle(word: str) -> bool:
    """``Predicting``, unlike ``Xiaoming``."""
    return 5 < len(word) < 16 and word.endswith("ing") and word.isalpha() and not RE_PINYIN.fullmatch(word)


@lru_cache(maxsize=20_000)
def classify(part: str) -> Piece | None:
    """A piece with its shape, or None if it cannot be a part of a person."""
    words = words_of(part)
    if not words or len(words) > MOST_WORDS:
        return None
    text = " ".join(words)
    if len(words) == 1 and RE_SUFFIX.fullmatch(text) and len(text.rstrip(".")) > 1:
        return Piece(text, "suffix")
    if all(is_initials(word) for word in words):
        return Piece(text, "reversed" if _is_family_in_capitals(words) else "initials")
    if RE_HAN_NAME.fullmatch(text.rstrip(".．。")):
        return Piece(text.rstrip(".．。"), "full")
    return shape(_without_stop(words))


MOST_WORDS = 7
"""A person has no more words."""


def _is_family_in_capitals(words: list[str]) -> bool:
    """``MA J``, as the standard GB/T 7714 has it."""
    return len(words) > 1 and words[0].isalpha() and len(words[0]) > 1 and len(words[1].strip(".")) == 1


def _without_stop(words: list[str]) -> list[str]:
    """The words without the full stop that ends the line and abbreviates nothing."""
    last = words[-1]
    if last.endswith(".") and not is_initials(last) and not RE_SUFFIX.fullmatch(last):
        return [*words[:-1], last.rstrip(".")]
    return words


def shape(words: list[str]) -> Piece | None:
    """The piece that words of which not all are initials make up."""
    text = " ".join(words)
    core = [word for word in words if word not in PARTICLES]
    if not core or words[-1] in PARTICLES or _leads_to_acronym(words) or not _are_names(words, core):
        return None
    if is_initials(words[-1]):
        first = first_initial(words)
        ordered = all(is_initials(word) for word in words[first:])
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
        is_initials(word) or is_name(word) or (word is first and more and _is_short_given(word))
        for word in core
    )


def words_of(part: str) -> list[str]:
    """The words of a piece without footnote marks."""
    part = re.sub(r"(?<=\.)(?=[^\W\d_]{2})", " ", RE_MARKS.sub("", part))
    words = [RE_MARKS.sub("", word).strip("()[]") for word in part.split()]
    return [word for word in words if word.strip(".")]


def is_initials(word: str) -> bool:
    """``R.``, ``R.T.Q.``, ``J.-H.``, ``RTQ``, ``K``."""
    letters = re.sub(r"[.\-‐–’']", "", word)
    return (
        letters.isalpha() and letters.isupper() and len(letters) <= 3 and letters.upper() != letters.lower()
    )


def _is_short_given(word: str) -> bool:
    """``Yu.``, ``Th.``: an abbreviated given name of more than one letter."""
    return bool(re.fullmatch(r"[^\W\d_]{1,4}\.", word)) and word[0].isupper()


def is_name(word: str) -> bool:
    """A capitalised word that may be a part of a person's name."""
    bare = re.sub(r"^(?:[dDlL]|[Oo]|al|el)['’`-]", "", word) or word
    if not re.fullmatch(r"[^\W\d_][^\W\d_'’`‘ʼ\-‐.]*(?:[-‐'’`‘ʼ][^\W\d_]+)*", bare):
        return False
    if not bare[0].isupper() or len(bare) < 2 or (bare.isupper() and len(bare) > 12):
        return False
    if re.fullmatch(r"[A-Z]-[A-Z]{2,}s?", bare):
        return False  # R-CNN
    rest = RE_NAME_PREFIX.sub("", bare)
    inner = any(one.islower() and other.isupper() for one, other in pairwise(rest))
    return not inner or bool(RE_TWO_NAMES.fullmatch(rest))


RE_TWO_NAMES = re.compile(r"[A-Z][a-z]{1,6}[A-Z][a-z]{1,6}")
"""Two syllables of a given name without a hyphen: ``BingQuan``."""


def first_initial(words: Sequence[str]) -> int:
    """Where the initials at the end of a reversed name begin; its first word is the family name."""
    first = len(words) - 1
    while first > 1 and is_initials(words[first - 1]) and len(words[first - 1].strip(".")) == 1:
        first -= 1
    return first

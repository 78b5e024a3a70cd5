"""Values as tables, JSON, YAML and front matter hold them: text, people, dates, addresses."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from odebib.model.values import MONTHS
from odebib.sources.citations.author_line import read_people
from odebib.sources.records import as_group, without_markup
from odebib.text import latex
from odebib.text.folding import fold
from odebib.text.names import OTHERS, split_people

NOTHING = frozenset(
    {"", "nan", "n/a", "na", "none", "null", "-", "–", "—", "tbd", "unknown", "nil", "?", "~", "[]"}
)
"""How people and programs write that there is no value."""
TEXT_KEYS = (
    "name",
    "display_name",
    "title",
    "text",
    "value",
    "label",
    "literal",
    "$t",
    "#text",
    "term",
    "tag",
    "_",
)
"""Under which keys an object holds the text that it stands for."""
URL_KEYS = ("url", "href", "link", "uri", "URL", "address", "landing_page_url", "pdf_url")

RE_WIKI_LINK = re.compile(r"\[\[([^\[\]|]{1,300})(?:\|([^\[\]]{1,300}))?\]\]")
RE_MARKDOWN_LINK = re.compile(
    r"\[([^\[\]]{1,500})\]\((https?://[^\s()]{1,1000}(?:\([^\s()]{0,200}\)[^\s()]{0,200})?)\)"
)
RE_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")
RE_NOT_IN_NAME = re.compile(
    r"\\?[*∗⋆†‡§¶✉#]+|<sup>.{0,20}?</sup>|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\^\{?[\w,*]{1,8}\}?|(?<=[a-z])\d+(?:,\s?\d+)*$"
)
"""Marks at names: equal contribution, affiliations."""
RE_GROUP = re.compile(r"\{[^{}]{1,300}\}")
"""A group's name as BibTeX writes it."""
RE_BRACKET_BEHIND_NAME = re.compile(r"\s*[(\[][^()\[\]]{0,200}[)\]]\s*$")
RE_ADDRESS = re.compile(r"https?://[^\s\"<>{}|\\^`]+[^\s\"<>{}|\\^`.,;:)\]]")
RE_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
RE_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{0,6})\b", re.IGNORECASE)


def texts(value: Any) -> list[str]:
    """All texts of a value: of a list each, of an object the one that names it."""
    if isinstance(value, Mapping):
        inner = next((value[key] for key in TEXT_KEYS if value.get(key)), None)
        return texts(inner) if isinstance(inner, str) else []
    if isinstance(value, list | tuple):
        return [text for item in value for text in texts(item)]
    if value is None or isinstance(value, bool):
        return []
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime.date):
        value = value.isoformat()
    text = str(value).strip()
    return [] if text.casefold() in NOTHING else [text]


def plain(text: str) -> str:
    """A text without the markup of whatever it was written in.

    >>> plain("*Journal of [[Water|Waters]]*"), plain("[A Title](https://example.org)")
    ('Journal of Waters', 'A Title')
    """
    if "[" in text:
        text = RE_WIKI_LINK.sub(lambda match: match[2] or match[1], text)
        text = RE_MARKDOWN_LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = RE_EMPHASIS.sub(r"\2", text)
    if re.search(r"\\[*_#&%$]", text):
        text = re.sub(r"\\([*_#&%])", r"\1", text)
    if "\\" in text or text.startswith("{"):
        text = latex.decode_title(text)
    return without_markup(text)


def first(value: Any) -> str:
    """The first text of a value, without markup; empty if it has none."""
    found = texts(value)
    return plain(found[0]) if found else ""


def joined(value: Any) -> str:
    """All texts of a value as one."""
    return "; ".join(filter(None, map(plain, texts(value))))


# -- Addresses ---------------------------------------------------------------------------


def addresses(value: Any) -> Iterator[tuple[str, str]]:
    """Every address of a value with the name it is given: ``{url: …, name: Preprint}``, ``{code: …}``."""
    if isinstance(value, Mapping):
        url = next((value[key] for key in URL_KEYS if isinstance(value.get(key), str) and value[key]), None)
        if url:
            yield from ((found, first(value)) for found, _ in addresses(url))
            return
        for name, inner in value.items():
            yield from ((found, label or str(name)) for found, label in addresses(inner))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from addresses(item)
    else:
        for text in texts(value):
            yield from _addresses_in(text)


def _addresses_in(text: str) -> Iterator[tuple[str, str]]:
    for label, url in RE_MARKDOWN_LINK.findall(text):
        yield url, label
    text = RE_MARKDOWN_LINK.sub(" ", text)
    found = RE_ADDRESS.findall(text)
    if not found and re.fullmatch(
        r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}/\S{0,500}|www\.\S{3,200}", text.strip()
    ):
        found = [f"https://{text.strip()}"]
    for url in found:
        yield url, ""


# -- Dates -------------------------------------------------------------------------------


def date(text: str) -> dict[str, str]:
    """Year and month of a date as people and programs write it.

    >>> date("2021-07-01T00:00:00Z"), date("Jul 2021"), date("20210704")
    ({'year': '2021', 'month': '7'}, {'year': '2021', 'month': '7'}, {'year': '2021', 'month': '7'})
    >>> date("12/7/2021"), date("2021.0")
    ({'year': '2021'}, {'year': '2021'})
    """
    if match := re.match(r"(1[5-9]\d\d|20\d\d)(0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)", text.strip()):
        return {"year": match[1], "month": match[2].lstrip("0")}
    match = RE_YEAR.search(text)
    if not match:
        return {}
    fields = {"year": match[1]}
    iso = re.match(r"[-/.](\d{1,2})(?![\d])", text[match.end() :])
    before = re.search(r"(?<!\d)(\d{1,2})[-/.](?:(\d{1,2})[-/.])?$", text[: match.start()])
    if iso and 1 <= int(iso[1]) <= 12:
        fields["month"] = iso[1].lstrip("0")
    elif word := RE_MONTH.search(text):
        fields["month"] = month(word[1])
    elif before and (number := _month_before(before)):
        fields["month"] = number
    return fields


def _month_before(match: re.Match[str]) -> str:
    """The month of ``7/2021`` and ``25/7/2021``; of ``12/7/2021`` nobody can tell."""
    one, other = int(match[1]), int(match[2] or 0)
    if not other:
        return str(one) if 1 <= one <= 12 else ""
    if one > 12 >= other:
        return str(other)
    return str(one) if other > 12 >= one else ""


def month(text: str) -> str:
    """The number of a month, or nothing.

    >>> month("JUL"), month("07"), month("Spring")
    ('7', '7', '')
    """
    if match := re.match(r"0?(\d{1,2})(?!\d)", text.strip()):
        return match[1] if 1 <= int(match[1]) <= 12 else ""
    word = RE_MONTH.search(text)
    return (
        str(next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word[1].lower()))) if word else ""
    )


# -- People ------------------------------------------------------------------------------

NAME_KEYS = {
    "family": ("family", "lastName", "last_name", "last", "lastname", "surname", "family-names", "familyName",
               "last-name", "family_name", "Last", "Family"),
    "given": ("given", "firstName", "first_name", "first", "firstname", "given-names", "givenName",
              "forename", "first-name", "given_name", "fore_name", "ForeName", "First", "Given"),
    "particle": ("non-dropping-particle", "dropping-particle", "prefix", "name-particle"),
    "suffix": ("suffix", "name-suffix"),
}  # fmt: skip
"""Under which keys an object holds the parts of a name."""


def people(value: Any) -> list[str]:
    """The people of a value, each as :func:`odebib.text.names.parse` reads it.

    >>> people("Quill B, Ostler C"), people(["[[Ada Marlow]]", {"given": "Benno", "family": "Quill"}])
    (['Quill, B', 'Ostler, C'], ['Ada Marlow', 'Quill, Benno'])
    >>> people("Marlow, Ada; Quill, Benno (5720)"), people("Cora Ostler et al.")
    (['Marlow, Ada', 'Quill, Benno'], ['Cora Ostler', 'others'])
    """
    if isinstance(value, list | tuple):
        found = [
            name
            for item in value
            for name in (_of_object(item) if isinstance(item, Mapping) else _of_item(item))
        ]
    elif isinstance(value, Mapping):
        found = _of_object(value)
    else:
        found = _of_text(" ".join(texts(value)))
    return list(dict.fromkeys(name for name in found if name))


def _of_object(item: Mapping[str, Any]) -> list[str]:
    """The person, or the people, of an object: the parts of a name, a name, or a person within."""
    parts = {
        part: " ".join(first(item[key]) for key in keys if item.get(key)) for part, keys in NAME_KEYS.items()
    }
    family = " ".join(filter(None, (parts["particle"], parts["family"])))
    if family and parts["suffix"] and parts["given"]:
        return [f"{parts['given']} {family}, {parts['suffix']}"]
    if family or parts["given"]:
        return [", ".join(filter(None, (family, parts["given"]))) if family else parts["given"]]
    return _within(item)


def _within(item: Mapping[str, Any]) -> list[str]:
    """The people of an object without parts of a name: ``{author: {display_name: …}}``, ``{name: …}``."""
    inner = item.get("author") or item.get("person")
    if isinstance(inner, Mapping | list):
        return people(inner)
    names = item.get("name") or item.get("names")
    if isinstance(names, Mapping):
        return _of_object(names)
    if text := first(item):
        return _of_item(text)
    return people(list(item.values())) if len(item) == 1 else []


def _of_item(item: Any) -> list[str]:
    """One item of a list of people: one person, unless it holds several after all."""
    if isinstance(item, list | tuple):  # OpenAlex-like pairs of names: ["Marlow", "Ada"]
        return [", ".join(texts(item))] if len(item) == 2 else people(list(item))
    found = texts(item)
    if found and RE_GROUP.fullmatch(found[0]):
        return [as_group(found[0])]
    text = _bare(found[0]) if found else ""
    if re.search(r"; | and |\bet al\b", text):
        return _of_text(text)
    return [_person(text)] if text else []


def _of_text(text: str) -> list[str]:
    """The people of one text, whatever separates them."""
    if "[[" in text:
        text = re.sub(r"\]\]\s*(?=\[\[)", "]]; ", text)
    text = re.sub(r"^(?:by|authors?:)\s+", "", text.strip(), flags=re.IGNORECASE)
    for separator in (r"\s*;\s*(?:and\s+|&\s*)?", r"\s*[|\n、；]\s*", r"\s+/\s+"):
        parts = [part for part in re.split(separator, text) if part.strip()]
        if len(parts) > 1 or text.rstrip().endswith(";"):
            return [name for part in parts for name in _of_part(_bare(part))]
    text = _bare(text, brackets=False)
    if not text:
        return []
    return [_person(text)] if _is_one(text) else _of_line(text)


def _of_part(part: str) -> list[str]:
    """What stands between semicolons: a person, or one of the ways to say that there are more."""
    if not part:
        return []
    if match := re.search(r"[\s,]*\b(?:et[.\s]*al\b\.?|and others|others)\s*$", part, re.IGNORECASE):
        return [*_of_part(part[: match.start()].strip()), OTHERS]
    return [_person(part)]


def _is_one(text: str) -> bool:
    """Whether ``Marlow, Ada`` or ``van der Zee, Gerrit H`` is one person, family name first."""
    parts = [part.split() for part in text.split(",")]
    if len(parts) == 1:
        return not re.search(r" and | & |\bet\.? al", text)
    if len(parts) != 2 or not all(parts) or re.search(r" and | & |\bet\.? al", text):
        return False
    family = [word for word in parts[0] if word[0].isupper()]
    return len(family) == 1 and len(parts[1]) <= 3


def _of_line(text: str) -> list[str]:
    if found := read_people(text):
        return found
    if match := re.search(r"[\s,]*\bet[.\s]*al\b.*$", text, re.IGNORECASE):
        return [*_of_line(text[: match.start()]), OTHERS] if match.start() else [OTHERS]
    return [_person(_bare(name)) for name in split_people(text) if _bare(name)]


def _bare(text: str, *, brackets: bool = True) -> str:
    """A name without marks, links and what stands behind it in brackets."""
    text = RE_NOT_IN_NAME.sub("", plain(re.sub(r"<sup>.{0,20}?</sup>", "", text)))
    while brackets and (bare := RE_BRACKET_BEHIND_NAME.sub("", text)) != text and bare.strip():
        text = bare
    return text.strip(" ,;").strip()


def _person(text: str) -> str:
    """One person as the model reads it: ``Ostler C`` and ``Liu R.`` are family name first."""
    if fold(text) in {"et al", "others", "and others"}:
        return OTHERS
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3 and all(parts):
        return f"{parts[1]} {parts[0]}, {parts[2]}"
    if len(parts) == 1 and re.search(r"\s[A-Z][A-Z.\s-]{0,8}$", text):
        found = read_people(text)
        return found[0] if found and len(found) == 1 else text
    return text


# -- Capitals ----------------------------------------------------------------------------

SMALL = frozenset(
    ["a", "an", "and", "as", "at", "by", "de", "der", "des", "di", "du", "et", "for", "from", "in",
     "la", "le", "of", "on", "or", "the", "to", "und", "with"]
)  # fmt: skip
CAPITALS = frozenset(
    ["IEEE", "ACM", "SIAM", "AIP", "AIAA", "ASME", "AMS", "IOP", "BMC", "BMJ", "PLOS", "IFAC", "IEE",
     "AAAI", "IJCAI", "USENIX", "SPIE", "RNA", "DNA", "AI", "2D", "3D", "II", "III", "IV", "MRS",
     "ACS", "RSC", "EPL", "JAMA", "CVPR", "ICML", "ICLR", "IOS", "LNCS", "VLDB", "SIGIR", "SIGMOD",
     "IET", "OSA", "UK", "USA", "EU"]
)  # fmt: skip
"""Words that are written in capitals anyway; so are those without a vowel."""


def in_usual_case(text: str) -> str:
    """A name IN CAPITALS as people write it; any other as it stands.

    >>> in_usual_case("IEEE TRANSACTIONS ON THE CONTROL OF TIDES"), in_usual_case("NeurIPS")
    ('IEEE Transactions on the Control of Tides', 'NeurIPS')
    """
    words = text.split()
    if not text.isupper() or (len(words) < 2 and len(text) < 7):
        return text
    return " ".join(_in_usual_case(word, number) for number, word in enumerate(words))


def _in_usual_case(word: str, number: int) -> str:
    bare = re.sub(r"[^A-Z0-9]", "", word)
    if bare in CAPITALS or (len(bare) > 1 and not re.search(r"[AEIOUY]", bare)):
        return word
    if number and word.lower() in SMALL:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word)

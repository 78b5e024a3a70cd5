"""Which capitals of a title BibTeX styles must not take away.

Most styles print titles in lower case but for the first letter and the one
after a colon. What must stay is put in braces: words with capitals inside
(ODE, ResNet), the proper nouns of ``words.yml``, single letters (Q-learning),
the first word after a question mark, mathematics; in a title that is in
sentence case already also every other capital, for it is a name. Never a
whole title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from odebib.model.vocabulary import Words
from odebib.text.latex import are_paired, split_math

RE_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
RE_NO_ARTICLE = re.compile(r"[-‐]\w|\W*$|:")
"""What follows an A that is no article: A-stable, vitamin A."""
RE_MARKUP = re.compile(r"[{}$\\]")
RE_POSSESSIVE = re.compile(r"['’]s?$")
RE_NEW_PART = re.compile(r":\s|[?!…][\"'”’)]*\s|[—–]\s|\s-{1,3}\s")
"""After these a part of the title begins; only the colon keeps the next capital by itself."""
FUNCTION_WORDS = frozenset({
    "about", "above", "across", "after", "against", "along", "among", "around", "based", "before", "behind",
    "below", "between", "beyond", "during", "from", "into", "over", "than", "that", "their", "through",
    "toward", "towards", "under", "until", "upon", "using", "versus", "via", "what", "when", "where",
    "which", "while", "whose", "with", "within", "without",
})  # fmt: skip
"""Words that are small in many titles whose other words are not."""
LONG = 1000
"""A longer title is none; nothing in it is looked at."""
SHOUTING_WORDS = 3
"""So many words in capitals are loud, not abbreviations."""


def protect_case(title: str, words: Words) -> str:
    """``title`` with braces around what must keep its capitals; braces without a partner go.

    >>> protect_case("Symplectic ODE-Net: Hamiltonian Dynamics", Words(proper_nouns=("Hamiltonian",)))
    'Symplectic {ODE}-Net: {Hamiltonian} Dynamics'
    >>> protect_case("Learning in $O(N)$ steps, part I", Words())
    'Learning in {$O(N)$} steps, part {I}'
    """
    tokens = list(_tokens(title))
    if len(title) > LONG:
        return "".join(f"{{${text}$}}" if kind == "math" else text for kind, text in tokens)
    marker = _Marker("".join(text for _, text in tokens), words, {kind for kind, _ in tokens})
    marked, offset = "", 0
    for kind, text in tokens:
        marked += f"{{${text}$}}" if kind == "math" else marker.mark(text, offset) if kind == "text" else text
        offset += len(text)
    return marked


def bare_title(title: str) -> str:
    """``title`` without the braces that keep case; those of mathematics stay.

    >>> bare_title("Neural {ODEs} in $x_{1}$")
    'Neural ODEs in $x_{1}$'
    """
    if "{" not in title and "}" not in title:
        return title
    parts = split_math(title)
    return "".join(f"${part}$" if index % 2 else re.sub("[{}]", "", part) for index, part in enumerate(parts))


def without_needless_braces(title: str, words: Words) -> str:
    """``title`` without braces around words that :func:`protect_case` protects by itself.

    >>> without_needless_braces("Neural {ODEs} by {Runge}", Words())
    'Neural ODEs by {Runge}'
    """
    if "{" not in title or len(title) > LONG:
        return title
    protected = protect_case(bare_title(title), words)
    kept = ""
    for kind, text in _tokens(title):
        inner = text[1:-1]
        needless = kind == "group" and not RE_MARKUP.search(inner) and _are_protected(inner, protected)
        kept += inner if needless else f"${text}$" if kind == "math" else text
    return kept


def _are_protected(text: str, protected: str) -> bool:
    return all(word.islower() or f"{{{word}}}" in protected for word in RE_WORD.findall(text))


def _tokens(title: str) -> Iterator[tuple[str, str]]:
    """The title as ``text``, ``math`` and ``group``: what a person put in braces, with the braces."""
    if not RE_MARKUP.search(title):
        yield "text", title
        return
    parts = split_math(title)
    paired = are_paired("".join(parts[::2]))
    group, depth = "", 0
    for index, part in enumerate(parts):
        if index % 2 and not depth:
            yield "math", part
        for piece in [f"${part}$"] * bool(depth) if index % 2 else re.split(r"([{}])", part):
            depth += ((piece == "{") - (piece == "}")) * paired
            if piece == "}" and paired and not depth:
                yield "group", group + piece
                group = ""
            elif depth:
                group += piece
            elif piece not in {"", "{", "}"}:
                yield "text", piece


class _Marker:
    """Puts braces into the text of one title; words are known by where they stand in it."""

    def __init__(self, title: str, words: Words, kinds: set[str]) -> None:
        self.title = title
        self.words = words
        self.is_loud = _is_loud(title)
        self.nouns = _nouns(words.proper_nouns, self.is_loud)
        self.has_groups = "group" in kinds
        self.parts = _parts(title)
        self.in_sentence_case: dict[int, bool] = {}

    def mark(self, text: str, offset: int) -> str:
        """A piece of text, which stands at ``offset``, with its braces."""
        marked = ""
        for index, piece in enumerate(self.nouns.split(text) if self.nouns else [text]):
            marked += self._noun(piece) if index % 2 else RE_WORD.sub(partial(self._word, offset), piece)
            offset += len(piece)
        return marked

    def _noun(self, noun: str) -> str:
        return f"{{{noun[0]}}}{noun[1:]}" if self.is_loud else f"{{{noun}}}"

    def _word(self, offset: int, match: re.Match[str]) -> str:
        word = match[0]
        if word.islower():
            return word
        bare = RE_POSSESSIVE.sub("", word)
        return f"{{{bare}}}{word[len(bare) :]}" if self._must_keep(bare, offset + match.start()) else word

    def _must_keep(self, word: str, offset: int) -> bool:
        if self.is_loud:
            return word in self.words.abbreviations or (len(word) == 1 and word not in "AI")
        if not any(map(str.isupper, word)):
            return False
        begins_hidden = self.parts.get(offset)
        if begins_hidden or (begins_hidden is None and len(word) > 1 and self._is_name(word, offset)):
            return True
        if len(word) == 1:
            return word != "A" or bool(RE_NO_ARTICLE.match(self.title, offset + 1))
        return not word[1:].islower()

    def _is_name(self, word: str, offset: int) -> bool:
        """Whether a capital inside a part of the title can only mean a name."""
        if self.has_groups:
            return False
        start = max((start for start in self.parts if start < offset), default=0)
        if start not in self.in_sentence_case:
            phrase = RE_NEW_PART.split(self.title[start:], maxsplit=1)[0]
            self.in_sentence_case[start] = _is_sentence_case(phrase)
        return self.in_sentence_case[start] and word.lower() not in _common(
            tuple(self.words.abbreviations.values())
        )


def _is_loud(title: str) -> bool:
    """Whether a title is in capitals from one end to the other."""
    if not title.isupper():
        return False
    words: list[str] = RE_WORD.findall(title)
    return sum(len(word) > 1 and word.isalpha() for word in words) >= SHOUTING_WORDS


def _parts(title: str) -> dict[int, bool]:
    """Where the first words of the title's parts begin, each with whether BibTeX would take its capital.

    BibTeX keeps the very first character and one right behind a colon.
    """
    begins = {0: True} | {match.end(): match[0].startswith(":") for match in RE_NEW_PART.finditer(title)}
    found: dict[int, bool] = {}
    for begin, is_kept in begins.items():
        if first := RE_WORD.search(title, begin):
            found.setdefault(first.start(), not (is_kept and first.start() == begin))
    return found


def _is_sentence_case(phrase: str) -> bool:
    """Whether only names have capitals: far more longer words are small than great."""
    words: list[str] = RE_WORD.findall(phrase)
    longer = [w for w in words if len(w) > 3 and w.isalpha() and w not in FUNCTION_WORDS]
    small = sum(map(str.islower, longer))
    great = sum(word[0].isupper() and word[1:].islower() for word in longer[1:])
    return small >= 2 and small > 2 * great


@lru_cache(maxsize=8)
def _common(phrases: tuple[str, ...]) -> frozenset[str]:
    """The words that are no names: those that stand in lower case in what abbreviations stand for."""
    return frozenset(word for phrase in phrases for word in RE_WORD.findall(phrase) if word.islower())


@lru_cache(maxsize=8)
def _nouns(nouns: tuple[str, ...], is_loud: bool) -> re.Pattern[str] | None:
    """Finds the proper nouns, longest first, at the ends of words or before an ending such as -s."""
    if not nouns:
        return None
    ordered = sorted(
        (noun.upper() if is_loud else noun for noun in nouns), key=lambda noun: (-len(noun), noun)
    )
    alternatives = "|".join(re.escape(noun) for noun in ordered)
    return re.compile(rf"(?<![\w{{$\\])({alternatives})(?=(?:s|es|ian|'s|’s|S|'S)?(?![\w}}$]))")

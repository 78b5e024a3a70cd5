"""Rules of text that both languages have: folding, citation keys, identifiers, names, YAML.

Each is held to its table of cases, and both languages to each other on texts made at random.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

import pytest

from both_languages.scripts import Scripts, cases
from odebib.matching.merging import ENTRY_ORDER
from odebib.text import citekeys, folding, identifiers, names
from odebib.yamlio import reader, writer

SCHEMES = ("arxiv", "doi", "openreview", "isbn")

FOLD = "async (folding, text) => { await folding.lettersOf(text); return folding.fold(text); }"
KEYS = """async (citekeys, title, authors, year, group, count) => {
  const { parse } = await import(new URL("assets/names.js", location));
  const { lettersOf } = await import(new URL("assets/folding.js", location));
  await lettersOf([title, ...authors].join(" "));
  const found = citekeys.candidates(title, authors.map(parse), year, group);
  return Array.from({ length: count }, () => found.next().value);
}"""
IDENTIFIERS = """(identifiers, text) => Object.fromEntries(["arxiv", "doi", "openreview", "isbn"]
  .map((kind) => [kind, identifiers[kind](text)]).concat([["url", text.includes("://") ? identifiers.ofUrl(text) : {}]]))"""
NAME = """(names, text) => {
  const { family, given, particle, suffix, literal } = names.parse(text);
  return [[family, given, particle, suffix, literal], names.written(names.parse(text))];
}"""
YAML = "(yaml, entry) => yaml.entryText(entry)"

PIECES = [
    *(
        "a",
        "The",
        "neural",
        "ODE",
        "PDE-Net",
        "O'Neil",
        "l’été",
        "van",
        "der",
        "de",
        "Jr.",
        "III",
        "T.",
        "Q.",
    ),
    *("é", "Çağ", "Łu", "ß", "øre", "ﬁ", "½", "α", "Ωm", "Иван", "王", "김", "ア", "م", "–", "…", "∞", "²"),
    *(
        r"\"o",
        r"{\'e}",
        r"\v{c}",
        r"\ss",
        r"\emph{x}",
        r"\alpha",
        "$x^2$",
        "_{10}",
        "{",
        "}",
        "&amp;",
        "&eacute",
    ),
    *(
        "&",
        "^",
        "_",
        "$",
        "\\",
        ",",
        ";",
        ":",
        "-",
        "/",
        "(",
        ")",
        "[",
        "]",
        '"',
        "#",
        "%",
        "@",
        "*",
        "!",
        "'",
    ),
    *(
        "10.1000/x",
        "arXiv:",
        "1806.07366",
        "doi.org/",
        "https://",
        "v2",
        "978",
        "0306406157",
        "and",
        "others",
    ),
    *("Chen", "García", "Du Bois", "X", "2018", " ", "  "),
]


def texts(count: int, *, seed: int, glue: str = " ") -> list[str]:
    """Texts of pieces that matter, the same every time."""
    chance = random.Random(seed)
    return [
        "".join(chance.choice(PIECES) + chance.choice([glue, glue, ""]) for _ in range(chance.randint(1, 9)))
        for _ in range(count)
    ]


def together(
    scripts: Scripts, script: str, function: str, rule: Callable[[str], Any], given: list[str]
) -> dict[str, tuple[Any, Any]]:
    """Texts on which the two languages disagree, with what each says."""
    every = f"async (script, texts) => {{ const found = []; for (const text of texts) found.push(await ({function})(script, text)); return found; }}"
    found = scripts.run(script, every, given)
    return {
        text: (rule(text), theirs) for text, theirs in zip(given, found, strict=True) if rule(text) != theirs
    }


@cases("folding")
class TestFolding:
    """Folding."""

    def test_python(self, case: dict[str, str]) -> None:
        """``odebib.text.folding``."""
        assert folding.fold(case["text"]) == case["words"]

    @pytest.mark.browser
    def test_javascript(self, case: dict[str, str], scripts: Scripts) -> None:
        """``folding.js``."""
        assert scripts.run("folding.js", FOLD, case["text"]) == case["words"]


@cases("citekeys")
class TestKeys:
    """Citation keys."""

    def test_python(self, case: dict[str, Any]) -> None:
        """``odebib.text.citekeys``."""
        people = [names.parse(author) for author in case["authors"]]
        year = int(case["year"]) if case["year"] else None
        found = citekeys.candidates(case["title"], people, year, group=case.get("group", ""))
        assert list(islice(found, len(case["keys"]))) == case["keys"]

    @pytest.mark.browser
    def test_javascript(self, case: dict[str, Any], scripts: Scripts) -> None:
        """``citekeys.js``."""
        given = (case["title"], case["authors"], case["year"], case.get("group", ""), len(case["keys"]))
        assert scripts.run("citekeys.js", KEYS, *given) == case["keys"]


@cases("identifiers")
class TestIdentifiers:
    """Identifiers, alone and in addresses."""

    def expected(self, case: dict[str, Any]) -> dict[str, Any]:
        """What a case says, with None where it says nothing."""
        return {scheme: case.get(scheme) for scheme in SCHEMES} | {"url": case.get("url", {})}

    def test_python(self, case: dict[str, Any]) -> None:
        """``odebib.text.identifiers``."""
        assert as_identifiers(case["text"]) == self.expected(case)

    @pytest.mark.browser
    def test_javascript(self, case: dict[str, Any], scripts: Scripts) -> None:
        """``identifiers.js``."""
        assert scripts.run("identifiers.js", IDENTIFIERS, case["text"]) == self.expected(case)


def as_identifiers(text: str) -> dict[str, Any]:
    """What a text is as each kind of identifier."""
    found: dict[str, Any] = {scheme: identifiers.SCHEMES[scheme].normalise(text) for scheme in SCHEMES}
    return found | {"url": identifiers.of_url(text) if "://" in text else {}}


@cases("names")
class TestNames:
    """Names of people."""

    def test_python(self, case: dict[str, Any]) -> None:
        """``odebib.text.names``."""
        assert as_name(case["text"]) == [case["parts"], case["written"]]

    @pytest.mark.browser
    def test_javascript(self, case: dict[str, Any], scripts: Scripts) -> None:
        """``names.js``."""
        assert scripts.run("names.js", NAME, case["text"]) == [case["parts"], case["written"]]


def as_name(text: str) -> list[Any]:
    """The parts of a name, and how it is written."""
    name = names.parse(text)
    return [[name.family, name.given, name.particle, name.suffix, name.literal], name.written]


@cases("yaml")
class TestYaml:
    """Entries as YAML."""

    def test_python(self, case: dict[str, Any]) -> None:
        """``odebib.yamlio.writer``, which reads back what it wrote."""
        assert as_yaml(case["entry"]) == case["yaml"]
        assert reader.read("x.yml", case["yaml"]).data == case["entry"]

    @pytest.mark.browser
    def test_javascript(self, case: dict[str, Any], scripts: Scripts) -> None:
        """``yaml.js``."""
        assert scripts.run("yaml.js", YAML, case["entry"]) == case["yaml"]


def as_yaml(entry: Mapping[str, Any]) -> str:
    """An entry's file without its head."""
    return writer.emit({name: entry[name] for name in ENTRY_ORDER if name in entry})


@pytest.mark.browser
class TestTogether:
    """Both languages say the same of texts that nobody thought of."""

    def test_folding(self, scripts: Scripts) -> None:
        """The same words."""
        assert together(scripts, "folding.js", FOLD, folding.fold, texts(400, seed=1)) == {}

    def test_keys(self, scripts: Scripts) -> None:
        """The same keys."""
        function = f"(citekeys, text) => ({KEYS})(citekeys, text, [text], 2018, '', 4)"

        def rule(text: str) -> list[str]:
            return list(islice(citekeys.candidates(text, [names.parse(text)], 2018), 4))

        assert together(scripts, "citekeys.js", function, rule, texts(300, seed=2)) == {}

    def test_identifiers(self, scripts: Scripts) -> None:
        """The same identifiers."""
        given = texts(300, seed=3, glue="")
        assert together(scripts, "identifiers.js", IDENTIFIERS, as_identifiers, given) == {}

    def test_names(self, scripts: Scripts) -> None:
        """The same parts, and the same spelling in a file."""
        assert together(scripts, "names.js", NAME, as_name, texts(400, seed=4)) == {}

    def test_yaml(self, scripts: Scripts) -> None:
        """The same file."""
        function = "(yaml, text) => yaml.entryText({ title: text, authors: [text], abstract: Array(9).fill(text).join(' ') })"

        def rule(text: str) -> str:
            return as_yaml({"title": text, "authors": [text], "abstract": " ".join([text] * 9)})

        given = [" ".join(text.split()) or "x" for text in texts(300, seed=5)]
        assert together(scripts, "yaml.js", function, rule, given) == {}

"""Which commands cite, define, take in or hide text; how the keys of one are told apart."""

from __future__ import annotations

import re

CITING = re.compile(
    r"[A-Za-z@]*[cC]ite[A-Za-z@]*|bibentry|(?:foreign|hyphen|hybrid)?(?:text|block)cquote|citation"
)
"""Commands with keys in their first argument, whichever package or paper they are from."""
NOT_CITING = re.compile(
    r"(?:Declare|New|Renew|Provide|def|At|if|set|blx)[A-Za-z@]*|newcites|citesname|citetext|shortcites|mancite"
    r"|bstctlcite|bibcite|mcitelike|cite(?:alias|reset|style|setup|font|left|right|mid|punct|sep|dash|form|index"
    r"|indextype|num(?:font|style)|author(?:font|format)|yearfont|titlefont)"
    r"|[A-Za-z@]*cite[A-Za-z@]*(?:delim|true|false|style|cmd)"
)
"""Commands that look like citing and have no keys in their first argument."""
SEVERAL = re.compile(r"[A-Za-z@]*cite(?:s|texts)")
"""Commands of BibLaTeX that take any number of keys with notes: ``\\cites``, ``\\footcitetexts``."""
VOLUME_FIRST = re.compile(r"[A-Za-z@]*[vV]olcites?")
LANGUAGE_FIRST = re.compile(r"(?:foreign|hyphen|hybrid)[A-Za-z]+")
GROUPING = re.compile(r"[mM](?:super|foot|paren|text|auto)?cite(?:text)?")
"""Commands of BibLaTeX that make an entry set of a key and the starred ones behind it."""
QUOTING = re.compile(r"(?:(?:foreign|hyphen)?displaycquote)\*?")
"""Environments that quote and cite."""

INPUT = frozenset({"input", "include", "subfile", "subfileinclude", "InputIfFileExists", "loadglsentries",
                   "includestandalone", "@input", "@@input", "standaloneinput"})  # fmt: skip
IMPORT = re.compile(r"(?:sub)?(?:import|inputfrom|includefrom)")
BIBLIOGRAPHY = re.compile(
    r"(?:no)?bibliography(?!style|unit)[A-Za-z]*|addbibresource|addglobalbib|addsectionbib"
    r"|defaultbibliography|putbib"
)
VERBATIM_COMMANDS = frozenset({"verb", "Verb", "spverb", "qverb", "lstinline", "mintinline", "pyginline"})
ADDRESS_COMMANDS = frozenset({"url", "path", "nolinkurl", "href", "burl", "burlalt", "hyperimage"})
VERBATIM = frozenset({
    "comment", "verbatim", "verbatim*", "Verbatim", "Verbatim*", "BVerbatim", "LVerbatim", "SaveVerbatim",
    "VerbatimOut", "spverbatim", "verbnobox", "verbbox", "lstlisting", "minted", "rawhtml", "htmlonly",
    "luacode", "luacode*", "pycode", "pyblock", "pyconsole", "sagesilent", "sageblock", "asy", "asydef",
    "gnuplot", "mplibcode",
})  # fmt: skip
"""Environments whose text TeX does not run."""
CODE_SETTINGS = frozenset({"lstset", "fvset", "setminted", "RecustomVerbatimEnvironment"})
"""Commands that set how code is read: what stands between its escape signs is run all the same."""
UNSEEN_DECLARED = frozenset({
    "excludecomment", "excludeversion", "lstnewenvironment", "DefineVerbatimEnvironment", "newverbatim",
})  # fmt: skip
SEEN_DECLARED = frozenset({"includecomment", "includeversion"})
SHORT_VERBS = frozenset({"MakeShortVerb", "DefineShortVerb", "lstMakeShortInline"})
NO_SHORT_VERBS = frozenset({"DeleteShortVerb", "UndefineShortVerb", "lstDeleteShortInline"})
DEFINING = frozenset({
    "newcommand", "newcommandx", "newrobustcmd", "newrobustcommand", "DeclareRobustCommand",
    "renewcommand", "renewcommandx", "renewrobustcmd", "renewrobustcommand",
})  # fmt: skip
PROVIDING = frozenset({"providecommand", "providecommandx", "providerobustcmd"})
"""Commands that define another only if it has no meaning yet."""
ENVIRONMENT_DEFINING = frozenset({"newenvironment", "renewenvironment", "newenvironmentx"})
SETTING = {
    "setbool": "", "setboolean": "", "settoggle": "",
    "booltrue": "true", "boolfalse": "false", "toggletrue": "true", "togglefalse": "false",
}  # fmt: skip
"""Commands that set flags by their name, with the value that is part of the command."""
TEX_DEFINING = frozenset({"def", "gdef", "edef", "xdef"})
DOCUMENT_DEFINING = frozenset({
    "NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand", "DeclareDocumentCommand",
    "NewExpandableDocumentCommand",
})  # fmt: skip
CONDITIONS = frozenset({
    "if", "ifcat", "ifx", "ifnum", "ifdim", "ifodd", "ifvmode", "ifhmode", "ifmmode", "ifinner", "ifvoid",
    "ifhbox", "ifvbox", "iftrue", "iffalse", "ifcase", "ifeof", "ifdefined", "ifcsname", "iffontchar",
    "ifincsname",
})  # fmt: skip
"""TeX's own, which end with ``\\fi``; others that are followed by a brace are commands with arguments."""
CONTROL = re.compile(r"(?:REVTEX|[a-z]{2,8})4\dControl|\S*:?BSTcontrol|achemso-control", re.IGNORECASE)
"""Keys that REVTeX, IEEEtran and achemso cite to steer BibTeX; they name no work."""

RE_GROUPED = re.compile(r"\*\s*(?:\[(?:[^\[\]{}]|\{[^{}]{0,200}\}){0,400}\]\s*){0,2}")
"""The star of a key that belongs to the one before it, with its notes (mcite, mciteplus, natbib, REVTeX)."""
RE_NO_KEY = re.compile(r"[\\#{}]")
"""What no key holds that is known before TeX runs."""


def cites(name: str) -> bool:
    """Whether a command of this name cites, by its name alone."""
    return bool(CITING.fullmatch(name)) and not NOT_CITING.fullmatch(name)


def keys_of(text: str) -> list[tuple[bool, str]]:
    r"""The keys of one command, each with whether a star says that it belongs to the one before.

    >>> keys_of("a, b ,*[{See, }][x] c,,\n *d")
    [(False, 'a'), (False, 'b'), (True, 'c'), (True, 'd')]
    """
    found = []
    for part in RE_GROUPED.sub("*", text).split(","):
        key = " ".join(part.split())
        is_tail = key.startswith("*") and len(key) > 1
        key = key[1:].strip() if is_tail else key
        if key and not RE_NO_KEY.search(key):
            found.append((is_tail, key))
    return found

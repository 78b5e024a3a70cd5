// Written by docs/generate.py; change src/odebib/lookup/tex/commands.py instead.

export const CITING = /^(?:[A-Za-z@]*[cC]ite[A-Za-z@]*|bibentry|(?:foreign|hyphen|hybrid)?(?:text|block)cquote|citation)$/;
export const NOT_CITING = /^(?:(?:Declare|New|Renew|Provide|def|At|if|set|blx)[A-Za-z@]*|newcites|citesname|citetext|shortcites|mancite|bstctlcite|bibcite|mcitelike|cite(?:alias|reset|style|setup|font|left|right|mid|punct|sep|dash|form|index|indextype|num(?:font|style)|author(?:font|format)|yearfont|titlefont)|[A-Za-z@]*cite[A-Za-z@]*(?:delim|true|false|style|cmd))$/;
export const SEVERAL = /^(?:[A-Za-z@]*cite(?:s|texts))$/;
export const VOLUME_FIRST = /^(?:[A-Za-z@]*[vV]olcites?)$/;
export const LANGUAGE_FIRST = /^(?:(?:foreign|hyphen|hybrid)[A-Za-z]+)$/;
export const GROUPING = /^(?:[mM](?:super|foot|paren|text|auto)?cite(?:text)?)$/;
export const QUOTING = /^(?:(?:(?:foreign|hyphen)?displaycquote)\*?)$/;
export const INPUT = new Set(["@@input", "@input", "InputIfFileExists", "include", "includestandalone", "input", "loadglsentries", "standaloneinput", "subfile", "subfileinclude"]);
export const IMPORT = /^(?:(?:sub)?(?:import|inputfrom|includefrom))$/;
export const BIBLIOGRAPHY = /^(?:(?:no)?bibliography(?!style|unit)[A-Za-z]*|addbibresource|addglobalbib|addsectionbib|defaultbibliography|putbib)$/;
export const VERBATIM_COMMANDS = new Set(["Verb", "lstinline", "mintinline", "pyginline", "qverb", "spverb", "verb"]);
export const ADDRESS_COMMANDS = new Set(["burl", "burlalt", "href", "hyperimage", "nolinkurl", "path", "url"]);
export const VERBATIM = new Set(["BVerbatim", "LVerbatim", "SaveVerbatim", "Verbatim", "Verbatim*", "VerbatimOut", "asy", "asydef", "comment", "gnuplot", "htmlonly", "lstlisting", "luacode", "luacode*", "minted", "mplibcode", "pyblock", "pycode", "pyconsole", "rawhtml", "sageblock", "sagesilent", "spverbatim", "verbatim", "verbatim*", "verbbox", "verbnobox"]);
export const UNSEEN_DECLARED = new Set(["DefineVerbatimEnvironment", "excludecomment", "excludeversion", "lstnewenvironment", "newverbatim"]);
export const SEEN_DECLARED = new Set(["includecomment", "includeversion"]);
export const SHORT_VERBS = new Set(["DefineShortVerb", "MakeShortVerb", "lstMakeShortInline"]);
export const NO_SHORT_VERBS = new Set(["DeleteShortVerb", "UndefineShortVerb", "lstDeleteShortInline"]);
export const DEFINING = new Set(["DeclareRobustCommand", "newcommand", "newrobustcmd", "newrobustcommand", "providecommand", "providerobustcmd", "providerobustcommand", "renewcommand", "renewrobustcmd", "renewrobustcommand"]);
export const TEX_DEFINING = new Set(["def", "edef", "gdef", "xdef"]);
export const DOCUMENT_DEFINING = new Set(["DeclareDocumentCommand", "NewDocumentCommand", "NewExpandableDocumentCommand", "ProvideDocumentCommand", "RenewDocumentCommand"]);
export const CONDITIONS = new Set(["if", "ifcase", "ifcat", "ifcsname", "ifdefined", "ifdim", "ifeof", "iffalse", "iffontchar", "ifhbox", "ifhmode", "ifincsname", "ifinner", "ifmmode", "ifnum", "ifodd", "iftrue", "ifvbox", "ifvmode", "ifvoid", "ifx"]);
export const CONTROL = /^(?:(?:REVTEX|[a-z]{2,8})4\dControl|\S*:?BSTcontrol|achemso-control)$/i;
export const RE_GROUPED = /\*\s*(?:\[(?:[^\[\]{}]|\{[^{}]{0,200}\}){0,400}\]\s*){0,2}/g;
export const RE_NO_KEY = /[\\#{}]/g;

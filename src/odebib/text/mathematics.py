r"""Mathematics in text: which commands of TeX it may hold, for TeX is a programming language.

What stands between dollar signs is anybody's and goes into the papers of others as it stands, so a
formula may only name what is known to typeset something: the commands that latex2mathml renders and
LaTeX knows, alone or with a package that papers use. Nothing that defines, reads, writes, repeats or
ends is among them, nor any other spelling of a command (``^^5c``, ``\csname``).
"""

from __future__ import annotations

import re
import unicodedata

NAMES = """
acute aleph alpha amalg angle approx approxeq arccos arcsin arctan argmax argmin ast asymp atop backepsilon
backprime backsim backsimeq backslash bar barwedge Bbbk because beta beth between bf Big big bigcap bigcirc
bigcup Bigg bigg Biggl biggl Biggm biggm Biggr biggr Bigl bigl Bigm bigm bigodot bigoplus bigotimes Bigr
bigr bigsqcup bigstar bigtriangledown bigtriangleup biguplus bigvee bigwedge binom blacklozenge blacksquare
blacktriangle blacktriangledown blacktriangleleft blacktriangleright bm bmod boldsymbol bot bowtie Box
boxdot boxed boxminus boxplus boxtimes brace brack breve bullet Bumpeq bumpeq cal Cap cap cdot cdotp cdots
centerdot cfrac check checkmark chi choose circ circeq circlearrowleft circlearrowright circledast
circledcirc circleddash circledS clubsuit colon coloneqq complement cong coprod cos cosh cot coth csc Cup
cup curlyeqprec curlyeqsucc curlyvee curlywedge curvearrowleft curvearrowright dagger daleth dasharrow
dashleftarrow dashrightarrow dashv dbinom ddagger ddddot dddot ddot ddots deg Delta delta det dfrac diagdown
diagup Diamond diamond diamondsuit digamma dim displaystyle div divideontimes dot Doteq doteq doteqdot
dotplus dots dotsb dotsc dotsi dotsm dotso doublebarwedge Downarrow downarrow downdownarrows downharpoonleft
downharpoonright ell emph emptyset enspace epsilon eqcirc eqsim eqslantgtr eqslantless equiv eta eth exists
exp fallingdotseq Finv flat forall frac frown Game Gamma gamma gcd ge genfrac geq geqq geqslant gets gg ggg
gggtr gimel gnapprox gneq gneqq gnsim grave gtrapprox gtrdot gtreqless gtreqqless gtrless gtrsim gvertneqq
hat hbar heartsuit hom hookleftarrow hookrightarrow hphantom hslash hspace idotsint iff iiiint iiint iint Im
imath impliedby implies in inf infty injlim int intercal intop iota it jmath Join kappa ker Lambda lambda
land langle lbrace lbrack lceil ldotp ldots le leadsto left Leftarrow leftarrow leftarrowtail
leftharpoondown leftharpoonup leftleftarrows Leftrightarrow leftrightarrow leftrightarrows leftrightharpoons
leftrightsquigarrow leftthreetimes leq leqq leqslant lessapprox lessdot lesseqgtr lesseqqgtr lessgtr lesssim
lfloor lg lgroup lhd lim liminf limits limsup ll llbracket llcorner Lleftarrow lll llless lmoustache ln
lnapprox lneq lneqq lnot lnsim log Longleftarrow longleftarrow Longleftrightarrow longleftrightarrow
longmapsto Longrightarrow longrightarrow looparrowleft looparrowright lor lozenge lrcorner Lsh ltimes lVert
lvert lvertneqq mapsto mathbb mathbbm mathbf mathbin mathcal mathclose mathds mathfrak mathinner mathit
mathnormal mathop mathopen mathord mathpunct mathrel mathring mathrm mathscr mathsf mathstrut mathtt max
mbox measuredangle medspace mho mid middle min mod models mp mspace mu multimap nabla natural ncong ne
nearrow neg negmedspace negthickspace negthinspace neq nexists ngeq ngeqq ngeqslant ngtr ni nLeftarrow
nleftarrow nLeftrightarrow nleftrightarrow nleq nleqslant nless nmid nolimits not notin nparallel nprec
npreceq nRightarrow nrightarrow nshortmid nshortparallel nsim nsubseteq nsubseteqq nsucc nsucceq nsupseteq
ntriangleleft ntrianglelefteq ntriangleright ntrianglerighteq nu nVDash nVdash nvDash nvdash nwarrow odot
oint Omega omega ominus operatorname operatornamewithlimits oplus oslash otimes over overbrace overleftarrow
overleftrightarrow overline overrightarrow overset owns parallel partial perp phantom Phi phi Pi pi
pitchfork pm pmb pmod pod Pr prec precapprox preccurlyeq preceq precnapprox precneqq precnsim precsim prime
prod projlim propto Psi psi qquad quad rangle rbrace rbrack rceil Re rfloor rgroup rhd rho right Rightarrow
rightarrow rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons rightrightarrows
rightsquigarrow rightthreetimes risingdotseq rm rmoustache rrbracket Rrightarrow Rsh rtimes rVert rvert
scriptscriptstyle scriptstyle searrow sec setminus sf sharp shortmid Sigma sigma sim simeq sin sinh
smallfrown smallint smallsetminus smallsmile smash smile spadesuit sphericalangle sqcap sqcup sqrt sqsubset
sqsubseteq sqsupset sqsupseteq square stackrel star Subset subset subseteq subseteqq subsetneq subsetneqq
substack succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim sum sup Supset supset
supseteq supseteqq supsetneq supsetneqq surd swarrow tan tanh tau tbinom text textbf textit textmd
textnormal textrm textsf textstyle texttt textup tfrac therefore Theta theta thickapprox thicksim thickspace
thinspace tilde times to top triangle triangledown triangleleft trianglelefteq triangleq triangleright
trianglerighteq tt twoheadleftarrow twoheadrightarrow ulcorner underbar underbrace underleftarrow
underleftrightarrow underline underrightarrow underset unlhd unrhd Uparrow uparrow Updownarrow updownarrow
upharpoonleft upharpoonright uplus Upsilon upsilon upuparrows urcorner varDelta varepsilon varGamma
varinjlim varkappa varLambda varliminf varlimsup varnothing varOmega varPhi varphi varPi varpi varprojlim
varpropto varPsi varrho varSigma varsigma varsubsetneq varsubsetneqq varsupsetneq varsupsetneqq varTheta
vartheta vartriangle vartriangleleft vartriangleright varUpsilon varXi Vdash vDash vdash vdots vec vee
veebar Vert vert vphantom Vvdash wedge widehat widetilde wp wr Xi xi xleftarrow xrightarrow zeta
"""
COMMANDS = frozenset(NAMES.split())
"""The names of the commands that a formula may hold."""
SIGNS = frozenset("!#$%&,:;>\\_{|} ")
"""The commands that are one sign."""
ENVIRONMENTS = frozenset(
    [*(f"{kind}matrix" for kind in ("", "p", "b", "B", "v", "V", "small")), "aligned", "array", "cases"]
)
"""The environments that a formula may hold."""
REPEATED = "bm boldsymbol phantom hphantom vphantom smash pmb xleftarrow xrightarrow"
REPEATING = frozenset(
    [
        *REPEATED.split(),
        *(f"{place}{way}arrow" for place in ("over", "under") for way in ("left", "right", "leftright")),
    ]
)
"""Commands that typeset their argument several times, and so the deeper the slower by leaps."""
MOST_REPEATING = 2
"""So many of them may stand within each other."""
DEEPEST = 8
"""So deep may braces nest; no formula of a title or an abstract is deeper."""

RE_TOKEN = re.compile(
    r"\\(?:begin|end)(?![^\W\d_])(?P<environment>\{[A-Za-z]*\}(?P<columns>\{[lcr| ]{1,40}\})?)?"
    r"|\\(?P<name>[^\W\d_]+|.|$)|(?P<brace>[{}])|(?P<code>\^\^)|(?P<paragraph>\n\s*\n)|(?P<sign>[`\"])",
    re.DOTALL,
)
"""Everything in a formula that is more than a letter, a digit or a sign of its own."""


def fault(formula: str) -> str | None:
    r"""What a formula, given without its dollar signs, must not hold; None if it may stand as it is.

    >>> print(fault(r"\mathcal{O}(\varepsilon^{-2})"), fault(r"\input{/etc/passwd}"), fault("^^5cinput"))
    None `\input` `^^`
    """
    if any(unicodedata.category(char) in {"Cf", "Cc", "Co", "Cs"} for char in formula if not char.isascii()):
        return "an invisible character"
    reading = _Reading()
    for match in RE_TOKEN.finditer(formula):
        if found := reading.refused(match):
            return found
    return reading.unfinished()


class _Reading:
    """Where a formula has been read to: which braces and environments are open."""

    def __init__(self) -> None:
        self.open: list[bool] = []
        """For each open brace, whether a command that repeats its argument stands before it."""
        self.environments: list[str] = []
        self.repeats_from = -1
        """Where the name of a command that repeats its argument ended last."""

    def refused(self, match: re.Match[str]) -> str | None:
        """What is wrong with the next token, if anything is."""
        if match["brace"]:
            return self._brace(match)
        if (name := match["name"]) is not None:
            if name in REPEATING:
                self.repeats_from = match.end()
            return None if name in COMMANDS or name in SIGNS else f"`\\{name}`"
        if match[0].startswith("\\"):
            return self._environment(match)
        return "an empty line" if match["paragraph"] else f"`{match[0]}`".replace("```", "a backtick")

    def _brace(self, match: re.Match[str]) -> str | None:
        if match[0] == "}":
            return None if self.open and [self.open.pop()] else "a brace without its partner"
        between = match.string[self.repeats_from : match.start()] if self.repeats_from >= 0 else "no"
        self.open.append(not between.strip() or bool(re.fullmatch(r"\s*\[[^\]]*\]\s*", between)))
        if len(self.open) > DEEPEST or sum(self.open) > MOST_REPEATING:
            return "too many braces within each other"
        return None

    def _environment(self, match: re.Match[str]) -> str | None:
        name = (match["environment"] or "").partition("}")[0].removeprefix("{")
        if name not in ENVIRONMENTS or (match[0].startswith("\\begin{array}") and not match["columns"]):
            return f"`{match[0]}`"
        if match[0].startswith("\\begin"):
            self.environments.append(name)
            return None
        if not self.environments or self.environments.pop() != name:
            return f"`{match[0]}`"
        return None

    def unfinished(self) -> str | None:
        """What is missing at the end of the formula."""
        if self.open:
            return "a brace without its partner"
        return f"`\\begin{{{self.environments[-1]}}}` without its end" if self.environments else None

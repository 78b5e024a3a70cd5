"""Rarity: how much a word of a title, or a family name, tells of which work is meant.

A word that one title alone holds tells 1, one that many hold tells little.
Counted is the bibliography itself, each distinct title once; a small one is
helped by a general table, as if so many titles of anybody's were in it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from odebib.matching.works import Work
from odebib.text.titles import words_of

GENERAL_TITLES = 2000
"""So many titles of anybody's the general table stands for."""
COLUMN_WORDS = words_of(
    "editorial introduction report review survey tutorial book column note message editor keynote "
    "address preface foreword guest special issue panel chair letter news abstract discussion "
    "conference workshop annual international comment reply response correction erratum corrigendum "
    "index author summary obituary memoriam acknowledgment acknowledgement referee welcome president "
    "overview call paper session invited talk number volume thank reviewer list content table program "
    "minute remark opening closing chief in from"
)
"""Words that columns, editorials, keynotes and reports are called by, every year and everywhere."""
GENERAL_WORDS = dict.fromkeys(COLUMN_WORDS, 40) | {
    word: count
    for count, words in {
        160: "learning network model system data analysis algorithm problem equation",
        80: "neural deep method approach application theory based design using new time control "
        "differential process information linear optimal management",
        40: "fast efficient large scale dynamic dynamical adaptive nonlinear stochastic numerical general "
        "function graph image language logic machine query database knowledge space parallel distributed "
        "structure solution estimation optimization computation computing stability partial ordinary "
        "framework technique modeling performance evaluation software engineering",
        20: "stable architecture online real world high low order multi random free finite infinite "
        "continuous discrete variational bayesian probabilistic statistical generative recurrent "
        "convolutional residual "
        "attention transformer representation feature training inference prediction classification "
        "clustering detection recognition search retrieval mining web internet mobile security service "
        "object oriented model-based user human computer science mathematic physic quantum "
        "gradient descent convergence approximation error bound complexity inverse boundary value element "
        "operator matrix vector field flow fluid heat wave energy state spatial temporal series "
        "effect study case development research future challenge practice technical",
        8: "simple robust unified hybrid local global sparse symmetric geometric topological "
        "hamiltonian lagrangian euler kernel tensor manifold group symmetry transport measure entropy "
        "regularization solver integration integral simulation physical biological medical social "
        "reinforcement supervised unsupervised transfer sequence text speech video vision "
        "storage memory cache file index join transaction concurrency schema relational semantic "
        "ontology xml stream rule pattern association view warehouse cube digital library "
        "hardware protocol wireless sensor cloud test testing verification "
        "part second third first two three one experience perspective trend state-of-the-art "
        "toward building understanding exploring improving solving",
    }.items()
    for word in words.split()
}
"""In how many of those titles a word stands; in the singular, as :mod:`odebib.text.titles` has words."""
GENERAL_NAMES = {
    name: count
    for count, names in {
        24: "wang li zhang chen liu yang",
        12: "lee kim huang zhao wu zhou xu sun smith park lin",
        6: "zhu ma hu guo he gao lu johnson brown miller jones davis williams wilson anderson muller "
        "singh kumar gupta sharma nguyen tran martin garcia taylor thomas jackson white harris choi jung "
        "cho tan wong chan ng lim tang feng cheng cao peng zeng xiao han song jiang shen ye yu yuan",
        3: "schmidt schneider fischer weber meyer wagner becker hoffmann schulz koch bauer "
        "rossi ferrari russo lopez martinez rodriguez hernandez perez gonzalez sanchez fernandez silva "
        "santos tanaka suzuki sato ito yamamoto watanabe nakamura kobayashi petrov ivanov cohen levy "
        "patel shah jain agarwal agrawal clark lewis robinson walker young allen king wright scott "
        "hill green adams baker nelson carter mitchell roberts turner phillips campbell parker evans "
        "edwards collins stewart morris murphy cook rogers morgan cooper peterson reed bailey bell "
        "kelly howard ward cox richardson wood watson brooks bennett gray james hughes price myers "
        "long foster ross hamilton graham sullivan west cole",
    }.items()
    for name in names.split()
}
"""The same for family names."""

SMOOTHING = 50
"""So many titles more are thought of, that no word of a small collection tells nothing."""
KNOWN = 3
"""A word that so many titles hold is no typo."""


class Rarity:
    """How rare words and family names are among the distinct titles of a collection."""

    def __init__(self, works: Iterable[Work] = ()) -> None:
        self._titles: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._of_word: dict[str, float] = {}
        self._of_name: dict[str, float] = {}
        self._of_title: dict[str, float] = {}
        for work in works:
            self.add(work)

    def add(self, work: Work) -> None:
        """Count a work, unless one of that title has been counted."""
        self._count(work, 1)

    def remove(self, work: Work) -> None:
        """Take back what :meth:`add` counted."""
        self._count(work, -1)

    def _count(self, work: Work, step: int) -> None:
        for place, title in enumerate(work.titles):
            before = self._titles[title.key]
            self._titles[title.key] = before + step
            if before + step + (step < 0) != 1:
                continue
            for word in set(title.words):
                self._words[word] += step
            if place == 0:
                for name in {author.family for author in work.authors}:
                    self._names[name] += step
        if self._of_word or self._of_name:
            self._of_word, self._of_name, self._of_title = {}, {}, {}

    def of_word(self, word: str) -> float:
        """How much a word tells, from 0 to 1."""
        found = self._of_word.get(word)
        if found is None:
            found = self._rarity(self._words[word] + GENERAL_WORDS.get(word, 0))
            self._of_word[word] = found
        return found

    def of_name(self, family: str) -> float:
        """How much a family name tells, from 0 to 1."""
        found = self._of_name.get(family)
        if found is None:
            found = self._rarity(self._names[family] + GENERAL_NAMES.get(family, 0))
            self._of_name[family] = found
        return found

    def of_words(self, words: Iterable[str]) -> float:
        """How much several words tell together."""
        return sum(map(self.of_word, words))

    def is_known(self, word: str) -> bool:
        """Whether several titles hold the word, so that it is no typo."""
        return self._words[word] >= KNOWN or word in GENERAL_WORDS

    def _rarity(self, count: float) -> float:
        size = len(self._titles) + GENERAL_TITLES + SMOOTHING
        return min(1.0, math.log(size / (count + 0.5)) / math.log(size / 1.5))

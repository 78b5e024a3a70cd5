"""Awards and presentations, which lists write behind a title: ``(best paper award)``, ``(Oral)``."""

from __future__ import annotations

import re

RE_AWARD = re.compile(
    r"(?:(?:long|short|full|contributed|highlighted)\s+)?(?:orals?|spotlights?)(?:\s+(?:presentation"
    r"|paper|talk))?"
    r"|(?:best|outstanding|distinguished|notable)\s+(?:[a-z]+\s+)?papers?(?:\s+(?:award|prize|finalist"
    r"|candidate|nominee|"
    r"honou?rable mention|runner[- ]?up)){0,3}"
    r"|(?:paper\s+)?award(?:\s+winner)?|honou?rable mention|runner[- ]?up|test[- ]of[- ]time(?:\s+award)?"
    r"|notable[- ]top[- ]\d+%|top[- ]\d+%|contributed talk|highlight|best (?:poster|thesis"
    r"|student paper)(?:\s+award)?"
    r"|jmlr journal track|featured certification",
    re.IGNORECASE,
)
RE_TRACK = re.compile(
    r"(?:D&B|DB|datasets? (?:and|&) benchmarks?)(?: track)?|posters?(?: presentation)?"
    r"|(?:main|research|long|short|regular)(?: track| papers?| conference)?"
    r"|(?:applied data science|industry|demo|journal|survey|student abstract|ADS) track",
    re.IGNORECASE,
)
"""Tracks and presentations of a conference, which are neither an award nor an event of their own."""
RE_AWARD_GROUP = re.compile(r"[(\[（]([^()\[\]（）]{3,80})[)\]）][\s,.;:!]*$")


def split_awards(title: str) -> tuple[str, list[str]]:
    """A title without the awards that stand behind it, and the awards in lower case.

    >>> split_awards("Residual Flows for Invertible Generative Modeling (SPOTLIGHT),")
    ('Residual Flows for Invertible Generative Modeling', ['spotlight'])
    >>> split_awards("Neural Ordinary Differential Equations (best paper award)")
    ('Neural Ordinary Differential Equations', ['best paper'])
    """
    awards: list[str] = []
    while (match := RE_AWARD_GROUP.search(title, max(0, len(title) - 200))) and (
        found := awards_in(match[1])
    ):
        awards = [*found, *awards]
        title = title[: match.start()].rstrip(" \t,;:/-")
    return title, awards


def awards_in(text: str) -> list[str]:
    """The awards that a remark consists of, or none if it says anything else."""
    parts = [
        part.strip(" !.*") for part in re.split(r"\s*(?:[,;/&+]|\band\b)\s*", text) if part.strip(" !.*")
    ]
    if not all(RE_AWARD.fullmatch(part) or RE_TRACK.fullmatch(part) for part in parts):
        return []
    return [award_name(part) for part in parts if RE_AWARD.fullmatch(part)]


def without_presentation(text: str) -> tuple[str, list[str]]:
    """A venue without the track, presentation or award behind it, and the awards.

    >>> without_presentation("CVPR 2021, Oral"), without_presentation("NeurIPS'24 D&B")
    (('CVPR 2021', ['oral']), ("NeurIPS'24", []))
    """
    for pattern in (RE_AWARD, RE_TRACK):
        match = re.fullmatch(
            rf"(.{{3,120}}?\d)[\s,;|:(\[/–-]+((?:{pattern.pattern}))[)\]!]*", text, re.IGNORECASE
        )
        if match:
            return match[1], [award_name(match[2])] if pattern is RE_AWARD else []
    return text, []


def award_name(text: str) -> str:
    """An award as we write it: ``BEST PAPER AWARD`` is ``best paper``."""
    name = " ".join(text.lower().split())
    return re.sub(r"(?<=\w) (?:award|prize|presentation)$", "", name)

"""Page ranges: where the first page ends and the last begins, also where labels of pages hold hyphens.

A range is written with one hyphen; ``--`` stands where a label has a hyphen of its own.
"""

from __future__ import annotations

import re

RE_DASH = re.compile(r"\s*(?:[‒–—―−]|-{2,4})\s*")
"""What can only stand between two pages."""
RE_SECTION = re.compile(r"(?![ivxlc]+$)[A-Za-z]{1,3}")
"""What stands before the hyphen in a label such as A-3; small Roman numerals are pages themselves."""
RE_SEPARATOR = re.compile(r"(\s*[,;]\s+)")


def normal(pages: str) -> str:
    """Pages as odebib writes them, whatever dash was written.

    >>> [normal(pages) for pages in ("6571–6583", "1 -- 9, 12", "A-3--A-10", "A-3-A-10", "S-12")]
    ['6571-6583', '1-9, 12', 'A-3--A-10', 'A-3--A-10', 'S-12']
    """
    parts = RE_SEPARATOR.split(pages)
    return "".join(part if index % 2 else _joined(*_cut(part)) for index, part in enumerate(parts))


def joined(pages: str, dash: str) -> str:
    """Pages with another dash in their ranges.

    >>> joined("A-3--A-10, 12-14", "–")
    'A-3–A-10, 12–14'
    """
    parts = RE_SEPARATOR.split(pages)
    return "".join(
        part if index % 2 else dash.join(filter(None, _cut(part))) for index, part in enumerate(parts)
    )


def ends(pages: str) -> tuple[str, str]:
    """The first and the last page; the last is empty where there is only one.

    >>> ends("6571-6583"), ends("A-3--A-10"), ends("17")
    (('6571', '6583'), ('A-3', 'A-10'), ('17', ''))
    """
    ranges = [_cut(part) for part in RE_SEPARATOR.split(pages)[::2]]
    last = ranges[-1][1] or (ranges[-1][0] if len(ranges) > 1 else "")
    return ranges[0][0], last


def _cut(part: str) -> tuple[str, str]:
    """The two ends of one range; the second is empty where it is a single page."""
    halves = RE_DASH.split(part.strip())
    if len(halves) == 2:
        return halves[0], halves[1]
    pieces = [piece.strip() for piece in re.split("[-‐‑]", part.strip())]
    middle = len(pieces) // 2
    is_label = len(pieces) == 2 and RE_SECTION.fullmatch(pieces[0]) and pieces[1].isdecimal()
    if len(halves) > 2 or len(pieces) % 2 or is_label:
        return part.strip(), ""
    return "-".join(pieces[:middle]), "-".join(pieces[middle:])


def _joined(first: str, last: str) -> str:
    if not last:
        return first
    return f"{first}{'--' if '-' in first + last else '-'}{last}"

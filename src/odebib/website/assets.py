"""The scripts of the website: which ones there are, and what each of them imports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from odebib.project.templates import layered

RE_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"';]*["']\./([\w-]+)\.js["']""", re.MULTILINE)
"""An import of another module of the same folder, as this project writes them: one a line."""


def scripts(folders: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    """Every script of ``assets/`` by its name, with the names of those it imports."""
    return {
        name.removesuffix(".js"): tuple(RE_IMPORT.findall(path.read_text("utf-8")))
        for name, path in layered(folders, "assets").items()
        if name.endswith(".js")
    }


def imported(wanted: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """All that some scripts import, however far around; a browser told of it at once fetches it at once.

    >>> imported(["search"], {"search": ("words", "cards"), "cards": ("words",), "words": (), "map": ()})
    ['words', 'cards']
    """
    found: dict[str, None] = {}
    waiting = list(wanted)
    while waiting:
        for name in known.get(waiting.pop(0), ()):
            if name not in found:
                found[name] = None
                waiting.append(name)
    return list(found)

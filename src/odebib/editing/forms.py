"""The forms that people fill in on GitHub: which fields they have, and what was written there."""

from __future__ import annotations

import re
from collections.abc import Mapping

LIMIT = 60000
"""GitHub refuses texts of comments and issues longer than 65,536 characters."""

ADD = {
    "what": "What to add",
    "topics": "Topics",
    "tags": "Badges",
    "summary": "In one sentence",
    "entry": "Finished entry",
}
"""The fields of the form "add a paper" with the headings under which GitHub gives what was filled in."""

REPORT = {
    "entry": "Which work",
    "field": "Which field",
    "value": "What it should say",
    "source": "Where this can be seen",
}
"""The fields of the form "report a mistake"."""

NOTHING = frozenset({"", "_No response_", "None"})
"""What GitHub writes where nothing was filled in."""


def read_form(body: str, form: Mapping[str, str]) -> dict[str, str]:
    """What was filled into a form, by the names of its fields; what is missing is left out.

    >>> read_form("### Which work\\n\\nchen2018neural\\n\\n### Which field\\n\\n_No response_\\n", REPORT)
    {'entry': 'chen2018neural'}
    """
    names = {heading: name for name, heading in form.items()}
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in body.replace("\r\n", "\n").split("\n"):
        name = names.get(line.removeprefix("### ").strip()) if line.startswith("### ") else None
        if name and name not in found:
            current = found.setdefault(name, [])
        elif current is not None:
            current.append(line)
    texts = {name: _unfenced("\n".join(lines).strip()) for name, lines in found.items()}
    return {name: text for name, text in texts.items() if text not in NOTHING}


def _unfenced(text: str) -> str:
    """A text without the code fence around it."""
    fenced = re.fullmatch(r"```[\w-]*\n(.*?)\n?```", text, re.DOTALL)
    return fenced[1] if fenced else text


def words(text: str) -> list[str]:
    """The items of a field where several may stand: one a line, or with commas between.

    >>> words("- theory\\n- images, systems\\n")
    ['theory', 'images', 'systems']
    """
    items = re.split(r"[,\n]", text)
    return [item for part in items if (item := re.sub(r"^[-*] +(?:\[.\] +)?", "", part.strip()).strip())]

"""Files of tagged lines: a tag, its value, and lines that go on with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from odebib.sources.reading import lines

Values = dict[str, list[str]]
"""For each tag the values it is given, in their order."""


@dataclass
class Reference:
    """One reference: its first line, its text and its values."""

    line: int
    lines: list[str] = field(default_factory=list)
    values: Values = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The reference as it stands in the file."""
        return "\n".join(self.lines).strip()


def references(text: str, tag: re.Pattern[str], begins: frozenset[str]) -> Iterator[Reference]:
    """The references of a file, read as a stream.

    ``tag`` matches the tag of a line (group 1) up to its value; each of ``begins`` opens a
    reference, and so does any tag behind an empty line.
    """
    reference = Reference(1)
    last, blank = "", False
    for number, line in enumerate(lines(text.lstrip("\ufeff")), start=1):
        match = tag.match(line)
        if match and _begins_anew(match[1], reference, begins, blank):
            yield reference
            reference = Reference(number)
        blank = not line.strip()
        if match:
            last = match[1]
            reference.line = reference.line if reference.values else number
            reference.values.setdefault(last, []).append(line[match.end() :].strip())
        elif last in reference.values and not blank:
            reference.values[last][-1] = f"{reference.values[last][-1]} {line.strip()}".strip()
        if not blank:
            reference.lines.append(line)
    if reference.values:
        yield reference


def _begins_anew(tag: str, reference: Reference, begins: frozenset[str], blank: bool) -> bool:
    """Whether a tag opens another reference: it is one that does, or stands behind an empty line."""
    if not reference.values:
        return False
    return (tag in begins and (blank or tag in reference.values)) or (blank and _is_whole(reference, begins))


def _is_whole(reference: Reference, begins: frozenset[str]) -> bool:
    """Whether an empty line may end a reference: it has begun as one does, or without such a tag."""
    return len(reference.values) > 2 or bool(begins & reference.values.keys())


def given(reference: Reference, fields: Mapping[str, str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The values that fill fields, by tag, and which field each tag fills, the best tag of a field first."""
    tags = [tag for tag in fields if any(reference.values.get(tag, ()))]
    return {tag: reference.values[tag] for tag in tags}, {tag: fields[tag] for tag in tags}

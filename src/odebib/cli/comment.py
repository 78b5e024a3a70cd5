"""The comment on a pull request: what it would change, for the reviewer.

Text in and text out, so that it works, and is tested, without GitHub. Titles
and names are strangers' words and are escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from odebib.editing.changes import Changes, FieldChange
from odebib.editing.forms import LIMIT
from odebib.errors import Problem, Severity
from odebib.model.bibliography import Bibliography
from odebib.text.markdown import escape, in_code, with_code

MANY = 50
"""So many things of one kind are shown; of the others only the number."""
MARK = "<!-- odebib: changes -->"
"""By this the comment is found again and renewed."""


def comment(bibliography: Bibliography, changes: Changes) -> str:
    """The comment that says what a pull request would change."""
    lines = [MARK, "### What this would change", ""]
    lines += _body(bibliography, changes)
    if not changes and not changes.problems:
        lines.append("Nothing in the bibliography.")
    text = "\n".join(lines).rstrip() + "\n"
    return text if len(text) <= LIMIT else text[:LIMIT].rsplit("\n", 1)[0] + "\n\n… and more.\n"


def _body(bibliography: Bibliography, changes: Changes) -> Iterator[str]:
    yield from _section("added", [_entry(bibliography, key) for key in changes.added])
    changed = [f"`{key}`: " + "; ".join(map(_change, fields)) for key, fields in changes.changed.items()]
    yield from _section("changed", changed)
    yield from _section("renamed", [f"`{old}` → `{new}`" for old, new in changes.renamed.items()])
    removed = [f"`{key}` (its address would be lost)" for key in changes.removed]
    yield from _section("removed", removed)
    for name, identifiers in changes.terms.items():
        yield f"**{name}**: " + ", ".join(map(_term, identifiers[:MANY]))
        yield ""
    if changes.duplicates:
        yield "**Perhaps the same work**"
        for one, other, reason in changes.duplicates[:MANY]:
            yield f"- `{one}` and `{other}`: {with_code(reason)}. To unite them: `odebib merge {one} {other}`"
        yield ""
    yield from _problems(changes)


def _section(what: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"**{len(items)} {'entry' if len(items) == 1 else 'entries'} {what}**"
        yield from (f"- {item}" for item in items[:MANY])
        if len(items) > MANY:
            yield f"- … and {len(items) - MANY} more"
        yield ""


def _entry(bibliography: Bibliography, key: str) -> str:
    entry = bibliography.entries[key]
    people = ", ".join(str(name) for name in entry.people[:3]) + (" et al." if len(entry.people) > 3 else "")
    where = bibliography.venue_name(entry) or (f"arXiv {entry.arxiv}" if entry.arxiv else "")
    terms = [*bibliography.topics_of(entry), *bibliography.tags_of(entry)]
    said = [people, f"{where} {entry.year or ''}".strip(), ", ".join(term.id for term in terms)]
    return f"`{key}`: {escape(entry.title)}" + "".join(f" · {escape(part)}" for part in said if part)


def _change(change: FieldChange) -> str:
    before, after = change.before, change.after
    if isinstance(before or [], list) and isinstance(after or [], list):
        return f"{change.name} {_change_of_list(before or [], after or [])}"
    if before is None:
        return f"{change.name} + {_short(after)}"
    return f"{change.name} {_short(before)} → {_short(after) if after is not None else 'nothing'}"


def _change_of_list(before: list[Any], after: list[Any]) -> str:
    gained = [f"+ {_short(item)}" for item in after if item not in before]
    lost = [f"− {_short(item)}" for item in before if item not in after]
    return ", ".join([*gained, *lost]) or "in another order"


def _short(value: Any) -> str:
    """A value in a few words."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_short(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(_short, value))
    text = str(value)
    return escape(text if len(text) <= 80 else text[:79].rstrip() + "…")


def _term(identifier: str) -> str:
    sign = {"-": "− ", "~": ""}.get(identifier[0], "+ ")
    return f"{sign}`{identifier.lstrip('-~')}`" + (" changed" if identifier[0] == "~" else "")


def _problems(changes: Changes) -> Iterator[str]:
    errors = [p for p in changes.problems if p.severity == Severity.ERROR]
    warnings = [p for p in changes.problems if p.severity != Severity.ERROR]
    for name, found in (("must be mended before it can be merged", errors), ("worth a look", warnings)):
        if found:
            yield f"**{len(found)} {name}**"
            yield from map(_problem, found[:MANY])
            yield ""
    if changes.mended:
        yield f"It mends {changes.mended} {'problem' if changes.mended == 1 else 'problems'}."


def _problem(problem: Problem) -> str:
    """A problem with its remedy; one of several lines stands as it is to be written."""
    told = f"- `{in_code(str(problem.location))}`: {with_code(problem.message)} [{problem.code}]"
    said, _, shown = (problem.hint or "").partition("\n")
    if said:
        told += f"<br>{with_code(said)}"
    if shown:
        told += "\n  ```yaml\n" + "\n".join(f"  {in_code(line)}" for line in shown.split("\n")) + "\n  ```"
    return told

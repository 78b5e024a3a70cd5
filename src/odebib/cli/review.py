"""The command that asks what only a person can say: `review`."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from odebib.cli.program import counted, load, project_root, say
from odebib.editing import reviewing
from odebib.editing.reviewing import NONE, Choice, Question
from odebib.errors import DataError, UsageError
from odebib.matching.weighing import Evidence, told_parts
from odebib.text import markdown

KEYS = "y yes, n no, l later, q quit"
LATER = "later"


@click.command()
@click.option("--format", "format_", type=click.Choice(["text", "markdown"]), default="text")
@click.option(
    "--answers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of --format markdown in which boxes are ticked.",
)
@project_root
def review(format_: str, answers: Path | None) -> None:
    """Ask what is undecided, most valuable first: one key each, or as a file with boxes to tick.

    Links to confirm come first, then records that may be an entry, then pairs of
    entries. Answers are written at the end, also after q, and asked once.

    \b
    Examples:
      odebib review
      odebib review --format markdown > questions.md
      odebib review --answers questions.md
    """
    project = load()
    if project.errors:
        raise DataError(project.errors)
    found = reviewing.questions(project)
    if format_ == "markdown" and answers is None:
        click.echo("\n".join(as_markdown(found)))
        return
    if answers is not None:
        given = read_answers(answers.name, answers.read_text(encoding="utf-8"), found)
    elif not found:
        given = {}
    elif sys.stdin.isatty():
        given = ask(found, click.getchar)
    else:
        hint = "use `--format markdown`, tick boxes, and give the file to `--answers`"
        raise UsageError("review asks on a terminal, and there is none", hint)
    changed = reviewing.apply(project, given, datetime.date.today())
    left = len(found) - len(given)
    done = f"{counted(len(given), 'answer')} written to {counted(len(changed), 'file')}; see `git diff`; "
    say(f"{done if given else ''}{counted(left, 'question')} left")


# -- On a terminal -------------------------------------------------------------------------------


def ask(questions: Sequence[Question], key: Callable[[], str]) -> dict[str, str]:
    """Ask question by question; ``key`` gives the key that was pressed. What was answered, by question."""
    console = Console(highlight=False)
    answers: dict[str, str] = {}
    settled: set[str] = set()
    for number, question in enumerate(questions, start=1):
        if question.id.startswith("pair/") and question.keys & settled:
            continue  # one of them has just been united with another; it is asked anew next time
        console.print(f"\n[bold]{number} of {len(questions)}[/bold]  ", Text(question.title), sep="")
        answer = _ask_choices(console, question, key)
        if answer is None:
            break
        if answer != LATER:
            answers[question.id] = answer
        if answer == "same":
            settled |= question.keys
    return answers


def _ask_choices(console: Console, question: Question, key: Callable[[], str]) -> str | None:
    """The choice that was taken, :data:`NONE`, or later; None where no more is to be asked."""
    for place, choice in enumerate(question.choices, start=1):
        console.print(_beside(question, choice, console.width))
        if choice.evidence:
            for line in _weighed(choice.evidence):
                console.print(Text(line, style="dim"))
        more = f" ({place} of {len(question.choices)})" if len(question.choices) > 1 else ""
        console.print(Text(f"{choice.said}?{more}  [{KEYS}] "), end="")
        pressed = _key(key)
        console.print(pressed)
        if pressed == "y":
            return choice.id
        if pressed == "q":
            return None
        if pressed == "l":
            return LATER
    return NONE


def _key(key: Callable[[], str]) -> str:
    """A key that means something; ^C and ^D mean quit."""
    while True:
        try:
            pressed = key().lower()
        except (KeyboardInterrupt, EOFError):
            return "q"
        if pressed in {"y", "n", "l", "q"}:
            return pressed


def _beside(question: Question, choice: Choice, width: int) -> Table:
    """The two descriptions side by side; what differs stands out."""
    table = Table(box=None, padding=(0, 1), show_header=False, width=min(width, 150))
    table.add_column(style="dim", width=8, no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    for label, mine, theirs in _rows(question, choice):
        style = "" if mine.casefold() == theirs.casefold() else "bold"
        table.add_row(label, Text(mine, style), Text(theirs, style))
    return table


def _rows(question: Question, choice: Choice) -> Iterator[tuple[str, str, str]]:
    mine, theirs = dict(question.own), dict(choice.other)
    for label in dict.fromkeys((*mine, *theirs)):
        yield label, mine.get(label, ""), theirs.get(label, "")


def _weighed(evidence: Evidence) -> Iterator[str]:
    """How probable it is, and what speaks for and against it."""
    yield f"{evidence.probability:.0%} one work"
    for word, found in zip(("for", "against"), told_parts(evidence), strict=True):
        if found:
            parts = ", ".join(f"{said} {added:+.1f}" for said, added in found)
            yield f"  {word}: {parts}"
    for said in (*evidence.vetoes, *evidence.doubts):
        yield f"  but: {said}"


# -- As a file -----------------------------------------------------------------------------------

RE_QUESTION = re.compile(r"<!-- question: (\S+) -->")
RE_BOX = re.compile(r"\s*[-*] \[([ xX])\] .*<!-- choice: (\S+) -->")


def as_markdown(questions: Sequence[Question]) -> Iterator[str]:
    """The questions as a file, with boxes to tick."""
    yield f"# {counted(len(questions), 'question')}"
    yield ""
    yield "Tick one box of a question, or none to leave it for later; then `odebib review --answers FILE`."
    for number, question in enumerate(questions, start=1):
        yield ""
        yield f"## {number}. {markdown.escape(question.title)}"
        yield f"<!-- question: {question.id} -->"
        yield ""
        for choice in question.choices:
            yield f"| | this | {markdown.escape(choice.id) if choice.id != 'same' else 'that'} |"
            yield "|---|---|---|"
            for label, mine, theirs in _rows(question, choice):
                yield f"| {label} | {markdown.escape(mine)} | {markdown.escape(theirs)} |"
            yield ""
            if choice.evidence:
                yield from (f"{markdown.escape(line.strip())}  " for line in _weighed(choice.evidence))
                yield ""
        for choice in question.choices:
            yield f"- [ ] yes, {choice.said} <!-- choice: {choice.id} -->"
        yield f"- [ ] no, {question.none} <!-- choice: {NONE} -->"


def read_answers(name: str, text: str, questions: Sequence[Question]) -> dict[str, str]:
    """What is ticked in a file; questions that are settled meanwhile are told and left.

    Raises:
        UsageError: a question has two ticked boxes, or a box that is none of its own.
    """
    known = {question.id: {NONE, *(choice.id for choice in question.choices)} for question in questions}
    answers: dict[str, str] = {}
    asked = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := RE_QUESTION.search(line):
            asked = found[1]
        box = RE_BOX.match(line)
        if box is None or box[1] == " ":
            continue
        if asked not in known:
            say(f"{name}:{number}: this is no longer asked")
        elif asked in answers:
            raise UsageError(f"{name}:{number}: a second box of one question is ticked", "tick one")
        elif box[2] not in known[asked]:
            hint = "make the file anew with `odebib review --format markdown`"
            raise UsageError(f"{name}:{number}: `{box[2]}` is not among the answers any more", hint)
        else:
            answers[asked] = box[2]
    if not text.strip() or not RE_QUESTION.search(text):
        raise UsageError(f"{name} holds no questions", "it must come from `odebib review --format markdown`")
    return answers

"""Size: no function that a reader must study, no module that one cannot keep in mind."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import odebib

ROOT = Path(odebib.__file__).parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text(encoding="utf-8")
    for path in sorted(ROOT.rglob("*.py"))
}

MOST_WAYS = 15
"""So many ways through a function (McCabe's number, as radon counts it) can be followed."""
MOST_LINES = 500
MOST_EXCEPTIONS = 5

EXCEPTIONS: dict[str, str] = {}
"""What is longer or more branched all the same, and why it would be worse taken apart."""

BRANCHES = ast.If | ast.IfExp | ast.For | ast.AsyncFor | ast.While | ast.Assert | ast.ExceptHandler
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def ways(node: ast.AST) -> int:
    """How many ways a node adds to those through its function; functions within it count for themselves."""
    own = 1 if isinstance(node, BRANCHES) else 0
    if isinstance(node, ast.For | ast.AsyncFor | ast.While | ast.Try) and node.orelse:
        own += 1
    elif isinstance(node, ast.BoolOp):
        own += len(node.values) - 1
    elif isinstance(node, ast.comprehension):
        own += 1 + len(node.ifs)
    elif isinstance(node, ast.Match):
        own += sum(
            not isinstance(case.pattern, ast.MatchAs) or bool(case.pattern.name) for case in node.cases
        )
    inner = (child for child in ast.iter_child_nodes(node) if not isinstance(child, FUNCTIONS))
    return own + sum(map(ways, inner))


@cache
def functions() -> dict[str, int]:
    """Every function and method of the program by its place, with the number of ways through it."""
    found = {}

    def look(node: ast.AST, place: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner = f"{place}.{child.name}" if isinstance(child, FUNCTIONS | ast.ClassDef) else place
            if isinstance(child, FUNCTIONS):
                found[inner] = 1 + ways(child)
            look(child, inner)

    for module, text in MODULES.items():
        look(ast.parse(text), module)
    return found


@cache
def lengths() -> dict[str, int]:
    """The lines of every module."""
    return {module: len(text.splitlines()) for module, text in MODULES.items()}


def too_big() -> dict[str, int]:
    """What is above the measure, with its number of ways or lines."""
    branched = {name: number for name, number in functions().items() if number > MOST_WAYS}
    return branched | {name: number for name, number in lengths().items() if number > MOST_LINES}


class TestSize:
    """Functions have at most fifteen ways through them, modules at most 500 lines."""

    def test_measure(self) -> None:
        """Each branch, each word of a condition and each loop is one way more."""
        source = "def f(x):\n    return [y for y in x if y] if x and not x[0] else [z for z in x]"

        assert ways(ast.parse(source).body[0]) == 5

    def test_within_measure(self) -> None:
        """What is above the measure is named as an exception, with its reason; take other things apart."""
        assert {name: number for name, number in too_big().items() if name not in EXCEPTIONS} == {}

    def test_no_exception_without_need(self) -> None:
        """What is within the measure by now is no exception any more."""
        assert sorted(EXCEPTIONS.keys() - too_big().keys()) == []

    def test_exceptions_are_few(self) -> None:
        """Five exceptions at most, each with a sentence."""
        assert len(EXCEPTIONS) <= MOST_EXCEPTIONS
        assert all(reason.endswith(".") for reason in EXCEPTIONS.values())

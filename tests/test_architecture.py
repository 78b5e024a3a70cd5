"""The architecture: imports point one way, and every module says what it knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import odebib

ROOT = Path(odebib.__file__).parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}

MAP = Path(__file__).parents[1] / "docs" / "architecture.in.md"
LINES = [
    re.findall(r"`(\w+)`", row)
    for row in re.findall(r"^\| \d \| ([^|]+) \|", MAP.read_text(encoding="utf-8"), re.M)
]
"""The directions between rooms, as the documentation shows them: each line may import from those above."""
RANK = {room: number for number, rooms in enumerate(LINES) for room in rooms}

LEAVES = {"errors", "text.folding", "text.identifiers", "text.macros", "text.mathematics", "yamlio.tree"}
"""Modules that know nothing of the others."""

UNSEEN = {"website": {"sources"}, "editing": {"website"}, "project": {"sources", "matching", "formats"}}
"""Rooms above a room that it knows nothing of all the same."""


@cache
def tree(name: str) -> ast.Module:
    """The parsed source of a module."""
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


@cache
def imports(name: str) -> frozenset[str]:
    """The modules of odebib that a module imports."""
    found = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "odebib":
            package = (node.module or "").removeprefix("odebib").removeprefix(".")
            for alias in node.names:
                inner = f"{package}.{alias.name}".strip(".")
                found.add(inner if inner in MODULES else package)
        elif isinstance(node, ast.Import):
            found |= {
                alias.name.removeprefix("odebib.") for alias in node.names if alias.name.startswith("odebib.")
            }
    return frozenset(found - {"", name})


def package(name: str) -> str:
    """The package or module directly below odebib that a module belongs to."""
    return name.split(".")[0]


def functions(name: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods of a module."""
    return (node for node in ast.walk(tree(name)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


class TestImports:
    """Imports point one way."""

    def test_no_circles(self) -> None:
        """No module imports itself, however far around."""
        TopologicalSorter({name: imports(name) for name in MODULES if name}).prepare()

    @pytest.mark.parametrize("name", sorted(LEAVES))
    def test_leaves(self, name: str) -> None:
        """Leaves import nothing of odebib."""
        assert imports(name) == frozenset()

    def test_rooms(self) -> None:
        """At the top stand rooms, and the table has a line for each of them."""
        rooms = {package(name) for name in MODULES} - {"__init__", "__main__"}

        assert rooms == set(RANK)
        assert {name for name in MODULES if "." not in name} - rooms == {"__init__", "__main__"}
        assert [name for name in rooms if name != "errors" and MODULES[name].name != "__init__.py"] == []

    def test_directions(self) -> None:
        """A room imports only rooms in lines above its own, and none that it is to know nothing of."""
        against = {
            name: wrong
            for name in MODULES
            if package(name) in RANK
            and (
                wrong := sorted(
                    other
                    for other in imports(name)
                    if package(other) != package(name)
                    and (
                        RANK[package(other)] >= RANK[package(name)]
                        or package(other) in UNSEEN.get(package(name), set())
                    )
                )
            )
        }

        assert against == {}

    def test_names_do_not_repeat_their_room(self) -> None:
        """`sources/markdown/tables.py`, not `markdown_tables.py`."""
        repeating = [
            name
            for name in MODULES
            for *rooms, stem in [name.split(".")]
            if "_" in stem and any(room.rstrip("s") in stem for room in rooms)
        ]

        assert repeating == []

    def test_one_place_touches_the_network(self) -> None:
        """Nothing but `services.http`, and what it connects with, imports a library that fetches."""
        fetching = {"requests", "urllib3", "urllib.request", "http.client", "socket"}
        found = set()
        for name in MODULES:
            for node in ast.walk(tree(name)):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if fetching & set(names):
                    found.add(name)

        assert found <= {"services.http", "services.public", "website.serve"}  # the last one only listens

    def test_at_the_top_of_modules(self) -> None:
        """No import hides in a function to break a circle."""
        hidden = {
            name: [
                node.name
                for node in functions(name)
                if any(isinstance(n, ast.ImportFrom) for n in ast.walk(node))
            ]
            for name in MODULES
        }

        assert {name: found for name, found in hidden.items() if found} == {}


@pytest.mark.parametrize("name", MODULES)
class TestModule:
    """What holds of every module."""

    def test_says_what_it_knows(self, name: str) -> None:
        """A module is a piece of knowledge; its first lines say which."""
        assert ast.get_docstring(tree(name))

    def test_name(self, name: str) -> None:
        """No drawer for what has no place."""
        assert not set(name.split(".")) & {"utils", "util", "helpers", "common", "misc"}

    def test_annotated(self, name: str) -> None:
        """Every function says what it takes and gives."""
        bare = []
        for node in functions(name):
            given = [
                *node.args.posonlyargs,
                *node.args.args,
                *node.args.kwonlyargs,
                node.args.vararg,
                node.args.kwarg,
            ]
            untyped = [a.arg for a in given if a and a.annotation is None and a.arg not in {"self", "cls"}]
            if untyped or node.returns is None:
                bare.append(f"{node.name}({', '.join(untyped)})")

        assert bare == []

    def test_documented(self, name: str) -> None:
        """Every public function and class has a docstring."""
        public = [
            node
            for node in tree(name).body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]

        assert [node.name for node in public if not ast.get_docstring(node)] == []

"""The documentation says what the program does: every command, check, field and module, and nothing else."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import click
import pytest

from odebib import checks
from odebib.cli import GROUPS, program
from odebib.model import fields, schemas
from odebib.model.entry import Entry
from odebib.yamlio.reader import read

ROOT = Path(__file__).parents[1]
READERS = ("README.md", "CONTRIBUTING.md")
COMMANDS = {str(command.name): command for group in GROUPS.values() for command in group}


def text(path: str) -> str:
    """A document's text."""
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module", name="generator")
def _generator() -> ModuleType:
    """The script that writes the generated documents."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestGenerated:
    """Documents that follow from the program."""

    def test_are_up_to_date(self, generator: ModuleType) -> None:
        """They hold what the program says now."""
        stale = [
            path
            for path, expected in generator.documents().items()
            if not (ROOT / path).is_file() or text(path) != expected
        ]

        assert stale == [], "run `make fix`"

    def test_schemas_are_among_them(self, generator: ModuleType) -> None:
        """Editors check by the files in `schema/`, so a field that is new must be there too."""
        assert {f"schema/{name}.json" for name in schemas.SCHEMAS} <= set(generator.documents())

    def test_every_module_says_what_it_knows(self) -> None:
        """Its first lines are its line in the map."""
        silent = [
            line for line in text("docs/architecture.md").splitlines() if re.match(r"\| `\w+` \|\s*\|", line)
        ]

        assert silent == []


class TestCommands:
    """Every command."""

    @pytest.mark.parametrize("name", COMMANDS)
    def test_is_in_the_readme_or_the_guide(self, name: str) -> None:
        """Somebody who reads comes upon it."""
        assert any(f"odebib {name}" in text(path) for path in READERS)

    @pytest.mark.parametrize("name", COMMANDS)
    def test_has_help_with_an_example(self, name: str) -> None:
        """The help shows how it is called."""
        shown = COMMANDS[name].get_help(click.Context(COMMANDS[name], info_name=name))

        assert f"odebib {name}" in shown
        assert "Example" in shown

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_option_is_explained(self, name: str) -> None:
        """No option is without a sentence."""
        options = [option for option in COMMANDS[name].params if isinstance(option, click.Option)]

        assert [
            option.name for option in options if not option.help and not isinstance(option.type, click.Choice)
        ] == []


class TestMentions:
    """What the documents mention."""

    CODE = re.compile(r"`(odebib [^`]+)`|^(odebib .+)$", re.MULTILINE)

    @pytest.mark.parametrize("path", [*READERS, "docs/architecture.md"])
    def test_commands_and_options_exist(self, path: str) -> None:
        """A command that is shown can be run so."""
        wrong = []
        for match in self.CODE.finditer(text(path)):
            words = shlex.split((match[1] or match[2]).split("#")[0])[1:]
            if not words or words[0].startswith("-") or words[0].isupper():
                continue
            command = COMMANDS.get(words[0])
            options = {name for option in command.params for name in option.opts} if command else set()
            used = {word.split("=")[0] for word in words if word.startswith("-")} - {"--help", "--root"}
            if command is None or not used <= options:
                wrong.append(" ".join(words))

        assert wrong == []

    @pytest.mark.parametrize("path", [*READERS, "docs/architecture.md"])
    def test_files_and_headings_exist(self, path: str) -> None:
        """A link leads somewhere."""
        found = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)", text(path))
        headings = {
            re.sub(r"[^\w -]", "", h).lower().replace(" ", "-")
            for h in re.findall(r"^#+ (.+)$", text(path), re.M)
        }

        assert [name for name, _ in found if name and not (ROOT / path).parent.joinpath(name).exists()] == []
        assert [heading for name, heading in found if not name and heading not in headings] == []

    @pytest.mark.parametrize("path", READERS)
    def test_examples_of_entries_are_right(self, path: str) -> None:
        """An entry that is shown can be copied."""
        for block in re.findall(r"```yaml\n(title: .+?)```", text(path), re.DOTALL):
            file = read(path, block)
            assert file.problems == ()
            Entry.model_validate({**file.data, "key": "x"})


class TestFields:
    """The reference of fields."""

    @pytest.mark.parametrize("field", fields.of_entry(), ids=lambda field: field.name)
    def test_every_example_is_right(self, field: fields.FieldInfo) -> None:
        """What is shown for a field is read as a value of it."""
        file = read("example", field.written + ("" if field.name == "title" else "\ntitle: A"))

        assert file.problems == ()
        entry = Entry.model_validate({**file.data, "key": "x"})
        assert getattr(entry, field.name)

    def test_every_field_has_a_meaning_and_an_example(self) -> None:
        """Nothing is left to guess, and nothing is explained that is not there."""
        assert [field.name for field in fields.of_entry() if not field.meaning] == []
        assert [field.name for field in fields.of_entry() if not field.example] == []


class TestChecks:
    """The reference of checks."""

    @pytest.mark.parametrize("name", checks.names())
    def test_every_check_is_documented(self, name: str) -> None:
        """With the sentence that `--explain` prints."""
        assert f"| `{name}` |" in text("docs/checks.md")


class TestProgram:
    """The program's own help."""

    def test_names_every_group(self) -> None:
        """What one wants to do is how commands are grouped."""
        shown = program.get_help(click.Context(program, info_name="odebib"))

        assert [title for title in GROUPS if f"{title}:" not in shown] == []


class TestChanges:
    """The table of changes in the guide for developers."""

    TABLE = re.compile(r"^\| to add or change \|.*?\n\n", re.DOTALL | re.MULTILINE)

    def test_begins_and_ends_where_something_is(self) -> None:
        """Every file that the table names exists."""
        (table,) = self.TABLE.findall(text("CONTRIBUTING.md"))
        named = re.findall(r"`([\w./]+/[\w./]+)`", table)

        assert len(table.strip().splitlines()) == 2 + 10
        assert len(named) > 20
        assert [path for path in named if not (ROOT / path).is_file()] == []

    def test_its_examples_describe_themselves(self) -> None:
        """What is to be copied ends in what is gathered, and the gathering names it."""
        for example, name, gathering in (
            ("src/odebib/formats/ris.py", "FORMAT", "src/odebib/formats/__init__.py"),
            ("src/odebib/services/openreview.py", "SERVICE", "src/odebib/services/__init__.py"),
            ("src/odebib/website/pages/years.py", "PAGE", "src/odebib/website/pages/__init__.py"),
            (
                "src/odebib/sources/citations/styles/piped.py",
                "STYLE",
                "src/odebib/sources/citations/styles/__init__.py",
            ),
        ):
            assert re.findall(r"^([A-Z]+) = ", text(example), re.M)[-1] == name
            assert f"{Path(example).stem}.{name}" in text(gathering)


class TestTests:
    """The tests themselves."""

    def test_buttons_are_found_by_what_they_do(self) -> None:
        """Never by their words, so that whoever says them better changes one template."""
        by_words = re.compile(r'get_by_role\(\s*"button"|has_text="Copy|get_by_text\([^)]*\)[.\w]*\.click\(')
        found = {
            path.name: by_words.findall(path.read_text(encoding="utf-8"))
            for path in (ROOT / "tests" / "website").glob("*.py")
        }

        assert {name: words for name, words in found.items() if words} == {}

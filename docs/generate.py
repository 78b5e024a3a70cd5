"""Writes what follows from the program: references, the map of the modules, schemas, workflows.

``make fix`` renews them (or ``python docs/generate.py`` alone); ``tests/test_docs.py`` says when that is due.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from odebib import checks
from odebib.cli import GROUPS, program
from odebib.errors import Severity
from odebib.model import fields, schemas
from odebib.project import scaffold
from odebib.sources import columns, files

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "odebib"
HEAD = "<!-- Written by docs/generate.py; change the program's docstrings instead. -->\n"
INSTALL = "python -m pip install --constraint constraints.txt ."
"""How this project's own workflows install the program: from the checkout."""


def documents() -> dict[str, str]:
    """Every generated file by its path, with what it should hold."""
    found = {
        "docs/commands.md": commands(),
        "docs/checks.md": check_reference(),
        "docs/sources.md": source_reference(),
        "docs/architecture.md": architecture(),
        "CONTRIBUTING.md": with_block(
            (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), "fields", field_table()
        ),
    }
    found |= {f"schema/{name}.json": schemas.text(name) for name in schemas.SCHEMAS}
    own = scaffold.workflow_files(ROOT, INSTALL)
    return found | {path: text for path, text in own.items() if path.startswith(".github/")}


def with_block(text: str, name: str, block: str) -> str:
    """``text`` with what stands between a block's two marks renewed."""
    begin, end = f"<!-- {name}: generated -->\n", f"<!-- {name}: end -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}{block}{end}{after}"


def field_table() -> str:
    """The fields of an entry as a table."""
    lines = ["| field | holds | meaning | for instance |", "|---|---|---|---|"]
    for field in fields.of_entry():
        name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
        example = "<br>".join(f"`{line.strip()}`" for line in field.written.split("\n"))
        cells = (name, field.kind, field.meaning, example)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Every command with its help, as the program prints it."""
    lines = [HEAD, "# Commands", ""]
    top = click.Context(program, info_name="odebib", terminal_width=100, **program.context_settings)
    for title, group in GROUPS.items():
        lines += [f"## {title}", ""]
        for command in group:
            shown = command.get_help(click.Context(command, info_name=command.name, parent=top)).rstrip()
            lines += [f"### odebib {command.name}", "", "```text", shown, "```", ""]
    return "\n".join(lines)


def source_reference() -> str:
    """Every kind of file that ``odebib import`` reads, in the order in which its signs are asked."""
    lines = [HEAD, "# What can be imported", ""]
    lines += [
        "`odebib import FILE` says first what a file was found to be. Where that is wrong, name it with"
    ]
    lines += [
        "`--format`. What none of these knows is refused. A folder is read file by file; a note beside a"
    ]
    lines += ["`cite.bib` is one work with it.", ""]
    lines += ["| `--format` | what it is | where it comes from | names |", "|---|---|---|---|"]
    for reader in files.READERS:
        endings = ", ".join(f"`{ending}`" for ending in reader.endings)
        lines.append(
            f"| `{reader.name}` | {reader.label} | {reader.holds.replace('|', chr(92) + '|')} | {endings} |"
        )
    named = ", ".join(f"`{reader.name}`" for reader in files.READERS if reader.takes_columns)
    lines += [
        "",
        f"Of {named} the values have names. These are understood without regard to case, spaces and",
    ]
    lines += ["punctuation, others with `--columns FIELD=NAME,…`; what is not taken is named once.", ""]
    lines += ["| field | some of its names |", "|---|---|"]
    for field, names in columns.NAMES.items():
        some = [name.replace("_", " ") for name in names.split()[:6]]
        lines.append(f"| `{field}` | {', '.join(some)} |")
    return "\n".join([*lines, ""])


def check_reference() -> str:
    """Every problem that ``odebib check`` can tell of, with its reason."""
    lines = [
        HEAD,
        "# Checks",
        "",
        "What `odebib check` prints in brackets, and why it is there. Those with a",
    ]
    lines += ["severity can be silenced for one entry:", "", "```yaml", "waive:", "  - check: no-year"]
    lines += ["    reason: The page gives none.", "```", ""]
    lines += ["| check | severity | why | with `--fix` |", "|---|---|---|---|"]
    for name in checks.names():
        rule = checks.CHECKS.get(name)
        severity = str(rule.severity) if rule else ""
        reason = str(checks.explain(name)).replace("|", "\\|")
        lines.append(f"| `{name}` | {severity} | {reason} | {checks.fix_of(name)} |")
    lines += [
        "",
        f"Problems without a severity here are found while reading; they are {Severity.ERROR}s, but for",
    ]
    return "\n".join([*lines, "`yaml-comment`, which is a warning.", ""])


def architecture() -> str:
    """The map of the modules: what each one knows."""
    text = (ROOT / "docs" / "architecture.in.md").read_text(encoding="utf-8").rstrip("\n")
    lines = [HEAD, text, "", "## The modules", ""]
    for folder in sorted({path.parent for path in SOURCE.rglob("*.py")}, key=_depth):
        name = "/".join(("odebib", *folder.relative_to(SOURCE).parts))
        lines += [f"### {name}/", "", "| module | knows |", "|---|---|"]
        lines += sorted(_modules(folder))
        lines.append("")
    return "\n".join(lines)


def _depth(folder: Path) -> tuple[int, str]:
    return len(folder.parts), folder.name


def _modules(folder: Path) -> Iterator[str]:
    for path in folder.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        summary = (ast.get_docstring(tree) or "").split("\n\n")[0]
        yield f"| `{path.stem}` | {_cell(summary)} |"


def _cell(text: str) -> str:
    """A docstring's text in a table's cell."""
    plain = re.sub(r":\w+:`~?\.?([\w.]+)`", r"`\1`", " ".join(text.split()).replace("``", "`"))
    return plain.replace("|", "\\|")


def main() -> None:
    """Write what is out of date."""
    for path, text in documents().items():
        target = ROOT / path
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            print(path, file=sys.stderr)


if __name__ == "__main__":
    main()

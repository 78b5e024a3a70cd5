"""Commands of authors: ``export``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from odebib import selecting, yamlwrite
from odebib.cli.program import counted, load, project_root, say
from odebib.errors import DataError
from odebib.formats import FORMATS


@click.command()
@click.argument("keys", nargs=-1)
@click.option(
    "--format", "format_", type=click.Choice(list(FORMATS)), default="bibtex", help="Default is bibtex."
)
@click.option(
    "--venues", type=click.Choice(["full", "short"]), default="full", help="Names of venues in full or short."
)
@click.option("--abstracts", is_flag=True, help="With abstracts, which make a .bib big.")
@click.option("--topic", multiple=True, help="Only works of this topic.")
@click.option("--tag", multiple=True, help="Only works with this badge.")
@click.option("--type", "type_", multiple=True, help="Only works of this type.")
@click.option("--venue", multiple=True, help="Only works of this venue.")
@click.option("--author", multiple=True, help="Only works by this author.")
@click.option("--year", multiple=True, help="Only works of this year, or of 2018-2020.")
@click.option("--list", "list_", multiple=True, help="Only works in this source list.")
@click.option("--search", multiple=True, help="Only works with these words.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@project_root
def export(
    keys: Sequence[str],
    format_: str,
    venues: str,
    abstracts: bool,
    type_: Sequence[str],
    list_: Sequence[str],
    output: Path | None,
    **options: Sequence[str],
) -> None:
    """Print the bibliography, or a part of it.

    Values of one option are alternatives; several options must all hold.

    \b
    Examples:
      odebib export -o all.bib
      odebib export chen2018neural grathwohl2019ffjord
      odebib export --topic neural-sdes --year 2019-2021 --format json
    """
    project = load()
    if project.errors:
        raise DataError(project.errors)
    selection = selecting.Selection(
        keys=tuple(keys),
        types=tuple(type_),
        lists=tuple(list_),
        topics=tuple(options["topic"]),
        tags=tuple(options["tag"]),
        venues=tuple(options["venue"]),
        authors=tuple(options["author"]),
        years=tuple(options["year"]),
        words=tuple(options["search"]),
    )
    chosen = selecting.select(project.bibliography, selection)
    given = {"venues": venues, "abstracts": abstracts} if format_ in {"bibtex"} else {}
    text = FORMATS[format_].render(project.bibliography, chosen, **given)
    if output is None:
        click.echo(text, nl=False)
    else:
        yamlwrite.write(output, text)
        say(f"{counted(len(chosen), 'entry', 'entries')} → {output}")

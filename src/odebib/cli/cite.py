"""Commands of authors: ``export``, ``cite``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from odebib.cli import writing
from odebib.cli.program import counted, load, project_root, root, say
from odebib.errors import DataError, SourceError, UsageError
from odebib.formats import FORMATS, awesome, biblatex, bibtex, json
from odebib.lookup import citing, papers, selecting, updating
from odebib.model.bibliography import Bibliography
from odebib.project import store
from odebib.services import http

VENUES = click.option(
    "--venues", type=click.Choice(["full", "short"]), default="full", help="Names of venues in full or short."
)
OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file."
)


@click.command()
@click.argument("keys", nargs=-1)
@click.option(
    "--format", "format_", type=click.Choice(list(FORMATS)), default="bibtex", help="Default is bibtex."
)
@VENUES
@click.option("--abstracts", is_flag=True, help="With abstracts, which make a .bib big.")
@click.option("--style", default=None, help="CSL style for --format text: its name, or a .csl file.")
@click.option("--topic", multiple=True, help="Only works of this topic.")
@click.option("--tag", multiple=True, help="Only works with this badge.")
@click.option("--type", "type_", multiple=True, help="Only works of this type.")
@click.option("--venue", multiple=True, help="Only works of this venue.")
@click.option("--author", multiple=True, help="Only works by this author.")
@click.option("--year", multiple=True, help="Only works of this year, or of 2018-2020.")
@click.option("--list", "list_", multiple=True, help="Only works in this source list.")
@click.option("--search", multiple=True, help="Only works with these words.")
@click.option(
    "--as-listed",
    is_flag=True,
    help="With --format markdown and one --list: its own sections, order and words.",
)
@OUTPUT
@writing.force_option
@project_root
def export(
    keys: Sequence[str],
    format_: str,
    type_: Sequence[str],
    list_: Sequence[str],
    as_listed: bool,
    output: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Print the bibliography, or a part of it.

    Values of one option are alternatives; several options must all hold.
    With --format markdown, -o leaves everything in a README as it is but what
    stands between the marks <!-- odebib: begin --> and <!-- odebib: end -->.

    \b
    Examples:
      odebib export -o all.bib
      odebib export chen2018neural grathwohl2019ffjord
      odebib export --topic neural-sdes --year 2019-2021 --format json
      odebib export --format text --style apa chen2018neural
      odebib export --format markdown -o README.md
    """
    bibliography = _sound(load())
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
    chosen = selecting.select(bibliography, selection)
    one_list = _list_id(bibliography, list_) if len(list_) == 1 else None
    if as_listed:
        if format_ != "markdown" or one_list is None:
            raise UsageError("--as-listed needs --format markdown and one --list")
        text = awesome.as_listed(bibliography.lists[one_list])
    else:
        format = FORMATS[format_]
        given = {
            "source_list": one_list,
            **{name: options[name] for name in ("venues", "abstracts", "style")},
        }
        given = {name: value for name, value in given.items() if name in format.options and value is not None}
        text = format.render(bibliography, chosen, **given)
    is_readme = format_ == "markdown" and output is not None and not _is_no_file(output)
    _put_out(text, output, is_readme, force, len(chosen))


def _list_id(bibliography: Bibliography, names: Sequence[str]) -> str | None:
    return names[0] if names[0] in bibliography.lists else None


def _put_out(text: str, output: Path | None, is_readme: bool, force: bool, count: int) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    if is_readme:  # only what stands between our marks is replaced
        writing.put_out(output, _readme(output, text), force=True)
    else:
        writing.put_out(output, text, force=force)
    say(f"{counted(count, 'entry', 'entries')} → {output}")


def _is_no_file(path: Path) -> bool:
    """Whether something is there that is a device or a pipe."""
    return path.exists() and not path.is_file()


def _readme(path: Path, body: str) -> str:
    """The text of a README with a new body; its own head and foot stay."""
    if not path.exists():
        return awesome.new_readme(path.resolve().parent.name, body)
    readme = awesome.into_readme(papers.read_text(path), body)
    if readme is None:
        raise UsageError(
            f"{path} is there and has no marks to write between",
            f"put these lines where the list belongs:\n{awesome.BEGIN}\n{awesome.END}",
        )
    return readme


def _sound(project: store.Project) -> Bibliography:
    """The bibliography of a project that can be read without errors."""
    if project.errors:
        raise DataError(project.errors)
    return project.bibliography


# -- cite ----------------------------------------------------------------------------------------

MARK = "% Made by `odebib cite`; make it anew instead of editing it."
"""How a file begins that this command may overwrite; the checksum behind it tells whether it was edited."""


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--from", "source", metavar="URL|DIR", help="A published site, or a project's folder.")
@click.option(
    "--bib",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Your own .bib: what it defines is not missing.",
)
@click.option(
    "--update", is_flag=True, help="FILE is your .bib: print it as it should be today, under your keys."
)
@click.option("--format", "format_", type=click.Choice(["bibtex", "biblatex"]), default="bibtex")
@VENUES
@OUTPUT
@project_root
@click.pass_context
def cite(
    ctx: click.Context,
    files: Sequence[Path],
    source: str | None,
    bib: Sequence[Path],
    update: bool,
    format_: str,
    venues: str,
    output: Path | None,
) -> None:
    """Print exactly the entries that .tex, .aux, .bcf or .bib files cite.

    Keys may be citation keys of any time, arXiv ids or DOIs; the entries are
    printed under the keys that the paper uses. What the paper's own .bib files
    define is left to them. -o never overwrites a file of yours.

    \b
    Examples:
      odebib cite paper.tex -o refs.bib
      odebib cite paper.tex --from https://example.org/differential-equations/
      odebib cite --update old.bib -o new.bib
    """
    if not files:
        raise UsageError("no file to look into", "try `odebib cite paper.tex`")
    bibliography = _bibliography(source)
    if update:
        _update(bibliography, files, venues, output)
        return
    citations = papers.read(files, bib, written_by_us=MARK)
    resolved = citing.resolve(bibliography, citations)
    render_entry = {"bibtex": bibtex.render_entry, "biblatex": biblatex.render_entry}[format_]
    text = "\n".join(
        render_entry(bibliography, bibliography.entries[key], key=name, venues=venues)
        for name, key in resolved.entries.items()
    )
    _write_mine(text, output)
    _say_what_was_found(citations, resolved, output)
    if resolved.missing:
        ctx.exit(1)


def _bibliography(source: str | None) -> Bibliography:
    """The bibliography of the project at hand, of another folder, or of a published site."""
    if source is None:
        return _sound(store.load(root()))
    if "://" not in source:
        folder = Path(source)
        if (folder / store.DATA).is_dir():
            return _sound(store.load(folder))
        published = folder / "api" / "entries.json"
        if not published.is_file():
            raise UsageError(
                f"{source} is neither a project nor a site", "it has no data/ and no api/entries.json"
            )
        return _parsed(published.read_text(encoding="utf-8"), str(published))
    url = f"{source.rstrip('/')}/api/entries.json"
    return _parsed(http.get(url).decode("utf-8", errors="replace"), url)


def _parsed(text: str, where: str) -> Bibliography:
    try:
        return json.parse(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{where} is no bibliography of odebib: {str(error).splitlines()[0]}") from error


def _update(bibliography: Bibliography, files: Sequence[Path], venues: str, output: Path | None) -> None:
    if len(files) > 1:
        raise UsageError("--update takes one .bib file")
    updated = updating.update(bibliography, papers.read_text(files[0]), venues=venues)
    if output is None:
        click.echo(updated.text, nl=False)
    elif output.is_file():
        raise UsageError(f"{output} is there already", "name a new file")
    else:
        writing.put_out(output, updated.text)
    for change in updated.changes:
        say(
            f"{change.name}: {'; '.join(change.facts)}"
            + (f" [{change.key}]" if change.key != change.name else "")
        )
    say(
        f"{counted(len(updated.changes), 'entry', 'entries')} changed, {len(updated.unchanged)} as before, "
        f"{len(updated.unknown)} not in the bibliography"
    )


def _write_mine(text: str, output: Path | None) -> None:
    """Print, or write to a file that is new or was written here before and not edited since."""
    if output is None:
        click.echo(text, nl=False)
        return
    if output.is_file() and not _is_mine(papers.read_text(output)):
        raise UsageError(
            f"{output} was not made by `odebib cite`, or was edited since; it stays as it is",
            "name another file with -o, or move this one away",
        )
    writing.put_out(output, f"{MARK} {_checksum(text)}\n\n{text}", force=True)


def _is_mine(content: str) -> bool:
    head, _, text = content.replace("\r\n", "\n").partition("\n\n")
    return head == f"{MARK} {_checksum(text)}"


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _say_what_was_found(citations: papers.Citations, resolved: citing.Resolved, output: Path | None) -> None:
    for name in citations.unread:
        say(f"{name} is not there; what it cites is not known")
    for one, other in resolved.repeated:
        say(f"`{one}` and `{other}` are one work; cite it by one of them")
    for missing in resolved.missing:
        say(f"missing: {missing.name}: {missing.hint}")
    where = f" → {output}" if output else ""
    own = len(citations.own & citations.names.keys())
    said = [f"{counted(len(resolved.entries), 'entry', 'entries')}{where}"]
    said += [f"{own} in your own files"] * bool(own) + [f"{len(resolved.missing)} missing"] * bool(
        resolved.missing
    )
    say(", ".join(said))

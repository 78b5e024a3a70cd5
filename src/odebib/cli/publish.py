"""Commands that make the website: ``build``, ``serve``, ``publish``."""

from __future__ import annotations

import time
from pathlib import Path

import click

from odebib import checks
from odebib.cli import writing
from odebib.cli.program import counted, load, project_root, root, say
from odebib.errors import DataError, OdebibError
from odebib.project import ledger, store
from odebib.project.store import Project
from odebib.website.build import build as build_website
from odebib.website.serve import Server, changes

ENGINES = click.Choice(["mkdocs", "zensical"])


@click.command()
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), help="Where to; default is site/.")
@click.option("--engine", type=ENGINES, default="mkdocs", help="What draws the page frames.")
@project_root
def build(site: Path | None, engine: str) -> None:
    """Make the website from the data; with errors in the data it stays as it was.

    \b
    Examples:
      odebib build
      odebib build --site public --engine zensical
    """
    build_site(load(), site or root() / "site", engine)


def build_site(project: Project, site: Path, engine: str) -> None:
    """Build, and end with the line that says what was made.

    Raises:
        DataError: there are errors in the data; the site is as it was.
    """
    started = time.perf_counter()
    problems = checks.errors(project)
    if problems:
        raise DataError(problems)
    with writing.site(site, "build"):
        built = build_website(project.bibliography, project.root, site, engine, project.entry_paths)
    bibliography = project.bibliography
    say(
        f"{counted(len(bibliography.entries), 'entry', 'entries')} from "
        f"{counted(bibliography.record_count, 'record')} of {counted(len(bibliography.lists), 'list')} → "
        f"{counted(built.pages, 'page')} in {time.perf_counter() - started:.1f} s"
    )
    for note in built.notes:
        say(note)
    say(f"the website is in {site}/ ({built.written} of {built.files} files changed)")


@click.command()
@click.option("--port", type=int, default=8000, help="Default is 8000.")
@click.option(
    "--site", type=click.Path(path_type=Path, file_okay=False), help="Where to build; default is site/."
)
@click.option("--engine", type=ENGINES, default="mkdocs", help="What draws the page frames.")
@project_root
def serve(port: int, site: Path | None, engine: str) -> None:
    """Build, show the website on this machine only, and rebuild whenever a file changes.

    \b
    Examples:
      odebib serve
      odebib serve --port 8080
    """
    folder = site or root() / "site"
    _try_to_build(folder, engine)
    with Server(folder, port) as server:
        say(f"http://127.0.0.1:{server.port}/ (Ctrl-C stops)")
        for _ in changes(root()):
            _try_to_build(folder, engine)


def _try_to_build(site: Path, engine: str) -> None:
    """Build, or show what is wrong and keep the last good site."""
    try:
        build_site(store.load(root()), site, engine)
    except DataError as error:
        for problem in error.problems:
            say(str(problem))
        say("the website stays as it was until this is mended")
    except OdebibError as error:
        say(f"odebib: {error.message}")
    except Exception as error:  # what is shown outlives whatever goes wrong while it is built anew
        say(f"odebib: {type(error).__name__}: {error}; the website stays as it was")


@click.command()
@project_root
def publish() -> None:
    """Write every address of the website into data/published.txt, so that none is ever lost.

    What the deploy job runs after a build. Addresses are only ever added; one
    that has vanished is an error of `odebib check`.

    \b
    Example:
      odebib build && odebib publish
    """
    project = load()
    problems = checks.errors(project)
    if problems:
        raise DataError(problems)
    added = ledger.publish(project.root, project.bibliography)
    say(f"{counted(len(added), 'new address', 'new addresses')} in {ledger.LEDGER}")

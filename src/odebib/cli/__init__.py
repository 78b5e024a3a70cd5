"""The commands: thin words around the library. Only this package prints and exits.

One module for each kind of person who types them; `GROUPS` gathers the commands. Imports
everything; nothing imports it.
"""

from __future__ import annotations

import io
import os
import sys

import click

import odebib
from odebib.cli import adding, cite, contribute, github, look, maintain, publish, review, upkeep, writing
from odebib.cli.program import Program, project_root
from odebib.errors import DataError, OdebibError

GROUPS = {
    "Look": (look.show, look.find, look.stats),
    "Cite": (cite.export, cite.cite),
    "Contribute": (adding.add, contribute.check, contribute.fmt, contribute.schema),
    "Maintain": (
        maintain.import_,
        upkeep.refresh,
        upkeep.links,
        maintain.duplicates,
        review.review,
        maintain.merge,
        github.changes,
        github.from_issue,
        github.candidates,
        maintain.init,
    ),
    "Publish": (publish.build, publish.serve, publish.publish),
}
"""The commands as ``--help`` groups them."""


@click.group(
    cls=Program,
    groups=GROUPS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(odebib.__version__)
@project_root
def program() -> None:
    """A curated bibliography from a folder of YAML: checked, merged, exported, rendered as a website.

    \b
    Examples:
      odebib check                       everything that is wrong, with place and hint
      odebib build                       the website, into site/
      odebib export --topic neural-odes  BibTeX of a topic
      odebib import README.md            take in somebody's list
    """


writing.guard(program.commands)


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the result is its exit status."""
    try:
        status = program.main(arguments, standalone_mode=False)
    except click.Abort:
        click.echo("interrupted; what was written is whole, and the next run goes on", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except DataError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        click.echo(f"odebib: {error.message}", err=True)
        return 1
    except OdebibError as error:
        click.echo(f"odebib: {error.message}", err=True)
        if error.hint:
            click.echo(f"    hint: {error.hint}", err=True)
        return 2
    except BrokenPipeError:
        # The reader of our output has seen enough (`| head`); Python would complain when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        click.echo("interrupted; what was written is whole, and the next run goes on", err=True)
        return 130
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"odebib: {where}{error.strerror or error}", err=True)
        return 2
    return status if isinstance(status, int) else 0


def _say_in_any_encoding() -> None:
    """Files and pipes get UTF-8, as all our files are; a terminal gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run() -> None:
    """The entry point of the installed program."""
    _say_in_any_encoding()
    sys.exit(main())

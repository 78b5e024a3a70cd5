"""The kinds of page: each describes itself, and whatever lists pages goes by that."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from odebib.model.bibliography import Bibliography
from odebib.project.templates import template_folders
from odebib.website import assets
from odebib.website import build as build_module
from odebib.website.build import build
from odebib.website.groups import Headings
from odebib.website.pages import KINDS
from odebib.website.render import PageKind
from odebib.website.views import Link

Read = Callable[[str], str]
SINGLE = [kind for kind in KINDS if kind.template != "entry.html"]


@pytest.mark.parametrize("kind", SINGLE, ids=lambda kind: kind.address or "home")
class TestKind:
    """What holds of every kind of page."""

    def test_has_its_page(self, kind: PageKind, page: Read) -> None:
        """The toy bibliography has everything, so it has every page, with one heading."""
        assert page(kind.address).count("<h1") == 1

    def test_says_what_it_is(self, kind: PageKind) -> None:
        """Search engines and lists show a title; an address ends in a slash."""
        assert kind.title
        assert kind.address in {"", kind.section + "/"}

    def test_stands_where_it_says(self, kind: PageKind, page: Read) -> None:
        """The page to browse leads to what lists works, every page's footer to what wants to stand there."""
        browsed = page("search").partition("<div data-browse>")[2].partition("</article>")[0]
        footer = page("about").partition("<footer")[2]

        assert (f'<h2><a href="../{kind.address}">' in browsed) == bool(kind.headings)
        assert (f'<a href="../{kind.address}">{kind.footer}</a>' in footer) == bool(kind.footer)

    def test_loads_its_scripts(self, kind: PageKind, page: Read) -> None:
        """And no other kind's; what they import is asked for at once."""
        loaded = page(kind.address).partition("<article")[2]
        known = assets.scripts(template_folders(Path()))
        depth = "../" * kind.address.count("/") or "./"

        assert re.findall(r'<script type="module" src="([^"]+)"', loaded) == [
            f"{depth}assets/{name}.js" for name in kind.scripts
        ]
        assert set(re.findall(r'modulepreload" href="[./]*assets/([\w-]+)\.js"', loaded)) == set(
            assets.imported(kind.scripts, known)
        )
        assert set(kind.scripts) <= set(known)


class TestKinds:
    """All of them together."""

    def test_addresses_are_different(self) -> None:
        """No two kinds want one address."""
        addresses = [kind.address for kind in KINDS]

        assert len(addresses) == len(set(addresses))

    def test_scripts_are_used(self) -> None:
        """Every script is loaded by a kind of page, by the frame of all pages, or by another script."""
        known = assets.scripts(template_folders(Path()))
        frame = (template_folders(Path())[-1] / "overrides/main.html").read_text("utf-8")
        loaded = [
            *re.findall(r"assets/([\w-]+)\.js", frame),
            *(name for kind in KINDS for name in kind.scripts),
        ]

        assert set(known) - {*loaded, *assets.imported(loaded, known)} == set()

    def test_one_that_is_added_is_listed_everywhere(
        self,
        bibliography: Bibliography,
        project: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Links under headings need no template, and no list to be changed."""
        monkeypatch.setattr(build_module, "KINDS", (*KINDS, replace(LETTERS, footer="Letters")))

        build(bibliography, project, tmp_path / "site")

        shown = (tmp_path / "site/letters/index.html").read_text("utf-8")
        assert "<h2>N</h2>" in shown
        assert '<a href="../entries/chen2018neural/">Neural Ordinary Differential Equations</a>' in shown
        browse = (tmp_path / "site/search/index.html").read_text("utf-8")
        assert '<h2><a href="../letters/">Letters</a>' in browse
        assert "letters" in (tmp_path / "site/404.html").read_text("utf-8")
        assert '<a href="letters/">Letters</a>' in (tmp_path / "site/index.html").read_text("utf-8")


def _by_letter(bibliography: Bibliography) -> Headings:
    chen = bibliography.entries["chen2018neural"]
    return (("N", (Link(chen.title, f"entries/{chen.key}/"),)),)


LETTERS = PageKind(
    address="letters/", title="Letters", description="By the first letter.", headings=_by_letter
)
"""A kind of page as somebody would add it."""

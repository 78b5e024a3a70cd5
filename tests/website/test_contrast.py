"""Badges can be read in both palettes, whatever colour a tag has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odebib.model.vocabulary import Tag
from odebib.project.templates import template_folders
from odebib.website.colours import AA, GROUNDS, badge, contrast, stylesheet

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PALETTES = st.sampled_from(sorted(GROUNDS))


class TestBadge:
    @given(COLOURS, PALETTES)
    def test_any_colour_reaches_aa(self, colour: str, palette: str) -> None:
        """The text of a badge has at least 4.5 : 1 against the badge's ground."""
        found = badge(colour, palette)
        assert contrast(found.text, found.ground) >= AA

    @given(PALETTES)
    def test_no_colour_reaches_aa(self, palette: str) -> None:
        """A tag without a colour has a neutral one that can be read."""
        found = badge(None, palette)
        assert contrast(found.text, found.ground) >= AA

    def test_readable_colour_stays(self) -> None:
        """A colour that can be read already is not touched."""
        assert badge("#1d4ed8", "light").text == "#1d4ed8"


class TestStylesheet:
    def test_icons_cannot_end_the_address(self) -> None:
        """An icon's quotes and tags are encoded, so that its address ends where it should."""
        css = stylesheet([Tag(id="a", name="a")], {"a": '<svg a="b#c"/>'})
        assert "url(\"data:image/svg+xml,%3Csvg a='b%23c'/%3E\")" in css


def palettes(css: str) -> dict[str, dict[str, str]]:
    """The colour variables of each palette in ``odebib.css``."""
    found = {}
    for scheme in ("default", "slate"):
        block = re.search(r'\n\[data-md-color-scheme="' + scheme + r'"\] \{(.*?)\}', css, re.DOTALL)
        assert block
        found[scheme] = dict(re.findall(r"--ob-([\w-]+): (#[0-9a-f]{6});", block[1]))
    return found


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("ground", ["ground", "raised"])
@pytest.mark.parametrize("text", ["ink", "soft", "quiet", "accent", "award", "warn"])
def test_text_of_pages_reaches_aa(scheme: str, ground: str, text: str) -> None:
    """Every colour of text has 4.5 : 1 against every ground it stands on."""
    css = (template_folders(Path("nowhere"))[-1] / "assets" / "odebib.css").read_text("utf-8")
    colours = palettes(css)[scheme]
    assert contrast(colours[text], colours[ground]) >= AA


@pytest.mark.parametrize(("palette", "scheme"), [("light", "default"), ("dark", "slate")])
def test_badges_are_computed_for_the_ground_pages_have(palette: str, scheme: str) -> None:
    """The ground that contrast is computed against is that of the style sheet."""
    css = (template_folders(Path("nowhere"))[-1] / "assets" / "odebib.css").read_text("utf-8")
    assert palettes(css)[scheme]["ground"] == GROUNDS[palette]

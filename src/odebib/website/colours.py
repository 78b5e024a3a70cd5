"""Colours of badges: the tag's own, moved until they can be read in both palettes.

Contrast is that of WCAG 2.1 (relative luminance, section 1.4.3): text of the
size of a badge needs 4.5 : 1 against what it stands on.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from odebib.model.vocabulary import Tag

GROUNDS = {"light": "#ffffff", "dark": "#15181d"}
"""What badges stand on in each palette; ``odebib.css`` has the same as ``--ob-ground``."""
TINT = {"light": 0.10, "dark": 0.16}
"""How much of its own colour a badge's ground holds."""
SATURATION = {"light": 1.0, "dark": 0.75}
"""What is left of a colour's saturation: full colours glare on a dark ground."""
AA = 4.5
"""The contrast that WCAG asks of text."""
NEUTRAL = "#5b6472"
"""The colour of a tag that has none."""

RGB = tuple[float, float, float]


@dataclass(frozen=True)
class BadgeColours:
    """What a badge is painted with in one palette."""

    text: str
    ground: str


def badge(colour: str | None, palette: str) -> BadgeColours:
    """A tag's colours in a palette: the hue stays, the lightness moves until the text can be read.

    >>> badge("#0000ff", "light")
    BadgeColours(text='#0000ff', ground='#e6e6ff')
    """
    own, base = _rgb(colour or NEUTRAL), _rgb(GROUNDS[palette])
    hue, lightness, saturation = colorsys.rgb_to_hls(*own)
    saturation *= SATURATION[palette]
    step = -0.01 if palette == "light" else 0.01
    while True:
        text = colorsys.hls_to_rgb(hue, min(max(lightness, 0.0), 1.0), saturation)
        ground = _mix(text, base, TINT[palette])
        if contrast(_hex(text), _hex(ground)) >= AA or not 0 <= lightness <= 1:
            return BadgeColours(_hex(text), _hex(ground))
        lightness += step


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    darker, lighter = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return round((lighter + 0.05) / (darker + 0.05), 3)


def _luminance(colour: RGB) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(one: RGB, other: RGB, share: float) -> RGB:
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _rgb(colour: str) -> RGB:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(colour: RGB) -> str:
    return "#" + "".join(f"{round(c * 255):02x}" for c in colour)


def stylesheet(tags: Iterable[Tag], icons: Mapping[str, str]) -> str:
    """The style sheet of the badges: a colour in each palette and an icon for every tag.

    ``icons`` are SVG drawings by name; a tag whose icon is none of them has the common one.
    Every icon can be had as ``.i-<name>`` besides.
    """
    lines = [f".i-{name}{{--i:{_data_address(svg)}}}" for name, svg in icons.items()]
    for tag in tags:
        light, dark = badge(tag.colour, "light"), badge(tag.colour, "dark")
        icon = icons.get(tag.icon or tag.id) or icons.get("tag")
        mask = f";--i:{_data_address(icon)}" if icon else ""
        lines.append(f".b-{tag.id}{{--c:{light.text};--g:{light.ground}{mask}}}")
        lines.append(f'[data-md-color-scheme="slate"] .b-{tag.id}{{--c:{dark.text};--g:{dark.ground}}}')
    return "\n".join(lines) + "\n"


def _data_address(svg: str) -> str:
    """A drawing as an address, with only those characters encoded that would end it."""
    text = " ".join(svg.split()).replace("%", "%25").replace("#", "%23").replace('"', "'")
    text = text.replace("<", "%3C").replace(">", "%3E")
    return f'url("data:image/svg+xml,{text}")'

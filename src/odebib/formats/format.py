"""What a format is: its name, what writes it, and where the website gives it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """A format, as its file describes it; commands, help and website go by this alone."""

    name: str
    """What commands call it."""
    label: str
    """What readers call it."""
    ending: str
    """The ending of its files, which tells it from every other format."""
    render: Callable[..., str]
    """From a bibliography and keys; options have defaults."""
    options: frozenset[str] = frozenset()
    """The options that ``render`` takes besides."""
    is_cited: bool = False
    """Whether the page of a work gives it in this format."""
    is_taken: bool = False
    """Whether readers take along what they found in this format."""
    is_whole: bool = False
    """Whether the website gives the whole bibliography in this format, at ``all`` and its ending."""
    has_both_venues: bool = False
    """Whether it holds the venue's short name beside the full one, so that there is no choice."""

    @property
    def short_ending(self) -> str:
        """The ending of a file that holds one work, which nobody keeps beside another format's."""
        return "." + self.ending.rsplit(".", 1)[-1]

"""What a service is: what it can be asked for, how people write that, and who asks it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from odebib.services.answers import Answer
from odebib.services.http import DAY, Network
from odebib.text import identifiers

RE_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Fetch(Protocol):
    """Asks a service for one identifier.

    Raises:
        SourceError: it did not answer, or knows no such thing.
    """

    def __call__(self, network: Network, value: str, /, *, age: float = DAY) -> Sequence[Answer]:
        """What it says of the work."""


@dataclass(frozen=True)
class Service:
    """One service, as its module describes it: everything else asks this."""

    scheme: str
    """The name of what it is asked for: ``doi``, ``arxiv``, …; that of a field where entries have one."""
    lead: str
    """What stands before a value where people are told of it: ``arXiv:``."""
    noun: str
    """What such a value is called: ``arXiv id``."""
    answering: tuple[str, ...]
    """Who answers, as people call them."""
    example: str
    """Something that one may type."""
    recognise: Callable[[str], str | None]
    """The value that an address or what somebody typed means, in normal form; None where it means none."""
    fetch: Fetch


def by_scheme(scheme: str, bare: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Recognises a scheme of :mod:`odebib.text.identifiers`: within an address, or written ``bare``."""

    def recognise(text: str) -> str | None:
        return identifiers.of_url(text).get(scheme) if is_address(text) else bare(text)

    return recognise


def is_address(text: str) -> bool:
    """Whether somebody means a web address."""
    return bool(RE_ADDRESS.match(text)) and identifiers.is_web_address(text)

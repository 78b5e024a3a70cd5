"""XML as strangers send it: read as a stream, with nothing expanded, nothing fetched, nothing deep."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from odebib.errors import FormatError

Element = Any
"""An element as lxml has it, which ships no types."""
RE_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)


def elements(text: str, *names: str) -> Iterator[Element]:
    """Every element of these local names that is not within another of them, as soon as it has been read.

    Raises:
        FormatError: the text is no XML, or declares entities.
    """
    if RE_ENTITY.search(text[:100_000]):
        raise FormatError(
            "this XML declares entities, which are not expanded", "export it again without them"
        )
    source = io.BytesIO(re.sub(r"^[\ufeff\s]*<\?xml[^>]*\?>", "", text).encode())
    reading = etree.iterparse(
        source,
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in reading:
            if not any(local(above) in names for above in element.iterancestors()):
                yield element
                element.clear(keep_tail=False)
                while element.getprevious() is not None and element.getparent() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise FormatError(f"this XML cannot be read: {error}") from error


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find(element: Element | None, path: str) -> list[Element]:
    """The elements at a path of local names: ``titleInfo/title``; ``*`` is any name."""
    found = [element] if element is not None else []
    for step in path.split("/"):
        found = [
            child
            for one in found
            for child in one
            if isinstance(child.tag, str) and step in ("*", local(child))
        ]
    return found


def text_of(element: Element | None) -> str:
    """All text of an element on one line."""
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


def texts(element: Element | None, path: str) -> list[str]:
    """The texts at a path, those that say something."""
    return [text for one in find(element, path) if (text := text_of(one))]


def source(element: Element) -> str:
    """An element as it stands in the file, cut where it is a book."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))[:20_000]

"""What a page says to programs, read back: the same authors, title, year, venue and identifiers."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.project import store
from odebib.text import identifiers
from odebib.website import metadata
from odebib.website.markup import plain
from odebib.website.metadata import CONTAINERS

PROJECTS = {
    "toy": Path(__file__).parents[1] / "toy",
    "data": Path(__file__).parents[2],
}


@pytest.fixture(name="bibliography", scope="module", params=PROJECTS)
def _bibliography(request: pytest.FixtureRequest) -> Bibliography:
    """The toy bibliography and the project's own."""
    return store.load(PROJECTS[request.param]).bibliography


def where(bibliography: Bibliography, entry: Entry) -> str | None:
    """What a work is a part of."""
    venue = bibliography.venue(entry)
    return venue.name if venue else entry.venue or entry.event


class TestHighwire:
    """The ``citation_*`` names, which Google Scholar and Zotero read."""

    def test_says_the_same(self, bibliography: Bibliography) -> None:
        """Of every paper; software and talks have Dublin Core's names instead."""
        for entry in bibliography.entries.values():
            if not bibliography.type(entry).is_paper:
                continue
            said: dict[str, list[str]] = defaultdict(list)
            for name, value in metadata.highwire(bibliography, entry):
                said[name.removeprefix("citation_")].append(value)
            assert said["title"] == [plain(entry.title)]
            assert said["author"] == [name.sorting for name in entry.people]
            assert [date[:4] for date in said["publication_date"]] == (
                [str(entry.year)] if entry.year else []
            )
            for name, scheme in (("doi", "doi"), ("arxiv_id", "arxiv"), ("isbn", "isbn")):
                assert said[name] == list(filter(None, [getattr(entry, scheme)]))
            if (expected := where(bibliography, entry)) and not entry.institution:
                container = CONTAINERS.get(bibliography.type(entry), "conference_title")
                assert said[container] in ([expected], [entry.publisher])


class TestLinkedData:
    """schema.org, which search engines read."""

    def test_says_the_same(self, bibliography: Bibliography) -> None:
        """Of every work."""
        for entry in bibliography.entries.values():
            said = metadata.linked_data(bibliography, entry)
            assert said["name"] == plain(entry.title)
            assert [person["name"] for person in said.get("author", [])] == list(map(str, entry.people))
            assert said.get("datePublished", "")[:4] == str(entry.year or "")
            assert said.get("identifier") == entry.doi
            for name, scheme in identifiers.SCHEMES.items():
                value = getattr(entry, name, None)
                assert not value or scheme.url(value) in (None, *said.get("sameAs", []))
            if expected := where(bibliography, entry):
                assert innermost(said["isPartOf"])["name"] == expected

    def test_issue_of_a_volume_of_a_journal(self) -> None:
        """What an article is a part of is a part of something itself."""
        fields = {"venue": "Toy Letters", "volume": "B3", "number": "4", "type": "journal-article"}
        entry = Entry.model_validate({"key": "a", "title": "A", **fields})
        issue = metadata.linked_data(Bibliography({"a": entry}), entry)["isPartOf"]

        assert (issue["issueNumber"], issue["isPartOf"]["volumeNumber"]) == ("4", "B3")
        assert innermost(issue) == {"@type": "Periodical", "name": "Toy Letters"}

    def test_thesis(self) -> None:
        """A thesis says for what degree it was written, and where."""
        fields = {"type": "thesis", "degree": "MSc", "institution": "University of Toys"}
        entry = Entry.model_validate({"key": "a", "title": "A", **fields})
        said = metadata.linked_data(Bibliography({"a": entry}), entry)

        assert (said["@type"], said["inSupportOf"]) == ("Thesis", "Master's thesis")
        assert said["publisher"]["name"] == "University of Toys"


def innermost(part: dict[str, Any]) -> dict[str, Any]:
    """The whole that nothing holds any more."""
    while "isPartOf" in part:
        part = part["isPartOf"]
    return part

"""Every field goes through every output and back: what is forgotten in one place is told here.

A field that fails does not say in its traits (`odebib.model.entry`) what these
places go by, or one of them names its fields by hand and leaves this one out.
"""

from __future__ import annotations

import json as json_reader
from typing import Any

import pytest

from odebib.formats import FORMATS, csv, json
from odebib.lookup.searched import Searched
from odebib.matching.merging import Spelling as AsItIs
from odebib.matching.merging import unite, unite_entries
from odebib.model import fields
from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry, EntryType
from odebib.model.record import Record
from odebib.model.traits import BY_RULE, Traits
from odebib.model.vocabulary import Tag, Topic
from odebib.sources import csl_json, ris
from odebib.sources.bibtex import reader as bib
from odebib.text.folding import fold_words
from odebib.website import metadata
from odebib.website.views import entry_view
from odebib.yamlio import writer
from odebib.yamlio.reader import read

FIELDS = fields.of_traits()

ARTICLE = {"type": "journal-article", "venue": "Toy Letters", "volume": "3", "year": "2018"}
BOOK = {"type": "book", "publisher": "Toy Press"}
PAPER = {"type": "conference-paper", "venue": "Toys in Practice"}
CHAPTER = {"type": "chapter", "venue": "Handbook of Toys", "publisher": "Toy Press"}
THESIS = {"type": "thesis", "institution": "University of Toys"}
BESIDES: dict[str, dict[str, str]] = {
    "month": ARTICLE, "venue": ARTICLE, "volume": ARTICLE, "number": ARTICLE, "pages": ARTICLE,
    "editors": CHAPTER, "publisher": BOOK, "series": BOOK, "edition": BOOK, "isbn": BOOK,
    "institution": THESIS, "degree": THESIS, "howpublished": {"type": "other"}, "event": PAPER,
    "event_date": PAPER, "arxiv_class": {"arxiv": "1806.07366"},
}  # fmt: skip
"""What an entry says besides a field, where the field means something only with it."""

ALL_LINKS = {"pdf": "https://example.org/a.pdf", "code": "https://example.org/code"}


def read_example(name: str) -> Any:
    """The value that the example of a field stands for, as plain YAML."""
    if name == "links":
        return ALL_LINKS
    written = next(field.written for field in fields.of_entry() if field.name == name)
    return read("example", written).data[name]


def example(name: str) -> Entry:
    """An entry that says little more than one field, by its example."""
    said = {"title": "On Small Things", "authors": ["Jane Doe"], **BESIDES.get(name, {})}
    return Entry.model_validate({**said, "key": "doe2018small", name: read_example(name)})


def library(entry: Entry) -> Bibliography:
    """A bibliography of one entry, with every topic and tag that examples name."""
    topics = Vocabulary([Topic(id="neural-odes", name="Neural ODEs")])
    tags = Vocabulary([Tag(id=tag, name=tag) for tag in ("theory", "sequences")])
    return Bibliography({entry.key: entry}, topics=topics, tags=tags)


def written(format_name: str, entry: Entry) -> str:
    """An entry in a format, with its abstract."""
    format = FORMATS[format_name]
    options = {"abstracts": True} if "abstracts" in format.options else {}
    return format.render(library(entry), [entry.key], **options)


@pytest.mark.parametrize("name", FIELDS)
class TestEveryField:
    """A field as its traits describe it."""

    def test_yaml(self, name: str) -> None:
        """It is written as people would, and read again as it was."""
        entry = example(name)
        text = writer.emit(entry.model_dump(mode="json", exclude_unset=True, exclude_none=True))
        again = Entry.model_validate({**read("x.yml", text).data, "key": entry.key})

        assert getattr(again, name) == getattr(entry, name), f"YAML loses `{name}`"

    def test_json(self, name: str) -> None:
        """The API has it, save what is the curators' own, and it is read again."""
        entry = example(name)
        text = json.render(library(entry), [entry.key])
        again = json.parse(text).entries[entry.key]

        assert (name in json_reader.loads(text)[0]) is not FIELDS[name].inner, f"JSON has no `{name}`"
        if not FIELDS[name].inner and name not in json.UNREAD:
            assert getattr(again, name) == getattr(entry, name), (
                f"`formats.json` does not read `{name}` again"
            )

    def test_uniting_entries(self, name: str) -> None:
        """Of two entries that are one work nothing is lost."""
        value = read_example(name)
        kept = {"title": "On Small Things", **{n: v for n, v in BESIDES.get(name, {}).items() if n != name}}
        united = unite_entries("kept2018", kept, "other2018", {**kept, name: value})
        left = fields.texts(str(united.get(name, "")) + str(united.get("other_titles", "")))

        for part in value if isinstance(value, list) else [value]:
            assert str(part) in left[0], f"two entries become one without `{name}` of the other"

    def test_bibtex_and_others(self, name: str) -> None:
        """Where it has a name in a format, it is read back from there."""
        for format_name, reader in READERS.items():
            if name not in fields.called(format_name) or (name, format_name) in NOT_READ_BACK:
                continue
            entry = example(name)
            _, found = next(reader(written(format_name, entry), "x").records())
            assert _plain(getattr(found.record, name)) == _plain(getattr(entry, name)), (
                f"`{name}` does not come back from {format_name}"
            )

    def test_csv(self, name: str) -> None:
        """It is a column where its traits say so."""
        assert (name in csv.COLUMNS) is FIELDS[name].in_table

    def test_search(self, name: str) -> None:
        """It is found where its traits say so, by the command and on the website."""
        entry = example(name)
        place = FIELDS[name].place
        if place:
            words = set(" ".join(Searched(library(entry)).texts(entry)[place]).split())
            said = read_example(name)
            expected = fold_words(" ".join(said) if isinstance(said, list) else said)
            assert set(expected) <= words, f"who searches does not find `{name}`"

    def test_page(self, name: str) -> None:
        """It stands among the details of a page where it has a label."""
        entry = example(name)
        labels = dict(entry_view(library(entry), entry.key).details)
        assert not FIELDS[name].label or labels.get(FIELDS[name].label), f"the page does not show `{name}`"

    def test_metadata(self, name: str) -> None:
        """Programs are told of it under the names it has for them."""
        entry = example(name)
        paper = entry.model_copy(update={"type": EntryType(BESIDES.get(name, PAPER).get("type", "preprint"))})
        said = {
            tag.removeprefix("citation_") for tag, value in metadata.highwire(library(paper), paper) if value
        }
        foreign = fields.called("highwire").get(name)
        if foreign != "conference_title":  # proceedings; a journal has another name
            assert foreign is None or foreign in said, f"the page's head does not name `{name}`"
        if (name, "schema.org") not in NOT_READ_BACK:
            told = json_reader.dumps(metadata.linked_data(library(entry), entry))
            called = fields.called("schema.org").get(name, "")
            assert called in told, f"the linked data do not name `{name}`"


@pytest.mark.parametrize(
    "name", [n for n in FIELDS if n in Record.model_fields and FIELDS[n].united is not BY_RULE]
)
class TestFieldsOfSources:
    """A field that sources have, too, and that no rule of its own unites."""

    def test_uniting_records(self, name: str) -> None:
        """What a source says of it comes into the entry."""
        value = read_example(name)
        record = Record.model_validate({"title": "A", "source_id": "a", **BESIDES.get(name, {}), name: value})

        assert unite({}, [record], AsItIs()).get(name) in (value, [value]), f"an import loses `{name}`"


READERS = {"bibtex": bib.read, "biblatex": bib.read, "ris": ris.read, "csl-json": csl_json.read}

NOT_READ_BACK = {
    ("event", "bibtex"): "it stands within the name of the proceedings",
    ("event", "biblatex"): "it stands within the name of the proceedings",
    ("event", "ris"): "it stands within the name of the proceedings",
    ("links", "ris"): "of all links only the PDF is given",
    ("links", "schema.org"): "only software has a repository",
    ("tags", "ris"): "keywords of a source are topics",
    ("retracted", "bibtex"): "a note says it in words",
    ("retracted", "biblatex"): "a note says it in words",
    ("retracted", "ris"): "a note says it in words",
    ("retracted", "csl-json"): "a note says it in words",
}
"""What is told, but not in a way that is read back as the same field, and why."""


def _plain(value: Any) -> Any:
    return [str(item) for item in value] if isinstance(value, tuple) else str(value)


class TestForgotten:
    """What a new field must say."""

    def test_without_traits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A field that does not say what it is like is told in a sentence."""
        fields.of_traits.cache_clear()
        monkeypatch.setattr(Entry.model_fields["year"], "metadata", [])

        with pytest.raises(
            TypeError, match=r"the field `year` does not say what it is like; write `year: Ann"
        ):
            fields.of_traits()

    def test_names_are_of_formats(self) -> None:
        """A name belongs to a format there is, or to a page's head."""
        known = {*FORMATS, "highwire", "schema.org"}
        assert set(fields._called()) <= known

    def test_traits_are_said_once(self) -> None:
        """No field says two things of itself."""
        for name in FIELDS:
            said = [item for item in Entry.model_fields[name].metadata if isinstance(item, Traits)]
            assert len(said) == 1, name

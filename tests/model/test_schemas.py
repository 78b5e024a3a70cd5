"""The JSON Schemas accept what odebib accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from conftest import TOY
from odebib.model import schemas

KINDS = {
    "entry": "entries/**/*.yml",
    "list": "lists/*.yml",
    "path": "paths/*.yml",
    **{name: f"{name}.yml" for name in ("topics", "tags", "venues", "words", "authors", "decisions")},
}


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers are numbers, `on` and dates are text."""


Editor.yaml_implicit_resolvers = {
    sign: [(tag, regex) for tag, regex in resolvers if tag.rpartition(":")[2] not in {"timestamp", "bool"}]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def typed(path: Path) -> Any:
    """A file as an editor reads it."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Editor)


@pytest.mark.parametrize("name", schemas.SCHEMAS)
class TestSchema:
    """schema: one for each kind of file."""

    def test_is_one(self, name: str) -> None:
        """It is valid JSON Schema."""
        jsonschema.Draft202012Validator.check_schema(schemas.schema(name))

    def test_accepts_toy(self, name: str) -> None:
        """Everything in the toy project is valid, as an editor reads it."""
        paths = sorted((TOY / "data").glob(KINDS[name]))

        assert paths
        for path in paths:
            jsonschema.validate(typed(path), schemas.schema(name))


class TestEntrySchema:
    """The schema that contributors meet."""

    @pytest.mark.parametrize(
        "wrong",
        [
            pytest.param({"title": "A", "autors": ["B"]}, id="unknown field"),
            pytest.param({"year": 2018}, id="no title"),
            pytest.param({"title": "A", "type": "sofware"}, id="unknown type"),
            pytest.param({"key": "a", "title": "A"}, id="key"),
        ],
    )
    def test_refuses(self, wrong: dict[str, Any]) -> None:
        """What odebib refuses by name an editor marks while one types."""
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schemas.schema("entry"))

    def test_describes(self) -> None:
        """Every field says what it is for."""
        properties = schemas.schema("entry")["properties"]

        assert [name for name, field in properties.items() if "description" not in field] == []


def test_write(tmp_path: Path) -> None:
    """Schemas are written only where they changed."""
    assert schemas.write(tmp_path) == list(schemas.SCHEMAS)
    assert schemas.write(tmp_path) == []
    assert json.loads((tmp_path / "entry.json").read_text())["title"] == "odebib: entry"

"""The layout of .bib files: the command line and the page find the same entries."""

from __future__ import annotations

from typing import Any

import pytest

from both_languages.scripts import Scripts, cases
from odebib.text import bib

ENTRIES = "(bib, text) => bib.readBib(text).map(({ type, key, fields }) => ({ type, key, fields }))"


@cases("bib")
class TestBib:
    """One table of cases for both."""

    def test_python(self, case: dict[str, Any]) -> None:
        """``odebib.text.bib``."""
        found = [
            {"type": entry.type, "key": entry.key, "fields": dict(entry.fields)}
            for entry in bib.entries(case["text"])
        ]
        assert found == case["entries"]

    @pytest.mark.browser
    def test_javascript(self, case: dict[str, Any], scripts: Scripts) -> None:
        """``bib.js``."""
        assert scripts.run("bib.js", ENTRIES, case["text"]) == case["entries"]

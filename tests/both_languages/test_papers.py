"""What a paper of several files cites: the command line and the page agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from both_languages.scripts import Scripts, cases
from odebib.lookup import papers

READ = """(papers, texts) => {
  const { cited, own, unread } = papers.read(texts);
  return { cites: cited.map(({ name }) => name), own: [...own.keys()], unread };
}"""


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """What a case says; the order of a paper's own keys says nothing."""
    own = set(case.get("own", ()))
    return {"cites": case.get("cites", []), "own": own, "unread": case.get("unread", [])}


@cases("papers")
class TestPapers:
    """One table of cases for both."""

    def test_python(self, case: dict[str, Any], tmp_path: Path) -> None:
        """``odebib cite`` follows the first file."""
        for name, text in case["files"].items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        found = papers.read([tmp_path / next(iter(case["files"]))])

        assert {"cites": list(found.names), "own": found.own, "unread": found.unread} == expected(case)

    @pytest.mark.browser
    def test_javascript(self, case: dict[str, Any], scripts: Scripts) -> None:
        """The page ``/cite/`` is given all files, by their names without folders."""
        texts = [{"name": name.rpartition("/")[2], "text": text} for name, text in case["files"].items()]
        found = scripts.run("cite-read.js", READ, texts)

        assert found | {"own": set(found["own"])} == expected(case)

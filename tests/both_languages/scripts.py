"""Tables of cases that both languages run, and the way to the browser's half."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml


@dataclass(frozen=True)
class Scripts:
    """The scripts of the website in a page of a browser."""

    page: Any

    def run(self, script: str, function: str, *values: Any) -> Any:
        """What a function of JavaScript gives; it gets the script's exports, then ``values``."""
        return self.page.evaluate(
            "async ([script, written, values]) => (0, eval)(written)"
            "(await import(new URL(`assets/${script}`, location)), ...values)",
            [script, function, list(values)],
        )


def cases(name: str, having: str = "id") -> Any:
    """Runs a test once a case of a table, by its id; every value is text."""
    table = yaml.load((Path(__file__).parent / f"{name}.yml").read_text("utf-8"), yaml.BaseLoader)
    return pytest.mark.parametrize(
        "case", [pytest.param(case, id=str(case["id"])) for case in table if having in case]
    )

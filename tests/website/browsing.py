"""What tests in a real browser share: where it is, which sizes its windows have, what went wrong."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PREFIX = "project/pages/"
SIZES = {"phone": (390, 844), "small-phone": (320, 640), "desktop": (1280, 900), "wide": (1920, 1080)}


def require(found: Any, what: str, how: str) -> Any:
    """``found``; where it is missing the test is skipped, but fails where tests must all run."""
    if found:
        return found
    message = f"{what} is missing ({how})"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@dataclass
class Visit:
    """A page in the browser, with everything that went wrong on it."""

    page: Any
    base: str
    wrong: list[str] = field(default_factory=list)

    def open(self, address: str) -> Any:
        self.page.goto(self.base + address, wait_until="load")
        return self.page


def sized(*names: str, **more: Any) -> Any:
    """Runs a test once a size of the window."""
    params = [
        pytest.param({"viewport": dict(zip(("width", "height"), SIZES[name], strict=True)), **more}, id=name)
        for name in names
    ]
    return pytest.mark.parametrize("visit", params, indirect=True)


def copied(page: Any) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))

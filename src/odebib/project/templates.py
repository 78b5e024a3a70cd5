"""Where templates are: the project's own first, then those that come with the program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import odebib


def template_folders(root: Path) -> list[Path]:
    """Where templates are looked for: in the project, then in the package (or its checkout)."""
    package = Path(odebib.__file__).parent
    folders = (root / "templates", package / "templates", package.parents[1] / "templates")
    return list(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))


def layered(folders: Iterable[Path], name: str) -> dict[str, Path]:
    """The files below ``name`` in the first folder that has each, by their name below it."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / name).rglob("*")):
            if path.is_file():
                found.setdefault(path.relative_to(folder / name).as_posix(), path)
    return found

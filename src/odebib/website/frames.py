"""Frames: what the engine (MkDocs with Material, or Zensical) draws around every page.

The engine is run as a program on a small project made of the site's
``mkdocs.yml``, the theme overrides and one empty page a frame. A drawn page is
cut at the marks that the override template leaves, and is from then on a
piece of text that pages are put into. What was drawn is kept in the cache and
drawn again only when something it is made of has changed.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from odebib import __version__
from odebib.errors import OdebibError, UsageError, did_you_mean

ENGINES: Mapping[str, tuple[str, ...]] = {
    "mkdocs": ("mkdocs", "mkdocs-material"),
    "zensical": ("zensical",),
}
"""Each engine with the packages that its drawing depends on."""

MARKS = ("<!--odebib:head-->", "<!--odebib:title-->", "<!--odebib:content-->")
"""The places of a frame, in the order in which they occur."""

DEFAULT_THEME: dict[str, Any] = {
    "language": "en",
    "palette": [
        {
            "media": f"(prefers-color-scheme{of})",
            "scheme": scheme,
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": icon, "name": name},
        }
        for of, scheme, icon, name in (
            ("", "default", "material/circle-half-full", "Follows the system; switch to light"),
            (": light", "default", "material/weather-sunny", "Light; switch to dark"),
            (": dark", "slate", "material/weather-night", "Dark; follow the system"),
        )
    ],
}
"""The theme where ``mkdocs.yml`` says nothing of it: as dark as the reader's system, with a switch."""

DEFAULTS: dict[str, Any] = {
    "site_name": "Bibliography",
    "nav": [
        {"Topics": "topics/"},
        {"Browse": "search/"},
        {"Lists": "lists/"},
        {"Get your .bib": "cite/"},
        {"Add a paper": "add/"},
        {"About": "about/"},
    ],
}
"""What holds where the project has no ``mkdocs.yml``, or where that says nothing."""

THEME_KEYS = ("language", "direction", "palette", "features", "icon")
"""What the site's ``mkdocs.yml`` decides about the theme; fonts and searching are not among it."""

UNWANTED_FEATURES = ("navigation.instant", "search.")
"""Features that fetch the whole sitemap, or belong to the theme's search, which is off."""

UNUSED_ASSETS = ("lunr", "workers")
"""Folders of the theme's search."""

FILES_IN_FOOTER = (("Feed", "feed.xml"), ("all.bib", "all.bib"))
"""What is no page and stands in the footer all the same."""

TIMEOUT = 300
"""Seconds after which an engine is taken to hang."""


@dataclass(frozen=True)
class NavigationItem:
    """An item of the navigation: its words, its address, and the section of the site it stands for."""

    label: str
    address: str

    @property
    def section(self) -> str:
        """The first part of the address, which all pages of the section share."""
        return self.address.strip("/").split("/")[0]


@dataclass(frozen=True)
class Config:
    """What the site's ``mkdocs.yml`` says, as far as it matters here."""

    site_name: str
    site_description: str
    site_url: str | None
    repository: str | None
    branch: str
    """The branch of the repository that is edited."""
    navigation: tuple[NavigationItem, ...]
    language: str
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Frame:
    """A drawn page, cut at its marks."""

    parts: tuple[bytes, bytes, bytes, bytes]

    def fill(self, head: str, title: str, content: str) -> bytes:
        """The whole page; what is filled in must be markup already."""
        start, after_head, after_title, end = self.parts
        return b"".join(
            (start, head.encode(), after_head, title.encode(), after_title, content.encode(), end)
        )


@dataclass(frozen=True)
class Frames:
    """All frames of a site, by the section they belong to and their depth below the root."""

    by_place: Mapping[tuple[str, int], Frame]
    assets: Mapping[str, Path]
    """The theme's own assets: address on the site → file."""
    drawn: bool
    """Whether the engine had to run."""

    def frame(self, section: str, depth: int) -> Frame:
        """The frame of a page; one without a section of its own has the common one."""
        return self.by_place.get((section, depth)) or self.by_place["", depth]


# -- Configuration -----------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """Reads ``mkdocs.yml``, whose tags (``!!python/name:``, ``!ENV``) mean nothing here."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def read_config(root: Path) -> Config:
    """The site's ``mkdocs.yml`` with defaults for what it leaves out; a missing file is all defaults."""
    path = root / "mkdocs.yml"
    try:
        given = yaml.load(path.read_text("utf-8"), _Loader) if path.exists() else {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise UsageError(f"mkdocs.yml cannot be read: {error}") from error
    if not isinstance(given, dict):
        raise UsageError("mkdocs.yml holds no settings", "write at least `site_name: …`")
    raw = DEFAULTS | {key: value for key, value in given.items() if value is not None}
    given_extra = raw.get("extra")
    extra = given_extra if isinstance(given_extra, dict) else {}
    repository = extra.get("repository")
    return Config(
        site_name=str(raw["site_name"]),
        site_description=" ".join(str(raw.get("site_description", "")).split()),
        site_url=_with_slash(raw.get("site_url")),
        repository=str(repository).rstrip("/") if repository else None,
        branch=str(extra.get("branch") or "main"),
        navigation=tuple(_navigation(raw["nav"])),
        language=_language(raw.get("theme")),
        raw=raw,
    )


def _language(theme: object) -> str:
    """The language that the theme speaks, which is also that of the pages."""
    given = theme.get("language") if isinstance(theme, dict) else None
    return str(given) if given else str(DEFAULT_THEME["language"])


def _with_slash(url: object) -> str | None:
    return str(url).rstrip("/") + "/" if url else None


def _navigation(nav: object) -> Iterator[NavigationItem]:
    """The items of ``nav``, each ``label: address``; addresses as a page has them, or as a file."""
    for item in nav if isinstance(nav, list) else []:
        if not (isinstance(item, dict) and len(item) == 1 and isinstance(next(iter(item.values())), str)):
            raise UsageError(
                f"mkdocs.yml: nav: `{item}` is no item", "write each as `- Label: address/`, one level deep"
            )
        ((label, address),) = item.items()
        yield NavigationItem(str(label), re.sub(r"(index)?\.(md|html)$", "", address).strip("/") + "/")


# -- The engine's project ----------------------------------------------------------------


def _places(config: Config) -> list[tuple[str, int]]:
    """Every (section, depth) that has a frame; the common ones, for no section, first."""
    sections = dict.fromkeys(item.section for item in config.navigation)
    return [("", 0), ("", 1), ("", 2)] + [(name, depth) for name in sections for depth in (1, 2)]


def _source(place: tuple[str, int]) -> str:
    """The engine's source file of a frame, at the frame's depth.

    It stands in no section's folder: links from there into the section would
    come out shortened, and lead elsewhere on pages of another folder.
    """
    section, depth = place
    return ("index.md", f"frame-{section}.md", f"frame/{section or 'page'}.md")[depth]


def _drawn_page(place: tuple[str, int]) -> str:
    source = _source(place)
    return source.replace(".md", ".html" if source == "index.md" else "/index.html")


def _engine_config(config: Config, footer: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The engine's configuration; JSON, which is YAML, so that both engines read the same."""
    given = config.raw.get("theme")
    own_theme = given if isinstance(given, dict) else {}
    theme = DEFAULT_THEME | {key: own_theme[key] for key in THEME_KEYS if key in own_theme}
    features = theme.get("features") or []
    theme["features"] = [name for name in features if not str(name).startswith(UNWANTED_FEATURES)]
    extra = config.raw.get("extra")
    navigation = [
        {"label": item.label, "address": item.address, "section": item.section} for item in config.navigation
    ]
    links = [{"label": label, "address": address} for label, address in (*footer, *FILES_IN_FOOTER)]
    own = {"navigation": navigation, "search": "search/", "footer": links}
    return {
        "site_name": config.site_name,
        "site_description": config.site_description,
        "copyright": str(config.raw.get("copyright") or ""),
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": True,
        "theme": {"name": "material", "custom_dir": "overrides", "variant": "classic", "font": False} | theme,
        "plugins": {"search": {"enabled": False}},
        "extra": (extra if isinstance(extra, dict) else {}) | {"generator": False, "odebib": own},
    }


def _project(
    config: Config, overrides: Mapping[str, Path], footer: Sequence[tuple[str, str]]
) -> dict[str, bytes]:
    """The files of the engine's project."""
    pages = {f"docs/{_source(place)}": _page_source(place[0]) for place in _places(config)}
    settings = json.dumps(_engine_config(config, footer), sort_keys=True, default=str)
    files = {name: text.encode() for name, text in (pages | {"mkdocs.yml": settings}).items()}
    return files | {f"overrides/{name}": path.read_bytes() for name, path in overrides.items()}


def _fingerprint(engine: str, project: Mapping[str, bytes]) -> str:
    """What is the same only where the engine would draw the same."""
    digest = hashlib.sha256()
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ENGINES[engine]]
    for piece in (__version__, engine, *versions):
        digest.update(piece.encode() + b"\0")
    for name in sorted(project):
        digest.update(f"{name} {len(project[name])}\0".encode() + project[name])
    return digest.hexdigest()[:32]


def draw(
    config: Config,
    overrides: Mapping[str, Path],
    cache: Path,
    engine: str = "mkdocs",
    footer: Sequence[tuple[str, str]] = (),
) -> Frames:
    """The frames of a site, from the cache where nothing they are made of has changed.

    ``overrides`` are the theme's override templates by their name, ``cache`` the folder
    that may be written to, ``footer`` the labels and addresses of the pages in the footer.
    """
    if engine not in ENGINES:
        raise UsageError(f"unknown engine `{engine}`", did_you_mean(engine, ENGINES) or "mkdocs or zensical")
    project = _project(config, overrides, footer)
    try:
        folder = cache / "frames" / engine / _fingerprint(engine, project)
    except importlib.metadata.PackageNotFoundError as error:
        how = f"pip install {ENGINES[engine][0]}"
        raise UsageError(f"the engine `{engine}` is not installed", how) from error
    try:
        return Frames(_read(folder, config), dict(_assets(folder)), drawn=False)
    except (OSError, ValueError, OdebibError):  # not there, or not what was put there
        shutil.rmtree(folder, ignore_errors=True)
        _draw_into(folder, project, engine)
        return Frames(_read(folder, config), dict(_assets(folder)), drawn=True)


def _read(folder: Path, config: Config) -> dict[tuple[str, int], Frame]:
    """The frames that were drawn into a folder."""
    return {place: cut((folder / _drawn_page(place)).read_text("utf-8")) for place in _places(config)}


def _draw_into(folder: Path, project: Mapping[str, bytes], engine: str) -> None:
    """Run the engine beside ``folder`` and put what it drew there in one step; older drawings go."""
    work = folder.parent.with_name(f"{engine}-{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    try:
        for name, content in project.items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).write_bytes(content)
        _run(engine, work)
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        (work / "site").rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _page_source(section: str) -> str:
    """An empty page; its heading is what the theme's "skip to content" leads to."""
    return f"---\nsection: {json.dumps(section)}\n---\n\n# Content\n"


def _run(engine: str, folder: Path) -> None:
    command = [sys.executable, "-m", engine, "build", "--config-file", "mkdocs.yml"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise OdebibError(f"{engine} did not finish drawing the page frames in {TIMEOUT} s") from error
    if done.returncode or not (folder / "site").is_dir():
        said = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise OdebibError(
            f"{engine} could not draw the page frames: " + " / ".join(said),
            "see whether mkdocs.yml and templates/overrides are right",
        )


def cut(page: str) -> Frame:
    """A drawn page, cut at its marks; lines lose their indentation, which is a third of the bytes."""
    page = "\n".join(filter(None, (line.strip() for line in page.splitlines())))
    pattern = "(.*)" + "(.*)".join(re.escape(mark) for mark in MARKS) + "(.*)"
    found = re.fullmatch(pattern, page, re.DOTALL)
    if not found:
        raise OdebibError(
            "a page frame lacks its marked places",
            "templates/overrides/main.html must hold " + ", ".join(MARKS),
        )
    start, after_head, after_title, end = (part.encode() for part in found.groups())
    return Frame((start, after_head, after_title, end))


def _assets(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((folder / "assets").rglob("*")):
        name = path.relative_to(folder).as_posix()
        used = path.suffix != ".map" and not any(part in UNUSED_ASSETS for part in path.parts)
        if used and path.is_file():
            yield name, path

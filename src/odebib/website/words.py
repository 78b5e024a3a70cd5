"""The index of words, which Pagefind makes: run only when what it holds has changed.

Pagefind is given one lean file an entry, because reading finished pages would
cost more than all the rest of a build. Of what it writes the site gets what
searching needs; pages are known by Pagefind's own names for them.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import importlib.metadata
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WEIGHTS = (10, 5, 2, 1)
"""How much a word counts by the text it stands in (https://pagefind.app/docs/weighting/)."""

NEEDED = ("pagefind.js", "pagefind-entry.json", "*.pf_meta", "index/*.pf_index")
"""What of Pagefind's output searching needs, besides one of two programs; its own interfaces and the
pages' texts are not needed."""

TIMEOUT = 1800
"""Seconds after which Pagefind is taken to hang."""


class WordsUnavailableError(Exception):
    """Pagefind is not installed, or did not do its work; says why."""


@dataclass(frozen=True)
class WordIndex:
    """The files of the index, and Pagefind's name for the page of each entry."""

    bundle: Mapping[str, bytes]
    names: Mapping[str, str]
    made: bool
    """Whether Pagefind had to run."""

    def prefixes(self, keys: Iterable[str]) -> str:
        """The shortest beginnings of the pages' names that tell them apart, in the order of the keys."""
        ordered = sorted(self.names.values())
        shortest: dict[str, str] = {}
        for place, name in enumerate(ordered):
            neighbours = ordered[max(place - 1, 0) : place] + ordered[place + 1 : place + 2]
            shared = max((_common_start(name, other) for other in neighbours), default=0)
            shortest[name] = name[: shared + 1]
        return " ".join(shortest[self.names[key]] for key in keys)


def _common_start(one: str, other: str) -> int:
    """How many characters two names begin with alike."""
    pairs = zip(one, other, strict=False)
    return next(
        (place for place, (mine, theirs) in enumerate(pairs) if mine != theirs), min(len(one), len(other))
    )


def word_index(pages: Mapping[str, Sequence[str]], language: str, cache: Path) -> WordIndex:
    """The index of words, from the cache where they are the same as before.

    ``pages`` are the texts of each entry by its key, the weightiest first.

    Raises:
        WordsUnavailableError: Pagefind is missing or failed.
    """
    if importlib.util.find_spec("pagefind") is None or importlib.util.find_spec("pagefind_bin") is None:
        raise WordsUnavailableError("Pagefind is not installed (pip install 'pagefind[bin]')")
    lean = {f"{key}.html": _lean(texts, language) for key, texts in pages.items()}
    folder = cache / "words" / _fingerprint(lean, language)
    missing = not (folder / "names.json").is_file()
    if missing:
        _make(folder, lean, language)
    try:
        names = json.loads((folder / "names.json").read_text("utf-8"))
        bundle = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for pattern in (*NEEDED, _program(folder, language))
            for path in sorted(folder.glob(pattern))
        }
    except (OSError, ValueError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise WordsUnavailableError(f"the cached index of words cannot be read: {error}") from error
    return WordIndex(bundle, names, missing)


def _program(folder: Path, language: str) -> str:
    """The program for the language: its own, or the one that knows none."""
    own = f"wasm.{language.lower()}.pagefind"
    return own if (folder / own).is_file() else "wasm.unknown.pagefind"


def _lean(texts: Sequence[str], language: str) -> bytes:
    """A page of nothing but words."""
    body = "".join(
        f'<p data-pagefind-weight="{weight}">{html.escape(text)}</p>'
        for weight, text in zip(WEIGHTS, texts, strict=True)
        if text.strip()
    )
    return f'<html lang="{html.escape(language)}"><body data-pagefind-body>{body}</body></html>'.encode()


def _fingerprint(lean: Mapping[str, bytes], language: str) -> str:
    """What is the same only where Pagefind would write the same."""
    digest = hashlib.sha256(f"{importlib.metadata.version('pagefind_bin')} {language}\0".encode())
    for name in sorted(lean):
        digest.update(f"{name} {len(lean[name])}\0".encode() + lean[name])
    return digest.hexdigest()[:32]


def _make(folder: Path, lean: Mapping[str, bytes], language: str) -> None:
    """Run Pagefind beside ``folder`` and put what it made there in one step; older indexes go."""
    work = folder.parent.with_name(f"words-{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    try:
        (work / "pages").mkdir(parents=True)
        for name, content in lean.items():
            (work / "pages" / name).write_bytes(content)
        _run(work, language)
        names = json.dumps(_names(work / "made"), sort_keys=True)
        (work / "made" / "names.json").write_text(names, "utf-8")
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        (work / "made").rename(folder)
    except OSError as error:
        raise WordsUnavailableError(f"the index of words cannot be written: {error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _run(work: Path, language: str) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", "pages", "--output-path", "made", "--silent"]
    try:
        done = subprocess.run(
            [*command, "--force-language", language],
            cwd=work,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise WordsUnavailableError(f"Pagefind did not finish in {TIMEOUT} s") from error
    if done.returncode or not (work / "made" / "pagefind.js").is_file():
        said = (done.stderr or done.stdout).strip().splitlines()[-2:]
        raise WordsUnavailableError("Pagefind failed: " + " / ".join(said))


def _names(made: Path) -> dict[str, str]:
    """Pagefind's name for the page of each entry, out of the texts that it keeps of them."""
    found = {}
    for path in (made / "fragment").glob("*.pf_fragment"):
        try:
            content = gzip.decompress(path.read_bytes())
            url = json.loads(content[content.index(b"{") :])["url"]
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise WordsUnavailableError(f"Pagefind's output cannot be read: {path.name}") from error
        found[url.strip("/").removesuffix(".html")] = path.stem
    return found

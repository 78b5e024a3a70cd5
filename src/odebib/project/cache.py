"""What was read and found right before: models by the content they came from.

A file whose content has been read by this very program without any problem
need not be parsed and validated again. The key is the content itself, so that
no edit is ever missed, and what the cache holds is only taken from a file that
this machine wrote. Whatever is wrong with the cache, the data are read anew.
"""

from __future__ import annotations

import datetime
import enum
import hashlib
import json
import sqlite3
import sys
import types
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import pydantic

from odebib.model.values import Model
from odebib.text.names import Name

ModelT = TypeVar("ModelT", bound=Model)

FOLDER = ".cache/odebib"
"""Where a project keeps what can be made again; safe to delete."""


class ReadCache:
    """The models of one kind of file by the digest of its content."""

    def __init__(self, root: Path, model: type[Model]) -> None:
        self._path = root / FOLDER / f"read-{model.__name__.lower()}.sqlite"
        self._model = model
        self._known: dict[bytes, str] = {}
        self._used: set[bytes] = set()
        self._new: dict[bytes, str] = {}
        try:
            self._known = self._load()
        except (sqlite3.Error, OSError, ValueError):
            self._known = {}

    def find(self, content: bytes, given: Mapping[str, str]) -> Any | None:
        """The model that this content became, with the given fields; None if it was never seen."""
        digest = hashlib.blake2b(content, digest_size=16).digest()
        dump = self._known.get(digest)
        if dump is None:
            return None
        try:
            found = thaw(self._model, _decode(dump)[0], given)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        self._used.add(digest)
        return found

    def keep(self, content: bytes, value: Model, given: Mapping[str, str]) -> None:
        """Remember what a content without any problem became."""
        digest = hashlib.blake2b(content, digest_size=16).digest()
        fields = freeze(value)
        for name in given:
            del fields[name]
        self._new[digest] = _encode(fields)

    def save(self) -> None:
        """Write down what is new and forget what is no longer there; never fails."""
        stale = self._known.keys() - self._used - self._new.keys()
        if not self._new and not stale:
            return
        try:
            self._write([(digest,) for digest in stale])
        except (sqlite3.Error, OSError, ValueError):
            with suppress(OSError):
                self._path.unlink()

    def _load(self) -> dict[bytes, str]:
        if not self._path.is_file():
            return {}
        with closing(sqlite3.connect(self._path, timeout=1)) as database:
            if database.execute("SELECT stamp FROM made_by").fetchall() != [(self._stamp(),)]:
                return {}
            return dict(database.execute("SELECT digest, dump FROM seen"))

    def _write(self, stale: list[tuple[bytes]]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if not self._known:
            self._path.unlink(missing_ok=True)
        with closing(sqlite3.connect(self._path, timeout=1)) as database, database:
            database.execute("PRAGMA synchronous = OFF")  # a cache that breaks is only made again
            database.execute("CREATE TABLE IF NOT EXISTS made_by (stamp TEXT)")
            database.execute(
                "CREATE TABLE IF NOT EXISTS seen (digest BLOB PRIMARY KEY, dump TEXT) WITHOUT ROWID"
            )
            database.executemany("DELETE FROM seen WHERE digest = ?", stale)
            database.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", sorted(self._new.items()))
            database.execute("DELETE FROM made_by")
            database.execute("INSERT INTO made_by VALUES (?)", (self._stamp(),))

    def _stamp(self) -> str:
        """What wrote a cache: this program, and this very file, not one that came with a pull request."""
        place = self._path.stat()
        return f"{program()} {place.st_dev}-{place.st_ino}"


@cache
def program() -> str:
    """A digest of all that decides what a content becomes: our code, the versions of Python and pydantic."""
    digest = hashlib.blake2b(f"{sys.version} {pydantic.VERSION}".encode(), digest_size=16)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().raw_decode

# -- Models as JSON, trusted on the way back ----------------------------------------------

Change = Callable[[Any], Any]


def freeze(value: Model) -> dict[str, Any]:
    """The fields that were given to a model, as JSON can hold them."""
    changes, values = _plan(type(value)).freeze, value.__dict__
    return {
        name: changes[name](values[name]) if name in changes else values[name]
        for name in value.model_fields_set
    }


def thaw(model: type[ModelT], fields: dict[str, Any], given: Mapping[str, str]) -> ModelT:
    """The model that :func:`freeze` was given; nothing is validated again."""
    plan = _plan(model)
    if not plan.required <= fields.keys() | given.keys():
        raise KeyError("a field is missing")
    for name in fields.keys() & plan.thaw.keys():
        fields[name] = plan.thaw[name](fields[name])
    made = model.__new__(model)
    made.__setstate__(
        {
            "__dict__": {**plan.defaults, **fields, **given},
            "__pydantic_fields_set__": {*fields, *given},
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
    )  # as pickle and copy make models; model_construct takes ten times as long
    return made


class _Plan:
    """How the fields of a model become JSON and come back; fields that are JSON as they are need nothing."""

    def __init__(self, model: type[Model]) -> None:
        self.freeze: dict[str, Change] = {}
        self.thaw: dict[str, Change] = {}
        self.defaults: dict[str, Any] = {}
        self.required = {name for name, field in model.model_fields.items() if field.is_required()}
        for name, field in model.model_fields.items():
            self.defaults[name] = None if field.is_required() else field.get_default()
            changes = _changes(field.annotation)
            if changes:
                self.freeze[name], self.thaw[name] = changes


@cache
def _plan(model: type[Model]) -> _Plan:
    return _Plan(model)


def _changes(annotation: Any) -> tuple[Change, Change] | None:
    """How values of a type become JSON and come back; None where they are JSON themselves."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _changes(arguments[0])
    if origin in {Union, types.UnionType}:
        return _optional(_changes(next(part for part in arguments if part is not type(None))))
    if origin is tuple:
        return _listed(_changes(arguments[0]))
    if annotation is Name:
        return _name_parts, _name_of_parts
    if isinstance(annotation, type):
        if issubclass(annotation, enum.Enum):
            return str, annotation
        if issubclass(annotation, datetime.date):
            return datetime.date.isoformat, datetime.date.fromisoformat
        if issubclass(annotation, Model):
            return freeze, lambda fields: thaw(annotation, fields, {})
    return None


def _optional(changes: tuple[Change, Change] | None) -> tuple[Change, Change] | None:
    if changes is None:
        return None
    there, back = changes
    return lambda v: None if v is None else there(v), lambda v: None if v is None else back(v)


def _listed(changes: tuple[Change, Change] | None) -> tuple[Change, Change]:
    if changes is None:
        return list, tuple
    there, back = changes
    return lambda v: [there(item) for item in v], lambda v: tuple([back(item) for item in v])


def _name_parts(name: Name) -> list[str]:
    return [name.family, name.given, name.particle, name.suffix, name.literal]


def _name_of_parts(parts: list[str]) -> Name:
    return _name(*parts)


@lru_cache(maxsize=262144)
def _name(family: str, given: str, particle: str, suffix: str, literal: str) -> Name:
    return Name(family, given, particle, suffix, literal)

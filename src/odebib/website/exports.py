"""The files of the site that are no pages: BibTeX and other formats, the API, feeds and the like."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from odebib.formats import FORMATS
from odebib.formats import json as json_format
from odebib.model import schemas
from odebib.project.templates import layered
from odebib.website import colours, feeds, machine, scripts
from odebib.website.markup import plain
from odebib.website.render import Renderer

WHOLE = tuple(format for format in FORMATS.values() if format.is_whole)
"""The formats that the whole bibliography is given out in, at ``all`` and their endings."""


def files(renderer: Renderer, places: Iterable[machine.Place]) -> Iterator[tuple[str, bytes]]:
    """Every file but the pages as (path, content); ``places`` are those of the pages, for the sitemap."""
    yield from _bibliographies(renderer)
    yield from _api(renderer)
    yield from _feeds(renderer)
    yield from _for_programs(renderer, places)
    yield from _assets(renderer)


def _bibliographies(renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """The .bib of everything that has a page, and the whole in all formats."""
    library = renderer.bibliography
    for format in WHOLE:
        if format.name == "bibtex":  # each work's is written already, for its own page
            yield f"all{format.ending}", renderer.bib(library.entries)
        else:
            yield f"all{format.ending}", format.render(library, list(library.entries)).encode()
    for key in library.entries:
        yield f"entries/{key}.bib", renderer.bib([key])
    for group in renderer.groups:
        yield group.stem + ".bib", renderer.bib(group.keys)
    for view in renderer.lists:
        yield view.stem + ".bib", renderer.bib(view.keys)
    for path in renderer.paths:
        yield path.stem + ".bib", renderer.bib(path.keys)


def _api(renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """The data as JSON, each entry by itself and all together, and the schemas of the data files."""
    library = renderer.bibliography
    objects: list[str] = []
    for key in library.entries:
        objects.append(json_format.dumps(json_format.as_object(library, key)))
        yield f"api/entries/{key}.json", objects[-1].encode()
    yield "api/entries.json", json_list(objects).encode()
    for name in schemas.SCHEMAS:
        text = json.dumps(schemas.schema(name), indent=2, ensure_ascii=False)
        yield f"api/schema/{name}.json", (text + "\n").encode()


def json_list(objects: list[str]) -> str:
    """A JSON list of objects that are written already, as if it had been written at once."""
    inner = ",\n".join("  " + text.rstrip("\n").replace("\n", "\n  ") for text in objects)
    return f"[\n{inner}\n]\n" if objects else "[]\n"


def forwarded(renderer: Renderer, old: str, new: str) -> Iterator[tuple[str, bytes]]:
    """What a program finds at a former address: the files of the one it leads to now."""
    section, _, name = new.partition("/")
    if section == "entries":
        yield f"{old}.bib", renderer.bib([name])
        text = json_format.dumps(json_format.as_object(renderer.bibliography, name))
        yield f"api/{old}.json", text.encode()
        return
    keys = renderer.keys_at.get(new)
    if keys is not None:
        yield f"{old}.bib", renderer.bib(keys)
    if keys is not None and renderer.feed_of(new):
        title = f"{renderer.config.site_name}: {name}"
        yield f"{old}.xml", _feed(renderer, feeds.Feed(title, f"{new}.xml", f"{new}/"), keys)


# -- Feeds -------------------------------------------------------------------------------


def _feeds(renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """What is new: in the whole, in each topic, under each badge."""
    name = renderer.config.site_name
    yield "feed.xml", _feed(renderer, feeds.Feed(name, "feed.xml", "recent/"), renderer.bibliography.entries)
    for group in renderer.groups:
        if address := renderer.feed_of(group.stem):
            feed = feeds.Feed(f"{plain(group.title)} · {name}", address, group.address)
            yield feed.address, _feed(renderer, feed, group.keys)


def _feed(renderer: Renderer, feed: feeds.Feed, keys: Iterable[str]) -> bytes:
    entries = feeds.newest(renderer.bibliography.entries[key] for key in keys)
    items = [_item(renderer, entry.key) for entry in entries]
    return feeds.atom(feed, items, renderer.config.site_url, renderer.config.site_name)


def _item(renderer: Renderer, key: str) -> feeds.Item:
    """A work as feed readers show it."""
    view = renderer.view(key)
    entry = view.entry
    updated = feeds.day(entry)
    assert updated is not None  # feeds.newest gives dated works only
    return feeds.Item(
        key,
        view.address,
        plain(view.title),
        tuple(person.name for person in view.people),
        plain(entry.summary or entry.abstract or ""),
        renderer.feed_content(key),
        entry.added,
        max(updated, entry.verified.on) if entry.verified else updated,
    )


# -- For programs ------------------------------------------------------------------------


def _for_programs(renderer: Renderer, places: Iterable[machine.Place]) -> Iterator[tuple[str, bytes]]:
    config = renderer.config
    yield "llms.txt", _llms(renderer)
    if config.site_url:
        yield "robots.txt", machine.robots(config.site_url)
        yield "opensearch.xml", machine.opensearch(config.site_url, config.site_name, config.site_description)
        yield from machine.sitemaps(config.site_url, places)


def _llms(renderer: Renderer) -> bytes:
    """The guide for language models: the data first, then where to begin."""
    figures, config = renderer.figures, renderer.config
    point = machine.Pointer
    data = [
        point(
            "All works as JSON",
            "api/entries.json",
            f"{figures.works} works with authors, venue, links, abstract",
        ),
        point("All works as BibTeX", "all.bib"),
        point("All works as a table", "all.csv"),
        point("How to use the API", "api/", "one work: api/entries/<key>.json; schemas: api/schema/*.json"),
        point("What is new", "feed.xml", "Atom"),
    ]
    begin = [
        point(plain(path.path.title), path.address, plain(path.path.description or ""))
        for path in renderer.paths
    ]
    topics = [
        point(plain(link.label), link.address, f"{link.count} works. {plain(link.note)}".strip())
        for link in renderer.topic_links
    ]
    lists = [point(view.source.name, view.address, f"{view.count} items") for view in renderer.lists]
    sections = [("Data", data), ("Reading paths", begin), ("Topics", topics), ("Source lists", lists)]
    filled = [(title, pointers) for title, pointers in sections if pointers]
    return machine.llms(config.site_name, config.site_description, config.site_url, filled)


# -- Assets ------------------------------------------------------------------------------


def _assets(renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """The theme's assets and ours."""
    for name, path in renderer.frames.assets.items():
        yield name, path.read_bytes()
    for name, path in layered(renderer.folders, "assets").items():
        yield f"assets/{name}", path.read_bytes()
    for name, content in scripts.files():
        yield f"assets/{name}", content
    icons = {
        name.removesuffix(".svg"): path.read_text("utf-8")
        for name, path in layered(renderer.folders, "icons").items()
        if name.endswith(".svg")
    }
    yield "assets/badges.css", colours.stylesheet(renderer.bibliography.tags, icons).encode()

"""Rendering: views through templates to the files of the site.

Templates are compiled once and cards rendered once a depth; a page is then
little more than pieces of text put together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

import odebib
from odebib.bibliography import Bibliography
from odebib.errors import OdebibError
from odebib.folding import fold
from odebib.formats import bibtex
from odebib.formats import json as json_format
from odebib.website import colours, metadata, views
from odebib.website.frames import Config, Frames
from odebib.website.markup import plain, rich
from odebib.website.views import EntryView, Group, Index, Link

BASES = ("./", "../", "../../")
"""What leads from a page at a depth to the site's root."""

MANY = 200
"""A page of more works than this shows its cards without abstracts."""

QUICK_TYPES = ("talk", "tutorial", "software", "website", "book", "thesis", "dataset")
"""Types that readers look for by themselves; papers are found by what they are about."""


# -- Templates ---------------------------------------------------------------------------


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


def environment(folders: Iterable[Path]) -> jinja2.Environment:
    """Jinja as the templates expect it: everything is escaped, and nothing may be undefined."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters |= {"rich": rich, "plain": plain}
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    return found


# -- Pages -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A page before it is put into its frame."""

    address: str
    """Relative to the site's root, ending in ``/``; empty for home."""
    section: str
    title: str
    description: str
    content: str
    bib: str = ""
    """The address of its BibTeX."""
    kind: str = "website"
    metadata: list[tuple[str, str]] = field(default_factory=list)
    linked_data: Mapping[str, Any] | None = None

    @property
    def depth(self) -> int:
        return self.address.count("/")

    @property
    def path(self) -> str:
        return self.address + "index.html"


class Renderer:
    """Renders the pages of one bibliography."""

    def __init__(
        self, bibliography: Bibliography, config: Config, frames: Frames, folders: list[Path]
    ) -> None:
        self.bibliography = bibliography
        self.config = config
        self.frames = frames
        self.folders = folders
        self.environment = environment(folders)
        self._entry_views: dict[str, EntryView] = {}
        self._cards: dict[tuple[str, int, bool], Markup] = {}
        self._bibtex: dict[str, str] = {}
        self._template = lru_cache(maxsize=None)(self.environment.get_template)

    # -- Parts --

    def view(self, key: str) -> EntryView:
        """The view of an entry, made once."""
        found = self._entry_views.get(key)
        if found is None:
            found = self._entry_views[key] = views.entry_view(self.bibliography, key)
        return found

    def card(self, key: str, depth: int, abstract: bool = True) -> Markup:
        """The card of an entry for pages of one depth, rendered once."""
        found = self._cards.get((key, depth, abstract))
        if found is None:
            view = self.view(key)
            text = self.render("partials/card.html", depth, view=view, abstract=abstract, brief=True)
            found = self._cards[key, depth, abstract] = Markup(text)
        return found

    def bibtex(self, key: str) -> str:
        """The BibTeX of an entry, written once."""
        found = self._bibtex.get(key)
        if found is None:
            found = self._bibtex[key] = bibtex.render(self.bibliography, [key])
        return found

    def bib(self, keys: Iterable[str]) -> bytes:
        """The BibTeX of several entries, as :func:`odebib.formats.bibtex.render` would write it."""
        return "\n".join(map(self.bibtex, keys)).encode()

    def render(self, template: str, depth: int, **context: Any) -> str:
        """A template rendered for a page of some depth."""
        try:
            return self._template(template).render(base=BASES[depth], **context)
        except jinja2.TemplateError as error:
            raise OdebibError(f"the template {template} failed: {error}") from error

    def framed(self, page: Page, head: str = "") -> bytes:
        """A page in its frame."""
        own = self.render("head.html", page.depth, **self._head(page))
        title = plain(page.title)
        name = self.config.site_name
        title = f"{title} · {name}" if title and title != name else name
        frame = self.frames.frame(page.section, page.depth)
        return frame.fill(head + own, f"<title>{escape(title)}</title>", page.content)

    def _head(self, page: Page) -> dict[str, Any]:
        site_url = self.config.site_url
        return {
            "canonical": site_url + page.address if site_url else None,
            "site_name": self.config.site_name,
            "title": plain(page.title),
            "description": _shortened(plain(page.description or self.config.site_description)),
            "kind": page.kind,
            "metadata": page.metadata,
            "linked_data": page.linked_data,
            "bib": page.bib,
        }

    # -- The kinds of page --

    def home(self) -> Page:
        content = self.render(
            "home.html",
            0,
            config=self.config,
            figures=self.figures,
            lists=self.lists,
            quick=self._quick_links(),
            tree=self.tree,
            badges=self._index("tags"),
            start=views.start_here(self.bibliography, 6),
            newest=views.newest_first(self.bibliography, self.bibliography.entries)[:6],
            card=partial(self.card, depth=0),
        )
        return Page("", "", self.config.site_name, self.config.site_description, content, bib="all.bib")

    def _index(self, section: str) -> tuple[Link, ...]:
        """The links of an index that has no headings."""
        return next((index.runs[0][1] for index in self.indexes if index.section == section), ())

    def _quick_links(self) -> list[Link]:
        types = {link.kind: link for link in self._index("types")}
        found = [types[kind] for kind in QUICK_TYPES if kind in types]
        if self.figures.with_code:
            found.insert(0, Link("With code", "search/?has=code", count=self.figures.with_code))
        return [*found, Link("All years", "years/"), Link("Authors", "authors/")]

    def entry(self, key: str) -> Page:
        view = self.view(key)
        content = self.render(
            "entry.html", 2, view=view, bibtex=self.bibtex(key), repository=self.config.repository
        )
        entry = view.entry
        description = entry.summary or (view.abstract[0] if view.abstract else _described(view))
        return Page(
            view.address,
            "search",
            view.title,
            description,
            content,
            bib=f"entries/{key}.bib",
            kind="article",
            metadata=metadata.highwire(self.bibliography, entry),
            linked_data=metadata.linked_data(self.bibliography, entry),
        )

    def group(self, group: Group) -> Page:
        runs = [] if group.section == "years" else views.by_year(self.bibliography, group.keys)
        years = [year for year, _ in runs if year.isdigit()]
        content = self.render(
            "group.html",
            2,
            group=group,
            runs=runs or [("", group.keys)],
            span=" to ".join(dict.fromkeys((years[-1], years[0]))) if years else "",
            card=partial(self.card, depth=2, abstract=len(group.keys) <= MANY),
        )
        section = "topics" if group.section == "topics" else "search"
        description = group.description or f"{group.title}: {len(group.keys)} works"
        return Page(group.address, section, group.title, description, content, bib=group.stem + ".bib")

    def index(self, index: Index) -> Page:
        content = self.render("index.html", 1, index=index)
        return Page(index.address, "search", index.title, index.description, content)

    def topics(self) -> Page:
        count = len(self.bibliography.topics)
        content = self.render("topics.html", 1, tree=self.tree, count=count)
        return Page("topics/", "topics", "Topics", f"{count} topics", content)

    def list_index(self) -> Page:
        content = self.render("lists.html", 1, lists=self.lists)
        return Page("lists/", "lists", "Lists", "The lists that this bibliography was merged from", content)

    def source_list(self, view: views.ListView) -> Page:
        short = partial(self.card, depth=2, abstract=view.count <= MANY)
        content = self.render("list.html", 2, list=view, card=short)
        description = view.source.description or f"{view.source.name}: {view.count} items"
        return Page(view.address, "lists", view.source.name, description, content, bib=view.stem + ".bib")

    def search(self) -> Page:
        shown = 24
        indexes = [
            {"section": index.section, "address": index.address, "title": index.title, "count": index.count}
            | {"first": _most(index, shown)}
            for index in self.indexes
        ]
        topics = [node.link for node in _walk(self.tree) if node.link.count]
        content = self.render("search.html", 1, indexes=indexes, topics=topics)
        return Page("search/", "search", "Browse", "Search and browse all works", content)

    def cite(self) -> Page:
        size = sum(len(self.bibtex(key)) for key in self.bibliography.entries)
        topics = [node.link for node in _walk(self.tree) if node.link.count]
        content = self.render(
            "cite.html",
            1,
            figures=self.figures,
            size=f"{size / 1024:.0f} KiB" if size < 2**20 else f"{size / 2**20:.1f} MiB",
            topics=topics,
            examples=self._bib_examples(),
            example=next(iter(self.bibliography.entries), ""),
        )
        return Page("cite/", "cite", "Get your .bib", "BibTeX of every work, topic, author and list", content)

    def _bib_examples(self) -> list[tuple[str, str]]:
        """An address of each kind that really exists."""
        library = self.bibliography
        firsts = (
            ("One work:", "entries", views.start_here(library, 1) or library.entries),
            ("A topic:", "topics", [topic for topic, keys in library.by_topic.items() if keys]),
            ("A badge:", "tags", [tag for tag, keys in library.by_tag.items() if keys]),
            ("A venue:", "venues", library.by_venue),
            ("A year:", "years", map(str, library.by_year)),
            ("An author:", "authors", library.people),
            ("A list:", "lists", library.lists),
        )
        return [(what, f"{section}/{first}") for what, section, names in firsts for first in list(names)[:1]]

    def about(self) -> Page:
        content = self.render(
            "about.html",
            1,
            config=self.config,
            figures=self.figures,
            lists=self.lists,
            repository=self.config.repository,
        )
        return Page("about/", "about", "About", self.config.site_description, content)

    def not_found(self) -> bytes:
        """The page for addresses that do not exist, at whatever depth it is shown.

        Its links start from the site's root, which it knows from ``site_url`` or
        finds in the address asked for.
        """
        content = self.render("404.html", 0, config=self.config)
        page = Page("", "", "There is no such page", "", content)
        head = self.render("partials/base.html", 0, site_url=self.config.site_url)
        return self.framed(page, head)

    def forward(self, old: str, new: str) -> bytes:
        """A page at a former address."""
        site_url = self.config.site_url
        canonical = f"{site_url}{new}/" if site_url else None
        return self.render("forward.html", 2, target=f"../../{new}/", canonical=canonical).encode()

    # -- What several pages show --

    @cached_property
    def figures(self) -> views.Overview:
        return views.overview(self.bibliography)

    @cached_property
    def tree(self) -> tuple[views.TopicNode, ...]:
        return views.topic_tree(self.bibliography)

    @cached_property
    def indexes(self) -> list[Index]:
        return views.indexes(self.bibliography)

    @cached_property
    def groups(self) -> list[Group]:
        return list(views.groups(self.bibliography))

    @cached_property
    def lists(self) -> list[views.ListView]:
        return views.list_views(self.bibliography)

    # -- Everything else --

    def pages(self) -> Iterator[Page]:
        """Every page in a frame but the one for addresses that do not exist."""
        yield self.home()
        for key in self.bibliography.entries:
            yield self.entry(key)
        for group in self.groups:
            yield self.group(group)
        for index in self.indexes:
            yield self.index(index)
        if self.tree:
            yield self.topics()
        if self.lists:
            yield self.list_index()
        for view in self.lists:
            yield self.source_list(view)
        yield from (self.search(), self.cite(), self.about())

    def data(self) -> Iterator[tuple[str, bytes]]:
        """The files that are no pages: BibTeX, JSON, assets."""
        library = self.bibliography
        yield "all.bib", self.bib(library.entries)
        objects: list[str] = []
        for key in library.entries:
            yield f"entries/{key}.bib", self.bib([key])
            objects.append(json_format.dumps(json_format.as_object(library, key)))
            yield f"api/entries/{key}.json", objects[-1].encode()
        yield "api/entries.json", _json_list(objects).encode()
        for group in self.groups:
            yield group.stem + ".bib", self.bib(group.keys)
        for view in self.lists:
            yield view.stem + ".bib", self.bib(view.keys)
        yield "assets/search.json", self._search_index()
        yield from self.assets()

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """The theme's assets and ours."""
        for name, path in self.frames.assets.items():
            yield name, path.read_bytes()
        for name, path in layered(self.folders, "assets").items():
            yield f"assets/{name}", path.read_bytes()
        icons = {
            name.removesuffix(".svg"): path.read_text("utf-8")
            for name, path in layered(self.folders, "icons").items()
            if name.endswith(".svg")
        }
        yield "assets/badges.css", colours.stylesheet(self.bibliography.tags, icons).encode()

    def _search_index(self) -> bytes:
        """What the search page looks through: a row a work, short because all of it is fetched."""
        keys = views.newest_first(self.bibliography, self.bibliography.entries)
        rows = [self._search_row(key) for key in keys]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()

    def _search_row(self, key: str) -> list[Any]:
        view = self.view(key)
        entry = view.entry
        words = [*entry.other_titles, view.appearance.name, entry.summary or "", key]
        words += [link.label for link in view.topics]
        known = [entry.doi, entry.arxiv, entry.openreview, entry.isbn, entry.url, *entry.aliases]
        return [
            key,
            plain(view.title),
            ", ".join(person.name for person in view.people),
            str(view.appearance),
            plain(entry.summary or ""),
            [[tag.kind, tag.label] for tag in view.tags],
            next((link.address for link in view.links if link.kind == "pdf"), ""),
            next((link.address for link in view.links if link.kind == "code"), ""),
            fold(" ".join(words)),
            [value for value in known if value],
        ]


def _json_list(objects: list[str]) -> str:
    """A JSON list of objects that are written already, as if it had been written at once."""
    inner = ",\n".join("  " + text.rstrip("\n").replace("\n", "\n  ") for text in objects)
    return f"[\n{inner}\n]\n" if objects else "[]\n"


def _shortened(text: str, limit: int = 200) -> str:
    """``text`` cut at a word, for a description that search engines show."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0] + "…"


def _described(view: EntryView) -> str:
    people = ", ".join(person.name for person in view.people[:3])
    return ". ".join(filter(None, (plain(view.title), people, str(view.appearance))))


def _most(index: Index, limit: int) -> list[Link]:
    """The links of an index with the most works; all of them in their order where they are few."""
    links = [link for _, run in index.runs for link in run]
    if len(links) <= limit or index.section == "years":
        return links[: 2 * limit]
    return sorted(links, key=lambda link: -link.count)[:limit]


def _walk(nodes: Iterable[views.TopicNode]) -> Iterator[views.TopicNode]:
    for node in nodes:
        yield node
        yield from _walk(node.below)

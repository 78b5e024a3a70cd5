"""Rendering: views through templates to the files of the site.

Templates are compiled once and cards rendered once a depth; a page is then
little more than pieces of text put together.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from markupsafe import Markup, escape

from odebib.errors import OdebibError
from odebib.formats import FORMATS
from odebib.model import fields, schemas
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.website import charts, citing, fieldmap, guides, metadata, views
from odebib.website.frames import Config, Frames
from odebib.website.markup import plain, rich
from odebib.website.related import Likeness
from odebib.website.views import EntryView, Group, Index, Link

BASES = ("./", "../", "../../")
"""What leads from a page at a depth to the site's root."""

MANY = 200
"""A page of more works than this shows its cards without abstracts."""

SEARCHED = {"topics": "topic", "tags": "tag", "venues": "venue", "authors": "author", "types": "type"}
"""What the search calls a group of a section, so that the group can be searched further."""

QUICK_TYPES = ("talk", "tutorial", "software", "website", "book", "thesis", "dataset")
"""Types that readers look for by themselves; papers are found by what they are about."""


# -- Templates ---------------------------------------------------------------------------


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
    feed: str = ""
    """The address of its Atom feed."""
    changed: datetime.date | None = None
    """The day on which what it shows last changed, where that is known."""
    listed: bool = True
    """Whether it is for sitemaps and search engines."""

    @property
    def depth(self) -> int:
        return self.address.count("/")

    @property
    def path(self) -> str:
        return self.address + "index.html"


class Renderer:
    """Renders the pages of one bibliography."""

    def __init__(
        self,
        bibliography: Bibliography,
        config: Config,
        frames: Frames,
        folders: list[Path],
        entry_paths: Mapping[str, str] | None = None,
    ) -> None:
        self.bibliography = bibliography
        self.config = config
        self.frames = frames
        self.folders = folders
        self.entry_paths = entry_paths or {}
        """The file of each entry, relative to the project; where it is not known, it is the usual one."""
        self.likeness = Likeness(bibliography)
        self.environment = environment(folders)
        self._entry_views: dict[str, EntryView] = {}
        self._cards: dict[tuple[str, int, bool], Markup] = {}
        self._references: dict[tuple[str, str, str], str] = {}
        self._feed_contents: dict[str, str] = {}
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

    def result_card(self, key: str) -> Markup:
        """The card of an entry as search shows it; its abstract is fetched by itself."""
        return self.card(key, 1, abstract=False)

    def reference(self, format_name: str, key: str, venues: str = "full") -> str:
        """An entry in one of the formats, written once however many pages and files show it."""
        found = self._references.get((format_name, key, venues))
        if found is None:
            found = FORMATS[format_name].render(self.bibliography, [key], venues=venues)
            self._references[format_name, key, venues] = found
        return found

    def bibtex(self, key: str) -> str:
        """The BibTeX of an entry."""
        return self.reference("bibtex", key)

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
            "canonical": site_url + page.address if site_url and page.listed else None,
            "site_name": self.config.site_name,
            "title": plain(page.title),
            "description": _shortened(plain(page.description or self.config.site_description)),
            "kind": page.kind,
            "metadata": page.metadata,
            "linked_data": page.linked_data,
            "bib": page.bib,
            "feed": page.feed,
            "opensearch": bool(site_url),
            "listed": page.listed,
        }

    # -- The kinds of page --

    def home(self) -> Page:
        recent = guides.recent(self.bibliography, 6)
        content = self.render(
            "home.html",
            0,
            config=self.config,
            figures=self.figures,
            lists=self.lists,
            quick=self._quick_links(),
            tree=self.tree,
            badges=self._index("tags"),
            paths=self.paths,
            start=views.start_here(self.bibliography, 6),
            recent=recent,
            card=partial(self.card, depth=0),
        )
        return Page(
            "",
            "",
            self.config.site_name,
            self.config.site_description,
            content,
            bib="all.bib",
            feed="feed.xml",
            changed=self._changed(self.bibliography.entries),
        )

    def _changed(self, keys: Iterable[str]) -> datetime.date | None:
        """The day on which the last of some works changed, as far as entries say so."""
        return max(filter(None, map(self._days.__getitem__, keys)), default=None)

    @cached_property
    def _days(self) -> Mapping[str, datetime.date | None]:
        """Of each work the day on which its entry last changed, where it says so."""
        return {key: _day(entry) for key, entry in self.bibliography.entries.items()}

    def _index(self, section: str) -> tuple[Link, ...]:
        """The links of an index that has no headings."""
        return next((index.runs[0][1] for index in self.indexes if index.section == section), ())

    def _quick_links(self) -> list[Link]:
        types = {link.kind: link for link in self._index("types")}
        found = [types[kind] for kind in QUICK_TYPES if kind in types]
        if self.figures.with_code:
            found.insert(0, Link("With code", "search/?has=code", count=self.figures.with_code))
        tag = guides.survey_tag(self.bibliography)
        if tag and (surveys := self.bibliography.by_tag[tag]):
            found.insert(0, Link("Surveys", f"tags/{tag}/", count=len(surveys)))
        return found

    def entry(self, key: str) -> Page:
        view = self.view(key)
        entry = view.entry
        content = self.render(
            "entry.html",
            2,
            view=view,
            citations=citing.citations(self.bibliography, key, self.reference),
            similar=views.neighbours(self.bibliography, self.likeness.similar(key)),
            paths=self._on_paths.get(key, []),
            report=self._report_address(key),
            edit=self._edit_address(key),
        )
        description = entry.summary or (view.abstract[0] if view.abstract else _described(view))
        return Page(
            view.address,
            "search",
            view.title,
            description,
            content,
            bib=f"entries/{key}.bib",
            kind="article",
            metadata=metadata.highwire(self.bibliography, entry, self.config.site_url),
            linked_data=metadata.linked_data(self.bibliography, entry, self.config.site_url),
            changed=self._days[key],
        )

    def _report_address(self, key: str) -> str:
        """Where a mistake is reported: the repository's form, with what is known filled in."""
        if not self.config.repository:
            return ""
        known = {"template": "report-mistake.yml", "title": f"Mistake: {key}", "entry": key}
        if self.config.site_url:
            known["address"] = f"{self.config.site_url}entries/{key}/"
        return f"{self.config.repository}/issues/new?{urlencode(known)}"

    def _edit_address(self, key: str) -> str:
        """Where the file of an entry is edited."""
        if not self.config.repository:
            return ""
        path = self.entry_paths.get(key, f"data/entries/{key}.yml")
        return f"{self.config.repository}/edit/{quote(self.config.branch)}/{quote(path)}"

    @cached_property
    def _on_paths(self) -> Mapping[str, list[Link]]:
        return guides.on_paths(self.paths)

    def feed_content(self, key: str) -> str:
        """A work as feed readers show it, rendered once for all feeds."""
        found = self._feed_contents.get(key)
        if found is None:
            found = self._feed_contents[key] = self.render("partials/feed.html", 0, view=self.view(key))
        return found

    def group(self, group: Group) -> Page:
        runs = [] if group.section == "years" else views.by_year(self.bibliography, group.keys)
        years = [year for year, _ in runs if year.isdigit()]
        is_topic = group.section == "topics"
        feed = group.stem + ".xml" if group.section in ("topics", "tags") else ""
        content = self.render(
            "group.html",
            2,
            group=group,
            runs=runs or [("", group.keys)],
            span=" to ".join(dict.fromkeys((years[-1], years[0]))) if years else "",
            card=partial(self.card, depth=2, abstract=len(group.keys) <= MANY),
            shelves=guides.shelves(self.bibliography, group.id, group.keys) if is_topic else [],
            with_code=guides.with_code(self.bibliography, group.keys) if group.section in SEARCHED else 0,
            search=SEARCHED.get(group.section, ""),
            feed=feed,
        )
        description = group.description or f"{group.title}: {len(group.keys)} works"
        return Page(
            group.address,
            "topics" if is_topic else "search",
            group.title,
            description,
            content,
            bib=group.stem + ".bib",
            feed=feed,
            changed=self._changed(group.keys),
        )

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

    def path_index(self) -> Page:
        content = self.render("paths.html", 1, paths=self.paths)
        return Page("paths/", "", "Reading paths", "In which order to read, and why", content)

    def path(self, path: guides.PathView) -> Page:
        content = self.render("path.html", 2, path=path, card=partial(self.card, depth=2))
        description = path.path.description or f"{len(path.steps)} works in the order in which to read them"
        return Page(
            path.address,
            "",
            path.path.title,
            description,
            content,
            bib=path.stem + ".bib",
            changed=self._changed(path.keys),
        )

    def recent(self) -> Page:
        found = guides.recent(self.bibliography)
        card = partial(self.card, depth=1, abstract=False)
        content = self.render("recent.html", 1, recent=found, runs=found.runs, card=card)
        changed = self._changed(found.keys)
        return Page("recent/", "", found.title, found.note, content, feed="feed.xml", changed=changed)

    def stats(self) -> Page:
        content = self.render(
            "stats.html", 1, charts=charts.charts(self.bibliography), figures=self.figures, lists=self.lists
        )
        changed = self._changed(self.bibliography.entries)
        return Page("stats/", "", "In figures", "Works by year, topic and venue", content, changed=changed)

    def map(self) -> Page:
        found = fieldmap.field_map(self.bibliography)
        content = self.render("map.html", 1, map=found, tree=self.tree)
        return Page("map/", "", "Map of the field", "Topics and their works at a glance", content)

    def add(self) -> Page:
        content = self.render("add.html", 1, repository=self.config.repository, branch=self.config.branch)
        description = "Add a paper by its arXiv id, DOI, link or title, or learn that it is here"
        return Page("add/", "add", "Add a paper", description, content)

    def contribute(self) -> Page:
        content = self.render(
            "contribute.html",
            1,
            fields=fields.of_entry(),
            types=views.TYPE_LABELS,
            badges=self._index("tags"),
            repository=self.config.repository,
            branch=self.config.branch,
            example=self._example,
        )
        return Page("contribute/", "", "Contribute", "How to add or correct a paper", content)

    def api(self) -> Page:
        content = self.render(
            "api.html",
            1,
            config=self.config,
            figures=self.figures,
            example=self._example,
            topic=next((link.address.strip("/") for link in self.topic_links), ""),
            schemas=list(schemas.SCHEMAS),
        )
        return Page("api/", "", "For programs", "The data as JSON, BibTeX, Atom and more", content)

    @cached_property
    def _example(self) -> str:
        """The key of a work that examples name; empty where there is none."""
        library = self.bibliography
        return next(iter([*views.start_here(library, 1), *library.entries]), "")

    def withdrawn(self, address: str, reason: str) -> Page:
        """The page at an address that was published once and leads to nothing any more."""
        section, _, name = address.partition("/")
        content = self.render("withdrawn.html", 2, section=section, name=name, reason=reason)
        return Page(f"{address}/", "", "Withdrawn", reason, content, listed=False)

    def not_found(self) -> bytes:
        """The page for addresses that do not exist, at whatever depth it is shown.

        Its links start from the site's root, which it knows from ``site_url`` or
        finds in the address asked for.
        """
        content = self.render("404.html", 0, config=self.config)
        page = Page("", "", "There is no such page", "", content, listed=False)
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
    def keys_at(self) -> Mapping[str, tuple[str, ...]]:
        """The works of every group, list and path by its address without what ends it."""
        found = {group.stem: group.keys for group in self.groups}
        found |= {view.stem: view.keys for view in self.lists}
        return found | {path.stem: path.keys for path in self.paths}

    @cached_property
    def topic_links(self) -> list[Link]:
        """Every topic that holds works, in the order of the tree."""
        return [node.link for node in _walk(self.tree) if node.link.count]

    @cached_property
    def paths(self) -> list[guides.PathView]:
        return guides.path_views(self.bibliography)

    @cached_property
    def lists(self) -> list[views.ListView]:
        return views.list_views(self.bibliography)

    # -- All pages --

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
        if self.paths:
            yield self.path_index()
        for path in self.paths:
            yield self.path(path)
        yield from (self.search(), self.cite(), self.add(), self.recent(), self.stats(), self.map())
        yield from (self.contribute(), self.api(), self.about())


def _day(entry: Entry) -> datetime.date | None:
    """The latest day that an entry names of itself."""
    checked = entry.verified.on if entry.verified else None
    retracted = entry.retracted.on if entry.retracted else None
    return max((day for day in (entry.added, checked, retracted) if day), default=None)


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

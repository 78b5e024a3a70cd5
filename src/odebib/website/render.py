"""Rendering: views through templates to the files of the site.

Templates are compiled once and cards rendered once a depth; a page is then
little more than pieces of text put together.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from odebib.errors import OdebibError
from odebib.formats import FORMATS
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.website import assets, guides, listings, views
from odebib.website.frames import Config, Frames
from odebib.website.groups import Group, Headings, Index, TopicNode, by_year, topic_tree, walk
from odebib.website.markup import plain, rich
from odebib.website.related import Likeness
from odebib.website.views import EntryView, Link

BASES = ("./", "../", "../../")
"""What leads from a page at a depth to the site's root."""

MANY = 200
"""A page of more works than this shows its cards without abstracts."""


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
    open_graph: str = "website"
    """Its type in the words of Open Graph: a website, an article."""
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


@dataclass(frozen=True)
class PageKind:
    """A kind of page, as its module describes it: one page, or one for each of many things.

    Whatever lists pages asks this: the page to browse, the footer, the sitemap, what a page loads.
    """

    address: str
    """Its address, or what the addresses of its pages begin with; empty for home."""
    title: str
    description: str = ""
    template: str = "index.html"
    """Links under headings where nothing else is said."""
    data: Callable[[Renderer], Mapping[str, Any] | None] = lambda site: {}
    """What the template of a single page shows; None where this bibliography has no such page."""
    pages: Callable[[Renderer], Iterator[Page]] | None = None
    """All pages of a kind that has several, or whose page says more of itself than title and description."""
    headings: Callable[[Bibliography], Headings] | None = None
    """Links under headings, which ``index.html`` shows and the page to browse leads to."""
    browse: int | None = 24
    """How many of these links the page to browse shows at most; None: all."""
    in_order: bool = False
    """Whether that are the first of them; else those to the most works."""
    groups: Callable[[Bibliography], Iterator[Group]] | None = None
    """Groups of works that have a page each below the address."""
    searched: str = ""
    """What the search calls such a group, so that it can be searched further."""
    has_shelves: bool = False
    """Whether the page of a group shows its surveys, talks and software by themselves."""
    has_feeds: bool = False
    """Whether each group has a feed."""
    tab: str = "search"
    """The section of the navigation that it belongs to; empty for none."""
    footer: str = ""
    """Its words in the footer of every page, if it stands there."""
    scripts: tuple[str, ...] = ()
    """Modules of ``assets/`` that its pages load."""

    @property
    def section(self) -> str:
        """The first part of its addresses."""
        return self.address.partition("/")[0]


class Renderer:
    """Renders the pages of one bibliography."""

    def __init__(
        self,
        bibliography: Bibliography,
        config: Config,
        frames: Frames,
        folders: list[Path],
        kinds: Sequence[PageKind],
        entry_paths: Mapping[str, str] | None = None,
    ) -> None:
        self.bibliography = bibliography
        self.config = config
        self.frames = frames
        self.folders = folders
        self.kinds = kinds
        """Every kind of page, in the order in which they are listed."""
        self.entry_paths = entry_paths or {}
        """The file of each entry, relative to the project; where it is not known, it is the usual one."""
        self.likeness = Likeness(bibliography)
        self.environment = environment(folders)
        self._entry_views: dict[str, EntryView] = {}
        self._cards: dict[tuple[str, int, bool], Markup] = {}
        self._references: dict[tuple[str, str, str], str] = {}
        self._feed_contents: dict[str, str] = {}
        self._template = lru_cache(maxsize=None)(self.environment.get_template)
        self.scripts = assets.scripts(folders)

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
            format = FORMATS[format_name]
            options = {"venues": venues} if "venues" in format.options else {}
            found = format.render(self.bibliography, [key], **options)
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
            "kind": page.open_graph,
            "metadata": page.metadata,
            "linked_data": page.linked_data,
            "bib": page.bib,
            "feed": page.feed,
            "opensearch": bool(site_url),
            "listed": page.listed,
        }

    # -- Pages --

    def pages(self) -> Iterator[Page]:
        """Every page in a frame but the one for addresses that do not exist."""
        for kind in self.kinds:
            if kind.pages:
                yield from kind.pages(self)
            elif kind.headings:
                if kind.section in self.indexes:
                    yield self.page(kind, {"index": self.indexes[kind.section]})
            elif (data := kind.data(self)) is not None:
                yield self.page(kind, data)
            for group in self.groups_of.get(kind.section, ()):
                yield self.group(kind, group)

    def page(self, kind: PageKind, data: Mapping[str, Any], **said: Any) -> Page:
        """A page of some kind; ``said`` is what it says of itself other than its kind does."""
        address = said.pop("address", kind.address)
        content = self.render(kind.template, address.count("/"), **data) + self._scripts(kind, address)
        about = {"title": kind.title, "description": kind.description} | said
        return Page(address, kind.tab, content=content, **about)

    def _scripts(self, kind: PageKind, address: str) -> str:
        """What loads the scripts of a kind of page, and at once all that they import."""
        if not kind.scripts:
            return ""
        needed = assets.imported(kind.scripts, self.scripts)
        return self.render("scripts.html", address.count("/"), scripts=kind.scripts, preloaded=needed)

    def group(self, kind: PageKind, group: Group) -> Page:
        """The page of works that have something in common."""
        runs = [] if kind.in_order else by_year(self.bibliography, group.keys)
        years = [year for year, _ in runs if year.isdigit()]
        feed = self.feed_of(group.stem)
        content = self.render(
            "group.html",
            2,
            group=group,
            runs=runs or [("", group.keys)],
            span=" to ".join(dict.fromkeys((years[-1], years[0]))) if years else "",
            card=partial(self.card, depth=2, abstract=len(group.keys) <= MANY),
            shelves=guides.shelves(self.bibliography, group.id, group.keys) if kind.has_shelves else [],
            with_code=guides.with_code(self.bibliography, group.keys) if kind.searched else 0,
            search=kind.searched,
            feed=feed,
        )
        return Page(
            group.address,
            kind.tab,
            group.title,
            group.description or f"{group.title}: {len(group.keys)} works",
            content,
            bib=group.stem + ".bib",
            feed=feed,
            changed=self.changed(group.keys),
        )

    def feed_of(self, stem: str) -> str:
        """The address of the feed of a group, empty where it has none."""
        section = stem.partition("/")[0]
        return f"{stem}.xml" if any(kind.has_feeds and kind.section == section for kind in self.kinds) else ""

    def changed(self, keys: Iterable[str]) -> datetime.date | None:
        """The day on which the last of some works changed, as far as entries say so."""
        return max(filter(None, map(self.days.__getitem__, keys)), default=None)

    @cached_property
    def days(self) -> Mapping[str, datetime.date | None]:
        """Of each work the day on which its entry last changed, where it says so."""
        return {key: _day(entry) for key, entry in self.bibliography.entries.items()}

    def feed_content(self, key: str) -> str:
        """A work as feed readers show it, rendered once for all feeds."""
        found = self._feed_contents.get(key)
        if found is None:
            found = self._feed_contents[key] = self.render("partials/feed.html", 0, view=self.view(key))
        return found

    @cached_property
    def example(self) -> str:
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
        sections = "|".join(dict.fromkeys(kind.section for kind in self.kinds if kind.section))
        head = self.render("partials/base.html", 0, site_url=self.config.site_url, sections=sections)
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
    def tree(self) -> tuple[TopicNode, ...]:
        return topic_tree(self.bibliography)

    @cached_property
    def indexes(self) -> Mapping[str, Index]:
        """The links under headings of every kind of page that has some, by its section."""
        made = {
            kind.section: Index(kind.section, kind.title, kind.description, kind.headings(self.bibliography))
            for kind in self.kinds
            if kind.headings
        }
        return {section: index for section, index in made.items() if index.count}

    def links(self, section: str) -> tuple[Link, ...]:
        """The links of an index, without its headings."""
        index = self.indexes.get(section)
        return tuple(link for _, run in index.runs for link in run) if index else ()

    @cached_property
    def groups_of(self) -> Mapping[str, tuple[Group, ...]]:
        """All groups that have a page, by their section."""
        return {kind.section: tuple(kind.groups(self.bibliography)) for kind in self.kinds if kind.groups}

    @cached_property
    def groups(self) -> list[Group]:
        return [group for groups in self.groups_of.values() for group in groups]

    @cached_property
    def keys_at(self) -> Mapping[str, tuple[str, ...]]:
        """The works of every group, list and path by its address without what ends it."""
        found = {group.stem: group.keys for group in self.groups}
        found |= {view.stem: view.keys for view in self.lists}
        return found | {path.stem: path.keys for path in self.paths}

    @cached_property
    def topic_links(self) -> list[Link]:
        """Every topic that holds works, in the order of the tree."""
        return [node.link for node in walk(self.tree) if node.link.count]

    @cached_property
    def paths(self) -> list[guides.PathView]:
        return guides.path_views(self.bibliography)

    @cached_property
    def lists(self) -> list[listings.ListView]:
        return listings.list_views(self.bibliography)


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

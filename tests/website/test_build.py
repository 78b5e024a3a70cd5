"""The build: which files a site has, what they lead to, and the folder they stand in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from odebib.errors import UsageError
from odebib.formats import bibtex
from odebib.formats import json as json_format
from odebib.model.bibliography import Bibliography
from odebib.website import build as build_module
from odebib.website.build import MARKER, build
from odebib.website.machine import Place, sitemaps
from website.toy import ENTRIES, EVIL, UNCHECKED_ALIASES, html_files, make_bibliography

Read = Callable[[str], str]


class Links(HTMLParser):
    """All addresses that a page names, and all its ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        self.ids.add(found.get("id") or "")
        for name in ("href", "src", "action", "data-search"):
            if found.get(name) is not None and tag != "base":
                self.addresses.append(found[name] or "")


def snapshot(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


class TestPages:
    @pytest.mark.parametrize(
        "address",
        [
            "",
            "entries/chen2018neural",
            "topics",
            "topics/neural-odes",
            "tags",
            "tags/theory",
            "types",
            "types/software",
            "venues",
            "venues/neurips",
            "years",
            "years/2018",
            "authors",
            "authors/cagatay-yildiz",
            "lists",
            "lists/awesome",
            "search",
            "cite",
            "about",
        ],
    )
    def test_address(self, page: Read, address: str) -> None:
        """Every permanent address has a page with one heading of the first rank and a title."""
        text = page(address)
        assert text.count("<h1") == 1
        assert re.search(r"<title>[^<]*Toy</title>", text)

    def test_every_internal_link_leads_to_a_file(self, built_site: Path) -> None:
        """No link of the site is dead, and all are relative, so that any path prefix works."""
        dead = []
        for path in html_files(built_site):
            if path.name == "404.html":
                continue
            here = path.relative_to(built_site).parent
            for address in Links(path.read_text("utf-8")).addresses:
                parts = urlsplit(address)
                if parts.scheme or parts.netloc or not parts.path:
                    continue
                assert not address.startswith("/"), f"{path}: {address}"
                target = (built_site / here / unquote(parts.path)).resolve()
                target = target / "index.html" if target.is_dir() else target
                if not target.is_file() or not target.is_relative_to(built_site.resolve()):
                    dead.append(f"{here}: {address}")
        assert dead == []

    def test_anchors_exist(self, built_site: Path) -> None:
        """Links within a page lead to something on it."""
        for path in html_files(built_site):
            links = Links(path.read_text("utf-8"))
            for address in links.addresses:
                if address.startswith("#"):
                    assert address[1:] in links.ids, f"{path}: {address}"

    def test_no_resource_of_another_host(self, built_site: Path) -> None:
        """Nothing is loaded from elsewhere: other hosts occur only in links that people follow."""
        for path in html_files(built_site):
            for tag, attributes in Links(path.read_text("utf-8")).elements:
                for name in ("src", "srcset", "data", "poster"):
                    assert "//" not in (attributes.get(name) or ""), path
                if tag == "link" and attributes.get("rel") != "canonical":
                    assert "//" not in (attributes.get("href") or ""), path

    def test_pages_are_small(self, built_site: Path) -> None:
        """An entry's page is at most 60 KiB."""
        for path in (built_site / "entries").rglob("*.html"):
            assert path.stat().st_size < 60 * 1024


class TestEntryPage:
    def test_first_screen(self, page: Read) -> None:
        """Title, authors, appearance, award, badges and buttons stand before everything else."""
        text = page("entries/chen2018neural").split("<article", 1)[1]
        pieces = (
            "<h1>Neural Ordinary Differential Equations</h1>",
            "Yulia Rubanova</a>",
            ">NeurIPS</a>",
            "best paper",
            "b-theory",
            ">PDF</a>",
            ">Code</a>",
            'data-copy="#bibtex"',
            "continuous time",
            "new family of models",
        )
        found = [text.index(piece) for piece in pieces]
        assert found == sorted(found)

    def test_bibtex_is_shown(self, page: Read, bibliography: Bibliography, built_site: Path) -> None:
        """The page shows what its .bib holds."""
        expected = bibtex.render(bibliography, ["chen2018neural"])
        assert (built_site / "entries/chen2018neural.bib").read_text("utf-8") == expected
        assert "@inproceedings{chen2018neural," in page("entries/chen2018neural")

    def test_retraction_stands_above_all(self, page: Read) -> None:
        """A retraction is said before the title, with its date, reason and notice."""
        text = page("entries/gone2020wrong")
        banner = text.index("This work was retracted on 2021-05-06.")
        assert banner < text.index("<h1>")
        assert "the proof fails" in text
        assert 'href="https://example.org/notice"' in text

    def test_listed_in(self, page: Read) -> None:
        """The lists that hold a work are named, with the way to it and their words."""
        text = page("entries/chen2018neural")
        assert "Awesome List</a>" in text
        assert re.search(r"Outer.*Inner.*as “NeurIPS18”", text, re.DOTALL)

    def test_quote_instead_of_an_abstract(self, page: Read) -> None:
        """A quotation is called one and names its list."""
        text = page("entries/quoted2021only")
        assert re.search(
            r"Quoted in <a href=\"../../lists/awesome/\">Awesome List</a>.*A quote\.", text, re.DOTALL
        )

    def test_highwire_metadata(self, page: Read) -> None:
        """Reference managers find title, authors, venue, pages and PDF in the head."""
        text = page("entries/chen2018neural")
        assert text.count('name="citation_author"') == 4
        for name, content in {
            "citation_title": "Neural Ordinary Differential Equations",
            "citation_conference_title": "Advances in Neural Information Processing Systems",
            "citation_firstpage": "6571",
            "citation_pdf_url": "https://proceedings.example.org/neural.pdf",
        }.items():
            assert f'<meta name="{name}" content="{content}">' in text

    def test_linked_data_can_be_read(self, page: Read) -> None:
        """The JSON-LD of a page is JSON, also when the data are hostile."""
        for key in ("chen2018neural", "evil2022"):
            found = re.search(
                r'<script type="application/ld\+json">(.*?)</script>', page(f"entries/{key}"), re.DOTALL
            )
            assert found
            assert json.loads(found[1])["@type"]


class TestUntrustedText:
    def test_nothing_of_the_data_becomes_markup(self, built_site: Path) -> None:
        """Hostile text in every field is shown as text: it opens no element and no attribute."""
        for path in html_files(built_site):
            for tag, attributes in Links(path.read_text("utf-8")).elements:
                assert not [name for name in attributes if name.startswith("on")], path
                assert (tag, attributes.get("src")) != ("img", "x"), path
                assert not (attributes.get("href") or "").startswith("javascript:"), path
            assert "<script>window.hacked" not in path.read_text("utf-8"), path

    def test_it_is_not_run_as_a_template(self, page: Read) -> None:
        """Braces in the data mean nothing to the templates."""
        assert " 7*7 " in page("entries/evil2022")

    def test_aliases_stay_within_their_folder(self, built_site: Path) -> None:
        """A former key that is no legal address gets no page, inside or outside of the site."""
        names = {path.name for path in (built_site / "entries").iterdir()}
        assert not [name for name in names if not re.fullmatch(r"[a-z0-9]+(\.bib)?", name)]
        assert not list(built_site.parent.glob("*escape*"))


class TestForwards:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            pytest.param("entries/chen2018node", "entries/chen2018neural", id="key"),
            pytest.param("topics/nodes", "topics/neural-odes", id="topic"),
            pytest.param("venues/nips", "venues/neurips", id="venue"),
            pytest.param("lists/old-list", "lists/awesome", id="list"),
            pytest.param("authors/dd", "authors/david-duvenaud", id="author"),
        ],
    )
    def test_former_address(self, page: Read, old: str, new: str) -> None:
        """A former address leads to the one of today, without JavaScript."""
        assert f'content="0; url=../../{new}/"' in page(old)

    def test_bib_of_a_former_key(self, built_site: Path) -> None:
        """The .bib of a former key is that of the entry."""
        old, new = (built_site / f"entries/{key}.bib" for key in ("chen2018node", "chen2018neural"))
        assert old.read_bytes() == new.read_bytes()

    def test_an_entry_is_never_replaced(self, page: Read) -> None:
        """A former key that is an entry's key now leads to that entry, in any case of letters."""
        assert "A Proposal on Machine Learning" in page("entries/e2017proposal")
        assert "<h1>Neural Ordinary" in page("entries/chen2018neural")


class TestFiles:
    def test_bib_of_groups(self, built_site: Path, bibliography: Bibliography) -> None:
        """A group's .bib has the same stem as its page and holds its works in their order."""
        expected = bibtex.render(bibliography, ["quoted2021only", "chen2018neural"])
        assert (built_site / "topics/neural-odes.bib").read_text("utf-8") == expected
        for path in html_files(built_site):
            group = path.parent
            listed = group.parent.parent == built_site and group.parent.name != "api"
            if listed and "http-equiv" not in path.read_text("utf-8"):
                assert group.with_name(group.name + ".bib").is_file()

    def test_all_bib(self, built_site: Path, bibliography: Bibliography) -> None:
        """``all.bib`` holds every entry."""
        assert (built_site / "all.bib").read_text("utf-8") == bibtex.render(
            bibliography, bibliography.entries
        )

    def test_api(self, built_site: Path, bibliography: Bibliography) -> None:
        """The API has all entries as a list, and each by itself."""
        entries = json.loads((built_site / "api/entries.json").read_text("utf-8"))
        assert [entry["key"] for entry in entries] == sorted(entry["key"] for entry in ENTRIES)
        one = json.loads((built_site / "api/entries/jax2020.json").read_text("utf-8"))
        assert one in entries
        whole = json_format.render(bibliography, bibliography.entries)
        assert (built_site / "api/entries.json").read_text("utf-8") == whole

    def test_sitemap_needs_a_site_url(self, project: Path, built_site: Path, tmp_path: Path) -> None:
        """A sitemap, whose addresses are whole by its standard, is made where the site has an address."""
        assert not (built_site / "sitemap.xml").exists()
        (tmp_path / "mkdocs.yml").write_text("site_name: Toy\nsite_url: https://example.org/sub", "utf-8")
        build(make_bibliography(ENTRIES[:1]), tmp_path, tmp_path / "site")
        text = (tmp_path / "site/sitemap.xml").read_text("utf-8")
        assert "<loc>https://example.org/sub/entries/chen2018neural/</loc>" in text
        page = (tmp_path / "site/entries/chen2018neural/index.html").read_text("utf-8")
        assert '<link rel="canonical" href="https://example.org/sub/entries/chen2018neural/">' in page

    def test_sitemaps_are_split(self) -> None:
        """Beyond 50,000 addresses there are several sitemaps and an index of them."""
        files = dict(sitemaps("https://x.org/", [Place(f"entries/{n}/") for n in range(50_001)]))
        assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
        assert b"<sitemap><loc>https://x.org/sitemap-2.xml</loc></sitemap>" in files["sitemap.xml"]


class TestSiteFolder:
    def test_second_build_changes_nothing(
        self, bibliography: Bibliography, project: Path, tmp_path: Path
    ) -> None:
        """The same data give the same bytes, and a second build writes no file."""
        first = build(bibliography, project, tmp_path / "site")
        before = snapshot(tmp_path / "site")
        second = build(make_bibliography(), project, tmp_path / "site")
        assert (first.written, second.written, second.removed) == (first.files, 0, 0)
        assert snapshot(tmp_path / "site") == before

    def test_update_is_the_same_as_anew(self, project: Path, tmp_path: Path) -> None:
        """A site brought up to date is the site built from nothing: nothing stays behind."""
        build(make_bibliography(), project, tmp_path / "site")
        changed = build(make_bibliography(ENTRIES[:3]), project, tmp_path / "site")
        build(make_bibliography(ENTRIES[:3]), project, tmp_path / "anew")
        assert snapshot(tmp_path / "site") == snapshot(tmp_path / "anew")
        assert changed.removed
        folders = {
            path.relative_to(tmp_path / "site") for path in (tmp_path / "site").rglob("*") if path.is_dir()
        }
        assert folders == {
            path.relative_to(tmp_path / "anew") for path in (tmp_path / "anew").rglob("*") if path.is_dir()
        }

    def test_one_changed_entry_writes_few_files(self, project: Path, tmp_path: Path) -> None:
        """Only files whose content changed are written."""
        build(make_bibliography(), project, tmp_path / "site")
        entries = [ENTRIES[0], ENTRIES[1] | {"licence": "MIT"}, *ENTRIES[2:]]
        built = build(make_bibliography(entries), project, tmp_path / "site")
        assert built.written == 3  # its page, its JSON, the JSON of all

    @pytest.mark.parametrize("content", [None, b"*\n"], ids=["empty", "gitignore"])
    def test_free_folder(self, project: Path, tmp_path: Path, content: bytes | None) -> None:
        """An empty folder, or one with only a .gitignore, is taken; the .gitignore stays."""
        (tmp_path / "site").mkdir()
        if content:
            (tmp_path / "site/.gitignore").write_bytes(content)
        for _ in range(2):
            build(make_bibliography(ENTRIES[:1]), project, tmp_path / "site")
            assert (tmp_path / "site/index.html").is_file()
            if content:
                assert (tmp_path / "site/.gitignore").read_bytes() == content
        assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]

    def test_foreign_folder_is_refused(self, project: Path, tmp_path: Path) -> None:
        """A folder that holds anything else is refused and stays as it was."""
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine/thesis.tex").write_text("x", "utf-8")
        with pytest.raises(UsageError, match=r"holds what odebib did not make \(thesis.tex\)"):
            build(make_bibliography(ENTRIES[:1]), project, tmp_path / "mine")
        assert snapshot(tmp_path / "mine") == {"thesis.tex": b"x"}

    def test_file_and_link_are_refused(self, project: Path, tmp_path: Path) -> None:
        """A file, or a link to a folder, is no site."""
        (tmp_path / "file").write_text("x", "utf-8")
        (tmp_path / "folder").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "folder")
        for name in ("file", "link"):
            with pytest.raises(UsageError, match="is no folder"):
                build(make_bibliography(ENTRIES[:1]), project, tmp_path / name)

    def test_link_within_the_site_leads_nowhere(self, project: Path, tmp_path: Path) -> None:
        """A link that someone put into the site is removed, and what it leads to stays untouched."""
        build(make_bibliography(ENTRIES[:1]), project, tmp_path / "site")
        (tmp_path / "outside").mkdir()
        (tmp_path / "site/lists/awesome/index.html").unlink()
        (tmp_path / "site/lists/awesome").rmdir()
        (tmp_path / "site/lists/awesome").symlink_to(tmp_path / "outside")
        build(make_bibliography(ENTRIES[:1]), project, tmp_path / "site")
        assert list((tmp_path / "outside").iterdir()) == []
        assert (tmp_path / "site/lists/awesome/index.html").is_file()

    def test_folder_where_a_file_was(self, project: Path, tmp_path: Path) -> None:
        """A file in the place of a folder, or the other way round, gives way."""
        build(make_bibliography(ENTRIES[:1]), project, tmp_path / "site")
        before = snapshot(tmp_path / "site")
        (tmp_path / "site/about/index.html").unlink()
        (tmp_path / "site/about").rmdir()
        (tmp_path / "site/about").write_text("x", "utf-8")
        (tmp_path / "site/all.bib").unlink()
        (tmp_path / "site/all.bib/deep").mkdir(parents=True)
        build(make_bibliography(ENTRIES[:1]), project, tmp_path / "site")
        assert snapshot(tmp_path / "site") == before

    @pytest.mark.parametrize("fresh", [True, False], ids=["from-nothing", "update"])
    def test_interrupted_build(
        self, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: bool
    ) -> None:
        """An interrupted build leaves whole files, old or new, and the next run completes it."""
        site = tmp_path / "site"
        site.mkdir()
        (site / ".gitignore").write_text("*\n", "utf-8")
        if not fresh:
            build(make_bibliography(ENTRIES[1:]), project, site)
        old = snapshot(site)
        whole = build_module.site_files

        def interrupted(*args: object) -> object:
            for number, file in enumerate(whole(*args)):  # type: ignore[arg-type]
                if number == 20:
                    raise KeyboardInterrupt
                yield file

        with monkeypatch.context() as patch:
            patch.setattr(build_module, "site_files", interrupted)
            with pytest.raises(KeyboardInterrupt):
                build(make_bibliography(), project, site)
        build(make_bibliography(), project, tmp_path / "anew")
        new = snapshot(tmp_path / "anew")
        for name, content in snapshot(site).items():
            assert content in (old.get(name), new.get(name))
        if fresh:
            assert snapshot(site) == old
        build(make_bibliography(), project, site)
        assert snapshot(site) == new | {".gitignore": b"*\n"}
        assert sorted(path.name for path in tmp_path.iterdir()) == ["anew", "site"]

    def test_marker(self, built_site: Path) -> None:
        """The site says whose it is."""
        assert b"odebib build" in (built_site / MARKER).read_bytes()


class TestNotFound:
    def test_finds_its_root(self, built_site: Path) -> None:
        """The page for unknown addresses works at any depth: it sets its root before anything is loaded."""
        text = (built_site / "404.html").read_text("utf-8")
        assert text.index('createElement("base")') < text.index("<link")
        assert "data-from-address" in text


class TestEmptyBibliography:
    def test_has_a_site(self, tmp_path: Path) -> None:
        """A project with nothing in it yet has a site, without links to what is missing."""
        build(Bibliography(), tmp_path, tmp_path / "site")
        assert "0 works" in (tmp_path / "site/index.html").read_text("utf-8")


class TestTemplates:
    def test_project_before_package(self, project: Path, tmp_path: Path) -> None:
        """A template or an asset of the project stands in for that of the package, file by file."""
        (tmp_path / "templates/assets").mkdir(parents=True)
        (tmp_path / "templates/about.html").write_text("<h1>Ours: {{ config.site_name }}</h1>", "utf-8")
        (tmp_path / "templates/assets/odebib.css").write_text("/* ours */", "utf-8")
        build(make_bibliography(ENTRIES[:1]), tmp_path, tmp_path / "site")
        assert "<h1>Ours: Bibliography</h1>" in (tmp_path / "site/about/index.html").read_text("utf-8")
        assert (tmp_path / "site/assets/odebib.css").read_text("utf-8") == "/* ours */"
        assert "<h1>Neural" in (tmp_path / "site/entries/chen2018neural/index.html").read_text("utf-8")

    def test_broken_template(self, tmp_path: Path) -> None:
        """A template that uses what does not exist is an error that names it."""
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates/about.html").write_text("{{ nothing }}", "utf-8")
        with pytest.raises(Exception, match=r"the template about\.html failed: 'nothing' is undefined"):
            build(make_bibliography(ENTRIES[:1]), tmp_path, tmp_path / "site")
        assert not (tmp_path / "site").exists()


def test_hostile_text_is_really_in_the_toy() -> None:
    """The toy bibliography holds hostile text in its fields."""
    assert EVIL in ENTRIES[-1]["title"]
    assert UNCHECKED_ALIASES[0].startswith("..")

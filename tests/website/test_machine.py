"""What programs find on the site: feeds, sitemap, OpenSearch, llms.txt, the API, formats."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from odebib.formats import FORMATS
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.website import feeds, machine
from odebib.website.build import build
from website.toy import ENTRIES, EVIL, make_bibliography

ATOM = f"{{{feeds.ATOM}}}"


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy site of a project that knows its address and has withdrawn an entry."""
    root = tmp_path_factory.mktemp("addressed")
    (root / "mkdocs.yml").write_text("site_name: Toy & Co\nsite_url: https://example.org/sub\n", "utf-8")
    (root / "data").mkdir()
    gone = f"entries/w2019 gone: {EVIL}"
    ledger = f"entries/chen2018neural\nentries/lost2020\n{gone}\nentries/../up\n"
    (root / "data/published.txt").write_text(ledger, "utf-8")
    build(make_bibliography(), root, root / "site")
    return root / "site"


def entry(key: str, **fields: object) -> Entry:
    return Entry.model_validate({"key": key, "title": key, **fields})


class TestNewest:
    def test_by_day_then_year(self) -> None:
        """The day a work was added counts, else the day it was checked; without either it is no news."""
        entries = [
            entry("a", added="2026-01-02", year="2018"),
            entry("b", verified={"on": "2026-03-01", "by": ["x"]}, year="2018"),
            entry("c", added="2026-01-02", year="2020", verified={"on": "2026-09-09", "by": ["x"]}),
            entry("d", year="2026"),
        ]
        assert [found.key for found in feeds.newest(entries)] == ["b", "c", "a"]

    def test_limit(self) -> None:
        """A feed holds no more than the newest fifty."""
        assert len(feeds.newest(entry(f"k{n}", added="2026-01-02") for n in range(60))) == feeds.LIMIT


class TestAtom:
    def test_can_be_read(self, addressed: Path) -> None:
        """Every feed is XML with what Atom requires: ids, dates and links of feed and items."""
        for path in [addressed / "feed.xml", *addressed.glob("topics/*.xml"), *addressed.glob("tags/*.xml")]:
            root = ElementTree.parse(path).getroot()
            for part in (root, *root.findall(f"{ATOM}entry")):
                assert part.findtext(f"{ATOM}id", "").startswith("https://example.org/sub/")
                assert part.findtext(f"{ATOM}title")
                assert datetime.datetime.fromisoformat(part.findtext(f"{ATOM}updated", ""))
                assert part.find(f"{ATOM}link[@rel='alternate']") is not None

    def test_item(self, addressed: Path) -> None:
        """An item leads to the page of its work, under that address as its id, with its sentence."""
        root = ElementTree.parse(addressed / "topics/neural-odes.xml").getroot()
        (item,) = root.findall(f"{ATOM}entry")
        assert item.findtext(f"{ATOM}id") == "https://example.org/sub/entries/chen2018neural/"
        assert item.findtext(f"{ATOM}summary") == "A network's depth becomes continuous time."
        assert item.findtext(f"{ATOM}updated") == "2026-11-21T00:00:00Z"
        assert item.find(f"{ATOM}published") is None

    def test_former_topic_has_the_feed_of_today(self, addressed: Path) -> None:
        """The feed and the .bib at a former address go on."""
        assert b"chen2018neural" in (addressed / "topics/nodes.xml").read_bytes()
        assert b"chen2018neural" in (addressed / "topics/nodes.bib").read_bytes()

    def test_hostile_text(self, addressed: Path) -> None:
        """Hostile text stays text, in the title and in the markup within."""
        root = ElementTree.parse(addressed / "feed.xml").getroot()
        titles = [title.text for title in root.iter(f"{ATOM}title")]
        assert any(title and "<script>" in title for title in titles)
        assert not [text for text in root.iter(f"{ATOM}content") if "<script" in (text.text or "")]

    def test_without_an_address(self, built_site: Path) -> None:
        """Without a site's address ids are names that stay, and links are relative to the feed."""
        root = ElementTree.parse(built_site / "topics/neural-odes.xml").getroot()
        assert root.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        item = root.find(f"{ATOM}entry")
        assert item is not None
        link = item.find(f"{ATOM}link[@rel='alternate']")
        assert link is not None
        assert link.get("href") == "../entries/chen2018neural/"

    def test_control_characters(self) -> None:
        """Characters that XML cannot hold are left out."""
        text = feeds.atom(feeds.Feed("a\x00b\ufffe", "feed.xml", ""), [], None, "x")
        assert ElementTree.fromstring(text).findtext(f"{ATOM}title") == "ab"


class TestSitemap:
    def test_dates(self, addressed: Path) -> None:
        """Pages have the day of their last change where entries say it, and none where they do not."""
        text = (addressed / "sitemap.xml").read_text("utf-8")
        assert (
            "<loc>https://example.org/sub/entries/chen2018neural/</loc><lastmod>2026-11-21</lastmod>" in text
        )
        assert "<loc>https://example.org/sub/entries/jax2020/</loc></url>" in text
        assert "<loc>https://example.org/sub/topics/neural-odes/</loc><lastmod>2026-11-21</lastmod>" in text
        assert "w2019" not in text

    def test_robots(self, addressed: Path) -> None:
        """robots.txt names the sitemap."""
        assert "Sitemap: https://example.org/sub/sitemap.xml" in (addressed / "robots.txt").read_text("utf-8")


class TestOpenSearch:
    def test_description(self, addressed: Path) -> None:
        """The description leads to the search, and pages name it."""
        root = ElementTree.parse(addressed / "opensearch.xml").getroot()
        templates = [url.get("template") for url in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")]
        assert "https://example.org/sub/search/?q={searchTerms}" in templates
        assert 'rel="search"' in (addressed / "index.html").read_text("utf-8")

    def test_short_name(self) -> None:
        """A name is cut to the sixteen letters that there may be."""
        root = ElementTree.fromstring(machine.opensearch("https://x.org/", "A" * 30, ""))
        assert root.findtext("{http://a9.com/-/spec/opensearch/1.1/}ShortName") == "A" * 16


class TestLlms:
    def test_guide(self, addressed: Path) -> None:
        """The guide names the site, its data and its topics with whole addresses, one a line."""
        text = (addressed / "llms.txt").read_text("utf-8")
        assert text.startswith("# Toy & Co\n")
        assert "(https://example.org/sub/api/entries.json)" in text
        assert "- [Neural ODEs](https://example.org/sub/topics/neural-odes/): 2 works." in text


class TestFormats:
    @pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if format.is_whole])
    def test_whole_bibliography(self, built_site: Path, bibliography: Bibliography, name: str) -> None:
        """The whole bibliography is there in every format, as the command writes it."""
        found = (built_site / f"all{FORMATS[name].ending}").read_bytes()
        assert found == FORMATS[name].render(bibliography, list(bibliography.entries)).encode()

    def test_schemas(self, built_site: Path) -> None:
        """The schemas of the data files are published and are schemas."""
        found = sorted(path.stem for path in (built_site / "api/schema").iterdir())
        assert "entry" in found
        for name in found:
            schema = json.loads((built_site / f"api/schema/{name}.json").read_text("utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_former_key(self, built_site: Path) -> None:
        """The API answers to a former key with the entry of today."""
        found = json.loads((built_site / "api/entries/chen2018node.json").read_text("utf-8"))
        assert found["key"] == ENTRIES[0]["key"]


class TestWithdrawn:
    def test_reason(self, addressed: Path) -> None:
        """The page at a withdrawn address says so and why, as text, and is kept out of search engines."""
        text = (addressed / "entries/w2019/index.html").read_text("utf-8")
        assert "w2019 was withdrawn" in text
        assert "&lt;script&gt;" in text
        assert '<meta name="robots" content="noindex">' in text

    def test_no_reason(self, addressed: Path) -> None:
        """An address of the ledger that nothing stands at has a page too; one outside the site has none."""
        text = (addressed / "entries/lost2020/index.html").read_text("utf-8")
        assert "no longer part of this bibliography" in text
        assert not (addressed / "up").exists()

    def test_what_is_there_stays(self, addressed: Path) -> None:
        """An address that has a page is not touched."""
        assert "<h1>Neural Ordinary" in (addressed / "entries/chen2018neural/index.html").read_text("utf-8")

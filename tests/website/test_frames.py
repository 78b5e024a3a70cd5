"""Frames: what the engine draws, cut at its marks and kept in the cache."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from odebib.errors import OdebibError, UsageError
from odebib.model.bibliography import Bibliography
from odebib.project.templates import layered, template_folders
from odebib.website import frames
from odebib.website.build import build
from website.toy import html_files

ENGINES = [
    "mkdocs",
    pytest.param(
        "zensical",
        marks=pytest.mark.skipif(
            importlib.util.find_spec("zensical") is None,
            reason="Zensical is not installed (pip install zensical)",
        ),
    ),
]


def draw(project: Path, engine: str = "mkdocs", cache: Path | None = None) -> frames.Frames:
    overrides = layered(template_folders(project), "overrides")
    return frames.draw(frames.read_config(project), overrides, cache or project / ".cache" / "odebib", engine)


class TestCut:
    def test_three_places(self) -> None:
        """A page is cut at its marks and put together again with what is filled in."""
        frame = frames.cut("<a>\n  <!--odebib:head--><!--odebib:title-->\n\n<b><!--odebib:content--></b>")
        assert frame.fill("H", "T", "C") == b"<a>\nHT\n<b>C</b>"

    def test_marks_in_the_content_mean_nothing(self) -> None:
        """Content that looks like a mark or a template is text."""
        frame = frames.cut("<!--odebib:head--><!--odebib:title--><!--odebib:content-->")
        text = "<!--odebib:title-->{{ x }}"
        assert frame.fill("", "", text).decode() == text

    def test_missing_mark(self) -> None:
        """An override template that lost a mark is an error that names the marks."""
        with pytest.raises(OdebibError, match="lacks its marked places") as raised:
            frames.cut("<html></html>")
        assert "odebib:content" in str(raised.value.hint)


class TestDraw:
    @pytest.mark.parametrize("engine", ENGINES)
    def test_every_place_has_a_frame(self, project: Path, engine: str) -> None:
        """Each section has a frame at each depth, whose own links fit that depth."""
        drawn = draw(project, engine)
        assert {("", 0), ("", 1), ("", 2), ("topics", 1), ("lists", 2)} <= set(drawn.by_place)
        for (_, depth), frame in drawn.by_place.items():
            text = frame.fill("", "", "").decode()
            links = re.findall(r'(?:href|src)="([^"#]+)"', text)
            stylesheet = next(link for link in links if link.endswith("assets/odebib.css"))
            assert stylesheet.removeprefix("./") == "../" * depth + "assets/odebib.css"
            assert not [link for link in links if re.match(r"[a-z]+:|/", link)]

    @pytest.mark.parametrize("engine", ENGINES)
    def test_section_is_marked(self, project: Path, engine: str) -> None:
        """The navigation says in which section a page stands, and only there."""
        drawn = draw(project, engine)
        page = drawn.frame("topics", 2).fill("", "", "").decode()
        (current,) = re.findall(r'<a [^>]*aria-current="true"[^>]*>([^<]*)</a>', page)
        assert current == "Topics"
        assert 'aria-current="true"' not in drawn.frame("", 0).fill("", "", "").decode()

    def test_drawn_again_only_after_a_change(self, project: Path, tmp_path: Path) -> None:
        """The engine runs once, and again when the configuration has changed."""
        first = frames.read_config(project)
        overrides = layered(template_folders(project), "overrides")
        assert frames.draw(first, overrides, tmp_path).drawn
        assert not frames.draw(first, overrides, tmp_path).drawn
        (tmp_path / "mkdocs.yml").write_text("site_name: Other", "utf-8")
        assert frames.draw(frames.read_config(tmp_path), overrides, tmp_path).drawn

    @pytest.mark.parametrize(
        "content", [b"", b"garbage \xff\x00"], ids=["emptied", "garbage that is no text"]
    )
    def test_damaged_cache(self, project: Path, tmp_path: Path, content: bytes) -> None:
        """What is no frame any more is drawn anew, and is whole then."""
        whole = draw(project, cache=tmp_path)
        for page in (tmp_path / "frames").rglob("*.html"):
            page.write_bytes(content)
        again = draw(project, cache=tmp_path)
        assert again.drawn
        assert again.by_place == whole.by_place
        assert not draw(project, cache=tmp_path).drawn

    def test_nothing_of_the_search_of_the_theme(self, project: Path) -> None:
        """The theme's search and source maps are not part of the site."""
        names = draw(project).assets
        assert not [name for name in names if "lunr" in name or "worker" in name or name.endswith(".map")]

    def test_unknown_engine(self, project: Path) -> None:
        """An engine that does not exist is refused with its near miss."""
        with pytest.raises(UsageError, match="unknown engine `zensicle`") as raised:
            draw(project, "zensicle")
        assert raised.value.hint == "did you mean `zensical`?"

    def test_broken_override(self, project: Path, tmp_path: Path) -> None:
        """An override template that the engine cannot read is an error in a sentence."""
        broken = tmp_path / "main.html"
        broken.write_text("{% nonsense %}", "utf-8")
        with pytest.raises(OdebibError, match="could not draw the page frames"):
            frames.draw(frames.read_config(project), {"main.html": broken}, tmp_path / "cache")


class TestReadConfig:
    def test_missing_file_is_all_defaults(self, tmp_path: Path) -> None:
        """A project without ``mkdocs.yml`` has a name and a navigation."""
        config = frames.read_config(tmp_path)
        assert config.site_name == "Bibliography"
        sections = [item.section for item in config.navigation]
        assert sections == ["topics", "search", "lists", "cite", "add", "about"]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("a: [", "mkdocs.yml cannot be read", id="broken"),
            pytest.param("- a", "holds no settings", id="no-mapping"),
            pytest.param("nav: [{A: [b.md]}]", "is no item", id="nested-nav"),
            pytest.param("nav: [a.md]", "is no item", id="nav-without-label"),
        ],
    )
    def test_refused(self, tmp_path: Path, text: str, message: str) -> None:
        """What cannot be used is refused in a sentence."""
        (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
        with pytest.raises(UsageError, match=message):
            frames.read_config(tmp_path)

    def test_tags_of_plugins_do_no_harm(self, tmp_path: Path) -> None:
        """``!!python/name:`` and ``!ENV``, usual in such files, are passed over and never run."""
        (tmp_path / "mkdocs.yml").write_text(
            "site_name: A\nmarkdown_extensions:\n  - x: !!python/name:os.system\n  - y: !ENV [HOME, 1]\n",
            "utf-8",
        )
        assert frames.read_config(tmp_path).site_name == "A"

    def test_pages_of_the_engine_mean_their_addresses(self, tmp_path: Path) -> None:
        """``nav`` may name pages as files, as MkDocs wants it."""
        (tmp_path / "mkdocs.yml").write_text("nav: [{Topics: topics/index.md}, {About: about.md}]", "utf-8")
        assert [item.address for item in frames.read_config(tmp_path).navigation] == ["topics/", "about/"]

    def test_unwanted_settings_never_reach_the_engine(self, tmp_path: Path) -> None:
        """Plugins, hooks, fonts, instant loading and ``repo_url`` of ``mkdocs.yml`` play no part."""
        (tmp_path / "mkdocs.yml").write_text(
            "repo_url: https://example.org\nplugins: [x]\nhooks: [y.py]\n"
            "theme: {font: {text: Z}, features: [navigation.instant, navigation.top]}\n",
            "utf-8",
        )
        settings = frames._engine_config(frames.read_config(tmp_path), ())
        assert settings["plugins"] == {"search": {"enabled": False}}
        assert settings["theme"]["font"] is False
        assert settings["theme"]["features"] == ["navigation.top"]
        assert not {"repo_url", "hooks"} & set(settings)


def contents(site: Path) -> dict[str, str]:
    """What pages hold within their frames, and all other files but the theme's assets."""
    found = {}
    for path in html_files(site):
        text = path.read_text("utf-8")
        inner = re.search(r'<article class="ob" id="content">(.*)</article>', text, re.DOTALL)
        head = re.search(r"<title>.*?</title>|<meta name=.description.[^>]*>", text)
        found[path.relative_to(site).as_posix()] = (inner[1] if inner else text) + (head[0] if head else "")
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        theme = re.match(r"assets/(stylesheets|javascripts|images)/", name)
        if path.is_file() and path.suffix != ".html" and not theme:
            found[name] = path.read_bytes().decode("utf-8", "replace")
    return found


@pytest.mark.skipif(importlib.util.find_spec("zensical") is None, reason="Zensical is not installed")
def test_both_engines_give_the_same_content(
    bibliography: Bibliography, project: Path, built_site: Path, tmp_path: Path
) -> None:
    """Only the frames differ between the engines: same files, same content."""
    build(bibliography, project, tmp_path / "site", engine="zensical")
    assert contents(tmp_path / "site") == contents(built_site)

"""Markdown: citations, awesome lists, source lists written back, READMEs; and citations as plain text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from odebib.errors import UsageError
from odebib.formats import awesome, markdown, text
from odebib.model.bibliography import Bibliography
from odebib.model.entry import Entry
from odebib.model.record import Record, Section, SourceList
from odebib.project import store
from odebib.project.store import Project
from strategies import hostile_text

ROOT = Path(__file__).parents[2]


def items(body: str) -> list[str]:
    """The items of a list, without its table of contents."""
    return [line for line in body.splitlines() if line.startswith("- ") and "](#" not in line]


class TestMathematics:
    """Formulas in Markdown: whoever does not know them must not take them for markup."""

    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            pytest.param("$N_1$ and $x^2$", "$N_1$ and $x^2$", id="nothing-to-do"),
            pytest.param("$<b>x$", "$< b>x$", id="tag"),
            pytest.param("$<!-- x$", "$< !-- x$", id="comment"),
            pytest.param("$[a](https://a.test)$", "$[a] (https://a.test)$", id="link"),
            pytest.param("$![a](https://a.test)$", "$![a] (https://a.test)$", id="image"),
            pytest.param("$x^*$ and $y^*$", "$x^\\ast$ and $y^\\ast$", id="star-at-the-end"),
            pytest.param(r"$\mathcal{L}_{a} + L_{b}$", r"$\mathcal{L}_ {a} + L_ {b}$", id="emphasis"),
            pytest.param(r"$\input{x}$", r"$\\input{x}$", id="refused"),
        ],
    )
    def test_is_no_markup(self, title: str, expected: str) -> None:
        """A space, which TeX does not see, keeps what looks like markup apart."""
        assert markdown.escaped(title) == expected
        shown = MarkdownIt("commonmark").renderInline(expected)
        assert "<" not in shown


class TestCitation:
    """One line of Markdown."""

    @pytest.mark.parametrize(
        ("key", "expected"),
        [
            pytest.param(
                "adams2019flows",
                "Ann B. Adams and Wei Li. "
                "[Flows on Graphs: A Continuous View](https://doi.org/10.1234/flows.2019). "
                "NeurIPS 2019.",
                id="paper",
            ),
            pytest.param(
                "chen2020depth",
                "Tian Qi Chen et al. "
                "[How Deep Is Continuous?](https://arxiv.org/abs/2003.12345). arXiv 2020.",
                id="preprint",
            ),
            pytest.param(
                "benchmark2018", "[The Toy Benchmark](https://benchmark.example.org).", id="website"
            ),
        ],
    )
    def test_line(self, toy: Project, key: str, expected: str) -> None:
        """Authors, linked title, venue and year."""
        assert markdown.render(toy.bibliography, [key]) == expected + "\n"

    @given(hostile_text)
    def test_title_is_no_markup(self, title: str) -> None:
        """Whatever the title, Markdown shows it as one link."""
        entry = Entry.model_construct(
            key="one", title=" ".join(title.split()) or "x", url="https://example.org/(a)"
        )
        line = markdown.linked_title(entry)
        if "$" not in line and not re.search(r"[\x00-\x1f\x7f-\x9f\ufffe-\uffff]|^\W*$", line[1:-28]):
            tokens = MarkdownIt().parseInline(line)[0].children or []
            assert [token.type for token in tokens].count("link_open") == 1
            assert "<" not in "".join(token.content for token in tokens if token.type == "html_inline")


class TestAwesomeList:
    """An awesome list, by the rules of awesome-lint."""

    @pytest.fixture(params=["toy", pytest.param("data", marks=pytest.mark.data)])
    def bibliography(self, request: pytest.FixtureRequest, toy: Project) -> Bibliography:
        """The toy bibliography, then the project's own."""
        return toy.bibliography if request.param == "toy" else store.load(ROOT).bibliography

    def test_items_pass_the_rules(self, bibliography: Bibliography) -> None:
        """A link, a dash, a description that begins with a capital or a digit and ends with a stop."""
        found = items(awesome.render(bibliography, bibliography.entries))
        assert len(found) == len(bibliography.entries)
        for line in found:
            link = r"\[(?:[^\[\]\\]|\\.)+\]\(https?://[^\s()]+\)"
            assert re.fullmatch(rf"- (?:{link}|[^\[]+) - [A-Z0-9].*[.!?]", line), line

    def test_no_address_twice(self, bibliography: Bibliography) -> None:
        """Every work stands once, under the first topic it names."""
        links = re.findall(
            r"^- \[.*?\]\((\S+?)\)", awesome.render(bibliography, bibliography.entries), re.MULTILINE
        )
        works = [link for link in links if not link.startswith("#")]
        assert len(works) == len(set(works))

    def test_contents_match_the_headings(self, bibliography: Bibliography) -> None:
        """Every section of the first two levels is in the contents, in order."""
        body = awesome.render(bibliography, bibliography.entries)
        headings = re.findall(r"^###? (.+)$", body, re.MULTILINE)
        contents = re.findall(r"^ *- \[(.+?)\]\(#", body, re.MULTILINE)
        assert headings == ["Contents", *contents]

    def test_whole_item(self, toy: Project) -> None:
        """Authors, venue, awards, summary, badges as text, links."""
        entry = toy.bibliography.entries["adams2019flows"]
        assert awesome.item(toy.bibliography, entry) == (
            "- [Flows on Graphs: A Continuous View](https://doi.org/10.1234/flows.2019) - "
            "Ann B. Adams and Wei Li, "
            "NeurIPS 2019, oral. Messages between nodes become a flow in continuous time. "
            "(`theory`, [code](https://example.org/flows))."
        )

    def test_retracted_comes_first(self, toy: Project) -> None:
        """Nobody reads on without knowing."""
        entry = toy.bibliography.entries["old2015networks"]
        assert " - Retracted. Otto Old, ICLR 2015." in awesome.item(toy.bibliography, entry)

    def test_name_in_small_letters(self) -> None:
        """A description begins with a capital also where the name does not."""
        entry = Entry(key="one", title="T", authors=["bell hooks"], url="https://example.org")
        assert (
            awesome.item(Bibliography({"one": entry}), entry) == "- [T](https://example.org) - By bell hooks."
        )

    def test_equal_headings_have_their_own_anchors(self) -> None:
        """As GitHub counts them."""
        twice = [Section(title="A & B", records=[Record(title="x", entry=key)]) for key in ("one", "two")]
        source = SourceList(id="l", name="L", sections=twice)
        entries = {key: Entry(key=key, title=key, url=f"https://example.org/{key}") for key in ("one", "two")}
        body = awesome.render(Bibliography(entries, lists={"l": source}), entries, source_list="l")
        assert "- [A & B](#a--b)\n- [A & B](#a--b-1)\n" in body


class TestAsListed:
    """A source list written back."""

    SOURCE = SourceList(
        id="l",
        name="L",
        sections=[
            Section(
                title="First",
                records=[
                    Record(text="One: [ICML18](https://example.org/1)", title="One"),
                    Record(text="Two", title="Two", quote="Its words."),
                    Record(text="Lost", title="Lost", gone="2024-01-01"),
                ],
                sections=[Section(title="Below", records=[Record(title="Only a title")])],
            )
        ],
    )

    def test_own_order_and_words(self) -> None:
        """Sections and items as they stood; what vanished from the source is not there."""
        assert awesome.as_listed(self.SOURCE) == (
            "## First\n\n- One: [ICML18](https://example.org/1)\n- Two\n\n  > Its words.\n\n"
            "### Below\n\n- Only a title\n"
        )


class TestReadme:
    """A README that keeps its own head and foot."""

    README = f"# Mine\n\nhead\n\n{awesome.BEGIN}\nold\n{awesome.END}\n\nfoot\n"

    def test_only_what_is_between_the_marks_changes(self) -> None:
        """Everything else stays byte for byte."""
        assert awesome.into_readme(self.README, "new\n") == self.README.replace("old", "new")

    def test_twice_is_once(self) -> None:
        """A second run changes nothing."""
        once = awesome.into_readme(self.README, "new\n")
        assert once is not None
        assert awesome.into_readme(once, "new\n") == once

    @pytest.mark.parametrize(
        "readme", ["# Mine\n", f"{awesome.END}\n{awesome.BEGIN}\n", f"{awesome.BEGIN}\n"]
    )
    def test_without_marks(self, readme: str) -> None:
        """Nothing is guessed."""
        assert awesome.into_readme(readme, "new\n") is None

    def test_new(self) -> None:
        """A new README can be written into again."""
        assert awesome.into_readme(awesome.new_readme("A", "x\n"), "y\n") == awesome.new_readme("A", "y\n")


class TestText:
    """Plain citations in a CSL style."""

    def test_default_style(self, toy: Project) -> None:
        """A line for each entry."""
        assert text.render(toy.bibliography, ["muller2017schrodinger", "adams2019flows"]) == (
            "Müller, J., Ngọc, Đ.T. and Kozłowski, Ł. (2017) "
            "“Solving the Schrödinger Equation in $L^2(\\mathbb{R}^d)$ "
            "with ResNets”, Journal of Toy Mathematics, 4, pp. 55–70. Available at: "
            "https://doi.org/10.1234/jtm.4.55.\n"
            "Adams, A.B. and Li, W. (2019) “Flows on Graphs: A Continuous View”, "
            "Advances in Neural Information "
            "Processing Systems, pp. 100–112. Available at: https://doi.org/10.1234/flows.2019.\n"
        )

    def test_unknown_style(self, toy: Project) -> None:
        """An unknown style is told with what to do."""
        with pytest.raises(UsageError, match="there is no citation style `harvrd-cite-them`") as error:
            text.render(toy.bibliography, ["adams2019flows"], style="harvrd-cite-them")
        assert error.value.hint is not None

    def test_broken_style(self, toy: Project, tmp_path: Path) -> None:
        """A file that is no style is told as such."""
        (tmp_path / "x.csl").write_text("<style")
        with pytest.raises(UsageError, match="is no CSL style that can be read"):
            text.render(toy.bibliography, ["adams2019flows"], style=str(tmp_path / "x.csl"))

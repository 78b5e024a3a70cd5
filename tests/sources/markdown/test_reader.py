"""Reading awesome lists: what is an item, what belongs to it, and what it says."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odebib.model.entry import EntryType
from odebib.model.record import Record
from odebib.sources.found import Found
from odebib.sources.markdown.fields import type_of_section
from odebib.sources.markdown.items import bare_source
from odebib.sources.markdown.links import badge, label_kind, repository_of_badge
from odebib.sources.markdown.pieces import Piece
from odebib.sources.markdown.reader import read


def found(text: str) -> Found:
    return read(textwrap.dedent(text), "the list")


def records(text: str) -> list[Record]:
    return [item.record for _, item in found(text).records()]


def the_record(text: str) -> Record:
    (record,) = records(text)
    return record


def said(record: Record) -> dict[str, object]:
    """Everything a record holds but its text."""
    return record.model_dump(mode="json", exclude_defaults=True, exclude={"text"})


def outline(result: Found) -> list[tuple[str, list[str | None]]]:
    return [
        (" > ".join(path), [item.record.title for item in section.records]) for path, section in result.walk()
    ]


class TestDialects:
    """Each way of writing an item gives the same kind of record."""

    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            pytest.param(
                "* Deep Equilibrium Models: [NeurIPS19](https://arxiv.org/abs/1909.01377)",
                {"title": "Deep Equilibrium Models", "venue": "NeurIPS", "year": 2019, "arxiv": "1909.01377"},
                id="title-colon-venue-link",
            ),
            pytest.param(
                "* On Second Order Behaviour [NeurIPS20](https://arxiv.org/abs/2006.07220)",
                {
                    "title": "On Second Order Behaviour",
                    "venue": "NeurIPS",
                    "year": 2020,
                    "arxiv": "2006.07220",
                },
                id="venue-link-without-colon",
            ),
            pytest.param(
                "* MALI: An integrator for ODEs: [ICLR21](https://openreview.net/pdf?id=blfSjHeFM_e)",
                {
                    "title": "MALI: An integrator for ODEs",
                    "venue": "ICLR",
                    "year": 2021,
                    "openreview": "blfSjHeFM_e",
                },
                id="colon-inside-the-title",
            ),
            pytest.param(
                "* Stable Neural Flows: [arXv20](https://arxiv.org/abs/2003.08063)",
                {"title": "Stable Neural Flows", "year": 2020, "arxiv": "2003.08063"},
                id="a-preprint-server-is-no-venue",
            ),
            pytest.param(
                "* Learning unknown ODEs: [arXiv18](https://arxiv.org/abs/1803.04303), "
                "[code](https://github.com/cag/npde/)",
                {
                    "title": "Learning unknown ODEs",
                    "year": 2018,
                    "arxiv": "1803.04303",
                    "links": {"code": ["https://github.com/cag/npde/"]},
                },
                id="code-after-venue",
            ),
            pytest.param(
                "* Neural ODEs (best paper award): [NeurIPS18](https://arxiv.org/pdf/1806.07366.pdf)",
                {
                    "title": "Neural ODEs",
                    "venue": "NeurIPS",
                    "year": 2018,
                    "arxiv": "1806.07366",
                    "awards": ["best paper"],
                },
                id="award-behind-the-title",
            ),
            pytest.param(
                "* Dynamic Graphs: [arXiv21](https://arxiv.org/abs/2106.11581), "
                'extended version of "Graph ODEs"',
                {
                    "title": "Dynamic Graphs",
                    "year": 2021,
                    "arxiv": "2106.11581",
                    "note": 'extended version of "Graph ODEs"',
                },
                id="trailing-remark-is-a-note",
            ),
            pytest.param("* A model of weather", {"title": "A model of weather"}, id="title-alone"),
            pytest.param(
                "1. 2024-06-20 - [Transferable Generators](https://arxiv.org/abs/2406.14426) "
                "by Klein, Noé<br>\n"
                "   A method that does things. [[Code](https://osf.io/n8vz3)]",
                {
                    "title": "Transferable Generators",
                    "authors": ["Klein", "Noé"],
                    "year": 2024,
                    "month": 6,
                    "arxiv": "2406.14426",
                    "links": {"code": ["https://osf.io/n8vz3"]},
                    "summary": "A method that does things.",
                },
                id="date-link-people-and-description",
            ),
            pytest.param(
                "- **Distilling the knowledge** (2015), G. Hinton et al. "
                "[[pdf]](http://arxiv.org/pdf/1503.02531)",
                {
                    "title": "Distilling the knowledge",
                    "authors": ["G. Hinton", "others"],
                    "year": 2015,
                    "arxiv": "1503.02531",
                },
                id="bold-year-people",
            ),
            pytest.param(
                "1. **Learning in Sinusoidal Spaces**, *Jian Cheng Wong, Chinchun Ooi*, arXiv:2109.09338 "
                "[physics], 2021. [[paper](http://arxiv.org/pdf/2109.09338.pdf)]",
                {
                    "title": "Learning in Sinusoidal Spaces",
                    "authors": ["Jian Cheng Wong", "Chinchun Ooi"],
                    "year": 2021,
                    "arxiv": "2109.09338",
                },
                id="bold-italic-people-preprint",
            ),
            pytest.param(
                "1. **How Powerful are Graph Networks?** ICLR 2019. "
                "[paper](https://openreview.net/pdf?id=ryGs6iA5Km)\n\n    *Keyulu Xu, Weihua Hu.*",
                {
                    "title": "How Powerful are Graph Networks?",
                    "authors": ["Keyulu Xu", "Weihua Hu"],
                    "venue": "ICLR",
                    "year": 2019,
                    "openreview": "ryGs6iA5Km",
                },
                id="people-in-a-second-paragraph",
            ),
            pytest.param(
                "- [NeRF: Scenes](https://www.matthewtancik.com/nerf), Mildenhall et al., ECCV 2020 | "
                "[github](https://github.com/bmild/nerf) | [bibtex](./NeRF.bib#L1)",
                {
                    "title": "NeRF: Scenes",
                    "authors": ["Mildenhall", "others"],
                    "venue": "ECCV",
                    "year": 2020,
                    "url": "https://www.matthewtancik.com/nerf",
                    "links": {"code": ["https://github.com/bmild/nerf"]},
                },
                id="link-people-venue-bars",
            ),
            pytest.param(
                "- [ICML 2019] **A Bold Title**. *A. Author, B. Author.* "
                "[[slides]](https://x.org/s.pdf) [[poster](https://x.org/p.png)]",
                {
                    "title": "A Bold Title",
                    "authors": ["A. Author", "B. Author"],
                    "venue": "ICML",
                    "year": 2019,
                    "links": {"slides": ["https://x.org/s.pdf"], "poster": ["https://x.org/p.png"]},
                },
                id="venue-in-brackets-first",
            ),
            pytest.param(
                "- DeepONet: Learning operators [`arxiv`](https://arxiv.org/abs/1910.03193) "
                "[`code`](https://github.com/lu/deeponet) <br> "
                "Lu, Lu, Pengzhan Jin, and George Em Karniadakis "
                "<br> _arXiv preprint arXiv:1910.03193 (2019)._",
                {
                    "title": "DeepONet: Learning operators",
                    "authors": ["Lu Lu", "Pengzhan Jin", "George Em Karniadakis"],
                    "year": 2019,
                    "arxiv": "1910.03193",
                    "links": {"code": ["https://github.com/lu/deeponet"]},
                },
                id="lines-of-html-breaks",
            ),
            pytest.param(
                "- 🔥 [Emoji Title](https://doi.org/10.1000/xyz) :star:",
                {"title": "Emoji Title", "doi": "10.1000/xyz"},
                id="emoji",
            ),
            pytest.param(
                '- <a href="https://arxiv.org/abs/2001.00006"><b>An HTML Title</b></a><br>'
                "by <i>Jane Roe, John Doe</i><br>ICLR 2022",
                {
                    "title": "An HTML Title",
                    "authors": ["Jane Roe", "John Doe"],
                    "venue": "ICLR",
                    "year": 2022,
                    "arxiv": "2001.00006",
                },
                id="html-item",
            ),
            pytest.param(
                "- [x] [Checked Title](https://arxiv.org/abs/2001.00002)",
                {"title": "Checked Title", "arxiv": "2001.00002"},
                id="task-list",
            ),
            pytest.param(
                "- [Neural ODE][node]\n\n[node]: https://arxiv.org/abs/1806.07366",
                {"title": "Neural ODE", "arxiv": "1806.07366"},
                id="reference-style-link",
            ),
        ],
    )
    def test_item(self, item: str, expected: dict[str, object]) -> None:
        """An item of a dialect is understood whole."""
        assert said(the_record("# List\n\n## Section\n\n" + item)) == expected

    def test_item_paragraph(self) -> None:
        """A paragraph with a bold title and links is an item without a bullet."""
        text = """
        ## Papers
        **Denoising Things** \\
        *Jonathan Ho, Ajay Jain* \\
        NeurIPS 2020. [[Paper](https://arxiv.org/abs/2006.11239)] \\
        19 Jun 2020
        """
        assert said(the_record(text)) == {
            "title": "Denoising Things",
            "authors": ["Jonathan Ho", "Ajay Jain"],
            "venue": "NeurIPS",
            "year": 2020,
            "arxiv": "2006.11239",
        } | ({"month": 6} if the_record(text).month else {})

    def test_heading_that_is_a_work(self) -> None:
        """A heading that leads to a paper is an item, and what follows belongs to it."""
        text = """
        # List
        ## Papers
        ### [A Paper as Heading](https://arxiv.org/abs/2101.00011)
        *Jane Roe, John Doe*

        > What it says of itself.
        """
        assert said(the_record(text)) == {
            "title": "A Paper as Heading",
            "authors": ["Jane Roe", "John Doe"],
            "arxiv": "2101.00011",
            "quote": "What it says of itself.",
        }

    def test_labelled_bullets(self) -> None:
        """A heading whose bullets tell authors, venue and link is the title of a work."""
        text = """
        ## Papers
        ### A Plain Heading
        - **Authors:** Jane Roe, John Doe
        - **Venue:** ICML 2020
        - **Link:** [paper](https://arxiv.org/abs/2101.00012)
        - **Abstract:** Something was done.
        """
        assert said(the_record(text)) == {
            "title": "A Plain Heading",
            "authors": ["Jane Roe", "John Doe"],
            "venue": "ICML",
            "year": 2020,
            "arxiv": "2101.00012",
            "abstract": "Something was done.",
        }

    def test_several_works_in_one_item(self) -> None:
        """An item that begins with several titles holds as many works."""
        text = (
            "- [First Work](https://arxiv.org/abs/2001.00001), "
            "[Second Work](https://arxiv.org/abs/2001.00002) do it."
        )
        assert [record.arxiv for record in records(text)] == ["2001.00001", "2001.00002"]


class TestSoftware:
    """Libraries and repositories."""

    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            pytest.param(
                "* **torchdyn**: PyTorch library. [repo](https://github.com/d/torchdyn), [docs](https://t.io/)",
                {
                    "title": "torchdyn",
                    "type": "software",
                    "summary": "PyTorch library.",
                    "links": {"code": ["https://github.com/d/torchdyn"], "docs": ["https://t.io/"]},
                },
                id="bold-name-description-repo",
            ),
            pytest.param(
                "- [Matomo](https://matomo.org/) - Web analytics. "
                "([Source Code](https://github.com/m/matomo)) `GPL-3.0` `PHP/Docker`",
                {
                    "title": "Matomo",
                    "type": "software",
                    "url": "https://matomo.org/",
                    "summary": "Web analytics.",
                    "links": {"code": ["https://github.com/m/matomo"]},
                    "licence": "GPL-3.0",
                    "language": ["PHP"],
                },
                id="licence-and-language",
            ),
            pytest.param(
                "- torchode: parallel solvers [code](https://github.com/m/torchode)",
                {
                    "title": "torchode",
                    "type": "software",
                    "summary": "parallel solvers",
                    "links": {"code": ["https://github.com/m/torchode"]},
                },
                id="plain-name",
            ),
            pytest.param(
                "1. 2020-12-07 - [flowtorch](https://github.com/f/flowtorch) by [Facebook / Meta](https://f.com)\n"
                "&ensp;\n"
                '<img src="https://img.shields.io/github/stars/f/flowtorch" alt="stars" /><br>\n'
                "   A library.",
                {
                    "title": "flowtorch",
                    "type": "software",
                    "authors": ["{Facebook}", "{Meta}"],
                    "year": 2020,
                    "month": 12,
                    "summary": "A library.",
                    "links": {"code": ["https://github.com/f/flowtorch"]},
                },
                id="made-by-a-group",
            ),
        ],
    )
    def test_item(self, item: str, expected: dict[str, object]) -> None:
        """The name is the title, what follows is the summary."""
        assert said(the_record("# List\n\n## Software and Libraries\n\n### Python\n\n" + item)) == expected

    def test_paper_of_a_library(self) -> None:
        """The paper that goes with a library does not identify the library."""
        item = "- [x](https://github.com/a/x) - Solvers. [paper](https://arxiv.org/abs/2001.00001)"
        record = the_record("## Packages\n" + item)
        assert record.arxiv is None

    @pytest.mark.parametrize(
        ("headings", "expected"),
        [
            pytest.param(["Software and Libraries", "Python"], EntryType.SOFTWARE, id="outer-heading"),
            pytest.param(["PyTorch Packages"], EntryType.SOFTWARE, id="last-word"),
            pytest.param(["📺 Videos"], EntryType.TALK, id="emoji"),
            pytest.param(["Websites and Blogs"], EntryType.WEBSITE, id="several-words"),
            pytest.param(["Software", "Newsletters and Email"], EntryType.SOFTWARE, id="whole-heading-wins"),
            pytest.param(["Survey papers"], None, id="surveys-are-papers"),
            pytest.param(["Video Generation"], None, id="a-subject"),
            pytest.param(["Learning from Data"], None, id="a-subject-with-data"),
        ],
    )
    def test_section_type(self, headings: list[str], expected: EntryType | None) -> None:
        """Headings tell what kind of thing stands below, unless they name a subject."""
        assert type_of_section(headings) == expected


class TestBelongings:
    """What stands around an item and belongs to it."""

    def test_quote_after_a_badge_paragraph(self) -> None:
        """Badges and a quote that follow the bullet, not indented, belong to it."""
        record = the_record(
            """
            * Augmented ODEs: [NeurIPS19](https://arxiv.org/abs/1904.01681)

            ![IC](https://img.shields.io/badge/images-blue.svg?logo=x) ![T](https://img.shields.io/badge/theory-black.svg)

            > We show that *things* hold, and
            that they go on.
            """
        )
        assert record.tags == ("images", "theory")
        assert record.quote == "We show that things hold, and that they go on."
        assert record.text == "Augmented ODEs: [NeurIPS19](https://arxiv.org/abs/1904.01681)"

    def test_folded_abstract(self) -> None:
        """The text of ``<details>`` called abstract is a quote."""
        record = the_record(
            """
            - [A Paper](https://arxiv.org/abs/2001.00005)
              <details><summary>Abstract</summary>
              We do a thing.
              </details>
            """
        )
        assert record.quote == "We do a thing."

    def test_sub_bullets_that_tell_of_the_item(self) -> None:
        """People, venue and links in sub-bullets are the item's own."""
        record = the_record(
            """
            - **Attributed Embedding (ICLR 2020)**
              - Jie Zhou, Ganqu Cui
              - [[Paper]](https://arxiv.org/abs/2001.00004)
              - [[Python Reference]](https://github.com/a/b)
            """
        )
        assert said(record) == {
            "title": "Attributed Embedding",
            "authors": ["Jie Zhou", "Ganqu Cui"],
            "venue": "ICLR",
            "year": 2020,
            "arxiv": "2001.00004",
            "links": {"code": ["https://github.com/a/b"]},
        }

    def test_sub_bullets_that_are_items(self) -> None:
        """An item with sub-bullets that have titles of their own stays an item beside them."""
        titles = [
            record.title
            for record in records(
                """
                - [Node](https://example.org/node) - A thing.
                  - [Electron](https://example.org/electron) - Built on it.
                """
            )
        ]
        assert titles == ["Node", "Electron"]

    def test_group_of_sub_bullets(self) -> None:
        """A bullet that only introduces others is a section."""
        result = found(
            """
            # List
            ## Code
            - Solvers:
              - [torchdiffeq](https://github.com/r/torchdiffeq) - ODE solvers.
            - [diffrax](https://github.com/p/diffrax) - JAX solvers.
            """
        )
        assert outline(result) == [("Code", ["diffrax"]), ("Code > Solvers", ["torchdiffeq"])]

    def test_bold_title_stays(self) -> None:
        """What stands below a bold title never replaces it."""
        record = the_record(
            "- **A Bold Title.** NIPS 2024. [paper](https://openreview.net/forum?id=cqfE9eYMdP)\n\n"
            "   *Jian Luo, Hong Wang, huanshuo dong, Zijie Geng, and Yufei Kuang.*"
        )
        assert record.title == "A Bold Title"

    def test_citation_below_a_nickname(self) -> None:
        """A sub-bullet with the whole citation gives people and the full title."""
        record = the_record(
            """
            * PVANET [[Paper]](http://arxiv.org/pdf/1608.08021)
              * Kye-Hyeon Kim, Sanghoon Hong, PVANET: Deep but Lightweight Networks, arXiv:1608.08021
            """
        )
        assert record.title == "PVANET: Deep but Lightweight Networks"
        assert [str(name) for name in record.authors] == ["Kye-Hyeon Kim", "Sanghoon Hong"]


class TestTables:
    """A row is an item; headings of columns say what the cells are."""

    def test_columns(self) -> None:
        """Title, people, venue, date and code are found in their columns."""
        record = the_record(
            """
            | Title | Authors | Venue | Date | Code |
            |---|---|---|---|---|
            | [Table Paper][p] | Roe, J., Doe, J. | NeurIPS | 2021-03 | [x](https://github.com/x/y) |

            [p]: https://arxiv.org/abs/2101.00001
            """
        )
        assert said(record) == {
            "title": "Table Paper",
            "authors": ["J. Roe", "J. Doe"],
            "venue": "NeurIPS",
            "year": 2021,
            "month": 3,
            "arxiv": "2101.00001",
            "links": {"code": ["https://github.com/x/y"]},
        }

    def test_html_table(self) -> None:
        """A table in HTML is read as one in Markdown."""
        record = the_record(
            '<table>\n<tr><th>Paper</th><th>Venue</th></tr>\n<tr><td><a href="https://arxiv.org/abs/2101.00009">'
            "A Paper in HTML</a></td><td>ICML 2021</td></tr>\n</table>"
        )
        assert said(record) == {
            "title": "A Paper in HTML",
            "venue": "ICML",
            "year": 2021,
            "arxiv": "2101.00009",
        }

    def test_unknown_headings(self) -> None:
        """Without a column called title, the one with linked titles is taken."""
        record = the_record(
            "| ? | ?? |\n|-|-|\n| ICML 2020 | [A Linked Title](https://arxiv.org/abs/2101.00001) |"
        )
        assert (record.title, record.year) == ("A Linked Title", 2020)

    def test_legend(self) -> None:
        """A table without titles and links holds no items."""
        assert records("| Symbol | Meaning |\n|-|-|\n| * | good |") == []


class TestWhatIsNoItem:
    """Contents, prose and what a list says of itself."""

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("- [Papers](#papers)\n  - [Surveys](#surveys)", id="contents"),
            pytest.param(
                "* **Part One**\n\n* [Papers](#papers)\n\n* [Talks](#talks)", id="contents-with-groups"
            ),
            pytest.param("## Contributing\n- Fork it\n- [Open an issue](https://x.org)", id="contributing"),
            pytest.param("## License\n- [CC0](https://x.org/cc0)", id="licence"),
            pytest.param("[![Awesome](https://awesome.re/badge.svg)](https://awesome.re)", id="badge"),
            pytest.param("**NOTE:** see [the issues](https://x.org) for more of this.", id="bold-note"),
            pytest.param(
                "[Neural ODEs](https://arxiv.org/abs/1806.07366) are a family of models that go on.",
                id="prose",
            ),
            pytest.param("<!-- \n- [Hidden](https://arxiv.org/abs/1806.07366)\n\n-->", id="comment"),
        ],
    )
    def test_nothing_found(self, text: str) -> None:
        """Neither a record nor something that was not understood."""
        result = found("# List\n\n" + text)
        assert (list(result.records()), result.not_understood) == ([], [])

    @pytest.mark.parametrize(
        ("text", "line", "reason"),
        [
            pytest.param(
                "# List\n\n## Papers\n- [Part two](other.md)",
                4,
                "leads only to another page of the list",
                id="other-page",
            ),
            pytest.param(
                "# List\n\n* compute one layer of it",
                3,
                "plain words without link, people, venue or year",
                id="loose-words",
            ),
            pytest.param(
                "# List\n\n* [pdf](https://x.org/a.pdf)", 3, "no title could be made out", id="no-title"
            ),
        ],
    )
    def test_not_understood(self, text: str, line: int, reason: str) -> None:
        """What looks like an item and gives no record is reported with its line and the reason."""
        result = found(text)
        assert [(item.line, item.reason) for item in result.not_understood] == [(line, reason)]
        assert list(result.records()) == []


class TestList:
    """What is said of the list as a whole."""

    PAGE = """
    Ecosyste.ms: Awesome

    https://github.com/someone/awesome-odes

    README

    # Awesome ODEs

    ![IC](https://img.shields.io/badge/images-blue.svg)
    ![X](https://img.shields.io/badge/unused-red.svg)

    A collection of things about differential equations.

    # Table of Contents

    * [Neural](#neural)

    ## Neural

    ### Training

    * A Title: [ICML20](https://arxiv.org/abs/2006.02493)

    ![IC](https://img.shields.io/badge/images-blue.svg)

    ## Other

    * Another Title: [ICML20](https://arxiv.org/abs/2006.02494)
    """

    def test_name_url_and_description(self) -> None:
        """The first heading is the name; the list's own repository and first paragraph are found."""
        result = found(self.PAGE)
        assert result.name == "Awesome ODEs"
        assert result.url == "https://github.com/someone/awesome-odes"
        assert result.description == "A collection of things about differential equations."

    def test_sections(self) -> None:
        """Sections nest as headings do; the contents hold none."""
        assert outline(found(self.PAGE)) == [
            ("Neural", []),
            ("Neural > Training", ["A Title"]),
            ("Other", ["Another Title"]),
        ]

    def test_badges(self) -> None:
        """Badges that items use are known with their colours."""
        assert [(one.name, one.colour) for one in found(self.PAGE).badges] == [("images", "#007ec6")]

    def test_lines(self) -> None:
        """A record knows the line on which its item begins."""
        lines = textwrap.dedent(self.PAGE).split("\n")
        for _, item in found(self.PAGE).records():
            assert str(item.record.title) in lines[item.line - 1]

    def test_no_headings(self) -> None:
        """A list without headings has one section of its own name."""
        result = found("- [A Title](https://arxiv.org/abs/2006.02493)")
        assert outline(result) == [("the list", ["A Title"])]

    def test_details_as_section(self) -> None:
        """``<details>`` with a summary is a section that ends where it closes."""
        result = found(
            """
            # List
            ## Papers
            <details><summary>2020 and before</summary>

            - [Old](https://arxiv.org/abs/1901.00001)

            </details>

            - [New](https://arxiv.org/abs/2101.00001)
            """
        )
        assert outline(result) == [("Papers", ["New"]), ("Papers > 2020 and before", ["Old"])]

    def test_html_title(self) -> None:
        """A title written in HTML is the list's name."""
        assert (
            found('<h1 align="center">\n  Awesome Flows\n</h1>\n\n## A\n- [B c](https://x.org)').name
            == "Awesome Flows"
        )


class TestLinks:
    """What a link leads to."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("PDF", "paper", id="paper"),
            pytest.param("[Official code]", "code", id="filler"),
            pytest.param("code & model", "code", id="two-kinds"),
            pytest.param("Tweet", "", id="no-field"),
            pytest.param("Project Page", "project", id="project"),
            pytest.param("video 2", "video", id="numbered"),
            pytest.param("Neural Code Search", None, id="a-title"),
            pytest.param("arXiv19", None, id="a-venue-with-year"),
        ],
    )
    def test_label(self, text: str, expected: str | None) -> None:
        """A link's text is a label only if all its words are."""
        assert label_kind(text) == expected

    def test_pdf(self) -> None:
        """A PDF that is no identifier goes to the links."""
        record = the_record("- A Title of a Work [[pdf]](https://x.org/a.pdf)")
        assert record.links.pdf == ("https://x.org/a.pdf",)

    def test_linked_badge(self) -> None:
        """A badge that is a link is read as the link it stands for."""
        record = the_record(
            "- **A Title of a Work** [![arXiv](https://img.shields.io/badge/arXiv-2004.00001-b31b1b.svg)]"
            "(https://arxiv.org/abs/2004.00001) ![](https://img.shields.io/badge/CVPR-2020-blue)"
        )
        assert (record.arxiv, record.venue, record.year, record.tags) == ("2004.00001", "CVPR", 2020, ())

    def test_address_without_markup(self) -> None:
        """An address in running text is a link, without the punctuation behind it."""
        record = the_record("- A Title of a Work (https://arxiv.org/abs/2004.00001).")
        assert (record.title, record.arxiv) == ("A Title of a Work", "2004.00001")

    def test_script_address(self) -> None:
        """An address that is none of the web is no link."""
        record = the_record("- [A Title of a Work](javascript:alert(1)) by Jane Roe, John Doe")
        assert (record.url, list(record.links.items())) == (None, [])

    @pytest.mark.parametrize(
        ("image", "expected"),
        [
            pytest.param(
                "https://img.shields.io/badge/images-blue.svg?logo=x", ("images", "#007ec6"), id="named"
            ),
            pytest.param(
                "https://img.shields.io/badge/deep_learning-ff0000", ("deep learning", "#ff0000"), id="hex"
            ),
            pytest.param("https://img.shields.io/badge/a--b-1d4.svg", ("a-b", "#11dd44"), id="dash"),
            pytest.param("https://img.shields.io/badge/License-MIT-green.svg", None, id="licence"),
            pytest.param("https://img.shields.io/github/stars/a/b", None, id="stars"),
            pytest.param("https://x.org/picture.png", None, id="picture"),
        ],
    )
    def test_badge(self, image: str, expected: tuple[str, str] | None) -> None:
        """A badge has a name and a colour; those of repositories and licences are none."""
        assert badge(Piece("x", image=image)) == expected

    def test_star_badge(self) -> None:
        """A badge that counts stars names a repository."""
        assert repository_of_badge("https://img.shields.io/github/stars/a/b.svg") == "https://github.com/a/b"


class TestText:
    """The item as it stands."""

    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            pytest.param("A [b](c) ![x](https://y.z/i.svg)", "A [b](c)", id="image"),
            pytest.param("A [![x](https://y.z/i.svg)](https://y.z) b", "A b", id="linked-badge"),
            pytest.param("A <!-- key --> b", "A b", id="comment"),
            pytest.param('A\n&ensp;\n<img src="x"/><br>', "A", id="html"),
        ],
    )
    def test_bare_source(self, source: str, expected: str) -> None:
        """Images, badges and comments are no part of it."""
        assert bare_source(source) == expected


WORDS = """
-  *  1.  #  ##  >  |  |-|-|  [  ](  )  **  `  <a href='  '>  </a>  <details>  </details>  <summary>  <table>
<tr><td>  <li>  <!--  -->  ![  https://arxiv.org/abs/2001.00001  https://x.org/a.pdf  Neural  ODEs  NeurIPS
2018  Roe,  Jane  et al.  (oral)  code  by  :
"""
MARKUP = st.sampled_from(WORDS.split()).map("{} ".format) | st.sampled_from(
    ["\n", "\n\n", "    ", "\x00", "\u202e", "\ud800"]
)
"""What lists are made of, and what should not be in them."""


class TestAnyInput:
    """Laws for input of any kind."""

    @given(st.lists(st.one_of(MARKUP, st.text(max_size=8)), max_size=40).map("".join))
    @settings(max_examples=200, deadline=None)
    def test_never_fails(self, text: str) -> None:
        """Whatever the text, reading ends, and all that was found has a line and a title or a reason."""
        result = read(text, "x")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        for _, item in result.records():
            assert item.record.title
            assert 1 <= item.line <= lines
        for left in result.not_understood:
            assert left.reason
            assert 1 <= left.line <= lines

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("<!--" * 20_000, id="comments"),
            pytest.param("* " + "[" * 20_000, id="brackets"),
            pytest.param("* " + "[pdf](http://a.org/x) " * 3_000, id="labels"),
            pytest.param("<details><summary>a b</summary>\n\n" * 3_000, id="folds"),
            pytest.param(">" * 20_000, id="quotes"),
            pytest.param("".join("  " * i + "* a\n" for i in range(200)), id="nesting"),
            pytest.param("* [T](http://a.b/c) " + "&nbsp;" * 20_000, id="spaces"),
        ],
    )
    def test_hostile(self, text: str) -> None:
        """Text made to hang or overflow a reader is read like any other."""
        assert read(text, "x").name == "x"


class TestPlainCitations:
    """Lists whose items are paragraphs of plain text."""

    LIST = """\
        # Papers on Waves

        An introduction in a sentence or two, with https://example.org in it.

        ## 2021

        Deep waves on meshes. Tran, Prantic, Deisenroth. https://arxiv.org/pdf/2101.02149.pdf

        Slow waves. Ann Lee, Bo Berg. https://example.org/slow.pdf

        Fast waves in channels. Jiang, de la Iglesia. https://doi.org/10.1234/fast https://github.com/a/fast

        https://github.com/a/nothing
        """

    def test_are_records(self) -> None:
        """Title, people and addresses are read; the year is that of the heading where no id tells it."""
        deep, slow, fast = records(self.LIST)

        assert said(deep) == {
            "title": "Deep waves on meshes",
            "authors": ["Tran", "Prantic", "Deisenroth"],
            "arxiv": "2101.02149",
        }
        assert (slow.title, slow.year, slow.links.pdf) == (
            "Slow waves",
            2021,
            ("https://example.org/slow.pdf",),
        )
        assert (fast.doi, fast.links.code) == ("10.1234/fast", ("https://github.com/a/fast",))

    def test_what_is_none_is_told(self) -> None:
        """A paragraph among them that is no citation is not dropped."""
        assert [item.text for item in found(self.LIST).not_understood] == ["https://github.com/a/nothing"]

    def test_lines_are_items(self) -> None:
        """Citations on lines of their own, without empty lines between them."""
        text = """\
            # L

            ## Waves

            Deep waves. Ann Lee, Bo Berg. https://example.org/1
            Slow waves. Ann Lee, Cy Cole. https://example.org/2
            Fast waves. Ann Lee, Di Dorn. https://example.org/3
            """

        assert [record.title for record in records(text)] == ["Deep waves", "Slow waves", "Fast waves"]

    def test_prose_is_none(self) -> None:
        """A section that talks to its readers holds no items."""
        text = """\
            # L

            ## About waves

            You find more on waves at https://example.org/waves

            Please see the page of Ann Lee, Bo Berg. https://example.org/people

            Click here: https://example.org/here
            """

        assert records(text) == []

"""Ways in which lists write a work: each with a small item and what it tells."""

from __future__ import annotations

from typing import Any

import pytest

from odebib.sources.markdown.reader import read


def told(markdown: str) -> list[dict[str, Any]]:
    """What each record of a list tells, besides its text; people by their names."""
    records = [found.record for _, found in read(f"# A list\n\n## Papers\n\n{markdown}\n", "list").records()]
    return [
        {**record.model_dump(exclude={"text", "authors", "links"}, exclude_defaults=True)}
        | ({"authors": [str(name) for name in record.authors]} if record.authors else {})
        | dict(record.links.items())
        for record in records
    ]


A = "https://arxiv.org/abs/1801.00001"
B = "https://arxiv.org/abs/1801.00002"

PEOPLE = [
    pytest.param(
        f"- **Stable layers** Ann B. Lee, Bo Chen ICML 2016 [paper]({A})",
        {"authors": ["Ann B. Lee", "Bo Chen"], "venue": "ICML", "year": 2016},
        id="venue-right-behind-the-last",
    ),
    pytest.param(
        f"- **Stable layers** Ann Lee, Bo Chen NeurIPS 2019 [paper]({A})",
        {"authors": ["Ann Lee", "Bo Chen"], "venue": "NeurIPS", "year": 2019},
        id="venue-in-mixed-case",
    ),
    pytest.param(
        f"- **Stable layers** Ann Lee, Bo Chen, and Cy Roe. *ICLR 2018 best paper* [paper]({A})",
        {"authors": ["Ann Lee", "Bo Chen", "Cy Roe"], "venue": "ICLR", "awards": ("best paper",)},
        id="award-behind-the-venue",
    ),
    pytest.param(
        f"- Stable layers by sorting words. [[pdf]({A})]\n\n  Lee, Ann and Chen, Bo and Roe, Cy D. *ICCV 2015*",
        {
            "title": "Stable layers by sorting words",
            "authors": ["Ann Lee", "Bo Chen", "Cy D Roe"],
            "venue": "ICCV",
            "year": 2015,
        },
        id="family-names-first-with-and",
    ),
    pytest.param(
        "- [Stable layers](https://example.org/course) - Ann B. Lee and Bo Chen (UC Berkeley)",
        {"authors": ["Ann B. Lee", "Bo Chen"]},
        id="affiliation-in-brackets",
    ),
    pytest.param(
        f"- **Stable layers.** <br> *[Ann Lee](https://example.org/lee), [Bo Chen](https://example.org/chen).* <br> "
        f"[[PDF]({A})]",
        {"authors": ["Ann Lee", "Bo Chen"], "arxiv": "1801.00001"},
        id="linked-people",
    ),
    pytest.param(
        f"- [Stable layers]({A}), BingQuan Dai, Dong In Lee, Ning An, CVPR 2023",
        {"authors": ["BingQuan Dai", "Dong In Lee", "Ning An"], "venue": "CVPR", "year": 2023},
        id="given-names-that-look-like-words",
    ),
    pytest.param(
        f"- Stable layers for words. [Dijkstra (1968)]({A}).",
        {"title": "Stable layers for words", "authors": ["Dijkstra"], "year": 1968},
        id="family-name-and-year-in-the-link",
    ),
    pytest.param(
        f"- [Stable layers]({A})目光跟随",
        {"title": "Stable layers"},
        id="a-note-in-another-script-names-nobody",
    ),
]

DIALECTS = [
    pytest.param(
        f"- (*NeurIPS'24 D&B*) Stable layers [[paper]({A})]",
        {"title": "Stable layers", "venue": "NeurIPS", "year": 2024},
        id="track-behind-the-venue",
    ),
    pytest.param(
        f"- (*arXiv 2023.05*) Stable layers [[paper]({A})]",
        {"title": "Stable layers", "year": 2023, "month": 5},
        id="month-of-a-preprint",
    ),
    pytest.param(
        f"- Stable layers of R-CNN (2017), K. Lee et al. [[pdf]]({A})",
        {"title": "Stable layers of R-CNN", "authors": ["K. Lee", "others"], "year": 2017},
        id="year-in-brackets-ends-the-title",
    ),
    pytest.param(
        f"- Stable layers for words [[22 Feb 2021]]({A})",
        {"title": "Stable layers for words", "year": 2021, "month": 2},
        id="date-as-the-link",
    ),
    pytest.param(
        f"- **Volumetric layers.** [8th Oct., 2021] [⚡MICCAI, 2021].<br> *Ann Lee, Bo Chen.*<br> [[PDF]({A})]",
        {"title": "Volumetric layers", "venue": "MICCAI", "year": 2021, "authors": ["Ann Lee", "Bo Chen"]},
        id="volume-in-the-title-and-venue-in-brackets",
    ),
    pytest.param(
        f"**Stable layers for words**\n\n- Paper: {A}\n- Code: https://github.com/lee/layers",
        {"title": "Stable layers for words", "arxiv": "1801.00001", "code": "https://github.com/lee/layers"},
        id="bold-title-with-labelled-bullets",
    ),
    pytest.param(
        "- [Stable layers](https://lee.org/layers), Lee et al., CVPR 2023 (Oral)",
        {"authors": ["Lee", "others"], "venue": "CVPR", "awards": ("oral",)},
        id="presentation-is-an-award",
    ),
    pytest.param(
        f"| Title | Authors | URL |\n|---|---|---|\n| Words & Layers: Meaning by Sorting | Ann Lee,Bo Chen | [pdf]({A}) |",
        {
            "title": "Words & Layers: Meaning by Sorting",
            "authors": ["Ann Lee", "Bo Chen"],
            "arxiv": "1801.00001",
        },
        id="columns-are-what-they-are-named",
    ),
    pytest.param(
        f"| Title | Venue | Date |\n|---|---|---|\n| ![stars](https://img.shields.io/x.svg)<br>[**Layers of words**]({A})<br> "
        "| ICML | 2024-06-24 |",
        {"title": "Layers of words", "venue": "ICML", "year": 2024},
        id="a-badge-above-the-title-of-a-row",
    ),
]


DESCRIBED = [
    pytest.param(
        f"| Paper | Links |\n|---|---|\n| 1) **Layers** - a system that learns words. | [Paper]({A}), [Tweet](https://x.com/1) |",
        {"title": "Layers", "arxiv": "1801.00001", "summary": "a system that learns words."},
        id="title-and-description-in-one-cell",
    ),
    pytest.param(
        f"- [Layers]({A})目光跟随",
        {"title": "Layers", "summary": "目光跟随"},
        id="a-note-in-another-script",
    ),
    pytest.param(
        f"#### [1] Layers: Words for All\n- **🧑 作者**：Ann Lee, Bo Chen\n- **🏫 单位**：MIT\n"
        f"- **🔗 链接**：[[中英摘要](./abs/1.md)] [[arXiv:1801.00001]({A})]",
        {"title": "Layers: Words for All", "arxiv": "1801.00001", "authors": ["Ann Lee", "Bo Chen"]},
        id="heading-with-labelled-bullets-in-chinese",
    ),
    pytest.param(
        f"- Ann Lee, Richard Roe, Learning and Making, Tech Report, 1989. [[Report]]({A})",
        {"title": "Learning and Making", "authors": ["Ann Lee", "Richard Roe"], "year": 1989},
        id="a-word-of-a-title-is-no-person",
    ),
]


class TestDescribed:
    """Titles with what a list says of them."""

    @pytest.mark.parametrize(("item", "expected"), DESCRIBED)
    def test_an_item(self, item: str, expected: dict[str, Any]) -> None:
        """One record, with these fields among others."""
        (record,) = told(item)
        assert {name: record.get(name) for name in expected} == expected

    def test_a_relative_link(self) -> None:
        """It leads into the list's repository, where the list tells which that is."""
        text = "# Layers\n\nSee https://github.com/lee/layers/issues.\n\n## Papers\n\n- [Stable words](papers/a.pdf), Ann B. Lee, 2018\n"
        ((_, found),) = read(text, "layers").records()
        assert found.record.links.pdf == ("https://github.com/lee/layers/blob/HEAD/papers/a.pdf",)

    def test_a_file_beside_the_list(self) -> None:
        """A paper that the list keeps itself is a work, wherever the list may be."""
        assert [record["title"] for record in told("- [Stable layers of words](stable-layers.pdf)")] == [
            "Stable layers of words"
        ]


class TestPeople:
    """Authors end where a venue, a year, a link or an affiliation begins."""

    @pytest.mark.parametrize(("item", "expected"), PEOPLE)
    def test_of_an_item(self, item: str, expected: dict[str, Any]) -> None:
        """The item tells these people and no others."""
        (record,) = told(item)
        assert {name: record.get(name) for name in {**expected, "authors": None}} == {
            "authors": None,
            **expected,
        }


class TestDialects:
    """Items of popular lists."""

    @pytest.mark.parametrize(("item", "expected"), DIALECTS)
    def test_an_item(self, item: str, expected: dict[str, Any]) -> None:
        """One record, with these fields among others; leftovers are no summary."""
        (record,) = told(item)
        assert {name: record.get(name) for name in expected} == expected
        assert "summary" not in record


class TestNesting:
    """What stands below an item is a work of its own, or tells more of it."""

    def test_works_below_a_work(self) -> None:
        """Each nested paper is a record, and its parent takes none of its links."""
        markdown = f"- **Stable layers. [Lee (1990)]({A}).**\n    * Deep layers. [Roe, Poe (1991)]({B})."
        assert told(markdown) == [
            {"title": "Stable layers", "authors": ["Lee"], "year": 1990, "arxiv": "1801.00001"},
            {"title": "Deep layers", "authors": ["Roe", "Poe"], "year": 1991, "arxiv": "1801.00002"},
        ]

    def test_citations_below_a_heading(self) -> None:
        """A bullet without a link is the heading of the citations below it."""
        markdown = (
            f"- Layers and Words\n  - Ann Lee, Bo Chen, Natural Actor-Words, ECML, 2005. [[Paper]]({A})\n"
            f"  - Cy Roe, Dee Poe, Search for Layers in Words, NIPS, 2009. [[Paper]]({B})"
        )
        found = [
            (path[-1], found.record.title)
            for path, found in read(f"# A list\n\n## Papers\n\n{markdown}\n", "list").records()
        ]
        assert found == [
            ("Layers and Words", "Natural Actor-Words"),
            ("Layers and Words", "Search for Layers in Words"),
        ]

    def test_where_to_get_a_program(self) -> None:
        """Bullets in a fold that only say where to get it belong to the program."""
        markdown = (
            "<details><summary><b><a href='https://github.com/lee/layers'>Layers</a></b> (🥇56 · ⭐ 200K) - "
            "Words for everyone.</summary>\n\n- [GitHub](https://github.com/lee/layers) (👨‍💻 5K · ⏱️ 30.10.2025):\n"
            "- [PyPi](https://packages.example.org/layers) (📥 26M / month · ⏱️ 13.08.2025):\n\n</details>"
        )
        (record,) = told(markdown)
        assert record["title"] == "Layers"
        assert (record["code"], record["project"]) == (
            "https://github.com/lee/layers",
            "https://packages.example.org/layers",
        )
        assert "year" not in record

    def test_a_section_called_video(self) -> None:
        """It makes no talk of a paper that has people, a venue and a year."""
        item = "- [Layers](https://lee.org), Lee et al., CVPR 2023 | [github](https://github.com/lee/layers)"
        ((_, found),) = read(f"# A list\n\n## Video\n\n{item}\n", "list").records()
        assert found.record.type is None

    def test_a_heading_that_is_a_sentence(self) -> None:
        """It describes the list; it is neither its name nor a section."""
        found = read(
            f"### This repository goes with our survey of stable layers, which appeared in a journal.\n\n"
            f"### Words\n\n- [Stable layers]({A})\n",
            "layers-list",
        )
        assert (found.name, [section.title for section in found.sections]) == ("layers-list", ["Words"])

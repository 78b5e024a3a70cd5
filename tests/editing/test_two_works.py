"""Items of one list that lead elsewhere and are called almost alike are two works."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from odebib.editing import importing
from odebib.sources import files
from projects import load, make

TODAY = datetime.date(2026, 11, 21)


def entries(tmp_path: Path, name: str, text: str) -> int:
    """How many entries importing a file would make."""
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    root = make(tmp_path / "project", {})
    return len(importing.plan(load(root), files.read(source), today=TODAY).new_entries)


class TestOneList:
    """Two items with different addresses."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("[TPC-H](https://a.org/h)", "[TPC-C](https://a.org/c)", id="a letter"),
            pytest.param("[VGG-16](https://a.org/16)", "[VGG-19](https://a.org/19)", id="a number"),
            pytest.param(
                "[Lectures on Waves, Part I](https://a.org/1)",
                "[Lectures on Waves, Part II](https://a.org/2)",
                id="a Roman number",
            ),
            pytest.param(
                "[CVPR 2014 papers](https://a.org/1)", "[CVPR 2015 papers](https://a.org/2)", id="a year"
            ),
            pytest.param(
                "[Keynote address](https://a.org/1), Ada Stone, 2019",
                "[Keynote address](https://a.org/2), Bo Field, 2019",
                id="two words by other people",
            ),
            pytest.param(
                "[Lecture notes](https://a.org/1)", "[Lecture notes](https://b.org/2)", id="two words"
            ),
            pytest.param("[Foundations](https://a.org/1)", "[Foundations](https://b.org/2)", id="one word"),
            pytest.param(
                "[Plans of deep queries in TPC-H systems](https://a.org/1), A. Lee, 2018",
                "[Plans of deep queries in TPC-C systems](https://a.org/2), A. Lee, 2018",
                id="a letter among many words",
            ),
            pytest.param(
                "[ResNet: deep nets](https://a.org/1), A. Lee, 2015",
                "[ResNeXt: deep nets](https://a.org/2), A. Lee, 2015",
                id="a coined word",
            ),
        ],
    )
    def test_are_two_works(self, tmp_path: Path, one: str, other: str) -> None:
        """Each becomes an entry of its own."""
        assert entries(tmp_path, "list.md", f"# L\n\n## S\n\n* {one}\n* {other}\n") == 2

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param(
                "Stable U-Net Layers of Running Waves", "Stable UNet Layers of Running Waves", id="a hyphen"
            ),
            pytest.param(
                "Stable Layers of Running Waves, Part 2",
                "Stable Layers of Running Waves, Part II",
                id="numerals",
            ),
        ],
    )
    def test_spelled_otherwise_are_one(self, tmp_path: Path, one: str, other: str) -> None:
        """A spelling of the same code word or number makes no second work."""
        text = f"# L\n\n## S\n\n* [{one}](https://a.org/1), A. Lee, 2018\n* [{other}](https://b.org/2), A. Lee, 2018\n"
        assert entries(tmp_path, "list.md", text) == 1

    def test_of_a_bibliography(self, tmp_path: Path) -> None:
        """It is so in a .bib too."""
        item = "@misc{{{0}, title={{TPC Benchmark {0} Standard Specification}}, author={{{{TPC}}}}, year=2010, url={{https://a.org/{0}}}}}\n"
        assert entries(tmp_path, "refs.bib", item.format("H") + item.format("C")) == 2

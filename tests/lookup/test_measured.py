"""The measured quality of matching: in the repository, and told by command."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from odebib.cli import program
from odebib.lookup import measured


class TestMeasured:
    """What benchmarks/labelled.py wrote."""

    def test_holds_each_labelled_set(self) -> None:
        """Precision, recall and F1 of two pairs of sources and of citations among themselves."""
        assert [found["set"] for found in measured.read()["sets"]] == ["dblp-acm", "dblp-scholar", "cora"]

    @pytest.mark.parametrize(("name", "least"), [("dblp-acm", 0.985), ("dblp-scholar", 0.94), ("cora", 0.87)])
    def test_is_good(self, name: str, least: float) -> None:
        """Figures that would be a step back are not written unseen."""
        (found,) = (found for found in measured.read()["sets"] if found["set"] == name)
        assert found["f1"] >= least

    def test_what_is_called_sure_is_right(self) -> None:
        """Of the pairs said to be 95 % sure or more, at least 99 % are right."""
        for found in measured.read()["sets"]:
            sure = [band for band in found.get("calibration", ()) if band["from"] >= 0.95]
            right = sum(band["right"] * band["records"] for band in sure)
            assert right >= 0.99 * sum(band["records"] for band in sure)


class TestStats:
    """`odebib stats --matching`."""

    def test_tells_the_figures(self) -> None:
        """A line for each set, and what was said against what was right."""
        told = CliRunner().invoke(program, ["stats", "--matching"]).output

        assert "dblp-acm: 1,130 records, 1,088 pairs: precision 0.99" in told
        assert "said 0.95 to 0.99" in told

    def test_as_json(self) -> None:
        """The file as it is."""
        told = CliRunner().invoke(program, ["stats", "--matching", "--format", "json"]).output

        assert json.loads(told) == measured.read()

"""Selecting entries: values of one kind are or'ed, kinds and'ed."""

from __future__ import annotations

from typing import Any

import pytest

from odebib.errors import UsageError
from odebib.lookup import selecting
from odebib.lookup.selecting import Selection
from odebib.project.store import Project


class TestSelect:
    """select: the keys that are asked for."""

    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            pytest.param(
                {"keys": ["old2014networks", "bell2023lecture"]},
                ["old2015networks", "bell2023lecture"],
                id="keys",
            ),
            pytest.param(
                {"topics": ["graphs"]}, ["adams2019flows", "adams2021flows", "bell2023lecture"], id="topic"
            ),
            pytest.param({"topics": ["networks"], "years": ["2021"]}, ["adams2021flows"], id="and"),
            pytest.param(
                {"years": ["2014", "2016"]}, ["book2014equations", "garciamarquez2016control"], id="or"
            ),
            pytest.param({"years": ["-2015"]}, ["book2014equations", "old2015networks"], id="to a year"),
            pytest.param({"years": ["2022-"]}, ["bell2023lecture", "jaxteam2022solvers"], id="from a year"),
            pytest.param({"years": ["2014-2015"]}, ["book2014equations", "old2015networks"], id="years"),
            pytest.param({"types": ["Software"]}, ["jaxteam2022solvers"], id="type"),
            pytest.param(
                {"venues": ["NIPS"]}, ["adams2019flows", "everything2021paper"], id="venue's spelling"
            ),
            pytest.param(
                {"tags": ["NUM"]},
                ["everything2021paper", "muller2017schrodinger", "vandenberg2020stability"],
                id="tag",
            ),
            pytest.param({"authors": ["Jürgen Müller"]}, ["muller2017schrodinger"], id="author by name"),
            pytest.param({"authors": ["jurgen-muller"]}, ["muller2017schrodinger"], id="author by slug"),
            pytest.param({"lists": ["awesome-toys"]}, ["adams2019flows", "old2015networks"], id="list"),
            pytest.param(
                {"words": ["muller schrod"]}, ["muller2017schrodinger"], id="beginnings of words, any accents"
            ),
            pytest.param({"words": ["graph flows 2018"]}, [], id="all words must be there"),
            pytest.param(
                {"words": ["lecture", "stiff"]},
                ["bell2023lecture", "vandenberg2020stability"],
                id="or of searches",
            ),
            pytest.param({"words": ["???"]}, [], id="a search without words finds nothing"),
        ],
    )
    def test_select(self, toy: Project, wanted: dict[str, Any], expected: list[str]) -> None:
        """In the order of the keys given, else in the bibliography's."""
        selection = Selection(**{name: tuple(values) for name, values in wanted.items()})

        assert selecting.select(toy.bibliography, selection) == expected

    def test_everything(self, toy: Project) -> None:
        """Nothing asked is everything."""
        assert selecting.select(toy.bibliography, Selection()) == list(toy.bibliography.entries)

    @pytest.mark.parametrize(
        ("wanted", "message", "hint"),
        [
            (
                {"keys": ("bell2023lectur",)},
                "there is no entry `bell2023lectur`",
                "did you mean `bell2023lecture`?",
            ),
            ({"topics": ("graph",)}, "there is no topic `graph`", "did you mean `graphs` or `Graphs`?"),
            ({"authors": ("Bo Ball",)}, "there is no author `Bo Ball`", "did you mean `bo-bell`?"),
            ({"types": ("sofware",)}, "there is no type `sofware`", "did you mean `software`?"),
            ({"years": ("soon",)}, "`soon` is no year", "write 2018, 2018-2020, 2018- or -2020"),
            ({"years": ("-",)}, "`-` is no year", "write 2018, 2018-2020, 2018- or -2020"),
            ({"years": ("2020-2018",)}, "`2020-2018` ends before it begins", "write 2018-2020"),
        ],
    )
    def test_unknown(self, toy: Project, wanted: dict[str, tuple[str, ...]], message: str, hint: str) -> None:
        """What is unknown is an error with its near miss."""
        with pytest.raises(UsageError) as caught:
            selecting.select(toy.bibliography, Selection(**wanted))

        assert caught.value.message == message
        assert (caught.value.hint or "").startswith(hint)


class TestByAnyName:
    """by_any_name: an entry by key, identifier or address."""

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("adams2019flows", "adams2019flows"),
            ("old2014networks", "old2015networks"),
            ("1901.00001", "adams2019flows"),
            ("arXiv:1901.00001v2", "adams2019flows"),
            ("https://arxiv.org/pdf/1901.00001.pdf", "adams2019flows"),
            ("10.48550/arXiv.1901.00001", "adams2019flows"),
            ("https://doi.org/10.1234/FLOWS.2019", "adams2019flows"),
            ("abcDEF123", "adams2019flows"),
            ("978-0-306-40615-7", "book2014equations"),
        ],
    )
    def test_found(self, toy: Project, name: str, expected: str) -> None:
        """Identifiers of earlier versions count too."""
        assert selecting.by_any_name(toy.bibliography, name) in {expected, "everything2021paper"}

    def test_unknown(self, toy: Project) -> None:
        """Nothing of that name is an error."""
        with pytest.raises(UsageError, match="there is no entry `nobody`"):
            selecting.by_any_name(toy.bibliography, "nobody")

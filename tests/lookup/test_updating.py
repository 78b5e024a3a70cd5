"""Bringing an author's .bib up to date."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from odebib import cli
from odebib.formats import biblatex, bibtex
from odebib.lookup import updating
from odebib.model.bibliography import Bibliography
from odebib.project.store import Project
from strategies import hostile_text

TOY = Path(__file__).parents[1] / "toy"

OLD = r"""% Mine, do not touch.
@string{nips = "NIPS"}

@article{flows19,
  title = {Flows on graphs: a continuous view},
  author = {Adams, A. and others},
  journal = {arXiv preprint arXiv:1901.00001},
  year = {2019},
  keywords = {graphs, "quoted" and more},
  note = {arXiv preprint},
}
Loose words.
@misc{unknown, title = {Nobody Knows This Work}, author = {Me}, year = 2001}
@inproceedings{failing, title={Networks That Never Fail}, author={Old, Otto}, booktitle={ICLR}, year=2015,
  file = {/home/me/x.pdf}}
@article{stable, author={van den Berg, Rianne and Louis-Smith, Jr., Karl Martin and E, Weinan}, year={2020},
  title = {Stability of Stiff Networks}, journal = {Journal of Toy Mathematics}, doi={10.1234/jtm.7.3},
  volume={7}, pages={1--30}, annote = {read}}
"""


class TestUpdate:
    """What has changed is written anew, all else stays."""

    def test_facts(self, toy: Project) -> None:
        """It says what changed, by the author's key."""
        found = updating.update(toy.bibliography, OLD)
        assert [(change.name, change.key, change.facts) for change in found.changes] == [
            (
                "flows19",
                "adams2019flows",
                (
                    "published now: NeurIPS 2019",
                    "authors completed: 2",
                    "capitals of the title",
                    "DOI 10.1234/flows.2019",
                ),
            ),
            ("failing", "old2015networks", ("retracted: The experiments were never made.",)),
        ]
        assert (found.unchanged, found.unknown) == (["stable"], ["unknown"])

    def test_entries_that_share_a_line(self, toy: Project) -> None:
        """Each stays the work it was, under its own key."""
        one_line = " ".join(OLD.replace("% Mine, do not touch.", "").split())
        found = updating.update(toy.bibliography, one_line)
        assert [(change.name, change.key) for change in found.changes] == [
            ("flows19", "adams2019flows"),
            ("failing", "old2015networks"),
        ]
        assert found.text.count("@") == one_line.count("@")

    def test_text(self, toy: Project) -> None:
        """The author's keys, comments, strings, own fields and other entries stay."""
        text = updating.update(toy.bibliography, OLD).text
        assert text.startswith('% Mine, do not touch.\n@string{nips = "NIPS"}\n\n@inproceedings{flows19,\n')
        assert '  keywords = {graphs, "quoted" and more},\n}\nLoose words.\n@misc{unknown, ' in text
        assert "arXiv preprint" not in text
        assert "  note      = {Retracted 2016},\n  file = {/home/me/x.pdf},\n}\n@article{stable, " in text
        assert text.endswith(OLD[OLD.index("@article{stable") :])

    def test_twice_is_once(self, toy: Project) -> None:
        """Of a file that is up to date nothing changes."""
        once = updating.update(toy.bibliography, OLD)
        again = updating.update(toy.bibliography, once.text)
        assert (again.text, again.changes) == (once.text, [])

    @pytest.mark.parametrize("format", [bibtex, biblatex], ids=["bibtex", "biblatex"])
    def test_our_own_files_are_up_to_date(self, toy: Project, format: object) -> None:
        """What we export needs no update."""
        keys = [key for key, entry in toy.bibliography.entries.items() if entry.authors and not entry.event]
        text = format.render(toy.bibliography, keys)  # type: ignore[attr-defined]
        found = updating.update(toy.bibliography, text)
        assert (found.changes, found.text) == ([], text)

    def test_biblatex_stays_biblatex(self, toy: Project) -> None:
        """Who has dates keeps dates."""
        old = "@online{x, title={Flows on Graphs: A Continuous View}, author={Adams, Ann B. and Li, Wei},\n"
        old += "  date={2019-01},"
        old += "  eprint={1901.00001},\n  eprinttype={arxiv}}\n"
        text = updating.update(toy.bibliography, old).text
        assert "  date       = {2019},\n" in text
        assert "  eprinttype = {arxiv},\n" in text

    @given(hostile_text)
    def test_never_fails(self, text: str) -> None:
        """Whatever the file, what is not understood stays."""
        for whole in (text, f"@misc{{a, title={{{text}}}}}\n{text}"):
            assert updating.update(Bibliography(), whole).text == whole


class TestCommand:
    """``odebib cite --update``."""

    def test_prints_and_says(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The file goes to standard output, what changed to standard error."""
        (tmp_path / "old.bib").write_text(OLD)
        assert cli.main(["--root", str(TOY), "cite", "--update", str(tmp_path / "old.bib")]) == 0
        out, err = capsys.readouterr()
        assert out.startswith("% Mine")
        assert err.splitlines()[1:] == [
            "failing: retracted: The experiments were never made. [old2015networks]",
            "2 entries changed, 1 as before, 1 not in the bibliography",
        ]
        assert (tmp_path / "old.bib").read_text() == OLD

    def test_never_overwrites(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Not even the file itself."""
        (tmp_path / "old.bib").write_text(OLD)
        old = str(tmp_path / "old.bib")
        assert cli.main(["--root", str(TOY), "cite", "--update", old, "-o", old]) == 2
        assert (tmp_path / "old.bib").read_text() == OLD
        assert "is there already" in capsys.readouterr().err

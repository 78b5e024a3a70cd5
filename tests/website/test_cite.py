"""Get your .bib: what is pasted is read in the browser, by the rules of ``odebib cite``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from website.browsing import Visit, copied

pytestmark = pytest.mark.browser

TEX = r"""
\documentclass{article}
% \cite{commented2000out}
\begin{document}
\citep[see][p.~2]{chen2018neural, dupont2019augmented} \textcites(x)[1]{greydanus2019hamiltonian}[2]{nobody1900nothing}
\begin{verbatim} \cite{verbatim2000text} \end{verbatim} \verb|\cite{verb2000text}| \citetext{not a key}
\input{sections/method}
\end{document} \cite{behind2000end}
"""
BIB = r"""
@comment{nothing}
@string{nips = "NeurIPS"}
@article{Chen18, title={Neural Ordinary {D}ifferential Equations}, author={Chen, Ricky T. Q. and others},
  journal={arXiv preprint arXiv:1806.07366}, year=2018}
@misc{yil, title = "{ODE}$^2${VAE}: Deep generative second order {ODEs}", author = "{\c C}a{\u g}atay Y{\i}ld{\i}z", year = 2019}
@inproceedings{own20, title={A Work That Nobody Knows}, author={Nobody, A.}, booktitle=nips # {2020}, year={2020}}
"""


def paste(reader: Visit, text: str) -> Any:
    page = reader.open("cite/")
    page.locator("[data-paste]").fill(text)
    page.wait_for_function(
        "/found|missing|own|published|Nothing/.test(document.querySelector('[data-cite-status]').textContent)"
    )
    return page


def said(page: Any) -> str:
    return str(page.locator("[data-cite-status]").inner_text())


def bib(page: Any) -> str:
    page.locator("[data-outcome] pre", has_text="{").wait_for()
    return str(page.locator("[data-outcome] pre").inner_text())


def section(page: Any, title: str) -> str:
    return str(page.locator("[data-outcome] section", has_text=title).last.inner_text())


class TestPasting:
    def test_task_tex(self, reader: Visit) -> None:
        """A .tex gives exactly what it cites; comments, verbatim text and what follows the end do not count."""
        page = paste(reader, TEX)
        assert said(page) == "3 found, 1 missing"
        text = bib(page)
        assert text.count("@inproceedings{") == 3
        page.locator("[name=copy]").click()
        page.get_by_text("3 copied").wait_for()
        assert copied(page).strip() == text.strip()
        assert "nobody1900nothing" in section(page, "Missing")
        assert "sections/method" in section(page, "Not read yet")

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(
                "\\relax\n\\citation{chen2018neural,dupont2019augmented}\n\\bibdata{refs}\n", id="aux"
            ),
            pytest.param(
                "\\relax\n\\abx@aux@cite{0}{chen2018neural}\n\\abx@aux@cite{0}{dupont2019augmented}",
                id="biblatex aux",
            ),
            pytest.param(
                '<bcf:controlfile><bcf:citekey order="1">chen2018neural</bcf:citekey>'
                '<bcf:citekey order="2">dupont2019augmented</bcf:citekey></bcf:controlfile>',
                id="bcf",
            ),
            pytest.param("chen2018neural, dupont2019augmented", id="keys"),
            pytest.param("arXiv:1806.07366\nhttps://arxiv.org/abs/1904.01681v3", id="identifiers"),
            pytest.param("1. Neural ordinary differential equations\n2. Augmented Neural ODEs", id="titles"),
        ],
    )
    def test_other_kinds(self, reader: Visit, text: str) -> None:
        """An .aux, a .bcf, keys, identifiers and titles are told apart by themselves."""
        page = paste(reader, text)
        assert said(page) == "2 found"
        assert "@inproceedings{chen2018neural," in bib(page)
        assert "@inproceedings{dupont2019augmented," in bib(page)

    def test_own_keys_are_kept(self, reader: Visit) -> None:
        """A .bib gives what it holds under its author's keys, and says what was published since, where that names no venue."""
        page = paste(reader, BIB)
        assert said(page) == "2 found, 1 missing, 2 published since"
        assert "@inproceedings{Chen18," in bib(page)
        assert "@inproceedings{yil," in bib(page)
        assert "now NeurIPS 2018" in section(page, "Published since")
        missing = page.locator("section", has_text="Missing").get_by_role("link", name="Add it")
        assert missing.last.get_attribute("href").endswith("add/?id=A%20Work%20That%20Nobody%20Knows")

    def test_merged_key(self, reader: Visit) -> None:
        """A key that was merged goes on working under the author's spelling of it."""
        page = paste(reader, r"\cite{chen2018node}")
        assert "@inproceedings{chen2018node," in bib(page)
        assert "is now\nchen2018neural" in section(page, "Former keys").replace(" \n", "\n").replace(
            "is now ", "is now\n"
        )

    def test_cited_twice(self, reader: Visit) -> None:
        """Two names of one work are pointed out."""
        page = paste(reader, r"\cite{chen2018neural} \cite{arXiv:1806.07366}")
        assert "would be listed twice" in section(page, "Cited twice")

    def test_own_definitions_stand(self, reader: Visit, tmp_path: Path) -> None:
        """With a .tex beside it a .bib is the author's own: what it defines is not missing, preprints can be renewed."""
        (tmp_path / "own.bib").write_text(BIB, "utf-8")
        (tmp_path / "paper.tex").write_text(r"\cite{Chen18,own20,dupont2019augmented}", "utf-8")
        page = reader.open("cite/")
        page.locator("[data-files]").set_input_files([tmp_path / "own.bib", tmp_path / "paper.tex"])
        page.get_by_text("1 found, 2 in your own .bib, 1 published since").wait_for()
        assert "Chen18" not in bib(page)
        page.get_by_label("also the 1 that your own .bib has as preprints").check()
        page.locator("[data-outcome] pre", has_text="@inproceedings{Chen18,").wait_for()

    def test_everything(self, reader: Visit) -> None:
        r"""``\nocite{*}`` leads to the whole bibliography."""
        page = reader.open("cite/")
        page.locator("[data-paste]").fill(r"\nocite{*}")
        page.get_by_text("cites everything").wait_for()

    def test_likely_title_is_asked(self, reader: Visit) -> None:
        """A title that is only like one is not taken without asking."""
        page = paste(reader, "Hamiltonian Networks that are Neural")
        page.locator("[name=accept]").click()
        assert "@inproceedings{" in bib(page)

    @pytest.mark.parametrize(
        "text",
        [
            "@article{" * 2000,
            "@article{a, title={" + "{" * 5000,
            "\\cite{" * 5000,
            "\\cite[" + "[" * 5000,
            "<script>window.hacked=1</script>\n<img src=x onerror=window.hacked=1>",
            "\\begin{verbatim}" * 500,
        ],
        ids=["bib heads", "open braces", "open cites", "brackets", "markup", "verbatim"],
    )
    def test_hostile_text(self, reader: Visit, text: str) -> None:
        """Nothing that is pasted hangs the page, runs, or breaks it."""
        page = reader.open("cite/")
        page.locator("[data-paste]").fill(text)
        page.wait_for_function(
            "!['', 'Looking…'].includes(document.querySelector('[data-cite-status]').textContent)"
        )
        assert page.evaluate("window.hacked") is None

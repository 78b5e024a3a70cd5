"""What files of papers cite, and what they define themselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given

from odebib.errors import UsageError
from odebib.lookup import papers, tex
from odebib.text import bib
from strategies import hostile_text


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Files, given by their path and text."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def names_of(folder: Path, *files: str) -> list[str]:
    """The names that files cite, in order."""
    return list(papers.read([folder / file for file in files]).names)


class TestTex:
    """What a text says; the cases stand in ``tests/both_languages/tex.yml``."""

    @pytest.mark.parametrize(
        "piece",
        [
            *("\\cite[", "\\cite{", "\\cites{a}", "\\cite<(", "\\verb|", "\\iffalse", "%", "{", "\\url{"),
            *("\\begin{verbatim}", "\\newcommand{\\a}[1]{", "\\def\\a#1{\\a#1#1}\\a{\\cite{x}}"),
            *(
                "\\let\\a\\cite\\a{b}",
                "\\newcommand\\x{\\y\\y}\\newcommand\\y{\\x\\x}\\x",
                "@misc{a, b={",
                "\\if",
            ),
        ],
    )
    def test_ends_on_hostile_text(self, piece: str) -> None:
        """Repetition does not make it explode."""
        list(tex.read(piece * 3000))
        list(bib.entries(piece * 3000))

    @given(hostile_text)
    def test_never_fails(self, text: str) -> None:
        """Whatever the text, reading it gives keys."""
        list(tex.read(f"\\cite{text}\\newcommand{text}\\begin{{verbatim}}{text}"))
        list(bib.entries(f"{text}@misc{{a, {text} = {text}"))


class TestRead:
    """Whole files, and those they name."""

    def test_follows_inputs(self, tmp_path: Path) -> None:
        """Every way of taking in a file, from where LaTeX runs or from beside the file."""
        write(
            tmp_path,
            {
                "paper.tex": r"\cite{a}\input{sec/one}\include{two}\subfile{three.tex}"
                r"\import{sec/}{four}\input five",
                "sec/one.tex": r"\cite{b}\input{beside}\input{../paper}",
                "sec/beside.tex": r"\cite{c}",
                "two.tex": r"\cite{d}",
                "three.tex": r"\cite{e}",
                "sec/four.tex": r"\cite{f}",
                "five.tex": r"\cite{g}",
            },
        )
        assert names_of(tmp_path, "paper.tex") == list("abcdefg")

    def test_missing_input_is_told(self, tmp_path: Path) -> None:
        """What a file cites that is not there is not known; files of LaTeX's own do not matter."""
        write(
            tmp_path,
            {
                "paper.tex": r"\cite{a}\input{gone}\input{glyphtounicode.tex}\input{\jobname-x} \input{\unknown}"
            },
        )
        found = papers.read([tmp_path / "paper.tex"])
        assert found.unread == ["gone.tex", "paper-x.tex"]

    def test_nothing_behind_the_end(self, tmp_path: Path) -> None:
        r"""\end{document} ends it."""
        write(tmp_path, {"paper.tex": "\\cite{a}\\end{document}\\cite{b}"})
        assert names_of(tmp_path, "paper.tex") == ["a"]

    def test_own_files(self, tmp_path: Path) -> None:
        """What the paper's .bib files, \\bibitems and filecontents define is the author's own."""
        write(
            tmp_path,
            {
                "paper.tex": r"\begin{filecontents*}[overwrite]{x.bib}@misc{a, }\end{filecontents*}"
                r"\cite{a,b,c,d,e,f}"
                r"\bibliography{one, sub/two}\addbibresource[label=x]{three.bib}\bibitem[x]{f}",
                "one.bib": "@article{b,\n}@comment{no, }",
                "sub/two.bib": "@article{c,\n ids = {d, d2},\n}",
                "three.bib": "@Book(e, title={x})",
            },
        )
        assert papers.read([tmp_path / "paper.tex"]).own == {"a", "b", "c", "d", "d2", "e", "f"}

    def test_what_we_wrote_is_not_the_authors(self, tmp_path: Path) -> None:
        """The file of the last run defines nothing."""
        write(tmp_path, {"paper.tex": r"\bibliography{refs}", "refs.bib": "% MARK x\n@misc{a, }"})
        assert papers.read([tmp_path / "paper.tex"], written_by_us="% MARK").own == set()

    def test_aux(self, tmp_path: Path) -> None:
        """The .aux of BibTeX and of BibLaTeX, with those of its chapters."""
        write(
            tmp_path,
            {
                "paper.aux": "\\relax\n\\citation{a,b}\n\\abx@aux@cite{0}{c}\n\\abx@aux@cite{d}\n"
                "\\@input{one.aux}\n\\bibdata{mine}\n",
                "one.aux": "\\citation{e}\n\\@input{paper.aux}\n",
                "mine.bib": "@misc{b, }",
            },
        )
        found = papers.read([tmp_path / "paper.aux"])
        assert (list(found.names), found.own) == (list("abcde"), {"b"})

    BCF = """<?xml version="1.0" encoding="UTF-8"?>
        <bcf:controlfile version="3.8" xmlns:bcf="https://sourceforge.net/projects/biblatex">
        <bcf:bibdata section="0">
        <bcf:datasource type="file" datatype="bibtex">mine.bib</bcf:datasource></bcf:bibdata>
        <bcf:section number="0"><bcf:citekey order="1">a</bcf:citekey>
        <bcf:citekey order="2">b</bcf:citekey>
        </bcf:section></bcf:controlfile>"""

    def test_bcf(self, tmp_path: Path) -> None:
        """biber's control file."""
        write(tmp_path, {"paper.bcf": self.BCF, "mine.bib": "@misc{b, }"})
        found = papers.read([tmp_path / "paper.bcf"])
        assert (list(found.names), found.own) == (["a", "b"], {"b"})

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("<a>", id="not-closed"),
            pytest.param('<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>', id="entities"),
            pytest.param('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', id="outside"),
            pytest.param("no xml", id="no-xml"),
        ],
    )
    def test_hostile_bcf(self, tmp_path: Path, text: str) -> None:
        """Broken and dangerous XML is refused."""
        write(tmp_path, {"paper.bcf": text})
        with pytest.raises(UsageError, match=r"is no \.bcf file that can be read"):
            papers.read([tmp_path / "paper.bcf"])

    def test_bib(self, tmp_path: Path) -> None:
        """A .bib cites what it holds, with the identifiers it gives."""
        write(tmp_path, {"x.bib": "@misc{a, title={T}, eprint={1901.00001}, archivePrefix={arXiv}}"})
        assert papers.read([tmp_path / "x.bib"]).names == {"a": {"arxiv": "1901.00001"}}

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("paper.pdf", r"is no \.tex, \.aux, \.bcf or \.bib file"),
            ("gone.tex", "cannot be read: No such file"),
        ],
    )
    def test_what_cannot_be_read(self, tmp_path: Path, name: str, message: str) -> None:
        """Other files and absent ones are told."""
        with pytest.raises(UsageError, match=message):
            papers.read([tmp_path / name])

    def test_latin_letters(self, tmp_path: Path) -> None:
        """Files older than UTF-8 are read."""
        (tmp_path / "paper.tex").write_bytes("Erdős é \\cite{a}".encode("iso-8859-2"))
        assert names_of(tmp_path, "paper.tex") == ["a"]

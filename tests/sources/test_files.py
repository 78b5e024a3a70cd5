"""Which reader a file needs, what is refused, and what is said of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from odebib.errors import FormatError, UsageError
from odebib.sources import columns, files

TABLE = "Title,Authors,Year\nWaves,Ann Lee,2018\nShores,Cy Cole,2019\n"
BIBTEX = "@article{lee, title={Waves}, author={Ann Lee}, year=2018}\n"
RIS = "TY  - JOUR\nTI  - Waves\nAU  - Lee, Ann\nER  - \n"
WOS = "FN Clarivate\nVR 1.0\nPT J\nAU Lee, A\nTI Waves\nPY 2018\nER\n\nEF\n"
NBIB = "PMID- 12345678\nTI  - Waves.\nFAU - Lee, Ann\nDP  - 2018\n"
ENW = "%0 Journal Article\n%A Lee, Ann\n%T Waves\n%D 2018\n"
CSL = '[{"id": "lee", "title": "Waves", "author": [{"family": "Lee"}], "issued": {"date-parts": [[2018]]}}]'
JSON = '[{"title": "Waves", "authors": ["Ann Lee"], "year": 2018}]'
YAML = "- title: Waves\n  authors:\n    - Ann Lee\n  year: 2018\n"
NOTE = "---\ntitle: Waves\nauthors: [Ann Lee]\nyear: 2018\n---\n\nRead on a train.\n"
IDENTIFIERS = "10.1234/waves\narXiv:2001.00001\n"
MARKDOWN = "# A list\n\n## Waters\n\n- [Waves](https://example.org/w), Ann Lee, 2018\n"
TEXT = "[1] Lee, A. (2018). Waves on meshes. Journal of Tides, 3(1), 1-9.\n"


class TestDetect:
    """The kind of a file."""

    @pytest.mark.parametrize(
        ("name", "text", "kind"),
        [
            pytest.param("papers.csv", TABLE, "table", id="a table by its ending"),
            pytest.param("papers.txt", TABLE, "table", id="a table by its header"),
            pytest.param("papers.tsv", TABLE.replace(",", "\t"), "table", id="tabs"),
            pytest.param("list.txt", BIBTEX, "bibtex", id="BibTeX in a text file"),
            pytest.param("list.txt", RIS, "ris", id="RIS in a text file"),
            pytest.param("list.txt", "Provider: X\n\n" + RIS, "ris", id="RIS below a preamble"),
            pytest.param("savedrecs.txt", WOS, "wos", id="Web of Science"),
            pytest.param("pubmed.txt", NBIB, "nbib", id="MEDLINE"),
            pytest.param("scholar.enw", ENW, "enw", id="EndNote's tagged format"),
            pytest.param("export.txt", ENW, "enw", id="EndNote's tagged format in a text file"),
            pytest.param("papers.json", CSL, "csl-json", id="CSL-JSON"),
            pytest.param("papers.json", JSON, "json", id="JSON of somebody's own"),
            pytest.param("papers.yml", YAML, "yaml", id="YAML"),
            pytest.param("list.txt", YAML, "yaml", id="YAML in a text file"),
            pytest.param("waves.md", NOTE, "note", id="a note with front matter"),
            pytest.param("dois.txt", IDENTIFIERS, "identifiers", id="identifiers"),
            pytest.param("README.md", MARKDOWN, "markdown", id="a list in Markdown"),
            pytest.param("README.md", "# W\n\n```\n" + BIBTEX + "```\n", "markdown", id="Markdown that quotes BibTeX"),
            pytest.param("list.txt", MARKDOWN, "markdown", id="Markdown in a text file"),
            pytest.param("refs.txt", TEXT, "text", id="free text"),
        ],
    )  # fmt: skip
    def test_the_kind_is_told_by_ending_and_signs(self, name: str, text: str, kind: str) -> None:
        """By the ending where the signs agree, else by the signs."""
        assert files.detect(name, text).name == kind

    def test_every_reader_describes_itself(self) -> None:
        """By a name of its own, words for people, and endings that begin with a full stop."""
        assert len({reader.name for reader in files.READERS}) == len(files.READERS)
        for reader in files.READERS:
            assert reader.label
            assert reader.holds
            assert all(ending.startswith(".") for ending in reader.endings)


class TestRefusals:
    """What no reader knows."""

    @pytest.mark.parametrize(
        ("name", "content", "looks_like"),
        [
            pytest.param("a.xml", b"<?xml version='1.0'?><shelf><book/></shelf>", "XML", id="XML"),
            pytest.param("a.txt", b"{\\rtf1 Waves}", "RTF", id="RTF"),
            pytest.param("a.pdf", b"%PDF-1.7 ...", "a PDF", id="PDF"),
            pytest.param("a.docx", b"PK\x03\x04....word/document.xml", "a document of a word processor", id="docx"),
            pytest.param("a.zip", b"PK\x03\x04....", "a packed file", id="zip"),
            pytest.param("a.ipynb", b'{"cells": [], "nbformat": 4}', "a notebook", id="notebook"),
            pytest.param("a.tex", b"\\documentclass{article}\n\\begin{document}\nWe\n", "a LaTeX source", id="LaTeX"),
            pytest.param("a.txt", b"QQ - Waves\nZZ - Lee\nRR - 2018\n", "a tagged format", id="tags"),
            pytest.param("a.txt", b"a;b;c;d\ne;f;g;h\ni;j;k;l\n", "a table without known columns", id="separators"),
            pytest.param("a.ini", b"one: 1\ntwo: 2\nthree: 3\nfour: 4\n", "fields with values", id="keys"),
            pytest.param("a.py", b"import os\n\ndef read(x):\n    return x\n\nread(1);\nread(2);\n",
                         "the source of a program", id="program"),
        ],
    )  # fmt: skip
    def test_the_message_says_what_it_looks_like(
        self, tmp_path: Path, name: str, content: bytes, looks_like: str
    ) -> None:
        """And what to do instead."""
        path = tmp_path / name
        path.write_bytes(content)

        with pytest.raises(
            FormatError, match=f"it looks like {looks_like}.*, which no reader knows"
        ) as error:
            files.read(path)
        assert str(path) in error.value.message
        assert error.value.hint

    def test_few_works_are_no_list(self, tmp_path: Path) -> None:
        """Fewer than a third of the items have a person, a year or an address."""
        path = tmp_path / "list.txt"
        path.write_text("- Waves on a shore\n- Tides of the moon\n- Rivers that breathe\n")

        with pytest.raises(FormatError, match=r"free text, 3 items, but is no list of works") as error:
            files.read(path)
        assert "`--format text`" in str(error.value.hint)

    def test_a_plain_list_of_titles_is_read_where_it_is_meant(self, tmp_path: Path) -> None:
        """The format that a person names is believed."""
        path = tmp_path / "list.txt"
        path.write_text("- Waves on a shore\n- Tides of the moon\n- Rivers that breathe\n")

        assert sum(1 for _ in files.read(path, "text").records()) == 3

    def test_an_unknown_format_is_named(self, tmp_path: Path) -> None:
        """With the one that was probably meant."""
        path = tmp_path / "list.txt"
        path.write_text(TABLE)

        with pytest.raises(UsageError, match="`tabel` is no format that is read") as error:
            files.read(path, "tabel")
        assert error.value.hint == "did you mean `table`?"

    def test_columns_are_for_what_has_columns(self, tmp_path: Path) -> None:
        """A .bib has none."""
        path = tmp_path / "list.bib"
        path.write_text(BIBTEX)

        with pytest.raises(FormatError, match="BibTeX has no columns to name"):
            files.read(path, wanted=columns.wanted("title=Titel"))


class TestDescribed:
    """What is said first of a file."""

    def test_kind_number_and_columns_are_told(self, tmp_path: Path) -> None:
        """Also which columns were not understood."""
        path = tmp_path / "papers.csv"
        path.write_text("Title,Rank,Year\nWaves,1,2018\nShores,2,2019\n")

        assert files.read(path).described() == "a table, 2 rows; Title, Year; not understood: Rank"

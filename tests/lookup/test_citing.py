"""What files of papers cite, and which entries they mean."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given

from odebib import cli
from odebib.errors import SourceError, UsageError
from odebib.formats import bibtex, json
from odebib.lookup import citing
from odebib.lookup.citing import Missing
from odebib.project.store import Project
from odebib.services import http
from strategies import hostile_text

TOY = Path(__file__).parents[1] / "toy"


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Files, given by their path and text."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def names_of(folder: Path, *files: str) -> list[str]:
    """The names that files cite, in order."""
    return list(citing.read([folder / file for file in files]).names)


class TestCitedKeys:
    """Commands that cite, and their keys."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param(r"\cite{a}", ["a"], id="cite"),
            pytest.param(r"\cite{a,b , c}", ["a,b , c"], id="several-keys"),
            pytest.param(r"\cite[p.~2]{a}", ["a"], id="one-option"),
            pytest.param(r"\citep[see][p.~2]{a} \citet*{b} \Citealp{c}", ["a", "b", "c"], id="natbib"),
            pytest.param(
                r"\parencite[\S{}3]{a} \footcite{b} \Textcite{c} \fullcite{d}", list("abcd"), id="biblatex"
            ),
            pytest.param(r"\cites(pre)(post)[1]{a}[2][3]{b}{c} d", ["a", "b", "c"], id="multicite"),
            pytest.param(r"\volcite{2}[5]{a} \pvolcite[see]{1}{b}", ["a", "b"], id="volume-first"),
            pytest.param(r"\citeauthor{a}'s, \citeyear{b}, \citetitle*{c}", ["a", "b", "c"], id="parts"),
            pytest.param(r"\citefield{a}{title}", ["a"], id="second-argument-is-no-key"),
            pytest.param(r"\nocite{*}", ["*"], id="nocite-all"),
            pytest.param(r"\cite<e.g.,>[p.~3]{a} \shortciteA{b}", ["a", "b"], id="apacite"),
            pytest.param("\\cite\n  [x]\n  {a}", ["a"], id="over-lines"),
            pytest.param(
                r"\textcquote[12]{a}{text} \foreigntextcquote{german}{b}{c}", ["a", "b"], id="csquotes"
            ),
            pytest.param(r"\citelist{\cite{a}\cite{b}}", [r"\cite{a}\cite{b}", "a", "b"], id="nested"),
            pytest.param(r"\citetext{see x} \setcitestyle{round} \citestyle{y}", [], id="no-keys"),
            pytest.param(r"\renewcommand{\citeleft}{(} \let\x\cite y", [], id="definitions"),
            pytest.param(r"\cite[open{a}", [], id="never-closed"),
            pytest.param(r"\incite{a} \myowncite{b}", ["a", "b"], id="own-commands"),
        ],
    )
    def test_finds(self, text: str, expected: list[str]) -> None:
        """Keys stand in the first argument in braces; optional ones are passed over."""
        assert list(citing.cited_keys(text)) == expected

    @pytest.mark.parametrize(
        "piece", ["\\cite[", "\\cite{", "\\cites{a}", "\\cite<(", "\\verb|", "\\iffalse", "%"]
    )
    def test_ends_on_hostile_text(self, piece: str) -> None:
        """Repetition does not make it explode."""
        list(citing.cited_keys(citing.without_comments(piece * 5000)))

    @given(hostile_text)
    def test_never_fails(self, text: str) -> None:
        """Whatever the text, reading it gives keys."""
        list(citing.cited_keys(citing.without_comments(f"\\cite{text}\\begin{{verbatim}}{text}")))


class TestWithoutComments:
    """What LaTeX does not see."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("a % b\nc", "a \nc", id="comment"),
            pytest.param(r"50\% b", r"50\% b", id="percent-sign"),
            pytest.param("a\\\\% b", "a\\\\", id="comment-behind-line-break"),
            pytest.param(r"\verb|\cite{a}| b", " b", id="verb"),
            pytest.param(r"\lstinline[x]!\cite{a}! b", " b", id="lstinline"),
            pytest.param("a\\begin{verbatim}b\\end{verbatim}c", "a\\end{verbatim}c", id="verbatim"),
            pytest.param("a\\begin{comment}b\\end{comment}c", "a\\end{comment}c", id="comment-environment"),
            pytest.param("% \\begin{verbatim}\nb", "\nb", id="verbatim-in-comment"),
            pytest.param(r"a\iffalse b\iftrue c\fi d\fi e", "a e", id="iffalse"),
            pytest.param(r"a\iffalse b\else c\fi d", r"a c\fi d", id="else"),
        ],
    )
    def test_leaves_out(self, text: str, expected: str) -> None:
        """Comments, verbatim text and dead branches go."""
        assert citing.without_comments(text) == expected


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
        write(tmp_path, {"paper.tex": r"\cite{a}\input{gone}\input{glyphtounicode.tex}\input{\jobname-x}"})
        found = citing.read([tmp_path / "paper.tex"])
        assert found.unread == ["gone.tex"]

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
        assert citing.read([tmp_path / "paper.tex"]).own == {"a", "b", "c", "d", "d2", "e", "f"}

    def test_what_we_wrote_is_not_the_authors(self, tmp_path: Path) -> None:
        """The file of the last run defines nothing."""
        write(tmp_path, {"paper.tex": r"\bibliography{refs}", "refs.bib": "% MARK x\n@misc{a, }"})
        assert citing.read([tmp_path / "paper.tex"], written_by_us="% MARK").own == set()

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
        found = citing.read([tmp_path / "paper.aux"])
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
        found = citing.read([tmp_path / "paper.bcf"])
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
            citing.read([tmp_path / "paper.bcf"])

    def test_bib(self, tmp_path: Path) -> None:
        """A .bib cites what it holds, with the identifiers it gives."""
        write(tmp_path, {"x.bib": "@misc{a, title={T}, eprint={1901.00001}, archivePrefix={arXiv}}"})
        assert citing.read([tmp_path / "x.bib"]).names == {"a": {"arxiv": "1901.00001"}}

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
            citing.read([tmp_path / name])

    def test_latin_letters(self, tmp_path: Path) -> None:
        """Files older than UTF-8 are read."""
        (tmp_path / "paper.tex").write_bytes("Erdős é \\cite{a}".encode("iso-8859-2"))
        assert names_of(tmp_path, "paper.tex") == ["a"]


class TestResolve:
    """Which entries names mean."""

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("adams2019flows", "adams2019flows"),
            ("Adams2019Flows", "adams2019flows"),
            ("old2014networks", "old2015networks"),
            ("1901.00001", "adams2019flows"),
            ("arXiv:1901.00001v2", "adams2019flows"),
            ("10.1234/flows.2019", "adams2019flows"),
            ("doi:10.1234/FLOWS.2019", "adams2019flows"),
            ("https://doi.org/10.1234/flows.2019", "adams2019flows"),
            ("10.1234/everything.0", "everything2021paper"),
        ],
    )
    def test_finds(self, toy: Project, name: str, key: str) -> None:
        """Keys of any time, arXiv ids, DOIs, addresses; also those of earlier versions."""
        assert citing.Finder(toy.bibliography).find(name) == key

    def test_missing(self, toy: Project) -> None:
        """What is missing is named with the command that would add it, or what it was meant to be."""
        names = {
            "arXiv:2401.12345": {},
            "10.1234/a(b)": {},
            "adams2019flow": {},
            "mine": {},
            "x": {"doi": "10.1/y"},
        }
        found = citing.resolve(toy.bibliography, citing.Citations(names, own={"mine"}))
        assert found.missing == [
            Missing("arXiv:2401.12345", "odebib add 2401.12345"),
            Missing("10.1234/a(b)", "odebib add '10.1234/a(b)'"),
            Missing("adams2019flow", "did you mean `adams2019flows`? else: odebib add ARXIV-ID-OR-DOI"),
            Missing("x", "odebib add 10.1/y"),
        ]

    def test_everything(self, toy: Project) -> None:
        r"""\nocite{*} is the whole bibliography, each entry once."""
        found = citing.resolve(
            toy.bibliography, citing.Citations({"1901.00001": {}, "*": {}}, own={"old2015networks"})
        )
        assert set(found.entries.values()) == set(toy.bibliography.entries) - {"old2015networks"}
        assert next(iter(found.entries)) == "1901.00001"

    def test_repeated(self, toy: Project) -> None:
        """Two names of one work are told."""
        found = citing.resolve(toy.bibliography, citing.Citations({"1901.00001": {}, "adams2019flows": {}}))
        assert found.repeated == [("1901.00001", "adams2019flows")]


class TestCommand:
    """``odebib cite``."""

    def cite(self, *arguments: str | Path) -> int:
        return cli.main(["--root", str(TOY), "cite", *map(str, arguments)])

    def test_prints_exactly_what_is_cited(
        self, toy: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The entries under the keys that the paper uses; nothing else goes to standard output."""
        write(tmp_path, {"paper.tex": r"\cite{adams2019flows}\cite{10.1234/jtm.7.3}"})
        assert self.cite(tmp_path / "paper.tex") == 0
        entries = toy.bibliography.entries
        assert capsys.readouterr() == (
            bibtex.render_entry(toy.bibliography, entries["adams2019flows"])
            + "\n"
            + bibtex.render_entry(
                toy.bibliography, entries["vandenberg2020stability"], key="10.1234/jtm.7.3"
            ),
            "2 entries\n",
        )

    def test_missing_is_status_one(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What is found is printed, what is missing is named."""
        write(tmp_path, {"paper.tex": r"\cite{adams2019flows}\cite{2401.12345}\input{gone}"})
        assert self.cite(tmp_path / "paper.tex") == 1
        out, err = capsys.readouterr()
        assert out.startswith("@inproceedings{adams2019flows,")
        assert err == (
            "gone.tex is not there; what it cites is not known\n"
            "missing: 2401.12345: odebib add 2401.12345\n1 entry, 1 missing\n"
        )

    def test_writes_again_what_it_wrote(self, tmp_path: Path) -> None:
        """A second run changes nothing; a changed paper changes the file."""
        write(tmp_path, {"paper.tex": r"\cite{adams2019flows}\bibliography{refs}"})
        refs = tmp_path / "refs.bib"
        assert self.cite(tmp_path / "paper.tex", "-o", refs) == 0
        first = refs.read_bytes()
        assert self.cite(tmp_path / "paper.tex", "-o", refs) == 0
        assert refs.read_bytes() == first
        write(tmp_path, {"paper.tex": r"\cite{old2015networks}\bibliography{refs}"})
        assert self.cite(tmp_path / "paper.tex", "-o", refs) == 0
        assert "@inproceedings{old2015networks," in refs.read_text()
        refs.write_bytes(refs.read_bytes().replace(b"\n", b"\r\n"))
        assert self.cite(tmp_path / "paper.tex", "-o", refs) == 0

    @pytest.mark.parametrize("edited", [False, True], ids=["the-authors", "ours-but-edited"])
    def test_never_overwrites(self, tmp_path: Path, edited: bool, capsys: pytest.CaptureFixture[str]) -> None:
        """A file of the author's stays, as does one of ours that was edited."""
        write(tmp_path, {"paper.tex": r"\cite{adams2019flows}", "mine.bib": "@misc{a, title={x}}\n"})
        target = tmp_path / "mine.bib"
        if edited:
            target.unlink()
            assert self.cite(tmp_path / "paper.tex", "-o", target) == 0
            target.write_text(target.read_text().replace("Flows", "Flow"))
        before = target.read_text()
        assert self.cite(tmp_path / "paper.tex", "-o", target) == 2
        assert target.read_text() == before
        assert (
            "was not made by `odebib cite`, or was edited since; it stays as it is" in capsys.readouterr().err
        )

    def test_own_bib(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What --bib defines is neither missing nor printed."""
        write(tmp_path, {"paper.tex": r"\cite{a}\cite{adams2019flows}", "mine.bib": "@misc{a, }"})
        assert self.cite(tmp_path / "paper.tex", "--bib", tmp_path / "mine.bib") == 0
        assert capsys.readouterr().err == "1 entry, 1 in your own files\n"

    def test_no_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Wrong usage is told."""
        assert self.cite() == 2
        assert "no file to look into" in capsys.readouterr().err


@pytest.fixture(name="site")
def _site(toy: Project, tmp_path: Path) -> Iterator[str]:
    """The address of a site with the toy bibliography, under a path prefix."""
    write(
        tmp_path / "www", {"toys/api/entries.json": json.render(toy.bibliography, toy.bibliography.entries)}
    )
    write(tmp_path / "www", {"wrong/api/entries.json": "{}"})

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(tmp_path / "www"))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class TestFrom:
    """Citing from elsewhere."""

    def test_published_site(
        self, toy: Project, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A site gives the bytes that its project gives; no project is needed."""
        write(tmp_path, {"paper.tex": r"\nocite{*}"})
        assert cli.main(["cite", str(tmp_path / "paper.tex"), "--from", f"{site}/toys/"]) == 0
        assert capsys.readouterr().out == bibtex.render(toy.bibliography, toy.bibliography.entries)

    @pytest.mark.parametrize("source", [TOY, "site"])
    def test_folder(
        self, site: str, tmp_path: Path, source: Path | str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A project's folder, or a built site's."""
        write(tmp_path, {"paper.tex": r"\cite{chen2020depth}"})
        folder = tmp_path / "www" / "toys" if source == "site" else source
        assert cli.main(["cite", str(tmp_path / "paper.tex"), "--from", str(folder)]) == 0
        assert capsys.readouterr().out.startswith("@misc{chen2020depth,")

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            pytest.param("{site}/none", "/none/api/entries.json cannot be had", id="absent"),
            pytest.param(
                "{site}/wrong", "/wrong/api/entries.json is no bibliography of odebib", id="another-json"
            ),
            pytest.param(
                "http://127.0.0.1:1", "127.0.0.1:1/api/entries.json cannot be had", id="nobody-there"
            ),
            pytest.param("/nowhere", "/nowhere is neither a project nor a site", id="no-folder"),
        ],
    )
    def test_what_goes_wrong(
        self, site: str, tmp_path: Path, source: str, message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A sentence, never a traceback."""
        write(tmp_path, {"paper.tex": r"\cite{a}"})
        assert cli.main(["cite", str(tmp_path / "paper.tex"), "--from", source.format(site=site)]) == 2
        assert message in capsys.readouterr().err

    def test_too_big(self, site: str) -> None:
        """Nobody is drowned."""
        with pytest.raises(SourceError, match=r"cannot be had: .* answered with more than"):
            http.get(f"{site}/toys/api/entries.json", limit=100)

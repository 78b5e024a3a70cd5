"""Which entries the names mean that a paper cites."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from odebib import cli
from odebib.errors import SourceError
from odebib.formats import bibtex, json
from odebib.lookup import citing, papers
from odebib.lookup.citing import Missing
from odebib.project.store import Project
from odebib.services import http

TOY = Path(__file__).parents[1] / "toy"


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Files, given by their path and text."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


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
        found = citing.resolve(toy.bibliography, papers.Citations(names, own={"mine"}))
        assert found.missing == [
            Missing("arXiv:2401.12345", "odebib add 2401.12345"),
            Missing("10.1234/a(b)", "odebib add '10.1234/a(b)'"),
            Missing("adams2019flow", "did you mean `adams2019flows`? else: odebib add ARXIV-ID-OR-DOI"),
            Missing("x", "odebib add 10.1/y"),
        ]

    def test_everything(self, toy: Project) -> None:
        r"""\nocite{*} is the whole bibliography, each entry once."""
        found = citing.resolve(
            toy.bibliography, papers.Citations({"1901.00001": {}, "*": {}}, own={"old2015networks"})
        )
        assert set(found.entries.values()) == set(toy.bibliography.entries) - {"old2015networks"}
        assert next(iter(found.entries)) == "1901.00001"

    def test_repeated(self, toy: Project) -> None:
        """Two names of one work are told."""
        found = citing.resolve(toy.bibliography, papers.Citations({"1901.00001": {}, "adams2019flows": {}}))
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

"""Reading BibTeX and BibLaTeX files of any quality."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odebib.model.record import Record
from odebib.sources.bibtex.people import people
from odebib.sources.bibtex.reader import read
from odebib.sources.found import Found


def found(text: str) -> Found:
    return read(textwrap.dedent(text).strip("\n"), "refs")


def the_record(text: str) -> Record:
    ((_, item),) = found(text).records()
    return item.record


def names(record: Record) -> list[str]:
    return [str(name) for name in record.authors]


class TestEntries:
    """What an entry becomes."""

    def test_an_entry_becomes_a_record(self) -> None:
        """Fields are read, LaTeX becomes Unicode, the raw entry and its key are kept."""
        text = r"""
            @inproceedings{chen2018neural,
              title = {Neural {ODE}s -- na{\"\i}ve \& {\O}ksendal},
              author = {Chen, Ricky T. Q. and {\'E}tienne Rub{\v s}kova and others},
              booktitle = {Advances in Neural Systems}, volume = 31,
              pages = {6571--6583}, month = dec, year = 2018, publisher = {Curran},
              url = {https://papers.nips.cc/a\_b}, abstract = {50% better, see arXiv:1234.56789.},
              keywords = {ODEs; flows}, file = {x.pdf}, owner = {me}
            }
        """
        record = the_record(text)
        assert record.text.startswith("@inproceedings{chen2018neural,")
        assert record.source_id == "chen2018neural"
        assert record.title == "Neural {ODE}s – naïve & Øksendal"
        assert names(record) == ["Ricky T. Q. Chen", "Étienne Rubškova", "others"]
        assert (record.venue, record.volume, record.pages) == (
            "Advances in Neural Systems",
            "31",
            "6571-6583",
        )
        assert (record.year, record.month, record.type) == (2018, 12, "conference-paper")
        assert record.url == "https://papers.nips.cc/a_b"
        assert record.abstract == "50% better, see arXiv:1234.56789."
        assert record.arxiv is None, "identifiers are never taken from an abstract"
        assert record.topics == ("ODEs", "flows")

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            pytest.param("journal={arXiv preprint arXiv:1806.07366}", {"arxiv": "1806.07366"}, id="journal"),
            pytest.param("eprint={1806.07366}, archivePrefix={arXiv}", {"arxiv": "1806.07366"}, id="eprint"),
            pytest.param("eprint={1806.07366v2}, eprinttype={arxiv}", {"arxiv": "1806.07366"}, id="biblatex"),
            pytest.param("journal={CoRR}, volume={abs/1806.07366}", {"arxiv": "1806.07366"}, id="dblp"),
            pytest.param("doi={10.48550/arXiv.1806.07366}", {"arxiv": "1806.07366"}, id="arxiv-doi"),
            pytest.param("doi={https://doi.org/10.1000/ABC}", {"doi": "10.1000/abc"}, id="doi-as-address"),
            pytest.param(
                "url={https://openreview.net/forum?id=blfSjHeFM_e}",
                {"openreview": "blfSjHeFM_e"},
                id="openreview",
            ),
            pytest.param(
                "howpublished={\\url{https://a.org/b_}}", {"url": "https://a.org/b_"}, id="howpublished"
            ),
            pytest.param("note={Available at https://a.org/x}", {"url": "https://a.org/x"}, id="note"),
            pytest.param("isbn={0-306-40615-2}", {"isbn": "9780306406157"}, id="isbn"),
            pytest.param("date={2020-03-04}", {"year": 2020, "month": 3}, id="date"),
            pytest.param("year={c2001}, month={Mar.~3--5}", {"year": 2001, "month": 3}, id="odd-dates"),
            pytest.param("year=2018, year=2019", {"year": 2018}, id="duplicate-field"),
            pytest.param("journaltitle={Nature &amp; Co}", {"venue": "Nature & Co"}, id="html-entity"),
            pytest.param("note={Best Paper Award}", {"awards": ("best paper",), "note": None}, id="award"),
            pytest.param("subtitle={A Survey}", {"title": "T: A Survey"}, id="subtitle"),
        ],
    )
    def test_reads_a_field(self, fields: str, expected: dict[str, Any]) -> None:
        """The many fields of both dialects become the few of a record."""
        record = the_record(f"@article{{k, title={{T}}, {fields}}}")
        assert {name: getattr(record, name) for name in expected} == expected

    @pytest.mark.parametrize(
        ("type_", "fields", "expected"),
        [
            ("article", "journal={Nature}", "journal-article"),
            ("article", "journal={arXiv preprint arXiv:1806.07366}", None),
            ("inproceedings", "booktitle={ICML Workshop on X}", "workshop-paper"),
            ("phdthesis", "school={MIT}", "thesis"),
            ("incollection", "booktitle={A Book}", "chapter"),
            ("online", "url={https://a.org/}", "website"),
            ("software", "url={https://a.org/}", "software"),
            ("misc", "year=2018", None),
        ],
    )
    def test_types(self, type_: str, fields: str, expected: str | None) -> None:
        """An entry's type is read where it says something."""
        assert the_record(f"@{type_}{{k, title={{T}}, {fields}}}").type == expected

    def test_the_school_of_a_thesis_is_its_institution(self) -> None:
        """A thesis has no venue."""
        record = the_record("@phdthesis{k, title={{On Equations}}, school={Oxford}}")
        assert (record.title, record.institution, record.venue) == (
            "On Equations",
            "Oxford",
            None,
        )


class TestValues:
    """What values say, whatever they are written in."""

    @pytest.mark.parametrize(
        ("written", "title"),
        [
            pytest.param(r"On \LaTeX\ and \TeX{}", "On LaTeX and TeX", id="logos"),
            pytest.param(r"\href{https://a.org/b%20c}{The {ODE}} way", "The {ODE} way", id="link"),
            pytest.param(r"Of $\alpha$$\beta$ and $x$$y$", r"Of $\alpha$$\beta$ and $x$$y$", id="formulae"),
            pytest.param(
                r"Caf\ifmmode\acute{e}\else\'{e}\fi{} $\ifmmode x\else y\fi$", "Café $x$", id="ifmmode"
            ),
            pytest.param(r"One\\{} Two", "One Two", id="line break before braces"),
            pytest.param(r"Poincar{\\'e} maps", "Poincaré maps", id="accent escaped twice"),
            pytest.param(
                r"10\textsuperscript{6} cells, 2\textsuperscript{nd}", "10$^{6}$ cells, 2nd", id="raised"
            ),
            pytest.param(r"\enquote{Deep} \copyright\ \mbox{G-Net}", "“Deep” © G-Net", id="quotes and signs"),
            pytest.param(
                r"$\less$p$\greater$Of $\less$i$\greater$Ursus$\less$/i$\greater$ {\&}amp$\mathsemicolon$ co$\less$/p$\greater$",
                "Of Ursus & co",
                id="Crossref",
            ),
            pytest.param(
                "The <i>Ursus</i> of H<sub>2</sub>O &amp; co", "The *Ursus* of H$_{2}$O & co", id="HTML"
            ),
            pytest.param(
                "Of <mml:math><mml:msup><mml:mi>L</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>",
                "Of $L^{2}$",
                id="MathML",
            ),
            pytest.param(
                "Waves in<math><mi>N</mi></math>-fold and<math><mi>M</mi></math>layers",
                "Waves in $N$-fold and $M$ layers",
                id="formulae that touch words",
            ),
            pytest.param(r"The \emph{Ursus} in caves", "The *Ursus* in caves", id="emphasis"),
            pytest.param(r"\texttt{code\_x} and \textsf{Net}", "code_x and Net", id="fonts"),
            pytest.param(r"Of \ce{H2O} at \SI{5}{\kilo\metre}", "Of H2O at 5 km", id="units"),
            pytest.param(r"\uppercase{dna}", "DNA", id="capitals"),
            pytest.param(r"\emph{All of it}", "All of it", id="emphasis of all is none"),
            pytest.param(r"\textcolor{red}{Red} and \hspace{1em}blue", "Red and blue", id="colours and gaps"),
        ],
    )
    def test_titles(self, written: str, title: str) -> None:
        """LaTeX, HTML, MathML and Crossref's mixture become text with mathematics."""
        assert the_record(f"@book{{k, title={{{written}}}}}").title == title

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            pytest.param(
                "title={Why?}, subtitle={So}", {"title": "Why? So"}, id="no colon behind a question"
            ),
            pytest.param("year={to appear}", {"year": None, "note": "to appear"}, id="year in words"),
            pytest.param("year={n.d.}", {"year": None, "note": None}, id="no date"),
            pytest.param("year={circa 1850}", {"year": 1850, "note": "circa 1850"}, id="circa"),
            pytest.param("year={1998--1999}", {"year": 1998, "note": None}, id="years"),
            pytest.param("date={2019-12-30/2020-01-02}", {"year": 2019, "month": 12}, id="range"),
            pytest.param("date={2004-22}", {"year": 2004, "month": None}, id="season"),
            pytest.param("pubstate={inpress}", {"note": "in press"}, id="state"),
            pytest.param('year=2001, month="12~" # jan', {"month": 1}, id="day before the month"),
            pytest.param("year=2001, month=jun # {~3--5}", {"month": 6}, id="month before the days"),
            pytest.param("year=2001, month={Mai}", {"month": 5}, id="month of another language"),
            pytest.param(
                "eventdate={2018-07-10/2018-07-15}, year=2019",
                {"year": 2019, "event_date": "2018-07-10/2018-07-15"},
                id="the meeting's date is not the work's",
            ),
            pytest.param("series={LNCS}, volume=7", {"series": "LNCS", "volume": "7"}, id="series"),
            pytest.param("edition={Second}", {"edition": "2"}, id="edition"),
            pytest.param("howpublished={Privately printed}", {"howpublished": "Privately printed"}, id="how"),
            pytest.param("note={Talk given twice}", {"note": "Talk given twice"}, id="note"),
            pytest.param("chapter=3", {"note": "Chapter 3"}, id="chapter"),
            pytest.param(
                "doi={10.1175/15(96)077$<$0935:W$>$2.0.CO;2}",
                {"doi": "10.1175/15(96)077<0935:w>2.0.co;2"},
                id="doi in mathematics",
            ),
            pytest.param(
                "doi={10.1175/15{\\textless}1{\\textgreater}2{\\_}3}",
                {"doi": "10.1175/15<1>2_3"},
                id="doi in LaTeX",
            ),
            pytest.param(
                "doi={10.1000/a\\%3Cb\\%3E;2\\#x}", {"doi": "10.1000/a<b>;2#x"}, id="doi as in an address"
            ),
            pytest.param(
                "url={https://a.org/doi/10.1002/(SICI)1(1999)22:3%3C267::AID%3E3.0.CO;2-A}",
                {"doi": "10.1002/(sici)1(1999)22:3<267::aid>3.0.co;2-a"},
                id="doi with all its signs within an address",
            ),
            pytest.param(
                "url={https://a.org/Lens_(optics)}", {"url": "https://a.org/Lens_(optics)"}, id="bracket"
            ),
            pytest.param(
                "note={(see https://a.org/L_(o))}", {"url": "https://a.org/L_(o)"}, id="brackets in a note"
            ),
            pytest.param(
                "url={https://a.org/\\~{}me/{\\_}x\\%20y}",
                {"url": "https://a.org/~me/_x%20y"},
                id="address in LaTeX",
            ),
            pytest.param(
                "url={https://a.org/$\\sim$me}", {"url": "https://a.org/~me"}, id="tilde in mathematics"
            ),
            pytest.param(
                "eprint={1806.07366}, eprinttype={arxiv}, eprintclass={cs.LG}",
                {"arxiv_class": "cs.LG"},
                id="eprintclass",
            ),
            pytest.param(
                "journal={arXiv:1806.07366 [math.NA]}",
                {"arxiv": "1806.07366", "arxiv_class": "math.NA"},
                id="class in journal",
            ),
            pytest.param(
                "eprint={arXiv:1806.07366 [cs.LG]}",
                {"arxiv": "1806.07366", "arxiv_class": "cs.LG"},
                id="class in eprint",
            ),
            pytest.param(
                "eprint={math.GT/0309136}",
                {"arxiv": "math/0309136", "arxiv_class": "math.GT"},
                id="class in old id",
            ),
            pytest.param(
                "eprint={123/45}, eprinttype={hdl}", {"url": "https://hdl.handle.net/123/45"}, id="handle"
            ),
        ],
    )
    def test_fields(self, fields: str, expected: dict[str, Any]) -> None:
        """Dates, imprint and identifiers as people write them."""
        title = "" if fields.startswith("title") else "title={T}, "
        record = the_record(f"@book{{k, {title}{fields}}}")
        assert {name: getattr(record, name) for name in expected} == expected

    @pytest.mark.parametrize(
        ("type_", "fields", "degree"),
        [
            ("mastersthesis", "school={ETH}", "master's"),
            ("phdthesis", "school={ETH}", "PhD"),
            ("phdthesis", "school={ETH}, type={Habilitation}", "habilitation"),
            ("thesis", "institution={ETH}, type={mathesis}", "master's"),
            ("thesis", "institution={ETH}", None),
        ],
    )
    def test_degrees(self, type_: str, fields: str, degree: str | None) -> None:
        """What a thesis was written for is not guessed at."""
        record = the_record(f"@{type_}{{k, title={{T}}, {fields}}}")
        assert (record.type, record.institution, record.degree) == ("thesis", "ETH", degree)


class TestPeople:
    """Values of ``author``."""

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("Doe, Jane and Smith, John", ["Jane Doe", "John Smith"]),
            ("{The JAX Team} and others", ["{The JAX Team}", "others"]),
            ("Smith, Jr., John", ["John Smith, Jr."]),
            ("family=Beethoven, given=Ludwig, prefix=van", ["Ludwig van Beethoven"]),
            (r"M{\"u}ller, K. and {\'E}. Cartan", ["K. Müller", "É. Cartan"]),
            ("{Barba Rossa}, Anna", ["Barba Rossa, Anna"]),
            (
                "Ricky Chen, Yulia Rubanova, Jesse Bett and David Duvenaud",
                ["Ricky Chen", "Yulia Rubanova", "Jesse Bett", "David Duvenaud"],
            ),
            ("", []),
            (r"Ru{\'\i}z Vega, Ana Mar{\'\i}a", ["Ruíz Vega, Ana María"]),
            ("van der Bos, Jan and Roe, Bo", ["Jan van der Bos", "Bo Roe"]),
            ("Vega Roe, III, Ann Bea", ["Vega Roe, III, Ann Bea"]),
            ("Kong, Martin Lu, Jr.", ["Martin Lu Kong, Jr."]),
            ("Doe,~Jane~Q. and Bo~Roe", ["Jane Q. Doe", "Bo Roe"]),
            ("van~der~Bos, Jan", ["Jan van der Bos"]),
            ("Doe, Jane and", ["Jane Doe"]),
            ("Doe, Jane and and Roe, Bo", ["Jane Doe", "Bo Roe"]),
            ("and Doe, Jane", ["Jane Doe"]),
            ("Jane Doe and, Bo Roe", ["Jane Doe", "Bo Roe"]),
            ("Doe, Jane\nAND\tRoe, Bo anD Poe, Ed", ["Jane Doe", "Bo Roe", "Ed Poe"]),
            ("Doe, Jane; Roe, Bo; Poe, Ed", ["Jane Doe", "Bo Roe", "Ed Poe"]),
            ("{Smith; Sons}; Roe, Bo", ["{Smith; Sons}", "Bo Roe"]),
            ("Doe, Jane et~al.", ["Jane Doe", "others"]),
            ("Doe, Jane and et al.", ["Jane Doe", "others"]),
            ("Doe, Jane and Others", ["Jane Doe", "others"]),
            ("{van der Bos}, Jan", ["Jan {van der Bos}"]),
            ("Jane {Roe Poe}", ["Roe Poe, Jane"]),
            (r"{Ru{\'\i}z Vega}, Ana", ["Ruíz Vega, Ana"]),
            (r"{{\'E}cole Normale}", ["{École Normale}"]),
            (r"Ho\ifmmode \check{r}\else \v{r}\fi{}ava, Petr", ["Petr Hořava"]),
            ("Parson F., Kirby T., Mac K. and Whit D.", ["F. Parson", "T. Kirby", "K. Mac", "D. Whit"]),
            ("given=Jane, family={Doe Roe}, suffix=Jr", ["Doe Roe, Jr, Jane"]),
            ('"family={Doe, X}", given={Jane} and Roe, Bo', ["Jane {Doe, X}", "Bo Roe"]),
            ("family=Gogh, given=Vincent, prefix=van, useprefix=true", ["Vincent van Gogh"]),
            ("given={Jos{\\'e} Luis}, given-i=JL, family=Doe", ["José Luis Doe"]),
            ("Doe J and Roe BA and Poe E", ["J Doe", "BA Roe", "E Poe"]),
            ("Weinan E", ["Weinan E"]),
            (
                r"Jane Doe$^{1}$ and Bo Roe\textsuperscript{2,3} \and Ed Poe\inst{1}",
                ["Jane Doe", "Bo Roe", "Ed Poe"],
            ),
            ("Doe, Jane (Ed.) and Bo Roe (eds.)", ["Jane Doe", "Bo Roe"]),
            (r"{\"U}nl{\"u}, {\c C}a{\u g}lar", ["Çağlar Ünlü"]),
            ("Test, Some and others, ", ["Some Test", "others"]),
            ("De la Cruz, Eva and de La Tour, Jean", ["De la Cruz, Eva", "Jean de La Tour"]),
        ],
    )
    def test_reads_people(self, value: str, expected: list[str]) -> None:
        """Each person stands as names are read; groups keep their braces."""
        assert [name.written for name in people(value)] == expected


class TestFile:
    """A file as a whole."""

    def test_strings_concatenation_and_inheritance(self) -> None:
        """Macros are expanded, parts joined, and a parent's fields are inherited."""
        text = """
            @string{ans = "Advances in Systems"}
            @inproceedings{a, title={A}, booktitle = ans # " 31", month = jan}
            @inproceedings{b, title={B}, crossref={p}}
            @proceedings{p, title={Proceedings of X}, year={2001}, isbn={0-306-40615-2}}
            @article{c, title={C}, xdata={x}}
            @xdata{x, journal={Nature}}
        """
        records = {item.record.source_id: item.record for _, item in found(text).records()}
        assert records["a"].venue == "Advances in Systems 31"
        assert (records["b"].venue, records["b"].year, records["b"].isbn) == ("Proceedings of X", 2001, None)
        assert records["c"].venue == "Nature"
        assert "x" not in records

    def test_inheritance_goes_on_to_the_parents_parent(self) -> None:
        """Each passes on what it has and has inherited, under the name that fits the child."""
        text = """
            @inproceedings{a, title={A}, crossref={mid}}
            @proceedings{mid, title={Part Two}, crossref={top}}
            @mvproceedings{top, title={All Parts}, date={1979-05}, xdata={house}}
            @xdata{house, xdata={city}, publisher={Printers}}
            @xdata{city, location={Bern}, series={Blue}}
            @inbook{b, title={B}, crossref={book}, pages={1--2}}
            @book{book, title={Whole}, author={Au, Thor}, doi={10.1000/whole}, year=2001}
            @article{c, title={C}, crossref={issue}}
            @periodical{issue, title={Journal of J}, year=2002, number=7}
            @misc{loop, title={L}, crossref={loop2}}
            @misc{loop2, title={M}, crossref={loop}, year=2003}
            @book{d, title={D}, author={xdata=names-author-2}}
            @xdata{names, author={Doe, Jane and Roe, Bo}}
        """
        records = {item.record.source_id: item.record for _, item in found(text).records()}
        a, b, c = records["a"], records["b"], records["c"]
        assert (a.venue, a.year, a.month, a.publisher, a.series) == ("Part Two", 1979, 5, "Printers", "Blue")
        assert (b.venue, names(b), b.year, b.doi) == ("Whole", ["Thor Au"], 2001, None)
        assert (c.venue, c.year, c.number) == ("Journal of J", 2002, "7")
        assert records["loop"].year == 2003
        assert names(records["d"]) == ["Bo Roe"]

    def test_comments_between_fields(self) -> None:
        """As biber, they are passed over; a percent sign within a value is none."""
        text = """
            @article{a, % the key
              title = {50% of it}, % why {
              % author = {Not, Her},
              year = 2001, % checked
              journal = {J of X}
            }
            @article{b, title={B}, journal={J}}
        """
        first, second = (item.record for _, item in found(text).records())
        assert (first.title, first.year, first.venue, first.authors) == ("50% of it", 2001, "J of X", ())
        assert "% checked" in first.text, "the entry is kept as it stands"
        assert second.title == "B"

    def test_spaces_of_joined_parts_are_their_own(self) -> None:
        """A string may end with the space before the next part."""
        text = '@string{pre = "Proceedings of "}\n@string{all = pre # "X"}\n@inproceedings{a, title={A}, booktitle=all}'
        assert the_record(text).venue == "Proceedings of X"

    def test_an_entry_whose_fields_begin_at_once(self) -> None:
        """Without a key, which publishers' export buttons leave out."""
        record = the_record("@incollection{\nyear={2012},\ntitle={A},\nbooktitle={B}\n}")
        assert (record.source_id, record.title, record.year, record.venue) == (None, "A", 2012, "B")
        assert record.text.startswith("@incollection{ year")

    def test_a_brace_behind_a_backslash_is_one(self) -> None:
        """As BibTeX counts; only where that leaves an entry broken it is a sign of the text."""
        text = r"""
            @misc{a, title={Ends so\}, year=2001}
            @misc{b, title={Sets \{1, 2\} of}, year=2002}
            @misc{c, title={Open \{ only}, year=2003}
            @misc{d, title={One\\{} Two\\}, year=2004}
        """
        records = [item.record for _, item in found(text).records()]
        assert [(record.title, record.year) for record in records] == [
            ("Ends so", 2001),
            ("Sets {1, 2} of", 2002),
            ("Open { only", 2003),
            ("One Two", 2004),
        ]

    def test_a_list_of_types(self) -> None:
        """Semantic Scholar wrote a list where a type is to stand."""
        record = the_record("@['JournalArticle', 'Review']{k, title={T}, journal={J}, year=2001}")
        assert (record.title, record.type) == ("T", "journal-article")

    def test_proceedings_called_by_their_papers_name_for_them(self) -> None:
        """Proceedings may have a ``booktitle`` only."""
        assert the_record("@proceedings{k, booktitle={Proc. of X}, year=2001}").title == "Proc. of X"

    def test_commands_of_a_preamble(self) -> None:
        """A command that the file defines prints what it says there."""
        text = r"""
            @preamble{"\newcommand{\swap}[2]{#2#1} " # "\def\hush#1{} \providecommand*\X{Xi}"}
            @book{k, title={\swap{b}{a} of \X{}}, year={\hush{1970}1981}}
        """
        assert (the_record(text).title, the_record(text).year) == ("ab of Xi", 1981)

    def test_comments_and_preambles_are_no_entries(self) -> None:
        """What is commented out or is a preamble is passed over."""
        text = '@comment{@article{hidden, title={X}}}\n@preamble{"\\\\x{}"}\n% a comment\n@misc{a, title={A}}'
        result = found(text)
        assert [item.record.title for _, item in result.records()] == ["A"]
        assert result.not_understood == []

    def test_a_broken_entry_takes_no_other_along(self) -> None:
        """It is reported with its line and the reason; all others are kept."""
        text = """
            @article{one, title={One}}
            @article{broken,
              title = {A brace {never closed},
              year = 2000
            }
            @article{two, title={Two}}
        """
        result = found(text)
        assert [(item.line, item.record.title) for _, item in result.records()] == [(1, "One"), (6, "Two")]
        (problem,) = result.not_understood
        assert (problem.line, problem.reason) == (
            2,
            "broken entry: a brace or quotation mark is never closed",
        )
        assert problem.text.startswith("@article{broken,")

    def test_a_missing_comma_is_mended(self) -> None:
        """A field on a new line begins even where no comma ends the one before."""
        record = the_record("@article{k,\n  title = {No comma}\n  author = {A B and C D},\n  year = 2001\n}")
        assert (record.title, names(record), record.year) == ("No comma", ["A B", "C D"], 2001)

    def test_duplicate_keys_are_both_kept(self) -> None:
        """Two entries with one key are two records."""
        text = "@misc{k, title={One}}\n@misc{k, title={Two}}"
        assert [item.record.title for _, item in found(text).records()] == ["One", "Two"]

    def test_an_entry_needs_no_key(self) -> None:
        """An entry without key is kept."""
        assert the_record("@misc{, title={No key}}").source_id is None

    def test_an_entry_that_says_nothing_is_reported(self) -> None:
        """Without title and identifier there is no record."""
        (problem,) = found("@article{dummy, year=2000}").not_understood
        assert problem.reason == "it has neither title nor identifier"

    def test_there_is_one_section_of_the_files_name(self) -> None:
        """All records stand in one section."""
        assert [section.title for section in found("@misc{k, title={T}}").sections] == ["refs"]

    @given(st.text(alphabet=st.sampled_from('@a{}=,"\\\n #$title'), max_size=200))
    @settings(max_examples=150, deadline=None)
    def test_any_text_is_read(self, text: str) -> None:
        """No text makes reading fail."""
        read(text, "refs")

    @pytest.mark.parametrize("piece", ["@", "@a{b,\n", "{", "@a{b, title={x}}\n", "\\foo{", "\\(", " and "])
    def test_ends_on_hostile_files(self, piece: str) -> None:
        """Repetition does not make reading explode."""
        read(piece * 2000, "refs")
        read("@a{b, title={" + piece * 2000 + "}}", "refs")


class TestMakes:
    """What programs write into .bib files."""

    def test_journals_of_astronomers_have_names(self) -> None:
        """Commands of AASTeX; family names that are all in braces are names like others."""
        text = (
            r"@article{a, author={{Lee}, Ann and {van der Zee}, G.~H. and {Tide Team}}, title={Waves}, "
            r"journal={\mnras}, volume=3, year=2021, eprint={2101.00001}, adsurl={https://x.org}}"
        )
        found = read(text, "refs")
        ((_, item),) = found.records()
        assert item.record.venue == "Monthly Notices of the Royal Astronomical Society"
        assert [name.written for name in item.record.authors] == [
            "Ann Lee",
            "G. H. van der Zee",
            "{Tide Team}",
        ]
        assert found.left_out == ("adsurl",)

    def test_pages_of_groups_have_links_and_awards(self) -> None:
        """As al-folio's themes hold them."""
        text = (
            "@article{a, title={Waves}, author={Lee, Ann}, html={https://x.org/w}, poster={https://x.org/p.pdf}, "
            "code={https://github.com/x/y}, award_name={Best Paper Award}, selected={true}}"
        )
        ((_, item),) = read(text, "refs").records()
        assert (item.record.url, item.record.awards) == ("https://x.org/w", ("best paper",))
        assert dict(item.record.links.items()) == {
            "code": "https://github.com/x/y",
            "poster": "https://x.org/p.pdf",
        }

    def test_a_missing_comma_behind_quotes_is_mended(self) -> None:
        """As behind braces."""
        ((_, item),) = read(
            '@article{a,\n author = "Ann Lee"\n title = "Waves",\n year = 2017\n}', "refs"
        ).records()
        assert (item.record.title, item.record.year) == ("Waves", 2017)

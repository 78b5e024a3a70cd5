"""Reading tables."""

from __future__ import annotations

import io
import zipfile

import pytest

from odebib.errors import FormatError, UsageError
from odebib.sources import columns, spreadsheet, table
from sources.kinds import said

WAVES = {"title": "Waves, on shores", "authors": ["Ann Lee", "Bo Quill"], "year": 2021}


class TestForms:
    """Separators, quoting and what stands above the header."""

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param('Title,Authors,Year\n"Waves, on shores",Ann Lee; Bo Quill,2021\n', id="commas"),
            pytest.param('Title;Authors;Year\nWaves, on shores;"Lee, Ann; Quill, Bo";2021\n', id="semicolons"),
            pytest.param("Title\tAuthors\tYear\nWaves, on shores\tAnn Lee and Bo Quill\t2021\n", id="tabs"),
            pytest.param("Title|Authors|Year\nWaves, on shores|Ann Lee, Bo Quill|2021\n", id="bars"),
            pytest.param('sep=;\nTitle;Authors;Year\nWaves, on shores;"Lee, A.; Quill, B.";2021\n', id="Excel's sep="),
            pytest.param('Exported 2024\n\nTitle,Author(s),Year\n"Waves, on shores",Ann Lee; Bo Quill,2021\n',
                         id="a preamble"),
            pytest.param('YEAR,paper_title,Author Names\n2021.0,"Waves,\non shores",Ann Lee & Bo Quill\n',
                         id="a line break in a cell"),
            pytest.param("paper title,url,first author,publication year\n\"Waves, on shores\",,Ann Lee and Bo Quill,2021\n",
                         id="names of several words"),
        ],
    )  # fmt: skip
    def test_the_row_is_read(self, text: str) -> None:
        """Whatever separates the cells, and whatever the columns are called."""
        (record,) = said(table.read(text, "list"))
        if "Lee, A." in text:
            assert record["authors"] == ["A. Lee", "B. Quill"]
            record = record | {"authors": WAVES["authors"]}
        assert record == WAVES

    def test_a_quotation_mark_opens_no_cell_of_many_rows(self) -> None:
        """One that is never closed would take all that follows."""
        rows = "".join(f"{n} waves of the sea\tAnn Lee\t2021\n" for n in range(900))
        found = table.read('Title\tAuthors\tYear\n"0 waves\tAnn Lee\t2021\n' + rows, "list")

        assert sum(1 for _ in found.records()) == 901


class TestColumns:
    """What columns hold."""

    @pytest.mark.parametrize(
        ("header", "row", "fields"),
        [
            pytest.param(
                "Authors,Author full names,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,DOI,EID",
                '"Lee A.; Quill B.","Lee, Ann (571); Quill, Bo (572)",Waves,2021,Journal of Tides,3,2,,1,9,10.5555/W.1,2-s2.0-85',
                {"title": "Waves", "authors": ["Ann Lee", "Bo Quill"], "year": 2021, "venue": "Journal of Tides",
                 "volume": "3", "number": "2", "pages": "1-9", "doi": "10.5555/w.1"},
                id="Scopus",
            ),
            pytest.param(
                "Document Title,Authors,Publication Title,Publication Year,Volume,Start Page,End Page,PDF Link,DOI,Document Identifier",
                "Waves,A. Lee; B. Quill,2021 Conference on Tides (ICT),2021,,1,9,https://x.org/1.pdf,10.5555/w.1,IEEE Conferences",
                {"title": "Waves", "authors": ["A. Lee", "B. Quill"], "year": 2021, "type": "conference-paper",
                 "venue": "2021 Conference on Tides (ICT)", "pages": "1-9", "doi": "10.5555/w.1",
                 "links": {"pdf": ["https://x.org/1.pdf"]}},
                id="IEEE",
            ),
            pytest.param(
                "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,DOI",
                '12345678,Waves.,"Lee A, Quill B.",J Tides. 2021,Lee A,J Tides,2021,2021/07/02,',
                {"title": "Waves", "authors": ["A Lee", "B Quill"], "year": 2021, "venue": "J Tides",
                 "url": "https://pubmed.ncbi.nlm.nih.gov/12345678/"},
                id="PubMed",
            ),
            pytest.param(
                "Publication Type,Authors,Author Full Names,Article Title,Source Title,Document Type,Publication Date,Publication Year,DOI",
                'J,"Lee, A","Lee, Ann",Waves,JOURNAL OF TIDES,Article,JUL,2021,10.5555/w.1',
                {"title": "Waves", "authors": ["Ann Lee"], "year": 2021, "type": "journal-article",
                 "venue": "JOURNAL OF TIDES", "doi": "10.5555/w.1"},
                id="Web of Science",
            ),
            pytest.param(
                "Key,Item Type,Publication Year,Author,Title,Publication Title,DOI,Url,Date,Num Pages,Manual Tags,Extra",
                'ABCD2345,journalArticle,2021,"Lee, Ann; Quill, Bo",Waves,Journal of Tides,,,2021-07,12,tides; sea,arXiv: 2101.00001',
                {"source_id": "ABCD2345", "title": "Waves", "authors": ["Ann Lee", "Bo Quill"], "year": 2021,
                 "month": 7, "type": "journal-article", "venue": "Journal of Tides", "topics": ["tides", "sea"],
                 "arxiv": "2101.00001"},
                id="Zotero",
            ),
            pytest.param(
                "标题,作者,年份,期刊",
                "波浪,李安; 王波,2021,潮汐学报",
                {"title": "波浪", "authors": ["李安", "王波"], "year": 2021, "venue": "潮汐学报"},
                id="another language",
            ),
        ],
    )  # fmt: skip
    def test_names_of_exports_are_known(self, header: str, row: str, fields: dict[str, object]) -> None:
        """Each value becomes the field that it is."""
        (record,) = said(table.read(f"{header}\n{row}\n", "list"))
        assert {name: record.get(name) for name in fields} == fields

    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            ("Waves rise. © 2021, Port Press. All rights reserved.", "Waves rise."),
            ("Waves rise. Copyright © 2021 Port Press", "Waves rise."),
            ("Waves rise. (c) 2021 The Authors.", "Waves rise."),
            ("We mark waves with © 2021 times. They rise.", "We mark waves with © 2021 times. They rise."),
        ],
    )
    def test_an_abstract_ends_before_whose_it_is(self, said: str, kept: str) -> None:
        """As Scopus exports it."""
        found = table.read(f'Title,Authors,Year,Abstract\nWaves,Ann Lee,2021,"{said}"\n', "list")
        assert next(item.record.abstract for _, item in found.records()) == kept

    def test_addresses_are_told_apart(self) -> None:
        """A DOI, an arXiv id, code and a PDF each have their field."""
        text = "Title,Link,Code link,PDF\nWaves,https://arxiv.org/abs/2101.00001,https://github.com/x/y,https://x.org/w.pdf\n"
        (record,) = said(table.read(text, "list"))
        assert record["arxiv"] == "2101.00001"
        assert record["links"] == {"pdf": ["https://x.org/w.pdf"], "code": ["https://github.com/x/y"]}

    def test_sections_are_a_column_or_a_row(self) -> None:
        """A row in which only another column says something is a heading."""
        found = table.read("No,Title,Year\nShores,,\n1,Waves,2021\nDeep,,\n2,Tides,2020\n", "list")
        assert [(path, item.record.title) for path, item in found.records()] == [
            (("Shores",), "Waves"),
            (("Deep",), "Tides"),
        ]

    def test_what_is_not_taken_is_named_once(self) -> None:
        """A column that holds nothing needs no mention."""
        found = table.read("Title,Year,Rank,Empty\nWaves,2021,1,\nTides,2020,2,\n", "list")
        assert (found.taken, found.left_out) == (("Title", "Year"), ("Rank",))

    def test_a_person_may_say_what_columns_hold(self) -> None:
        """Before anything that is known."""
        found = table.read(
            "Werk,Wer,Wann\nWaves,Ann Lee,2021\n", "list", columns.wanted("title=Werk,authors=Wer,year=Wann")
        )
        assert said(found) == [{"title": "Waves", "authors": ["Ann Lee"], "year": 2021}]

    def test_unknown_columns_are_told(self) -> None:
        """With the way to say what they hold."""
        with pytest.raises(
            FormatError, match="no column of this table is known to hold titles: Werk, Wer"
        ) as error:
            table.read("Werk,Wer\nWaves,Ann\n", "list")
        assert error.value.hint == "say what its columns hold, for instance `--columns title=Werk,…`"

    def test_an_unknown_field_is_told(self) -> None:
        """With the one that was probably meant."""
        with pytest.raises(UsageError, match="`titel` is no field") as error:
            columns.wanted("titel=Werk")
        assert error.value.hint == "did you mean `title`?"


class TestRows:
    """Rows that are no records."""

    def test_nothing_is_dropped(self) -> None:
        """A torn row and one that says nothing of a work are told with their lines."""
        found = table.read("Title,Year\nWaves,2021\nTides, moons,2020\n,2019\n", "list")
        assert [(item.line, item.reason.split(":")[0]) for item in found.not_understood] == [
            (3, "it has 3 cells, the header 2"),
            (4, "it has neither title nor identifier"),
        ]


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
CONTENT = f"""<?xml version="1.0"?>
<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0"
 xmlns:text="{OFFICE}text:1.0"><office:body><office:spreadsheet><table:table table:name="Papers">
<table:table-row><table:table-cell office:value-type="string"><text:p>Title</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Year</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Waves</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="2021"><text:p>2021</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
MANIFEST = f"""<?xml version="1.0"?><manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0"/>"""


def ods() -> bytes:
    """The smallest spreadsheet that LibreOffice would open."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", CONTENT.replace("\n", ""))
        packed.writestr("META-INF/manifest.xml", MANIFEST)
    return content.getvalue()


class TestSpreadsheets:
    """Spreadsheets are tables."""

    def test_the_rows_of_a_sheet_are_read(self) -> None:
        """Numbers as people wrote them."""
        assert said(spreadsheet.read(ods(), "list")) == [{"title": "Waves", "year": 2021}]

    def test_a_damaged_one_is_told(self) -> None:
        """Without a traceback."""
        with pytest.raises(FormatError, match="this spreadsheet is damaged"):
            spreadsheet.read(b"PK\x03\x04nothing", "list")


class TestNames:
    """What a name stands for."""

    @pytest.mark.parametrize(
        ("name", "field"),
        [
            ("Paper Link", "url"),
            ("GitHub URL", "code"),
            ("Project page", "project"),
            ("Conference/Journal", "venue"),
            ("Source Title", "venue"),
            ("Author(s)", "authors"),
            ("Author Affiliations", ""),
            ("Times Cited, WoS Core", ""),
            ("Publication Date", "date"),
            ("Page count", ""),
            ("pubYear", "year"),
        ],
    )
    def test_words_decide_where_the_name_is_unknown(self, name: str, field: str) -> None:
        """The last one that says something, links and dates before all."""
        assert columns.meaning(name) == field

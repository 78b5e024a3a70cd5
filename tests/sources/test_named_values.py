"""Reading lists of objects: JSON, YAML, CITATION.cff, notes and folders of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from odebib.errors import FormatError, UsageError
from odebib.sources import cff, files, json_list, notes, yaml_list
from sources.kinds import read, said

WAVES = {"title": "Waves", "authors": ["Ann Lee", "Bo Quill"], "year": 2021, "doi": "10.5555/w.1"}
WORK = '{"title": "Waves", "authors": ["Ann Lee", "Bo Quill"], "year": 2021, "doi": "10.5555/W.1"}'


class TestJson:
    """JSON of any shape."""

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(f"[{WORK}]", id="a list"),
            pytest.param(f'{{"papers": [{WORK}]}}', id="under a key"),
            pytest.param(f'{{"status": "ok", "message": {{"total": 1, "items": [{WORK}]}}}}', id="deeper"),
            pytest.param(f'{{"result": {{"hits": {{"hit": [{{"@id": "7", "info": {WORK}}}]}}}}}}', id="DBLP's way"),
            pytest.param(WORK + "\n" + '{"note": "no work"}\n', id="JSON lines"),
            pytest.param('[{"Title": "Waves", "Author": "Lee, Ann and Quill, Bo", "Date": "2021", '
                         '"link": "https://doi.org/10.5555/w.1"}]', id="other names"),
            pytest.param('[{"title": "Waves", "authors": [{"name": "Ann Lee"}, {"name": "Bo Quill"}], "year": "2021", '
                         '"externalIds": {"DOI": "10.5555/w.1"}, "url": "https://doi.org/10.5555/w.1"}]', id="objects"),
            pytest.param('[{"title": "Waves", "authorships": [{"author": {"display_name": "Ann Lee"}}, '
                         '{"author": {"display_name": "Bo Quill"}}], "publication_year": 2021, '
                         '"doi": "https://doi.org/10.5555/w.1"}]', id="OpenAlex"),
        ],
    )  # fmt: skip
    def test_the_list_is_found_wherever_it_stands(self, text: str) -> None:
        """Whatever it and its fields are called."""
        assert said(json_list.read(text, "list")) == [WAVES]

    def test_sections_and_keys_are_kept(self) -> None:
        """A key over a list is a section, a key over a work its own."""
        text = f'{{"Shores": {{"lee2021": {WORK}}}, "Deep": [{WORK}]}}'
        found = json_list.read(text, "list")
        assert [(path, item.record.source_id) for path, item in found.records()] == [
            (("list", "Shores"), "lee2021"),
            (("list", "Deep"), None),
        ]

    def test_zotero_is_understood(self) -> None:
        """Notes and attachments are no works; identifiers stand in `extra`."""
        text = """
            {"items": [
              {"itemType": "journalArticle", "citationKey": "lee2021", "title": "Waves", "date": "2021-07-02",
               "creators": [{"creatorType": "author", "firstName": "Ann", "lastName": "Lee"},
                            {"creatorType": "translator", "firstName": "Cy", "lastName": "Cole"}],
               "publicationTitle": "Journal of Tides", "volume": "3", "extra": "arXiv: 2101.00001"},
              {"itemType": "attachment", "title": "PDF"}, {"itemType": "note", "note": "mine"}]}
        """
        assert said(read(json_list.read, text)) == [
            {
                "source_id": "lee2021",
                "title": "Waves",
                "type": "journal-article",
                "authors": ["Ann Lee"],
                "year": 2021,
                "month": 7,
                "venue": "Journal of Tides",
                "volume": "3",
                "arxiv": "2101.00001",
            }
        ]

    def test_what_is_not_taken_is_named_once(self) -> None:
        """And what is no work is told."""
        found = json_list.read(
            '[{"title": "Waves", "year": 2021, "rank": 1}, {"rank": 2}, "some words"]', "list"
        )
        assert found.left_out == ("rank",)
        assert [item.reason for item in found.not_understood] == [
            "it has neither title nor identifier",
            "it is a text, not an object with fields",
        ]

    def test_a_broken_item_is_told_and_the_rest_is_read(self) -> None:
        """As it is of CSL-JSON."""
        found = json_list.read(f'[{WORK},\n {{"title": "Tides", "year": oops}},\n {WORK}]', "list")
        assert [record["title"] for record in said(found)] == ["Waves", "Waves"]
        assert [item.line for item in found.not_understood] == [2]

    def test_what_is_no_json_is_refused(self) -> None:
        """With what it must be."""
        with pytest.raises(FormatError, match="no JSON that can be read"):
            json_list.read("{[", "list")


class TestYaml:
    """YAML of any shape."""

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("""
                # mine
                - title: Waves
                  authors:
                    - Ann Lee\\*
                    - Bo Quill
                  year: 2021
                  doi: 10.5555/w.1
                """, id="a list"),
            pytest.param("""
                papers:
                  - {title: Waves, author: "Ann Lee, Bo Quill", year: '2021', link: {url: https://doi.org/10.5555/w.1}}
                """, id="under a key"),
            pytest.param("""
                - title: Waves
                  authors: Ann Lee and Bo Quill
                  date: 2021
                  links:
                    - {name: DOI, url: "https://doi.org/10.5555/w.1"}
                """, id="a list of links"),
            pytest.param("""
                ---
                references:
                - title: Waves
                  author:
                  - family: Lee
                    given: Ann
                  - family: Quill
                    given: Bo
                  issued:
                    date-parts: [[2021]]
                  DOI: 10.5555/w.1
                ...
                """, id="CSL"),
        ],
    )  # fmt: skip
    def test_the_list_is_found_wherever_it_stands(self, text: str) -> None:
        """Comments are no items, nor are the lines of a list of people."""
        assert said(read(yaml_list.read, text)) == [WAVES]

    def test_a_parent_says_where_a_work_appeared(self) -> None:
        """As hayagriva has it."""
        text = """
            waves:
                type: Article
                title: Waves
                author: ["Lee, Ann"]
                date: 2021-07
                parent:
                    type: Periodical
                    title: Journal of Tides
                    volume: 3
        """
        assert said(read(yaml_list.read, text)) == [
            {
                "source_id": "waves",
                "title": "Waves",
                "type": "journal-article",
                "authors": ["Ann Lee"],
                "year": 2021,
                "month": 7,
                "venue": "Journal of Tides",
                "volume": "3",
            }
        ]

    def test_lists_of_sections_are_sections(self) -> None:
        """Of the name, the category or the year that they have."""
        text = """
            - year: 2021
              publications:
                - {title: Waves, authors: Ann Lee}
            - year: 2020
              publications:
                - {title: Tides, authors: Cy Cole}
        """
        found = read(yaml_list.read, text)
        assert [(path[-1], item.record.year) for path, item in found.records()] == [
            ("2021", 2021),
            ("2020", 2020),
        ]

    def test_software_says_how_to_cite_it(self) -> None:
        """The software, the paper it prefers, and what it refers to."""
        text = """
            cff-version: 1.2.0
            title: Tidekit
            authors: [{family-names: Lee, given-names: Ann}, {name: The Tide Team}]
            date-released: 2021-05-02
            repository-code: https://github.com/x/tidekit
            preferred-citation:
              type: article
              title: Waves
              authors: [{family-names: Lee, given-names: Ann}]
              journal: Journal of Tides
              year: 2021
            references:
              - {type: book, title: Moons, authors: [{family-names: Cole, given-names: Cy}]}
        """
        found = read(cff.read, text)
        assert [(record["title"], record.get("type"), record["authors"]) for record in said(found)] == [
            ("Tidekit", "software", ["Ann Lee", "{The Tide Team}"]),
            ("Waves", "journal-article", ["Ann Lee"]),
            ("Moons", "book", ["Cy Cole"]),
        ]


class TestNotes:
    """One file, one work."""

    @pytest.mark.parametrize(
        ("text", "fields"),
        [
            pytest.param("""
                ---
                title: Waves
                authors: [admin, Bo Quill]
                date: "2021-07-01T00:00:00Z"
                publishDate: "2022-01-01T00:00:00Z"
                publication_types: ["2"]
                publication: "*Journal of Tides, 3*(2)"
                publication_short: "J. Tides"
                url_pdf: https://x.org/w.pdf
                url_slides: ''
                links: [{name: Preprint, url: "https://arxiv.org/abs/2101.00001"}]
                ---
                Click the button.
                """,
                {"title": "Waves", "authors": ["Bo Quill", "others"], "year": 2021, "month": 7, "number": "2",
                 "type": "journal-article", "venue": "Journal of Tides", "volume": "3", "arxiv": "2101.00001",
                 "links": {"pdf": ["https://x.org/w.pdf"]}}, id="Hugo"),
            pytest.param("""
                ---
                title: "Waves"
                authors:
                  - "[[Ann Lee]]"
                  - [[Bo Quill]]
                year: 2021
                citekey: lee2021
                tags: [literature-note, tides]
                ---
                # Notes
                - The moon is [optional](https://x.org).
                """,
                {"source_id": "lee2021", "title": "Waves", "authors": ["Ann Lee", "Bo Quill"], "year": 2021,
                 "topics": ["tides"]}, id="Obsidian"),
            pytest.param("""
                +++
                title = "Waves"
                authors = ["Ann Lee"]
                date = 2021-07-01
                publication = "In *ICIT*"
                +++
                """,
                {"title": "Waves", "authors": ["Ann Lee"], "year": 2021, "month": 7, "venue": "ICIT"}, id="TOML"),
            pytest.param("""
                ---
                title: Waves
                author:
                  - name: Ann Lee
                    orcid: 0000-0000-0000-0000
                citation:
                  type: article-journal
                  container-title: Journal of Tides
                  issued: 2021
                  doi: 10.5555/w.1
                ---
                """,
                {"title": "Waves", "authors": ["Ann Lee"], "year": 2021, "type": "journal-article",
                 "venue": "Journal of Tides", "doi": "10.5555/w.1"}, id="Quarto"),
            pytest.param("""
                ---
                title: "Waves on Shores"
                collection: publications
                permalink: /publication/waves
                date: 2021-07-01
                venue: 'Journal of Tides'
                paperurl: 'https://x.org/waves.html'
                citation: 'Lee, Ann, and Bo Quill. (2021). &quot;Waves on Shores.&quot; <i>Journal of Tides</i>. 3(2).'
                ---
                """,
                {"title": "Waves on Shores", "authors": ["Ann Lee", "Bo Quill"], "year": 2021,
                 "venue": "Journal of Tides", "url": "https://x.org/waves.html"}, id="academicpages"),
            pytest.param("""
                # Waves

                Authors:: [[Ann Lee]], [[Bo Quill]]
                Year:: 2021
                Title:: Waves
                """,
                {"title": "Waves", "authors": ["Ann Lee", "Bo Quill"], "year": 2021}, id="fields in the text"),
        ],
    )  # fmt: skip
    def test_the_front_matter_says_what_work_it_is(self, text: str, fields: dict[str, object]) -> None:
        """The notes below it are a person's own."""
        found = read(notes.read, text)
        (record,) = said(found)
        assert {name: record.get(name) for name in fields} == fields
        assert not found.not_understood

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("---\ntitle: Reading\n---\n\n- [Waves](https://x.org)\n", id="a page"),
            pytest.param(
                "---\ntitle: Reading\nauthor: Ann\n---\n" + "- [Waves](https://x.org)\n" * 6, id="a list"
            ),
            pytest.param("# Waves\n\n- one\n", id="no front matter"),
        ],
    )
    def test_pages_are_no_notes(self, text: str) -> None:
        """A title alone names no work."""
        assert not notes.is_note(text)

    def test_the_owner_of_the_site_is_no_name(self) -> None:
        """It is told, and the list of authors is known to be incomplete."""
        found = notes.read("---\ntitle: Waves\nauthors: [admin]\ndoi: 10.5555/w.1\n---\n", "list")
        assert found.remarks == [
            "`admin` is the owner of the site, whose name stands elsewhere: write it to the authors"
        ]


class TestFolders:
    """A folder is read file by file."""

    def test_each_note_is_a_work(self, tmp_path: Path) -> None:
        """A reference beside it goes before, what it does not say is filled; other files are told."""
        for path, text in {
            "waves/index.md": "---\ntitle: Waves (draft)\nauthors: [admin]\ndate: 2021-01-01\n"
            "url_code: https://github.com/x/y\n---\n",
            "waves/cite.bib": "@article{lee2021, title={Waves}, author={Lee, Ann}, journal={J. Tides}, year={2021}}",
            "waves/featured.jpg": "",
            "tides/index.md": "---\ntitle: Tides\nauthors: [Cy Cole]\nyear: 2020\n---\n",
            "tides/index.fr.md": "---\ntitle: Marées\nauthors: [Cy Cole]\nyear: 2020\n---\n",
            "_index.md": "---\ntitle: Publications\n---\n",
            "plans.md": "# Plans\n\n- [Somewhere](https://x.org)\n",
            ".hidden/x.md": "---\ntitle: Hidden\nauthors: [A]\nyear: 2020\n---\n",
        }.items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")

        found = files.read(tmp_path)

        assert said(found) == [
            {"source_id": "tides", "title": "Tides", "authors": ["Cy Cole"], "year": 2020},
            {
                "source_id": "lee2021",
                "title": "Waves",
                "type": "journal-article",
                "authors": ["Ann Lee"],
                "year": 2021,
                "month": 1,
                "venue": "J. Tides",
                "links": {"code": ["https://github.com/x/y"]},
            },
        ]
        assert [(item.text, item.reason) for item in found.not_understood] == [
            ("plans.md", "its front matter says of no work what it is")
        ]
        assert "not read: 1 .jpg" in found.described()

    def test_an_empty_folder_is_refused(self, tmp_path: Path) -> None:
        """It is probably another that was meant."""
        with pytest.raises(UsageError, match="holds no file that is read"):
            files.read(tmp_path)

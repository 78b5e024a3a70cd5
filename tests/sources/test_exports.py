"""Reading what databases and reference managers export: tagged files, XML, bibliographies of LaTeX."""

from __future__ import annotations

import pytest

from odebib.errors import FormatError
from odebib.sources import (
    bbl,
    endnote_xml,
    enw,
    identifier_lines,
    mods,
    nbib,
    pubmed_xml,
    thebibliography,
    wos,
)
from sources.kinds import read, said

WAVES = {
    "title": "Waves on shores",
    "type": "journal-article",
    "authors": ["Ann Lee", "Gus van der Zee"],
    "year": 2021,
    "month": 7,
    "venue": "Journal of Tides",
    "volume": "3",
    "number": "2",
    "pages": "1-9",
    "doi": "10.5555/w.1",
    "abstract": "We wave.",
}
"""The article that each of the exports holds."""

WOS = """
    FN Clarivate Analytics Web of Science
    VR 1.0
    PT J
    AU Lee, A
       van der Zee, G
    AF Lee, Ann
       van der Zee, Gus
    TI Waves on
       shores
    SO JOURNAL OF TIDES
    LA English
    DT Article
    AB We wave.
    CR Cole C, 2018, DEEP
    PD JUL
    PY 2021
    VL 3
    IS 2
    BP 1
    EP 9
    DI 10.5555/w.1
    ER

    PT C
    AU Cole, C
    TI Tides
    PY 2018
    ER

    EF
"""
NBIB = """
    PMID- 12345678
    OWN - NLM
    VI  - 3
    IP  - 2
    DP  - 2021 Jul 12
    TI  - Waves on
          shores.
    PG  - 1-9
    LID - 10.5555/w.1 [doi]
    AB  - We
          wave.
    FAU - Lee, Ann
    AU  - Lee A
    FAU - van der Zee, Gus
    AU  - van der Zee G
    CN  - Tide Office
    PT  - Journal Article
    TA  - J Tides
    JT  - Journal of Tides

    PMID- 12345679
    TI  - Tides.
    DP  - 2018
    AU  - Cole C
"""
ENW = """
    %0 Journal Article
    %T Waves on shores
    %A Lee, Ann
    %A van der Zee, Gus
    %J Journal of Tides
    %V 3
    %N 2
    %P 1-9
    %8 July 2021
    %D 2021
    %R 10.5555/w.1
    %X We wave.

    %0 Thesis
    %A Cole, Cy
    %T Tides
    %D 2018
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records>
    <record><database name="x.enl">x.enl</database><ref-type name="Journal Article">17</ref-type><contributors>
    <authors><author><style face="normal">Lee, Ann</style></author><author>van der Zee, Gus</author></authors>
    </contributors><titles><title><style>Waves </style><style face="italic">on shores</style></title>
    <secondary-title>Journal of Tides</secondary-title></titles><pages>1-9</pages><volume>3</volume>
    <number>2</number><dates><year>2021</year><pub-dates><date>Jul</date></pub-dates></dates>
    <abstract>We wave.</abstract><electronic-resource-num>10.5555/w.1</electronic-resource-num></record>
    <record><ref-type name="Thesis">32</ref-type><contributors><authors><author>Tide Office,</author></authors>
    </contributors><titles><title>Tides</title></titles></record></records></xml>"""
MODS = """<modsCollection xmlns="http://www.loc.gov/mods/v3">
    <mods><titleInfo><title>Waves on shores</title></titleInfo><titleInfo type="abbreviated"><title>W</title></titleInfo>
    <name type="personal"><namePart type="family">Lee</namePart><namePart type="given">Ann</namePart>
    <role><roleTerm type="code">aut</roleTerm></role></name>
    <name type="personal"><namePart type="family">van der Zee</namePart><namePart type="given">Gus</namePart></name>
    <name type="personal"><namePart>Cy Cole</namePart><role><roleTerm>translator</roleTerm></role></name>
    <genre>journalArticle</genre><abstract>We wave.</abstract><identifier type="doi">10.5555/w.1</identifier>
    <relatedItem type="host"><titleInfo><title>Journal of Tides</title></titleInfo>
    <originInfo><dateIssued>2021-07</dateIssued></originInfo><part><detail type="volume"><number>3</number></detail>
    <detail type="issue"><number>2</number></detail><extent unit="pages"><start>1</start><end>9</end></extent></part>
    </relatedItem></mods>
    <mods ID="t"><titleInfo><title>Tides</title></titleInfo></mods></modsCollection>"""
PUBMED = """<?xml version="1.0"?><PubmedArticleSet>
    <PubmedArticle><MedlineCitation><PMID>12345678</PMID><Article><Journal><JournalIssue><Volume>3</Volume>
    <Issue>2</Issue><PubDate><Year>2021</Year><Month>Jul</Month></PubDate></JournalIssue>
    <Title>Journal of Tides</Title></Journal><ArticleTitle>Waves on <i>shores</i>.</ArticleTitle>
    <Pagination><MedlinePgn>1-9</MedlinePgn></Pagination><ELocationID EIdType="doi">10.5555/w.1</ELocationID>
    <Abstract><AbstractText>We wave.</AbstractText></Abstract><AuthorList><Author><LastName>Lee</LastName>
    <ForeName>Ann</ForeName></Author><Author><LastName>van der Zee</LastName><ForeName>Gus</ForeName></Author>
    </AuthorList><PublicationTypeList><PublicationType>Journal Article</PublicationType></PublicationTypeList>
    </Article></MedlineCitation></PubmedArticle>
    <PubmedArticle><MedlineCitation><PMID>12345679</PMID><Article><ArticleTitle>Tides</ArticleTitle></Article>
    </MedlineCitation></PubmedArticle></PubmedArticleSet>"""


class TestExports:
    """The same article in every export."""

    @pytest.mark.parametrize(
        ("reader", "text"),
        [
            pytest.param(wos.read, WOS, id="Web of Science"),
            pytest.param(nbib.read, NBIB, id="MEDLINE"),
            pytest.param(enw.read, ENW, id="EndNote's tags"),
            pytest.param(endnote_xml.read, ENDNOTE, id="EndNote's XML"),
            pytest.param(mods.read, MODS, id="MODS"),
            pytest.param(pubmed_xml.read, PUBMED, id="PubMed's XML"),
        ],
    )
    def test_all_fields_are_read(self, reader: object, text: str) -> None:
        """And the next one after it."""
        found = read(reader, text)  # type: ignore[arg-type]
        first, second = said(found)
        first.pop("source_id", None)
        assert first == WAVES
        assert second["title"] == "Tides"
        assert not found.not_understood

    def test_what_is_not_taken_is_named_once(self) -> None:
        """By the format's own names."""
        assert read(wos.read, WOS).left_out == ("language", "cited_references")

    def test_tags_that_nobody_knows_are_named(self) -> None:
        """As Zoological Record has them."""
        found = read(wos.read, "PT J\nAU Lee, A\nTI Waves\nTN Pisces\nPY 2021\nER\n")
        assert (said(found)[0]["title"], found.left_out) == ("Waves", ("TN",))

    def test_a_page_of_pubmed_stands_in_for_a_doi(self) -> None:
        """The number alone leads nowhere."""
        second = said(read(nbib.read, NBIB))[1]
        assert second["url"] == "https://pubmed.ncbi.nlm.nih.gov/12345679/"
        assert (second["source_id"], second["authors"]) == ("12345679", ["C Cole"])

    def test_a_group_is_no_person(self) -> None:
        """EndNote ends its name with a comma."""
        assert said(endnote_xml.read(ENDNOTE, "list"))[1]["authors"] == ["{Tide Office}"]

    @pytest.mark.parametrize(
        "declared",
        [
            pytest.param('<!ENTITY a "aaaaaaaaaa">', id="one that grows"),
            pytest.param('<!ENTITY a SYSTEM "file:///etc/hostname">', id="one that reads a file"),
        ],
    )
    def test_xml_that_declares_entities_is_refused(self, declared: str) -> None:
        """Nothing is expanded, and nothing outside is read."""
        text = f"<!DOCTYPE xml [{declared}]><xml><records><record>&a;</record></records></xml>"
        with pytest.raises(FormatError, match="declares entities, which are not expanded"):
            endnote_xml.read(text, "list")


BIBLIOGRAPHY = r"""
    \begin{thebibliography}{9}
    \providecommand{\natexlab}[1]{#1}
    % \bibitem{no} a comment
    \bibitem[Lee and van~der Zee(2021)]{lee2021}
    Ann Lee and Gus van~der Zee.
    \newblock Waves on {S}hores.
    \newblock \emph{Journal of Tides}, 3\penalty0 (2):\penalty0 1--9, 2021.
    \newblock \doi{10.5555/w.1}.

    \bibitem{office} {Tide Office}.
    \newblock Tides.
    \newblock Port Press, 2018.
    \bibitem{cole} C. Cole, ``Deep {\"o}ceans,'' \textit{J. Tides}, vol. 4, 2017. \url{https://x.org/d}
    \end{thebibliography}
"""
BIBER = r"""
      \entry{lee2021}{article}{}
        \name{author}{2}{}{%
          {{hash=a1}{%
             family={Lee},
             familyi={L\bibinitperiod},
             given={Ann},
             giveni={A\bibinitperiod}}}%
          {{hash=b2}{%
             family={Zee},
             given={Gus},
             prefix={van\bibnamedelima der}}}%
        }
        \list{publisher}{1}{%
          {Port Press}%
        }
        \strng{namehash}{x}
        \field{sortinit}{L}
        \field{journaltitle}{Journal of Tides}
        \field{title}{Waves on Shores}
        \field{year}{2021}
        \field{pages}{1\bibrangedash 9}
        \verb{doi}
        \verb 10.5555/w.1
        \endverb
      \endentry
"""


class TestLatex:
    """What BibTeX and biber wrote."""

    def test_references_keep_their_keys(self) -> None:
        """People, title and imprint are blocks, or a citation."""
        first, second, third = said(read(thebibliography.read, BIBLIOGRAPHY))
        assert first == {
            "source_id": "lee2021",
            "title": "Waves on Shores",
            "authors": ["Ann Lee", "Gus van der Zee"],
            "year": 2021,
            "venue": "Journal of Tides",
            "volume": "3",
            "number": "2",
            "pages": "1-9",
            "doi": "10.5555/w.1",
        }
        assert (second["title"], second["authors"], second["year"]) == ("Tides", ["{Tide Office}"], 2018)
        assert (third["source_id"], third["title"], third["url"]) == (
            "cole",
            "Deep öceans",
            "https://x.org/d",
        )

    def test_entries_of_biber_are_whole(self) -> None:
        """Each field by itself, each entry once."""
        (record,) = said(read(bbl.read, BIBER + BIBER))
        assert record == {
            "source_id": "lee2021",
            "title": "Waves on Shores",
            "type": "journal-article",
            "authors": ["Ann Lee", "Gus van der Zee"],
            "year": 2021,
            "venue": "Journal of Tides",
            "pages": "1-9",
            "publisher": "Port Press",
            "doi": "10.5555/w.1",
        }


class TestIdentifiers:
    """Identifiers one a line."""

    def test_each_line_is_a_work(self) -> None:
        """No record has the identifiers of two lines."""
        text = """
            # to read
            https://arxiv.org/abs/2101.00001
            - 10.5555/w.1
            doi:10.5555/W.2
            arXiv:2002.00002v3
            https://openreview.net/forum?id=AbCdEf1234
            https://example.org/paper
            PMID: 12345678
            ISBN 978-0-306-40615-7
        """
        assert said(read(identifier_lines.read, text)) == [
            {"arxiv": "2101.00001"},
            {"doi": "10.5555/w.1"},
            {"doi": "10.5555/w.2"},
            {"arxiv": "2002.00002"},
            {"openreview": "AbCdEf1234"},
            {"url": "https://example.org/paper"},
            {"url": "https://pubmed.ncbi.nlm.nih.gov/12345678/"},
            {"isbn": "9780306406157"},
        ]

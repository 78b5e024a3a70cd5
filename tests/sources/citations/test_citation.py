"""Reading one free-form citation, whatever its style."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odebib.model.record import Record
from odebib.sources.citations.author_line import leading_people, read_people
from odebib.sources.citations.awards import split_awards
from odebib.sources.citations.citation import read_citation
from odebib.sources.citations.imprint import read_imprint, read_venue_year
from odebib.sources.citations.style import Context
from odebib.sources.records import validated

STYLES = [
    pytest.param(
        "Haber E, Ruthotto L. Stable architectures for networks[J]. Inverse Problems, 2017, 34(1): 014004.",
        {
            "title": "Stable architectures for networks",
            "type": "journal-article",
            "authors": ["Haber, E", "Ruthotto, L"],
            "venue": "Inverse Problems",
            "year": 2017,
            "volume": "34",
            "number": "1",
            "pages": "014004",
        },
        id="gb-t-journal",
    ),
    pytest.param(
        "Liu R, Lin Z, Zhang W, et al. Learning PDEs for restoration[C]//European Conference on Vision. "
        "Springer, Berlin, Heidelberg, 2010: 115-128.",
        {
            "title": "Learning PDEs for restoration",
            "type": "conference-paper",
            "authors": ["Liu, R", "Lin, Z", "Zhang, W", "others"],
            "venue": "European Conference on Vision",
            "year": 2010,
            "pages": "115-128",
            "publisher": "Springer",
        },
        id="gb-t-proceedings-with-publisher",
    ),
    pytest.param(
        "MA J, LE FOLGOC L, ÇIÇEK Ö. Mamba: Linear-Time Modeling[EB/OL]. arXiv:2401.04722, 2024.",
        {
            "title": "Mamba: Linear-Time Modeling",
            "authors": ["Ma, J", "Le Folgoc, L", "Çiçek, Ö"],
            "year": 2024,
            "arxiv": "2401.04722",
        },
        id="gb-t-names-in-capitals",
    ),
    pytest.param(
        "Lu Y, Zhong A, et al. Beyond finite layers[J]. arXiv preprint arXiv:1710.10121, 2017."
        "(ICLR workshop 2018/ICML2018)",
        {
            "title": "Beyond finite layers",
            "authors": ["Lu, Y", "Zhong, A", "others"],
            "venue": "ICML",
            "year": 2018,
            "arxiv": "1710.10121",
            "note": "ICLR workshop 2018/ICML2018",
        },
        id="preprint-whose-venue-stands-in-brackets",
    ),
    pytest.param(
        "Goodfellow I, Bengio Y. Deep learning[M]. Cambridge: MIT press, 2016.",
        {
            "title": "Deep learning",
            "type": "book",
            "authors": ["Goodfellow, I", "Bengio, Y"],
            "year": 2016,
            "publisher": "MIT press",
        },
        id="gb-t-book",
    ),
    pytest.param(
        "Chen, R. T. Q., Rubanova, Y., & Duvenaud, D. (2018). Neural equations. "
        "In Advances in Neural Information Processing Systems (pp. 6571–6583).",
        {
            "title": "Neural equations",
            "authors": ["Chen, R. T. Q.", "Rubanova, Y.", "Duvenaud, D."],
            "venue": "Advances in Neural Information Processing Systems",
            "year": 2018,
            "pages": "6571–6583",
        },
        id="apa",
    ),
    pytest.param(
        "Raissi, M., Karniadakis, G.E., 2019. Physics-informed networks. J. Comput. Phys. 378, 686–707.",
        {
            "title": "Physics-informed networks",
            "authors": ["Raissi, M.", "Karniadakis, G.E."],
            "venue": "J. Comput. Phys.",
            "year": 2019,
            "volume": "378",
            "pages": "686–707",
        },
        id="harvard-with-abbreviated-journal",
    ),
    pytest.param(
        "R. T. Q. Chen, Y. Rubanova, and D. Duvenaud, “Equations,” in Proc. ICML, 2018, pp. 6571–6583.",
        {
            "title": "Equations",
            "authors": ["R. T. Q. Chen", "Y. Rubanova", "D. Duvenaud"],
            "venue": "Proc. ICML",
            "year": 2018,
            "pages": "6571–6583",
        },
        id="ieee",
    ),
    pytest.param(
        'Chen, Ricky TQ, et al. "Neural equations." Advances in systems 31 (2018).',
        {
            "title": "Neural equations",
            "authors": ["Chen, Ricky TQ", "others"],
            "venue": "Advances in systems",
            "year": 2018,
            "volume": "31",
        },
        id="mla",
    ),
    pytest.param(
        "Ricky T. Q. Chen, Yulia Rubanova, and David Duvenaud. 2018. Neural equations. "
        "In Advances in Neural Systems, Vol. 31.",
        {
            "title": "Neural equations",
            "authors": ["Ricky T. Q. Chen", "Yulia Rubanova", "David Duvenaud"],
            "venue": "Advances in Neural Systems",
            "year": 2018,
            "volume": "31",
        },
        id="acm",
    ),
    pytest.param(
        "Raissi M, Karniadakis GE. Physics-informed networks. J Comput Phys. 2019;378(2):686-707. "
        "doi:10.1016/j.jcp.2018.10.045",
        {
            "title": "Physics-informed networks",
            "authors": ["Raissi, M", "Karniadakis, GE"],
            "venue": "J Comput Phys",
            "year": 2019,
            "volume": "378",
            "number": "2",
            "pages": "686-707",
            "doi": "10.1016/j.jcp.2018.10.045",
        },
        id="vancouver",
    ),
    pytest.param(
        "LeCun Y, Bengio Y, Hinton G. Deep learning. Nature 521, 436–444 (2015).",
        {
            "title": "Deep learning",
            "authors": ["LeCun, Y", "Bengio, Y", "Hinton, G"],
            "venue": "Nature",
            "year": 2015,
            "volume": "521",
            "pages": "436–444",
        },
        id="nature",
    ),
    pytest.param(
        "Tian Qi Chen and David Duvenaud. Neural equations. In Samy Bengio and Hanna M. Wallach (eds.), "
        "Advances in Neural Systems, pp. 6572–6583, 2018.",
        {
            "title": "Neural equations",
            "authors": ["Tian Qi Chen", "David Duvenaud"],
            "editors": ["Samy Bengio", "Hanna M. Wallach"],
            "venue": "Advances in Neural Systems",
            "year": 2018,
            "pages": "6572–6583",
        },
        id="with-editors",
    ),
    pytest.param(
        "Kidger, P. On Neural Differential Equations. PhD thesis, University of Oxford, 2021.",
        {
            "title": "On Neural Differential Equations",
            "type": "thesis",
            "authors": ["Kidger, P"],
            "year": 2021,
            "publisher": "University of Oxford",
        },
        id="thesis",
    ),
    pytest.param(
        "Lu Y. et al., Beyond Finite Layers: Bridging Worlds, ICML 2018.",
        {
            "title": "Beyond Finite Layers: Bridging Worlds",
            "authors": ["Lu, Y", "others"],
            "venue": "ICML",
            "year": 2018,
        },
        id="commas-only",
    ),
    pytest.param(
        "Xiaoshuai Zhang*, Yiping Lu*, Bin Dong. “Unfolding: A Moving Endpoint” "
        "Seventh International Conference on Learning Representations(ICLR) 2019(*equal contribution)",
        {
            "title": "Unfolding: A Moving Endpoint",
            "authors": ["Xiaoshuai Zhang", "Yiping Lu", "Bin Dong"],
            "venue": "Seventh International Conference on Learning Representations(ICLR)",
            "year": 2019,
        },
        id="quoted-title-with-marks-of-contribution",
    ),
    pytest.param(
        "Attention Is Everything? Vaswani A. et al. arXiv 2017",
        {"title": "Attention Is Everything?", "authors": ["Vaswani, A", "others"], "year": 2017},
        id="title-first-preprint-server-is-no-venue",
    ),
    pytest.param(
        "Deep Learning. Ian Goodfellow, Yoshua Bengio, Aaron Courville. MIT Press, 2016.",
        {
            "title": "Deep Learning",
            "authors": ["Ian Goodfellow", "Yoshua Bengio", "Aaron Courville"],
            "year": 2016,
            "publisher": "MIT Press",
        },
        id="title-first-with-full-names",
    ),
    pytest.param(
        "Latent Equations (LONG ORAL)\nYulia Rubanova, Ricky Chen\nAdvances in Neural Systems (NeurIPS).",
        {
            "title": "Latent Equations",
            "authors": ["Yulia Rubanova", "Ricky Chen"],
            "venue": "Advances in Neural Systems (NeurIPS)",
            "awards": ["long oral"],
        },
        id="title-people-and-venue-on-lines",
    ),
    pytest.param(
        "NIPS 18 best paper: Neural Ordinary Equations",
        {"title": "Neural Ordinary Equations", "venue": "NIPS", "year": 2018, "awards": ["best paper"]},
        id="venue-and-award-first",
    ),
    pytest.param(
        "PNAS Solving high-dimensional equations using deep learning",
        {"title": "Solving high-dimensional equations using deep learning", "venue": "PNAS"},
        id="venue-first-betrayed-by-sentence-case",
    ),
    pytest.param(
        "On learning diffusion processes for restoration CVPR2015",
        {"title": "On learning diffusion processes for restoration", "venue": "CVPR", "year": 2015},
        id="venue-behind-title-without-a-break",
    ),
    pytest.param(
        "neural jump equation arXiv:1905.10403",
        {"title": "neural jump equation", "arxiv": "1905.10403"},
        id="title-and-arxiv-id",
    ),
    pytest.param(
        "Variational Networks for Physically Meaningful Embeddings link",
        {"title": "Variational Networks for Physically Meaningful Embeddings"},
        id="copied-name-of-a-link",
    ),
    pytest.param(
        "2018 | Deep Physical Processes: Prior Knowledge | de Bezenac et al. | ICLR",
        {
            "title": "Deep Physical Processes: Prior Knowledge",
            "authors": ["de Bezenac", "others"],
            "venue": "ICLR",
            "year": 2018,
        },
        id="pasted-table-row",
    ),
    pytest.param(
        "Chen et al., NeurIPS 2018",
        {"authors": ["Chen", "others"], "venue": "NeurIPS", "year": 2018},
        id="no-title",
    ),
]


class TestReadCitation:
    """One citation as fields of a record."""

    @pytest.mark.parametrize(("text", "expected"), STYLES)
    def test_reads_a_style(self, text: str, expected: dict[str, Any]) -> None:
        """People, title and imprint are told apart in every common style."""
        assert read_citation(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param(
                '(Stanley Osher: "Trustworthy learning" - YouTube)',
                {"title": "Trustworthy learning", "authors": ["Stanley Osher"], "type": "talk"},
                id="video-page",
            ),
            pytest.param(
                "GitHub - zongyi-li/graph-pde: Using networks to solve PDEs",
                {
                    "title": "graph-pde",
                    "type": "software",
                    "url": "https://github.com/zongyi-li/graph-pde",
                    "note": "Using networks to solve PDEs",
                },
                id="repository-page",
            ),
            pytest.param(
                "Tutorial by [Stanley Osher] - Trustworthy Learning / [video]",
                {"title": "Trustworthy Learning", "type": "tutorial", "authors": ["Stanley Osher"]},
                id="tutorial-by",
            ),
            pytest.param(
                "SIAM MDS Minitutorial: Networks for Parabolic PDEs by Christoph Reisinger",
                {
                    "title": "Networks for Parabolic PDEs",
                    "type": "tutorial",
                    "authors": ["Christoph Reisinger"],
                    "event": "SIAM MDS",
                },
                id="minitutorial-at-a-meeting",
            ),
        ],
    )
    def test_reads_what_is_no_paper(self, text: str, expected: dict[str, Any]) -> None:
        """Pasted page titles and talks are what they say they are."""
        assert read_citation(text) == expected

    @pytest.mark.parametrize(
        "title",
        [
            "Deep neural networks motivated by partial differential equations",
            "Combining Differentiable Solvers and Graph Networks for Flow Prediction",
            "Learning, Control, and Optimization for Dynamical Systems",
            "Is Attention Better Than Matrix Decomposition?",
            "Classification of images with VGG19",
        ],
    )
    def test_leaves_a_bare_title_alone(self, title: str) -> None:
        """A title is not mistaken for people or a venue."""
        assert read_citation(title) == {"title": title}

    @pytest.mark.parametrize("text", ["", "   ", "---", "."])
    def test_understands_nothing_of_nothing(self, text: str) -> None:
        """Text without words gives no fields."""
        assert read_citation(text) == {}

    def test_uses_what_the_document_says_elsewhere(self) -> None:
        """A known venue, title or speaker is told from the title that follows it without a mark."""
        context = Context(
            venues=frozenset({"siam mds"}),
            titles=frozenset({"neural stochastic equations in the limit"}),
            speakers=frozenset({"lars"}),
        )
        assert read_citation("SIAM MDS Ensembles via a Formalism", context)["venue"] == "SIAM MDS"
        labelled = read_citation("Neural SDE Neural Stochastic Equations in the Limit", context)
        assert labelled["title"] == "Neural Stochastic Equations in the Limit"
        assert read_citation("Lars Deep networks motivated by equations", context)["authors"] == ["Lars"]

    @given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
    @settings(max_examples=150, deadline=None)
    def test_never_fails_and_always_makes_a_record(self, text: str) -> None:
        """Whatever the text, the fields are those of a record."""
        assert isinstance(validated(read_citation(text)), Record)

    @pytest.mark.parametrize(
        "piece", ["A, ", "(", "[J] ", "- ", "a: ", "A. ", "Aa", "2018 ", "/ video ", "et al. "]
    )
    def test_ends_on_hostile_text(self, piece: str) -> None:
        """Repetition does not make reading explode."""
        read_citation(piece * 2000)


class TestReadPeople:
    """An author line in any style."""

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            pytest.param("Chang B, Meng L, et al.", ["Chang, B", "Meng, L", "others"], id="vancouver"),
            pytest.param("Thorpe M, van Gennip Y", ["Thorpe, M", "van Gennip, Y"], id="particle"),
            pytest.param("Zhong Y D, Dey B", ["Zhong, Y D", "Dey, B"], id="several-initials"),
            pytest.param("Weinan E, Han J", ["Weinan E", "Han, J"], id="one-letter-family-name"),
            pytest.param("Chen, R. T. Q., & Lu, Y.", ["Chen, R. T. Q.", "Lu, Y."], id="apa"),
            pytest.param("Chen, Ricky, Yulia Rubanova", ["Chen, Ricky", "Yulia Rubanova"], id="mla"),
            pytest.param("Chen, Ricky and Lu, Yiping", ["Chen, Ricky", "Lu, Yiping"], id="bibtex"),
            pytest.param("J. Smith, Jr., and K. Lee", ["J. Smith, Jr.", "K. Lee"], id="suffix"),
            pytest.param("by Klein, Noé", ["Klein", "Noé"], id="family-names-only"),
            pytest.param("Xiaoshuai Zhang*, Yiping Lu†", ["Xiaoshuai Zhang", "Yiping Lu"], id="marks"),
            pytest.param("Xiagnchu Feng and Lei Zhang", ["Xiagnchu Feng", "Lei Zhang"], id="typo"),
            pytest.param("张三, 李四", ["张三", "李四"], id="chinese"),
            pytest.param("Yann LeCun, Kate McCallum", ["Yann LeCun", "Kate McCallum"], id="inner-capital"),
        ],
    )
    def test_reads_people(self, line: str, expected: list[str]) -> None:
        """Every person of the line, in order."""
        assert read_people(line) == expected

    @pytest.mark.parametrize(
        "line",
        [
            "Neural Ordinary Differential Equations",
            "Deep Learning",
            "Optimization, Robustness, and Generalization",
            "Advances in Neural Information Processing Systems (NeurIPS)",
            "ICML 2018",
            "",
        ],
    )
    def test_refuses_what_is_no_author_line(self, line: str) -> None:
        """Titles and venues are no people."""
        assert read_people(line) is None

    def test_stops_where_the_title_begins(self) -> None:
        """What follows the people is left over."""
        people, rest = leading_people("Parpas P, Muir C. Predict Globally, Correct Locally. 2019") or ([], "")
        assert people == ["Parpas, P", "Muir, C"]
        assert rest == "Predict Globally, Correct Locally. 2019"


class TestReadVenueYear:
    """Short fragments such as the text of a link."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("NeurIPS18", {"venue": "NeurIPS", "year": 2018}),
            ("Scientific Reports18", {"venue": "Scientific Reports", "year": 2018}),
            ("ICLR 2021", {"venue": "ICLR", "year": 2021}),
            ("ICML'20", {"venue": "ICML", "year": 2020}),
            ("(COLR2019)", {"venue": "COLR", "year": 2019}),
            ("IP17", {"venue": "IP", "year": 2017}),
            ("arXv21", {"year": 2021}),
            ("arXiV20", {"year": 2020}),
            ("arXiv:1806.07366v2", {"arxiv": "1806.07366"}),
            ("ICLR20 DeepDiffEq", {"venue": "ICLR", "year": 2020, "event": "DeepDiffEq"}),
            ("AAAI DLGMA20", {"venue": "AAAI", "event": "DLGMA", "year": 2020}),
            (
                "NeurIPS 2019 Workshop",
                {"venue": "NeurIPS", "year": 2019, "event": "Workshop", "type": "workshop-paper"},
            ),
            (
                "(ICLR workshop 2018/ICML2018)",
                {"venue": "ICML", "year": 2018, "note": "ICLR workshop 2018/ICML2018"},
            ),
            (
                "Communications in Mathematics and Statistics 2017",
                {"venue": "Communications in Mathematics and Statistics", "year": 2017},
            ),
            ("submitted to ICLR 2020", {"note": "submitted to ICLR 2020"}),
            ("It’s on arxiv 2017", {}),
            ("code", {}),
            ("PDF", {}),
            ("Modeling nonlocal networks", {}),
        ],
    )
    def test_reads_a_fragment(self, text: str, expected: dict[str, Any]) -> None:
        """Venue, year and event; {} where the fragment is something else."""
        assert read_venue_year(text) == expected


class TestReadImprint:
    """Where and when a work appeared."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param(
                "J. Comput. Phys. 378 (2019) 686–707",
                {"venue": "J. Comput. Phys.", "volume": "378", "year": 2019, "pages": "686–707"},
                id="physics",
            ),
            pytest.param(
                "IEEE Transactions on Systems, Man, and Cybernetics, vol. 3, no. 2, pp. 1–10, Jan. 2018.",
                {
                    "venue": "IEEE Transactions on Systems, Man, and Cybernetics",
                    "volume": "3",
                    "number": "2",
                    "pages": "1–10",
                    "year": 2018,
                },
                id="commas-in-a-name",
            ),
            pytest.param(
                "Advances in Neural Systems. 2024, 37: 103031-103063.",
                {
                    "venue": "Advances in Neural Systems",
                    "year": 2024,
                    "volume": "37",
                    "pages": "103031-103063",
                },
                id="year-volume-pages",
            ),
            pytest.param(
                "2019 ICML Workshop on Invertible Nets (INNF). 2019.",
                {
                    "venue": "ICML",
                    "event": "Workshop on Invertible Nets (INNF)",
                    "type": "workshop-paper",
                    "year": 2019,
                },
                id="workshop",
            ),
            pytest.param(
                "In KDD , page 298-309, New York, NY, USA, 2023. Association for Computing Machinery.",
                {
                    "venue": "KDD",
                    "pages": "298-309",
                    "year": 2023,
                    "publisher": "Association for Computing Machinery",
                },
                id="publisher-last",
            ),
        ],
    )
    def test_reads_an_imprint(self, text: str, expected: dict[str, Any]) -> None:
        """Numbers, names and years are told apart."""
        assert read_imprint(text) == expected


class TestSplitAwards:
    """Awards behind a title."""

    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("Residual Flows (SPOTLIGHT),", ("Residual Flows", ["spotlight"])),
            ("Neural Equations (best paper award)", ("Neural Equations", ["best paper"])),
            ("Invertible Networks (LONG ORAL)", ("Invertible Networks", ["long oral"])),
            ("Flows (oral, best paper award)", ("Flows", ["oral", "best paper"])),
            ("Graph Networks (GNNs)", ("Graph Networks (GNNs)", [])),
        ],
    )
    def test_splits_awards(self, title: str, expected: tuple[str, list[str]]) -> None:
        """Only remarks that are nothing but awards are taken off."""
        assert split_awards(title) == expected

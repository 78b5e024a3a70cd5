"""A few works as the services tell of them: full and sparse, published and not, withdrawn, with markup."""

from __future__ import annotations

from typing import Any

from services.server import Services, atom_entry

FLOW = "2210.02747"
"""A preprint that OpenReview knows as published at ICLR."""
DELIN = "1710.00001"
"""A preprint whose journal reference and DOI arXiv holds."""
WITHDRAWN = "2001.00001"
SPARSE = "2105.00001"
OLD = "math/0301001"


def fill(services: Services) -> Services:
    """The services with everything below."""
    services.papers |= {
        FLOW: atom_entry(
            FLOW,
            "Flow Matching for\n  Generative Modeling",
            ["Yaron Lipman", "Ricky T. Q. Chen", "Heli Ben-Hamu", "Maximilian Nickel", "Matt Le"],
            "We train continuous normalizing flows, a generative model, by matching vector fields\n"
            "  of probability paths in $\\mathbb{R}^d$, so that no ODE is solved in training. "
            "Code is available at https://github.com/example/flows.",
            version="2",
        ),
        DELIN: atom_entry(
            DELIN,
            'A multiscale neural operator for Schr\\"odinger equations',
            ['Anna M\\"uller', "José Ñíguez (CWI)", "The Open PDE Consortium"],
            "An operator of order $O(h^2)$ for 50\\% of \\emph{all} cases. We prove that it converges.",
            published="2017-10-01",
            journal_ref="J. Comput. Phys. 378 (2019) 686-707",
            doi="10.1016/j.jcp.2018.10.045",
            comment="22 pages, 3 figures",
            category="math.NA",
        ),
        WITHDRAWN: atom_entry(
            WITHDRAWN,
            "A Proof of Everything",
            ["Ada Optimist"],
            "This paper has been withdrawn by the author.",
            published="2020-01-01",
            comment="This paper has been withdrawn by the author due to a crucial error in Lemma 2",
            version="3",
        ),
        SPARSE: atom_entry(SPARSE, "Untidy Dynamics", ["A. Person"], "", published="2021-05-01"),
        OLD: atom_entry(
            OLD,
            "Old Flows",
            ["Carl Friedrich"],
            "An old abstract.",
            published="2003-01-02",
            category="math.DS",
        ),
        "2012.00009": atom_entry(
            "2012.00009",
            "Adjoint Solvers for Everyone",
            ["Bo Lund", "Cy Young"],
            "On the adjoint equation of neural ordinary differential equations.",
            published="2020-12-01",
            comment="Accepted at NeurIPS 2020 (spotlight). Code: https://github.com/lund/adjoint",
        ),
    }
    services.dois |= {
        "10.1016/j.jcp.2018.10.045": {
            "source": "Crossref",
            "type": "article-journal",
            "DOI": "10.1016/j.jcp.2018.10.045",
            "title": "A multiscale neural operator for Schrödinger equations of order <i>h</i><sup>2</sup>",
            "author": [
                {"given": "Anna", "family": "Müller", "sequence": "first"},
                {"given": "José", "family": "Ñíguez"},
                {"name": "The Open PDE Consortium"},
            ],
            "container-title": "Journal of Computational Physics",
            "volume": "378",
            "page": "686-707",
            "publisher": "Elsevier BV",
            "issued": {"date-parts": [[2018, 11, 3]]},
            "published-print": {"date-parts": [[2019, 2]]},
            "URL": "http://dx.doi.org/10.1016/j.jcp.2018.10.045",
        },
        "10.1000/jats": {
            "source": "Crossref",
            "type": "journal-article",
            "DOI": "10.1000/JATS",
            "title": ["Solitons in "
                "<mml:math><mml:msup><mml:mi>L</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> "
                    "&amp; beyond"],
            "subtitle": ["A review"],
            "abstract": "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title>"
            "<jats:p>To solve "
            "<jats:italic>u</jats:italic><jats:sub>t</jats:sub> = 0 where a &lt; b.</jats:p></jats:sec>"
            "<jats:p>Second paragraph<script>alert(1)</script>.</jats:p>",
            "author": [
                {"given": "Kim", "family": "Doe", "suffix": "Jr."},
                {"family": "Müßig", "given": "E."},
            ],
            "container-title": ["Physica D: Nonlinear Phenomena"],
            "article-number": "109136",
            "issued": {"date-parts": [[2021]]},
        },
        "10.1000/retracted": {
            "source": "Crossref",
            "type": "journal-article",
            "DOI": "10.1000/retracted",
            "title": "RETRACTED ARTICLE: Cold Fusion by Neural Nets",
            "author": [{"given": "Eve", "family": "Bold"}],
            "container-title": "Journal of Hope",
            "issued": {"date-parts": [[2015, 1, 1]]},
            "updated-by": [
                {"type": "erratum", "DOI": "10.1000/erratum"},
                {"type": "retraction", "label": "Retraction", "DOI": "10.1000/notice",
                 "updated": {"date-parts": [[2019, 4, 2]]}},
            ],
        },
        "10.1000/notice": {
            "source": "Crossref",
            "DOI": "10.1000/notice",
            "title": "Retraction Note: Cold Fusion by Neural Nets",
            "update-to": [{"type": "retraction", "DOI": "10.1000/retracted"}],
        },
        "10.5281/zenodo.42": {
            "source": "DataCite",
            "type": "article",
            "id": "https://doi.org/10.5281/zenodo.42",
            "DOI": "10.5281/ZENODO.42",
            "publisher": "Zenodo",
            "title": "Lecture notes on solvers",
            "author": [{"family": "Stone", "given": "Ro"}],
            "issued": {"date-parts": [[2022, 3, 1]]},
        },
        "10.48550/arxiv.2105.00001": {
            "source": "DataCite",
            "type": "article",
            "DOI": "10.48550/ARXIV.2105.00001",
            "publisher": "arXiv",
            "title": "Untidy Dynamics",
            "author": [{"family": "Person", "given": "A."}],
            "issued": {"date-parts": [[2021]]},
        },
    }  # fmt: skip
    services.notes |= {"PqvMRDCJT9t": FLOW_NOTE, "rJxVersion1": OLD_NOTE}
    services.repositories |= {
        "example/torchflow": {
            "name": "torchflow",
            "full_name": "example/torchflow",
            "html_url": "https://github.com/example/torchflow",
            "description": "Solvers for flows :rocket: in PyTorch",
            "homepage": "https://torchflow.readthedocs.io",
            "language": "Python",
            "license": {"key": "mit", "spdx_id": "MIT"},
            "archived": False,
            "created_at": "2019-05-01T00:00:00Z",
            "pushed_at": "2023-01-05T00:00:00Z",
            "owner": {"login": "example", "type": "User"},
        },
        "example/flows": {
            "name": "flows",
            "html_url": "https://github.com/example/flows",
            "archived": False,
            "owner": {"login": "example", "type": "User"},
        },
        "example/oldcode": {
            "name": "oldcode",
            "html_url": "https://github.com/example/oldcode",
            "language": "Julia",
            "license": None,
            "archived": True,
            "created_at": "2017-05-01T00:00:00Z",
            "pushed_at": "2018-03-05T00:00:00Z",
            "owner": {"login": "example", "type": "Organization"},
        },
    }
    services.citations["example/torchflow"] = CITATION
    services.users["example"] = {"login": "example", "name": "Example Lab"}
    services.pages[PMLR] = PMLR_PAGE
    return services


FLOW_NOTE: dict[str, Any] = {
    "id": "PqvMRDCJT9t",
    "forum": "PqvMRDCJT9t",
    "content": {
        "title": {"value": "Flow Matching for Generative Modeling"},
        "authors": {
            "value": ["Yaron Lipman", "Ricky T. Q. Chen", "Heli Ben-Hamu", "Maximilian Nickel", "Matthew Le"]
        },
        "abstract": {"value": "We train continuous normalizing flows by matching vector fields."},
        "venue": {"value": "ICLR 2023 notable top 25%"},
        "venueid": {"value": "ICLR.cc/2023/Conference"},
        "pdf": {"value": "/pdf/abc.pdf"},
    },
}
OLD_NOTE: dict[str, Any] = {
    "id": "rJxVersion1",
    "forum": "rJxVersion1",
    "invitation": "ICLR.cc/2019/Conference/-/Blind_Submission",
    "content": {
        "title": "Latent Solvers",
        "authors": ["Uma Thorn", "Anonymous"],
        "abstract": "Solvers in $z$-space.",
        "code": "https://github.com/thorn/latent",
        "_bibtex": "@inproceedings{\nthorn2018latent,\ntitle={Latent Solvers},\nauthor={Uma Thorn},\n"
        "booktitle={International Conference on Learning Representations},\nyear={2019},\n}",
    },
}
CITATION = """\
cff-version: 1.2.0
message: If you use it, cite it.
title: "torchflow: solvers for flows"
authors:
  - family-names: Chen
    given-names: Ricky T. Q.
  - name: The Flow Team
"""
PMLR = "https://proceedings.mlr.press/v119/finlay20a.html"
PMLR_PAGE = """<!DOCTYPE html><html><head><title>How to Train Your Neural ODE</title>
<meta name="citation_title" content="How to Train Your Neural {ODE}:
 the World of J{\\&quot;a}cobian &amp; Kinetic Regularization">
<meta name="citation_author" content="Chris Finlay">
<meta name="citation_author" content="Jacobsen, J{\\&quot;o}rn-Henrik">
<meta name="citation_publication_date" content="2020/11/21">
<meta name="citation_conference_title" content="International Conference on Machine Learning">
<meta name="citation_firstpage" content="3154"><meta name="citation_lastpage" content="3164">
<meta name="citation_inbook_title" content="International Conference on Machine Learning">
<meta name="citation_pdf_url" content="http://proceedings.mlr.press/v119/finlay20a/finlay20a.pdf">
</head><body><h1>How to Train</h1><div id="abstract" class="abstract">Training neural ODEs on
large datasets has
not been tractable; two regularizations of optimal transport make <b>training</b>
as quick as without a &lt; b.</div>
<div>Cite this Paper</div></body></html>"""

"""Each service: what its answers become, and what is said when it fails."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odebib import services
from odebib.cli.adding import add
from odebib.errors import SourceError, UsageError
from odebib.services import SERVICES, arxiv, doi, github, openreview, pages, understand
from odebib.services.answers import Wanted, people
from odebib.services.failures import Failure, FetchError
from odebib.services.http import Network
from odebib.services.service import Service
from odebib.text.markup import of_latex, of_markup, title_of_markup
from services import works
from services.server import Reply, Services, atom_entry

ARXIV = "https://export.arxiv.org"


class TestArxiv:
    """arXiv's Atom feed."""

    def test_a_full_answer(self, net: Network) -> None:
        """Title, names and abstract become plain text; the journal reference a record of its own."""
        preprint, appeared = arxiv.fetch(net, works.DELIN)

        record = preprint.record
        assert record.title == "A multiscale neural operator for Schrödinger equations"
        assert [str(name) for name in record.authors] == [
            "Anna Müller",
            "José Ñíguez",
            "The Open PDE Consortium",
        ]
        assert (
            record.abstract
            == "An operator of order $O(h^2)$ for 50% of all cases. We prove that it converges."
        )
        assert (record.year, record.arxiv, record.arxiv_class, record.venue) == (
            2017,
            works.DELIN,
            "math.NA",
            None,
        )
        assert preprint.also == (Wanted("doi", "10.1016/j.jcp.2018.10.045"),)
        said = appeared.record
        assert (said.venue, said.volume, said.pages, said.year) == (
            "J. Comput. Phys.",
            "378",
            "686-707",
            2019,
        )
        assert appeared.in_passing
        assert not preprint.in_passing

    def test_a_later_version_is_of_the_first_year(self, net: Network) -> None:
        """The version in the feed's id is no part of the id, and the code named in the abstract is a link."""
        answer, *rest = arxiv.fetch(net, works.FLOW)

        assert (answer.record.arxiv, answer.record.year, rest) == (works.FLOW, 2022, [])
        assert answer.record.title == "Flow Matching for Generative Modeling"
        assert answer.record.links.code == ("https://github.com/example/flows",)
        assert answer.url == f"https://arxiv.org/abs/{works.FLOW}"

    def test_a_withdrawn_paper(self, net: Network) -> None:
        """It is told, and the abstract that says so is none."""
        (answer,) = arxiv.fetch(net, works.WITHDRAWN)

        assert answer.retracted["reason"].startswith(
            "withdrawn from arXiv: This paper has been withdrawn by the author due"
        )
        assert answer.record.abstract is None

    def test_an_id_of_old(self, net: Network) -> None:
        """Ids before 2007 hold a slash."""
        assert arxiv.fetch(net, works.OLD)[0].record.year == 2003

    @pytest.mark.parametrize("identifier", ["9912.99999", "2105.99999"])
    def test_no_such_paper(self, net: Network, identifier: str) -> None:
        """An empty feed is told in words."""
        with pytest.raises(FetchError, match=f"^arXiv has no paper {identifier}$") as caught:
            arxiv.fetch(net, identifier)

        assert caught.value.failure is Failure.GONE

    def test_several_at_once_are_one_request(self, world: Services, tmp_path: Any) -> None:
        """Asked together, each is kept; one that is not there is known not to be."""
        from odebib.services.kept import Cache

        net = Network(Cache(tmp_path / "a.sqlite"), reroute=world.reroute)
        arxiv.fetch_together(net, [works.FLOW, works.DELIN, "2105.99999", works.OLD])

        assert arxiv.fetch(net, works.DELIN)[0].record.title
        assert arxiv.fetch(net, works.OLD)[0].record.title == "Old Flows"
        with pytest.raises(FetchError, match="has no paper"):
            arxiv.fetch(net, "2105.99999")
        assert len(world.asked) == 1

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(b"", id="nothing"),
            pytest.param(b"Rate exceeded.", id="text"),
            pytest.param(b"<feed>", id="cut"),
            pytest.param(b"\xff\xfe<\x00", id="another encoding"),
            pytest.param(
                b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>', id="entities"
            ),
            pytest.param(b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><feed/>', id="a DTD"),
            pytest.param(b"<a>" * 50_000, id="deep"),
        ],
    )
    def test_no_feed(self, world: Services, net: Network, body: bytes) -> None:
        """What is no feed is told, and nothing of it is believed."""
        world.replies[ARXIV] = [Reply(body=body, headers={"Content-Type": "application/atom+xml"})]

        with pytest.raises(SourceError, match="arXiv answered something that is no feed"):
            arxiv.fetch(net, works.FLOW)

    @pytest.mark.parametrize(
        ("comment", "code"),
        [
            pytest.param("Code: https://github.com/a/b.", ["https://github.com/a/b"], id="called code"),
            pytest.param(
                "Our implementation is at https://github.com/a/b.git", ["https://github.com/a/b"], id="git"
            ),
            pytest.param("See also https://github.com/a/awesome-papers", [], id="something else"),
            pytest.param("12 pages", [], id="none"),
        ],
    )
    def test_code_in_the_comments(self, world: Services, net: Network, comment: str, code: list[str]) -> None:
        """A repository counts when its sentence speaks of code."""
        world.papers["2301.00001"] = atom_entry("2301.00001", "T", ["A B"], "Text.", comment=comment)

        assert list(arxiv.fetch(net, "2301.00001")[0].record.links.code) == code


class TestDoi:
    """Content negotiation."""

    def test_crossref(self, net: Network) -> None:
        """The year of print counts; markup of the title becomes mathematics."""
        (answer,) = doi.fetch(net, "10.1016/j.jcp.2018.10.045")

        record = answer.record
        assert (answer.source, answer.url) == ("Crossref", "https://doi.org/10.1016/j.jcp.2018.10.045")
        assert record.title == "A multiscale neural operator for Schrödinger equations of order h$^{2}$"
        assert (record.venue, record.year, record.month, record.volume, record.pages) == (
            "Journal of Computational Physics", 2019, 2, "378", "686-707",
        )  # fmt: skip
        assert record.publisher is None
        assert [str(name) for name in record.authors][-1] == "The Open PDE Consortium"

    def test_jats_and_mathml(self, net: Network) -> None:
        """Abstracts lose their markup and scripts, keep paragraphs; a subtitle joins the title."""
        record = doi.fetch(net, "10.1000/jats")[0].record

        assert record.title == "Solitons in $L^{2}$ & beyond: A review"
        assert record.abstract == "Aim. To solve u$_{t}$ = 0 where a < b.\n\nSecond paragraph."
        assert record.pages == "109136"
        assert [str(name) for name in record.authors] == ["Kim Doe, Jr.", "E. Müßig"]

    def test_datacite(self, net: Network) -> None:
        """An archive is no venue and no publisher."""
        (answer,) = doi.fetch(net, "10.5281/zenodo.42")

        assert answer.source == "DataCite"
        assert (answer.record.venue, answer.record.publisher, answer.record.year) == (None, None, 2022)

    def test_a_retracted_work(self, net: Network) -> None:
        """What updated it is told, and the mark is no part of the title."""
        (answer,) = doi.fetch(net, "10.1000/retracted")

        assert answer.record.title == "Cold Fusion by Neural Nets"
        assert answer.retracted == {
            "on": "2019-04-02", "reason": "Retraction", "url": "https://doi.org/10.1000/notice",
        }  # fmt: skip

    def test_the_notice_itself(self, net: Network) -> None:
        """The notice of a retraction is no paper; the hint names the one that was retracted."""
        with pytest.raises(
            FetchError,
            match=r"is the notice that 10\.1000/retracted was "
            r"retracted",
        ) as caught:
            doi.fetch(net, "10.1000/notice")

        assert caught.value.hint == "add 10.1000/retracted instead"

    def test_a_preprint_leads_to_its_paper(self, world: Services, net: Network) -> None:
        """Crossref's relations are followed."""
        world.dois["10.1101/1"] = {
            "source": "Crossref", "type": "posted-content", "DOI": "10.1101/1", "title": "T",
            "container-title": "bioRxiv",
            "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.1016/J.JCP.2018.10.045"}]},
        }  # fmt: skip
        (answer,) = doi.fetch(net, "10.1101/1")

        assert answer.also == (Wanted("doi", "10.1016/j.jcp.2018.10.045"),)
        assert answer.record.venue is None

    def test_no_such_doi(self, net: Network) -> None:
        """doi.org says 404."""
        with pytest.raises(FetchError, match=r"^there is no DOI 10\.1000/none$"):
            doi.fetch(net, "10.1000/none")

    @pytest.mark.parametrize(
        "body",
        [
            "null",
            "[]",
            "{}",
            '"text"',
            "[" * 5000,
            '{"title": {"a": 1}, "author": 7, "issued": [], "relation": 1}',
        ],
    )
    def test_nonsense(self, world: Services, net: Network, body: str) -> None:
        """JSON of another shape is an error in words, or an answer that says nothing."""
        world.replies["https://doi.org"] = [Reply(body=body, headers={"Content-Type": doi.CSL})]

        with contextlib.suppress(SourceError):
            (answer,) = doi.fetch(net, "10.1000/x")
            assert answer.record.title is None

    def test_a_page_instead_of_data(self, world: Services, net: Network) -> None:
        """An agency that answers with HTML is told as such."""
        world.replies["https://doi.org"] = [Reply(body="<html>", headers={"Content-Type": "text/html"})]

        with pytest.raises(FetchError, match="answered with text/html where application/vnd"):
            doi.fetch(net, "10.1000/x")


class TestOpenReview:
    """Both versions of the API."""

    def test_version_2(self, net: Network) -> None:
        """The venue is read from the words of the decision."""
        (answer,) = openreview.fetch(net, "PqvMRDCJT9t")

        assert (answer.record.venue, answer.record.year, answer.record.openreview) == (
            "ICLR",
            2023,
            "PqvMRDCJT9t",
        )
        assert len(answer.record.authors) == 5

    def test_version_1(self, world: Services, net: Network) -> None:
        """What version 2 does not know is asked of version 1; venue and year stand in its BibTeX."""
        (answer,) = openreview.fetch(net, "rJxVersion1")

        record = answer.record
        assert (record.venue, record.year) == ("International Conference on Learning Representations", 2019)
        assert [str(name) for name in record.authors] == ["Uma Thorn"]
        assert record.links.code == ("https://github.com/thorn/latent",)
        assert world.hosts == ["api2.openreview.net", "api.openreview.net"]

    @pytest.mark.parametrize(
        ("venue", "expected"),
        [
            ("ICLR 2023 poster", ("ICLR", 2023, ())),
            ("ICLR 2023 notable top 5%", ("ICLR", 2023, ())),
            ("NeurIPS 2021 Oral", ("NeurIPS", 2021, ("oral",))),
            ("NeurIPS 2022 Accept", ("NeurIPS", 2022, ())),
            ("ICML 2023 OralPoster", ("ICML", 2023, ())),
            ("Accepted by TMLR", ("TMLR", None, ())),
            ("Submitted to ICLR 2023", (None, None, ())),
            ("ICLR 2022 Conference Withdrawn Submission", (None, None, ())),
            ("CoRR 2021", (None, None, ())),
            ("ICLR (Poster) 2019", ("ICLR", 2019, ())),
        ],
    )
    def test_venues(self, world: Services, net: Network, venue: str, expected: tuple[Any, ...]) -> None:
        """Only a decision names a venue; how it was accepted is no part of its name."""
        content = {**works.FLOW_NOTE["content"], "venue": {"value": venue}}
        world.notes["PqvMRDCJT9t"] = {**works.FLOW_NOTE, "content": content}
        record = openreview.fetch(net, "PqvMRDCJT9t")[0].record

        assert (record.venue, record.year, record.awards) == expected

    def test_a_challenge(self, world: Services, net: Network) -> None:
        """Where OpenReview wants to see a browser, the hint says what else can be done."""
        world.replies["https://api"] = [
            Reply(403, json.dumps({"name": "ChallengeRequiredError"}), {"Content-Type": "application/json"})
        ]

        with pytest.raises(FetchError, match="OpenReview does not let programs see PqvMRDCJT9t") as caught:
            openreview.fetch(net, "PqvMRDCJT9t")

        assert "arXiv id or DOI" in str(caught.value.hint)

    def test_no_such_forum(self, net: Network) -> None:
        """Neither version knows it."""
        with pytest.raises(FetchError, match=r"^OpenReview has no forum abcdefgh$"):
            openreview.fetch(net, "abcdefgh")


class TestGithub:
    """Repositories."""

    def test_software(self, net: Network) -> None:
        """CITATION.cff names title and authors; the description is the summary, without pictures."""
        (answer,) = github.fetch(net, "example/torchflow")

        record = answer.record
        assert (record.title, record.type, record.licence, record.language) == (
            "torchflow: solvers for flows", "software", "MIT", ("Python",),
        )  # fmt: skip
        assert [name.written for name in record.authors] == ["Ricky T. Q. Chen", "{The Flow Team}"]
        assert record.summary == "Solvers for flows in PyTorch."
        assert record.links.docs == ("https://torchflow.readthedocs.io",)
        assert answer.archived is None

    def test_archived_without_citation(self, net: Network) -> None:
        """The owner stands for the authors; that nobody may change it any more is told with the month."""
        (answer,) = github.fetch(net, "example/oldcode")

        assert answer.archived == "2018-03"
        assert [name.written for name in answer.record.authors] == ["{Example Lab}"]
        assert answer.record.licence is None

    def test_the_token_goes_to_github_only(
        self, world: Services, net: Network, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A renamed repository redirects within GitHub; elsewhere the token is not sent."""
        monkeypatch.setenv("GITHUB_TOKEN", "secret")
        world.replies["https://api.github.com/repos/a/b"] = [
            Reply(301, headers={"Location": "https://evil.example/"})
        ]
        world.replies["https://evil.example"] = [Reply(404)]
        with pytest.raises(FetchError, match="GitHub has no repository a/b"):
            github.fetch(net, "a/b")

        assert [headers.get("Authorization") for _, headers in world.asked] == ["Bearer secret", None]

    @pytest.mark.parametrize("status", [403, 429])
    def test_asked_too_often(self, world: Services, net: Network, status: int) -> None:
        """The limit of an hour is told with what helps."""
        world.replies["https://api.github.com"] = [Reply(status, headers={"Retry-After": "4000"})]

        with pytest.raises(FetchError, match=r"^GitHub has been asked too often$") as caught:
            github.fetch(net, "example/torchflow")

        assert "GITHUB_TOKEN" in str(caught.value.hint)

    @pytest.mark.parametrize(
        "text",
        ["", "- 1\n- 2\n", "authors: 7\n", "a: &a [*a]\n", "{" * 5000, "authors:\n  - {family-names: [x]}\n"],
    )
    def test_a_broken_citation_file(self, world: Services, net: Network, text: str) -> None:
        """A CITATION.cff that cannot be read says nothing."""
        world.citations["example/torchflow"] = text or " "

        assert github.fetch(net, "example/torchflow")[0].record.title == "torchflow"

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("https://github.com/a/b", "a/b"),
            ("https://github.com/a/b.git", "a/b"),
            ("http://www.github.com/a/b/tree/main/src?x=1#y", "a/b"),
            ("https://github.com/a", None),
            ("https://github.com/topics/neural-ode", None),
            ("https://gist.github.com/a/b", None),
            ("https://a.github.io/b", None),
        ],
    )
    def test_addresses(self, url: str, expected: str | None) -> None:
        """What a repository is."""
        assert github.repository(url) == expected


class TestPages:
    """The tags that proceedings write."""

    def test_pmlr(self, net: Network) -> None:
        """Tags give the record, the page's own part the abstract."""
        (answer,) = pages.fetch(net, "https://proceedings.mlr.press/v119/finlay20a/finlay20a.pdf")

        record = answer.record
        assert (
            record.title == "How to Train Your Neural {ODE}: the World of Jäcobian & Kinetic Regularization"
        )
        assert [str(name) for name in record.authors] == ["Chris Finlay", "Jörn-Henrik Jacobsen"]
        assert (record.venue, record.year, record.pages) == (
            "International Conference on Machine Learning",
            2020,
            "3154-3164",
        )
        assert str(record.abstract).endswith("make training as quick as without a < b.")
        assert record.url == works.PMLR
        assert record.links.pdf == ("http://proceedings.mlr.press/v119/finlay20a/finlay20a.pdf",)
        assert answer.source == "proceedings.mlr.press"

    @pytest.mark.parametrize(
        ("html", "abstract"),
        [
            pytest.param("<h4>Abstract</h4><p>{}</p><p>More</p>", True, id="behind its heading"),
            pytest.param('<section class="abstract"><p>{}</p></section>', True, id="by its class"),
            pytest.param('<div class="acl-abstract"><h5>Abstract</h5><span>{}</span></div>', True, id="ACL"),
            pytest.param('<div class="abstract-author"></div><p>{}</p>', False, id="something else"),
            pytest.param('<div id="abstract">{}', True, id="never closed"),
        ],
    )
    def test_where_abstracts_stand(self, world: Services, net: Network, html: str, abstract: bool) -> None:
        """By the name of the element, or behind a heading that says so."""
        text = "Some words about flows that are long enough to be an abstract and no heading, at last."
        url = "https://venue.example/paper"
        world.pages[url] = '<meta name="citation_title" content="T">' + html.format(text)

        assert (pages.fetch(net, url)[0].record.abstract == text) is abstract

    def test_no_paper(self, world: Services, net: Network) -> None:
        """A page without such tags is told, with what else can be done."""
        world.pages["https://blog.example/post"] = "<h1>Neural ODEs</h1>"

        with pytest.raises(FetchError, match="does not say what paper it is of") as caught:
            pages.fetch(net, "https://blog.example/post")

        assert "type: website" in str(caught.value.hint)

    def test_a_publisher_that_refuses(self, world: Services, net: Network) -> None:
        """The hint is to give the DOI."""
        world.replies["https://publisher.example"] = [Reply(403)]

        with pytest.raises(FetchError) as caught:
            pages.fetch(net, "https://publisher.example/a")

        assert caught.value.hint == "give the paper's DOI or arXiv id instead"

    @pytest.mark.parametrize(
        "html",
        [
            "<" * 100_000,
            "<a " * 40_000,
            "<!--" * 40_000,
            "<div>" * 40_000,
            '<meta name="citation_title" content="T">' * 10_000,
        ],
    )
    def test_hostile_pages_end(self, world: Services, net: Network, html: str) -> None:
        """Whatever a page is made of, reading it ends."""
        world.pages["https://evil.example/"] = html

        with contextlib.suppress(SourceError):
            pages.fetch(net, "https://evil.example/")

    @pytest.mark.parametrize(
        ("pdf", "page"),
        [
            (
                "https://proceedings.neurips.cc/paper/2018/file/69386f-Paper.pdf",
                "https://proceedings.neurips.cc/paper/2018/hash/69386f-Abstract.html",
            ),
            (
                "https://proceedings.neurips.cc/paper_files/paper/2022/file/6938-Paper-Conference.pdf",
                "https://proceedings.neurips.cc/paper_files/paper/2022/hash/6938-Abstract-Conference.html",
            ),
            (
                "https://openaccess.thecvf.com/content_CVPR_2019/papers/A_B_CVPR_2019_paper.pdf",
                "https://openaccess.thecvf.com/content_CVPR_2019/html/A_B_CVPR_2019_paper.html",
            ),
            ("https://aclanthology.org/P19-1234.pdf", "https://aclanthology.org/P19-1234/"),
            (
                "https://www.jmlr.org/papers/volume18/17-653/17-653.pdf",
                "https://www.jmlr.org/papers/v18/17-653.html",
            ),
            ("https://else.example/x.pdf", "https://else.example/x.pdf"),
        ],
    )
    def test_the_page_of_a_pdf(self, pdf: str, page: str) -> None:
        """A PDF of known proceedings leads to its page."""
        assert pages.page_of(pdf) == page


class TestPlainText:
    """Markup to text."""

    @pytest.mark.parametrize(
        ("markup", "text"),
        [
            ("ODE<sup>2</sup>VAE &amp; more", "ODE$^{2}$VAE & more"),
            ("the 2<sup>nd</sup> law", "the 2nd law"),
            ("a &lt; b", "a < b"),
            ("a<b and b>c", "a<b and b>c"),
            ("&lt;i&gt;twice&lt;/i&gt; escaped", "twice escaped"),
            ("<p>One\n line</p><p>Two</p>", "One line\n\nTwo"),
            ("One\nline\n \nTwo", "One line\n\nTwo"),
            ("One<br>Two", "One\n\nTwo"),
            ("<jats:title>Abstract</jats:title><jats:p>Text</jats:p>", "Text"),
            ("Abstract: Text", "Text"),
            ("<b>never closed", "never closed"),
            ("</b></i> closed", "closed"),
            ("<script>x</script>y", "y"),
            (
                "<mml:math><mml:mfrac><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:mfrac></mml:math>",
                r"$\frac{a}{b}$",
            ),
            (
                "<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup><mo>=</mo><msqrt><mn>2</mn></msqrt></math>",
                r"$x_{1}^{2}=\sqrt{2}$",
            ),
            ("<math><mover><mi>x</mi><mo>^</mo></mover></math>", r"$\hat{x}$"),
            (
                "<math><semantics><mrow><mi>x</mi></mrow><annotation "
                "encoding='application/x-tex'>\\alpha</annotation></semantics></math>",
                r"$\alpha$",
            ),
            (
                "<jats:tex-math>\\documentclass{a} \\begin{document}$$x^2$$\\end{document}</jats:tex-math>",
                "$x^2$",
            ),
            (
                "<jats:alternatives><jats:tex-math>$$y$$</jats:tex-math><mml:math><mml:mi>y</mml:mi></mml:math></jats:alternatives>",
                "$y$",
            ),
        ],
    )
    def test_becomes_text(self, markup: str, text: str) -> None:
        """What people read is kept, mathematics as TeX."""
        assert of_markup(markup) == text

    @given(st.text(alphabet="<>/&;abmathsubp:\"'= \n$", max_size=200))
    def test_never_fails(self, markup: str) -> None:
        """Whatever is sent, it becomes text, in one line where one is wanted."""
        of_latex(markup)
        assert "\n" not in title_of_markup(markup)

    @pytest.mark.parametrize(
        "markup",
        ["<b>" * 5000, "<math>" * 5000, "<mml:mrow>" * 5000, "{" * 20_000, "$" * 20_000, "\\" * 20_000],
    )
    def test_hostile_markup_ends(self, markup: str) -> None:
        """Deep and broken markup is read without falling."""
        of_markup(markup)
        of_latex(markup)


class TestRegistry:
    """Each service describes itself, and everything else asks that."""

    @pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
    def test_example(self, service: Service) -> None:
        """Its example is understood as its own, and people are told of it in its words."""
        wanted = understand(service.example)

        assert wanted.scheme == service.scheme
        assert services.called(wanted).startswith(service.lead)
        assert services.described(wanted) == f"{service.noun} {wanted.value}"

    @pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
    def test_help(self, service: Service) -> None:
        """The help of `add` says what it takes, whom it asks, and gives an example."""
        said = " ".join((add.help or "").split())

        assert [
            word for word in (service.noun, service.example, *service.answering) if word not in said
        ] == []


class TestUnderstand:
    """What people mean."""

    @pytest.mark.parametrize(
        ("text", "scheme", "value"),
        [
            ("arXiv:2210.02747", "arxiv", "2210.02747"),
            ("2210.02747v2", "arxiv", "2210.02747"),
            ("https://arxiv.org/pdf/2210.02747v1.pdf", "arxiv", "2210.02747"),
            ("arxiv.org/abs/math/0301001", "arxiv", "math/0301001"),
            ("10.48550/arXiv.2210.02747", "arxiv", "2210.02747"),
            ("https://doi.org/10.48550/arXiv.2210.02747", "arxiv", "2210.02747"),
            ("doi:10.1016/J.JCP.2018.10.045", "doi", "10.1016/j.jcp.2018.10.045"),
            (
                "https://link.springer.com/article/10.1007/s40304-017-0103-z",
                "doi",
                "10.1007/s40304-017-0103-z",
            ),
            ("https://openreview.net/forum?id=PqvMRDCJT9t&noteId=x", "openreview", "PqvMRDCJT9t"),
            ("https://openreview.net/pdf?id=PqvMRDCJT9t", "openreview", "PqvMRDCJT9t"),
            ("openreview:PqvMRDCJT9t", "openreview", "PqvMRDCJT9t"),
            ("github.com/a/b", "github", "a/b"),
            ("<https://github.com/a/b/issues/1>,", "github", "a/b"),
            (
                "https://proceedings.mlr.press/v119/finlay20a.html",
                "page",
                "https://proceedings.mlr.press/v119/finlay20a.html",
            ),
        ],
    )
    def test_is_understood(self, text: str, scheme: str, value: str) -> None:
        """Ids and addresses in the forms in which they are pasted."""
        assert understand(text) == Wanted(scheme, value)

    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("Neural Ordinary Differential Equations", "a title is not enough"),
            ("refs.bib", "`odebib add - < refs.bib`"),
            ("978-0-306-40615-7", "books are added by hand"),
            ("chen2018neural", "it looks like arXiv:1806.07366"),
            ("javascript:alert(1)", "it looks like"),
            ("file:///etc/passwd", "it looks like"),
        ],
    )
    def test_is_not_understood(self, text: str, hint: str) -> None:
        """Anything else gets a hint that fits."""
        with pytest.raises(UsageError, match="is no arXiv id, DOI or web address") as caught:
            understand(text)

        assert hint in str(caught.value.hint)


def test_groups_are_no_persons() -> None:
    """A collaboration stands in braces."""
    assert people(["The ATLAS Collaboration", "Ann Group", "  "]) == [
        "{The ATLAS Collaboration}",
        "{Ann Group}",
    ]

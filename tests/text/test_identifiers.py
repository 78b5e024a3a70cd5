"""Identifiers: every spelling has one normal form."""

from __future__ import annotations

import pytest
from hypothesis import given

import strategies
from odebib.text import identifiers
from odebib.text.identifiers import SCHEMES


@pytest.mark.parametrize(
    ("scheme", "text", "expected"),
    [
        pytest.param("doi", "10.1007/s40304-017-0103-z", "10.1007/s40304-017-0103-z", id="doi"),
        pytest.param("doi", "10.1007/S40304-017-0103-Z", "10.1007/s40304-017-0103-z", id="doi in capitals"),
        pytest.param("doi", "https://doi.org/10.1000/a", "10.1000/a", id="doi address"),
        pytest.param("doi", "http://dx.doi.org/10.1000/a", "10.1000/a", id="old doi address"),
        pytest.param("doi", "doi.org/10.1000/a", "10.1000/a", id="doi address without scheme"),
        pytest.param("doi", "doi:10.1000/a", "10.1000/a", id="doi prefix"),
        pytest.param("doi", "DOI: 10.1000/a.", "10.1000/a", id="doi in a sentence"),
        pytest.param(
            "doi",
            "10.1002/(SICI)17:15<16::AID>3.0.CO;2-2",
            "10.1002/(sici)17:15<16::aid>3.0.co;2-2",
            id="SICI",
        ),
        pytest.param("doi", "10.1002/(sici)1097-0258", "10.1002/(sici)1097-0258", id="doi with parentheses"),
        pytest.param("doi", "10.1000%2Fa", "10.1000/a", id="doi quoted"),
        pytest.param("doi", "11.1000/a", None, id="no doi"),
        pytest.param("doi", "10.1000/", None, id="doi without suffix"),
        pytest.param("doi", "10.1000/a b", None, id="doi with a space"),
        pytest.param("doi", "", None, id="empty doi"),
        pytest.param("arxiv", "1806.07366", "1806.07366", id="arxiv"),
        pytest.param("arxiv", "1806.07366v5", "1806.07366", id="arxiv version"),
        pytest.param("arxiv", "arXiv:1806.07366v5 [cs.LG]", "1806.07366", id="arxiv with class"),
        pytest.param("arxiv", "arXiv preprint arXiv:1806.07366", "1806.07366", id="arxiv of Google Scholar"),
        pytest.param("arxiv", "https://arxiv.org/abs/1806.07366", "1806.07366", id="arxiv address"),
        pytest.param("arxiv", "https://arxiv.org/pdf/1806.07366v2.pdf", "1806.07366", id="arxiv pdf"),
        pytest.param("arxiv", "http://export.arxiv.org/abs/1806.07366", "1806.07366", id="arxiv mirror"),
        pytest.param("arxiv", "10.48550/arXiv.1806.07366", "1806.07366", id="arxiv doi"),
        pytest.param(
            "arxiv", "https://doi.org/10.48550/arXiv.1806.07366", "1806.07366", id="arxiv doi address"
        ),
        pytest.param("arxiv", "hep-th/9901001", "hep-th/9901001", id="old arxiv"),
        pytest.param("arxiv", "math.GT/0309136v1", "math/0309136", id="old arxiv with class"),
        pytest.param("arxiv", "1813.07366", None, id="arxiv of a thirteenth month"),
        pytest.param("arxiv", "2018", None, id="no arxiv"),
        pytest.param("openreview", "blfSjHeFM_e", "blfSjHeFM_e", id="openreview"),
        pytest.param(
            "openreview",
            "https://openreview.net/forum?id=blfSjHeFM_e",
            "blfSjHeFM_e",
            id="openreview address",
        ),
        pytest.param("openreview", "https://openreview.net/pdf?id=a1b2c3&x=y", "a1b2c3", id="openreview pdf"),
        pytest.param("openreview", "https://openreview.net/", None, id="openreview's home"),
        pytest.param("openreview", "http://[openreview.net", None, id="openreview nonsense"),
        pytest.param("isbn", "0-306-40615-2", "9780306406157", id="isbn 10"),
        pytest.param("isbn", "ISBN 978-0-306-40615-7", "9780306406157", id="isbn 13"),
        pytest.param("isbn", "080442957X", "9780804429573", id="isbn with X"),
        pytest.param("isbn", "9780306406158", None, id="isbn with wrong check digit"),
    ],
)
def test_normal_form(scheme: str, text: str, expected: str | None) -> None:
    """Each scheme reads what people write, and refuses what is none."""
    assert SCHEMES[scheme].normalise(text) == expected


@pytest.mark.parametrize("scheme", SCHEMES)
class TestEveryScheme:
    """What holds of all schemes."""

    def test_example(self, scheme: str) -> None:
        """The example that problems show is in normal form."""
        assert SCHEMES[scheme].normalise(SCHEMES[scheme].example) == SCHEMES[scheme].example

    @given(text=strategies.hostile_text)
    def test_idempotent(self, scheme: str, text: str) -> None:
        """A normal form is its own normal form, whatever the text; nothing raises."""
        found = SCHEMES[scheme].normalise(text)

        assert found is None or SCHEMES[scheme].normalise(found) == found

    def test_address_leads_back(self, scheme: str) -> None:
        """The address of an identifier holds the identifier."""
        example = SCHEMES[scheme].example
        url = SCHEMES[scheme].url(example)

        assert url is None or identifiers.of_url(url) == {scheme: example}


def test_address_is_quoted() -> None:
    """What has a meaning of its own in an address, or in HTML, is quoted in it."""
    url = SCHEMES["doi"].url("10.1002/(sici)1<2#3")

    assert url == "https://doi.org/10.1002/(sici)1%3C2%233"
    assert identifiers.of_url(url) == {"doi": "10.1002/(sici)1<2#3"}


class TestRoundTrips:
    """Identifiers of all kinds survive their addresses."""

    @given(strategies.arxiv_ids)
    def test_arxiv(self, identifier: str) -> None:
        """arXiv ids are found in address, DOI and running text."""
        assert identifiers.of_url(f"https://arxiv.org/pdf/{identifier}v2.pdf") == {"arxiv": identifier}
        assert identifiers.arxiv(f"10.48550/arXiv.{identifier}") == identifier
        assert identifiers.find_arxiv(f"see arXiv:{identifier}.") == identifier

    @given(strategies.dois)
    def test_doi(self, identifier: str) -> None:
        """DOIs are found in their addresses."""
        assert identifiers.of_url(f"https://doi.org/{identifier}") == {"doi": identifier}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("see 10.1000/abc.", "10.1000/abc", id="full stop"),
        pytest.param("(doi:10.1000/abc)", "10.1000/abc", id="parenthesis"),
        pytest.param("10.1002/(sici)1097 and", "10.1002/(sici)1097", id="parenthesis that belongs to it"),
        pytest.param("[x](https://doi.org/10.1000/a_b)", "10.1000/a_b", id="Markdown"),
        pytest.param("**10.1000/abc**", "10.1000/abc", id="bold"),
        pytest.param("no DOI 10.1/x", None, id="none"),
    ],
)
def test_find_doi(text: str, expected: str | None) -> None:
    """A DOI in running text ends before the punctuation that closes the sentence."""
    assert identifiers.find_doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("arXiv:1806.07366v5", "1806.07366", id="prefix"),
        pytest.param("<https://arxiv.org/abs/1806.07366>", "1806.07366", id="address"),
        pytest.param("arXiv preprint arXiv:math.GT/0309136", "math/0309136", id="old"),
        pytest.param("pages 1806.07366", None, id="not called one"),
    ],
)
def test_find_arxiv(text: str, expected: str | None) -> None:
    """A number in running text is an arXiv id only where it is called one."""
    assert identifiers.find_arxiv(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "https://link.springer.com/content/pdf/10.1007/s1.pdf", {"doi": "10.1007/s1"}, id="Springer"
        ),
        pytest.param("https://pubs.org/doi/full/10.1063/5.01/full", {"doi": "10.1063/5.01"}, id="full text"),
        pytest.param("https://doi.org/10.48550/arXiv.1806.07366", {"arxiv": "1806.07366"}, id="arXiv's DOI"),
        pytest.param("https://www.example.org/a", {}, id="none"),
        pytest.param("http://[", {}, id="nonsense"),
        pytest.param("", {}, id="empty"),
    ],
)
def test_of_url(url: str, expected: dict[str, str]) -> None:
    """An address tells the identifiers that it holds."""
    assert identifiers.of_url(url) == expected


@given(strategies.hostile_text)
def test_nothing_raises(text: str) -> None:
    """Any text may be asked for identifiers."""
    identifiers.find_doi(text)
    identifiers.find_arxiv(text)
    identifiers.of_url(text)
    identifiers.of_url("https://" + text)


@pytest.mark.parametrize(
    ("identifier", "year"),
    [
        ("1806.07366", 2018),
        ("0704.0001", 2007),
        ("hep-th/9901001", 1999),
        ("math/0309136", 2003),
        ("9912.00001", 2099),
    ],
)
def test_arxiv_year(identifier: str, year: int) -> None:
    """An arXiv id holds its year; only old ones are of the last century."""
    assert identifiers.arxiv_year(identifier) == year


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10.48550/arxiv.1806.07366", True),
        ("10.1101/2020.01.01", True),
        ("10.5281/zenodo.1", True),
        ("10.1007/s1", False),
    ],
)
def test_is_preprint_doi(value: str, expected: bool) -> None:
    """DOIs of servers and archives are told from those of publishers."""
    assert identifiers.is_preprint_doi(value) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://example.org/a?b=c#d", True, id="https"),
        pytest.param("http://example.org:8080/", True, id="port"),
        pytest.param("https://münchen.de/ü", True, id="Unicode"),
        pytest.param("https://[::1]/", True, id="IPv6"),
        pytest.param("https://example.org:99999/", False, id="no port"),
        pytest.param("example.org", False, id="no scheme"),
        pytest.param("javascript:alert(1)", False, id="JavaScript"),
        pytest.param("JaVaScRiPt:alert(1)//http://a.b", False, id="JavaScript in disguise"),
        pytest.param("data:text/html,x", False, id="data"),
        pytest.param("//example.org", False, id="no scheme but a host"),
        pytest.param("https://", False, id="no host"),
        pytest.param('https://a.b/"onclick="x', False, id="quote"),
        pytest.param("https://a.b/<script>", False, id="markup"),
        pytest.param("https://a.b/\n", False, id="line break"),
        pytest.param("https://a b.org", False, id="space"),
        pytest.param("ftp://a.org", False, id="other scheme"),
    ],
)
def test_is_web_address(url: str, expected: bool) -> None:
    """Only http and https addresses that can stand in an attribute are web addresses."""
    assert identifiers.is_web_address(url) is expected


@pytest.mark.parametrize(
    "text",
    ["abs/" * 20_000, "10.1234" + ".10.1234" * 10_000, "a" + " " * 50_000 + "b", "10.1234/" + ")" * 50_000],
    ids=["abs", "registrants", "spaces", "parentheses"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """Text made to hang a regular expression is read at once (it would take minutes)."""
    identifiers.find_doi(text)
    identifiers.find_arxiv(text)
    identifiers.arxiv(text)
    identifiers.doi(text)
    identifiers.of_url("https://a.org/" + text)

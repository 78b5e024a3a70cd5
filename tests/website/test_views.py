"""Views: what the pages show of a bibliography."""

from __future__ import annotations

import pytest

from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.record import Record
from odebib.model.vocabulary import Topic
from odebib.website import listings, views
from odebib.website.groups import Group, topic_tree
from odebib.website.pages import KINDS
from website.toy import make_bibliography


class TestEntryView:
    def test_buttons_are_the_main_links(self, bibliography: Bibliography) -> None:
        """PDF and code stand as buttons; identifiers and the page beside them."""
        view = views.entry_view(bibliography, "chen2018neural")
        assert [link.label for link in view.buttons] == ["PDF", "Code"]
        assert [link.label for link in view.further_links] == ["arXiv 1806.07366", "Proceedings"]

    def test_pdf_follows_from_arxiv(self, bibliography: Bibliography) -> None:
        """A preprint without a PDF of its own has arXiv's."""
        view = views.entry_view(bibliography, "quoted2021only")
        assert view.buttons[0].address == "https://arxiv.org/pdf/2101.00001"

    def test_repository_of_software_is_its_code(self, bibliography: Bibliography) -> None:
        """The address of a library at a code host is its code."""
        view = views.entry_view(bibliography, "jax2020")
        assert [(link.label, link.address) for link in view.buttons] == [
            ("Code", "https://github.com/jax-ml/jax")
        ]

    @pytest.mark.parametrize(
        ("key", "label", "address"),
        [
            pytest.param("chen2018neural", "NeurIPS", "venues/neurips/", id="known-venue"),
            pytest.param("gone2020wrong", "Journal of Some Things", "", id="unknown-venue"),
            pytest.param("quoted2021only", "arXiv", "types/preprint/", id="preprint"),
            pytest.param("jax2020", "Software", "types/software/", id="software"),
            pytest.param("e2017proposal", "A Meeting", "", id="event"),
        ],
    )
    def test_appearance(self, bibliography: Bibliography, key: str, label: str, address: str) -> None:
        """Where a work appeared, or what it is; a link only where there is a page."""
        appearance = views.entry_view(bibliography, key).appearance
        assert (appearance.label, appearance.address) == (label, address)

    def test_relations_go_both_ways(self, bibliography: Bibliography) -> None:
        """A relation shows at both works, a former key in it included."""
        relations = views.entry_view(bibliography, "chen2018neural").relations
        assert [(r.label, [link.address for link in r.links]) for r in relations] == [
            ("implemented by", ["entries/jax2020/"]),
            ("extended by", ["entries/yildiz2019ode2vae/"]),
        ]

    def test_versions_hold_the_preprint(self, bibliography: Bibliography) -> None:
        """A published work names its earlier appearances and its preprint."""
        versions = views.entry_view(bibliography, "chen2018neural").versions
        assert [version.label for version in versions] == [
            "A Workshop, NeurIPS 2017",
            "preprint arXiv 1806.07366",
        ]

    def test_preprint_is_no_other_version_of_itself(self, bibliography: Bibliography) -> None:
        """A work known only as a preprint has no second version."""
        assert views.entry_view(bibliography, "quoted2021only").versions == []

    def test_quotes_stand_in_for_an_abstract(self, bibliography: Bibliography) -> None:
        """What a list quotes shows only where there is no abstract."""
        assert [m.quote for m in views.entry_view(bibliography, "quoted2021only").quotes] == ["A quote."]
        assert views.entry_view(bibliography, "evil2022").quotes == []

    def test_incomplete_author_list(self, bibliography: Bibliography) -> None:
        """ "others" is no person, but the list says that it is not complete."""
        view = views.entry_view(bibliography, "yildiz2019ode2vae")
        assert [person.name for person in view.people] == ["Çağatay Yıldız"]
        assert not view.complete


class TestWording:
    @pytest.mark.parametrize(
        ("title", "text", "expected"),
        [
            pytest.param("FFJORD", "FFJORD: [ICLR19](https://x.org/y)", "ICLR19", id="link"),
            pytest.param("FFJORD", "FFJORD ![T](https://x/t.svg)", "", id="nothing-but-the-title"),
            pytest.param("FFJORD", "Free-form flows, arXiv18", "Free-form flows, arXiv18", id="other-title"),
            pytest.param("[0, 1]", "[0, 1](https://x.org)", "0, 1", id="brackets"),
        ],
    )
    def test_wording(self, title: str, text: str, expected: str) -> None:
        """The title, which is shown anyway, and Markdown are left out of a list's words."""
        assert views.wording(Record(title=title, text=text)) == expected


def all_groups(bibliography: Bibliography) -> list[Group]:
    """Every group that has a page."""
    return [group for kind in KINDS if kind.groups for group in kind.groups(bibliography)]


class TestGroups:
    def test_every_group_once(self, bibliography: Bibliography) -> None:
        """No address is made twice."""
        addresses = [group.address for group in all_groups(bibliography)]
        assert len(addresses) == len(set(addresses))

    def test_topics_hold_what_is_below(self, bibliography: Bibliography) -> None:
        """A topic's works include those of the topics below it, newest first."""
        groups = {group.address: group for group in all_groups(bibliography)}
        assert groups["topics/models/"].keys == (
            "quoted2021only",
            "gone2020wrong",
            "jax2020",
            "yildiz2019ode2vae",
            "chen2018neural",
        )

    def test_former_keys_start_topics_too(self) -> None:
        """``start_here`` may name a former key; one that names nothing is left out."""
        library = make_bibliography()
        topics = Vocabulary([Topic(id="a", name="A", start_here=("chen2018node", "nobody"))])
        library = Bibliography(entries=library.entries, topics=topics)
        (group,) = [group for group in all_groups(library) if group.section == "topics"]
        assert group.start_here == ("chen2018neural",)


class TestTopicTree:
    def test_circle_of_parents_ends(self) -> None:
        """Topics whose parents form a circle are shown, once each."""
        topics = Vocabulary([Topic(id="a", name="A", parent="b"), Topic(id="b", name="B", parent="a")])
        tree = topic_tree(Bibliography(topics=topics))
        assert sorted(node.link.label for node in tree) == ["A", "B"]


class TestListView:
    def test_own_order_and_nesting(self, bibliography: Bibliography) -> None:
        """A list keeps its order; every item stands there, with an entry or without."""
        view = listings.list_views(bibliography)[0]
        assert [(section.title, section.depth) for section in view.sections] == [("Outer", 1), ("Inner", 2)]
        assert [item.key for section in view.sections for item in section.items] == [
            "quoted2021only",
            "chen2018neural",
            None,
            "evil2022",
        ]

    def test_bib_has_each_work_once(self, bibliography: Bibliography) -> None:
        """The works of a list, in its order, without repetition."""
        assert listings.list_views(bibliography)[0].keys == ("quoted2021only", "chen2018neural", "evil2022")


class TestOverview:
    def test_figures(self, bibliography: Bibliography) -> None:
        """The figures of the home page are those of the data."""
        figures = views.overview(bibliography)
        assert (figures.works, figures.first_year, figures.last_year) == (8, 2017, 2022)
        assert figures.checked == "2026-11-21"

    def test_empty_bibliography(self) -> None:
        """A bibliography without entries has figures as well."""
        assert views.overview(Bibliography()).first_year is None

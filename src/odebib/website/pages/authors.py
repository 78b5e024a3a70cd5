"""Authors: everybody who wrote a work, and what they wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from odebib.model.bibliography import Bibliography
from odebib.text.folding import fold
from odebib.website.groups import Group, Headings, newest_first
from odebib.website.render import PageKind
from odebib.website.views import Link, host


def _groups(bibliography: Bibliography) -> Iterator[Group]:
    for slug, person in bibliography.people.items():
        others = bibliography.coauthors(slug) if len(person.keys) > 1 else []
        spellings = [str(name) for name in person.spellings if name != person.name]
        facts = (("Also written", ", ".join(spellings)),) if spellings else ()
        author = person.author
        outside = [Link("ORCID", f"https://orcid.org/{author.orcid}")] if author and author.orcid else []
        outside += [Link(host(author.url), author.url)] if author and author.url else []
        yield Group(
            "authors",
            slug,
            str(person.name),
            newest_first(bibliography, person.keys),
            "Author",
            facts=facts,
            related=tuple(Link(str(p.name), f"authors/{p.slug}/", count=n) for p, n in others),
            outside=tuple(outside),
        )


def _headings(bibliography: Bibliography) -> Headings:
    """Authors by family name, under its first letter."""
    runs: dict[str, list[tuple[str, str, Link]]] = defaultdict(list)
    for slug, person in bibliography.people.items():
        family = fold(person.name.literal or person.name.family)
        link = Link(person.name.sorting, f"authors/{slug}/", count=len(person.keys))
        runs[family[:1].upper() if family[:1].isalpha() else "#"].append((family, slug, link))
    return tuple(
        (letter, tuple(link for _, _, link in sorted(runs[letter], key=lambda item: item[:2])))
        for letter in sorted(runs)
    )


PAGE = PageKind(
    address="authors/",
    title="Authors",
    description="Everybody who wrote a work that is listed here.",
    headings=_headings,
    groups=_groups,
    searched="author",
)

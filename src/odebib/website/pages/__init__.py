"""The pages of the website, one kind a module: each ends in its ``PAGE``, which says all that lists need.

A new one is a module, with a template only where links under headings do not do, and a line here.
"""

from __future__ import annotations

from odebib.website.pages import (
    about,
    add,
    api,
    authors,
    cite,
    contribute,
    entries,
    home,
    lists,
    map,
    paths,
    quality,
    recent,
    search,
    stats,
    tags,
    topics,
    types,
    venues,
    years,
)
from odebib.website.render import PageKind

KINDS: tuple[PageKind, ...] = (
    home.PAGE,
    entries.PAGE,
    topics.PAGE,
    tags.PAGE,
    types.PAGE,
    venues.PAGE,
    years.PAGE,
    authors.PAGE,
    lists.PAGE,
    paths.PAGE,
    search.PAGE,
    cite.PAGE,
    add.PAGE,
    about.PAGE,
    contribute.PAGE,
    recent.PAGE,
    map.PAGE,
    stats.PAGE,
    quality.PAGE,
    api.PAGE,
)
"""Every kind of page, in the order in which the page to browse and the footer list them."""

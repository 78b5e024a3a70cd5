"""A small bibliography in which everything that a page may have to show occurs at least once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry
from odebib.model.record import SourceList
from odebib.model.vocabulary import Author, ReadingPath, Tag, Topic, Venue

EVIL = "<script>window.hacked=1</script>\"'><img src=x onerror=window.hacked=1>{{ 7*7 }}{% raw %}"
"""Text that must be shown as it stands wherever it occurs."""

ENTRIES: list[dict[str, Any]] = [
    {
        "key": "chen2018neural",
        "title": "Neural Ordinary Differential Equations",
        "authors": ["Ricky T. Q. Chen", "Yulia Rubanova", "Jesse Bettencourt", "David Duvenaud"],
        "year": "2018",
        "venue": "NIPS",
        "volume": "31",
        "pages": "6571--6583",
        "arxiv": "1806.07366",
        "url": "https://proceedings.example.org/neural",
        "links": {"pdf": "https://proceedings.example.org/neural.pdf", "code": "https://github.com/x/y"},
        "summary": "A network's depth becomes continuous time.",
        "abstract": "We introduce a new family of models.\n\nIt costs $O(1)$ memory.",
        "topics": ["neural-odes"],
        "tags": ["theory", "sequences"],
        "awards": ["best paper"],
        "aliases": ["chen2018node", "e2017proposal"],
        "versions": [{"venue": "NeurIPS", "event": "A Workshop", "year": "2017", "title": "Earlier Title"}],
        "verified": {"on": "2026-11-21", "by": ["proceedings page"]},
    },
    {
        "key": "yildiz2019ode2vae",
        "title": "{ODE}$^2$VAE: Deep generative second order ODEs",
        "authors": ["Çağatay Yıldız", "others"],
        "year": "2019",
        "venue": "NeurIPS",
        "topics": ["models"],
        "tags": ["sequences"],
        "relations": {"extends": ["chen2018neural"]},
    },
    {
        "key": "gone2020wrong",
        "title": "A Result That Was Wrong",
        "authors": ["Anna Author", "Very " + "Long" * 100],
        "year": "2020",
        "venue": "Journal of Some Things",
        "doi": "10.1234/gone",
        "topics": ["models"],
        "retracted": {"on": "2021-05-06", "reason": "the proof fails", "url": "https://example.org/notice"},
    },
    {
        "key": "mathematicsdeep",
        "title": "Mathematics of Deep Learning",
        "type": "website",
        "url": "https://example.org/course",
        "tags": ["theory"],
    },
    {
        "key": "jax2020",
        "title": "JAX, the library",
        "type": "software",
        "authors": ["{The JAX Team}"],
        "year": "2020",
        "url": "https://github.com/jax-ml/jax",
        "links": {"docs": "https://docs.example.org/jax"},
        "language": "Python",
        "licence": "Apache-2.0",
        "relations": {"implements": ["chen2018node"]},
        "topics": ["models"],
    },
    {
        "key": "e2017proposal",
        "title": "A Proposal on Machine Learning via Dynamical Systems",
        "authors": ["Weinan E"],
        "type": "talk",
        "year": "2017",
        "event": "A Meeting",
        "url": "https://video.example.org/e",
        "tags": ["theory"],
    },
    {
        "key": "quoted2021only",
        "title": "Only Quoted",
        "authors": ["Ricky T. Q. Chen"],
        "year": "2021",
        "arxiv": "2101.00001",
        "topics": ["neural-odes"],
    },
    {
        "key": "evil2022",
        "title": EVIL,
        "other_titles": [EVIL],
        "authors": [
            'Bobby O\'Tables "x" &amp;',
            "{" + EVIL.replace("{", "").replace("}", "").replace("<", "") + "}",
        ],
        "year": "2022",
        "venue": EVIL,
        "event": EVIL,
        "volume": EVIL,
        "number": EVIL,
        "pages": EVIL,
        "publisher": EVIL,
        "url": "https://example.org/?a='&b=);alert(1)",
        "links": {"video": "https://example.org/v?x='onclick=alert(1)"},
        "summary": EVIL,
        "abstract": EVIL + " $\\text{<script>window.hacked=1</script>}$",
        "note": EVIL,
        "awards": [EVIL],
        "licence": EVIL,
        "package": EVIL,
        "language": [EVIL],
        "tags": ["evil"],
        "topics": ["evil"],
        "versions": [{"title": EVIL, "event": EVIL, "url": "https://example.org/'"}],
        "retracted": {"reason": EVIL},
        "verified": {"on": "2026-01-01", "by": [EVIL]},
    },
]

LISTS: list[dict[str, Any]] = [
    {
        "id": "awesome",
        "name": "Awesome List",
        "url": "https://example.org/list",
        "description": "A list of things.",
        "aliases": ["old-list"],
        "sections": [
            {
                "title": "Outer",
                "records": [
                    {
                        "text": "Second first",
                        "title": "Only Quoted",
                        "entry": "quoted2021only",
                        "quote": "A quote.",
                    }
                ],
                "sections": [
                    {
                        "title": "Inner",
                        "topic": "neural-odes",
                        "records": [
                            {
                                "text": "Neural Ordinary Differential Equations: [NeurIPS18](https://x.org) "
                                "![T](t.svg)",
                                "title": "Neural Ordinary Differential Equations",
                                "entry": "chen2018node",
                            },
                            {"text": "[Unknown work](https://example.org/unknown)", "title": "Unknown work"},
                            {
                                "text": EVIL,
                                "title": EVIL,
                                "entry": "evil2022",
                                "quote": EVIL,
                                "gone": "2025-01-01",
                            },
                        ],
                    }
                ],
            }
        ],
    },
    {"id": "empty", "name": EVIL, "description": EVIL},
]


PATHS: list[dict[str, Any]] = [
    {
        "id": "start",
        "title": "From the start",
        "description": "For beginners.",
        "aliases": ["beginning"],
        "steps": [{"entry": "e2017proposal", "why": "The idea."}, {"entry": "chen2018node", "why": EVIL}],
    },
]

UNCHECKED_ALIASES = ("../../escape", 'evil"><script>', "con/../../x", "CHEN2018NEURAL")
"""Former keys that the model refuses; the website does not rely on that."""


def make_bibliography(entries: list[dict[str, Any]] | None = None) -> Bibliography:
    """The toy bibliography, or one of other entries with the same vocabularies."""
    made = [Entry.model_validate(entry) for entry in (ENTRIES if entries is None else entries)]
    made = [
        entry.model_copy(update={"aliases": UNCHECKED_ALIASES}) if entry.key == "evil2022" else entry
        for entry in made
    ]
    lists = [SourceList.model_validate(source) for source in LISTS]
    return Bibliography(
        entries={entry.key: entry for entry in sorted(made, key=lambda entry: entry.key)},
        lists={source.id: source for source in lists},
        topics=Vocabulary(
            [
                Topic(id="models", name="Models", description="All models."),
                Topic(
                    id="neural-odes",
                    name="Neural ODEs",
                    parent="models",
                    start_here=("chen2018neural",),
                    aliases=("nodes",),
                ),
                Topic(id="evil", name=EVIL, description=EVIL),
            ]
        ),
        tags=Vocabulary(
            [
                Tag(id="theory", name="theory", description="Proves things.", colour="#000000"),
                Tag(id="sequences", name="sequences", description="Works on sequences.", colour="#ffff00"),
                Tag(id="evil", name=EVIL, description=EVIL),
            ]
        ),
        venues=Vocabulary(
            [
                Venue(
                    id="neurips",
                    short="NeurIPS",
                    name="Advances in Neural Information Processing Systems",
                    spellings=("NIPS",),
                    aliases=("nips",),
                    url="https://neurips.example.org/",
                )
            ]
        ),
        paths={path["id"]: ReadingPath.model_validate(path) for path in PATHS},
        authors=(
            Author.model_validate({"id": "david-duvenaud", "name": "David Duvenaud", "aliases": ["dd"]}),
        ),
    )


def html_files(site: Path) -> Iterator[Path]:
    """Every page of a site."""
    return iter(sorted(site.rglob("*.html")))

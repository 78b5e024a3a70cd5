"""A small library of works that readers look for: versions, families of topics, lookalike titles, a merged key."""

from __future__ import annotations

from typing import Any

from odebib.model.bibliography import Bibliography, Vocabulary
from odebib.model.entry import Entry
from odebib.model.record import SourceList
from odebib.model.vocabulary import Tag, Topic, Venue, Words

WORKS: list[dict[str, Any]] = [
    {
        "key": "chen2018neural",
        "title": "Neural Ordinary Differential Equations",
        "other_titles": ["Continuous Backpropagation"],
        "authors": ["Ricky T. Q. Chen", "Yulia Rubanova", "Jesse Bettencourt", "David Duvenaud"],
        "year": "2018",
        "venue": "NeurIPS",
        "arxiv": "1806.07366",
        "url": "https://proceedings.example.org/neural",
        "links": {"code": "https://github.com/rtqichen/torchdiffeq"},
        "abstract": "We parameterize the derivative of the hidden state.",
        "topics": ["neural-odes"],
        "tags": ["theory"],
        "aliases": ["chen2018node"],
        "added": "2024-01-01",
    },
    {
        "key": "dupont2019augmented",
        "title": "Augmented Neural ODEs",
        "authors": ["Emilien Dupont", "Arnaud Doucet", "Yee Whye Teh"],
        "year": "2019",
        "venue": "NeurIPS",
        "arxiv": "1904.01681",
        "links": {"code": "https://github.com/EmilienDupont/augmented-neural-odes"},
        "topics": ["neural-odes"],
        "tags": ["images", "theory"],
        "added": "2024-03-01",
    },
    {
        "key": "greydanus2019hamiltonian",
        "title": "Hamiltonian Neural Networks",
        "authors": ["Sam Greydanus", "Misko Dzamba", "Jason Yosinski"],
        "year": "2019",
        "venue": "NeurIPS",
        "arxiv": "1906.01563",
        "links": {"code": "https://github.com/greydanus/hamiltonian-nn"},
        "topics": ["hamiltonian"],
        "tags": ["systems"],
    },
    {
        "key": "zhong2020symplectic",
        "title": "Symplectic ODE-Net: Learning {Hamiltonian} Dynamics with Control",
        "authors": ["Yaofeng Desmond Zhong", "Biswadip Dey", "Amit Chakraborty"],
        "year": "2020",
        "venue": "ICLR",
        "arxiv": "1909.12077",
        "links": {"code": "https://github.com/d-biswa/Symplectic-ODENet"},
        "topics": ["hamiltonian"],
        "tags": ["systems"],
    },
    {
        "key": "howse1996gradient",
        "title": "Gradient and Hamiltonian Dynamics Applied to Learning in Neural Networks",
        "authors": ["James W. Howse", "Chaouki T. Abdallah", "Gregory L. Heileman"],
        "year": "1996",
        "venue": "NeurIPS",
        "topics": ["hamiltonian"],
    },
    {
        "key": "toth2020hamiltonian",
        "title": "Hamiltonian Generative Networks",
        "authors": ["Peter Toth", "Danilo Jimenez Rezende"],
        "year": "2020",
        "venue": "ICLR",
        "arxiv": "1909.13789",
        "topics": ["hamiltonian"],
    },
    {
        "key": "yildiz2019ode2vae",
        "title": "ODE$^2$VAE: Deep generative second order ODEs",
        "authors": ["Çağatay Yıldız", "Markus Heinonen"],
        "year": "2019",
        "venue": "NeurIPS",
        "doi": "10.5555/ode2vae",
        "topics": ["models"],
        "tags": ["sequences"],
    },
    {
        "key": "new2024preprint",
        "title": "A Preprint About Rough Paths",
        "authors": ["Anna Author"],
        "year": "2024",
        "arxiv": "2401.00001",
        "topics": ["models"],
    },
]


def make_library() -> Bibliography:
    """The library."""
    entries = [Entry.model_validate(work) for work in WORKS]
    source = SourceList.model_validate(
        {
            "id": "list",
            "name": "A List",
            "sections": [{"title": "All", "records": [{"text": "x", "entry": "chen2018neural"}]}],
        }
    )
    return Bibliography(
        entries={entry.key: entry for entry in sorted(entries, key=lambda entry: entry.key)},
        lists={"list": source},
        topics=Vocabulary(
            [
                Topic(id="models", name="Continuous models", aliases=("continuous",)),
                Topic(id="neural-odes", name="Neural ODEs", parent="models"),
                Topic(id="hamiltonian", name="Hamiltonian networks", parent="models"),
            ]
        ),
        tags=Vocabulary([Tag(id=name, name=name) for name in ("theory", "images", "systems", "sequences")]),
        venues=Vocabulary(
            [
                Venue(
                    id="neurips",
                    short="NeurIPS",
                    name="Advances in Neural Information Processing Systems",
                    spellings=("NIPS",),
                ),
                Venue(
                    id="iclr",
                    short="ICLR",
                    name="Proceedings of the International Conference on Learning Representations",
                ),
            ]
        ),
        words=Words(
            abbreviations={"ODE": "ordinary differential equation", "HNN": "Hamiltonian neural network"}
        ),
    )

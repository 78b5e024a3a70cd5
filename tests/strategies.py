"""Hypothesis strategies: text as it comes, names, identifiers, entries and the data of YAML files."""

from __future__ import annotations

import string

from hypothesis import strategies as st

characters = st.characters(exclude_categories=["Cs"])
"""Everything but half surrogate pairs, which no UTF-8 file can hold."""

any_text = st.text(characters, max_size=200)
"""Text as nobody would write it."""

yaml_signs = st.text(st.sampled_from("ab: #-[]{}\"'|>&*!%@`?,~\n\r\t\\\u2028\x85\ufeffé"), max_size=80)
"""Text of nothing but what means something to YAML."""

hostile_text = any_text | yaml_signs

words = st.text(st.sampled_from(string.ascii_letters + "éüøßłñ"), min_size=1, max_size=10)

titles = st.lists(
    words | st.sampled_from(["PDE-Net:", "#1", "[Re]", "{ODE}s", "$x^2$", "–", "&"]), min_size=1
).map(" ".join)
"""Titles with everything that YAML and BibTeX stumble over."""

name_words = st.text(st.sampled_from("ABCDEabcdeéøŁ'-."), min_size=1, max_size=6)
particles = st.sampled_from(["van", "de la", "von der", "le", "el"])
suffixes = st.sampled_from(["Jr.", "III", "Sr."])

names = st.one_of(
    st.builds("{} {}".format, name_words, name_words),
    st.builds("{} {} {}".format, name_words, particles, name_words),
    st.builds("{} {}, {}".format, name_words, name_words, name_words),
    st.builds("{} {}, {}, {}".format, particles, name_words, suffixes, name_words),
    st.builds("{} {}, {}".format, name_words, name_words, suffixes),
    st.builds("{{{} {}}}".format, name_words, name_words),
    name_words,
)
"""Names in every form that BibTeX knows."""

arxiv_ids = st.builds(
    "{:02}{:02}.{:05}".format, st.integers(7, 30), st.integers(1, 12), st.integers(0, 99999)
) | st.builds(
    "{}/{:02}{:02}{:03}".format,
    st.sampled_from(["math", "hep-th", "cs", "cond-mat"]),
    st.sampled_from([91, 99, 0, 6]),
    st.integers(1, 12),
    st.integers(0, 999),
)
dois = st.builds(
    "10.{}/{}".format,
    st.integers(1000, 99999),
    st.text(string.ascii_lowercase + "0123456789.-()", min_size=1),
).filter(lambda doi: doi[-1] not in ".,;")

field_names = st.text(string.ascii_lowercase + "_", min_size=1, max_size=12)


def nested(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    """Sets of fields and lists, some levels deep, with such texts in them."""
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(field_names, inner, max_size=4),
        max_leaves=12,
    )


mappings = st.dictionaries(field_names, nested(hostile_text), min_size=1, max_size=6)
"""What a YAML file may hold: any texts under plain names."""

tame_texts = st.lists(words | st.sampled_from(["a: b", "#", "'", "-", "[x]"]), min_size=1, max_size=30).map(
    " ".join
)
tame_mappings = st.dictionaries(field_names, nested(tame_texts), min_size=1, max_size=6)
"""What people's YAML files hold."""

urls = st.builds(
    "https://{}.org/{}".format, st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.integers(0, 999)
)

entries = st.fixed_dictionaries(
    {"title": titles},
    optional={
        "authors": st.lists(
            names.filter(lambda name: "," not in name and not name.startswith("-")), max_size=4
        ),
        "year": st.integers(1000, 2200).map(str),
        "month": st.integers(1, 12).map(str),
        "venue": words,
        "arxiv": arxiv_ids,
        "pages": st.builds("{}--{}".format, st.integers(1, 99), st.integers(100, 199)),
        "url": urls,
        "links": st.dictionaries(
            st.sampled_from(["pdf", "code", "video"]), st.lists(urls, min_size=1, max_size=2), min_size=1
        ),
        "versions": st.lists(st.fixed_dictionaries({"venue": words, "year": st.just("2019")}), max_size=2),
        "tags": st.lists(words, max_size=3),
        "abstract": st.lists(tame_texts, min_size=1, max_size=3).map("\n\n".join),
        "added": st.dates().map(str),
        "verified": st.fixed_dictionaries({"on": st.dates().map(str)}, optional={"by": st.lists(words)}),
        "type": st.sampled_from(["talk", "software", "thesis"]),
        "aliases": st.lists(st.from_regex(r"[a-z]{4,9}[0-9]{4}", fullmatch=True), max_size=2),
        "relations": st.dictionaries(st.sampled_from(["extends", "implements"]), st.lists(words, max_size=2)),
    },
)
"""The data of an entry's file, as people write it."""

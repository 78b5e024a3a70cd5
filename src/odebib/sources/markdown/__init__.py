"""Awesome lists and other lists in Markdown: `reader` is the way in.

`blocks`, `html` and `pieces` say what the text consists of, `items` what an item is, `prefixes` what stands
before its title, `dialects` (one file each) where the title is, `remainder` and `cells` what the rest means.
"""

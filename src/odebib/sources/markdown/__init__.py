"""Awesome lists and other lists in Markdown: `reader` is the way in.

`blocks`, `html` and `pieces` say what the text consists of, `items` what an item is, the others
what its parts mean.
"""

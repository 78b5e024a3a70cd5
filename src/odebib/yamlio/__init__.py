"""YAML as people write it: every scalar is the text that was written, and has a place.

`reader` reads, `writer` changes files by splicing, `faults` says in our words what YAML cannot
read. Strings and paths in, plain values and problems out. Imports `errors`.
"""

"""What strings of this field mean: names, titles, identifiers, venue names, citation keys, LaTeX.

Pure functions from text to text or to small frozen values. They know no files and no
models, and may import only each other.
"""

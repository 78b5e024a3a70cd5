"""BibTeX and BibLaTeX files, of any quality: `reader` is the way in.

`blocks` cuts a file into entries with their values, `inheritance` adds what these take from others,
`people`, `dates` and `fields` say what the values mean.
"""

"""Citations in running text: `page` reads a page of them, `citation` one of them.

`styles` are the ways in which people write them, one file each; `certain` is what every style has,
`author_line` knows people, `titles` where a title ends, `imprint` where and when a work appeared.
"""

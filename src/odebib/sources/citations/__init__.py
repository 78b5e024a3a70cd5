"""Citations in running text: `page` reads a page of them, `citation` one of them.

`author_line` knows its people, `imprint` where and when it appeared.
"""

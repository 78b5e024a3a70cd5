"""The dialects of lists, each in a file that describes itself; to add one, write it and name it here.

The surest stand first: the first dialect that finds a title in an item has read it.
"""

from odebib.sources.markdown.dialect import Dialect
from odebib.sources.markdown.dialects import bold, linked, made_by, plain, quoted, tool

DIALECTS: tuple[Dialect, ...] = (
    linked.DIALECT,
    bold.DIALECT,
    quoted.DIALECT,
    made_by.DIALECT,
    tool.DIALECT,
    plain.DIALECT,
)

r"""What TeX sees of a text, as far as citing goes: what it cites, what it defines, what it takes in.

A text is read once, from its beginning, as TeX reads it: comments and verbatim
text are passed over, so are branches of conditions that are known to be false;
commands that the paper defines itself are expanded where they are used. Nothing
is run. Where TeX would know more (a flag that a class sets), both branches count:
rather too much is cited than too little.

``templates/assets/tex.js`` does the same in the browser; both run
``tests/both_languages/tex.yml``.
"""

from odebib.lookup.tex.commands import CONTROL, keys_of
from odebib.lookup.tex.meanings import Meanings
from odebib.lookup.tex.reader import Event, read

__all__ = ["CONTROL", "Event", "Meanings", "keys_of", "read"]

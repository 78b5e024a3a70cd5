"""Ends `mkdocs build` and `mkdocs serve` before they write anything.

mkdocs.yml names the frame of this website only: MkDocs by itself would replace the whole
site by the skeleton of its theme. odebib draws the frame in its own project, without this hook.
"""

from mkdocs.exceptions import ConfigurationError

raise ConfigurationError("MkDocs knows only the frame of this website: run `odebib build` or `odebib serve`.")

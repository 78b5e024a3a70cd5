"""Everything that only asks: finding, selecting, counting, and what a paper cites.

Nothing here writes a file of `data/`. Imports `model`, `sources`, `formats`, `matching` and
what lies below them.
"""

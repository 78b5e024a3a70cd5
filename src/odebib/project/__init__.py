"""A bibliography on disk: reading `data/`, validating it, writing it down in one style.

`store` is the way in (`load`); the rest serves it or what changes files. Imports `model`
and what lies below it.
"""

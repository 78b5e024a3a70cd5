"""The website: views without markup, frames of the engine, pages, and the folder they are written to.

`build` is the way in. It reads a bibliography and writes only below the site's folder and the
cache. Imports `formats`, `lookup`, `project` and what lies below them.
"""

"""Is it the same work? Comparing, finding candidates, and uniting what sources say of one work.

Pure functions and an `Index` over comparable values; no files. Imports `model` and `text`.
"""

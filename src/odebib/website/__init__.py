"""The website: views without markup, frames of the engine, pages, and the folder they are written to."""

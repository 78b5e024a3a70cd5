"""Reading what others wrote: lists, .bib files, exports of reference managers.

Every reader turns the text of one file into a :class:`~odebib.sources.found.Found`: each item of
the source is a record, or stands under ``not_understood`` with its line and the reason. `files`
chooses the reader. Imports `model`, `text`, `errors`.
"""

"""What the data are: entries, records, vocabularies, and the bibliography that they make together.

All values are frozen and know no files. `values` has the types of the fields, `entry`, `record`
and `vocabulary` the models, `fields` what each field is like. Imports `text`, `yamlio`, `errors`.
"""

"""Everything that changes `data/`: importing, adding, refreshing, uniting, fixing.

Each module plans first and writes last, so that a plan can be shown and a failure leaves every
file whole. Imports every room but `website` and `cli`.
"""

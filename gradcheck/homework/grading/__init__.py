"""A whole class's homework: each submission checked in a process of its own, a row each.

Read in this order: ``handed_in`` (what lies in the folder), ``grade_table`` (the rows and their
CSV file), ``fingerprint`` (whether a row is still up to date), ``grade``.
"""

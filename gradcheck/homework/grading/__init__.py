"""A whole class's homework: each submission checked in a copy of its own, a row each.

Read in this order: ``task`` (what was asked for), ``assignment_keys`` and ``assignment`` (the file
that says it), ``homework_file`` and ``handed_in`` (what lies in the folder), ``unpack``,
``copy_submission`` and ``file_changes`` (a copy of it, and what its code does there),
``table_cells``, ``grade_table`` and ``kept_table`` (the rows and their CSV file), ``fingerprint``
(whether a row is still up to date), ``assigned_arrays`` and ``graded_part`` (points),
``limit_words`` and ``student_line`` (what a row says of errors), ``grade_one``, ``parcel`` and
``on_workers`` (on a cluster), ``run_folder`` and ``grade`` (all of them), ``same_code``,
``gradescope``, ``mistakes`` and ``unknown_parts`` (what comes out of it).
"""

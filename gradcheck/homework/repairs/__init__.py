"""Small changes of a student's code: one that makes its gradients right names the mistake.

Only the code in memory is changed, in a process of its own, and never the file. A change counts
only if the gradients are those that were measured, entry by entry. Read in this order: ``change``
(one change of the syntax tree), ``code_units`` (code that can be replaced while Python runs),
``watched_run`` (which lines run in the backward pass, and with what values), ``repair`` (a change
with the mistake that it mends), ``operators``, ``calls``, ``other_values``, ``parts_of_arrays``,
``axes``, ``slope_formulas``, ``slopes``, ``missing_parts``, ``regularised_biases`` and
``statements`` (the changes that are tried), ``all_repairs`` (their order), ``student_files`` (where
they are made), ``measured_array``, ``found_repair``, ``claims_now`` and ``repair_search``.
"""

"""What backprop and equation (46) cost, on paper and on the clock: ``gradcheck cost-compare``.

Read in this order: ``multiply_adds`` (the cost on paper), ``timing`` (the clock), ``cost_row`` (one
network), ``tables`` and ``notes`` (rows as tables and sentences), ``comparison`` (all the rows),
``all_partials`` (how (46) is timed), ``checked_cases`` (what is refused), ``measure`` (the whole
measurement), ``figure`` (with ``growth_panel`` and ``work_panel``).
"""

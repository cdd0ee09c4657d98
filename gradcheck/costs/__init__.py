"""What backprop and equation (46) cost, on paper and on the clock: ``gradcheck cost-compare``.

Read in this order: ``multiply_adds`` (the cost on paper), ``sampled_time`` (a time and how certain
it is), ``timing`` (works timed in turns), ``cost_row`` (one network), ``tables`` and ``notes``
(rows as tables and sentences), ``comparison`` (all the rows), ``all_partials`` (how (46) is timed),
``measured_row`` (the measurement of one row), ``checked_cases`` (what is refused), ``measure`` (the
whole measurement), ``figure`` (with ``growth_panel``).
"""

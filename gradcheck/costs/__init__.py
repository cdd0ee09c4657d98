"""What backprop and equation (46) cost, on paper and on the clock: ``gradcheck cost-compare``.

Read in this order: ``multiply_adds`` (on paper), ``timing`` (on the clock), ``cost_row`` (one
network), ``measure`` (the measurement), ``tables`` and ``figure`` (what is shown), ``comparison``
(the whole).
"""

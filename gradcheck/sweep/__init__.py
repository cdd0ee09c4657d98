"""What is a good epsilon? The error against the step: ``gradcheck step-sweep``.

Read in this order: ``curves`` (one curve), ``step_sweep`` (the measurement), ``tables``,
``figure``.
"""

"""What is a good epsilon? The error against the step: ``gradcheck step-sweep``.

Read in this order: ``curves`` (the result for a scheme, and for a dtype), ``tables`` and ``notes``
(curves as tables and sentences), ``step_sweep`` (the whole result), ``problem`` (a network and its
mini-batch in one dtype), ``plan`` (which schemes and steps are tried), ``reference`` (the gradient
that errors are measured against), ``measure`` (the measurement), ``figure``.
"""

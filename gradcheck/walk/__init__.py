"""``gradcheck explain``: a small network, forward and backward, one step at a time, with numbers.

Read in this order: ``words`` (formulas of costs and activations), ``walk_step`` (a step, with its
matrices), ``forward_steps``, ``backward_steps``, ``steps`` (all of them in their order), ``chain``
(the factors from the cost to one entry), ``one_entry`` (equation (46) beside them), ``matrices``
and ``step_text`` (all of it as text), ``walk`` (the whole), ``figure`` (the network drawn).
"""

"""Code that says little about itself is called, to find out what it means.

It serves classes whose arrays have free names, classes that update their own weights, functions
over a dict of parameters, and functions that use the arrays of their module. Read in this order:
``leaves`` (all numbers that an object holds), ``argument_roles`` (what an argument is for, by its
name) and ``pool`` (a function called with what it needs), ``constructions``,
``constructed_with_examples``, ``built``, ``made_ready``, ``filled``, ``invented`` and
``sizes_held`` (an object, or parameters, of some sizes), ``code`` (an object with its functions),
``module_code`` (a module with its functions), ``separate_gradients`` (several functions as one),
``first_state`` (of a recurrent network), ``handover`` and ``trial`` (how examples are handed over),
``returned_names`` and ``outputs`` (its output), ``learned`` (which arrays the output depends on),
``own_cost``, ``strengths``, ``usual_cost`` and ``cost_of_code`` (its cost), ``refusals``,
``matched``, ``returned`` and ``meant_for_batches`` (gradients that are returned), ``trainers``,
``step_sizes``, ``steps``, ``many_steps`` (steps over their rate) and ``made_in_training`` (arrays
that a step makes), ``fitting``, ``claims`` and ``found_claims`` (claims with their cost),
``read_code`` (all of these together), ``with_strengths`` (regularisation that the constructor has
at 0), ``chain_slots`` and ``as_part`` (what a check needs).
"""

"""What a student's tape engine means: objects that hold a value and collect its gradient.

Read in this order: ``engine`` (the class of the objects), ``operators``, ``operator_variants``,
``call_forms``, ``function_classes``, ``layer_operators``, ``weights``, ``operator_on_trial``,
``used_twice``, ``slope_along`` and ``operator_parts`` (each operator by itself); then
``parameters``, ``cost``, ``network_calls``, ``made_costs``, ``costs_to_try``, ``whole``,
``network`` and ``loss_function`` (code that is built of the operators). ``object_paths`` finds
objects inside of others, and ``code_that_runs`` tells which functions a network uses.
"""

"""What a student's forward function and its backward mean: forms are tried until one works.

Read in this order: ``function_names`` and ``returned_names`` (which function belongs to which),
``read_keys`` (what is in a dict), ``argument_roles`` and ``backward_arguments`` (what the arguments
mean), ``named_choices``, ``drawn_values``, ``layer_shapes`` and ``layer_kinds`` (what suits them),
``forms``, ``gradient_places``, ``calls``, ``trials``, ``part``, ``choice`` (where
several ways work) and ``findings``.
"""

"""What a student's forward function and its backward mean: they are called until a form works.

Read in this order: ``function_names`` and ``returned_names`` (which function belongs to which),
``argument_roles`` and ``backward_arguments`` (what the arguments mean), ``drawn_values``,
``layer_shapes`` and ``layer_kinds`` (what suits them), ``forms``, ``gradient_places``, ``calls``,
``trials``, ``part``, ``choice`` (where several ways work) and ``findings``.
"""

"""What a student's layer object means: how it is built and called, and what it leaves behind.

Read in this order: ``methods`` (which are forward and backward), ``sizes``, ``argument_meanings``,
``constructor_arguments`` and ``build_layer`` (how it is built), ``inputs`` (what it is tried with),
``call_arguments``, ``returned``, ``chain_members`` and ``penalty`` (what stands in its cost besides
its output), ``plain_lists`` (layers without NumPy), ``calls``, ``convention`` and ``losses`` (how
it is called), ``arrays_inside``, ``arrays_that_matter``, ``where_gradients_are``,
``parameter_gradients`` and ``learned_numbers`` (its arrays), ``on_trial`` (what it does with an
input), ``understood``, ``claims``, ``findings``, ``part``, ``read_layer``, ``chain`` (an object
that holds several layers), ``layer_classes``, ``open_layer`` and ``file_of_layers`` (what a
student's file holds).
"""

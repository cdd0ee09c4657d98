"""What a student's class means: its parameters, its gradients and its cost.

The class says little about itself, so most of it is found out by trying. Read in this order:
``load_class`` (the file), ``slots``, ``parameters`` and ``find_parameters`` (its arrays),
``student_network`` (networks built from it), ``forms`` (how examples are handed over),
``returned_arrays``, ``readings`` and ``backprop`` (what its backprop takes and returns),
``claimed_gradients``, ``forward_pass``, ``output_costs``, ``cost``, ``cost_object``,
``cost_method`` and ``cost_trials`` (its cost), ``understand`` (all of this together).
"""

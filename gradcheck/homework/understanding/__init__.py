"""What a student's class means: its parameters, its gradients and its cost.

A class says little about itself, so most of its meaning is found out by trying. The formats use
these files. Read in this order: ``student_words`` (names in other languages), ``members`` (its
methods), ``constructor_names``, ``constructor``, ``size_names`` and ``zero_strengths`` (how it is
built), ``stores``, ``held_arrays``, ``where_parameters_are``, ``parameters`` and
``find_parameters`` (its arrays), ``student_network`` (networks built from it), ``forms`` and
``example_forms`` (how examples are handed over), ``left_gradients``, ``returned_arrays``,
``readings``, ``read_gradients``, ``backprop`` and ``recognise_backprop`` (what its backprop takes
and returns), ``forward_pass``, ``output_costs``, ``cost``, ``cost_object`` and ``cost_method`` (its
cost), ``loss_calls`` and ``image_network``, ``slots_by_name``, ``gradients_by_name``,
``params_part`` and ``params_class`` (a class with a dict of parameters), ``not_compared`` (what
else such classes hold), ``target_forms``,
``flat_arguments``, ``flat_calls`` and ``flat_pairs`` (a cost of one long vector), ``adapted`` and
``built_by_adapter`` (what an adapter says).

Code of other kinds has folders of its own: ``layers`` (objects with forward and backward),
``pairs`` (forward functions and their backward functions), ``pieces`` (what a network leaves
unused), ``tape`` (tape engines) and ``pytorch``.
Code that says even less about itself is called to find out what it means, in ``by_trying``. A
training loop without a function of its own is run in ``loops``.
"""

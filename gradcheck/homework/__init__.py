"""Code that nobody here wrote: loaded in a process of its own, understood, checked, graded.

Read in this order: ``submission`` (what is asked), ``student_code`` (how the student's code is
called), ``loading`` (a file becomes a module), ``contract`` (what is checked, whatever the format),
``recognition``, ``formats``, ``choose_format`` and ``beside_network`` (a module becomes a
contract), ``idle_arrays`` (what changes nothing is left out of it), ``understanding`` (what formats
share), ``attributes``, ``argument_names``, ``known_operations`` (what functions compute by their
names), ``unusable_gradient``, ``read_contract`` and ``facts`` (what crosses to our process),
``process`` (the process that the code runs in), ``submission_processes``, ``price``, ``candidates``
(where shapes leave two readings), ``near`` (how close two numbers must be), ``enough_digits``,
``convention``, ``likely_cause``, ``other_cost``, ``our_network``, ``layer_places``,
``measured_layers``, ``layers_by_example``, ``examples_alone``, ``put_together`` and ``second_look``
(a few examples, each alone), ``repairs`` and ``repair_look`` (small changes of the code are tried),
``explanation`` and ``first_wrong_layer`` (what to mend), ``check_part`` (one part),
``check_submission`` (one submission from end to end), ``grading`` (a whole class).
"""

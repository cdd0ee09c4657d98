"""A training loop that is written out in a script or in a function, without a function of its own.

One pass of the loop is run with numbers of the check in the weights. Read in this order:
``written_out`` (functions that the loop calls), ``find`` (the loops of a file, and the statements
before each), ``loop_names`` (the variables before a loop), ``one_pass`` (a loop made to run once),
``speaking`` (which variables are the output, the targets and the cost), ``loop_cost``,
``loop_part`` (what a check needs), ``learned_arrays``, ``plain_factor`` and ``read_pass`` (a pass,
understood).
"""

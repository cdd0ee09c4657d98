"""What code means that says little about itself: found out by calling it.

It serves classes whose arrays have free names, classes that update their own weights, and functions
over a dict of parameters. Read in this order: ``leaves`` (all numbers that an object holds),
``argument_roles`` (what an argument is for, by its name), ``pool`` and ``calls`` (a function called
with what it needs), ``handover`` (how examples are handed over), ``code`` (an object with its
functions), ``outputs`` (its output), ``learned`` (which arrays the output depends on), ``own_cost``
and ``usual_cost`` (its cost), ``matched`` (which gradient belongs to which array), ``claims`` and
``steps`` (gradients that are returned or left behind, and steps over their rate), ``read_code``
(all of these together) and ``as_part`` (what a check needs).
"""

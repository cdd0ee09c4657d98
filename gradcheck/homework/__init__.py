"""Code that nobody here wrote: loaded in a process of its own, understood, checked, graded.

Read in this order: ``source`` (running a student's file), ``messages`` and ``process`` (the
process it runs in), ``session`` (what runs there), ``parameters``, ``forms``, ``readings``,
``cost`` and ``behaviour`` (what the class means), ``candidates`` (where shapes leave two
readings), ``process_engine`` (its costs), ``our_network`` and ``likely_cause`` (what to mend),
``check_submission`` (one submission), ``grade`` (a whole class).
"""

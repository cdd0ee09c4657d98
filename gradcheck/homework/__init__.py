"""Code that nobody here wrote: loaded in a process of its own, understood, checked, graded.

Read in this order: ``submission`` (what is asked), ``student_code`` (how the student's code is
called), ``understanding`` (what the class means), ``process`` (the process that it runs in),
``submission_processes``, ``price``, ``candidates`` (where shapes leave two readings),
``enough_digits``, ``convention``, ``likely_cause``, ``other_cost``, ``our_network`` and
``explanation`` (what to mend), ``check_submission`` (one submission from end to end), ``grading``
(a whole class).
"""

"""Exercises: a network in readable source, with one mistake in it for the student to mend.

Read in this order: ``manners`` (the right sources, read as text and never imported), ``slip`` and
``slips`` (the mistakes as they stand in each of them), ``manner`` (a source and its slips),
``mistakes`` (what the mistakes are called and how hard they are to find), ``draw`` (which exercise
a seed gives), ``source`` (the file that the student gets), ``solution`` (what was changed, and
why), ``seal`` (answers that nobody reads by accident).
"""

"""Mistakes on purpose: the zoo of bugs that people make in backprop.

Read in this order: ``backprop_step`` (the five steps, and what each has at hand), ``planting``
(what a bug is, and how one is planted), ``mistakes`` (the wrong arithmetic), ``zoo`` (the table of
all bugs; a new one is added there).
"""

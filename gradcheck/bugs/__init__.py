"""Mistakes on purpose: the zoo of bugs that people make in backprop.

Read in this order: ``backprop_step`` (one step, and what it can use), ``chain_rule`` (the table of
right steps), ``walk_back`` (the walk through them), ``planting`` (what a bug is, and how one is
planted), ``conditions`` and ``mistakes`` (where each bug can be made, and its arithmetic), ``zoo``
(the table of all bugs; a new one is added there), ``drawn`` (a bug drawn at random).
"""

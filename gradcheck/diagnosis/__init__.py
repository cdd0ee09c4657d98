"""What to mend where a gradient is wrong: the first wrong step, and the likely mistake.

Read in this order: ``claimed_backprop`` (a backprop, and what it can be compared with, with
``claimed_steps``, ``measured_inside`` and ``rounding`` below it), ``first_wrong_step`` (where it
goes wrong), ``likely_mistake`` (which mistake of the zoo gives these numbers), ``parameters_alone``
(both, where only the gradients of the parameters are known), ``wrong_numbers`` and
``diagnosis_words`` (the sentences), ``diagnose`` (all of it), and ``kinks_by_example`` (claims at
kinks that are right after all).

Where no layers are known, ``array_causes`` names the mistake in each array from its numbers alone:
``checked_array`` (when a mistake explains an array), ``factors`` (with their table in
``named_factors``), ``misplaced_entries``, ``parts_left_out``, ``odd_numbers`` and
``regularisation`` (the mistakes), ``array_cause_words`` (the sentences), ``patterns`` (the names
that are no mistake of the zoo).

Where the layers are fully connected but their functions are not known, ``wrong_layer`` names the
mistake in the first wrong one, from what single examples show of it (``layer_by_example``):
``delta_mistakes``, ``output_mistakes``, ``targets_left_out`` and ``known_functions`` have the
mistakes.
"""

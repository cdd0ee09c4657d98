"""From slopes to verdicts: is the claimed gradient right?

Read in this order: ``verdict`` (the verdict on one entry), ``checked_input`` (the claims, looked at
before anything is measured; ``packing`` and ``checked_bounds`` belong to it), ``check_claims`` (the
run of a check, array by array), ``array_report`` (what was found of an array), ``report_words``,
``what_to_mend`` and ``array_diagnosis`` (the sentences), ``report`` (the whole, as text, HTML and
JSON), ``report_figure``. Of a backward function: ``function_inputs``, ``arriving_gradients``,
``function_pair`` (calling it), ``backward_findings`` (what is wrong besides its numbers).
"""

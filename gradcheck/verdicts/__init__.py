"""From slopes to verdicts: is the claimed gradient right?

Read in this order: ``verdict`` (the verdict on one entry), ``checked_input`` (the claims, looked at
before anything is measured; ``checked_arrays``, ``packing`` and ``checked_bounds`` belong to it),
``check_claims`` (the run of a check; ``stretches`` joins small arrays and cuts large ones, and
``found_stretch`` measures and judges what is joined or cut, here or on a worker), ``array_report``
(what was found of an array; ``large_array`` of a large one, and ``entries_file`` writes all
entries), ``report_tables``, ``report_notes``, ``report_words``, ``what_to_mend`` and
``array_diagnosis`` (the sentences), ``report`` (the whole, as text, HTML and JSON) and
``report_figure``. ``functions`` is about backward functions.
"""

"""From cost changes to slopes, each with its error bar.

Read in this order: ``settings`` (how a check measures), ``schemes`` (which costs make a slope),
``parameter_array`` and ``cost_change_to_slope`` (the entries that are measured, of one array or of
several small ones), ``noise`` and ``slope_noise`` (how much rounding moves the cost, and with it
the slope), ``error_bars`` (how wrong a slope may be), ``measured_slopes`` (the record of it),
``first_measurement`` (all of it). Four files measure some entries again: ``coarse_rounding``,
``inside_domain``, ``kinks`` and ``other_steps``.
"""

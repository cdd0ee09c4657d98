"""From cost changes to slopes, each with its error bar.

Read in this order: ``schemes`` (which costs make a slope), ``noise`` (how much rounding moves the
cost), ``error_bars`` (how wrong a slope may be), ``measured`` (all of it at the entries of an
array).
"""

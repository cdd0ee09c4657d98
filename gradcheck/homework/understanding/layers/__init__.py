"""What a student's layer object means: how it is built and called, and what it leaves behind.

Read in this order: ``methods`` (which are forward and backward), ``constructor_arguments`` and
``build_layer`` (how it is built), ``arrays_inside``, ``inputs`` (what it is tried with), ``calls``,
``gradients``, ``on_trial`` (what it does with an input), ``convention``, ``part``, ``read_layer``,
and ``chain`` (an object that holds several layers).
"""

"""What a file with a network holds besides: layers and pairs that it does not use, and switches.

Read in this order: ``measured_fit`` (whether a part is right, and whether it is surely wrong),
``used_code`` (which functions the network calls), ``unused_layers`` and ``unused_pairs`` (pieces
that are checked by themselves) and ``switches`` (the network with an option that is off by itself).
"""

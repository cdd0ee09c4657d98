"""The commands, a file each: they parse, call, and show; nothing is computed here.

``options`` holds what can be typed, ``runs`` what a long command does once its options are read,
and ``output`` what it shows and how it ends.
"""

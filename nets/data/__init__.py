"""Digits to train on: drawn from a seed, MNIST from the internet or from files, pickles.

Read in this order: ``digits`` and ``labels`` (what training uses), ``sources`` (where they come
from), ``drawn`` with ``typefaces``, ``mnist`` (the download), ``idx`` with ``compressed``, and
``pickled`` with ``unpickle``, ``pickle_machine``, ``pickled_array`` and ``pickle_steps``.
"""

"""Digits to train on: drawn from a seed, MNIST from the network or from files, pickles.

Read in this order: ``digits`` (what the rest uses), ``drawn``, ``mnist`` (the download), ``idx``,
``compressed``, ``pickled`` with ``unpickle`` and ``pickle_steps``.
"""

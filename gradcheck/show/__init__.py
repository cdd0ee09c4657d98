"""Words, tables and figures that everything else shares; nothing here knows of gradients.

Read in this order: ``text`` (tables and sentences), ``figures`` (the style of all figures),
``log_axis``, ``digit_gallery``, ``learning_curve``, ``files`` (files written whole or not at all).
"""

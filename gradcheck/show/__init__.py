"""Numbers, tables, figures and files that everything else shares; nothing here is about gradients.

Read in this order: ``numbers`` (numbers as text), ``text`` (tables and sentences), ``files`` (files
that are written whole or not at all), ``figures`` (the style of all figures), ``log_axis``,
``digit_gallery``, ``learning_curve``, ``page`` (HTML pages).
"""

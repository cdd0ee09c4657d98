"""What can be typed after a command: options that several commands share, and records of them.

Begin with ``common`` (single options) and ``gather`` (options handed over as one record).
"""

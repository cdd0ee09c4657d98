"""What commands do once their options are read: prepare, call, and have the result shown.

``memory``, ``digits`` and ``subject`` prepare; the other files are a long command each.
"""

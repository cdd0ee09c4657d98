"""The formats that homework comes in, one file each.

A file here defines ``FORMAT``, a ``recognition.Format``: it recognises what it can read in a
student's module, or says in one line why nothing there is of its kind, and makes a
``contract.Contract`` of what it recognises. ``all_formats`` finds the files of this folder; no
table elsewhere lists them. What several formats need is in ``understanding``.
"""

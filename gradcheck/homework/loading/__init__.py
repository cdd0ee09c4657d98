"""A student's file becomes a module: a script, a notebook, or a file inside a package.

The file is run as Python would run it. A file that trains the network when it is imported, or that
fails, is read for its definitions only. Read in this order: ``source`` (text and notebooks),
``import_paths`` (packages), ``time_limit``, ``definitions``, ``missing_imports``, ``missing_names``
and ``missing_texts`` (where the file does not run), ``known_functions``, ``usual_functions``,
``window_functions``, ``usual_data`` and ``older_names`` (what stands in for what is missing),
``student_module`` (what was found in it), ``load_module`` (all of this together).
"""

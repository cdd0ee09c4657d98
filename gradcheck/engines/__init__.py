"""C(w + h e_j) - C(w) for every entry j: the cost of moving one entry at a time.

Read in this order: ``engine`` says what an engine is; ``one_by_one`` is the book's way, one full
evaluation for each entry; ``batched`` gives the same numbers for our networks, thousands of
entries at a time, and uses ``moved_copies`` (the arithmetic), ``blocks`` (how much at a time),
``tanh_form`` (cheaper activations) and ``blas_threads``; ``inside_layers`` moves what lies between
the layers; ``entries`` draws the entries that are looked at.
"""

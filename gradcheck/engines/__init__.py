"""C(w + h e_j) - C(w) for every entry j: how the cost changes when one entry is moved.

Read in this order:

1. ``engine``: what an engine is. ``kinds``: the table of engines, and which one suits a network.
2. ``one_by_one``: the book's way, one full evaluation of the cost for each moved entry.
   ``one_entry_moved`` moves an entry, ``cost_function`` checks what a cost function returns, and
   ``libraries`` reads arrays of PyTorch and JAX.
3. ``batched``: the same numbers for networks of ``nets``, thousands of entries at a time. Its
   arithmetic is in ``moved_copies``, ``downstream``, ``unperturbed`` and ``tanh_form``. How the
   work is cut up and shared is in ``moved_entries``, ``blocks``, ``within_memory``,
   ``shared_work``, ``blas_threads`` and ``numpy_buffers``.
4. ``inside_layers``: moves a z or an activation instead of a parameter.
5. ``by_pieces``: has the work of an engine done by the workers of an executor; ``network_job`` is
   what they get.
6. ``entries``: draws the entries that are checked, where not all of them are.
"""

"""A forward function and its backward, written by anybody: how they are called and compared.

Read in this order: ``inputs`` (what forward takes), ``forward`` (what one call of it gave),
``arriving`` (the gradients that backward takes), ``returned`` (those that it gives), ``pair`` (both
functions, and the cost that checks them), ``same_numbers``, ``other_calls`` and ``findings`` (what
is wrong with backward besides its numbers).
"""

"""Operations that a name says: what ``affine_forward`` or ``relu`` should compute.

A gradient check compares a backward pass with its own forward pass. It cannot see that the forward
pass is wrong. If the name of a function says which operation it should be, the output is compared
with that operation. If a name has several meanings, each of them is right. If its meaning depends
on something unknown, such as the stride of a convolution, there is no comparison.

Read in this order: ``forward_call`` (one call of a student's function), ``operation`` (what an
operation is), ``elementwise``, ``layers``, ``images`` and ``losses`` (the operations), and
``comparison``.
"""

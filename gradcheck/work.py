"""What backprop and (46) cost on paper: multiply-adds, and the same in forward passes.

For a layer with n_up inputs, n_down outputs and m examples, forward is one matrix product of
n_up n_down m multiply-adds. Backward is two such products, one for ``gradient_wrt_weights`` and
one for ``gradient_wrt_upstream_activations``; the first layer has nothing upstream that would
need the second.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from nets.network import parameter_count

__all__ = [
    "backprop_forward_passes",
    "backward_multiply_adds",
    "book_forward_passes",
    "forward_multiply_adds",
]


def forward_multiply_adds(sizes: Sequence[int], batch_size: int = 1) -> int:
    """Multiply-adds of one forward pass: a product for each layer."""
    return sum(n_up * n_down for n_up, n_down in pairwise(sizes)) * batch_size


def backward_multiply_adds(sizes: Sequence[int], batch_size: int = 1) -> int:
    """Multiply-adds of one backward pass: two products for each layer, one for the first."""
    first_layer = sizes[0] * sizes[1] * batch_size
    return 2 * forward_multiply_adds(sizes, batch_size) - first_layer


def backprop_forward_passes(sizes: Sequence[int]) -> float:
    """How many forward passes backprop, forward and backward together, amounts to.

    >>> round(backprop_forward_passes([784, 30, 10]), 2)
    2.01
    """
    forward = forward_multiply_adds(sizes)
    return float(1 + Fraction(backward_multiply_adds(sizes), forward))


def book_forward_passes(sizes: Sequence[int]) -> int:
    """How many forward passes (46) needs: C(w) once, and once more for each parameter.

    >>> book_forward_passes([784, 30, 10])
    23861
    """
    return parameter_count(sizes) + 1

"""What backprop and (46) cost on paper: multiply-adds, and the same in forward passes.

Only matrix products are counted, as in the book. Activation functions, sums and the cost of calling
a function are left out; ``gradcheck cost-compare`` shows measured times beside the count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from nets.shapes import parameter_count

__all__ = [
    "BatchedWork",
    "Product",
    "backprop_forward_passes",
    "backprop_products",
    "backward_multiply_adds",
    "batched_work",
    "book_forward_passes",
    "forward_multiply_adds",
    "forward_products",
    "one_by_one_multiply_adds",
]


@dataclass(frozen=True)
class Product:
    """A matrix product, (rows, inner) @ (inner, columns), and its result.

    Attributes:
        layer: the layer that it belongs to, counted from 1.
        step: the name of the result: ``z``, or a gradient such as ``gradient_wrt_weights``.
        rows: rows of the first factor and of the result.
        inner: columns of the first factor and rows of the second; the sums run over them.
        columns: columns of the second factor and of the result.

    """

    layer: int
    step: str
    rows: int
    inner: int
    columns: int

    @property
    def multiply_adds(self) -> int:
        """One multiply-add for each number of the result and each term of its sum."""
        return self.rows * self.inner * self.columns

    @property
    def shape(self) -> str:
        """The shapes of both factors, such as ``30 x 784 @ 784 x 10``."""
        return f"{self.rows} x {self.inner} @ {self.inner} x {self.columns}"


def forward_products(sizes: Sequence[int], batch_size: int = 1) -> tuple[Product, ...]:
    """The products of one forward pass: ``weights @ upstream_activations``, one for each layer."""
    return tuple(
        Product(layer, "z", n_down, n_up, batch_size)
        for layer, (n_up, n_down) in enumerate(pairwise(sizes), start=1)
    )


def backprop_products(sizes: Sequence[int], batch_size: int = 1) -> tuple[Product, ...]:
    """The products of one backprop in order: forward, then backward from the last layer.

    Backward does two products in each layer: ``gradient_wrt_z @ upstream_activations.T`` for the
    weights, and ``weights.T @ gradient_wrt_z`` for the upstream activations. The first layer does
    not need the second product: its upstream activations are the inputs, which are not trained.
    """
    backward = []
    for layer, (n_up, n_down) in reversed(list(enumerate(pairwise(sizes), start=1))):
        backward.append(Product(layer, "gradient_wrt_weights", n_down, batch_size, n_up))
        if layer > 1:
            step = "gradient_wrt_upstream_activations"
            backward.append(Product(layer, step, n_up, n_down, batch_size))
    return (*forward_products(sizes, batch_size), *backward)


def forward_multiply_adds(sizes: Sequence[int], batch_size: int = 1) -> int:
    """Multiply-adds of one forward pass."""
    return sum(product.multiply_adds for product in forward_products(sizes, batch_size))


def backward_multiply_adds(sizes: Sequence[int], batch_size: int = 1) -> int:
    """Multiply-adds of one backward pass, without the forward pass before it."""
    both = sum(product.multiply_adds for product in backprop_products(sizes, batch_size))
    return both - forward_multiply_adds(sizes, batch_size)


def backprop_forward_passes(sizes: Sequence[int]) -> float:
    """The cost of backprop (forward and backward together) in forward passes.

    >>> round(backprop_forward_passes([784, 30, 10]), 2)
    2.01
    """
    forward = forward_multiply_adds(sizes)
    return float(1 + Fraction(backward_multiply_adds(sizes), forward))


def book_forward_passes(sizes: Sequence[int]) -> int:
    """How many forward passes (46) needs: one for C(w), and one for each parameter.

    >>> book_forward_passes([784, 30, 10])
    23861
    """
    return parameter_count(sizes) + 1


def one_by_one_multiply_adds(sizes: Sequence[int], batch_size: int = 1) -> int:
    """Multiply-adds of (46) for all parameters, with a whole forward pass for each."""
    return book_forward_passes(sizes) * forward_multiply_adds(sizes, batch_size)


@dataclass(frozen=True)
class BatchedWork:
    """What the batched engine computes for all parameters, with one step each.

    Attributes:
        rank_one: multiply-adds of the rank-one terms: in each column one for each neuron of the
            next layer. The last layer needs none, if the cost is a sum over the outputs.
        products: multiply-adds of the matrix products in the layers after the next.
        activations: how many activations are evaluated: the perturbed one and all downstream.

    """

    rank_one: int
    products: int
    activations: int

    @property
    def multiply_adds(self) -> int:
        """Multiply-adds of both kinds."""
        return self.rank_one + self.products


def batched_work(sizes: Sequence[int], batch_size: int = 1) -> BatchedWork:
    """What the batched engine computes for (46) and all parameters.

    Each parameter makes one perturbed column of each example. The column needs the activation of
    its own neuron and of all neurons downstream. In the next layer, z changes by a rank-one term.
    The layers after that need matrix products.
    """
    rank_one = products = activations = 0
    for layer, (n_up, n_down) in enumerate(pairwise(sizes), start=1):
        columns = n_down * (n_up + 1) * batch_size
        downstream = sizes[layer + 1 :]
        rank_one += columns * sum(downstream[:1])
        products += columns * sum(up * down for up, down in pairwise(downstream))
        activations += columns * (1 + sum(downstream))
    return BatchedWork(rank_one, products, activations)

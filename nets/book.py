"""The book's loop: one example at a time, in place of the mini-batch as one matrix.

Chapters 1 and 2 of the book go through a mini-batch example by example, with matrix-vector
products, and add up the gradients. The functions here do the same with the layers of this package,
so the loop and the matrix differ in nothing else.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from nets.arrays import Array
from nets.gradient_descent import shuffled_orders, step
from nets.layers import parameter_gradients
from nets.network import Network

__all__ = ["loop_backprop", "loop_train"]


def loop_backprop(network: Network, inputs: Array, targets: Array) -> tuple[Array, ...]:
    """The mean gradient over a mini-batch, one example after the other.

    Args:
        network: whose gradient it is.
        inputs: (n_input, batch), a column an example.
        targets: (n_output, batch).

    Returns:
        Arrays in the order and shapes of ``network.parameters``. Up to round-off they are the
        gradients that ``Network.backprop`` computes at once.

    >>> import numpy as np
    >>> network = Network.create([2, 3, 1])
    >>> inputs, targets = np.eye(2), np.ones((1, 2))
    >>> at_once = network.backprop(inputs, targets)[0].gradient_wrt_weights
    >>> bool(np.allclose(loop_backprop(network, inputs, targets)[0], at_once, rtol=1e-12))
    True

    """
    return _mean_gradient(network, inputs, targets, range(inputs.shape[1]))


def loop_train(
    network: Network,
    inputs: Array,
    targets: Array,
    *,
    epochs: int,
    batch_size: int,
    eta: float,
    seed: int = 0,
) -> Iterator[Network]:
    """The book's stochastic gradient descent (chapter 1): each mini-batch example by example.

    Args:
        network: where training begins; it is not changed.
        inputs: (n_input, n), a column an example.
        targets: (n_output, n).
        epochs: how often each example is used.
        batch_size: examples in a mini-batch; the last one of an epoch may be smaller.
        eta: the learning rate.
        seed: of the shuffling.

    Returns:
        The network after each epoch. Up to round-off it is the network that
        ``nets.training.train`` finds with matrices: both take the same examples in the same order.

    """
    count = inputs.shape[1]
    for order in islice(shuffled_orders(count, seed), epochs):
        for start in range(0, count, batch_size):
            chosen = order[start : start + batch_size].tolist()
            network = step(network, _mean_gradient(network, inputs, targets, chosen), eta)
        yield network


def _mean_gradient(
    network: Network, inputs: Array, targets: Array, examples: Sequence[int]
) -> tuple[Array, ...]:
    """The mean gradient of some examples, given as the numbers of their columns."""
    sums: list[Array] = []
    for example in examples:
        one = slice(example, example + 1)
        gradients = parameter_gradients(network.backprop(inputs[:, one], targets[:, one]))
        if not sums:
            sums = gradients
            continue
        for total, gradient in zip(sums, gradients, strict=True):
            total += gradient
    return tuple(total / len(examples) for total in sums)

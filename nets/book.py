"""The book's loop: one example at a time, the baseline that the mini-batch as one matrix replaces.

Chapter 1 and 2 of the book go through a mini-batch example by example, in matrix-vector products,
and add up the gradients. That is what is done here, by the layers of this package, so that loop
and matrix differ in nothing else.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from nets.arrays import Array
from nets.layers import parameter_gradients
from nets.network import Network
from nets.training import shuffled_orders

__all__ = ["loop_backprop", "loop_train"]


def loop_backprop(network: Network, inputs: Array, targets: Array) -> tuple[Array, ...]:
    """The mean gradient over a mini-batch, one example after the other.

    Args:
        network: whose gradient it is.
        inputs: (n_input, batch), a column an example.
        targets: (n_output, batch).

    Returns:
        Arrays in the order of ``network.parameters``: what ``Network.backprop`` finds at once,
        to round-off.

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
        network: where training begins.
        inputs: (n_input, n), a column an example.
        targets: (n_output, n).
        epochs: how often each example is used.
        batch_size: examples in a mini-batch; the last one of an epoch may be smaller.
        eta: the learning rate.
        seed: of the shuffling.

    Returns:
        The network after each epoch: to round-off the one that ``nets.training.train`` finds in
        matrices, since both take the same examples in the same order.

    """
    count = inputs.shape[1]
    for order in islice(shuffled_orders(count, seed), epochs):
        for start in range(0, count, batch_size):
            chosen = order[start : start + batch_size].tolist()
            gradients = _mean_gradient(network, inputs, targets, chosen)
            network = network.with_parameters(
                [
                    parameter - eta * gradient
                    for parameter, gradient in zip(network.parameters, gradients, strict=True)
                ]
            )
        yield network


def _mean_gradient(
    network: Network, inputs: Array, targets: Array, examples: Sequence[int]
) -> tuple[Array, ...]:
    """The mean of the gradients of some examples, which are columns of inputs and targets."""
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

"""The book's loop: one example at a time, the baseline that the mini-batch as one matrix replaces.

Chapter 1 and 2 of the book go through a mini-batch example by example, in matrix-vector products,
and add up the gradients. That is what is done here, by the layers of this package, so that loop
and matrix differ in nothing else.
"""

from nets.arrays import Array
from nets.network import Network

__all__ = ["loop_backprop"]


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
    batch_size = inputs.shape[1]
    sums: list[Array] = []
    for example in range(batch_size):
        one = slice(example, example + 1)
        gradients = [
            gradient
            for layer in network.backprop(inputs[:, one], targets[:, one])
            for gradient in (layer.gradient_wrt_weights, layer.gradient_wrt_biases)
        ]
        if not sums:
            sums = gradients
            continue
        for total, gradient in zip(sums, gradients, strict=True):
            total += gradient
    return tuple(total / batch_size for total in sums)

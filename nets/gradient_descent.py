"""The steps of stochastic gradient descent, as in chapter 1 of the book, on any array library.

All arrays stay on the device of the network: an epoch sends its shuffled order there and fetches
nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count as count_from
from typing import Any, TypeAlias

import numpy as np
from array_api_compat import device

from nets.arrays import Array, HostArray, array_namespace, blocks
from nets.errors import BadInput
from nets.layers import LayerGradients, parameter_gradients
from nets.network import Network
from nets.plain_arrays import expect_plain

__all__ = [
    "Backprop",
    "in_columns",
    "own_backprop",
    "shuffled_orders",
    "step",
    "train_one_epoch",
]

# From (network, inputs, targets) to the gradients of each layer, upstream to downstream.
Backprop: TypeAlias = Callable[[Network, Array, Array], Sequence[LayerGradients]]


def own_backprop(network: Network, inputs: Array, targets: Array) -> Sequence[LayerGradients]:
    """The gradients by the network's own ``backprop``, which its class may have changed.

    Args:
        network: whose gradients they are.
        inputs: (n_input, batch), a column an example.
        targets: (n_output, batch).

    """
    return network.backprop(inputs, targets)


def train_one_epoch(
    network: Network,
    inputs: Array,
    targets: Array,
    order: HostArray,
    *,
    batch_size: int,
    eta: float,
    backprop: Backprop = own_backprop,
    progress: Callable[[int], object] | None = None,
) -> Network:
    """The network after one step for each mini-batch, with the examples in a given order.

    Args:
        network: where the epoch begins; it is not changed.
        inputs: (n_input, n), a column an example, on the device of the network.
        targets: (n_output, n), likewise.
        order: (n,) the numbers of the examples, on the host.
        batch_size: examples in a mini-batch; the last one may be smaller.
        eta: the learning rate.
        backprop: computes the gradients.
        progress: called after each mini-batch with the number of examples used in this epoch.

    Raises:
        BadInput: what backprop returned is no gradient of the network.

    """
    xp = array_namespace(inputs)
    rows = [in_columns(array, network.place.dtype).T for array in (inputs, targets)]
    order = xp.asarray(order, device=device(inputs))
    for block in blocks(order.shape[0], batch_size):
        # In rows an example is one piece of memory, quick to take; in a mini-batch it is a column.
        some_inputs, some_targets = (xp.take(array, order[block], axis=0).T for array in rows)
        gradients = backprop(network, some_inputs, some_targets)
        if block.start == 0:  # the others will be of the same kind
            _expect_gradients(network, gradients)
        network = step(network, parameter_gradients(gradients), eta)
        if progress is not None:
            progress(block.stop)
    return network


def _expect_gradients(network: Network, gradients: object) -> None:
    """Check that a backprop returned the gradients of all layers.

    Raises:
        BadInput: it returned something else, or an array of another shape.

    """
    if not isinstance(gradients, tuple | list) or not all(
        isinstance(each, LayerGradients) for each in gradients
    ):
        raise BadInput(
            f"backprop returned a {type(gradients).__name__}; it should return a list of "
            "LayerGradients, one for each layer"
        )
    if len(gradients) != len(network.layers):
        raise BadInput(
            f"backprop returned the gradients of {len(gradients)} layers; the network has "
            f"{len(network.layers)}"
        )
    pairs = zip(network.parameters, parameter_gradients(gradients), strict=True)
    for position, (parameter, gradient) in enumerate(pairs):
        name = f"layer {position // 2 + 1} {('weights', 'biases')[position % 2]}"
        expect_plain(f"the gradient of {name}", gradient)
        if tuple(gradient.shape) != tuple(parameter.shape):
            raise BadInput(
                f"for the {name} backprop returned shape {tuple(gradient.shape)}; it should be "
                f"{tuple(parameter.shape)}"
            )


def step(network: Network, gradients: Sequence[Array], eta: float) -> Network:
    """The network after one step along the negative gradient (book, equations 20 and 21).

    Args:
        network: before the step; it is not changed.
        gradients: in the order and shapes of ``network.parameters``.
        eta: the learning rate.

    """
    pairs = zip(network.parameters, gradients, strict=True)
    return network.with_parameters([parameter - eta * gradient for parameter, gradient in pairs])


def shuffled_orders(count: int, seed: int) -> Iterator[HostArray]:
    """For each epoch the numbers from 0 to count - 1 in a new order, (count,), without end."""
    # The 2 keeps these draws apart from those of the network and its mini-batches, which begin
    # from the same seed.
    generator = np.random.default_rng([seed, 2])
    for _ in count_from():
        # On a machine of 32 bits NumPy takes no positions of 64 bits.
        yield generator.permutation(count).astype(np.intp, copy=False)


def in_columns(array: Array, dtype: Any) -> Array:
    """An array (rows, n) with each column in one piece of memory; copied only if it is not yet so.

    If the examples were not in one piece, taking some of them would touch another line of the
    cache for each number.
    """
    xp = array_namespace(array)
    pieces = xp.reshape(xp.astype(array, dtype, copy=False).T, (-1,))
    return xp.reshape(pieces, (array.shape[1], array.shape[0])).T

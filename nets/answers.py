"""Right answers: how many examples a network has right."""

from typing import Any

from array_api_compat import device

from nets.arrays import Array, array_namespace
from nets.errors import BadInput
from nets.network import Network

__all__ = [
    "EVALUATED_AT_ONCE",
    "accuracy",
    "blocks",
    "count_right",
    "fitting_labels",
    "right_answers",
]

# Examples that are sent through the network at once where nothing is learned from them.
EVALUATED_AT_ONCE = 1000


def right_answers(network: Network, inputs: Array, labels: Array) -> int:
    """How many examples the network has right: the neuron of the label is the most active.

    Args:
        network: with two output neurons at least.
        inputs: (n_input, n), a column an example.
        labels: (n,) whole numbers from 0, on the host or where the inputs lie.

    Raises:
        BadInput: shapes or labels that do not fit the network.

    >>> import numpy as np
    >>> network = Network.create([3, 2])
    >>> right_answers(network, np.eye(3), [0, 1, 1]) + right_answers(network, np.eye(3), [1, 0, 0])
    3

    """
    return int(count_right(network, inputs, fitting_labels(network, inputs, labels)))


def accuracy(network: Network, inputs: Array, labels: Array) -> float:
    """The share of right answers, from 0 to 1; arguments and errors of ``right_answers``."""
    return right_answers(network, inputs, labels) / int(inputs.shape[1])


def count_right(network: Network, inputs: Array, labels: Array) -> Array:
    """How many the network has right, a 0-dimensional array."""
    xp = array_namespace(inputs)
    right = [
        xp.sum(
            xp.astype(
                xp.argmax(network.feedforward(inputs[:, block]), axis=0) == labels[block], xp.int64
            )
        )
        for block in blocks(inputs.shape[1], EVALUATED_AT_ONCE)
    ]
    return xp.sum(xp.stack(right))


def fitting_labels(network: Network, inputs: Array, labels: Any) -> Array:
    """The labels where the inputs lie, if they fit them and the network.

    Raises:
        BadInput: they do not.

    """
    network.expect_inputs(inputs)
    n_output = network.sizes[-1]
    if n_output < 2:
        raise BadInput(
            "right answers are counted by the most active output neuron, and there is only one; "
            "take a network with two at least"
        )
    xp = array_namespace(inputs)
    labels = xp.asarray(labels, device=device(inputs))
    if tuple(labels.shape) != (inputs.shape[1],):
        raise BadInput(
            f"labels have shape {tuple(labels.shape)}; wanted is ({inputs.shape[1]},), one for "
            "each column of the inputs"
        )
    if not xp.isdtype(labels.dtype, "integral"):
        raise BadInput(f"labels have dtype {labels.dtype}; wanted are whole numbers")
    least, greatest = int(xp.min(labels)), int(xp.max(labels))
    if least < 0 or greatest >= n_output:
        odd = greatest if greatest >= n_output else least
        raise BadInput(
            f"label {odd} does not fit a last layer of {n_output} neurons, whose labels are 0 to "
            f"{n_output - 1}"
        )
    return labels


def blocks(count: int, size: int) -> list[slice]:
    """Slices of ``size``, the last one smaller: the standard knows no slice beyond the end."""
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]
